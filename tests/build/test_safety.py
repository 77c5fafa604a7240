"""Files of an attacker -> a clear problem, soon, in little memory; and never anything but slides."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.repository import ROOT, rewrite
from support.specimen import slides_in

from deckgen.build.one import build, check
from deckgen.cli.main import main
from deckgen.expressions.fill import Filler
from deckgen.problems import DeckError, Origin, Problem
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx
from deckgen.review.words import compare_lines
from deckgen.source import Source, parse

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
        Filler(parse(NAMES, "names").get()).fill(Source(text, Origin("template", 1, 1))).get()
    assert time.process_time() - started < 2
    return list(stopped.value.problems)


BOMBS = {
    "range": "{{ range(10**9) }}",
    "times": "{{ 'x' * 10**9 }}",
    "times in a text": "a {{ 'x' * 999999999 }}",
    "power": "{{ 9**9**9 }}",
    "joined": "{{ " + " ~ ".join(["long"] * 300) + " }}",
    "replaced": "{{ long | replace('x', long) }}",
    "joined by": "{{ (list + list + list + list) | join(long) }}",
    "shown often": "{{ long }}" * 300,
    "parentheses": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "brackets": "{{ " + "[" * 200 + "]" * 200 + " }}",
    "not not": "{{ " + "not " * 4_000 + "1 }}",
    "attributes": "{{ meeting" + ".a" * 5_000 + " }}",
    "conditions": "{% if 1 %}" * 1_500 + "x",
    "else else": "{{ 1 " + "if 1 else 1 " * 1_200 + " }}",
    "filters": "{{ list" + " | sort" * 600 + " }}",
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
    "a format as a test": "{{ '%999999999d' is odd }}",
    "a format as another": "{{ '%999999999d' is divisibleby(3) }}",
    "many marks": "{{ ]] " * 700,
}


@pytest.mark.promise
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
    "lists of lists": (
        "- {each: 'x1 in [list, list, list, list]', of: {each: 'x2 in [[x1, x1, x1], [x1, x1]]', "
        "of: {each: 'x3 in [[x2, x2, x2], [x2, x2]]', of: '{{ [x3, x3, x3, x3] }}'}}}"
    ),
    "what cannot be read": "- {each: a in list, of: '" + "{{ ]] " * 700 + "'}",
    "many expressions": "\n".join(f'- "{{{{ {number} }}}}"' for number in range(30_000)),
}


@pytest.mark.promise
@pytest.mark.parametrize("name", LOOPS)
def test_loops_together_are_bounded(name: str) -> None:
    """The work of all expressions of a deck is counted, not only that of each."""
    started = time.process_time()
    with pytest.raises(DeckError) as stopped:
        Filler(parse(NAMES, "names").get()).fill(parse(LOOPS[name], "template").get()).get()

    assert {problem.rule for problem in stopped.value.problems} <= {"unsafe-template", "bad-template"}
    assert stopped.value.problems[-1].text == "the expressions of the deck take too long"
    assert time.process_time() - started < 2


@pytest.mark.promise
@pytest.mark.parametrize("condition", ["nested == alike", "alike in [nested, 1]", "nested is eq alike"])
def test_comparing_what_is_nested_costs_what_it_holds(condition: str) -> None:
    """No list is long, but all of them together are: 19,600 texts are compared again and again."""
    square = "[" + ", ".join(["[" + ", ".join(["a"] * 140) + "]"] * 140) + "]"
    names = parse(f"nested: {square}\nalike: {square}\nrow: [{', '.join(['a'] * 140)}]", "names").get()
    loop = f"- {{each: a in row, of: {{each: b in row, of: '{{{{ {condition} }}}}'}}}}"
    started = time.process_time()

    with pytest.raises(DeckError) as stopped:
        Filler(names).fill(parse(loop, "template").get()).get()

    assert [problem.rule for problem in stopped.value.problems] == ["unsafe-template"]
    assert time.process_time() - started < 2


@pytest.mark.promise
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


@pytest.mark.promise
def test_attacks_stay_within_300_megabytes() -> None:
    """All bombs one after the other in a process of its own take less memory than that."""
    code = (
        "from pathlib import Path\nfrom test_safety import BOMBS, LOOPS, NAMES, Filler, Origin, Source, parse\n"
        "from deckgen.base.problem import DeckError\n"
        "texts = [Source(text, Origin('t', 1, 1)) for text in BOMBS.values()]\n"
        "for one in [*texts, *(parse(text, 't').get() for text in LOOPS.values())]:\n"
        "    Filler(parse(NAMES, 'names').get()).fill(one)\n"
        "status = Path('/proc/self/status').read_text()\n"  # ru_maxrss counts what the parent had as well
        "print(status.partition('VmHWM:')[2].split()[0])\n"
    )
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests", Path(__file__).parent)))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )

    assert int(done.stdout) < 300 * 1024


def _laughs(depth: int) -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, depth)]
    return "\n".join(lines)


@pytest.mark.promise
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
    assert {problem.rule for problem in parse(text, "file").errors} == {rule}
    assert time.process_time() - started < 2


@pytest.mark.promise
@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "."])
def test_a_meeting_that_is_no_plain_file_is_not_read(
    tmp_path: Path, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link leads out of the repository, and a device never ends."""
    root = slides_in(tmp_path, "  a: null\n")
    (root / "meetings" / "124.yaml").unlink()
    (root / "meetings" / "124.yaml").symlink_to(target)

    assert main(["check", "124", "--root", str(root)]) == 1

    said = capsys.readouterr().out
    assert "meetings/124.yaml: error: this is not a regular file [no-file]" in said
    assert "root:" not in said


@pytest.mark.promise
def test_lines_of_a_file_are_harmless_in_a_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a terminal would obey is not shown, and what a CI job would obey stands at no start of a line."""
    root = slides_in(tmp_path, "  a: null\n")
    (root / "meetings" / "124.yaml").write_text('::stop-commands::x: 1\n"##[error]y": 1\n"\\x1b[31m": "\u202ez"\n')

    main(["check", "124", "--root", str(root)])
    (root / "meetings" / "124.yaml").write_text('::stop-commands::x: 1\n"##[error]y": 1\n')
    main(["check", "124", "--root", str(root)])

    lines = capsys.readouterr().out.splitlines()
    assert any("::stop-commands::x" in line for line in lines)
    assert not any(line.strip().startswith("::") or "##[" in line for line in lines if "error:" not in line)
    assert not any("\x1b" in line or "\u202e" in line for line in lines)


def test_blank_lines_cost_nothing(tmp_path: Path) -> None:
    """A megabyte of them under a slide of many texts, and under one of many faults."""
    items = ", ".join(f"IETF 9{number}" for number in range(900))
    columns = f"  a: {{kind: columns, title: A, section: Reports, items: [{items}]}}\n"
    faults = "  b: {kind: bullets, title: B, section: Reports, items: [{each: x in [1, 2, 3], of: '{{ nope }}'}]}\n"
    started = time.process_time()

    check(slides_in(tmp_path, columns + faults + "\n" * 850_000), 124)

    assert time.process_time() - started < 10


@pytest.mark.promise
def test_slides_are_bounded_in_number(tmp_path: Path) -> None:
    """Three thousand of one line each."""
    slides = "".join(f"  s{number}: {{kind: statement, title: S}}\n" for number in range(3_000))
    started = time.process_time()

    assert [problem.rule for problem in check(slides_in(tmp_path, slides), 124)] == ["too-large"]
    assert time.process_time() - started < 10


def test_notes_of_any_length_are_compared_soon() -> None:
    """Every line edited: where that is too many to pair, the old ones and the new ones are shown."""
    old, new = ([f"{word} line {number} of the notes" for number in range(5_000)] for word in ("An old", "A new"))
    started = time.process_time()

    changes = compare_lines(old, new)

    assert [change.only("old") for change in changes if change.only("old")] == old
    assert time.process_time() - started < 10


def test_words_like_a_draft_take_no_time(tmp_path: Path) -> None:
    """A name of hyphens alone, as long as a text may be, on many lines."""
    text = "draft-" + "-" * 4_900
    started = time.process_time()

    check(
        slides_in(tmp_path, f"  a: {{kind: bullets, title: A, section: Reports, items: [{', '.join([text] * 40)}]}}\n"),
        124,
    )

    assert time.process_time() - started < 10


@pytest.mark.promise
@pytest.mark.parametrize(("pattern", "target"), [("XYZ{number}", "javascript:x({number})"), ("", "https://x.org/")])
def test_patterns_of_links_are_held_to_the_same_rules(tmp_path: Path, pattern: str, target: str) -> None:
    """A template is reviewed as code, and still cannot lead to a script."""
    root = slides_in(tmp_path, "  a: null\n")
    links = root / "templates" / "links.yaml"
    rewrite(links, f'{links.read_text("utf-8")}"{pattern}": "{target}"\n')

    assert "templates/links.yaml" in {problem.origin.path for problem in check(root, 124)}


@pytest.mark.promise
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

    assert [p.rule for p in check(slides_in(tmp_path, written + coded), 124) if p.rule == "bad-link"] == [
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


@pytest.mark.promise
def test_text_is_never_source_of_typst(tmp_path: Path) -> None:
    """What looks like Typst stands on both slides as it was written, letter for letter."""
    lines = "".join(f"      - '{text}'\n" for text in TYPST)
    root = slides_in(
        tmp_path, f"  one:\n    kind: bullets\n    title: '#read(\"x\")'\n    section: Reports\n    items:\n{lines}"
    )
    built = build(root, 124, tmp_path / "out").get()
    pdf, pptx = (next(p for p in built.files if p.suffix == suffix).read_bytes() for suffix in (".pdf", ".pptx"))
    shown = next(page for page in read_pptx(pptx) if page.title == '#read("x")')
    drawn = next(page for page in read_pdf(pdf) if page.title == '#read("x")')

    for text in TYPST:
        assert text in shown.lines
        assert "".join(text.split()) in "".join("".join(drawn.lines).split())


@pytest.mark.promise
def test_build_reaches_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deck is built where no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)

    assert build(ROOT, 124, tmp_path).get().pages


@pytest.mark.promise
def test_build_needs_no_network(tmp_path: Path) -> None:
    """Where the kernel gives a process no network, native code included, the deck is as ever."""
    alone = shutil.which("unshare")
    if not alone or subprocess.run([alone, "--map-root-user", "--net", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody take the network from a process: apt-get install util-linux, as root")
    command = [alone, "--map-root-user", "--net", sys.executable, "-m", "deckgen", "build", "124", "--root", str(ROOT)]
    subprocess.run([*command, "--output", str(tmp_path)], check=True, capture_output=True)

    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.promise
def test_nothing_reaches_a_shell_or_the_interpreter() -> None:
    """No module of deckgen runs text as code, and none starts a program but those that say so."""
    doors = {
        "review/revision.py": {"subprocess"},
        "base/processes.py": {"multiprocessing", "pickle", "subprocess"},
        "base/apart.py": {"pickle", "subprocess"},
        "base/budget.py": {"pickle"},
    }
    for path in (ROOT / "deckgen").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

        refused = {"subprocess", "pty", "ctypes.util", "multiprocessing", "pickle", "marshal", "shelve"}

        assert not imported & (refused - doors.get(path.relative_to(ROOT / "deckgen").as_posix(), set())), path
        assert not called & {"eval", "exec", "compile", "__import__"}, path
        assert not named & {"system", "popen", "spawnl", "execv", "execvp"}, path
