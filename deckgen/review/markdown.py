"""Report -> review.md: a short table for a job summary or a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Problem, one_line
from deckgen.review.places import Places
from deckgen.review.report import Report, Shown, summary

_MAX_EDITS = 160


def write_markdown(report: Report) -> str:
    """The review as a table of the slides that differ or have problems."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"## {_plain(report.title)}"
    yield ""
    yield f"{summary(report)}" + (f"; compared with {_plain(report.against)}." if report.against else ".")
    for notice in report.notices:
        yield from ("", f"> {_plain(notice)}")
    if report.look:
        yield from ("", f"{_plain(report.look)}")
    rows = [one for one in report.shown if _is_listed(one, report)]
    if rows:
        yield from ("", "| Slide | What changed | Problems |", "| --- | --- | --- |")
        yield from (_row(one, report) for one in rows)
    shown = {problem for one in rows for problem in one.problems}
    rest = [problem for problem, _ in report.problems if problem not in shown]
    if rest:
        yield from ("", *(f"- {_problem(problem, report.now)}" for problem in rest))
    if report.wanted:
        yield from ("", "Still to come:", "")
        yield from (f"- {_plain(one.title)}: {_plain(one.sentence)}" for one in report.wanted)


def _is_listed(one: Shown, report: Report) -> bool:
    differs = report.against and one.comparison.differs and not one.comparison.restyled
    return bool(one.problems or differs)


def _row(one: Shown, report: Report) -> str:
    comparison = one.comparison
    slide = f"{comparison.page.number}. {_plain(comparison.page.title)}"
    problems = "<br>".join(_problem(problem, report.now) for problem in one.problems)
    return f"| {slide} | {_change(one) if report.against and not comparison.restyled else ''} | {problems} |"


def _change(one: Shown) -> str:
    comparison = one.comparison
    marks = ", ".join(comparison.marks)
    if comparison.was_after:
        marks += f" (was after {_plain(comparison.was_after)})"
    edits = [f"{_plain(edit.name)}: {_pair(edit.old, edit.new)}" for edit in comparison.details]
    edits += [_pair(change.only("old"), change.only("new")) for change in comparison.words]
    edits += [f"note: {_pair(change.only('old'), change.only('new'))}" for change in comparison.notes]
    listed = "; ".join(_few(edits)) or ("only the look" if comparison.looks_other else "")
    return f"{marks}: {listed}" if listed else marks


def _pair(old: str, new: str) -> str:
    """The old text, struck out, and the new text."""
    return " → ".join([f"~~{_plain(old)}~~"] * bool(old) + [f"**{_plain(new)}**"] * bool(new))


def _few(edits: list[str]) -> list[str]:
    """The first edits, as many as fit a glance."""
    kept: list[str] = []
    for edit in edits:
        if sum(map(len, kept)) + len(edit) > _MAX_EDITS:
            return [*kept, f"and {len(edits) - len(kept)} more"] if kept else [f"{len(edits)} edits"]
        kept.append(edit)
    return kept


def _problem(problem: Problem, places: Places) -> str:
    where = _plain(str(problem.origin))
    link = places.link(problem.origin)
    place = f"[{where}]({link})" if link.startswith("http") else where
    return f"{problem.severity}: {_plain(problem.text)} ({place})"


def _plain(text: str) -> str:
    """Text that Markdown, HTML and the hosting site take as text: no markup, no link, no mention."""
    escaped = re.sub(r"([\\`*_\[\]<>|~#!&])", r"\\\1", one_line(" ".join(text.split())))
    return escaped.replace("@", "@\u200b").replace("://", ":\u200b//")
