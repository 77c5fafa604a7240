"""Meeting files -> slide decks: YAML merged with boilerplate, drawn as one PowerPoint and one PDF."""

__version__ = "0.1.0"
