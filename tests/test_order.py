"""Page and print are one text: each block of a document once, in the same order, on the page and in every PDF of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Project
from once import OURS
from structure import Element, leaves, walk
from test_press import FACTS, SQUARE
from told import assert_same_text, structure

from builder import dialect
from builder.model.documents import Document
from builder.pipeline import Built
from builder.press import Job, Node, typeset
from builder.printing import Sheets, print_tree

MODULES = sorted(path.parent.name for path in (ROOT / "modules").glob("*/module.yml"))
READERS = ("mentor", "student")
PRINTED = [*(f"modules/{module}/{kind}" for module in MODULES for kind in ("guide", "handout"))]
PRINTED += [f"one-to-one/{reader}" for reader in READERS]
EDITIONS = ("", "-a4", "-large-print")
EVERY_PRINT = pytest.mark.parametrize("edition", EDITIONS, ids=("letter", "a4", "large print"))
EVERY_DOCUMENT = pytest.mark.parametrize("name", PRINTED)

IN_A_LINE = frozenset(["Span", "Link"])
"""Tags of what stands within a block, and is none."""

TEXT = """# A title

Some *words*, and a note.[^1] Then <q>said</q> by <span class="blank">Your program writes here:
<span class="blank-name">who</span><span>: a name</span></span>

-   <span class="task"><span class="said">To do: </span></span> pens
-   paper

    1.  deep

> A quotation.

![A square](square.svg)

A term
:   What it means.

| Word | Meaning |
|---|---|
| one | |

Only on the page.
{: .web }

The last words.

[^1]: The note.
"""


@functools.cache
def composed() -> Built:
    """The curriculum and its documents."""
    return OURS.built


def document_of(name: str) -> Document:
    """The document at a place of the site."""
    return next(each for each in composed().documents.all if each.path == f"{name}.md")


def pdf_of(project: Project, name: str, edition: str) -> Path:
    """The PDF of a document in one of its editions."""
    folder, _, kind = name.rpartition("/")
    return project.root / "site" / folder / f"{folder.rpartition('/')[2]}-{kind}{edition}.pdf"


def every_pdf(project: Project) -> Iterator[tuple[str, Path]]:
    """The names of all documents that are printed, each with all its PDFs."""
    for name in PRINTED:
        for edition in EDITIONS:
            yield name, pdf_of(project, name, edition)


def imprint() -> list[str]:
    """What every PDF says at the foot of its first page."""
    stated = Sheets(composed().documents, {}, "letter").imprint()
    return [stated[key] for key in ("provenance", "contact") if stated[key]]


@EVERY_PRINT
@EVERY_DOCUMENT
def test_page_and_print_are_one_text(built: Project, name: str, edition: str) -> None:
    """Whatever a guide, handout or copy says stands once in its page and once in its PDF, in the same order."""
    page = built.root / "site" / f"{name}.html"
    pdf = pdf_of(built, name, edition)
    assert_same_text(document_of(name), page, pdf, imprint(), large=edition == "-large-print")


def test_every_pdf_of_the_site_is_compared(built: Project) -> None:
    """No PDF of the site is without a document and a page that it is compared with; cards and sheets have no page."""
    apart = {pdf for pattern in ("*-cards.pdf", "facilitate/*.pdf") for pdf in (built.root / "site").rglob(pattern)}
    assert {pdf for _, pdf in every_pdf(built)} == {*(built.root / "site").rglob("*.pdf")} - apart


def test_all_text_in_print_is_heard_once(built: Project) -> None:
    """No text on a page of a PDF is missing from its structure or occurs twice in it, running headers apart."""
    for _, pdf in every_pdf(built):
        heard = structure(pdf)
        assert (heard.unheard, heard.twice) == ([], []), pdf.name
        assert len(list(leaves(heard.root))) > 20, pdf.name


def test_headings_go_down_by_one(built: Project) -> None:
    """In every PDF the first heading is the only one of the first rank, and none skips a rank."""
    for _, pdf in every_pdf(built):
        ranks = [int(each.tag[1]) for each in walk(structure(pdf).root) if each.tag in {"H1", "H2", "H3", "H4", "H5"}]
        assert ranks[0] == 1, pdf.name
        assert ranks.count(1) == 1, pdf.name
        assert [pair for pair in pairwise(ranks) if pair[1] > pair[0] + 1] == [], pdf.name


def test_tables_have_heads(built: Project) -> None:
    """Every table in a PDF has a row of words at its head, and cells are empty only where the document's are."""
    for name, pdf in every_pdf(built):
        for table in (each for each in walk(structure(pdf).root) if each.tag == "Table"):
            head, *rows = [[*row.elements] for row in walk(table) if row.tag == "TR"]
            assert all(cell.tag == "TH" and cell.text.strip() for cell in head), pdf.name
            assert all(len(row) == len(head) for row in rows), pdf.name
        empty = [each for each in walk(structure(pdf).root) if each.tag == "TD" and not each.text.strip()]
        assert len(empty) <= empty_cells(print_tree(document_of(name), None)), pdf.name


def empty_cells(tree: Node) -> int:
    """How many cells of a document's tables say nothing, or only what is for the page."""
    return sum(node["t"] == "td" and not words_in_print(node).strip() for node in dialect.walk(tree))


def words_in_print(node: Node | str) -> str:
    """What a cell says without its labels for narrow screens."""
    if isinstance(node, str):
        return node
    return "" if "web" in dialect.classes(node) else "".join(words_in_print(each) for each in node["c"])


def test_what_has_no_text_has_words(built: Project) -> None:
    """In every PDF each figure tells what it shows, and each link, heading and paragraph says something."""
    for _, pdf in every_pdf(built):
        for each in walk(structure(pdf).root):
            if each.tag == "Figure":
                assert each.alt, pdf.name
            elif each.tag in {"P", "H1", "H2", "H3", "H4", "Link", "TH", "Note"}:
                assert each.text.strip() or figures(each), f"{pdf.name}: an empty {each.tag}"


def figures(element: Element) -> list[Element]:
    """The figures in an element."""
    return [each for each in walk(element) if each.tag == "Figure"]


def test_lists_are_lists(built: Project) -> None:
    """A list in a PDF has items, each with a label and a body, and lists only after the item that they belong to."""
    for _, pdf in every_pdf(built):
        for each in walk(structure(pdf).root):
            tags = [inner.tag for inner in each.elements]
            if each.tag == "L":
                assert tags[0] == "LI", pdf.name
                assert {*tags} <= {"LI", "L"}, pdf.name
            elif each.tag == "LI":
                assert tags == ["Lbl", "LBody"], pdf.name


def test_items_of_lists_have_bodies(built: Project) -> None:
    """No item of a list in a PDF has an empty body."""
    empty = {
        f"{pdf.name}: {item.text}"
        for _, pdf in every_pdf(built)
        for item in walk(structure(pdf).root)
        if item.tag == "LI" and not item.elements[-1].text.strip()
    }
    assert empty == set()


def test_text_stands_in_blocks(built: Project) -> None:
    """All text in a PDF is in a heading, a paragraph, an item or a cell, and none between them."""
    loose = {
        f"{pdf.name}: {each.text}"
        for _, pdf in every_pdf(built)
        for around in walk(structure(pdf).root)
        if around.tag in {"Document", "Part", "Div", "L", "LI", "Table", "TR"}
        for each in around.elements
        if each.tag in IN_A_LINE
    }
    assert loose == set()


def written(text: str) -> Document:
    """A document with this text."""
    return Document(path="modules/m/handout.md", title="A title", audience="everyone", markdown=text, sources=())


def pair(folder: Path, page: str, printed: str) -> dict[str, Any]:
    """A page and a PDF with these texts."""
    (folder / "page.html").write_text(f"<main><article>{dialect.html(page)}</article></main>", encoding="utf-8")
    images: dict[str, Any] = {"modules/m/square.svg": SQUARE}
    job = Job("print.pdf", "handout", FACTS, {"handout": print_tree(written(printed), None)}, images)
    (folder / "print.pdf").write_bytes(typeset(job).data)
    return {"page": folder / "page.html", "pdf": folder / "print.pdf", "imprint": [FACTS["provenance"]]}


def test_the_comparison_knows_all_marks(tmp_path: Path) -> None:
    """Notes, quotations, blanks, boxes to tick, drawings, terms and tables are the same text on page and in print."""
    assert_same_text(written(TEXT), **pair(tmp_path, TEXT, TEXT))


@pytest.mark.parametrize("where", ["page", "printed"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The last words.\n", ""),
        ("-   paper\n", "-   paper\n-   paper\n"),
        ("pens\n-   paper", "paper\n-   pens"),
        ("The note.", "Another note."),
        ("What it means.", "What it means"),
        ("Some *words*", "Some *other words*"),
    ],
    ids=["lost", "twice", "out of order", "another note", "a lost sign", "other words"],
)
def test_the_comparison_tells_what_differs(tmp_path: Path, where: str, old: str, new: str) -> None:
    """A block that is lost, comes twice, out of order or with other words is reported, on the page as in print."""
    assert old in TEXT
    texts = {"page": TEXT, "printed": TEXT} | {where: TEXT.replace(old, new)}
    file = {"page": "page.html", "printed": "print.pdf"}[where]
    with pytest.raises(AssertionError, match=f"^{file}( parts from the document in <|: other footnotes)"):
        assert_same_text(written(TEXT), **pair(tmp_path, **texts))


def test_the_comparison_shows_the_place(tmp_path: Path) -> None:
    """Where page and document part, the message names the block and shows both texts on either side of the place."""
    with pytest.raises(AssertionError) as told:
        assert_same_text(written(TEXT), **pair(tmp_path, TEXT.replace("it means", "it may mean"), TEXT))
    message = str(told.value)
    assert message.startswith("page.html parts from the document in <dd> What it means.\n")
    assert "A term What it m >>> eans. Word Meaning" in message
    assert "What it m >>> ay mean." in message
