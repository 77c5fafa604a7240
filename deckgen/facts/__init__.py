"""Area × time -> facts of a meeting from the datatracker and the RFC Editor, as a file to commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from deckgen.base.problem import Origin, fatal
from deckgen.facts.asking import Manners
from deckgen.facts.report import FetchReport
from deckgen.meeting import Id

__all__ = ["FetchReport", "Manners", "fetch"]


def _silent(_: str) -> None:
    """Discard the progress."""


def fetch(
    root: Path,
    meeting: Id,
    *,
    only: tuple[str, ...] = (),
    since: date | None = None,
    dry_run: bool = False,
    progress: Callable[[str], None] = _silent,
    manners: Manners | None = None,
) -> FetchReport:
    """Fetch the facts of a meeting into its facts file in the folder `root`.

    `only` names the parts to fetch; `since` is the first day of the window, instead of the last day of the
    previous meeting; a dry run writes nothing. Raises DeckError if no request can be made.
    """
    try:
        # importing httpx takes 0.1 s, and it is an extra that not every user installs.
        from deckgen.facts.fetching import fetch_facts
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "httpx":
            raise
        raise fatal(Origin("deckgen"), "no-httpx", "httpx is not installed", 'pip install "deckgen[fetch]"') from None
    return fetch_facts(root, str(meeting), only, since, dry_run, progress, manners or Manners())
