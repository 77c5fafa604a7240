"""People -> Pages: portraits of one size, each with its name and lines under it; a single person beside the text."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.people import People, Person
from deckgen.layout.flow import height_of, set_lines
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.pictures import covering
from deckgen.layout.theme import Box, Theme
from deckgen.problems import fatal

_ABREAST = 4  # in the quarters of the page
_ROWS = 2
_SINGLE = 0.88  # the width of the portrait of a single person, as a share of its height


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of one person, and of up to eight."""
    size, body = theme.text.sizes[0], theme.body_box
    text, portrait = _alone(body, theme)
    slots = []
    for number, (face, under) in enumerate((one for row in _cells(body, _ROWS, theme) for one in row), 1):
        slots.append(Slot(f"picture-{number}", "picture", face, 18, "Portrait"))
        slots.append(Slot(f"person-{number}", "text", under, theme.text.official, "Name"))
    return (
        light(
            theme,
            "Person",
            Slot("person-1", "text", text, size, "Name"),
            Slot("picture-1", "picture", portrait, 18, "Portrait"),
        ),
        light(theme, "People", *slots),
    )


def place(slide: People, theme: Theme) -> Placing[list[Page]]:
    """A page for one person, or for each four or eight of them. Raises DeckError if a text does not fit."""
    body = yield from inside(slide, theme)
    if len(slide.people) == 1:
        part = yield from _one(slide.people[0], body, theme)
        return (yield from frame(slide, [part], theme))
    rows = 1 if len(slide.people) <= _ABREAST else _ROWS
    count = -(-len(slide.people) // (rows * _ABREAST))
    share, more = divmod(len(slide.people), count)  # as many on each page, or one fewer
    parts = []
    start = 0
    for number in range(count):
        end = start + share + (number < more)
        parts.append((yield from _several(slide.people[start:end], rows, body, theme)))
        start = end
    return (yield from frame(slide, parts, theme))


def _one(person: Person, body: Box, theme: Theme) -> Placing[Part]:
    text, portrait = _alone(body, theme)
    text = text if person.picture else body
    lined = yield from fit_lines(_texts(person), text, theme.text.sizes, theme)
    blocks: list[Block] = [TextBlock("person-1", text, tuple(lined))]
    if person.picture:
        cut = covering(person.picture, portrait, person.focus)
        blocks.append(PictureBlock("picture-1", portrait, person.picture, cut))
    return Part("Person", tuple(blocks))


def _several(people: Sequence[Person], rows: int, body: Box, theme: Theme) -> Placing[Part]:
    cells = [cell for row in _cells(body, rows, theme) for cell in row]
    pictured = any(person.picture for person in people)
    blocks: list[Block] = []
    for number, (person, (face, under)) in enumerate(zip(people, cells, strict=False), 1):
        if not pictured:
            under = Box(under.x, face.y, under.width, under.bottom - face.y)
        lined = yield from _fitted(person, under, rows, theme)
        if person.picture:
            cut = covering(person.picture, face, person.focus)
            blocks.append(PictureBlock(f"picture-{number}", face, person.picture, cut))
        blocks.append(TextBlock(f"person-{number}", under, tuple(lined)))
    return Part("People", tuple(blocks))


def _fitted(person: Person, box: Box, rows: int, theme: Theme) -> Placing[list[Paragraph]]:
    """A name, and smaller the lines under it, which have to fit."""
    width = theme.set_width(box.width)
    sizes = [(theme.text.sizes[0], theme.text.sizes[-1]), (theme.text.sizes[-1], theme.text.official)]
    sizes += [(theme.text.official, theme.text.official)]
    for name, line in sizes[rows - 1 :]:
        texts = [replace(p, size=line if number else name) for number, p in enumerate(_texts(person))]
        lined = yield from set_lines([(p, width) for p in texts])
        if height_of(lined, theme) <= box.height:
            return lined
    text = f"{sum(p.lines for p in lined)} lines do not fit under a portrait"
    raise fatal(person.name.origin, "text-overflow", text, "shorten it, or make a slide of its own")


def _texts(person: Person) -> list[Paragraph]:
    return [Paragraph(person.name, 0, bold=True), *(Paragraph(line, 0, "muted") for line in person.lines)]


def _alone(body: Box, theme: Theme) -> tuple[Box, Box]:
    """The box of the text, and right of it that of the portrait, as high as the body."""
    width = round(body.height * _SINGLE)
    portrait = Box(body.x + body.width - width, body.y, width, body.height)
    return replace(body, width=portrait.x - theme.page.gutter - body.x), portrait


def _cells(body: Box, rows: int, theme: Theme) -> list[list[tuple[Box, Box]]]:
    """For each row, the boxes of the portrait and of the text under it."""
    gap = theme.callout.gap
    height = (body.height - gap * (rows - 1)) // rows
    step = theme.page.columns // _ABREAST
    found = []
    for row in range(rows):
        own = Box(body.x, body.y + row * (height + gap), body.width, height)
        quarters = [theme.span(index * step, (index + 1) * step, own) for index in range(_ABREAST)]
        side = min(quarters[0].width, height * 9 // 16)
        found.append([_split(quarter, side, theme) for quarter in quarters])
    return found


def _split(quarter: Box, side: int, theme: Theme) -> tuple[Box, Box]:
    face = Box(quarter.x, quarter.y, side, side)
    top = face.bottom + theme.caption.gap
    return face, replace(quarter, y=top, height=quarter.bottom - top)
