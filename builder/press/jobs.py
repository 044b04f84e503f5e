"""What the press takes and returns, and our own rules on what may be printed. Touches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Node = dict[str, Any]
"""An element of a text: `t` its tag, `c` its children (elements or strings), `k` its classes; `id`, `href`, `src` …"""

Paper = Literal["letter", "a4"]

NEEDED = ("language", "direction", "words", "title", "curriculum", "edition", "license", "timestamp")
"""Facts that every layout prints or writes into the PDF."""


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to make: a layout, the facts that it prints, the trees and images that it names."""

    name: str
    layout: str  # the name of a file in layouts/
    facts: Mapping[str, Any]
    trees: Mapping[str, Node]
    images: Mapping[str, bytes]  # drawings, because the typesetter takes only text from memory
    paper: Paper = "letter"
    large: bool = False  # in large print, with the standard edition's page numbers in the margin


@dataclass(frozen=True, slots=True)
class Setting:
    """What the press adds to the facts of a job about how they are set."""

    paper: Paper
    images: tuple[str, ...]  # names of those at hand
    large: bool  # in large print
    located: bool = False  # whether each block records its page, for the page numbers of large print


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF."""

    name: str
    data: bytes
    pages: int


class Refused(Exception):  # noqa: N818  what happened, not an error of the program
    """A job that must not be printed as it is, with every reason found."""

    def __init__(self, name: str, reasons: Iterable[str]) -> None:
        self.name = name
        self.reasons = tuple(reasons)
        super().__init__(name, self.reasons)

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(self.reasons)}"


def missing(facts: Mapping[str, Any]) -> list[str]:
    """The needed facts that a job lacks; the typesetter itself would take a missing language for English."""
    return [f"the fact {fact!r} is missing" for fact in NEEDED if facts.get(fact, "") in [None, ""]]


def faults(tree: Node) -> list[str]:
    """Find what the typesetter accepts but a screen reader cannot use."""
    return [fault for node in _elements(tree) for fault in _faults_of(node)]


def _faults_of(node: Node) -> Iterator[str]:
    if node["t"] == "table":
        yield from _faults_of_table(node)
    elif node["t"] == "img" and not node.get("alt", "").strip():
        yield f"an image without words for those who cannot see it: {node.get('src', 'no source')}"
    elif node["t"] == "a" and "href" in node and not _words(node):
        yield f"a link without words: {node['href']}"
    elif node["t"] in {"h1", "h2", "h3", "h4", "h5", "h6"} and not _words(node):
        yield "an empty heading"


def _faults_of_table(table: Node) -> Iterator[str]:
    heads = [cell for part in _children(table, "thead") for cell in _elements(part) if cell["t"] == "th"]
    if not heads:
        yield f"a table without a header row: {_words(table)[:60]}"
    elif not all(_words(cell) for cell in heads):
        yield f"a table with an empty cell in its header row: {_words(table)[:60]}"


def _children(node: Node, tag: str) -> Iterator[Node]:
    return (child for child in node["c"] if isinstance(child, dict) and child["t"] == tag)


def _elements(node: Node) -> Iterator[Node]:
    yield node
    for child in node["c"]:
        if isinstance(child, dict):
            yield from _elements(child)


def _words(node: Node) -> str:
    """What is read aloud of an element: its text, and the words of its images."""
    texts = (child if isinstance(child, str) else child.get("alt", "") or _words(child) for child in node["c"])
    return " ".join(" ".join(texts).split())
