"""Addresses in texts: found before Markdown is read, and held to one definition of what a slide may lead to."""

from __future__ import annotations

import pytest
from support.repository import ROOT

from deckgen.deck.addresses import addresses, host_of, is_safe
from deckgen.deck.inline import Linker, check_link, read_text
from deckgen.problems import DeckError, Origin
from deckgen.source import Source, read

HERE = Origin("meetings/124.yaml", 7, 3)
LINKER = Linker(read(ROOT / "templates" / "links.yaml", "links.yaml").get())


def links_in(text: str) -> list[tuple[str, str]]:
    """The words of a text that lead somewhere, and where."""
    return [(run.text, run.link) for run in read_text(Source(text, HERE), LINKER).runs if run.link]


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example.org/p/__init__.py",
        "https://en.wikipedia.org/wiki/TLS_(protocol)",
        "https://example.org/a*b*c/[1]",
        "http://[2001:db8::1]:8080/x",
        "mailto:a@example.org?subject=Slides%20of%20today",
    ],
)
@pytest.mark.parametrize("around", ["{}", "see {}.", "({}), *and*", "**{}**", "_see {}_", "“{}”"])
def test_an_address_is_one_token(address: str, around: str) -> None:
    """An address keeps all of its letters and its link, whatever Markdown or punctuation is around it."""
    assert links_in(around.format(address)) == [(address, address)]


@pytest.mark.parametrize(
    "written", ["https://bücher.example/ü", "[https://bücher.example/ü](https://bücher.example/ü)"]
)
def test_an_international_host_leads_to_the_same_place_bare_and_in_brackets(written: str) -> None:
    """The letters are shown as written, and the link is the ASCII form that both files can hold (RFC 3987, 3.1)."""
    assert links_in(written) == [("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC")]


HIDING = [
    "https://ietf.org@evil.example/",
    "https://www.ietf.org:443@evil.example/",
    "https://[2001:db8::g]/",
    "https://www.ietf.org:99999/",
    "mailto:a@example.org?attach=/etc/passwd",
    "https:///path",
]


@pytest.mark.promise
@pytest.mark.parametrize("address", HIDING)
def test_an_address_that_hides_where_it_leads_is_refused_or_shown_whole(address: str) -> None:
    """Bare it is plain text, with no part of it a link; as a link or a QR code it is an error."""
    assert not is_safe(address)
    assert links_in(f"see {address} now") == []
    assert read_text(Source(address, HERE), LINKER).words == address
    for refused in (lambda: links_in(f"[here]({address})"), lambda: check_link(address, HERE)):
        with pytest.raises(DeckError, match="is not a safe http, https or mailto address"):
            refused()


def test_an_address_in_code_is_code() -> None:
    """What is between backticks is no link."""
    assert links_in("`https://www.ietf.org/` and `saag@ietf.org`") == []


def test_an_escaped_letter_belongs_to_an_address() -> None:
    """Who escapes an underscore by habit has the address all the same."""
    assert links_in(r"a\_b@example.org") == [("a_b@example.org", "mailto:a_b@example.org")]


def test_brackets_and_punctuation_around_an_address_do_not_belong_to_it() -> None:
    """The longest address whose brackets are balanced, without the punctuation of the sentence."""
    text = "(https://a.example/x), [https://b.example/(y)]; www.ietf.org? saag@ietf.org."
    assert [text[found.start : found.end] for found in addresses(text)] == [
        "https://a.example/x",
        "https://b.example/(y)",
        "www.ietf.org",
        "saag@ietf.org",
    ]


def test_the_host_of_an_address_is_without_port_and_case() -> None:
    """What the rules about hosts compare."""
    assert host_of("https://WWW.ietf.org:8443/x?y=a@b") == "www.ietf.org"
    assert host_of("http://[2001:DB8::1]:80/") == "2001:db8::1"
