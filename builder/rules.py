"""Rules that hold across the parts of a module and across modules: plans, objectives, questions, ids.

In: complete modules and their located files. Out: problems with their places. Touches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set

from builder.kinds import PLANS, is_placeholder
from builder.located import Located
from builder.model import Module, Settings, Term
from builder.problems import Place, Problems, nearest

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

_LANGUAGE = ("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "a language tag such as en-US")
_EDITION = ("[0-9A-Za-z][0-9A-Za-z.-]{0,31}", "letters, digits, dots and hyphens, such as 2026.1")


def check(modules: Sequence[Module], works: Set[str], files: Mapping[str, Located], problems: Problems) -> None:
    """Tell everything that does not fit together in the modules. Every plan is checked, offered or not."""
    asked: dict[str, str] = {}
    for module in modules:
        located = files[module.path]
        _ids(module, located, problems)
        _objectives(module, located, problems)
        for plan in PLANS:
            _plan(module, plan, located, problems)
        for at, question in enumerate(module.file.questions):
            if asked.setdefault(question.id, module.path) != module.path:
                message = f"question id {question.id!r} is used in {asked[question.id]} (ids of questions are unique)"
                problems.add(located.place("questions", at, "id"), message)
        for at, further in enumerate(module.file.further_reading):
            if further.reference not in works:
                message = f"unknown reference {further.reference!r} ({nearest(further.reference, works)})"
                problems.add(located.place("further_reading", at, "reference"), message)


def check_settings(settings: Settings, located: Located, problems: Problems) -> None:
    """Tell what is wrong with the curriculum's settings, and which are placeholders."""
    unique(settings.modules, lambda at: located.place("modules", at), problems)
    unique([each.id for each in settings.agreements], lambda at: located.place("agreements", at, "id"), problems)
    if not settings.meeting_lengths:
        problems.add(located.place("meeting_lengths"), "an empty list (at least one is needed)")
    lengths = [str(length) for length in settings.meeting_lengths]
    unique(lengths, lambda at: located.place("meeting_lengths", at), problems)
    for key, (pattern, meant) in {"language": _LANGUAGE, "edition": _EDITION}.items():
        if not re.fullmatch(pattern, getattr(settings, key)):
            problems.add(located.place(key), f"ill-formed {key} {getattr(settings, key)!r} ({meant})")
    for key in ("url", "repository"):
        if is_placeholder(getattr(settings, key)):
            problems.notice(located.place(key), f"{key} is a placeholder (nothing prints it, and there is no QR code)")
    if is_placeholder(settings.contact.email):
        problems.notice(located.place("contact", "email"), "contact is a placeholder")


def check_terms(terms: tuple[Term, ...], located: Located, problems: Problems) -> None:
    """Tell terms and forms of terms that stand twice in the glossary."""
    unique([term.id for term in terms], lambda at: located.place(at, "id"), problems)
    forms: list[tuple[str, tuple[str | int, ...]]] = []
    for at, term in enumerate(terms):
        forms.append((" ".join(term.term.lower().split()), (at, "term")))
        forms += [(" ".join(form.lower().split()), (at, "also", nth)) for nth, form in enumerate(term.also)]
    unique([form for form, _ in forms], lambda nth: located.place(*forms[nth][1]), problems)


def unique(ids: Sequence[str], place: Callable[[int], Place], problems: Problems) -> None:
    """Tell each id after the first of its kind; `place` answers where the nth stands."""
    first: dict[str, int] = {}
    for at, id in enumerate(ids):
        if first.setdefault(id, at) != at:
            problems.add(place(at), f"{id!r} twice (first on line {place(first[id]).line})")


def _ids(module: Module, located: Located, problems: Problems) -> None:
    file = module.file
    for key, words in (("objectives", file.objectives), ("agenda", file.agenda), ("questions", file.questions)):
        unique([word.id for word in words], lambda at, key=key: located.place(key, at, "id"), problems)  # type: ignore[misc]
    prompts = [prompt.id for prompt in file.reflection.prompts]
    unique(prompts, lambda at: located.place("reflection", "prompts", at, "id"), problems)
    known = {question.id for question in file.questions}
    for at, activity in enumerate(file.agenda):
        for nth, id in enumerate(activity.questions):
            if id not in known:
                problems.add(
                    located.place("agenda", at, "questions", nth), f"unknown question {id!r} ({nearest(id, known)})"
                )


def _objectives(module: Module, located: Located, problems: Problems) -> None:
    known = {objective.id for objective in module.file.objectives}
    served = set()
    for at, question in enumerate(module.file.questions):
        for nth, id in enumerate(question.objectives):
            served.add(id)
            if id not in known:
                message = f"unknown objective {id!r} ({nearest(id, known)})"
                problems.add(located.place("questions", at, "objectives", nth), message)
    for at, objective in enumerate(module.file.objectives):
        if objective.id not in served:
            message = f"objective {objective.id!r} is served by no question (name it under objectives of one)"
            problems.add(located.place("objectives", at, "id"), message)
        if objective.verb not in MEASURABLE:
            message = (
                f"{objective.verb!r} is not a verb whose doing can be seen ({nearest(objective.verb, MEASURABLE)})"
            )
            problems.add(located.place("objectives", at, "verb"), message)


def _plan(module: Module, plan: int, located: Located, problems: Problems) -> None:
    agenda = module.file.agenda
    missing = [at for at, activity in enumerate(agenda) if plan not in activity.minutes]
    for at in missing:
        problems.add(located.key("agenda", at, "minutes"), f"no minutes for the {plan}-minute plan (0 leaves it out)")
    running = [activity for activity in agenda if activity.minutes.get(plan, 0)]
    place = located.key("agenda")
    total = sum(activity.minutes.get(plan, 0) for activity in agenda)
    if not missing and total != plan:
        problems.add(place, f"the {plan}-minute plan adds up to {total} minutes")
    if not running or running[0].kind != "opening":
        problems.add(place, f"the {plan}-minute plan does not begin with an opening")
    if not running or running[-1].kind != "closing":
        problems.add(place, f"the {plan}-minute plan does not end with a closing")
    held = Counter(id for activity in running for id in activity.questions)
    for at, question in enumerate(module.file.questions):
        if question.core and not held[question.id]:
            message = f"core question {question.id!r} is not held in the {plan}-minute plan"
            problems.add(located.place("questions", at, "id"), message)
        if held[question.id] > 1:
            message = (
                f"question {question.id!r} is held {held[question.id]} times in the {plan}-minute plan (once is meant)"
            )
            problems.add(located.place("questions", at, "id"), message)
    if not any(question.core for question in module.file.questions):
        problems.add(located.key("questions"), "no core question (mark the two that must happen with core: true)")
