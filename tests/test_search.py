"""Search finds what people type, as a reader's keyboard has it, and shows what was written; tried in a real browser."""

# ruff: noqa: RUF001  apostrophes, dashes and hyphens of every kind are what is tried here

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PHONE, Visit, open_search, results, served, visiting, wait_until
from output import small
from playwright.sync_api import Browser, Page

WRITTEN = """# Words

## Spellings

The patient's naïve talk with Dr. Nguyễn on mentor–mentee work. He didn't. A café and a résumé, from Łódź to Århus
by the Straße, O’Connor says. Each co-facilitator sent an e-mail. The encyclopædia is well-known.

## Endings

One apology, one bias, one study, one analysis. A stereotype, a microaggression; they planned the training, and a
clinician sponsored it.

## Quokka

| Sign | Meaning |
| --- | --- |
| quokkasign | wombatmeaning |
"""

SPELLINGS = {
    "patient's": "patient’s", "patient’s": "patient’s", "patients": "patient’s", "PATIENT": "patient’s",
    "naive": "naïve", "naïve": "naïve", "nai\u0308ve": "naïve", "Nguyen": "Nguyễn", "nguyễn": "Nguyễn",
    "mentee": "mentee", "mentees": "mentee", "mentor-mentee": "mentor", "mentor–mentee": "mentee",
    "didn't": "didn’t", "didn’t": "didn’t", "didn‘t": "didn’t", "didn`t": "didn’t", "didnt": "didn’t",
    "cafe": "café", "resume": "résumé", "lodz": "Łódź", "Arhus": "Århus", "strasse": "Straße", "O'Connor": "O’Connor",
    "oconnor": "O’Connor", "co-facilitator": "co-facilitator", "co‑facilitators": "co-facilitator",
    "cofacilitator": "co-facilitator", "co facilitator": "facilitator", "email": "e-mail", "e-mail": "e-mail",
    "encyclopaedia": "encyclopædia", "well known": "known", "naïv": "naïve",
}  # fmt: skip
"""What people type, and the word, as written, that is marked in the result."""

ENDINGS = {
    "apologies": "apology", "biases": "bias", "studies": "study", "analyses": "analysis", "stereotypes": "stereotype",
    "stereotyping": "stereotype", "microaggressions": "microaggression", "plan": "planned", "planning": "planned",
    "train": "training", "sponsoring": "sponsored", "clinicians": "clinician",
}  # fmt: skip

INSTEAD = {
    "sterotype": "stereotype", "microagression": "microaggression", "anaylsis": "analysis", "apologetic": "apology",
    "clincian": "clinician", "sponser": "sponsored",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a page of words."""
    made = small(tmp_path_factory.mktemp("search") / "project")
    made.write("docs/guide/words.md", WRITTEN)
    made.write("docs/authors/words.md", "# Words for authors\n\nA quokkaauthor writes.\n")
    made.replace("modules/glossary.yml", "Where one walks.", "Where one walks, by a quokkaway.")
    done = made.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return made.root / "site"


@pytest.fixture(scope="module")
def visit(chrome: Browser, folder: Path) -> Iterator[Visit]:
    """A page with its search open, for all questions that only read."""
    with served(folder) as address, visiting(chrome) as visit:
        open_search(visit.open(address + "about.html"))
        yield visit


def ask(page: Page, words: str) -> list[str]:
    """Type words in place of what was typed before, and answer where the results lead."""
    page.locator(".search__input").fill("")
    wait_until(page, "document.querySelector('.md-search-result__meta').textContent.startsWith('Type')")
    page.keyboard.insert_text(words)
    return results(page)


def marked(page: Page) -> set[str]:
    """The words that are marked in the results."""
    return set(page.locator(".md-search-result__list mark").all_text_contents())


def said(page: Page) -> str:
    """What the search says of words that are nowhere."""
    return page.locator(".md-search-result__note").text_content() or ""


@pytest.mark.parametrize("typed", SPELLINGS)
def test_any_spelling_finds_the_word(visit: Visit, typed: str) -> None:
    """Apostrophes, accents, capitals, dashes and hyphens may be typed in any way; the result shows what is written."""
    assert any(link.endswith("guide/words.html#spellings") for link in ask(visit.page, typed))
    assert SPELLINGS[typed] in marked(visit.page)
    assert not said(visit.page)


@pytest.mark.parametrize("typed", ENDINGS)
def test_any_form_finds_the_word(visit: Visit, typed: str) -> None:
    """A plural finds the singular, and one form of a verb another."""
    assert any(link.endswith("guide/words.html#endings") for link in ask(visit.page, typed))
    assert ENDINGS[typed] in marked(visit.page)
    assert not said(visit.page)


@pytest.mark.parametrize("typed", INSTEAD)
def test_a_slip_finds_the_word_and_is_named(visit: Visit, typed: str) -> None:
    """For a word that is nowhere the nearest is shown, and the search says so."""
    assert any(link.endswith("guide/words.html#endings") for link in ask(visit.page, typed))
    assert INSTEAD[typed] in marked(visit.page)
    assert said(visit.page) == f"Nothing for “{typed}”. Showing “{INSTEAD[typed]}”."


def test_words_that_are_nowhere_find_nothing(visit: Visit) -> None:
    """A word like no other has no result; beside one that is found, it is named."""
    assert ask(visit.page, "xyzzyquux") == []
    assert visit.page.locator(".md-search-result__meta").text_content() == "No matching documents"
    assert ask(visit.page, "xyzzyquux bias")
    assert said(visit.page) == "Nothing for “xyzzyquux”."


def test_words_of_every_sentence_do_not_count(visit: Visit) -> None:
    """Of a question only the words that say something are looked for, and only the last may be unfinished."""
    assert any(link.endswith("#spellings") for link in ask(visit.page, "what is the naive ta"))
    assert marked(visit.page) <= {"naïve", "talk"}
    assert ask(visit.page, "na talk") == [] or "naïve" not in marked(visit.page)
    assert ask(visit.page, "the")


def test_a_result_has_all_words_before_some(visit: Visit) -> None:
    """Where one section has all the words, those with some of them are left out; else each says what it is without."""
    found = ask(visit.page, "bias sponsors")
    assert {link.rpartition("/")[2] for link in found} == {"words.html", "words.html#endings"}
    assert ask(visit.page, "bias nguyen")
    missing = set(visit.page.locator(".md-search-result__terms").all_text_contents())
    assert missing <= {"Without: bias", "Without: nguyen"}
    assert missing


def test_a_term_is_a_result_of_its_own(visit: Visit) -> None:
    """A word of a definition leads to its term, and shows no other."""
    assert any(link.endswith("glossary.html#term-path") for link in ask(visit.page, "quokkaway"))
    titles = visit.page.locator(".md-search-result__link h2").all_text_contents()
    assert titles == ["Path"]


def test_cells_of_a_table_are_kept_apart(visit: Visit) -> None:
    """A result shows the cells of a row one by one."""
    assert ask(visit.page, "quokkasign")
    assert "quokkasign · wombatmeaning" in visit.page.locator(".search__text").all_text_contents()[0]


def test_the_index_holds_what_readers_look_for(folder: Path) -> None:
    """Pages for authors, lists of pages, what comes next, and repeated definitions are not in the index."""
    entries = json.loads((folder / "search/search_index.json").read_text("utf-8"))["docs"]
    pages = {entry["location"].partition("#")[0] for entry in entries}
    assert not {page for page in pages if page.startswith("authors/")} | pages & {"index.html", "modules/index.html"}
    anchors = {entry["location"].partition("#")[2] for entry in entries}
    assert not anchors & {"next", "words", "references"}
    text = " ".join(entry["text"] for entry in entries)
    assert not re.search("Next module|Previous module|quokkaauthor", text)
    assert text.count("quokkaway") == 1
    assert not re.search(r"<sup>|[a-z][.,]?\d", text), "numbers of citations"


def test_nothing_is_loaded_before_the_search_is_opened(chrome: Browser, folder: Path) -> None:
    """A page asks for the index once, when a reader opens the search, and never for a worker."""
    with served(folder) as address, visiting(chrome) as visit:
        asked: list[str] = []
        visit.context.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page = visit.open(address + "about.html")
        page.wait_for_load_state("networkidle")
        assert not [each for each in asked if "search_index" in each or "worker" in each or "finding" in each]
        open_search(page, "path")
        assert results(page)
        open_search(page)
        open_search(page, "s")
        assert results(page)
        wanted = [each for each in asked if re.search("search_index|worker|finding", each)]
        assert sorted(wanted) == ["assets/javascripts/finding.js", "search/search_index.json"]


def test_the_search_works_from_a_disk(chrome: Browser, folder: Path) -> None:
    """A copy that is opened by a double-click finds the same."""
    with visiting(chrome) as visit:
        page = visit.open(f"{folder.as_uri()}/about.html")
        open_search(page, "didnt")
        assert any(link.endswith("guide/words.html#spellings") for link in results(page))
        assert marked(page) == {"didn’t"}


def test_the_keyboard_goes_through_the_results(chrome: Browser, folder: Path) -> None:
    """Arrows go from the field to each result and round; Enter in the field goes to the best."""
    with served(folder) as address, visiting(chrome) as visit:
        page = visit.open(address + "about.html")
        open_search(page, "didnt")
        assert len(results(page)) == 2
        reached = []
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
            reached.append(page.evaluate("document.activeElement.querySelector('h1, h2')?.textContent ?? 'the field'"))
        assert reached == ["Words", "Spellings", "the field", "Spellings"]
        page.locator(".search__input").press("Enter")
        page.wait_for_url("**/guide/words.html#spellings")


def test_found_words_are_seen_in_forced_colors(chrome: Browser, folder: Path) -> None:
    """In a high contrast of the system a marked word has the color of text on the color of its ground, and a line."""
    for scheme in ("light", "dark"):
        with (
            served(folder) as address,
            visiting(chrome, viewport=PHONE, forced_colors="active", color_scheme=scheme) as visit,
        ):
            page = visit.open(address + "about.html")
            open_search(page, "stereotypes")
            assert results(page)
            styles = page.locator(".md-search-result__list mark").evaluate_all(
                """all => all.map(mark => {
                  const { color, backgroundColor, textDecorationLine } = getComputedStyle(mark)
                  return [color, backgroundColor, textDecorationLine]
                })"""
            )
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert styles
            for color, background, line in styles:
                assert background == ground
                assert color != background
                assert line == "underline"


def test_a_hostile_index_is_shown_as_text(chrome: Browser, folder: Path) -> None:
    """Titles and texts of the index are set in as texts: no element of theirs comes to be, whatever they contain."""
    index = json.loads((folder / "search/search_index.json").read_text("utf-8"))
    hostile = "Quokkawort &lt;img src=x onerror='document.title=1'&gt; <img src=x onerror='document.title=2'>"
    index["docs"] = [{"location": "about.html", "title": hostile, "text": f"<p>{hostile}</p>"}]
    with served(folder) as address, visiting(chrome) as visit:
        visit.context.route("**/search_index.json", lambda route: route.fulfill(json=index))
        page = visit.open(address + "about.html")
        open_search(page, "quokkawort")
        assert results(page)
        assert page.locator(".md-search-result__list img").count() == 0
        assert "<img src=x onerror='document.title=1'>" in page.locator(".md-search-result__link h1").inner_text()
