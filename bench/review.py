"""A deck with two edits, and one in another colour -> seconds of `deckgen review`, by the clock."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import edit  # noqa: E402 (the tests are no package)
from support.git import committed  # noqa: E402

_RUNS = 9
_MEETING = 123
_EDITS = {
    "two slides changed": (("meetings/123.yaml", "minutes: 15", "minutes: 20"), ("meetings/123.yaml", "HPKE", "HPKE!")),
    "every slide in another colour": (("templates/theme.yaml", 'accent: "006D77"', 'accent: "8A1538"'),),
}


def main() -> None:
    """Print the median of each."""
    for name, edits in _EDITS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = committed(Path(folder))
            for file, old, new in edits:
                edit(root / file, old, new)
            times = [_review(root) for _ in range(_RUNS + 1)][1:]
        print(f"review, {name}: {statistics.median(times):.2f} s (median of {_RUNS}, {max(times):.2f} worst)")


def _review(root: Path) -> float:
    command = [sys.executable, "-m", "deckgen", "review", str(_MEETING), "--root", str(root), "--against", "main"]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
