"""Real folders -> fixtures: the decks of the repository built once, and small folders made by a test."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pytest
from support.broken import Parts
from support.pictures import SQUARE, raster
from support.repository import MEETINGS, MINIMAL, ROOT, BuiltDeck, lay_out, no_slides, templates

from deckgen.build.one import build
from deckgen.cli.main import main

# What the machine says of dates must not matter to a test either.
os.environ.pop("SOURCE_DATE_EPOCH", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m quick` is every test that is not marked slow, and of a sweep every nth of its values."""
    tried: Counter[str] = Counter()
    for item in items:
        sweep = item.get_closest_marker("sweep")
        test = item.nodeid.partition("[")[0]
        if item.get_closest_marker("slow") is None and (sweep is None or tried[test] % sweep.args[0] == 0):
            item.add_marker("quick")
        tried[test] += 1
        if os.name == "nt" and item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="this system has no such pipes, modes or terminals"))


@pytest.fixture(autouse=True)
def _templates_stay() -> Iterator[None]:
    """No test writes into a template that the folders of other tests share: `rewrite` makes a new file."""
    yield
    for shared in (templates, no_slides):
        if shared().is_whole():
            continue
        shared.cache_clear()
        pytest.fail("a template was written that other tests share: use `rewrite`")


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, BuiltDeck]:
    """Every meeting of the repository, built once."""
    found = {}
    for number in MEETINGS:
        folder = tmp_path_factory.mktemp(f"deck-{number}")
        found[number] = BuiltDeck(number, folder, build(ROOT, number, folder))
    return found


@pytest.fixture(params=MEETINGS)
def deck(request: pytest.FixtureRequest, decks: dict[int, BuiltDeck]) -> BuiltDeck:
    """Each of the meetings in turn."""
    return decks[request.param]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the templates with a meeting file of the test's own, and other files beside it."""

    def make(meeting: str = MINIMAL, number: int = 123, **files: str) -> Path:
        return lay_out(tmp_path / "repository", {f"meetings/{number}.yaml": meeting, **files})

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., CompletedProcess[str]]:
    """One run of the command line in this process, which takes a fifth of the time of one in its own."""

    def typed(root: Path, *arguments: str) -> CompletedProcess[str]:
        capsys.readouterr()
        try:
            code = main([*arguments, "--root", str(root)])
        except SystemExit as usage:
            code = int(usage.code or 0)
        return CompletedProcess(arguments, code, *capsys.readouterr())

    return typed


@pytest.fixture
def bare(tmp_path: Path) -> Callable[..., Path]:
    """The same without recurring slides: a tenth of the time, for what is a matter of one slide."""

    def make(meeting: str = MINIMAL, number: int = 123, **files: str) -> Path:
        return lay_out(tmp_path / "repository", {f"meetings/{number}.yaml": meeting, **files}, slides=False)

    return make


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> BuiltDeck:
    """A deck with a slide of every kind, whose folder is inside that of its meeting."""
    files = {
        "meetings/124.yaml": (ROOT / "tests" / "support" / "every_kind.yaml").read_text("utf-8"),
        "meetings/figures/square.svg": SQUARE,
        "meetings/figures/square.png": raster(40, 30, "#006d77"),
        "meetings/figures/other.png": raster(60, 40, "#14213d"),
    }
    root = lay_out(tmp_path_factory.mktemp("every-kind"), files)
    return BuiltDeck(124, root / "build", build(root, 124, root / "build"))


@pytest.fixture(scope="session", params=["123", "124", "every kind"])
def any_deck(request: pytest.FixtureRequest, decks: dict[int, BuiltDeck], every_kind: BuiltDeck) -> BuiltDeck:
    """Each of the meetings in turn, and the deck with a slide of every kind."""
    return every_kind if request.param == "every kind" else decks[int(request.param)]


@pytest.fixture
def parts(every_kind: BuiltDeck) -> Parts:
    """The members of a sound PowerPoint as text, to be broken; one letter for each byte."""
    with ZipFile(every_kind.pptx) as archive:
        return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
