"""A preview in a browser: it follows the files, survives what is broken, and lets nobody else in."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from support.browser import Server, chromium, edit, serving
from support.repository import ROOT

pytestmark = pytest.mark.slow

SLIDE = "#wg-changes-1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The decks of this repository, to be edited."""
    for name in ("meetings", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    """A preview of meeting 123."""
    with serving(root, 123, "--port", "8300") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of this file."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(server: Server, browser: Any) -> Any:
    """The preview, its slides painted."""
    page = browser.new_page()
    page.goto(server.address)
    page.wait_for_selector(f"{SLIDE}[data-painted]")
    return page


def painted(page: Any, slide: str = SLIDE) -> str:
    """What a slide shows now."""
    return str(page.locator(slide).get_attribute("data-picture"))


def wait_for_another(page: Any, old: str, slide: str = SLIDE) -> None:
    """Wait until a slide shows another picture than before."""
    page.wait_for_selector(f'{slide}:not([data-picture="{old}"]):not([data-picture=""])')


def test_a_saved_bullet_is_seen(root: Path, page: Any) -> None:
    """Only the slide that changed is swapped, and the page stays where it was."""
    before, other = painted(page), painted(page, "#agenda-1")
    page.locator(SLIDE).scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    edit(root / "meetings/123.yaml", "EXPAT (", "EXPAT2 (")
    wait_for_another(page, before)

    assert painted(page, "#agenda-1") == other
    assert page.evaluate("scrollY") == scrolled


def test_any_way_of_saving_is_seen(root: Path, page: Any) -> None:
    """A file renamed over the old one, and one deleted and written anew, count as saved."""
    path = root / "meetings/123.yaml"
    before = painted(page)
    beside = path.with_name("123.yaml.tmp")
    beside.write_text(path.read_text("utf-8").replace("EXPAT (", "RENAMED ("), "utf-8")
    beside.replace(path)
    wait_for_another(page, before)
    before, text = painted(page), path.read_text("utf-8")
    path.unlink()
    path.write_text(text.replace("RENAMED (", "CREATED ("), "utf-8")
    wait_for_another(page, before)

    page.wait_for_selector("#status.live")


def test_templates_and_theme_are_followed(root: Path, page: Any) -> None:
    """A template changes its slide, and a colour of the theme all."""
    before = painted(page)
    edit(root / "templates/slides/wg-changes.yaml", "title: WG Changes", "title: Changes")
    wait_for_another(page, before)
    before = painted(page)
    edit(root / "templates/theme.yaml", 'accent: "006D77"', 'accent: "AA0000"')
    wait_for_another(page, before)


def test_a_broken_file_leaves_the_slides(root: Path, page: Any) -> None:
    """The message stands over the slide, which stays; mended, the message goes."""
    before = painted(page)
    edit(root / "meetings/123.yaml", "wg_changes:", "wg_changes: [")
    page.wait_for_selector(".faults .error")
    message = page.locator(".faults .error").first.inner_text()
    stayed = painted(page)
    edit(root / "meetings/123.yaml", "wg_changes: [", "wg_changes:")
    page.wait_for_selector("#status.live")

    assert "meetings/123.yaml:" in message
    assert stayed == before
    assert page.locator(".faults .error").count() == 0


def test_a_problem_stands_over_its_slide(root: Path, page: Any) -> None:
    """An error in a slide's own template is shown on that slide."""
    edit(root / "templates/slides/wg-changes.yaml", "title: WG", "title: '{{ nobody }}' #")
    page.wait_for_selector(f"{SLIDE} .over .error")

    assert "nobody" in page.locator(f"{SLIDE} .over .error").inner_text()


def test_a_restarted_server_is_found(root: Path, browser: Any) -> None:
    """The page says that the server is gone, and goes on with the next one at the same address."""
    with serving(root, 123, "--port", "8350") as first:
        page = browser.new_page()
        page.goto(first.address)
        page.wait_for_selector(f"{SLIDE}[data-painted]")
        before = painted(page)
    page.wait_for_selector("#status.broken")
    edit(root / "meetings/123.yaml", "EXPAT (", "EXPAT2 (")
    with serving(root, 123, "--port", str(first.port)) as second:
        wait_for_another(page, before)

        assert second.address == first.address


def test_a_click_shows_the_place(page: Any) -> None:
    """A slide that is clicked says where its words are written."""
    page.locator(f"{SLIDE} .picture").click()
    page.wait_for_selector("dialog[open] li")

    said = page.locator("dialog").inner_text()

    assert "meetings/123.yaml:" in said
    assert "through templates/slides/wg-changes.yaml:" in said


def test_the_presenter_sees_what_comes(server: Server, browser: Any) -> None:
    """Notes, the next slide and the agenda are there, and the slides follow the keys."""
    context = browser.new_context()
    page, presenter = context.new_page(), context.new_page()
    page.goto(server.address)
    page.wait_for_selector(f"{SLIDE}[data-painted]")
    presenter.goto(f"{server.address}presenter.html")
    presenter.wait_for_selector("#agenda li")
    presenter.keyboard.press("j")
    page.wait_for_selector("#note-well-1.current")

    assert presenter.locator("#next").get_attribute("alt") == "page 3: Note Well (2/2)"
    assert "Open Mic" in presenter.locator("#agenda").inner_text()


def test_a_busy_port_is_passed_over(root: Path) -> None:
    """Where somebody listens already, the next port is taken."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        with serving(root, 123, "--port", str(taken)) as server:
            assert server.port > taken


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("evil.example", "{token}/"),
        ("", "/"),
        ("", "/events"),
        ("", "{token}x/"),
        ("", "{token}/../meetings/123.yaml"),
        ("", "{token}/meetings/123.yaml"),
        ("", "{token}/pictures/..%2f..%2fmeetings.svg"),
    ],
)
def test_nobody_else_is_let_in(server: Server, host: str, path: str) -> None:
    """Another host, another address, and every file outside the deck are not there."""
    token = "/" + server.address.split("/")[3]
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path.format(token=token), headers={"Host": host or f"127.0.0.1:{server.port}"})
    status = connection.getresponse().status
    connection.close()

    assert status == 404
