"""Pages, or the slides of a PowerPoint -> Sheets: what one page says, in one shape for both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.model import Run, Text
from deckgen.layout.pages import ChartBlock, Page, Pages, Paragraph, PictureBlock, TableBlock, TextBlock
from deckgen.proof.contents import Chart, Contents, Picture, Slide, Table
from deckgen.proof.contents import Paragraph as ReadParagraph
from deckgen.proof.contents import Text as ReadText

_BLOCKS = 1_000  # more than a page has
_PART = re.compile(r" ?\((\d+)/(\d+)\)$")


class Line(Frozen):
    """A paragraph: its runs as they are drawn, its level in a list, and the number of its text block on the page.

    `text` is the text of the deck that it shows, `bold` is true if the theme makes it bold, and `code` is its number in
    a block of code. All three are unknown of a paragraph in a PowerPoint.
    """

    runs: tuple[Run, ...]
    level: int = 0
    block: int = 0
    text: Text | None = None
    bold: bool = False
    code: int = 0

    @property
    def words(self) -> str:
        """The words, without styles."""
        return "".join(run.text for run in self.runs)

    @property
    def links(self) -> frozenset[str]:
        """Where its words lead."""
        return frozenset(run.link for run in self.runs if run.link)


Cells = tuple[tuple[Line, ...], ...]  # of a row; each is a list of paragraphs


class Sheet(Frozen):
    """What a page says. `slide` is the id of the slide and `part` its part, unknown of a slide in a PowerPoint.

    `id` is the number of the slide in the PowerPoint. `tables` are their rows, `others` are charts and pictures in a
    form to compare, and `members` are the files of the pictures. `also` are the ids of other slides on the page.
    """

    id: int
    title: tuple[Line, ...]
    lines: tuple[Line, ...]
    tables: tuple[tuple[Cells, ...], ...]
    notes: str
    hidden: bool
    others: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    layout: str = ""
    slide: str = ""
    part: int = 1
    parts: int = 1
    also: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The words of its title."""
        return " ".join(line.words for line in self.title)

    def all_lines(self) -> Iterator[Line]:
        """Its paragraphs in the order of reading."""
        yield from self.title
        yield from self.lines
        for row in (row for table in self.tables for row in table):
            for cell in row:
                yield from cell


def without_part(words: str) -> str:
    """A title without the number of its part, such as `(1/2)`."""
    return _PART.sub("", words)


def once(side: Sequence[Sheet]) -> Iterator[Line]:
    """The lines of a slide; what each of its parts repeats, such as a call to action, comes once.

    The blocks of each part have numbers of their own.
    """
    last = {line.words for line in side[-1].lines}
    for number, sheet in enumerate(side):
        for line in sheet.lines:
            if sheet is side[-1] or line.words not in last:
                yield replace(line, block=line.block + number * _BLOCKS)


# -- Of a deck -----------------------------------------------------------------
def sheets_of(pages: Pages, ids: Sequence[int]) -> list[Sheet]:
    """The pages of a deck as they are in its PowerPoint; `ids` are the numbers of its slides there."""
    return [_sheet_of(page, id) for page, id in zip(pages.pages, ids, strict=True)]


def _sheet_of(page: Page, id: int) -> Sheet:
    title: list[Line] = []
    lines: list[Line] = []
    for number, block in enumerate(page.blocks):
        if isinstance(block, TextBlock):
            found = [_line_of(one, number) for one in block.paragraphs]
            (title if block.slot == "title" else lines).extend(line for line in found if line.words.strip())
    return Sheet(
        id,
        tuple(title),
        tuple(lines),
        tuple(_rows_of(block) for block in page.blocks if isinstance(block, TableBlock)),
        "".join(run.text for run in page.notes.runs) if page.notes else "",
        page.hidden,
        tuple(_other_of(block) for block in page.blocks if isinstance(block, (PictureBlock, ChartBlock))),
        (),
        page.layout,
        page.slide,
        page.part,
        page.parts,
        page.also,
    )


def _rows_of(block: TableBlock) -> tuple[Cells, ...]:
    return tuple(
        tuple(tuple(_line_of(one, 0) for one in cell if one.text.words) for cell in r.cells) for r in block.rows
    )


def _other_of(block: PictureBlock | ChartBlock) -> str:
    if isinstance(block, ChartBlock):
        chart = block.chart
        rows = zip(chart.categories, *(one.values for one in chart.series), strict=True)
        return _chart_words(
            (name, *("" if value is None else str(value) for value in values)) for name, *values in rows
        )
    return f"Picture: {' '.join(block.picture.alt.split())}"


def _line_of(paragraph: Paragraph, block: int) -> Line:
    runs = (Run(run.text, run.bold, run.italic, run.code, run.link) for run in paragraph.runs)
    return Line(joined(runs), paragraph.level, block, paragraph.text, paragraph.bold, paragraph.line)


# -- Of a PowerPoint -----------------------------------------------------------
def sheets_in(contents: Contents, slides: Mapping[str, str]) -> list[Sheet]:
    """The slides of a PowerPoint; `slides` has the id of the slide with a title, for links between slides."""
    return [_sheet_in(slide, slides) for slide in contents.slides]


def _sheet_in(slide: Slide, slides: Mapping[str, str]) -> Sheet:
    texts = [block for block in slide.blocks if isinstance(block, ReadText)]
    lines = (_line_in(one, number, slides) for number, text in enumerate(texts) for one in text.paragraphs)
    pictures = [block for block in slide.blocks if isinstance(block, Picture)]
    return Sheet(
        slide.id,
        tuple(_line_in(one, 0, slides) for one in slide.title),
        tuple(line for line in lines if line.words.strip()),
        tuple(_rows_in(block, slides) for block in slide.blocks if isinstance(block, Table)),
        "\n".join("".join(run.text for run in one.runs) for one in slide.notes),
        slide.hidden,
        tuple(_other_in(block) for block in slide.blocks if isinstance(block, (Picture, Chart))),
        tuple((one.member, one.alt) for one in pictures if one.member),
        slide.layout,
    )


def _rows_in(table: Table, slides: Mapping[str, str]) -> tuple[Cells, ...]:
    return tuple(tuple(tuple(_line_in(one, 0, slides) for one in cell) for cell in row) for row in table.rows)


def _line_in(paragraph: ReadParagraph, block: int, slides: Mapping[str, str]) -> Line:
    runs = (Run(one.text, one.bold, one.italic, one.code, _link_in(one.link, slides)) for one in paragraph.runs)
    return Line(joined(runs), paragraph.level, block)


def _link_in(link: str, slides: Mapping[str, str]) -> str:
    return f"#{slides[link[1:]]}" if link.startswith("#") and link[1:] in slides else link


def _other_in(block: Picture | Chart) -> str:
    if isinstance(block, Chart):
        return _chart_words(row for table in block.tables for row in table[1:])
    return f"{block.what}: {block.alt}"


def _chart_words(rows: Iterable[Sequence[str]]) -> str:
    """The categories and values of a chart, each number in one form."""
    return "Chart: " + "; ".join(f"{' '.join(name.split())} {' '.join(map(_number, values))}" for name, *values in rows)


def _number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Runs with plain spaces, those of one look put together, without spaces at both ends."""
    found: list[Run] = []
    for run in runs:
        text = re.sub(r"[^\S\n]", " ", run.text.replace("\u200b", "").replace("\v", "\n"))
        text = text if run.code else re.sub(r" ?\n ?", "\n", re.sub(" +", " ", text))
        if found and not run.code and found[-1].text.endswith(" ") and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if found and replace(found[-1], text="") == replace(run, text="", muted=False):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(run, text=text, muted=False))
    if found and not found[0].code:
        found[0] = replace(found[0], text=found[0].text.lstrip(" "))
    if found and not found[-1].code:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(run for run in found if run.text)
