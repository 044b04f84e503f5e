"""Trees made ready to set: without what only a screen shows, with single spaces, and with the room that each needs.

In: the tree of a text. Out: another, with `room` at every block, about how many characters' room it takes, `nth` at
every block that begins a line of its own, and `ids` at each part of the whole, the anchors in it. The typesetter asks
these of every block; worked out here, once, they spare it a walk below the block each time. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

INLINE = frozenset(
    ["em", "strong", "sup", "sub", "a", "br", "code", "span", "abbr", "kbd", "q", "cite", "footnote", "img"]
)
"""Elements that stand within a line. The layouts know them by this: they are told no room."""

_OWN = {"li": 45, "p": 45, "dt": 45, "tr": 80, "img": 1600}
_NUMBERED = frozenset(["p", "li", "dt", "h1", "h2", "h3", "h4", "h5", "h6"])
_LINE = 150  # of a line to write on
_SPACES = re.compile(r"[ \t\r\n]+")
_BREAKS = re.compile(r"[\t\r\n]| {2}")


def fitted(tree: Node) -> Node:
    """Make a copy of a tree that is ready to set."""
    parts = []
    numbers = itertools.count(1)
    for part in tree["c"]:
        if isinstance(part, dict) and "web" not in part.get("k", ()):
            ids: list[str] = []
            parts.append({**_fitted(part, ids, numbers)[0], "ids": ids})
    return {**tree, "c": parts}


def _fitted(node: Node, ids: list[str], numbers: Iterator[int]) -> tuple[Node, int]:
    """Fit an element, add its anchors to `ids`, and answer it with the room that it takes."""
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
        made["c"], within = _children(node["c"], ids, numbers)
        room += within
    if tag not in INLINE:
        made["room"] = room
    return made, room


def _children(nodes: list[Node | str], ids: list[str], numbers: Iterator[int]) -> tuple[list[Node | str], int]:
    """Fit what is within an element; white space is nothing between blocks, at a start, after a break or a task box."""
    kept: list[Node | str] = []
    room, starts = 0, False
    blocks = any(isinstance(node, dict) and node["t"] not in INLINE for node in nodes)
    for node in nodes:
        if isinstance(node, str):
            text = node.lstrip() if starts else node
            if _BREAKS.search(text):
                text = _SPACES.sub(" ", text)
            if text.strip() or (text and kept and not blocks):
                kept.append(text)
                room += len(text)
            starts = False
        elif "web" not in node.get("k", ()):
            made, taken = _fitted(node, ids, numbers)
            kept.append(made)
            room += taken
            starts = node["t"] == "br" or "task" in node.get("k", ())
    return kept, room
