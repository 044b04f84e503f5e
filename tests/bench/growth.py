"""Our own stages as the curriculum and the cohort grow: time for each module and each team, and the memory of it all.

`curriculum stage` loads, checks, composes, prints and writes everything but MkDocs' pages; `curriculum packets` does so
for teams. Both are run as they are, from start to end, with every PDF.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import measuring, projects
from bench.measuring import OURS, Cost, Row

MEMORY = 1.5e9
MODULES = (60, 300)
TEAMS = (120, 1000)


def modules(scratch: Path) -> Iterator[Row]:
    """Stage a curriculum of 60 modules and one of 300."""

    def cost(count: int) -> Cost:
        root = projects.with_modules(scratch / f"modules-{count}", count)
        return measuring.run([*OURS, "stage", "--root", str(root), str(root / "stage")], root, watch=True)

    yield from _compared("modules", MODULES, cost, scratch)


def teams(scratch: Path) -> Iterator[Row]:
    """Make the packets of 120 teams and of 1,000."""
    root = projects.copied(scratch / "teams")

    def cost(count: int) -> Cost:
        cohorts = projects.cohort(scratch / f"teams-{count}", count)
        command = [*OURS, "packets", "--cohorts", str(cohorts), "--to", str(scratch / "packets")]
        return measuring.run(command, root, watch=True)

    yield from _compared("teams", TEAMS, cost, scratch)


def _compared(what: str, counts: tuple[int, int], cost: Callable[[int], Cost], scratch: Path) -> Iterator[Row]:
    each: dict[int, Cost] = {}
    for count in counts:
        spent = cost(count)
        each[count] = Cost(spent.wall / count, spent.cpu / count)
        measuring.tell(f"    {count:4} {what}: {spent.wall:.1f} s, {spent.pss / 1e6:,.0f} MB")
        shutil.rmtree(scratch / f"{what}-{count}")
        memory = (f"{spent.pss / 1e9:.2f} GB", f"{MEMORY / 1e9:.1f} GB", spent.pss / MEMORY)
        yield Row("c", f"memory for {count:,} {what}", *memory, 1, note=f"sum of RSS {spent.rss / 1e9:.2f} GB")
    few, many = (each[count] for count in counts)
    figures = (f"{many.wall * 1000:.0f} ms each", f"{few.wall * 1000:.0f} ms each", many.wall / few.wall)
    note = f"processors {many.cpu * 1000:.0f} ms against {few.cpu * 1000:.0f} ms, {many.cpu / few.cpu:.2f}"
    yield Row("c", f"{counts[1]:,} {what} against {counts[0]}", *figures, 1.3, note=note)
