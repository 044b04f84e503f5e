"""Gradients that repeat, for print: an archive's PDF has none, so each is written as one long gradient.

In: a drawing as it is published. Out: the same picture without `spreadMethod`. Touches nothing.

PowerPoint writes `reflect` into every gradient.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from builder.problems import Problems
from builder.sources.images import sizes
from builder.sources.images.cleaning import serialize
from builder.sources.images.parsing import Refusals, parse

_TIMES, _MOST = 4, 24
"""How often a gradient is repeated on each side: if the needed number is unknown, and at most. What is farther away has
the last color. More would show as steps: readers of PDF divide a gradient into some 256."""

_KINDS = frozenset(["linearGradient", "radialGradient"])

_MEASURES = {
    "linearGradient": {"x1": "0%", "y1": "0%", "x2": "100%", "y2": "0%"},
    "radialGradient": {"cx": "50%", "cy": "50%", "r": "50%", "fr": "0%"},
}
"""The attributes for where a gradient begins and ends, with their defaults."""


def without_spread(data: bytes) -> bytes:
    """Write a drawing's gradients so that none has to be repeated."""
    drawing = parse("", data, Refusals(Problems()))
    if b"spreadMethod" not in data or drawing is None:
        return data
    root = drawing.root
    named = {
        element.attrib["id"]: element for element in root.iter() if element.tag in _KINDS and "id" in element.attrib
    }
    made = {gradient: _spread(gradient, named, root) for gradient in named.values()}
    for gradient, (attributes, stops) in made.items():
        gradient.attrib = {"id": gradient.attrib["id"], **attributes}
        gradient[:] = stops
    return serialize(root)


def _spread(
    gradient: ET.Element, named: Mapping[str, ET.Element], root: ET.Element
) -> tuple[dict[str, str], list[ET.Element]]:
    """A gradient's attributes and stops, with what it takes from others; longer, if it is to be repeated."""
    chain = list(_chain(gradient, named))
    attributes = {key: value for each in reversed(chain) for key, value in each.items() if key not in {"id", "href"}}
    stops = next((list(each.findall("stop")) for each in chain if each.find("stop") is not None), [])
    way = attributes.pop("spreadMethod", "pad")
    if way not in {"reflect", "repeat"} or not stops:
        return attributes, [ET.Element("stop", dict(stop.attrib)) for stop in stops]
    box = sizes.box(root) if attributes.get("gradientUnits") == "userSpaceOnUse" else (0, 0, 1, 1)
    measures = {
        key: sizes.length(attributes.get(key, usual), box[3] if key in {"y1", "y2", "cy"} else box[2])
        for key, usual in _MEASURES[gradient.tag].items()
    }
    if gradient.tag == "linearGradient":
        first, last = _periods(measures, None if "gradientTransform" in attributes else box)
        longer = _longer_line(measures, first, last)
    else:
        for key in ("fx", "fy"):
            measures[key] = sizes.length(attributes[key], box[2]) if key in attributes else measures[f"c{key[1]}"]
        first, last = 0, _TIMES
        longer = _wider_circle(measures)
    attributes |= {key: f"{value:.6g}" for key, value in longer.items()}
    return attributes, list(_repeated(stops, first, last, reflected=way == "reflect"))


def _chain(gradient: ET.Element, named: Mapping[str, ET.Element]) -> Iterator[ET.Element]:
    """A gradient, and those that it inherits from; `weights` has made sure that they form no circle."""
    at: ET.Element | None = gradient
    while at is not None:
        yield at
        at = named.get(at.get("href", "#")[1:])


def _periods(at: Mapping[str, float], box: tuple[float, float, float, float] | None) -> tuple[int, int]:
    """The first period of a line and the one after the last that are needed to cover a box, if it is known."""
    across, down = at["x2"] - at["x1"], at["y2"] - at["y1"]
    length = across**2 + down**2
    if not length:
        return 0, 1
    if box is None:
        return -_TIMES, _TIMES
    x, y, width, height = box
    corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
    reached = [((left - at["x1"]) * across + (top - at["y1"]) * down) / length for left, top in corners]
    return max(-_MOST, math.floor(min(0, *reached))), min(_MOST, math.ceil(max(1, *reached)))


def _longer_line(at: Mapping[str, float], first: int, last: int) -> dict[str, float]:
    across, down = at["x2"] - at["x1"], at["y2"] - at["y1"]
    return {
        "x1": at["x1"] + first * across,
        "y1": at["y1"] + first * down,
        "x2": at["x1"] + last * across,
        "y2": at["y1"] + last * down,
    }


def _wider_circle(at: Mapping[str, float]) -> dict[str, float]:
    """All circles of a gradient grow from its focus; so does the one that is so many times as large."""
    return {
        "cx": at["fx"] + _TIMES * (at["cx"] - at["fx"]),
        "cy": at["fy"] + _TIMES * (at["cy"] - at["fy"]),
        "r": at["fr"] + _TIMES * (at["r"] - at["fr"]),
        "fx": at["fx"],
        "fy": at["fy"],
    }


def _repeated(stops: list[ET.Element], first: int, last: int, *, reflected: bool) -> Iterator[ET.Element]:
    """The stops of every period, from the first on."""
    for period in range(first, last):
        backward = reflected and period % 2 == 1
        for stop in reversed(stops) if backward else stops:
            offset = min(max(sizes.length(stop.get("offset", "0"), 1), 0), 1)
            place = (period - first + (1 - offset if backward else offset)) / (last - first)
            yield ET.Element("stop", {**stop.attrib, "offset": f"{place:.6g}"})
