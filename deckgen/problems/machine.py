"""Problems -> reports for machines: JSON, annotations of GitHub, the code quality of GitLab, and SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from deckgen import __version__
from deckgen.base.characters import in_json, one_line
from deckgen.base.problem import Origin, Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def json_report(problems: Iterable[Problem], root: Path) -> str:
    """A JSON list with one object for each problem."""
    return in_json(json.dumps([_record(problem, root) for problem in problems], indent=1))


def _record(problem: Problem, root: Path) -> dict[str, Any]:
    through = problem.origin.through
    return {
        **_in_json(problem.origin, root),
        "severity": problem.severity,
        "rule": problem.rule,
        "text": problem.text,
        "hint": problem.hint,
        "slide": problem.slide,
        "through": _in_json(through, root) if through else None,
    }


def _in_json(origin: Origin, root: Path) -> dict[str, Any]:
    return {"file": _file(origin, root), "line": origin.line, "column": origin.column, "width": origin.width}


def _file(origin: Origin, root: Path) -> str:
    return (root / origin.path).as_posix()


def github_report(problems: Iterable[Problem], root: Path) -> str:
    """Workflow commands, which GitHub shows on the lines of a pull request."""
    return "\n".join(_command(problem, root) for problem in problems)


def _command(problem: Problem, root: Path) -> str:
    origin = problem.origin
    properties = {"file": _file(origin, root)}
    if origin.line:
        last = origin.column + origin.width - 1
        properties |= {"line": str(origin.line), "col": str(origin.column), "endColumn": str(last)}
    properties["title"] = problem.rule
    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{problem.severity} {listed}::{_escaped(_with_hint(problem))}"


def _escaped(text: str, more: str = "") -> str:
    """Text that cannot end the command or begin another."""
    lines = "\n".join(map(one_line, text.split("\n")))
    return "".join(f"%{ord(one):02X}" if one in "%\n" + more else one for one in lines)


def _with_hint(problem: Problem) -> str:
    return f"{problem.text}\nhint: {problem.hint}" if problem.hint else problem.text


def sarif_report(problems: Sequence[Problem], root: Path, manual: Callable[[str], str]) -> str:
    """A SARIF log; `manual` returns the text of a rule."""
    ids = sorted({problem.rule for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "deckgen",
                "version": __version__,
                "rules": [_descriptor(id, manual(id)) for id in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, ids.index(problem.rule), root) for problem in problems],
    }
    return in_json(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1))


def _descriptor(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "shortDescription": {"text": text.partition("\n")[0] or id}, "help": {"text": text or id}}


def _result(problem: Problem, index: int, root: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": _with_hint(problem)},
        "locations": [_location(problem.origin, root)],
    }
    if problem.origin.through:
        used = _location(problem.origin.through, root) | {"message": {"text": "used here"}}
        result["relatedLocations"] = [used]
    return result


def _location(origin: Origin, root: Path) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _file(origin, root)}}
    if origin.line:
        location["region"] = {
            "startLine": origin.line,
            "startColumn": origin.column,
            "endColumn": origin.column + origin.width,
        }
    return {"physicalLocation": location}


def gitlab_report(problems: Sequence[Problem]) -> str:
    """The problems in the form that GitLab shows in a merge request (docs.gitlab.com, code quality report format)."""
    listed = json.dumps(
        [
            {
                "description": problem.text,
                "check_name": problem.rule,
                "fingerprint": hashlib.sha256(str(problem).encode("utf-8", "surrogatepass")).hexdigest(),
                "severity": "major" if problem.severity == "error" else "minor",
                "location": {"path": problem.origin.path, "lines": {"begin": max(1, problem.origin.line)}},
            }
            for problem in problems
        ],
        indent=1,
    )
    return in_json(listed)
