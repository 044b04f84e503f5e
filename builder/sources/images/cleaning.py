"""A drawing as it is published: written anew from what was checked, so that nothing unread is left in it.

In: an SVG file. Out: the same picture as SVG without styles, comments and notes, whose every element, attribute and
value is in the list of `drawings`; or problems with their places. Touches nothing.
"""

from __future__ import annotations

import contextlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Set

from builder.problems import Place, Problems, shown
from builder.sources.images import drawings, embedding, selectors, sizes, stretches, styles, weights
from builder.sources.images.failures import UnsafeError
from builder.sources.images.parsing import Drawing, Refusals, parse

_REFERRING = frozenset(["filter", "linearGradient", "pattern", "radialGradient", "textPath", "use"])
"""Elements that name another by `href`."""

_NAMING = frozenset(["in", "in2", "result"])
"""Attributes that name a step of a filter, which may look like a number."""

_INERT_SHEET = re.compile(r"[\w\s.,:;{}()#%@*+>~'-]*")

_REACHES = re.compile(r"import|url|image|src|cross-fade|element", re.IGNORECASE)
"""What a style sheet that stays as it is must not have: an escape, or a way to load a file."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def clean(path: str, data: bytes, problems: Problems) -> bytes | None:
    """Write an SVG anew; None, with every problem at its place, when it is not safe or cannot be shown."""
    refusals = Refusals(problems)
    drawing = parse(path, data, refusals)
    if drawing is None:
        return None
    names = _Names()
    properties = _properties(drawing, names, refusals)
    for element in drawing.root.iter():
        _settle(element, properties[element], names, refusals, drawing.places[element])
    _drop_unseen(drawing.root, names.used)
    with _reporting(refusals, drawing.places[drawing.root]):
        sizes.settle(drawing.root)
        weights.judge(drawing.root)
    return None if refusals else serialize(drawing.root)


def is_inert(path: str, data: bytes) -> bool:
    """Whether a browser does no more than draw an SVG, although nothing is left out of it."""
    problems = Problems()
    drawing = parse(path, data, Refusals(problems))
    if drawing is None or not drawing.is_whole or clean(path, data, problems) is None:
        return False
    return all(_INERT_SHEET.fullmatch(sheet) and not _REACHES.search(sheet) for _, sheet in drawing.sheets)


def serialize(root: ET.Element) -> bytes:
    """Write the tree of a drawing as a file."""
    root.set("xmlns", drawings.NAMESPACE)
    return ET.tostring(root, encoding="unicode").encode() + b"\n"


class _Names:
    """Our names for a file's ids, which may contain any character, and which of them are referred to."""

    def __init__(self) -> None:
        self._ours: dict[str, str] = {}
        self._taken: set[str] = set()
        self.used: set[str] = set()

    def of(self, id: str) -> str:
        """Our name for an id: the same where it is a plain one."""
        if id not in self._ours:
            name, number = id, 0
            while not _ID.fullmatch(name) or name in self._taken:
                number += 1
                name = f"part-{len(self._taken) + number}"
            self._ours[id] = name
            self._taken.add(name)
        return self._ours[id]

    def refer(self, id: str) -> str:
        """Our name for an id that something refers to."""
        name = self.of(id)
        self.used.add(name)
        return name


def _properties(drawing: Drawing, names: _Names, refusals: Refusals) -> dict[ET.Element, dict[str, str]]:
    """The properties that styles set for each element: first by the style sheets, then by its own attribute."""
    rules: list[styles.Rule] = []
    for place, sheet in drawing.sheets:
        with _reporting(refusals, place):
            rules += styles.rules(sheet, names.refer)
    found: dict[ET.Element, dict[str, str]] = {element: {} for element in drawing.root.iter()}
    with _reporting(refusals, drawing.places[drawing.root]):
        for element, numbers in selectors.meant([rule.selector for rule in rules], drawing.root):
            own: tuple[styles.Declared, ...] = ()
            with _reporting(refusals, drawing.places[element]):
                own = styles.inline(element.attrib.pop("style", ""), names.refer)
            found[element] = styles.cascade([rules[number] for number in numbers], own)
    return found


def _settle(
    element: ET.Element, properties: Mapping[str, str], names: _Names, refusals: Refusals, place: Place
) -> None:
    """Write the attributes of an element anew; properties from styles override them."""
    given = dict(element.attrib)
    element.attrib.clear()
    for key, value in given.items():
        with _reporting(refusals, place):
            kept = _value(element.tag, key, value, names)
            if kept:
                element.set(key, kept)
    for name, value in properties.items():
        if name not in drawings.BLENDING:
            element.set(name, value)
    blending = "; ".join(f"{name}: {value}" for name, value in properties.items() if name in drawings.BLENDING)
    if blending:
        element.set("style", blending)
    element.text, element.tail = _unbroken(element.text), _unbroken(element.tail)


def _value(tag: str, key: str, value: str, names: _Names) -> str | None:
    """An attribute's value in our form; None if it has no effect. Raises `UnsafeError`."""
    if key == "id":
        return names.of(value)
    if key == "class":
        return " ".join(each for each in value.split() if each in drawings.CLASSES)
    if key == "href":
        return embedding.clean(value) if tag == "image" else _reference(tag, value, names)
    if key in drawings.PROPERTIES:
        return styles.attribute(key, value, names.refer)
    plain = " ".join(value.split())
    if not drawings.is_safe_value(key, plain):
        raise UnsafeError(f"{key}={shown(value[:40])} (only numbers and words)")
    if key not in _NAMING:
        stretches.judge_numbers(key, plain)
    return plain


def _reference(tag: str, value: str, names: _Names) -> str | None:
    if not re.fullmatch(r"#.+", value.strip()):
        raise UnsafeError(f"href={shown(value[:40])} (only #id of the same file)")
    return f"#{names.refer(value.strip()[1:])}" if tag in _REFERRING else None


def _unbroken(text: str | None) -> str | None:
    """Text on one line: SVG ignores line ends, and an empty line would end the HTML in Markdown."""
    return text and re.sub(r"[\t\n\r]", " ", text)


def _drop_unseen(root: ET.Element, used: Set[str]) -> None:
    """Remove ids that nothing refers to, duplicate ids, and what an editor hides, such as a layer of drafts."""
    seen: set[str] = set()
    for element in root.iter():
        id = element.get("id")
        if id is not None and (id not in used or id in seen):
            del element.attrib["id"]
        seen.add(id or "")
    for parent in list(root.iter()):
        for child in list(parent):
            hidden = child.get("display") == "none" and child.tag in _SEEN
            if hidden and not any(each.get("id") for each in child.iter()):
                parent.remove(child)


_SEEN = drawings.SHAPES | drawings.TEXTS | {"g", "image", "svg", "use"}


@contextlib.contextmanager
def _reporting(refusals: Refusals, place: Place) -> Iterator[None]:
    """Turn an `UnsafeError` into a problem at a place."""
    try:
        yield
    except UnsafeError as error:
        refusals.add(place, f"an SVG with {error}")
