"""Text from outside -> text that a slide may show: no tags, no controls, no Markdown, not too long."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_BREAK = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")
# Controls, marks of direction, tags, surrogates; the joiners U+200C and U+200D stay, names are written with them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MARKUP = re.compile(r"([\\`*_\[\]<&])")
MOST = 200


def clean(text: object, most: int = MOST) -> str:
    """`text` as one line of what can be seen, at most `most` characters; `<b>` in it is three letters."""
    # What lies far behind the end is never read: a description of a megabyte costs nothing.
    words = _UNSEEN.sub("", _BREAK.sub(" ", unicodedata.normalize("NFC", str(text)[: 20 * most])))
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def untagged(text: object, most: int = MOST) -> str:
    """HTML as clean text: its tags go and its entities become characters, once each."""
    return clean(html.unescape(_TAG.sub("", str(text)[: 20 * most])), most)


def neutral(text: object, most: int = MOST) -> str:
    """`text` cleaned, with a backslash before whatever inline Markdown would read as markup."""
    return _MARKUP.sub(r"\\\1", clean(text, most))


def plain_words(html_text: object, most: int = MOST) -> str:
    """What HTML says, made neutral: names and descriptions are typed with tags now and then."""
    return neutral(untagged(html_text, most), most)


def spoken(text: str) -> str:
    """Neutral text as it is read, without the backslashes."""
    return re.sub(r"\\([\\`*_\[\]<&])", r"\1", text)


_ACRONYM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?")


def is_acronym(text: object) -> bool:
    """Whether a group may be called so; only then it can be a key of a facts file."""
    return isinstance(text, str) and bool(_ACRONYM.fullmatch(text))


def is_name(text: object) -> bool:
    """Whether a draft or a list may be called so: as a key it can neither append, nor be markup or a template."""
    return isinstance(text, str) and bool(_NAME.fullmatch(text))
