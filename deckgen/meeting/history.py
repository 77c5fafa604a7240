"""Folder × meeting number -> History: what the files of the meetings before say of the facts that are remembered.

`templates/facts.yaml` declares by `remembered` which those are: `rows` for a fact whose keys are numbers of
meetings, `numbers` for one of which each meeting has its own.
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
    """The files of the meetings before, the earliest first: of each what was fetched, then what is written by hand.

    `kinds` are the facts that are remembered, and `facts` what is known of them, to lie under this meeting's own.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, tuple[Source, ...]] = field(default_factory=dict)
    facts: Source = field(default_factory=lambda: Source({}, Origin("")))

    @property
    def documents(self) -> dict[str, Document]:
        """The files by name."""
        return {file.document.name: file.document for files in self.files.values() for file in files if file.document}

    def as_of(self, number: int, facts: Source, said: Iterable[Source]) -> Source:
        """The facts as they are known at a meeting: without the rows of later ones.

        A fact of which the defaults alone speak, and of no meeting so early, is not known.
        """
        values = dict(facts.items())
        speaking = (self.facts, *said)
        for key, fact in facts.items():
            if self.kinds.get(key) != "rows" or not isinstance(fact.value, dict):
                continue
            later = [name for name, _ in fact.items() if _NUMBER.fullmatch(name) and int(name) > number]
            values[key] = fact.without(*later)
            if not values[key].value and not any(layer.get(key) for layer in speaking):
                del values[key]
        return Source(values, facts.origin, facts.keys, facts.document)

    def leaves_out(self, fact: str, number: int) -> bool:
        """Whether a file says by null that the row of a meeting is not to be had."""
        said = [(one, known) for one, files in self.files.items() for file in files if (known := file.get(fact))]
        rows = [row for _, known in said if (row := known.get(str(number)))]
        whole = [known for one, known in said if one == number]
        return any(source.value is None for source in (*rows[-1:], *whole[-1:]))


def remembered(declared: Source) -> dict[str, str]:
    """The facts that are remembered, and how."""
    return {key: text_of(fact.get("remembered")) for key, fact in declared.items() if fact.get("remembered")}


def read_history(folder: Path, name: str, number: int, facts: Mapping[str, str]) -> Result[History]:
    """What the files in `folder`, which is called `name`, say of meetings before `number`.

    The problems are warnings: what stands in another meeting's file stops no build of this one.
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
    """The layers, as far as they can be merged, the lowest first."""
    nothing = Source({}, Origin(""))
    merged = merge(nothing, *layers)
    problems += merged.problems
    return merged.value or nothing


def _files_before(folder: Path, number: int) -> Iterator[tuple[int, Path]]:
    """The files of earlier meetings; of one meeting, `124.facts.yaml` is sorted before `124.yaml`."""
    for path in folder.glob("*.yaml"):
        found = _FILE.fullmatch(path.name)
        if found and int(found[1]) < number:
            yield int(found[1]), path


def read_remembered(text: str, name: str, facts: Collection[str]) -> Result[Source]:
    """What a file says of these facts.

    Of what was fetched, which is long and written by a program, only their lines are read.
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
    """A block of a file, or as many empty lines."""
    return block if block.partition(":")[0] in facts else "\n" * block.count("\n")


def _rows(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str]) -> Iterator[Source]:
    for file in (file for layers in files.values() for file in layers):
        kept = {key: rows for key, rows in file.items() if facts[key] == "rows" and isinstance(rows.value, dict)}
        yield Source(dict(kept), file.origin, file.keys)


def _numbers(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str], problems: list[Problem]) -> Source:
    """Of each fact of `numbers`, by meeting: what is no list and no mapping."""
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
