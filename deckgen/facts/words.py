"""Text from outside -> text for a slide: no tags, no controls, no Markdown, not too long."""

from __future__ import annotations

import html
import re
import unicodedata

from deckgen.base.characters import REFUSED

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_BREAK = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")
# What a meeting file cannot have either, marks of direction and other characters without a shape; the joiners U+200C
# and U+200D stay, because names need them.
_UNSEEN = re.compile(
    "[\x00-\x1f\u00ad\u034f\u061c\u200b\u200e\u200f\u2060-\u206f\ufff9-\uffff\U000e0000-\U000e0fff]|" + REFUSED.pattern
)
_MARKUP = re.compile(r"([\\`*_\[\]<&])")
MAX_TEXT = 200


def clean(text: object, max_length: int = MAX_TEXT) -> str:
    """`text` as one line of visible characters, at most `max_length` of them; `<b>` in it is three characters."""
    # Text far beyond the limit is never processed, so a description of a megabyte costs nothing.
    words = _UNSEEN.sub("", _BREAK.sub(" ", unicodedata.normalize("NFC", str(text)[: 20 * max_length])))
    words = " ".join(words.split())
    return words if len(words) <= max_length else words[: max_length - 1].rstrip() + "…"


def untagged(text: object, max_length: int = MAX_TEXT) -> str:
    """HTML as clean text, without tags, and with its entities decoded once."""
    return clean(html.unescape(_TAG.sub("", str(text)[: 20 * max_length])), max_length)


def neutral(text: object, max_length: int = MAX_TEXT) -> str:
    """`text` cleaned, with a backslash before what inline Markdown would take for markup."""
    return _MARKUP.sub(r"\\\1", clean(text, max_length))


def plain_words(html_text: object, max_length: int = MAX_TEXT) -> str:
    """HTML as neutral text: names and descriptions sometimes have tags."""
    return neutral(untagged(html_text, max_length), max_length)


def spoken(text: str) -> str:
    """Neutral text without the backslashes."""
    return re.sub(r"\\([\\`*_\[\]<&])", r"\1", text)


_ACRONYM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?")


def is_acronym(text: object) -> bool:
    """Whether text can be the acronym of a group, and so a key of a facts file."""
    return isinstance(text, str) and bool(_ACRONYM.fullmatch(text))


def is_name(text: object) -> bool:
    """Whether text can be the name of a draft or a list: as a key it cannot append, and is not markup or a template."""
    return isinstance(text, str) and bool(_NAME.fullmatch(text))
