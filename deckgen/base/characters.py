"""Text -> the characters that files must not contain, and text without commands for a terminal or a log."""

import re
from unicodedata import name

# C0 and C1 controls, lone surrogates, the marks that change the direction of the text after them, and the byte order
# mark, which PDF/UA-1 forbids in text.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
# Characters without a shape: fillers, which some fonts draw; tags and annotations, which hide words; the object mark;
# what Unicode deprecates or reserves for programs (Unicode 16, 23.2 to 23.9), and its noncharacters.
_HIDDEN = (
    "\u115f\u1160\u17b4\u17b5\u180e\u206a-\u206f\u2800\u3164\ufdd0-\ufdef\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
REFUSED = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
# Characters without a shape that text may have: they allow or forbid a break, join letters, mark a direction, or choose
# a form of the letter before them. The two files keep them in different ways.
SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180d\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_OBEYED = re.compile(f"[\t\n\r\u2028\u2029{_CONTROLS}]")  # with all ends of lines
# The runner of GitHub takes `::` at the start of a line, after spaces too, for a command; that of GitHub and that of
# Azure take `##[` and `##vso[` for one anywhere.
_COMMAND = re.compile(r"^(\s*:)(?=:)|(##)(?=\w*\[)")


def one_line(text: str) -> str:
    """The text as one line of a log: ends of lines and controls are escaped, and a command gets a space."""
    return _COMMAND.sub(r"\1\2 ", _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text))


def named(character: str) -> str:
    """The code of a character and its name in Unicode, such as `U+3164 HANGUL FILLER`."""
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()


def with_marks(line: str) -> str:
    """A line of a file with one mark for each such character, so that its columns do not move."""
    marked = REFUSED.sub("\N{REPLACEMENT CHARACTER}", re.sub("[\t\r\n\u2028\u2029]", " ", line))
    return re.sub(r"##(?=\w*\[)", "#\N{REPLACEMENT CHARACTER}", marked)


def in_json(text: str) -> str:
    """JSON text with the same meaning and without controls or commands."""
    escaped = re.sub(f"[\u2028\u2029{_CONTROLS}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return re.sub(r"##(?=\w*\[)", r"#\\u0023", escaped)
