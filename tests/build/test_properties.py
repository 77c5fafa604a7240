"""Any values, any texts, any heights -> what merging, reading and splitting promise of all of them."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fuzz import Fuzzer
from support.repository import ROOT

from deckgen.deck.inline import Linker, read_text
from deckgen.layout.split import partition
from deckgen.problems import DeckError, Origin
from deckgen.source import Source, dump, parse, plain, read
from deckgen.source.merge import merge

pytestmark = pytest.mark.slow

settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

LETTERS = "".join(letter for letter in string.printable if letter not in "\r\v\f") + "é山"
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=3)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), st.text(LETTERS, max_size=20))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=5)


def source(value: Any, name: str = "file") -> Source:
    """A value as if it had been read; every part stands at a place of its own file."""
    origin = Origin(name, 1, 1)
    if isinstance(value, dict):
        return Source({key: source(child, name) for key, child in value.items()}, origin, dict.fromkeys(value, origin))
    if isinstance(value, list):
        return Source(tuple(source(child, name) for child in value), origin)
    return Source(value, origin)


def merged(lower: Any, upper: Any) -> Any:
    """The plain value of one laid over the other."""
    return plain(merge(source(lower), source(upper)).get())


@pytest.mark.parametrize(
    ("original", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merging_is_that_of_rfc_7396(original: Any, patch: Any, result: Any) -> None:
    """All fifteen examples of its appendix A."""
    assert merged(original, patch) == result


@given(MAPPINGS)
def test_an_empty_layer_changes_nothing(lower: dict[str, Any]) -> None:
    """A meeting that says nothing has what the templates say."""
    assert merged(lower, {}) == lower


@given(MAPPINGS, MAPPINGS)
def test_a_layer_laid_twice_is_the_layer_laid_once(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    """Without `+`, merging is idempotent."""
    once = merged(lower, upper)

    assert merged(once, upper) == once


@given(MAPPINGS, MAPPINGS)
def test_what_the_upper_layer_says_holds_and_the_rest_stays(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    """Scalars and lists of the upper layer are there as they are, null is gone, other keys are untouched."""
    result = merged(lower, upper)

    for key, value in upper.items():
        assert (key not in result) if value is None else isinstance(value, dict) or result[key] == value
    assert all(result[key] == value for key, value in lower.items() if key not in upper)


@given(MAPPINGS, MAPPINGS)
def test_every_value_keeps_the_file_it_came_from(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    """A merged value names the layer that holds it."""
    result = merge(source(lower, "lower"), source(upper, "upper")).get()

    for key, child in result.items():
        holder = "upper" if upper.get(key) is not None else "lower"
        assert isinstance(child.value, dict) or child.origin.path == holder


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_a_plus_appends_in_order(below: list[Any], more: list[Any]) -> None:
    """`key+` leaves the list below as it is and puts its own after it."""
    assert merged({"a": below}, {"a+": more}) == {"a": below + more}


@given(VALUES)
def test_a_plus_over_anything_ends_in_a_list_or_a_problem(below: Any) -> None:
    """Appending never loses what is there in silence."""
    result = merge(source({"a": below}), source({"a+": ["x"]}))

    assert result.problems or plain(result.get()) == {"a": [*(below or []), "x"]}


@given(MAPPINGS)
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    """`dump` and `parse` agree on every value: `no` stays text, 10:30 stays a time."""
    assert plain(parse(dump(value), "file").get()) == value


@given(st.text(max_size=200))
def test_any_text_is_yaml_or_a_problem(text: str) -> None:
    """Reading ends in a value or in problems with a place."""
    result = parse(text, "file")

    assert result.value or result.problems
    assert all(problem.origin.path == "file" and problem.text for problem in result.problems)


LINKER = Linker(read(ROOT / "templates" / "links.yaml", "links.yaml").get())
MARKUP = st.text(st.sampled_from("ab *_`[]()<>&;#\\!\"'@.:/-R FC1éא"), max_size=80)


@given(MARKUP)
def test_any_markdown_is_text_or_a_problem(words: str) -> None:
    """Every run has letters, and every link leads somewhere safe."""
    try:
        text = read_text(source(words), LINKER)
    except DeckError as error:
        assert {problem.rule for problem in error.problems} <= {"bad-link", "control-character"}  # noqa: PT017
        return
    assert all(run.text for run in text.runs if words.strip())
    assert all(run.link.lower().startswith(("http://", "https://", "mailto:")) for run in text.runs if run.link)


@given(st.text(string.ascii_letters + string.digits + " ,.;:?()'-", max_size=200))
def test_plain_words_are_shown_as_they_are(words: str) -> None:
    """Linking changes no letter."""
    assert read_text(source(words), LINKER).words == " ".join(words.split())


HEIGHTS = st.lists(st.integers(1, 100), max_size=40)


@given(HEIGHTS, st.integers(1, 300), st.data())
def test_parts_are_all_atoms_in_order_and_each_fits(heights: list[int], capacity: int, data: st.DataObject) -> None:
    """Nothing is lost, doubled, moved, or too high; without a way, there is none."""
    gaps = data.draw(st.lists(st.integers(0, 20), min_size=len(heights), max_size=len(heights)))
    parts = partition(heights, capacity, gaps)
    if parts is None:
        assert max(heights) > capacity
        return
    assert [atom for part in parts for atom in part] == list(range(len(heights)))
    for part in parts:
        assert sum(heights[i] for i in part) + sum(gaps[i] for i in part if i != part.start) <= capacity


@given(HEIGHTS, st.integers(100, 300))
def test_parts_are_as_few_as_can_be(heights: list[int], capacity: int) -> None:
    """No more pages than filling each to the brim would take."""
    brim, used = 1, 0
    for height in heights:
        if used + height > capacity:
            brim, used = brim + 1, 0
        used += height
    parts = partition(heights, capacity)

    assert parts is not None
    assert len(parts) == brim


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    """A folder whose files are mutated."""
    return Fuzzer(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.promise
@pytest.mark.parametrize("start", range(0, 300, 50))
def test_a_mutated_file_ends_in_a_deck_or_in_problems(fuzzer: Fuzzer, start: int) -> None:
    """Three hundred broken files: never a traceback, never a hang (`tests/fuzz.py` runs any number)."""
    assert {fuzzer.outcome(seed) for seed in range(start, start + 50)} <= {"deck", "problems"}


def test_the_fuzzer_makes_decks_as_well_as_problems(fuzzer: Fuzzer) -> None:
    """A mutator that only ever broke the YAML would find nothing."""
    assert {fuzzer.outcome(seed) for seed in range(40)} == {"deck", "problems"}
    assert Path(fuzzer.root / "meetings" / "124.yaml").read_text("utf-8").startswith("\nagenda:")
