"""Folder × meeting -> Meeting: the layers merged and checked; a new meeting's file, and the schema of one."""

from deckgen.meeting.areas import areas, find_meeting, list_meetings
from deckgen.meeting.ids import MEETINGS, TEMPLATES, Id, Order, id_of, is_id, order_of, variables
from deckgen.meeting.layers import read_template
from deckgen.meeting.load import Meeting, load

__all__ = [
    "MEETINGS",
    "TEMPLATES",
    "Id",
    "Meeting",
    "Order",
    "areas",
    "find_meeting",
    "id_of",
    "is_id",
    "list_meetings",
    "load",
    "order_of",
    "read_template",
    "variables",
]
