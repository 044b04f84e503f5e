"""How much a drawing draws: a part that is used several times counts each time, because it costs each time.

In: the root of a drawing. Out: nothing, or a reason why it is too much. Touches nothing.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from builder.sources.images import shading, sizes, stretches
from builder.sources.images.failures import UnsafeError

MAX_DRAWN = 100_000
"""Elements, counted each time that one is drawn; a browser draws this many in about a second."""

MAX_LETTERS = 10_000
"""Characters of text, counted each time that they are drawn; the typesetter takes a second for this many."""

_DEEPEST = 8
"""Parts within parts; a gradient that takes its colors from another is two."""

_REFERENCE = re.compile(r"url\(#([^)]*)\)")

_MARKERS = ("marker-start", "marker-mid", "marker-end")

_INHERITED = frozenset(["fill", "stroke", *_MARKERS])

_APART = frozenset(["clipPath", "marker", "mask", "pattern"])
"""Elements that are drawn where others refer to them, but inherit from where they are written."""

_MOST_STRETCHED = 1e9
"""How many times larger than written; far beyond this the typesetter overflows and crashes."""


def judge(root: ET.Element) -> None:
    """Refuse a drawing that would take endless or very long to draw. Raises `UnsafeError`."""
    weight = _Scale(root).weigh(root, 0)
    if weight.drawn > MAX_DRAWN:
        raise UnsafeError(f"parts that are used too often (at most {MAX_DRAWN:,} in all; save it as PNG)")
    if weight.letters > MAX_LETTERS:
        raise UnsafeError(f"more than {MAX_LETTERS:,} characters of text (write it in the page; or save it as PNG)")
    if weight.shaded > shading.MAX_STEPS:
        most = f"at most {shading.MAX_STEPS} steps in all"
        raise UnsafeError(f"filters that take too long ({most}; give one to a group of shapes; or save it as PNG)")
    if weight.stretch > _MOST_STRETCHED:
        raise UnsafeError("parts that are stretched too far (draw them larger; or save it as PNG)")


@dataclass(slots=True)
class _Weight:
    """What is drawn with an element: elements, characters of text and steps of filters.

    Also through how many references its deepest part is drawn, and how far it is stretched.
    """

    drawn: int = 1
    letters: int = 0
    shaded: float = 0
    depth: int = 0
    stretch: float = 1


class _Scale:
    """Weighs each element once."""

    def __init__(self, root: ET.Element) -> None:
        self._named = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
        self._around: dict[ET.Element, set[str]] = {}
        self._weights: dict[ET.Element, _Weight] = {}
        self._open: set[ET.Element] = set()
        self._size = sizes.box(root)[2:]
        self._look_around(root, {})

    def _look_around(self, element: ET.Element, inherited: dict[str, list[str]]) -> None:
        """Note what each pattern and the like inherits from the elements around it, although it is drawn elsewhere."""
        if element.tag in _APART:
            self._around[element] = {name for names in inherited.values() for name in names}
        own = {key: _REFERENCE.findall(value) for key, value in element.items() if key in _INHERITED}
        for child in element:
            self._look_around(child, {**inherited, **own})

    def weigh(self, element: ET.Element, level: int) -> _Weight:
        """Weigh an element with all that is in it and all that it refers to, after following `level` references."""
        if element in self._weights:
            return self._weights[element]
        if element in self._open:
            raise UnsafeError("a part that leads back to itself (draw it once)")
        _judge_depth(level)
        self._open.add(element)
        weight = self._own(element)
        for other, times, deeper in [*((child, 1, 0) for child in element), *self._referred(element)]:
            found = self.weigh(other, level + deeper)
            weight.drawn += times * found.drawn
            weight.letters += times * found.letters
            weight.shaded += times * found.shaded if deeper or other.tag != "filter" else 0
            weight.depth = max(weight.depth, found.depth + deeper)
            weight.stretch = max(weight.stretch, found.stretch)
        weight.stretch *= stretches.of(element)
        _judge_depth(weight.depth)
        self._open.discard(element)
        self._weights[element] = weight
        return weight

    def _own(self, element: ET.Element) -> _Weight:
        """The weight of an element without those in it and those that it refers to."""
        if element.tag == "filter":
            return _Weight(shaded=shading.steps(element, *self._size))
        letters = sum(map(len, element.itertext())) if element.tag == "text" else 0
        return _Weight(letters=letters, shaded=shading.functions(element))

    def _referred(self, element: ET.Element) -> Iterator[tuple[ET.Element, int, int]]:
        """What an element refers to, and how often that is drawn."""
        for key, value in element.items():
            names = [value[1:]] if key == "href" and value.startswith("#") else _REFERENCE.findall(value)
            times = _corners(element) if key in _MARKERS else 1
            yield from ((self._named[name], times, 1) for name in names if name in self._named)
        around = sorted(self._around.get(element, ()))
        yield from ((self._named[name], 0, 1) for name in around if name in self._named)


def _judge_depth(depth: int) -> None:
    if depth > _DEEPEST:
        raise UnsafeError(f"parts within parts (at most {_DEEPEST} deep; save it as PNG)")


def _corners(element: ET.Element) -> int:
    """How many points the lines of an element have at most, and so how many markers."""
    lines = (each.get("d", "") + each.get("points", "") for each in element.iter())
    return sum(2 + len(re.findall(r"[\d.]+", line)) // 2 for line in lines)
