"""Folder × meeting -> the files of a deck, written; for one deck, and for many side by side.

It exports nothing, so that the process beside a build imports only what it needs.
"""
