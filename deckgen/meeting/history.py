"""Folder × meeting -> History: the remembered facts in the files of earlier meetings.

`templates/facts.yaml` declares with `remembered` which facts those are: `rows` for a fact whose keys are meetings,
`numbers` for a fact that each meeting has for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from deckgen.base import Frozen, field, replace
from deckgen.meeting.ids import FILE, Order
from deckgen.problems import Origin, Problem, Result
from deckgen.source import Document, Source, parse, read_text, text_of
from deckgen.source.merge import merge

FACT = "history"
_BLOCK = re.compile(r"^\S.*\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)


class History(Frozen):
    """The files of earlier meetings, the earliest first: of each the fetched facts, then the file written by hand.

    `kinds` has the remembered facts, and `facts` their values, a layer under this meeting's own.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    facts: Source = field(default_factory=lambda: Source({}, Origin("")))
    order: Order = field(default_factory=Order)

    @property
    def documents(self) -> dict[str, Document]:
        """The files by name."""
        return {file.document.name: file.document for files in self.files.values() for file in files if file.document}

    def as_of(self, id: str, facts: Source, layers: Iterable[Source]) -> Source:
        """The facts as they are known at a meeting: without the rows of later ones.

        A fact that only the defaults have, and only for later meetings, is unknown.
        """
        values = dict(facts.items())
        sources, own = (self.facts, *layers), self.order.rank(id)
        for key, fact in facts.items():
            if self.kinds.get(key) != "rows" or not isinstance(fact.value, dict):
                continue
            later = [name for name, _ in fact.items() if self.order.knows(name) and self.order.rank(name) > own]
            values[key] = fact.without(*later)
            if not values[key].value and not any(layer.get(key) for layer in sources):
                del values[key]
        return Source(values, facts.origin, facts.keys, facts.document)

    def leaves_out(self, fact: str, id: str) -> bool:
        """Whether a file marks the row of a meeting as unavailable with null."""
        found = [(one, known) for one, files in self.files.items() for file in files if (known := file.get(fact))]
        rows = [row for _, known in found if (row := known.get(id))]
        whole = [known for one, known in found if one == id]
        return any(source.value is None for source in (*rows[-1:], *whole[-1:]))


def remembered(declared: Source) -> dict[str, str]:
    """The remembered facts, and how each is remembered."""
    return {key: text_of(fact.get("remembered")) for key, fact in declared.items() if fact.get("remembered")}


def read_history(
    root: Path, folders: Sequence[str], id: str, facts: Mapping[str, str], order: Order
) -> Result[History]:
    """The history in the files of these folders of `root` before a meeting.

    The problems are warnings: a problem in another meeting's file does not stop a build of this one.
    """
    problems: list[Problem] = []
    files: dict[str, tuple[Source, ...]] = {}
    for before, name in _files_before(root, folders, id, order):
        read = _read(root / name, name, facts)
        problems += read.problems
        if read.value is not None:
            files[before] = (*files.get(before, ()), read.value)
    rows = _merged(_rows(files, facts), problems)
    numbers = _numbers(files, facts, problems)
    together = Source(
        {**dict(rows.items()), **({FACT: numbers} if numbers.value else {})}, Origin(folders[0]), rows.keys
    )
    return Result(History(facts, files, together, order), tuple(replace(one, severity="warning") for one in problems))


def _read(path: Path, name: str, facts: Collection[str]) -> Result[Source]:
    text = read_text(path, name)
    return Result(None, text.problems) if text.value is None else read_remembered(text.value, name, facts)


def _merged(layers: Iterable[Source], problems: list[Problem]) -> Source:
    """The layers merged as far as possible, the lowest first."""
    nothing = Source({}, Origin(""))
    merged = merge(nothing, *layers)
    problems += merged.problems
    return merged.value or nothing


def _files_before(root: Path, folders: Sequence[str], id: str, order: Order) -> list[tuple[str, str]]:
    """The files of earlier meetings, in their order; of one meeting, `124.facts.yaml` is before `124.yaml`."""
    own = order.rank(id)
    found = [
        (match[1], f"{folder}/{path.name}")
        for folder in folders
        for path in (root / folder).glob("*.yaml")
        if (match := FILE.fullmatch(path.name)) and order.rank(match[1]) < own
    ]
    return sorted(found, key=lambda pair: (order.rank(pair[0]), pair[1].rpartition("/")[2]))


def read_remembered(text: str, name: str, facts: Collection[str]) -> Result[Source]:
    """These facts of a file.

    Of a facts file, which is long and written by a program, only their lines are parsed.
    """
    if name.endswith(".facts.yaml"):
        text = _BLOCK.sub(lambda found: _kept(found[0], facts), text)
    read = parse(text, name)
    source = read.value
    if source is None:
        return read
    others = (key for key, _ in source.items() if key not in facts)
    return Result(replace(source.without(*others), document=source.document), read.problems)


def _kept(block: str, facts: Collection[str]) -> str:
    """A block of a file, or the same number of empty lines."""
    return block if block.partition(":")[0] in facts else "\n" * block.count("\n")


def _rows(files: Mapping[str, tuple[Source, ...]], facts: Mapping[str, str]) -> Iterator[Source]:
    for file in (file for layers in files.values() for file in layers):
        kept = {key: rows for key, rows in file.items() if facts[key] == "rows" and isinstance(rows.value, dict)}
        yield Source(dict(kept), file.origin, file.keys)


def _numbers(files: Mapping[str, tuple[Source, ...]], facts: Mapping[str, str], problems: list[Problem]) -> Source:
    """The values of each fact of `numbers`, by meeting, except lists and mappings."""
    found: dict[str, dict[str, Source]] = {}
    for id, layers in files.items():
        rows = [key for key in facts if facts[key] == "rows"]
        merged = _merged((file.without(*rows) for file in layers), problems)
        for key, fact in merged.items():
            large = [name for name, one in fact.items() if isinstance(one.value, (dict, tuple))]
            if isinstance(fact.value, dict) and (kept := fact.without(*large)).value:
                found.setdefault(key, {})[id] = kept
    by_fact = {key: Source(dict(by_id), Origin("")) for key, by_id in found.items()}
    return Source(dict(by_fact), Origin(""))
