"""Folder -> its areas, whose templates lie over those of all areas; a meeting -> its area, and the files of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deckgen.meeting.ids import FILE, MEETINGS, TEMPLATES, Order, is_id, order_of
from deckgen.problems import Origin, Problem, fatal, nearest
from deckgen.source import read, text_of

AREAS = f"{TEMPLATES}/areas"
DECK = f"{TEMPLATES}/deck.yaml"
# The templates that an area may have; all areas have one table of meetings.
LAYERED = ("deck", "defaults", "facts", "links", "new-meeting", "rules", "theme")


def areas(root: Path) -> list[str]:
    """The areas, which have a folder in `templates/areas/`."""
    return sorted(path.name for path in (root / AREAS).glob("*") if path.is_dir() and is_id(path.name))


def default_area(root: Path) -> str:
    """The area of the meetings in no folder of an area: `area` of `templates/deck.yaml`; empty if it is not set."""
    settings = read(root / DECK, DECK).value if (root / DECK).exists() else None
    return text_of(settings.get("area")) if settings else ""


def area_of(root: Path, meeting: str) -> str:
    """The area of a meeting; empty if there are no areas. Raises DeckError for an unknown area."""
    folder = meeting.rpartition("/")[0]
    area = folder or default_area(root)
    known = areas(root)
    if area and area not in known:
        place = Origin(f"{MEETINGS}/{meeting}.yaml") if folder else Origin(DECK)
        raise fatal(place, "unknown-area", f"there is no area `{area}`", hint_of_area(area, known))
    return area


def hint_of_area(area: str, known: list[str]) -> str:
    """A hint for an unknown area."""
    return nearest(area, known) or (f"one of {', '.join(known)}" if known else f"an area is a folder in {AREAS}/")


def folders_of(root: Path, area: str) -> list[str]:
    """The folders of the meetings of an area; the default area has two."""
    own = [MEETINGS] if area == default_area(root) else []
    return [*own, f"{MEETINGS}/{area}"] if area else own


def list_meetings(root: Path, area: str | None = None) -> list[str]:
    """The meetings that have a file, of one area or of all, the earliest first, each with the folder of its area."""
    folders = ["", *areas(root)] if area is None else [_inside(folder) for folder in folders_of(root, area)]
    found = [
        (match[1], folder)
        for folder in folders
        for path in (root / MEETINGS / folder).glob("*.yaml")
        if (match := FILE.fullmatch(path.name)) and not match[2]
    ]
    rank = order_of(root).rank
    return [f"{folder}/{id}" if folder else id for id, folder in sorted(found, key=lambda one: (rank(one[0]), one[1]))]


def _inside(folder: str) -> str:
    return folder.removeprefix(MEETINGS).removeprefix("/")


def find_meeting(root: Path, meeting: str, area: str = "") -> str:
    """A meeting with the folder of its area: `125` of `ops` is `ops/125`.

    A meeting of the default area needs no folder, unless all of its meetings are in one.
    """
    folder, _, id = meeting.rpartition("/")
    area, default = folder or area, default_area(root)
    if area and area != default:
        return f"{area}/{id}"
    bare = not default or not (root / MEETINGS / default).is_dir() or (root / MEETINGS / f"{id}.yaml").exists()
    return id if bare else f"{default}/{id}"


def layers_of(root: Path, area: str, name: str) -> list[str]:
    """The paths of a template: that of all areas, and that of this one, if there are such files."""
    paths = [f"{TEMPLATES}/{name}.yaml", *([f"{AREAS}/{area}/{name}.yaml"] if area else [])]
    return [path for path in paths if (root / path).exists()]


def check_files(root: Path, order: Order) -> Iterator[Problem]:
    """The files among the meetings that belong to none, and the files of areas that are no templates."""
    known = areas(root)
    for name in (TEMPLATES, f"{TEMPLATES}/slides"):
        yield from (wrong_suffix(name, path) for path in sorted((root / name).glob("*.yml")))
    for path in sorted((root / MEETINGS).glob("*.y*ml")):
        yield from _check_meeting(MEETINGS, path, order)
    for folder in sorted(path for path in (root / MEETINGS).glob("*") if path.is_dir()):
        for path in sorted(folder.glob("*.y*ml")):
            name = f"{MEETINGS}/{folder.name}"
            if folder.name in known:
                yield from _check_meeting(name, path, order)
            else:
                text = f"there is no area `{folder.name}`"
                yield _stray(f"{name}/{path.name}", text, hint_of_area(folder.name, known))
    default = default_area(root)
    for path in sorted((root / MEETINGS / default).glob("*.yaml")) if default else ():
        if (root / MEETINGS / path.name).exists():
            text = f"{MEETINGS}/{path.name} is the file of the same meeting"
            yield Problem(Origin(f"{MEETINGS}/{default}/{path.name}"), "meeting-twice", text, "keep one of the two")
    for area in known:
        yield from _check_templates(root / AREAS / area, f"{AREAS}/{area}")


def _check_meeting(folder: str, path: Path, order: Order) -> Iterator[Problem]:
    found, name = FILE.fullmatch(path.name), f"{folder}/{path.name}"
    if path.suffix != ".yaml":
        yield wrong_suffix(folder, path)
    elif found is None:
        text = f"`{path.stem}` is not the id of a meeting: lower-case letters, digits and hyphens"
        yield _stray(name, text, "rename it, or move it out of the folder")
    elif order.labels and not order.knows(found[1]):
        near = nearest(found[1], [*order.labels])
        hint = "; ".join(filter(None, (near, "add a line for it, or move it out of the folder")))
        yield _stray(name, f"`{found[1]}` is not in the table of meetings", hint)


def _check_templates(folder: Path, name: str) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.y*ml")):
        if path.suffix != ".yaml":
            yield wrong_suffix(name, path)
        elif path.stem not in LAYERED:
            hint = nearest(path.stem, LAYERED) or f"one of {', '.join(LAYERED)}, or a slide in slides/"
            yield _stray(f"{name}/{path.name}", f"no template of an area is called `{path.stem}`", hint)
    for path in sorted((folder / "slides").glob("*.yml")):
        yield wrong_suffix(f"{name}/slides", path)


def _stray(name: str, text: str, hint: str) -> Problem:
    return Problem(Origin(name), "stray-file", text, hint, "warning")


def wrong_suffix(folder: str, path: Path) -> Problem:
    """The problem of a file that would be read if its name ended in `.yaml`."""
    text, hint = "only files that end in `.yaml` are read", f"rename it to `{path.stem}.yaml`"
    return Problem(Origin(f"{folder}/{path.name}"), "wrong-suffix", text, hint)
