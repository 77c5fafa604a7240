"""Folder × meeting number -> Meeting: the layers merged and checked; a new meeting's file, and the schema of one."""

from deckgen.meeting.load import MEETINGS, TEMPLATES, Meeting, holds, load, meeting_before, meeting_numbers

__all__ = ["MEETINGS", "TEMPLATES", "Meeting", "holds", "load", "meeting_before", "meeting_numbers"]
