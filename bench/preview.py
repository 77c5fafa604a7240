"""A saved bullet -> seconds until Chromium has painted it: the median for the IETF 123 deck."""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import chromium, serving  # noqa: E402 (the tests are no package)

_RUNS = 15
_SLIDE = "wg-changes-1"


def main() -> None:
    """Print the median and the worst of several changes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("meetings", "templates"):
            shutil.copytree(ROOT / name, root / name)
        with serving(root, 123, "--port", "8400") as server, chromium() as browser:
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.goto(server.address)
            page.wait_for_selector(f"#{_SLIDE}[data-painted]")
            page.evaluate(f"document.getElementById('{_SLIDE}').scrollIntoView()")
            times = sorted(_change(root / "meetings/123.yaml", page, run) for run in range(_RUNS))
    print(
        f"preview: {statistics.median(times):.0f} ms from saving to picture (median of {_RUNS}, {times[-1]:.0f} worst)"
    )


def _change(path: Path, page: Any, run: int) -> float:
    element = page.locator(f"#{_SLIDE}")
    before = element.get_attribute("data-painted")
    text = re.sub(r"EXPAT \d* ?\(", f"EXPAT {run} (", path.read_text("utf-8"))
    start = time.time() * 1000
    path.write_text(text, "utf-8")
    page.wait_for_selector(f'#{_SLIDE}:not([data-painted="{before}"])')
    return float(element.get_attribute("data-painted").split()[1]) - start


if __name__ == "__main__":
    main()
