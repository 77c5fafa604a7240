"""Specimens of rules -> the numbers and hints of their messages, which say how much is wrong."""

from __future__ import annotations

from pathlib import Path

from support.specimen import SPECIMENS, lay_out_specimen

from deckgen.build.one import check


def hints(rule: str, tmp_path: Path) -> list[tuple[str, str]]:
    """What the bad specimen of a rule is told, with its hints, in the order of the lines."""
    specimen = lay_out_specimen(SPECIMENS / "rules" / f"{rule}.bad.yaml", tmp_path)
    return [(problem.text, problem.hint) for problem in check(specimen.root, specimen.number) if problem.rule == rule]


def test_an_agenda_that_is_too_long_is_told_in_minutes(tmp_path: Path) -> None:
    """When the item ends, when the session does, and how much to take away."""
    assert hints("agenda-overrun", tmp_path) == [
        ("this ends at 11:05; the session ends at 11:00", "take 5 minutes away"),
        ("this ends at 01:00; the session ends at 00:30", "take 30 minutes away"),
        ("this begins at 09:00; the session ends at 09:00", "take some minutes away before it"),
    ]


def test_a_sum_of_errata_is_told_with_its_numbers(tmp_path: Path) -> None:
    """The three numbers, their sum, and the meeting they are of if that is not the one before."""
    assert [text for text, _ in hints("errata-sum", tmp_path)] == [
        "IETF 119 has 279 open errata; 296 (those of IETF 117) + 17 - 33 is 280",
        "IETF 120 has 257 open errata; 279 + 27 - 50 is 256",
        "IETF 123 has 219 open errata; 210 + 34 - 21 is 223",
    ]


def test_the_name_of_a_draft_is_offered(tmp_path: Path) -> None:
    """Without its ending, in small letters, with hyphens; an example if that is not a name either."""
    assert [hint for _, hint in hints("bad-draft-name", tmp_path)] == [
        "such as draft-ietf-acme-device-attest",
        "did you mean `draft-gallagher-email-signatures`?",
        "did you mean `draft-ietf-acme-device-attest`?",
        "did you mean `draft-acme-device`?",
    ]


def test_a_coarse_picture_is_told_in_pixels(tmp_path: Path) -> None:
    """How many it has, how many they are to the inch, and how many it needs."""
    [(text, hint)] = hints("few-pixels", tmp_path)

    assert text == "160 × 90 pixels are 18 per inch of the slide"
    assert hint == "at least 844 pixels wide"
