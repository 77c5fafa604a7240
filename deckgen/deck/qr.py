"""Address -> Picture of its QR code: the only import of segno."""

from __future__ import annotations

import io

from deckgen.deck.model import Picture
from deckgen.problems import fatal
from deckgen.source import Source, text_of

# Modules of light around the code that readers need (ISO/IEC 18004, 9.1).
_QUIET_ZONE = 4


def read_qr(source: Source, alt: str) -> Picture:
    """The QR code of the address in `source`. Raises DeckError when it is too long for one."""
    import segno

    target = text_of(source)
    try:
        code = segno.make_qr(target, error="m")
    except segno.DataOverflowError:
        raise fatal(source.origin, "bad-link", f"{len(target)} characters are too many for a QR code") from None
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=_QUIET_ZONE, light="#fff", xmldecl=False, nl=False)
    width, height = code.symbol_size(border=_QUIET_ZONE)
    return Picture(drawing.getvalue(), "svg", int(width), int(height), alt, source.origin, target)
