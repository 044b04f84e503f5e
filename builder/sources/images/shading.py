"""How much the filters of a drawing cost, which the typesetter computes pixel by pixel.

In: an element and the width and height of its drawing. Out: how many filter steps are run over a shape of the
drawing's own size. Touches nothing.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from builder.sources.images import sizes
from builder.sources.images.drawings import EFFECTS

MAX_STEPS = 24
"""Steps of filters in all. The typesetter takes about half a second for one over a whole page."""

_PARTS = frozenset(["feFuncA", "feFuncB", "feFuncG", "feFuncR", "feMergeNode"])
"""Elements of a filter that are parts of a step."""

_FUNCTION = re.compile(r"[a-z-]+\(", re.IGNORECASE)

_USUAL = 1.2
"""A filter's default width and height, relative to its shape (SVG: 120%)."""


def steps(filter_: ET.Element, width: float, height: float) -> float:
    """How many steps a `filter` element has, times how much larger than usual its area is."""
    count = sum(each.tag in EFFECTS and each.tag not in _PARTS for each in filter_.iter())
    whole = (width, height) if filter_.get("filterUnits") == "userSpaceOnUse" else (1, 1)
    area = 1.0
    for key, one in zip(("width", "height"), whole, strict=True):
        if key in filter_.attrib and one > 0:
            area *= max(1.0, sizes.length(filter_.attrib[key], one) / one / _USUAL)
    return count * area


def functions(element: ET.Element) -> int:
    """How many steps an element has in its own `filter` property, such as `blur(2px)`; without those it refers to."""
    return len(_FUNCTION.findall(element.get("filter", "").replace("url(", "")))
