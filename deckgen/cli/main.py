"""Command line -> exit code: finds the command, which is one file of this room."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn, Protocol, cast

import deckgen
from deckgen.base.budget import PATIENCE, watched
from deckgen.cli.options import add_color, give_area
from deckgen.cli.terminal import say, tell
from deckgen.problems import DeckError, nearest, one_line

# Each is the module of that name; in the order of `deckgen --help`.
COMMANDS = {
    "init": "make a new repository of meetings",
    "build": "write the PowerPoint, the PDF and the outline of meetings",
    "review": "show a deck beside an older version of it",
    "import": "write what was edited in PowerPoint into the file of its meeting",
    "preview": "show the slides in a browser while you type",
    "ci-decks": "build and review the decks that differ from a git revision",
    "new": "create the file of the next meeting",
    "fetch": "ask the servers that have them for the facts of a meeting",
    "upload-help": "show which file of a deck to upload, and where",
    "outline": "print the text of a presentation as Markdown, also for `git diff`",
    "verify": "find what makes PowerPoint repair a file, or what a screen reader cannot announce",
    "check": "list the problems of meetings, and write nothing",
    "rule": "explain a rule, or list all rules",
    "describe": "print the keys of a kind of slide, and an example",
    "schema": "print the JSON Schema of a meeting file, for editors",
    "completion": "print what makes a shell complete the words of a command",
}
ALIASES = {"lint": "check"}


class Command(Protocol):
    """A module of this room."""

    def add_options(self, command: argparse.ArgumentParser) -> None:
        """Declare the arguments of the command."""
        ...

    def run(self, options: argparse.Namespace) -> int:
        """Run the command. Returns the exit code; raises DeckError for problems, which `main` prints."""
        ...


def main(arguments: Sequence[str] | None = None, apart: bool = False) -> int:
    """Run one command. Returns the exit code: 0 success, 1 problems in the files, 2 usage error.

    With `apart`, it runs in a process of its own, which the system ends at its limits of time and memory.
    """
    if "_ARGCOMPLETE" in os.environ:
        from deckgen.cli.completion import complete

        complete(_parser)
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _options(arguments)
    return _run_apart(options) if apart else _run(options)


def _run_apart(options: argparse.Namespace) -> int:
    ended = watched(partial(_run, options), options.patience)
    for line in ended.output.splitlines():
        say(line, sys.stderr)
    if ended.unfinished:
        from deckgen.base.files import tidy

        tidy(Path(ended.unfinished))
    if ended.problem:
        tell([ended.problem], options)
        return 1
    return ended.code if ended.code >= 0 else 128 - ended.code  # the exit code of a shell for a signal


def _run(options: argparse.Namespace) -> int:
    try:
        if hasattr(options, "area"):
            give_area(options)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except DeckError as error:
        tell(error.problems, options)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        say(f"standard output cannot be written: {error.strerror}", sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python still writes at its end
        return 1
    except KeyboardInterrupt:
        return 130


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line; for a command or an option that does not exist, the nearest one is named."""
    asked = arguments[0] if arguments else ""
    parser = _parser(asked)
    if asked and not asked.startswith("-") and asked not in {*COMMANDS, *ALIASES}:
        hint = nearest(asked, [*COMMANDS, *ALIASES]) or "`deckgen --help` lists them"
        parser.error(f"there is no command `{asked}`; {hint}")
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        hint = nearest(unknown[0].partition("=")[0], options.known) or f"`deckgen {asked} --help` lists them"
        options.usage_error(f"there is no option `{unknown[0]}`; {hint}")
    return options


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(one_line(message))


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from deckgen.review.revision import describe

        commit = describe(Path(deckgen.__file__).parents[1])
        say(f"deckgen {deckgen.__version__}{f' ({commit})' if commit else ''}")
        parser.exit()


def _parser(asked: str) -> argparse.ArgumentParser:
    """The parser of the command line. Only the command in use is imported, and has its options."""
    parser = _Parser("deckgen", description="Make the slide decks of recurring meetings from YAML files.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version, and in a checkout the commit")
    parser.set_defaults(root=Path(), to="stderr", output_format="text", patience=PATIENCE)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help in COMMANDS.items():
        aliases = [alias for alias, meant in ALIASES.items() if meant == name]
        command = commands.add_parser(name, aliases=aliases, help=help)
        if name == ALIASES.get(asked, asked):
            module = cast(Command, import_module(f"deckgen.cli.{name.replace('-', '_')}"))
            command.set_defaults(run=module.run, usage_error=command.error)
            module.add_options(command)
            add_color(command)
            command.set_defaults(known=[*command._option_string_actions])
    return parser
