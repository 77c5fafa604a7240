"""Address -> Picture of its QR code: the only import of segno."""

from __future__ import annotations

import io

from deckgen.base import replace
from deckgen.deck.model import Picture
from deckgen.problems import Origin, fatal
from deckgen.source import Source, text_of

# White modules around the code, which readers need (ISO/IEC 18004, 9.1).
_QUIET_ZONE = 4
MAX_CHARACTERS = 300  # with more, a phone cannot read the code from a seat
MAX_CODES = 200


class Codes:
    """The QR codes of one deck: each is made once, and their number is limited."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}

    def read(self, source: Source, alt: str) -> Picture:
        """The code of the address in `source`. Raises DeckError if it is too long, or one too many."""
        target = text_of(source)
        if len(target) > MAX_CHARACTERS:
            message = f"{len(target)} characters are too many for a QR code"
            raise fatal(source.origin, "bad-link", message, f"at most {MAX_CHARACTERS} can be scanned from a seat")
        if target not in self._pictures:
            if len(self._pictures) == MAX_CODES:
                raise fatal(source.origin, "too-large", f"more than {MAX_CODES} QR codes", "make several decks of it")
            self._pictures[target] = _drawn(target)
        return replace(self._pictures[target], alt=alt, origin=source.origin)


def _drawn(target: str) -> Picture:
    import segno

    code = segno.make_qr(target, error="m")
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=_QUIET_ZONE, light="#fff", xmldecl=False, nl=False)
    width, height = code.symbol_size(border=_QUIET_ZONE)
    return Picture(drawing.getvalue(), "svg", int(width), int(height), "", Origin(""), target)
