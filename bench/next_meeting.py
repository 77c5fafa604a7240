"""A folder with the last meeting -> the seconds of the three commands that make the first deck of the next one.

A server on this machine gives the recorded answers of the datatracker and the RFC Editor, so `fetch` is measured
without the network; the real servers take longer.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.facts_server import recorded_folder, serving  # noqa: E402 (the tests are no package)

_RUNS = 5
_COMMANDS = (["new", "125", "--from", "124"], ["fetch", "125"], ["build", "125", "--quiet"])


def main() -> None:
    """Print the median of each command."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    times: dict[str, list[float]] = {command[0]: [] for command in _COMMANDS}
    with serving() as server:
        here = {"DECKGEN_DATATRACKER_URL": server.url, "DECKGEN_RFC_EDITOR_URL": server.url, "PYTHONPATH": str(ROOT)}
        for _ in range(_RUNS):
            with tempfile.TemporaryDirectory() as folder:
                _prepare(Path(folder))
                for command in _COMMANDS:
                    started = time.perf_counter()
                    program = [sys.executable, "-m", "deckgen", *command]
                    environment = {**os.environ, **here, "XDG_CACHE_HOME": f"{folder}/cache"}
                    subprocess.run(program, cwd=folder, env=environment, check=True, capture_output=True)
                    times[command[0]].append(time.perf_counter() - started)
    medians = ", ".join(f"{name} {statistics.median(took):.2f} s" for name, took in times.items())
    print(f"from nothing to the first deck of a meeting: {medians} (medians of {_RUNS})")


def _prepare(folder: Path) -> None:
    """Create the files that exist after a meeting: the templates, and its meeting file."""
    recorded_folder(folder)
    (folder / "meetings" / "125.yaml").unlink()


if __name__ == "__main__":
    main()
