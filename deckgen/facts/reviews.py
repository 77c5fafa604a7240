"""Window -> reviews: what a directorate was asked to review and what it did, since the meeting before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deckgen.facts.datatracker import Datatracker, Object, heeded, slug
from deckgen.facts.gathered import Gathered, Sources, name_of, people, team_group
from deckgen.facts.times import day
from deckgen.facts.window import Window, within
from deckgen.facts.words import clean
from deckgen.source import Plain

THANKED = 10
DONE = ("completed", "part-completed")


def gather_reviews(sources: Sources, window: Window) -> Gathered:
    """Reviews assigned and completed in the window; on time is what came on the day of the deadline at the latest."""
    tracker = sources.tracker
    done = [one for one in _assignments(tracker, window, "completed_on") if slug(one["state"]) in DONE]
    assigned = _assignments(tracker, window, "assigned_on")
    requests = _requests(tracker, window, [*done, *assigned])
    on_time = [one for one in done if day(one["completed_on"]) <= day(requests[one["review_request"]]["deadline"])]
    fact: dict[str, Plain] = {
        "since": window.since.isoformat(),
        "assigned": len(assigned),
        "completed": len(done),
        "on_time": len(on_time),
        "results": _counted(tracker, "reviewresultname", (one["result"] for one in done if one["result"])),
        "types": _counted(tracker, "reviewtypename", (requests[one["review_request"]]["type"] for one in done)),
        "thanks": _thanks(tracker, done),
    }
    return Gathered({"reviews": fact})


def _assignments(tracker: Datatracker, window: Window, field: str) -> list[Object]:
    filters = {
        "review_request__team__acronym": window.directorate,
        **within(window, field),
    }
    # Whose team it was, their requests say; these are looked up, and checked, together.
    return tracker.objects("review/reviewassignment", filters, related=lambda one: bool(one["review_request"]))


def _requests(tracker: Datatracker, window: Window, assignments: list[Object]) -> dict[str, Object]:
    """The requests behind the assignments, by URI, all of the directorate."""
    team = team_group(tracker, window.directorate)["resource_uri"]
    found = tracker.look_up("review/reviewrequest", "id", {slug(one["review_request"]) for one in assignments})
    requests = {one["resource_uri"]: one for one in found.values()}
    own = all(one["team"] == team for one in requests.values())
    heeded(own, "review/reviewassignment", "review_request__team__acronym")
    return requests


def _counted(tracker: Datatracker, names: str, uris: Iterable[str]) -> Plain:
    """How often each occurs, the most frequent first, by its name in words."""
    counts = Counter(uris)
    words = {one["resource_uri"]: clean(one["name"], 40) for one in tracker.objects(f"name/{names}", {}, most=100)}
    listed = sorted((-count, words[uri]) for uri, count in counts.items())
    return {word.rstrip("+ "): -count for count, word in listed}


def _thanks(tracker: Datatracker, done: list[Object]) -> Plain:
    """Those who completed most reviews, with the number."""
    counts = Counter(one["reviewer"] for one in done)
    emails = tracker.look_up("person/email", "address", {slug(uri) for uri in counts})
    persons = people(tracker, {one["person"] for one in emails.values() if one["person"]})
    by_name: Counter[str] = Counter()
    for uri, count in counts.items():
        person = persons.get(emails[slug(uri)]["person"])
        if person is not None:
            by_name[name_of(person)] += count
    ranked = sorted(by_name.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"name": name, "reviews": count} for name, count in ranked[:THANKED]]
