"""Drawing, or the contents of any presentation -> its outline as Markdown, for a pull request and for `git diff`.

A paragraph is a line and no slide has a number, so that a change of one word is a change of one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from deckgen.base import replace
from deckgen.base.characters import REFUSED
from deckgen.proof.contents import Block, Chart, Contents, Paragraph, Picture, Slide, Table, Text

if TYPE_CHECKING:
    from deckgen.build.drawing import Drawing

_NO_ALT = "(no alt text)"
# Markup inside a line; an underscore between two letters is not markup.
_MARKUP = re.compile(r"[\\`*\[\]<~|]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
# Markup at the start of a line, and what a CI log takes for a command there.
_BEGINNING = re.compile(r"^(?:([-+]|#+)(?=\s|$)|(\d{1,9})(?=[.)](?:\s|$))|(?=>|---|::))")
_KEPT = "\0"  # a space in code, while those of the line become single; no presentation can have it
_NOT_IN_LINKS = re.compile(r"[\s<>()|\\]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>|]+|[^\s<>|@:]+@[^\s<>|@:]+")


def write(drawing: Drawing) -> bytes:
    """The outline, read back from the PowerPoint."""
    from deckgen.proof.read_contents import read_contents

    return markdown(read_contents(drawing.presentation.data, "deck.pptx").get()).encode()


def markdown(contents: Contents) -> str:
    """Titles, texts, tables, the numbers of charts, alt texts, links and notes, slide by slide."""
    chunks = [f"# {_plain(contents.title)}"] if contents.title else []
    chunks += [f"*Footer:* {_plain(footer)}" for footer in contents.footers]
    for section, slides in groupby(contents.slides, lambda slide: slide.section):
        chunks += [f"## {_plain(section)}"] if section else []
        for slide in slides:
            chunks += _slide(slide)
    return REFUSED.sub("\N{REPLACEMENT CHARACTER}", "\n\n".join(chunks)) + "\n"


def _slide(slide: Slide) -> Iterator[str]:
    title = " ".join(map(_heading, slide.title)) or "(no title)"
    if not slide.readable:
        title = "(this slide cannot be read)"
    yield f"### {title}{' (hidden)' if slide.hidden else ''}"
    for block in slide.blocks:
        yield from _block(block)
    if slide.notes:
        yield "Notes:"
        yield "\n>\n".join("\n".join(f"> {line}" for line in chunk.split("\n")) for chunk in _text(slide.notes))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield from _text(block.paragraphs)
        case Table():
            header, body = block.rows[:1], block.rows[1:]
            yield _table([*_cells(header, _heading), *_cells(body, _line)])
        case Chart():
            words = ". ".join(filter(None, (block.title, block.alt)))
            yield f"*Chart:* {_plain(words) or _NO_ALT}"
            yield from (_table([[_plain(cell) for cell in row] for row in table]) for table in block.tables)
        case Picture():
            alt = _plain(block.alt) or _NO_ALT
            yield f"*{block.what}:* {_linked(alt, block.alt, block.link)}"
        case _:
            assert_never(block)


def _text(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """A chunk for each paragraph, one for each list, and one for each block of code."""
    for what, group in groupby(paragraphs, _what):
        if what == "list":
            yield "\n".join(_items(group))
        elif what == "code":
            yield _fenced("\n".join("".join(run.text for run in paragraph.runs) for paragraph in group))
        else:
            yield from map(_line, group)


def _what(paragraph: Paragraph) -> str:
    if paragraph.bullet:
        return "list"
    return "code" if all(run.code for run in paragraph.runs) else "paragraph"


def _fenced(lines: str) -> str:
    """A block of code between fences, which are longer than what is like one in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", lines)), default=0))
    return "\n".join((fence, lines.strip("\n"), fence))


def _items(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Each item, indented to the text of the one above it."""
    above: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        while above and above[-1][0] >= paragraph.level:
            above.pop()
        indent = sum(width for _, width in above)
        mark = f"{paragraph.number or 1}. " if paragraph.bullet == "number" else "- "
        above.append((paragraph.level, len(mark)))
        yield f"{' ' * indent}{mark}{_line(paragraph)}"


def _cells(rows: Sequence[Sequence[Sequence[Paragraph]]], line: Callable[[Paragraph], str]) -> Iterator[list[str]]:
    for row in rows:
        yield ["<br>".join(map(line, cell)) for cell in row]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its header; columns are not aligned, as one longer cell would move them all."""
    width = max((len(row) for row in rows), default=0)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows or [()]]
    lines.insert(1, f"|{' --- |' * width}")
    return "\n".join(lines)


def _heading(paragraph: Paragraph) -> str:
    """A line that Markdown draws in bold: a title, or a cell in the header of a table."""
    return _line(replace(paragraph, runs=tuple(replace(run, bold=False) for run in paragraph.runs)))


def _line(paragraph: Paragraph) -> str:
    """Runs as one line; neighbours that look alike and lead to the same are one."""
    alike = groupby(paragraph.runs, lambda run: (run.link, run.bold, run.italic, run.struck, run.code))
    pieces = [_marked("".join(run.text for run in group), *look) for look, group in alike]
    return _BEGINNING.sub(r"\2\\\1", re.sub(" +", " ", "".join(pieces)).strip()).replace(_KEPT, " ")


def _marked(text: str, link: str, bold: bool, italic: bool, struck: bool, code: bool) -> str:
    """Text as Markdown. Spaces around it stay outside the marks, which do not work beside a space."""
    words = _words(text)
    if not words:
        return "<br>" * text.count("\n") or " " * bool(text)
    shown = _linked(_code(text.strip()) if code else _plain(text), words, link)
    for mark in ["**"] * bold + ["*"] * italic + ["~~"] * struck:
        shown = f"{mark}{shown}{mark}"
    return " " * text[:1].isspace() + shown + " " * text[-1:].isspace()


def _code(text: str) -> str:
    """Text between backticks, more of them than are side by side in it; a table needs its strokes escaped."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    lines = (f"{fence}{space}{line}{space}{fence}" if line else "" for line in text.split("\n"))
    return "<br>".join(lines).replace("|", "\\|").replace(" ", _KEPT)


def _words(text: str) -> str:
    """Text with single spaces, and without characters that only allow a line break."""
    return " ".join(text.replace("\u200b", "").split())


def _plain(text: str) -> str:
    """Text that Markdown takes as text; a line feed ends a line."""
    return "<br>".join(_MARKUP.sub(r"\\\g<0>", _words(line)) for line in text.split("\n"))


def _linked(shown: str, words: str, link: str) -> str:
    """A link; one whose words are its address is written once."""
    if not link:
        return shown
    if link.removeprefix("mailto:") == words and _ADDRESS.fullmatch(words):
        return f"<{words}>"
    if link.startswith("#"):
        link = "#" + re.sub(r"[^\w -]", "", link.lower()).replace(" ", "-")
    return f"[{shown}]({_NOT_IN_LINKS.sub(lambda found: f'%{ord(found[0]):02X}', link)})"
