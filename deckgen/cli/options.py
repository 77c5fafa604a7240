"""Words of the command line -> values: the options that several commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

_ID = "[a-z0-9][a-z0-9-]{0,63}"
PROBLEM_FORMATS = ("text", "json", "github", "sarif")


def add_meeting(command: argparse.ArgumentParser, such_as: int = 124) -> None:
    """`MEETING`, one id, and `--area`."""
    offer(command.add_argument("meeting", type=meeting_id, help=f"the id of the meeting, such as {such_as}"), _meetings)
    add_area(command)


def offer(argument: argparse.Action, words: Callable[..., Iterable[str]]) -> None:
    """Words that a shell completes the argument with; they are made when they are asked for."""
    argument.completer = words  # type: ignore[attr-defined]


def add_meetings(command: argparse.ArgumentParser, help: str) -> None:
    """`MEETING...`, any number of them."""
    ids = command.add_argument("meetings", type=meeting_id, nargs="*", metavar="MEETING", help=help)
    offer(ids, _meetings)
    add_area(command)


def add_area(command: argparse.ArgumentParser) -> None:
    """`--area AREA`."""
    help = "the area of the meetings, a folder in templates/areas (default: that of the meeting's file)"
    offer(command.add_argument("--area", default="", metavar="AREA", help=help), _areas)


def _areas(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    from deckgen.meeting import areas

    return areas(parsed_args.root)


def give_area(options: argparse.Namespace) -> None:
    """Give each meeting the folder of its area; an area that does not exist is a usage error."""
    from deckgen.meeting import areas, find_meeting
    from deckgen.meeting.areas import hint_of_area

    area, known = options.area, areas(options.root)
    if area and area not in known:
        options.usage_error(f"there is no area `{area}`; {hint_of_area(area, known)}")
    if isinstance(getattr(options, "meeting", None), str):
        options.meeting = find_meeting(options.root, options.meeting, area)
    if getattr(options, "meetings", None):
        options.meetings = [find_meeting(options.root, meeting, area) for meeting in options.meetings]


def _meetings(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    from deckgen.meeting import list_meetings

    return list_meetings(parsed_args.root)


def add_color(command: argparse.ArgumentParser) -> None:
    """`--color auto|always|never`."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="print problems in color: auto means on a terminal, or as NO_COLOR and FORCE_COLOR say (auto)",
    )


def add_root(command: argparse.ArgumentParser) -> None:
    """`--root DIR`."""
    command.add_argument(
        "--root",
        type=Path,
        default=_root(),
        metavar="DIR",
        help="the folder of meetings/ and templates/ (default: this folder, or the nearest above that has them)",
    )


def _root() -> Path:
    """The nearest folder with templates, or else with meetings, from the current one upwards; or the current one."""
    here = Path.cwd()
    folders = (here, *here.parents)
    marked = [(folder / "templates" / "deck.yaml").is_file() for folder in folders]
    if not any(marked):
        marked = [(folder / "meetings").is_dir() for folder in folders]
    return Path(*[".."] * marked.index(True)) if any(marked) else Path()


def add_strict(command: argparse.ArgumentParser) -> None:
    """`--strict`."""
    command.add_argument("--strict", action="store_true", help="fail on warnings as on errors")


def add_output_format(command: argparse.ArgumentParser) -> None:
    """`--output-format text|json|github|sarif`."""
    command.add_argument(
        "--output-format",
        choices=PROBLEM_FORMATS,
        default="text",
        help="how problems are printed: text for people, others for programs, on standard output (default: text)",
    )


def meeting_id(text: str) -> str:
    """The id of a meeting, perhaps with the folder of its area, from an id or from the path of its file."""
    found = re.fullmatch(rf"(?:(?:.*/)?meetings/)?((?:{_ID}/)?{_ID})(?:\.yaml)?", text)
    if found is None:
        message = f"`{text}` is not the id of a meeting, such as 124: lower-case letters, digits and hyphens"
        raise argparse.ArgumentTypeError(message)
    return found[1]
