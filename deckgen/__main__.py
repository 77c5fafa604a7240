"""`deckgen` and `python -m deckgen` -> the command line, in a process that ends with it."""

import gc
import sys

from deckgen.base.processes import collect_rarely
from deckgen.cli.main import main
from deckgen.cli.terminal import never_fail_to_print, tell_bug


def run() -> int:
    """The exit code of one command."""
    collect_rarely()
    sys.excepthook = tell_bug
    never_fail_to_print()
    code = main(apart=True)
    gc.freeze()  # or Python looks for garbage once more on leaving
    return code


# CPython has frames in chunks of 16 KB. A loop that calls functions at the end of a chunk gets the next one from the
# system, and gives it back, at each call, which took 4 % of a check. A frame that needs half a megabyte gets a chunk of
# one, and the other half has room for all calls.
run.__code__ = run.__code__.replace(co_stacksize=66_000)

if __name__ == "__main__":
    sys.exit(run())
