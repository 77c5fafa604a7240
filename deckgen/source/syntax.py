"""Lines of a file × what libyaml reports -> Problem: an error of YAML at its line, in an author's words."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.base import Frozen
from deckgen.problems import Origin, Problem

# What precedes a value: indent, dashes, and keys with or without quotes.
_LEAD = re.compile(r"\s*(?:[-?]\s+|(?:[\w./+ -]+?|\"[^\"]*\"|'[^']*')\s*:\s+)*")
_KEY = re.compile(r"\s*(?:- +)*(?P<key>[\w./+-]+)\s*:(?P<rest>.*)")
_CLOSING = {"[": "]", "{": "}"}
_MAX_LINES = 200  # a quote that is closed within so many lines is closed on purpose


class SyntaxFault(Frozen):
    """What libyaml reports: `message` at a line and a column, and `since` where the construct began; from 1."""

    message: str
    line: int
    column: int
    since: tuple[int, int]


class _Found(Frozen):
    line: int
    column: int
    text: str
    hint: str = ""


def yaml_problem(lines: tuple[str, ...], name: str, fault: SyntaxFault) -> Problem:
    """The problem of a file that is not YAML. What follows the error is not read."""
    found = next(filter(None, (look(lines, fault) for look in _LOOKS)), None)
    found = found or _Found(fault.line, fault.column, fault.message)
    return Problem(Origin(name, found.line, found.column), "yaml-syntax", f"not YAML: {found.text}", found.hint)


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _value(lines: tuple[str, ...], number: int) -> tuple[int, str]:
    """Where the value of a line begins, counted from 0, and the value."""
    line = _line(lines, number)
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    return start, line[start:].rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _quoted(value: str) -> str:
    """A hint with the whole value between quotes that it does not contain."""
    for quote in ('"', "'"):
        if quote not in value and "\\" not in value:
            return f"put the whole text between quotes: {quote}{value}{quote}"
    return "put the whole text between quotes"


def _tab(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    if _line(lines, fault.line)[fault.column - 1 : fault.column] != "\t" and " tab " not in fault.message:
        return None
    return _Found(
        fault.line, fault.column, "a tab is used for indentation, which must be spaces", "replace the tab by spaces"
    )


def _escape(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A backslash between double quotes, where YAML has its own escapes."""
    if "unknown escape" not in fault.message:
        return None
    sign = _line(lines, fault.line)[fault.column - 1 :][:2]
    return _Found(
        fault.line,
        fault.column,
        f"`{sign}` has no meaning between double quotes",
        f"write `\\{sign}`, or use single quotes",
    )


def _quote(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A quote that ends just before the error, or never."""
    for number in range(fault.line, max(0, fault.line - _MAX_LINES), -1):
        start, value = _value(lines, number)
        if value[:1] not in ('"', "'"):
            continue
        end_line, end = _end_of_quote(lines, number, start)
        before = fault.column - 1
        if end_line and (end_line != fault.line or end > before or _line(lines, end_line)[end:before].strip()):
            continue
        if end_line == number:
            return _Found(number, start + 1, "the text continues after the closing quote", _requoted(value))
        hint = f"close it with {value[0]} at the end of the text"
        return _Found(number, start + 1, "the quote is not closed on this line", hint)
    return None


def _end_of_quote(lines: tuple[str, ...], number: int, start: int) -> tuple[int, int]:
    """The line and the column after a quoted text that begins there; zeros if it has no end."""
    quote = lines[number - 1][start]
    ends = re.compile(r"(?:[^\"\\]|\\.)*?\"" if quote == '"' else r"(?:[^']|'')*?'(?!')")
    for at in range(number, min(number + _MAX_LINES, len(lines)) + 1):
        found = ends.match(lines[at - 1], start + 1 if at == number else 0)
        if found:
            return at, found.end()
    return 0, 0


def _requoted(value: str) -> str:
    """`'Don't'` needs other quotes; `"A" and b` needs other quotes around all of it."""
    inner = value[1:-1]
    return _quoted(inner if value[-1] == value[0] and value[0] in inner else value)


def _bracket(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A bracket that is never closed, or text that continues after one."""
    opened = _line(lines, fault.since[0])[fault.since[1] - 1 : fault.since[1]]
    start, value = _value(lines, fault.line)
    if "did not find expected ','" in fault.message and opened in _CLOSING:
        return _Found(*fault.since, f"`{opened}` is not closed", f"close it with `{_CLOSING[opened]}`")
    if value[:1] in _CLOSING and "did not find expected" in fault.message and start < fault.column - 1:
        text = f"the text continues after the closing `{_CLOSING[value[0]]}`"
        return _Found(fault.line, start + 1, text, _quoted(value))
    return None


def _first_sign(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """Text that begins with a sign that means something to YAML."""
    start, value = _value(lines, fault.line)
    if value[:1] not in tuple("*&@`%>|},]!") or start > fault.column:
        return None
    return _Found(fault.line, start + 1, f"text that begins with `{value[0]}` needs quotes", _quoted(value))


def _colon(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A key without its colon, or a colon without its space, on the line that libyaml was reading."""
    if "could not find expected ':'" not in fault.message:
        return None
    return _no_colon(lines, fault.since[0])


def _no_colon(lines: tuple[str, ...], number: int) -> _Found:
    line = _line(lines, number)
    word = line.strip().removeprefix("- ").strip()
    if ":" in word:
        text = f"the colon of `{word}` has no space after it"
        return _Found(number, _indent(line) + 1, text, f"`{word.replace(':', ': ', 1)}`")
    return _Found(number, _indent(line) + 1, f"`{word}` has no colon after it", f"`{word}:`")


def _second_colon(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A colon where no key can be: the line above lacks one, this line is too deep, or text needs quotes."""
    if "mapping values are not allowed" not in fault.message:
        return None
    line = _line(lines, fault.line)
    above = next((n for n in range(fault.line - 1, 0, -1) if _line(lines, n).strip()), 0)
    own, upper = _KEY.match(line), _KEY.match(_line(lines, above))
    if own and own.start("rest") == fault.column and above:
        deeper = own.start("key") > (upper.start("key") if upper else _indent(_line(lines, above)))
        if upper and upper["rest"][:1].strip():
            return _no_colon(lines, above)
        if upper is None and not deeper:
            return _no_colon(lines, above)
        if upper and deeper:
            text = f"`{own['key']}` is indented deeper than `{upper['key']}` above it"
            return _Found(fault.line, own.start("key") + 1, text, "give both the same indent")
    return _Found(fault.line, fault.column, "a second colon on this line", 'put text with ": " in it between quotes')


def _stray(lines: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    """A line whose indent matches nothing above it."""
    line = _line(lines, fault.line)
    start = _indent(line)
    if start != fault.column - 1:
        return None
    since, column = fault.since
    if "did not find expected key" in fault.message and line[start : start + 2] == "- ":
        text, hint = f"a list item is among the keys that begin on line {since}", "indent it deeper"
    elif "did not find expected key" in fault.message:
        text = f"this indent matches nothing above it; the keys from line {since} on are indented by {column - 1}"
        hint = f"indent it by {column - 1}"
    elif "'-' indicator" in fault.message:
        text = f"a key is among the items of the list that begins on line {since}"
        hint = "begin it with `- `, or indent it as the key that it follows"
    else:
        return None
    return _Found(fault.line, start + 1, text, hint)


def _second_document(_: tuple[str, ...], fault: SyntaxFault) -> _Found | None:
    if "another document" not in fault.message:
        return None
    return _Found(fault.line, fault.column, "a second document begins here", "delete this line")


_LOOKS: tuple[Callable[[tuple[str, ...], SyntaxFault], _Found | None], ...] = (
    *(_tab, _escape, _quote, _bracket, _first_sign, _colon, _second_colon, _stray, _second_document),
)
