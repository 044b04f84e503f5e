"""Rules of a cohort: its days and its time zone, its teams, its pairs, and who may be named in public.

In: a located file, its record if it is whole, and the modules and plans that there are. Out: problems and notices,
which are as secret as the cohort. Touches nothing.
"""

from __future__ import annotations

import re
import string
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.checking import zones
from builder.checking.rules.attendance import (
    Group,
    check_attendance,
    check_certificate,
    check_counted,
    check_ended,
    check_joined,
)
from builder.checking.rules.gatherings import Frame, Series, check_meetings, in_range, series
from builder.checking.rules.ids import unique
from builder.checking.rules.naming import check_names
from builder.model.cohorts import CohortFile, Member, Outline, Pair, Person, Team
from builder.problems import Place, Problems, in_words, near, shown
from builder.sources import schema
from builder.sources.yaml import Located

_SHORTEST = 3
"""Characters of a passcode; a shorter one is not searched for."""

_NOT_A_NAME = re.compile(r"[<>@;/|\[\]:&]|[0-9]{5}|\s[-\u2013\u2014]\s|\s(?:and|und|et)\s", re.IGNORECASE)
_DIGITS = 7
_NO_DIGITS = f"{string.ascii_letters}{string.punctuation}{string.whitespace}"

RESERVED = ("index", "pairs")
"""Names beside the teams' packets that a cohort uses for other files."""


@dataclass(frozen=True, slots=True)
class _Couple:
    """The needed fields of a pair."""

    id: str | None
    mentor: Person | None
    student: Person | None


def check_cohort(file: CohortFile | None, located: Located, studied: Outline | None, problems: Problems) -> None:
    """Report everything in a cohort that does not fit together or with what it studies, and mention what is missing.

    Args:
        file: The cohort's record; None if its file has a problem.
        located: The file as read.
        studied: The modules and plans of the edition that the teams study; None if they are not known.
        problems: Takes problems and notices.
    """
    frame = schema.partial(Frame, CohortFile, located, ())
    _days(frame, located, problems)
    _zone(frame.time_zone, located.place("time_zone"), problems)
    _plan(frame, studied, located, problems)
    teams = schema.partial_list(Group, Team, located, ("teams",), file.teams if file else None) or ()
    unique([team.id for team in teams], lambda at: located.place("teams", at, "id"), problems)
    each = [series(team.id, at, file, located) for at, team in enumerate(teams)]
    for at, (team, meetings) in enumerate(zip(teams, each, strict=True)):
        _team(team, meetings, studied, located.place("teams", at, "id"), problems)
        _zone(team.time_zone, located.place("teams", at, "time_zone"), problems)
        if meetings is not None:
            own = replace(frame, time_zone=team.time_zone or frame.time_zone)
            check_meetings(meetings, own, studied.modules if studied else None, located, problems)
            if team.joined is None:
                check_certificate(meetings, frame, located, problems)
    check_joined(teams, located, problems)
    check_attendance(teams, each, file, located, problems)
    check_ended(file, located, problems)
    check_counted(file, located, problems)
    _pairs(file, located, problems)
    _public(file, located, problems)
    _written_alone(file, located, problems)
    check_names(located, problems)


def _team(team: Group, meetings: Series | None, studied: Outline | None, here: Place, problems: Problems) -> None:
    if team.id in RESERVED:
        problems.add(here, f"a team cannot have the id {team.id!r} (a folder with that name has other things)")
    if team.joined is not None:
        return
    if meetings is not None and not meetings.slots:
        problems.notice(here, f"team {team.id!r} has no meetings yet")
    leaders = (studied.leaders if studied else None) or 1
    if team.facilitators is not None and len(team.facilitators) < leaders:
        lacking = "only one facilitator" if team.facilitators else "no facilitator"
        problems.notice(here, f"team {team.id!r} has {lacking} yet (a blank line prints)")


def _days(frame: Frame, located: Located, problems: Problems) -> None:
    if frame.start and frame.end and frame.end < frame.start:
        message = f"the cohort ends on {frame.end}, before it starts on {frame.start}"
        problems.add(located.place("end"), message)
    for key, day in (("start", frame.start), ("end", frame.end)):
        if day and not in_range(day):
            problems.add(located.place(key), f"{day} is out of range (years 2000 to 2100)")


def _plan(frame: Frame, studied: Outline | None, located: Located, problems: Problems) -> None:
    plans = studied.plans if studied else None
    if plans and frame.meeting_minutes is not None and frame.meeting_minutes not in plans:
        edition = f"in edition {frame.edition} " if frame.edition else ""
        message = (
            f"there is no {frame.meeting_minutes}-minute plan ({edition}meetings take {in_words(plans, 'or')} minutes)"
        )
        problems.add(located.place("meeting_minutes"), message)


def _zone(name: str | None, place: Place, problems: Problems) -> None:
    fault = zones.fault_of_zone(name) if name else None
    if fault:
        problems.add(place, fault)


def _pairs(file: CohortFile | None, located: Located, problems: Problems) -> None:
    pairs = schema.partial_list(_Couple, Pair, located, ("pairs",), file.pairs if file else None) or ()
    unique([pair.id for pair in pairs], lambda at: located.place("pairs", at, "id"), problems)
    for at, pair in enumerate(pairs):
        if pair.mentor and pair.student and _alike(pair.mentor.name, pair.student.name):
            message = f"mentor and student of pair {pair.id!r} have the same name (make the names different)"
            problems.add(located.place("pairs", at, "student", "name"), message)


def _written_alone(file: CohortFile | None, located: Located, problems: Problems) -> None:
    """Mention names with more than a name in them, and numbers too short to be searched for in what is public."""
    if file is None:
        return
    people: list[tuple[str, tuple[str | int, ...]]] = []
    for at, team in enumerate(file.teams):
        for role in ("facilitators", "members"):
            people += [(one.name, ("teams", at, role, nth, "name")) for nth, one in enumerate(getattr(team, role))]
        if team.phone and len(re.findall(r"[^\W_]", team.phone.lstrip(_NO_DIGITS))) < _DIGITS:
            hint = "it is not looked for in what is public: write it as people dial it"
            problems.notice(located.place("teams", at, "phone"), f"fewer than {_DIGITS} digits ({hint})")
    for at, pair in enumerate(file.pairs):
        people += [(getattr(pair, role).name, ("pairs", at, role, "name")) for role in ("mentor", "student")]
    for name, keys in people:
        if _NOT_A_NAME.search(name):
            hint = "what else is here may not be searched for in what is public"
            problems.notice(located.place(*keys), f"more than a name (write the name alone: {hint})")


def _public(file: CohortFile | None, located: Located, problems: Problems) -> None:
    """Report entries under `public` that are nothing of this cohort; only for a whole file."""
    if file is None:
        return
    known = {" ".join(value.casefold().split()): value for value in _values(file)}
    parts = {part.casefold() for text in (*known.values(), *_places(file)) for part in _parts(text)}
    for at, entry in enumerate(file.public):
        if " ".join(entry.casefold().split()) not in known and entry.casefold() not in parts:
            meant = near(entry, known.values())
            hint = (
                f"did you mean {meant!r}?" if meant else "write a name, an address, a link or a phone as in this file"
            )
            problems.add(located.place("public", at), f"nothing of this cohort is {shown(entry)} ({hint})")


def _values(file: CohortFile) -> Iterator[str]:
    """Everything in a cohort that may only be published if it is listed under `public`."""
    people: list[Person | Member] = [person for pair in file.pairs for person in (pair.mentor, pair.student)]
    for team in file.teams:
        people += [*team.facilitators, *team.members]
        yield from filter(None, (team.link, team.phone))
    for person in people:
        yield from filter(None, (person.name, person.email))


def _places(file: CohortFile) -> Iterator[str]:
    """Other texts, in which people write addresses and numbers too."""
    for team in file.teams:
        yield from filter(None, (team.name, team.place))


def _parts(text: str) -> Iterator[str]:
    """The parts of a text that are secret by themselves: addresses and links, passcodes, and numbers of meetings."""
    for parted in (r"[\s,;<>()]+", r"[\s,;?&=#/<>()]+"):
        yield from (part for part in re.split(parted, text) if len(part) >= _SHORTEST and re.search(r"\d|[@/]", part))
    yield from (value for _, value in urllib.parse.parse_qsl(text.partition("?")[2]))


def _alike(name: str, other: str) -> bool:
    return name.casefold().split() == other.casefold().split()
