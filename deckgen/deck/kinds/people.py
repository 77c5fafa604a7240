"""Source -> People: one person or several, with their portraits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen
from deckgen.deck.kinds.common import FOCUS, PICTURED, Common, read_focus, read_picture
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.problems import fatal
from deckgen.schema.declare import TEXT, Declaration, list_of, record, text
from deckgen.source import Source

_FACE = (50.0, 30.0)  # in a portrait, the face is over the middle


class Person(Frozen):
    """A person: the name, a portrait, and what is to be said about them."""

    name: Text
    lines: tuple[Text, ...]
    picture: Picture | None
    focus: tuple[float, float]


class People(Common, kw_only=True):
    """Portraits with names, such as for a welcome or a farewell."""

    kind: ClassVar = Declaration(
        "people",
        "one person or several, with their portraits, such as for a welcome",
        {
            "people": list_of(
                record(
                    {
                        "name": text("The name.", "Deb Cooley"),
                        "lines": list_of(TEXT, "What is under it.", 6, examples=[["Security AD since 2024"]]),
                        **PICTURED,
                        "focus": FOCUS,
                    },
                    ("name",),
                ),
                "The people, in their order.",
                200,
                minItems=1,
            )
        },
        ("people",),
    )
    people: tuple[Person, ...]

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> People:
        """The slide that `source` describes. Raises DeckError."""

        def person(child: Source) -> Person:
            name = reader.text(child.get("name") or child)
            if not name.runs:
                raise fatal(name.origin, "missing-key", "the person has no name", "add `name: ...`")
            picture = read_picture(reader, child, name.words)
            return Person(name, reader.texts(child, "lines"), picture, read_focus(child, _FACE))

        return cls(**common, people=reader.each(source.get("people") or (), person))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The portraits."""
        return tuple(one.picture for one in self.people if one.picture)

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for one in self.people:
            yield one.name
            yield from one.lines
