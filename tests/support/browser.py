"""Debian's Chromium for tests, driven by Playwright; servers that a test starts and stops by their own handles."""

from __future__ import annotations

import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.repository import ROOT, need

_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser."""
    program = need("chromium", "apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS.split())
        yield browser
        browser.close()


def axe() -> str:
    """The accessibility checker, as the text of a script."""
    script = ROOT / "node_modules/axe-core/axe.min.js"
    if not script.exists():
        need("axe-core", "npm ci")
    return script.read_text("utf-8")


class Server:
    """`deckgen preview` as its own process."""

    def __init__(self, root: Path, number: int, *options: str) -> None:
        command = [sys.executable, "-m", "deckgen", "preview", str(number), "--root", str(root), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = self._line(20).split()[0]

    def _line(self, seconds: float) -> str:
        assert self.process.stdout
        until = time.monotonic() + seconds
        while not select.select([self.process.stdout], [], [], 0.1)[0]:
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}"
            assert time.monotonic() < until, "the server did not say its address"
        line = self.process.stdout.readline()
        assert line, "the server ended without a word"
        return line

    @property
    def port(self) -> int:
        """The port that it took."""
        return int(self.address.split(":")[2].split("/")[0])

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout
            self.process.stdout.close()


@contextmanager
def serving(root: Path, number: int, *options: str) -> Iterator[Server]:
    """A preview for as long as a test needs it."""
    server = Server(root, number, *options)
    try:
        yield server
    finally:
        server.stop()
