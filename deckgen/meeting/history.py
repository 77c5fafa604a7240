"""Folder × meeting number -> History: the remembered facts in the files of earlier meetings.

`templates/facts.yaml` declares with `remembered` which facts those are: `rows` for a fact whose keys are meeting
numbers, `numbers` for a fact that each meeting has for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from deckgen.base import Frozen, field, replace
from deckgen.problems import Origin, Problem, Result
from deckgen.source import Document, Source, parse, read_text, text_of
from deckgen.source.merge import merge

FACT = "history"
_NUMBER = re.compile("[1-9][0-9]{0,4}")
_FILE = re.compile(rf"({_NUMBER.pattern})(?:\.facts)?\.yaml")
_BLOCK = re.compile(r"^\S.*\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)


class History(Frozen):
    """The files of earlier meetings, the earliest first: of each the fetched facts, then the file written by hand.

    `kinds` has the remembered facts, and `facts` their values, a layer under this meeting's own.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, tuple[Source, ...]] = field(default_factory=dict)
    facts: Source = field(default_factory=lambda: Source({}, Origin("")))

    @property
    def documents(self) -> dict[str, Document]:
        """The files by name."""
        return {file.document.name: file.document for files in self.files.values() for file in files if file.document}

    def as_of(self, number: int, facts: Source, layers: Iterable[Source]) -> Source:
        """The facts as they are known at a meeting: without the rows of later ones.

        A fact that only the defaults have, and only for later meetings, is unknown.
        """
        values = dict(facts.items())
        sources = (self.facts, *layers)
        for key, fact in facts.items():
            if self.kinds.get(key) != "rows" or not isinstance(fact.value, dict):
                continue
            later = [name for name, _ in fact.items() if _NUMBER.fullmatch(name) and int(name) > number]
            values[key] = fact.without(*later)
            if not values[key].value and not any(layer.get(key) for layer in sources):
                del values[key]
        return Source(values, facts.origin, facts.keys, facts.document)

    def leaves_out(self, fact: str, number: int) -> bool:
        """Whether a file marks the row of a meeting as unavailable with null."""
        found = [(one, known) for one, files in self.files.items() for file in files if (known := file.get(fact))]
        rows = [row for _, known in found if (row := known.get(str(number)))]
        whole = [known for one, known in found if one == number]
        return any(source.value is None for source in (*rows[-1:], *whole[-1:]))


def remembered(declared: Source) -> dict[str, str]:
    """The remembered facts, and how each is remembered."""
    return {key: text_of(fact.get("remembered")) for key, fact in declared.items() if fact.get("remembered")}


def read_history(folder: Path, name: str, number: int, facts: Mapping[str, str]) -> Result[History]:
    """The history in the files of `folder` before meeting `number`; `name` is the folder's path in origins.

    The problems are warnings: a problem in another meeting's file does not stop a build of this one.
    """
    problems: list[Problem] = []
    files: dict[int, tuple[Source, ...]] = {}
    for before, path in sorted(_files_before(folder, number)):
        read = _read(path, f"{name}/{path.name}", facts)
        problems += read.problems
        if read.value is not None:
            files[before] = (*files.get(before, ()), read.value)
    rows = _merged(_rows(files, facts), problems)
    numbers = _numbers(files, facts, problems)
    together = Source({**dict(rows.items()), **({FACT: numbers} if numbers.value else {})}, Origin(name), rows.keys)
    return Result(History(facts, files, together), tuple(replace(one, severity="warning") for one in problems))


def _read(path: Path, name: str, facts: Collection[str]) -> Result[Source]:
    text = read_text(path, name)
    return Result(None, text.problems) if text.value is None else read_remembered(text.value, name, facts)


def _merged(layers: Iterable[Source], problems: list[Problem]) -> Source:
    """The layers merged as far as possible, the lowest first."""
    nothing = Source({}, Origin(""))
    merged = merge(nothing, *layers)
    problems += merged.problems
    return merged.value or nothing


def _files_before(folder: Path, number: int) -> Iterator[tuple[int, Path]]:
    """The files of earlier meetings; of one meeting, `124.facts.yaml` sorts before `124.yaml`."""
    for path in folder.glob("*.yaml"):
        found = _FILE.fullmatch(path.name)
        if found and int(found[1]) < number:
            yield int(found[1]), path


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


def _rows(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str]) -> Iterator[Source]:
    for file in (file for layers in files.values() for file in layers):
        kept = {key: rows for key, rows in file.items() if facts[key] == "rows" and isinstance(rows.value, dict)}
        yield Source(dict(kept), file.origin, file.keys)


def _numbers(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str], problems: list[Problem]) -> Source:
    """The values of each fact of `numbers`, by meeting, except lists and mappings."""
    found: dict[str, dict[str, Source]] = {}
    for number, layers in files.items():
        rows = [key for key in facts if facts[key] == "rows"]
        merged = _merged((file.without(*rows) for file in layers), problems)
        for key, fact in merged.items():
            large = [name for name, one in fact.items() if isinstance(one.value, (dict, tuple))]
            if isinstance(fact.value, dict) and (kept := fact.without(*large)).value:
                found.setdefault(key, {})[str(number)] = kept
    by_fact = {key: Source(dict(by_number), Origin("")) for key, by_number in found.items()}
    return Source(dict(by_fact), Origin(""))
