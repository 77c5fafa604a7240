"""Meeting, Deck and Pages -> Problems: every rule is one module, named after the problem it finds."""

from deckgen.rules.check import RULES, check_rules, rule
from deckgen.rules.subject import Subject

__all__ = ["RULES", "Subject", "check_rules", "rule"]
