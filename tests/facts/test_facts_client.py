"""The client asks patiently and believes nothing: retries, bounds, redirects, the cache, addresses."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.facts_server import Reply, Server, serving

from deckgen.facts import Manners
from deckgen.facts.address import DATATRACKER, base_address
from deckgen.facts.asking import NoAnswer
from deckgen.facts.cache import Cache, cache_folder
from deckgen.facts.client import Client
from deckgen.facts.datatracker import Datatracker, parsed
from deckgen.problems import DeckError

NOON = datetime(2025, 10, 20, 12, 0, tzinfo=UTC)
PATH = "/group/groupstats.json"


@pytest.fixture
def server() -> Iterator[Server]:
    """A datatracker on loopback."""
    with serving() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """How long the client waited, each time."""
    return []


@pytest.fixture
def client_with(tmp_path: Path, waits: list[float]) -> Iterator[Callable[..., Client]]:
    """Makes clients that note their waits instead of waiting."""
    made: list[Client] = []

    def make(**manners: Any) -> Client:
        settled = Manners(**{"sleep": waits.append, "now": lambda: NOON, **manners})
        made.append(Client(settled, Cache(tmp_path / "cache"), lambda _: None))
        return made[-1]

    yield make
    for client in made:
        client.__exit__(None, None, None)


def refusal(client: Client, server: Server, path: str = PATH) -> str:
    """Why the client gives no answer."""
    with pytest.raises(NoAnswer) as caught:
        client.get(server.url + path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("0", 0.0), ("7", 7.0), ("Mon, 20 Oct 2025 12:00:30 GMT", 30.0), ("Mon, 20 Oct 2025 11:00:00 GMT", 0.0)],
)
def test_retry_after_is_obeyed(
    server: Server, client_with: Callable[..., Client], waits: list[float], asked: str, waited: float
) -> None:
    """Seconds, none at all, and a date are waited for as asked."""
    server.planned[PATH] = [Reply(429, headers={"Retry-After": asked})]

    assert json.loads(client_with().get(server.url + PATH))
    assert waits == [waited]


def test_waits_double_and_end(server: Server, client_with: Callable[..., Client], waits: list[float]) -> None:
    """A server that goes on failing is asked four times, with growing pauses, and no more."""
    server.always[PATH] = Reply(500)

    assert "HTTP 500" in refusal(client_with(), server)
    assert waits == [1.0, 2.0, 4.0]
    assert len(server.asked) == 4


def test_back_off_is_capped(server: Server, client_with: Callable[..., Client], waits: list[float]) -> None:
    """No pause is longer than the longest wait."""
    server.always[PATH] = Reply(503, headers={"Retry-After": "soon"})
    refusal(client_with(tries=6, max_wait=5.0), server)

    assert waits == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_a_long_wait_is_left_to_the_person(
    server: Server, client_with: Callable[..., Client], waits: list[float]
) -> None:
    """A server that asks for more than a minute is believed at once, and is asked nothing else in this run."""
    server.planned[PATH] = [Reply(429, headers={"Retry-After": "61"})]
    client = client_with()

    assert "61 s" in refusal(client, server)
    assert "61 s" in refusal(client, server, "/errata.json")
    assert (waits, len(server.asked)) == ([], 1)


def test_all_waits_together_are_bounded(server: Server, client_with: Callable[..., Client], waits: list[float]) -> None:
    """A server that always asks for a minute cannot hold a run for hours."""
    server.always[PATH] = Reply(429, headers={"Retry-After": "60"})
    client = client_with(tries=100)
    refusal(client, server)

    assert sum(waits) == 300.0


@pytest.mark.parametrize(
    "reply", [Reply(502), Reply(body=b"[1, 2", cut=True), Reply(headers={"Content-Encoding": "gzip"}, body=b"no")]
)
def test_a_passing_fault_is_tried_again(server: Server, client_with: Callable[..., Client], reply: Reply) -> None:
    """After a bad gateway, a body cut off, or a garbled one, the next answer counts."""
    server.planned[PATH] = [reply]

    assert json.loads(client_with().get(server.url + PATH))[0]["id"] == "draft-ietf-acme-k"


def test_a_slow_address_costs_only_itself(server: Server, client_with: Callable[..., Client]) -> None:
    """It is asked once more with twice the time; the others of the same host are asked as before."""
    server.always[PATH] = Reply(hang=True)
    client = client_with(timeout=0.05)

    assert "does not answer in 0.1 s (2 tries)" in refusal(client, server)
    assert client.get(server.url + "/errata.json")
    assert len(server.asked) == 3


def test_an_address_that_is_slow_once_is_waited_for(server: Server, client_with: Callable[..., Client]) -> None:
    """The second time, it may take twice as long."""
    server.planned[PATH] = [Reply(hang=True)]

    assert json.loads(client_with(timeout=0.05).get(server.url + PATH))


def test_a_slow_server_is_given_up(server: Server, client_with: Callable[..., Client]) -> None:
    """A host that is slow over three addresses in a row is left alone."""
    paths = [PATH, "/errata.json", "/rfc-index.xml"]
    for path in paths:
        server.always[path] = Reply(hang=True)
    client = client_with(timeout=0.05)
    for path in paths:
        refusal(client, server, path)

    assert "does not answer" in refusal(client, server, "/meeting/125/agenda.json")
    assert len(server.asked) == 6


def test_an_endless_answer_is_given_up(server: Server, client_with: Callable[..., Client]) -> None:
    """An answer may come in bytes as slow as it likes, but not for longer than an answer may take."""
    ticks = iter(range(0, 10_000, 100))
    client = client_with(now=lambda: datetime.fromtimestamp(next(ticks), UTC))

    assert "longer than 180 s" in refusal(client, server, "/errata.json")


@pytest.mark.parametrize("zipped", [False, True])
def test_the_size_of_an_answer_is_bounded(server: Server, client_with: Callable[..., Client], zipped: bool) -> None:
    """More bytes than agreed are refused while they come, also when they were packed small."""
    body = b"[" + b" " * 2_000_000 + b"]"
    headers = {"Content-Encoding": "gzip"} if zipped else {}
    server.always[PATH] = Reply(body=gzip.compress(body) if zipped else body, headers=headers)

    assert "more than 1,000,000 bytes" in refusal(client_with(max_bytes=1_000_000), server)


@pytest.mark.parametrize(("status", "text"), [(400, "field does not allow ordering"), (404, "HTTP 404"), (403, "403")])
def test_a_refusal_is_final(server: Server, client_with: Callable[..., Client], status: int, text: str) -> None:
    """What the server says is wrong is passed on, and not asked again."""
    server.always[PATH] = Reply(status, b'{"error": "The \'x\' field does not allow ordering."}')

    assert text in refusal(client_with(), server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("location", ["/group/there.json", "there.json", "{url}/group/there.json"])
def test_redirects_within_the_host_are_followed(
    server: Server, client_with: Callable[..., Client], location: str
) -> None:
    """A redirect may be a path or an address, as long as the host stays."""
    server.always[PATH] = Reply(301, headers={"Location": location.format(url=server.url)})
    server.world.files["/group/there.json"] = b"[7]"

    assert client_with().get(server.url + PATH) == b"[7]"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://elsewhere.example/x", "another host"),
        ("//elsewhere.example/x", "another host"),
        ("http://127.0.0.1:1/x", "another host"),
        ("/accounts/login/?next=/", "asks for a login"),
        (PATH, "more than 5 times"),
        ("http://[", "another host"),
    ],
)
def test_other_redirects_are_refused(
    server: Server, client_with: Callable[..., Client], location: str, reason: str
) -> None:
    """Another host, a login, and a circle lead nowhere."""
    server.always[PATH] = Reply(302, headers={"Location": location})

    assert reason in refusal(client_with(), server)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><title>Log in</title>", "an HTML page, perhaps a login"),
        (b"not JSON", "not JSON but 8 bytes"),
        (b'{"objects": [', "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"", "not JSON but 0 bytes"),
    ],
)
def test_what_is_not_json_is_reported(
    server: Server, client_with: Callable[..., Client], body: bytes, reason: str
) -> None:
    """A page, a text and half a document with status 200 are no answers."""
    server.always[PATH] = Reply(body=body)

    with pytest.raises(NoAnswer, match=reason):
        parsed(client_with().get(server.url + PATH))


def test_what_is_unchanged_is_not_sent_again(server: Server, client_with: Callable[..., Client]) -> None:
    """A later run asks with the ETag and uses what it kept."""
    first = client_with().get(server.url + "/errata.json")
    server.always["/errata.json"] = Reply(304)

    assert client_with().get(server.url + "/errata.json") == first


def test_a_damaged_cache_is_as_good_as_none(server: Server, client_with: Callable[..., Client], tmp_path: Path) -> None:
    """A file of the cache that somebody cut is not believed."""
    first = client_with().get(server.url + PATH)
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(file.read_bytes()[:-1])

    assert client_with().get(server.url + PATH) == first


def test_a_cache_that_cannot_be_written_does_no_harm(server: Server, tmp_path: Path) -> None:
    """Where the folder of the cache is a file, answers come all the same."""
    (tmp_path / "cache").write_text("a file")
    with Client(Manners(), Cache(tmp_path / "cache"), lambda _: None) as client:
        assert client.get(server.url + PATH) == client.get(server.url + PATH)


def test_the_cache_stays_small(tmp_path: Path) -> None:
    """Of more answers than it may keep, the cache has the newest."""
    cache = Cache(tmp_path)
    for number in range(520):
        cache.put(f"https://example.org/{number}", '"tag"', b"x")

    assert len(list(tmp_path.iterdir())) == 500
    assert cache.get("https://example.org/519") is not None


def test_the_cache_is_the_users(tmp_path: Path) -> None:
    """XDG_CACHE_HOME is respected, unless it is relative, which its specification forbids."""
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "deckgen"
    assert cache_folder({"XDG_CACHE_HOME": "here"}) == Path.home() / ".cache" / "deckgen"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://datatracker.ietf.org", "uses http,"),
        ("http://127.0.0.1.example.org", "uses http,"),
        ("ftp://datatracker.ietf.org", "is not an https address"),
        ("datatracker.ietf.org", "is not an https address"),
        ("https://", "is not an https address"),
        ("https://me:secret@example.org", "more than a host and a path"),
        ("https://example.org/?x=1", "more than a host and a path"),
        ("https://example.org:port", "is not an address"),
        ("https://[", "is not an address"),
    ],
)
def test_a_wrong_base_address_is_reported(address: str, fault: str) -> None:
    """Only https, and plain http to this machine, may be asked."""
    with pytest.raises(DeckError, match="DECKGEN_DATATRACKER_URL: error: ") as caught:
        base_address(DATATRACKER, {"DECKGEN_DATATRACKER_URL": address})

    assert fault in caught.value.problems[0].text


@pytest.mark.parametrize(
    ("set_to", "used"),
    [
        ("", "https://datatracker.ietf.org"),
        ("https://mirror.example/dt/", "https://mirror.example/dt"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_base_address_may_be_a_mirror(set_to: str, used: str) -> None:
    """The default is the real datatracker; a mirror may lie in a folder, and on this machine."""
    assert base_address(DATATRACKER, {"DECKGEN_DATATRACKER_URL": set_to}) == used


def test_plain_http_never_leaves_this_machine(client_with: Callable[..., Client]) -> None:
    """Even an address that nobody checked before is refused."""
    with pytest.raises(NoAnswer, match="only on this machine"):
        client_with().get("http://example.org/")


def test_a_proxy_that_cannot_be_used_is_reported(
    client_with: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment counts for the world outside; a closed one is named as the reason."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with pytest.raises(NoAnswer, match="cannot be reached"):
        client_with(tries=1).get("https://example.org/")

    monkeypatch.setenv("HTTPS_PROXY", "nonsense://x")
    with pytest.raises(NoAnswer, match="proxy"):
        client_with(tries=1).get("https://example.org/")


@pytest.fixture
def tracker(server: Server, client_with: Callable[..., Client]) -> Datatracker:
    """The API of the server."""
    return Datatracker(client_with(), server.url)


def test_all_pages_are_read(server: Server, tracker: Datatracker) -> None:
    """A server that gives seven at once is asked as often as it takes."""
    server.page_size = 7
    groups = tracker.objects("group/group", {"type": "wg"})

    assert len(groups) == sum(one["type"].endswith("/wg/") for one in server.world.objects["group/group"])
    assert len(server.asked) == -(-len(groups) // 7)


@pytest.mark.parametrize(
    ("following", "reason"),
    [
        ("https://elsewhere.example/api/v1/group/group/", "the next page has the wrong address"),
        ("//elsewhere.example/api/v1/group/group/", "the next page has the wrong address"),
        ("/api/v1/person/person/?offset=20", "the next page has the wrong address"),
        ("/api/v1/group/group/?limit=1000", "1 of 2 objects were received"),
    ],
)
def test_a_next_page_leads_nowhere_else(server: Server, tracker: Datatracker, following: str, reason: str) -> None:
    """The next page is of the same host and model, and pages in a circle come to an end."""
    page = {"meta": {"next": following, "total_count": 2}, "objects": [{"resource_uri": "/api/v1/group/group/1/"}]}
    server.always["/api/v1/group/group/"] = Reply(body=json.dumps(page).encode())

    with pytest.raises(NoAnswer, match=reason):
        tracker.objects("group/group", {})


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"meta": {}, "objects": []}', b'{"meta": {"next": 7, "total_count": 0}, "objects": []}']
)
def test_an_answer_that_is_not_a_page_is_reported(server: Server, tracker: Datatracker, body: bytes) -> None:
    """JSON of another shape is no answer of the API."""
    server.always["/api/v1/group/group/"] = Reply(body=body)

    with pytest.raises(NoAnswer, match="not a page of the API"):
        tracker.objects("group/group", {})


def test_a_filter_that_is_ignored_is_noticed(tracker: Datatracker) -> None:
    """The API answers an unknown filter with everything; what comes must be what was asked for."""
    with pytest.raises(NoAnswer, match="`nosuch=1` was ignored"):
        tracker.objects("group/group", {"nosuch": "1"})


def test_too_many_objects_are_an_ignored_filter(server: Server, tracker: Datatracker) -> None:
    """A count that cannot be is refused before the other pages are read."""
    server.page_size = 5
    with pytest.raises(NoAnswer, match="at most 10 are plausible"):
        tracker.objects("group/group", {}, max_objects=10)

    assert len(server.asked) == 1
