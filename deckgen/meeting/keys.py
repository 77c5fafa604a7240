"""JSON Schema of a meeting file -> docs/keys.md: every key, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from deckgen.meeting.editor_schema import example
from deckgen.schema.declare import Declaration, Schema
from deckgen.source import dump

_INTRO = """# The keys of a meeting file

<!-- Written by `deckgen schema --keys`, from templates/facts.yaml and deckgen/deck/kinds. -->

The first line of each meeting file names [docs/meeting.schema.json](meeting.schema.json), from which editors
complete and explain these keys as you type. `null` removes the value of a lower layer, and the key of a list
with a `+` at its end appends to the list of a lower layer.
"""
_SLIDES = """## Slides

Slides are under `slides`, by id. A slide of the templates takes any key of its kind; a slide of your own
needs `kind` and `title`. Any value may be an expression, such as `"{{ meeting.city }}"`, and an element of a
list may be repeated with `each` and `of`.
"""


def keys_page(schema: Schema, common: Declaration, kinds: Sequence[Declaration]) -> str:
    """The reference of keys as Markdown; `schema` is `meeting_schema` of the same declarations."""
    facts = {key: child for key, child in schema["properties"].items() if key != "slides"}
    parts = [_INTRO, "## Facts\n", *_table(facts, ""), "", _SLIDES, "### Every kind\n", *_table(common.keys, "")]
    for kind in kinds:
        needs = f"; needs {', '.join(f'`{key}`' for key in kind.required)}" if kind.required else ""
        words = f"{kind.words[:1].upper()}{kind.words[1:]}{needs}.\n"
        parts += ["", f"### {kind.name}\n", words, *_table(kind.keys, "")]
    parts += ["", "### The slides of the templates\n", *_templates(schema["properties"]["slides"]["properties"])]
    return "\n".join(parts) + "\n"


def _table(properties: Schema, prefix: str) -> Iterator[str]:
    if not prefix:
        yield "| Key | Meaning | Example | Default |"
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
