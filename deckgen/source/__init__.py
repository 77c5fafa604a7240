"""YAML text -> Source, values with their origin; Sources merged; plain values -> YAML text."""

from deckgen.source.read import parse, read, read_text, refused_character
from deckgen.source.source import Document, Plain, Source, Value, at, plain, text_of, unquoted
from deckgen.source.write import dump, flow

__all__ = [
    "Document",
    "Plain",
    "Source",
    "Value",
    "at",
    "dump",
    "flow",
    "parse",
    "plain",
    "read",
    "read_text",
    "refused_character",
    "text_of",
    "unquoted",
]
