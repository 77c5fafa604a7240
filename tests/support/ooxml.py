"""Path of a .pptx -> nothing, or a failed test: the gate that every PowerPoint of a test goes through."""

from __future__ import annotations

import io
import json
import os
import platform
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from deckgen.proof.verify import verify
from support.repository import ROOT, need

# What `.ci/run` installs; the repository ignores the folder.
INSTALL = "npm ci"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FOLDER = ROOT / "node_modules" / "@xarsh"


def assert_valid(path: Path) -> None:
    """No finding of ours, warnings included, and none of the Microsoft Open XML SDK. Skips when the SDK is missing."""
    assert_verified(path)
    found = sdk_findings(path)

    assert not found, "\n".join(found)


def assert_verified(path: Path) -> None:
    """No finding of ours, warnings included."""
    found = [str(problem) for problem in verify(path.read_bytes(), path.name)]

    assert not found, "\n".join(found)


def sdk_findings(path: Path) -> list[str]:
    """What the Open XML SDK says of a file, one line for each finding."""
    run = subprocess.run([_validator(), str(path.resolve())], capture_output=True, text=True, timeout=120, check=False)
    report = json.loads(run.stdout)
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in report["errors"]]


def _validator() -> str:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine())
    installed = _FOLDER / f"ooxml-validator-{platform.system().lower()}-{machine}" / "ooxml-validator"
    named = os.environ.get("DECKGEN_OOXML_VALIDATOR", "")
    return need(named or str(installed), INSTALL)


def sheet(data: bytes) -> list[list[str]]:
    """The first sheet of a workbook as text."""
    with ZipFile(io.BytesIO(data)) as archive:
        strings = ["".join(item.itertext()) for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        cells = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{_SHEET}c")
        values = {cell.get("r", ""): _cell_text(cell, strings) for cell in cells}
    rows = max(int(re.sub(r"\D", "", place)) for place in values)
    columns = sorted({re.sub(r"\d", "", place) for place in values} | {"A"})
    return [[values.get(f"{column}{row}", "") for column in columns] for row in range(1, rows + 1)]


def _cell_text(cell: ElementTree.Element, strings: list[str]) -> str:
    """What a cell shows."""
    value = cell.findtext(f"{_SHEET}v", "")
    return strings[int(value)] if cell.get("t") == "s" else f"{float(value):g}" if value else ""
