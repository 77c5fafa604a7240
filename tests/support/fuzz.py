"""Seeds -> mutated meeting and template files -> decks or Problems; anything else is a bug of ours.

By hand, in tests/, `python -m support.fuzz 20000` runs that many seeds and says how fast;
`python -m support.fuzz 7 --only` runs seed 7 alone, and `python -m support.fuzz 2000 --slowest` looks for the input
that takes the most time for each of its bytes. In CI, tests/build/test_properties.py runs a few hundred.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import signal
import sys
import tempfile
import textwrap
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deckgen.base.files import MAX_BYTES
from deckgen.build.one import build, typeset
from deckgen.problems import DeckError
from deckgen.source import dump, parse, plain
from support.repository import rewrite
from support.specimen import SPECIMENS, lay_out_specimen

SECONDS = 20  # after which an input counts as a hang
_SHARE = 500  # inputs for one process: Typst has 65,535 file ids for each, and every compiler takes one
_KEPT = 20  # inputs that a search for the slowest goes on from
_LARGEST = 60_000  # letters of such an input, so that many can be tried
_FULL = 8  # of so many inputs, one is written to both files and read back
EVERY_KIND = """
agenda:
  - {item: Welcome, minutes: 5}
  - {item: A talk, minutes: 15, who: A. Speaker, slide: one}
  - {item: Open Mic, minutes: remaining}
groups: {acme: ACME, tls: TLS}
errata:
  "123": {open: 218, closed: 21, reported: 34}
  "124": {open: 195, closed: 31, reported: 8}
chair_changes:
  acme: {departures: [A. Chair], additions: [B. Chair, C. Chair]}
dispatch_outcomes:
  - {title: A proposal, draft: draft-wang-ppm-ecdh-psi, outcome: a list}
slides:
  one:
    kind: statement
    title: A talk
    lines: [by somebody, "{{ groups.values() | commas }}"]
    qr: {target: https://www.ietf.org/, alt: The IETF}
  two:
    kind: bullets
    title: Points
    notes: Say this.
    callout: Send mail to {{ area.list }}
    items:
      - text: A point
        items: [under it, {text: and, items: [under that]}]
      - para: A paragraph
      - "**bold** _emphasis_ `code` [link](https://www.ietf.org/) RFC 4086"
      - {each: "wg in groups.keys()", of: "{{ wg | upper }}"}
  three:
    kind: bullets
    title: Groups
    groups: [{heading: Left, items: [one, two]}, {heading: Right, items: [three]}]
  four:
    kind: columns
    title: Entries
    columns: 3
    items: [a, b, c, d, e, f, g]
  five:
    kind: table
    title: Rows
    header: [WG, Number]
    align: [left, right]
    rows:
      - [ACME, 1]
      - {cells: [{text: TLS, sub: since 1996}, 2], highlight: true}
    chart: {title: Numbers, categories: [a, b], values: [1, null], highlight: a}
    footnote: As of today
  six:
    kind: figure
    title: A picture
    picture: meetings/figures/drawing.svg
    alt: A circle
    caption: [A circle]
  seven:
    kind: key-figures
    title: Numbers
    figures: [{value: "285", label: documents}, {value: "9,554", label: pages}]
  eight:
    kind: chart
    title: Lines
    chart:
      type: line
      title: Errata
      categories: [a, b, c]
      series: [{name: Open, values: [1, 2, 3]}, {name: Closed, values: [3, null, 1]}]
"""
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**17, 1e99, -0.5, "", " ", "0", "x", "null", "remaining", [], [[]], {}, {"": ""}),
    *({"text": "x"}, {"items": ["x"]}, {"each": "a in groups"}, {"each": "x"}, {"when": "groups"}, {"kind": "chart"}),
    *("{{", "{{ x }}", "{{ groups }}", "{{ groups.items() }}", "{{ [[1]] }}", "{{ 1/0 }}", "{% if %}", "{{ meeting }}"),
    *(
        "word " * 300,
        "x" * 3000,
        "wide" * 60,
        "山田太郎" * 20,
        "مرحبا بالعالم",
        "e\u0301",
        "\u200b",
        "a\nb",
        "😀",
        "#read(1)",
    ),
    *("**", "[a](b)", "[a](http://b)", "`", "&#0;", "<b>", "http://x", "a@b.c", "draft-a-b-c", "RFC 1", "\\", "$x$"),
    *("table", "bullets", "agenda", "09:30", "25:00", "2025-13-01", "2025-11-07", "/etc/passwd.png", "../x.png"),
    *("meetings/figures/large.png", "one", "agenda", "Reports", ["a"] * 60, [["a", "b"]] * 60, [1, 2, 3], ["x " * 200]),
)
# What a schema lets through, in the place of a text or a number: where a line may break, and what may be misread.
_SOUND: tuple[Any, ...] = (
    *("a state-of-the-art draft-ietf-tls-hybrid-design " * 3, "one/two/three " * 12, "W" * 70, "half\u00adway " * 9),
    *("soft\u00adhyphen", "non\u2011breaking", "1130", "9:30", "²", "Nope", "01", 3.125, 0.001, 1234567.5, 10**11),
)
_TOKENS = (
    *(": ", "- ", "\n", "  ", "#", "&a ", "*a", "!!str ", "|", ">-", "'", '"', "[", "]", "{", "}", ",", "? ", "---\n"),
    *("\t", "\r", "\x00", "\ufeff", "\u2028", "{{ ", " }}", "{% if x %}", "%", "@", "null", "~", "é", "😀", "<<: *a"),
)


def mutated(text: str, chance: random.Random) -> str:
    """A file with one to four things changed in it."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice((_value, _value, _value, _key, _token, _span, _line))(text, chance)
    return text


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every mapping and list of a value with each of its keys or indices."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield value, key
        yield from _nodes(child)


def _structure(text: str, chance: random.Random, change: Callable[[Any, Any], None]) -> str:
    """The file with one node of its tree changed; a file that is no YAML stays as it is."""
    try:
        tree = plain(parse(text, "fuzz").get())
        nodes = list(_nodes(tree))
        if nodes:
            change(*chance.choice(nodes))
        return dump(tree)
    except (DeckError, RecursionError, ValueError):
        return text


def _value(text: str, chance: random.Random) -> str:
    def change(parent: Any, key: Any) -> None:
        kept = isinstance(parent[key], (str, int, float)) and chance.random() < 0.4
        parent[key] = chance.choice(_SOUND if kept else _VALUES)

    return _structure(text, chance, change)


def _key(text: str, chance: random.Random) -> str:
    def change(parent: Any, key: Any) -> None:
        if isinstance(parent, list):
            parent.insert(key, parent[key] if chance.random() < 0.5 else chance.choice(_VALUES))
        elif chance.random() < 0.4:
            del parent[key]
        else:
            parent[chance.choice((f"{key}+", f"{key}s", "title", "items", "kind", "when", "each", "of"))] = parent[key]

    return _structure(text, chance, change)


def _token(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_TOKENS) + text[at:]


def _span(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((1, 1, 3, 10, 100)))
    return text[:start] + (text[start:end] * chance.choice((0, 0, 2, 5))) + text[end:]


def _line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = chance.choice(
        ((lines[other], lines[one]), ("  " + lines[one], lines[other]), (lines[one][2:], lines[one]))
    )
    return "\n".join(lines)


def grown(text: str, chance: random.Random) -> str:
    """A file in which one thing stands many times."""
    many = chance.choice((3, 10, 30, 100, 300))

    def change(parent: Any, key: Any) -> None:
        child = parent[key]
        if isinstance(parent, list):
            parent[key:key] = [child] * many
        elif isinstance(child, dict):
            child.update({f"{name}{number}": one for name, one in [*child.items()] for number in range(many)})
        elif isinstance(child, str):
            parent[key] = child * many
        else:
            parent[key] = [child] * many

    return _structure(text, chance, change)


class Hang(Exception):
    """An input took longer than SECONDS."""


@contextmanager
def _bounded_in_time() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Fuzzer:
    """A folder of one meeting whose files are mutated, one seed after the other."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        start = folder / "every-kind.yaml"
        start.write_text(EVERY_KIND, "utf-8")
        lay_out_specimen(start, self.root)
        self._meeting = self.root / "meetings" / "124.yaml"
        self._meetings = [EVERY_KIND, *(path.read_text("utf-8") for path in sorted(SPECIMENS.glob("rules/*.bad.yaml")))]
        self._meetings = [text.partition("\n--- ")[0] for text in self._meetings if "# meeting:" not in text]
        self._files = {path: path.read_text("utf-8") for path in sorted(self.root.rglob("*.yaml"))}

    def outcome(self, seed: int) -> str:
        """`deck` or `problems`; whatever else there is, is raised."""
        chance = random.Random(seed)
        path, text = self._mutated(chance)
        rewrite(path, text.encode("utf-8", "surrogatepass"))
        try:
            with _bounded_in_time():
                return self._built(full=chance.randrange(_FULL) == 0)
        finally:
            rewrite(path, self._files[path])
            self._meeting.write_text(EVERY_KIND, "utf-8")

    def seconds(self, text: str) -> float:
        """The time of the processor that a meeting file takes."""
        self._meeting.write_text(text, "utf-8")
        started = time.process_time()
        with _bounded_in_time(), contextlib.suppress(DeckError):
            typeset(self.root, 124)
        return time.process_time() - started

    def _mutated(self, chance: random.Random) -> tuple[Path, str]:
        if chance.random() < 0.7:
            base = EVERY_KIND if chance.random() < 0.7 else chance.choice(self._meetings)
            return self._meeting, mutated(base, chance)
        path = chance.choice(list(self._files))
        return path, mutated(self._files[path], chance)

    def _built(self, full: bool) -> str:
        result = build(self.root, 124, self.root / "build") if full else typeset(self.root, 124)
        if result.sound is not None:
            return "deck"
        # That the two files do not say the same is told as a problem, and is never the author's.
        if not result.errors or any(problem.rule == "disagreement" for problem in result.errors):
            raise DeckError(result.problems)
        return "problems"


def _run(seeds: Sequence[int]) -> tuple[Counter[str], list[str]]:
    """How often each outcome came, and the traceback of each bug."""
    found: Counter[str] = Counter()
    bugs = []
    with tempfile.TemporaryDirectory(prefix="deckgen-fuzz-") as folder:
        fuzzer = Fuzzer(Path(folder))
        for seed in seeds:
            try:
                found[fuzzer.outcome(seed)] += 1
            except Exception:
                found["bug"] += 1
                bugs.append(f"seed {seed}:\n{traceback.format_exc(limit=-4)}")
    return found, bugs


def _slowest(seed: int, count: int) -> list[tuple[float, float, str]]:
    """What was found to take the most time for each byte: that time, the time of the whole, and the file."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="deckgen-fuzz-") as folder:
        fuzzer = Fuzzer(Path(folder))
        least = min(fuzzer.seconds(EVERY_KIND) for _ in range(3))
        found = [(0.0, least, EVERY_KIND)]
        for _ in range(count):
            text = chance.choice(found)[2]
            for _ in range(chance.choice((1, 1, 2))):
                text = chance.choice((grown, grown, mutated))(text, chance)
            if len(text) <= _LARGEST:
                took = fuzzer.seconds(text)
                rate = (took - least) / max(len(text), _LARGEST // 3)  # below that, it is mostly noise
                found = sorted([*found, (rate, took, text)], reverse=True)[:_KEPT]
    return found


def _search(count: int) -> int:
    """Look for the slowest input, and say what the worst would take were it as large as a file may be."""
    shares = range(0, count, _SHARE)
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as processes:
        found = sorted(one for share in processes.map(_slowest, shares, [_SHARE] * len(shares)) for one in share)
    for rate, took, text in reversed(found[-5:]):
        print(f"{took:.2f} s for {len(text):,} letters; {rate * MAX_BYTES:.0f} s for {MAX_BYTES:,} like them")
        print(textwrap.indent(textwrap.shorten(text, 2_000), "  "))
    return int(max(took for _, took, _ in found) > SECONDS)


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="how many seeds")
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--only", action="store_true", help="run seed COUNT alone")
    parser.add_argument("--slowest", action="store_true", help="look for the input that takes the most time")
    options = parser.parse_args()
    if options.slowest:
        return _search(options.count)
    seeds = [options.count] if options.only else range(options.start, options.start + options.count)
    shares = [seeds[i : i + _SHARE] for i in range(0, len(seeds), _SHARE)]
    found: Counter[str] = Counter()
    started = time.perf_counter()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as processes:
        for outcomes, bugs in processes.map(_run, shares):
            found += outcomes
            print("".join(bugs), end="", flush=True)
    took = time.perf_counter() - started
    print(f"{len(seeds)} inputs in {took:.0f} s, {len(seeds) / took:.0f} a second: {dict(found)}")
    return int(found["bug"] > 0)


if __name__ == "__main__":
    sys.exit(_main())
