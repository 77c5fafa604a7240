"""Folder × meeting number -> History: what the files of the meetings before say of the facts that are remembered.

`templates/facts.yaml` declares by `remembered` which those are: `rows` for a fact whose keys are numbers of
meetings, `numbers` for one of which each meeting has its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from deckgen.base import Frozen, field, replace
from deckgen.problems import DeckError, Origin, Problem
from deckgen.source import Document, Source, parse_all, read_text, text_of
from deckgen.source.merge import merge_all

FACT = "history"
_NUMBER = re.compile("[1-9][0-9]{0,4}")
_FILE = re.compile(rf"({_NUMBER.pattern})(?:\.facts)?\.yaml")
_BLOCK = re.compile(r"^\S.*\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)


class History(Frozen):
    """The files of the meetings before, the earliest first: of each what was fetched, then what is written by hand.

    `kinds` are the facts that are remembered, and `facts` what is known of them, to lie under this meeting's own. The
    problems are warnings: what stands in another meeting's file stops no build of this one.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, tuple[Source, ...]] = field(default_factory=dict)
    facts: Source = field(default_factory=lambda: Source({}, Origin("")))
    problems: tuple[Problem, ...] = ()

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


def read_history(folder: Path, name: str, number: int, facts: Mapping[str, str]) -> History:
    """What the files in `folder`, which is called `name`, say of meetings before `number`."""
    problems: list[Problem] = []
    files: dict[int, tuple[Source, ...]] = {}
    for before, path in sorted(_files_before(folder, number)):
        try:
            source, told = read_remembered(read_text(path, f"{name}/{path.name}"), f"{name}/{path.name}", facts)
        except DeckError as error:
            problems += error.problems
            continue
        problems += told
        files[before] = (*files.get(before, ()), source)
    rows, more = merge_all(_rows(files, facts))
    numbers, told = _numbers(files, facts)
    warnings = tuple(replace(problem, severity="warning") for problem in (*problems, *more, *told))
    together = Source({**dict(rows.items()), **({FACT: numbers} if numbers.value else {})}, Origin(name), rows.keys)
    return History(facts, files, together, warnings)


def _files_before(folder: Path, number: int) -> Iterator[tuple[int, Path]]:
    """The files of earlier meetings; of one meeting, `124.facts.yaml` is sorted before `124.yaml`."""
    for path in folder.glob("*.yaml"):
        found = _FILE.fullmatch(path.name)
        if found and int(found[1]) < number:
            yield int(found[1]), path


def read_remembered(text: str, name: str, facts: Collection[str]) -> tuple[Source, list[Problem]]:
    """What a file says of these facts. Raises DeckError.

    Of what was fetched, which is long and written by a program, only their lines are read.
    """
    if name.endswith(".facts.yaml"):
        text = _BLOCK.sub(lambda found: _kept(found[0], facts), text)
    source, problems = parse_all(text, name)
    others = (key for key, _ in source.items() if key not in facts)
    return replace(source.without(*others), document=source.document), problems


def _kept(block: str, facts: Collection[str]) -> str:
    """A block of a file, or as many empty lines."""
    return block if block.partition(":")[0] in facts else "\n" * block.count("\n")


def _rows(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str]) -> Iterator[Source]:
    for file in (file for layers in files.values() for file in layers):
        kept = {key: rows for key, rows in file.items() if facts[key] == "rows" and isinstance(rows.value, dict)}
        yield Source(dict(kept), file.origin, file.keys)


def _numbers(files: Mapping[int, tuple[Source, ...]], facts: Mapping[str, str]) -> tuple[Source, list[Problem]]:
    """Of each fact of `numbers`, by meeting: what is no list and no mapping."""
    problems: list[Problem] = []
    found: dict[str, dict[str, Source]] = {}
    for number, layers in files.items():
        merged, told = merge_all(file.without(*(key for key in facts if facts[key] == "rows")) for file in layers)
        problems += told
        for key, fact in merged.items():
            large = [name for name, one in fact.items() if isinstance(one.value, (dict, tuple))]
            if isinstance(fact.value, dict) and (kept := fact.without(*large)).value:
                found.setdefault(key, {})[str(number)] = kept
    by_fact = {key: Source(dict(by_number), Origin("")) for key, by_number in found.items()}
    return Source(dict(by_fact), Origin("")), problems
