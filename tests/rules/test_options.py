"""`templates/rules.yaml` -> what the rules are told, or every fault of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.repository import ROOT, rewrite
from support.specimen import slides_in

from deckgen.base import ValidationError, convert
from deckgen.build.one import check
from deckgen.rules.check import RULES, rule, rules_schema
from deckgen.schema.check import Checker
from deckgen.source import parse, plain, read

TITLE = "  talk: {kind: bullets, title: Talk, items: [One]}\n"
PALE = ('ink: "14213D"', 'ink: "B4B4B4"')
# What somebody may write for an option, right or wrong.
VALUES = (
    "",
    "x",
    "0",
    "1",
    "-1",
    "3",
    "4.5",
    "1000000",
    "true",
    "[]",
    "[a, b]",
    "[1]",
    "{}",
    "{a: b}",
    "{a: 1}",
    "[[]]",
)


def told(root: Path, rules: str) -> dict[str, tuple[str, str]]:
    """What is said of a file of rules: the texts with their ids and hints."""
    rewrite(root / "templates" / "rules.yaml", rules)
    return {problem.text: (problem.rule, problem.hint) for problem in check(root, 124)}


def test_a_misspelt_option_is_told_and_switches_nothing_off(tmp_path: Path) -> None:
    """`leest` for `least` made the rule find nothing, in silence."""
    root = slides_in(tmp_path, TITLE)
    theme = root / "templates" / "theme.yaml"
    rewrite(theme, theme.read_text("utf-8").replace(*PALE, 1))

    found = told(root, "low-contrast: {severity: warning, leest: 4.5}\n")

    assert found["unknown key `leest`"] == ("unknown-key", "did you mean `least`?")
    assert "low-contrast" in {id for id, _ in found.values()}


def test_each_fault_of_the_rules_is_told_as_those_of_a_meeting(tmp_path: Path) -> None:
    """A rule that is none, a severity that is none, and values of another type or out of bounds."""
    found = told(
        slides_in(tmp_path, TITLE),
        "low-contrsat: {severity: off}\n"
        "few-pixels: {severity: of}\n"
        "many-parts: {most: many}\n"
        "long-title: {most: 0}\n"
        "left-over-note: {words: TODO}\n"
        "odd-host: off\n"
        "forbidden-slide: {titles: {Old: {form: 124}}}\n",
    )

    assert found == {
        "unknown key `low-contrsat`": ("unknown-key", "did you mean `low-contrast`?"),
        "`severity` is 'of', which is not allowed here": ("wrong-value", "did you mean `off`?"),
        "`most` is 'many', not a whole number": ("wrong-value", ""),
        "`most` is 0, which is less than 1": ("wrong-value", ""),
        "`words` is 'TODO', not a list": ("wrong-value", ""),
        "`odd-host` is 'off', not a mapping (`key: value`)": ("wrong-value", ""),
        "unknown key `form`": ("unknown-key", "did you mean `from`?"),
    }


def test_the_rules_of_the_repository_keep_their_schema() -> None:
    """And each option that a rule has is said there."""
    rules = read(ROOT / "templates" / "rules.yaml", "rules.yaml").get()
    schema = rules_schema()

    assert [*Checker(schema).check(rules)] == []
    for id in RULES:
        own = rules.get(id)
        assert own is not None, id
        assert {key for key, _ in own.items()} == set(schema["$defs"][f"{id}.Options"]["properties"]), id


@pytest.mark.parametrize("id", RULES)
def test_a_rule_is_told_what_its_schema_allows(id: str) -> None:
    """The schema that editors show, and the class that a build reads, refuse the same."""
    checker = Checker(rules_schema())
    for key in rules_schema()["$defs"][f"{id}.Options"]["properties"]:
        for value in VALUES:
            source = parse(f"{id}: {{{key}: {value}}}", "rules.yaml").get()
            own = source.get(id)
            assert own is not None
            try:
                convert(plain(own), rule(id).Options)
                taken = True
            except ValidationError:
                taken = False
            assert taken == ([*checker.check(source)] == []), f"{key}: {value}"
