"""Which entry of the older state is which of the newer: matched by id, then by former ids, then by similarity.

In: entries of two states. Out: `Matched`. Touches nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from builder.changes.texts import share
from builder.model.curriculum import Curriculum, Module, Question

T = TypeVar("T")

LIKE = 0.6
"""How much of two texts must be the same for one to count as the other, changed."""


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Entries of two states, in the newer order; `moved` has as few entries as explain the new order."""

    both: tuple[tuple[T, T], ...]
    added: tuple[T, ...]
    removed: tuple[T, ...]
    moved: tuple[T, ...]  # newer entries


def by_id(entry: Any) -> str:
    """The permanent id of an entry."""
    return str(entry.id)


def formerly(entry: Any) -> tuple[str, ...]:
    """The ids that an entry had before."""
    return tuple(getattr(entry, "formerly", ()))


def matched(
    old: Iterable[T],
    new: Iterable[T],
    key: Callable[[T], str] = by_id,
    former: Callable[[T], tuple[str, ...]] = formerly,
    text: Callable[[T], str] | None = None,
) -> Matched[T]:
    """Match entries by id, then by the former ids of newer ones, then, if `text` is given, by similarity."""
    before = list({key(entry): entry for entry in old}.items())
    after = list({key(entry): entry for entry in new}.values())
    left = dict(before)
    found: dict[str, T] = {key(entry): left.pop(key(entry)) for entry in after if key(entry) in left}
    for entry in after:
        id = next((id for id in former(entry) if id in left), None)
        if key(entry) not in found and id is not None:
            found[key(entry)] = left.pop(id)
    if text is not None:
        _by_likeness(left, [entry for entry in after if key(entry) not in found], found, key, text)
    both = tuple((found[key(entry)], entry) for entry in after if key(entry) in found)
    at = {id: n for n, (id, _) in enumerate(before)}
    stay = longest_rising([at[key(each)] for each, _ in both])
    return Matched(
        both=both,
        added=tuple(entry for entry in after if key(entry) not in found),
        removed=tuple(left.values()),
        moved=tuple(entry for n, (_, entry) in enumerate(both) if n not in stay),
    )


def modules(old: Curriculum, new: Curriculum) -> Matched[Module]:
    """Match the modules of two states."""
    return matched(old.modules, new.modules, former=lambda module: formerly(module) or formerly(module.file))


@dataclass(frozen=True, slots=True)
class Questions:
    """Which question of the newer state is which of the older, anywhere in the curriculum."""

    origins: Mapping[str, tuple[Module, Question]]  # by the newer id: the older question, and its module
    homes: Mapping[str, tuple[Module, Question]]  # by the newer id: the newer question, and its module
    became: Mapping[str, str]  # the newer id by the older


def questions(old: Curriculum, new: Curriculum, both: Matched[Module]) -> Questions:
    """Match the questions of two states.

    A question's id is unique in the whole curriculum. A former one is `id`, in its module, or `module/id`.
    """
    left = {question.id: (module, question) for module in old.modules for question in module.file.questions}
    homes = {question.id: (module, question) for module in new.modules for question in module.file.questions}
    known = {id: module.id for module in old.modules for id in (*formerly(module.file), module.id)}
    was = {module.id: before.id for before, module in both.both}
    found = {id: left.pop(id) for id in homes if id in left}
    for id, (module, question) in homes.items():
        for name in formerly(question) if id not in found else ():
            home, _, former = name.rpartition("/")
            if former in left and left[former][0].id == (known.get(home) if home else was.get(module.id)):
                found[id] = left.pop(former)
                break
    return Questions(found, homes, {question.id: id for id, (_, question) in found.items()})


def longest_rising(order: Sequence[int]) -> set[int]:
    """Positions of a longest rising subsequence: the entries of an order that did not move."""
    ends: list[int] = []  # the position at which the best run of each length ends
    before: list[int] = []
    for at, number in enumerate(order):
        length = bisect_left([order[end] for end in ends], number)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [at]
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


def _by_likeness(
    left: dict[str, T], lone: list[T], found: dict[str, T], key: Callable[[T], str], text: Callable[[T], str]
) -> None:
    """Match what is left of both states, the most similar first."""
    pairs = [(share(text(was), text(entry)), n, id) for id, was in left.items() for n, entry in enumerate(lone)]
    for likeness, n, id in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= LIKE and id in left and key(lone[n]) not in found:
            found[key(lone[n])] = left.pop(id)
