"""A drawing as part of a page: in HTML, with names that no other drawing there has.

In: a drawing as `cleaning` writes it. Out: its markup, and whether it needs a light ground. Touches nothing.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from builder.problems import Problems
from builder.sources.images import drawings
from builder.sources.images.parsing import Refusals, parse

_INKS = frozenset(["none", "currentColor", "transparent"])
"""Paints that fit any background."""

_FILLED = frozenset(["accent-fill", "soft", "wash"])

_LINED = frozenset(["accent-line"])
"""Classes that give a drawing's fill and lines the page's colors."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A drawing in HTML; `on_paper` if it has colors of its own, which might not be visible on a dark background."""

    markup: str
    on_paper: bool


def inline(data: bytes, prefix: str, label: str) -> Inline | None:
    """Write a drawing as part of a page; None if it has parts that only a file can have, such as a photo.

    `prefix` makes the drawing's ids unique on the page; `label` is its text alternative.
    """
    drawing = parse("", data, Refusals(Problems()))
    if drawing is None or any(each.tag == "image" or "style" in each.attrib for each in drawing.root.iter()):
        return None
    root = drawing.root
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in {"title", "desc"}]:  # else it pops up under the pointer
            parent.remove(child)
    _fix_spaces(root, kept=False)
    on_paper = not _is_in_ink(root, fill=False, line=True)
    for key in ("width", "height", "color"):
        root.attrib.pop(key, None)
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, _renamed(key, value, prefix))
    root.set("role", "img")
    root.set("aria-label", label)
    return Inline(ET.tostring(root, encoding="unicode"), on_paper)


def _fix_spaces(element: ET.Element, *, kept: bool) -> None:
    """Write kept spaces as no-break spaces: HTML does not know `xml:space`."""
    kept = element.attrib.pop("xml:space", "preserve" if kept else "default") == "preserve"
    if kept and element.tag in drawings.TEXTS:
        element.text = element.text and element.text.replace(" ", "\u00a0")
        for child in element:
            child.tail = child.tail and child.tail.replace(" ", "\u00a0")
    for child in element:
        _fix_spaces(child, kept=kept)


def _renamed(key: str, value: str, prefix: str) -> str:
    """An attribute's value with a prefix before each id in it."""
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href":
        return f"#{prefix}-{value[1:]}"
    return re.sub(r"url\(#", f"url(#{prefix}-", value) if key in drawings.PROPERTIES else value


def _is_in_ink(element: ET.Element, *, fill: bool, line: bool) -> bool:
    """Whether all that is drawn has the page's colors; `fill` and `line` say so of what an element inherits."""
    classes = set(element.get("class", "").split())
    fill = bool(classes & _FILLED) or (element.get("fill") in _INKS if "fill" in element.attrib else fill)
    line = bool(classes & _LINED) or (element.get("stroke") in _INKS if "stroke" in element.attrib else line)
    if element.tag in {"stop", "feFlood", "feDropShadow"} or (element.tag in drawings.SHAPES and not line):
        return False
    if element.tag in (drawings.SHAPES - {"line"}) | drawings.TEXTS and not (fill and line):
        return False
    return all(_is_in_ink(child, fill=fill, line=line) for child in element)
