"""A tagged PDF as a screen reader hears it: the elements of its structure in their order, with the text of each.

In: the path of a PDF. Out: a tree of `Element`, and what its pages have besides. The structure comes from pikepdf,
which sees it whole and without the seams between pages; what each mark on a page says comes from pypdfium2.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Mark = tuple[int, int]
"""Where a piece of marked content stands: the number of its page, from 0, and its own number there."""

Marked = dict[Mark, str]

INLINE = frozenset(["Span", "Link", "Quote", "Code", "Em", "Strong", "Reference", "BibEntry", "Ruby", "Warichu"])


@dataclass(frozen=True)
class Element:
    """An element of the structure: its standard tag, and its elements and texts in order."""

    tag: str
    inside: tuple[Element | str, ...]
    alt: str = ""
    numbering: str = ""  # of a list: how its items are numbered; "None" when each begins with a word

    @property
    def elements(self) -> list[Element]:
        """The elements directly within."""
        return [each for each in self.inside if isinstance(each, Element)]

    @property
    def text(self) -> str:
        """All that is heard of it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)


@dataclass(frozen=True)
class Heard:
    """A whole PDF: its structure, and the marks on its pages that the structure does not name, or names twice."""

    root: Element
    unheard: list[str]
    twice: list[str]


def heard(path: Path) -> Heard:
    """Read a PDF in the order of its structure."""
    with pikepdf.open(path) as pdf:
        reading = _Reading(_marked(path), {page.objgen: at for at, page in enumerate(pdf.pages)}, _roles(pdf))
        root = Element("Root", tuple(reading.within(pdf.Root.StructTreeRoot.K, None)))
    lost = [text for mark, text in reading.marked.items() if text.strip() and mark not in reading.named]
    again = [reading.marked.get(mark, "") for mark, times in reading.named.items() if times > 1]
    return Heard(root, lost, again)


def walk(element: Element) -> Iterator[Element]:
    """Every element from this one down, in order."""
    yield element
    for each in element.elements:
        yield from walk(each)


def leaves(element: Element) -> Iterator[tuple[str, str]]:
    """The blocks that hold text and no other block, as (tag, text), in the order in which they are heard."""
    pending: list[str] = []
    for each in element.inside:
        if isinstance(each, str):
            pending.append(each)
        elif each.tag in INLINE:
            pending.append(each.text)
        else:
            yield from _leaf(element, pending)
            pending = []
            yield from leaves(each)
    yield from _leaf(element, pending)


def _leaf(element: Element, pending: list[str]) -> Iterator[tuple[str, str]]:
    text = " ".join("".join(pending).split())
    if text:
        yield element.tag, text


@dataclass
class _Reading:
    """One walk through a structure, which counts the marks that it meets."""

    marked: Marked
    pages: dict[tuple[int, int], int]
    roles: dict[str, str]
    named: Counter[Mark] = field(default_factory=Counter)

    def within(self, kids: Any, page: Any) -> Iterator[Element | str]:
        """What `/K` of an element holds: elements, marks on a page by number, and annotations, which say nothing."""
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                yield self._said(page, int(kid))
            elif "/S" in kid:
                yield self._element(kid, page)
            elif "/MCID" in kid:
                yield self._said(kid.get("/Pg", page), int(kid.MCID))

    def _element(self, node: Any, page: Any) -> Element:
        here = node.get("/Pg", page)
        inside = tuple(self.within(node.K, here)) if "/K" in node else ()
        if "/ActualText" in node:
            inside = (str(node.ActualText),)
        return Element(self._tag(node), inside, str(node.get("/Alt", "")).strip(), _numbering(node.get("/A")))

    def _said(self, page: Any, number: int) -> str:
        mark = (self.pages[page.objgen], number)
        self.named[mark] += 1
        return self.marked.get(mark, "")

    def _tag(self, node: Any) -> str:
        tag = str(node.S)
        while tag in self.roles:
            tag = self.roles[tag]
        return tag.removeprefix("/")


def _roles(pdf: pikepdf.Pdf) -> dict[str, str]:
    return {tag: str(role) for tag, role in dict(pdf.Root.StructTreeRoot.get("/RoleMap", {})).items()}


def _numbering(attributes: Any) -> str:
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(each, pikepdf.Dictionary) and "/ListNumbering" in each:
            return str(each.ListNumbering).removeprefix("/")
    return ""


def _marked(path: Path) -> Marked:
    """The text of every piece of marked content; artifacts, such as running headers and rules, have no number."""
    found: Marked = {}
    document = pypdfium2.PdfDocument(path)
    try:
        for at, page in enumerate(document):
            text = page.get_textpage()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
                number = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
                if number >= 0:
                    found[at, number] = found.get((at, number), "") + _text_of(item, text)
            text.close()
            page.close()
    finally:
        document.close()
    return found


def _text_of(item: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    """What a piece of text says, in UTF-16 with a zero at its end; a hyphen at the end of a line comes as U+0002."""
    size = pdfium.FPDFTextObj_GetText(item.raw, page.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item.raw, page.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0").replace("\x02", "-")
