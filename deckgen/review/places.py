"""Origin -> link: to the line at the hosting site, if CI names the site, or to the file beside the page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from deckgen.base import Frozen
from deckgen.problems import Origin


class Places(Frozen):
    """Where the files of a deck can be viewed; `base` is what precedes a path, `line` what precedes a line number."""

    base: str
    line: str = ""

    def link(self, origin: Origin) -> str:
        """The address of an origin; empty if there is none."""
        if not self.base or not origin.path or origin.path.startswith("/"):
            return ""
        anchor = f"{self.line}{origin.line}" if self.line and origin.line else ""
        return f"{self.base}{quote(origin.path)}{anchor}"


NOWHERE = Places("")


def places_now(environment: Mapping[str, str], root: Path, prefix: str, output: Path) -> Places:
    """The present files of a deck; without CI, those on this machine."""
    commit = environment.get("GITHUB_SHA") or environment.get("CI_COMMIT_SHA") or ""
    hosted = places_at(environment, commit, prefix)
    if hosted != NOWHERE:
        return hosted
    relative = Path(os.path.relpath(root.resolve(), output.resolve())).as_posix()
    return Places(f"{quote(relative)}/")


def places_at(environment: Mapping[str, str], commit: str, prefix: str) -> Places:
    """The files of a commit at the hosting site that CI names; `prefix` is the path to the folder of the decks."""
    server, repository = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
    if not commit:
        return NOWHERE
    if server and repository:
        return _hosted(f"{server}/{repository}/blob/{commit}/{quote(prefix)}")
    project = environment.get("CI_PROJECT_URL")
    return _hosted(f"{project}/-/blob/{commit}/{quote(prefix)}") if project else NOWHERE


def _hosted(base: str) -> Places:
    return Places(base, "#L") if base.startswith(("https://", "http://")) else NOWHERE
