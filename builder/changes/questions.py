"""Changes in a module's questions: their words, their notes, their numbers, and their module.

In: a module of two states, and which question is which. Out: `Change` values by question. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.changes.matching import Questions, longest_rising
from builder.changes.phrases import after, module_name
from builder.changes.places import Subject
from builder.changes.texts import ended, plain, quoted
from builder.changes.words import ON_PAPER, TONIGHT, Change
from builder.model.curriculum import Module, Question


def changed_questions(
    where: Subject, old: Module, new: Module, questions: Questions
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The changes in each question, by its id, in the newer order; then those of questions that are no longer here."""
    ours = [id for id in _ids(new) if id in questions.origins and questions.origins[id][0].id == old.id]
    order = _ids(old)
    stay = longest_rising([order.index(questions.origins[id][1].id) for id in ours])
    moved = {id for at, id in enumerate(ours) if at not in stay}
    for number, question in enumerate(new.file.questions, 1):
        here = where.at(question.id, "question")
        if question.id in ours:
            changes = _question(here, number, question, questions, moved=question.id in moved)
        else:
            changes = _come(here, number, question, questions)
        yield question.id, tuple(changes)
    for question in old.file.questions:
        if questions.became.get(question.id) not in _ids(new):
            yield question.id, (_left(where.at(question.id, "question"), old, question, questions),)


def _ids(module: Module) -> list[str]:
    return [question.id for question in module.file.questions]


def _number(module: Module, question: Question) -> int:
    return _ids(module).index(question.id) + 1


def _weight(module: Module, question: Question) -> int:
    """The weight of a change: a core question changes the meeting, another one only what is on paper."""
    asked = any(question.id in activity.questions for activity in module.file.agenda)
    return TONIGHT if question.core or asked else ON_PAPER


def _question(here: Subject, number: int, new: Question, questions: Questions, *, moved: bool) -> Iterator[Change]:
    (home, old), (module, _) = questions.origins[new.id], questions.homes[new.id]
    before = _number(home, old)
    name = f"Question {number}" + (f" (was {before})" if before != number else "")
    if moved:
        numbers = {id: f"question {n}" for n, id in enumerate(_ids(module), 1)}
        place = after(new, module.file.questions, lambda each: numbers[each.id])
        yield here.change("moved", f"{name}, {quoted(plain(new.ask))}, now comes {place}.", ON_PAPER)
    yield from _reworded(here, name, old, new, min(_weight(home, old), _weight(module, new)))


def _come(here: Subject, number: int, new: Question, questions: Questions) -> Iterator[Change]:
    """The change for a question that was not in this module."""
    weight = _weight(questions.homes[new.id][0], new)
    if new.id not in questions.origins:
        yield here.change("added", f"New question {number}: {ended(plain(new.ask), 60)}", weight)
        return
    home, old = questions.origins[new.id]
    what = f"Question {number} comes from {module_name(home)}, where it was question {_number(home, old)}"
    yield here.change("moved", f"{what}: {ended(plain(new.ask))}", weight)
    yield from _reworded(here, f"Question {number}", old, new, weight)


def _left(here: Subject, home: Module, old: Question, questions: Questions) -> Change:
    """The change for a question that is no longer in this module."""
    name, weight = f"Question {_number(home, old)}", _weight(home, old)
    if old.id not in questions.became:
        return here.change("removed", f"{name} is gone: {ended(plain(old.ask))}", weight)
    module, new = questions.homes[questions.became[old.id]]
    what = f"{name} is now in {module_name(module)}, as question {_number(module, new)}: {ended(plain(new.ask))}"
    return here.change("moved", what, weight)


def _reworded(here: Subject, name: str, old: Question, new: Question, weight: int) -> Iterator[Change]:
    if old == new:
        return
    if old.core != new.core:
        yield here.change("changed", f"{name} is {'now' if new.core else 'no longer'} a core question.", TONIGHT)
    yield from here.text(name, old.ask, new.ask, weight)
    yield from here.text(f"{name}: the purpose", old.purpose, new.purpose, ON_PAPER)
    yield from here.together(f"{name}: what to listen for", old.listen_for, new.listen_for, ON_PAPER)
    yield from here.together(f"*{name}: the follow-ups", old.follow_ups, new.follow_ups, ON_PAPER)
    yield from here.text(f"{name}: what helps if it stalls", old.if_it_stalls, new.if_it_stalls, ON_PAPER)
