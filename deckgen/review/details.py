"""Page -> its details that no visible word shows: links, alt texts, QR codes, pictures, values of charts, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import zip_longest

from deckgen.base import Frozen
from deckgen.deck.model import Picture, Text
from deckgen.layout.pages import Block, ChartBlock, Page, PictureBlock, RuleBlock, TableBlock, TextBlock
from deckgen.problems import Origin


class Detail(Frozen):
    """Something that belongs to a page: its name, its value, and where it was written."""

    name: str
    value: str
    origin: Origin


class Edit(Frozen):
    """A detail that differs; the old or new value is empty if that page has none."""

    name: str
    old: str
    new: str


def details(page: Page) -> list[Detail]:
    """The details of a page, in reading order."""
    own = [Detail("section", page.section, page.origin), *(_links(page.notes) if page.notes else ())]
    own += [Detail("hidden", "yes", page.origin)] if page.hidden else []
    return [*own, *(one for block in page.blocks for one in _of_block(block))]


def _of_block(block: Block) -> Iterator[Detail]:
    match block:
        case TextBlock():
            for paragraph in block.paragraphs:
                yield from _of_text(paragraph.text)
        case TableBlock():
            for row in block.rows:
                for cell in row.cells:
                    for paragraph in cell:
                        yield from _of_text(paragraph.text)
        case PictureBlock():
            yield from _picture(block.picture)
        case ChartBlock():
            for series in block.chart.series:
                for category, value in zip(block.chart.categories, series.values, strict=True):
                    number = "–" if value is None else block.format.shown(value)
                    yield Detail(f"{series.name}, {category}", number, block.chart.origin)
            yield Detail("alt text", block.alt, block.chart.origin)
        case RuleBlock():
            return


def _of_text(text: Text) -> Iterator[Detail]:
    if len(text.lines) > 1:
        yield Detail("line breaks", " / ".join(text.lines), text.origin)
    yield from _links(text)


def _links(text: Text) -> Iterator[Detail]:
    """The links of a paragraph; the runs of one link are one."""
    words: dict[str, str] = {}
    for run in text.runs:
        if run.link:
            words[run.link] = words.get(run.link, "") + run.text
    for link, linked in words.items():
        yield Detail(f"link of “{linked}”", link, text.origin)


def _picture(picture: Picture) -> Iterator[Detail]:
    if picture.target:
        yield Detail("target of the QR code", picture.target, picture.origin)
    else:
        mark = sha256(picture.data).hexdigest()[:7]
        size = f"{picture.format.upper()}, {picture.width} × {picture.height}, {mark}"
        yield Detail("picture", size, picture.origin)
    if picture.target not in picture.alt or not picture.target:
        yield Detail("alt text", picture.alt, picture.origin)


def compare_details(old: Sequence[Detail], new: Sequence[Detail]) -> list[Edit]:
    """The details that differ, by their names; those of the same name are taken in order."""
    edits: list[Edit] = []
    for name in dict.fromkeys(detail.name for detail in (*old, *new)):
        before, now = ([one.value for one in listed if one.name == name] for listed in (old, new))
        for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            if tag != "equal":
                edits += [Edit(name, *pair) for pair in zip_longest(before[a:b], now[c:d], fillvalue="")]
    linked = [{side(one) for one in edits if side(one)} for side in (_old_link, _new_link)]
    renamed = linked[0] & linked[1]  # the same address with other words, which the page shows
    return [one for one in edits if (_old_link(one) or _new_link(one)) not in renamed or (one.old and one.new)]


def _old_link(edit: Edit) -> str:
    return edit.old if edit.name.startswith("link of ") and not edit.new else ""


def _new_link(edit: Edit) -> str:
    return edit.new if edit.name.startswith("link of ") and not edit.old else ""
