"""Agendas and plans in the forms that authors may write, and that older versions allowed, become our own form.

In: located files. Out: the same, with minutes for each plan by its length. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from builder.problems import Problems
from builder.sources.yaml import Located, Value


def with_plans(plans: Sequence[int], *, released: bool) -> Callable[[Located, Problems], Located]:
    """Make the reader of a module's agenda, for which a single number of minutes is that of the longest plan.

    A released edition may have minutes for plans that it does not offer, as every edition once had to; these are
    dropped.
    """
    listed = {str(plan) for plan in plans}

    def minutes(value: Value) -> Value:
        if isinstance(value.content, str):
            longest = str(max(plans, default=0))  # while plans cannot be read, no key is compared with them
            return replace(value, content={longest: value}, keys={longest: value.place})
        if released and isinstance(value.content, dict):
            kept = {key: each for key, each in value.content.items() if key in listed}
            return replace(value, content=kept, keys={key: value.keys[key] for key in kept})
        return value

    def activity(value: Value) -> Value:
        return _with(value, "minutes", minutes)

    def agenda(value: Value) -> Value:
        return replace(value, content=list(map(activity, value.content))) if isinstance(value.content, list) else value

    return lambda located, _: replace(located, root=_with(located.root, "agenda", agenda))


def longest_first(located: Located, _: Problems) -> Located:
    """The settings of a released edition, which might list its plans in any order."""

    def ordered(value: Value) -> Value:
        return replace(value, content=sorted(value.content, key=_length)) if isinstance(value.content, list) else value

    return replace(located, root=_with(located.root, "meeting_lengths", ordered))


def _length(value: Value) -> int:
    return -int(value.content) if isinstance(value.content, str) and value.content.isdecimal() else 0


def _with(value: Value, key: str, made: Callable[[Value], Any]) -> Value:
    """A mapping with another value under one of its keys, where it has that."""
    if not isinstance(value.content, dict) or key not in value.content:
        return value
    return replace(value, content=value.content | {key: made(value.content[key])})
