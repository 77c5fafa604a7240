"""Specimens × rules -> exactly the problems that the specimens announce."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from support.repository import ROOT, rewrite
from support.specimen import SPECIMENS, lay_out_specimen, told

from deckgen.build.one import check
from deckgen.proof.faults import FAULTS as FAULTS_OF_FILES
from deckgen.rules import RULES
from deckgen.rules.manual import ids, manual, whole_manual
from deckgen.source import read


@pytest.mark.sweep(3)
@pytest.mark.parametrize("path", sorted((SPECIMENS / "rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_specimen_of_a_rule_has_exactly_the_problems_it_announces(path: Path, tmp_path: Path) -> None:
    """A bad specimen trips its rule on the lines that say so, and no other; a good one is silent."""
    specimen = lay_out_specimen(path, tmp_path)

    assert specimen.expected == told(check(specimen.root, specimen.number))


@pytest.mark.parametrize("path", sorted((SPECIMENS / "faults").glob("*.yaml")), ids=lambda path: path.stem)
def test_specimen_of_a_fault_has_exactly_the_problems_it_announces(path: Path, tmp_path: Path) -> None:
    """All faults of all files are told in one run, each on the line where it was made."""
    specimen = lay_out_specimen(path, tmp_path)

    assert specimen.expected == told(check(specimen.root, specimen.number))


@pytest.mark.parametrize("id", RULES)
def test_every_rule_has_a_specimen_that_trips_it_and_one_that_does_not(id: str) -> None:
    """Of each rule it is seen that it speaks, and that it can be silent."""
    bad = (SPECIMENS / "rules" / f"{id}.bad.yaml").read_text("utf-8")
    good = (SPECIMENS / "rules" / f"{id}.good.yaml").read_text("utf-8")

    assert f": {id}" in bad
    assert "# error:" not in good
    assert "# warning:" not in good


@pytest.mark.parametrize("id", RULES)
def test_every_manual_says_what_why_bad_and_good(id: str) -> None:
    """Who meets a rule for the first time learns what it is about and what to write instead."""
    words = [line.partition(":")[0] for line in manual(id).splitlines()]

    assert [word for word in words if word in ("What", "Why", "Bad", "Good")] == ["What", "Why", "Bad", "Good"]


def test_every_rule_has_its_severity_in_the_one_configuration_file() -> None:
    """`templates/rules.yaml` is the whole list: nobody has to read Python to change a severity."""
    configured = read(ROOT / "templates" / "rules.yaml", "rules.yaml").get()

    assert {key for key, _ in configured.items()} == set(RULES)


def test_the_page_of_rules_is_fresh() -> None:
    """`docs/rules.md` is what `deckgen rule --all` prints."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == whole_manual()


@pytest.mark.parametrize("number", [123, 124])
def test_our_meetings_lack_nothing_but_figures(number: int) -> None:
    """The decks of IETF 123 and 124 have no error, and no warning but that of missing figures."""
    assert {("warning", "missing-figure")} == {(p.severity, p.rule) for p in check(ROOT, number)}


def test_a_rule_that_is_off_is_silent_and_one_can_be_made_an_error(tmp_path: Path) -> None:
    """The severity of a rule is what the configuration says."""
    specimen = lay_out_specimen(SPECIMENS / "rules" / "doubled-word.bad.yaml", tmp_path)
    rules = tmp_path / "templates" / "rules.yaml"

    rewrite(rules, "doubled-word: {severity: error}\n")
    assert [p.severity for p in check(specimen.root, 124)] == ["error"]

    rewrite(rules, "doubled-word: {severity: off}\n")
    assert check(specimen.root, 124) == ()


def _ids_in(tree: ast.AST) -> set[str]:
    """The ids that a module gives to the problems it makes."""
    places = {"fatal": 1, "Problem": 1, "ExpressionError": 0}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    given = [call.args[places[call.func.id]] for call in calls if call.func.id in places and len(call.args) > 1]
    return {arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value}


def _words_with_hyphens(path: Path) -> set[str]:
    """The texts of a module of `verify` that look like an id; there, only ids do."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    return {text for text in constants if isinstance(text, str) and re.fullmatch("[a-z]+(-[a-z]+)+", text)}


def test_every_word_in_brackets_has_a_manual() -> None:
    """Whatever id a message about an author's file or a presentation bears, `deckgen rule` explains it."""
    sources = [path for path in (ROOT / "deckgen").rglob("*.py") if path.parent.name != "proof"]
    given = {id for path in sources for id in _ids_in(ast.parse(path.read_text("utf-8")))}
    checks = [path for path in (ROOT / "deckgen" / "proof").glob("*.py") if path.name != "faults.py"]
    found = {id for path in checks for id in _words_with_hyphens(path)}

    assert "no-file" in given
    assert "bad-span" in found
    assert (given | found) - set(ids()) == set()
    assert set(FAULTS_OF_FILES) - found == set()
