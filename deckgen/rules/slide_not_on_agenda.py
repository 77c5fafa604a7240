"""Deck -> Findings: a slide that begins a talk which is not on the agenda.

What: in the section of the meeting's own slides, the first one, or a `statement`, that no item of the agenda names.
Why: the talk has no time, or the agenda names it wrongly.
Bad: `slides: {push-and-pull: {kind: statement, ...}}` and no item for it
Good: `agenda: [{item: Push And Pull, minutes: 15, slide: push-and-pull}]`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.statement import Statement
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every talk that is not on the agenda."""
    agenda = subject.agenda()
    items = agenda.items if agenda else ()
    named = {item.slide for item in items} | {item.topic.words.casefold() for item in items}
    talking = False
    for slide in subject.deck.slides:
        if not items or slide.section not in _own_sections(subject):
            talking = False
        elif slide.id in named or slide.title.words.casefold() in named:
            talking = True
        elif isinstance(slide, Statement) or not talking:
            talking = True
            message = f"no item of the agenda has `slide: {slide.id}`"
            yield Finding(slide.origin, message, f"add `slide: {slide.id}` to the item of this talk", slide=slide.id)


def _own_sections(subject: Subject) -> set[str]:
    sections = subject.meeting.settings.get("sections") or ()
    return {text_of(section.get("name")) for section in sections if section.get("own")}
