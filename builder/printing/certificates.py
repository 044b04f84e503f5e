"""Certificates of participation, for members who attended as many meetings as their cohort asks.

In: the sheets of a curriculum, a cohort, a team. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from builder.model import filenames
from builder.model.cohorts import Cohort, Meeting, Member, Team
from builder.model.curriculum import Curriculum
from builder.press import Job
from builder.printing.facts import Attended, CertificateFacts
from builder.printing.sheets import Sheets, words_of
from builder.words import Words

_LISTED = 12
"""Up to this many meetings are listed one by one; more are summed up by module, to fit on one page."""


def recipients(cohort: Cohort, team: Team) -> Iterator[tuple[str, Member]]:
    """The members who earn a certificate, each with its file's name; none if the cohort has no such rule.

    A file's name stays the same when members are added after it.
    """
    taken: set[str] = set()
    for number, member in enumerate(team.members, 1):
        own = filenames.of_person(member.name)
        numbered = (f"{own or 'member'}-{n}" for n in itertools.count(number))
        possible = itertools.chain([] if filenames.fault_of_name(f"{own}.pdf") else [own], numbered)
        name = next(each for each in possible if each and each.casefold() not in taken)
        taken.add(name.casefold())
        needed = cohort.file.certificate_meetings
        if needed is not None and len(_attended(cohort, team, member)) >= needed:
            yield name, member


def certificate_job(sheets: Sheets, cohort: Cohort, team: Team, name: str, member: Member) -> Job:
    """One member's certificate."""
    curriculum = sheets.documents.apparatus.curriculum
    attended = _attended(cohort, team, member)
    meetings, teams = [each for _, each in attended], dict.fromkeys(with_whom.name for with_whom, _ in attended)
    words = sheets.words
    facts = CertificateFacts(
        **sheets.imprint(),
        title=words.say("prints.certificate", name=member.name),
        name=member.name,
        teams=words.listed([*teams] or [team.name]),
        team_count=len(teams) or 1,
        cohort=cohort.file.name,
        months=words.dates.write_months(cohort.file.start, cohort.file.end),
        attended=len(attended),
        planned=len(team.taking_place) if set(teams) <= {team.name} else None,
        meetings=tuple((_listed if len(attended) <= _LISTED else _by_module)(words, curriculum, meetings)),
        signing=tuple(person.name for person in team.facilitators) or (words.say("prints.for-the-program"),),
        note=words_of(curriculum.facilitation.certificate),
    )
    return sheets.job(f"{cohort.id}/{team.id}/certificates/{name}.pdf", facts, {})


def _attended(cohort: Cohort, team: Team, member: Member) -> list[tuple[Team, Meeting]]:
    """The meetings at which a member was, each with the team that met, in the order of their days."""
    names = {name if "/" in name else f"{team.id}/{name}" for name in member.attended}
    found = [
        (each, meeting)
        for each in cohort.file.teams
        for _, meeting in each.taking_place
        if f"{each.id}/{meeting.key}" in names
    ]
    return sorted(found, key=lambda one: one[1].date or cohort.file.end)


def _listed(words: Words, curriculum: Curriculum, attended: list[Meeting]) -> Iterator[Attended]:
    """Each meeting with its day."""
    for meeting in attended:
        title = curriculum.module(meeting.module).file.title
        yield Attended(title=title, days=words.dates.write_day(meeting.date) if meeting.date else None)


def _by_module(words: Words, curriculum: Curriculum, attended: list[Meeting]) -> Iterator[Attended]:
    """Each module with the number of its meetings and the first and last of their days."""
    for id in dict.fromkeys(meeting.module for meeting in attended):
        dates = sorted(meeting.date for meeting in attended if meeting.module == id and meeting.date)
        count = sum(1 for meeting in attended if meeting.module == id)
        days = [words.dates.write_day(date) for date in dict.fromkeys([*dates[:1], *dates[-1:]])]
        when = words.dates.write_span(*days) if len(days) > 1 else "".join(days)
        met = words.say("prints.met" if days else "prints.met-undated", count, when=when)
        yield Attended(title=curriculum.module(id).file.title, days=met)
