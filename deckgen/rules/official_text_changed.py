"""Deck -> Findings: an official text that differs from the one of the meeting's time.

What: words or links of a slide differ from those under `slides` in templates/rules.yaml.
Why: an official text is to be shown as it is, with its links, and nothing added.
Bad: `- BCP 9 Internet Standards Process)`
Good: `- BCP 9 (Internet Standards Process)`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from deckgen.base import Meta, field
from deckgen.deck.inline import read_text
from deckgen.deck.kinds import Slide, texts
from deckgen.deck.model import Text
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import Source


class Version(rule_options.Span, kw_only=True):
    """The official text, as it is for some meetings."""

    lines: Annotated[tuple[str, ...], Meta(description="The text, paragraph by paragraph.")]


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    slides: Annotated[
        dict[str, tuple[Version, ...]], Meta(description="The official text of a slide, by its id and by meeting.")
    ] = field(default_factory=dict)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem at the first line of each official slide that differs."""
    for slide in subject.deck.slides:
        versions = options.slides.get(slide.id, ())
        version = next((one for one in versions if one.holds(subject.meeting)), None)
        if version is not None:
            problem = _difference(slide, version.lines)
            yield from [problem] if problem else []


def _difference(slide: Slide, lines: Sequence[str]) -> Finding | None:
    """The problem at the first line that differs."""
    shown = texts(slide)[1:]
    expected = [read_text(Source(line, slide.origin), None) for line in lines]
    for paragraph, official in zip(shown, expected, strict=False):
        if paragraph.words != official.words:
            message = f"`{_from(paragraph.words, official.words)}` is not the official text"
            return Finding(
                paragraph.origin, message, f"write `{_from(official.words, paragraph.words)}`", slide=slide.id
            )
        if not set(_links(official)) <= set(_links(paragraph)):
            link = next(link for link in _links(official) if link not in _links(paragraph))
            return Finding(paragraph.origin, f"the link to {link} is missing", slide=slide.id)
    if len(shown) > len(expected):
        return Finding(shown[len(expected)].origin, "the official text ends before this line", slide=slide.id)
    if len(shown) < len(expected):
        message = f"the official text goes on: `{expected[len(shown)].words[:60]}`"
        return Finding(slide.origin, message, slide=slide.id)
    return None


def _from(words: str, other: str) -> str:
    """The words from a little before the first difference."""
    at = next((i for i, (a, b) in enumerate(zip(words, other, strict=False)) if a != b), min(len(words), len(other)))
    start = words.rfind(" ", 0, max(0, at - 10)) + 1
    return words[start : at + 30]


def _links(text: Text) -> list[str]:
    return [run.link for run in text.runs if run.link]
