"""A preview in a browser: it follows the files, survives what is broken, and lets nobody else in."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from support.browser import Server, axe, chromium, edit, serving
from support.repository import MINIMAL, ROOT

from deckgen.cli.main import main

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
    edit(root / "templates/theme.yaml", 'ink: "14213D"', 'ink: "000000"')
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


def test_an_error_is_in_the_bar(root: Path, browser: Any, server: Server) -> None:
    """It is told in words, which lead to its slide, beside its file and line, which a click copies."""
    page = browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{server.address}#the-end")
    page.wait_for_selector("#the-end-1[data-painted]")
    edit(root / "meetings/123.yaml", "minutes: 5", "minuts: 5")
    page.locator("#problem a").click()
    page.locator("#problem .place").click()
    page.wait_for_selector("#problem .place:has-text('copied')")

    assert page.locator("#problem a").inner_text() == "Agenda: unknown key `minuts`"
    assert page.evaluate("location.hash") == "#agenda"
    assert page.locator(".current").get_attribute("id") == "agenda-1"
    assert page.evaluate("navigator.clipboard.readText()") == "meetings/123.yaml:13"


def test_each_error_has_its_turn_in_the_bar(root: Path, page: Any) -> None:
    """The bar goes from one error to the next; one of no slide leads to the list of them."""
    edit(root / "meetings/123.yaml", "minutes: 5", "minuts: 5")
    edit(root / "meetings/123.yaml", "hpke: HPKE", "hpke: [HPKE]")
    page.wait_for_selector("#status:has-text('2 errors')")
    first = page.locator("#problem a").inner_text()
    page.keyboard.press("e")

    assert {first, page.locator("#problem a").inner_text()} == {
        "Agenda: unknown key `minuts`",
        "WG Changes since IETF 122: `hpke` is a list, not text",
    }


def test_an_editor_opens_the_place(root: Path, browser: Any) -> None:
    """With an address of an editor, file and line are a link to it."""
    with serving(root, 123, "--port", "8450", "--editor", "vscode://file/{file}:{line}:{column}") as server:
        edit(root / "meetings/123.yaml", "minutes: 5", "minuts: 5")
        page = browser.new_page()
        page.goto(server.address)
        page.wait_for_selector("#problem .place")

        assert page.locator("#problem .place").get_attribute("href") == f"vscode://file{root}/meetings/123.yaml:13:5"


@pytest.mark.parametrize("address", ["javascript:alert('{file}')", "{file}", "vscode://file/", "file://{file}"])
def test_an_address_that_opens_no_editor_is_refused(address: str, capsys: Any) -> None:
    """A script, a file for the browser itself, or an address without the file is a usage error."""
    with pytest.raises(SystemExit) as ended:
        main(["preview", "123", "--editor", address])

    assert ended.value.code == 2
    assert "such as" in capsys.readouterr().err


def test_a_stale_slide_is_marked_in_the_show(root: Path, page: Any) -> None:
    """Whoever shows slides sees that the files have an error, and no longer once it is mended."""
    page.keyboard.press("s")
    before = page.locator("#stale").is_visible()
    edit(root / "meetings/123.yaml", "minutes: 5", "minuts: 5")
    page.wait_for_selector("#stale", state="visible")
    marked = page.locator("#stale").inner_text()
    edit(root / "meetings/123.yaml", "minuts: 5", "minutes: 5")
    page.wait_for_selector("#stale", state="hidden")

    assert not before
    assert marked == "may be out of date: meetings/123.yaml:13"


def test_a_reload_stays_at_the_slide(page: Any) -> None:
    """The address has the slide, also the second part of one, and the slide that somebody scrolled to."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    part = page.evaluate("location.hash")
    page.reload()
    page.wait_for_selector("#note-well-2.current")
    page.mouse.wheel(0, 20_000)
    page.wait_for_selector("article.current:not(#note-well-2)")
    scrolled = page.evaluate("location.hash")
    page.reload()
    page.wait_for_selector(f"{scrolled}-1.current")

    assert part == "#note-well/2"
    assert page.locator(f"{scrolled}-1").evaluate("element => element.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("where", ["the list", "the show", "the presenter"])
def test_keys_are_those_that_speakers_know(server: Server, browser: Any, where: str) -> None:
    """Space, the arrows, Home, End, the Page keys, and a number before Enter."""
    page = browser.new_page()
    page.goto(server.address + ("presenter.html" if where == "the presenter" else ""))
    page.wait_for_selector("#status.live")
    if where == "the show":
        page.locator("#show").click()
    keys = [
        "Space",
        "PageDown",
        "Space",
        "Shift+Space",
        "PageUp",
        "End",
        "ArrowLeft",
        "Home",
        "7",
        "Enter",
        "2",
        "2",
        "Enter",
    ]
    seen = []
    for key in keys:
        page.keyboard.press(key)
        seen.append(page.evaluate("location.hash.slice(1)"))

    assert seen[:8] == [
        *("note-well", "note-well/2", "note-really-well", "note-well/2", "note-well"),
        *("the-end", "any-other-business", "title"),
    ]
    assert seen[8:] == ["title", "agenda", "agenda", "agenda", "any-other-business"]


def test_a_page_that_does_not_exist_is_told(page: Any) -> None:
    """A number after the last page leads nowhere, in words."""
    for key in ("9", "9", "Enter"):
        page.keyboard.press(key)

    assert page.locator("#typed").inner_text() == "there is no page 99; the last is 23"
    assert page.evaluate("location.hash") == "#title"


@pytest.mark.parametrize(("key", "colour"), [("b", "rgb(0, 0, 0)"), ("w", "rgb(255, 255, 255)"), (".", "rgb(0, 0, 0)")])
def test_the_screen_is_blanked_from_either_side(server: Server, browser: Any, key: str, colour: str) -> None:
    """B and W of the presenter hide the slides, any key brings the same slide back, and the presenter says so."""
    context = browser.new_context()
    page, presenter = context.new_page(), context.new_page()
    page.goto(f"{server.address}#agenda")
    page.wait_for_selector("#agenda-1.current")
    presenter.goto(f"{server.address}presenter.html#agenda")
    presenter.wait_for_selector("#agenda li")
    presenter.keyboard.press(key)
    page.wait_for_selector("#blank", state="visible")
    ground = page.locator("#blank").evaluate("element => getComputedStyle(element).backgroundColor")
    told = presenter.locator("#status").inner_text()
    page.keyboard.press("Space")
    page.wait_for_selector("#blank", state="hidden")

    assert ground == colour
    assert "the screen is" in told
    assert page.evaluate("location.hash") == "#agenda"


@pytest.mark.parametrize("path", ["", "presenter.html"])
def test_a_link_on_a_slide_is_clicked(server: Server, browser: Any, path: str) -> None:
    """It is over its words, opens in a tab of its own, and the slide stays."""
    page = browser.new_page()
    page.goto(f"{server.address}{path}#note-well/2")
    link = page.locator('a[href="https://www.rfc-editor.org/info/bcp9"]')
    link.wait_for()
    # Nothing is to be asked of the RFC Editor by a test.
    page.evaluate("addEventListener('click', event => (document.title = event.target.href, event.preventDefault()))")
    link.click()

    assert page.title() == "https://www.rfc-editor.org/info/bcp9"
    assert link.get_attribute("target") == "_blank"
    assert page.evaluate("location.hash") == "#note-well/2"
    assert page.locator("dialog[open]").count() == 0


def test_a_link_is_where_its_words_are(page: Any, decks: Any) -> None:
    """Each box of a link on the page is that of the same link in the PDF."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(decks[123].pdf)
    boxes = []
    annotations = (raw.FPDFPage_GetAnnot(document[2], at) for at in range(raw.FPDFPage_GetAnnotCount(document[2])))
    for annotation in annotations:
        rect = raw.FS_RECTF()
        assert raw.FPDFAnnot_GetRect(annotation, rect)
        boxes.append([rect.left / 9.6, (540 - rect.top) / 5.4, (rect.right - rect.left) / 9.6])
    shown = page.locator("#note-well-2 .links a").evaluate_all(
        "all => all.map(({style}) => [style.left, style.top, style.width].map(parseFloat))"
    )

    assert len(shown) == 8
    assert sorted(shown) == [pytest.approx(box, abs=0.05) for box in sorted(boxes)]


def test_the_show_steps_over_a_hidden_slide_and_a_link_leads_to_one(root: Path, browser: Any) -> None:
    """The page shows it, marked; the show and the presenter go on to the next; a link to a slide opens nothing."""
    slides = "  a: {kind: bullets, title: A, items: ['[c](#c)'], section: Backup}\n"
    slides += "  b: {kind: statement, title: B, section: Backup, hidden: true}\n"
    slides += "  c: {kind: statement, title: C, section: Backup}\n"
    (root / "meetings/125.yaml").write_text(MINIMAL + "slides:\n" + slides)
    with serving(root, 125, "--port", "8520") as server:
        page = browser.new_page()
        page.goto(f"{server.address}#a")
        page.wait_for_selector("#a-1.current")
        page.locator('#a-1 a[href="#c"]').click()
        page.wait_for_selector("#c-1.current")
        page.keyboard.press("k")
        page.wait_for_selector("#b-1.current.hidden:has-text('hidden')")
        page.keyboard.press("k")
        page.keyboard.press("s")
        page.keyboard.press(" ")
        page.wait_for_selector("body.show #c-1.current")
        presenter = browser.new_page()
        presenter.goto(f"{server.address}presenter.html#a")
        presenter.wait_for_selector('#next[alt$=": C"]')
        presenter.keyboard.press(" ")
        presenter.wait_for_selector('#now[alt$=": C"]')


def test_a_meeting_without_slides_is_told(root: Path, browser: Any) -> None:
    """Where no slide is left, both pages say so, with the place."""
    folders = (root / "templates" / folder / "slides" for folder in (".", "areas/sec"))
    ids = sorted({path.stem for folder in folders for path in folder.iterdir()})
    (root / "meetings/125.yaml").write_text("slides:\n" + "".join(f"  {id}: null\n" for id in ids))
    with serving(root, 125, "--port", "8500") as server:
        page = browser.new_page()
        page.goto(server.address)
        page.wait_for_selector("#none", state="visible")
        words = page.locator("body").inner_text()
        page.goto(f"{server.address}presenter.html")
        page.wait_for_selector("#status.broken:has-text('there is no slide to show')")

    assert "There is no slide to show." in words
    assert "no slide is left" in words
    assert "meetings/125.yaml:2" in words


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "presenter.html"])
@pytest.mark.parametrize("broken", [False, True])
def test_nothing_keeps_anybody_out(
    root: Path, browser: Any, server: Server, scheme: str, path: str, broken: bool
) -> None:
    """axe finds nothing at all, in light and in dark, with errors and without."""
    if broken:
        edit(root / "meetings/123.yaml", "minutes: 5", "minuts: 5")
        edit(root / "templates/theme.yaml", "colours:", "colors:")
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(server.address + path)
    page.wait_for_selector("#status.broken" if broken else "#status.live")
    page.evaluate(axe())

    assert [fault["id"] for fault in page.evaluate("axe.run()")["violations"]] == []


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
