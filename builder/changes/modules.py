"""Changes in one module.

In: a module of two states. Out: `Change` values in the order of a guide and then of a reading.
Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.changes.figures import Images, figures
from builder.changes.matching import Questions, matched
from builder.changes.meetings import meeting
from builder.changes.phrases import lasting
from builder.changes.places import Subject
from builder.changes.readings import texts
from builder.changes.texts import ended, plain, quoted
from builder.changes.words import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change
from builder.model.curriculum import Module, ModuleFile, Objective


def module_changes(
    where: Subject, old: Module, new: Module, questions: Questions, images: tuple[Images, Images]
) -> Iterator[Change]:
    """All changes in a module, except of its place among the others."""
    if old.file != new.file:
        yield from _title(where.at(new.id, "module"), old.file, new.file)
        yield from _prepared(where, old.file, new.file)
    yield from meeting(where.at("agenda", "agenda"), old, new, questions)
    if old.file != new.file:
        yield from _after(where, old.file, new.file)
    yield from texts(where, old, new)
    yield from figures(where, old, new, images)
    if old.file != new.file:
        yield from _before(where, old.file, new.file)


def _title(here: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    if (called := plain(old.title)) != plain(new.title):
        yield here.change("changed", f"The module {quoted(called)} is now called {ended(plain(new.title))}", ON_PAPER)
    elif (called := plain(old.short_title)) != plain(new.short_title):
        yield here.change("changed", f"The short title {quoted(called)} is now {ended(plain(new.short_title))}", ASIDE)
    yield from here.text("The promise", old.promise, new.promise, ON_PAPER)


def _prepared(where: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    """Changes in what is prepared, and in what is said at the beginning."""
    yield from where.at("content-note", "care").text("The content note", old.content_note, new.content_note, TONIGHT)
    yield from where.at("materials", "materials").list(
        "in the materials", "*The materials", old.materials, new.materials, TONIGHT
    )
    objectives = matched(old.objectives, new.objectives)
    for was, objective in objectives.both:
        here = where.at(objective.id, "objective")
        before, now = _objective(was), _objective(objective)
        yield from here.text(f"The objective {quoted(now)}", before, now, ON_PAPER)
    for objective in objectives.added:
        what = f"New objective: {ended(_objective(objective))}"
        yield where.at(objective.id, "objective").change("added", what, ON_PAPER)
    for was in objectives.removed:
        what = f"No longer an objective: {ended(_objective(was))}"
        yield where.at(was.id, "objective").change("removed", what, ON_PAPER)
    if objectives.moved:
        yield where.at("", "objective").change("moved", "The objectives are in a different order.", ASIDE)


def _objective(objective: Objective) -> str:
    return f"{objective.verb} {objective.text}"


def _after(where: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    """Changes in what people take away from the meeting."""
    here = where.at("commitment", "commitment")
    was, now = (next((each for each in file.agenda if each.kind == "commitment"), None) for file in (old, new))
    if was and now and was.id != now.id and was.id in {each.id for each in new.agenda}:
        what = f"The commitment is now made in the activity {ended(plain(now.title))}"
        yield here.change("moved", what, ON_PAPER)
    before, after = old.commitment, new.commitment
    for name, key in (
        ("The practice until the next meeting", "practice"),
        ("The if-then plan", "if_then"),
        ("What else to do by the next meeting", "also"),
    ):
        yield from here.text(name, getattr(before, key, None), getattr(after, key, None), ON_PAPER)
    yield from where.at("key-points", "key-points").list(
        "among the key points", "*The key points", old.key_points, new.key_points, ON_PAPER
    )
    here = where.at("worked-on", "message")
    yield from here.text(
        "In the message to the group, the sentence on this meeting", old.worked_on, new.worked_on, ON_PAPER
    )


def _before(where: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    """Changes in what participants read and do before the meeting, besides the reading itself."""
    here = where.at("in-two-minutes", "reading")
    yield from here.text("The text “In two minutes”", old.in_two_minutes, new.in_two_minutes, BEFORE)
    before, after = (each.reflection.minutes if each.reflection else None for each in (old, new))
    yield from _takes(where.at("minutes", "reading"), "The reading", old.reading_minutes, new.reading_minutes)
    yield from _takes(where.at("minutes", "reflection"), "The reflection", before, after)
    yield from _prompts(where.at("", "reflection"), old, new)
    yield from _further(where.at("", "further-reading"), old, new)


def _takes(here: Subject, what: str, old: int | None, new: int | None) -> Iterator[Change]:
    """Report that something takes longer or shorter, or that how long it takes is no longer or only now given."""
    if old == new:
        return
    if new is None:
        yield here.change("removed", f"{what} has no length any more (was {lasting(old or 0)}).", BEFORE)
    else:
        instead = "" if old is None else f" instead of {old}"
        yield here.change("changed" if old else "added", f"{what} takes {lasting(new)}{instead}.", BEFORE)


def _prompts(where: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    before, after = (each.reflection.prompts if each.reflection else () for each in (old, new))
    prompts = matched(before, after)
    for was, prompt in prompts.both:
        here, title = where.at(prompt.id), plain(prompt.title)
        if (called := plain(was.title)) != title:
            yield here.change("changed", f"The reflection {quoted(called)} is now called {ended(title)}", BEFORE)
        yield from here.text(f"The reflection {quoted(title)}", was.text, prompt.text, BEFORE)
    for prompt in prompts.added:
        what = f"New reflection {quoted(plain(prompt.title))}: {ended(plain(prompt.text), 60)}"
        yield where.at(prompt.id).change("added", what, BEFORE)
    for was in prompts.removed:
        yield where.at(was.id).change("removed", f"The reflection {quoted(plain(was.title))} is gone.", BEFORE)
    if prompts.moved:
        yield where.change("moved", "The reflections are in a different order.", ASIDE)


def _further(where: Subject, old: ModuleFile, new: ModuleFile) -> Iterator[Change]:
    works = matched(old.further_reading, new.further_reading, key=lambda work: work.reference)
    for was, work in works.both:
        name = f"Further reading: the note on {where.works.get(work.reference, work.reference)}"
        yield from where.at(work.reference).text(name, was.note, work.note, BEFORE)
    for work in works.added:
        what = f"New further reading: {where.works.get(work.reference, work.reference)}."
        yield where.at(work.reference).change("added", what, BEFORE)
    for was in works.removed:
        what = f"No longer further reading: {where.works.get(was.reference, was.reference)}."
        yield where.at(was.reference).change("removed", what, BEFORE)
