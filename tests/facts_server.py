"""Objects -> a datatracker and an RFC Editor on loopback: filters, pages and ETags as theirs, and planned faults."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from deckgen.deck.compose import compose
from deckgen.deck.kinds import Slide, texts
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import read_qr
from deckgen.facts import FetchReport, Manners, fetch
from deckgen.layout.trial import draws_soon
from deckgen.meeting import load
from deckgen.source import plain, read

REPOSITORY = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "data" / "datatracker"
LOOKUPS = ("in", "gte", "lt", "contains")
Object = dict[str, Any]


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

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.models: dict[str, list[Object]] = {}
        self.files: dict[str, bytes] = {}
        self.planned: dict[str, list[Reply]] = {}
        self.always: dict[str, Reply] = {}
        self.page_size = 1000
        self.deaf_to: set[str] = set()
        self.deaf = False
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests want."""

    def put(self, model: str, *objects: Object) -> None:
        """Add objects to a model; each gets the URI that its id or name gives it."""
        for one in objects:
            key = one["name"] if model == "doc/document" else one.get("id", one.get("slug", one.get("address")))
            one.setdefault("resource_uri", f"/api/v1/{model}/{key}/")
        self.models.setdefault(model, []).extend(objects)

    def replace(self, model: str, *objects: Object) -> None:
        """Put objects in place of all that a model has."""
        self.models[model] = []
        self.put(model, *objects)

    def one(self, model: str, **values: Any) -> Object:
        """The object of a model that has these values."""
        return next(o for o in self.models[model] if all(o.get(k) == v for k, v in values.items()))

    def answer(self, target: str) -> tuple[int, bytes]:
        """What the servers answer when nothing is planned."""
        parts = urlsplit(target)
        match = re.fullmatch(r"/api/v1/(\w+/\w+)/", parts.path)
        if parts.path in self.files:
            return 200, self.files[parts.path]
        if not match or match[1] not in self.models:
            return 404, b"<!DOCTYPE html><title>Not found</title>"
        return self._listed(match[1], parts.path, dict(parse_qsl(parts.query)))

    def _listed(self, model: str, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        if not query.get("limit", "20").isdigit():
            return 400, b'{"error": "Invalid limit \'abc\' provided. Please provide a positive integer."}'
        by_uri = {o["resource_uri"]: o for objects in self.models.values() for o in objects}
        filters = {k: v for k, v in query.items() if k not in ("format", "limit", "offset")}
        found = [
            o for o in self.models[model] if self.deaf or all(self._lets(o, k, v, by_uri) for k, v in filters.items())
        ]
        limit, offset = min(int(query.get("limit", "20")) or 1000, self.page_size), int(query.get("offset", "0"))
        more = offset + limit < len(found)
        following = f"{path}?{urlencode({**query, 'limit': limit, 'offset': offset + limit})}" if more else None
        meta = {"limit": limit, "next": following, "offset": offset, "previous": None, "total_count": len(found)}
        return 200, json.dumps({"meta": meta, "objects": found[offset : offset + limit]}).encode()

    def _lets(self, one: Object, key: str, wanted: str, by_uri: dict[str, Object]) -> bool:
        *path, last = key.split("__")
        steps, lookup = (path, last) if last in LOOKUPS else ([*path, last], "exact")
        # The API ignores a filter that it does not know, and so does this server.
        if key in self.deaf_to or steps[0] not in one:
            return True
        values: list[Any] = [one]
        for step in steps:
            objects = [by_uri.get(v) if isinstance(v, str) else v for v in values]
            found = [o.get(step) for o in objects if o]
            values = [v for f in found for v in (f if isinstance(f, list) else [f])]
        return any(_matches(_bare(value), lookup, wanted) for value in values if value is not None)


def _bare(value: Any) -> str:
    text = str(value)
    return text.rstrip("/").rpartition("/")[2] if text.startswith("/api/") else text


def moment(text: str) -> datetime:
    """A time as the database has it: without an offset it is UTC."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _matches(shown: str, lookup: str, wanted: str) -> bool:
    match lookup:
        case "in":
            return shown in wanted.split(",")
        case "contains":
            return wanted in shown
        case "gte":
            return moment(shown) >= moment(wanted)
        case "lt":
            return moment(shown) < moment(wanted)
        case _:
            return shown == wanted


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
def serving() -> Iterator[Server]:
    """A server that knows the sample responses."""
    server = Server()
    fill(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sample(name: str) -> Any:
    """The content of a sample response."""
    return json.loads((SAMPLES / f"{name}.json").read_bytes())


def fill(server: Server) -> None:
    """The samples, and what they refer to: persons, a review team, RFCs."""
    samples = {
        "meeting/meeting": ["meeting_meeting"],
        "group/group": ["group_sec_wgs", "group_areas", "group_rgs", "group_sec_bofs"],
        "group/role": ["role_sec_chairs", "role_sec_ads"],
        "group/changestategroupevent": ["changestate"],
        "group/groupevent": ["groupevent_chairs"],
        "doc/docevent": ["docevent_charters"],
        "doc/document": ["doc_adspons", "doc_charters"],
        "doc/state": ["doc_states"],
        "review/reviewassignment": ["reviewassignment"],
        "review/reviewrequest": ["reviewrequest"],
        "name/reviewresultname": ["reviewresultname"],
    }
    for model, names in samples.items():
        server.put(model, *(one for name in names for one in sample(name)["objects"]))
    server.put("group/group", group(12, "none", "individ", 2), group(69, "secdir", "review", 16))
    server.put(
        "name/reviewtypename", *({"slug": s, "name": n} for s, n in (("lc", "Last Call"), ("telechat", "Telechat")))
    )
    _people(server)
    rfcs = (
        {"name": f"rfc{number}", "type": name("doctypename", "rfc"), "group": uri("group/group", 22 + number % 20)}
        for number in range(4000, 4300)
    )
    server.put("doc/document", *rfcs)
    server.put("mailinglists/nonwgmailinglist", *sample_lists(["saag", "settle"]))
    for number in (123, 124):
        server.files[f"/meeting/{number}/agenda.json"] = (SAMPLES / f"agenda_{number}.json").read_bytes()
    server.files["/group/groupstats.json"] = json.dumps(statistics()).encode()
    server.files["/errata.json"] = json.dumps(errata(200)).encode()


def _people(server: Server) -> None:
    roles = {int(_bare(role["person"])) for role in server.models["group/role"]}
    names = {39: "Deb Cooley", 40: "Paul Wouters"}
    server.put("person/person", *(person(i, names.get(i, f"Filler Person{i}")) for i in sorted(roles | {500, 501})))
    addresses = sorted({_bare(one["reviewer"]) for one in server.models["review/reviewassignment"]})
    for i, address in enumerate(addresses):
        server.put("person/email", {"address": address, "person": uri("person/person", 500 + i)})


def uri(model: str, key: object) -> str:
    """The URI of an object."""
    return f"/api/v1/{model}/{key}/"


def name(model: str, slug: str) -> str:
    """The URI of a name."""
    return uri(f"name/{model}", slug)


def person(id: int, full: str) -> Object:
    """A person of the datatracker."""
    return {"id": id, "name": full, "plain": "", "ascii": full}


def group(id: int, acronym: str, type: str, parent: int, state: str = "active") -> Object:
    """A group of the datatracker."""
    return {
        "id": id,
        "acronym": acronym,
        "name": f"{acronym.upper()} group",
        "type": name("grouptypename", type),
        "parent": uri("group/group", parent),
        "state": name("groupstatename", state),
        "charter": None,
    }


def sample_lists(names: list[str]) -> list[Object]:
    """Mailing lists of no group."""
    return [{"id": i, "name": n, "domain": "ietf.org", "description": f"About {n}"} for i, n in enumerate(names, 1)]


def statistics() -> list[Object]:
    """Rows of groupstats.json: two areas, and three working groups."""
    return [
        {"id": "sec", "active": True, "parent": "ietf", "grandparent": None, "pages": 9554, "docs": 285},
        {"id": "art", "active": True, "parent": "ietf", "grandparent": None, "pages": 1, "docs": 1},
        {"id": "tls", "active": True, "parent": "sec", "grandparent": "ietf", "pages": 900, "docs": 30},
        {"id": "acme", "active": True, "parent": "sec", "grandparent": "ietf", "pages": 400, "docs": 20},
        {"id": "httpbis", "active": True, "parent": "art", "grandparent": "ietf", "pages": 1, "docs": 1},
    ]


def errata(count: int) -> list[Object]:
    """Entries of errata.json, of which a tenth is about the RFCs that the server has."""
    states = ("Verified", "Reported", "Held for Document Update", "Rejected", "Verified")
    return [
        {
            "errata_id": str(i + 1),
            "doc-id": f"RFC{4000 + i * 7 % 3000}",
            "errata_status_code": states[i % 5],
            "errata_type_code": "Editorial" if i % 4 == 0 else "Technical",
            "section": "3.1",
            "orig_text": "original " * 60,
            "correct_text": "corrected " * 60,
            "notes": "note " * 80,
            "submit_date": f"{2010 + i % 16}-0{1 + i % 6}-11",
            "submitter_name": "A. Reader",
            "verifier_id": "",
            "verifier_name": None,
            "update_date": f"{2010 + i % 16}-0{1 + i % 6}-28 10:00:00" if i % 5 != 1 else None,
        }
        for i in range(count)
    ]


def folder(path: Path, *, own: str | None = None, number: int = 123) -> Path:
    """A folder with the templates and the meetings of this repository; `own` replaces the file of one meeting."""
    shutil.copytree(REPOSITORY / "templates", path / "templates")
    shutil.copytree(REPOSITORY / "meetings", path / "meetings")
    if own is not None:
        (path / "meetings" / f"{number}.yaml").write_text(own, encoding="utf-8")
    return path


def event(id: int, of: int, when: str, **values: Any) -> Object:
    """An event of a group."""
    return {"id": id, "group": uri("group/group", of), "time": when, **values}


def state_event(id: int, of: int, when: str, state: str) -> Object:
    """A change of a group's state."""
    return event(id, of, when, state=name("groupstatename", state), desc="", type="changed_state")


def chairs_event(id: int, of: int, when: str, now: str, before: str) -> Object:
    """A change of a group's chairs."""
    return event(id, of, when, type="info_changed", desc=f"Chairs changed to <b>{now}</b> from {before}")


def review(
    server: Server, id: int, assigned: str, completed: str | None, deadline: str, state: str = "completed"
) -> None:
    """A review, its request with it."""
    server.put(
        "review/reviewrequest",
        {
            "id": id,
            "team": uri("group/group", 69),
            "deadline": deadline,
            "type": name("reviewtypename", "lc"),
            "time": assigned,
        },
    )
    server.put(
        "review/reviewassignment",
        {
            "id": id,
            "assigned_on": assigned,
            "completed_on": completed,
            "review_request": uri("review/reviewrequest", id),
            "result": name("reviewresultname", "ready") if completed else None,
            "state": name("reviewassignmentstatename", state),
            "reviewer": uri("person/email", "ling.tian-zhong_130@brown.com"),
        },
    )


@dataclass
class Area:
    """A folder and the server that it asks."""

    server: Server
    root: Path

    def fetch(self, number: int = 123, **options: Any) -> tuple[dict[str, Any], FetchReport]:
        """Fetch without waiting; the facts in the file and the report."""
        report = fetch(self.root, number, **{"manners": Manners(sleep=lambda _: None), **options})
        return self.facts(number), report

    def facts(self, number: int = 123) -> dict[str, Any]:
        """What the facts file says; nothing, if there is none."""
        path = self.root / "meetings" / f"{number}.facts.yaml"
        facts = plain(read(path, path.name)) if path.exists() else {}
        assert isinstance(facts, dict)
        return facts


def area_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Area]:
    """To be made a fixture: a folder in which nothing is known of IETF 123 by hand, and its server."""
    with serving() as server:
        monkeypatch.setenv("DECKGEN_DATATRACKER_URL", server.url)
        monkeypatch.setenv("DECKGEN_RFC_EDITOR_URL", server.url)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield Area(server, folder(tmp_path / "area", own="{}\n"))


def deck(root: Path, number: int = 123) -> dict[str, Slide]:
    """The slides of a meeting by id; none may have a problem."""
    made = compose(load(root, number), partial(Gallery(draws_soon).read, root), read_qr)
    assert made.problems == ()
    return {slide.id: slide for slide in made.get().slides}


def words(slide: Slide) -> list[str]:
    """The texts of a slide."""
    return [text.words for text in texts(slide)]
