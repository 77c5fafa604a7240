"""Folder × meeting -> the files of a deck, written; for one deck, and for many side by side.

It hands out nothing itself, so that the process beside a build does not import what it has no use for.
"""
