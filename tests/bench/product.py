"""The whole product against its floor: the site with six modules, their PDFs, and the packets of twelve teams.

The floor does the same work with nothing of ours in it: `mkdocs build` of the staged tree, and bare Typst compilations
of the very files that our press hands over, in as many processes.
"""

from __future__ import annotations

import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import builder.press
from bench import measuring, projects
from bench.measuring import OURS, Cost, Row
from builder import pipeline, printing
from builder.packets import orders
from builder.pipeline import making
from builder.press import Job

BARE = Path(__file__).with_name("bare.py")
PDF = b"<xmpTPg:NPages>1</xmpTPg:NPages>"  # what our press looks for in a finished PDF


def measure(scratch: Path, rounds: int) -> Iterator[Row]:
    """Compare in turn, and take the least disturbed run of each."""
    root = projects.copied(scratch / "product")
    staged, inputs = scratch / "staged", scratch / "inputs.pickle"
    measuring.run([*OURS, "stage", "--root", str(root), str(staged)], root)
    record(list(jobs(root)), inputs)

    def floor() -> Cost:
        _clear(staged / "site", scratch / "bare")
        site = measuring.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(staged / "mkdocs.yml")], staged)
        pdfs = [sys.executable, str(BARE), str(inputs), str(scratch / "bare"), str(making.workers())]
        return site + measuring.run(pdfs, scratch)

    for what, (limit, commands) in PRODUCT.items():
        ours, bare = measuring.in_turn(_product(root, commands), floor, rounds)
        a, b = measuring.best(ours), measuring.best(bare)
        note = f"processors {a.cpu:.1f} s against {b.cpu:.1f} s; medians {_ratio(ours, bare):.2f}"
        figures = (f"{a.wall:.2f} s", f"{b.wall:.2f} s", a.wall / b.wall)
        yield Row("a", f"site, PDFs and 12 packets, {what}", *figures, limit, note=note)


PRODUCT: dict[str, tuple[float | None, tuple[tuple[str, ...], ...]]] = {
    "`build --packets`": (1.3, (("build", "--packets"),)),
    "`build`, then `packets`": (None, (("build",), ("packets",))),  # which reads everything twice
}


def jobs(root: Path) -> Iterator[Job]:
    """Everything that the product prints: what the site offers, and each file of each team."""
    built = pipeline.read(root)
    sheets = printing.Sheets(built.documents, built.loaded.images, "letter")
    yield from (offer.job for offer in printing.offers(sheets))
    cohorts, _ = pipeline.read_cohorts(pipeline.Curricula(root, work=built), pipeline.Cohorts(root))
    for cohort in cohorts:
        yield from orders.packet_jobs(orders.packet_files(orders.Order(cohort, cohort.file.teams), sheets))


def record(jobs: list[Job], target: Path) -> None:
    """Write down what the press hands to the typesetter for these jobs, without setting them."""
    calls: list[tuple[dict[str, bytes], dict[str, Any], str]] = []
    fonts: dict[str, Any] = {}

    def note(files: dict[str, bytes], **options: Any) -> bytes:
        del options["font_paths"]
        calls.append((files, options, ""))
        return PDF

    def ask(files: dict[str, bytes], what: str, **options: Any) -> str:
        del options["font_paths"]
        calls.append((files, options, what))
        return "[]"

    def keep(**options: Any) -> object:
        fonts.update(options)
        return object()

    builder.press._fonts.cache_clear()  # noqa: SLF001  to see with which options it opens its fonts
    with (
        mock.patch("typst.compile", note),
        mock.patch("typst.compile_with_warnings", lambda files, **options: (note(files, **options), [])),
        mock.patch("typst.query", ask),
        mock.patch("typst.Fonts", keep),
    ):
        for job in jobs:
            builder.press.typeset(job)
    builder.press._fonts.cache_clear()  # noqa: SLF001
    target.write_bytes(pickle.dumps({"jobs": calls, "fonts": fonts}))


def _product(root: Path, commands: tuple[tuple[str, ...], ...]) -> Callable[[], Cost]:
    def product() -> Cost:
        _clear(root / "site", root / "packets")
        cost = Cost(0, 0)
        for command in commands:
            cost += measuring.run([*OURS, *command], root)
        return cost

    return product


def _ratio(ours: list[Cost], other: list[Cost]) -> float:
    return measuring.middle(ours) / measuring.middle(other)


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
