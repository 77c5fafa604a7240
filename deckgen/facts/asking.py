"""Numbers and functions -> Manners: how patiently servers are asked; and NoAnswer, the error of an unusable answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from deckgen.base import Frozen


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Manners(Frozen):
    """How a server is asked; all times in seconds.

    `timeout` limits each read, twice that on the second try, and `whole` a whole answer. Waits double from
    `first_wait` to `max_wait`, and all waits of one run together stay below `patience`. A server that asks for a
    longer wait than `max_wait` is not asked again.
    """

    tries: int = 4
    timeout: float = 20.0
    whole: float = 180.0
    first_wait: float = 1.0
    max_wait: float = 60.0
    patience: float = 300.0
    max_bytes: int = 64_000_000
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = utc_now


class NoAnswer(Exception):
    """A server gave no usable answer; the text is the reason, `status` that of HTTP if there was one."""

    def __init__(self, reason: str, status: int = 0) -> None:
        self.status = status
        super().__init__(reason)
