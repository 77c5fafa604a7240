"""Folder × meeting -> facts file and FetchReport: every part fetched; a part that fails keeps its old facts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import cast

from deckgen.facts.address import DATATRACKER, RFC_EDITOR, base_address
from deckgen.facts.asking import Manners, NoAnswer
from deckgen.facts.cache import Cache, cache_folder
from deckgen.facts.client import Client
from deckgen.facts.datatracker import STRANGE, Datatracker
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.parts import PARTS, Part
from deckgen.facts.report import BY_HAND, FetchReport, comparable, differences
from deckgen.facts.sense import vanished
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
from deckgen.facts.window import Files, Window, directorates, read_files, window_of
from deckgen.problems import Origin, fatal, nearest
from deckgen.schema.declare import Schema
from deckgen.source import Plain, flow

# Facts for a later fetch only, or about the state of what a person has chosen.
NOT_BY_HAND = ("working_groups", "related_states", "errata_snapshot", "lists", "meeting")


def fetch_facts(
    root: Path,
    meeting: str,
    only: tuple[str, ...],
    since: date | None,
    dry_run: bool,
    progress: Callable[[str], None],
    manners: Manners,
) -> FetchReport:
    """Fetch the facts of a meeting and write them. Raises DeckError."""
    declared = declared_facts(root, meeting)
    files = read_files(root, meeting)
    parts = _wanted(only, declared, files)
    old = read_snapshot(root, meeting, declared)
    with _sources(manners, progress) as sources:
        window = window_of(files, sources.tracker, since)
        run = _Run(sources, window, declared)
        new = run.gather(parts, old, progress)
        requests = sources.client.requests
    text = snapshot_text(new, meeting, [key for part in PARTS.values() for key in part.facts])
    path = facts_path(root, meeting)
    had_something = bool(new.facts)
    if had_something and not dry_run:
        write_snapshot(root, meeting, text)
    changes = tuple(differences(old.facts or comparable(files.before, new.facts), new.facts))
    return FetchReport(
        path=path,
        changes=changes,
        failed=run.failed,
        human=(*run.human, *_strangers(files, new.facts)),
        by_hand=_by_hand(files, declared),
        examples=tuple(_examples(declared, _missing(run.failed, new.facts, files))),
        requests=requests,
        written=had_something and not dry_run,
    )


def _wanted(only: tuple[str, ...], declared: Schema, files: Files) -> dict[str, Part]:
    """The requested parts whose facts a template declares; without a directorate, no reviews."""
    names = [name.strip().replace("_", "-") for name in only]
    for name in names:
        if name not in PARTS:
            hint = nearest(name, PARTS) or f"one of {', '.join(PARTS)}"
            raise fatal(Origin("--only"), "unknown-fact", f"`{name}` cannot be fetched", hint)
    asked = {name: part for name, part in PARTS.items() if not names or name in names}
    if not directorates(files.area):
        asked.pop("reviews", None)
    return {name: part for name, part in asked.items() if any(fact in declared for fact in part.facts)}


@contextmanager
def _sources(manners: Manners, progress: Callable[[str], None]) -> Iterator[Sources]:
    tracker, rfc_editor = (base_address(one, os.environ) for one in (DATATRACKER, RFC_EDITOR))
    with Client(manners, Cache(cache_folder(os.environ)), progress) as client:
        yield Sources(Datatracker(client, tracker), client, rfc_editor, manners.now())


class _Run:
    """Gathers the parts one by one; a part that fails does not affect the others."""

    def __init__(self, sources: Sources, window: Window, declared: Schema) -> None:
        self.failed: dict[str, str] = {}
        self.human: list[str] = []
        self._sources = sources
        self._window = window
        self._declared = declared
        self._at = stamp(sources.now)

    def gather(self, parts: dict[str, Part], snapshot: Snapshot, progress: Callable[[str], None]) -> Snapshot:
        before = {**self._window.before, **snapshot.facts}
        for count, (name, part) in enumerate(parts.items(), 1):
            progress(f"{name} ({count} of {len(parts)})")
            self._sources.tracker.asked.clear()
            self._sources.tracker.strange.clear()
            try:
                gathered = self._gathered(part, before)
            except NoAnswer as reason:
                self.failed[name] = str(reason)
                snapshot = snapshot.with_stale(part.facts, str(reason))
                continue
            self.human += [*gathered.human, *(f"{part.facts[0]}: {remark}" for remark in self._sources.tracker.strange)]
            snapshot = snapshot.with_part(part.facts, gathered.facts, self._sources.tracker.asked, self._at)
        return snapshot

    def _gathered(self, part: Part, before: Mapping[str, Plain]) -> Gathered:
        try:
            gathered = part.gather(self._sources, self._window)
        except STRANGE as error:
            # An answer with another shape: the API has changed, or this is another server.
            raise NoAnswer(f"the answer has an unknown shape: {type(error).__name__} {str(error)[:100]}") from error
        gone = vanished(part.facts, gathered.facts, before)
        if gone:
            raise NoAnswer(gone)
        fault = fault_of(gathered.facts, self._declared)
        if fault:
            raise NoAnswer(f"the answer does not fit a fact: {fault}")
        return gathered


def _by_hand(files: Files, declared: Schema) -> tuple[str, ...]:
    """The facts that only a person can supply and that the meeting file lacks."""
    known = {key: what for key, what in BY_HAND.items() if key in declared or key == "slides"}
    return tuple(f"{key}: {what}" for key, what in known.items() if files.hand.get(key) is None)


def _strangers(files: Files, facts: dict[str, Plain]) -> list[str]:
    """The directors that the meeting file names and the datatracker does not."""
    named, there = files.hand.get("directors"), facts.get("directors")
    gone = [page for page, _ in named.items() if page not in there] if named and isinstance(there, dict) else []
    return [f"directors: {files.number}.yaml names {page}, the datatracker does not" for page in gone]


def _missing(failed: Iterable[str], facts: dict[str, Plain], files: Files) -> Iterator[str]:
    """The facts of failed parts that no file has and that a person can write."""
    for name in failed:
        for key in PARTS[name].facts:
            if key not in facts and key not in NOT_BY_HAND and files.hand.get(key) is None:
                yield key


def _examples(declared: Schema, keys: Iterable[str]) -> Iterator[str]:
    """A line of YAML for each fact, as an example for a person."""
    for key in keys:
        examples = cast(Schema, declared.get(key) or {}).get("examples")
        if isinstance(examples, list):
            yield flow({key: examples[0]}).removeprefix("{").removesuffix("}")
