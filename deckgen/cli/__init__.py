"""Command line -> exit code: the only room that prints; one file a command."""
