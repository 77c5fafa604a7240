"""Folder × meeting number -> Meeting: the layers read, merged and checked against the declared facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from deckgen.merge import merge, merge_all
from deckgen.problems import DeckError, Origin, Problem, nearest
from deckgen.schema import Schema, check_facts
from deckgen.source import Source, plain, read

MEETINGS = "meetings"
TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is known of one meeting: its facts, its slides by id, and the settings of its deck.

    `layers` are the facts of each file, lowest first, for whoever compares them.
    """

    number: int
    facts: Source
    slides: Source
    settings: Source
    links: Source
    layers: tuple[Source, ...]
    known_slides: tuple[str, ...]


def meeting_numbers(root: Path) -> list[int]:
    """The meetings that have a file, lowest first."""
    files = (root / MEETINGS).glob("*.yaml")
    return sorted(int(file.stem) for file in files if file.stem.isdigit())


def load(root: Path, number: int) -> Meeting:
    """Meeting `number` of the folder `root`. Raises DeckError with the problems of all its files."""
    reader = _Files(root)
    own = reader.read(f"{MEETINGS}/{number}.yaml", _no_meeting_hint(root))
    fetched = reader.read_if_there(f"{MEETINGS}/{number}.facts.yaml")
    defaults = reader.read(f"{TEMPLATES}/defaults.yaml")
    table = reader.read(f"{TEMPLATES}/meetings.yaml")
    facts_schema = reader.read(f"{TEMPLATES}/facts.yaml")
    settings = reader.read(f"{TEMPLATES}/deck.yaml")
    links = reader.read(f"{TEMPLATES}/links.yaml")
    slides = reader.slides(number)
    reader.raise_problems()

    layers = (_from_table(table, number, own.origin), defaults, fetched, own)
    merged = merge_all([*layers[:2], Source({"slides": slides}, slides.origin), *layers[2:]])
    own_slides = merged.get("slides") or slides
    problems = [
        *check_facts(merged.without("slides"), cast(Schema, plain(facts_schema))),
        *_check_slide_ids(layers, slides),
    ]
    if problems:
        raise DeckError(problems)
    facts = tuple(layer.without("slides") for layer in layers)
    known = tuple(slides.value) if isinstance(slides.value, dict) else ()
    return Meeting(number, merged.without("slides"), own_slides, settings, links, facts, known)


class _Files:
    """Reads YAML files of one folder and gathers their problems, so that all are told in one run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def read(self, name: str, hint: str = "") -> Source:
        try:
            source = read(self.root / name, name)
        except DeckError as error:
            self.problems += [
                Problem(p.origin, p.rule, p.text, hint or p.hint) if p.rule == "no-file" else p for p in error.problems
            ]
            return Source({}, Origin(name))
        if not isinstance(source.value, dict):
            self.problems.append(Problem(source.origin, "wrong-value", "the file is no mapping (`key: value`)"))
        return source

    def read_if_there(self, name: str) -> Source:
        return self.read(name) if (self.root / name).exists() else Source({}, Origin(name))

    def slides(self, number: int) -> Source:
        """The recurring slides that hold for this meeting, by id: the name of the file."""
        slides: dict[str, Source] = {}
        keys: dict[str, Origin] = {}
        for path in sorted((self.root / TEMPLATES / "slides").glob("*.yaml")):
            source = self.read(f"{TEMPLATES}/slides/{path.name}")
            keys[path.stem] = source.origin
            slides[path.stem] = _version(source, number)
        return Source(slides, Origin(f"{TEMPLATES}/slides"), keys)

    def raise_problems(self) -> None:
        if self.problems:
            raise DeckError(self.problems)


def _version(source: Source, number: int) -> Source:
    """A template with, of its `versions`, the one that holds for this meeting laid over it."""
    versions = source.get("versions") or ()
    base = source.without("versions")
    holding = next((version for version in versions if holds(version, number)), None)
    if holding is None:
        return base
    return merge(base, holding.without("from", "until"))


def holds(source: Source, number: int) -> bool:
    """Whether `from` and `until` of this template include the meeting."""
    first, last = source.get("from"), source.get("until")
    after = first is None or not isinstance(first.value, int) or number >= first.value
    before = last is None or not isinstance(last.value, int) or number <= last.value
    return after and before


def _from_table(table: Source, number: int, own: Origin) -> Source:
    """What the table of meetings says of this one, its number, and the number of the one before."""
    row = table.get(str(number)) or Source({}, own)
    earlier = [int(key) for key, _ in table.items() if key.isdigit() and int(key) < number]
    derived = {
        "number": Source(number, row.origin),
        "previous": Source(max(earlier, default=number - 1), row.origin),
    }
    return Source({"meeting": merge(row, Source(dict(derived), row.origin))}, row.origin)


def _check_slide_ids(layers: tuple[Source, ...], slides: Source) -> list[Problem]:
    """Slides that a meeting changes or leaves out must exist; one of its own says what kind it is."""
    known = [key for key, _ in slides.items()]
    problems = []
    for layer in layers:
        patches = layer.get("slides")
        for key, patch in patches.items() if patches else ():
            if key in known or (patch.get("kind") and patch.get("title")):
                continue
            hint = nearest(key, known) or "a slide of your own needs `kind` and `title`"
            origin = (patches or layer).key_origin(key)
            problems.append(Problem(origin, "unknown-slide", f"no slide is called `{key}`", hint))
    return problems


def _no_meeting_hint(root: Path) -> str:
    numbers = meeting_numbers(root)
    return f"meetings here: {', '.join(map(str, numbers))}" if numbers else f"is this a folder with `{MEETINGS}/`?"
