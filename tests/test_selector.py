"""Editions side by side in a real browser: the selector, the notice on an old one, and an edition on its own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import side_by_side
from browser import DESK, PHONE, faults_in_both_schemes, served, visiting
from playwright.sync_api import Browser, Locator, Page, expect
from side_by_side import LATEST, OLD, PREVIEW, ROOT

from builder.editions.pages import Published

PAGE = "modules/first-steps/index.html"
NARROW = {"width": 320, "height": 640}
EVERY_WIDTH = pytest.mark.parametrize("viewport", [NARROW, PHONE, DESK], ids=["narrow", "phone", "desk"])


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Published, ...]]:
    """Three editions side by side; tests only read them."""
    return side_by_side.lay_out(tmp_path_factory.mktemp("laid"))


@pytest.fixture(scope="module")
def course(laid: tuple[Path, tuple[Published, ...]]) -> Iterator[str]:
    """The address under which the editions are, below the root of a host."""
    with served(laid[0].parent) as address:
        yield f"{address}course/"


@pytest.fixture(scope="module")
def of_mike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that does not know its edition's name, as people who use mike build it."""
    return side_by_side.build(tmp_path_factory.mktemp("mike") / "project")


def button(page: Page) -> Locator:
    """The button in the bar, or on a phone the one in the menu, which it opens."""
    menu = page.get_by_role("button", name="Menu", exact=True)
    narrow = page.viewport_size and page.viewport_size["width"] < 600
    if narrow and not page.locator("#menu").is_visible():
        menu.click()
        page.wait_for_timeout(400)  # until the menu has come in
    return page.locator("nav.editions:visible").get_by_role("button", name=re.compile("^Edition "))


def opened(page: Page) -> Locator:
    """The list of editions, opened."""
    button(page).click()
    panel = page.locator(".editions__panel:visible")
    expect(panel.get_by_role("listitem").first).to_be_visible()
    return panel


def words(page: Page) -> list[str]:
    """What the open list names, line by line."""
    return opened(page).get_by_role("link").all_inner_texts()


@EVERY_WIDTH
def test_the_selector_tells_this_edition_and_the_others(chrome: Browser, course: str, viewport: Any) -> None:
    """It names the edition one reads and, opened, all with the current one told, and this one marked for all senses."""
    with visiting(chrome, viewport=viewport) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        assert button(page).inner_text() == f"Edition {OLD}"
        assert words(page) == [f"{PREVIEW} (preview)", f"{LATEST} (current)", OLD, "All editions"]
        here = page.locator(".editions__panel:visible [aria-current=true]")
        expect(here).to_have_text(OLD)
        expect(here).to_have_css("font-weight", "700")
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
        assert page.locator(".md-header").bounding_box()["height"] < 60  # type: ignore[index]
        assert visit.strangers + visit.complaints == []


@EVERY_WIDTH
def test_axe_finds_nothing_in_the_open_list(chrome: Browser, course: str, viewport: Any) -> None:
    """The open list and the notice break no rule, in light and dark colors."""
    with visiting(chrome, viewport=viewport) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        opened(page)
        assert faults_in_both_schemes(page) == []


def test_a_closed_selector_asks_for_nothing(chrome: Browser, course: str) -> None:
    """The list of editions is asked for only when a reader turns to it."""
    with visiting(chrome) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        page = visit.open(f"{course}{LATEST}/{PAGE}")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "versions.json" in url] == []
        opened(page)
        assert len([url for url in asked if "versions.json" in url]) == 1


def test_the_keyboard_walks_the_list_in_the_bar(chrome: Browser, course: str) -> None:
    """Enter opens; Tab goes through the list and, leaving, closes it; Escape closes it and gives the focus back."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        at, panel = button(page), page.locator(".editions--bar .editions__panel")
        expect(at).to_have_attribute("aria-expanded", "false")
        at.press("Enter")
        expect(at).to_have_attribute("aria-expanded", "true")
        expect(at).to_be_focused()
        expect(panel.get_by_role("link")).to_have_count(4)
        for name in (f"{PREVIEW} (preview)", f"{LATEST} (current)"):
            page.keyboard.press("Tab")
            expect(panel.get_by_role("link", name=name)).to_be_focused()
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(at).to_be_focused()
        expect(at).to_have_attribute("aria-expanded", "false")
        at.press("Space")
        for _ in range(5):
            page.keyboard.press("Tab")
        expect(panel).to_be_hidden()
        expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()


def test_escape_closes_the_list_and_then_the_menu(chrome: Browser, course: str) -> None:
    """On a phone the list opens within the menu, and Escape closes one after the other."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        at, panel = button(page), opened(page)
        panel.get_by_role("link").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator(".editions--menu .editions__panel")).to_be_hidden()
        expect(at).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#menu")).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).press("Enter")
        expect(page.locator("#menu [aria-current=page]")).to_be_focused()


def test_a_click_elsewhere_closes_the_list(chrome: Browser, course: str) -> None:
    """A press on the text, or on the button again, closes the list."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        opened(page)
        page.locator("h1").click()
        expect(page.locator(".editions--bar .editions__panel")).to_be_hidden()
        opened(page)
        button(page).click()
        expect(page.locator(".editions--bar .editions__panel")).to_be_hidden()


@EVERY_WIDTH
def test_another_edition_opens_at_the_same_place(chrome: Browser, course: str, viewport: Any) -> None:
    """A choice stays on the same page, and on the same place of it."""
    with visiting(chrome, viewport=viewport) as visit:
        page = visit.open(f"{course}{OLD}/modules/first-steps/guide.html#agenda")
        opened(page).get_by_role("link", name=f"{LATEST} (current)").click()
        page.wait_for_url(f"{course}{LATEST}/modules/first-steps/guide.html#agenda")


def test_what_another_edition_lacks_opens_at_its_start(chrome: Browser, course: str) -> None:
    """A page that the other edition does not have leads to its start page."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{OLD}/gone.html#x")
        opened(page).get_by_role("link", name=f"{LATEST} (current)").click()
        page.wait_for_url(f"{course}{LATEST}/index.html")


def test_other_clicks_are_plain(chrome: Browser, course: str) -> None:
    """With a key held, a link of the list is an ordinary link to the start page, in a tab of its own."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        link = opened(page).get_by_role("link", name=f"{LATEST} (current)")
        with visit.context.expect_page() as other:
            link.click(modifiers=["ControlOrMeta"])
        other.value.wait_for_url(f"{course}{LATEST}/index.html")
        assert page.url == f"{course}{OLD}/{PAGE}"


def test_all_editions_are_a_click_away(chrome: Browser, course: str) -> None:
    """The list ends with a link to the page of all editions; the foot has one too, on the same host."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{LATEST}/{PAGE}")
        expect(page.locator(".foot").get_by_role("link", name="all editions")).to_have_attribute(
            "href", f"{course}editions/index.html"
        )
        opened(page).get_by_role("link", name="All editions").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Editions")


@EVERY_WIDTH
def test_the_notice_on_an_old_edition(chrome: Browser, course: str, viewport: Any) -> None:
    """A named landmark before the text says which edition is newer, and leads to the same place and its changes."""
    with visiting(chrome, viewport=viewport) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}#key-points")
        note = page.get_by_role("complementary", name="About this edition")
        expect(note).to_have_text(
            f"You are reading edition {OLD}. Edition {LATEST} is newer. This page in edition {LATEST} What changed"
        )
        same = note.get_by_role("link", name="This page")
        expect(same).to_have_attribute("href", f"{course}{LATEST}/{PAGE}#key-points")
        expect(note.get_by_role("link", name="What changed")).to_have_attribute(
            "href", f"{course}{LATEST}/changes.html"
        )
        page.evaluate("location.hash = 'maps'")
        expect(same).to_have_attribute("href", f"{course}{LATEST}/{PAGE}#maps")
        assert page.evaluate(
            "document.querySelector('aside.edition').compareDocumentPosition(document.querySelector('article')) & 4"
        )
        page.emulate_media(media="print")
        expect(note).to_be_hidden()


def test_the_notice_on_a_page_that_is_gone(chrome: Browser, course: str) -> None:
    """Where the latest does not have the page, the notice leads to its start."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{OLD}/gone.html#x")
        start = page.get_by_role("complementary").get_by_role("link", name=f"Start of edition {LATEST}")
        expect(start).to_have_attribute("href", f"{course}{LATEST}/index.html")


def test_the_notice_on_a_preview_and_none_on_the_latest(chrome: Browser, course: str) -> None:
    """A preview says that it is one; on the latest edition there is nothing."""
    with visiting(chrome) as visit:
        page = visit.open(f"{course}{PREVIEW}/{PAGE}")
        note = page.get_by_role("complementary", name="About this edition")
        expect(note).to_contain_text(f"Edition {PREVIEW} is a preview, for review only. Edition {LATEST} is current.")
        expect(note.get_by_role("link")).to_have_text([f"This page in edition {LATEST}"])
        page = visit.open(f"{course}{LATEST}/{PAGE}")
        page.wait_for_load_state("networkidle")
        expect(page.locator("aside.edition")).to_be_hidden()


def test_a_page_without_a_place_for_the_notice_gets_one(chrome: Browser, tmp_path: Path, laid: Any) -> None:
    """Whatever a page of an older edition looks like, the notice is at its start."""
    shutil.copy(laid[0] / "notice.js", tmp_path / "notice.js")
    (tmp_path / OLD / "a").mkdir(parents=True)
    (tmp_path / OLD / "a/index.html").write_text("<p>Old.<script src='../../notice.js'></script>", encoding="utf-8")
    with served(tmp_path) as host, visiting(chrome) as visit:
        page = visit.open(f"{host}{OLD}/a/")
        expect(page.locator("body > :first-child")).to_contain_text(f"You are reading edition {OLD}.")
        page.emulate_media(media="print")
        expect(page.get_by_text("You are reading")).to_be_hidden()


@pytest.mark.parametrize("name", [OLD, LATEST])
def test_an_edition_alone_on_a_host_is_whole(chrome: Browser, tmp_path: Path, laid: Any, name: str) -> None:
    """With nothing beside it no notice and no error shows, and no link leads to what is not there."""
    shutil.copytree(laid[0] / name, tmp_path / name)
    with served(tmp_path) as host, visiting(chrome) as visit:
        page = visit.open(f"{host}{name}/{PAGE}")
        page.wait_for_load_state("networkidle")
        expect(page.locator("aside.edition")).to_be_hidden()
        assert {line.split(": ", 1)[1][:45] for line in visit.complaints} <= {
            "Failed to load resource: the server responded"
        }
        button(page).click()
        expect(page.get_by_text("The list of editions is not here.")).to_be_visible()
        to_all = page.get_by_role("link", name=re.compile("all editions", re.IGNORECASE))
        hrefs = to_all.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert hrefs == ([f"{ROOT}editions/index.html"] * 2 if name == LATEST else [])


def test_two_hundred_editions_stay_in_sight(chrome: Browser, tmp_path: Path, laid: Any) -> None:
    """Of very many editions the list names the newest ten and the one that is read, and fits the screen."""
    public, editions = laid
    many = side_by_side.many(editions, 200)
    shutil.copytree(public / OLD, tmp_path / many[150].name)
    for page in (tmp_path / many[150].name).rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace(OLD, many[150].name), encoding="utf-8")
    side_by_side.publish(tmp_path, many, editions[1])
    with served(tmp_path) as host, visiting(chrome) as visit:
        page = visit.open(f"{host}{many[150].name}/{PAGE}")
        found = words(page)
        assert len(found) == 12
        assert found[-2:] == [many[150].name, "All editions"]
        box = page.locator(".editions--bar .editions__panel").bounding_box()
        assert box
        assert box["y"] + box["height"] <= DESK["height"]


@EVERY_WIDTH
@pytest.mark.parametrize("name", [OLD, LATEST])
def test_a_copy_on_a_disk_asks_for_nothing(chrome: Browser, laid: Any, name: str, viewport: Any) -> None:
    """From a disk nothing is requested that is beside the edition, and a link leads only to a real address."""
    with visiting(chrome, viewport=viewport) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        page = visit.open(f"{(laid[0] / name).as_uri()}/{PAGE}")
        assert [url for url in asked if f"/{name}/" not in url] == []
        if viewport != DESK:
            page.get_by_role("button", name="Menu", exact=True).click()
        label = page.locator(".editions__label:visible")
        expect(label).to_contain_text(f"Edition {name}")
        to_all = page.locator(".editions a, [data-list] a")
        hrefs = to_all.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert hrefs == ([f"{ROOT}editions/index.html"] * 3 if name == LATEST else [])
        expect(page.locator("aside.edition")).to_be_hidden()


@EVERY_WIDTH
def test_without_script_there_is_a_plain_link(chrome: Browser, course: str, viewport: Any) -> None:
    """Without JavaScript the edition is named and a link leads to the list: in the bar, on a phone in the foot."""
    with visiting(chrome, viewport=viewport, java_script_enabled=False) as visit:
        page = visit.open(f"{course}{OLD}/{PAGE}")
        name = f"Edition {OLD} · all editions" if viewport == DESK else "all editions"
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(f"{course}editions/index.html")
        page.goto(f"{course}{LATEST}/{PAGE}")
        assert page.locator(".foot [data-list] a").get_attribute("href") == f"{ROOT}editions/index.html"


@EVERY_WIDTH
def test_a_host_of_mikes_works_too(chrome: Browser, tmp_path: Path, of_mike: Path, viewport: Any) -> None:
    """The name comes from the list, found by version or alias in the address; there is no dead link, and a notice."""
    names = ("7.0.dev", "2027.1", "2026.1", *(f"{2025 - at}.1" for at in range(15)))
    listed = [{"version": name, "title": name, "aliases": ["latest"] if name == "2027.1" else []} for name in names]
    (tmp_path / "versions.json").write_text(json.dumps(listed), encoding="utf-8")
    for name in ("2027.1", "2026.1", "latest"):
        shutil.copytree(of_mike, tmp_path / name)
    with served(tmp_path) as host, visiting(chrome, viewport=viewport) as visit:
        page = visit.open(f"{host}2026.1/{PAGE}")
        expect(page.locator("aside.edition")).to_have_text(
            "You are reading edition 2026.1. The current edition is 2027.1. Go to edition 2027.1"
        )
        assert button(page).inner_text() == "Edition 2026.1"
        panel = opened(page)
        assert panel.get_by_role("link").count() == 10
        assert panel.get_by_role("link", name="All editions").count() == 0
        panel.get_by_role("button", name="All 18 editions").press("Enter")
        expect(panel.get_by_role("link")).to_have_count(18)
        expect(panel.get_by_role("link").nth(10)).to_be_focused()
        assert faults_in_both_schemes(page) == []
        panel.get_by_role("link", name="2027.1 (current)").click()
        page.wait_for_url(f"{host}2027.1/{PAGE}")
        page = visit.open(f"{host}latest/{PAGE}")
        assert button(page).inner_text() == "Edition 2027.1"
        expect(page.locator("aside.edition")).to_be_hidden()
        assert visit.complaints == []


def test_a_strange_list_of_versions_changes_nothing(chrome: Browser, tmp_path: Path, of_mike: Path) -> None:
    """A list that is missing, or is no list, leaves the page as it is."""
    shutil.copytree(of_mike, tmp_path / "2026.1")
    for text in ("{}", "[1, null]", "nonsense"):
        (tmp_path / "versions.json").write_text(text, encoding="utf-8")
        with served(tmp_path) as host, visiting(chrome) as visit:
            page = visit.open(f"{host}2026.1/{PAGE}")
            page.wait_for_load_state("networkidle")
            assert page.locator("nav.editions:visible, aside.edition:visible").count() == 0
            assert visit.complaints == []
