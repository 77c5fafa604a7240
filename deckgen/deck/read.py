"""Source, filled and checked -> the parts of slides: texts parsed, pictures read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count
from typing import Literal, TypeVar

from deckgen.base import replace
from deckgen.deck.code import Piece, code_block, pieces
from deckgen.deck.code import whole as whole_block
from deckgen.deck.glyphs import HYPHENS
from deckgen.deck.inline import Linker, check_link, composed, read_text
from deckgen.deck.model import Bullet, Chart, Group, Picture, Run, Series, Text
from deckgen.problems import DeckError, Problem, fatal, nearest
from deckgen.source import Source, text_of

T = TypeVar("T")


class Reader:
    """Reads the parts of the slides of one deck; pictures and QR codes come from the functions given.

    `whole` are the phrases that no line breaks.
    """

    def __init__(
        self,
        linker: Linker,
        read_picture: Callable[[Source, str], Picture],
        read_qr: Callable[[Source, str], Picture],
        whole: Sequence[str] = (),
    ) -> None:
        self._linker = linker
        self._whole = whole
        self.picture = read_picture
        self._read_qr = read_qr

    def text(self, source: Source) -> Text:
        """A text, with its links. Raises DeckError."""
        return self._marked(read_text(source, self._linker))

    def title(self, source: Source) -> Text:
        """A text without links of its own. Raises DeckError."""
        return self._marked(read_text(source, None))

    def _marked(self, text: Text) -> Text:
        words = text.words
        found = tuple(phrase for phrase in self._whole if phrase in words)
        return replace(text, whole=found) if found else text

    def maybe(self, source: Source, key: str) -> Text | None:
        """The text of a key; None if it has none. Raises DeckError."""
        child = source.get(key)
        text = self.text(child) if child is not None and text_of(child) else None
        return text if text and text.runs else None

    def texts(self, source: Source, key: str) -> tuple[Text, ...]:
        """The texts in the list of a key, without the empty ones. Raises DeckError."""
        return self.each((child for child in source.get(key) or () if text_of(child)), self.text)

    def each(self, sources: Iterable[Source], reader: Callable[[Source], T]) -> tuple[T, ...]:
        """What `read` makes of each source. Raises DeckError with the problems of all."""
        found: list[T] = []
        problems: list[Problem] = []
        for source in sources:
            try:
                found.append(reader(source))
            except DeckError as error:
                problems += error.problems
        if problems:
            raise DeckError(problems)
        return tuple(found)

    def groups(self, source: Source) -> tuple[Group, ...]:
        """The labelled groups of a slide, or its items as one group without a label. Raises DeckError."""
        groups = source.get("groups")
        if groups is None:
            return (Group(None, self.bullets(source)),)
        if source.get("items") is not None:
            raise fatal(source.key_origin("items"), "items-and-groups", "a slide has `items` or `groups`, not both")
        return tuple(Group(self.maybe(group, "heading"), self.bullets(group)) for group in groups)

    def bullets(self, source: Source) -> tuple[Bullet, ...]:
        """The `items` of a slide, a group or a bullet. Raises DeckError."""
        items = (child for child in source.get("items") or () if child.value is not None)
        found = tuple(chain.from_iterable(self.each(items, self._item)))
        return _numbered(found) if is_set(source, "numbered") else found

    def _item(self, source: Source) -> Iterable[Bullet]:
        if not isinstance(source.value, dict):
            return self._bullet(pieces(source), ())
        for key in ("code", "para"):
            child = source.get(key)
            if child is not None:
                return code_block(whole_block(child)) if key == "code" else self._plain(pieces(child))
        return self._bullet(pieces(source.get("text") or source), self.bullets(source))

    def _bullet(self, parts: Sequence[Piece], items: tuple[Bullet, ...]) -> Iterable[Bullet]:
        """A bullet; what is between fences in its text is under it, and before the items that are."""
        if parts[0].code:
            return (*self._plain(parts), *items)
        return [Bullet(self.text(parts[0].source), (*self._plain(parts[1:]), *items))]

    def _plain(self, parts: Sequence[Piece]) -> Iterable[Bullet]:
        for part in parts:
            yield from code_block(part) if part.code else [Bullet(self.text(part.source), plain=True)]

    def qr(self, source: Source) -> Picture | None:
        """The QR code of a slide, if it has one. Raises DeckError."""
        qr = source.get("qr")
        if not qr:
            return None
        target = qr.get("target") or qr
        check_link(text_of(target), target.origin)
        return self._read_qr(target, text_of(qr.get("alt")) or f"QR code: {text_of(target)}")

    def chart(self, source: Source) -> Chart:
        """A chart with a value for each category. Raises DeckError."""
        labels = [_label(child) for child in source.get("categories") or ()]
        categories = tuple(label.words for label in labels)
        listed = source.get("series") or source.get("values")
        if listed is None:
            raise fatal(source.origin, "missing-key", "the chart has no `values`", "add `values: [...]`")
        if source.get("series") and source.get("values"):
            raise fatal(source.key_origin("series"), "values-and-series", "a chart has `values` or `series`, not both")
        title = self.text(source.get("title") or source)
        if source.get("series"):
            names = [_label(child.get("name") or child) for child in listed]
            numbers = (child.get("values") or child for child in listed)
            series = tuple(_series(name.words, values) for name, values in zip(names, numbers, strict=True))
            labels += names
        else:
            series = (_series(title.words, listed),)
        for one in series:
            if len(one.values) != len(categories):
                text = f"{len(one.values)} values for {len(categories)} categories"
                raise fatal(listed.origin, "chart-length", text, "an unknown value is null")
        type_: Literal["bar", "line"] = "line" if text_of(source.get("type")) == "line" else "bar"
        stacked, horizontal = (_for_bars(source.get(key), type_) for key in ("stacked", "horizontal"))
        marked = _marked(source.get("highlight"), categories)
        unit = _label(source.get("unit") or Source("", source.origin))
        words = (*labels, unit)
        about = (title, categories, series, marked, source.origin, unit.words)
        return Chart(type_, *about, stacked, horizontal, words)


def _numbered(items: Sequence[Bullet]) -> tuple[Bullet, ...]:
    """The items with their numbers; a paragraph or code between them has none."""
    numbers = count(1)
    return tuple(item if item.plain else replace(item, number=next(numbers)) for item in items)


def is_set(source: Source, key: str) -> bool:
    """Whether a key is true."""
    child = source.get(key)
    return child is not None and child.value is True


def _for_bars(source: Source | None, type_: str) -> bool:
    """Whether a key that only bars have is set."""
    if source is None or not source.value:
        return False
    if type_ == "line":
        raise fatal(source.origin, "wrong-value", "only bars can be stacked or horizontal", "`type: bar`")
    return True


def _marked(source: Source | None, categories: Sequence[str]) -> int | None:
    """The index of the category to highlight: the first of this name, or the one at this position."""
    if source is None:
        return None
    position = source.get("position")
    if position is not None:
        if whole(position, 1) > len(categories):
            message = f"`position` is {whole(position, 1)}, but the chart has only {len(categories)} categories"
            raise fatal(position.origin, "wrong-value", message, f"a position from 1 to {len(categories)}")
        return whole(position, 1) - 1
    name = _label(source).words
    if name in categories:
        return categories.index(name)
    # A template may highlight this meeting's value before it is known.
    if name and source.origin.through is None:
        raise fatal(source.origin, "wrong-value", f"no category is called `{name}`", nearest(name, categories))
    return None


def _label(source: Source) -> Text:
    """A text of one line, without styles and links."""
    return Text((Run(" ".join(composed(text_of(source)).translate(HYPHENS).split())),), source.origin)


def _series(name: str, values: Source) -> Series:
    numbers = tuple(v.value if isinstance(v.value, (int, float)) else None for v in values)
    return Series(name, numbers)


def whole(source: Source | None, default: int) -> int:
    """A whole number; `default` if there is none."""
    return source.value if source and isinstance(source.value, int) else default
