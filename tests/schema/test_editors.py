"""A real language server with our schemas -> what an editor completes, explains and underlines."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.repository import ROOT

from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.common import COMMON

pytestmark = pytest.mark.slow  # another program is run
SCHEMA_LINE = "# yaml-language-server: $schema=../docs/meeting.schema.json"
SERVERS = {"yaml-language-server": "1.19.2", "yaml-language-server-1.25": "1.25.0"}  # by their folder in node_modules
MEETINGS = [path for path in sorted((ROOT / "meetings").glob("*.yaml")) if path.stem.isdigit()]
SLIDES = sorted((ROOT / "templates" / "slides").glob("*.yaml"))


def _stem(path: Path) -> str:
    return path.stem


def _properties(of: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / "docs" / f"{of}.schema.json").read_text("utf-8"))["properties"])


Place = dict[str, int]


def _end(text: str) -> Place:
    lines = text.split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1])}


def _keys_of_blocks(text: str) -> Iterator[Place]:
    """Where the keys of a YAML file are that have a line of their own; the names that `let` gives are the author's."""
    own = False
    for number, line in enumerate(text.split("\n")):
        own = line.startswith("let:") or (own and line.startswith(" "))
        if own:
            continue
        if found := re.match(r"^( *(- )?)[A-Za-z][\w-]*:", line):
            yield {"line": number, "character": len(found[1]) + 1}


class LanguageServer:
    """A `yaml-language-server` that has one file of `meetings/` open."""

    def __init__(self, process: subprocess.Popen[bytes], uri: str) -> None:
        self._process = process
        self._uri = uri
        self._last = 0
        self._version = 1

    def type(self, text: str) -> list[dict[str, Any]]:
        """Put `text` in the place of the file, and return what is underlined."""
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.diagnostics()

    def diagnostics(self) -> list[dict[str, Any]]:
        """What is underlined, as soon as the server says so."""
        while (message := self._read()).get("method") != "textDocument/publishDiagnostics":
            self._answer(message)
        return list(message["params"]["diagnostics"])

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """A request and its result."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while (message := self._read()).get("id") != self._last or "method" in message:
            self._answer(message)
        return message["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def completions(self, text: str) -> set[str]:
        """What is offered at the end of `text`."""
        self.type(text)
        at = {"textDocument": {"uri": self._uri}, "position": _end(text)}
        return {item["label"] for item in self.ask("textDocument/completion", at)["items"]}

    def hover(self, text: str) -> str:
        """What is said of the key at the end of `text`."""
        self.type(f"{text}: null\n")
        return self.hover_at(_end(text[:-1]))

    def hover_at(self, place: Place) -> str:
        """What is said of what is at a place of the file."""
        at = {"textDocument": {"uri": self._uri}, "position": place}
        return str(self.ask("textDocument/hover", at)["contents"]["value"])

    def _answer(self, message: dict[str, Any]) -> None:
        """The server asks for its configuration; there is none."""
        if "id" in message and "method" in message:
            items = message.get("params", {}).get("items", [])
            self._send({"id": message["id"], "result": [None] * len(items) if items else None})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return dict(json.loads(self._process.stdout.read(length)))


def _command(name: str) -> list[str]:
    """The server of `node_modules`; without it, a skip, and under CI a failure."""
    found = ROOT / "node_modules" / name / "bin" / "yaml-language-server"
    if found.exists():
        return [str(found), "--stdio"]
    message = f"{name} is missing: npm ci"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def _serving(name: str, folder: Path) -> Iterator[LanguageServer]:
    uri = (folder / "meetings" / "124.yaml").as_uri()
    with subprocess.Popen(
        _command(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        server = LanguageServer(process, uri)
        server.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
        server.tell("initialized", {})
        server.tell("workspace/didChangeConfiguration", {"settings": settings})
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": SCHEMA_LINE}
        server.tell("textDocument/didOpen", {"textDocument": document})
        yield server
        process.terminate()


@pytest.fixture(scope="module", params=SERVERS)
def editor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The language server that editors run, an old and a new one, with our schema beside the meeting."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "docs").mkdir()
    (folder / "meetings").mkdir()
    for name in ("meeting", "slide", "theme"):
        shutil.copy(ROOT / "docs" / f"{name}.schema.json", folder / "docs")
    with _serving(request.param, folder) as server:
        yield server


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_an_editor_underlines_nothing_in_our_meetings(editor: LanguageServer, path: Path) -> None:
    """No false errors."""
    assert editor.type(path.read_text("utf-8")) == []


def test_an_editor_underlines_a_misspelt_key(editor: LanguageServer) -> None:
    """And a true error is one."""
    [problem] = editor.type(f"{SCHEMA_LINE}\nsesion: {{room: Viger}}\n")

    assert "sesion" in problem["message"]
    assert problem["range"]["start"] == {"line": 1, "character": 0}


def test_an_editor_knows_the_theme(editor: LanguageServer) -> None:
    """A misspelt key is underlined, the right one is offered and explained."""
    line = "# yaml-language-server: $schema=../docs/theme.schema.json"

    assert any("widht" in problem["message"] for problem in editor.type(f"{line}\npage: {{widht: 960}}\n"))
    assert {"width", "height", "margin"} <= editor.completions(f"{line}\npage:\n  ")
    assert "How wide the page is" in editor.hover(f"{line}\npage:\n  width")


def test_an_editor_completes_facts_and_slide_ids(editor: LanguageServer) -> None:
    """The facts at the left margin, and the slides of the templates under `slides`."""
    assert set(_properties("meeting")) <= editor.completions(f"{SCHEMA_LINE}\n")
    assert {"note-well", "the-end", "helping-out"} <= editor.completions(f"{SCHEMA_LINE}\nslides:\n  ")


def test_an_editor_completes_kinds_and_their_keys(editor: LanguageServer) -> None:
    """The kinds, for a slide of one's own; then the keys of the kind."""
    start = f"{SCHEMA_LINE}\nslides:\n  my-talk:\n    kind: "

    assert set(KINDS) <= editor.completions(start)
    for kind in KINDS.values():
        assert {*kind.kind.keys, *COMMON.keys} <= {*editor.completions(f"{start}{kind.kind.name}\n    "), "kind"}


def test_an_editor_completes_the_keys_of_a_slide_of_the_templates(editor: LanguageServer) -> None:
    """Its kind is known from the template."""
    assert {"title", "items", "notes", "callout"} <= editor.completions(f"{SCHEMA_LINE}\nslides:\n  helping-out:\n    ")


def test_an_editor_explains_facts_kinds_and_keys(editor: LanguageServer) -> None:
    """What a key is for, with an example, under the pointer."""
    talk = f"{SCHEMA_LINE}\nslides:\n  my-talk:\n    title: A talk\n    kind: "

    assert "its weekday is derived" in editor.hover(f"{SCHEMA_LINE}\nsession:\n  date")
    assert "Null leaves it out" in editor.hover(f"{SCHEMA_LINE}\nslides:\n  helping-out")
    assert "which only the speaker sees" in editor.hover(f"{talk}bullets\n    notes")


@pytest.mark.parametrize("path", [*MEETINGS, *SLIDES], ids=_stem)
def test_an_editor_explains_each_key_once(editor: LanguageServer, path: Path) -> None:
    """No part of an explanation is said twice, and none is the name of a JavaScript object."""
    text = path.read_text("utf-8").replace("../../docs/", "../docs/")
    editor.type(text)
    for place in _keys_of_blocks(text):
        told = editor.hover_at(place)
        parts = [part for part in told.split("\n\n") if len(part) > 12 and not part.startswith(("Example", "```"))]

        assert parts, place
        assert len(set(parts)) == len(parts)
        assert "[object" not in told
