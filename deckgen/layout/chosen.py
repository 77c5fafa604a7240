"""Theme file × named theme × a meeting's values -> Source of the theme; what follows from its accent follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_type_hints

from deckgen.layout.layouts import contrast
from deckgen.layout.theme import Colours
from deckgen.problems import Problem, Result, nearest
from deckgen.schema.declare import Schema
from deckgen.source import Source, text_of
from deckgen.source.merge import merge

DEFAULT = "default"  # the name of the theme file itself
MIN_CONTRAST = 4.5  # of text (WCAG 2.2, 1.4.3)
_TINT = 0.1  # the share of the accent in the ground of a call to action
_ROLES = tuple(name.replace("_", "-") for name in get_type_hints(Colours))


def choice_schema(names: Sequence[str]) -> Schema:
    """The schema of what a meeting chooses, for editors."""
    name = {"type": "string", "description": "The name of a theme.", "examples": [*names, DEFAULT]}
    digits = "A colour, as six hexadecimal digits."
    colour = {"type": "string", "pattern": "^[0-9A-Fa-f]{6}$", "description": digits, "examples": ["8A1538"]}
    values = {"name": name, **dict.fromkeys(_ROLES, colour)}
    return {
        "anyOf": [name, {"type": "object", "properties": values}],
        "description": "The look of this deck: a theme of templates/themes, or what differs from templates/theme.yaml.",
        "examples": ["dark", {"accent": "8A1538"}],
    }


def chosen(
    base: Source, choice: Source | None, names: Sequence[str], read: Callable[[str], Result[Source]]
) -> Result[Source]:
    """The theme that a meeting chooses: a name, or a mapping of `name` and of values that differ.

    `names` are those of the themes in the folder, and `read` reads one of them. A role of a colour may stand beside
    `name`; other values are under the keys of the theme file.
    """
    if choice is None:
        return Result(base)
    name = (choice.get("name") if isinstance(choice.value, dict) else choice) or Source(DEFAULT, choice.origin)
    known = (DEFAULT, *names)
    if text_of(name) not in known:
        hint = nearest(text_of(name), known) or f"one of {', '.join(known)}"
        found = f"no theme is called `{text_of(name)}`" if isinstance(name.value, str) else "this is not a theme"
        return Result(base, (Problem(name.origin, "wrong-value", found, hint),))
    named = Result[Source](None) if name.value == DEFAULT else read(text_of(name))
    own = _with_colours(choice) if isinstance(choice.value, dict) else None
    whole, problems = base, [*named.problems]
    for layer in filter(None, (named.value, own)):
        laid = merge(whole, layer)
        problems += laid.problems
        whole = _following(laid.value or whole, layer)
    return Result(whole, tuple(problems))


def _with_colours(choice: Source) -> Source:
    """The values of a meeting with the colours that are beside `name` under `colours`."""
    colours = choice.get("colours") or Source({}, choice.origin)
    short = {key: child for key, child in choice.items() if key in _ROLES}
    if short:
        values = {**dict(colours.items()), **short}
        colours = Source(values, colours.origin, {**colours.keys, **{key: choice.key_origin(key) for key in short}})
    rest = choice.without("name", *short)
    keys = {**rest.keys, "colours": choice.key_origin("colours")}
    return Source({**dict(rest.items()), "colours": colours}, choice.origin, keys, choice.document)


def _following(whole: Source, layer: Source) -> Source:
    """The theme with the colours that follow from an accent of this layer, unless the layer has them too."""
    colours, own = whole.get("colours"), layer.get("colours")
    accent = own.get("accent") if own else None
    if colours is None or own is None or accent is None or not _is_colour(accent):
        return whole
    paper, opener = (colours.get(role) for role in ("paper", "opener"))
    derived = {}
    if paper and _is_colour(paper) and own.get("tint") is None:
        derived["tint"] = mixed(text_of(accent), text_of(paper), _TINT)
    if opener and _is_colour(opener) and own.get("accent-on-opener") is None:
        derived["accent-on-opener"] = readable(text_of(accent), text_of(opener))
    sources = {role: Source(value, accent.origin) for role, value in derived.items()}
    made = Source(sources, accent.origin, dict.fromkeys(sources, own.key_origin("accent")))
    return merge(whole, Source({"colours": made}, accent.origin)).value or whole


def _is_colour(source: Source) -> bool:
    text = text_of(source)
    return len(text) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in text)


def readable(colour: str, ground: str) -> str:
    """The colour, moved towards white or black until it can be read on a ground."""
    end = max(("FFFFFF", "000000"), key=lambda one: contrast(one, ground))
    shares = (1 - step / 20 for step in range(21))
    return next(made for share in shares if contrast(made := mixed(colour, end, share), ground) >= MIN_CONTRAST)


def mixed(colour: str, other: str, share: float) -> str:
    """A mixture with this share of the first colour."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
