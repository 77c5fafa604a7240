"""Meeting before -> meetings/N.yaml: what carries over is carried, what is new each time has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from deckgen.meeting import MEETINGS, TEMPLATES, meeting_numbers
from deckgen.problems import Origin, fatal
from deckgen.source import Plain, Source, dump, plain, read, text_of

SCHEMA_LINE = "# yaml-language-server: $schema=../docs/meeting.schema.json"
_CARRIED = ("related_groups", "research_groups", "iab_programs", "external_bodies")
# A draft with such a status needs nobody's attention at the next meeting.
_OVER = re.compile(
    r"\b(?:moved|published|RFC \d+|RFC ed(?:itor)? queue|withdrawn|abandoned|dead|done)\b", re.IGNORECASE
)


def new_meeting(root: Path, number: int, previous: int | None = None) -> tuple[Path, list[str]]:
    """Write the file of meeting `number` from that of `previous`, or of the last one there is.

    Returns the file, and what was carried and left out. Raises DeckError, also where the file exists.
    """
    row = _row(root, number)
    earlier = [one for one in reversed(meeting_numbers(root)) if one < number]
    if previous is not None:
        earlier = [previous, *(one for one in earlier if one < previous)]
    files = [(one, _read(root, one)) for one in earlier]
    notes: list[str] = []
    head = f"# IETF {number}, {text_of(row.get('city'))}, {text_of(row.get('first'))} to {text_of(row.get('last'))}."
    sections = [f"{SCHEMA_LINE}\n{head}\n{_HEAD}", *_sections(files, notes), *_PLACES]
    return _written(root, number, "\n".join(sections)), notes


def _row(root: Path, number: int) -> Source:
    """What is known of where and when: the table's line, or what was fetched."""
    name = f"{TEMPLATES}/meetings.yaml"
    row = read(root / name, name).get(str(number))
    fetched = root / MEETINGS / f"{number}.facts.yaml"
    if row is None and fetched.exists():
        row = read(fetched, f"{MEETINGS}/{fetched.name}").get("meeting")
    if row is None or row.get("city") is None:
        hint = f"add a line for it, or run `make fetch MEETING={number}` first"
        raise fatal(Origin(name), "unknown-meeting", f"IETF {number} is not in the table of meetings", hint)
    return row


def _read(root: Path, number: int) -> Source:
    name = f"{MEETINGS}/{number}.yaml"
    return read(root / name, name)


def _sections(files: list[tuple[int, Source]], notes: list[str]) -> Iterator[str]:
    """What carries over, each key from the latest file that has it."""
    directors = _latest(files, "directors", notes)
    if directors is not None:
        yield _section("directors", directors, "The directors; `make fetch` says when the datatracker names others.")
    agenda = _latest(files, "agenda", notes)
    topics = agenda if isinstance(agenda, list) else []
    standing = [one for one in topics if isinstance(one, dict) and "slide" not in one]
    if standing:
        notes.append(f"agenda: {len(standing)} standing topics; the talks are left out")
        yield _section("agenda", [*standing], "The topics of the session.") + _AGENDA
    drafts = _open_drafts(files[:1], notes)
    if drafts:
        yield _section("sponsored_drafts", drafts, "Drafts still open at the meeting before: is their status still so?")
    for key in _CARRIED:
        value = _latest(files, key, notes)
        if value:
            yield _section(key, value, _CHOSEN if key == "related_groups" else "")


def _latest(files: list[tuple[int, Source]], key: str, notes: list[str]) -> Plain:
    for number, file in files:
        value = file.get(key)
        if value is not None and value.value:
            notes.append(f"{key}: as at IETF {number}")
            return plain(value)
    return None


def _open_drafts(files: list[tuple[int, Source]], notes: list[str]) -> dict[str, Plain]:
    drafts = next((drafts for _, file in files if (drafts := file.get("sponsored_drafts"))), None)
    carried: dict[str, Plain] = {}
    for name, draft in drafts.items() if drafts else ():
        status = text_of(draft.get("status"))
        if _OVER.search(status):
            notes.append(f"sponsored_drafts: {name} is left out: {status}")
        else:
            carried[name] = plain(draft)
    return carried


def _section(key: str, value: Plain, comment: str) -> str:
    return (f"# {comment}\n" if comment else "") + dump({key: value})


def _written(root: Path, number: int, text: str) -> Path:
    """Write the file, but never over one that is there."""
    name = f"{MEETINGS}/{number}.yaml"
    path = root / name
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise fatal(Origin(name), "file-exists", "the file is there already", "edit it, or delete it first") from None
    except OSError as error:
        raise fatal(Origin(name), "no-file", f"cannot be written: {error.strerror}") from None
    return path


_HEAD = """\
# What the templates and `make fetch` know is not here; what stands here wins over both, key by key.
"""
_CHOSEN = "Chosen by hand; `make fetch` says which of the groups closed."
_AGENDA = """\
  # A talk, before Open Mic; `slide` is the id of its slide below:
  # - item: The title of the talk
  #   minutes: 15
  #   who: A. Speaker
  #   slide: the-talk
"""
_PLACES = (
    """\
# The session in local time; `make fetch` finds it once the agenda is published.
# session:
#   date: 2025-11-07
#   start: "09:30"
#   end: "11:00"
#   room: Viger
""",
    """\
# What became of the proposals that DISPATCH heard; only the minutes say it.
# dispatch_outcomes:
#   - title: The proposal
#     draft: draft-author-topic
#     outcome: a mailing list
""",
    """\
# Corrections of fetched facts, for instance; null leaves one out.
# wg_changes:
#   bofs:
#     acronym: ACRONYM (in WIT area)
# new_lists:
#   a-list:
#     label: A-LIST (in OPS)
#     purpose: What the list is for
""",
    """\
# The slides of the day's talks, and changes of recurring slides by their id.
# slides:
#   the-talk:
#     kind: bullets
#     title: The title of the talk
#     items:
#       - The first point
""",
)
