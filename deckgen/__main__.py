"""`deckgen` and `python -m deckgen` -> the command line, in a process that ends with it."""

import gc
import sys

from deckgen.cli.main import main
from deckgen.cli.terminal import never_fail_to_print, tell_bug


def run() -> int:
    """The exit code of one command.

    A deck is made of many objects that all live to its end: looking through them for garbage as
    often as Python does by default, and once more on leaving, takes a fifth of a build.
    """
    gc.set_threshold(20_000, 20, 50)
    sys.excepthook = tell_bug
    never_fail_to_print()
    code = main(apart=True)
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(run())
