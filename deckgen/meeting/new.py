"""Earlier meetings × templates/new-meeting.yaml -> meetings/N.yaml: facts that carry over, comments for new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from deckgen.base import Frozen
from deckgen.base.files import refuse_links
from deckgen.meeting.areas import area_of, layers_of, list_meetings
from deckgen.meeting.ids import MEETINGS, TABLE, TEMPLATES, Id, id_of, order_of, variables
from deckgen.meeting.layers import Layers
from deckgen.meeting.tables import plan_schema
from deckgen.problems import DeckError, Origin, Problem, Result, fatal
from deckgen.schema.check import check
from deckgen.source import Plain, Source, dump, plain, read, text_of

SCHEMA_LINE = "# yaml-language-server: $schema={up}/docs/meeting.schema.json\n"
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


def _created(root: Path, meeting: str, previous: str | None) -> NewMeeting:
    area, id = area_of(root, meeting), id_of(meeting)
    row, rank = _row(root, meeting), order_of(root).rank
    earlier = [one for one in reversed(list_meetings(root, area)) if rank(id_of(one)) < rank(id)]
    if previous is not None:
        earlier = [previous, *(one for one in earlier if rank(id_of(one)) < rank(id_of(previous)))]
    files = [(one, _read(root, one)) for one in earlier]
    notes: list[str] = []
    about = {
        "number": id,
        "label": text_of(row.get("label"), id),
        **{key: text_of(row.get(key)) for key in ("city", "first", "last")},
    }
    sections = "\n".join(_sections(_plan(root, area).get(), about, files, notes))
    up = "../.." if "/" in meeting else ".."
    return NewMeeting(_written(root, meeting, SCHEMA_LINE.format(up=up) + sections), tuple(notes))


def check_plan(root: Path, meeting: Id) -> tuple[Problem, ...]:
    """The problems of `templates/new-meeting.yaml`, or of that of the area; none if there is no such file."""
    try:
        area = area_of(root, str(meeting))
    except DeckError:
        return ()  # reported by `load`
    return _plan(root, area).problems if layers_of(root, area, "new-meeting") else ()


def _plan(root: Path, area: str) -> Result[Source]:
    """The plan, checked against the facts that the templates declare; that of an area replaces that of all."""
    name = (layers_of(root, area, "new-meeting") or [PLAN])[-1]
    plan, files = read(root / name, name), Layers(root, area)
    declared = files.template("facts")
    if plan.value is None or files.lost:
        return plan
    schema = plan_schema([key for key, _ in declared.items()])
    return Result(plan.value, (*plan.problems, *check(plan.value, schema)))


def _row(root: Path, meeting: str) -> Source:
    """The city and dates of the meeting: from the table of meetings, or fetched."""
    row = read(root / TABLE, TABLE).get().get(id_of(meeting))
    fetched = root / MEETINGS / f"{meeting}.facts.yaml"
    if row is None and fetched.exists():
        row = read(fetched, f"{MEETINGS}/{meeting}.facts.yaml").get().get("meeting")
    if row is None or row.get("city") is None:
        hint = f"add a line for it, or run `make fetch {variables(meeting)}` first"
        raise fatal(Origin(TABLE), "unknown-meeting", f"meeting {id_of(meeting)} is not in the table of meetings", hint)
    return row


def _read(root: Path, meeting: str) -> Source:
    name = f"{MEETINGS}/{meeting}.yaml"
    return read(root / name, name).get()


def _sections(
    plan: Source, about: Mapping[str, str], files: list[tuple[str, Source]], notes: list[str]
) -> Iterator[str]:
    """The sections of the plan, in its order; a fact that no file has is left out, if there is no text instead."""
    for entry in plan:
        text, instead = (_about(text_of(entry.get(key)), about) for key in ("text", "otherwise"))
        if entry.get("carry") is None:
            yield text
        elif carried := _carried(entry, files, notes):
            comment = f"# {text_of(entry.get('comment'))}\n" if entry.get("comment") else ""
            yield comment + (_above_last(carried, text) if text else dump(carried))
        elif instead:
            yield instead


def _about(text: str, about: Mapping[str, str]) -> str:
    for key, value in about.items():
        text = text.replace(f"{{{key}}}", value)
    return text


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


def _written(root: Path, meeting: str, text: str) -> Path:
    """Write the file, unless one exists."""
    name = f"{MEETINGS}/{meeting}.yaml"
    path = root / name
    refuse_links(path.parent, root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise fatal(Origin(name), "file-exists", "the file already exists", "edit it, or delete it first") from None
    except OSError as error:
        raise fatal(Origin(name), "cannot-write", f"cannot be written: {error.strerror}") from None
    return path
