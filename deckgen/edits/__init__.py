"""Folder × edited PowerPoint -> the meeting file with its edits, and the list of what is not carried."""
