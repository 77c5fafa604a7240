"""Environment -> base addresses: https everywhere, plain http only on this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from deckgen.facts.asking import NoAnswer
from deckgen.problems import Origin, fatal

DATATRACKER = ("DECKGEN_DATATRACKER_URL", "https://datatracker.ietf.org")
RFC_EDITOR = ("DECKGEN_RFC_EDITOR_URL", "https://www.rfc-editor.org")


def base_address(variable: tuple[str, str], environ: Mapping[str, str]) -> str:
    """The address in an environment variable, or its default. Raises DeckError."""
    name, default = variable
    address = environ.get(name, "").strip().rstrip("/") or default
    fault = _fault(address)
    if fault:
        raise fatal(Origin(name), "bad-address", f"`{address[:200]}` {fault}", f"such as {default}")
    return address


def _fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return "is not an address"
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        return "is not an https address"
    if parts.username is not None or parts.query or parts.fragment or any(c <= " " for c in address):
        return "has more than a host and a path"
    if parts.scheme == "http" and not is_loopback(address):
        return "uses http, which is allowed only on this machine"
    return ""


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def redirected(address: str, location: str) -> str:
    """The target of a redirect, if it is on the same host. Raises NoAnswer."""
    try:
        target = urljoin(address, location)
        stays = host_of(target) == host_of(address)
    except ValueError:
        target, stays = location, False
    if not stays:
        raise NoAnswer(f"redirects to another host, {target[:100]!r}")
    if "/login" in urlsplit(target).path:
        raise NoAnswer("asks for a login")
    return target
