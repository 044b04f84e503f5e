"""The Markdown dialect: one set of extensions for site and print, a closed vocabulary, and the tree that print reads.

In: Markdown text. Out: a tree of plain dicts (the contract with the press is in `builder/press`), or what of it is for
whom. Touches nothing; imports `markdown` and `lxml`, and no other room does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html
import markdown

EXTENSIONS = ("admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "smarty", "tables", "toc")
"""What `mkdocs.yml` must list, so that a page and its print are the same text."""

BLOCKS = ("reflection", "practice", "story", "evidence", "definition", "content-note", "facilitator")
"""The teaching blocks; no other admonitions exist."""

SAFE_HTML = frozenset({"br", "sub", "sup", "abbr", "kbd", "q", "cite"})
"""Raw HTML that authors may write."""

Node = dict[str, Any]

_KEPT = ("id", "href", "src", "alt", "start", "title", "lang")
_BLOCK = re.compile(r"^(?P<indent> *)!!! +(?P<kind>[\w-]+)(?P<rest>[^\n]*)\n?", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK_TAGS = frozenset(
    "p ul ol li dl dt dd table thead tbody tr th td blockquote pre div section hr h1 h2 h3 h4 h5 h6 root".split()
)


@functools.cache
def _dialect() -> markdown.Markdown:
    """Build the converter once: making one costs more than converting a paragraph."""
    return markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")


def html(text: str) -> str:
    """Convert Markdown to HTML."""
    converter = _dialect().reset()
    return str(converter.convert(text))


@functools.lru_cache(maxsize=4096)
def tree(text: str) -> Node:
    """Convert Markdown to the tree; the same text gives the same (shared, never changed) tree."""
    root = lxml.html.fragment_fromstring(html(text) or "<p></p>", create_parent="div")
    notes = {note.get("id", ""): note for note in root.xpath(".//div[@class='footnote']//li")}
    for box in root.xpath(".//div[@class='footnote']"):
        box.drop_tree()
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


def split_audiences(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a text into what is for everyone, and the passages of its facilitator blocks."""
    kept, notes, at = [], [], 0
    for block in _BLOCK.finditer(text):
        if block["kind"] != "facilitator" or block.start() < at or _in_fence(text, block.start()):
            continue
        end = _end_of_block(text, block.end(), len(block["indent"]))
        kept.append(text[at : block.start()])
        notes.append(_dedent(text[block.end() : end], len(block["indent"]) + 4))
        at = end
    return "".join([*kept, text[at:]]), tuple(notes)


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """Offset and word of every admonition in a text."""
    for block in _BLOCK.finditer(text):
        if not _in_fence(text, block.start()):
            yield block.start("kind"), block["kind"]


def headings(text: str) -> Iterator[tuple[int, int]]:
    """Offset and level of every heading written with `#`."""
    for heading in re.finditer(r"^(#{1,6})[ \t]+\S", text, re.MULTILINE):
        if not _in_fence(text, heading.start()):
            yield heading.start(), len(heading[1])


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


def _in_fence(text: str, offset: int) -> bool:
    return any(fence.start() <= offset < fence.end() for fence in _FENCE.finditer(text))


def _end_of_block(text: str, start: int, indent: int) -> int:
    """Where the lines end that are blank or indented deeper than the block's first line."""
    at = end = start
    for line in text[start:].splitlines(keepends=True):
        at += len(line)
        if line.strip():
            if len(line) - len(line.lstrip(" ")) <= indent:
                break
            end = at
    return end


def _dedent(text: str, columns: int) -> str:
    lines = (line[columns:] if not line[:columns].strip() else line.lstrip() for line in text.splitlines())
    return "\n".join(lines).strip()


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
    if element.tag == "sup" and element.get("id", "").startswith("fnref"):
        note = notes.get(element[0].get("href", "#")[1:])
        body = _children(note, notes) if note is not None else []
        return {"t": "footnote", "c": _trim([_without_backlinks(each) for each in body])}
    node: Node = {"t": element.tag, "c": _children(element, notes)}
    if kinds:
        node["k"] = kinds
    node |= {key: element.get(key) for key in _KEPT if element.get(key) is not None}
    if "write" in kinds:
        node["n"] = int(element.get("data-lines", "3"))
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
