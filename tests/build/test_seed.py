"""The IETF 123 deck says every word of the deck that the Security Area showed, and links to the same places."""

from __future__ import annotations

import re

from support.repository import DATA, BuiltDeck

SEED = (DATA / "saag-ietf123.txt").read_text("utf-8")

# What the extraction garbled or the authors mistyped, and what it says now.
CORRECTIONS = {
    # Brackets beside a link came out as characters that no font has.
    "\ue081": "(",
    "\ue082": ")",
    # An address ran into its label.
    "https://www.ietf.org/privacy-policy/(Privacy Policy)": "https://www.ietf.org/privacy-policy/ (Privacy Policy)",
    # A quotation mark that the extraction read as a modifier letter.
    "“Meetecho liteˮ": "“Meetecho lite”",
    # A page number in the middle of the text.
    "strongly recommended. 4\n": "strongly recommended.\n\n",
    # Addresses that lead elsewhere, or nowhere.
    "https://www7.ietf.org/contact/ombudsteam/": "https://www.ietf.org/contact/ombudsteam/",
    "http://draft-wang-ppm-ecdh-psi": "https://datatracker.ietf.org/doc/draft-wang-ppm-ecdh-psi/",
    "http://www.ietf.org/how/meetings/issues/": "https://www.ietf.org/how/meetings/issues/",
    # The page of "the" agenda shows another meeting's a few months later.
    "https://datatracker.ietf.org/meeting/agenda": "https://datatracker.ietf.org/meeting/123/agenda",
    # The one wiki had two addresses in one deck.
    "https://wiki.ietf.org/en/group/sec": "https://wiki.ietf.org/group/sec",
    # The working group is SCIM; the marks had no legend anywhere.
    "SKIM": "SCIM",
    "[*]": "",
    # Typing.
    "documenst": "documents",
    "Thanks to all SECDIR reviews !": "Thanks to all SECDIR reviewers!",
    "An existing  Standards document ? NIST SP 800-90 ?": "An existing Standards document? NIST SP 800-90?",
    "Update with a bis document ?": "Update with a bis document?",
    "make RFC 4086 Historic ?": "make RFC 4086 Historic?",
    "with inline content?": "with inline content?",
    # The clock shows what the agenda said in brackets.
    "(5 mins)": "5 mins",
    "(15 mins, chairs/ADs)": "15 mins chairs/ADs",
    "(15 mins)": "15 mins",
    "(remaining time)": "remaining time",
    # Thousands have a comma; the numbers stand alone, in large type.
    "(285 documents with 9554 pages)": "285 documents 9,554 pages",
    "The end:": "The end",
}


def corrected() -> str:
    """The text of the seed with every correction made; each must have something to correct."""
    text = SEED
    for wrong, right in CORRECTIONS.items():
        assert wrong in text, f"nothing to correct: {wrong}"
        text = text.replace(wrong, right)
    return text


def words(text: str) -> set[str]:
    """The words of a text, without the signs around them."""
    return {word.strip("●○“”\"'.,;:()!?–-") for word in text.split()} - {""}


def test_every_word_of_the_seed_is_in_the_deck(decks: dict[int, BuiltDeck]) -> None:
    """No word of the deck that was shown is lost."""
    missing = words(corrected()) - words(decks[123].outline)

    assert missing == set()


def test_every_sentence_of_the_seed_is_in_the_deck(decks: dict[int, BuiltDeck]) -> None:
    """The bullets say what they said, word after word, wherever the lines were broken."""
    outline = " ".join(decks[123].outline.split())
    bullets = re.findall(r"[●○]((?:(?!\n\s*\n(?![a-z(]))[^●○])*)", corrected())
    sentences = [" ".join(bullet.split()) for bullet in bullets]
    prose = [sentence for sentence in sentences if "https://" not in sentence and "mins" not in sentence]

    assert len(prose) > 40
    assert [sentence for sentence in prose if sentence not in outline] == []


def test_every_link_of_the_seed_is_in_the_deck(decks: dict[int, BuiltDeck]) -> None:
    """Every address that the deck led to still has its link."""
    linked = set(re.findall(r"-> (\S+)", decks[123].outline))
    addresses = {address.rstrip(").,") for address in re.findall(r"(?:https?://|mailto:)[^\s)]+", corrected())}

    assert addresses - linked == set()


def test_the_slides_stand_in_the_order_of_the_seed(decks: dict[int, BuiltDeck]) -> None:
    """The titles of the IETF 123 deck, in order."""
    titles = re.findall(r"^\d+\. (.*?)(?: \(\d/\d\))?$", decks[123].outline, re.MULTILINE)

    assert list(dict.fromkeys(titles)) == [
        "Security Area Advisory Group",
        "Note Well",
        "Note Really Well",
        "IETF 123 Meeting Tips",
        "Resources for IETF 123 Madrid",
        "Agenda",
        "WG Changes since IETF 122",
        "WG Chair changes since IETF 122",
        "Helping Out",
        "Working Group Summaries",
        "Related Non-SEC Area Activities",
        "New non-WG Mailing Lists · AD sponsored drafts",  # they share a page
        "Security related DISPATCH outcomes of IETF 122",
        "New datatracker WG page statistics",
        "Errata processing",
        "Security Area Pointers",
        "Thanks to all SECDIR reviewers!",
        "SecDir Statistics by Tero",
        "Push And Pull Based Security Event Token (SET) Delivery",
        "RFC 4086 - Randomness Requirements for Security",
        "Any other Business / Open Mic",
        "The end",
    ]


def test_the_build_warns_that_the_pictures_of_the_seed_are_missing(decks: dict[int, BuiltDeck]) -> None:
    """Both statistics slides of the seed were pictures; the deck shows what is known and says what is not there."""
    assert [(p.rule, p.slide) for p in decks[123].result.problems] == [
        ("missing-figure", "document-statistics"),
        ("missing-figure", "secdir-statistics"),
    ]


def test_the_note_well_of_124_is_the_new_official_text(decks: dict[int, BuiltDeck]) -> None:
    """From IETF 124 on: the text of October 2025, word for word, with its links, and no slide beside it."""
    official = (DATA / "note-well-2025-10.md").read_text("utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"\s*\[https://[^\]]+\]", "", official)).replace("* ", "")
    links = [re.sub(r"\s", "", link) for link in re.findall(r"\[(https://[^\]]+)\]", official)]
    slides = decks[124].outline.split("\n\n")
    shown = slides[1].splitlines()
    body = " ".join(line.strip() for line in shown[2:] if "->" not in line)

    assert body == text.strip()
    assert re.findall(r"-> (\S+)", slides[1]) == links
    assert "Note Really Well" not in decks[124].outline
