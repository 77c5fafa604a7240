"""Package or checkout -> the presets: the folders that a new repository is made of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from deckgen.meeting.areas import areas

OF_ALL = "_all"  # what the repositories of all presets have
_PACKAGE = Path(__file__).parents[1]
_PRESETS = "presets"


def presets() -> list[str]:
    """The names of the presets."""
    return sorted({preset for preset, _, _ in parts() if preset != OF_ALL})


def areas_of(preset: str) -> list[str]:
    """The areas of a preset; empty if it knows none."""
    roots = [path.parent if inside else path for name, inside, path in parts() if name == preset]
    return next(filter(None, map(areas, roots)), [])


def parts() -> Iterator[tuple[str, str, Path]]:
    """The folders of which presets are made: the preset, the folder in a new repository, and the folder here.

    In a checkout, pyproject.toml names some that the wheel has inside the package.
    """
    file = _PACKAGE.parent / "pyproject.toml"
    project = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    if project.get("project", {}).get("name") == _PACKAGE.name:
        for here, packed in project["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"].items():
            preset, _, inside = packed.removeprefix(f"{_PACKAGE.name}/{_PRESETS}/").partition("/")
            yield preset, inside, _PACKAGE.parent / here
    for folder in sorted(path for path in (_PACKAGE / _PRESETS).iterdir() if path.is_dir()):
        yield folder.name, "", folder
