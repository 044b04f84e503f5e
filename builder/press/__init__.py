"""The press: trees and facts in, PDF bytes out.

In: jobs, each a layout with its facts, trees of text and images. Out: `Pdf` values, in the order of the jobs. Outside
it touches only our own layouts and fonts, which lie in this package, and processes of its own. No other room imports
`typst`.

A job crosses into the typesetter as JSON and never as code, and is sealed: no files but those given, no packages, no
fonts of the machine, no clock. The same job gives the same bytes.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.resources
import itertools
import json
import multiprocessing
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typst

from builder.press.coverage import composed
from builder.press.fitting import fitted
from builder.press.jobs import Job, Layout, Node, Paper, Pdf, Refused, faults, missing

__all__ = ["Job", "Layout", "Node", "Paper", "Pdf", "Refused", "faults", "typeset", "typeset_all", "typeset_each"]

STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""Archivable and accessible: the typesetter itself refuses what breaks their rules."""

MEMORY = 1_400_000_000
"""Bytes for all workers together. A worker that would need more than its share makes way for a new one."""

AT_FIRST, KEPT = 150_000_000, 270
"""Bytes that a worker needs at first, and keeps for each byte that it has set: some 90 MB for a packet."""

TREES_KEPT = 256
"""So many trees stay encoded: those of a module serve every team, those of a team serve once."""

IN_HAND = 2
"""Up to so many jobs are set in this process: starting another one takes longer."""


def typeset(job: Job) -> Pdf:
    """Make one PDF; raise `Refused` with every reason if it must not be printed."""
    return next(iter(typeset_all([job], 1, lambda _: None)))


def typeset_all(jobs: Sequence[Job], workers: int, on_done: Callable[[str], None]) -> tuple[Pdf, ...]:
    """Make all PDFs, in the order of the jobs, in so many processes; tell the name of each when it is done."""
    return tuple(typeset_each(jobs, workers, on_done))


def typeset_each(jobs: Iterable[Job], workers: int, on_done: Callable[[str], None]) -> Iterator[Pdf]:
    """Make all PDFs likewise, and give each as soon as it and those before it are done.

    Jobs are taken as they are needed and PDFs are not kept, so a thousand packets need little more memory than ten.
    """
    sheets = map(_Desk().lay_out, jobs)
    first = list(itertools.islice(sheets, IN_HAND + 1))
    if len(first) <= IN_HAND:
        yield from _told(map(_press, first), on_done)
        return
    context = multiprocessing.get_context("spawn")  # a process forked after a compilation hangs
    workers = max(1, workers)
    with _nameless(), context.Pool(workers, maxtasksperchild=_lifetime(first, workers)) as pool:
        yield from _told(pool.imap(_press, itertools.chain(first, sheets)), on_done)


def _told(pdfs: Iterable[Pdf], on_done: Callable[[str], None]) -> Iterator[Pdf]:
    for pdf in pdfs:
        on_done(pdf.name)
        yield pdf


def _lifetime(sheets: Sequence[_Sheet], workers: int) -> int:
    """How many jobs like these a worker can make within its share of the memory."""
    heaviest = max(sum(map(len, sheet.files.values())) for sheet in sheets)
    return max(1, (MEMORY // workers - AT_FIRST) // (KEPT * heaviest))


@contextlib.contextmanager
def _nameless() -> Iterator[None]:
    """Hide which program this is: each new worker would run its main module again, which takes longer than a guide."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A job checked and encoded: every file that the typesetter will see, by its name there."""

    name: str
    timestamp: int
    files: Mapping[str, bytes]


class _Desk:
    """Lays jobs out: checks and encodes each tree once, however many jobs share it."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Node, list[str], bytes]] = {}

    def lay_out(self, job: Job) -> _Sheet:
        """Check a job and gather its files; raise `Refused` with every reason if it must not be printed."""
        reasons = missing(job.facts)
        files = {"main": _layouts()[f"{job.layout}.typ"], **_layouts()}
        for key, tree in job.trees.items():
            found, files[f"trees/{key}.json"] = self._read(tree)
            reasons += (f"{key}: {fault}" for fault in found)
        if reasons:
            raise Refused(job.name, reasons)
        files |= {f"images/{composed(name)}": image for name, image in job.images.items()}  # as the trees name them
        files["facts.json"] = _encoded({**job.facts, "paper": job.paper, "images": sorted(job.images)})
        return _Sheet(job.name, int(job.facts["timestamp"]), files)

    def _read(self, tree: Node) -> tuple[list[str], bytes]:
        """Faults and JSON of a tree, which is kept too: an id may be used again after its owner is gone."""
        if id(tree) not in self._seen:
            if len(self._seen) == TREES_KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[id(tree)] = (tree, faults(tree), _encoded(fitted(tree)))
        return self._seen[id(tree)][1:]


def _encoded(value: Any) -> bytes:
    return composed(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def _press(sheet: _Sheet) -> Pdf:
    files: Any = dict(sheet.files)  # the signature of `compile` does not name the mapping of files that it takes
    try:
        data, warnings = typst.compile_with_warnings(
            files,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=sheet.timestamp,
        )
    except RuntimeError as error:  # a TypstError is one; some damaged images raise a bare one
        hints = "; ".join(getattr(error, "hints", ()))
        raise Refused(sheet.name, [getattr(error, "message", str(error)) + (f" ({hints})" if hints else "")]) from None
    if warnings:  # some say that content was left out
        raise Refused(sheet.name, [warning.message for warning in warnings])
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
