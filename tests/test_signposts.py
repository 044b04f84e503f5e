"""What leads somewhere says where: bookmarks, links in print, titles of files, and links of one page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest
from conftest import ROOT
from once import OURS
from test_fits import printed
from test_press import HEADS, el, guide, root, table, tags
from test_press import opened as opened_pdf

from builder import dialect, pipeline
from builder.dialect.escaping import opened
from builder.press import Node, Pdf, typeset
from builder.printing import Sheets, card_job, offers


@pytest.fixture(scope="module")
def read() -> pipeline.Built:
    """The curriculum of this project."""
    return OURS.built


@pytest.fixture(scope="module")
def ours(read: pipeline.Built) -> Sheets:
    """The print trees of this project's curriculum."""
    return Sheets(read.documents, read.loaded.images, "letter")


def bookmarks(pdf: Pdf) -> list[str]:
    """The titles of a PDF's bookmarks, in order."""

    def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from titles(list(item.children))

    with pikepdf.open(io.BytesIO(pdf.data)) as document, document.open_outline() as outline:
        return list(titles(list(outline.root)))


def descriptions(pdf: Pdf) -> list[str]:
    """What a PDF says of each of its links."""
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        return [str(each.Contents) for page in document.pages for each in page.get("/Annots", ())]


def question(*heading: Node | str, ask: str | None = None) -> Node:
    """A question as a guide's template makes it."""
    asks = [el("div", el("p", ask), k=["ask"])] if ask else []
    notes = el("div", el("dl", el("dt", "Purpose"), el("dd", "To see.")), k=["notes"])
    return el("section", el("h2", "Q1 ", el("em", "core"), " ", *heading, id="q"), *asks, notes, k=["question"])


def test_a_bookmark_says_the_question(read: pipeline.Built, ours: Sheets) -> None:
    """A question is in the bookmarks of its guide and of its cards, with what it asks."""
    asked = question(el("span", "Who opened ", el("strong", "a door"), "?", k=["asked"]))
    assert "Q1 core Who opened a door?" in bookmarks(typeset(guide(root(asked))))
    said = question(el("span", "Who? Why?", k=["said"]), ask="Who?")
    assert "Q1 core Who? Why?" in bookmarks(typeset(guide(root(said))))
    for module in read.documents.apparatus.curriculum.modules[:1]:
        found = bookmarks(typeset(card_job(ours, [module], "cards")))
        for number, each in enumerate(module.file.questions, 1):
            words = dialect.words(dialect.tree(each.ask))
            assert any(title.startswith(f"Q{number}") and words[:20] in title for title in found)


def test_a_guide_asks_each_question_in_its_heading(ours: Sheets) -> None:
    """No heading of a guide is a number alone, on its page and in print."""
    for document in ours.documents.of_modules["guide"].values():
        heads = [dialect.words(node) for node in dialect.walk(dialect.tree(document.markdown)) if node["t"] == "h3"]
        asked = [words for words in heads if words.startswith("Q")]
        assert asked
        assert all(len(words) > len("Q10 core ") for words in asked)


def test_what_is_asked_is_heard_once_and_seen_once() -> None:
    """The words of a question are shown where it is asked, and hidden words of a heading print nowhere."""
    said = typeset(guide(root(question(el("span", "Only for the ear", k=["said"]), ask="Who?"))))
    assert "Onlyfortheear" not in printed(said)
    assert printed(said).count("Who?") == 1


@pytest.mark.parametrize(
    ("text", "first", "rest", "words"),
    [
        ("Why do\n*we* walk?", "Why do *we* walk?", "", "Why do we walk?"),
        ("Why?\n\n- One\n- Two", "Why?", "- One\n- Two", "Why? One Two"),
        ("- One\n- Two", None, "- One\n- Two", "One Two"),
        ("Why [@sue-2007]?", None, "Why [@sue-2007]?", "Why?"),
        ("Why[^1]?\n\n[^1]: Note.", None, "Why[^1]?\n\n[^1]: Note.", "Why? Note."),
        ("See [a](https://a.example.edu).", None, "See [a](https://a.example.edu).", "See a."),
        ("One  \ntwo", None, "One  \ntwo", "One two"),
        ("Why?\n- One\n{: .a }", None, "Why?\n- One\n{: .a }", "Why? - One"),
    ],
    ids=range(8),
)
def test_a_heading_holds_what_a_heading_may(text: str, first: str | None, rest: str, words: str) -> None:
    """The first paragraph becomes the heading, unless it has a link, a mark or a line that must end."""
    assert opened(text)[:2] == (first, rest)
    assert opened(text).words == words


def test_a_link_in_print_says_where_it_leads() -> None:
    """What a screen reader hears of a link to a heading is the heading and its page."""
    to = el("a", "there", href="#part")
    made = typeset(guide(root(el("p", to), el("h2", "A part of it", id="part"), el("p", "Text."))))
    assert descriptions(made) == ["A part of it, page 1"]


def test_a_citation_in_print_says_which_work_it_leads_to() -> None:
    """A link to what is no heading says how the marked text begins, to the end of a word, and where that is."""
    works = ["Jones CP. Levels of racism.", f"Okafor A. {'Far and wide. ' * 9}", "Antidisestablishmentarianism" * 3]
    cited = [el("a", str(at), href=f"#ref-{at}") for at, _ in enumerate(works)]
    listed = el("ol", *(el("li", words, id=f"ref-{at}") for at, words in enumerate(works)))
    made = typeset(guide(root(el("p", *cited), el("h2", "References"), listed)))
    assert descriptions(made) == [
        "Jones CP. Levels of racism., page 1",
        "Okafor A. Far and wide. Far and wide. Far and wide. Far and…, page 1",
        f"{works[2]}, page 1",
    ]
    with opened_pdf(made.data) as pdf:
        assert "/Figure" not in tags(pdf.Root.StructTreeRoot)


def test_no_link_of_a_guide_says_only_a_page(ours: Sheets) -> None:
    """Each link within our guides and handouts says more than the number of a page."""
    jobs = [each.job for each in offers(ours) if each.job.layout in ("guide", "handout")][:4]
    found = [words for job in jobs for words in descriptions(typeset(job))]
    assert len(found) > 50
    assert not [words for words in found if re.fullmatch(r"page \d+", words)]


def test_every_pdf_has_a_title_of_its_own(ours: Sheets) -> None:
    """No two PDFs that the site offers have one title: it names the module, the kind, and the paper or the print."""
    titles = [(each.job.facts["title"], each.job.facts.get("variant")) for each in offers(ours)]
    assert len(set(titles)) == len(titles) > 40
    made = typeset(guide(root(), title="Module 3, a guide", variant="A4", curriculum="Small steps"))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo.Title) == "Module 3, a guide (A4), Small steps"


@pytest.mark.parametrize("page", ["modules/index.md", "docs/facilitate/index.md"])
def test_links_of_a_page_are_told_apart_by_their_words(read: pipeline.Built, page: str) -> None:
    """Links with the same words lead to the same place, so that a list of them can be used."""
    composed = {document.path: document.markdown for document in read.documents.all}
    text = composed.get(page) or (ROOT / page).read_text(encoding="utf-8")
    links = {
        (dialect.words(node), re.sub(r"^page:facilitate/|\.md(#.*)?$", "", node["href"]))
        for node in dialect.walk(dialect.tree(text))
        if "href" in node
    }
    assert len({words for words, _ in links}) == len(links) > 5


def test_what_to_have_ready_is_heard_as_a_list() -> None:
    """Lines of what to have ready are items of a list in a run sheet's cell, and look as they were."""
    row = table(*HEADS)
    row["c"][1]["c"][0]["c"][3] = el("td", "A map", el("br"), "Two pens")
    made = typeset(guide(root(el("div", row, k=["run-sheet"]))))
    with opened_pdf(made.data) as pdf:
        assert tags(pdf.Root.StructTreeRoot).count("/LI") == 2
    assert "•" not in printed(made)
