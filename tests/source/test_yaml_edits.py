"""YAML text × a change -> YAML text: only what is changed is another text."""

from __future__ import annotations

import pytest

from deckgen.source import Plain
from deckgen.source.edit import CannotEditError, Kept, Path, remove_key, rename_key, set_elements, set_value

SET: dict[str, tuple[str, Path, Plain, str]] = {
    "plain": ("a: one # why\nb: 2\n", ("a",), "two", "a: two # why\nb: 2\n"),
    "plain that needs quotes": ("a: one # why\n", ("a",), "x: y", 'a: "x: y" # why\n'),
    "a number as text": ("a: one\n", ("a",), "12", 'a: "12"\n'),
    "single quotes": ("a: 'one'\n", ("a",), "it's", "a: 'it''s'\n"),
    "double quotes": ('a: "one"\n', ("a",), 'say "x" \\ y', 'a: "say \\"x\\" \\\\ y"\n'),
    "a block of lines": (
        "a: |\n  one\n  two\n# why\nb: 1\n",
        ("a",),
        "one\nthree\n",
        "a: |\n  one\n  three\n# why\nb: 1\n",
    ),
    "in brackets": ("a: [one, two]\n", ("a", 0), "x, y", "a: ['x, y', two]\n"),
    "in braces": ("a: {b: one}\n", ("a", "b"), "two", "a: {b: two}\n"),
    "with an anchor": ("a: &x one\nb: *x\n", ("a",), "one", "a: &x one\nb: *x\n"),
    "null": ("a:\nb: 1\n", ("a",), "one", "a: one\nb: 1\n"),
    "a new key": ("a:\n  b: 1\n\n# why\nc: 2\n", ("a", "d"), "x", "a:\n  b: 1\n  d: x\n\n# why\nc: 2\n"),
    "a new key at the end of a file without a line end": ("a: 1", ("b",), "x", "a: 1\nb: x\n"),
    "a new mapping": ("a: 1\n", ("s", "id", "title"), "x", "a: 1\ns:\n  id:\n    title: x\n"),
    "a mapping for null": ("s:\na: 1\n", ("s", "id"), None, "s:\n  id: null\na: 1\n"),
    "a key in braces": ("a: {b: 1}\n", ("a", "c"), "x", "a: {b: 1, c: x}\n"),
    "a mapping for a text in a list": (
        "a:\n  - one\n  - two\n",
        ("a", 0),
        {"text": "one", "items": ["x"]},
        "a:\n  - text: one\n    items:\n      - x\n  - two\n",
    ),
    "lines that end as on Windows": ("a: one\r\nb: 1\r\n", ("c", "d"), "x", "a: one\r\nb: 1\r\nc:\r\n  d: x\r\n"),
}


@pytest.mark.parametrize("name", SET)
def test_a_value_is_set(name: str) -> None:
    """Its quotes stay if they can hold it, and so do the comments around it."""
    before, path, value, after = SET[name]

    assert set_value(before, path, value) == after


LIST = "a:\n  # first\n  - one # 1\n  # second\n  - two\n\n  - three\n# end\nb: 1\n"
ELEMENTS: dict[str, tuple[str, list[Kept | Plain], str]] = {
    "the same": (LIST, [Kept(0), Kept(1), Kept(2)], LIST),
    "one more": (
        LIST,
        [Kept(0), Kept(1), Kept(2), "four"],
        "a:\n  # first\n  - one # 1\n  # second\n  - two\n\n  - three\n  - four\n# end\nb: 1\n",
    ),
    "one more in front": ("a:\n  - one\n", ["zero", Kept(0)], "a:\n  - zero\n  - one\n"),
    "one less, and its comment stays": (
        LIST,
        [Kept(0), Kept(2)],
        "a:\n  # first\n  - one # 1\n  # second\n\n  - three\n# end\nb: 1\n",
    ),
    "moved with its comment": (
        LIST,
        [Kept(0), Kept(2), Kept(1)],
        "a:\n  # first\n  - one # 1\n\n  - three\n  # second\n  - two\n# end\nb: 1\n",
    ),
    "none left": (LIST, [], "a: []\n  # first\n  # second\n\n# end\nb: 1\n"),
    "in brackets": ("a: [one, 'two', three]\n", [Kept(2), "new", Kept(1)], "a: [three, new, 'two']\n"),
    "beside its key": ("a:\n- one\n- two\nb: 1\n", [Kept(1)], "a:\n- two\nb: 1\n"),
    "mappings": (
        "a:\n  - x: 1\n    y: 2\n  - x: 3\n",
        [Kept(1), {"x": "a: b"}, Kept(0)],
        "a:\n  - x: 3\n  - x: 'a: b'\n  - x: 1\n    y: 2\n",
    ),
    "at the end of a file without a line end": ("a:\n  - one\n  - two", [Kept(1), Kept(0)], "a:\n  - two\n  - one"),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_elements_are_set(name: str) -> None:
    """Those that stay keep their lines, in the new order."""
    before, elements, after = ELEMENTS[name]

    assert set_elements(before, ("a",), elements) == after


def test_a_key_is_removed_with_its_value() -> None:
    """Comments around it stay."""
    assert remove_key("a:\n  # x\n  b:\n    c: 1\n  # y\n  d: 2\n", ("a", "b")) == "a:\n  # x\n  # y\n  d: 2\n"


def test_a_key_is_renamed() -> None:
    """Its value stays as it is written."""
    assert rename_key("a:\n  b: 'x' # why\n", ("a", "b"), "c: d") == "a:\n  'c: d': 'x' # why\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: &x [one]\nb: *x\n", ("b", 0)),  # an alias: the other use would change too
        ("a: one\n", ("a", 0)),
        ("a:\n  - one\n", ("a", 1)),
    ],
)
def test_a_change_that_would_change_more_is_refused(text: str, path: Path) -> None:
    """Nothing is written that does not read back as exactly this change."""
    with pytest.raises(CannotEditError):
        set_value(text, path, "two")
