"""The code -> its messages and hints, all on one page that a person has read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.messages import messages, page
from support.repository import ROOT
from support.specimen import SPECIMENS, lay_out_specimen

from deckgen.build.one import check

GOLDEN = ROOT / "tests" / "goldens" / "messages.txt"
RULES = (ROOT / "templates" / "rules.yaml").read_text("utf-8")  # has hints of its own
_FIELD = re.compile(r"\\\{[^{}]*\\\}")
_FAULTS = [*sorted((SPECIMENS / "faults").glob("*.yaml")), *sorted((SPECIMENS / "rules").glob("*.bad.yaml"))]


def test_every_message_is_on_the_page() -> None:
    """`tests/goldens/messages.txt` has them by module; `make accept` writes it, and a person reads what changed."""
    if os.environ.get("ACCEPT"):
        GOLDEN.write_text(page(), "utf-8")

    assert page() == GOLDEN.read_text("utf-8")


def _patterns() -> Iterator[re.Pattern[str]]:
    for texts in messages().values():
        for text in texts:
            yield re.compile(_FIELD.sub(".*", re.escape(text)), re.DOTALL)


PATTERNS = [*_patterns()]


def _is_on_the_page(text: str) -> bool:
    """Whether it is a template, filled in."""
    return text in RULES or any(pattern.fullmatch(text) for pattern in PATTERNS)


@pytest.mark.parametrize("path", _FAULTS, ids=lambda path: path.stem)
def test_the_page_has_what_is_reported_of_a_specimen(path: Path, tmp_path: Path) -> None:
    """Each message and hint that these mistakes cause is one of its templates, filled in."""
    specimen = lay_out_specimen(path, tmp_path / "root")
    problems = check(specimen.root, specimen.number)
    reported = {text for problem in problems for text in (problem.text, problem.hint) if " " in text}

    assert problems
    assert {text for text in reported if not _is_on_the_page(text)} == set()
