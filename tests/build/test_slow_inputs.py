"""Files of an attacker that are slow by the square, or by their number -> problems soon, in little memory.

Each was found to take long, or gigabytes, once. What nobody has thought of is for tests/base/test_budget.py, and for
`python -m support.fuzz 2000 --slowest`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL, ROOT

pytestmark = pytest.mark.slow

Folder = Callable[..., Path]
SECONDS = 10  # of the processor; the slowest of them takes some six
MEGABYTES = 400
_LETTERS = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=400))


def _shuffled(seed: int, length: int) -> str:
    return "".join(random.Random(seed).sample(_LETTERS[:length], length))


def _slides(slide: Callable[[int], str], count: int) -> str:
    return "slides:\n" + "".join(f"  s{n}: {{title: S{n}, section: Reports, {slide(n)}}}\n" for n in range(count))


def _bullets(*items: str, slides: int = 1) -> str:
    return _slides(lambda _: f"kind: bullets, items: [{', '.join(items)}]", slides)


def _moved(length: int, count: int) -> str:
    slides = (
        f"  {_shuffled(n, length)}: {{kind: statement, title: S, after: {_shuffled(-n, length)}}}\n"
        for n in range(count)
    )
    return "slides:\n" + "".join(slides)


_URL = "https://example.org/" + "x" * 270
SLOW = {
    "suggestions for long ids": _moved(400, 300),
    "suggestions for short ids": _moved(26, 1_900),
    "suggestions for keys": _slides(
        lambda _: f"kind: statement, {', '.join(f'titl{n}e: 1' for n in range(40))}", 1_000
    ),
    "groups that are nearly others": f"groups: {{{', '.join(f'{_shuffled(n, 10)}{n}: G' for n in range(20_000))}}}",
    "keys on one line": f"{{{', '.join(f'k{n}: 1' for n in range(70_000))}}}",
    "anchors on one line": f"a: [{', '.join(f'&a{n} x' for n in range(70_000))}]",
    "question marks": f"{{{','.join('?' * 499_000)}}}",
    "braces": _bullets(*['"' + "{{ " * 6_000 + '"'] * 50),
    "braces with percent": _bullets(*['"' + "{% " * 6_000 + '"'] * 50),
    "sorting again and again": _bullets(*['"{{ groups.keys()' + " | sort" * 60 + ' | first }}"'] * 90)
    + f"groups: {{{', '.join(f'g{n}: G' for n in range(3_000))}}}",
    "slashes": _bullets(*["a/" * 2_400] * 20),
    "slashes in many words": _bullets(*[("a/" * 740 + " ") * 2] * 330),
    "bullets without end": _bullets(*["b"] * 900, slides=100),
    "bold words": _bullets(*['"' + "**a** " * 480 + '"'] * 300),
    "brackets of Markdown": _bullets(*['"' + "[a](" * 4_700 + '"'] * 40),
    "doubled words in a table": _slides(
        lambda _: f"kind: table, header: [A, B], rows: [{', '.join(['[' + 'word ' * 80 + ', b]'] * 1_900)}]", 1
    ),
    "QR codes": _slides(lambda n: f"kind: statement, qr: {{target: '{_URL}{n}', alt: x}}", 1_900),
    "long QR codes": _slides(
        lambda n: f"kind: statement, qr: {{target: 'https://a.org/{'x' * 1_800}{n}', alt: x}}", 400
    ),
    "control characters": _bullets(*['"\\x07"'] * 90_000),
    "comments to ignore": "# deckgen: ignore[a]\n" * 40_000,
}


@pytest.mark.promise
@pytest.mark.parametrize("name", SLOW)
def test_a_slow_input_ends_soon(folder: Folder, tmp_path: Path, name: str) -> None:
    """With its problems, not with those of the budget."""
    text = SLOW[name] if SLOW[name].startswith("{") else f"{MINIMAL}{SLOW[name]}"
    assert len(text) <= 1_000_000
    root = folder(text)
    command = [sys.executable, "-m", "deckgen", "check", "123", "--root", str(root)]
    with (tmp_path / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()

    assert process.returncode in (0, 1)
    assert "Traceback" not in text
    assert "[over-budget]" not in text
    assert used.ru_utime + used.ru_stime < SECONDS
    assert used.ru_maxrss < MEGABYTES * 1024
