"""A presentation -> its outline as Markdown: `deckgen outline`, which `git diff` can use for .pptx files."""

from __future__ import annotations

import argparse
from pathlib import Path

from deckgen.cli.terminal import say_page, tell


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which file."""
    command.add_argument("file", type=Path, metavar="FILE.pptx", help="a .pptx file, made by any program")


def run(options: argparse.Namespace) -> int:
    """Print the outline of all that can be read."""
    from deckgen.base.files import read_bounded
    from deckgen.build.formats.md import markdown
    from deckgen.proof.package import MAX_BYTES
    from deckgen.proof.read_contents import read_contents

    read = read_contents(read_bounded(options.file, MAX_BYTES), str(options.file))
    if read.value:
        say_page(markdown(read.value))
    tell(read.problems, options)
    return int(bool(read.problems))
