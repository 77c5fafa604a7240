"""A deck and what it was -> a page that shows both, slide by slide."""
