"""A deck now and before -> a page that shows both, slide by slide."""
