"""Orders, and PDFs, on standard input -> presentations, and pages read back: what `deckgen build` starts beside it."""

import deckgen.proof.read_pptx
import deckgen.writers.pptx.write  # noqa: F401
from deckgen.base.processes import serve
from deckgen.build.presentation import make
from deckgen.proof.read_pdf import read_pdf

serve({"make": make, "read_pdf": lambda order: read_pdf(*order)})
