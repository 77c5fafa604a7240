"""Orders, and PDFs, on standard input -> presentations, and pages read back: what `deckgen build` starts beside it."""

import deckgen.readback.pptx
import deckgen.writers.pptx  # noqa: F401
from deckgen.presentation import make
from deckgen.processes import serve
from deckgen.readback.pdf import read_pdf

serve({"make": make, "read_pdf": read_pdf})
