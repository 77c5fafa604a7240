"""The name of a shell -> what makes it complete the words of a command: `deckgen completion`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

import argcomplete
from argcomplete.shell_integration import shellcode

from deckgen.cli.terminal import say_page

SHELLS = ("bash", "zsh", "fish")


def add_options(command: argparse.ArgumentParser) -> None:
    """Which shell."""
    command.add_argument("shell", choices=SHELLS, help="which shell; its start-up file evaluates what is printed")


def run(options: argparse.Namespace) -> int:
    """Print what the shell evaluates."""
    say_page(shellcode(["deckgen"], shell=options.shell))
    return 0


def complete(parser: Callable[[str], argparse.ArgumentParser]) -> None:
    """Answer the shell, which has put its line into the environment, and end the process."""
    words = os.environ.get("COMP_LINE", "").split()
    argcomplete.autocomplete(parser(words[1] if len(words) > 1 else ""))
