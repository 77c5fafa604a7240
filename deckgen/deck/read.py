"""Source of one slide, filled and checked -> Slide: its texts parsed, its pictures read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal, TypeVar, assert_never, get_args

from deckgen.deck import model as deck
from deckgen.deck.inline import Linker, check_link, read_text
from deckgen.deck.model import Bullet, Cell, Chart, Group, Row, Series, Slide, Text
from deckgen.problems import DeckError, Origin, Problem, fatal, nearest
from deckgen.source import Source, text_of
from deckgen.source.dates import minutes_of

T = TypeVar("T")
CLASSES: dict[str, type[Slide]] = {
    "title": deck.TitleSlide,
    "statement": deck.Statement,
    "bullets": deck.Bullets,
    "columns": deck.Columns,
    "table": deck.Table,
    "agenda": deck.Agenda,
    "figure": deck.Figure,
    "key-figures": deck.KeyFigures,
    "chart": deck.ChartSlide,
}
assert set(CLASSES.values()) == set(get_args(Slide))


class SlideReader:
    """Reads the slides of one deck; pictures and QR codes come from the functions given."""

    def __init__(
        self,
        linker: Linker,
        read_picture: Callable[[Source, str], deck.Picture],
        read_qr: Callable[[Source, str], deck.Picture],
    ) -> None:
        self._linker = linker
        self._read_picture = read_picture
        self._read_qr = read_qr

    def read(self, source: Source, id: str, section: str) -> Slide:
        """The slide that `source` describes. Raises DeckError."""
        common = self._common(source, id, section)
        kind = CLASSES[text_of(source.get("kind"))]
        if kind is deck.TitleSlide:
            return deck.TitleSlide(
                **common, subtitle=self._maybe(source, "subtitle"), lines=self._texts(source, "lines")
            )
        if kind is deck.Statement:
            return deck.Statement(**common, lines=self._texts(source, "lines"))
        if kind is deck.Bullets:
            return deck.Bullets(**common, groups=self._groups(source), callout=self._maybe(source, "callout"))
        if kind is deck.Columns:
            count = _whole(source.get("columns"), 4)
            groups = self._groups(source)
            return deck.Columns(**common, groups=groups, columns=count, callout=self._maybe(source, "callout"))
        if kind is deck.Table:
            return self._table(source, common)
        if kind is deck.Agenda:
            return deck.Agenda(**common, items=tuple(self._agenda(source)))
        if kind is deck.Figure:
            return self._figure(source, common)
        if kind is deck.KeyFigures:
            return deck.KeyFigures(**common, figures=self._key_figures(source))
        return deck.ChartSlide(**common, chart=self._chart(source.get("chart") or source))

    def _common(self, source: Source, id: str, section: str) -> dict[str, Any]:
        qr = source.get("qr")
        title = read_text(source.get("title") or source, None)
        if not title.runs:
            raise fatal(
                title.origin, "missing-key", "the slide has no title", "each needs one, in the outline at least"
            )
        return {
            "id": id,
            "section": section,
            "title": title,
            "origin": source.origin,
            "notes": text_of(source.get("notes")).strip(),
            "footnote": self._maybe(source, "footnote"),
            "qr": self._qr(qr) if qr else None,
            "wanted": self._maybe(source, "wanted"),
            "ask": self._maybe(source, "ask"),
        }

    def _text(self, source: Source) -> Text:
        return read_text(source, self._linker)

    def _maybe(self, source: Source, key: str) -> Text | None:
        child = source.get(key)
        text = self._text(child) if child is not None and text_of(child) else None
        return text if text and text.runs else None

    def _texts(self, source: Source, key: str) -> tuple[Text, ...]:
        return self._each((child for child in source.get(key) or () if text_of(child)), self._text)

    def _each(self, sources: Iterable[Source], reader: Callable[[Source], T]) -> tuple[T, ...]:
        """All of them read. Raises DeckError with the problems of each."""
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

    def _groups(self, source: Source) -> tuple[Group, ...]:
        """The labelled groups of a slide, or its items as one group without a label."""
        groups = source.get("groups")
        if groups is None:
            return (Group(None, self._bullets(source)),)
        if source.get("items") is not None:
            raise fatal(source.key_origin("items"), "items-and-groups", "a slide has `items` or `groups`, not both")
        return tuple(Group(self._maybe(group, "heading"), self._bullets(group)) for group in groups)

    def _bullets(self, source: Source) -> tuple[Bullet, ...]:
        return self._each((child for child in source.get("items") or () if child.value is not None), self._bullet)

    def _bullet(self, source: Source) -> Bullet:
        if not isinstance(source.value, dict):
            return Bullet(self._text(source))
        para = source.get("para")
        if para is not None:
            return Bullet(self._text(para), plain=True)
        return Bullet(self._text(source.get("text") or source), self._bullets(source))

    def _table(self, source: Source, common: dict[str, Any]) -> deck.Table:
        header = self._each(source.get("header") or (), self._text)
        align = tuple(_side(side) for side in source.get("align") or ())
        if len(align) > len(header):
            told = f"{len(align)} sides for {len(header)} columns"
            raise fatal(source.key_origin("align"), "wrong-value", told, "one for each column of `header`")
        rows = self._each(source.get("rows") or (), partial(self._row, width=len(header)))
        chart = source.get("chart")
        return deck.Table(
            **common,
            header=header,
            align=align + tuple(_side(None) for _ in header[len(align) :]),
            rows=rows,
            chart=self._chart(chart) if chart else None,
        )

    def _row(self, source: Source, width: int) -> Row:
        cells = self._each(source.get("cells") or source, self._cell)
        if len(cells) != width:
            text = f"the row has {len(cells)} cells and the header {width}"
            raise fatal(source.origin, "row-length", text, 'an empty cell is ""')
        highlight = source.get("highlight")
        return Row(cells, bool(highlight and highlight.value), source.origin)

    def _cell(self, source: Source) -> Cell:
        if isinstance(source.value, dict):
            return Cell(self._text(source.get("text") or source), self._maybe(source, "sub"))
        return Cell(self._text(source))

    def _chart(self, source: Source) -> Chart:
        categories = tuple(text_of(child) for child in source.get("categories") or ())
        listed = source.get("series") or source.get("values")
        if listed is None:
            raise fatal(source.origin, "missing-key", "the chart has no `values`", "add `values: [...]`")
        if source.get("series") and source.get("values"):
            raise fatal(source.key_origin("series"), "values-and-series", "a chart has `values` or `series`, not both")
        marked = source.get("highlight") or source
        # A template may mark this meeting's value before anybody has supplied it.
        if text_of(marked) not in ("", *categories) and marked.origin.through is None:
            hint = nearest(text_of(marked), categories)
            raise fatal(marked.origin, "wrong-value", f"no category is called `{text_of(marked)}`", hint)
        title = self._text(source.get("title") or source)
        if source.get("series"):
            series = tuple(_series(text_of(child.get("name")), child.get("values") or child) for child in listed)
        else:
            series = (_series(title.words, listed),)
        for one in series:
            if len(one.values) != len(categories):
                text = f"{len(one.values)} values for {len(categories)} categories"
                raise fatal(listed.origin, "chart-length", text, "a value that is not known is null")
        type_: Literal["bar", "line"] = "line" if text_of(source.get("type")) == "line" else "bar"
        return Chart(type_, title, categories, series, text_of(source.get("highlight")), source.origin)

    def _agenda(self, source: Source) -> list[deck.AgendaItem]:
        """The topics with their running clock; `remaining` is what is left until the end."""
        clock = _clock(source.get("start"))
        end = _clock(source.get("end"))
        items = []
        for child in source.get("items") or ():
            minutes = child.get("minutes")
            if minutes is not None and minutes.value == "remaining":
                label, takes = "remaining time", (end - clock if end and clock is not None and end > clock else None)
            else:
                takes = _whole(minutes, 0) or None
                label = f"{takes} mins" if takes else ""
            topic = read_text(child.get("item") or child, None)
            slide = text_of(child.get("slide"))
            items.append(deck.AgendaItem(topic, self._maybe(child, "who"), takes, label, clock, child.origin, slide))
            clock = clock + takes if clock is not None and takes else None
        return items

    def _figure(self, source: Source, common: dict[str, Any]) -> deck.Figure:
        picture = source.get("picture")
        caption = self._texts(source, "caption")
        if picture is None or not text_of(picture):
            return deck.Figure(**common, caption=caption)
        # Where an author says nothing, rule `missing-alt` speaks; PDF/UA wants words all the same.
        alt = text_of(source.get("alt")).strip() or common["title"].words or common["id"]
        return deck.Figure(**common, picture=self._read_picture(picture, alt), caption=caption)

    def _key_figures(self, source: Source) -> tuple[deck.KeyFigure, ...]:
        return tuple(
            deck.KeyFigure(self._text(child.get("value") or child), self._text(child.get("label") or child))
            for child in source.get("figures") or ()
        )

    def _qr(self, source: Source) -> deck.Picture:
        target = source.get("target") or source
        check_link(text_of(target), target.origin)
        return self._read_qr(target, text_of(source.get("alt")) or f"QR code: {text_of(target)}")


def _side(source: Source | None) -> Literal["left", "right"]:
    return "right" if text_of(source) == "right" else "left"


def _series(name: str, values: Source) -> Series:
    numbers = tuple(v.value if isinstance(v.value, (int, float)) else None for v in values)
    return Series(name, numbers)


def _whole(source: Source | None, default: int) -> int:
    return source.value if source and isinstance(source.value, int) else default


def _clock(source: Source | None) -> int | None:
    text = text_of(source)
    return minutes_of(text) if text else None


def texts(slide: Slide) -> list[Text]:
    """Every text of a slide, in the order it is read."""
    found = [slide.title]
    match slide:
        case deck.TitleSlide():
            found += [*([slide.subtitle] if slide.subtitle else []), *slide.lines]
        case deck.Statement():
            found += slide.lines
        case deck.Bullets() | deck.Columns():
            for group in slide.groups:
                found += [group.heading] if group.heading else []
                found += _bullet_texts(group.items)
            found += [slide.callout] if slide.callout else []
        case deck.Table():
            found += slide.header
            cells = [cell for row in slide.rows for cell in row.cells]
            found += [text for cell in cells for text in (cell.text, cell.sub) if text]
            found += [slide.chart.title] if slide.chart else []
        case deck.Agenda():
            found += [text for item in slide.items for text in (item.topic, item.who) if text]
        case deck.Figure():
            found += slide.caption
        case deck.KeyFigures():
            found += [text for figure in slide.figures for text in (figure.value, figure.label)]
        case deck.ChartSlide():
            found.append(slide.chart.title)
        case _:
            assert_never(slide)
    return [*found, *([slide.footnote] if slide.footnote else [])]


def chart_words(slide: Slide) -> list[str]:
    """What is written under and beside the chart of a slide, if it has one."""
    chart = slide.chart if isinstance(slide, (deck.Table, deck.ChartSlide)) else None
    return [*chart.categories, *(series.name for series in chart.series)] if chart else []


def _bullet_texts(items: tuple[Bullet, ...]) -> list[Text]:
    return [text for item in items for text in (item.text, *_bullet_texts(item.items))]


def origin_of(slide: Slide) -> Origin:
    """Where an author finds the slide: the place of its title."""
    return slide.title.origin
