"""YAML text -> Source: YAML 1.2 values with their file, line and column."""

from __future__ import annotations

import re
import stat
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.resolver import BaseResolver

from deckgen.base.characters import REFUSED, named
from deckgen.base.files import MAX_BYTES
from deckgen.problems import DeckError, Origin, Problem, Result, fatal
from deckgen.source.source import Document, Source, Value

# Limits for an untrusted file: a meeting of 200 slides stays far below each of them.
MAX_NODES = 100_000
MAX_DEPTH = 30
MAX_TEXT = 20_000
MAX_CHARACTERS = 2_000_000

# The core schema of YAML 1.2.2, section 10.3.2. `.inf` and `.nan` stay text: no slide can show them.
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,18}|[0-9]{1,18}(?:\.[0-9]{0,18})?)(?:[eE][-+]?[0-9]{1,2})?")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")


def read(path: Path, name: str) -> Result[Source]:
    """What can be read of the YAML file at `path`; `name` is its path in origins."""
    text = read_text(path, name)
    return Result(None, text.problems) if text.value is None else parse(text.value, name)


def read_text(path: Path, name: str) -> Result[str]:
    """The text of the file at `path`; `name` is its path in origins."""
    return Result.of(lambda: _text(path, name))


def _text(path: Path, name: str) -> str:
    here = Origin(name)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise fatal(
                here, "no-file", "this is not a regular file", "replace it by a file: links and devices are not read"
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise fatal(here, "no-file", "the file does not exist") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise fatal(here, "no-file", f"the file cannot be read: {reason}") from None
    if len(data) > MAX_BYTES:
        raise fatal(here, "too-large", f"the file has more than {MAX_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fatal(Origin(name, line, 1), "not-utf-8", "this line is not UTF-8 text") from None


# A preview reads every file again after each change of one.
@lru_cache(maxsize=256)
def parse(text: str, name: str) -> Result[Source]:
    """What can be read of a YAML document; an empty one is an empty mapping."""
    try:
        return _parse(text, name)
    except DeckError as error:
        return Result(None, error.problems)


def _parse(text: str, name: str) -> Result[Source]:
    _refuse_controls(text, name)
    document = Document(name, tuple(text.splitlines()))
    try:
        _refuse_many(text, name)
        node = _Parser(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise DeckError([_syntax_problem(error, document)]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise fatal(Origin(name), "yaml-syntax", str(error).splitlines()[0]) from None
    if node is None:
        return Result(Source({}, Origin(name, 1, 1), document=document))
    reader = _Reader(document)
    source = reader.read(node, 0)
    return Result(source, tuple(reader.problems))


def _refuse_many(text: str, name: str) -> None:
    """Count the values before any is made: a megabyte of `?,` is half a million values, which take 400 MB."""
    if len(text) <= 2 * MAX_NODES:  # each takes at least two characters
        return
    parser, values = _Parser(text), 0
    while (event := parser.get_event()) is not None:
        values += isinstance(event, yaml.NodeEvent)
        if values > 2 * MAX_NODES:  # keys of mappings are counted here too, and may be half of them
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise fatal(Origin(name, line, 1), "too-large", f"the file has more than {MAX_NODES:,} values")


def tree(text: str) -> yaml.Node | None:
    """The nodes of a YAML document that `parse` reads without a problem, with their positions in the text."""
    node: yaml.Node | None = _Parser(text).get_single_node()
    return node


class _Parser(CParser, BaseResolver):
    """libyaml's parser with no implicit types: those of YAML 1.1 turn 10:30 into 630.

    It refuses what is nested deeper than a thousand levels before the composer, which recurses in C, sees it.
    """

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)


class _Reader:
    """Nodes of one file -> Source, counting them and their characters: an alias costs as much as its value."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        self.characters = 0
        self.problems: list[Problem] = []

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The words that may be aliases of an anchor."""
        return frozenset(name for line in self.document.lines for name in _ALIAS.findall(line))

    def read(self, node: yaml.Node, depth: int) -> Source:
        origin = self._origin(node)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise fatal(origin, "too-large", f"the file has more than {MAX_NODES:,} values, aliases counted in full")
        if depth > MAX_DEPTH:
            raise fatal(origin, "too-deep", f"the value is nested deeper than {MAX_DEPTH} levels")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, origin, depth)
        if isinstance(node, yaml.SequenceNode):
            self._check_tag(node, "seq", origin)
            elements = tuple(self.read(child, depth + 1) for child in node.value)
            return Source(elements, origin, document=self.document)
        self._check_tag(node, "str", origin)
        self._check_anchor(origin)
        text = self._text(str(node.value), origin)
        value = scalar(text, quoted=bool(getattr(node, "style", None)))
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return Source(value, origin, document=self.document, written=text if number else "")

    def _text(self, text: str, origin: Origin) -> str:
        """The text of a scalar, within the limits; an escape in quotes can name any character."""
        self.characters += len(text)
        if len(text) > MAX_TEXT or self.characters > MAX_CHARACTERS:
            long = f"the text has more than {MAX_TEXT:,} characters"
            many = f"the file has more than {MAX_CHARACTERS:,} characters, aliases counted in full"
            raise fatal(origin, "too-large", long if len(text) > MAX_TEXT else many)
        found = REFUSED.search(text)
        if found:
            self.problems.append(refused_character(found[0], origin))
            return REFUSED.sub("", text)
        return text

    def _mapping(self, node: yaml.MappingNode, origin: Origin, depth: int) -> Source:
        self._check_tag(node, "map", origin)
        value: dict[str, Source] = {}
        keys: dict[str, Origin] = {}
        if len(node.value) == 1 and isinstance(node.value[0][0], yaml.MappingNode):
            text = "an expression needs quotes: in YAML, a brace begins a mapping"
            self.problems.append(Problem(origin, "bad-key", text, 'such as "{{ meeting.city }}"'))
            return Source("", origin, document=self.document)
        for key_node, child in node.value:
            key_origin = self._origin(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(key_origin, "bad-key", "a key must be plain text"))
                continue
            key = self._text(str(key_node.value), key_origin)
            if key == "<<":
                text = "`<<` is not part of YAML 1.2, and merges nothing here"
                hint = "write the keys out, or use an alias for the whole value"
                self.problems.append(Problem(key_origin, "bad-key", text, hint))
                continue
            if key in keys:
                text = f"the key `{key}` is already on line {keys[key].line}"
                self.problems.append(Problem(key_origin, "duplicate-key", text, "keep one of the two"))
            keys[key] = key_origin
            value[key] = self.read(child, depth + 1)
        return Source(value, origin, keys, self.document)

    def _check_tag(self, node: yaml.Node, kind: str, origin: Origin) -> None:
        if node.tag not in (f"tag:yaml.org,2002:{kind}", "!"):
            self.problems.append(
                Problem(origin, "yaml-tag", f"tag `{node.tag}` is not used in these files", "leave the tag out")
            )

    def _check_anchor(self, origin: Origin) -> None:
        """Text that begins with `&` loses its first word, which YAML takes for the name of an anchor."""
        found = _ANCHOR.match(self.document.line(origin.line), origin.column - 1)
        if found and found[1] not in self.aliases:
            anchor = Origin(origin.path, origin.line, origin.column, len(found[0]))
            text = f"YAML takes `{found[0]}` for the name of an anchor, and leaves it out"
            self.problems.append(Problem(anchor, "unused-anchor", text, "put the whole text between quotes"))

    def _origin(self, node: yaml.Node) -> Origin:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Origin(self.document.name, start.line + 1, start.column + 1, max(1, width))


def scalar(text: str, quoted: bool) -> Value:
    """The value of a scalar with this text, in the core schema of YAML 1.2."""
    if quoted:  # or a block scalar
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def refused_character(character: str, origin: Origin) -> Problem:
    """The problem of a character that is not allowed on a slide."""
    return Problem(origin, "control-character", f"the character {named(character)} is not allowed", "delete it")


def _refuse_controls(text: str, name: str) -> None:
    found = REFUSED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise DeckError([refused_character(found[0], Origin(name, line, column))])


def _syntax_problem(error: yaml.MarkedYAMLError, document: Document) -> Problem:
    from deckgen.source.syntax import SyntaxFault, yaml_problem

    found = error.problem or error.context or ""
    mark = error.problem_mark or error.context_mark
    since = error.context_mark or mark
    if mark is None or since is None:
        return Problem(Origin(document.name), "yaml-syntax", f"not YAML: {found}")
    fault = SyntaxFault(found, mark.line + 1, mark.column + 1, (since.line + 1, since.column + 1))
    return yaml_problem(document.lines, document.name, fault)
