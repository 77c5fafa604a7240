"""Bullets × width -> lines: paragraphs at the largest size that fits, cut into parts if none fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from deckgen.base import Frozen, replace
from deckgen.deck.model import Bullet, Group, Run, Text
from deckgen.layout.bind import MAX_ALONE, NO_BREAK, bound, last_joined, last_word, without_last
from deckgen.layout.levels import Level, hang_at, indent_at, levels, number_sign, sign_at, size_at, space_over
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Paragraph
from deckgen.layout.split import partition
from deckgen.layout.theme import EMU, Theme
from deckgen.problems import DeckError, Problem, fatal

Column = Sequence[Paragraph]
# In em: more than the widest character of Carlito, and of any font.
_WIDEST, _WIDEST_OF_ALL = 1.2, 12.0
_CLOSING, _OPENING = "!?)\\]},.:;/\u2060»’”›\u3001-\u301f\uff01-\uff1f", "(\\[{\u2060«‘“‹¡¿"
_BREAKS = re.compile(f"(?<![{_OPENING}\\s])[^\\S\u00a0\u2007\u202f]+(?![{_CLOSING}\\s])(?!(?<=—\\s)—)")
_BEFORE_LETTER = re.compile(r"(?<=\S)[-/](?=[^\W\d_\u0590-\u05ff])")


class Gaps(Frozen):
    """The least and the largest space between two bullets, in EMU."""

    least: int
    most: int


class Fit(Frozen):
    """Columns of paragraphs, for each part."""

    size: float
    parts: tuple[tuple[tuple[Paragraph, ...], ...], ...]


def group_paragraphs(group: Group, bullet: bool = True) -> list[Paragraph]:
    """A group as paragraphs without a size."""
    heading = [Paragraph(group.heading, 0, bold=True, heading=True)] if group.heading else []
    return heading + list(_bullets(group.items, 0, bullet))


def _bullets(items: Sequence[Bullet], level: int, bullet: bool, numbers: int = 0) -> Iterable[Paragraph]:
    last = max((item.number for item in items), default=0)
    for item in items:
        sign = number_sign(item.number, last) if item.number else sign_at(level)
        wide = numbers + sign.width
        if item.plain or not bullet:
            yield Paragraph(item.text, 0, level=level, line=item.line, numbers=numbers)
        else:
            yield Paragraph(item.text, 0, level=level, bullet=sign, number=item.number, numbers=wide)
        yield from _bullets(item.items, level + 1, bullet, wide)


def plain_paragraphs(texts: Iterable[Text], colour: str = "ink") -> list[Paragraph]:
    """Texts as paragraphs without bullets."""
    return [Paragraph(text, 0, colour) for text in texts]


def fit_columns(
    columns: Sequence[Column],
    widths: Sequence[int],
    height: int,
    theme: Theme,
    sizes: Sequence[float],
    gaps: Gaps | None = None,
) -> Placing[Fit]:
    """The columns at the largest of `sizes` at which each fits `height` on one page.

    If there is none, they are cut into as few parts as possible, at the largest size at which there are so many.
    Raises DeckError when a single paragraph is higher than a page at the smallest size, or a line of code wider.
    """
    gaps = gaps or Gaps(theme.text.gap.least, theme.text.gap.most)
    naturals = yield [Ask(p.text.runs, p.bold) for column in columns for p in column]
    columns = _with_code(columns, naturals, widths, theme)
    for size in sizes:
        if not _could_fit(columns, naturals, widths, height, size, theme):
            continue
        set_columns = yield from _set(columns, widths, size, theme)
        if all(_height(column, theme, gaps.least) <= height for column in set_columns):
            return Fit(size, (_airy(set_columns, height - theme.body.air, theme, gaps),))
    best = Fit(sizes[-1], ())
    for size in reversed(sizes):
        room = height * len(best.parts)
        if room and not _could_fit(columns, naturals, widths, room, size, theme):
            break
        parts = yield from _parts(columns, widths, height, size, theme, gaps)
        if parts is None and not best.parts:
            raise _too_high((yield from _set(columns, widths, size, theme)), height, theme)
        if parts is None or (best.parts and len(parts) > len(best.parts)):
            break
        best = Fit(size, tuple(parts))
    return best


def _parts(
    columns: Sequence[Column], widths: Sequence[int], height: int, size: float, theme: Theme, gaps: Gaps
) -> Placing[list[tuple[tuple[Paragraph, ...], ...]] | None]:
    """The columns cut into parts; None if a single paragraph is higher than a page."""
    set_columns = yield from _set(columns, widths, size, theme)
    cut = [_cut(column, height, theme, gaps.least) for column in set_columns]
    if any(one is None for one in cut):
        return None
    known = [one for one in cut if one is not None]
    return [
        _airy([one[index] if index < len(one) else () for one in known], height - theme.body.air, theme, gaps)
        for index in range(max(map(len, known)))
    ]


def _too_high(columns: Sequence[Column], height: int, theme: Theme) -> DeckError:
    high = max((p for column in columns for p in column), key=lambda p: p.lines * p.size)
    text = f"{high.lines} lines at the smallest size; a slide holds {height // theme.line_height(high.size)}"
    return fatal(high.text.origin, "text-overflow", text, "make two bullets of it")


def _with_code(
    columns: Sequence[Column], naturals: Sequence[float], widths: Sequence[int], theme: Theme
) -> Sequence[Column]:
    """The columns with all code at one size, at most that at which its longest line fits. Raises DeckError."""
    code = theme.fonts.code
    ems = iter(naturals)
    fitting = [theme.text.sizes[0]]
    problems = []
    for column, width in zip(columns, widths, strict=True):
        for paragraph, em in zip(column, ems, strict=False):
            if not paragraph.line or not em:
                continue
            fitting.append(text_width(paragraph, width, theme) * code.share / em / EMU)
            if fitting[-1] < code.least:
                letters = len(paragraph.text.words)
                text = f"{letters} letters of code in a line; {int(letters * fitting[-1] / code.least)} fit"
                problems.append(Problem(paragraph.text.origin, "text-overflow", text, "break the line"))
    if problems:
        raise DeckError(problems)
    return [[replace(p, size=min(fitting)) if p.line else p for p in column] for column in columns]


def _size(paragraph: Paragraph, size: float, theme: Theme) -> float:
    """The size of a paragraph in a text of `size`: a step smaller under a bullet; for code in whole points."""
    own = size_at(paragraph.level, size, theme)
    code = theme.fonts.code
    return max(code.least, int(min(own * code.share, paragraph.size))) if paragraph.line else own


def _could_fit(
    columns: Sequence[Column], naturals: Sequence[float], widths: Sequence[int], height: int, size: float, theme: Theme
) -> bool:
    """Whether the smallest number of lines that the widths allow fits; sizes without a chance do not reach Typst."""
    start = 0
    for column, width in zip(columns, widths, strict=True):
        total = 0
        for paragraph, natural in zip(column, naturals[start : start + len(column)], strict=True):
            own = _size(paragraph, size, theme)
            room = text_width(paragraph, width, theme)
            total += max(1, -(-int(natural * own * EMU) // max(1, room))) * theme.line_height(own)
        start += len(column)
        if total > height:
            return False
    return True


def text_width(paragraph: Paragraph, width: int, theme: Theme) -> int:
    """The width left for the words of a paragraph, after its indent."""
    return theme.set_width(width) - indent_of(paragraph, theme)


def indent_of(paragraph: Paragraph, theme: Theme) -> int:
    """How far the words of a paragraph are from the left edge of its box."""
    return indent_at(paragraph.level + (1 if paragraph.bullet else 0), theme, paragraph.numbers)


def _at_size(paragraph: Paragraph, size: float, theme: Theme) -> Paragraph:
    own = _size(paragraph, size, theme)
    sign = paragraph.bullet
    hang = hang_at(paragraph.level, theme, sign.width) if sign else 0
    return replace(paragraph, size=own, indent=indent_of(paragraph, theme), hang=hang)


def _set(columns: Sequence[Column], widths: Sequence[int], size: float, theme: Theme) -> Placing[list[Column]]:
    """The columns with sizes and numbers of lines."""
    sized = [[_at_size(p, size, theme) for p in column] for column in columns]
    flat = [(p, text_width(p, width, theme)) for column, width in zip(sized, widths, strict=True) for p in column]
    lined = iter((yield from set_lines(flat)))
    return [[next(lined) for _ in column] for column in sized]


def set_lines(paragraphs: Sequence[tuple[Paragraph, int]]) -> Placing[list[Paragraph]]:
    """Sized paragraphs with the number of lines each takes in its width; lines break where it reads well."""
    wide = [_wide_stretches(p, width) for p, width in paragraphs]
    asks = [Ask(p.text.runs, p.bold, p.size, width) for p, width in paragraphs]
    naturals = [Ask(p.text.runs, p.bold) for p, _ in paragraphs]
    answers = yield [*(ask for stretches in wide for ask in stretches), *naturals, *asks]
    ems = iter(answers)
    widest = [max((next(ems) for _ in stretches), default=0.0) for stretches in wide]
    whole = [next(ems) for _ in naturals]
    lines = list(ems)
    too_wide = [em * p.size * EMU > width for em, (p, width) in zip(widest, paragraphs, strict=True)]
    if any(too_wide):
        lines = list((yield [replace(ask, breakable=broken) for ask, broken in zip(asks, too_wide, strict=True)]))
    lined = [
        replace(p, lines=int(count), breakable=broken)
        for (p, _), count, broken in zip(paragraphs, lines, too_wide, strict=True)
    ]
    widths = [width for _, width in paragraphs]
    several = [n for n, p in enumerate(lined) if p.lines > 1 and not p.line and not p.breakable]
    if several:
        broken_well = yield from _balanced([(lined[n], widths[n], whole[n]) for n in several])
        for n, paragraph in zip(several, broken_well, strict=True):
            lined[n] = paragraph
    return lined


def _balanced(paragraphs: Sequence[tuple[Paragraph, int, float]]) -> Placing[list[Paragraph]]:
    """Paragraphs of several lines: what stays whole is not broken, and no short word is alone on the last line.

    Each with its width, and how wide it is on one line, in em.
    """
    tried: list[tuple[list[Text], list[list[Ask]]]] = []
    for p, width, natural in paragraphs:
        whole = bound(p.text)
        last = last_word(whole)
        # All other lines are at most full, so the last one has at least so much.
        least = natural - (p.lines - 1) * width / (p.size * EMU)
        short = 0 < len(last) <= MAX_ALONE and least <= len(last) * _WIDEST
        texts = [whole, without_last(whole), last_joined(whole)] if short else [whole]
        lines = [Ask(text.runs, p.bold, p.size, width) for text in texts]
        tried.append((texts, [lines, _whole_pieces(texts[0]), _whole_pieces(texts[-1])]))
    answers = iter((yield [ask for _, groups in tried for asks in groups for ask in asks]))
    balanced = []
    for (p, width, _), (texts, groups) in zip(paragraphs, tried, strict=True):
        counts, *ems = [[next(answers) for _ in asks] for asks in groups]
        whole_fits, joined_fits = (max(found, default=0) * p.size * EMU <= width for found in ems)
        alone = len(counts) > 1 and counts[1] < counts[0]
        if whole_fits and alone and joined_fits and counts[2] == counts[0]:
            balanced.append(replace(p, text=texts[2], lines=int(counts[2])))
        elif whole_fits:
            balanced.append(replace(p, text=texts[0], lines=int(counts[0]), alone=alone))
        else:
            balanced.append(replace(p, alone=alone))
    return balanced


def _whole_pieces(text: Text) -> list[Ask]:
    """The pieces of a text that a no-break space holds together."""
    pieces = dict.fromkeys(piece for piece in unbroken(text.words) if NO_BREAK in piece)
    return [Ask((Run(piece),), bold=True) for piece in pieces]


def _wide_stretches(paragraph: Paragraph, width: int) -> list[Ask]:
    """The pieces that cannot break and may be too wide; a line can break between a hyphen or a slash and a letter."""
    room = width / (paragraph.size * EMU)
    text = paragraph.text.words
    if len(text) * _WIDEST_OF_ALL <= room or (len(text) * _WIDEST <= room and text.isascii()):
        return []
    words = _pieces(text)
    wide = [word for word in words if len(word) * (_WIDEST if word.isascii() else _WIDEST_OF_ALL) > room]
    bold = paragraph.bold or any(run.bold for run in paragraph.text.runs)
    faces = {False, *(run.code for run in paragraph.text.runs)}
    return [Ask((Run(word, code=code),), bold) for word in dict.fromkeys(wide) for code in sorted(faces)]


@lru_cache(4_096)  # a text is asked for at each size that is tried
def _pieces(text: str) -> list[str]:
    return unbroken(_BEFORE_LETTER.sub(r"\g<0> ", text))


def unbroken(text: str) -> list[str]:
    """The pieces of a text that no line breaks (UAX 14).

    There is no break at a no-break space, and even at a space none before such a sign as `!`, none before or after a
    word joiner, none after an opening bracket or quotation mark, and none between dashes (LB 11 to 17).
    """
    return _BREAKS.split(text.strip())


def stack(column: Column, theme: Theme, gap: int) -> list[Paragraph]:
    """The paragraphs with the space over each, `gap` between bullets, in EMU, and where their numbers go on."""
    spaces, starts = _spaces(column, theme, gap), _starts(column)
    return [replace(p, before=b, start=s) for p, b, s in zip(column, spaces, starts, strict=True)]


def _starts(column: Column) -> Iterator[int]:
    """For each paragraph, the first of the numbers that go on; a paragraph without a bullet stops all of them."""
    going: dict[int, int] = {}
    for paragraph in column:
        kept = {level: start for level, start in going.items() if level <= paragraph.level}
        going = kept if paragraph.bullet else {}
        if paragraph.number:
            going.setdefault(paragraph.level, paragraph.number)
        yield going[paragraph.level] if paragraph.number else 0


def _spaces(column: Column, theme: Theme, gap: int) -> list[int]:
    """The space over each paragraph, in EMU; none over the first."""
    return [space_over(p.level, gap, theme) if index and p.line < 2 else 0 for index, p in enumerate(column)]


def levels_of(column: Column, theme: Theme) -> tuple[Level, ...]:
    """The levels of a list, at the sizes and distances of its own paragraphs."""
    first = next((p for p in column if p.level == 0 and not p.line), column[0])
    spaces = {level: max(p.before for p in column if p.level == level) for level in {p.level for p in column}}
    return levels(theme, first.size, spaces)


def height_of(column: Column, theme: Theme) -> int:
    """The height of paragraphs with their lines and spaces."""
    return sum(p.lines * theme.line_height(p.size) + p.before for p in column)


def _height(column: Column, theme: Theme, gap: int) -> int:
    lines = sum(p.lines * theme.line_height(p.size) for p in column)
    return lines + sum(_spaces(column, theme, gap))


def _airy(columns: Sequence[Column], height: int, theme: Theme, gaps: Gaps) -> tuple[tuple[Paragraph, ...], ...]:
    """The columns with as much space as fits, the same in each."""
    wanted = []
    for column in columns:
        low, high = _height(column, theme, gaps.least), _height(column, theme, gaps.most)
        share = 1.0 if high <= max(height, low) else max(0.0, (height - low) / (high - low))
        wanted.append(gaps.least + round((gaps.most - gaps.least) * share))
    gap = min(wanted, default=gaps.least)
    return tuple(tuple(stack(column, theme, gap)) for column in columns)


def _cut(column: Column, height: int, theme: Theme, gap: int) -> list[Column] | None:
    """A column in parts that each fit; bullets stay with what is under them and after what introduces them.

    None if a single paragraph is too high.
    """
    if not column:
        return [()]
    atoms = _atoms(column)
    spaced = stack(column, theme, gap)
    parts = _partition(spaced, atoms, height, theme)
    if parts is None:  # a bullet with all that is under it is too high: cut between paragraphs
        atoms = [range(i, i + 1) for i in range(len(column))]
        parts = _partition(spaced, atoms, height, theme)
    return None if parts is None else [column[atoms[part[0]].start : atoms[part[-1]].stop] for part in parts]


def _partition(spaced: Column, atoms: Sequence[range], height: int, theme: Theme) -> list[range] | None:
    heights = [height_of([spaced[i] for i in atom], theme) - spaced[atom[0]].before for atom in atoms]
    starts = [index for index, atom in enumerate(atoms) if _begins(spaced, atom[0])]
    return partition(heights, height, [spaced[atom[0]].before for atom in atoms], starts)


def _begins(column: Column, index: int) -> bool:
    """Whether a group begins: a paragraph without a bullet, a block of code, or its lines after a blank one."""
    inside = column[index].line > 1 and column[index - 1].text.runs
    return not column[index].bullet and not inside


def _atoms(column: Column) -> list[range]:
    """Groups of paragraphs that stay together."""
    starts = [0]
    for index in range(1, len(column)):
        before, here = column[index - 1], column[index]
        plain = not before.bullet and not before.line
        introduced = before.heading or (plain and (bool(here.bullet) or here.line == 1))
        if here.level == 0 and not introduced:
            starts.append(index)
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(column)], strict=True)]
