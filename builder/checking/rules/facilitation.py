"""Rules of leading meetings: forms with ids of their own, and what is cut when a meeting begins late.

In: located files, and their records if they are whole. Out: problems with their places. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.checking.rules.agendas import Timed, plan_name
from builder.checking.rules.ids import Named, unique
from builder.model.curriculum import ModuleFile, Shortened
from builder.model.facilitation import Facilitation, Form
from builder.problems import Problems, nearest
from builder.sources import schema
from builder.sources.yaml import Located

LATE = 10
"""Minutes by which a meeting begins late; what is cut must save as many."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The needed fields of a cut; None means that a field cannot be read."""

    activity: str | None
    minutes: int | None


def check_facilitation(file: Facilitation | None, located: Located, problems: Problems) -> None:
    """Report ids that two forms share."""
    forms = schema.partial_list(Named, Form, located, ("forms",), file.forms if file else None) or ()
    unique([form.id for form in forms], lambda at: located.place("forms", at, "id"), problems)


def check_late(
    file: ModuleFile | None, agenda: Sequence[Timed], plans: Sequence[int], located: Located, problems: Problems
) -> None:
    """Report cuts of unknown activities, cuts that lengthen or end one, and cuts that do not save ten minutes."""
    cuts = schema.partial_list(_Cut, Shortened, located, ("late",), file.late if file else None) or ()
    unique([cut.activity for cut in cuts], lambda at: located.place("late", at, "activity"), problems)
    if not cuts or not plans or any(activity.id is None or activity.minutes is None for activity in agenda):
        return
    longest = max(plans)
    lengths = {each.id: each.minutes.get(longest, 0) for each in agenda if each.id and each.minutes}
    kinds = {each.id: each.kind for each in agenda}
    saved = 0
    for at, cut in enumerate(cuts):
        if cut.activity is None or cut.minutes is None:
            return  # the saved minutes are not known
        if cut.activity not in lengths:
            message = f"unknown activity {cut.activity!r} ({nearest(cut.activity, lengths)})"
            problems.add(located.place("late", at, "activity"), message)
            return
        length = lengths[cut.activity]
        saved += length - cut.minutes
        if cut.minutes >= length:
            message = f"{cut.minutes} minutes save nothing ({plan_name(longest, plans)} gives it {length})"
            problems.add(located.place("late", at, "minutes"), message)
        elif cut.minutes == 0 and kinds[cut.activity] == "closing":
            problems.add(located.place("late", at, "minutes"), "the closing is never dropped (at least 1)")
    if saved != LATE:
        problems.add(located.key("late"), f"this saves {saved} minutes (a late start needs {LATE})")
