"""What is beside the editions: the list, ways to the latest, pages of a withdrawn edition, lost addresses."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from browser import DARK, LIGHT, PHONE, faults_in_both_schemes, paper, served, visiting
from playwright.sync_api import Browser

from builder import markup, words
from builder.documents import POLICIES, SCRIPTS
from builder.editions import pages
from builder.editions.pages import Published

NASTY = """<b>R & D</b> "x" 'y' </script><script>alert(1)</script> {{ 7 }} ]]>"""
WALK = "modules/walk/index.html"
COMMON = ("about.html", "index.html", WALK)
LATEST = Published(
    name="2026.1",
    title="Small steps",
    date=dt.date(2026, 5, 1),
    notes="One.\n\nTwo.",
    pages=(*COMMON, "changes.html"),
    preview=False,
    withdrawn=None,
    size=4_240_000,
)
OLD = replace(LATEST, name="2025.2", date=dt.date(2025, 11, 3), pages=(*COMMON, "old page.html"), size=0)
PREVIEW = replace(LATEST, name="2026.2rc1", date=dt.date(2026, 12, 1), preview=True, pages=("index.html", "new.html"))
GONE = replace(LATEST, name="2025.1", date=None, pages=COMMON, withdrawn="The clock was wrong.\n\nPrint anew.")
ALL = (PREVIEW, LATEST, OLD, GONE)


def links(text: str) -> dict[str, str]:
    """Where the links of a page lead, by their words."""
    return {" ".join(a.text_content().split()): str(a.get("href")) for a in lxml.html.fromstring(text).iter("a")}


def said(text: str) -> str:
    """The words of a page's main part."""
    return " ".join(lxml.html.fromstring(text).xpath("//main")[0].text_content().split())


def data(script: str) -> object:
    """What a script holds as data."""
    found = re.search(r"= (\{.*\})$", script, re.MULTILINE)
    assert found
    return json.loads(found[1])


def every_page(editions: tuple[Published, ...], latest: Published | None) -> dict[str, str]:
    """Each kind of page for people, by a path at which it could lie."""
    made = {
        "index.html": pages.home(editions, latest),
        "404.html": pages.lost(editions, latest, None),
        pages.LIST: pages.listing(editions, latest),
    }
    for each in editions:
        if each.withdrawn is not None:
            made[f"{each.name}/about.html"] = pages.withdrawn(each, latest, "about.html")
    if latest:
        made["latest/about.html"] = pages.moved(latest, "about.html", None)
    return made


def test_the_list_tells_all_editions() -> None:
    """Each edition is listed with its date, its state and its notes, and links to what it has."""
    page = pages.listing(ALL, LATEST)
    sections = {
        str(each.get("id")): " ".join(each.text_content().split())
        for each in lxml.html.fromstring(page).iter("section")
    }
    assert list(sections) == ["2026.2rc1", "2026.1", "2025.2", "2025.1"]
    assert sections["2026.2rc1"].startswith("Edition 2026.2rc1 December 1, 2026 · preview, for review only One. Two.")
    assert sections["2026.1"].startswith("Edition 2026.1 May 1, 2026 · current One. Two.")
    assert sections["2025.1"] == "Edition 2025.1 Withdrawn The clock was wrong. Print anew."
    found = links(page)
    assert found["Read edition 2026.1"] == "../2026.1/index.html"
    assert found["What changed in edition 2026.1"] == "../2026.1/changes.html"
    assert found["Take along edition 2026.1 (zip, 4.2 MB)"] == "2026.1.zip"
    assert [words for words in found if "2025" in words] == ["Read edition 2025.2"]


def test_the_start_leads_to_the_latest() -> None:
    """The start page goes on to the latest edition, with a script and without; where there is none, to the list."""
    for latest, target in ((LATEST, "2026.1/index.html"), (None, "editions/index.html")):
        page = pages.home(ALL, latest)
        assert f'http-equiv="refresh" content="0; url={target}"' in page
        assert f'<a id="to" href="{target}">' in page  # which the script follows
        assert list(links(page).values()) == [target]
        assert "canonical" not in page


def test_pages_under_latest_lead_to_the_edition() -> None:
    """A page under latest/ leads to the same page of the edition, and names its public address where it is known."""
    page = pages.moved(LATEST, "modules/walk/index.html", "https://x.example/course")
    assert links(page) == {"Go to edition 2026.1": "../../../2026.1/modules/walk/index.html"}
    canonical = lxml.html.fromstring(page).xpath("//link[@rel='canonical']/@href")
    assert canonical == ["https://x.example/course/2026.1/modules/walk/index.html"]
    assert "canonical" not in pages.moved(LATEST, "about.html", None)
    assert "../2026.1/old%20page%3F.html" in pages.moved(LATEST, "old page?.html", None)


def test_a_withdrawn_edition_says_why_and_leads_on() -> None:
    """Its pages say why, and lead to the same page of the latest, else to its start, else to the list."""
    page = pages.withdrawn(GONE, LATEST, "modules/walk/index.html")
    assert said(page).startswith("Edition 2025.1 was withdrawn The clock was wrong. Print anew.")
    assert links(page)["This page in edition 2026.1"] == "../../../2026.1/modules/walk/index.html"
    assert links(pages.withdrawn(GONE, LATEST, "gone.html"))["Start of edition 2026.1"] == "../2026.1/index.html"
    assert list(links(pages.withdrawn(GONE, None, "about.html")).values()) == ["../editions/index.html"]
    assert "noindex" in page


@pytest.mark.parametrize(
    ("root", "base"), [(None, "/"), ("https://x.example/a/b", "/a/b/"), ("https://x.example/", "/")]
)
def test_lost_addresses_have_links_from_any_depth(root: str | None, base: str) -> None:
    """Every link of the page for lost addresses begins with the path at which all editions are."""
    page = pages.lost(ALL, LATEST, root)
    assert all(address.startswith(base) for address in links(page).values())
    assert links(page)["Start of edition 2026.1"] == f"{base}2026.1/index.html"
    assert "noindex" in page


def test_the_page_for_lost_addresses_stays_small() -> None:
    """With two hundred editions of sixty pages it contains some kilobytes, and links to ten of them and to the list."""
    paths = tuple(f"modules/number-{at}/index.html" for at in range(60))
    editions = [replace(OLD, name=f"{2300 - at}.1", pages=paths) for at in range(200)]
    page = pages.lost(editions, editions[0], None)
    assert len(page) < 16_000
    assert len(lxml.html.fromstring(page).xpath("//section//a")) == 11


def test_the_notice_knows_what_is_old() -> None:
    """Editions before the latest are old, later previews are previews; the latest and the withdrawn are neither."""
    told = data(pages.notice((*ALL, replace(PREVIEW, name="2024.1rc1")), LATEST, "https://x.example"))
    assert told == {
        "latest": {"name": "2026.1", "start": "index.html"},
        "pages": sorted(LATEST.pages),
        "moved": {},
        "root": "https://x.example/",
        "editions": {"2025.2": "old", "2024.1rc1": "old", "2026.2rc1": "preview"},
    }
    only = data(pages.notice((PREVIEW,), None, None))
    assert only == {"latest": None, "pages": [], "moved": {}, "root": None, "editions": {"2026.2rc1": "preview"}}


def test_versions_are_as_mike_writes_them() -> None:
    """The list for selectors has version, title and aliases, the newest first, and nothing that was withdrawn."""
    assert json.loads(pages.versions(ALL, LATEST)) == [
        {"version": "2026.2rc1", "title": "2026.2rc1 (preview)", "aliases": []},
        {"version": "2026.1", "title": "2026.1", "aliases": ["latest"]},
        {"version": "2025.2", "title": "2025.2", "aliases": []},
    ]
    assert json.loads(pages.versions((), None)) == []


def test_the_sitemap_lists_that_of_the_latest() -> None:
    """Search engines are given the latest edition's own sitemap, and no other."""
    tree = lxml.etree.fromstring(pages.sitemap(LATEST, "https://x.example/a&b").encode())
    assert tree.xpath("//*[local-name()='loc']/text()") == ["https://x.example/a&b/2026.1/sitemap.xml"]
    assert tree.xpath("//*[local-name()='lastmod']/text()") == ["2026-05-01"]


def test_pages_are_in_the_language_of_the_newest_edition() -> None:
    """What is beside editions is in the language of the latest; where none is current, in that of the newest."""
    british = replace(LATEST, language="en-GB")
    for page in every_page((PREVIEW, british, GONE), british).values():
        assert '<html lang="en-GB">' in page
    for page in every_page((replace(PREVIEW, language="en-GB"), GONE), None).values():
        assert '<html lang="en' in page
    assert "1 May 2026" in said(pages.listing((PREVIEW, british), british))
    assert '<html lang="en-GB">' in pages.home((british,), None)
    assert '<html lang="en">' in pages.home((), None)


def test_pages_of_any_direction_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language that is read from right to left each page says so, and passes what is judged before publishing."""
    own = words.of("en")
    monkeypatch.setattr(own, "direction", "rtl")
    for page in every_page(ALL, LATEST).values():
        assert '<html lang="en" dir="rtl">' in page
        assert markup.faults_of_page(page, SCRIPTS, POLICIES) == []


def test_hostile_texts_stay_text() -> None:
    """Titles, notes, reasons and names of pages are shown as they were written, and none becomes markup or script."""
    bad = replace(LATEST, title=NASTY, notes=NASTY, pages=(*LATEST.pages, f"{NASTY}.html"))
    gone = replace(GONE, title=NASTY, withdrawn=NASTY)
    for page in every_page((bad, gone), bad).values():
        assert "<script>alert" not in page
        assert "<b>R" not in page
    assert NASTY in said(pages.listing((bad,), bad))
    assert NASTY in said(pages.withdrawn(gone, bad, "x.html"))
    assert "</script>" not in pages.notice((bad, OLD), bad, None)
    assert f"{NASTY}.html" in data(pages.notice((bad, OLD), bad, None))["pages"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("editions", "latest"), [((), None), ((PREVIEW,), None), ((GONE,), None), ((PREVIEW, GONE), None)]
)
def test_without_a_latest_no_link_is_dead(editions: tuple[Published, ...], latest: None) -> None:
    """Where nothing is current every page still stands, and its links lead to what is there."""
    there = {pages.LIST} | {f"{each.name}/{page}" for each in editions for page in each.pages}
    there |= {f"editions/{each.name}.zip" for each in editions}
    for path, page in every_page(editions, latest).items():
        for address in links(page).values():
            lead = Path(path).parent / address if not address.startswith("/") else Path(address[1:])
            assert str(lead.as_posix()).replace("editions/../", "").replace(f"{Path(path).parent}/../", "") in there, (
                path
            )


def lay(folder: Path) -> None:
    """Write the pages beside the editions, and pages of the editions themselves that only stand there."""
    for each, page in product(ALL[:3], COMMON):
        made = folder / each.name / page
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(f"<title>{each.name}</title>{each.name} {page}")
    for path, text in every_page(ALL, LATEST).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a host on which the pages are."""
    folder = tmp_path_factory.mktemp("host")
    lay(folder)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [pages.LIST, "2025.1/about.html", "2025.2/lost.html"])
def test_the_pages_are_sound(chrome: Browser, host: str, path: str, width: int) -> None:
    """No rule of axe is broken in light and dark, nothing is wider than the screen, and no script is needed."""
    status = 404 if "lost" in path else 200
    for script in (True, False):
        with visiting(chrome, viewport={"width": width, "height": 800}, java_script_enabled=script) as visit:
            page = visit.open(host + path, status)
            assert visit.strangers == []
            assert page.get_by_role("heading", level=1).is_visible()
            assert page.get_by_role("link").count() > 1
            if script:
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert paper(page) == LIGHT
                assert faults_in_both_schemes(page) == []
                assert paper(page) == DARK


@pytest.mark.parametrize("door", ["script", "no script"])
@pytest.mark.parametrize("path", ["", "latest/about.html"])
def test_ways_to_the_latest_are_walked(chrome: Browser, host: str, path: str, door: str) -> None:
    """They go on at once, with a script and without; with one the place on the page is kept."""
    script = door == "script"
    with visiting(chrome, java_script_enabled=script, viewport=PHONE) as visit:
        page = visit.context.new_page()
        page.goto(f"{host}{path}?q=1#there")
        page.wait_for_url(re.compile(r"/2026\.1/"))
        target = f"{host}2026.1/{'about' if path else 'index'}.html"
        assert page.url == f"{target}?q=1#there" if script else page.url.startswith(target)


@pytest.mark.parametrize(
    ("path", "why", "offered"),
    [
        ("2026.2rc1/about.html#x", "Edition 2026.2rc1 has no such", ["2026.1/about.html#x", "2025.2/about.html#x"]),
        ("2026.2rc1/modules/walk/", "Edition 2026.2rc1 has no", [f"{name}/{WALK}" for name in ("2026.1", "2025.2")]),
        ("latest/old%20page.html", "The current edition has no such page.", ["2025.2/old%20page.html"]),
        ("2019.9/about", "There is no edition 2019.9 here.", ["2026.1/about.html", "2025.2/about.html"]),
        (WALK, "The address may be from an older", [f"{name}/{WALK}" for name in ("2026.1", "2025.2")]),
        ("2025.1/none.html", "Edition 2025.1 was withdrawn.", []),
        ("constructor", "The address may be from an older", []),
        ("%zz/__proto__", "The address may be from an older", []),
    ],
)  # fmt: skip
def test_a_lost_address_is_answered(chrome: Browser, tmp_path: Path, path: str, why: str, offered: list[str]) -> None:
    """The page says what the address lacks, and offers the same page of the editions that have it, the latest first."""
    (tmp_path / "404.html").write_text(pages.lost(ALL, LATEST, "https://x.example"), encoding="utf-8")
    with served(tmp_path) as host, visiting(chrome) as visit:
        page = visit.open(host + path, 404)
        assert page.locator("#why").inner_text().startswith(why)
        assert page.locator("#same a").evaluate_all("all => all.map(a => a.href)") == [host + each for each in offered]


def test_a_lost_address_below_an_unknown_path_finds_its_way(chrome: Browser, tmp_path: Path) -> None:
    """Where the public address is unknown, the links of the page still lead to the folder above the named edition."""
    (tmp_path / "404.html").write_text(pages.lost(ALL, LATEST, None), encoding="utf-8")
    with served(tmp_path) as host, visiting(chrome) as visit:
        page = visit.open(f"{host}some/course/2025.2/none/at/all.html", 404)
        found = page.locator("a").evaluate_all("all => all.map(a => a.pathname)")
        assert all(
            address.startswith("/some/course/2") or address == "/some/course/editions/index.html" for address in found
        )
