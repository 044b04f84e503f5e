"""The size of a drawing: each gets a `viewBox`, so that it can be as wide as its page.

In: the root of a drawing. Out: the same with a size that can be shown, or a reason why it has none. Touches nothing.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from builder.problems import shown
from builder.sources.images.failures import UnsafeError

MAX_LENGTH = 100_000
"""Pixels; a drawing of a square meter has some 4,000."""

_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "Q": 96 / 101.6}
"""How many pixels each unit of CSS has."""

_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?)([A-Za-z%]*)")

_HINT = 'such as viewBox="0 0 360 200"'


def settle(root: ET.Element) -> None:
    """Give a drawing a `viewBox`, and remove lengths that depend on where it is shown.

    Raises:
        UnsafeError: The drawing has no size, or one that is not allowed.
    """
    for key in ("x", "y", "transform", "overflow"):
        root.attrib.pop(key, None)
    lengths = [_length(root, key) for key in ("width", "height")]
    if None in lengths:
        root.attrib.pop("width", None)
        root.attrib.pop("height", None)
    if "viewBox" in root.attrib:
        _judge_box(root.attrib["viewBox"])
    elif None in lengths:
        raise UnsafeError(f"no size (give it one, {_HINT})")
    else:
        width, height = (f"{length:.6g}" for length in lengths if length)
        root.set("viewBox", f"0 0 {width} {height}")


def box(root: ET.Element) -> tuple[float, float, float, float]:
    """The `viewBox` of a settled drawing: left, top, width and height, in its own units."""
    left, top, width, height = map(float, _numbers(root.attrib["viewBox"]))
    return left, top, width, height


def length(written: str, whole: float) -> float:
    """A length in pixels, perhaps a percentage of `whole`; 0 for what is no length."""
    found = _LENGTH.fullmatch(written.strip())
    if found is None:
        return 0
    return float(found[1]) * (whole / 100 if found[2] == "%" else _PIXELS.get(found[2], 1))


def _length(root: ET.Element, key: str) -> float | None:
    """A length in pixels; None when it is missing, or a part of something else."""
    found = _LENGTH.fullmatch(root.get(key, "").strip())
    if found is None or found[2] not in _PIXELS:
        return None
    length = float(found[1]) * _PIXELS[found[2]]
    _judge(length, f"{key}={shown(root.attrib[key])}")
    return length


def _judge_box(box: str) -> None:
    numbers = _numbers(box)
    if len(numbers) != 4 or not all(_LENGTH.fullmatch(number) for number in numbers):
        raise UnsafeError(f"viewBox={shown(box)} (four numbers, {_HINT})")
    for number in numbers[2:]:
        _judge(float(number), f"viewBox={shown(box)}")


def _judge(length: float, written: str) -> None:
    if not 0 < length <= MAX_LENGTH:
        raise UnsafeError(f"{written} (more than 0 and at most {MAX_LENGTH:,} pixels)")


def _numbers(box: str) -> list[str]:
    return re.split(r"[\s,]+", box.strip())
