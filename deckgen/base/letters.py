"""Text -> the characters that no file of ours may hold, and text that no terminal and no log obeys."""

import re

# C0 and C1 controls, lone surrogates, the marks that turn the direction of what follows, and the byte order mark,
# which no text of a PDF/UA-1 may have.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
REFUSED = re.compile(f"[{_CONTROLS}]")
_OBEYED = re.compile(f"[\t\n\r\u2028\u2029{_CONTROLS}]")  # with what ends a line, for whomever
# The runner of GitHub takes `::` at the start of a line, after spaces too, for a command, and so do it and that of
# Azure `##[` and `##vso[` wherever they stand.
_COMMAND = re.compile(r"^(\s*:)(?=:)|(##)(?=\w*\[)")


def one_line(text: str) -> str:
    """The text as one line of a log; what cannot stand there is written as `\\n`, and a command has a space in it."""
    return _COMMAND.sub(r"\1\2 ", _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text))


def in_place(line: str) -> str:
    """A line of a file with one mark for each such character, so that its columns stay what they are."""
    marked = REFUSED.sub("\N{REPLACEMENT CHARACTER}", re.sub("[\t\r\n\u2028\u2029]", " ", line))
    return re.sub(r"##(?=\w*\[)", "#\N{REPLACEMENT CHARACTER}", marked)


def in_json(text: str) -> str:
    """A JSON text that says the same and is obeyed as little."""
    escaped = re.sub(f"[\u2028\u2029{_CONTROLS}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return re.sub(r"##(?=\w*\[)", r"#\\u0023", escaped)
