"""A meeting file laid over the templates: skipping, changing, adding, moving, and correcting one fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from support.repository import MINIMAL

from deckgen.deck.compose import compose
from deckgen.deck.kinds import Deck, texts
from deckgen.deck.kinds.agenda import Agenda
from deckgen.deck.kinds.bullets import Bullets
from deckgen.deck.kinds.table import Table
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import Codes
from deckgen.layout.trial import Trial
from deckgen.meeting import load

Folder = Callable[..., Path]


def composed(root: Path, number: int = 123) -> Deck:
    """The deck of a folder; it must have no problems."""
    with Trial() as trial:
        made = compose(load(root, number).get(), Gallery(root, trial.read).read, Codes().read)
    assert made.problems == ()
    return made.get()


def ids(deck: Deck) -> list[str]:
    """The ids of the slides in order."""
    return [slide.id for slide in deck.slides]


def slide_words(deck: Deck, id: str) -> list[str]:
    """Every text of one slide."""
    slide = next(slide for slide in deck.slides if slide.id == id)
    return [text.words for text in texts(slide)]


def test_a_meeting_that_says_little_has_the_recurring_slides(folder: Folder) -> None:
    """Slides whose facts are missing are left out, the others are all there."""
    found = ids(composed(folder()))

    assert found[:3] == ["title", "note-well", "note-really-well"]
    assert "agenda" not in found
    assert found[-2:] == ["any-other-business", "the-end"]


def test_null_skips_a_slide(folder: Folder) -> None:
    """`slides: {helping-out: null}` leaves the slide out."""
    assert "helping-out" not in ids(composed(folder(MINIMAL + "slides: {helping-out: null}\n")))


def test_a_key_of_a_slide_can_be_changed_and_the_rest_stays(folder: Folder) -> None:
    """A new title, the old bullets."""
    deck = composed(folder(MINIMAL + "slides: {helping-out: {title: Lend a Hand}}\n"))

    assert slide_words(deck, "helping-out")[:2] == [
        "Lend a Hand",
        "If you are interested in becoming a WG chair, let your ADs know.",
    ]


def test_a_plus_appends_to_the_list_below(folder: Folder) -> None:
    """`items+` keeps the bullets of the template and adds one."""
    deck = composed(folder(MINIMAL + "slides: {helping-out: {items+: [Bring cake]}}\n"))

    assert slide_words(deck, "helping-out")[-2:] == [
        "Volunteer right now for being minute taker for this meeting :)",
        "Bring cake",
    ]


def test_a_slide_of_its_own_is_a_talk_unless_it_says_where(folder: Folder) -> None:
    """New slides stand before the closing ones, or after the slide they name."""
    own = "slides:\n  a: {kind: statement, title: A talk}\n  b: {kind: statement, title: Early, after: title}\n"
    found = ids(composed(folder(MINIMAL + own)))

    assert found[1] == "b"
    assert found[-3:] == ["a", "any-other-business", "the-end"]


def test_a_recurring_slide_can_be_moved(folder: Folder) -> None:
    """`before` puts a slide of the templates somewhere else."""
    found = ids(composed(folder(MINIMAL + "slides: {pointers: {before: helping-out}}\n")))

    assert found.index("pointers") == found.index("helping-out") - 1


def test_facts_that_were_fetched_lie_under_those_written_by_hand(folder: Folder) -> None:
    """One key of a fetched mapping is corrected, one removed, and one stays."""
    fetched = "chair_changes:\n  acme: {departures: [A]}\n  tls: {departures: [B]}\n  uta: {additions: [C]}\n"
    own = MINIMAL + "chair_changes:\n  acme: {departures: [Z]}\n  uta: null\n"
    deck = composed(folder(own, **{"meetings/123.facts.yaml": fetched}))
    table = next(slide for slide in deck.slides if slide.id == "chair-changes")

    assert isinstance(table, Table)
    assert [[cell.text.words for cell in row.cells] for row in table.rows] == [["ACME", "Z", "–"], ["TLS", "B", "–"]]


def test_what_can_be_derived_is_derived(folder: Folder) -> None:
    """Number, previous meeting, city, weekday and links with the number in them come from the file's name."""
    deck = composed(folder(number=122, meeting=MINIMAL.replace("2025-07-25", "2025-03-20")), 122)

    assert {"Thursday, 20 March 2025", "saag@ietf.org"} < {*slide_words(deck, "title")}
    assert "https://datatracker.ietf.org/meeting/122/agenda" in slide_words(deck, "resources")
    assert slide_words(deck, "title")[1] == "IETF 122 Bangkok"


def test_the_clock_takes_an_hour_of_one_digit(folder: Folder) -> None:
    """`9:30` is what people write."""
    agenda = "agenda: [{item: Welcome, minutes: 40}, {item: Open Mic, minutes: remaining}]\n"
    deck = composed(folder(MINIMAL.replace("09:30", "9:30") + agenda))
    slide = next(slide for slide in deck.slides if isinstance(slide, Agenda))

    assert [item.start for item in slide.items] == [9 * 60 + 30, 10 * 60 + 10]


def test_a_number_is_shown_as_it_is_written(bare: Folder) -> None:
    """Version 3.10 is no 3.1."""
    cells = "[[3.10, 007], [1e3, -0.50]]"
    slides = f"slides: {{a: {{kind: table, title: T, header: [A, B], rows: {cells}}}}}\n"
    table = next(slide for slide in composed(bare(MINIMAL + slides)).slides if slide.id == "a")

    assert isinstance(table, Table)
    assert [[cell.text.words for cell in row.cells] for row in table.rows] == [["3.10", "007"], ["1e3", "-0.50"]]


def test_a_rebuilt_meeting_keeps_the_text_of_its_time(folder: Folder) -> None:
    """The same folder gives the old Note Well up to IETF 123 and the new one from 124 on."""
    old = composed(folder())
    new = composed(folder(MINIMAL.replace("2025-07-25", "2025-11-07"), number=124), 124)

    assert slide_words(old, "note-well")[1].startswith("This is a reminder of IETF policies")
    assert slide_words(new, "note-well")[1].startswith("By participating in the IETF you agree")
    assert "note-really-well" not in ids(new)


def test_names_become_links_and_markdown_becomes_style(bare: Folder) -> None:
    """RFCs, drafts and addresses link themselves; a written link keeps its own address."""
    item = "'RFC 9000, **bold** [text](https://example.org/x), draft-ietf-tls-esni and saag@ietf.org.'"
    deck = composed(bare(MINIMAL + f"slides: {{a: {{kind: bullets, title: T, items: [{item}]}}}}\n"))
    slide = next(slide for slide in deck.slides if slide.id == "a")

    assert isinstance(slide, Bullets)
    runs = slide.groups[0].items[0].text.runs
    assert [(run.text, run.link) for run in runs if run.link] == [
        ("RFC 9000", "https://www.rfc-editor.org/info/rfc9000"),
        ("text", "https://example.org/x"),
        ("draft-ietf-tls-esni", "https://datatracker.ietf.org/doc/draft-ietf-tls-esni/"),
        ("saag@ietf.org", "mailto:saag@ietf.org"),
    ]
    assert [run.text for run in runs if run.bold] == ["bold"]
