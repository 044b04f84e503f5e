"""Which address search engines list: pages of every edition, however old, lead them to the page of the latest."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from browser import served, visiting, wait_until
from conftest import Project
from output import small
from playwright.sync_api import Browser

HOST = "https://iam.health/m/"
STAYS = "modules/first-steps/guide.html"
RENAMED = "modules/next-steps/index.html"
NEW_NAME = "modules/more-steps/index.html"
GONE = "history.html"
FRESH = "guide/fresh.html"


def released(project: Project, name: str) -> None:
    """Release an edition."""
    done = project.run("release", name, "--date", "2026-11-20")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions as they are served; in the second a module has another name, and a page is gone."""
    made = small(tmp_path_factory.mktemp("canonical") / "project")
    made.replace("modules/curriculum.yml", "url: https://steps.example.edu/", f"url: {HOST}")
    shutil.rmtree(made.root / "cohorts")
    made.write("docs/history.md", "# History\n\nIt was short.\n")
    released(made, "2026.1")
    shutil.move(made.root / "modules/next-steps", made.root / "modules/more-steps")
    made.replace("modules/curriculum.yml", "  - next-steps", "  - more-steps")
    made.replace("modules/more-steps/module.yml", "further_reading:", "formerly: [next-steps]\nfurther_reading:")
    (made.root / "docs/history.md").unlink()
    gone = "gone:\n  - was: page:history\n    why: It is over.\n"
    made.replace("modules/curriculum.yml", "supplied:", f"{gone}supplied:")
    made.write("docs/guide/fresh.md", "# Fresh\n\nNew words.\n")
    released(made, "2026.2")
    done = made.run("publish")
    assert done.returncode == 0, done.stdout + done.stderr
    return made.root / "public"


def canonical(file: Path) -> list[str]:
    """What a page says that search engines shall list."""
    return [str(href) for href in lxml.html.parse(str(file)).getroot().xpath("//link[@rel='canonical']/@href")]


def refreshed(file: Path) -> str:
    """Where a page goes on to at once, as a path under the folder of all editions."""
    (refresh,) = lxml.html.parse(str(file)).getroot().xpath("//meta[@http-equiv='refresh']/@content")
    return str((file.parent / refresh.partition("url=")[2]).resolve())


@pytest.mark.parametrize("edition", ["2026.1", "2026.2"])
def test_pages_name_the_latest(public: Path, edition: str) -> None:
    """Each page of an edition names its address under `latest/`, which will answer with the latest edition for good."""
    pages = [file for file in (public / edition).rglob("*.html") if "edition" not in file.relative_to(public).parts]
    named = {file.relative_to(public / edition).as_posix(): canonical(file) for file in pages}
    del named["404.html"]
    leading = {} if edition == "2026.1" else {RENAMED.replace("index", page) for page in ("index", "guide", "handout")}
    for path, address in named.items():
        if path in leading:
            assert address == [f"{HOST}latest/{path.replace('next-steps', 'more-steps')}"]
        elif path == GONE and edition == "2026.2":
            assert address == []  # it says that the page is gone
        else:
            assert address == [f"{HOST}latest/{path}"]


@pytest.mark.parametrize(("path", "target"), [(STAYS, STAYS), (RENAMED, NEW_NAME), (GONE, GONE), (FRESH, FRESH)])
def test_latest_leads_to_the_page_as_it_is_now(public: Path, path: str, target: str) -> None:
    """An address under `latest/` leads at once to the page in the newest edition, also by a name that it had before."""
    file = public / "latest" / path
    assert canonical(file) == [f"{HOST}2026.2/{target}"]
    assert refreshed(file) == str((public / "2026.2" / target).resolve())
    assert (public / "2026.2" / target).is_file()


def test_what_is_gone_says_so_and_is_not_listed(public: Path) -> None:
    """A page that is gone has no page of its own to list: what stands there says so, and asks not to be listed."""
    page = lxml.html.parse(str(public / "2026.2" / GONE)).getroot()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "It is over." in page.text_content()


def test_only_the_latest_edition_is_in_the_sitemap(public: Path) -> None:
    """Search engines are given the pages of the latest edition, and those of no other."""
    tree = lxml.etree.parse(str(public / "sitemap.xml"))
    assert tree.xpath("//*[local-name()='loc']/text()") == [f"{HOST}2026.2/sitemap.xml"]
    pages = lxml.etree.parse(str(public / "2026.2/sitemap.xml")).xpath("//*[local-name()='loc']/text()")
    assert f"{HOST}2026.2/{NEW_NAME}" in pages
    assert all(page.startswith(f"{HOST}2026.2/") for page in pages)


@pytest.mark.parametrize(
    ("edition", "path", "target"),
    [("2026.1", STAYS, STAYS), ("2026.1", RENAMED, NEW_NAME), ("2026.2", STAYS, STAYS), ("2026.2", FRESH, FRESH)],
)
def test_scripts_name_the_edition_itself(chrome: Browser, public: Path, edition: str, path: str, target: str) -> None:
    """Where scripts run, as in search engines of today, pages of old editions and of new name the very page to list."""
    with served(public) as address, visiting(chrome) as visit:
        page = visit.open(f"{address}{edition}/{path}")
        wait_until(page, f"document.querySelector('link[rel=canonical]').href === '{HOST}2026.2/{target}'")


def test_an_edition_of_an_older_program_names_the_latest_too(chrome: Browser, public: Path) -> None:
    """A page that names itself, as older versions of this program made it, is corrected by what is beside it."""
    page = public / "2026.1/about.html"
    text = page.read_text("utf-8")
    assert f"{HOST}latest/about.html" in text
    page.write_text(text.replace(f"{HOST}latest/about.html", f"{HOST}2026.1/about.html"), encoding="utf-8")
    with served(public) as address, visiting(chrome, quiet=False) as visit:
        visit.open(f"{address}2026.1/about.html")
        wait_until(visit.page, f"document.querySelector('link[rel=canonical]').href === '{HOST}2026.2/about.html'")
