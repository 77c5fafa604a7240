"""The recorded datatracker, turned to each area in turn -> facts from which the deck of that area builds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.facts_server import ask, serving
from support.repository import ROOT, lay_out
from support.tastypie import World

from deckgen.build.one import build
from deckgen.facts import Manners, fetch
from deckgen.meeting import areas
from deckgen.source import plain, read


def turn(world: World, area: str, group: str, directorate: str) -> None:
    """Make the recorded area another one: its acronym, and those of its open meeting and of its directorate.

    What has the new acronym in the recording gets the old one.
    """
    new = {"sec": area, "saag": group, "secdir": directorate}
    new |= {name: old for old, name in new.items()}
    for one in world.objects["group/group"]:
        one["acronym"] = new.get(one["acronym"], one["acronym"])
    for path, data in world.files.items():
        text = data.decode("utf-8", "surrogateescape")
        for mark in ('"{}"', "<area>{}</area>", "/{}/", "-{}-"):
            for old, name in {mark.format(old): mark.format(f"\0{name}\0") for old, name in new.items()}.items():
                text = text.replace(old, name)
        world.files[path] = text.replace("\0", "").encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("area", [area for area in areas(ROOT) if area != "sec"])
def test_the_deck_of_each_area_builds_from_fetched_facts_alone(
    area: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its meeting file is empty; the facts are those of the area, and nothing of the Security Area is on a slide."""
    own = yaml.safe_load((ROOT / f"templates/areas/{area}/defaults.yaml").read_text("utf-8"))["area"]
    teams = own["directorate"]
    root = lay_out(tmp_path / "area", {f"meetings/{area}/125.yaml": "agenda: null\n"})
    with serving() as server:
        turn(server.world, area, own["group"], teams if isinstance(teams, str) else teams[0])
        ask(server, tmp_path, monkeypatch)
        if isinstance(teams, list):  # the recording has one directorate
            (root / f"meetings/{area}/125.yaml").write_text(f"area: {{directorate: {teams[0]}}}\nagenda: null\n")
        report = fetch(root, f"{area}/125", manners=Manners(sleep=lambda _: None))
    facts = plain(read(root / f"meetings/{area}/125.facts.yaml", "facts").get())
    built = build(root, f"{area}/125", root / "out")
    outline = (root / "out/outline.txt").read_text("utf-8")

    assert report.failed == {}
    assert isinstance(facts, dict)
    assert {"session", "directors", "working_groups", "errata", "reviews"} <= {*facts}
    assert built.get().files
    assert {problem.rule for problem in built.problems} <= {"slide-left-out"}
    assert own["title"] in outline
    assert "[Changes · groups-by-director · " in outline
    assert [word for word in ("SECDIR", "saag@", "Security Area", "SEC ") if word in outline] == []
