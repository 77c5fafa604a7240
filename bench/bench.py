"""Programs -> medians: a whole build against minimal programs that write such files, and a large deck against a small.

All programs of a comparison run in turns, each as a process of its own, so that a busy machine slows all
of them alike. Seconds and the peak of memory are those of the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCH = ROOT / "bench"
MEETING = 123


@dataclass(frozen=True)
class Run:
    """One run of a program: its wall-clock seconds, its CPU seconds, and its peak of memory in MB."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> None:
    """Print both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9, help="how often each program runs (9)")
    runs = parser.parse_args().runs
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # pip compiled the libraries of the floor
    with tempfile.TemporaryDirectory() as folder:
        against_the_floor(Path(folder), runs)
        large_against_small(Path(folder), runs)


def against_the_floor(folder: Path, runs: int) -> None:
    """The build of a meeting against python-pptx and Typst alone."""
    build = [sys.executable, "-m", "deckgen", "build", str(MEETING), "--root", str(ROOT), "--output", str(folder)]
    run(build)  # also writes the deck whose pages the floor copies, and fills the file caches
    check = [sys.executable, "-m", "deckgen", "check"]
    data, pages = pages_of(folder)
    fonts = str(ROOT / "deckgen" / "deck" / "fonts")
    programs = {
        f"deckgen build {MEETING}: PowerPoint, PDF, outline": build,
        f"deckgen check {MEETING}: only problems": [*check, str(MEETING), "--root", str(ROOT)],
        "floor: python-pptx alone": [sys.executable, str(BENCH / "floor_pptx.py"), str(data), f"{folder}/floor.pptx"],
        "floor: Typst alone": [sys.executable, str(BENCH / "floor_pdf.py"), str(data), f"{folder}/floor.pdf", fonts],
    }
    found = in_turns(programs, runs)
    tables = sum(page["table"] is not None for page in pages)
    print(f"\nIETF {MEETING}: {len(pages)} pages, {tables} tables; median of {runs} runs in turns")
    show(found)
    own, checks, *floor = found.values()
    ratio = median(own, "seconds") / sum(median(one, "seconds") for one in floor)
    cpu = median(own, "cpu") / sum(median(one, "cpu") for one in floor)
    print(f"  the build takes {ratio:.2f} times the floor by the clock, {cpu:.2f} times in CPU time")
    shared = median(checks, "seconds") / median(own, "seconds")
    print(f"  a check takes {shared:.2f} of the time of the build, which uses a second CPU if there is one")
    if hasattr(os, "sched_setaffinity"):
        alone = on_one_processor(dict(list(programs.items())[:2]), runs)
        own, checks = (median(one, "seconds") for one in alone.values())
        print(f"  on one CPU: a build {own:.2f} s, a check {checks:.2f} s, {checks / own:.2f} of the time")


def large_against_small(folder: Path, runs: int) -> None:
    """A made-up deck of 1,000 slides against one of 100: time for each page, and the peak of memory."""
    programs, counts = {}, {}
    for slides in (100, 1000):
        root = made_up(folder / str(slides), slides)
        output = root / "build"
        command = [sys.executable, "-m", "deckgen", "build", str(MEETING), "--root", str(root), "--output", str(output)]
        run(command)
        programs[f"made-up deck of {slides:,} slides"] = command
        counts[slides] = len(pages_of(output)[1])
    found = in_turns(programs, runs)
    print(f"\nMade-up decks: {counts[100]:,} and {counts[1000]:,} pages; median of {runs} runs in turns")
    show(found)
    small, large = (median(one, "seconds") / count for one, count in zip(found.values(), counts.values(), strict=True))
    print(f"  a page takes {small * 1000:.1f} ms in the small deck and {large * 1000:.1f} ms in the large: ", end="")
    print(f"{large / small:.2f} times")


def in_turns(programs: dict[str, Sequence[str]], runs: int) -> dict[str, list[Run]]:
    """All programs, `runs` times in turns: A B C, A B C, ..."""
    found: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, command in programs.items():
            found[name].append(run(command))
    return found


def on_one_processor(programs: dict[str, Sequence[str]], runs: int) -> dict[str, list[Run]]:
    """All programs, `runs` times in turns, on one CPU."""
    usable = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(usable)})
    try:
        return in_turns(programs, runs)
    finally:
        os.sched_setaffinity(0, usable)


def run(command: Sequence[str]) -> Run:
    """One process from its start to its end, without its output."""
    start = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # getrusage(2): KiB on Linux, bytes on macOS
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / unit / 1024)


def median(runs: list[Run], of: str) -> float:
    """The median of one of the figures."""
    return statistics.median(getattr(one, of) for one in runs)


def show(found: dict[str, list[Run]]) -> None:
    """The table of a comparison."""
    print(f"  {'':48} {'clock':>8} {'best':>8} {'CPU':>10} {'memory':>8}")
    for name, runs in found.items():
        best = min(one.seconds for one in runs)
        clock, cpu, memory = (median(runs, of) for of in ("seconds", "cpu", "megabytes"))
        print(f"  {name:48} {clock:6.2f} s {best:6.2f} s {cpu:8.2f} s {memory:5.0f} MB")


def pages_of(folder: Path) -> tuple[Path, list[dict[str, object]]]:
    """The text of the pages of the deck in a folder, and the JSON file that has it.

    Another process reads the deck, because Linux counts the memory of a parent process as that of its child.
    """
    data = folder / "pages.json"
    run([sys.executable, str(BENCH / "pages.py"), str(next(folder.glob("slides-*.pptx"))), str(data)])
    return data, json.loads(data.read_text("utf-8"))


def made_up(root: Path, slides: int) -> Path:
    """A folder whose meeting has this number of own slides: lists, tables, columns, statements and charts in turn."""
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "meetings").mkdir(parents=True)
    own = "".join(_SLIDES[number % len(_SLIDES)].replace("NUMBER", str(number)) for number in range(slides))
    recurring = [path.stem for path in (root / "templates" / "slides").glob("*.yaml") if path.stem not in _KEPT]
    gone = "".join(f"  {id}: null\n" for id in recurring)
    text = f"session: {{date: 2025-07-25}}\ndirectors: {{a.director: A. Director}}\nslides:\n{gone}{own}"
    (root / "meetings" / f"{MEETING}.yaml").write_text(re.sub(r"\n\n+", "\n", text), "utf-8")
    return root


_KEPT = ("title", "note-well")
_SLIDES = (
    """
  s-NUMBER:
    kind: bullets
    title: Made-up list NUMBER
    items:
      - The first of the points, which is long enough to take a second line at the larger of the sizes NUMBER
      - {text: The second has two under it, items: [RFC 9000 is one of them, draft-ietf-tls-esni-NUMBER the other]}
      - A third with **bold** and *italic* words
""",
    """
  s-NUMBER:
    kind: table
    title: Made-up table NUMBER
    header: [Draft, Author, Pages]
    align: [left, left, right]
    rows:
      - [draft-made-up-NUMBER, A. Author, 12]
      - [draft-made-up-too-NUMBER, Another Author of a longer name, 345]
      - [draft-made-up-also-NUMBER, A. Third, 6]
""",
    """
  s-NUMBER:
    kind: columns
    title: Made-up names NUMBER
    items: [ACE, ACME, COSE, DANCE, DULT, EMU, HPKE, IPSECME, JOSE, KEYTRANS, KITTEN, LAKE, LAMPS, MLS, OAUTH, NNUMBER]
""",
    """
  s-NUMBER:
    kind: statement
    title: Made-up talk NUMBER
    lines: [A. Speaker]
""",
    """
  s-NUMBER:
    kind: chart
    title: Made-up chart NUMBER
    chart: {title: Drafts of meeting NUMBER, categories: [one, two, three, four], values: [3, 1, 4, 15]}
""",
)


if __name__ == "__main__":
    main()
