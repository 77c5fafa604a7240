"""Orders, and PDFs, on standard input -> presentations, and pages read back: beside a build."""

import deckgen.proof.read_pptx
import deckgen.writers.pptx.write  # noqa: F401 (loaded before the first order comes)
from deckgen.base.processes import serve
from deckgen.build.presentation import make
from deckgen.proof.read_pdf import read_pdf

serve({"make": make, "read_pdf": lambda order: read_pdf(*order)})
