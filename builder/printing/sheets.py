"""Print trees, made once and shared by every PDF that shows them, and the jobs that the press gets.

In: documents, images, facts. Out: trees and jobs. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from builder import dialect, documents, words
from builder.documents import Documents
from builder.model.curriculum import Module
from builder.model.documents import Document
from builder.model.facilitation import Form
from builder.model.kinds import is_placeholder
from builder.model.pages import as_built
from builder.press import Job, Node, Paper
from builder.printing.facts import Facts, encoded
from builder.sources import images


@dataclass(frozen=True, slots=True)
class TreeContents:
    """What the press needs besides a tree: the images that it names, and the blanks in it."""

    images: frozenset[str]
    blanks: frozenset[str]


class Sheets:
    """The print trees of all guides and handouts, each made at its first use, and shared by all packets."""

    def __init__(self, documents: Documents, pictures: Mapping[str, bytes], paper: Paper | None) -> None:
        self.documents, self.pictures = documents, pictures
        self.words = words.of(documents.apparatus.curriculum.settings.language)
        self.paper = paper or self.words.paper
        self._url = documents.apparatus.curriculum.settings.address
        self._made: dict[tuple[str, int], Node] = {}
        self._contents: dict[int, TreeContents] = {}  # by the identity of a tree that is kept above

    def page(self, scheme: str, module: str) -> Node:
        """A page of a module, by the scheme of links to it; the guide is that of the longest meetings."""
        return self._tree((f"{scheme}/{module}", 0), lambda: self.documents.of_modules[scheme][module])

    def guide(self, module: str, minutes: int) -> Node:
        """A module's guide for meetings of so many minutes."""
        if minutes == max(self.documents.apparatus.curriculum.settings.meeting_lengths):
            return self.page("guide", module)
        return self._tree((f"guide/{module}", minutes), lambda: self.documents.guide(module, minutes))

    def cards(self, module: Module) -> Node:
        """A module's question cards."""
        return self._tree((f"cards/{module.id}", 0), lambda: documents.cards(self.documents.apparatus, module))

    def form(self, form: Form) -> Node:
        """A form to be copied."""
        return self._kept((f"forms/{form.id}", 0), lambda: dialect.tree(documents.form(self.documents.apparatus, form)))

    def agreements(self) -> Node:
        """The agreements, with room for what a group adds."""
        return self._kept(("agreements", 0), lambda: dialect.tree(documents.agreements(self.documents.apparatus)))

    def copy(self, reader: str) -> Node:
        """The mentor's or the student's copy of the conversations of a pair."""
        return self._tree((f"one-to-one/{reader}", 0), lambda: self.documents.conversations[reader])

    def _tree(self, key: tuple[str, int], document: Callable[[], Document]) -> Node:
        return self._kept(key, lambda: print_tree(document(), self._url))

    def _kept(self, key: tuple[str, int], making: Callable[[], Node]) -> Node:
        if key not in self._made:
            self._made[key] = tree = making()
            self._contents[id(tree)] = _contents(tree)
        return self._made[key]

    def imprint(self) -> dict[str, Any]:
        """The fields of `Facts` that all PDFs of a curriculum share."""
        settings = self.documents.apparatus.curriculum.settings
        contact = settings.contact
        stamp = dt.datetime.combine(settings.edition_date, dt.time(12), tzinfo=dt.UTC)
        return {
            "language": settings.language,
            "direction": self.words.direction,
            "words": {**self.words.group("print"), "halves": self.words.dates.halves},
            "curriculum": settings.title,
            "edition": settings.edition,
            "license": settings.license.name,
            "provenance": words_of(settings.provenance),
            "contact": None if contact is None or is_placeholder(contact.email) else contact.email,
            "timestamp": int(stamp.timestamp()),
        }

    def job(
        self, name: str, facts: Facts, trees: Mapping[str, Node], *, layout: str | None = None, images: bool = True
    ) -> Job:
        """The job of printing some trees, with their images or with the text alternatives of these.

        The layout is that of the facts, unless another is named.
        """
        drawn = self.images_of(trees.values()) if images else {}
        return Job(name, layout or facts.layout, encoded(facts), trees, drawn, self.paper)

    def images_of(self, trees: Iterable[Node]) -> dict[str, bytes]:
        """The images that several trees name, in the form for the press."""
        return {name: images.printable(self.pictures[name]) for name in sorted(self.contents(trees).images)}

    def contents(self, trees: Iterable[Node]) -> TreeContents:
        """The contents of several trees; those that packets share are searched once."""
        each = [self._contents.get(id(tree)) or _contents(tree) for tree in trees]
        return TreeContents(
            frozenset().union(*(one.images for one in each)), frozenset().union(*(one.blanks for one in each))
        )


def words_of(text: str | None) -> str | None:
    """The words of a text that may be missing."""
    return None if text is None else dialect.words(dialect.tree(text))


def _contents(tree: Node) -> TreeContents:
    """The contents of a tree; a blank has the name of what a program has yet to supply."""
    nodes = list(dialect.walk(tree))
    blanks = {_asked_for(node) for node in nodes if "blank" in dialect.classes(node)}
    return TreeContents(frozenset(node["src"] for node in nodes if node["t"] == "img"), frozenset(blanks - {""}))


def _asked_for(blank: Node) -> str:
    """The name of a blank, without the words that ask for it."""
    return dialect.words({"t": "span", "c": [each for each in blank["c"] if isinstance(each, dict)]})


def print_tree(document: Document, url: str | None) -> Node:
    """A document's tree for print: without what only the page offers, and with links that work on paper."""
    text = document.markdown.replace(f"\n{documents.PDF_HERE}\n", "\n")
    folder = posixpath.dirname(document.path)
    tree = dialect.tree(text) if document.audience != "everyone" else _unsolved(dialect.tree(text))
    return _with_sources(dialect.with_links(tree, _on_paper(folder, url)), folder)


def _on_paper(folder: str, url: str | None) -> Callable[[str], str | None]:
    def resolve(href: str) -> str | None:
        if href.startswith("#") or re.match(r"[a-z]+:", href):
            return href
        if url is None:
            return None
        path, _, anchor = href.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path))
        return url + as_built(target) + (f"#{anchor}" if anchor else "")

    return resolve


def _unsolved(node: Node) -> Node:
    """Copy a tree without solutions, which only a guide prints, so that nobody sees them before trying."""
    children = [_unsolved(each) if isinstance(each, dict) else each for each in node["c"]]
    return {**node, "c": [each for each in children if isinstance(each, str) or not _is_solution(each)]}


def _is_solution(node: Node) -> bool:
    return {"admonition", "solution"} <= {*dialect.classes(node)}


def _with_sources(node: Node, folder: str) -> Node:
    """Copy a tree with each image named by its path under the root."""
    children = [_with_sources(child, folder) if isinstance(child, dict) else child for child in node["c"]]
    made = {**node, "c": children}
    if "src" in node:
        made["src"] = images.resolve(folder, node["src"])
    return made


def in_large_print(job: Job) -> Job:
    """A job in large print, with a name and a title that say so."""
    return replace(varied(job, "large-print", "large print"), large=True)


def varied(job: Job, suffix: str, variant: str) -> Job:
    """The same job under another name, and with a title that says what sets it apart."""
    name = f"{job.name.removesuffix('.pdf')}-{suffix}.pdf"
    return replace(job, name=name, facts={**job.facts, "variant": variant})
