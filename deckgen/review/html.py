"""Report -> the review as one self-contained HTML page, from a template that escapes every text of a deck.

The index of decks is such a page too.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deckgen.review.details import details
from deckgen.review.look import read_lines
from deckgen.review.report import Report, counted

_FOLDER = Path(__file__).parent


def write_html(report: Report) -> str:
    """The page of a review."""
    return render("page.html", report=report, script=_read("page.js"))


def render(template: str, **values: object) -> str:
    """A page from a template of this folder, with the common style."""
    pages = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages.filters |= {
        "counted": counted,
        "data_url": _data_url,
        "details": details,
        "read_lines": read_lines,
        "size": _size,
    }
    return pages.get_template(template).render(style=_read("page.css"), **values)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _data_url(data: bytes) -> str:
    type_ = "webp" if data.startswith(b"RIFF") else "png"
    return f"data:image/{type_};base64,{base64.b64encode(data).decode('ascii')}"


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.size
