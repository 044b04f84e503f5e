"""Making: what was read becomes the site's stage and the packets of teams, set by a press of several processes.

In: `Built` values and orders. Out: `Stage`, artifacts. Touches nothing itself; what it makes, others write.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from builder import printing, site
from builder.output import Artifact
from builder.packets import orders as packing
from builder.packets.orders import Order, PacketFile, packet_files
from builder.pipeline.curricula import Curricula
from builder.pipeline.reading import Built, check_site
from builder.pipeline.walls import check_stage, judged
from builder.press import Ended, Job, Paper, Pdf, Press, Refused
from builder.printing import Offer, Sheets, how_many
from builder.problems import Place, Problem, Stopped
from builder.site import Print, Stage
from builder.sources.files import Reader

Progress = Callable[[str, int], Callable[[str], None]]
"""Told what begins and how many steps it has; answers what is called after each step with its name."""


def no_progress(_: str, __: int) -> Callable[[str], None]:
    """Tell nothing."""
    return lambda _: None


def workers() -> int:
    """How many processes to use: one for each processor, at most four."""
    return max(1, min(os.cpu_count() or 1, 4))


def press(*, alone: bool = False) -> Press:
    """Start the processes that set PDFs; or `alone`, for one PDF, use this one only."""
    return Press(0 if alone else workers())


def stage(built: Built, paper: Paper, press: Press | None, progress: Progress) -> Stage:
    """Compose the site's tree; with a press, make the PDFs that it offers."""
    prints: dict[str, list[Print]] = {}
    if press is not None:
        sheets = Sheets(built.documents, built.loaded.images, paper)
        offers: list[Offer] = []  # filled as the press, in a thread of its own, takes their jobs
        pdfs = _typeset(_noted(printing.offers(sheets), offers), press, progress("Prints", how_many(built.documents)))
        for number, pdf in enumerate(pdfs):
            prints.setdefault(offers[number].page, []).append(Print(offers[number].label, pdf))
    return site.stage(built.loaded, built.documents, prints)


def _noted(offers: Iterable[Offer], noted: list[Offer]) -> Iterator[Job]:
    for offer in offers:
        noted.append(offer)
        yield offer.job


def staged(built: Built, reader: Reader, paper: Paper, press: Press, progress: Progress) -> tuple[Artifact, ...]:
    """The stage as files: `docs/` with all assets, `overrides/` for the theme, and `mkdocs.yml` for any host."""
    config = check_site(reader.root)
    made = stage(built, paper, press, progress)
    check_stage(made, built.loaded.sources)
    files = {f"docs/{path}": Artifact(f"docs/{path}", data, made.sources[path]) for path, data in made.files.items()}
    for path in reader.files("docs/assets", None):
        if path not in files:  # images are there already, as they were taken in
            files[path] = Artifact(path, reader.data(path) or b"", (path,))
    for path, file in site.theme.assets().items():
        files.setdefault(f"docs/{path}", Artifact(f"docs/{path}", file.read_bytes(), ()))
    for path, file in site.theme.templates().items():
        files[f"overrides/{path}"] = Artifact(f"overrides/{path}", file.read_bytes(), ())
    text = site.configuration(config, made, built.loaded, "overrides")
    return (*files.values(), Artifact("mkdocs.yml", text.encode(), ("mkdocs.yml",)))


def packets(
    curricula: Curricula, orders: Sequence[Order], paper: Paper, press: Press, progress: Progress
) -> Iterator[tuple[Order, Iterator[Artifact]]]:
    """Make what is ordered, cohort by cohort; each file is made when it is asked for, and not kept.

    Each cohort gets the edition that it names, as it was released, and else the curriculum in work.
    """
    studied = dict.fromkeys(order.cohort.file.edition for order in orders)
    builts = {edition: curricula.built(edition) for edition in studied}
    sheets = {edition: Sheets(built.documents, built.loaded.images, paper) for edition, built in builts.items()}
    wanted = [(order, tuple(packet_files(order, sheets[order.cohort.file.edition]))) for order in orders]
    jobs = packing.packet_jobs(piece for _, each in wanted for piece in each)
    steps = sum(piece.job is not None for _, each in wanted for piece in each)
    pdfs = _typeset(jobs, press, progress("Packets", steps))
    for order, each in wanted:
        public = sorted(builts[order.cohort.file.edition].loaded.sources)
        yield order, _artifacts(each, pdfs, (order.cohort.path, *public))


def _artifacts(each: Iterable[PacketFile], pdfs: Iterator[Pdf], sources: tuple[str, ...]) -> Iterator[Artifact]:
    shared: dict[object, bytes] = {}
    for piece in each:
        if piece.data is not None:
            data = judged(piece.path, piece.data())
        elif piece.shared_key in shared:
            data = shared[piece.shared_key]
        else:
            data = next(pdfs).data
        if piece.shared_key is not None:
            shared[piece.shared_key] = data
        yield Artifact(piece.path, data, sources)


def _typeset(jobs: Iterable[Job], press: Press, on_done: Callable[[str], None]) -> Iterator[Pdf]:
    """Make the PDFs; what the press refuses, such as an image that it cannot read, is for an author to mend."""
    try:
        yield from press.each(jobs, on_done)
    except Refused as refused:
        place = Place(refused.name)
        raise Stopped([Problem(place, f"cannot be printed: {reason}") for reason in refused.reasons]) from refused
    except Ended as ended:
        raise Stopped.at(ended.name, f"cannot be printed: {ended.why}") from ended
