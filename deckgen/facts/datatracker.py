"""Model × filters -> objects of the datatracker's API, from all pages, each checked against the filters.

The API ignores an unknown filter and returns everything, so each object must show the values of its filters; the
caller must check filters on related objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlencode, urlsplit

from deckgen.facts.asking import NoAnswer
from deckgen.facts.client import Client
from deckgen.facts.times import moment
from deckgen.facts.words import clean

T = TypeVar("T")
Object = dict[str, Any]
# The server returns up to 1,000 at once, but needs half a minute for so many documents: smaller pages come in time.
LIMIT = 200
MAX_OBJECTS = 2000
MAX_PAGES = 60
LONGEST = 3000
# The errors of reading an object with another shape.
STRANGE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_MANNERS = ("format", "limit", "offset", "order_by")


class Datatracker:
    """The datatracker in one run: each address is requested once.

    `asked` has the addresses on which the facts are based, `strange` reports the objects of an unknown shape.
    """

    def __init__(self, client: Client, base: str) -> None:
        self.base = base
        self.asked: list[str] = []
        self.strange: list[str] = []
        self._client = client
        self._objects: dict[str, list[Object]] = {}
        self._seen: dict[str, list[Object]] = {}
        self._refused: dict[str, NoAnswer] = {}
        self._pages: dict[str, Any] = {}

    def objects(
        self,
        model: str,
        filters: Mapping[str, str],
        related: Callable[[Object], bool] | None = None,
        max_objects: int = MAX_OBJECTS,
    ) -> list[Object]:
        """All objects of `model`, such as `group/group`, that match the filters. Raises NoAnswer.

        `related` tests whether an object matches the filters on related objects; more than `max_objects` objects mean
        that the server ignored a filter.
        """
        address = self._address(model, filters)
        self.asked.append(address)
        return self._all(model, filters, related, max_objects)

    def look_up(self, model: str, field: str, keys: Iterable[str]) -> dict[str, Object]:
        """Objects by `field`, new ones fetched in batches; they explain a fact, but it is not based on them."""
        wanted = _ordered(keys)
        seen = {str(one.get(field)): one for one in self._seen.get(model, ())}
        found = {key: seen[key] for key in wanted if key in seen}
        for batch in _batches([key for key in wanted if key not in found]):
            filters = {f"{field}__in": ",".join(batch)}
            found |= {str(one[field]): one for one in self._all(model, filters, None, len(batch))}
        missing = [key for key in wanted if key not in found]
        if missing and len(missing) == len(wanted):
            raise NoAnswer(f"{model} {missing[0][:80]!r} is not in the datatracker's answer")
        self.strange += [f"{model} {key[:80]} is not in the datatracker's answer" for key in missing]
        return found

    def of_groups(
        self,
        model: str,
        field: str,
        groups: Iterable[str],
        filters: Mapping[str, str],
        related: Callable[[Object], bool],
    ) -> list[Object]:
        """All objects of `model` whose `field` is one of these groups, by URI; fetched in batches."""
        batches = _batches(_ordered(map(slug, groups)))
        found = (
            self.objects(model, {**filters, f"{field}__id__in": ",".join(batch)}, related, max_objects=20 * MAX_OBJECTS)
            for batch in batches
        )
        return [one for objects in found for one in objects]

    def seen(self, model: str, **values: str) -> list[Object]:
        """The objects of `model` that are already fetched and have these values."""
        known = self._seen.get(model, ())
        return [one for one in known if all(slug(one.get(key)) == value for key, value in values.items())]

    def document(self, path: str) -> Any:
        """The JSON at a path. Raises NoAnswer."""
        address = f"{self.base}/{path}"
        self.asked.append(address)
        return self._json(address)

    def text(self, path: str) -> str:
        """The text of a page. Raises NoAnswer."""
        address = f"{self.base}/{path}"
        self.asked.append(address)
        return self._client.get(address).decode("utf-8", "replace")

    def _all(
        self, model: str, filters: Mapping[str, str], related: Callable[[Object], bool] | None, max_objects: int
    ) -> list[Object]:
        first = self._address(model, filters)
        if first in self._refused:
            raise self._refused[first]
        if first not in self._objects:
            try:
                objects = _checked(self._paged(first, model, max_objects), model, filters, related, self.strange)
            except NoAnswer as reason:
                self._refused[first] = reason
                raise
            self._objects[first] = objects
            self._seen.setdefault(model, []).extend(objects)
        return self._objects[first]

    def _address(self, model: str, filters: Mapping[str, str]) -> str:
        query = urlencode({"format": "json", **filters, "limit": LIMIT}, quote_via=quote, safe=",:")
        return f"{self.base}/api/v1/{model}/?{query}"

    def _json(self, address: str) -> Any:
        if address not in self._pages:
            self._pages[address] = parsed(self._client.get(address))
        return self._pages[address]

    def _paged(self, address: str, model: str, max_objects: int) -> list[Object]:
        """The objects of all pages; their number is in the first page."""
        objects: dict[str, Object] = {}
        expected = None
        for number in range(1, MAX_PAGES + 1):
            try:
                page, following, total = _page(parsed(self._client.get(address)))
            except NoAnswer as reason:
                # The server answers 404 to a page with a broken row, although the model exists.
                raise NoAnswer(f"{model}, page {number}: {reason}") if number > 1 else reason from None
            expected = total if expected is None else expected
            if expected > max_objects:
                raise NoAnswer(
                    f"{model}: {expected:,} objects, but at most {max_objects:,} are plausible: a filter was ignored"
                )
            objects |= {str(one.get("resource_uri", len(objects) + i)): one for i, one in enumerate(page)}
            if following is None:
                break
            address = self._next(model, following)
        if len(objects) < (expected or 0):
            raise NoAnswer(f"{model}: {len(objects):,} of {expected:,} objects were received")
        return list(objects.values())

    def _next(self, model: str, following: str) -> str:
        """The address of the next page: the server sends a path, which must be of the same model."""
        parts = urlsplit(following)
        if parts.scheme or parts.netloc or not parts.path.endswith(f"/api/v1/{model}/"):
            raise NoAnswer(f"{model}: the next page has the wrong address {following[:100]!r}")
        return f"{self.base}/api/v1/{model}/?{parts.query}"


def heeded(holds: bool, model: str, key: str) -> None:
    """Raise NoAnswer if the answer shows that the server ignored a filter."""
    if not holds:
        raise NoAnswer(f"{model}: the filter `{key}` was ignored")


def parsed(body: bytes, keep: Callable[[Object], Any] | None = None) -> Any:
    """JSON as values; `keep` reduces each object. Raises NoAnswer."""
    try:
        return json.loads(body, object_hook=keep)
    except (ValueError, RecursionError):
        start = body[:200].lstrip().lower()
        kind = "an HTML page, perhaps a login" if start.startswith((b"<!doctype", b"<html")) else f"{len(body):,} bytes"
        raise NoAnswer(f"the answer is not JSON but {kind}") from None


def _page(answer: Any) -> tuple[list[Object], str | None, int]:
    try:
        objects, following, total = answer["objects"], answer["meta"]["next"], answer["meta"]["total_count"]
    except (KeyError, TypeError):
        raise NoAnswer("the answer is not a page of the API") from None
    well = isinstance(objects, list) and all(isinstance(one, dict) for one in objects) and isinstance(total, int)
    if not well or not (following is None or isinstance(following, str)):
        raise NoAnswer("the answer is not a page of the API")
    return objects, following, total


def each(objects: Iterable[Any], read: Callable[[Any], T], what: str, strange: list[str]) -> list[T]:
    """The result of `read` for each object; objects of an unknown shape are left out and reported.

    Raises NoAnswer if all have an unknown shape.
    """
    made: list[T] = []
    faults: list[str] = []
    for one in objects:
        try:
            made.append(read(one))
        except STRANGE as error:
            faults.append(f"{_called(one)} {_lack(error)}")
    if faults and not made:
        raise NoAnswer(f"the answer has an unknown shape: {faults[0]}")
    if faults:
        count = f"{len(faults)} {what} were" if len(faults) > 1 else f"one of the {what} was"
        strange.append(f"{count} not understood: {', '.join(faults[:5])}")
    return made


def _lack(error: Exception) -> str:
    return f"has no {clean(error, 60)}" if isinstance(error, KeyError) else clean(error, 80)


def _called(one: Any) -> str:
    """A name for an object: its address, or its beginning."""
    address = one.get("resource_uri") if isinstance(one, dict) else None
    return clean(address or json.dumps(one, ensure_ascii=False), 80)


def _checked(
    objects: list[Object],
    model: str,
    filters: Mapping[str, str],
    related: Callable[[Object], bool] | None,
    strange: list[str],
) -> list[Object]:
    """The objects that have the values of the filters. Raises NoAnswer if one has other values."""
    shown = [key for key in filters if key not in _MANNERS and not _is_related(key)]
    asked = [key for key in filters if _is_related(key)]
    if related is None and asked:
        raise ValueError(f"the filter {asked} of {model} is not checked")

    for key in shown:
        # A field that no object has is not a filter; a field that only one lacks is a problem of that object.
        field = key.partition("__")[0]
        heeded(not objects or any(field in one for one in objects), model, f"{key}={filters[key][:60]}")

    def check(one: Object) -> Object:
        for key in shown:
            heeded(_obeys(one, key, filters[key]), model, f"{key}={filters[key][:60]}")
        heeded(related is None or related(one), model, "` or `".join(asked))
        return one

    return each(objects, check, f"objects of {model}", strange)


def _ordered(keys: Iterable[str]) -> list[str]:
    return sorted(set(keys), key=lambda key: (len(key), key))


def _batches(keys: list[str]) -> list[list[str]]:
    """The keys in batches, each at most one page of answers, and an address that is not too long for servers."""
    batches: list[list[str]] = []
    length = 0
    for key in keys:
        length += len(quote(key)) + 1
        if not batches or len(batches[-1]) == LIMIT or length > LONGEST:
            batches.append([])
            length = len(quote(key)) + 1
        batches[-1].append(key)
    return batches


_LOOKUPS: dict[str, Callable[[str, str], bool]] = {
    "exact": lambda shown, wanted: shown == wanted,
    "in": lambda shown, wanted: shown in wanted.split(","),
    "contains": lambda shown, wanted: wanted in shown,
    "gte": lambda shown, wanted: moment(shown) >= moment(wanted),
    "lt": lambda shown, wanted: moment(shown) < moment(wanted),
}


def _is_related(key: str) -> bool:
    _, _, rest = key.partition("__")
    return bool(rest) and rest not in _LOOKUPS


def _obeys(one: Object, key: str, wanted: str) -> bool:
    """Whether an object has the value of a filter. Raises one of STRANGE if it has no such value."""
    field, _, lookup = key.partition("__")
    value = one[field]
    shown = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
    if any(isinstance(each, dict) for each in shown):
        raise TypeError(f"{field} is not a value")
    test = _LOOKUPS[lookup or "exact"]
    return any(test(slug(each), wanted) for each in shown)


def slug(value: object) -> str:
    """The last part of a URI such as `/api/v1/name/groupstatename/bof/`; other text unchanged."""
    text = str(value)
    return unquote(text.rstrip("/").rpartition("/")[2]) if text.startswith("/api/") else text
