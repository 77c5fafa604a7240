"""Meeting number -> its next files: the commands that begin a meeting, fetch its facts, and end it with an upload."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from deckgen.problems import nearest


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`new`, `fetch` and `upload-help`."""
    new = commands.add_parser("new", help="begin the file of the next meeting")
    new.add_argument("meeting", type=numbered, help="the number of the new meeting, such as 125")
    new.add_argument(
        "--from", dest="previous", type=numbered, metavar="MEETING", help="the meeting to begin from (the last)"
    )
    new.set_defaults(run=_new)

    fetch = commands.add_parser("fetch", help="ask the datatracker and the RFC Editor for the facts of a meeting")
    fetch.add_argument("meeting", type=numbered, help="the number of the meeting, such as 125")
    fetch.add_argument("--only", type=_parts, default=(), metavar="FACT,...", help="only these facts, such as errata")
    fetch.add_argument("--since", type=_day, metavar="DATE", help="count from this day, such as 2026-03-20")
    fetch.add_argument("--dry-run", action="store_true", help="say what is new, and write nothing")
    fetch.set_defaults(run=_fetch)

    upload = commands.add_parser("upload-help", help="say where to upload a deck, and which file")
    upload.add_argument("meeting", type=numbered, help="the number of the meeting, such as 124")
    upload.set_defaults(run=_upload_help)
    for command in (new, fetch, upload):
        command.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder of meetings/ (here)")
        command.set_defaults(to=sys.stderr, output_format="text")


def numbered(text: str) -> int:
    """The number of a meeting: as such, or as the path of its file."""
    found = re.fullmatch(r"(?:.*/)?0*([1-9][0-9]{0,4})(?:\.yaml)?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{text}` is no meeting such as 124")
    return int(found[1])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no date such as 2026-03-20") from None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _new(options: argparse.Namespace) -> int:
    from deckgen.meeting.new import new_meeting

    path, carried = new_meeting(options.root, options.meeting, options.previous)
    print(f"{path}: begun")
    for line in carried:
        print(f"  from the meetings before: {line}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from deckgen.facts import fetch

    try:
        from deckgen.facts.parts import PARTS
    except ModuleNotFoundError as error:
        print(f"fetch needs {error.name}: pip install 'deckgen[fetch]'", file=sys.stderr)
        return 2
    known = {part.replace("_", "-") for part in PARTS}
    for part in options.only:
        if part.replace("_", "-") not in known:
            hint = nearest(part, known) or f"one of {', '.join(sorted(known))}"
            print(f"--only: no fact is called `{part}`; {hint}", file=sys.stderr)
            return 2
    report = fetch(
        options.root,
        options.meeting,
        only=options.only,
        since=options.since,
        dry_run=options.dry_run,
        progress=_progress,
    )
    written = f"{report.path}: written" if report.written else f"{report.path}: not written"
    print(f"{written} ({report.requests} requests)")
    for title, lines in (("new", report.changes), ("yours to supply", report.human)):
        for line in lines:
            print(f"  {title}: {line}")
    for reason in dict.fromkeys(report.failed.values()):
        facts = ", ".join(fact for fact, why in report.failed.items() if why == reason)
        print(f"  failed: {facts}: {reason}", file=sys.stderr)
    return 1 if report.failed else 0


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:100]}", end="", file=sys.stderr, flush=True)


def _upload_help(options: argparse.Namespace) -> int:
    from deckgen.base.files import restore
    from deckgen.build.one import THEME, typeset
    from deckgen.facts import upload_help

    ready = typeset(options.root, options.meeting)
    deck = ready.deck
    sources = [options.root / name for name in (*ready.meeting.documents, *ready.meeting.history.documents, THEME)]
    folder = options.root / "build" / str(options.meeting)
    restore(folder)
    pdf, pptx = (folder / f"{deck.name}.{form}" for form in ("pdf", "pptx"))
    print(upload_help(deck.name, pdf, pptx, deck.upload, sources))
    return 0
