"""Recorded objects × address -> what the API answers: filters, relations, pages and refusals as those of Tastypie.

A field that the API does not know is no filter at all; a lookup that a field lacks is a 400.
"""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

Object = dict[str, Any]
Test = Callable[[Any], bool]
NULL = ("none", "None", "nil")
BOOLEAN = {"true": True, "True": True, "false": False, "False": False}
OF_TEXT = ("contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "iexact", "regex", "iregex")
OF_KEYS = ("exact", "in", "gt", "gte", "lt", "lte", "isnull")
MOST = 1000


class RefusedError(Exception):
    """The API answers with a status and `{"error": ...}`."""

    def __init__(self, text: str, status: int = 400) -> None:
        self.status = status
        super().__init__(text)


@cache
def _packed(folder: Path, at: int | None) -> bytes:
    """Schema, objects and files of a recording, as each test unpacks them for itself."""
    schema: dict[str, Any] = json.loads((folder / "schema.json").read_bytes())
    objects = {model: _recorded(folder, at, model) for model in schema}
    files = {}
    for base in (folder, folder / f"at-{at}"):
        for file in (one for one in base.rglob("*") if one.is_file()):
            path = file.relative_to(base).as_posix()
            if "/" in path or path in ("errata.json", "rfc-index.xml"):
                files["/" + path.removesuffix("index.html")] = file.read_bytes()
    return marshal.dumps((schema, objects, files))


class World:
    """The objects of a recording by model, to be changed by tests; `at` lays over it how it was after that meeting."""

    schema: dict[str, Any]
    objects: dict[str, list[Object]]
    files: dict[str, bytes]

    def __init__(self, folder: Path, at: int | None = None) -> None:
        self.schema, self.objects, self.files = marshal.loads(_packed(folder, at))

    def by_uri(self) -> dict[str, Object]:
        """Every object by its address."""
        return {one["resource_uri"]: one for objects in self.objects.values() for one in objects}

    def answer(self, target: str) -> tuple[int, bytes]:
        """Status and body."""
        parts = urlsplit(target)
        match = re.fullmatch(r"/api/v1/(\w+/\w+)/", parts.path)
        if parts.path in self.files:
            return 200, self.files[parts.path]
        if not match or match[1] not in self.schema:
            return 404, b"<!DOCTYPE html><title>Not found</title>"
        try:
            page = self._page(match[1], parts.path, parse_qsl(parts.query, keep_blank_values=True))
        except RefusedError as no:
            return no.status, json.dumps({"error": str(no)}).encode()
        return 200, json.dumps(page, ensure_ascii=False).encode()

    def _page(self, model: str, path: str, query: list[tuple[str, str]]) -> Object:
        asked = dict(query)
        found = self._ordered(model, self._found(model, query), [v for k, v in query if k == "order_by"])
        limit, offset = _number(asked, "limit", 20), _number(asked, "offset", 0)
        limit = min(limit or MOST, MOST)
        rest = [(key, value) for key, value in query if key not in ("limit", "offset")]

        def at(start: int) -> str:
            return f"{path}?{urlencode([*rest, ('limit', limit), ('offset', start)])}"

        meta = {
            "limit": limit,
            "next": at(offset + limit) if offset + limit < len(found) else None,
            "offset": offset,
            "previous": at(offset - limit) if offset >= limit else None,
            "total_count": len(found),
        }
        return {"meta": meta, "objects": found[offset : offset + limit]}

    def _ordered(self, model: str, found: list[Object], fields: Iterable[str]) -> list[Object]:
        for asked in reversed([*fields]):
            field = asked.removeprefix("-")
            if field not in self.schema[model].get("ordering", ()):
                raise RefusedError(f"The '{field}' field does not allow ordering.")
            found = sorted(found, key=lambda one: str(one[field]).zfill(30), reverse=asked.startswith("-"))
        return found

    def _found(self, model: str, query: list[tuple[str, str]]) -> list[Object]:
        """What all filters let through, each as often as SQL would join it."""
        filters: Object = {}
        for key, value in dict(query).items():
            steps, lookup = self._steps(model, key)
            if steps:
                branch = filters
                for step in steps:
                    branch = branch.setdefault(step, {})
                branch.setdefault("", []).append(self._test(model, steps, lookup, value))
        known = self.by_uri()
        return [one for one in self.objects[model] for _ in range(self._rows(model, one, filters, known))]

    def _steps(self, model: str, key: str) -> tuple[list[str], str]:
        """`parent__acronym__in` -> (parent, acronym), in."""
        field, *rest = key.split("__")
        fields = self.schema[model]["fields"]
        if field not in fields:
            return [], ""
        to_one = fields[field].get("related_type") == "to_one"
        lookups = OF_KEYS if to_one else (*OF_KEYS, *OF_TEXT, "range")
        lookup = rest.pop() if rest and rest[-1] in lookups else "exact"
        steps = [field, *rest]
        for step, following in zip(steps, [*rest, None], strict=True):
            schema = self.schema.get(model, {"no_column": ()})
            if step in schema["no_column"] or step not in schema.get("filtering", ()):
                raise RefusedError(f"The '{step}' field does not allow filtering.")
            if following is not None:
                if step not in schema["relations"]:
                    raise RefusedError(f"The '{step}' field does not support relations.")
                model = schema["relations"][step]
        if steps[-1] in self.schema[model]["relations"] and lookup not in OF_KEYS:
            raise RefusedError(f"Invalid resource lookup: Related Field got invalid lookup: {lookup}.")
        return steps, lookup

    def _test(self, model: str, steps: list[str], lookup: str, value: str) -> Test:
        for step in steps[:-1]:
            model = self.schema[model]["relations"][step]
        return _test(self._kind(model, steps[-1]), lookup, value)

    def _kind(self, model: str, field: str) -> str:
        """The type of a column; of a relation that of its target's key. Names are keyed by their slug."""
        kind = str(self.schema[model]["fields"][field]["type"])
        if kind != "related":
            return kind
        target = self.schema.get(self.schema[model]["relations"][field], {"fields": {}})
        return next((str(one["type"]) for one in target["fields"].values() if one["primary_key"]), "string")

    def _rows(self, model: str, one: Object | None, filters: Object, known: dict[str, Object]) -> int:
        rows = 1
        for field, branch in filters.items():
            if field == "":
                continue
            shown = one.get(field) if one else None
            tests, below = branch.get("", []), {key: value for key, value in branch.items() if key}
            if self.schema[model]["fields"][field]["type"] != "related":
                if not all(test(shown) for test in tests):
                    return 0
                continue
            target = self.schema[model]["relations"][field]
            rows *= sum(
                self._rows(target, known.get(uri or ""), below, known) if below else 1
                for uri in (shown if isinstance(shown, list) else [shown]) or [None]
                if all(test(_key(uri, known)) for test in tests)
            )
            if not rows:
                break
        return rows


def _recorded(folder: Path, at: int | None, model: str) -> list[Object]:
    name = f"{model.replace('/', '.')}.json"
    found = {one["resource_uri"]: one for one in json.loads((folder / name).read_bytes())["objects"]}
    over = folder / f"at-{at}" / name
    if not over.exists():
        return [*found.values()]
    patch = json.loads(over.read_bytes())
    found |= {one["resource_uri"]: one for one in patch["changed"]}
    return [found[uri] for uri in patch.get("order") or found if uri not in patch["absent"]]


def _key(uri: str | None, known: dict[str, Object]) -> Any:
    """What the column of a relation holds."""
    if uri is None:
        return None
    one = known.get(uri, {})
    for key in ("id", "slug"):
        if key in one:
            return one[key]
    return unquote_plus(uri.rstrip("/").rpartition("/")[2])


def _test(kind: str, lookup: str, value: str) -> Test:
    """What a filter asks of a column; nothing is true of NULL but that it is NULL."""
    if value in NULL:
        if lookup != "exact":
            raise RefusedError("Invalid resource lookup data provided (mismatched type).")
        return lambda shown: shown is None
    if lookup == "isnull":
        return lambda shown: (shown is None) == BOOLEAN.get(value, bool(value))
    if lookup in OF_TEXT:
        return lambda shown: shown is not None and _of_text(str(shown), lookup, value)
    wanted = [_typed(part, kind) for part in (value.split(",") if lookup in ("in", "range") else [value])]

    def holds(shown: Any) -> bool:
        column = _typed(shown, kind)
        match lookup:
            case "range":
                return bool(wanted[0] <= column <= wanted[1])
            case "gt" | "gte":
                return bool(column > wanted[0] or (lookup == "gte" and column == wanted[0]))
            case "lt" | "lte":
                return bool(column < wanted[0] or (lookup == "lte" and column == wanted[0]))
            case _:
                return column in wanted

    return lambda shown: shown is not None and holds(shown)


def _of_text(shown: str, lookup: str, value: str) -> bool:
    if lookup in ("regex", "iregex"):
        return bool(re.search(value, shown, re.IGNORECASE if lookup == "iregex" else 0))
    text, wanted = shown.casefold(), value.casefold()
    where = {"contains": wanted in text, "startswith": text.startswith(wanted), "endswith": text.endswith(wanted)}
    return where.get(lookup.removeprefix("i"), text == wanted)


def _typed(value: Any, kind: str) -> Any:
    """A value as the type of its column."""
    try:
        match kind:
            case "datetime" | "date":
                when = datetime.fromisoformat(str(value))
                when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
                return when if kind == "datetime" else date(when.year, when.month, when.day)
            case "integer":
                return int(value)
            case "boolean":
                return value if isinstance(value, bool) else BOOLEAN[value]
            case _:
                return str(value)
    except (ValueError, KeyError):
        raise RefusedError("Invalid resource lookup data provided (mismatched type).") from None


def _number(asked: dict[str, str], key: str, usual: int) -> int:
    text = asked.get(key, str(usual))
    if not text.isdigit():
        raise RefusedError(f"Invalid {key} '{text}' provided. Please provide a positive integer.")
    return int(text)
