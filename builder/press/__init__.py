"""The press: trees and facts in, PDF bytes out.

In: jobs, each a layout with its facts, trees of text and images. Out: `Pdf` values, in the order of the jobs. Touches:
the layouts and fonts in this package, and processes of its own. No other room imports `typst`.

A job crosses into the typesetter as JSON and never as code, and is sealed: no files but those given, no packages, no
fonts of the machine, no clock. The same job gives the same bytes.
"""

from __future__ import annotations

import collections
import concurrent.futures
import functools
import importlib.resources
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

import typst

from builder.press.coverage import composed
from builder.press.fitting import fitted
from builder.press.jobs import Job, Node, Paper, Pdf, Refused, Setting, faults, missing
from builder.press.workers import Ended, Workers

__all__ = ["Ended", "Job", "Node", "Paper", "Pdf", "Press", "Refused", "faults", "typeset"]

STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""Archivable and accessible: the typesetter itself refuses what breaks their rules."""

MEMORY_FOR_ALL_WORKERS = 1_000_000_000
"""Bytes for all workers together."""

WORKER_BASE_BYTES, BYTES_KEPT_PER_INPUT_BYTE = 145_000_000, 304
"""Bytes that a worker needs at first, and keeps for each byte of input: measured as some 165 MB for a packet."""

TYPST_CACHE_GENERATIONS = 10
"""After this many more documents the typesetter drops what it has cached for one."""

ENCODED_TREES_KEPT = 256
"""How many trees stay encoded: those of a module are used for every team, those of a team only once."""


class Press:
    """Processes that set documents; they start at once, so that they are ready for the first job.

    Args:
        workers: How many processes. With 0, jobs are set in this process, which is faster for one or two.
    """

    def __init__(self, workers: int) -> None:
        self._desk = _Desk()
        self._closed = False
        self._ahead = 2 * workers  # jobs that are begun, so that no worker waits for the next one
        self._workers = Workers(workers, functools.partial(_begin, MEMORY_FOR_ALL_WORKERS // max(1, workers)), _press)
        self._threads = concurrent.futures.ThreadPoolExecutor(max(1, workers))  # each waits for one worker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take no more jobs, and end the processes."""
        self._closed = True
        self._workers.end()
        self._threads.shutdown(cancel_futures=True)

    def each(self, jobs: Iterable[Job], on_done: Callable[[str], None] = lambda _: None) -> Iterator[Pdf]:
        """Make all PDFs, in the order of the jobs.

        Jobs are taken as they are needed and PDFs are not kept, so a thousand packets need little more memory than ten.

        Args:
            jobs: The jobs.
            on_done: Called with the name of each finished job.

        Raises:
            Refused: At the first job that must not be printed, with every reason.
            Ended: A worker's process ended.
            CancelledError: Another thread closed the press meanwhile.
        """
        in_hand: collections.deque[concurrent.futures.Future[Pdf]] = collections.deque()
        for job in jobs:
            self._go_on()
            in_hand.append(self._begin(job))
            if len(in_hand) > self._ahead:
                yield self._finish(in_hand, on_done)
        while in_hand:
            yield self._finish(in_hand, on_done)
        self._go_on()

    def _begin(self, job: Job) -> concurrent.futures.Future[Pdf]:
        """Begin a job, with a worker if there is one; a fault that is found before is raised in its turn too."""
        done: concurrent.futures.Future[Pdf] = concurrent.futures.Future()
        try:
            sheet = self._desk.lay_out(job)
            if self._ahead:
                return self._threads.submit(self._workers.do, sheet.name, sheet)
            done.set_result(_press(sheet))
        except Refused as refused:
            done.set_exception(refused)
        return done

    def _finish(
        self, in_hand: collections.deque[concurrent.futures.Future[Pdf]], on_done: Callable[[str], None]
    ) -> Pdf:
        try:
            pdf = in_hand.popleft().result()
        except Ended:
            self._go_on()  # it was this press that ended them
            raise
        self._go_on()
        on_done(pdf.name)
        return pdf

    def _go_on(self) -> None:
        if self._closed:
            raise concurrent.futures.CancelledError


def typeset(job: Job) -> Pdf:
    """Make one PDF in this process.

    Raises:
        Refused: The job must not be printed; with every reason.
    """
    with Press(0) as press:
        return next(press.each([job]))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A job checked and encoded: every file that the typesetter will see, by its name there."""

    name: str
    timestamp: int
    files: Mapping[str, bytes]
    standard: bytes | None = None  # of large print: the facts by which the same files make the standard edition


class _Desk:
    """Lays jobs out: checks and encodes each tree once, however many jobs share it."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Node, list[str], bytes]] = {}

    def lay_out(self, job: Job) -> _Sheet:
        """Check a job and gather its files. Raises `Refused` with every reason if it must not be printed."""
        reasons = missing(job.facts)
        files = {"main": _layouts()[job.layout]} | _shared()
        for key, tree in job.trees.items():
            found, files[f"trees/{key}.json"] = self._read(tree)
            reasons += (f"{key}: {fault}" for fault in found)
        if reasons:
            raise Refused(job.name, reasons)
        files |= {f"images/{composed(name)}": image for name, image in job.images.items()}  # as the trees name them
        setting = Setting(job.paper, tuple(sorted(job.images)), job.large)
        plainly = replace(setting, large=False, located=True)
        files["facts.json"] = _encoded({**job.facts, **asdict(setting)})
        standard = _encoded({**job.facts, **asdict(plainly)}) if job.large else None
        return _Sheet(job.name, int(job.facts["timestamp"]), files, standard)

    def _read(self, tree: Node) -> tuple[list[str], bytes]:
        """Faults and JSON of a tree, which is kept too, because Python may reuse the id of a value that is gone."""
        if id(tree) not in self._seen:
            if len(self._seen) == ENCODED_TREES_KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[id(tree)] = (tree, faults(tree), _encoded(fitted(tree)))
        return self._seen[id(tree)][1:]


def _encoded(value: Any) -> bytes:
    return composed(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


class _Worker:
    """The state of this process: only a count of the memory that the typesetter uses for its cache."""

    def __init__(self) -> None:
        self.share = MEMORY_FOR_ALL_WORKERS
        self.kept = WORKER_BASE_BYTES

    def make_room(self, sheet: _Sheet) -> None:
        """Empty the cache before a sheet that would take more memory than this process may have."""
        more = BYTES_KEPT_PER_INPUT_BYTE * sum(map(len, sheet.files.values()))
        if self.kept + more > self.share:
            nothing: Any = {"main": b""}
            for _ in range(TYPST_CACHE_GENERATIONS + 1):
                typst.compile(nothing, font_paths=_fonts(), ignore_system_fonts=True)
            self.kept = WORKER_BASE_BYTES
        self.kept += more


_this = _Worker()


def _begin(share: int) -> None:
    """Make a new worker ready, while the sources are still being read."""
    _this.share = share
    _fonts()


def _press(sheet: _Sheet) -> Pdf:
    _this.make_room(sheet)
    files: Any = dict(sheet.files)  # the signature of `compile` does not name the mapping of files that it takes
    try:
        files["pages.json"] = _encoded(_page_starts(sheet) if sheet.standard else {})
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


def _page_starts(sheet: _Sheet) -> dict[str, int]:
    """Where each page of the standard edition begins: the first place on it, as its layout names it, and its number."""
    files: Any = {**sheet.files, "facts.json": sheet.standard, "pages.json": b"{}"}
    options: Any = {"font_paths": _fonts(), "ignore_system_fonts": True}
    places = json.loads(typst.query(files, "<places>", field="value", one=True, **options))
    found: dict[str, int] = {}
    for place, page in places:
        if page not in found.values():
            found[place] = page
    return found


def _pages(data: bytes) -> int:
    """Read the number of pages from the metadata, which PDF/A keeps in plain text."""
    found = re.search(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", data)
    if found is None:
        raise RuntimeError("the typesetter no longer writes the number of pages into the metadata")
    return int(found[1])


@functools.cache
def _layouts() -> dict[str, bytes]:
    """Every layout by its name."""
    here = importlib.resources.files("builder.press").joinpath("layouts")
    return {file.name.removesuffix(".typ"): file.read_bytes() for file in here.iterdir() if file.name.endswith(".typ")}


@functools.cache
def _shared() -> dict[str, bytes]:
    """What all layouts import: the typesetter reads all that it is given, so no job is given another's layout."""
    here = importlib.resources.files("builder.press").joinpath("layouts/shared")
    return {f"shared/{file.name}": file.read_bytes() for file in here.iterdir() if file.name.endswith(".typ")}


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts in this package, and those in the typesetter."""
    with importlib.resources.as_file(importlib.resources.files("builder.press").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
