"""Pages -> files: each writer draws what it is given and decides nothing; none imports another."""
