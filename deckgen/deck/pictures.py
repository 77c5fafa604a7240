"""Path in a YAML file -> Picture: bounded, inside the repository, and really a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path

from deckgen.base import replace
from deckgen.deck.model import Picture
from deckgen.deck.svg import safe_svg
from deckgen.problems import DeckError, Origin, fatal, nearest
from deckgen.source import Source, text_of

MAX_BYTES = 10_000_000
MAX_BYTES_OF_ALL = 60_000_000
MAX_PIXELS = 24_000_000
FIGURES = Path("meetings", "figures")  # where the guide says to put them
_SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
_FORMATS = ("PNG", "JPEG")
_HINT = "a PNG, JPEG or SVG in this repository, such as `meetings/figures/124-reviews.png`"


class Gallery:
    """The pictures of one deck: each is read once, and all together are bounded; `draws_soon` says which may be."""

    def __init__(self, draws_soon: Callable[[Picture], bool]) -> None:
        self._draws_soon = draws_soon
        self._pictures: dict[Path, Picture] = {}

    def read(self, root: Path, source: Source, alt: str) -> Picture:
        """The picture that `source` names, from the folder `root`. Raises DeckError."""
        path = _inside(root, source)
        if path not in self._pictures:
            self._pictures[path] = _read(path, source, alt)
            if not self._draws_soon(self._pictures[path]):
                del self._pictures[path]
                raise fatal(source.origin, "unsafe-picture", "the SVG takes too long to draw", "save it as a PNG")
            if sum(len(picture.data) for picture in self._pictures.values()) > MAX_BYTES_OF_ALL:
                del self._pictures[path]
                raise fatal(source.origin, "bad-picture", f"all pictures have more than {MAX_BYTES_OF_ALL:,} bytes")
        return replace(self._pictures[path], alt=alt, origin=source.origin)


def _read(path: Path, source: Source, alt: str) -> Picture:
    if path.stat().st_size > MAX_BYTES:
        raise fatal(source.origin, "bad-picture", f"more than {MAX_BYTES:,} bytes", "save it smaller, or as a JPEG")
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        safe, width, height = safe_svg(data, source.origin)
        return Picture(safe, "svg", width, height, alt, source.origin)
    return _raster(data, _SUFFIXES[path.suffix.lower()], alt, source.origin)


def _inside(root: Path, source: Source) -> Path:
    """The file named, refusing every way out of `root`: absolute paths, `..`, links, addresses."""
    name = text_of(source)
    given = Path(name)
    if "://" in name:
        raise fatal(source.origin, "bad-picture", f"`{name[:80]}` is an address", f"save the picture as {_HINT}")
    if given.suffix.lower() not in _SUFFIXES:
        raise fatal(source.origin, "bad-picture", f"`{name}` is no PNG, JPEG or SVG", _HINT)
    if given.is_absolute() or "\\" in name or ":" in name or ".." in given.parts:
        raise fatal(source.origin, "bad-picture", f"`{name}` is outside the repository", _HINT)
    path = (root / given).resolve()
    if not path.is_relative_to(root.resolve()):
        raise fatal(source.origin, "bad-picture", f"`{name}` leads outside the repository", _HINT)
    if not path.is_file():
        raise fatal(source.origin, "no-picture", f"there is no picture `{name}`", _nearest_picture(root, given))
    return path


def _nearest_picture(root: Path, given: Path) -> str:
    """A hint with the picture that was meant: of the same name elsewhere, or of a like name beside it."""
    folders = [root / given.parent, root / FIGURES]
    there = [entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir())]
    known = [entry.relative_to(root).as_posix() for entry in there if entry.suffix.lower() in _SUFFIXES]
    same = next((path for path in known if Path(path).name == given.name), "")
    return f"did you mean `{same}`?" if same else nearest(given.as_posix(), known)


def _raster(data: bytes, format: str, alt: str, origin: Origin) -> Picture:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures, which are refused here
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.format != format:
                    told = f"the file is a {image.format} picture, and its name says {format}"
                    raise fatal(origin, "bad-picture", told, "rename it")
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise fatal(
                        origin,
                        "bad-picture",
                        f"{width} × {height} pixels; at most {MAX_PIXELS:,} are shown",
                        "save it smaller",
                    )
                image.load()
    except DeckError:
        raise
    except Exception:  # Pillow's decoders raise whatever the bytes lead them to
        raise fatal(origin, "bad-picture", f"the file is no whole {format} picture", _HINT) from None
    return Picture(data, "png" if format == "PNG" else "jpg", width, height, alt, origin)
