"""SVG bytes -> Picture with its words; nothing in it runs, loads other files, or draws without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category, normalize

from deckgen.base.characters import REFUSED, named
from deckgen.deck.glyphs import HYPHENS, missing_glyphs
from deckgen.deck.model import Picture
from deckgen.problems import Origin, fatal

MAX_ELEMENTS = 50_000  # those that `use` repeats count each time
MAX_CHARACTERS = 10_000
_NAMESPACE = "{http://www.w3.org/2000/svg}"
# The elements that are allowed; those that run, load, animate or filter are not.
_ALLOWED = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    )
)
_REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^)'\"]+)")
_FILTER = re.compile(r"filter\s*:\s*(?!none)")
_SELECTORS = re.compile(
    "[\u034f\u180b-\u180d\u180f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_SEPARATOR = "\u200c"  # ZERO WIDTH NON-JOINER: no ligature and no script combines what is beside it
_PLACES = ("x", "y", "dx", "dy", "rotate")
_STOPPING = re.compile("[\x85\u1680\u2028\u2029]")  # white space that fonts lack
_HINT = "save it as a plain SVG, or as a PNG"


def read_svg(data: bytes, alt: str, origin: Origin) -> Picture:
    """The drawing as UTF-8, its size in pixels, and its words. Raises DeckError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise fatal(origin, "bad-picture", f"the file is not an SVG: {error.msg[:100]}", _HINT) from None
    except ValueError:
        raise fatal(origin, "bad-picture", "the file is not an SVG", _HINT) from None
    if root.tag != f"{_NAMESPACE}svg":
        raise fatal(origin, "bad-picture", "the file is not an SVG", _HINT)
    doctype: Any = root.getroottree().docinfo.internalDTD
    if doctype is not None and list(doctype.iterentities()):
        raise fatal(origin, "unsafe-picture", "the SVG declares entities", _HINT)
    _drop_foreign(root)
    _refuse_html(root, origin)
    for element in root.iter():
        _refuse_active(element, origin)
    _refuse_endless(root, origin)
    width, height = _size(root, origin)
    words = _words(root, origin)
    _leave_out_marks(root)
    plain = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    return Picture(plain, "svg", width, height, alt, origin, words=words)


def _drop_foreign(root: Any) -> None:
    """Remove the metadata of drawing programs, and processing instructions."""
    for element in list(root.iter()):
        foreign = not isinstance(element.tag, str) or not element.tag.startswith(_NAMESPACE)
        if foreign and element.getparent() is not None:
            _remove(element)


def _remove(element: Any) -> None:
    """Remove an element, and keep the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _refuse_html(root: Any, origin: Origin) -> None:
    """Refuse HTML, which draw.io and Mermaid write for labels and only browsers draw."""
    if root.find(f".//{_NAMESPACE}foreignObject") is not None:
        message = "the SVG has a `foreignObject` element: HTML, which is not drawn"
        raise fatal(origin, "unsafe-picture", message, "export it as PNG, or without HTML labels")


def _refuse_active(element: Any, origin: Origin) -> None:
    tag = element.tag.removeprefix(_NAMESPACE)
    if tag == "a":
        hint = "take the links out of it, or save it as a PNG"
        raise fatal(origin, "unsafe-picture", "the SVG has an `a` element: links in drawings do not work", hint)
    if tag not in _ALLOWED:
        raise fatal(origin, "unsafe-picture", f"the SVG has a `{tag}` element, which is not allowed", _HINT)
    if tag == "style" and ("url(" in (element.text or "").lower() or _reaches_out(element.text or "")):
        raise fatal(origin, "unsafe-picture", "the SVG has a style that refers to something outside it", _HINT)
    for name, value in element.attrib.items():
        key = name.rpartition("}")[2].lower()
        outside = key in ("href", "src") and not value.strip().startswith("#")
        if key == "filter" and value.strip() != "none":
            raise fatal(origin, "unsafe-picture", "the SVG has a filter, which is not allowed", _HINT)
        if key.startswith("on") or key == "base" or outside or _reaches_out(value):
            raise fatal(
                origin, "unsafe-picture", f"the SVG has `{key}`, which refers to something outside it or runs", _HINT
            )


def _reaches_out(style: str) -> bool:
    """Whether a style names anything outside the drawing; a backslash could hide that it does."""
    plain = style.lower()
    return bool(
        "\\" in plain
        or _FILTER.search(plain)
        or "@import" in plain
        or "@font-face" in plain
        or "javascript:" in plain
        or plain.count("url(") != len(_REFERENCE.findall(plain))
    )


def _refuse_endless(root: Any, origin: Origin) -> None:
    """Refuse drawings that repeat their parts too often, such as ten times ten times ten times."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Any, int] = {}

    def cost(element: Any, inside: frozenset[Any]) -> int:
        if element in inside:
            raise fatal(origin, "unsafe-picture", "the SVG draws a part of itself inside that part", _HINT)
        if element not in known:
            parts = [*element, *(by_id[id] for id in _references(element) if id in by_id)]
            known[element] = 1 + sum(cost(part, inside | {element}) for part in parts)
        return known[element]

    try:
        total = cost(root, frozenset())
    except RecursionError:
        total = MAX_ELEMENTS + 1
    if total > MAX_ELEMENTS:
        raise fatal(origin, "unsafe-picture", f"the SVG draws more than {MAX_ELEMENTS:,} elements", _HINT)


def _references(element: Any) -> Iterator[str]:
    """The ids of the parts that an element uses."""
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == "href":
            yield value.strip().removeprefix("#")
        yield from (found.strip() for found in _REFERENCE.findall(value))


def _words(root: Any, origin: Origin) -> str:
    """The words in the drawing, in the order of the file; each line begins a new word."""
    texts = [_line(text) for text in root.iter(f"{_NAMESPACE}text")]
    words = " ".join(filter(None, texts))
    if len(words) > MAX_CHARACTERS:
        raise fatal(origin, "bad-picture", f"the SVG has more than {MAX_CHARACTERS:,} characters", "save it as a PNG")
    found = REFUSED.search(words)
    if found:
        raise fatal(
            origin,
            "control-character",
            f"the SVG has the character {named(found[0])}, which is not allowed",
            "delete it",
        )
    return words


def _leave_out_marks(root: Any) -> None:
    """Take out what stops a drawing: selectors and joiners, and marks that the font lacks on letters that it has."""
    for text in root.iter(f"{_NAMESPACE}text"):
        for element in text.iter():
            element.text = _without_marks(element.text or "")
            element.tail = _without_marks(element.tail or "")


def _without_marks(text: str) -> str:
    kept = ""
    for letter in _STOPPING.sub(" ", normalize("NFC", _SELECTORS.sub("", text.translate(HYPHENS)))):
        mark = category(letter).startswith("M") and missing_glyphs(letter)
        if not mark or (kept and missing_glyphs(kept[-1])):
            kept += letter
    return kept


def with_letters_apart(data: bytes, letters: str) -> bytes:
    """The drawing with an unseen character between the others in each text that has some of `letters`, without marks.

    A text that places its characters one by one stays as it is, because the unseen ones would take their places.
    """
    if not letters:
        return data
    from lxml import etree

    root = etree.fromstring(data)
    for text in root.iter(f"{_NAMESPACE}text"):
        placed = (len(one.get(name, "").replace(",", " ").split()) > 1 for one in text.iter() for name in _PLACES)
        if set(letters).isdisjoint("".join(text.itertext())) or any(placed):
            continue
        for element in text.iter():
            element.text = _apart(element.text or "")
            element.tail = element.tail if element is text else _apart(element.tail or "")
    apart: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    return apart


def _apart(text: str) -> str:
    return _SEPARATOR.join(letter for letter in text if not category(letter).startswith("M"))


def _line(text: Any) -> str:
    return " ".join("".join(_pieces(text)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag.removeprefix(_NAMESPACE) in ("tspan", "textPath"):
            yield " " if child.get("x") or child.get("y") else ""
            yield from _pieces(child)
        yield child.tail or ""


def _size(root: Any, origin: Origin) -> tuple[int, int]:
    box = str(root.get("viewBox", "")).replace(",", " ").split()
    numbers = [_length(root.get("width")), _length(root.get("height"))]
    if len(box) == 4 and not all(numbers):
        numbers = [_length(box[2]), _length(box[3])]
    if not all(numbers) or max(numbers) > 100_000 or max(numbers) > 1000 * min(numbers):
        raise fatal(origin, "bad-picture", "the SVG has neither a width and height nor a viewBox")
    return max(1, round(numbers[0])), max(1, round(numbers[1]))


def _length(text: str | None) -> float:
    """A length in pixels; 0 if it depends on the page around the drawing."""
    digits = str(text or "").strip()
    unit = next((unit for unit in _UNITS if digits.endswith(unit)), "")
    try:
        number = float(digits.removesuffix(unit)) * _UNITS.get(unit, 1)
    except ValueError:
        return 0.0
    return number if 0 < number < float("inf") else 0.0


_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
