"""Meeting -> its slides in a browser, until Ctrl-C: `deckgen preview`."""

from __future__ import annotations

import argparse
import sys

from deckgen.cli.options import add_meeting, add_root
from deckgen.cli.terminal import say, show
from deckgen.preview.editor import editor_address


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which deck, and where it is served."""
    add_meeting(command)
    command.add_argument("--port", type=int, default=8123, help="the first port to try (default: 8123)")
    command.add_argument(
        "--editor",
        type=_editor,
        metavar="ADDRESS",
        help="what a click on file and line opens, such as vscode://file/{file}:{line}; else it is copied",
    )
    command.add_argument("--open", action="store_true", help="open the browser")
    add_root(command)
    command.set_defaults(patience=None)  # the command waits for other pages


def run(options: argparse.Namespace) -> int:
    """Serve the slides."""
    try:
        from deckgen.preview.server import serve
    except ModuleNotFoundError as error:
        say(f"preview needs {error.name}: pip install 'deckgen[preview]'", sys.stderr)
        return 2

    def tell_address(address: str) -> None:
        say(f"{address} (Ctrl-C ends it)")
        if options.open:
            show(address)

    serve(options.root, options.meeting, options.port, options.editor or "", tell_address)
    return 0


def _editor(text: str) -> str:
    try:
        return editor_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
