"""Earlier meetings × templates/new-meeting.yaml -> meetings/N.yaml: facts that carry over, comments for new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from deckgen.base import Frozen
from deckgen.base.files import refuse_links
from deckgen.meeting.ids import MEETINGS, TABLE, TEMPLATES, Id, meeting_ids, order_of
from deckgen.meeting.load import FACTS
from deckgen.meeting.tables import plan_schema
from deckgen.problems import Origin, Problem, Result, fatal
from deckgen.schema.check import check
from deckgen.source import Plain, Source, dump, plain, read, text_of

SCHEMA_LINE = "# yaml-language-server: $schema=../docs/meeting.schema.json"
PLAN = f"{TEMPLATES}/new-meeting.yaml"


class NewMeeting(Frozen):
    """The file of a new meeting, and notes on what was carried over and left out."""

    path: Path
    carried: tuple[str, ...]


def new_meeting(root: Path, meeting: Id, previous: Id | None = None) -> Result[NewMeeting]:
    """Write the file of a meeting, from that of `previous` or of the last meeting that has a file.

    A file that exists is a problem, and is not changed.
    """
    return Result.of(lambda: _created(root, str(meeting), None if previous is None else str(previous)))


def _created(root: Path, id: str, previous: str | None) -> NewMeeting:
    row, rank = _row(root, id), order_of(root).rank
    earlier = [one for one in reversed(meeting_ids(root)) if rank(one) < rank(id)]
    if previous is not None:
        earlier = [previous, *(one for one in earlier if rank(one) < rank(previous))]
    files = [(one, _read(root, one)) for one in earlier]
    notes: list[str] = []
    about = {
        "number": id,
        "label": text_of(row.get("label"), id),
        **{key: text_of(row.get(key)) for key in ("city", "first", "last")},
    }
    sections = "\n".join(_sections(_plan(root).get(), about, files, notes))
    return NewMeeting(_written(root, id, f"{SCHEMA_LINE}\n{sections}"), tuple(notes))


def check_plan(root: Path) -> tuple[Problem, ...]:
    """The problems of `templates/new-meeting.yaml`; none if there is no such file."""
    return _plan(root).problems if (root / PLAN).exists() else ()


def _plan(root: Path) -> Result[Source]:
    """The plan, checked against the facts that the templates declare."""
    plan, declared = read(root / PLAN, PLAN), read(root / FACTS, FACTS)
    if plan.value is None or declared.value is None:
        return plan
    schema = plan_schema([key for key, _ in declared.value.items()])
    return Result(plan.value, (*plan.problems, *check(plan.value, schema)))


def _row(root: Path, id: str) -> Source:
    """The city and dates of the meeting: from the table of meetings, or fetched."""
    row = read(root / TABLE, TABLE).get().get(id)
    fetched = root / MEETINGS / f"{id}.facts.yaml"
    if row is None and fetched.exists():
        row = read(fetched, f"{MEETINGS}/{fetched.name}").get().get("meeting")
    if row is None or row.get("city") is None:
        hint = f"add a line for it, or run `make fetch MEETING={id}` first"
        raise fatal(Origin(TABLE), "unknown-meeting", f"meeting {id} is not in the table of meetings", hint)
    return row


def _read(root: Path, id: str) -> Source:
    name = f"{MEETINGS}/{id}.yaml"
    return read(root / name, name).get()


def _sections(
    plan: Source, about: Mapping[str, str], files: list[tuple[str, Source]], notes: list[str]
) -> Iterator[str]:
    """The sections of the plan, in its order; a fact that no file has is left out, with its comment."""
    for entry in plan:
        text = text_of(entry.get("text"))
        for key, value in about.items():
            text = text.replace(f"{{{key}}}", value)
        if entry.get("carry") is None:
            yield text
        elif carried := _carried(entry, files, notes):
            comment = f"# {text_of(entry.get('comment'))}\n" if entry.get("comment") else ""
            yield comment + (_above_last(carried, text) if text else dump(carried))


def _above_last(carried: dict[str, Plain], text: str) -> str:
    """A list as YAML, with a text above its last entry; any other value has the text below it."""
    [(key, value)] = carried.items()
    if not isinstance(value, list) or not value:
        return dump(carried) + text
    first = dump({key: value[:-1]}) if value[:-1] else f"{key}:\n"
    return first + text + dump({key: value[-1:]}).partition("\n")[2]


def _carried(entry: Source, files: list[tuple[str, Source]], notes: list[str]) -> dict[str, Plain]:
    """The fact that an entry of the plan carries over, under its key; empty if no file has it."""
    key = text_of(entry.get("carry"))
    for id, file in files[:1] if text_of(entry.get("from")) == "previous" else files:
        fact = file.get(key)
        if fact is None or not fact.value:
            continue
        notes.append(f"{key}: from meeting {id}")
        kept = _kept(fact, entry, lambda name, why: notes.append(f"{key}: {name} is left out: {why}"))
        return {key: kept} if kept else {}
    return {}


def _kept(fact: Source, entry: Source, leave_out: Callable[[str, str], None]) -> Plain:
    """A fact without the entries that the plan leaves out."""
    without, over = text_of(entry.get("without")), entry.get("over")
    if isinstance(fact.value, tuple):
        return [plain(one) for one in fact if not (without and one.get(without))]
    if over is None or not isinstance(fact.value, dict):
        return plain(fact)
    words = "|".join(re.escape(text_of(word)).replace(r"\{number\}", r"\d+") for word in over.get("words") or ())
    kept: dict[str, Plain] = {}
    for name, one in fact.items():
        state = text_of(one.get(text_of(over.get("key"))))
        if re.search(rf"\b(?:{words})\b", state, re.IGNORECASE):
            leave_out(name, state)
        else:
            kept[name] = plain(one)
    return kept


def _written(root: Path, id: str, text: str) -> Path:
    """Write the file, unless one exists."""
    name = f"{MEETINGS}/{id}.yaml"
    path = root / name
    refuse_links(path.parent, root)
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise fatal(Origin(name), "file-exists", "the file already exists", "edit it, or delete it first") from None
    except OSError as error:
        raise fatal(Origin(name), "cannot-write", f"cannot be written: {error.strerror}") from None
    return path
