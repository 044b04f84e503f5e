"""What only a team's packet has: its calendar, and each meeting's run sheet in clock times. For the team only.

In: the curriculum, a cohort, a team. Out: Markdown, finished. Touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.dialect.escaping import inline, plain
from builder.documents.apparatus import Apparatus
from builder.documents.guides import sheet_of
from builder.documents.templating import fill
from builder.model import clock
from builder.model.cohorts import Cohort, Meeting, Team
from builder.model.curriculum import Module
from builder.words import Dates

_UNBROKEN = "\N{NO-BREAK SPACE}"
_BLANK = '<span class="blank"></span>'


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in the team's calendar."""

    number: int
    module: Module
    when: str | None
    moved: str | None  # when it was before
    cancelled: bool


def calendar(apparatus: Apparatus, cohort: Cohort, team: Team) -> str:
    """A team's meetings on one page, as Markdown."""
    dates = apparatus.words.dates
    rows = [
        Row(
            number,
            apparatus.curriculum.module(meeting.module),
            _whole(meeting, cohort.file.meeting_minutes, dates),
            dates.write_moment(before.date, before.start) if (before := meeting.moved_from) else None,
            meeting.cancelled,
        )
        for number, meeting in enumerate(team.meetings, 1)
    ]
    text = fill("calendar", apparatus.words, c=apparatus.curriculum, zone=cohort.zone_of(team), team=team, rows=rows)
    return apparatus.finish("packet.md", text, link_terms=False)


def _whole(meeting: Meeting, minutes: int, dates: Dates) -> str | None:
    """When a meeting begins and, if its start is known, when it ends; no line breaks within a time."""
    begins, ends = clock.when(meeting, dates, _UNBROKEN), clock.until(meeting, minutes, dates, _UNBROKEN)
    return dates.write_span(begins, ends) if begins and ends else begins


def run_sheet(apparatus: Apparatus, team: Team, meeting: Meeting) -> str:
    """The top of a meeting's run sheet, as Markdown: who, when and where."""
    planned = [each for _, each in team.taking_place]
    after = planned[planned.index(meeting) + 1 :]
    leaders = apparatus.curriculum.leaders
    people = [*(plain(person.name) for person in team.facilitators), *[_BLANK] * (leaders - len(team.facilitators))]
    head = fill(
        "run-sheet",
        apparatus.words,
        people=inline(apparatus.words.listed(people)),
        team=team,
        leaders=leaders,
        when=clock.when(meeting, apparatus.words.dates),
        next_when=clock.when(after[0], apparatus.words.dates) if after else "",
    )
    return apparatus.finish("packet.md", head, link_terms=False)


def agenda(apparatus: Apparatus, module: Module, plan: int) -> str:
    """The agenda of a run sheet, as Markdown, with a clock that begins at 0:00: the same for all teams."""
    text = fill("agenda", apparatus.words, **sheet_of(apparatus.curriculum, module, plan))
    return apparatus.finish("packet.md", text, link_terms=False)


def agreements(apparatus: Apparatus) -> str:
    """The agreements, as Markdown, to change and adopt: with room for what the group adds."""
    curriculum = apparatus.curriculum
    text = fill(
        "agreements", apparatus.words, agreements=curriculum.settings.agreements, poster=curriculum.facilitation.poster
    )
    return apparatus.finish("packet.md", text, link_terms=False)
