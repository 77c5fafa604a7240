"""Deck -> Findings: a recurring slide that is left out because its facts are unknown.

What: the `when` of a slide uses a fact that neither the facts file nor the meeting's own file has.
Why: a missing slide looks as if nothing happened.
Bad: a deck without "Changes", and no `changes` anywhere
Good: `changes: {}` if nothing changed, or `changes: null` if nobody will know
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.meeting import variables
from deckgen.problems import Origin, nearest_word
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of

_NOTHING = {"object": "{}", "array": "[]", "integer": "0"}


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A warning for every such slide, at the meeting's file."""
    meeting, own = subject.meeting, subject.meeting.layers[-1]
    declared = dict(meeting.declared.items())
    misspelt = {nearest_word(key, declared) for key, _ in own.without("slides").items() if key not in declared}
    for slide in subject.deck.without_facts:
        reported = {fact.partition(":")[0] for fact in slide.facts} & {*meeting.unsound, *misspelt}
        if reported:
            continue
        text = f"slide `{slide.id}` is left out: no file has {' or '.join(f'`{fact}`' for fact in slide.facts)}"
        hint = f"{_to_type(slide.facts[0], meeting.declared, meeting.name)}; `slides: {{{slide.id}: null}}`"
        yield Finding(_place(own, slide.facts[0]), text, f"{hint} leaves it out for good", slide=slide.id)


def _place(own: Source, fact: str) -> Origin:
    """Where the meeting's own file has another part of a fact, or else the whole file."""
    key = fact.partition(":")[0]
    return own.key_origin(key) if own.get(key) else Origin(own.origin.path)


def _to_type(fact: str, declared: Source, meeting: str) -> str:
    """How to supply the fact: fetch it, write it, or write that it is empty."""
    key, _, part = fact.partition(": ")
    whole = declared.get(key) or declared
    parts = whole.get("properties")
    schema = parts.get(part) if part and parts else whole
    kind = schema.get("type") if schema else None
    nothing = _NOTHING.get(text_of(kind), "")
    ways = [] if whole.get("by_hand") else [f"run `make fetch {variables(meeting)}`"]
    ways.append("write it")
    if nothing:
        example = f"{key}: {{{part}: {nothing}}}" if part else f"{key}: {nothing}"
        ways.append(f"or write `{example}` if {text_of(whole.get('empty'), 'there are none')}")
    return ", ".join(ways)
