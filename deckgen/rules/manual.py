"""Rule id -> its manual: the docstrings of the rules, and a sentence for every other problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.proof.faults import FAULTS as FILE_FAULTS
from deckgen.rules.check import RULES, rule, title_of
from deckgen.schema.check import TYPES
from deckgen.schema.typed import schema_of

# The problems on the way from YAML to pages, which stop the deck before any rule can look at it.
PROBLEMS = {
    "bad-address": "A fact was requested from an address that is not allowed.",
    "bad-append": "A key ending in `+` appends its list to that of the lower layer; one of the two is not a list.",
    "bad-date": "A date does not exist, or is out of range.",
    "bad-declaration": "The declaration of a fact in templates/facts.yaml is not a JSON Schema.",
    "bad-each": "`each` does not have the form `name in list`, or its list is not a list.",
    "bad-epoch": "SOURCE_DATE_EPOCH is not a number of seconds since 1970.",
    "bad-file-name": "The name of the deck's files has characters that a file name should not have.",
    "bad-key": "A key of a mapping is not plain text, or is `<<`.",
    "bad-let": "A name in the `let` of a slide is not a valid name, hides a fact, or depends on itself.",
    "bad-link": "A link is not an http, https or mailto address.",
    "bad-picture": "A file is not a picture, or the picture is cut off, too large or outside the repository.",
    "bad-template": "An expression between `{{` and `}}` cannot be evaluated.",
    "bad-theme": "A value of the theme is missing or of another type.",
    "cannot-read": "A file cannot be read.",
    "cannot-write": "A file of the deck cannot be written; the old files are as they were.",
    "both-changed": "PowerPoint and the meeting file have changed the same text since the build; none is written.",
    "chart-length": "A chart has more or fewer values than categories.",
    "control-character": "A text has an invisible character that could hide or turn what follows.",
    "disagreement": "The PowerPoint and the PDF differ. This is a bug of deckgen: please report it.",
    "duplicate-key": "A mapping has the same key twice, so one of the two values would be lost.",
    "edited-file": "Somebody edited a PowerPoint after it was built; the build keeps it under another name.",
    "empty-file": "The file of a meeting is empty.",
    "empty-deck": "The deck has no slide.",
    "file-exists": "The file of a new meeting exists already.",
    "folder-not-empty": "A new repository is not made in a folder that has files.",
    "foreign-deck": "A PowerPoint to import is not a deck of this folder, or of another meeting.",
    "impossible-order": "`before` and `after` of the slides contradict each other.",
    "items-and-groups": "A slide has both `items` and `groups`.",
    "library-failed": "A library that reads or draws something failed without reporting a problem.",
    "meeting-twice": "A meeting of the default area has two files.",
    "missing-fact": "A fact that a template needs is missing in the meeting file.",
    "missing-key": "A key that this kind of slide needs is missing.",
    "no-date": "The date of the meeting is unknown.",
    "no-entry": "A job of a workflow ended without its deck.",
    "no-file": "A file that the deck needs does not exist, or cannot be read.",
    "no-httpx": "Facts are fetched with httpx, which is not installed.",
    "no-picture": "The picture does not exist.",
    "no-port": "The preview found no free port on this machine.",
    "not-utf-8": "A line of a file is not UTF-8 text.",
    "not-carried": "An edit made in PowerPoint is not carried into the meeting file; a person must look at it.",
    "over-budget": "The deck takes more time or memory than any deck needs; nothing was written.",
    "row-length": "A row of a table has more or fewer cells than the header.",
    "slide-order": "The slides of an edited PowerPoint are in an order that the meeting file cannot have by itself.",
    "slide-twice": "`templates/deck.yaml` names a slide twice.",
    "stale-file": "A file of a format that is not built now is from an earlier build.",
    "stray-file": "A file is in no meeting of the table, in no area, or no template of an area.",
    "text-overflow": "A text cannot fit its slide even at the smallest size, and cannot be cut.",
    "too-deep": "The values of a file are nested too deeply.",
    "too-large": "A file, with its aliases expanded, is too large.",
    "undefined-name": "An expression uses a name that is neither a fact nor given by `let` or by an `each` around it.",
    "unknown-area": "The area has no folder in `templates/areas/`.",
    "unknown-fact": "A fact was requested that is never fetched.",
    "unknown-key": "A key is unknown here, and would have no effect.",
    "unknown-kind": "`kind` is not a kind of slide.",
    "unknown-meeting": "The meeting is not in the table of meetings.",
    "unknown-section": "`section` is not a section of `templates/deck.yaml`.",
    "unknown-slide": "A slide that does not exist is named.",
    "unsafe-picture": "An SVG has a script, an outside reference or an undrawn part; or a picture takes too much.",
    "unsafe-template": "An expression does something that is not allowed, or too much work.",
    "unlisted-slide": "The template of a slide is in no section of `templates/deck.yaml`.",
    "unused-anchor": "A text begins with `&`, which YAML reads as an anchor and leaves out.",
    "unused-let": "Nothing on a slide uses a name of its `let`.",
    "values-and-series": "A chart has both `values` and `series`.",
    "wrong-suffix": "The name of a file ends in `.yml`; only `.yaml` files are read.",
    "wrong-value": "A value has the wrong type for its key, or is out of range.",
    "yaml-syntax": "The file is not YAML.",
    "yaml-tag": "A value has a tag, which these files do not use.",
}
_INTRO = """# Rules

<!-- Written by `deckgen rule --all` from deckgen/rules/, deckgen/rules/manual.py and deckgen/proof/faults.py. -->

`deckgen check` and `deckgen build` apply these rules to every meeting. `deckgen rule ID` shows one of
them. How severe each is (`error`, `warning` or `off`), and the words it looks for, is in
[templates/rules.yaml](../templates/rules.yaml). If a rule is wrong in one case, ignore it on the line that
it reports, with the reason:

```yaml
"120": {open: 257, closed: 50, reported: 27} # deckgen: ignore[errata-sum] off by one when it was shown
```
"""


def manual(id: str) -> str:
    """The manual of a rule or of another problem. Raises KeyError for an unknown id."""
    if id not in RULES:
        return {**PROBLEMS, **FILE_FAULTS}[id]
    return "\n".join([(rule(id).__doc__ or "").strip(), *_options(id)])


def title(id: str) -> str:
    """The first sentence of the manual of a rule or of another problem. Raises KeyError for an unknown id."""
    return title_of(rule(id)) if id in RULES else manual(id).partition("\n")[0]


def ids() -> list[str]:
    """Every id that a message can have."""
    return sorted({*RULES, *PROBLEMS, *FILE_FAULTS})


def whole_manual() -> str:
    """The manual of all rules and other problems, as Markdown."""
    decks = ["## Problems that stop a deck\n", *_entries(PROBLEMS), ""]
    files = ["## Faults of a presentation, which `deckgen verify` finds\n", *_entries(FILE_FAULTS), ""]
    return "\n".join([_INTRO, *_sections(), *decks, *files])


def _sections() -> Iterator[str]:
    for id in RULES:
        body = manual(id).partition("\n")[2]
        yield f"## {id}\n\n{title(id)}\n\n{_points(body)}\n"


def _options(id: str) -> Iterator[str]:
    """The options of the rule in `templates/rules.yaml`, beside its severity."""
    properties = schema_of(rule(id).Options)["$defs"]["Options"]["properties"]
    for key, child in properties.items():
        if key != "severity":
            default = f", default {child['default']:g}" if child.get("default") else ""
            yield f"Option `{key}`: {TYPES[child['type']]}{default}. {child['description']}"


def _points(body: str) -> str:
    """The paragraphs What, Why, Bad, Good and Option, each with its word in bold."""
    lines = []
    for line in body.strip().splitlines():
        word, colon, rest = line.partition(":")
        starts = colon and (word in ("What", "Why", "Bad", "Good") or word.startswith("Option "))
        lines.append(f"- **{word}:**{rest}" if starts else f"  {line}".rstrip())
    return "\n".join(lines)


def _entries(problems: Mapping[str, str]) -> Iterator[str]:
    for id, text in sorted(problems.items()):
        yield f"- `{id}`: {text}"
