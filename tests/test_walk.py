"""A walk through real editions, released and published by the real commands, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PHONE, served, visiting
from conftest import Project
from output import small
from playwright.sync_api import Browser, Page, expect

MODULE = "modules/next-steps/module.yml"


def _second(project: Project) -> None:
    """Rename a question, and a module with its folder; add a page; change what is asked."""
    first = project.read("modules/first-steps/module.yml").replace("why-first", "why-walk")
    project.write(
        "modules/first-steps/module.yml", first.replace("core: true", "core: true\n    formerly: [why-first]")
    )
    project.replace("modules/first-steps/module.yml", "Why do we walk?", "Why do we walk at all?")
    (project.root / "modules/next-steps").rename(project.root / "modules/last-steps")
    for path in [
        *project.root.glob("modules/**/*.*"),
        *project.root.glob("docs/**/*.md"),
        *project.root.glob("cohorts/**/*.yml"),
    ]:
        if path.suffix in {".md", ".yml"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("next-steps", "last-steps").replace("why-first", "why-walk"), encoding="utf-8")
    text = project.read("modules/first-steps/module.yml")
    project.write("modules/first-steps/module.yml", text.replace("formerly: [why-walk]", "formerly: [why-first]"))
    text = project.read("modules/last-steps/module.yml")
    project.write("modules/last-steps/module.yml", f"formerly: [next-steps]\n{text}")
    project.write("docs/news.md", "# News\n\nOnly in the second.\n")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two editions, published; the address is a placeholder, so that no link leads to another host."""
    project = small(tmp_path_factory.mktemp("walk") / "project")
    url = next(line for line in project.read("modules/curriculum.yml").split("\n") if line.startswith("url:"))
    project.replace("modules/curriculum.yml", url, "url: https://example.org/m/")
    commands = [
        ("release", "2026.1", "--date", "2026-11-20"),
        ("release", "2026.2", "--date", "2027-05-20"),
        ("publish",),
    ]
    for at, command in enumerate(commands):
        if at == 1:
            _second(project)
        done = project.run(*command)
        assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def site(published: Project) -> Iterator[str]:
    """The address of what was published."""
    with served(published.root / "public") as address:
        yield address


def _switch(page: Page, name: str) -> None:
    page.locator("nav.editions:visible").get_by_role("button").click()
    page.locator(".editions__panel:visible").get_by_role("link", name=name).click()


def test_from_the_root_to_the_latest_and_back_in_time(chrome: Browser, site: str) -> None:
    """The root leads to the latest; the selector stays on the page and its place; the notice leads back again."""
    with visiting(chrome) as visit:
        page = visit.page
        page.goto(site)
        page.wait_for_url(f"{site}2026.2/index.html")
        expect(page.locator("aside.edition")).to_be_hidden()
        page.goto(f"{site}2026.2/modules/first-steps/guide.html#care")
        _switch(page, "2026.1")
        page.wait_for_url(f"{site}2026.1/modules/first-steps/guide.html#care")
        notice = page.get_by_role("complementary", name="Edition")
        expect(notice).to_contain_text("You are reading edition 2026.1. Edition 2026.2 is newer.")
        notice.get_by_role("link", name="This page in edition 2026.2").click()
        page.wait_for_url(f"{site}2026.2/modules/first-steps/guide.html*")
        page.goto(f"{site}2026.2/news.html")
        _switch(page, "2026.1")
        page.wait_for_url(f"{site}2026.1/index.html")


def test_old_addresses_lead_on_in_the_new_edition(chrome: Browser, site: str) -> None:
    """A renamed module's page and a renamed question's place are found by their old names in the latest."""
    with visiting(chrome, viewport=PHONE) as visit:
        page = visit.page
        page.goto(f"{site}latest/modules/first-steps/guide.html#q-why-first")
        page.wait_for_url(f"{site}2026.2/modules/first-steps/guide.html#q-why-walk")
        page.goto(f"{site}latest/modules/next-steps/guide.html#care")
        page.wait_for_url(f"{site}2026.2/modules/last-steps/guide.html#care")
        page.goto(f"{site}2026.1/modules/next-steps/index.html")
        page.get_by_role("complementary", name="Edition").get_by_role("link", name="This page in").click()
        page.wait_for_url(f"{site}2026.2/modules/last-steps/index.html*")


def test_without_javascript_every_way_is_there(chrome: Browser, site: str) -> None:
    """Without JavaScript root, latest and old addresses lead on, and each page has a link to the list of all."""
    with visiting(chrome, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(site)
        page.wait_for_url(f"{site}2026.2/index.html")
        page.goto(f"{site}latest/modules/next-steps/index.html")
        page.wait_for_url(f"{site}2026.2/modules/last-steps/index.html")
        page.goto(f"{site}2026.1/about.html")
        page.locator("a[href$='editions/index.html']:visible").first.click()
        page.wait_for_url(f"{site}editions/index.html")
        assert page.get_by_role("heading", name="2026.1").count()


def test_an_archive_taken_along_opens_from_a_disk(chrome: Browser, published: Project, tmp_path: Path) -> None:
    """The file that the list offers, unzipped, opens by double-click, search and all, and asks for nothing."""
    shutil.unpack_archive(published.root / "public/editions/2026.2.zip", tmp_path)
    home = (tmp_path / "2026.2/index.html").as_uri()
    with visiting(chrome) as visit:
        page = visit.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(home)
        page.get_by_role("button", name="Search", exact=True).click()
        page.keyboard.type("walking")
        result = page.locator(".md-search-result__link").first
        result.wait_for()
        result.click()
        page.wait_for_url(re.compile(r"^file://.*/2026\.2/.*\.html"))
        assert page.get_by_role("link", name="All editions").count() == 0
        inside = (tmp_path / "2026.2").as_uri()
        assert [url for url in asked if not url.startswith((inside, "data:", "blob:"))] == []
