"""Source of a slide -> what slides of all kinds have: the keys, the fields, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.base import Frozen, replace
from deckgen.deck.model import Group, Picture, Run, Text
from deckgen.deck.read import Reader, is_set
from deckgen.problems import Origin, fatal
from deckgen.schema.declare import NUMBERED, OPTIONAL, TEXT, Declaration, Schema, list_of, record, text
from deckgen.source import Source, text_of

COMMON = Declaration(
    "common",
    "the keys of every slide",
    {
        "kind": {"type": "string", "description": "The kind of slide.", "examples": ["bullets"]},
        "title": text("The title of the slide.", "Helping Out"),
        "tail": {
            **OPTIONAL,
            "description": "What follows the title in lighter type: the span, the source.",
            "examples": ["since spring"],
        },
        "notes": {
            "type": ["string", "null"],
            "description": "The speaker notes, which only the speaker sees; with emphasis and links, as any text.",
            "examples": ["Ask for a minute taker."],
        },
        "footnote": {**OPTIONAL, "description": "A line at the foot of the slide.", "examples": ["as of 2025-07-20"]},
        "qr": record(
            {
                "target": {
                    "type": "string",
                    "description": "The address in the code.",
                    "examples": ["https://www.example.org/agenda"],
                },
                "alt": text("The alt text, for those who cannot see it.", "QR code: the agenda"),
            },
            ("target",),
            "A QR code in the upper right corner.",
            examples=[{"target": "https://notes.example.org/", "alt": "QR code: the notes"}],
        ),
        "wanted": {
            **OPTIONAL,
            "description": "What is still missing; the build warns until this is null.",
            "examples": ["the chart of reviews"],
        },
        "show": {
            "type": "boolean",
            "default": False,
            "description": "Whether the slide is shown while it has nothing but `wanted`.",
            "examples": [True],
        },
        "ask": {
            **OPTIONAL,
            "description": "The person to ask for what is wanted.",
            "examples": ["the secretary"],
        },
        "hidden": {
            "type": "boolean",
            "default": False,
            "description": "Whether it is a hidden slide: in the PowerPoint, but neither in its show nor in the PDF.",
            "examples": [True],
        },
        "section": {
            "type": "string",
            "description": "The section of the slide sorter it belongs to; a meeting may name a new one.",
            "examples": ["Talks"],
        },
        "before": {
            "type": "string",
            "description": "The id of the slide that follows this one.",
            "examples": ["any-other-business"],
        },
        "after": {
            "type": "string",
            "description": "The id of the slide that this one follows.",
            "examples": ["agenda"],
        },
        "let": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            "additionalProperties": {},
            "description": "Names for values that the expressions of the slide use; each value is filled in once.",
            "examples": [{"topics": "{{ agenda | length }}"}],
        },
        "each": {
            "type": "string",
            "description": "One slide for each element: `name in list`, or `key, value in mapping.items()`.",
            "examples": ["name, group in groups.items()"],
        },
        "when": {"description": "The slide is shown only if this expression holds.", "examples": ["chair_changes"]},
        "from": {"type": "integer", "description": "The first meeting that shows the slide.", "examples": [124]},
        "until": {"type": "integer", "description": "The last meeting that shows the slide.", "examples": [123]},
    },
    ("kind", "title"),
)
PICTURED: Schema = {
    "picture": {
        "type": ["string", "null"],
        "description": "A PNG, JPEG or SVG, from the folder of the repository.",
        "examples": ["meetings/figures/124-reviews.png"],
    },
    "alt": text("The alt text, for those who cannot see the picture.", "Reviews a month, 2020 to 2025"),
}
FOCUS: Schema = {
    "type": "array",
    "items": {"type": "number", "minimum": 0, "maximum": 100},
    "minItems": 2,
    "maxItems": 2,
    "description": "What stays in a picture that is cropped: percent from its left, and from its top.",
    "examples": [[50, 30]],
}
CAPTION = list_of(TEXT, "Lines under the picture.", 6, examples=[["Reviews of the Security Directorate"]])
LINES = list_of(TEXT, "Lines under the title.", 6, examples=[["{{ session.date | date }}"]])
ASIDE = list_of(TEXT, "Lines at the right, under the title.", 6, examples=[["{{ meeting.city }}"]])
GROUP = record(
    {
        "heading": text("The label of the group.", "Remote participants"),
        "items": {"$ref": "#/$defs/items"},
        "numbered": NUMBERED,
    },
    ("heading",),
    "A labelled list.",
)
CALLOUT = text("A call to action, in a tinted bar at the foot of the slide.", "Send summaries to team@example.org")


class Common(Frozen, kw_only=True):
    """What every slide has."""

    id: str
    section: str
    title: Text
    notes: Text | None = None
    footnote: Text | None = None
    qr: Picture | None = None
    wanted: Text | None = None
    ask: Text | None = None
    show: bool = False
    hidden: bool = False

    @property
    def bare(self) -> bool:
        """Whether everything that belongs under its title is missing."""
        return False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures, except the QR code."""
        return ()

    @property
    def waits(self) -> bool:
        """Whether it has nothing but `wanted`, and does not set `show`."""
        return self.wanted is not None and self.bare and self.qr is None and not self.show

    @property
    def origin(self) -> Origin:
        """The origin of the slide: that of its title."""
        return self.title.origin


class Grouped(Common, kw_only=True):
    """A slide of labelled groups, or of one list without a label, with a call to action under them."""

    groups: tuple[Group, ...]
    callout: Text | None = None

    @property
    def bare(self) -> bool:
        """Whether no group has an item."""
        return not self.callout and not any(group.items for group in self.groups)

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for group in self.groups:
            yield from group.texts()
        if self.callout:
            yield self.callout


def read_picture(reader: Reader, source: Source, otherwise: str) -> Picture | None:
    """The `picture` of a slide, or of a part of it; without `alt`, it has another alt text. Raises DeckError.

    Rule `missing-alt` reports it; PDF/UA requires one in any case.
    """
    picture = source.get("picture")
    if picture is None or not text_of(picture):
        return None
    alt = text_of(source.get("alt")).strip()
    return replace(reader.picture(picture, alt or otherwise), described=bool(alt))


def read_focus(source: Source, otherwise: tuple[float, float] = (50, 50)) -> tuple[float, float]:
    """What stays in a picture that is cropped, in percent from the left and from the top."""
    found = [float(one.value) for one in source.get("focus") or () if isinstance(one.value, (int, float))]
    return (found[0], found[1]) if len(found) == 2 else otherwise


def read_common(reader: Reader, source: Source, id: str, section: str) -> dict[str, Any]:
    """The fields of Common. Raises DeckError."""
    title = reader.title(source.get("title") or source)
    tail = source.get("tail")
    if not title.runs:
        raise fatal(
            title.origin, "missing-key", "the slide has no title", "add `title: ...`; the outline of the files shows it"
        )
    return {
        "id": id,
        "section": section,
        "title": _with_tail(title, reader.title(tail)) if tail and tail.value else title,
        "notes": reader.maybe(source, "notes"),
        "footnote": reader.maybe(source, "footnote"),
        "qr": reader.qr(source),
        "wanted": reader.maybe(source, "wanted"),
        "ask": reader.maybe(source, "ask"),
        "show": is_set(source, "show"),
        "hidden": is_set(source, "hidden"),
    }


def _with_tail(title: Text, tail: Text) -> Text:
    muted = tuple(replace(run, muted=True) for run in tail.runs)
    whole = (*title.whole, *tail.whole)
    return replace(title, runs=(*title.runs, Run(" ", muted=True), *muted), whole=whole)
