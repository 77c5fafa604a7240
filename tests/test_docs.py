"""The documents: every example builds, every command and target they name is there, every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from PIL import Image
from support.repository import ROOT, lay_out, rewrite

from deckgen.build.one import build, typeset
from deckgen.cli.main import main
from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.agenda import Agenda
from deckgen.deck.kinds.common import COMMON
from deckgen.meeting import load
from deckgen.problems.text import text_messages
from deckgen.source import parse, plain

Folder = Callable[..., Path]
GUIDE = ROOT / "docs" / "guide.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NUMBER = 124
MINIMAL = {
    "session": 'session: {date: 2025-11-07, start: "09:30"}\n',
    "directors": "directors: {a.director: A. Director}\n",
}


# Facts of which the guide names only the key, for `deckgen fetch` writes what is in them.
FETCHED = ("working_groups", "related_states", "reviews", "lists", "errata_snapshot", "fetched", "documents")


# What the build says of a deck of which not all is known yet.
UNFINISHED = ("missing-figure", "slide-left-out")


def blocks(text: str, language: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks of a language, each with the line it begins on."""
    for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield text.count("\n", 0, match.start()) + 1, match[1]


EXAMPLES = dict(blocks(GUIDE.read_text("utf-8"), "yaml"))


def with_minimum(example: str) -> str:
    """An example as a whole meeting file: with a session and directors if it has none of its own."""
    return "".join(line for key, line in MINIMAL.items() if key not in yaml.safe_load(example)) + example


def folder_of(line: int, folder: Folder) -> Path:
    """A folder with the example of this line in the file that its first line names, or in a meeting file.

    The facts file of the example before lies below it, and the pictures it names are there.
    """
    example = EXAMPLES[line]
    files = {name: text for before, text in EXAMPLES.items() if before <= line and (name := file_of(text))}
    files.pop(f"meetings/{NUMBER}.yaml", None)
    own = example if file_of(example) in ("", f"meetings/{NUMBER}.yaml") else ""
    root = folder(with_minimum(own or "groups: {acme: ACME}\n"), number=NUMBER, **files)
    deck = root / "templates" / "deck.yaml"
    for name in (Path(name).stem for name in files if name.startswith("templates/slides/")):
        rewrite(deck, deck.read_text("utf-8").replace("[any-other-business,", f"[{name}, any-other-business,"))
    for picture in re.findall(r"picture: ([^\s,}]+)", example):
        path = root / picture
        path.parent.mkdir(exist_ok=True)
        if path.suffix == ".svg":
            path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>', "utf-8")
        else:
            Image.new("RGB", (1600, 900)).save(path)
    return root


def file_of(example: str) -> str:
    """The file that the first line of an example names, or nothing."""
    found = re.match(r"# (\S+\.yaml)\n", example)
    return found[1] if found else ""


def test_the_guide_makes_an_area_that_was_not_there(tmp_path: Path) -> None:
    """The files of its section and nothing else: no module of the program knows the area."""
    section = GUIDE.read_text("utf-8").partition("### Another area\n")[2].partition("\n## ")[0]
    files = {file_of(text): text for _, text in blocks(section, "yaml")}
    root = lay_out(tmp_path / "repository", files)
    built = build(root, "xmp/124", root / "build/xmp/124")
    slides = [slide.id for slide in typeset(root, "xmp/124").get().deck.slides]
    outline = (root / "build/xmp/124/outline.txt").read_text("utf-8")

    assert len(files) == 5
    assert built.problems == ()
    assert "slides-124-xmparea-chair-slides.pptx" in {path.name for path in built.get().files}
    assert slides == ["title", "note-well", "welcome", "agenda", "any-other-business", "the-end"]
    assert "Welcome to the Example Area" in outline
    assert "See you at the next example" in outline


@pytest.mark.sweep(3)
@pytest.mark.parametrize("line", EXAMPLES)
def test_each_example_of_the_guide_builds(line: int, folder: Folder) -> None:
    """An example is a meeting file, or a part of one, that no rule finds fault with; each slide of its own is shown."""
    root = folder_of(line, folder)

    result = typeset(root, NUMBER)

    assert [problem for problem in result.problems if problem.rule not in UNFINISHED] == []
    shown = {slide.id for slide in result.get().deck.slides}
    own = load(root, NUMBER).get().layers[-1].get("slides")
    for key, slide in own.items() if own else ():
        made = {id for id in shown if id.startswith(f"{key}-")} if slide.get("each") else {key} & shown
        assert made or not slide.get("kind")


@pytest.mark.parametrize("line", [line for line, text in EXAMPLES.items() if "templates/" not in file_of(text)])
def test_an_editor_accepts_each_example(line: int) -> None:
    """The schema that editors use finds nothing wrong with an example."""
    schema = json.loads((ROOT / "docs" / "meeting.schema.json").read_text("utf-8"))
    example = plain(parse(EXAMPLES[line], "guide.md").get())

    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(example)] == []


def test_the_layers_of_the_guide_merge_as_it_says(folder: Folder) -> None:
    """The two files under "Which layer wins" give the slides that the text promises."""
    line = next(line for line, text in EXAMPLES.items() if file_of(text) == f"meetings/{NUMBER}.yaml")
    facts = load(folder_of(line, folder), NUMBER).get().facts
    changes, groups = facts.get("chair_changes"), facts.get("related_groups")

    assert changes is not None
    assert groups is not None
    assert {key: str(child) for key, child in changes.items()}.keys() == {"acme"}
    assert [key for key, _ in groups.items()] == ["quic"]
    assert [body.value for body in facts.get("external_bodies") or ()] == ["W3C", "3GPP"]


def test_the_clock_of_the_guide_is_right(folder: Folder) -> None:
    """The times that the text gives for its agenda are those of the deck."""
    line, text = next((line, text) for line, text in EXAMPLES.items() if "remaining" in text)
    ready = typeset(folder_of(line, folder), NUMBER).get()
    items = next(slide.items for slide in ready.deck.slides if isinstance(slide, Agenda))

    assert len(items) == text.count("- item:")
    assert [f"{item.start // 60:02}:{item.start % 60:02}" for item in items] == ["09:30", "09:35", "09:50", "10:10"]
    assert "09:30, 09:35, 09:50 and 10:10" in GUIDE.read_text("utf-8")


def test_the_guide_names_every_key() -> None:
    """Every kind, every key of a slide and every fact that people write stands in the guide."""
    guide = GUIDE.read_text("utf-8")
    declared = yaml.safe_load((ROOT / "templates" / "facts.yaml").read_text("utf-8"))
    keys = {*KINDS, *COMMON.keys, *(key for slide in KINDS.values() for key in slide.kind.keys), *declared}
    by_hand = [fact for key, fact in declared.items() if key not in FETCHED]
    keys |= {key for fact in by_hand for key in fact.get("properties", ())}

    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", guide)) == []


def test_the_excerpt_of_the_readme_is_real() -> None:
    """The YAML of the README stands in the meeting file that it is said to be from."""
    meeting = (ROOT / "meetings" / f"{NUMBER}.yaml").read_text("utf-8")
    excerpts = [text for _, text in blocks((ROOT / "README.md").read_text("utf-8"), "yaml")]

    assert excerpts
    assert [text for text in excerpts if text not in meeting] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_is_there(page: Path) -> None:
    """`make deck` in a document is a target of the Makefile, with a line of help."""
    targets = set(re.findall(r"^([a-z][a-z-]*):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    code = re.findall(r"`([^`\n]+)`", text) + [block for _, block in blocks(text, "sh")]
    named = {target for piece in code for target in re.findall(r"\bmake ([a-z][a-z-]*)", piece)}

    assert sorted(named - targets) == []


def test_the_message_that_is_shown_is_real(folder: Folder) -> None:
    """The misspelt key of the guide and of the README gives that message, to the letter."""
    meeting = (ROOT / "meetings" / f"{NUMBER}.yaml").read_text("utf-8")
    root = folder(meeting.replace("minutes: 5", "minuts: 5"), number=NUMBER)
    errors = typeset(root, NUMBER).errors
    said = "\n".join(text_messages(errors, root, colour=False)) + "\n"

    for page in (GUIDE, ROOT / "README.md"):
        assert said in [text for _, text in blocks(page.read_text("utf-8"), "text")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    """A relative link names a file of the repository, and a heading of it where it has a `#`."""
    broken = []
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (heading and heading not in headings(path)):
            broken.append(target)

    assert broken == []


def headings(page: Path) -> set[str]:
    """The names under which a page's headings are linked to."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


def commands(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The commands that `deckgen --help` lists."""
    with pytest.raises(SystemExit):
        main(["--help"])
    return re.findall(r"^    ([a-z][a-z-]*)", capsys.readouterr().out, re.MULTILINE)


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """`deckgen COMMAND --help` ends well, and each option has words of its own."""
    found = commands(capsys)
    assert "build" in found
    for command in found:
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        shown = capsys.readouterr().out

        assert stop.value.code == 0
        assert f"deckgen {command}" in shown


def test_every_command_that_is_named_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """`deckgen build` in a document is a command."""
    found = commands(capsys)
    text = "".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"`(?:python -m )?deckgen ([a-z][a-z-]*)", text))

    assert sorted(named - set(found)) == []
