"""Live -> HTTP on this machine only: pages, pictures and a stream of states, under a secret address."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from deckgen.base.files import refuse_links
from deckgen.preview.editor import Editor
from deckgen.preview.live import Live
from deckgen.preview.token import token_of
from deckgen.preview.watch import changes
from deckgen.problems import Origin, fatal

HOST = "127.0.0.1"
FIRST_PORT = 8123
_PORTS = 50
# How long a file may be absent before it is reported as missing.
_PATIENCE = 0.15
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
_FILES = tuple(path.name for path in sorted(Path(__file__).parent.iterdir()) if path.suffix[1:] in _TYPES)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def serve(root: Path, meeting: str, port: int, editor: str, show: Callable[[str], None]) -> None:
    """Serve until interrupted; `show` receives the address. Raises DeckError if no port is free.

    `editor` is the address of an editor, or empty: a click on a place then copies it.
    """
    listening = _listen(port)
    port = listening.getsockname()[1]
    refuse_links(root / "build", root)
    token = token_of(root / "build")
    live = Live(root, meeting, Editor(root, editor))
    live.rebuild()
    app = Guard(application(live), f"/{token}", {f"{HOST}:{port}", f"localhost:{port}"})
    show(f"http://{HOST}:{port}/{token}/")
    config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=1, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """A socket at `port`, or at the next that is free."""
    for candidate in range(port, port + _PORTS):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, candidate))
            listening.listen()
        except OSError:
            listening.close()
            continue
        return listening
    raise fatal(Origin("preview"), "no-port", f"no port from {port} to {port + _PORTS - 1} is free")


class Guard:
    """Accepts a request only if it has this host name and the secret path.

    The host is checked because another site can resolve its own name to 127.0.0.1 (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, prefix: str, hosts: set[str]) -> None:
        self._app = app
        self._prefix = prefix
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the start and end of the server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        path = scope["path"]
        given, known = path[: len(self._prefix)].encode(), self._prefix.encode()
        inside = secrets.compare_digest(given, known) and path[len(self._prefix) :].startswith("/")
        if host not in self._hosts or not inside:
            await Response("not here\n", 404, _HEADERS)(scope, receive, send)
            return
        await self._app({**scope, "path": path[len(self._prefix) :], "raw_path": b""}, receive, send)


def application(live: Live) -> Starlette:
    """The routes: the files of this folder for a browser, and the state, pictures and origins of the deck."""
    news = News(live)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(news.follow())
        yield
        watching.cancel()
        await news.close()

    async def picture(request: Request) -> Response:
        svg = live.svg(request.path_params["name"])
        return Response(svg, media_type="image/svg+xml", headers=_HEADERS) if svg else Response(None, 404, _HEADERS)

    async def places(request: Request) -> Response:
        found = live.places(request.path_params["key"])
        return JSONResponse(found or [], 200 if found else 404, _HEADERS)

    async def events(_: Request) -> Response:
        return StreamingResponse(news.stream(), media_type="text/event-stream", headers=_HEADERS)

    fixed = [Route(f"/{name}", _file(name)) for name in _FILES]
    return Starlette(
        routes=[
            Route("/", _file("page.html")),
            *fixed,
            Route("/events", events),
            Route("/pictures/{name}.svg", picture),
            Route("/places/{key}", places),
        ],
        lifespan=running,
    )


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def send(_: Request) -> Response:
        data = (Path(__file__).parent / name).read_bytes()
        return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers=_HEADERS)

    return send


class News:
    """The states of a deck, in order, for every connected browser."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._changed = asyncio.Condition()
        self._number = 0
        self._open = True

    async def follow(self) -> None:
        """Rebuild on every change of a file, for as long as the server runs."""
        async for _ in changes(self._live):
            before = self._live.state
            try:
                await asyncio.to_thread(self._live.rebuild)
            except Exception:  # a bug must not end the preview: the next save may not trigger it
                sys.excepthook(*sys.exc_info())
                continue
            if self._live.missing and self._live.state != before:
                await asyncio.sleep(_PATIENCE)
                await asyncio.to_thread(self._live.rebuild)
            if self._live.state != before:
                await self._tell()

    async def close(self) -> None:
        """End all streams."""
        self._open = False
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._number += 1
            self._changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events: the current state, then every later one (HTML, section 9.2)."""
        yield "retry: 250\n\n"
        while self._open:
            seen = self._number
            yield f"data: {json.dumps(self._live.state.plain(), ensure_ascii=False)}\n\n"
            async with self._changed:
                while self._number == seen:
                    await self._changed.wait()
