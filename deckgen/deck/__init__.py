"""Meeting × templates -> Deck: a list of slides, each of one of a closed set of kinds; pure data."""
