"""Folder × meeting -> its slides in a browser, redrawn when a file changes; needs `deckgen[preview]`."""
