"""What a document says, block by block, and that its page and its print say the same, for tests.

In: a document, its built page, a PDF. `assert_same_text` compares them. The few things that only one of the two has
stand in the tables here, each with its reason, and in `_special` and `_said`: all else must stand in both.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from structure import Element, Heard, heard

from builder.dialect import classes, words
from builder.model.documents import Document
from builder.press import Node
from builder.printing import print_tree

ONLY_ON_THE_PAGE = {
    "web": "links within the page, and labels for narrow screens",
    "prints": "the offer of the PDFs",
    "source": "where the text is written and comes from; the print says the latter at the foot of its first page",
    "task": "the words for a box to tick, which the print draws",
    "headerlink": "links to headings",
    "footnote-ref": "numbers of footnotes; the notes are compared on their own",
    "footnote-backref": "links from footnotes back to the text",
}
"""Classes of elements that the print leaves out."""

MAY_BE_ONLY_IN_PRINT = ("Large print. A number in the margin shows where that page of the standard edition begins.",)
"""Paragraphs that a print may begin with, besides the imprint, which it must have."""

PAGES = re.compile("p\\.\N{NO-BREAK SPACE}\\d+")
"""Where print tells a page, a page has a link."""

SHOWN = 60
"""So much of a text is shown on both sides of the place where it parts from another."""

LEAVES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "th", "td", "pre"])
AROUND = frozenset(["ul", "ol", "dl", "table", "thead", "tbody", "tr", "blockquote", "div", "section", "hr"])


@dataclass(frozen=True)
class Block:
    """A leaf of a document: its tag, and what stands there on the page and in print."""

    tag: str
    page: str
    print: str

    def __str__(self) -> str:
        return f"<{self.tag}> {self.page or self.print}"


def assert_same_text(document: Document, page: Path, pdf: Path, imprint: Iterable[str], *, large: bool = False) -> None:
    """A document's blocks are the whole text of its page, and of its print, each block once and all in the same order.

    `imprint` are the paragraphs at the foot of the print's first page. White space does not count.
    """
    tree = print_tree(document, None)
    told = list(_blocks(tree, large=large))
    assert told, f"{document.path} says nothing"
    article = _article(page)
    _assert_same(told, [block.page for block in told], article[0], page.name)
    said, notes = _printed(structure(pdf).root, [*imprint], pdf.name)
    said = PAGES.sub("", said)
    _assert_same(told, [block.print for block in told], said, pdf.name)
    footnotes = [_squeezed(words(note)) for note in _below(tree, "footnote")]
    assert [_squeezed(note) for note in article[1]] == footnotes, f"{page.name}: other footnotes than in the document"
    assert [_squeezed(note) for note in notes] == footnotes, f"{pdf.name}: other footnotes than in the document"


@functools.cache
def structure(pdf: Path) -> Heard:
    """A PDF in the order of its structure, read once for all tests."""
    return heard(pdf)


def _assert_same(told: list[Block], wanted: list[str], found: str, name: str) -> None:
    """The joined texts are equal but for white space; if not, show the place where they part."""
    one, other = _squeezed("".join(wanted)), _squeezed(found)
    if one == other:
        return
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    ends = itertools.accumulate(len(_squeezed(text)) for text in wanted)
    block = next((block for block, end in zip(told, ends, strict=True) if end > at), "what follows its end")
    raise AssertionError(
        f"{name} parts from the document in {block}\n"
        f"  document: {_excerpt(' '.join(wanted), at)}\n"
        f"  {name}: {_excerpt(found, at)}"
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _excerpt(text: str, at: int) -> str:
    """Text on both sides of the sign that is number `at` when white space is not counted."""
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    here = places[at] if at < len(places) else len(text)
    before, after = text[max(0, here - SHOWN) : here], text[here : here + SHOWN]
    return f"{' '.join(before.split())} >>> {' '.join(after.split())}"


def _article(page: Path) -> tuple[str, list[str]]:
    """The text of a page's article and its footnotes; drawings have words of their own and are left out."""
    article = lxml.html.parse(str(page)).getroot().xpath("//main//article")[0]
    left_out = {found for name in ONLY_ON_THE_PAGE for found in article.find_class(name)} | {*article.iter("svg")}
    for each in left_out:
        each.drop_tree()
    notes = [str(item.text_content()) for item in article.xpath(".//div[@class='footnote']//li")]
    for each in article.find_class("footnote"):
        each.drop_tree()
    return str(article.text_content()), notes


def _printed(root: Element, imprint: list[str], name: str) -> tuple[str, list[str]]:
    """The text of a print and its footnotes, without signs of lists, figures, and the paragraphs that only it has."""
    notes: list[str] = []
    said = list(_leaves(root, notes))
    for text in (*imprint, *MAY_BE_ONLY_IN_PRINT):
        places = [at for at, leaf in enumerate(said) if _squeezed(leaf) == _squeezed(text)]
        allowed = {1} if text in imprint else {0, 1}
        assert len(places) in allowed, f"{name}: stands {len(places)} times and not once: {text}"
        for place in places:
            del said[place]
    return " ".join(said), notes


def _leaves(element: Element, notes: list[str], numbering: str = "") -> Iterator[str]:
    if element.tag == "Note":
        notes.append("".join(_leaves(Element("P", element.inside), notes)))
    elif element.tag != "Figure" and not (element.tag == "Lbl" and numbering != "None"):
        line = ""
        for each in element.inside:
            if isinstance(each, str):
                line += each
            elif each.tag in {"Span", "Link"}:
                line += "".join(_leaves(each, notes))
            else:
                yield line
                line = ""
                yield from _leaves(each, notes, element.numbering or numbering)
        yield line


def _blocks(node: Node, tag: str = "p", *, large: bool) -> Iterator[Block]:
    """The leaf blocks of a document in order, without its footnotes."""
    kinds = classes(node)
    if ONLY_ON_THE_PAGE.keys() & {*kinds}:
        return
    special = _special(node, large=large)
    if special is not None:
        yield from special
        return
    tag = node["t"] if node["t"] in LEAVES else tag
    line: list[Node | str] = []
    for each in node["c"]:
        if _tag(each) in LEAVES | AROUND:
            yield _line(tag, line)
            line = []
            yield from _blocks(each, tag, large=large)
        else:
            line.append(each)
    yield _line(tag, line)


def _special(node: Any, *, large: bool) -> Iterable[Block] | None:
    """The blocks of what the print says with other signs than the page, or not at all; None for all else."""
    kinds, inner = classes(node), [each for each in node["c"] if isinstance(each, dict)]
    if "run-sheet" in kinds and large:
        return _run_sheet_in_large_print(node)
    if "apparatus" in kinds and not any({"glossary", "references"} & {*classes(each)} for each in inner):
        return [Block(each["t"], words(each), "") for each in inner]  # that nothing is listed only the page says
    if "clock" in kinds:
        rest = [words(each) for each in inner if each["t"] == "em"]
        time = "".join(words(each) for each in inner if each["t"] == "strong")
        return [Block("p", time + "".join(rest), time + " · ".join(rest))]
    return None


def _run_sheet_in_large_print(node: Node) -> Iterator[Block]:
    """In large print a run sheet is no table: each cell is told after the name of its column."""
    heads, *rows = [[*_cells(row)] for row in _below(node, "tr")]
    for head in heads:
        yield Block("th", words(head), "")
    for row in rows:
        before = ""
        for x, (head, cell) in enumerate(zip(heads, row, strict=True)):
            plain = _line("td", cell["c"])
            if plain.page:
                broken = {1: " ", 3: "; "}.get(x, ", ")
                parts = [broken if _tag(each) == "br" else _said(each, paper=True) for each in cell["c"]]
                yield Block("td", plain.page, f"{before}{words(head)}: {''.join(parts)}")
                before = " · " if x >= 5 else ""


def _line(tag: str, nodes: list[Node | str]) -> Block:
    on_page, in_print = ("".join(_said(each, paper=paper) for each in nodes) for paper in (False, True))
    return Block(tag, " ".join(on_page.split()), " ".join(in_print.split()))


def _said(node: Node | str, *, paper: bool) -> str:
    """What a piece of a line says; in print the name of a blank is in brackets, and quotations have their signs."""
    if isinstance(node, str):
        return node
    if ONLY_ON_THE_PAGE.keys() & {*classes(node)} or node["t"] in {"footnote", "img"}:
        return ""
    text = " " if node["t"] == "br" else "".join(_said(each, paper=paper) for each in node["c"])
    if paper and "blank" in classes(node):
        name = "".join(
            words(each) for each in node["c"] if not isinstance(each, str) and "blank-name" in classes(each)
        ).strip()
        return f"({name})" if name else ""
    return f"“{text}”" if paper and node["t"] == "q" else text


def _cells(row: Node) -> Iterator[Node]:
    return (each for each in row["c"] if isinstance(each, dict) and each["t"] in {"th", "td"})


def _below(node: Node, tag: str) -> Iterator[Node]:
    for each in node["c"]:
        if isinstance(each, dict):
            if each["t"] == tag:
                yield each
            yield from _below(each, tag)


def _tag(node: Node | str) -> str:
    return "" if isinstance(node, str) else str(node["t"])
