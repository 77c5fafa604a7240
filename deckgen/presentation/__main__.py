"""Order on standard input -> Presentation on standard output: what `deckgen build` starts beside itself."""

import deckgen.writers.pptx  # noqa: F401  (python-pptx takes long to import; meanwhile the build typesets)
from deckgen.presentation import make
from deckgen.processes import serve

serve(make)
