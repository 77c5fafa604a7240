"""How many -> a pool of processes: the only module that starts any of our own."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def pool(workers: int) -> ProcessPoolExecutor:
    """Processes that are started anew, as the threads of Typst would not survive a fork."""
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
