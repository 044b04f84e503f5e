"""`python -m bench`: measure everything, or the parts named, and print one table of ratios.

Linux only: memory is read from /proc. Needs the extra `bench`. Exits 0 whether or not a limit is kept, because a
machine that is busy with something else says nothing about the code.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import rich.console
import rich.table
from rich import box

from bench import growth, guides, preview, product, shelf
from bench.measuring import Row, tell

Part = Callable[[Path, int], Iterator[Row]]

PARTS: dict[str, Part] = {
    "product": product.measure,
    "guides": guides.measure,
    "modules": lambda scratch, _: growth.modules(scratch),
    "teams": lambda scratch, _: growth.teams(scratch),
    "preview": lambda scratch, rounds: preview.measure(scratch, 3 * rounds),
    "editions": shelf.measure,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the curriculum publisher.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="how often to repeat what is compared (default: 5)")
    given = parser.parse_args()
    unknown = set(given.parts) - PARTS.keys()
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))} (there are: {', '.join(PARTS)})")
    rows: list[Row] = []
    for name in given.parts or PARTS:
        scratch = Path(tempfile.mkdtemp(prefix="bench-"))
        tell(f"{name}: load {os.getloadavg()[0]:.1f} before it begins")
        try:
            for row in PARTS[name](scratch, given.rounds):
                tell(f"    {row.what}: {row.ours} against {row.other}, {row.ratio:.2f} ({row.note})")
                rows.append(row)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    _print(rows)


def _print(rows: list[Row]) -> None:
    memory = psutil.virtual_memory().total / 2**30
    title = f"{os.cpu_count()} processors, {memory:.0f} GB of memory"
    table = rich.table.Table(title=title, box=box.MARKDOWN, title_justify="left")
    for name in ("", "What", "Ours", "Floor or limit", "Ratio", "Limit", "Kept", "Note"):
        table.add_column(name, justify="right" if name in {"Ours", "Floor or limit", "Ratio", "Limit"} else "left")
    for row in rows:
        limit = "none" if row.limit is None else f"{'at least' if row.at_least else 'at most'} {row.limit:g}"
        kept = "" if row.limit is None else "yes" if row.holds else "NO"
        table.add_row(row.part, row.what, row.ours, row.other, f"{row.ratio:.2f}", limit, kept, row.note)
    rich.console.Console(width=200).print(table)


if __name__ == "__main__":
    main()
