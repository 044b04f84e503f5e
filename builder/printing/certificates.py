"""Certificates of participation, for members who attended as many meetings as their cohort asks.

In: the sheets of a curriculum, a cohort, a team. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from builder import clock, prose
from builder.press import Job
from builder.printing.sheets import Sheets, facts, typographic
from builder.teams import Cohort, Meeting, Member, Team


def certified(cohort: Cohort, team: Team) -> Iterator[tuple[str, Member]]:
    """The members who get a certificate, each with the name of its file; none where the cohort has no such rule.

    Names stay as they are when somebody is added after them.
    """
    taken: set[str] = set()
    for number, member in enumerate(team.members, 1):
        slug = _slug(member.name) or f"member-{number}"
        name = slug if slug not in taken else f"{slug}-{number}"
        taken.add(name)
        needed = cohort.file.certificate_meetings
        if needed is not None and len(_attended(team, member)) >= needed:
            yield name, member


def certificate_job(sheets: Sheets, cohort: Cohort, team: Team, name: str, member: Member) -> Job:
    """One member's certificate."""
    curriculum = sheets.documents.apparatus.curriculum
    attended = _attended(team, member)
    own: dict[str, Any] = {
        "title": f"Certificate of participation: {member.name}",
        "name": typographic(member.name),
        "team": typographic(team.name),
        "cohort": typographic(cohort.file.name),
        "attended": len(attended),
        "held": len(team.meetings),
        "meetings": [
            {
                "title": typographic(curriculum.module(meeting.module).file.title),
                "day": clock.day(meeting.date) if meeting.date else None,
            }
            for meeting in attended
        ],
        "signing": [typographic(person.name) for person in team.facilitators] or ["For the program"],
        "note": prose.words(prose.tree(curriculum.facilitation.certificate)),
    }
    return Job(
        name=f"{cohort.id}/{team.id}/certificates/{name}.pdf",
        layout="certificate",
        facts=facts(sheets, "certificate") | own,
        trees={},
        images={},
        paper=sheets.paper,
    )


def _attended(team: Team, member: Member) -> list[Meeting]:
    return [meeting for meeting in team.meetings if meeting.key in member.attended]


def _slug(name: str) -> str:
    """A name in ASCII letters, for a file."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:60].strip("-")
