"""Folder × area -> the templates that meetings share, each with that of the area over it, and all their problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deckgen.base import Frozen, replace
from deckgen.base.budget import doing
from deckgen.meeting.areas import AREAS, DECK, area_of, check_files, folders_of, layers_of
from deckgen.meeting.history import History, read_history, remembered
from deckgen.meeting.ids import TEMPLATES, Id, Order
from deckgen.meeting.tables import check_links
from deckgen.problems import DeckError, Origin, Problem, Result
from deckgen.source import Document, Source, read, text_of
from deckgen.source.merge import merge


class Layers:
    """Reads the YAML files of a folder for an area, and gathers their problems, so that all are reported in one run.

    `lost` are the files that cannot be read; of a template, that of all areas too. `borrowed` are the slides that all
    areas have, that the order of this one lacks, and that the meeting changes: they are like its own.
    """

    def __init__(self, root: Path, area: str) -> None:
        self.root = root
        self.area = area
        self.borrowed: set[str] = set()
        self.problems: list[Problem] = []
        self.lost: set[str] = set()
        self.documents: dict[str, Document] = {}

    def read(self, name: str, hint: Callable[[], str] = str) -> Source:
        """The file of this name; if it cannot be read, an empty mapping, and its name is added to `lost`."""
        doing(f"reading `{name}`", Origin(name))
        result = read(self.root / name, name)
        self.problems += [replace(p, hint=hint() or p.hint) if p.rule == "no-file" else p for p in result.problems]
        source = result.value
        if source is None:
            self.lost.add(name)
            return Source({}, Origin(name))
        if source.document:
            self.documents[name] = source.document
        if source.value is None:  # `---` alone
            return replace(source, value={}, origin=Origin(name, 1, 1))
        if not isinstance(source.value, dict):
            self.problems.append(Problem(source.origin, "wrong-value", "the file is not a mapping (`key: value`)"))
            self.lost.add(name)
            return Source({}, source.origin)
        return source

    def template(self, name: str) -> Source:
        """A template that every meeting needs, with that of the area over it."""
        found = layers_of(self.root, self.area, name) or [f"{TEMPLATES}/{name}.yaml"]
        sources = [self.read(path) for path in found]
        if not self.lost.isdisjoint(found):
            self.lost.add(f"{TEMPLATES}/{name}.yaml")
        return self._merged(sources)

    def template_if_there(self, name: str) -> Source:
        """The same for a template that a folder may lack."""
        there = layers_of(self.root, self.area, name)
        return self.template(name) if there else Source({}, Origin(f"{TEMPLATES}/{name}.yaml"))

    def read_if_there(self, name: str) -> Source:
        """The file of this name, or an empty mapping."""
        return self.read(name) if (self.root / name).exists() else Source({}, Origin(name))

    def _merged(self, sources: Sequence[Source]) -> Source:
        """Layers of a template, the lowest first."""
        if len(sources) == 1:
            return sources[0]
        merged = merge(Source({}, Origin("")), *sources)
        self.problems += merged.problems
        return merged.value or sources[-1]

    def merged(self, *layers: Source) -> Source | None:
        """The layers of a meeting, laid one over the other."""
        laid = merge(Source({}, Origin("")), *layers)
        self.problems += laid.problems
        return laid.value

    def settings(self, settings: Source, own: Source | None) -> Source:
        """The settings of the deck with those of the meeting over them."""
        if own is None:
            return settings
        if not isinstance(own.value, dict):
            self.problems.append(Problem(own.origin, "wrong-value", "`deck` is not a mapping (`key: value`)"))
            return settings
        return self._merged([settings, own])

    def links(self) -> Source:
        """The patterns of links; none if they have problems."""
        links = self.template("links")
        problems = tuple(check_links(links))
        self.problems += problems
        return Source({}, links.origin) if problems else links

    def order(self, table: Source) -> Order:
        """The order of the meetings, and the problems of files that belong to none of them."""
        order = Order.of(table)
        self.problems += check_files(self.root, order)
        return order

    def history(self, id: str, declared: Source, order: Order) -> History:
        """The history in the files of earlier meetings of the area."""
        past = read_history(self.root, folders_of(self.root, self.area), id, remembered(declared), order)
        self.problems += past.problems
        return past.value or History()

    def slides(self, id: str, order: Order, settings: Source, own: Source) -> Source:
        """The recurring slides for this meeting, by id: the file name.

        If an area has an order of its own, those of all areas that neither this order nor the meeting names are not
        for it.
        """
        names = self._names(settings, own)
        slides: dict[str, Source] = {}
        for name in names:
            versions = [self._version(self.read(path), id, order) for path in self._paths(name)]
            slides[name] = self._merged(versions)
        keys = {name: slide.origin for name, slide in slides.items()}
        return Source(slides, Origin(f"{TEMPLATES}/slides"), keys)

    def _names(self, settings: Source, own: Source) -> list[str]:
        common, of_area = (
            {path.stem for path in (self.root / folder / "slides").glob("*.yaml")}
            for folder in (TEMPLATES, f"{AREAS}/{self.area or '.'}")
        )
        if settings.key_origin("sections").path != DECK:
            of_all = read(self.root / DECK, DECK).value
            changed = {id for id, _ in (own.get("slides") or Source({}, own.origin)).items()}
            self.borrowed = (common & changed) - _listed(settings)
            common -= (_listed(of_all) if of_all else set()) - _listed(settings) - changed
        return sorted(common | of_area)

    def _paths(self, slide: str) -> list[str]:
        return layers_of(self.root, self.area, f"slides/{slide}")

    def _version(self, source: Source, id: str, order: Order) -> Source:
        """A template merged with the one of its `versions` that includes this meeting."""
        base = source.without("versions")
        holding = next((version for version in source.get("versions") or () if holds(version, id, order)), None)
        return self._merged([base, holding.without("from", "until")]) if holding else base


def _listed(settings: Source) -> set[str]:
    """The slides in the sections of a deck."""
    return {text_of(id) for section in settings.get("sections") or () for id in section.get("slides") or ()}


class Template(Frozen):
    """A template with that of an area over it, and the files that it is from."""

    source: Source
    documents: Mapping[str, Document]


def read_template(root: Path, meeting: Id, name: str) -> Result[Template]:
    """A template as it is for a meeting; for one of an unknown area, as it is for all areas."""
    try:
        area = area_of(root, str(meeting))
    except DeckError:
        area = ""
    layers = Layers(root, area)
    source = layers.template(name)
    return Result(None if layers.lost else Template(source, layers.documents), tuple(layers.problems))


def holds(source: Source, id: str, order: Order) -> bool:
    """Whether `from` and `until` of this template include the meeting."""
    first, last = (_bound(source.get(key)) for key in ("from", "until"))
    return order.holds(id, first, last)


def _bound(source: Source | None) -> Id | None:
    return source.value if source and isinstance(source.value, (int, str)) else None
