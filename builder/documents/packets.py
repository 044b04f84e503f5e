"""What only a team's packet holds: its calendar, and each meeting's run sheet in clock times. For the team alone.

In: the curriculum, a cohort, a team. Out: Markdown, finished. Touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder import clock
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model import Cohort, Meeting, Module, Team


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in the team's calendar."""

    number: int
    module: Module
    when: str | None


def calendar(apparatus: Apparatus, cohort: Cohort, team: Team) -> str:
    """A team's meetings on one page."""
    rows = [
        Row(number, apparatus.curriculum.module(meeting.module), clock.when(meeting))
        for number, meeting in enumerate(team.meetings, 1)
    ]
    text = fill("calendar", c=apparatus.curriculum, cohort=cohort, team=team, rows=rows, where=_where(team))
    return apparatus.finish("packet.md", text, link_terms=False)


def _where(team: Team) -> list[str]:
    """Where a team meets: its place, its link, or both, since some of its people may sit in the room and some not."""
    return [at for at in (team.place, team.link) if at]


def run_sheet(apparatus: Apparatus, cohort: Cohort, team: Team, meeting: Meeting) -> tuple[str, str]:
    """One meeting's run sheet: who, when and where; and the agenda in clock times, alike for all that begin together.

    While the meeting has no start yet, its clock begins at 0:00.
    """
    after = team.meetings[team.meetings.index(meeting) + 1 :]
    module = apparatus.curriculum.module(meeting.module)
    plan = cohort.file.meeting_minutes
    slots = clock.on_the_day(module, plan, meeting.start) if meeting.start else clock.running(module, plan)
    head = fill(
        "run-sheet",
        where=_where(team),
        when=clock.when(meeting),
        next_when=clock.when(after[0]) if after else "",
        facilitators=team.facilitators,
    )
    agenda = fill("agenda", m=module, slots=slots)
    return (
        apparatus.finish("packet.md", head, link_terms=False),
        apparatus.finish("packet.md", agenda, link_terms=False),
    )
