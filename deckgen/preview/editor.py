"""Origin × the address of an editor -> Place: what a click on it copies, or opens."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from deckgen.base import Frozen
from deckgen.problems import Origin

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
# A browser runs or shows what follows these, and opens no editor.
_UNSAFE = ("javascript", "data", "vbscript", "blob", "file")


class Place(Frozen):
    """`at` is `file:line` from the root of the repository; `open` an address that opens it, or empty."""

    at: str
    open: str = ""


class Editor(Frozen):
    """An editor that opens files of `root` by an address such as `vscode://file/{file}:{line}`."""

    root: Path
    address: str = ""

    def place(self, origin: Origin | None) -> Place:
        """The place of an origin."""
        if origin is None or not origin.line:
            return Place(origin.path if origin else "")
        return Place(f"{origin.path}:{origin.line}", self._opens(origin) if self.address else "")

    def _opens(self, origin: Origin) -> str:
        path = quote((self.root / origin.path).resolve().as_posix())
        # `vscode://file/{file}` has the slash that the path begins with; `idea://open?file={file}` does not.
        address = re.sub(r"(?<=[^/])/\{file\}", lambda _: "/" + path.lstrip("/"), self.address)
        values = {"file": path, "line": str(origin.line), "column": str(max(1, origin.column))}
        return re.sub(r"\{(file|line|column)\}", lambda found: values[found[1]], address)


def editor_address(text: str) -> str:
    """An address for `Editor`. Raises ValueError if it is not one."""
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[0].lower() in _UNSAFE:
        raise ValueError(f"`{text[:60]}` is not the address of an editor, such as `vscode://file/{{file}}:{{line}}`")
    if "{file}" not in text:
        raise ValueError(f"`{text[:60]}` has no `{{file}}`, such as in `vscode://file/{{file}}:{{line}}`")
    return text
