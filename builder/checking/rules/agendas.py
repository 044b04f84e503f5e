"""Rules of a module's agenda: kinds of activity, a length for each plan, and plans that open, ask, close and add up.

In: the agenda and the questions of a located file, as far as they can be read, and what the settings let modules choose
from. Out: problems and notices. Touches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.checking.rules.choices import ACTIVITY_KINDS, Choices
from builder.model.pages import SETTINGS
from builder.problems import Problems, in_words
from builder.sources.yaml import Located


@dataclass(frozen=True, slots=True)
class Timed:
    """The needed fields of an activity; here and below, None means that a field cannot be read."""

    id: str | None
    kind: str | None
    minutes: Mapping[int, int] | None
    questions: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The needed fields of a question."""

    id: str | None
    core: bool | None
    objectives: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A module's agenda and its questions, as far as they can be read, and the plans that there are."""

    located: Located
    activities: Sequence[Timed]
    questions: Sequence[Asked]
    choices: Choices

    @property
    def plans(self) -> tuple[int, ...]:
        """The plans, in minutes; none if they cannot be read."""
        return self.choices.plans

    @property
    def is_timed(self) -> bool:
        """Whether the length of each activity can be read; otherwise no plan can be checked."""
        return bool(self.activities) and all(activity.minutes is not None for activity in self.activities)


def check_agenda(agenda: Agenda, problems: Problems) -> None:
    """Report what is wrong with activities, and with each plan that the settings list."""
    agenda = replace(agenda, activities=tuple(_with_kind(agenda, at, problems) for at in range(len(agenda.activities))))
    lacking = _lengths(agenda, problems) if agenda.plans else set()
    for plan in agenda.plans if agenda.is_timed else ():
        if plan not in lacking:
            _plan(agenda, plan, problems)
    for at, activity in enumerate(agenda.activities):
        if activity.minutes and not any(activity.minutes.values()):
            what = f"activity {activity.id!r} has no minutes in any plan, so nothing shows it"
            problems.notice(agenda.located.key("agenda", at, "minutes"), what)


def _with_kind(agenda: Agenda, at: int, problems: Problems) -> Timed:
    """An activity, without its kind if that is reported as unknown: no other rule may build on it."""
    activity = agenda.activities[at]
    hint = activity.kind and agenda.choices.hint(activity.kind, ACTIVITY_KINDS, "activity_kinds")
    if not hint:
        return activity
    problems.add(agenda.located.place("agenda", at, "kind"), f"{activity.kind!r} is no kind of activity ({hint})")
    return replace(activity, kind=None)


def plan_name(plan: int, plans: Sequence[int]) -> str:
    """A plan's name in a message: with its length if there are others."""
    return f"the {plan}-minute plan" if len(plans) > 1 else "the agenda"


def _lengths(agenda: Agenda, problems: Problems) -> set[int]:
    """Report minutes for plans that are not listed, and plans without minutes. Returns plans that are not as meant.

    What is the same in every activity comes from a change of the list, so it is reported once for all.
    """
    located, plans = agenda.located, agenda.plans
    timed = [at for at, activity in enumerate(agenda.activities) if activity.minutes is not None]
    keys = {at: located.at(("agenda", at, "minutes")).keys for at in timed}
    listed = {str(plan): plan for plan in plans}
    strange = {at: [key for key in keys[at] if key not in listed] for at in timed}
    missing = {at: [plan for key, plan in listed.items() if key not in keys[at]] for at in timed}
    everywhere, nowhere = _shared(strange.values()), _shared(missing.values())
    there = f"meeting_lengths in {SETTINGS} lists {in_words(plans)}"
    if everywhere:
        hint = f"{there}: list it there, or take it out of every activity"
        problems.add(located.key("agenda"), f"there is no {_plans(everywhere, 'or')} ({hint})")
    if nowhere:
        hint = f"write how long each takes, 0 leaves it out; {there}"
        problems.add(located.key("agenda"), f"no activity has minutes for the {_plans(nowhere, 'and')} ({hint})")
    for at in timed:
        own = [key for key in strange[at] if key not in everywhere]
        lacks = [plan for plan in missing[at] if plan not in nowhere]
        is_slip = len(own) == len(lacks) == 1
        hint = f"did you mean {lacks[0]}? {there}" if is_slip else there
        for key in own:
            problems.add(located.key("agenda", at, "minutes", key), f"there is no {key}-minute plan ({hint})")
        if lacks and not is_slip:
            given = agenda.activities[at].minutes or {}
            each = ", ".join(f"{plan}: {given.get(plan, '…')}" for plan in plans)
            write = f"write {{{each}}}; " if len(lacks) > 1 else ""
            what = f"no minutes for the {_plans(lacks, 'and')} ({write}0 leaves it out)"
            problems.add(located.key("agenda", at, "minutes"), what)
    doubtful = {plan for plan in plans for each in strange.values() if any(float(key) == plan for key in each)}  # 060
    return {plan for each in missing.values() for plan in each} | doubtful


def _shared(lists: Iterable[Sequence[str | int]]) -> list[str | int]:
    """What all of several lists have in common, in order; nothing for a single list."""
    first, *others = lists or ((),)
    return [each for each in first if others and all(each in other for other in others)]


def _plans(lengths: Sequence[str | int], word: str) -> str:
    """Plans by their lengths, such as `45- and 30-minute plan`."""
    return f"{f'- {word} '.join(map(str, lengths))}-minute plan"


def _plan(agenda: Agenda, plan: int, problems: Problems) -> None:
    """Report a plan that does not add up, open, close, or ask each core question once."""
    name, place = plan_name(plan, agenda.plans), agenda.located.key("agenda")
    running = [activity for activity in agenda.activities if activity.minutes and activity.minutes[plan]]
    total = sum(activity.minutes[plan] for activity in running if activity.minutes)
    if total != plan:
        takes = "" if len(agenda.plans) > 1 else f": the meeting takes {plan}"
        differs = f"{abs(total - plan)} too {'many' if total > plan else 'few'}{takes}"
        problems.add(place, f"{name} adds up to {total} minutes ({differs})")
    if not running or running[0].kind not in {"opening", None}:
        problems.add(place, f"{name} does not begin with an opening")
    if not running or running[-1].kind not in {"closing", None}:
        problems.add(place, f"{name} does not end with a closing")
    asked = Counter(id for activity in running for id in activity.questions or ())
    all_read = all(activity.questions is not None for activity in running)
    for at, question in enumerate(agenda.questions):
        id, place = question.id, agenda.located.place("questions", at, "id")
        if all_read and id is not None and question.core and not asked[id]:
            problems.add(place, f"core question {id!r} is not asked in {name}")
        if id is not None and asked[id] > 1:
            problems.add(place, f"question {id!r} is asked {asked[id]} times in {name} (once is meant)")
