"""Picture × box -> where it is drawn: whole, or cut so that it covers the box. Pure arithmetic."""

from __future__ import annotations

from deckgen.deck.model import Picture
from deckgen.layout.theme import Box

Cut = tuple[float, float, float, float]


def whole(picture: Picture, room: Box) -> Box:
    """The picture as large as it fits its room, at the upper left corner."""
    scale = min(room.width / picture.width, room.height / picture.height)
    return Box(room.x, room.y, max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))


def centred(box: Box, room: Box) -> Box:
    """A box in the middle of its room."""
    x, y = room.x + (room.width - box.width) // 2, room.y + (room.height - box.height) // 2
    return Box(x, y, box.width, box.height)


def covering(picture: Picture, box: Box, focus: tuple[float, float]) -> Cut:
    """What to cut off a picture so that it covers a box; `focus`, in percent, stays as near its middle as it can."""
    scale = max(box.width / picture.width, box.height / picture.height)
    across, down = box.width / scale / picture.width, box.height / scale / picture.height
    left, top = _start(focus[0] / 100, across), _start(focus[1] / 100, down)
    return left, top, max(0.0, 1 - across - left), max(0.0, 1 - down - top)


def _start(focus: float, share: float) -> float:
    return min(max(0.0, focus - share / 2), max(0.0, 1 - share))
