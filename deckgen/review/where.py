"""Problem × Meeting -> the slide that a problem belongs to, by the content of the files and not by nearby lines."""

from __future__ import annotations

from deckgen.expressions import names_in
from deckgen.meeting import TEMPLATES, Meeting
from deckgen.problems import Problem
from deckgen.source import Source

_SLIDES = f"{TEMPLATES}/slides/"


def slide_of(problem: Problem, meeting: Meeting | None) -> str:
    """The id of the slide of a problem; empty if it belongs to no slide, or to the whole deck.

    A problem names its slide, or is in the template of one, under its key in the meeting's file, or in a fact
    that its template uses.
    """
    if problem.slide:
        return problem.slide
    for origin in (problem.origin, problem.origin.through):
        if origin and origin.path.startswith(_SLIDES):
            return origin.path.removeprefix(_SLIDES).removesuffix(".yaml")
    if meeting is None:
        return ""
    layer = next((one for one in meeting.layers if one.origin.path == problem.origin.path), None)
    key = _key_above(layer, problem.origin.line)
    if layer is None or not key:
        return ""
    return _key_above(layer.get("slides"), problem.origin.line) if key == "slides" else _shows(key, meeting)


def _key_above(source: Source | None, line: int) -> str:
    """The key of a mapping whose value contains a line."""
    keys = [(source.key_origin(key).line, key) for key, _ in source.items()] if source else []
    return max((one for one in keys if one[0] <= line), default=(0, ""))[1]


def _shows(fact: str, meeting: Meeting) -> str:
    """The slide that shows a fact: the one with its name, else the first that uses it."""
    using = [id for id, slide in meeting.slides.items() if fact in names_in(slide)]
    named = fact.replace("_", "-")
    return named if named in using else next(iter(using), "")
