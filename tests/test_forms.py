"""Forms, sign-in sheet and poster: the page that holds them, and each alone for print."""

from __future__ import annotations

import pytest
from conftest import ROOT

from builder import dialect, documents, pipeline
from builder.dialect import Node
from builder.documents import PDF_HERE
from builder.model.cohorts import Member, Team
from builder.model.facilitation import Form

WHOLE = pipeline.read(ROOT)
CURRICULUM = WHOLE.loaded.curriculum
APPARATUS = WHOLE.documents.apparatus
PAGE = next(page for page in WHOLE.documents.pages if page.path == "facilitate/forms.md")

each_form = pytest.mark.parametrize("form", CURRICULUM.facilitation.forms, ids=lambda form: form.id)


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


def test_the_page_of_forms_is_for_everyone() -> None:
    """The page offers its PDFs on a line of its own, and names the files that it is made from."""
    assert (PAGE.title, PAGE.audience) == ("Forms and poster", "everyone")
    assert PAGE.sources == ("modules/facilitation.yml", "modules/curriculum.yml")
    assert f"\n{PDF_HERE}\n" in PAGE.markdown
    assert "PROGRAM TO SUPPLY" not in PAGE.markdown


def test_the_page_leads_to_all_that_it_holds() -> None:
    """Each form, the sign-in sheet and the poster are a heading with an anchor, and the list at the top leads there."""
    tree = dialect.tree(PAGE.markdown)
    anchors = [node["id"] for node in dialect.walk(tree) if node["t"] == "h2"]
    forms = [f"form-{form.id}" for form in CURRICULUM.facilitation.forms]
    assert anchors == [*forms, "sign-in", "poster"]
    led = [node["href"] for node in dialect.walk(tree) if node["t"] == "a" and node["href"].startswith("#")]
    assert led[: len(anchors)] == [f"#{anchor}" for anchor in anchors]


@each_form
def test_a_form_stands_on_the_page_and_alone(form: Form) -> None:
    """A form has its title, when it is handed out, its questions and as many lines as its authors gave it."""
    alone = documents.form(APPARATUS, form)
    on_page = PAGE.markdown.partition(f"#form-{form.id} ")[2].partition("\n## ")[0]
    assert dialect.words(dialect.tree(alone)).startswith(dialect.words(dialect.tree(f"{form.title} {form.when}")))
    asked = [line for line in form.text.splitlines() if line.endswith("?") and not line.startswith("|")]
    written = sum(int(line.strip("[]").removeprefix("WRITE: ")) for line in form.text.splitlines() if "[WRITE" in line)
    for text in (alone, on_page):
        assert form.when in text
        assert [line for line in asked if line not in text] == []
        assert lines(text) == written > 0
        assert "(term:" not in text
        assert ".term }" not in text


def test_a_sheet_without_a_team_has_empty_rows() -> None:
    """Whoever has no packet signs in on twelve empty rows, on the page and on paper."""
    for text in (documents.sign_in(APPARATUS, None), PAGE.markdown):
        assert rows(text, ["Name", "Signature"]) == [["", ""]] * 12
        assert CURRICULUM.facilitation.sign_in in text
        assert "Meeting and date:\n" in text


def test_a_team_signs_in_beside_its_names() -> None:
    """A team's sheet has its members' names as they are written, five rows more, and nobody's address."""
    members = (Member(name="Ann *Lee* | Moe", email="ann@circle.example.edu"), Member(name="Ben_1_"))
    text = documents.sign_in(APPARATUS, Team(id="circle", name="Circle [1]", members=members))
    assert rows(text, ["Name", "Signature"]) == [["Ann *Lee* | Moe", ""], ["Ben_1_", ""], *[["", ""]] * 5]
    assert "Circle [1] · Meeting and date:" in dialect.words(dialect.tree(text))
    assert "circle.example.edu" not in text


def test_the_poster_holds_every_agreement_and_room_for_more() -> None:
    """The page shows the agreements in order, what a group does with them, and lines for its own."""
    poster = PAGE.markdown.partition("#poster .new-page")[2]
    items = [node for node in dialect.walk(dialect.tree(poster)) if node["t"] == "li"]
    assert len(items) == len(CURRICULUM.settings.agreements)
    assert CURRICULUM.facilitation.poster in poster
    assert lines(poster) == 5
