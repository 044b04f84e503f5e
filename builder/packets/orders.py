"""What organizers ask for and what each team gets: which files, in which order, and how each is made.

In: an `Order`. Out: `PacketFile` values, each a PDF to make or finished bytes; everything in them is secret.
Touches nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder import documents, printing
from builder.changes import Changes
from builder.model.cohorts import Cohort, Team
from builder.packets import calendars
from builder.press import Job
from builder.printing import Sheets

PARTS = printing.PARTS
"""Parts of a packet that can be made alone."""

KINDS = ("packet", *PARTS, "cards", "calendar", "follow-up", "certificates", "pairs", "overview")
"""What can be asked for by name."""

USUAL = tuple(kind for kind in KINDS if kind not in PARTS)
"""What is made when nothing is asked for by name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make for the chosen teams of a cohort."""

    cohort: Cohort
    teams: tuple[Team, ...]
    kinds: frozenset[str] = frozenset(USUAL)
    large: bool = False
    there: frozenset[str] = frozenset()  # files of earlier orders, by their paths in the cohort's folder
    changes: Changes | None = None  # since the edition that the teams printed before, if the packets show them

    @property
    def whole(self) -> bool:
        """Whether this is everything for a cohort, so that any other file is no longer made."""
        return self._is_for_all and self.kinds == frozenset(USUAL)

    @property
    def _is_for_all(self) -> bool:
        return self.teams == self.cohort.file.teams

    def covers(self, path: str) -> bool:
        """Whether a file in the cohort's folder is part of the order, and is removed if it is no longer made."""
        folder = path.partition("/")[0]
        if not self._is_for_all and folder not in {team.id for team in self.teams}:
            return False
        return self.kinds == frozenset(USUAL) or _kind_of(path) in self.kinds


def _kind_of(path: str) -> str:
    """The name by which a file in a cohort's folder is ordered, such as `packet` for `cedar/packet-large-print.pdf`."""
    folder, _, rest = path.partition("/")
    name = (rest if rest and folder != "pairs" else folder).partition("/")[0]
    stem = name.partition(".")[0].removesuffix("-large-print")
    return "overview" if stem == "index" else stem


@dataclass(frozen=True, slots=True)
class PacketFile:
    """One file, under the cohort's folder: a job for the press, or bytes. Those with one `shared_key` are the same."""

    path: str
    job: Callable[[], Job] | None = None
    data: Callable[[], bytes] | None = None
    shared_key: object = None


def packet_files(order: Order, sheets: Sheets) -> tuple[PacketFile, ...]:
    """All files of an order, and an overview that lists them and what else is there.

    An existing overview is also made again if a file that it links to is removed.
    """
    made = [*_of_teams(order, sheets)]
    for kind, making in _OF_ALL.items():
        made += making(order, sheets) if kind in order.kinds else ()
    gone = {path for path in order.there if order.covers(path)} - {piece.path for piece in made}
    if "overview" in order.kinds or (gone and "index.html" in order.there):
        files = _listed(order, made)
        made.append(PacketFile("index.html", data=lambda: _overview(order, sheets, files)))
    return tuple(made)


def packet_jobs(pieces: Iterable[PacketFile]) -> Iterator[Job]:
    """The jobs for the press, in order; of files with the same shared key, only the first."""
    begun: set[object] = set()
    for piece in pieces:
        if piece.job is not None and (piece.shared_key is None or piece.shared_key not in begun):
            begun.add(piece.shared_key)
            yield piece.job()


def _of_teams(order: Order, sheets: Sheets) -> Iterator[PacketFile]:
    for team in order.teams:
        for kind, making in _OF_A_TEAM.items():
            if kind in order.kinds and (team.joined is None or kind == "calendar"):  # which takes its meetings back
                yield from making(order, sheets, team)


def _printed(kind: str, order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    part = None if kind == "packet" else kind
    if part and not printing.has_part(sheets.documents.apparatus.curriculum, team, part):
        return
    job = functools.partial(printing.packet_job, sheets, order.cohort, team, part, order.changes)
    yield from _in_both(order, f"{team.id}/{kind}.pdf", job)


def _changes(order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    """A team's change sheet; none if nothing has changed on its printed pages."""
    if printing.team_changes(sheets, team, order.changes) is not None:
        yield from _printed("changes", order, sheets, team)


def _in_both(order: Order, path: str, job: Callable[[], Job]) -> Iterator[PacketFile]:
    """A PDF in the standard edition and, on request, in large print, which shows the other's page numbers."""
    yield PacketFile(path, job)
    if order.large:
        yield PacketFile(f"{path.removesuffix('.pdf')}-large-print.pdf", lambda: printing.in_large_print(job()))


def _cards(order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    """The cards of all modules on which a team meets; teams that meet on the same ones share them."""
    curriculum = sheets.documents.apparatus.curriculum
    met = dict.fromkeys(meeting.module for _, meeting in team.taking_place)
    ids = tuple(id for id in met if curriculum.module(id).file.questions)
    if ids:
        name = f"{order.cohort.id}/{team.id}/cards.pdf"
        job = functools.partial(printing.card_job, sheets, [curriculum.module(id) for id in ids], name)
        yield PacketFile(f"{team.id}/cards.pdf", job, shared_key=ids)


def _calendar(order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    curriculum = sheets.documents.apparatus.curriculum
    data = functools.partial(calendars.team_calendar, curriculum, order.cohort, team)
    yield PacketFile(f"{team.id}/calendar.ics", data=data)


def _messages(order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    for name, text in documents.messages(sheets.documents.apparatus, order.cohort, team):
        yield PacketFile(f"{team.id}/{name}", data=text.encode)


def _certificates(order: Order, sheets: Sheets, team: Team) -> Iterator[PacketFile]:
    for name, member in printing.recipients(order.cohort, team):
        job = functools.partial(printing.certificate_job, sheets, order.cohort, team, name, member)
        yield PacketFile(f"{team.id}/certificates/{name}.pdf", job)


def _pairs(order: Order, sheets: Sheets) -> Iterator[PacketFile]:
    if sheets.documents.conversations:
        for pair in order.cohort.file.pairs:
            for reader in printing.READERS:
                job = functools.partial(printing.pair_job, sheets, order.cohort, pair, reader)
                yield from _in_both(order, f"pairs/{pair.id}/{reader}.pdf", job)


def _whole_calendar(order: Order, sheets: Sheets) -> Iterator[PacketFile]:
    curriculum = sheets.documents.apparatus.curriculum
    yield PacketFile("calendar.ics", data=functools.partial(calendars.cohort_calendar, curriculum, order.cohort))


def _listed(order: Order, made: Sequence[PacketFile]) -> Mapping[str, tuple[str, ...]]:
    """The files of each team, and under an empty name those of the whole cohort."""
    teams = {team.id for team in order.cohort.file.teams}
    files: dict[str, tuple[str, ...]] = {}
    for path in sorted({*(piece.path for piece in made), *(path for path in order.there if not order.covers(path))}):
        folder = path.partition("/")[0]
        owner = folder if folder in teams else ""
        files[owner] = (*files.get(owner, ()), path)
    return files


def _overview(order: Order, sheets: Sheets, files: Mapping[str, tuple[str, ...]]) -> bytes:
    return documents.overview(sheets.documents.apparatus, order.cohort, files).encode()


_OF_A_TEAM: Mapping[str, Callable[[Order, Sheets, Team], Iterator[PacketFile]]] = {
    **{kind: functools.partial(_printed, kind) for kind in ("packet", *PARTS)},
    "changes": _changes,
    "cards": _cards,
    "calendar": _calendar,
    "follow-up": _messages,
    "certificates": _certificates,
}

_OF_ALL: Mapping[str, Callable[[Order, Sheets], Iterator[PacketFile]]] = {"calendar": _whole_calendar, "pairs": _pairs}
