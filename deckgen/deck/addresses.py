"""Text -> addresses: where each begins and ends, and which addresses a slide may link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from deckgen.base import Frozen

# Every repetition is bounded or begins at a word, so that the time of a search does not depend on the text.
_FOUND = re.compile(
    r"(?P<link>(?:https?://|mailto:|\bwww\.)[^\s<>\"“”«»`\\]+)"
    r"|(?P<mail>(?<![\w.+\\-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,126}\.?")
_MAILBOX = re.compile(r"[^\s@,;:<>()\[\]\"\\?#]+@[\w.-]+")
_UNSAFE = re.compile(r"[\s<>\"\\\x00-\x1f\x7f]")
# The fields that are safe in an untrusted mail address (RFC 6068, 4 and 7); `attach` would send a file.
_FIELDS = {"to", "cc", "bcc", "subject", "body", "in-reply-to", "keywords"}
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_AFTER = ".,:;!?'’‘…、。，([{"  # the punctuation of the sentence around it, and what opens a bracket
_MARKS = "*_~"


class Address(Frozen):
    """An address in a text, from `start` to `end`; `target` is empty if no slide may link to it."""

    start: int
    end: int
    target: str


def addresses(text: str) -> Iterator[Address]:
    """The web and mail addresses in `text`.

    Balanced brackets and anything between two letters belong to an address; the punctuation after it and the Markdown
    marks around it do not.
    """
    end = 0
    while found := _FOUND.search(text, end):
        end = found.end() if found["mail"] else _end(text, found.start(), found.end())
        words = text[found.start() : end]
        target = f"mailto:{words}" if found["mail"] else words
        target = f"https://{words}" if words[:4].lower() == "www." else target
        yield Address(found.start(), end, _normal(target) if is_safe(target) else "")


def is_safe(target: str) -> bool:
    """Whether it is an http, https or mailto address that leads where it seems to lead.

    A name before the host, as in `https://good.example@evil.example/`, hides the host.
    """
    if _UNSAFE.search(target):
        return False
    try:
        parts = urlsplit(target)
        if parts.scheme == "mailto":
            return _is_safe_mail(parts)
        return parts.scheme in ("http", "https") and "@" not in parts.netloc and _is_host(parts)
    except ValueError:  # a port that is not a number, a bad IPv6 host (RFC 3986, 3.2.2)
        return False


def host_of(link: str) -> str:
    """The host of an http or https address, in lower case; of IPv6 without the brackets."""
    return urlsplit(link).hostname or ""


def _is_host(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    known = parts.netloc.startswith("[") or _HOST.fullmatch(host)
    return bool(known) and (parts.port is None or parts.port > 0)


def _is_safe_mail(parts: SplitResult) -> bool:
    boxes = parts.path.split(",")
    fields = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return not parts.netloc and not parts.fragment and all(map(_MAILBOX.fullmatch, boxes)) and fields <= _FIELDS


def _end(text: str, start: int, end: int) -> int:
    """The end of the address that begins at `start`; `end` is the limit."""
    open_: list[str] = []
    for index in range(start, end):
        letter = text[index]
        if letter in _CLOSED_BY:
            open_.append(_CLOSED_BY[letter])
        elif letter in ")]}" and (not open_ or open_.pop() != letter):
            end = index
            break
    before = text[:start]
    while end > start + 1 and (text[end - 1] in _AFTER or (text[end - 1] in _MARKS and text[end - 1] in before)):
        end -= 1
    return end


def _normal(target: str) -> str:
    """An address as written to a file: in ASCII (RFC 3987, 3.1; RFC 5891)."""
    if target.isascii():
        return target
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(target)
