"""The tree that print and proofreading read: plain dicts, made of the dialect's HTML.

In: Markdown text. Out: nodes, each with its tag (`t`), children (`c`), classes (`k`) and the attributes that are kept.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from builder.prose.dialect import BLOCKS, parsed

Node = dict[str, Any]

_KEPT = ("id", "href", "src", "alt", "start", "title", "lang")
_BLOCK_TAGS = frozenset(
    [
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
        "div", "section", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "root",
    ]
)  # fmt: skip


@functools.lru_cache(maxsize=1024)
def tree(text: str) -> Node:
    """Convert Markdown to the tree; the same text gives the same (shared, never changed) tree."""
    root = parsed(text)
    notes = {note.get("id", ""): note for note in root.xpath(".//div[@class='footnote']//li")}
    for box in root.xpath(".//div[@class='footnote']"):
        box.getparent().remove(box)
    return {"t": "root", "c": _trim(_children(root, notes))}


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
    """How often each id stands in a tree."""
    return Counter(node["id"] for node in walk(tree) if "id" in node)


def blocks_made(tree: Node) -> Counter[str]:
    """How many of each teaching block a tree holds."""
    blocks = (node for node in walk(tree) if "admonition" in classes(node))
    return Counter(name for node in blocks for name in classes(node) if name in BLOCKS)


def with_links(node: Node, resolve: Any) -> Node:
    """Copy a tree with each link's address changed by `resolve`; links that it answers with None become plain spans."""
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


def _children(element: Any, notes: dict[str, Any]) -> list[Node | str]:
    out: list[Node | str] = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            out.append(_node(child, notes))
        if child.tail:
            out.append(child.tail)
    return out


def _node(element: Any, notes: dict[str, Any]) -> Node:
    kinds = element.get("class", "").split()
    if element.tag == "sup" and element.find("a[@class='footnote-ref']") is not None:
        id = element.find("a").get("href", "#")[1:]
        others = {other: note for other, note in notes.items() if other != id}  # a note may refer to itself
        body = _children(notes[id], others) if id in notes else []
        return {"t": "footnote", "c": _trim([_without_backlinks(each) for each in body])}
    node: Node = {"t": element.tag, "c": _children(element, notes)}
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
