"""The tree that print and checks read: plain dicts, made from the dialect's HTML.

In: Markdown text. Out: nodes, each with its tag (`t`), children (`c`), classes (`k`) and the attributes that are kept.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.dialect import footnotes
from builder.dialect.converter import parsed

Node = dict[str, Any]

_KEPT = ("id", "href", "src", "alt", "start", "title", "lang")
_BLOCK_TAGS = frozenset(
    [
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
        "div", "section", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "root",
    ]
)  # fmt: skip


MAX_LEVELS = 40
"""Levels of elements: enough for twelve levels of lists and what is in their items."""

MAX_INLINE = 10
"""Levels of elements inside a line; the typesetter fails near 50."""

_CUT = 120
"""Levels at which the tree is cut, so that walking it never exhausts the stack; far fewer are allowed."""


@functools.lru_cache(maxsize=1024)
def tree(text: str) -> Node:
    """Convert Markdown to its tree; the same text gives the same tree, which is shared and must not be changed."""
    root = parsed(text)
    notes = footnotes.take_out(root)
    usable = {} if footnotes.find_tangle(root, notes) else notes
    return {"t": "root", "c": _trim(_Branches(usable).children(root, 0))}


def find_tangled_note(text: str) -> footnotes.Tangle | None:
    """A footnote of a text that print cannot set; the tree of such a text leaves all notes empty."""
    root = parsed(text)
    return footnotes.find_tangle(root, footnotes.take_out(root))


def is_too_deep(tree: Node) -> bool:
    """Whether a tree has more than `MAX_LEVELS` levels of elements, or more than `MAX_INLINE` within a line."""
    return _exceeds(tree, 0, 0)


def walk(node: Node | str) -> Iterator[Node]:
    """Every element of a tree, in reading order."""
    if isinstance(node, dict):
        yield node
        for child in node["c"]:
            yield from walk(child)


def words(node: Node | str) -> str:
    """All text of a tree, with single spaces."""
    return re.sub(r"\s+", " ", "".join(_text(node))).strip()


def classes(node: Node) -> tuple[str, ...]:
    """The classes of an element."""
    return tuple(node.get("k", ()))


def ids(tree: Node) -> Counter[str]:
    """How often each id occurs in a tree."""
    return Counter(node["id"] for node in walk(tree) if "id" in node)


def examples(tree: Node) -> frozenset[str]:
    """Every line of the code blocks of a tree, without its indent."""
    blocks = ("".join(_typed(node)) for node in walk(tree) if node["t"] == "pre")
    return frozenset(line.strip(" >") for block in blocks for line in block.split("\n") if line.strip())


def _typed(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for child in node["c"]:
            yield from _typed(child)


def with_links(node: Node, resolve: Any) -> Node:
    """Copy a tree with other addresses in its links.

    Args:
        node: The tree.
        resolve: Takes a link's address and returns the new one, or None to turn the link into a plain span.
    """
    children = [with_links(child, resolve) if isinstance(child, dict) else child for child in node["c"]]
    made = {**node, "c": children}
    if node["t"] == "a":
        href = resolve(node.get("href", ""))
        if href is None:
            made.pop("href", None)
            made["t"] = "span"
        else:
            made["href"] = href
    return made


@dataclass(frozen=True, slots=True)
class _Branches:
    """Makes nodes from elements, and inserts each note where it is referred to."""

    notes: Mapping[str, Any]

    def children(self, element: Any, level: int) -> list[Node | str]:
        if level > _CUT:
            return ["".join(element.itertext())]
        out: list[Node | str] = [element.text] if element.text else []
        for child in element:
            if isinstance(child.tag, str):
                out.append(self.node(child, level + 1))
            if child.tail:
                out.append(child.tail)
        return out

    def node(self, element: Any, level: int) -> Node:
        kinds = element.get("class", "").split()
        id = footnotes.referred(element)
        if id is not None:
            body = self.children(self.notes[id], level) if id in self.notes else []
            return {"t": "footnote", "c": _trim([_without_backlinks(each) for each in body])}
        node: Node = {"t": element.tag, "c": self.children(element, level)}
        if kinds:
            node["k"] = kinds
        node |= {key: element.get(key) for key in _KEPT if element.get(key) is not None}
        if "write" in kinds:
            lines = element.get("data-lines", "")
            node["n"] = int(lines) if lines.isdecimal() else 3
        if element.tag == "th" and element.get("style"):
            node["align"] = element.get("style").partition(":")[2].strip(" ;")
        if element.tag in _BLOCK_TAGS:
            node["c"] = _trim(node["c"])
        return node


def _exceeds(node: Node | str, level: int, inline: int) -> bool:
    if isinstance(node, str):
        return False
    inline = 0 if node["t"] in _BLOCK_TAGS or node["t"] == "footnote" else inline + 1
    if level > MAX_LEVELS or inline > MAX_INLINE:
        return True
    return any(_exceeds(child, level + 1, inline) for child in node["c"])


def _without_backlinks(node: Node | str) -> Node | str:
    if isinstance(node, str):
        return node
    kept = [child for child in node["c"] if isinstance(child, str) or "footnote-backref" not in classes(child)]
    return {**node, "c": [_without_backlinks(child) for child in kept]}


def _trim(children: list[Node | str]) -> list[Node | str]:
    """Drop the white space that only separates blocks."""
    if any(isinstance(child, dict) and child["t"] in _BLOCK_TAGS for child in children):
        return [child for child in children if isinstance(child, dict) or child.strip()]
    return children


def _text(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    for child in node["c"]:
        yield from _text(child)
    if node["t"] in _BLOCK_TAGS or node["t"] == "br":
        yield " "
