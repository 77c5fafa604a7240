"""Folder × meeting number -> Meeting: the layers merged and checked; and the files that begin and explain one."""

from deckgen.meeting.load import MEETINGS, TEMPLATES, Meeting, holds, load, meeting_before, meeting_numbers

__all__ = ["MEETINGS", "TEMPLATES", "Meeting", "holds", "load", "meeting_before", "meeting_numbers"]
