"""What organizers ask for and what each team gets: which files, in which order, and from where each comes.

In: an `Order`. Out: `Piece` values, each a PDF to be made or bytes that are there; everything in them is secret.
Touches nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder import calendars, documents, printing
from builder.press import Job
from builder.printing import Sheets
from builder.teams import Cohort, Team

PARTS = printing.PARTS
"""Parts of a packet that can be made alone."""

KINDS = ("packet", *PARTS, "cards", "calendar", "certificates", "pairs", "overview")
"""What can be asked for by name."""

USUAL = tuple(kind for kind in KINDS if kind not in PARTS)
"""What is made when nothing is asked for by name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made for the chosen teams of a cohort."""

    cohort: Cohort
    teams: tuple[Team, ...]
    kinds: frozenset[str] = frozenset(USUAL)
    large: bool = False
    there: frozenset[str] = frozenset()  # files of earlier orders that stay, by their paths in the cohort's folder

    @property
    def whole(self) -> bool:
        """Whether this is all that a cohort has, so that what is not in it is no longer made."""
        return self.teams == self.cohort.file.teams and self.kinds == frozenset(USUAL)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, under the cohort's folder: a job for the press, or bytes. Those of one `stock` are the same bytes."""

    path: str
    job: Callable[[], Job] | None = None
    data: Callable[[], bytes] | None = None
    stock: object = None


def pieces(order: Order, sheets: Sheets) -> tuple[Piece, ...]:
    """Everything that an order asks for; the overview lists it, and what else is there."""
    made = tuple(_pieces(order, sheets))
    if "overview" not in order.kinds:
        return made
    known = {piece.path for piece in made} | (frozenset() if order.whole else order.there)
    files: dict[str, list[str]] = {}
    teams = {team.id for team in order.cohort.file.teams}
    for path in sorted(known):
        folder = path.partition("/")[0]
        files.setdefault(folder if folder in teams else "", []).append(path)
    return (*made, Piece("index.html", data=functools.partial(_overview, order, sheets, files)))


def _overview(order: Order, sheets: Sheets, files: Mapping[str, Sequence[str]]) -> bytes:
    listed = {team: tuple(paths) for team, paths in files.items()}
    return documents.overview(sheets.documents.apparatus, order.cohort, listed).encode()


def _pieces(order: Order, sheets: Sheets) -> Iterator[Piece]:
    curriculum, cohort = sheets.documents.apparatus.curriculum, order.cohort
    for team in order.teams:
        yield from _printed(order, sheets, team)
        if "cards" in order.kinds and team.meetings:
            yield _cards(order, sheets, team)
        if "certificates" in order.kinds:
            for name, member in printing.certified(cohort, team):
                job = functools.partial(printing.certificate_job, sheets, cohort, team, name, member)
                yield Piece(f"{team.id}/certificates/{name}.pdf", job)
        if "calendar" in order.kinds:
            data = functools.partial(calendars.team_calendar, curriculum, cohort, team)
            yield Piece(f"{team.id}/calendar.ics", data=data)
    if "pairs" in order.kinds:
        for pair, reader in ((pair, reader) for pair in cohort.file.pairs for reader in printing.READERS):
            path = f"pairs/{pair.id}/{reader}.pdf"
            yield from _in_both(order, path, functools.partial(printing.pair_job, sheets, cohort, pair, reader))
    if "calendar" in order.kinds:
        yield Piece("calendar.ics", data=functools.partial(calendars.cohort_calendar, curriculum, cohort))


def _printed(order: Order, sheets: Sheets, team: Team) -> Iterator[Piece]:
    """The packet of a team or parts of it; in large print beside the standard edition, whose pages it names."""
    for kind in ("packet", *PARTS):
        if kind in order.kinds:
            job = functools.partial(printing.packet_job, sheets, order.cohort, team, None if kind == "packet" else kind)
            yield from _in_both(order, f"{team.id}/{kind}.pdf", job)


def _in_both(order: Order, path: str, job: Callable[[], Job]) -> Iterator[Piece]:
    """A PDF in the standard edition and, if it is wished, in large print."""
    yield Piece(path, job)
    if order.large:
        yield Piece(f"{path.removesuffix('.pdf')}-large-print.pdf", functools.partial(_large, job))


def _cards(order: Order, sheets: Sheets, team: Team) -> Piece:
    """The cards of all modules on which a team meets; teams that meet on the same ones share them."""
    curriculum = sheets.documents.apparatus.curriculum
    ids = tuple(dict.fromkeys(meeting.module for meeting in team.meetings))
    name = f"{order.cohort.id}/{team.id}/cards.pdf"
    job = functools.partial(printing.card_job, sheets, [curriculum.module(id) for id in ids], name)
    return Piece(f"{team.id}/cards.pdf", job, stock=ids)


def _large(job: Callable[[], Job]) -> Job:
    return printing.in_large_print(job())


def jobs(pieces: Iterable[Piece]) -> Iterator[Job]:
    """What the press has to make, in order; of a stock the first alone."""
    seen: set[object] = set()
    for piece in pieces:
        if piece.job is not None and (piece.stock is None or piece.stock not in seen):
            seen.add(piece.stock)
            yield piece.job()
