"""Lines of a file × what libyaml says of them -> Problem: a fault of YAML at its place, in the words of an author."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.base import Frozen
from deckgen.problems import Origin, Problem

# What stands before a value: indent, dashes, and keys with or without quotes.
_LEAD = re.compile(r"\s*(?:[-?]\s+|(?:[\w./+ -]+?|\"[^\"]*\"|'[^']*')\s*:\s+)*")
_KEY = re.compile(r"\s*(?:- +)*(?P<key>[\w./+-]+)\s*:(?P<rest>.*)")
_CLOSING = {"[": "]", "{": "}"}
_MOST_LINES = 200  # a quote that is closed so far below was meant


class Fault(Frozen):
    """What libyaml says: `told` of a line and a column, and `since` where what it was reading began; from 1."""

    told: str
    line: int
    column: int
    since: tuple[int, int]


class _Found(Frozen):
    line: int
    column: int
    text: str
    hint: str = ""


def yaml_problem(lines: tuple[str, ...], name: str, fault: Fault) -> Problem:
    """The problem of a file that is no YAML. What follows the place was not read."""
    found = next(filter(None, (look(lines, fault) for look in _LOOKS)), None)
    found = found or _Found(fault.line, fault.column, fault.told)
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
    """A hint with the whole value between quotes that it does not have."""
    for quote in ('"', "'"):
        if quote not in value and "\\" not in value:
            return f"put the whole text between quotes: {quote}{value}{quote}"
    return "put the whole text between quotes"


def _tab(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    if _line(lines, fault.line)[fault.column - 1 : fault.column] != "\t" and " tab " not in fault.told:
        return None
    return _Found(fault.line, fault.column, "a tab stands where only spaces may", "put spaces instead of the tab")


def _escape(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A backslash between double quotes, where YAML has escapes of its own."""
    if "unknown escape" not in fault.told:
        return None
    sign = _line(lines, fault.line)[fault.column - 1 :][:2]
    return _Found(
        fault.line, fault.column, f"`{sign}` means nothing between double quotes", f"`\\{sign}`, or single quotes"
    )


def _quote(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A quote that ends just before the fault, or never."""
    for number in range(fault.line, max(0, fault.line - _MOST_LINES), -1):
        start, value = _value(lines, number)
        if value[:1] not in ('"', "'"):
            continue
        end_line, end = _end_of_quote(lines, number, start)
        before = fault.column - 1
        if end_line and (end_line != fault.line or end > before or _line(lines, end_line)[end:before].strip()):
            continue
        if end_line == number:
            return _Found(number, start + 1, "the text goes on after the closing quote", _requoted(value))
        hint = f"close it with {value[0]} at the end of the text"
        return _Found(number, start + 1, "the quote is not closed on this line", hint)
    return None


def _end_of_quote(lines: tuple[str, ...], number: int, start: int) -> tuple[int, int]:
    """The line and the column after a quoted text that begins there; zeros when it has no end."""
    quote = lines[number - 1][start]
    ends = re.compile(r"(?:[^\"\\]|\\.)*?\"" if quote == '"' else r"(?:[^']|'')*?'(?!')")
    for at in range(number, min(number + _MOST_LINES, len(lines)) + 1):
        found = ends.match(lines[at - 1], start + 1 if at == number else 0)
        if found:
            return at, found.end()
    return 0, 0


def _requoted(value: str) -> str:
    """`'Don't'` was meant to be in other quotes; `"A" and b` needs other quotes around all of it."""
    inner = value[1:-1]
    return _quoted(inner if value[-1] == value[0] and value[0] in inner else value)


def _bracket(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A bracket that is never closed, or a text that goes on after one."""
    opened = _line(lines, fault.since[0])[fault.since[1] - 1 : fault.since[1]]
    start, value = _value(lines, fault.line)
    if "did not find expected ','" in fault.told and opened in _CLOSING:
        return _Found(*fault.since, f"`{opened}` is not closed", f"close it with `{_CLOSING[opened]}`")
    if value[:1] in _CLOSING and "did not find expected" in fault.told and start < fault.column - 1:
        told = f"the text goes on after the closing `{_CLOSING[value[0]]}`"
        return _Found(fault.line, start + 1, told, _quoted(value))
    return None


def _first_sign(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A text that begins with a sign of YAML's own."""
    start, value = _value(lines, fault.line)
    if value[:1] not in tuple("*&@`%>|},]!") or start > fault.column:
        return None
    return _Found(fault.line, start + 1, f"a text that begins with `{value[0]}` needs quotes", _quoted(value))


def _colon(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A key without its colon, or a colon without its space, on the line that libyaml was reading."""
    if "could not find expected ':'" not in fault.told:
        return None
    return _no_colon(lines, fault.since[0])


def _no_colon(lines: tuple[str, ...], number: int) -> _Found:
    line = _line(lines, number)
    word = line.strip().removeprefix("- ").strip()
    if ":" in word:
        told = f"there is no space after the colon of `{word}`"
        return _Found(number, _indent(line) + 1, told, f"`{word.replace(':', ': ', 1)}`")
    return _Found(number, _indent(line) + 1, f"there is no colon after `{word}`", f"`{word}:`")


def _second_colon(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A colon where no key can be: the line above lacks one, this one stands too deep, or a text needs quotes."""
    if "mapping values are not allowed" not in fault.told:
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
            told = f"`{own['key']}` is indented deeper than `{upper['key']}` above it"
            return _Found(fault.line, own.start("key") + 1, told, "line up the two")
    return _Found(fault.line, fault.column, "a second colon", 'put text that has ": " in it between quotes')


def _stray(lines: tuple[str, ...], fault: Fault) -> _Found | None:
    """A line that lines up with nothing above it."""
    line = _line(lines, fault.line)
    start = _indent(line)
    if start != fault.column - 1:
        return None
    since, column = fault.since
    if "did not find expected key" in fault.told and line[start : start + 2] == "- ":
        told, hint = f"an item of a list stands among the keys that begin on line {since}", "indent it deeper"
    elif "did not find expected key" in fault.told:
        told = f"this lines up with nothing above it; the keys from line {since} on are indented by {column - 1}"
        hint = f"indent it by {column - 1}"
    elif "'-' indicator" in fault.told:
        told = f"a key stands among the items of the list that begins on line {since}"
        hint = "begin it with `- `, or line it up with the key it belongs beside"
    else:
        return None
    return _Found(fault.line, start + 1, told, hint)


def _second_document(_: tuple[str, ...], fault: Fault) -> _Found | None:
    if "another document" not in fault.told:
        return None
    return _Found(fault.line, fault.column, "a second document begins here", "delete this line")


_LOOKS: tuple[Callable[[tuple[str, ...], Fault], _Found | None], ...] = (
    *(_tab, _escape, _quote, _bracket, _first_sign, _colon, _second_colon, _stray, _second_document),
)
