"""The formats of a deck: which files a build writes, and what the Markdown outline says."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from support.repository import MINIMAL, ROOT, BuiltDeck

from deckgen.base.characters import REFUSED
from deckgen.build.formats import FORMATS, USUAL
from deckgen.build.formats.md import markdown
from deckgen.build.one import Options, build
from deckgen.cli.main import main
from deckgen.proof.contents import Block, Bullet, Contents, Paragraph, Picture, Run, Slide, Table, Text
from deckgen.proof.read_contents import read_contents

GOLDEN = ROOT / "tests" / "goldens" / "every-kind.md"
NAME = "slides-124-saag-chair-slides"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def built(folder: Path, *options: str) -> set[str]:
    """The names of the files that `deckgen build 124` leaves with these options."""
    assert main(["build", "124", "--root", str(ROOT), "--output", str(folder), "--quiet", *options]) == 0
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ([], [f"{NAME}.pdf", f"{NAME}.pptx", "outline.txt"]),
        (["--format", "pptx,pdf"], [f"{NAME}.pdf", f"{NAME}.pptx"]),
        (["--format", "md"], [f"{NAME}.md"]),
        (["--format", " PDF, md"], [f"{NAME}.md", f"{NAME}.pdf"]),
        (["--no-pdf"], [f"{NAME}.pptx", "outline.txt"]),
        (["--no-pptx"], [f"{NAME}.pdf"]),
        (["--pptx", "--pdf"], [f"{NAME}.pdf", f"{NAME}.pptx", "outline.txt"]),
        (["--format", "md", "--pdf"], [f"{NAME}.md", f"{NAME}.pdf"]),
    ],
)
def test_what_is_asked_for_is_written_and_nothing_else(tmp_path: Path, options: list[str], files: list[str]) -> None:
    """`--format` names the files; the older options leave one out, or add one."""
    assert built(tmp_path, *options) == set(files)


@pytest.mark.parametrize(
    ("options", "stale"),
    [
        (["--no-pdf"], ["pdf", "md"]),
        (["--no-pptx", "--pdf"], ["pptx", "outline", "md"]),
        (["--format", "md,pptx"], ["pdf", "outline"]),
        ([], ["md"]),
        (["--format", ",".join(FORMATS)], []),
    ],
)
def test_a_file_of_an_earlier_build_is_reported(
    tmp_path: Path, options: list[str], stale: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What this build leaves out may differ from what it writes; it stays, and `--strict` writes nothing."""
    built(tmp_path, "--format", ",".join(FORMATS))
    capsys.readouterr()
    for id in stale:
        (tmp_path / FORMATS[id].format(NAME)).write_text("edited")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    built(tmp_path, *options)
    told = re.findall(r"^(.+): warning: is from an earlier build", capsys.readouterr().err, re.MULTILINE)
    kept = {path for path, data in before.items() if path.read_bytes() == data == b"edited"}

    assert sorted(told) == sorted(str(tmp_path / FORMATS[id].format(NAME)) for id in stale)
    assert sorted(map(str, kept)) == sorted(told)


def test_strict_writes_nothing_beside_a_file_of_an_earlier_build(bare: Callable[..., Path]) -> None:
    """A warning is an error then, and the old files agree with each other."""
    root = bare(MINIMAL + "slides: {a: {kind: statement, title: Hello, lines: [World]}}\n")
    arguments = ["build", "123", "--root", str(root), "--quiet", "--strict"]
    assert [main([*arguments, "--no-pdf"]), main(arguments)] == [0, 0]
    [pptx] = (root / "build" / "123").glob("*.pptx")
    pptx.write_text("old")

    assert main([*arguments, "--no-pdf"]) == 1
    assert pptx.read_text() == "old"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "pfd"], "`pfd` is not a format; did you mean `pdf`?"),
        (["--format", "docx"], "`docx` is not a format; one of pptx, pdf, outline, md"),
        (["--format", ""], "`` is not a format; one of pptx, pdf, outline, md"),
        (["--no-pdf", "--no-pptx"], "nothing would be written; `deckgen check`"),
    ],
)
def test_wrong_formats_are_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    """An unknown format names those there are, and a build that would write nothing says so; the exit code is 2."""
    with pytest.raises(SystemExit) as stop:
        main(["build", "124", "--root", str(ROOT), "--output", str(tmp_path / "out"), *options])

    assert stop.value.code == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_format_is_the_same_whatever_is_written_beside_it(tmp_path: Path, decks: dict[int, BuiltDeck]) -> None:
    """A file has the same bytes by itself as among all the others."""
    together = build(ROOT, 124, tmp_path / "all", Options(formats=tuple(FORMATS))).get().files
    for id, whole in zip(FORMATS, together, strict=True):
        [alone] = build(ROOT, 124, tmp_path / id, Options(formats=(id,))).get().files
        usual = decks[124].folder / whole.name

        assert alone.read_bytes() == whole.read_bytes()
        assert not usual.exists() or usual.read_bytes() == whole.read_bytes()
        assert usual.exists() == (id in USUAL)


def outline(pptx: Path) -> str:
    """The Markdown of a presentation, as `deckgen outline` prints it."""
    return markdown(read_contents(pptx.read_bytes(), pptx.name).get())


def test_the_markdown_says_what_was_accepted(every_kind: BuiltDeck) -> None:
    """A slide of every kind: its title, texts, table, numbers, alt texts, links and notes; `make accept` takes anew."""
    text = outline(every_kind.pptx)
    talks = text[text.index("## Talks") : text.index("## Closing")] + text[text.index("## Backup") :]
    if os.environ.get("ACCEPT"):
        GOLDEN.write_text(talks, "utf-8")

    assert talks == GOLDEN.read_text("utf-8")


def test_the_markdown_of_a_build_is_that_of_its_powerpoint(tmp_path: Path, decks: dict[int, BuiltDeck]) -> None:
    """What a build writes and what `deckgen outline` reads out of its PowerPoint are one."""
    [file] = build(ROOT, 124, tmp_path, Options(formats=("md",))).get().files

    assert file.read_text("utf-8") == outline(decks[124].pptx)


def test_every_line_of_the_outline_is_in_the_markdown(any_deck: BuiltDeck) -> None:
    """Rendered, the Markdown has each line and link of the text outline; one to a slide leads to its title."""
    tokens = list(flat(PARSER.parse(outline(any_deck.pptx))))
    shown = ("text", "code_inline", "fence")
    words = squeezed("".join(token.content for token in tokens if token.type in shown))
    links = {token.attrs["href"] for token in tokens if token.type == "link_open"}
    lines = [line.strip() for line in any_deck.outline.splitlines() if line.startswith("   ") and "[" not in line]
    lines = [re.sub(r"^\d+\. ", "", line) for line in lines]  # Markdown counts by itself

    assert [line for line in lines if not line.startswith(("->", "notes:")) and squeezed(line) not in words] == []
    assert [line for line in lines if line.startswith("notes:") and squeezed(line[6:]) not in words] == []
    assert {line[3:] for line in lines if line.startswith("->") and "-> #" not in line} - links == set()
    assert any(link.startswith("#") for link in links) == any("-> #" in line for line in lines)
    assert {link for link in links if str(link).startswith("#")} <= {*map(anchor, headings(tokens))}


def headings(tokens: list[Token]) -> list[str]:
    """The words of each heading."""
    pairs = pairwise(tokens)
    return [after.content for before, after in pairs if before.type == "heading_open"]


def anchor(heading: str) -> str:
    """Where a link to a heading leads, as GitHub makes it."""
    return "#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def flat(tokens: list[Token]) -> list[Token]:
    """Tokens with those inside them."""
    return [inner for token in tokens for inner in ([token] if token.children is None else flat(token.children))]


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def rendered(block: Block) -> list[Token]:
    """What a parser of Markdown makes of a block on a slide that has nothing else."""
    tokens = flat(PARSER.parse(markdown(Contents("", (), (Slide(blocks=(block,)),)))))
    return tokens[[token.type for token in tokens].index("heading_close") + 1 :]


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(
    str.strip
)


LISTS: dict[Bullet, set[str]] = {"": set(), "dot": {"bullet_list_open"}, "number": {"ordered_list_open"}}


@given(ANY_TEXT, st.sampled_from(list(LISTS)))
@example("# no title", "")
@example("## [x](y) **b** _i_ `c` <b>a</b> &amp; ~~s~~ ![p](q)", "")
@example("1. no list", "dot")
@example("12) none either", "")
@example("- - -", "")
@example("---", "")
@example("===", "")
@example("> quoted", "number")
@example(">", "")
@example("::error::stop", "")
@example("draft_ietf_tls and _this_", "")
@example("a | b", "")
def test_no_text_is_taken_for_markup(text: str, bullet: Bullet) -> None:
    """Whatever a slide says is text in the Markdown: no heading, list, link or HTML, and no command to a CI job."""
    block = Text((Paragraph((Run(text),), 0, bullet),))
    tokens = rendered(block)
    opened = {token.type for token in tokens if token.type not in ("text", "text_special") and token.nesting >= 0}

    assert "\n::" not in markdown(Contents("", (), (Slide(blocks=(block,)),)))
    assert opened - {"paragraph_open", "list_item_open"} == LISTS[bullet]
    assert squeezed("".join(token.content for token in tokens)) == squeezed(shown(text))


@given(ANY_TEXT)
@example("a | b \\| c")
def test_no_text_leaves_its_cell(text: str) -> None:
    """A table has the cells that it has, whatever stands in them."""
    cell = (Paragraph((Run(text),)),)
    tokens = rendered(Table(((cell, cell), (cell, ()))))

    assert [token.type for token in tokens].count("td_open") == 2
    assert squeezed("".join(t.content for t in tokens)) == squeezed(shown(text)) * 3


ADDRESS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1).map("https://example.org/{}".format)


@given(ANY_TEXT, ADDRESS)
@example("saag@ietf.org", "mailto:saag@ietf.org")
@example("https://www.ietf.org/", "https://www.ietf.org/")
@example("here", "https://example.org/a_(b)|c?d=<e>")
def test_a_link_leads_where_it_led(text: str, address: str) -> None:
    """The words and the address of a link come through, in a table too."""
    paragraph = Paragraph((Run(text, address),))
    for block in (Text((paragraph,)), Table((((paragraph,),),))):
        tokens = rendered(block)

        assert [unquote(str(t.attrs["href"])) for t in tokens if t.type == "link_open"] == [unquote(address)]
        assert squeezed("".join(token.content for token in tokens)) == squeezed(shown(text))


def shown(text: str) -> str:
    """Text as the outline has it: without what only says where a line may break, a mark for what no file may hold."""
    return REFUSED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\u200b", ""))


def test_runs_keep_their_look_and_their_spaces() -> None:
    """Bold, italic and struck text is marked, its spaces outside, and neighbours of one look are one."""
    runs = (Run("Not "), Run("the ", bold=True), Run("end", bold=True), Run(" at ", italic=True), Run("9", struck=True))

    assert "Not **the end** *at* ~~9~~\n" in markdown(Contents("", (), (Slide(blocks=(Text((Paragraph(runs),)),)),)))


def test_a_list_is_nested_as_on_the_slide() -> None:
    """An item stands under the one before it that is less deep, however deep it says it is."""
    levels: list[tuple[int, Bullet]] = [(0, "number"), (2, "dot"), (1, "dot"), (0, "dot"), (8, "number")]
    paragraphs = tuple(Paragraph((Run(f"{level}"),), level, bullet) for level, bullet in levels)

    assert markdown(Contents("", (), (Slide(blocks=(Text(paragraphs),)),))).splitlines()[2:] == [
        *("1. 0", "   - 2", "   - 1", "- 0", "  1. 8"),
    ]


def test_what_is_missing_is_said() -> None:
    """A slide without a title, a picture without words, a hidden slide, and one that cannot be read."""
    slides = (Slide(hidden=True, blocks=(Picture("Picture", ""),)), Slide(readable=False))
    text = markdown(Contents("", (), slides))

    assert text.split("\n\n") == [
        "### (no title) (hidden)",
        "*Picture:* (no alt text)",
        "### (this slide cannot be read)\n",
    ]
