"""Folder × meeting -> its slides in a browser, drawn anew whenever a file changes; needs `deckgen[preview]`."""
