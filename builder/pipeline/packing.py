"""Packets: what teams have ordered is made from the edition that each cohort studies.

In: orders. Out: artifacts, cohort by cohort. Touches nothing itself; what it makes, others write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder.output import Artifact
from builder.packets.orders import Order, PacketFile, packet_files, packet_jobs
from builder.pipeline.curricula import Curricula
from builder.pipeline.making import typeset_all
from builder.pipeline.progress import Progress
from builder.pipeline.walls import judged
from builder.press import Paper, Pdf, Press
from builder.printing import Sheets


def make_packets(
    curricula: Curricula, orders: Sequence[Order], paper: Paper | None, press: Press, progress: Progress
) -> Iterator[tuple[Order, Iterator[Artifact]]]:
    """Make what is ordered, cohort by cohort; each file is made when it is needed, and not kept.

    Each cohort gets the edition that it names, as it was released, or else the curriculum in work.
    """
    studied = dict.fromkeys(order.cohort.file.edition for order in orders)
    builts = {edition: curricula.built(edition) for edition in studied}
    sheets = {edition: Sheets(built.documents, built.loaded.images, paper) for edition, built in builts.items()}
    wanted = [(order, tuple(packet_files(order, sheets[order.cohort.file.edition]))) for order in orders]
    jobs = packet_jobs(piece for _, each in wanted for piece in each)
    steps = sum(piece.job is not None for _, each in wanted for piece in each)
    pdfs = typeset_all(jobs, press, progress("Packets", steps))
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
