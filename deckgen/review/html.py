"""Report -> the review as one HTML page that needs nothing else: every text from a deck is escaped here."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from deckgen.layout.pages import Page
from deckgen.problems import Origin, Problem
from deckgen.review.look import read_lines
from deckgen.review.matching import Comparison, Mark
from deckgen.review.places import Places
from deckgen.review.report import Report, Shown, counted
from deckgen.review.words import Change

# Nothing may be loaded and only what stands in the page may run, whatever a deck says.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'"
_LABELS = {"side": "Side by side", "slider": "Slider", "blink": "Blink"}


def write_html(report: Report) -> str:
    """The page."""
    folder = Path(__file__).parent
    style, script = ((folder / name).read_text("utf-8") for name in ("page.css", "page.js"))
    body = "\n".join(
        [
            _head(report),
            _bar(report),
            "<main>",
            _problems(report),
            _wanted(report),
            _overview(report),
            *(_slide(one, report) for one in report.shown),
            "</main>",
        ]
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Review: {escape(report.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _head(report: Report) -> str:
    counts = "".join(f'<li class="{mark}"><b>{count}</b> {mark}</li>' for mark, count in report.counts.items())
    against = f", compared with <b>{escape(report.against)}</b>" if report.against else ""
    notices = "".join(f'<p class="notice">{escape(notice)}</p>' for notice in report.notices)
    return (
        f'<header class="top"><p class="eyebrow">Review · IETF {report.number}</p>'
        f'<h1 lang="{escape(report.language)}">{escape(report.title)}</h1>'
        f"<p>{counted(report.pages, 'page')}{against}</p>"
        + (f'<ul class="counts">{counts}</ul>' if counts else "")
        + f"{notices}</header>"
    )


def _bar(report: Report) -> str:
    """What steps through the slides; it appears when the script runs."""
    only = (
        '<button type="button" id="only" aria-pressed="false">Changed only <kbd>c</kbd></button>'
        if report.against
        else ""
    )
    return (
        '<nav class="bar" aria-label="Slides" hidden>'
        '<button type="button" id="back"><kbd>k</kbd> Previous</button>'
        '<button type="button" id="on">Next <kbd>j</kbd></button>'
        f'{only}<span id="where" role="status"></span></nav>'
    )


def _problems(report: Report) -> str:
    apart = "missing-figure"  # what is wanted has a list of its own
    items = "".join(_problem(problem, report, to) for problem, to in report.problems if problem.rule != apart)
    if not items:
        return ""
    return _section("problems", "Problems", f'<ul class="problems">{items}</ul>')


def _problem(problem: Problem, report: Report, slide: str = "") -> str:
    hint = f'<span class="hint">{_said(problem.hint)}</span>' if problem.hint else ""
    to = f' <a href="#{escape(slide)}">see the slide</a>' if slide else ""
    return (
        f'<li class="{problem.severity}"><b>{problem.severity}</b> {_said(problem.text)} '
        f'<code class="rule">{escape(problem.rule)}</code> {_place(problem.origin, report.now)}{to}{hint}</li>'
    )


def _said(text: str) -> str:
    """A message, with what it quotes between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _wanted(report: Report) -> str:
    if not report.wanted:
        return ""
    items = "".join(
        f'<li><a href="#{escape(_anchor(one.slide))}">{escape(one.title)}</a>: {escape(one.told)} '
        f"{_place(one.origin, report.now)}</li>"
        for one in report.wanted
    )
    return _section("wanted", "Still to come, and whom to ask", f'<ul class="plain">{items}</ul>')


def _overview(report: Report) -> str:
    items = "".join(_thumb(one, report) for one in report.shown)
    return _section("overview", "Overview", f'<ol class="sheet">{items}</ol>')


def _section(id: str, heading: str, content: str) -> str:
    return f'<section aria-labelledby="{id}"><h2 id="{id}">{heading}</h2>{content}</section>'


def _thumb(one: Shown, report: Report) -> str:
    comparison = one.comparison
    page = comparison.page
    fault = f'<span class="fault">{counted(len(one.problems), "problem")}</span>' if one.problems else ""
    return (
        f"<li{_state(comparison, report)}><a href='#{escape(_anchor(comparison.key))}'>"
        f'{_image(one.drawn.thumb, "")}<span class="name"><span class="number">{_number(comparison)}</span> '
        f'{escape(page.title)}</span><span class="marks">{_marks(comparison, report)}{fault}</span></a></li>'
    )


def _slide(one: Shown, report: Report) -> str:
    comparison, page = one.comparison, one.comparison.page
    places = report.now if comparison.new else report.before
    return (
        f'<article id="{escape(_anchor(comparison.key))}"{_state(comparison, report)} tabindex="-1" '
        f'aria-labelledby="title-{escape(comparison.key)}"><header><h2 id="title-{escape(comparison.key)}">'
        f'<span class="number">{_number(comparison)}</span> {escape(page.title)}</h2>'
        f'<p class="marks">{_marks(comparison, report)} <span class="id">{escape(page.section)} · '
        f"{escape(page.slide)}</span> {_place(page.origin, places)}</p></header>"
        f'<div class="{"beside" if one.drawn.old and one.drawn.new else "alone"}">{_stage(one)}'
        f'<div class="about">{"".join(_about(one, report, places))}</div></div></article>'
    )


def _stage(one: Shown) -> str:
    page, drawn = one.comparison.page, one.drawn
    if not (drawn.old and drawn.new):
        caption = "" if drawn.new else "<figcaption>Before</figcaption>"
        return f'<div class="stage"><figure>{_image(drawn.new or drawn.old, _alt(page))}{caption}</figure></div>'
    buttons = "".join(f'<button type="button" data-view="{view}">{label}</button>' for view, label in _LABELS.items())
    tint = _image(drawn.tint, "", "tint") if drawn.tint else ""
    switch = '<button type="button" data-tint aria-pressed="true">Tint <kbd>t</kbd></button>' if tint else ""
    old = one.comparison.old
    return (
        f'<div class="stage" data-view="side"><div class="tools" role="group" aria-label="How to compare" hidden>'
        f'{buttons}{switch}</div><div class="pair">'
        f'<figure class="old">{_image(drawn.old, f"Before: {_alt(old or page)}")}'
        "<figcaption>Before</figcaption></figure>"
        f'<figure class="new"><div class="canvas">{_image(drawn.new, f"Now: {_alt(page)}")}{tint}</div>'
        "<figcaption>Now</figcaption></figure></div>"
        '<label class="slider" hidden>Before<input type="range" min="0" max="100" value="50" '
        'aria-label="How much of the old slide is shown">Now</label></div>'
    )


def _about(one: Shown, report: Report, places: Places) -> Iterator[str]:
    comparison, page = one.comparison, one.comparison.page
    if one.problems:
        yield f'<ul class="problems">{"".join(_problem(problem, report) for problem in one.problems)}</ul>'
    if comparison.words:
        yield f'<h3>Words</h3><ul class="words">{_changes(comparison.words)}</ul>'
    elif "changed" in comparison.marks and not comparison.notes:
        yield '<p class="quiet">The words are the same; the look is not.</p>'
    if comparison.notes:
        yield f'<h3>Speaker notes</h3><ul class="words">{_changes(comparison.notes)}</ul>'
    elif page.notes:
        yield f'<h3>Speaker notes</h3><p class="notes">{escape(page.notes)}</p>'
    yield _sources(page, places)


def _sources(page: Page, places: Places) -> str:
    items = "".join(f"<li>{escape(line.words)} {_place(line.origin, places)}</li>" for line in read_lines(page))
    return f"<details><summary>All words, and where they come from</summary><ul class='plain'>{items}</ul></details>"


def _changes(changes: Sequence[Change]) -> str:
    tags = {"same": ("", ""), "old": ("<del>", "</del>"), "new": ("<ins>", "</ins>")}
    return "".join(
        "<li>" + "".join(f"{tags[p.sign][0]}{escape(p.words)}{tags[p.sign][1]}" for p in change.pieces) + "</li>"
        for change in changes
    )


def _place(origin: Origin, places: Places) -> str:
    """A place as a link, and the template it passed through."""
    ways = [origin, *([origin.through] if origin.through else [])]
    return '<span class="place">' + " through ".join(_link(way, places) for way in ways) + "</span>"


def _link(origin: Origin, places: Places) -> str:
    text = f"{origin.path}:{origin.line}" if origin.line else origin.path
    address = places.link(origin)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else f"<span>{escape(text)}</span>"


def _marks(comparison: Comparison, report: Report) -> str:
    marks: Iterable[Mark] = comparison.marks if report.against else ()
    return "".join(f'<span class="mark {mark}">{mark}</span>' for mark in marks)


def _state(comparison: Comparison, report: Report) -> str:
    differs = " data-differs" if report.against and comparison.differs else ""
    return f' class="slide {" ".join(comparison.marks)}"{differs}' if report.against else ' class="slide"'


def _number(comparison: Comparison) -> str:
    return str(comparison.page.number) if comparison.new else "–"


def _anchor(key: str) -> str:
    return f"slide-{key}"


def _alt(page: Page) -> str:
    return f"page {page.number}, {page.title}; its words are in the list below"


def _image(data: bytes, alt: str, class_: str = "") -> str:
    if not data:
        return ""
    type_ = "webp" if data.startswith(b"RIFF") else "png"
    width, height = _size(data)
    name = f' class="{class_}"' if class_ else ""
    coded = base64.b64encode(data).decode("ascii")
    return (
        f'<img{name} src="data:image/{type_};base64,{coded}" alt="{escape(alt)}" width="{width}" height="{height}" '
        'loading="lazy" decoding="async">'
    )


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.size
