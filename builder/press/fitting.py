"""Trees made ready to set: without what only a screen shows, with single spaces, and with the room that each needs.

In: the tree of a text. Out: another, with `room` at every block, about how many characters' room it takes, `nth` at
every block that begins a line of its own, and `ids` at each part of the whole, the anchors in it. The typesetter needs
these for every block; computed here, once, they save it a walk below the block each time. Words that are too long for
a line come with places where it may end, headings that have one are `long`, and tables say what needs room in their
`columns`. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from builder.press import breaking

Node = dict[str, Any]

INLINE = frozenset(
    ["em", "strong", "sup", "sub", "a", "br", "wbr", "code", "span", "abbr", "kbd", "q", "cite", "footnote", "img"]
)
"""Elements within a line. They get no `room`, by which the layouts recognize them."""

_OWN = {"li": 45, "p": 45, "dt": 45, "tr": 80, "img": 1600}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_NUMBERED = _HEADINGS | {"p", "li", "dt"}
_LONG = re.compile(r"\w{21}")
_LINE = 150  # of a line to write on
_SPACES = re.compile(r"[ \t\r\n]+")
_BREAKS = re.compile(r"[\t\r\n]| {2}")


def fitted(tree: Node) -> Node:
    """Copy a tree, ready to set: with `room`, `nth`, `ids`, `long` and `columns` as described above."""
    parts = []
    numbers = itertools.count(1)
    for part in tree["c"]:
        if isinstance(part, dict) and "web" not in part.get("k", ()):
            ids: list[str] = []
            parts.append({**_fitted(part, ids, numbers)[0], "ids": ids})
    return {**tree, "c": parts}


def _fitted(node: Node, ids: list[str], numbers: Iterator[int], in_cell: bool = False) -> tuple[Node, int]:  # noqa: FBT001, FBT002
    """Fit an element and add its anchors to `ids`. Returns it with the room that it takes."""
    tag = node["t"]
    if "id" in node:
        ids.append(node["id"])
    room = _OWN.get(tag, 0)
    if "write" in node.get("k", ()):
        room = _LINE * node.get("n", 1)
    made = dict(node)
    if tag in _NUMBERED:
        made["nth"] = next(numbers)
    if tag != "pre":
        made["c"], within = _children(node["c"], ids, numbers, tag in {"td", "th"} or in_cell)
        room += within
    if tag == "table":
        made["columns"] = breaking.columns(made)
    elif tag in _HEADINGS and any(isinstance(each, str) and _LONG.search(each) for each in node["c"]):
        made["long"] = True
    if tag not in INLINE:
        made["room"] = room
    return made, room


def _children(
    nodes: list[Node | str],
    ids: list[str],
    numbers: Iterator[int],
    in_cell: bool,  # noqa: FBT001
) -> tuple[list[Node | str], int]:
    """Fit an element's children; white space is dropped between blocks, at a start, after a break or a task box."""
    kept: list[Node | str] = []
    room, starts = 0, False
    blocks = any(isinstance(node, dict) and node["t"] not in INLINE for node in nodes)
    for node in nodes:
        if isinstance(node, str):
            text = node.lstrip() if starts else node
            if _BREAKS.search(text):
                text = _SPACES.sub(" ", text)
            if text.strip() or (text and kept and not blocks):
                kept += breaking.breakable(text, breaking.IN_CELL if in_cell else breaking.LONGEST)
                room += len(text)
            starts = False
        elif "web" not in node.get("k", ()):
            made, taken = _fitted(node, ids, numbers, in_cell)
            kept.append(made)
            room += taken
            starts = node["t"] == "br" or "task" in node.get("k", ())
    return kept, room
