"""What differs in the conversations of a pair, a mentor and a student.

In: the conversations of two states, which one may lack. Out: `Change` values. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.changes.matching import matched
from builder.changes.phrases import after, lasting
from builder.changes.places import Subject
from builder.changes.texts import ended, plain, quoted
from builder.changes.words import ASIDE, ON_PAPER, Change
from builder.model.conversations import Conversation, Conversations, Part, Sheet


def conversation_changes(where: Subject, old: Conversations | None, new: Conversations | None) -> Iterator[Change]:
    """All changes in one-to-one mentoring; all of them are in the printed copies."""
    if old == new:
        return
    here = where.at("conversations", "conversation")
    if old is None or new is None:
        kind, fate = ("added", "new") if new else ("removed", "gone")
        title = plain((new or old).title)  # type: ignore[union-attr]
        yield here.change(kind, f"The conversations of a pair are {fate}: {ended(title)}", ON_PAPER)  # type: ignore[arg-type]
        return
    if (called := plain(old.title)) != plain(new.title):
        what = f"The conversations {quoted(called)} are now called {ended(plain(new.title))}"
        yield here.change("changed", what, ON_PAPER)
    yield from here.text("The introduction to the conversations", old.introduction, new.introduction, ON_PAPER)
    yield from here.text("What mentors read about all conversations", old.mentor, new.mentor, ON_PAPER)
    yield from here.text("What students read about all conversations", old.student, new.student, ON_PAPER)
    yield from here.text("What leads mentors to their copy", old.to_mentor, new.to_mentor, ASIDE)
    yield from here.text("What leads students to their copy", old.to_student, new.to_student, ASIDE)
    yield from _each(here, old, new)


def _each(where: Subject, old: Conversations, new: Conversations) -> Iterator[Change]:
    entries = matched(old.conversations, new.conversations)
    was = {talk.id: before for before, talk in entries.both}
    for talk in new.conversations:
        here, name = where.at(talk.id), f"The conversation {quoted(plain(talk.title))}"
        place = after(talk, new.conversations, lambda each: quoted(plain(each.title)))
        if talk.id not in was:
            yield here.change("added", f"{name} is new. It comes {place}.", ON_PAPER)
            continue
        if talk in entries.moved:
            yield here.change("moved", f"{name} now comes {place}.", ON_PAPER)
        yield from _conversation(here, was[talk.id], talk)
    for before in entries.removed:
        what = f"The conversation {quoted(plain(before.title))} is gone."
        yield where.at(before.id).change("removed", what, ON_PAPER)


def _conversation(here: Subject, old: Conversation, new: Conversation) -> Iterator[Change]:
    if old == new:
        return
    title = quoted(plain(new.title))
    if (called := plain(old.title)) != plain(new.title):
        what = f"The conversation {quoted(called)} is now called {ended(plain(new.title))}"
        yield here.change("changed", what, ON_PAPER)
    if old.minutes != new.minutes:
        what = f"The conversation {title} takes {lasting(new.minutes)} instead of {old.minutes}."
        yield here.change("changed", what, ON_PAPER)
    for name, before, now in _texts(old, new):
        yield from here.text(f"Conversation {title}: {name}", before, now, ON_PAPER)
    for name, olds, news in (
        ("what a mentor listens for", old.mentor.listen_for, new.mentor.listen_for),
        ("what a mentor does not do", old.mentor.do_not, new.mentor.do_not),
    ):
        yield from here.together(f"Conversation {title}: {name}", olds, news, ON_PAPER)
    yield from _parts(here, title, old, new)
    yield from _sheet(here, title, old.sheet, new.sheet)


def _texts(old: Conversation, new: Conversation) -> Iterator[tuple[str, str, str]]:
    """The texts that every conversation has: a name, the old text and the new one."""
    yield "the promise", old.promise, new.promise
    yield "when it takes place", old.when, new.when
    yield "what the mentor does before", old.before.mentor, new.before.mentor
    yield "what the student does before", old.before.student, new.before.student
    yield "what it may cost the student", old.mentor.cost, new.mentor.cost
    yield "when and to whom the mentor refers", old.mentor.refer, new.mentor.refer
    yield "what the student reads", old.student, new.student
    yield "what is done after", old.after, new.after
    yield "what the mentor does if it is hard", old.if_it_is_hard, new.if_it_is_hard


def _parts(here: Subject, title: str, old: Conversation, new: Conversation) -> Iterator[Change]:
    entries = matched(old.parts, new.parts)
    was = {part.id: before for before, part in entries.both}
    for part in new.parts:
        name = f"Conversation {title}: the part {quoted(plain(part.title))}"
        place = after(part, new.parts, lambda each: quoted(plain(each.title)))
        if part.id not in was:
            yield here.change("added", f"{name} is new. It comes {place} and takes {lasting(part.minutes)}.", ON_PAPER)
            continue
        if part in entries.moved:
            yield here.change("moved", f"{name} now comes {place}.", ON_PAPER)
        yield from _part(here, name, was[part.id], part)
    for before in entries.removed:
        what = f"Conversation {title}: the part {quoted(plain(before.title))} is gone."
        yield here.change("removed", what, ON_PAPER)


def _part(here: Subject, name: str, old: Part, new: Part) -> Iterator[Change]:
    if plain(old.title) != plain(new.title):
        yield here.change("changed", f"{name} was called {ended(plain(old.title))}", ON_PAPER)
    if old.minutes != new.minutes:
        yield here.change("changed", f"{name} takes {lasting(new.minutes)} instead of {old.minutes}.", ON_PAPER)
    yield from here.text(name, old.together, new.together, ON_PAPER)
    yield from here.text(f"{name}, the mentor’s copy,", old.mentor, new.mentor, ON_PAPER)  # noqa: RUF001
    yield from here.text(f"{name}, the student’s copy,", old.student, new.student, ON_PAPER)  # noqa: RUF001


def _sheet(here: Subject, title: str, old: Sheet | None, new: Sheet | None) -> Iterator[Change]:
    name = f"The sheet of the conversation {title}"
    before, now = (f"## {sheet.title}\n\n{sheet.text}" if sheet else None for sheet in (old, new))
    yield from here.text(name, before, now, ON_PAPER)
