"""Facts × provenance -> meetings/N.facts.yaml: a stable order, each fact with its source, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from deckgen.base import Frozen, field, replace
from deckgen.base.files import MAX_BYTES, refuse_links
from deckgen.facts.cache import write_whole
from deckgen.meeting import MEETINGS, Id, id_of, read_template
from deckgen.problems import DeckError, Origin, Problem, fatal
from deckgen.schema.check import check_facts
from deckgen.schema.declare import Schema
from deckgen.source import Plain, Source, dump, parse, plain, read

FETCHED = "fetched"
Facts = dict[str, Plain]


class Snapshot(Frozen):
    """The fetched facts of a meeting, each with its source and time."""

    facts: Facts
    fetched: Facts = field(default_factory=dict)

    def with_part(self, keys: Iterable[str], facts: Facts, asked: list[str], at: str) -> Snapshot:
        """With the new facts of a part instead of its old ones."""
        kept, about = self._without(keys)
        addresses: list[Plain] = [*dict.fromkeys(asked)]
        source: Facts = {"from": addresses[0] if len(addresses) == 1 else addresses, "at": at}
        return Snapshot(kept | facts, {**about, **dict.fromkeys(facts, source)})

    def with_stale(self, keys: Iterable[str], reason: str) -> Snapshot:
        """With the reason why the facts of a part are old or missing."""
        listed = [*keys]
        had = [key for key in listed if key in self.facts] or listed[:1]
        about: Facts = {key: {**cast(Facts, self.fetched.get(key) or {}), "stale": reason} for key in had}
        return replace(self, fetched=self.fetched | about)

    def _without(self, keys: Iterable[str]) -> tuple[Facts, Facts]:
        gone = set(keys)
        kept = {key: value for key, value in self.facts.items() if key not in gone}
        return kept, {key: value for key, value in self.fetched.items() if key not in gone}


def facts_path(root: Path, meeting: Id) -> Path:
    """The facts file of a meeting."""
    return root / MEETINGS / f"{meeting}.facts.yaml"


def declared_facts(root: Path, meeting: Id) -> Schema:
    """The keys of a facts file. Raises DeckError."""
    return cast(Schema, plain(read_template(root, meeting, "facts").get().source))


def read_snapshot(root: Path, meeting: Id, declared: Schema) -> Snapshot:
    """The snapshot in the facts file; an empty one without a file. Raises DeckError for a broken file."""
    path = facts_path(root, meeting)
    name = f"{MEETINGS}/{meeting}.facts.yaml"
    source = read(path, name).get() if path.exists() else Source({}, Origin(name))
    if not isinstance(source.value, dict):
        raise fatal(source.origin, "wrong-value", "the file is not a mapping (`key: value`)", _HINT)
    problems = list(check_facts(source, declared))
    if problems:
        raise DeckError(Problem(p.origin, p.rule, p.text, p.hint or _HINT) for p in problems)
    facts = cast(Facts, plain(source))
    fetched = facts.pop(FETCHED, None)
    return Snapshot(facts, fetched if isinstance(fetched, dict) else {})


_HINT = "put corrections in the meeting file; `git restore` this file, or delete it"


def fault_of(facts: Facts, declared: Schema) -> str:
    """Why facts cannot be loaded again; empty if they can."""
    read = parse(dump(facts), "answer")
    problems = read.problems or tuple(check_facts(read.get(), declared))
    return problems[0].text if problems else ""


def snapshot_text(snapshot: Snapshot, meeting: Id, order: Iterable[str]) -> str:
    """The text of a facts file: the facts in `order`, then others, and the source of each."""
    ranks = {key: rank for rank, key in enumerate(order)}
    keys = sorted(snapshot.facts, key=lambda key: (ranks.get(key, len(ranks)), key))
    about = sorted(snapshot.fetched, key=lambda key: (ranks.get(key, len(ranks)), key))
    parts = [{key: snapshot.facts[key]} for key in keys]
    parts.append({FETCHED: {key: snapshot.fetched[key] for key in about}})
    head = f"# Written by `deckgen fetch {meeting}`, never by hand: what {id_of(meeting)}.yaml has wins, key by key.\n"
    return head + "\n".join(dump(cast(Plain, part)) for part in parts)


def write_snapshot(root: Path, meeting: Id, text: str) -> Path:
    """Write the facts file. Raises DeckError; the file is whole at any moment."""
    path = facts_path(root, meeting)
    if len(text.encode()) > MAX_BYTES:
        raise fatal(
            Origin(f"{MEETINGS}/{meeting}.facts.yaml"), "too-large", f"more than {MAX_BYTES:,} bytes were fetched"
        )
    refuse_links(path.parent, root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as error:
        raise fatal(
            Origin(f"{MEETINGS}/{meeting}.facts.yaml"), "no-file", f"cannot be written: {error.strerror}"
        ) from None
    return path
