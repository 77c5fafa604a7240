"""Window -> reviews: the reviews assigned to and completed by the directorates since the previous meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deckgen.base import Frozen
from deckgen.facts.datatracker import Datatracker, Object, each, heeded, slug
from deckgen.facts.gathered import Gathered, Sources, people, team_group
from deckgen.facts.names import full_name
from deckgen.facts.times import day, deadline_day
from deckgen.facts.window import Window, within
from deckgen.facts.words import clean
from deckgen.source import Plain

THANKED = 10
DONE = ("completed", "part-completed")


class _Done(Frozen):
    """A completed review; `type`, `result` and `reviewer` are URIs."""

    reviewer: str
    result: str
    type: str
    on_time: bool


def gather_reviews(sources: Sources, window: Window) -> Gathered:
    """Reviews assigned and completed in the window; a review is on time until the end of the day of its deadline."""
    tracker = sources.tracker
    completed = [one for one in _assignments(tracker, window, "completed_on") if slug(one["state"]) in DONE]
    assigned = _assignments(tracker, window, "assigned_on")
    if not completed and not assigned:
        teams = ", ".join(window.directorates)
        return Gathered({}, (f"reviews: {teams} had no review since IETF {window.previous}",))
    requests = _requests(tracker, window, [*completed, *assigned])
    done = each(completed, lambda one: _done(one, requests), "reviews", tracker.strange)
    fact: dict[str, Plain] = {
        "since": day(window.since).isoformat(),
        "assigned": len(assigned),
        "completed": len(done),
        "on_time": sum(one.on_time for one in done),
        "results": _counted(tracker, "reviewresultname", (one.result for one in done if one.result)),
        "types": _counted(tracker, "reviewtypename", (one.type for one in done)),
        "thanks": _thanks(tracker, done),
    }
    if len(window.directorates) > 1:
        fact["teams"] = _by_team(tracker, window, assigned, completed, requests)
    return Gathered({"reviews": fact})


def _by_team(
    tracker: Datatracker,
    window: Window,
    assigned: list[Object],
    completed: list[Object],
    requests: dict[str, Object],
) -> Plain:
    """The numbers of each directorate, by its acronym."""
    found: dict[str, Plain] = {}
    for acronym in window.directorates:
        team = team_group(tracker, acronym)["resource_uri"]
        asked, made = (
            [one for one in some if requests[one["review_request"]]["team"] == team] for some in (assigned, completed)
        )
        done = each(made, lambda one: _done(one, requests), f"reviews of {acronym}", tracker.strange)
        found[acronym] = {
            "assigned": len(asked),
            "completed": len(done),
            "on_time": sum(one.on_time for one in done),
        }
    return found


def _done(one: Object, requests: dict[str, Object]) -> _Done:
    request = requests[one["review_request"]]
    on_time = deadline_day(one["completed_on"]) <= day(request["deadline"])
    return _Done(str(one["reviewer"] or ""), str(one["result"] or ""), str(request["type"]), on_time)


def _assignments(tracker: Datatracker, window: Window, field: str) -> list[Object]:
    filters = {
        "review_request__team__acronym__in": ",".join(window.directorates),
        **within(window, field),
    }
    # The request of a review has its team; requests are fetched and checked together.
    return tracker.objects("review/reviewassignment", filters, related=lambda one: bool(one["review_request"]))


def _requests(tracker: Datatracker, window: Window, assignments: list[Object]) -> dict[str, Object]:
    """The requests of the assignments, by URI, which must all be of the directorates."""
    teams = {team_group(tracker, directorate)["resource_uri"] for directorate in window.directorates}
    found = tracker.look_up("review/reviewrequest", "id", {slug(one["review_request"]) for one in assignments})
    requests = {one["resource_uri"]: one for one in found.values()}
    own = all(one["team"] in teams for one in requests.values())
    heeded(own, "review/reviewassignment", "review_request__team__acronym")
    return requests


def _counted(tracker: Datatracker, names: str, uris: Iterable[str]) -> Plain:
    """How often each occurs, the most frequent first, by its name in words."""
    counts = Counter(uris)
    words = {
        one["resource_uri"]: clean(one["name"], 40) for one in tracker.objects(f"name/{names}", {}, max_objects=100)
    }
    listed = sorted((-count, words.get(uri, slug(uri))) for uri, count in counts.items())
    return {word.rstrip("+ "): -count for count, word in listed}


def _thanks(tracker: Datatracker, done: list[_Done]) -> Plain:
    """The reviewers with most completed reviews; a person may have several addresses."""
    counts = Counter(one.reviewer for one in done if one.reviewer)
    emails = tracker.look_up("person/email", "address", {slug(uri) for uri in counts})
    persons = people(tracker, {one["person"] for one in emails.values() if one["person"]})
    by_person: Counter[str] = Counter()
    for uri, count in counts.items():
        person = emails.get(slug(uri), {}).get("person")
        if person in persons:
            by_person[person] += count
    ranked = sorted((-count, full_name(persons[person])) for person, count in by_person.items())
    return [{"name": name, "reviews": -count} for count, name in ranked[:THANKED]]
