"""The built pages as people see them: on narrow and large screens, on a phone, without script, and on paper."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from browser import COLOR_RULES, DESK, KINDS, PHONE, faults, go, visiting, wait_until
from conftest import Project
from playwright.sync_api import Browser, Page, expect

EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
EXCEPT_LOST = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lost"])
LETTER = {"width": 679, "height": 920}
"""The part of a letter page between margins of 18 mm, in CSS pixels."""

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(at => !at.closest(".md-typeset__scrollwrap, svg, .said, .md-sidebar--primary, [hidden]"))
  .filter(at => at.checkVisibility({visibilityProperty: true}))
  .filter(at => at.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(at => at.outerHTML.slice(0, 120))"""

UNREACHABLE = """() => [...document.querySelectorAll("article *")]
  .filter(at => at.scrollWidth > at.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(at).overflowX))
  .filter(at => at.tabIndex !== 0 || at.getAttribute("role") !== "region" || !at.getAttribute("aria-label"))
  .map(at => at.outerHTML.slice(0, 120))"""

SMALL_TEXT = """least => [...document.querySelectorAll("article :is(h1, h2, h3, p, li, dt, dd, td, th)")]
  .filter(at => !at.closest(".source"))
  .filter(at => parseFloat(getComputedStyle(at).fontSize) < least)
  .map(at => getComputedStyle(at).fontSize + " " + at.outerHTML.slice(0, 120))"""

LINES = """paragraph => {
  const range = document.createRange(), lines = new Map()
  const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    if (walk.currentNode.parentElement.closest("sup")) continue
    for (let at = 0; at < walk.currentNode.length; at++) {
      range.setStart(walk.currentNode, at)
      range.setEnd(walk.currentNode, at + 1)
      const box = range.getClientRects()[0]
      if (box) lines.set(Math.round(box.bottom / 4), (lines.get(Math.round(box.bottom / 4)) ?? 0) + 1)
    }
  }
  return [...lines.values()]
}"""
"""How many characters stand on each line of a paragraph."""

GROUND_AND_INK = """at => {
  const {backgroundColor: ground, color} = getComputedStyle(at)
  const names = {"rgb(255, 255, 255)": "white", "rgb(0, 0, 0)": "black", "rgba(0, 0, 0, 0)": "clear"}
  return [names[ground] ?? ground, names[color] ?? color]
}"""

CUT = """() => [...document.querySelectorAll("article, article *")]
  .filter(at => at.getBoundingClientRect().right > innerWidth + 1 || at.scrollWidth > at.clientWidth + 1 &&
    at.clientWidth > 0 && getComputedStyle(at).overflowX !== "visible" && !at.matches(".said"))
  .map(at => at.outerHTML.slice(0, 120))"""


def settled(page: Page) -> Page:
    """The page after Material has wrapped its tables, which it does when the page has loaded."""
    wait_until(page, "!document.querySelector('article table:not([class])')?.matches('article > table')")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page


@EVERY_KIND
def test_pages_say_what_they_are(chrome: Browser, site: str, kind: str) -> None:
    """Each page names its language and has a title, one first heading and each landmark once."""
    with visiting(chrome) as visit:
        page = go(visit, site, kind)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.title()
        for one in ("h1", "main"):
            expect(page.locator(one)).to_have_count(1)
        for role in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(role)).to_have_count(1)
        expect(page.get_by_role("navigation", name="All pages")).to_be_visible()


@pytest.mark.parametrize("width", [320, 640])
@EVERY_KIND
def test_nothing_scrolls_sideways(chrome: Browser, site: str, kind: str, width: int) -> None:
    """At 400 % and 200 % on a screen of 1280 px all text fits; a wide table scrolls in a region with focus."""
    with visiting(chrome, viewport={"width": width, "height": 640}) as visit:
        page = settled(go(visit, site, kind))
        assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
        assert page.evaluate(STICKING_OUT) == []
        wait_until(page, f"({UNREACHABLE})().length === 0")


def test_no_page_of_the_site_scrolls_sideways(chrome: Browser, site: str, built: Project) -> None:
    """The same is true at 320 px for every page that the site has."""
    folder = built.root / "site"
    too_wide = []
    with visiting(chrome, viewport={"width": 320, "height": 640}) as visit:
        for path in sorted(folder.rglob("*.html")):
            page = visit.open(site + path.relative_to(folder).as_posix())
            if page.evaluate("document.scrollingElement.scrollWidth") > 320 or page.evaluate(STICKING_OUT):
                too_wide.append(page.url)
    assert too_wide == []


def test_the_run_sheet_fits_on_a_desk(chrome: Browser, site: str) -> None:
    """At 1280 px the run sheet of a guide is seen whole."""
    with visiting(chrome) as visit:
        sheet = settled(go(visit, site, "guide")).locator(".run-sheet .md-typeset__scrollwrap")
        assert sheet.evaluate("at => at.scrollWidth <= at.clientWidth")


@EVERY_KIND
def test_text_is_large_enough_on_a_phone(chrome: Browser, site: str, kind: str) -> None:
    """On a phone no text to read is smaller than 17 px; only the line that names a page's sources is."""
    with visiting(chrome, viewport=PHONE) as visit:
        assert go(visit, site, kind).evaluate(SMALL_TEXT, 17) == []


@pytest.mark.parametrize("kind", ["reading", "about"])
def test_lines_have_a_length_that_reads_well(chrome: Browser, site: str, kind: str) -> None:
    """At 1280 px, lines of running text have 45 to 80 characters."""
    with visiting(chrome, viewport=DESK) as visit:
        page = go(visit, site, kind)
        lengths = [line[:-1] for line in (p.evaluate(LINES) for p in page.locator("article > p:not([class])").all())]
        full = [length for lines in lengths for length in lines]
        assert len(full) > 20
        assert max(full) <= 80
        assert min(sum(lines) / len(lines) for lines in lengths if len(lines) > 1) >= 45


def test_a_module_starts_on_the_first_screen_of_a_phone(chrome: Browser, site: str, built: Project) -> None:
    """On a phone the title, the promise, the times and where to start are in sight before scrolling, in each module."""
    modules = sorted(path.parent.name for path in (built.root / "site/modules").glob("*/index.html"))
    assert modules
    with visiting(chrome, viewport=PHONE) as visit:
        for module in modules:
            page = visit.open(f"{site}modules/{module}/index.html")
            read = page.locator("article").get_by_role("link", name="Read", exact=True)
            in_order(
                page.locator("h1").bounding_box(),
                *(page.locator(name).first.bounding_box() for name in (".promise", ".facts")),
                read.bounding_box(),
            )
            read.click()
            expect(page.locator("#reading ~ h2, #reading ~ p").first).to_be_in_viewport()


def test_home_says_what_it_is_on_the_first_screen_of_a_phone(chrome: Browser, site: str) -> None:
    """On a phone the start page shows its title, its sentence and its three doors before scrolling."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = go(visit, site, "home")
        doors = page.locator(".door")
        expect(doors).to_have_count(3)
        boxes = [page.locator(name).bounding_box() for name in ("h1", ".promise")]
        in_order(*boxes, *(door.bounding_box() for door in doors.all()))


def in_order(*boxes: Any) -> None:
    """Boxes stand one below the other, all on the first screen of a phone."""
    assert None not in boxes
    assert all(upper["y"] + upper["height"] <= lower["y"] + 1 for upper, lower in pairwise(boxes))
    assert boxes[-1]["y"] + boxes[-1]["height"] <= PHONE["height"]


@EXCEPT_LOST
def test_pages_need_no_script(chrome: Browser, site: str, kind: str) -> None:
    """Without JavaScript the whole text is in sight or opens by a tap, and plain links lead home and onward."""
    with visiting(chrome, java_script_enabled=False, viewport=PHONE) as visit:
        page = go(visit, site, kind)
        for fold in page.locator("article summary").all():
            fold.click()
        text = page.locator("article :is(h1, h2, h3, p, li)")
        assert text.count() == page.locator("article :is(h1, h2, h3, p, li):visible").count() > 5
        assert page.locator("button:visible, input:visible").count() == 0
        page.get_by_role("link", name="Menu", exact=True).click()
        everywhere = page.get_by_role("navigation", name="All pages")
        expect(everywhere).to_be_in_viewport()
        everywhere.get_by_role("link", name="Modules", exact=True).click()
        page.get_by_role("link", name=re.compile("^guide")).first.click()
        expect(page.locator("h1")).to_be_in_viewport()
        assert page.url == site + KINDS["guide"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@EVERY_KIND
def test_paper_has_the_text_alone(chrome: Browser, site: str, kind: str, scheme: Any) -> None:
    """Printed from the browser, in whichever colors, a page is its text, dark on white, and nothing is cut off."""
    with visiting(chrome, viewport=LETTER, color_scheme=scheme) as visit:
        page = settled(go(visit, site, kind))
        page.emulate_media(media="print")
        furniture = ".md-header, .md-sidebar, .search, .md-skip, .foot__pages, .button, .next, button, input"
        assert page.locator(furniture).locator("visible=true").count() == 0
        expect(page.locator("h1")).to_be_visible()
        for name in ("body", "article", "article p"):
            assert page.locator(name).first.evaluate(GROUND_AND_INK) in (["white", "black"], ["clear", "black"]), name
        assert faults(page, COLOR_RULES) == []
        assert page.evaluate(CUT) == []


def test_the_browser_makes_pages(chrome: Browser, site: str) -> None:
    """A reading printed from the browser is a handful of pages, not one long or a hundred empty ones."""
    with visiting(chrome) as visit:
        printed = go(visit, site, "reading").pdf(format="Letter")
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert 4 <= len(pdf.pages) <= 14
