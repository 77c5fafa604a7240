"""World -> a datatracker and an RFC Editor on loopback: what was recorded, ETags as theirs, and planned faults."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from deckgen.deck.compose import compose
from deckgen.deck.kinds import Slide, texts
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import Codes
from deckgen.facts import FetchReport, Manners, fetch
from deckgen.layout.trial import Trial
from deckgen.meeting import load
from deckgen.source import plain, read
from support.repository import DATA, ROOT, Shared, lay_out
from support.tastypie import Object, World

RECORDED = DATA / "datatracker" / "sec"


@dataclass
class Reply:
    """An answer planned for a path; `cut` promises more bytes than come, `hang` never answers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False


class Server(ThreadingHTTPServer):
    """The server. Tests change its objects and files, and plan replies that come before its own."""

    daemon_threads = True

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self.begin(world)

    def begin(self, world: World) -> None:
        """Forget what was asked and planned, and answer from this world."""
        self.world = world
        self.planned: dict[str, list[Reply]] = {}
        self.always: dict[str, Reply] = {}
        self.page_size = 1000
        self.deaf_to: set[str] = set()
        self.deaf = False
        self.garbled: dict[str, Object] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests want."""

    def put(self, model: str, *objects: Object) -> None:
        """Add objects to a model."""
        self.world.objects[model].extend(objects)

    def one(self, model: str, **values: Any) -> Object:
        """The object of a model that has these values."""
        return next(o for o in self.world.objects[model] if all(o.get(k) == v for k, v in values.items()))

    def group(self, acronym: str) -> Object:
        """A group by its acronym."""
        return self.one("group/group", acronym=acronym)

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a text in a file, which must be there."""
        text = self.world.files[path].decode()
        assert old in text
        self.world.files[path] = text.replace(old, new).encode()

    def answer(self, target: str) -> tuple[int, bytes]:
        """What the servers answer when nothing is planned; a filter of `deaf_to`, or any, is ignored,
        and objects in `garbled` are answered in another shape than they have."""
        parts = urlsplit(target)
        query = [
            (key, value)
            for key, value in parse_qsl(parts.query)
            if key in ("limit", "offset", "format") or not (self.deaf or key in self.deaf_to)
        ]
        if parts.path.startswith("/api/"):
            limit = min(int(dict(query).get("limit") or 20), self.page_size)
            query = [*((k, v) for k, v in query if k != "limit"), ("limit", str(limit))]
        status, body = self.world.answer(f"{parts.path}?{urlencode(query)}")
        if not self.garbled or status != 200 or not parts.path.startswith("/api/"):
            return status, body
        page = json.loads(body)
        page["objects"] = [self.garbled.get(one["resource_uri"], one) for one in page["objects"]]
        return status, json.dumps(page).encode()


class _Connection(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Answer a request."""
        server, path = self.server, urlsplit(self.path).path
        with server.lock:
            server.asked.append(self.path)
            server.agents.add(self.headers.get("User-Agent", ""))
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
            planned = server.planned.get(path)
            reply = planned.pop(0) if planned else server.always.get(path)
        try:
            self._reply(reply or self._own())
        finally:
            with server.lock:
                server.at_once -= 1

    def _own(self) -> Reply:
        status, body = self.server.answer(self.path)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            return Reply(304, headers={"ETag": etag})
        return Reply(status, body, {"ETag": etag} if status == 200 else {})

    def _reply(self, reply: Reply) -> None:
        if reply.hang:
            self.server.closing.wait(5)
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body) + (1000 if reply.cut else 0)))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.cut or self.close_connection

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads a log."""


@contextmanager
def serving(at: int | None = None) -> Iterator[Server]:
    """A server of what was recorded; `at` is the meeting after which it was, and the last one there is if none."""
    server = Server(World(RECORDED, at))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def uri(model: str, key: object) -> str:
    """The URI of an object."""
    return f"/api/v1/{model}/{key}/"


def name(model: str, slug: str) -> str:
    """The URI of a name."""
    return uri(f"name/{model}", slug)


def copy_of(one: Object, id: int, **values: Any) -> Object:
    """A recorded object once more, under an id of its own and with other values."""
    model = one["resource_uri"].removeprefix("/api/v1/").rstrip("/").rpartition("/")[0]
    return {**one, "id": id, "resource_uri": uri(model, values.get("name", id)), **values}


def truth(number: int) -> Any:
    """What the scenario says of a meeting."""
    return json.loads((RECORDED / "truth.json").read_bytes())[str(number)]


def folder(path: Path) -> Path:
    """A folder with the templates and the meetings of this repository."""
    shutil.copytree(ROOT / "meetings", path / "meetings")
    return lay_out(path, {})


def recorded_folder(path: Path) -> Path:
    """A folder with the templates of this repository and the recorded file of IETF 124; nobody has written 125."""
    shutil.copytree(RECORDED / "meetings", path / "meetings")
    return lay_out(path, {"meetings/125.yaml": "{}\n"})


@dataclass
class Area:
    """A folder and the server that it asks."""

    server: Server
    root: Path

    def fetch(self, number: int = 125, **options: Any) -> tuple[dict[str, Any], FetchReport]:
        """Fetch without waiting; the facts in the file and the report."""
        report = fetch(self.root, number, **{"manners": Manners(sleep=lambda _: None), **options})
        return self.facts(number), report

    def forget(self, number: int = 125) -> dict[str, Any]:
        """Delete the facts file; what it said."""
        facts = self.facts(number)
        (self.root / "meetings" / f"{number}.facts.yaml").unlink()
        return facts

    def facts(self, number: int = 125) -> dict[str, Any]:
        """What the facts file says; nothing, if there is none."""
        path = self.root / "meetings" / f"{number}.facts.yaml"
        facts = plain(read(path, path.name).get()) if path.exists() else {}
        assert isinstance(facts, dict)
        return facts


def ask(server: Server, path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    """The area whose folder and cache are in `path`, which asks this server."""
    monkeypatch.setenv("DECKGEN_DATATRACKER_URL", server.url)
    monkeypatch.setenv("DECKGEN_RFC_EDITOR_URL", server.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(path / "cache"))
    return Area(server, path / "area")


def area_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int | None = None) -> Iterator[Area]:
    """To be made a fixture: a folder in which nothing is known of IETF 125 by hand, and its server."""
    recorded_folder(tmp_path / "area")
    with serving(at) as server:
        yield ask(server, tmp_path, monkeypatch)


def fetched_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Shared]]:
    """To be made a fixture of a module: an area whose facts were fetched, and the server that was asked."""
    path = tmp_path_factory.mktemp("fetched")
    recorded_folder(path / "area")
    with serving() as server, pytest.MonkeyPatch.context() as patch:
        assert ask(server, path, patch).fetch()[1].failed == {}
        yield server, Shared(path)


def area_fetched(once: tuple[Server, Shared], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    """To be made a fixture: the area of `once` after its first fetch, and the server as nobody has asked it."""
    server, fetched = once
    server.begin(World(RECORDED))
    fetched.lay_out(tmp_path / "fetched")
    return ask(server, tmp_path / "fetched", monkeypatch)


def deck(root: Path, number: int = 125) -> dict[str, Slide]:
    """The slides of a meeting by id; none may have a problem."""
    with Trial() as trial:
        made = compose(load(root, number).get(), Gallery(root, trial.read).read, Codes().read)
    assert made.problems == ()
    return {slide.id: slide for slide in made.get().slides}


def words(slide: Slide) -> list[str]:
    """The texts of a slide."""
    return [text.words for text in texts(slide)]
