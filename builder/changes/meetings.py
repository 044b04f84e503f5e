"""Changes in a module's meeting: its agenda, with the questions in it, and what is cut when it begins late.

In: a module of two states, and which question is which. Out: `Change` values as the meeting goes. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.changes.matching import Questions, matched
from builder.changes.phrases import after, lasting
from builder.changes.places import Plans, Subject
from builder.changes.questions import changed_questions
from builder.changes.texts import ended, plain, quoted
from builder.changes.words import ON_PAPER, TONIGHT, Change
from builder.model.curriculum import Activity, Module
from builder.problems import in_words

_LEADS = {"A": "A", "B": "B", "AB": "A and B together"}


def meeting(where: Subject, old: Module, new: Module, questions: Questions) -> Iterator[Change]:
    """All changes in a meeting: in each activity, and in its questions."""
    by_question = dict(changed_questions(where, old, new, questions))
    agenda = matched(old.file.agenda, new.file.agenda)
    was = {entry.id: before for before, entry in agenda.both}
    gone = {old.file.agenda.index(entry): entry for entry in agenda.removed}
    for at, activity in enumerate(new.file.agenda):
        if at in gone:
            yield _gone(where, gone.pop(at))
        before = was.get(activity.id)
        if before is None:
            yield _added(where, new, activity)
        else:
            if activity in agenda.moved:
                yield where.at(activity.id).change(
                    "moved", f"{_name(activity)} now comes {_place(new, activity)}.", TONIGHT
                )
            yield from _activity(where.at(activity.id), before, activity)
            yield from _asked(where.at(activity.id), before, activity, new, questions)
        for id in activity.questions:
            yield from by_question.pop(id, ())
    for entry in gone.values():
        yield _gone(where, entry)
    for changes in by_question.values():
        yield from changes
    yield from _late(where, old, new)


def _name(activity: Activity) -> str:
    return f"Activity {quoted(plain(activity.title))}"


def _place(module: Module, activity: Activity) -> str:
    return after(activity, module.file.agenda, lambda each: quoted(plain(each.title)))


def _gone(where: Subject, old: Activity) -> Change:
    return where.at(old.id).change("removed", f"{_name(old)} is gone.", TONIGHT)


def _added(where: Subject, module: Module, new: Activity) -> Change:
    lengths = [(where.plans.name(plan), new.minutes.get(plan, 0)) for plan in where.plans.now]
    given = [lasting(length) + (f" in the {plan}" if plan else "") for plan, length in lengths if length]
    takes = f" and takes {in_words(given)}" if given else ""
    return where.at(new.id).change("added", f"{_name(new)} is new. It comes {_place(module, new)}{takes}.", TONIGHT)


def _activity(here: Subject, old: Activity, new: Activity) -> Iterator[Change]:
    if old == new:
        return
    name = _name(new)
    if (called := plain(old.title)) != plain(new.title):
        yield here.change("changed", f"Activity {quoted(called)} is now called {ended(plain(new.title))}", ON_PAPER)
    if what := _minutes(name, old, new, here.plans):
        yield here.change("changed", what, TONIGHT)
    if old.lead != new.lead:
        what = f"{name} is led by {_LEADS[new.lead]} instead of {_LEADS[old.lead]}."
        yield here.change("changed", what, TONIGHT)
    of = f"{name[0].lower()}{name[1:]}"
    yield from here.list(
        f"in what to have ready for {of}", f"*The things to have ready for {of}", old.ready, new.ready, TONIGHT
    )
    yield from here.text(f"*The instructions of {of}", old.instructions, new.instructions, TONIGHT)
    yield from here.text(f"The line on the run sheet for {of}", old.in_short, new.in_short, ON_PAPER)


def _minutes(name: str, old: Activity, new: Activity, plans: Plans) -> str:
    """One sentence on all plans that give an activity other minutes; nothing if none does.

    Plans that only one state has are left out here: that they are new, or gone, is a change of its own.
    """
    pieces: list[str] = []
    for plan in plans.both:
        before, now = (each.minutes.get(plan, 0) for each in (old, new))
        if before == now:
            continue
        called = plans.name(plan)
        within = f" ({called})" if called else ""
        if not now:
            pieces.append(f"is left out of the {called or 'meeting'} (was {lasting(before)})")
        elif not before:
            pieces.append(f"is now part of the {called or 'meeting'}, with {lasting(now)}")
        elif any(one.startswith("takes") for one in pieces):
            pieces.append(f"{now} instead of {before}{within}")
        else:
            pieces.append(f"takes {lasting(now)} instead of {before}{within}")
    return f"{name} {in_words(pieces)}." if pieces else ""


def _asked(here: Subject, old: Activity, new: Activity, module: Module, questions: Questions) -> Iterator[Change]:
    """The questions that an activity now asks or no longer asks; deleted questions are changes of their own."""
    numbers = {question.id: f"question {n}" for n, question in enumerate(module.file.questions, 1)}
    before = [id for was in old.questions if (id := questions.became.get(was)) in numbers]
    come = [numbers[id] for id in new.questions if id not in before]
    went = [numbers[id] for id in before if id not in new.questions]
    pieces = [f"now also asks {in_words(come)}"] if come else []
    pieces += [f"no longer asks {in_words(went)}"] if went else []
    order = [id for id in new.questions if id in before]
    if pieces:
        yield here.change("changed", f"{_name(new)} {' and '.join(pieces)}.", TONIGHT)
    elif order != [id for id in before if id in new.questions]:
        what = f"{_name(new)} asks its questions in another order: {in_words([numbers[id] for id in new.questions])}."
        yield here.change("moved", what, TONIGHT)


def _late(where: Subject, old: Module, new: Module) -> Iterator[Change]:
    """The changes in what is cut when a meeting begins ten minutes late."""
    cuts = matched(old.file.late, new.file.late, key=lambda cut: cut.activity)
    titles = {each.id: quoted(plain(each.title)) for each in (*old.file.agenda, *new.file.agenda)}
    for was, cut in cuts.both:
        here, title = where.at(cut.activity, "late"), titles[cut.activity]
        if was.minutes != cut.minutes:
            what = f"Late start: {title} is cut to {lasting(cut.minutes)} instead of {was.minutes}."
            yield here.change("changed", what, TONIGHT)
        yield from here.text(f"Late start: how {title} is shortened", was.how, cut.how, TONIGHT)
    for cut in cuts.added:
        what = f"Late start: {titles[cut.activity]} is now cut too, to {lasting(cut.minutes)}: {ended(plain(cut.how))}"
        yield where.at(cut.activity, "late").change("added", what, TONIGHT)
    for was in cuts.removed:
        what = f"Late start: {titles[was.activity]} is no longer cut."
        yield where.at(was.activity, "late").change("removed", what, TONIGHT)
