"""Source -> Text: inline Markdown, and names such as RFC 8446 that become links without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from deckgen.base.characters import REFUSED, SHAPELESS
from deckgen.deck.addresses import addresses, is_safe
from deckgen.deck.code import has_fence
from deckgen.deck.glyphs import HYPHENS
from deckgen.deck.model import Run, Text
from deckgen.problems import DeckError, Origin, Problem, fatal
from deckgen.source import Source, refused_character, text_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MAX_WORD = 1_500  # the time to measure one with many break points grows with the square of its length
MAX_CHARACTERS = 3_000  # a slide in small type has room for about 2,000
# A break opportunity beside a space, or at the start of a line, where no font has a glyph for it.
_IDLE = re.compile("(^| |\n)\u200b+|\u200b+( |\n|$)")
_ADDRESS_SIGN = re.compile(r"[@:]|www\.", re.IGNORECASE)  # what any address has
_MARKUP = re.compile(r"[*_`\[\\<&]")
# Code between backticks, in the first group (CommonMark 0.31, 6.1), escaped characters, and single backticks.
_CODE = re.compile(r"\\.|(`+)(?!`).+?(?<!`)\1(?!`)|`+", re.DOTALL)
_BREAK_IN_CODE = "\v"  # for the parser, which makes a space of a line feed there; no file can have it
_FORMULA = re.compile(r"\$(?![\s$])[^$\n`]*(?<=[^\s\\])\$(?!\w)")
# What a placeholder of a link pattern matches.
_PLACEHOLDERS = {
    "{number}": r"\d{1,5}",
    "{name}": r"[a-z0-9]{1,60}(?:-[a-z0-9]{1,60}){1,20}",
    "{word}": r"[\w.-]{1,100}",
}


class Linker:
    """Finds what becomes a link without markup: addresses, and the patterns of the templates."""

    def __init__(self, patterns: Source) -> None:
        self._targets: list[str] = []
        parts = []
        for pattern, target in patterns.items():
            check_link(text_of(target).replace("{number}", "1").replace("{match}", "x"), target.origin)
            parts.append(rf"\b{_pattern_regex(pattern)}\b(?!-)")
            self._targets.append(text_of(target))
        self._regex = re.compile("|".join(f"({part})" for part in parts) or "(?!)")

    def link(self, text: str) -> Iterator[tuple[str, str]]:
        """Pieces of `text`, each with the address it links to, or an empty text."""
        end = 0
        for address in addresses(text) if _ADDRESS_SIGN.search(text) else ():
            yield from self._named(text[end : address.start])
            yield text[address.start : address.end], address.target
            end = address.end
        yield from self._named(text[end:])

    def _named(self, text: str) -> Iterator[tuple[str, str]]:
        end = 0
        for match in self._regex.finditer(text):
            if match.start() > end:
                yield text[end : match.start()], ""
            yield match[0], self._target(match)
            end = match.end()
        if end < len(text):
            yield text[end:], ""

    def _target(self, match: re.Match[str]) -> str:
        target = self._targets[(match.lastindex or 1) - 1]
        number = re.search(r"\d+", match[0])
        return target.replace("{number}", number[0] if number else "").replace("{match}", match[0])


def _pattern_regex(pattern: str) -> str:
    regex = re.escape(pattern).replace("\\ ", " ")
    for placeholder, part in _PLACEHOLDERS.items():
        regex = regex.replace(re.escape(placeholder), part)
    return regex


def read_text(source: Source, linker: Linker | None) -> Text:
    """A text as styled runs, with its line breaks; without a linker, only links in Markdown become links.

    Raises DeckError for a link with an unsafe address, and for a character that is not allowed on a slide.
    """
    if has_fence(text_of(source)):
        hint = "put it into the `items` of a slide, as `- code: |`"
        raise fatal(source.origin, "wrong-value", "a block of code cannot be in this text", hint)
    words = _IDLE.sub(r"\1\2", _spaced(composed(text_of(source)), source.origin).translate(HYPHENS))
    _check_length(words, source.origin)
    longest = max(map(len, words.split()), default=0)
    if longest > _MAX_WORD:
        raise fatal(source.origin, "text-overflow", f"a word of {longest:,} characters", "make it shorter")
    runs = tuple(_parsed(words, source.origin)) if _MARKUP.search(words) else (Run(words),)
    for run in runs if "&" in words else ():  # an entity such as `&#x202e;` can name any character
        found = REFUSED.search(run.text)
        if found:
            raise DeckError([refused_character(found[0], source.origin)])
    linked = tuple(
        Run(piece, run.bold, run.italic, run.code, run.link or target)
        for run in runs
        for piece, target in ([(run.text, "")] if run.code or run.link or not linker else linker.link(run.text))
    )
    return Text(linked if _visible(linked) else (), source.origin)


def composed(text: str) -> str:
    """The text in the form in which fonts have its characters (Unicode Standard Annex 15): that is how it is drawn."""
    return normalize("NFC", text)


def _check_length(words: str, origin: Origin) -> None:
    if len(words) > MAX_CHARACTERS:
        raise fatal(origin, "text-overflow", f"{len(words):,} characters in one paragraph", "make it shorter")


def _spaced(text: str, origin: Origin) -> str:
    """Text with single spaces; between backticks it keeps all of them; line breaks are always kept."""
    lines = "\n".join(text.strip().splitlines())
    if "`" not in lines:
        return _squeezed(lines)
    _check_length(lines, origin)  # the time of the search for code grows faster than its length
    end, pieces = 0, []
    for found in _CODE.finditer(lines):
        if found[1]:
            pieces += [
                _squeezed(lines[end : found.start()]),
                found[0].replace("\t", " " * 4).replace("\n", _BREAK_IN_CODE),
            ]
            end = found.end()
    return "".join([*pieces, _squeezed(lines[end:])])


def _squeezed(text: str) -> str:
    if text.isprintable() and "  " not in text:  # most texts
        return text
    return re.sub(r" ?\n ?", "\n", re.sub(r"[^\S\n]+", " ", text))


def _visible(runs: Iterable[Run]) -> bool:
    """Whether there is anything to see; a title of zero-width spaces is empty, and PDF/UA requires a title."""
    return any((run.text if run.text.isascii() else SHAPELESS.sub("", run.text)).strip() for run in runs)


def check_link(target: str, origin: Origin) -> str:
    """`target`, if it is an http, https or mailto address. Raises DeckError."""
    if not target:
        raise fatal(origin, "bad-link", "a link has no address", "such as `[words](https://www.example.org/)`")
    if not is_safe(target):
        hint = "such as https://www.example.org/ or mailto:list@example.org, without a name before the host"
        raise fatal(origin, "bad-link", f"`{target[:80]}` is not a safe http, https or mailto address", hint)
    return target


def _target(target: str, origin: Origin) -> str:
    """A safe address, or `#` and the id of a slide. Raises DeckError."""
    return unquote(target) if re.fullmatch(r"#[^#\s]+", target) else check_link(target, origin)


def bad_links(source: Source) -> Iterator[Problem]:
    """The unsafe links in all texts of a slide that cannot be read for another reason."""
    if isinstance(source.value, str) and "](" in source.value:
        try:
            read_text(source, None)
        except DeckError as error:
            yield from error.problems
    for child in (*source, *(child for _, child in source.items())):
        yield from bad_links(child)


def _any_link(url: str) -> bool:
    return bool(url)


def _plain_or_address(state: StateInline, silent: bool) -> bool:
    """A rule of the parser, instead of its own for plain text: an address is one token, with any marks in it."""
    if "addresses" not in state.env:
        state.env["addresses"] = [(address.start, address.end) for address in addresses(state.src)]
    start, end = next(((a, b) for a, b in state.env["addresses"] if a >= state.pos), (state.posMax, state.posMax))
    if start == state.pos:
        stop = min(end, state.posMax)
    else:
        sign = state.md.inline.terminator_re.search(state.src, state.pos)
        stop = min(sign.start() if sign else state.posMax, start, state.posMax)
    if stop == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : stop]
    state.pos = stop
    return True


def _product(state: StateInline, silent: bool) -> bool:
    """A rule of the parser: a star between two digits is a multiplication sign, as in `2*3*4`."""
    at = state.pos
    before, after = state.src[max(0, at - 1) : at], state.src[at + 1 : at + 2]
    if state.src[at] != "*" or not before.isdigit() or not after.isdigit():
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    """A rule of the parser: what is between two dollar signs, as in `$E = mc^2$`, is drawn sign by sign."""
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


@cache
def _markdown() -> MarkdownIt:
    """CommonMark without blocks, pictures and HTML: a slide's text is one paragraph."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"maxNesting": 20}).enable(
        ["emphasis", "backticks", "link", "escape", "entity", "autolink"]
    )
    parser.inline.ruler.at("text", _plain_or_address)
    parser.inline.ruler.before("emphasis", "product", _product)
    parser.inline.ruler.before("escape", "formula", _formula)
    # Every address passes here, so that `check_link` can report the origin of a bad one.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def _parsed(words: str, origin: Origin) -> Iterator[Run]:
    """Runs of the Markdown in `words`; neighbours of one style become one run."""
    strong = emphasis = 0
    named = False
    link = ""
    last: Run | None = None
    for token in _markdown().parseInline(words)[0].children or ():
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                named = False
                link = _target(str(token.attrs["href"]), origin)
            case "link_close":
                if not named:
                    raise fatal(origin, "bad-link", "a link has no words", f"such as `[words]({link})`")
                link = ""
            case _:
                named = named or bool(token.content.strip())
                content = token.content.replace(_BREAK_IN_CODE, "\n")
                run = Run(content, strong > 0, emphasis > 0, token.type == "code_inline", link)
                if last and _style(last) == _style(run):
                    last = Run(last.text + run.text, *_style(run))
                    continue
                if last and last.text:
                    yield last
                last = run
    if last and last.text:
        yield last


def _style(run: Run) -> tuple[bool, bool, bool, str]:
    return run.bold, run.italic, run.code, run.link
