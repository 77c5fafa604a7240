"""Files of an attacker -> a clear problem, soon, in little memory; and never anything but slides."""

from __future__ import annotations

import ast
import io
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from specimen import ROOT, lay_out

from deckgen.build import build, check
from deckgen.problems import DeckError, Origin, Problem
from deckgen.readback import read_pdf, read_pptx
from deckgen.source import Source, parse
from deckgen.svg import safe_svg
from deckgen.template import Filler

NAMES = f"""
meeting: {{number: 124}}
long: {"x" * 19_000}
list: [{", ".join(["a"] * 5_000)}]
groups: {{acme: ACME}}
"""


def _fill(text: str) -> list[Problem]:
    """What is wrong with a template; it must be said within two seconds."""
    started = time.process_time()
    with pytest.raises(DeckError) as stopped:
        Filler(parse(NAMES, "names")).fill(Source(text, Origin("template", 1, 1)))
    assert time.process_time() - started < 2
    return list(stopped.value.problems)


BOMBS = {
    "range": "{{ range(10**9) }}",
    "times": "{{ 'x' * 10**9 }}",
    "times in a text": "a {{ 'x' * 999999999 }}",
    "power": "{{ 9**9**9 }}",
    "joined": "{{ " + " ~ ".join(["long"] * 300) + " }}",
    "shown often": "{{ long }}" * 300,
    "parentheses": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "brackets": "{{ " + "[" * 200 + "]" * 200 + " }}",
    "not not": "{{ " + "not " * 4_000 + "1 }}",
    "attributes": "{{ meeting" + ".a" * 5_000 + " }}",
    "conditions": "{% if 1 %}" * 1_500 + "x",
    "else else": "{{ 1 " + "if 1 else 1 " * 1_200 + " }}",
    "filters": "{{ list" + " | sort" * 300 + " }}",
    "comparisons": "{{ " + " and ".join(["'z' in list"] * 100) + " }}",
    "recursion": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "loop": "{% for i in list %}{{ long }}{% endfor %}",
    "assignment": "{% set x = long ~ long %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "extends": "{% extends long %}",
    "text of a list": "{{ list ~ '' }}",
    "wide": "{{ 'a' | center(1000000000) }}",
    "rounded": "{{ 1 | round(1000000000, 'ceil') }}",
    "digits": "{{ " + "9" * 5_000 + " }}",
    "format": "{{ '%1000000000d' % 1 }}",
    "lorem": "{{ lipsum(1000000) }}",
    "infinity": "{{ 1e308 * 10 }}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_expression_that_asks_too_much_ends_in_a_problem(name: str) -> None:
    """However long, deep, endless or huge: a problem within two seconds."""
    [problem] = _fill(BOMBS[name])

    assert problem.rule in ("unsafe-template", "bad-template", "undefined-name")


LOOPS = {
    "three deep": "- {each: a in list, of: {each: b in list, of: {each: c in list, of: x}}}",
    "without result": "- {each: a in list, of: {each: b in list, when: false, of: x}}",
    "long texts": '- {each: a in list, of: "{{ long }}"}',
    "large literals": f"- {{each: a in list, of: [{', '.join(['x'] * 1000)}]}}",
    "search": "- {each: a in list, of: \"{{ 'z' in list }}\"}",
    "sorting": '- {each: a in list, of: "{{ list | sort | first }}"}',
    "many expressions": "\n".join(f'- "{{{{ {number} }}}}"' for number in range(30_000)),
}


@pytest.mark.parametrize("name", LOOPS)
def test_loops_together_are_bounded(name: str) -> None:
    """The work of all expressions of a deck is counted, not only that of each."""
    started = time.process_time()
    with pytest.raises(DeckError) as stopped:
        Filler(parse(NAMES, "names")).fill(parse(LOOPS[name], "template"))

    assert [problem.rule for problem in stopped.value.problems] == ["unsafe-template"]
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "meeting['__class__']",
        "groups.items.__self__",
        "groups.get.__globals__",
        "'{0.__class__}'.format(1)",
        "meeting | attr('__class__')",
        "self._TemplateReference__context",
        "groups.update({})",
        "groups.clear()",
        "list.append(1)",
        "long.upper()",
        "cycler.__init__.__globals__",
        "dict.__base__",
        "groups.items",
        "self",
    ],
)
def test_python_is_out_of_reach(expression: str) -> None:
    """No attribute of Python, no method but the four that read a mapping."""
    [problem] = _fill("{{ " + expression + " }}")

    assert problem.rule in ("unsafe-template", "bad-template", "undefined-name")


def test_attacks_stay_within_300_megabytes() -> None:
    """All bombs one after the other in a process of its own take less memory than that."""
    code = (
        "from pathlib import Path\nfrom test_safety import BOMBS, LOOPS, NAMES, Filler, Origin, Source, parse\n"
        "from deckgen.problems import DeckError\n"
        "texts = [Source(text, Origin('t', 1, 1)) for text in BOMBS.values()]\n"
        "for one in [*texts, *(parse(text, 't') for text in LOOPS.values())]:\n"
        "    try:\n        Filler(parse(NAMES, 'names')).fill(one)\n    except DeckError:\n        pass\n"
        "status = Path('/proc/self/status').read_text()\n"  # ru_maxrss counts what the parent had as well
        "print(status.partition('VmHWM:')[2].split()[0])\n"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )

    assert int(done.stdout) < 300 * 1024


def _laughs(depth: int) -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, depth)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (_laughs(10), "too-large"),
        (f"a: &a {'x' * 19_000}\nb: [{', '.join(['*a'] * 200)}]", "too-large"),
        ("&a [*a]", "too-deep"),
        ("&a {b: *a}", "too-deep"),
        ("[" * 100_000, "yaml-syntax"),
        ("{a: " * 100_000, "yaml-syntax"),
        ("- " * 100_000, "yaml-syntax"),
        ("? " * 100_000, "yaml-syntax"),
        ("\n".join(" " * i + "a:" for i in range(2_000)), "yaml-syntax"),
        ("[" * 40 + "]" * 40, "too-deep"),
        (f"a: {'x' * 30_000}", "too-large"),
        ("a: \x07", "control-character"),
        ('a: "\\x07"', "control-character"),
        ('a: "\\u202e"', "control-character"),
        ("a: \u2066b", "control-character"),
        ('"\\x1b[31m": b', "control-character"),
        ("a: !!python/object/apply:os.system [id]", "yaml-tag"),
        ("<<: *b", "yaml-syntax"),
    ],
)
def test_yaml_that_bites_is_refused(text: str, rule: str) -> None:
    """Aliases, depth, size, tags and invisible characters are bounded or refused, soon."""
    started = time.process_time()
    with pytest.raises(DeckError) as stopped:
        parse(text, "file")

    assert {problem.rule for problem in stopped.value.problems} == {rule}
    assert time.process_time() - started < 2


def test_file_of_two_megabytes_is_not_even_parsed(tmp_path: Path) -> None:
    """The size is looked at first."""
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "124.yaml").write_text("a: b\n" * 400_000)

    assert "too-large" in {problem.rule for problem in check(tmp_path, 124)}


def _root(tmp_path: Path, slides: str) -> Path:
    path = tmp_path / "specimen.yaml"
    path.write_text(f"slides:\n{slides}")
    lay_out(path, tmp_path / "root")
    return tmp_path / "root"


def _picture(tmp_path: Path, name: str, data: bytes = b"") -> set[str]:
    """The rules that speak of a slide with this picture."""
    slide = f'  one: {{kind: figure, title: One, alt: A picture, section: Reports, picture: "{name}"}}\n'
    root = _root(tmp_path, slide)
    if data:
        (root / name).write_bytes(data)
    return {problem.rule for problem in check(root, 124)}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "/etc/passwd.png",
        "../outside.png",
        "meetings/../../outside.png",
        "meetings\\\\..\\\\..\\\\outside.png",
        "https://example.com/x.png",
        "file:///etc/x.png",
        "data:image/png;base64,AAAA.png",
        "C:/x.png",
        "~/x.png",
        "meetings/124.yaml",
        "meetings/figures/x.gif",
        "meetings/figures/x.pdf",
        "meetings/figures",
        "a\\0b.png",
    ],
)
def test_picture_from_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """Absolute paths, ways up, addresses, and files that are no pictures."""
    Image.new("RGB", (10, 10)).save(tmp_path / "outside.png")

    assert _picture(tmp_path, name) & {"bad-picture", "no-picture", "control-character"}


def test_picture_behind_a_link_out_of_the_repository_is_refused(tmp_path: Path) -> None:
    """A link in the repository is no way out of it."""
    Image.new("RGB", (10, 10)).save(tmp_path / "outside.png")
    root = _root(
        tmp_path, "  one: {kind: figure, title: One, alt: x, section: Reports, picture: meetings/figures/l.png}\n"
    )
    (root / "meetings" / "figures" / "l.png").symlink_to(tmp_path / "outside.png")

    assert "bad-picture" in {problem.rule for problem in check(root, 124)}


def _png(width: int, height: int) -> bytes:
    """The head of a PNG that says it is so large."""
    stream = io.BytesIO()
    Image.new("1", (8, 8)).save(stream, "PNG")
    data = bytearray(stream.getvalue())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [_png(60_000, 60_000), _png(2**31 - 1, 2**31 - 1), _png(5_000, 5_000), b"\x89PNG\r\n\x1a\n", b"<html>", b"GIF89a"],
)
def test_picture_that_lies_or_is_too_large_is_refused(tmp_path: Path, data: bytes) -> None:
    """Pixel bombs, cut files and other formats under a false name."""
    assert "bad-picture" in _picture(tmp_path, "meetings/figures/x.png", data)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "event": '<rect onload="alert(1)" width="1" height="1"/>',
    "foreign": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    "image": '<image href="file:///etc/passwd"/>',
    "link": '<a href="https://example.com/"><rect width="1" height="1"/></a>',
    "use of another file": '<use xlink:href="other.svg#a"/>',
    "use of data": '<use href="data:image/svg+xml;base64,AAAA"/>',
    "import": "<style>@import url(https://example.com/x.css);</style>",
    "import without url": '<style>@import "x.css";</style>',
    "font": "<style>@font-face {font-family: x; src: url(https://example.com/x)}</style>",
    "style": '<rect style="fill: url(https://example.com/#a)" width="1" height="1"/>',
    "hidden style": '<rect style="fill: u\\72l(https://example.com/)" width="1" height="1"/>',
    "fill": '<rect fill="url(\'//example.com/x#a\')" width="1" height="1"/>',
    "animation": '<set attributeName="href" to="javascript:alert(1)"/>',
    "filter": '<filter id="f"><feImage href="x.png"/></filter>',
    "base": '<g xml:base="https://example.com/"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "many": "".join(f'<g id="a{i}">{f"""<use href="#a{i - 1}"/>""" * 10 if i else "<path/>"}</g>' for i in range(10)),
    "deep": "<g>" * 5_000 + "</g>" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_svg_that_runs_reaches_out_or_never_ends_is_refused(name: str) -> None:
    """Only what draws, once, from the file itself."""
    with pytest.raises(DeckError) as stopped:
        safe_svg(SVG.format(HOSTILE[name]).encode(), Origin("x.svg"))

    assert stopped.value.problems[0].rule in ("unsafe-picture", "bad-picture")


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + SVG.format("<text>&b;</text>"),
        "<html/>",
        "not XML",
        SVG.format("").replace('width="9"', 'width="1e400"'),
        SVG.format("").replace('width="9"', ""),
    ],
)
def test_document_that_is_no_plain_svg_is_refused(document: str) -> None:
    """Entities, other roots, sizes that are none."""
    with pytest.raises(DeckError):
        safe_svg(document.encode(), Origin("x.svg"))


def test_svg_of_a_drawing_program_is_taken() -> None:
    """Document type, comments, notes of the program, inches and Latin-1: what honest programs write."""
    document = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- by a program -->'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="2in" height="144pt"><i:view zoom="1"/>'
        '<defs><pattern id="p"/></defs><style>* {stroke-linejoin: round}</style>'
        '<rect fill="url(#p)" width="1" height="1"/><text>Montréal</text></svg>'
    )
    data, width, height = safe_svg(document.encode("latin-1"), Origin("x.svg"))

    assert (width, height) == (192, 192)
    assert "Montréal" in data.decode("utf-8")
    assert b"inkscape.org" not in data.partition(b"<defs")[2]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.com/",
        "//example.com",
        "x.html",
        "tel:1",
    ],
)
def test_link_to_anything_but_the_web_and_mail_is_refused(tmp_path: Path, target: str) -> None:
    """http, https and mailto, written or in a QR code."""
    written = f'  a: {{kind: statement, title: A, section: Reports, lines: ["[x]({target})"]}}\n'
    coded = f'  b: {{kind: statement, title: B, section: Reports, qr: {{target: "{target}"}}}}\n'

    assert [p.rule for p in check(_root(tmp_path, written + coded), 124) if p.rule == "bad-link"] == [
        "bad-link",
        "bad-link",
    ]


TYPST = [
    '#read("/etc/passwd")',
    "$x^2$",
    '#include "/etc/passwd"',
    '#import "@preview/cetz:0.1.0"',
    "\\u{41}",
    "= H",
    "@ref <label>",
]


def test_text_is_never_source_of_typst(tmp_path: Path) -> None:
    """What looks like Typst stands on both slides as it was written, letter for letter."""
    lines = "".join(f"      - '{text}'\n" for text in TYPST)
    root = _root(
        tmp_path, f"  one:\n    kind: bullets\n    title: '#read(\"x\")'\n    section: Reports\n    items:\n{lines}"
    )
    built = build(root, 124, tmp_path / "out")
    pdf, pptx = (next(p for p in built.files if p.suffix == suffix).read_bytes() for suffix in (".pdf", ".pptx"))
    shown = next(page for page in read_pptx(pptx) if page.title == '#read("x")')
    drawn = next(page for page in read_pdf(pdf) if page.title == '#read("x")')

    for text in TYPST:
        assert text in shown.lines
        assert "".join(text.split()) in "".join("".join(drawn.lines).split())


def test_build_reaches_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deck is built where no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)

    assert build(ROOT, 124, tmp_path).pages


def test_nothing_reaches_a_shell_or_the_interpreter() -> None:
    """No module of deckgen runs text as code, and none starts a program but the two that say so."""
    doors = {"review/revision.py": "subprocess", "processes.py": "multiprocessing"}
    for path in (ROOT / "deckgen").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

        refused = {"subprocess", "pty", "ctypes.util", "multiprocessing", "pickle", "marshal", "shelve"}

        assert not imported & (refused - {doors.get(path.relative_to(ROOT / "deckgen").as_posix())}), path
        assert not called & {"eval", "exec", "compile", "__import__"}, path
        assert not named & {"system", "popen", "spawnl", "execv", "execvp"}, path
