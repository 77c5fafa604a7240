"""Area × time -> facts: what the datatracker and the RFC Editor know of a meeting, as a file to be committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from deckgen.base.problem import Origin, fatal
from deckgen.facts.asking import Manners
from deckgen.facts.report import FetchReport
from deckgen.facts.upload import upload_help

__all__ = ["FetchReport", "Manners", "fetch", "upload_help"]


def _silent(_: str) -> None:
    """Nobody watches."""


def fetch(
    root: Path,
    number: int,
    *,
    only: tuple[str, ...] = (),
    since: date | None = None,
    dry_run: bool = False,
    progress: Callable[[str], None] = _silent,
    manners: Manners | None = None,
) -> FetchReport:
    """Fetch the facts of meeting `number` into its facts file in the folder `root`.

    `only` names the parts to ask for; `since` is the day to look back to, in place of the last
    of the meeting before; a dry run writes nothing. Raises DeckError when nothing can be asked.
    """
    try:
        # httpx costs every other command 0.1 s, and is an extra that not everybody installs.
        from deckgen.facts.fetching import fetch_facts
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "httpx":
            raise
        raise fatal(Origin("deckgen"), "no-httpx", "httpx is not installed", 'pip install "deckgen[fetch]"') from None
    return fetch_facts(root, number, only, since, dry_run, progress, manners or Manners())
