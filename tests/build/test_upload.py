"""The deck and its files -> where to upload which of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.repository import ROOT

from deckgen.build.one import typeset
from deckgen.build.upload import upload_help
from deckgen.deck.kinds import Deck


@pytest.fixture(scope="module")
def deck() -> Deck:
    """A deck of the repository."""
    return typeset(ROOT, 124).get().deck


def test_upload_help_names_the_page_the_types_and_the_file(deck: Deck, tmp_path: Path) -> None:
    """The PDF is the file to choose, and its size is checked; the notes are those of templates/deck.yaml."""
    pdf, pptx = tmp_path / "deck.pdf", tmp_path / "deck.pptx"
    pdf.write_bytes(b"x" * 1234)
    with pptx.open("wb") as file:
        file.truncate(40_960_000)
    told = upload_help(deck, pdf, pptx)

    assert "  page      https://datatracker.ietf.org/meeting/124/session/saag\n" in told
    assert f"  choose    {pdf} (1,234 bytes, fine)" in told
    assert f"{pptx} (40,960,000 bytes: too large to upload)" in told
    assert "  accepted  .doc .docx .pdf .ppt .pptx .txt, each under 40,960,000 bytes" in told


def test_upload_help_says_when_there_is_no_deck_yet(deck: Deck, tmp_path: Path) -> None:
    """Before the deck is made, the text says what to do first."""
    told = upload_help(deck, tmp_path / "deck.pdf", tmp_path / "deck.pptx")

    assert "not there yet: run `make deck` first" in told


def test_upload_help_says_when_the_deck_is_older_than_its_source(deck: Deck, tmp_path: Path) -> None:
    """An edit after the last build would not be on the wall."""
    pdf, meeting = tmp_path / "deck.pdf", tmp_path / "125.yaml"
    pdf.write_bytes(b"x")
    meeting.write_text("agenda: []")
    os.utime(pdf, (1, 1))
    told = upload_help(deck, pdf, pdf, [meeting])

    assert f"older than {meeting}: run `make deck` again" in told
