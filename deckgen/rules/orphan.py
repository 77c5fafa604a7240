"""Pages -> Findings: a last line that has only a short word.

What: a paragraph of several lines whose last line is one word, because no line can hold that word and the one before.
Why: the eye takes it for something of its own, and the slide looks unfinished.
Bad: a cell with `Internationalization-related you`, in a narrow column
Good: `Related to internationalization`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such paragraph."""
    for page, paragraph in subject.paragraphs():
        if paragraph.alone:
            word = paragraph.text.words.split()[-1]
            text = f"`{word}` is alone on the last line"
            yield Finding(paragraph.text.origin, text, "add or remove a word", slide=page.slide)
