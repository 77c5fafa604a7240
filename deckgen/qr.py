"""Address -> QrCode: the only import of segno."""

from __future__ import annotations

from deckgen.deck import QrCode
from deckgen.problems import fatal
from deckgen.source import Source, text_of


def read_qr(source: Source, alt: str) -> QrCode:
    """The QR code of the address in `source`. Raises DeckError when it is too long for one."""
    import segno

    target = text_of(source)
    try:
        code = segno.make_qr(target, error="m")
    except segno.DataOverflowError:
        raise fatal(source.origin, "bad-link", f"{len(target)} characters are too many for a QR code") from None
    modules = tuple(tuple(bool(module) for module in row) for row in code.matrix)
    return QrCode(target, alt, modules, source.origin)
