"""Rules of the modules: ids, and objectives and questions that name each other.

In: located files, and their records if they are whole. Out: problems. Touches nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence, Set
from dataclasses import dataclass

from builder.checking.ids import Ids, is_unknown
from builder.checking.rules.agendas import Agenda, Asked, Timed, check_agenda
from builder.checking.rules.choices import MEASURABLE, Choices
from builder.checking.rules.facilitation import check_late
from builder.checking.rules.ids import Named, unique
from builder.model.curriculum import Activity, Further, ModuleFile, Objective, Prompt, Question
from builder.problems import Problems, nearest
from builder.sources import schema
from builder.sources.yaml import Located


@dataclass(frozen=True, slots=True)
class _Aim:
    """The needed fields of an objective; here and below, None means that a field cannot be read."""

    id: str | None
    verb: str | None


@dataclass(frozen=True, slots=True)
class _Cited:
    """The needed fields of an entry for further reading."""

    reference: str | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lists of a module's file, each None if it cannot be read."""

    located: Located
    objectives: tuple[_Aim, ...] | None
    agenda: tuple[Timed, ...] | None
    questions: tuple[Asked, ...] | None
    prompts: tuple[Named, ...] | None
    further: tuple[_Cited, ...] | None


def check_modules(
    files: Sequence[tuple[Located, ModuleFile | None]], works: Ids, choices: Choices, problems: Problems
) -> None:
    """Report everything in the modules that does not fit together.

    Args:
        files: Each module's file as read, with its record if that could be made.
        works: The ids of the works in the list of references.
        choices: What the settings let modules choose from.
        problems: Takes the problems.
    """
    asked: dict[str, str] = {}
    for located, file in files:
        parts = _parts(located, file)
        path = located.source.path
        _ids(parts, problems)
        _objectives(parts, choices, problems)
        check_agenda(Agenda(located, parts.agenda or (), parts.questions or (), choices), problems)
        _core(parts, problems)
        check_late(file, parts.agenda or (), choices.plans, located, problems)
        for at, question in enumerate(parts.questions or ()):
            if question.id is not None and asked.setdefault(question.id, path) != path:
                message = f"question id {question.id!r} is used in {asked[question.id]} (ids of questions are unique)"
                problems.add(located.place("questions", at, "id"), message)
        for at, further in enumerate(parts.further or ()):
            if further.reference is not None and is_unknown(further.reference, works):
                message = f"unknown reference {further.reference!r} ({nearest(further.reference, works or ())})"
                problems.add(located.place("further_reading", at, "reference"), message)


def _parts(located: Located, file: ModuleFile | None) -> _Parts:
    prompts, reflection = ("reflection", "prompts"), file.reflection if file else None
    asked = reflection.prompts if reflection else () if file else None
    return _Parts(
        located=located,
        objectives=schema.partial_list(_Aim, Objective, located, ("objectives",), file.objectives if file else None),
        agenda=schema.partial_list(Timed, Activity, located, ("agenda",), file.agenda if file else None),
        questions=schema.partial_list(Asked, Question, located, ("questions",), file.questions if file else None),
        prompts=schema.partial_list(Named, Prompt, located, prompts, asked),
        further=schema.partial_list(
            _Cited, Further, located, ("further_reading",), file.further_reading if file else None
        ),
    )


def _ids(parts: _Parts, problems: Problems) -> None:
    located = parts.located
    lists: dict[tuple[str, ...], Sequence[_Aim | Timed | Asked | Named]] = {
        ("objectives",): parts.objectives or (),
        ("agenda",): parts.agenda or (),
        ("questions",): parts.questions or (),
        ("reflection", "prompts"): parts.prompts or (),
    }
    for path, words in lists.items():
        unique([word.id for word in words], lambda at, path=path: located.place(*path, at, "id"), problems)  # type: ignore[misc]
    known = _known(parts.questions)
    for at, activity in enumerate(parts.agenda or ()):
        for nth, id in enumerate(activity.questions or ()):
            if known is not None and id not in known:
                place = located.place("agenda", at, "questions", nth)
                renamed = f"if the question has a new id, write it here, and formerly: [{id}] with it"
                problems.add(place, f"unknown question {id!r} ({nearest(id, known)}; {renamed})")


def _known(words: Sequence[_Aim | Asked] | None) -> Set[str] | None:
    """The ids in a list; None if one of them cannot be read, because it may be any id."""
    ids = {word.id for word in words or ()}
    return None if words is None or None in ids else {id for id in ids if id}


def _objectives(parts: _Parts, choices: Choices, problems: Problems) -> None:
    located = parts.located
    known = _known(parts.objectives)
    served: set[str] = set()
    for at, question in enumerate(parts.questions or ()):
        place = functools.partial(located.place, "questions", at, "objectives")
        unique(question.objectives or (), place, problems)
        for nth, id in enumerate(question.objectives or ()):
            served.add(id)
            if known is not None and id not in known:
                message = f"unknown objective {id!r} ({nearest(id, known)})"
                problems.add(place(nth), message)
    all_read = bool(parts.questions) and all(each.objectives is not None for each in parts.questions or ())
    for at, objective in enumerate(parts.objectives or ()):
        if all_read and objective.id is not None and objective.id not in served:
            message = f"objective {objective.id!r} is served by no question (name it under objectives of one)"
            problems.add(located.place("objectives", at, "id"), message)
        verb = objective.verb
        if verb is not None and (hint := choices.hint(verb, MEASURABLE, "verbs")):
            message = f"{verb!r} is not a verb whose result can be observed ({hint})"
            problems.add(located.place("objectives", at, "verb"), message)


def _core(parts: _Parts, problems: Problems) -> None:
    """Report questions of which none is core."""
    questions = parts.questions or ()
    if questions and all(question.core is False for question in questions):
        message = "no core question (mark the two that must happen with core: true)"
        problems.add(parts.located.key("questions"), message)
