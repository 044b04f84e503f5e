"""The built site in a real browser: what axe finds, the keyboard, the search, other hosts, no script, the colors."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import (
    DARK,
    DESK,
    KINDS,
    LIGHT,
    PHONE,
    Visit,
    darken,
    faults_in_both_schemes,
    go,
    launched,
    open_search,
    paper,
    results,
    served,
    visiting,
)
from conftest import Project
from output import pages, small, words
from playwright.sync_api import Browser, Page, expect

WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)

FOCUSED = """() => {
  const at = document.activeElement
  if (at === null || at === document.body) return null
  const mark = at.matches(".md-option") ? at.nextElementSibling : at
  const style = getComputedStyle(mark)
  const box = mark.getBoundingClientRect()
  const bar = document.querySelector(".md-header").getBoundingClientRect().bottom
  return {
    name: at.getAttribute("aria-label") ?? at.textContent.trim().replace(/\\s+/g, " "),
    href: at.getAttribute("href"),
    place: at.closest("article") ? "article" : at.closest("header") ? "bar" : "",
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > (at.closest("article") ? bar : 0)
      && box.right > 0 && box.left < innerWidth && getComputedStyle(mark).visibility === "visible",
  }
}"""
"""What has the focus, and whether one can see that it has; nothing when the focus has left the page."""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an older edition of a small site, in a folder beside the list of editions."""
    made = small(tmp_path_factory.mktemp("editions") / "project")
    made.write("mkdocs.yml", made.read("mkdocs.yml") + "extra:\n  editions: true\n")
    done = made.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    public = made.root / "public"
    shutil.copytree(made.root / "site", public / "course/2026.1")
    listed = [{"version": "2027.1", "title": "2027.1", "aliases": ["latest"]}, {"version": "2026.1", "title": "2026.1"}]
    (public / "course/versions.json").write_text(json.dumps(listed), encoding="utf-8")
    with served(public) as address:
        yield address + "course/2026.1/"


def tabbed(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """Everything that takes the focus, in the order of the Tab key, until the focus leaves the page."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    pytest.fail(f"the focus is still on the page after {most} presses of Tab; last: {stops[-3:]}")


@WIDTHS
@EVERY_KIND
def test_axe_finds_nothing(chrome: Browser, site: str, kind: str, viewport: Any) -> None:
    """No rule of WCAG 2.2 AA or of good practice that axe can test is broken on any kind of page."""
    with visiting(chrome, viewport=viewport) as visit:
        assert faults_in_both_schemes(go(visit, site, kind)) == []


@WIDTHS
def test_axe_finds_nothing_in_the_open_search(chrome: Browser, site: str, viewport: Any) -> None:
    """The search with its results breaks no rule either."""
    with visiting(chrome, viewport=viewport) as visit:
        page = go(visit, site, "reading")
        open_search(page, "gardener")
        assert results(page)
        assert faults_in_both_schemes(page) == []


def test_axe_finds_nothing_in_the_open_menu(chrome: Browser, site: str) -> None:
    """The menu of a phone breaks no rule either."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = go(visit, site, "reading")
        page.get_by_role("button", name="Menu", exact=True).click()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
        assert faults_in_both_schemes(page) == []


@pytest.mark.parametrize("kind", ["home", "reading", "guide", "facilitate"])
@WIDTHS
def test_the_tab_key_goes_through_the_page(chrome: Browser, site: str, kind: str, viewport: Any) -> None:
    """Tab reaches the skip link, the controls and each link of the text in order, shows where it is, and gets out."""
    with visiting(chrome, viewport=viewport) as visit:
        page = go(visit, site, kind)
        stops = tabbed(page)
        controls = ["Mortals into Mentors", "Search", "Colors follow the system. Switch to light"]
        if viewport == PHONE:
            controls.append("Menu")
        assert stops[0]["name"] == "Skip to content"
        assert [stop["name"] for stop in stops if stop["place"] == "bar"] == controls
        links = page.locator("article a[href]:visible").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert [stop["href"] for stop in stops if stop["place"] == "article" and stop["href"]] == links
        assert [stop["name"] for stop in stops if not (stop["outlined"] and stop["seen"])] == []


def test_the_skip_link_skips(chrome: Browser, site: str) -> None:
    """After the skip link, the next Tab is in the text."""
    with visiting(chrome) as visit:
        page = go(visit, site, "reading")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["place"] == "article"


@WIDTHS
def test_the_keyboard_opens_and_closes_the_search(chrome: Browser, site: str, viewport: Any) -> None:
    """Enter opens the search with the focus in its field; Escape closes it and gives the focus back; Tab leaves it."""
    with visiting(chrome, viewport=viewport) as visit:
        page = go(visit, site, "reading")
        button = page.get_by_role("button", name="Search", exact=True)
        field = page.get_by_role("textbox", name="Search this site")
        button.press("Enter")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(field).to_be_hidden()
        expect(button).to_be_focused()
        button.press("Enter")
        for _ in range(4):  # two buttons, the region of results, and out
            page.keyboard.press("Tab")
        expect(field).to_be_hidden()


@WIDTHS
def test_tab_reaches_what_the_search_found(chrome: Browser, site: str, viewport: Any) -> None:
    """Every result and every "more" is reached by Tab, and no result is so tall that the next is out of sight."""
    with visiting(chrome, viewport=viewport) as visit:
        page = go(visit, site, "reading")
        open_search(page, "racism")
        assert results(page)
        stops = page.locator(".md-search-result__list :is(a, summary):visible")
        expect(stops.first).to_be_visible()
        assert stops.evaluate_all("all => all.every(each => each.tabIndex === 0)")
        for _ in range(4):  # two buttons, the region of results, and its first result
            page.keyboard.press("Tab")
        expect(stops.first).to_be_focused()
        tall = page.locator(".md-search-result__article").evaluate_all(
            "all => Math.max(...all.map(at => at.clientHeight))"
        )
        assert tall < 220


def test_the_keyboard_opens_and_closes_the_menu(chrome: Browser, site: str) -> None:
    """On a phone, Enter opens the menu with the focus on this page's entry; Escape closes it and goes back."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = go(visit, site, "reading")
        button = page.get_by_role("button", name="Menu", exact=True)
        menu = page.get_by_role("navigation", name="Main")
        expect(menu).to_be_hidden()
        button.press("Enter")
        expect(menu.get_by_role("link", name="Reading", exact=True)).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()


def test_single_letters_do_nothing(chrome: Browser, site: str) -> None:
    """Speech input that types letters into a page opens nothing and leads nowhere (WCAG 2.1.4)."""
    with visiting(chrome) as visit:
        page = go(visit, site, "reading")
        for letter in "sfpn/,.":
            page.keyboard.press(letter)
        expect(page.get_by_role("textbox", name="Search this site")).to_be_hidden()
        assert page.url == site + KINDS["reading"]


def hints(visit: Visit) -> list[str]:
    """Other hosts that a page prepares to ask."""
    links = visit.page.locator(
        "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], link[rel~=prerender]"
    )
    return [str(link) for link in links.evaluate_all("links => links.map(link => link.outerHTML)")]


@EVERY_KIND
def test_no_page_asks_another_host(chrome: Browser, site: str, kind: str) -> None:
    """No page asks, or prepares to ask, a stranger for anything, or complains, before and after a search."""
    with visiting(chrome) as visit:
        page = go(visit, site, kind)
        open_search(page, "mentor")
        assert results(page)
        assert [*hints(visit), *visit.faults] == []


@pytest.mark.parametrize("door", ["http", "file"])
def test_search_finds_a_module(chrome: Browser, site: str, built: Project, door: str) -> None:
    """A word of a reading leads to that reading, from a host and from a disk, and Enter goes there."""
    with visiting(chrome) as visit:
        page = visit.open((site if door == "http" else (built.root / "site").as_uri() + "/") + "index.html")
        open_search(page, "gardener")
        found = results(page)
        assert "modules/race-and-medicine/index.html" in found[0]
        page.keyboard.press("Enter")
        page.wait_for_url("**/modules/race-and-medicine/index.html**")
        assert visit.faults == []


def test_search_finds_a_module_of_its_own_edition(chrome: Browser, editions: str) -> None:
    """In an edition's folder the search answers with that edition's pages."""
    with visiting(chrome) as visit:
        page = visit.open(editions + "glossary.html")
        open_search(page, "first")
        found = results(page)
        assert any("modules/first-steps/index.html" in link for link in found)
        assert all(link.startswith(editions) for link in found)


def test_search_keeps_to_what_everyone_reads(chrome: Browser, site: str, built: Project) -> None:
    """A word that only a guide has is not found, and no result leads into a guide."""
    texts = {name: words(page).lower() for name, page in pages(built.root / "site").items()}
    everyone = " ".join(text for name, text in texts.items() if not name.endswith("guide.html"))
    guides = " ".join(text for name, text in texts.items() if name.endswith("guide.html"))
    own = sorted({word for word in re.findall(r"[a-z]{9,}", guides) if word[:6] not in everyone})
    with visiting(chrome) as visit:
        page = go(visit, site, "home")
        open_search(page, own[0])
        assert results(page) == []
        page.keyboard.press("Control+A")
        page.keyboard.type("question")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert not [link for link in results(page) if "guide.html" in link]


def test_colors_follow_the_system_until_the_reader_chooses(chrome: Browser, site: str) -> None:
    """At first the colors are the system's, also when it changes; a choice stays, on other pages too."""
    with visiting(chrome, color_scheme="light") as visit:
        page = go(visit, site, "home")
        assert paper(page) == LIGHT
        darken(page)
        page.locator("label[title$='Switch to light']").click()
        assert paper(page) == LIGHT
        assert paper(go(visit, site, "guide")) == LIGHT
        page.locator("label[title$='Switch to dark']").click()
        page.emulate_media(color_scheme="light")
        assert paper(page) == DARK
        page.locator('label[title$="Switch to the system\'s"]').click()
        assert paper(page) == LIGHT


def test_the_button_for_colors_stays_in_its_place(chrome: Browser, site: str) -> None:
    """The sign of the button for colors is where it was, after it has been used too."""
    with visiting(chrome) as visit:
        page = go(visit, site, "home")
        sign = page.locator(".bar .md-header__button:visible svg")
        before = sign.bounding_box()
        page.locator("label[title$='Switch to light']").click()
        after = sign.bounding_box()
        assert before
        assert after
        assert (before["x"], before["y"]) == pytest.approx((after["x"], after["y"]), abs=1)


def test_colors_follow_the_system_without_script(chrome: Browser, site: str) -> None:
    """Without JavaScript the colors are the system's."""
    with visiting(chrome, color_scheme="dark", java_script_enabled=False) as visit:
        assert paper(go(visit, site, "reading")) == DARK


def test_a_missing_browser_is_a_failure_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no browser is, tests fail with the way to get one; they are never skipped."""
    monkeypatch.setenv("CHROMIUM", str(Path("no", "such", "browser")))
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"), launched():
        pass
