"""Address -> bytes: a patient HTTP client with limits; the only import of httpx."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType

import httpx

from deckgen import __version__
from deckgen.facts.address import host_of, is_loopback, redirected
from deckgen.facts.asking import Manners, NoAnswer
from deckgen.facts.cache import Cache, Stored
from deckgen.facts.words import clean

USER_AGENT = f"deckgen/{__version__} (IETF area slide decks)"
MAX_REDIRECTS = 5
MAX_SLOW = 3  # slow answers in a row after which a host is not asked again
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Again(Exception):
    """The request may be tried again, after `wait` seconds if the server names them.

    `away` is true if the host cannot be reached, `slow` if it takes too long for this address.
    """

    def __init__(self, reason: str, wait: float | None = None, away: bool = False, slow: bool = False) -> None:
        self.wait = wait
        self.away = away
        self.slow = slow
        super().__init__(reason)


class Client:
    """Makes one request at a time, so a host never has two requests of one run at once."""

    def __init__(self, manners: Manners, cache: Cache, progress: Callable[[str], None]) -> None:
        self.requests = 0
        self._manners = manners
        self._cache = cache
        self._progress = progress
        self._waited = 0.0
        self._given_up: dict[str, str] = {}
        self._slow: dict[str, int] = {}
        self._http: dict[bool, httpx.Client] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for http in self._http.values():
            http.close()

    def get(self, address: str) -> bytes:
        """The body of an answer. Raises NoAnswer."""
        host = host_of(address)
        if host in self._given_up:
            raise NoAnswer(self._given_up[host])
        timeout = self._manners.timeout
        for tried in range(1, self._manners.tries + 1):
            try:
                body = self._follow(address, timeout)
            except _Again as again:
                if tried == self._manners.tries or (again.slow and timeout > self._manners.timeout):
                    raise self._no_answer(host, again, tried) from None
                if again.slow:  # with twice the time, for a server that is slow only for this one
                    timeout *= 2
                else:
                    self._wait(host, again, tried)
            else:
                self._slow[host] = 0
                return body
        raise AssertionError("unreachable: the last try returns or raises")

    def _no_answer(self, host: str, again: _Again, tries: int) -> NoAnswer:
        reason = f"{again} ({tries} tries)"
        self._slow[host] = self._slow.get(host, 0) + again.slow
        if again.away or self._slow[host] == MAX_SLOW:
            self._given_up[host] = reason
        return NoAnswer(reason)

    def _wait(self, host: str, again: _Again, tried: int) -> None:
        """Wait as long as the server asks, or twice as long as last time."""
        manners = self._manners
        backed_off = min(manners.first_wait * 2 ** (tried - 1), manners.max_wait)
        wait = backed_off if again.wait is None else again.wait
        if wait > manners.max_wait or self._waited + wait > manners.patience:
            self._given_up[host] = f"{again}; it asks for a wait of {wait:,.0f} s, so try again later"
            raise NoAnswer(self._given_up[host])
        self._waited += wait
        if wait:
            self._progress(f"{again}: waiting {wait:.0f} s")
        manners.sleep(wait)

    def _follow(self, address: str, timeout: float) -> bytes:
        for _ in range(MAX_REDIRECTS):
            answer = self._ask(address, timeout)
            if isinstance(answer, bytes):
                return answer
            address = redirected(address, answer)
        raise NoAnswer(f"redirects more than {MAX_REDIRECTS} times")

    def _ask(self, address: str, timeout: float) -> bytes | str:
        """The body of an answer, or the target of its redirect."""
        stored = self._cache.get(address)
        headers = {"If-None-Match": stored.etag} if stored else {}
        self.requests += 1
        try:
            with self._opened(address).stream("GET", address, headers=headers, timeout=timeout) as response:
                return self._read(address, response, stored)
        except httpx.TimeoutException as error:
            away = isinstance(error, httpx.ConnectTimeout)
            raise _Again(f"{_host(address)} does not answer in {timeout:g} s", away=away, slow=not away) from None
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise _Again(f"{_host(address)} cannot be reached: {_reason(error)}", away=True) from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise _Again(f"{_host(address)} breaks off: {_reason(error)}") from None

    def _opened(self, address: str) -> httpx.Client:
        local = is_loopback(address)
        if not local and not address.startswith("https://"):
            raise NoAnswer("plain http is allowed only on this machine")
        if local not in self._http:
            self._http[local] = _open(self._manners.timeout, local)
        return self._http[local]

    def _read(self, address: str, response: httpx.Response, stored: Stored | None) -> bytes | str:
        status = response.status_code
        if status == 304 and stored:
            return stored.body
        if status == 200:
            body = self._body(response)
            if response.headers.get("etag"):
                self._cache.put(address, response.headers["etag"], body)
            return body
        if status in (301, 302, 303, 307, 308):
            return str(response.headers.get("location", ""))
        reason = f"HTTP {status} from {_host(address)}"
        if status in _AGAIN:
            raise _Again(reason, _retry_after(response.headers.get("retry-after", ""), self._manners.now()))
        raise NoAnswer(f"{reason}{_error_text(response)}", status)

    def _body(self, response: httpx.Response) -> bytes:
        """The body; reading stops as soon as it is too large or too slow."""
        manners = self._manners
        started = manners.now()
        parts = bytearray()
        for part in response.iter_bytes(65_536):
            parts += part
            if len(parts) > manners.max_bytes:
                raise NoAnswer(f"the answer has more than {manners.max_bytes:,} bytes")
            if (manners.now() - started).total_seconds() > manners.whole:
                raise NoAnswer(f"the answer takes longer than {manners.whole:g} s for one answer")
        return bytes(parts)


def _open(timeout: float, local: bool) -> httpx.Client:
    """A client of httpx. Raises NoAnswer if the environment's proxy is not an address.

    A proxy of the environment is only for other hosts, and so are the public certificate authorities, whose
    certificates take longer to load than this machine takes to answer.
    """
    headers = {"User-Agent": USER_AGENT, "Accept": "application/json, text/html;q=0.5"}
    verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if local else True
    try:
        return httpx.Client(
            headers=headers, timeout=timeout, follow_redirects=False, trust_env=not local, verify=verify
        )
    except (ValueError, httpx.InvalidURL, ImportError) as error:
        raise NoAnswer(f"the proxy of the environment cannot be used: {_reason(error)}") from None


def _retry_after(value: str, now: datetime) -> float | None:
    """The seconds of a Retry-After, which is a number or a date (RFC 9110, section 10.2.3)."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _error_text(response: httpx.Response) -> str:
    """The reason in an error of Tastypie: `{"error": ...}`."""
    if response.status_code != 400:
        return ""
    try:
        reason = json.loads(next(response.iter_bytes(4096), b""))["error"]
    except (ValueError, KeyError, TypeError, httpx.RequestError):
        return ""
    return f": {clean(str(reason), 120)}"


def _host(address: str) -> str:
    return host_of(address).partition("//")[2]


def _reason(error: Exception) -> str:
    return clean(str(error), 120) or type(error).__name__
