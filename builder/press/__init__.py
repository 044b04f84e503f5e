"""The press: trees and facts in, PDF bytes out.

In: jobs, each a layout with its facts, trees of text and images. Out: `Pdf` values, in the order of the jobs. Outside it
touches only our own layouts and fonts, which lie in this package, and processes of its own. Nothing else imports `typst`.

A job crosses into the typesetter as JSON and never as code, and is sealed: no files but those given, no packages, no
fonts of the machine, no clock. The same job gives the same bytes.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import multiprocessing
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import typst

from builder.press.jobs import Job, Layout, Node, Paper, Pdf, Refused, faults, missing

__all__ = ["Job", "Layout", "Node", "Paper", "Pdf", "Refused", "faults", "typeset", "typeset_all"]

STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""Archivable and accessible: the typesetter itself refuses what breaks their rules."""

JOBS_A_WORKER = 3
"""A worker is replaced after so many jobs, because the typesetter keeps what it has set: 1.2 GB after some packets."""

IN_HAND = 2
"""Up to so many jobs are set in this process: starting another one takes longer."""


def typeset(job: Job) -> Pdf:
    """Make one PDF; raise `Refused` with every reason if it must not be printed."""
    return next(iter(typeset_all([job], 1, lambda _: None)))


def typeset_all(jobs: Sequence[Job], workers: int, on_done: Callable[[str], None]) -> tuple[Pdf, ...]:
    """Make all PDFs, in the order of the jobs, in so many processes; tell the name of each when it is done."""
    desk = _Desk()
    sheets = [desk.lay_out(job) for job in jobs]
    if len(sheets) <= IN_HAND:
        return _told((_press(sheet, desk.stock) for sheet in sheets), on_done)
    context = multiprocessing.get_context("spawn")  # a process forked after a compilation hangs
    count = max(1, min(workers, len(sheets)))
    with context.Pool(count, _stand, (desk.stock,), maxtasksperchild=JOBS_A_WORKER) as pool:
        return _told(pool.imap(_work, sheets), on_done)


def _told(pdfs: Iterable[Pdf], on_done: Callable[[str], None]) -> tuple[Pdf, ...]:
    made = []
    for pdf in pdfs:
        on_done(pdf.name)
        made.append(pdf)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A job made light: it names its files by their number in the stock that all workers hold."""

    name: str
    layout: Layout
    facts: bytes
    timestamp: int
    files: tuple[tuple[str, int], ...]


class _Desk:
    """Lays jobs out: checks and encodes each shared tree once, however many jobs hold it."""

    def __init__(self) -> None:
        self.stock: list[bytes] = []
        self._numbers: dict[int, int] = {}
        self._faults: dict[int, list[str]] = {}
        self._held: list[object] = []  # keeps what `id` has numbered alive, so that no number is used twice

    def lay_out(self, job: Job) -> _Sheet:
        """Make the light form of a job; its trees and images go into the stock."""
        reasons = missing(job.facts)
        for key, tree in job.trees.items():
            reasons += (f"{key}: {fault}" for fault in self._checked(tree))
        if reasons:
            raise Refused(job.name, reasons)
        trees = [(f"trees/{key}.json", self._numbered(tree)) for key, tree in job.trees.items()]
        images = [(f"images/{name}", self._numbered(image)) for name, image in job.images.items()]
        facts = {**job.facts, "paper": job.paper, "images": sorted(job.images)}
        timestamp = int(job.facts["timestamp"])
        return _Sheet(job.name, job.layout, _encoded(facts), timestamp, (*trees, *images))

    def _checked(self, tree: Node) -> list[str]:
        if id(tree) not in self._faults:
            self._faults[id(tree)] = faults(tree)
            self._held.append(tree)
        return self._faults[id(tree)]

    def _numbered(self, thing: Node | bytes) -> int:
        number = self._numbers.setdefault(id(thing), len(self.stock))
        if number == len(self.stock):
            self.stock.append(thing if isinstance(thing, bytes) else _encoded(thing))
            self._held.append(thing)
        return number


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict).encode()


def _stand(stock: list[bytes]) -> None:
    """Give a new worker the stock, once, instead of with every job."""
    _work.stock = stock  # type: ignore[attr-defined]


def _work(sheet: _Sheet) -> Pdf:
    return _press(sheet, _work.stock)  # type: ignore[attr-defined]


def _press(sheet: _Sheet, stock: list[bytes]) -> Pdf:
    layouts = _layouts()
    files = {name: stock[number] for name, number in sheet.files}
    files |= {"facts.json": sheet.facts, "main": layouts[f"{sheet.layout}.typ"], **layouts}
    try:
        data = typst.compile(
            files,  # type: ignore[type-var]  the stub does not say that a mapping of files is taken
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=sheet.timestamp,
        )
    except typst.TypstError as error:
        raise Refused(sheet.name, [error.message, *error.hints]) from None
    return Pdf(sheet.name, data, _pages(data))


def _pages(data: bytes) -> int:
    """Read the number of pages from the metadata, which PDF/A keeps in plain text."""
    found = re.search(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", data)
    if found is None:
        raise RuntimeError("the typesetter no longer writes the number of pages into the metadata")
    return int(found[1])


@functools.cache
def _layouts() -> dict[str, bytes]:
    here = importlib.resources.files("builder.press")
    return {file.name: file.read_bytes() for file in here.iterdir() if file.name.endswith(".typ")}


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts that lie in this package, and those that the typesetter carries inside."""
    with importlib.resources.as_file(importlib.resources.files("builder.press").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
