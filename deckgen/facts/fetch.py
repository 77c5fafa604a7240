"""Folder × meeting number -> facts file and FetchReport: every part asked, and what fails kept as it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from deckgen.facts.address import DATATRACKER, RFC_EDITOR, base_address
from deckgen.facts.asking import Manners, NoAnswer
from deckgen.facts.cache import Cache, cache_folder
from deckgen.facts.client import Client
from deckgen.facts.datatracker import Datatracker
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.parts import PARTS, Part
from deckgen.facts.report import BY_HAND, FetchReport, differences
from deckgen.facts.snapshot import (
    Snapshot,
    declared_facts,
    facts_path,
    fault_of,
    read_snapshot,
    snapshot_text,
    write_snapshot,
)
from deckgen.facts.times import stamp
from deckgen.facts.window import Files, Window, read_files, window_of
from deckgen.problems import Origin, fatal, nearest
from deckgen.schema.declare import Schema
from deckgen.source import Plain


def fetch_facts(
    root: Path,
    number: int,
    only: tuple[str, ...],
    since: date | None,
    dry_run: bool,
    progress: Callable[[str], None],
    manners: Manners,
) -> FetchReport:
    """Ask for the facts of a meeting and write them. Raises DeckError."""
    declared = declared_facts(root)
    files = read_files(root, number)
    parts = _wanted(only, declared, files)
    old = read_snapshot(root, number, declared)
    with _sources(manners, progress) as sources:
        window = window_of(files, sources.tracker, since)
        run = _Run(sources, window, declared, stamp(manners.now()))
        new = run.gather(parts, old, progress)
        requests = sources.client.requests
    text = snapshot_text(new, number, [key for part in PARTS.values() for key in part.facts])
    path = facts_path(root, number)
    had_something = bool(new.facts)
    if had_something and not dry_run:
        write_snapshot(root, number, text)
    before: Plain = old.facts or files.before
    changes = tuple(differences(_told(before), _told(new.facts)))
    human = (*run.human, *_by_hand(files, new.facts, declared))
    return FetchReport(path, changes, run.failed, human, requests, had_something and not dry_run)


def _wanted(only: tuple[str, ...], declared: Schema, files: Files) -> dict[str, Part]:
    """The parts asked for, less those whose facts no template declares, and the reviews where nobody reviews."""
    names = [name.strip().replace("_", "-") for name in only]
    for name in names:
        if name not in PARTS:
            hint = nearest(name, PARTS) or f"one of {', '.join(PARTS)}"
            raise fatal(Origin("--only"), "unknown-fact", f"`{name}` cannot be fetched", hint)
    asked = {name: part for name, part in PARTS.items() if not names or name in names}
    if files.area.get("directorate") is None:
        asked.pop("reviews", None)
    return {name: part for name, part in asked.items() if any(fact in declared for fact in part.facts)}


@contextmanager
def _sources(manners: Manners, progress: Callable[[str], None]) -> Iterator[Sources]:
    tracker, rfc_editor = (base_address(one, os.environ) for one in (DATATRACKER, RFC_EDITOR))
    with Client(manners, Cache(cache_folder(os.environ)), progress) as client:
        yield Sources(Datatracker(client, tracker), client, rfc_editor)


class _Run:
    """Gathers the parts one by one; a part that fails leaves the others as they are."""

    def __init__(self, sources: Sources, window: Window, declared: Schema, at: str) -> None:
        self.failed: dict[str, str] = {}
        self.human: list[str] = []
        self._sources = sources
        self._window = window
        self._declared = declared
        self._at = at

    def gather(self, parts: dict[str, Part], snapshot: Snapshot, progress: Callable[[str], None]) -> Snapshot:
        for count, (name, part) in enumerate(parts.items(), 1):
            progress(f"{name} ({count} of {len(parts)})")
            self._sources.tracker.asked.clear()
            try:
                gathered = self._gathered(part)
            except NoAnswer as reason:
                self.failed[name] = str(reason)
                snapshot = snapshot.with_stale(part.facts, str(reason))
                continue
            self.human += gathered.human
            snapshot = snapshot.with_part(part.facts, gathered.facts, self._sources.tracker.asked, self._at)
        return snapshot

    def _gathered(self, part: Part) -> Gathered:
        try:
            gathered = part.gather(self._sources, self._window)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # An answer of another shape: the API changed, or this is not the server it should be.
            raise NoAnswer(f"the answer has an unknown shape: {type(error).__name__} {str(error)[:100]}") from error
        fault = fault_of(gathered.facts, self._declared)
        if fault:
            raise NoAnswer(f"the answer makes no fact: {fault}")
        return gathered


def _told(facts: Plain) -> Plain:
    """The facts less what is kept only to be compared with at the next meeting."""
    return {key: one for key, one in facts.items() if key not in _COMPARED} if isinstance(facts, dict) else facts


_COMPARED = ("errata_snapshot", "lists")


def _by_hand(files: Files, facts: dict[str, Plain], declared: Schema) -> list[str]:
    """What the meeting's own file lacks, and the directors in it whom the datatracker does not name."""
    known = {key: what for key, what in BY_HAND.items() if key in declared or key == "slides"}
    wanted = [f"{key}: {what}" for key, what in known.items() if files.hand.get(key) is None]
    named, there = files.hand.get("directors"), facts.get("directors")
    gone = [page for page, _ in named.items() if page not in there] if named and isinstance(there, dict) else []
    return [*wanted, *(f"directors: {files.number}.yaml names {page}, the datatracker does not" for page in gone)]
