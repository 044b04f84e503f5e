"""The copies of one pair: the conversations behind a cover with both names.

In: the sheets of a curriculum, a cohort, a pair. Out: a `Job`. Touches nothing.
"""

from __future__ import annotations

from typing import Any, Literal

from builder.model.cohorts import Cohort, Pair
from builder.press import Job
from builder.printing.sheets import Sheets, facts, typographic

Reader = Literal["mentor", "student"]
READERS: tuple[Reader, ...] = ("mentor", "student")


def pair_job(sheets: Sheets, cohort: Cohort, pair: Pair, reader: Reader) -> Job:
    """The mentor's or the student's copy. The student's holds nothing that is the mentor's alone."""
    tree = sheets.copy(reader)
    file = sheets.documents.apparatus.curriculum.conversations
    kind = typographic(f"{reader.capitalize()}'s copy")
    own: dict[str, Any] = {
        "title": typographic(f"One to one: {pair.mentor.name} and {pair.student.name}, {reader}'s copy"),
        "copy": kind,
        "mentor": typographic(pair.mentor.name),
        "student": typographic(pair.student.name),
        "cohort": typographic(cohort.file.name),
        "conversations": [typographic(talk.title) for talk in file.conversations] if file else [],
    }
    return Job(
        name=f"{cohort.id}/pairs/{pair.id}/{reader}.pdf",
        layout="pair",
        facts=facts(sheets, "pair") | own,
        trees={"copy": tree},
        images=sheets.images_of([tree]),
        paper=sheets.paper,
    )
