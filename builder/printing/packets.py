"""A team's packet: cover, calendar, what changed, each meeting's run sheet, guide and handout, then what is copied.

In: the sheets of a curriculum, a cohort, a team. Out: a `Job`, of the whole packet or of one of its parts. Touches
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import segno

from builder import dialect, documents
from builder.changes import Changes
from builder.documents import Apparatus
from builder.model import clock
from builder.model.cohorts import Cohort, Meeting, Team
from builder.model.curriculum import Curriculum
from builder.press import Job, Node
from builder.printing.changes import change_facts
from builder.printing.facts import ChangeSheet, Cover, MeetingParts, PacketFacts, Part
from builder.printing.masters import Masters, add_masters
from builder.printing.sheets import Sheets

PARTS = ("changes", "run-sheet", "guide", "handout", "sign-in", "evaluation", "agreements")
"""The parts of a packet, in order, after its calendar: what changed since an older edition, on request; then three
parts for each meeting; the others once."""

_OfMeeting = Literal["run-sheet", "guide", "handout"]


def packet_job(
    sheets: Sheets, cohort: Cohort, team: Team, part: str | None = None, changes: Changes | None = None
) -> Job:
    """One team's packet or, if `part` names one of `PARTS`, only that part, without cover and contents."""
    apparatus = sheets.documents.apparatus
    parts = PARTS if part is None else (part,)
    made, meetings = Masters(), []
    if part is None:
        made.trees["calendar"] = dialect.tree(documents.calendar(apparatus, cohort, team))
    for number, meeting in team.taking_place:
        named = {kind: name for kind, name in _names(apparatus, number, meeting).items() if kind in parts}
        made.trees |= {name: _tree_of(sheets, cohort, team, meeting, kind) for kind, name in named.items()}
        meetings.append(_meeting(sheets, number, meeting, named))
    if team.taking_place:  # a team without them needs none of the rest yet
        add_masters(made, sheets, team, parts)
    facts = PacketFacts(
        **sheets.imprint(),
        title=sheets.words.say(f"prints.{part or 'packet'}-of", team=team.name),
        team=team.name,
        cover=_cover(sheets, cohort, team) if part is None else None,
        meetings=tuple(meetings),
        cards=any(apparatus.curriculum.module(each.module).file.questions for _, each in team.taking_place),
        after=tuple(made.after),
        blanks=tuple(sorted(sheets.contents(made.trees.values()).blanks)),
        changes=team_changes(sheets, team, changes) if "changes" in parts else None,
    )
    return sheets.job(f"{cohort.id}/{team.id}/{part or 'packet'}.pdf", facts, made.trees)


def has_part(curriculum: Curriculum, team: Team, part: str) -> bool:
    """Whether a team's packet has one of `PARTS`; changes are another question, see `team_changes`."""
    modules = [curriculum.module(meeting.module) for _, meeting in team.taking_place]
    parts = {
        "run-sheet": modules,
        "guide": modules,
        "handout": [module for module in modules if module.handouts],
        "sign-in": curriculum.facilitation.sign_in,
        "evaluation": curriculum.facilitation.forms,
        "agreements": curriculum.settings.agreements,
    }
    return bool(parts.get(part, True))


def team_changes(sheets: Sheets, team: Team, changes: Changes | None) -> ChangeSheet | None:
    """A team's change sheet: changes in the modules on which it meets; None if none is on their printed pages."""
    modules = {meeting.module for _, meeting in team.taking_place}
    return change_facts(sheets, changes, modules) if modules else None


def _names(apparatus: Apparatus, number: int, meeting: Meeting) -> dict[_OfMeeting, str]:
    """Names of the trees of a meeting's parts; two meetings on one module share what is not of one day."""
    names: dict[_OfMeeting, str] = {"run-sheet": f"run-sheet-{number}", "guide": f"guide-{meeting.module}"}
    if apparatus.curriculum.module(meeting.module).handouts:
        names["handout"] = f"handout-{meeting.module}"
    return names


def _tree_of(sheets: Sheets, cohort: Cohort, team: Team, meeting: Meeting, kind: str) -> Node:
    if kind == "guide":
        return sheets.guide(meeting.module, cohort.file.meeting_minutes)
    if kind == "handout":
        return sheets.page("handout", meeting.module)
    head = dialect.tree(documents.run_sheet(sheets.documents.apparatus, team, meeting))
    return {**head, "c": [*head["c"], *_agenda(sheets.documents.apparatus, cohort, meeting)["c"]]}


def _meeting(sheets: Sheets, number: int, meeting: Meeting, named: Mapping[_OfMeeting, str]) -> MeetingParts:
    title = sheets.documents.apparatus.curriculum.module(meeting.module).file.short_title
    return MeetingParts(
        title=sheets.words.say("prints.meeting", number=number, title=title),
        number=number,
        start=meeting.start.hour * 60 + meeting.start.minute if meeting.start else None,
        parts=tuple(Part(kind=kind, title=title, tree=name) for kind, name in named.items()),
    )


def _agenda(apparatus: Apparatus, cohort: Cohort, meeting: Meeting) -> Node:
    """A meeting's agenda with clock times; without a start, its clock begins at 0:00."""
    module, plan = apparatus.curriculum.module(meeting.module), cohort.file.meeting_minutes
    tree = dialect.tree(documents.agenda(apparatus, module, plan))  # once for all teams
    if meeting.start is None:
        return tree
    slots = clock.on_the_day(module, plan, meeting.start, apparatus.words.dates)
    return _at_hours(tree, iter([*(slot.clock for slot in slots), slots[-1].until]))


def _at_hours(node: Node, hours: Iterator[str]) -> Node:
    """Copy an agenda with other times in place of those of a clock that begins at 0:00."""
    if "time" in dialect.classes(node):
        return {**node, "c": [next(hours)]}
    return {**node, "c": [_at_hours(child, hours) if isinstance(child, dict) else child for child in node["c"]]}


def _cover(sheets: Sheets, cohort: Cohort, team: Team) -> Cover:
    apparatus = sheets.documents.apparatus
    settings, dates = apparatus.curriculum.settings, sheets.words.dates
    return Cover(
        subtitle=settings.subtitle,
        cohort=cohort.file.name,
        dates=dates.write_span(dates.write_day(cohort.file.start), dates.write_day(cohort.file.end)),
        time_zone=cohort.zone_of(team),
        facilitators=tuple(person.name for person in team.facilitators),
        facilitators_missing=max(0, apparatus.curriculum.leaders - len(team.facilitators)),
        members=tuple(person.name for person in team.members),
        place=team.place,
        link=team.link,
        phone=team.phone,
        url=settings.address,
        qr=segno.make(settings.address, error="m").svg_inline(scale=4, border=2) if settings.address else None,
    )
