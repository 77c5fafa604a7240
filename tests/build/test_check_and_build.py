"""Meetings with mistakes -> what `check` calls an error, `build` calls an error, at the same lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.test_bad_input import MISTAKES, OF_TEMPLATES
from support.fuzz import EVERY_KIND, mutated
from support.repository import rewrite
from support.specimen import SPECIMENS, lay_out_specimen

from deckgen.build.one import build, check
from deckgen.problems import Problem, errors_of

Told = set[tuple[str, str, int]]


def _told(problems: tuple[Problem, ...]) -> Told:
    return {(error.rule, error.origin.path, error.origin.line) for error in errors_of(problems)}


def _alike(root: Path, number: int) -> Told:
    """What both of them tell of a meeting, which is the same."""
    checked = _told(check(root, number))
    assert _told(build(root, number, root / "out").problems) == checked
    return checked


@pytest.mark.sweep(16)
@pytest.mark.parametrize("path", sorted(SPECIMENS.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_a_specimen_has_the_same_errors_in_both(path: Path, tmp_path: Path) -> None:
    """Those of every rule, with and without what the rule finds, and those of the faults in several files."""
    specimen = lay_out_specimen(path, tmp_path)
    errors = {(rule, name, line) for name, line, severity, rule in specimen.expected if severity == "error"}

    assert _alike(specimen.root, specimen.number) == errors


@pytest.mark.sweep(8)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_an_error_in_both(mistake: str, folder: Callable[..., Path]) -> None:
    """Whatever an author mistypes."""
    assert _alike(folder(MISTAKES[mistake][0], **{"meetings/text.png": "no picture"}), 123)


@pytest.mark.sweep(8)
@pytest.mark.parametrize("mistake", OF_TEMPLATES)
def test_a_mistake_of_the_templates_is_an_error_in_both(mistake: str, folder: Callable[..., Path]) -> None:
    """Whatever is mistyped in a theme, a deck or the rules."""
    name, right, wrong, _ = OF_TEMPLATES[mistake]
    root = folder()
    path = root / "templates" / name
    rewrite(path, path.read_text("utf-8").replace(right, wrong, 1))

    assert _alike(root, 123)


def _mutated(seeds: range, root: Path) -> list[int]:
    """How many errors each of the files has that these seeds change."""
    start = root / "every-kind.yaml"
    start.write_text(EVERY_KIND, "utf-8")
    specimen = lay_out_specimen(start, root / "root")
    found = []
    for seed in seeds:
        text = mutated(EVERY_KIND, random.Random(seed))
        rewrite(specimen.root / "meetings" / "124.yaml", text.encode("utf-8", "surrogatepass"))
        found.append(len(_alike(specimen.root, 124)))
    return found


def test_a_file_changed_at_random_has_the_same_errors_in_both(tmp_path: Path) -> None:
    """Some of them are decks all the same."""
    found = _mutated(range(4, 8), tmp_path)

    assert min(found) == 0 < max(found)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 300, 40))
def test_many_files_changed_at_random_have_the_same_errors_in_both(start: int, tmp_path: Path) -> None:
    """Two hundred of them."""
    assert 0 in _mutated(range(start, start + 40), tmp_path)
