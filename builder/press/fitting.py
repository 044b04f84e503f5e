"""Trees made ready to set: without what only a screen shows, with single spaces, and with the room that each needs.

In: the tree of a text. Out: another, with `room` at every block, about how many characters' room it takes, and `ids` at
each part of the whole, the anchors in it. The typesetter asks these of every block; worked out here, once, they spare
it a walk below the block each time. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

INLINE = frozenset(
    ["em", "strong", "sup", "sub", "a", "br", "code", "span", "abbr", "kbd", "q", "cite", "footnote", "img"]
)
"""Elements that stand within a line; `marks.typ` has the same list."""

_OWN = {"li": 45, "p": 45, "dt": 45, "tr": 80, "img": 1600}
_LINE = 150  # of a line to write on
_SPACES = re.compile(r"[ \t\r\n]+")


def fitted(tree: Node) -> Node:
    """Make a copy of a tree that is ready to set."""
    children, _ = _children(tree["c"])
    return {**tree, "c": [{**child, "ids": list(_ids(child))} for child in children if isinstance(child, dict)]}


def _ids(node: Node) -> Iterator[str]:
    if "id" in node:
        yield node["id"]
    for child in node["c"]:
        if isinstance(child, dict):
            yield from _ids(child)


def _fitted(node: Node) -> tuple[Node, int]:
    kinds = node.get("k", ())
    room = _LINE * node.get("n", 1) if "write" in kinds else _OWN.get(node["t"], 0)
    children, within = (node["c"], 0) if node["t"] == "pre" else _children(node["c"])
    made: Node = {**node, "c": children}
    if node["t"] not in INLINE:
        made["room"] = room + within
    return made, room + within


def _children(nodes: list[Node | str]) -> tuple[list[Node | str], int]:
    """Fit what is within an element; white space is nothing between blocks, at a start, and after a break."""
    kept: list[Node | str] = []
    room, before = 0, ""
    blocks = any(isinstance(node, dict) and node["t"] not in INLINE for node in nodes)
    for node in nodes:
        if isinstance(node, str):
            text = _SPACES.sub(" ", node.lstrip() if before == "br" else node)
            if text.strip() or (text and kept and not blocks):
                kept.append(text)
                room += len(text)
            before = ""
        elif "web" not in node.get("k", ()):
            made, taken = _fitted(node)
            kept.append(made)
            room, before = room + taken, node["t"]
    return kept, room
