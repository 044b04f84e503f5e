"""Forms, sign-in sheet and poster: the page that contains them, and each alone for print."""

from __future__ import annotations

import pytest
from once import OURS

from builder import dialect, documents
from builder.dialect import Node
from builder.documents import PDF_HERE
from builder.model.cohorts import Member, Team
from builder.model.documents import Document


@pytest.fixture
def page() -> Document:
    """The page that contains the forms."""
    return next(page for page in OURS.built.documents.pages if page.path == "facilitate/forms.md")


def rows(markdown: str, heads: list[str]) -> list[list[str]]:
    """Find the rows of the table with these heads, each as the words of its cells."""
    for table in (node for node in dialect.walk(dialect.tree(markdown)) if node["t"] == "table"):
        found = [[dialect.words(cell) for cell in row["c"] if isinstance(cell, dict)] for row in _rows(table)]
        if found[0] == heads:
            return found[1:]
    return []


def _rows(table: Node) -> list[Node]:
    return [node for node in dialect.walk(table) if node["t"] == "tr"]


def lines(markdown: str) -> int:
    """Count the places to write on."""
    return sum(node["n"] for node in dialect.walk(dialect.tree(markdown)) if "write" in dialect.classes(node))


def test_the_page_of_forms_is_for_everyone(page: Document) -> None:
    """The page offers its PDFs on a line of its own, and names the files that it is made from."""
    assert (page.title, page.audience) == ("Forms and poster", "everyone")
    assert page.sources == ("modules/facilitation.yml", "modules/curriculum.yml")
    assert f"\n{PDF_HERE}\n" in page.markdown
    assert "PROGRAM TO SUPPLY" not in page.markdown


def test_the_page_leads_to_all_that_it_holds(page: Document) -> None:
    """Each form, the sign-in sheet and the poster are a heading with an anchor, and the list at the top leads there."""
    tree = dialect.tree(page.markdown)
    anchors = [node["id"] for node in dialect.walk(tree) if node["t"] == "h2"]
    forms = [f"form-{form.id}" for form in OURS.curriculum.facilitation.forms]
    assert anchors == [*forms, "sign-in", "poster"]
    led = [node["href"] for node in dialect.walk(tree) if node["t"] == "a" and node["href"].startswith("#")]
    assert led[: len(anchors)] == [f"#{anchor}" for anchor in anchors]


def test_a_form_stands_on_the_page_and_alone(page: Document) -> None:
    """A form has its title, when it is handed out, its questions and as many lines as its authors gave it."""
    for form in OURS.curriculum.facilitation.forms:
        alone = documents.form(OURS.apparatus, form)
        on_page = page.markdown.partition(f"#form-{form.id} ")[2].partition("\n## ")[0]
        assert dialect.words(dialect.tree(alone)).startswith(dialect.words(dialect.tree(f"{form.title} {form.when}")))
        texts = form.text.splitlines()
        asked = [line for line in texts if line.endswith("?") and not line.startswith("|")]
        written = sum(int(line.strip("[]").removeprefix("WRITE: ")) for line in texts if "[WRITE" in line)
        for text in (alone, on_page):
            assert form.when in text
            assert [line for line in asked if line not in text] == []
            assert lines(text) == written > 0
            assert "(term:" not in text
            assert ".term }" not in text


def test_a_sheet_without_a_team_has_empty_rows(page: Document) -> None:
    """Someone who has no packet signs in on twelve empty rows, on the page and on paper."""
    for text in (documents.sign_in(OURS.apparatus, None), page.markdown):
        assert rows(text, ["Name", "Signature"]) == [["", ""]] * 12
        assert OURS.curriculum.facilitation.sign_in in text
        assert "Meeting and date:\n" in text


def test_a_team_signs_in_beside_its_names() -> None:
    """A team's sheet has its members' names as they are written, five rows more, and nobody's address."""
    members = (Member(name="Ann *Lee* | Moe", email="ann@circle.example.edu"), Member(name="Ben_1_"))
    text = documents.sign_in(OURS.apparatus, Team(id="circle", name="Circle [1]", members=members))
    assert rows(text, ["Name", "Signature"]) == [["Ann *Lee* | Moe", ""], ["Ben_1_", ""], *[["", ""]] * 5]
    assert "Circle [1] · Meeting and date:" in dialect.words(dialect.tree(text))
    assert "circle.example.edu" not in text


def test_the_poster_holds_every_agreement_and_room_for_more(page: Document) -> None:
    """The page shows the agreements in order, what a group does with them, and lines for its own."""
    poster = page.markdown.partition("#poster .new-page")[2]
    items = [node for node in dialect.walk(dialect.tree(poster)) if node["t"] == "li"]
    assert len(items) == len(OURS.curriculum.settings.agreements)
    assert OURS.curriculum.facilitation.poster in poster
    assert lines(poster) == 5
