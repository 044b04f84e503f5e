"""The copies of one pair: the conversations, after a cover with both names.

In: the sheets of a curriculum, a cohort, a pair. Out: a `Job`. Touches nothing.
"""

from __future__ import annotations

from typing import Literal

from builder.model.cohorts import Cohort, Pair
from builder.press import Job
from builder.printing.facts import PairFacts
from builder.printing.sheets import Sheets

Reader = Literal["mentor", "student"]
READERS: tuple[Reader, ...] = ("mentor", "student")


def pair_job(sheets: Sheets, cohort: Cohort, pair: Pair, reader: Reader) -> Job:
    """The mentor's or the student's copy. The student's has nothing that only the mentor reads."""
    file = sheets.documents.apparatus.curriculum.conversations
    facts = PairFacts(
        **sheets.imprint(),
        title=sheets.words.say(f"prints.{reader}-of-pair", mentor=pair.mentor.name, student=pair.student.name),
        copy=sheets.words.say(f"prints.{reader}-copy"),
        mentor=pair.mentor.name,
        student=pair.student.name,
        cohort=cohort.file.name,
        conversations=tuple(talk.title for talk in file.conversations) if file else (),
    )
    return sheets.job(f"{cohort.id}/pairs/{pair.id}/{reader}.pdf", facts, {"copy": sheets.copy(reader)})
