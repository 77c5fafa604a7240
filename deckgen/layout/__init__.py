"""Deck × Theme -> Pages: each block with its box, its size and its lines, as both writers draw it."""
