"""Class bodies, bytes and work -> frozen values, files written whole, and processes beside this one."""

from deckgen.base.frozen import Frozen, astuple, field, replace, to_builtins

__all__ = ["Frozen", "astuple", "field", "replace", "to_builtins"]
