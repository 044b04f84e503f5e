"""A team's packet: its cover and calendar, and for each meeting its run sheet, guide and handout.

In: the sheets of a curriculum, a cohort, a team. Out: a `Job`. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import segno

from builder import clock, documents, prose
from builder.documents import Apparatus
from builder.press import Job, Node
from builder.printing.sheets import Sheets, facts, public_url, typographic
from builder.teams import Cohort, Meeting, Team


def packet_job(sheets: Sheets, cohort: Cohort, team: Team) -> Job:
    """One team's packet: cover, calendar, and for each meeting its run sheet, guide and handout."""
    apparatus = sheets.documents.apparatus
    trees = {"calendar": prose.tree(documents.calendar(apparatus, cohort, team))}
    meetings = []
    for number, meeting in enumerate(team.meetings, 1):
        run_sheet = f"run-sheet-{number}"
        head = prose.tree(documents.run_sheet(apparatus, team, meeting))
        trees[run_sheet] = {**head, "c": [*head["c"], *_agenda(apparatus, cohort, meeting)["c"]]}
        trees[f"guide-{meeting.module}"] = sheets.guide(meeting.module, cohort.file.meeting_minutes)
        trees[f"handout-{meeting.module}"] = sheets.handout(meeting.module)
        meetings.append(_meeting(sheets, number, meeting, run_sheet))
    held = sheets.held(trees.values())
    own = facts(sheets, "packet") | _cover(sheets, cohort, team)
    return Job(
        name=f"{cohort.id}/{team.id}/packet.pdf",
        layout="packet",
        facts=own | {"meetings": meetings, "blanks": sorted(held.blanks)},
        trees=trees,
        images=sheets.images_of(trees.values()),
        paper=sheets.paper,
    )


def _agenda(apparatus: Apparatus, cohort: Cohort, meeting: Meeting) -> Node:
    """A meeting's agenda in the hours of its day; while it has no start yet, its clock begins at 0:00."""
    module, plan = apparatus.curriculum.module(meeting.module), cohort.file.meeting_minutes
    tree = prose.tree(documents.agenda(apparatus, module, plan))  # once for all teams
    if meeting.start is None:
        return tree
    slots = clock.on_the_day(module, plan, meeting.start)
    return _at_hours(tree, iter([*(slot.clock for slot in slots), slots[-1].until]))


def _at_hours(node: Node, hours: Iterator[str]) -> Node:
    """Copy an agenda with these hours in its first column, in place of those of a clock that begins at 0:00."""
    if node["t"] == "tbody":
        return {**node, "c": [{**row, "c": [_saying(row["c"][0], hours), *row["c"][1:]]} for row in node["c"]]}
    return {**node, "c": [_at_hours(child, hours) if isinstance(child, dict) else child for child in node["c"]]}


def _saying(cell: Node, hours: Iterator[str]) -> Node:
    if isinstance(cell["c"][0], str):  # what this plan drops has no hour
        return cell
    return {**cell, "c": [{**cell["c"][0], "c": [next(hours)]}, *cell["c"][1:]]}


def _cover(sheets: Sheets, cohort: Cohort, team: Team) -> dict[str, Any]:
    url = public_url(sheets.documents)
    return {
        "title": f"Facilitator packet: {team.name}",
        "team": typographic(team.name),
        "cohort": cohort.file.name,
        "draft": prose.words(prose.tree(sheets.documents.apparatus.curriculum.settings.provenance)),
        "dates": f"{clock.day(cohort.file.start)} to {clock.day(cohort.file.end)}",
        "time_zone": cohort.file.time_zone,
        "facilitators": [person.name for person in team.facilitators],
        "facilitators_missing": max(0, 2 - len(team.facilitators)),  # a blank line prints for each
        "members": [person.name for person in team.members],
        "place": team.place,
        "link": team.link,
        "url": url,
        "qr": segno.make(url, error="m").svg_inline(scale=4, border=2) if url else None,
    }


def _meeting(sheets: Sheets, number: int, meeting: Meeting, run_sheet: str) -> dict[str, Any]:
    module = sheets.documents.apparatus.curriculum.module(meeting.module)
    title = typographic(module.file.short_title)
    return {
        "title": f"Meeting {number}: {title}",
        "number": number,
        "when": clock.when(meeting),
        "start": meeting.start.hour * 60 + meeting.start.minute if meeting.start else None,  # minutes after midnight
        "parts": [
            {"kind": "run-sheet", "title": title, "tree": run_sheet},
            {"kind": "guide", "title": title, "tree": f"guide-{module.id}"},
            {"kind": "handout", "title": title, "tree": f"handout-{module.id}"},
        ],
    }
