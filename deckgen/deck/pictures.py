"""Path in a YAML file -> Picture: inside the repository, a valid picture, and within the limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

from deckgen.base import Frozen, replace
from deckgen.base.files import read_bounded
from deckgen.deck.model import Picture
from deckgen.deck.rasters import HINT
from deckgen.problems import DeckError, Origin, Result, fatal, nearest
from deckgen.source import Source, text_of

MAX_BYTES = 10_000_000
MAX_BYTES_OF_ALL = 60_000_000
MAX_PIXELS_OF_ALL = 96_000_000  # Typst has all pictures in memory at once
FIGURES = Path("meetings", "figures")  # where the guide says to put them
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}


class Foreign(Frozen):
    """An untrusted file, with the format that its name ends in."""

    data: bytes
    format: str
    origin: Origin


class Gallery:
    """The pictures of one deck: `prepare` reads each once, and their total size is limited.

    `asked` are the paths that the deck names, even if no file is there.
    """

    def __init__(self, root: Path, prepare: Callable[[Foreign], Result[Picture]]) -> None:
        self._root = root
        self._prepare = prepare
        self._read: dict[Path, Result[Picture]] = {}
        self.asked: set[Path] = set()

    def read(self, source: Source, alt: str) -> Picture:
        """The picture that `source` names. Raises DeckError."""
        path = self._path(source)
        if path not in self._read:
            self._read[path] = Result.of(lambda: self._bounded(path, source.origin))
        known = self._read[path]
        if known.value is None:
            raise DeckError(replace(problem, origin=source.origin) for problem in known.problems)
        return replace(known.value, alt=alt, origin=source.origin)

    @property
    def drawings(self) -> list[Picture]:
        """The SVGs among the pictures that were read."""
        return [picture for picture in self._pictures() if picture.format == "svg"]

    def _pictures(self) -> list[Picture]:
        return [known.value for known in self._read.values() if known.value]

    def _bounded(self, path: Path, origin: Origin) -> Picture:
        data = _bytes(path, origin)
        picture = self._prepare(Foreign(data, _FORMATS[path.suffix.lower()], origin)).get()
        pictures = [*self._pictures(), picture]
        if sum(len(one.data) for one in pictures) > MAX_BYTES_OF_ALL:
            raise fatal(origin, "bad-picture", f"all pictures have more than {MAX_BYTES_OF_ALL:,} bytes")
        if sum(one.width * one.height for one in pictures if one.format != "svg") > MAX_PIXELS_OF_ALL:
            message = f"all pictures have more than {MAX_PIXELS_OF_ALL:,} pixels"
            raise fatal(origin, "bad-picture", message, "save them smaller")
        return picture

    def _path(self, source: Source) -> Path:
        """The file of this name; every way out of the root is refused: absolute paths, `..`, links, addresses."""
        name = text_of(source)
        given = Path(name)
        if "://" in name:
            raise fatal(source.origin, "bad-picture", f"`{name[:80]}` is an address", f"save the picture as {HINT}")
        if given.suffix.lower() not in _FORMATS:
            raise fatal(source.origin, "bad-picture", f"`{name}` is not a PNG, JPEG or SVG", HINT)
        if given.is_absolute() or "\\" in name or ":" in name or ".." in given.parts:
            raise fatal(source.origin, "bad-picture", f"`{name}` is outside the repository", HINT)
        try:
            path = _found(self._root, given).resolve()
            self.asked.add(path)
            return _inside(self._root, path, given, source.origin)
        except (OSError, RuntimeError):  # a link to itself, a name too long
            raise fatal(source.origin, "bad-picture", f"`{name[:80]}` cannot be followed", HINT) from None


def _found(root: Path, given: Path) -> Path:
    """The path of a file whose name may be in another Unicode form, as macOS writes `é` in two characters."""
    path = root
    for part in given.parts:
        name = part
        if not (path / part).exists() and path.is_dir():
            name = next((one.name for one in path.iterdir() if _composed(one.name) == _composed(part)), part)
        path /= name
    return path


def _composed(name: str) -> str:
    return normalize("NFC", name)


def _inside(root: Path, path: Path, given: Path, origin: Origin) -> Path:
    if not path.is_relative_to(root.resolve()):
        raise fatal(origin, "bad-picture", f"`{given}` leads outside the repository", HINT)
    if path.exists() and not path.is_file():
        raise fatal(origin, "bad-picture", f"`{given}` is not a file", HINT)
    if not path.exists():
        raise fatal(origin, "no-picture", f"there is no picture `{given}`", _nearest_picture(root, given))
    return path


def _bytes(path: Path, origin: Origin) -> bytes:
    try:
        return read_bounded(path, MAX_BYTES)
    except DeckError as error:
        [problem] = error.problems
        if problem.rule == "too-large":
            raise fatal(
                origin, "bad-picture", f"more than {MAX_BYTES:,} bytes", "save it smaller, or as a JPEG"
            ) from None
        raise fatal(origin, "bad-picture", problem.text) from None


def _nearest_picture(root: Path, given: Path) -> str:
    """A hint with the picture that was meant: the same name in another folder, or a similar name in this one."""
    folders = [root / given.parent, root / FIGURES]
    there = [entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir())]
    known = [entry.relative_to(root).as_posix() for entry in there if entry.suffix.lower() in _FORMATS]
    same = next((path for path in known if Path(path).name == given.name), "")
    return f"did you mean `{same}`?" if same else nearest(given.as_posix(), known)
