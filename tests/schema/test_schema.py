"""The schema of a meeting file -> what an editor says: completions, explanations, and no false errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from support.repository import ROOT, rewrite
from support.specimen import SPECIMENS

from deckgen.build.one import check
from deckgen.build.schemas import SCHEMAS, schema_of
from deckgen.cli.main import main
from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.common import COMMON
from deckgen.meeting.keys import keys_page
from deckgen.meeting.new import new_meeting
from deckgen.source import parse, plain, read

DECLARED = [slide.kind for slide in KINDS.values()]
SCHEMA_LINE = "# yaml-language-server: $schema=../docs/meeting.schema.json"


def _meetings() -> list[Path]:
    return [path for path in sorted((ROOT / "meetings").rglob("*.yaml")) if path.stem.isdigit()]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema of the meetings of this repository."""
    return schema_of(ROOT, "meeting")


@pytest.mark.parametrize("of", SCHEMAS)
def test_each_schema_file_is_fresh(of: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`docs/X.schema.json` is what `deckgen schema --of X` prints."""
    assert main(["schema", "--of", of, "--root", str(ROOT)]) == 0
    assert (ROOT / "docs" / f"{of}.schema.json").read_text("utf-8") == capsys.readouterr().out


def _templates() -> list[tuple[Path, str]]:
    """The templates that have a schema, each with what that is called."""
    of_folders = {"slides": "slide", "themes": "theme"}
    found = sorted((ROOT / "templates").rglob("*.yaml"))
    return [(path, of_folders.get(path.parent.name, path.stem.replace("defaults", "meeting"))) for path in found]


def test_vs_code_knows_the_schema_of_each_file_without_its_first_line() -> None:
    """As the first line says, and with the extension that reads both."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    known = {
        path: Path(schema).name
        for schema, globs in settings["yaml.schemas"].items()
        for glob in ([globs] if isinstance(globs, str) else globs)
        for path in ROOT.glob(glob)
        if not path.name.endswith(".facts.yaml")
    }
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text("utf-8"))["recommendations"]

    assert known == {
        **dict.fromkeys(_meetings(), "meeting.schema.json"),
        **{path: f"{of}.schema.json" for path, of in _templates()},
    }
    assert recommended == ["redhat.vscode-yaml"]


@pytest.mark.parametrize(("path", "of"), _templates(), ids=lambda value: getattr(value, "stem", value))
def test_every_template_names_its_schema_and_keeps_it(path: Path, of: str) -> None:
    """Its first line makes editors complete and underline, and nothing in it is underlined in vain."""
    first = path.read_text("utf-8").splitlines()[0]
    found = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    schema = json.loads(found.read_text("utf-8"))

    assert found == ROOT / "docs" / f"{of}.schema.json"
    assert [
        e.message for e in jsonschema_rs.Draft7Validator(schema).iter_errors(plain(read(path, path.name).get()))
    ] == []


@pytest.mark.parametrize(
    ("of", "text"),
    [
        ("theme", "page: {widht: 960}"),
        ("rules", "low-contrast: {leest: 4.5}"),
        ("deck", "{name: a, title: b, fotter: c}"),
        ("facts", "agenda: {type: array, descripton: The topics.}"),
        ("links", "{'RFC {nubmer}': https://example.com/}"),
        ("meetings", "{'124': {cty: Madrid, first: 2025-07-19, last: 2025-07-25}}"),
        ("new-meeting", "[{cary: agenda}]"),
        ("slide", "{kind: bulets, title: News}"),
        ("slide", "{kind: bullets, title: News, versions: [{until: 123, itms: [a]}]}"),
    ],
)
def test_mistakes_of_templates_are_underlined(of: str, text: str) -> None:
    """What the build refuses, an editor shows while it is typed."""
    schema = json.loads((ROOT / "docs" / f"{of}.schema.json").read_text("utf-8"))

    assert not jsonschema_rs.Draft7Validator(schema).is_valid(plain(parse(text, of).get()))


def test_a_misspelt_word_of_a_declaration_is_told(bare: Callable[..., Path]) -> None:
    """And a description that a comma cuts in two, which nobody would see otherwise."""
    root = bare()
    facts = root / "templates" / "facts.yaml"
    text = facts.read_text("utf-8").replace("  remembered: rows", "  remebered: rows", 1)
    rewrite(
        facts,
        text.replace(
            '"Completed by the deadline, of those assigned."', "Completed by the deadline, of those assigned.", 1
        ),
    )

    told = {problem.text: problem.hint for problem in check(root, 123)}

    assert told["unknown key `remebered`"] == "did you mean `remembered`?"
    assert "unknown key `of those assigned.`" in told


@pytest.mark.parametrize(
    ("name", "text", "message", "hint"),
    [
        ("links", "RFC {nubmer}: https://a.example/", "1:1: error: `RFC {nubmer}` cannot be a key", "`{number}`"),
        ("links", "' ': https://a.example/", "1:1: error: ` ` cannot be a key", "such as `RFC {number}`"),
        ("links", "X {number}: https://a.example/{nmber}", "1:13: error: `X {number}` is", "`{match}` the whole text"),
        ("meetings", "'99': {cty: Rome, first: 2017-07-16, last: 2017-07-21}", "1:8: error: unknown", "mean `city`?"),
        ("meetings", "'99': {city: Rome, first: 2017-7-16, last: 2017-07-21}", "1:27: error: `first` is", "such as"),
        ("meetings", "IETF 99: {city: Rome, first: 2017-07-16, last: 2017-07-21}", "1:1: error: `IETF 99`", "hyphens"),
        ("new-meeting", "- cary: agenda", "1:3: error: unknown key `cary`", "did you mean `carry`?"),
        ("new-meeting", "- carry: directrs", "1:10: error: `carry` is 'directrs'", "did you mean `directors`?"),
        ("new-meeting", "- comment: The topics", "1:3: error: `carry` is missing", "add `carry: ...`"),
    ],
)
def test_a_mistake_in_a_table_is_reported_at_its_place(
    name: str, text: str, message: str, hint: str, folder: Callable[..., Path]
) -> None:
    """With a hint, once, and nothing follows from it in that file."""
    file = f"templates/{name}.yaml"
    [problem] = [p for p in check(folder(**{file: f"{text}\n"}), 123) if p.origin.path == file]

    assert str(problem).startswith(f"{file}:{message}")
    assert hint in problem.hint


def test_a_plan_with_a_mistake_begins_no_file(folder: Callable[..., Path]) -> None:
    """`deckgen new` reports it, instead of a file without the fact."""
    root = folder(**{"templates/new-meeting.yaml": "- carry: directrs\n"})
    result = new_meeting(root, 124)

    assert [problem.rule for problem in result.problems] == ["wrong-value"]
    assert not (root / "meetings" / "124.yaml").exists()


def test_the_page_of_keys_is_fresh(schema: dict[str, Any]) -> None:
    """`docs/keys.md` is what `deckgen schema --keys` prints."""
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == keys_page(schema, COMMON, DECLARED)


@pytest.mark.parametrize("path", _meetings(), ids=lambda path: path.stem)
def test_every_meeting_file_names_the_schema_and_keeps_it(path: Path, schema: dict[str, Any]) -> None:
    """Its first line makes editors complete and underline, and nothing in it is underlined in vain."""
    up = "../" * len(path.relative_to(ROOT).parts[1:])
    assert path.read_text("utf-8").splitlines()[0] == SCHEMA_LINE.replace("../", up)
    assert [
        e.message for e in jsonschema_rs.Draft7Validator(schema).iter_errors(plain(read(path, path.name).get()))
    ] == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "slides").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_a_template_says_a_meeting_may_say(path: Path, schema: dict[str, Any]) -> None:
    """Expressions, `each` and `when` are allowed wherever the templates themselves use them."""
    slide = plain(read(path, path.name).get().without("versions"))
    errors = jsonschema_rs.Draft7Validator(schema).iter_errors({"slides": {path.stem: slide}})

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", sorted((SPECIMENS / "rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_specimens_of_rules_are_no_errors_of_the_schema(path: Path, schema: dict[str, Any]) -> None:
    """What a rule speaks of is well-formed: editors do not underline it."""
    text = path.read_text("utf-8").partition("\n--- ")[0]
    errors = jsonschema_rs.Draft7Validator(schema).iter_errors(plain(parse(text, path.name).get()))

    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    "text",
    [
        "sesion: {room: Viger}",
        "session: {rom: Viger}",
        'session: {start: "9.30"}',
        "session: {date: tomorrow}",
        "agenda: [{itm: Welcome}]",
        "agenda: [{item: Welcome, minutes: soon}]",
        "errata: {'124': {open: many}}",
        "slides: {the-end: {titel: Bye}}",
        "slides: {news: {title: News}}",
        "slides: {news: {kind: bulets, title: News}}",
        "slides: {news: {kind: table, title: News, header: [A]}}",
        "slides: {news: {kind: chart, title: News, chart: {title: T}}}",
        "slides: {news: {kind: columns, title: News, columns: 7}}",
    ],
)
def test_mistakes_are_underlined(text: str, schema: dict[str, Any]) -> None:
    """What the build refuses, an editor shows while it is typed."""
    assert not jsonschema_rs.Draft7Validator(schema).is_valid(plain(parse(text, "meeting").get()))


def _keys(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema declares, with what it says of it; conditions declare none."""
    if isinstance(schema, list):
        for child in schema:
            yield from _keys(child, path)
    elif isinstance(schema, dict):
        for key, child in schema.get("properties", {}).items():
            yield f"{path}.{key}", child
            yield from _keys(child, f"{path}.{key}")
        for word in ("anyOf", "allOf", "then", "else", "items", "additionalProperties"):
            yield from _keys(schema.get(word), path)
        for name, child in schema.get("$defs", {}).items():
            yield from _keys(child, f"${name}")


def test_every_key_has_a_description_and_an_example(schema: dict[str, Any]) -> None:
    """Nobody has to leave the editor to learn what a key is for."""
    keys = {path: child for path, child in _keys(schema) if list(child) != ["$ref"]}
    lacking = {path for path, child in keys.items() if not {"description", "examples"} <= child.keys()}

    assert len(keys) > 200
    assert lacking == set()
    assert all(child["description"] for child in keys.values())


def test_every_example_is_allowed_where_it_stands(schema: dict[str, Any]) -> None:
    """An example that is copied is no mistake."""
    for path, child in _keys(schema):
        validator = jsonschema_rs.Draft7Validator({**child, "$defs": schema["$defs"]})
        for example in child.get("examples", []):
            assert validator.is_valid(example), f"{path}: {example}"
