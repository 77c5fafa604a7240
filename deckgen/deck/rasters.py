"""Bytes of a PNG or JPEG -> the same picture upright, with pixels and colours only."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

from deckgen.deck.containers import plain_jpeg, plain_png
from deckgen.deck.model import Picture
from deckgen.problems import DeckError, Origin, fatal

MAX_PIXELS = 24_000_000
MAX_SIDE = 16_384  # Typst takes no wider JPEG into a PDF
HINT = "a PNG, JPEG or SVG in this repository, such as `meetings/figures/124-reviews.png`"
_ORIENTATION = 0x0112  # of the Exif standard; 1 is upright
# A PNG has its orientation in one of these; Pillow would have to decode the picture to find it.
_TURNED = (b"eXIf", b"Raw profile type", b"tiff:Orientation")
_FORMATS = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG"}  # MPO: several JPEGs in one file, as phones write them


def read_raster(data: bytes, format: str, readable: Callable[[bytes, str], bool], alt: str, origin: Origin) -> Picture:
    """The picture in a file whose name ends like a PNG or a JPEG.

    If it is not `readable` for every program that draws it, it is decoded and encoded again. Raises DeckError.
    """
    from PIL import Image

    broken = fatal(origin, "bad-picture", f"the file is not a complete {format} picture", HINT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures, which are refused here
            with Image.open(io.BytesIO(data)) as image:
                _refuse(image, format, origin)
                whole = _copied(image, data, readable) or _anew(image)
                if not readable(whole, format):
                    raise broken
                width, height = _size(whole)
    except DeckError:
        raise
    except Image.DecompressionBombError:
        raise fatal(origin, "bad-picture", f"more than {MAX_PIXELS:,} pixels", "save it smaller") from None
    except Exception:  # Pillow's decoders can raise any exception for broken bytes
        raise broken from None
    return Picture(whole, "png" if format == "PNG" else "jpg", width, height, alt, origin)


def _refuse(image: Any, format: str, origin: Origin) -> None:
    found = _FORMATS.get(image.format)
    if found != format:
        message = f"the file is a {image.format} picture, but its name ends as that of a {format}"
        raise fatal(origin, "bad-picture", message, "rename it" if found else f"save it as a {format}")
    if format == "PNG" and getattr(image, "is_animated", False):
        raise fatal(origin, "bad-picture", "the picture is animated, and slides do not move", "save one picture of it")
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        message = f"{width} × {height} pixels; at most {MAX_PIXELS:,} are shown, and {MAX_SIDE:,} in a row"
        raise fatal(origin, "bad-picture", message, "save it smaller")


def _copied(image: Any, data: bytes, readable: Callable[[bytes, str], bool]) -> bytes | None:
    """The pixels as they are in the file; None if they have to be turned, or if some program cannot read them."""
    if image.format == "PNG":
        turned = any(mark in data for mark in _TURNED) and _orientation(image) != 1
        copied = None if turned else plain_png(data)
        return copied if copied and readable(copied, "PNG") else None
    if _orientation(image) != 1 or image.mode == "CMYK":
        return None
    image.load()  # Typst draws in grey, or wrongly, what Pillow finds broken
    return plain_jpeg(data)


def _orientation(image: Any) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # broken metadata does not tell the orientation
        return 1
    return found if found in range(2, 9) else 1


def _anew(image: Any) -> bytes:
    """The picture decoded, turned upright and encoded; a JPEG with its own quantization, so that it loses little."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image) if _orientation(image) != 1 else image.copy()
    profile = image.info.get("icc_profile")
    kept = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    stream = io.BytesIO()
    if image.format == "PNG":
        upright.info = kept
        upright.save(stream, "PNG", icc_profile=profile)
        return stream.getvalue()
    if image.mode == "CMYK":
        upright, profile = _rgb(upright, profile), None
    upright.info = {}
    how: dict[str, Any] = {"quality": 95} if image.mode == "CMYK" else {"qtables": image.quantization}
    upright.save(stream, "JPEG", subsampling=_subsampling(image), icc_profile=profile, **how)
    return stream.getvalue()


def _rgb(image: Any, profile: bytes | None) -> Any:
    """CMYK as RGB, because Typst, PowerPoint and browsers convert CMYK differently."""
    from PIL import ImageCms

    if profile:
        try:
            inks = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, inks, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # not a valid profile
            pass
    return image.convert("RGB")


def _subsampling(image: Any) -> int:
    """Colours at half size in both directions if the file has that, or else at full size, as the picture may turn."""
    from PIL.JpegImagePlugin import get_sampling

    return 2 if get_sampling(image) == 2 else 0


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return int(image.width), int(image.height)
