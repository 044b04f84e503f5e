"""Changes in what is common to all meetings: agreements, care, how meetings are led, messages and forms.

In: settings and facilitation texts of two states. Out: `Change` values. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.changes.matching import matched
from builder.changes.places import Subject
from builder.changes.texts import ended, plain, quoted
from builder.changes.words import ASIDE, ON_PAPER, TONIGHT, Change
from builder.model.curriculum import Settings
from builder.model.facilitation import Facilitation, Form

_TEXTS = (
    ("pausing", "What to do when someone is hurt, under “How to pause”,", TONIGHT),
    ("late", "What to do after a late start", TONIGHT),
    ("early", "What to do when ten minutes are left", TONIGHT),
    ("latecomer", "What to do with latecomers", TONIGHT),
    ("parking", "What to do with parked questions", TONIGHT),
    ("short_notice", "The note “Only tonight?”", ON_PAPER),
    ("sign_in", "The text of the sign-in sheet", ON_PAPER),
    ("poster", "The note on the poster of agreements", ON_PAPER),
    ("certificate", "The note on the certificate", ON_PAPER),
)
_LISTS = (
    ("week_before", "A week before"),
    ("day_before", "The day before"),
    ("room", "In the room"),
    ("call", "On a call"),
    ("after", "After the meeting"),
)
_MESSAGE = (
    ("opening", "the opening"),
    ("parked", "the text on what was parked"),
    ("feedback", "the request for feedback"),
    ("support", "the text on support"),
    ("closing", "the closing"),
    ("after_last", "what comes after the last meeting"),
)


def agreement_changes(where: Subject, old: Settings, new: Settings) -> Iterator[Change]:
    """The changes in the agreements and in the care for people who are distressed."""
    agreements = matched(old.agreements, new.agreements)
    for at, agreement in enumerate(new.agreements, 1):
        here = where.at(agreement.id, "agreements")
        was = next((before for before, now in agreements.both if now is agreement), None)
        if was is None:
            yield here.change("added", f"New agreement {at}: {ended(plain(agreement.text), 60)}", TONIGHT)
        else:
            before = old.agreements.index(was) + 1
            name = f"Agreement {at}" + (f" (was {before})" if before != at else "")
            yield from here.text(name, was.text, agreement.text, TONIGHT)
    for was in agreements.removed:
        what = f"No longer an agreement: {ended(plain(was.text))}"
        yield where.at(was.id, "agreements").change("removed", what, TONIGHT)
    if agreements.moved:
        yield where.at("", "agreements").change("moved", "The agreements are in a different order.", ASIDE)
    yield from where.at("care", "care").text("What to do if someone is distressed", old.care, new.care, TONIGHT)


def facilitation_changes(where: Subject, old: Facilitation, new: Facilitation) -> Iterator[Change]:
    """The changes in how meetings are prepared, led and closed."""
    if old == new:
        return
    for key, name, weight in _TEXTS:
        yield from where.at(key, "leading").text(name, getattr(old, key), getattr(new, key), weight)
    for key, title in _LISTS:
        place, name = f"in the list “{title}”", f"*The entries of the list “{title}”"
        yield from where.at(key, "leading").list(place, name, getattr(old, key), getattr(new, key), ON_PAPER)
    for key, name in _MESSAGE:
        before, now = getattr(old.message, key), getattr(new.message, key)
        yield from where.at(key, "message").text(f"In the message to the group, {name}", before, now, ON_PAPER)
    yield from _forms(where.at("forms", "leading"), old.forms, new.forms)


def _forms(where: Subject, old: tuple[Form, ...], new: tuple[Form, ...]) -> Iterator[Change]:
    forms = matched(old, new)
    for was, form in forms.both:
        here, title = where.at(form.id), plain(form.title)
        if (called := plain(was.title)) != title:
            yield here.change("changed", f"The form {quoted(called)} is now called {ended(title)}", ON_PAPER)
        yield from here.text(f"The note on when the form {quoted(title)} is handed out", was.when, form.when, ON_PAPER)
        yield from here.text(f"The form {quoted(title)}", was.text, form.text, ON_PAPER)
    for form in forms.added:
        yield where.at(form.id).change("added", f"New form: {ended(plain(form.title))}", ON_PAPER)
    for was in forms.removed:
        yield where.at(was.id).change("removed", f"The form {quoted(plain(was.title))} is gone.", ON_PAPER)
