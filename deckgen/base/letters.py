"""Text -> the characters that no file of ours may hold, and text that no terminal and no log obeys."""

import re
from unicodedata import name

# C0 and C1 controls, lone surrogates, the marks that turn the direction of what follows, and the byte order mark,
# which no text of a PDF/UA-1 may have.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
# Of what has no shape: fillers, which some fonts draw; tags and annotations, which hide words; the sign for an object;
# what Unicode deprecates or keeps for other programs (Unicode 16, 23.2 to 23.9), and its noncharacters.
_HIDDEN = (
    "\u115f\u1160\u17b4\u17b5\u180e\u206a-\u206f\u3164\ufdd0-\ufdef\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
REFUSED = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
# What may be in a text and has no shape: where a word may or must not break, how letters join, marks of direction,
# and the signs that choose a form of the letter before. The two files keep them in different ways.
SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180d\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_OBEYED = re.compile(f"[\t\n\r\u2028\u2029{_CONTROLS}]")  # with what ends a line, for whomever
# The runner of GitHub takes `::` at the start of a line, after spaces too, for a command, and so do it and that of
# Azure `##[` and `##vso[` wherever they stand.
_COMMAND = re.compile(r"^(\s*:)(?=:)|(##)(?=\w*\[)")


def one_line(text: str) -> str:
    """The text as one line of a log; what cannot stand there is written as `\\n`, and a command has a space in it."""
    return _COMMAND.sub(r"\1\2 ", _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text))


def named(character: str) -> str:
    """The code of a character and its name in Unicode, such as `U+3164 HANGUL FILLER`."""
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()


def in_place(line: str) -> str:
    """A line of a file with one mark for each such character, so that its columns stay what they are."""
    marked = REFUSED.sub("\N{REPLACEMENT CHARACTER}", re.sub("[\t\r\n\u2028\u2029]", " ", line))
    return re.sub(r"##(?=\w*\[)", "#\N{REPLACEMENT CHARACTER}", marked)


def in_json(text: str) -> str:
    """A JSON text that says the same and is obeyed as little."""
    escaped = re.sub(f"[\u2028\u2029{_CONTROLS}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return re.sub(r"##(?=\w*\[)", r"#\\u0023", escaped)
