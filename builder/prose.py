"""The Markdown dialect: one set of extensions for site and print, a closed vocabulary, and the tree that print reads.

In: Markdown text. Out: a tree of plain dicts (the contract with the press is in `builder/press`), or what of it is for
whom. Touches nothing; imports `markdown` and `lxml`, and no other room does.
"""

from __future__ import annotations

import functools
import re
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import lxml.etree
import markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor

EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
)
"""What `mkdocs.yml` must list, so that a page and its print are the same text."""

BLOCKS = ("reflection", "practice", "story", "evidence", "definition", "figure", "content-note", "facilitator")
"""The teaching blocks; no other admonitions exist."""

SAFE_HTML = frozenset({"br", "sub", "sup", "abbr", "kbd", "q", "cite"})
"""Raw HTML that authors may write."""

Node = dict[str, Any]

MAX_NESTING = 12
"""Levels of lists and quotations; the deepest that anyone follows is four."""

_KEPT = ("id", "href", "src", "alt", "start", "title", "lang")
_BLOCK = re.compile(r"^(?P<indent> *)!!! ?(?P<kind>[\w-]+)(?P<rest>[^\n]*)\n?", re.MULTILINE)
_HEADING = re.compile(r"^[ >]*(?:#{1,6}(?!#)|[^\s|][^\n]*\n(?:=+|-+)[ ]*$)", re.MULTILINE)
_RULE = re.compile(r"^[ >]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$", re.MULTILINE)
_DEEP = re.compile(rf"^(?:[ ]*>){{{MAX_NESTING + 1},}}|^[> ]*[ ]{{{4 * MAX_NESTING},}}\S", re.MULTILINE)
_MADE = frozenset(
    [
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
        "code", "div", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "img", "br", "sub", "sup",
        "abbr", "kbd", "q", "cite",
    ]
)  # fmt: skip
_GIVEN = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)")
_ANYWHERE = frozenset({"id", "class", "lang", "title"})
_BLOCK_TAGS = frozenset(
    [
        "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
        "div", "section", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "root",
    ]
)  # fmt: skip


@functools.cache
def _dialect(_thread: int) -> markdown.Markdown:
    """Build a converter once for each thread: it holds what it converts, and making one costs more than a paragraph."""
    made = markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")
    for name in ("inline", "smarty"):  # complete by now: a tuple spares a look into the registry for every match
        processor: Any = made.treeprocessors[name]
        processor.inlinePatterns = tuple(processor.inlinePatterns)
    return made


@functools.lru_cache(maxsize=1024)
def html(text: str) -> str:
    """Convert Markdown to HTML."""
    converter = _dialect(threading.get_ident()).reset()
    return str(converter.convert(text))


@functools.lru_cache(maxsize=1024)
def tree(text: str) -> Node:
    """Convert Markdown to the tree; the same text gives the same (shared, never changed) tree."""
    root = _parsed(text)
    notes = {note.get("id", ""): note for note in root.xpath(".//div[@class='footnote']//li")}
    for box in root.xpath(".//div[@class='footnote']"):
        box.getparent().remove(box)
    return {"t": "root", "c": _trim(_children(root, notes))}


def foreign(text: str) -> Iterator[str]:
    """Elements and attributes that neither the dialect makes nor authors may write, as they stand in the HTML."""
    for element in _parsed(text).iterdescendants():
        if not isinstance(element.tag, str):
            yield "<!--"
            continue
        if element.tag not in _MADE:
            yield f"<{element.tag}"
        for key, value in element.items():
            aligned = key != "style" or re.fullmatch(r"text-align: (left|center|right);", value)
            if key not in _ANYWHERE | _GIVEN.get(element.tag, set()) or not aligned:
                yield f"{key}="


def too_deep(text: str) -> re.Match[str] | None:
    """The first line that is nested deeper than any reader follows; converting it could exhaust the program."""
    return next((line for line in _DEEP.finditer(text) if not _in_fence(text, line.start())), None)


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
    for block, end in whole_blocks(text, "facilitator"):
        kept.append(text[at : block.start()])
        notes.append(inside(text, block, end))
        at = end
    return "".join([*kept, text[at:]]), tuple(notes)


def whole_blocks(text: str, kind: str) -> Iterator[tuple[re.Match[str], int]]:
    """The first line of every block of a kind, and the offset at which the block ends; none that is within another."""
    end = 0
    for block in blocks(text):
        if block["kind"].lower() == kind and block.start() >= end:
            end = _end_of_block(text, block.end(), len(block["indent"]))
            yield block, end


def inside(text: str, block: re.Match[str], end: int) -> str:
    """The text within a block, as it would stand at the margin."""
    columns = len(block["indent"]) + 4
    lines = text[block.end() : end].splitlines()
    return "\n".join(line[columns:] if not line[:columns].strip() else line.lstrip() for line in lines).strip()


def blocks(text: str) -> Iterator[re.Match[str]]:
    """The first line of every admonition in a text: its `indent`, its word (`kind`), and the `rest` of the line."""
    return (block for block in _BLOCK.finditer(text) if not _in_fence(text, block.start()))


def headings(text: str) -> Iterator[int]:
    """Offset of every line that may be a heading, with `#` or underlined."""
    for heading in _HEADING.finditer(text):
        if not _in_fence(text, heading.start()):
            yield heading.start()


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


def attributes(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset and excerpt of what looks like an attribute list, with each key in it."""
    for found in re.finditer(r"\{:?[ ]*([^}\n ][^}\n]*)\}", text):
        for attribute in re.finditer(r"""([^\s=}]+)(?:=(?:"[^"]*"|'[^']*'|[^\s}]+))?""", found[1]):
            yield found.start(), found[0], attribute[1]


def header_rows(text: str) -> list[tuple[int, str]]:
    """Offset and line of every header row of a table: what stands above a rule with a bar in it."""
    rules = [rule.start() for rule in _RULE.finditer(text) if "|" in rule[0] and not _in_fence(text, rule.start())]
    starts = [text.rfind("\n", 0, max(rule - 1, 0)) + 1 for rule in rules]
    return [
        (start, text[start : rule - 1]) for start, rule in zip(starts, rules, strict=True) if text[start:rule].strip()
    ]


def ids(tree: Node) -> Counter[str]:
    """How often each id stands in a tree."""
    return Counter(node["id"] for node in walk(tree) if "id" in node)


def blocks_made(tree: Node) -> Counter[str]:
    """How many of each teaching block a tree holds."""
    blocks = (node for node in walk(tree) if "admonition" in classes(node))
    return Counter(name for node in blocks for name in classes(node) if name in BLOCKS)


def _parsed(text: str) -> Any:
    """Markdown's HTML as a tree of elements, whatever raw HTML is in it."""
    page = lxml.etree.fromstring(f"<html><body>{html(text)}</body></html>", lxml.etree.HTMLParser())
    body = page.find("body")
    return page if body is None else body


def without_code(text: str) -> str:
    """The text with all code turned to as many letters, so that what is not code keeps its offsets."""
    kept = list(text)
    for start, end in _fences(text):
        kept[start:end] = re.sub(r"[^\n]", "x", text[start:end])
    return _CODE.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), "".join(kept))


def _in_fence(text: str, offset: int) -> bool:
    return any(start <= offset < end for start, end in _fences(text))


@functools.lru_cache(maxsize=256)
def _fences(text: str) -> tuple[tuple[int, int], ...]:
    """Where fenced code stands, by the converter's own rule: what is a fence to one must be one to the other."""
    return tuple(fence.span() for fence in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(text))


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
