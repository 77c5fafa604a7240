"""Edits as a person makes them in PowerPoint, made by python-pptx: one small function for each, by deck and name."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from support.pictures import raster

Edit = Callable[[Any], None]
ADDED = "https://www.rfc-editor.org/info/rfc9000"


# -- What is edited ------------------------------------------------------------
def slide(deck: Any, title: str) -> Any:
    """The slide whose title begins so."""
    return next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith(title))


def paragraph(deck: Any, words: str) -> Any:
    """The first paragraph with these words, in a text or in a cell."""
    for found in deck.slides:
        for one in found._element.iter(qn("a:p")):
            if words in "".join(t.text or "" for t in one.iter(qn("a:t"))):
                return one
    raise LookupError(words)


def reword(deck: Any, old: str, new: str) -> None:
    """Other words in the run that has the old ones."""
    for found in deck.slides:
        for text in found._element.iter(qn("a:t")):
            if text.text and old in text.text.replace("\u00a0", " "):
                text.text = text.text.replace("\u00a0", " ").replace(old, new, 1)
                return
    raise LookupError(old)


def add_after(deck: Any, words: str, *lines: str, level: int | None = None) -> None:
    """New paragraphs after the one with these words, as the Enter key makes them."""
    last = paragraph(deck, words)
    for line in lines:
        new = deepcopy(last)
        texts = list(new.iter(qn("a:t")))
        texts[0].text = line
        for extra in texts[1:]:
            extra.getparent().getparent().remove(extra.getparent())
        for link in list(new.iter(qn("a:hlinkClick"))):
            link.getparent().remove(link)
        if level is not None:
            new.get_or_add_pPr().set("lvl", str(level))
        last.addnext(new)
        last = new


def remove(deck: Any, *words: str) -> None:
    """Delete paragraphs."""
    for one in words:
        found = paragraph(deck, one)
        body = found.getparent()
        body.remove(found)
        if body.find(qn("a:p")) is None:
            body.append(body.makeelement(qn("a:p"), {}))


def move(deck: Any, words: str, after: str) -> None:
    """Cut a paragraph and paste it after another."""
    paragraph(deck, after).addnext(paragraph(deck, words))


def indent(deck: Any, words: str, level: int) -> None:
    """The Tab key in a list."""
    paragraph(deck, words).get_or_add_pPr().set("lvl", str(level))


def style(deck: Any, words: str, **look: Any) -> None:
    """Select some words of a paragraph and make them bold, italic or a link."""
    for one in deck.slides:
        for shape in one.shapes:
            for found in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in found.runs:
                    if words in run.text:
                        _split(found, run, words, look)
                        return
    raise LookupError(words)


def _split(found: Any, run: Any, words: str, look: dict[str, Any]) -> None:
    before, _, after = run.text.partition(words)
    middle, last = deepcopy(run._r), deepcopy(run._r)
    run.text = before
    run._r.addnext(middle)
    middle.addnext(last)
    runs = {id(one._r): one for one in found.runs}
    runs[id(last)].text = after
    chosen = runs[id(middle)]
    chosen.text = words
    if "link" in look:
        chosen.hyperlink.address = look["link"]
    for name in ("bold", "italic"):
        if name in look:
            setattr(chosen.font, name, look[name])
    for one in (run._r, last):
        if not (one.text or ""):
            one.getparent().remove(one)


def row(deck: Any, title: str, number: int) -> Any:
    """A row of the table on a slide."""
    return next(shape for shape in slide(deck, title).shapes if shape.has_table).table._tbl.tr_lst[number]


def add_row(deck: Any, title: str, after: int, *cells: str) -> None:
    """A new row, as PowerPoint inserts it."""
    old = row(deck, title, after)
    new = deepcopy(old)
    for cell, words in zip(new.iter(qn("a:tc")), cells, strict=True):
        paragraphs = cell.findall(f"{qn('a:txBody')}/{qn('a:p')}")
        for extra in paragraphs[1:]:
            extra.getparent().remove(extra)
        runs = paragraphs[0].findall(qn("a:r"))
        for extra in runs[1:]:
            paragraphs[0].remove(extra)
        if runs:
            runs[0].find(qn("a:t")).text = words
        elif words:
            made = paragraphs[0].makeelement(qn("a:r"), {})
            text = made.makeelement(qn("a:t"), {})
            text.text = words
            made.append(text)
            paragraphs[0].insert(0, made)
        for link in list(cell.iter(qn("a:hlinkClick"))):
            link.getparent().remove(link)
    old.addnext(new)


def remove_row(deck: Any, title: str, number: int) -> None:
    """Delete a row."""
    gone = row(deck, title, number)
    gone.getparent().remove(gone)


def remove_slide(deck: Any, title: str) -> None:
    """Delete a slide."""
    entry = _entry(deck, title)
    entry.getparent().remove(entry)


def move_slide(deck: Any, title: str, after: str) -> None:
    """Drag a slide behind another."""
    _entry(deck, after).addnext(_entry(deck, title))


def _entry(deck: Any, title: str) -> Any:
    part = slide(deck, title).part
    return next(one for one in deck.part._element.sldIdLst if deck.part.related_part(one.rId) is part)


def add_slide(deck: Any, title: str, after: str, layout: str = "Bullets", lines: tuple[str, ...] = ()) -> Any:
    """A new slide with a title and bullets."""
    new = deck.slides.add_slide(next(one for one in deck.slide_layouts if one.name == layout))
    new.shapes.title.text_frame.text = title
    body = next((one for one in new.placeholders if one.placeholder_format.idx == 1 and one.has_text_frame), None)
    if lines and body is not None:
        body.text_frame.text = lines[0]
        for line in lines[1:]:
            body.text_frame.add_paragraph().text = line
    for shape in list(new.placeholders):
        if shape.has_text_frame and not shape.text_frame.text.strip():
            shape._element.getparent().remove(shape._element)
    move_slide(deck, title, after)
    return new


def duplicate(deck: Any, title: str, words: str = "") -> None:
    """Ctrl-D on a slide, and another title."""
    old = slide(deck, title)
    new = deck.slides.add_slide(old.slide_layout)
    for shape in list(new.shapes):
        shape._element.getparent().remove(shape._element)
    for shape in old.shapes:
        new.shapes._spTree.append(deepcopy(shape._element))
    if words:
        texts = list(new.shapes.title._element.iter(qn("a:t")))
        texts[0].text = words
        for extra in texts[1:]:
            extra.text = ""
    entries = deck.part._element.sldIdLst
    _entry(deck, title).addnext(entries[-1])


def hide(deck: Any, title: str, shown: bool = False) -> None:
    """Hide a slide, or show it again."""
    slide(deck, title)._element.set("show", "1" if shown else "0")


def note(deck: Any, title: str, words: str) -> None:
    """Write speaker notes."""
    slide(deck, title).notes_slide.notes_text_frame.text = words


def table_slide(deck: Any, title: str, after: str) -> None:
    """A new slide with a table."""
    new = add_slide(deck, title, after)
    frame = new.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(8), Inches(1))
    for at, words in {(0, 0): "Name", (0, 1): "Status", (1, 0): "A draft", (1, 1): "new"}.items():
        frame.table.cell(*at).text = words


def picture_slide(deck: Any, title: str, after: str) -> None:
    """A new slide with a picture."""
    new = add_slide(deck, title, after)
    shape = new.shapes.add_picture(io.BytesIO(raster(640, 480, "#006d77")), Inches(2), Inches(2))
    shape._element.nvPicPr.cNvPr.set("descr", "A green field")


# -- The edits -----------------------------------------------------------------
def all_of(*edits: Edit) -> Edit:
    """Several edits in one file."""

    def edit(deck: Any) -> None:
        for one in edits:
            one(deck)

    return edit


def _none(_: Any) -> None:
    """Only save the file."""


OWN = "Securing TOTP"
EDITS: dict[str, dict[str, Edit]] = {
    "124": {
        "nothing": _none,
        "a word of a title of the meeting's own": lambda d: reword(d, "TOTP QR", "TOTP and QR"),
        "a word of a title from a template": lambda d: reword(d, "Any other Business", "Any Other Business"),
        "a word between expressions of a title": lambda d: reword(d, "Meeting Tips", "Tips for the Meeting"),
        "an outcome of DISPATCH": lambda d: reword(d, "the saag list", "the saag list, and a BOF"),
        "a title of a proposal": lambda d: reword(d, "TESLA update", "TESLA, an update"),
        "a key of a mapping of facts": lambda d: reword(d, "SFrame", "SFrame over QUIC"),
        "a bullet of a template": lambda d: reword(d, "Use of a headset", "The use of a headset"),
        "a bullet with a colon": lambda d: reword(d, "Use of a headset is", "Headsets: they are"),
        "a bullet that looks like an expression": lambda d: reword(d, "Use of a headset", "{{ meeting }} {% if %}"),
        "a bullet that looks like Markdown": lambda d: reword(d, "Use of a headset", "*Use* of _a_ `headset` [x](y)"),
        "a bullet that begins with a sign": lambda d: reword(d, "Use of a headset", "- # & * headset"),
        "a topic of the agenda": lambda d: reword(d, "Open Mic", "Open microphone"),
        "a speaker of the agenda": lambda d: reword(d, "chairs/ADs", "chairs and ADs"),
        "a clock": lambda d: reword(d, "09:35", "09:40"),
        "the remaining time": lambda d: reword(d, "remaining", "the rest"),
        "a fact joined with others": lambda d: reword(d, "SEAT (the former", "SEAT (once the"),
        "notes changed": lambda d: note(d, "Agenda", "Minute taker: somebody else"),
        "notes of several lines": lambda d: note(d, "Agenda", "Minute taker: Mike Ounsworth\nScribe: nobody yet"),
        "notes added": lambda d: note(d, OWN, "Ask for #questions: now"),
        "notes removed": lambda d: note(d, "Agenda", ""),
        "a bullet added at the end": lambda d: add_after(d, "Use of a headset", "Mute yourself"),
        "a bullet added in the middle": lambda d: add_after(d, "join the mic queue", "leave the mic queue"),
        "a bullet removed": lambda d: remove(d, "participate in shows of hands"),
        "a bullet moved": lambda d: move(d, "Keep audio and video off", "Make sure to sign into"),
        "a bullet indented": lambda d: indent(d, "Keep audio and video off", 1),
        "a row added": lambda d: add_row(d, "Security related", 2, "A new proposal", "a BOF"),
        "a row removed": lambda d: remove_row(d, "Security related", 3),
        "a row of a mapping added": lambda d: add_row(d, "AD sponsored", 3, "draft-new-one", "Deb Cooley", "new"),
        "a row of a mapping removed": lambda d: remove_row(d, "AD sponsored", 2),
        "a row of a computed table removed": lambda d: remove_row(d, "WG Changes", 2),
        "a slide removed": lambda d: remove_slide(d, "Resources"),
        "a slide of the meeting's own removed": lambda d: remove_slide(d, OWN),
        "a slide moved": lambda d: move_slide(d, "Errata", "WG Changes"),
        "a slide of the meeting's own moved": lambda d: move_slide(d, OWN, "Agenda"),
        "two slides moved": all_of(
            lambda d: move_slide(d, "Errata", "WG Changes"), lambda d: move_slide(d, "AD sponsored", "Agenda")
        ),
        "a slide duplicated": lambda d: duplicate(d, OWN, "Securing TOTP again"),
        "a slide with bullets added": lambda d: add_slide(d, "What is next?", "Agenda", lines=("One: first", "Two")),
        "a slide with a table added": lambda d: table_slide(d, "A table of drafts", OWN),
        "a slide with a picture added": lambda d: picture_slide(d, "A picture", OWN),
        "two slides added in a row": all_of(
            lambda d: add_slide(d, "First new", "Agenda", lines=("1",)),
            lambda d: add_slide(d, "Second new", "First new", lines=("2",)),
        ),
        "a slide hidden": lambda d: hide(d, "Errata"),
        "bold": lambda d: style(d, "strongly", bold=True),
        "italic": lambda d: style(d, "strongly", italic=True),
        "a link": lambda d: style(d, "headset", link=ADDED),
        "a link that is not safe": lambda d: style(d, "headset", link="javascript:alert(1)"),
        "a link that hides its host": lambda d: style(d, "headset", link="https://ietf.org@evil.example/"),
        "words, a bullet, a row and a slide": all_of(
            lambda d: reword(d, "the saag list", "nothing yet"),
            lambda d: add_after(d, "Use of a headset", "Mute yourself"),
            lambda d: add_row(d, "Security related", 1, "A new proposal", "a BOF"),
            lambda d: remove_slide(d, "Resources"),
            lambda d: note(d, OWN, "Ask"),
        ),
    },
    "123": {
        "nothing": _none,
        "a bullet of the meeting's own": lambda d: reword(d, "Do not update, but make", "Keep it, and make"),
        "a bullet added": lambda d: add_after(d, "Do not update, but make", "Or do nothing"),
        "a nested bullet added": lambda d: add_after(d, "with inline content?", "with pictures?"),
        "a nested bullet removed": lambda d: remove(d, "with inline content?"),
        "a bullet put under another": lambda d: indent(d, "Do not update, but make", 1),
        "all nested bullets removed": lambda d: remove(d, "with inline content?", "with mostly normative references"),
        "a slide moved and its title changed": all_of(
            lambda d: move_slide(d, "Resources", "Agenda"), lambda d: reword(d, "Resources", "Links")
        ),
        "a slide hidden and another removed": all_of(
            lambda d: hide(d, "Helping"), lambda d: remove_slide(d, "Note Really Well")
        ),
    },
    "every kind": {
        "nothing": _none,
        "a nested bullet": lambda d: reword(d, "Under it, with more", "Under it, with much more"),
        "a bullet below a nested one": lambda d: add_after(d, "Two under it", "Three under it"),
        "a bullet of the first level": lambda d: add_after(d, "Two under it", "On top again", level=0),
        "a bullet of a flow list": lambda d: reword(d, "Three", "Three: four, five"),
        "a bullet added to a flow list": lambda d: add_after(d, "Two", "Two and a half"),
        "a bullet removed from a flow list": lambda d: remove(d, "Four"),
        "a heading of a group": lambda d: reword(d, "Left", "On the left"),
        "an entry of columns": lambda d: reword(d, "kitten", "kitties"),
        "an entry of columns removed": lambda d: remove(d, "kitten"),
        "a cell": lambda d: reword(d, "With the IESG", "With the RFC Editor"),
        "a number in a cell": lambda d: reword(d, "160", "161"),
        "a second line of a cell": lambda d: reword(d, "by the authors", "by its authors"),
        "a header": lambda d: reword(d, "Status", "State"),
        "a row in the middle": lambda d: add_row(d, "A table with a long", 1, "draft-x", "new", "1"),
        "the last row removed": lambda d: remove_row(d, "A table with a long", 2),
        "a key figure": lambda d: reword(d, "285", "286"),
        "a label of a key figure": lambda d: reword(d, "documents", "drafts"),
        "the words of a quote": lambda d: reword(d, "kings, presidents", "kings, queens, presidents"),
        "who is quoted": lambda d: reword(d, "David D. Clark", "Dave Clark"),
        "a footnote": lambda d: reword(d, "A line at the foot", "The line at the foot"),
        "a footnote removed": lambda d: remove(d, "A line at the foot"),
        "a callout": lambda d: reword(d, "Send summaries", "Send your summaries"),
        "a caption": lambda d: reword(d, "The caption of", "A caption of"),
        "a line of a statement": lambda d: reword(d, "Somebody", "Somebody else"),
        "a line added to a statement": lambda d: add_after(d, "Somebody", "and another"),
        "a line of code": lambda d: reword(d, "there()", "here()"),
        "a hidden slide shown": lambda d: hide(d, "A hidden slide", shown=True),
        "several at once": all_of(
            lambda d: reword(d, "Under it, with more", "Under it"),
            lambda d: add_after(d, "Two under it", "Three under it"),
            lambda d: reword(d, "kitten", "kitties"),
            lambda d: hide(d, "Key figures"),
            lambda d: note(d, "Columns", "Say nothing."),
        ),
    },
}


def edited(data: bytes, edit: Edit) -> bytes:
    """A PowerPoint after an edit, as python-pptx saves it."""
    deck = Presentation(io.BytesIO(data))
    edit(deck)
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()
