"""Measuring: programs run and timed, their memory watched, two of them compared in turn.

Wall time is what people wait for and what the limits are about; processor time of the program with all its children is
told beside it, because it suffers less from whatever else the machine is doing.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).absolute().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
OURS = (sys.executable, "-m", "builder")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds on the wall and of processors; if it was watched, the peaks of memory in bytes."""

    wall: float
    cpu: float
    pss: int = 0
    rss: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.pss, other.pss), max(self.rss, other.rss))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what is compared, the two figures, their ratio, and the limit that it must keep, if any."""

    part: str
    what: str
    ours: str
    other: str
    ratio: float
    limit: float | None
    at_least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        if self.limit is None:
            return True
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def run(command: Sequence[str], cwd: Path, *, watch: bool = False) -> Cost:
    """Run a program to its end and tell what it took; raise `RuntimeError` with what it said if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        memory = Memory(program.pid) if watch else None
        said, _ = program.communicate()
        peaks = memory.stop() if memory else (0, 0)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if program.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, *peaks)


class Memory(threading.Thread):
    """Watches a program and all its children, five times a second, and keeps the peaks of their sums.

    PSS counts a page that several processes share once in all; RSS counts it once in each.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._program = psutil.Process(pid)
        self._done = threading.Event()
        self._pss = self._rss = 0
        self.start()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._done.wait(0.2):
            pss = rss = 0
            for process in self._tree():
                try:
                    memory = process.memory_full_info()
                except psutil.Error:  # it has just ended
                    continue
                pss, rss = pss + memory.pss, rss + memory.rss
            self._pss, self._rss = max(self._pss, pss), max(self._rss, rss)

    def stop(self) -> tuple[int, int]:
        """Answer the peaks of PSS and RSS."""
        self._done.set()
        self.join()
        return self._pss, self._rss

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self._program, *self._program.children(recursive=True)]
        except psutil.Error:
            return []


def in_turn(ours: Callable[[], Cost], other: Callable[[], Cost], rounds: int) -> tuple[list[Cost], list[Cost]]:
    """Run both so many times, each first in every second round, after one round that does not count."""
    runs: tuple[list[Cost], list[Cost]] = ([], [])
    ours(), other()
    for nth in range(rounds):
        pair = [(ours, runs[0]), (other, runs[1])]
        for measure, costs in pair if nth % 2 == 0 else reversed(pair):
            costs.append(measure())
            tell(f"    {measure.__name__:<16} {costs[-1].wall:6.2f} s, {costs[-1].cpu:6.2f} s of processors")
    return runs


def best(costs: Sequence[Cost]) -> Cost:
    """The least disturbed run: the shortest on the wall, the least of processors."""
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def middle(costs: Sequence[Cost]) -> float:
    """The median of the seconds on the wall."""
    return statistics.median(cost.wall for cost in costs)


def tell(line: str) -> None:
    """Say how it goes, beside the table that comes at the end."""
    print(line, file=sys.stderr, flush=True)
