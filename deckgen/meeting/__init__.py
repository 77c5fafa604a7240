"""Folder × meeting -> Meeting: the layers merged and checked; a new meeting's file, and the schema of one."""

from deckgen.meeting.ids import MEETINGS, TEMPLATES, Id, Order, is_id, meeting_ids, order_of
from deckgen.meeting.load import Meeting, load

__all__ = ["MEETINGS", "TEMPLATES", "Id", "Meeting", "Order", "is_id", "load", "meeting_ids", "order_of"]
