"""YAML text × a change -> YAML text: the smallest change, so that comments, quotes, order and blank lines stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from deckgen.base import Frozen
from deckgen.source.read import parse, scalar, tree
from deckgen.source.source import Plain, at
from deckgen.source.write import dump, flow

Path = tuple[str | int, ...]

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_STEP = "  "


class CannotEditError(Exception):
    """The text has the value in a form that cannot be changed in place, such as an alias."""


class Kept(Frozen):
    """An element of a list that stays; its position in the list before."""

    index: int


def set_value(text: str, path: Path, value: Plain) -> str:
    """The text with another value at `path`, and the mappings on the way to it if they do not exist.

    Raises CannotEditError.
    """
    root = tree(text)
    if root is None:
        return _checked(text, f"{text}{_lines(dump(_nested(path, value)), text)}", path, value)
    node, depth = _deepest(root, path)
    rest = path[depth:]
    if not rest:
        changed = _replaced(text, root, path, node, value)
    elif isinstance(node, yaml.MappingNode) and node.value:
        changed = _added(text, node, str(rest[0]), _nested(rest[1:], value))
    elif isinstance(node, yaml.MappingNode) or _is_null(node):
        changed = _replaced(text, root, path[:depth], node, _nested(rest, value))
    else:
        raise CannotEditError
    return _checked(text, changed, path, value)


def remove_key(text: str, path: Path) -> str:
    """The text without a key of a mapping, and its value. Raises CannotEditError."""
    root = tree(text)
    owner, depth = _deepest(root, path[:-1]) if root else (None, 0)
    if not isinstance(owner, yaml.MappingNode) or depth != len(path) - 1 or owner.flow_style:
        raise CannotEditError
    key, value = _pair(owner, str(path[-1]))
    if len(owner.value) == 1:
        raise CannotEditError
    start = _line_start(text, key.start_mark.index)
    end = _line_end(text, max(_end(text, value), key.end_mark.index))
    return text[:start] + text[end:]


def rename_key(text: str, path: Path, name: str) -> str:
    """The text with another name for a key. Raises CannotEditError."""
    root = tree(text)
    owner, depth = _deepest(root, path[:-1]) if root else (None, 0)
    if not isinstance(owner, yaml.MappingNode) or depth != len(path) - 1:
        raise CannotEditError
    key, _ = _pair(owner, str(path[-1]))
    return text[: key.start_mark.index] + flow(name) + text[key.end_mark.index :]


def set_elements(text: str, path: Path, elements: Sequence[Kept | Plain]) -> str:
    """The text with other elements in the list at `path`; a comment over an element moves with it.

    Raises CannotEditError.
    """
    root = tree(text)
    node, depth = _deepest(root, path) if root else (None, 0)
    if root is None or depth != len(path) or not isinstance(node, yaml.SequenceNode):
        raise CannotEditError
    before = parse(text, "").value
    old = [_plain_of(before, (*path, index)) for index in range(len(node.value))]
    expected = [old[one.index] if isinstance(one, Kept) else one for one in elements]
    if not elements and node.value and not node.flow_style:
        changed = _emptied(text, root, path, node)
    elif not elements or not node.value or (node.flow_style and not _is_flat(text, node)):
        changed = _replaced(text, root, path, node, expected)
    elif node.flow_style:
        changed = _flow_elements(text, node, elements)
    else:
        changed = _block_elements(text, node, elements)
    return _checked(text, changed, path, expected)


def _flow_elements(text: str, node: yaml.SequenceNode, elements: Sequence[Kept | Plain]) -> str:
    first, last = node.value[0].start_mark.index, _end(text, node.value[-1])
    spans = [text[one.start_mark.index : _end(text, one)] for one in node.value]
    written = [spans[one.index] if isinstance(one, Kept) else flow(one) for one in elements]
    return text[:first] + ", ".join(written) + text[last:]


def _is_flat(text: str, node: yaml.SequenceNode) -> bool:
    """Whether a list between brackets is on one line."""
    return "\n" not in text[node.start_mark.index : node.end_mark.index]


class _Block(Frozen):
    """The lines of the elements of a list: where each begins and ends, and the comments and blank lines before it."""

    starts: list[int]
    begins: list[int]
    ends: list[int]
    leads: list[str]


def _block_of(text: str, node: yaml.SequenceNode) -> _Block:
    starts = [_dash(text, one) for one in node.value]
    ends = [_line_end(text, max(_end(text, one), dash + 1)) for one, dash in zip(node.value, starts, strict=True)]
    begins = [_line_start(text, dash) for dash in starts]
    leads = ["", *(text[end:begin] for end, begin in zip(ends[:-1], begins[1:], strict=True))]
    return _Block(starts, begins, ends, leads)


def _emptied(text: str, root: yaml.Node, path: Path, node: yaml.SequenceNode) -> str:
    """The text with an empty list, and the comments that were between its elements."""
    owner, _ = _deepest(root, path[:-1])
    if not isinstance(owner, yaml.MappingNode):
        raise CannotEditError
    block = _block_of(text, node)
    colon = text.index(":", _pair(owner, str(path[-1]))[0].end_mark.index) + 1
    return text[:colon] + " []" + text[colon : block.begins[0]] + "".join(block.leads) + text[block.ends[-1] :]


def _block_elements(text: str, node: yaml.SequenceNode, elements: Sequence[Kept | Plain]) -> str:
    block = _block_of(text, node)
    starts, begins, ends, leads = block.starts, [*block.begins], block.ends, block.leads
    if text[begins[0] : starts[0]].strip(" ") and elements[0] != Kept(0):
        raise CannotEditError  # another list or a key is on the same line
    indent = starts[0] - begins[0]
    begins[0] = starts[0] if text[begins[0] : starts[0]].strip(" ") else begins[0]
    chunks = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    chunks = [chunk if chunk.endswith("\n") else f"{chunk}{_newline(text)}" for chunk in chunks]
    left = [index for index in range(len(chunks)) if Kept(index) not in elements]
    written = ""
    for one in elements:
        if not isinstance(one, Kept):
            written += _lines(_indented(dump([one]), indent), text)
            continue
        while left and left[0] < one.index:  # the comments over what is gone stay
            written += leads[left.pop(0)]
        written += leads[one.index] + chunks[one.index]
    written += "".join(leads[index] for index in left)
    after = text[ends[-1] :]
    return text[: begins[0]] + (written if after or text.endswith("\n") else written.removesuffix("\n")) + after


def _added(text: str, node: yaml.MappingNode, key: str, value: Plain) -> str:
    """The text with one more key at the end of a mapping."""
    last = max((_end(text, child), child_key.end_mark.index) for child_key, child in node.value)[0]
    last = max(last, *(child_key.end_mark.index + 1 for child_key, _ in node.value))
    if node.flow_style:
        return f"{text[:last]}, {flow({key: value})[1:-1]}{text[last:]}"
    end = _line_end(text, last)
    lead = "" if text[:end].endswith("\n") else _newline(text)
    column = node.value[0][0].start_mark.column
    return text[:end] + lead + _lines(_indented(dump({key: value}), column), text) + text[end:]


def _replaced(text: str, root: yaml.Node, path: Path, node: yaml.Node, value: Plain) -> str:
    start, end = node.start_mark.index, _end(text, node)
    found = _PROPERTIES.match(text, start, end)
    start = found.end() if found else start
    lead = " " if text[start - 1 : start] in (":", "-") else ""
    if _in_flow(root, path):
        return text[:start] + lead + flow(value) + text[end:]
    if isinstance(value, (dict, list)) and value:
        return _with_block(text, root, path, start, end, value)
    return text[:start] + lead + _written(text, node, value) + text[end:]


def _with_block(text: str, root: yaml.Node, path: Path, start: int, end: int, value: Plain) -> str:
    """The text with a mapping or a list in several lines under the key, or after the dash, of the old value."""
    line = _line_start(text, start)
    column = len(text[line:start]) - len(text[line:start].lstrip(" "))
    if path and isinstance(path[-1], int):
        column = start - line
        written = _indented(dump(value), column).lstrip(" ")
    else:
        owner, _ = _deepest(root, path[:-1])
        column = owner.value[0][0].start_mark.column + len(_STEP)
        start = len(text[:start].rstrip(" \n"))
        written = _newline(text) + _indented(dump(value), column)
    return text[:start] + _lines(written.rstrip("\n"), text) + text[end:]


def _written(text: str, node: yaml.Node, value: Plain) -> str:
    """A scalar in the style of the old one, as far as that style can write it."""
    style = getattr(node, "style", None)
    if not isinstance(value, str):
        return flow(value)
    if "\n" in value:
        return _literal(text, node, value) if style == "|" else _quoted(value)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == '"':
        return _quoted(value)
    plain = parse(f"k: {value}", "")
    keeps = plain.value is not None and not plain.problems and _plain_of(plain.value, ("k",)) == value
    return value if keeps and value.strip() == value and value else _quoted(value)


def _literal(text: str, node: yaml.Node, value: str) -> str:
    old = text[node.start_mark.index : _end(text, node)].splitlines()
    indent = min((len(line) - len(line.lstrip(" ")) for line in old[1:] if line.strip()), default=0)
    lines = value.rstrip("\n").split("\n")
    if not indent or lines[0].startswith(" "):
        return _quoted(value)
    return _newline(text).join([old[0], *(" " * indent + line if line else "" for line in lines)])


def _quoted(value: str) -> str:
    """Between double quotes, with the escapes of YAML (YAML 1.2.2, 5.7)."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    shown = (named.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in value)
    return f'"{"".join(shown)}"'


def _deepest(root: yaml.Node, path: Path) -> tuple[yaml.Node, int]:
    """The node at the end of a path, or the last one on the way that exists, and how far it is."""
    node = root
    for depth, step in enumerate(path):
        if isinstance(node, yaml.MappingNode) and (child := dict(_pairs(node)).get(str(step))) is not None:
            node = child
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return node, depth
    return node, len(path)


def _pairs(node: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
    return [(str(key.value), value) for key, value in node.value]


def _pair(node: yaml.MappingNode, name: str) -> tuple[yaml.Node, yaml.Node]:
    for key, value in node.value:
        if key.value == name:
            return key, value
    raise CannotEditError


def _in_flow(root: yaml.Node, path: Path) -> bool:
    """Whether a value is between the brackets of a list or a mapping."""
    owners = (_deepest(root, path[:depth])[0] for depth in range(len(path)))
    return any(isinstance(owner, yaml.CollectionNode) and owner.flow_style for owner in owners)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and scalar(node.value, quoted=False) is None


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a value ends."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        pair = last if isinstance(last, tuple) else (last,)
        return max(_end(text, one) for one in pair)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _dash(text: str, node: yaml.Node) -> int:
    """The dash before an element of a list."""
    dash = text.rfind("-", 0, node.start_mark.index)
    if dash < 0 or text[dash + 1 : node.start_mark.index].strip():
        raise CannotEditError
    return dash


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Where the line after this position begins."""
    found = text.find("\n", max(index - 1, 0) if text[index - 1 : index] == "\n" else index)
    return len(text) if found < 0 else found + 1


def _indented(text: str, width: int) -> str:
    return "".join(" " * width + line if line.strip() else line for line in text.splitlines(keepends=True))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _lines(written: str, text: str) -> str:
    """New lines with the line ends of the file."""
    return written.replace("\r\n", "\n").replace("\n", _newline(text))


def _nested(path: Path, value: Plain) -> Plain:
    for step in reversed(path):
        if isinstance(step, int):
            raise CannotEditError
        value = {step: value}
    return value


def _plain_of(source: object, path: Path) -> Plain:
    from deckgen.source.source import Source, plain

    assert isinstance(source, Source)
    return plain(at(source, list(path)))


def _checked(before: str, after: str, path: Path, value: Plain) -> str:
    """The changed text, if it reads back as exactly this change. Raises CannotEditError."""
    old, new = parse(before, ""), parse(after, "")
    if old.value is None or new.value is None or new.errors:
        raise CannotEditError
    if _patched(_plain_of(old.value, ()), path, value) != _plain_of(new.value, ()):
        raise CannotEditError
    return after


def _patched(whole: Plain, path: Path, value: Plain) -> Plain:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(whole, list) and isinstance(step, int):
        return [_patched(one, rest, value) if index == step else one for index, one in enumerate(whole)]
    known = whole if isinstance(whole, dict) else {}
    return {**known, str(step): _patched(known.get(str(step)), rest, value)}
