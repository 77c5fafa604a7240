"""JSON Schema of a meeting file -> docs/keys.md: every key, for who reads rather than completes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from deckgen.meeting.editor_schema import example
from deckgen.schema.declare import Declaration, Schema
from deckgen.source import dump

_INTRO = """# What a meeting file may say

<!-- Written by `deckgen schema --keys`, from templates/facts.yaml and deckgen/deck/kinds. -->

Editors that know [docs/meeting.schema.json](meeting.schema.json), which the first line of each meeting
file names, complete and explain these keys as you type. Everywhere, `null` removes what a lower layer
says, and a list's key with a `+` at its end appends to the list below.
"""
_SLIDES = """## Slides

Under `slides`, each by its id. A slide of the templates takes any key of its kind; one of the meeting's own
needs `kind` and `title`. Any value may be an expression, such as `"{{ meeting.city }}"`, and an element of a
list may be repeated with `each` and `of`.
"""


def keys_page(schema: Schema, common: Declaration, kinds: Sequence[Declaration]) -> str:
    """The reference of keys, as Markdown: those of `meeting_schema`, which was made of the same declarations."""
    facts = {key: child for key, child in schema["properties"].items() if key != "slides"}
    parts = [_INTRO, "## Facts\n", *_table(facts, ""), "", _SLIDES, "### Every kind\n", *_table(common.keys, "")]
    for kind in kinds:
        needs = f"; needs {', '.join(f'`{key}`' for key in kind.required)}" if kind.required else ""
        told = f"{kind.words[:1].upper()}{kind.words[1:]}{needs}.\n"
        parts += ["", f"### {kind.name}\n", told, *_table(kind.keys, "")]
    parts += ["", "### The slides of the templates\n", *_templates(schema["properties"]["slides"]["properties"])]
    return "\n".join(parts) + "\n"


def _table(properties: Schema, prefix: str) -> Iterator[str]:
    if not prefix:
        yield "| Key | What it says | Example | If not said |"
        yield "|---|---|---|---|"
    for key, child in properties.items():
        default = child.get("default")
        shown = "" if default is None else _code(default)
        yield f"| `{prefix}{key}` | {_words(child)} | {_code(example(child))} | {shown} |"
        yield from _table(child.get("properties", {}), f"{prefix}{key}.")


def _words(schema: Schema) -> str:
    known = {"#/$defs/items": "The bullets.", "#/$defs/chart": "The chart."}
    return str(schema.get("description") or known.get(schema.get("$ref", ""), "")).replace("|", "\\|")


def _code(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = text if len(text) <= 80 else f"{text[:77]}..."
    return f"`{shown}`".replace("|", "\\|")


def kind_text(common: Declaration, kind: Declaration) -> str:
    """What a slide of one kind may say, for a terminal, and a slide to begin with."""
    needed = kind.first or kind.required or tuple(kind.keys)[:1]
    own = {key: example(child) for key, child in {**common.keys, **kind.keys}.items() if key in ("title", *needed)}
    slide = dump({"slides": {f"my-{kind.name}": {"kind": kind.name, **own}}})
    width = max(map(len, (*kind.keys, *common.keys))) + 2
    lines = [f"{kind.name}: {kind.words}", "", *_listed(kind, kind.required, width)]
    return "\n".join([*lines, "", "On any slide:", "", *_listed(common, common.required, width), "", slide])


def _listed(of: Declaration, required: tuple[str, ...], width: int) -> Iterator[str]:
    for key, child in of.keys.items():
        needed = "Required. " if key in required else ""
        yield f"  {key:{width}}{needed}{_words(child)}"


def _templates(slides: Schema) -> Iterator[str]:
    for id, slide in slides.items():
        kind, _, title = slide["description"].partition("(")[2].removesuffix(" Null leaves it out.").partition("): ")
        yield f"- `{id}` ({kind}): {title}"
