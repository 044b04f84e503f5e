"""Rules of the modules: ids, objectives and questions that name each other, and plans that add up.

In: located files, and what they became where they are whole. Out: problems. Touches nothing.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from builder.checking.rules.facilitation import check_late
from builder.checking.rules.ids import unique
from builder.model.curriculum import Activity, Further, ModuleFile, Objective, Prompt, Question
from builder.model.kinds import PLANS
from builder.problems import Problems, nearest
from builder.sources import schema
from builder.sources.yaml import Located

MEASURABLE = frozenset(
    [
        "Agree", "Analyze", "Apply", "Appraise", "Arrange", "Assess", "Build", "Calculate", "Choose", "Classify",
        "Compare", "Compose", "Construct", "Contrast", "Correct", "Create", "Critique", "Decide", "Define",
        "Deliver", "Demonstrate", "Describe", "Design", "Develop", "Diagram", "Differentiate", "Discuss",
        "Distinguish", "Draft", "Draw", "Evaluate", "Examine", "Explain", "Formulate", "Identify", "Illustrate",
        "Interpret", "Judge", "Label", "List", "Map", "Match", "Name", "Organize", "Outline", "Paraphrase",
        "Perform", "Plan", "Practice", "Predict", "Prepare", "Propose", "Rank", "Recall", "Recite", "Recognize",
        "Rehearse", "Reframe", "Respond", "Restate", "Revise", "Select", "Sequence", "Sketch", "Solve", "Sort",
        "State", "Summarize", "Test", "Trace", "Translate", "Use", "Write",
    ]
)  # fmt: skip
"""Verbs whose doing can be seen, after the revised taxonomy of Bloom (Anderson and Krathwohl, 2001)."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What is needed of a prompt; here as below, None is what cannot be read."""

    id: str | None


@dataclass(frozen=True, slots=True)
class _Aim:
    """What is needed of an objective."""

    id: str | None
    verb: str | None


@dataclass(frozen=True, slots=True)
class _Timed:
    """What is needed of an activity."""

    id: str | None
    kind: str | None
    minutes: Mapping[int, int] | None
    questions: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is needed of a question."""

    id: str | None
    core: bool | None
    objectives: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Cited:
    """What is needed of an entry for further reading."""

    reference: str | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is needed of a module's file: its lists, each None when it cannot be read."""

    located: Located
    objectives: tuple[_Aim, ...] | None
    agenda: tuple[_Timed, ...] | None
    questions: tuple[_Asked, ...] | None
    prompts: tuple[_Named, ...] | None
    further: tuple[_Cited, ...] | None


def check_modules(files: Sequence[tuple[Located, ModuleFile | None]], works: Set[str], problems: Problems) -> None:
    """Tell everything that does not fit together in the modules. Every plan is checked, offered or not."""
    asked: dict[str, str] = {}
    for located, file in files:
        parts = _parts(located, file)
        path = located.source.path
        _ids(parts, problems)
        _objectives(parts, problems)
        for plan in PLANS:
            _plan(parts, plan, problems)
        check_late(file, located, problems)
        for at, question in enumerate(parts.questions or ()):
            if question.id is not None and asked.setdefault(question.id, path) != path:
                message = f"question id {question.id!r} is used in {asked[question.id]} (ids of questions are unique)"
                problems.add(located.place("questions", at, "id"), message)
        for at, further in enumerate(parts.further or ()):
            if further.reference is not None and further.reference not in works:
                message = f"unknown reference {further.reference!r} ({nearest(further.reference, works)})"
                problems.add(located.place("further_reading", at, "reference"), message)


def _parts(located: Located, file: ModuleFile | None) -> _Parts:
    prompts = ("reflection", "prompts")
    return _Parts(
        located=located,
        objectives=schema.partial_list(_Aim, Objective, located, ("objectives",), file.objectives if file else None),
        agenda=schema.partial_list(_Timed, Activity, located, ("agenda",), file.agenda if file else None),
        questions=schema.partial_list(_Asked, Question, located, ("questions",), file.questions if file else None),
        prompts=schema.partial_list(_Named, Prompt, located, prompts, file.reflection.prompts if file else None),
        further=schema.partial_list(
            _Cited, Further, located, ("further_reading",), file.further_reading if file else None
        ),
    )


def _ids(parts: _Parts, problems: Problems) -> None:
    located = parts.located
    lists: dict[tuple[str, ...], Sequence[_Aim | _Timed | _Asked | _Named]] = {
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


def _known(words: Sequence[_Aim | _Asked] | None) -> Set[str] | None:
    """The ids in a list; None when one of them cannot be read, because any id may be that one."""
    ids = {word.id for word in words or ()}
    return None if words is None or None in ids else {id for id in ids if id}


def _objectives(parts: _Parts, problems: Problems) -> None:
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
    all_read = parts.questions is not None and all(each.objectives is not None for each in parts.questions)
    for at, objective in enumerate(parts.objectives or ()):
        if all_read and objective.id is not None and objective.id not in served:
            message = f"objective {objective.id!r} is served by no question (name it under objectives of one)"
            problems.add(located.place("objectives", at, "id"), message)
        verb = objective.verb
        if verb is not None and verb not in MEASURABLE:
            message = f"{verb!r} is not a verb whose doing can be seen ({nearest(verb, MEASURABLE)})"
            problems.add(located.place("objectives", at, "verb"), message)


def _plan(parts: _Parts, plan: int, problems: Problems) -> None:
    agenda, located = parts.agenda or (), parts.located
    minutes = [activity.minutes for activity in agenda]
    missing = [at for at, lengths in enumerate(minutes) if lengths is not None and plan not in lengths]
    for at in missing:
        problems.add(located.key("agenda", at, "minutes"), f"no minutes for the {plan}-minute plan (0 leaves it out)")
    lengths = [each.get(plan, 0) for each in minutes if each is not None]
    if not agenda or len(lengths) < len(agenda):
        return  # how long some activity takes cannot be read, so that nothing can be said of the plan
    place = located.key("agenda")
    if not missing and sum(lengths) != plan:
        problems.add(place, f"the {plan}-minute plan adds up to {sum(lengths)} minutes")
    running = [activity for activity, length in zip(agenda, lengths, strict=True) if length]
    if not running or running[0].kind not in {"opening", None}:
        problems.add(place, f"the {plan}-minute plan does not begin with an opening")
    if not running or running[-1].kind not in {"closing", None}:
        problems.add(place, f"the {plan}-minute plan does not end with a closing")
    _held(parts, running, plan, problems)


def _held(parts: _Parts, running: Sequence[_Timed], plan: int, problems: Problems) -> None:
    """Tell core questions that a plan leaves out, and any that it holds more than once."""
    questions, located = parts.questions or (), parts.located
    held = Counter(id for activity in running for id in activity.questions or ())
    all_read = all(activity.questions is not None for activity in running)
    for at, question in enumerate(questions):
        id, place = question.id, located.place("questions", at, "id")
        if all_read and id is not None and question.core and not held[id]:
            problems.add(place, f"core question {id!r} is not held in the {plan}-minute plan")
        if id is not None and held[id] > 1:
            problems.add(place, f"question {id!r} is held {held[id]} times in the {plan}-minute plan (once is meant)")
    if questions and all(question.core is False for question in questions):
        message = "no core question (mark the two that must happen with core: true)"
        problems.add(located.key("questions"), message)
