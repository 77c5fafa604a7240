"""Deck -> Findings: leftover Markdown or expressions that the audience would see.

What: `**`, `{{`, `}}`, `](`, `<b>`, a dash at the start, a single brace around a fact or a lone backtick in a text,
except between backticks.
Why: with a space too many or a character too few, the slide shows the markup itself.
Bad: `- Chairs: ** wanted **`, `- [rules] (https://www.example.org/)` or `- See you in {meeting.city}`
Good: `- Chairs: **wanted**`, `- [rules](https://www.example.org/)` and `- See you in {{ meeting.city }}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_ANY = re.compile(r"[`*<{}%]|\]|^- ")
_SIGNS = {
    r"\*\*": "bold is `**words**`, without a space inside the signs",
    r"\]\s?\((?:https?:|mailto:)|\]\(": "a link is `[words](address)`",
    r"\{\{|\}\}|\{%|%\}|\{ ?\w+(?:\.\w+)+ ?\}": "an expression is `{{ name }}`",
    r"</?[a-z]+ ?/?>": "bold is `**words**`; HTML is not read",
    r"^- ": "write `text:` and under it `items:`",
    "`": "write code between two backticks",
}


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for each text, at the first leftover of each sort."""
    for slide, text in subject.texts():
        words = "".join(" " if run.code else run.text for run in text.runs)
        if not _ANY.search(words):
            continue
        for sign, hint in _SIGNS.items():
            found = re.search(sign, words)
            if found:
                yield Finding(text.origin, f"`{found[0]}` is left in the text", hint, slide=slide.id)
