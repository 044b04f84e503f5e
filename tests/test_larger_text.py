"""Pages for people who need larger text or larger targets, and for programs that read the page to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import DESK, KINDS, PHONE, faults, go, open_search, served, visiting, wait_until
from conftest import Project
from output import pages, small
from playwright.sync_api import Browser, expect

GUIDES = ("bias-threat-repair", "learner-path", "mentoring-skills")

OVERLAP = """() => {
  const box = kind => document.querySelector(kind).getBoundingClientRect()
  return box(".bar__name > a").right - box(".bar [data-opens=__search]").left
}"""


@pytest.mark.parametrize(("width", "percent"), [(390, 200), (360, 150), (320, 200), (1280, 200)])
def test_larger_text_fits(chrome: Browser, site: str, width: int, percent: int) -> None:
    """With text up to twice as large nothing runs under the buttons of the bar, and no page scrolls sideways."""
    with visiting(chrome, viewport={"width": width, "height": 844}) as visit:
        addresses = [*KINDS.values(), *(f"modules/{module}/guide.html" for module in GUIDES)]
        for address in addresses:
            page = visit.page
            page.goto(site + address)
            page.evaluate(f"document.documentElement.style.fontSize = '{percent * 1.25}%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert page.evaluate(OVERLAP) <= 0, address
        expect(page.locator(".bar__name > a")).to_have_accessible_name("Mortals into Mentors")


def test_larger_text_fits_in_the_search(chrome: Browser, site: str) -> None:
    """With text twice as large the search and its results stay within a phone, and lines of text are whole."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = go(visit, site, "reading")
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        open_search(page, "stereotypes")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        lines = page.locator(".search__text").evaluate_all(
            "all => all.map(text => text.clientHeight / parseFloat(getComputedStyle(text).lineHeight))"
        )
        assert lines
        assert all(abs(each - round(each)) < 0.05 for each in lines), lines


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_targets_are_large_enough(chrome: Browser, site: str, viewport: dict[str, int]) -> None:
    """Every link and button on a guide, and in the open search, is as large as WCAG 2.5.8 asks."""
    with visiting(chrome, viewport=viewport) as visit:
        for module in GUIDES:
            page = visit.open(f"{site}modules/{module}/guide.html")
            assert faults(page, {"type": "rule", "values": ["target-size"]}) == [], module
        open_search(page, "mentor")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert faults(page, {"type": "rule", "values": ["target-size"]}) == []


def test_tables_that_scroll_have_names_of_their_own(chrome: Browser, tmp_path: Path) -> None:
    """Two wide tables under one heading are two regions of two names."""
    made = small(tmp_path / "project")
    row = " | ".join("quokkaquokkaquokka" for _ in range(8))
    table = f"| {row} |\n|{' --- |' * 8}\n| {row} |\n"
    made.write("docs/guide/wide.md", f"# Wide\n\n## Tables\n\n{table}\nAnd:\n\n{table}")
    done = made.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    with served(made.root / "site") as address, visiting(chrome, viewport=PHONE) as visit:
        page = visit.open(f"{address}guide/wide.html")
        wait_until(page, "document.querySelectorAll('[role=region][aria-label^=Table]').length === 2")
        names = page.locator("[role=region][aria-label^=Table]").evaluate_all("all => all.map(at => at.ariaLabel)")
        assert names == ["Table: Tables", "Table: Tables (2)"]
        assert faults(page, {"type": "rule", "values": ["landmark-unique"]}) == []


@pytest.mark.parametrize("page", ["modules/index.html", "facilitate/index.html"])
def test_links_of_a_list_are_told_apart(built: Project, page: str) -> None:
    """In a list of all links, each link to a guide or a handout says of which module it is."""
    named: dict[str, set[str]] = {}
    kinds = "contains(@href, 'guide.html') or contains(@href, 'handout.html')"
    for link in pages(built.root / "site")[page].xpath(f"//article//a[{kinds}]"):
        name = link.get("aria-label") or " ".join(link.text_content().split())
        assert " ".join(link.text_content().split()).lower() in name.lower()
        named.setdefault(name, set()).add(link.get("href"))
    assert {name: addresses for name, addresses in named.items() if len(addresses) > 1} == {}


def test_check_boxes_have_no_autocomplete(built: Project) -> None:
    """HTML has no such attribute on a check box: no page's source holds it, and checkers of HTML find nothing there."""
    for path in (built.root / "site").rglob("*.html"):
        assert not re.search(r'type="checkbox"[^>]*autocomplete', path.read_text("utf-8")), path
