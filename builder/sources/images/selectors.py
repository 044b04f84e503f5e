"""Which elements of a drawing a style rule means.

In: the selector of a rule, as tokens of CSS, and a tree. Out: a `Selector`; for each element, which of many selectors
mean it. Touches nothing.

Understands selectors of elements, classes and ids, alone or nested: what drawing programs write.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.sources.images.failures import UnsafeError

_MOST = 500_000
"""Pairs of a rule and an element that are compared, about a second's work."""


@dataclass(slots=True)
class Wanted:
    """What an element must have: its name, its id, its classes."""

    types: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)

    def is_met_by(self, element: ET.Element) -> bool:
        """Whether an element has all that is wanted."""
        classes = set(element.get("class", "").split())
        return self.types <= {element.tag} and self.ids <= {element.get("id")} and self.classes <= classes


@dataclass(frozen=True, slots=True)
class Selector:
    """What an element and those around it must have, from the outermost inward; `directly` within the one before."""

    steps: tuple[Wanted, ...]
    directly: tuple[bool, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """The specificity, as CSS counts it."""
        return (
            sum(len(step.ids) for step in self.steps),
            sum(len(step.classes) for step in self.steps),
            sum(len(step.types) for step in self.steps),
        )


def read(tokens: Sequence[Any]) -> Selector | None:
    """Read a selector; None if it is about something that print does not have, such as `:hover`.

    Raises:
        UnsafeError: The selector has more than elements, classes and ids.
    """
    steps, directly = [Wanted()], [False]
    between, kind = None, ""
    for token in tokens:
        mark = token.value if token.type == "literal" else token.type
        if mark == ":":
            return None
        if mark in {"whitespace", ">"}:
            between = ">" if ">" in {between, mark} else mark
            continue
        if between and steps != [Wanted()]:
            steps.append(Wanted())
            directly.append(between == ">")
        between = None
        if mark == "hash":
            steps[-1].ids.add(token.value)
        elif mark == "ident":
            (steps[-1].classes if kind == "." else steps[-1].types).add(token.value)
        elif mark not in {".", "*"}:
            raise UnsafeError("a style for other than elements, .classes and #ids (write plain rules)")
        kind = mark
    return Selector(tuple(steps), tuple(directly))


def meant(selectors: Sequence[Selector], root: ET.Element) -> Iterator[tuple[ET.Element, list[int]]]:
    """For each element, the indexes of the selectors that match it.

    Raises:
        UnsafeError: There are too many pairs of rules and elements to compare.
    """
    if selectors and len(selectors) * sum(1 for _ in root.iter()) > _MOST:
        raise UnsafeError("too many style rules for so many elements (simplify it, or save it as PNG)")
    nothing: list[frozenset[int]] = [frozenset()] * len(selectors)
    todo = [(root, nothing, nothing)]
    while todo:
        element, parent, above = todo.pop()
        here = [
            frozenset(
                step
                for step, wanted in enumerate(selector.steps)
                if (step == 0 or step - 1 in (parent if selector.directly[step] else above)[at])
                and wanted.is_met_by(element)
            )
            for at, selector in enumerate(selectors)
        ]
        yield element, [at for at, selector in enumerate(selectors) if len(selector.steps) - 1 in here[at]]
        around = [old | new for old, new in zip(above, here, strict=True)]
        todo += [(child, here, around) for child in element]
