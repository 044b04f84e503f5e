"""How far an element is stretched by its own attributes: its transformations, and its `viewBox`.

In: an element. Out: a factor, 1 or more, that may be too large and never too small. Touches nothing.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

from builder.sources.images.failures import UnsafeError

MAX_NUMBER = 1_000_000
"""The largest number in a drawing; those that programs write have four digits before the point."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")

_PERHAPS_LARGE = re.compile(r"\d[eE]|\d{7}")

_STEP = re.compile(r"(matrix|scale|skewX|skewY)\s*\(([^)]*)\)")

_TRANSFORMS = ("transform", "gradientTransform", "patternTransform")

_VIEWS = frozenset(["marker", "pattern", "svg", "symbol"])

_PAGE = 1000
"""The size that is assumed for a view without one, in pixels."""


def judge_numbers(name: str, value: str) -> None:
    """Refuse numbers beyond those of any drawing. Raises `UnsafeError`."""
    if _PERHAPS_LARGE.search(value) and any(abs(number) > MAX_NUMBER for number in _numbers(value)):
        raise UnsafeError(f"a number in {name} that is too large (at most {MAX_NUMBER:,})")


def of(element: ET.Element) -> float:
    """How far an element is stretched by its own attributes."""
    factor = 1.0
    for key in _TRANSFORMS:
        for step in _STEP.finditer(element.get(key, "")):
            numbers = _numbers(step[2])[: 4 if step[1] == "matrix" else 2]
            slopes = step[1].startswith("skew")
            factor *= max([1.0, *(abs(math.tan(math.radians(each)) if slopes else each) for each in numbers)])
    view = _numbers(element.get("viewBox", ""))
    if element.tag in _VIEWS and len(view) == 4:
        sizes = [abs(size) for key in ("width", "height") for size in _numbers(element.get(key, "")) or [_PAGE]]
        factor *= max(1.0, *sizes) / max(min(abs(view[2]), abs(view[3]), 1.0), 1e-9)
    return factor


def _numbers(value: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(value)]
