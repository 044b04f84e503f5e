"""The stage: an ordinary documentation tree that any of three hosts builds without our plugin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
import yaml
from conftest import ROOT, Project
from output import differing, pages, plain_sentences, small, tree

READING = "modules/race-and-medicine/index.html"
HOSTS = {
    "mkdocs": (sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.yml"),
    "properdocs": (sys.executable, "-m", "properdocs", "build", "--strict"),
    "zensical": (sys.executable, "-m", "zensical", "build", "--strict"),
}


@pytest.fixture(scope="module")
def stage(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the stage of the real curriculum."""
    folder = tmp_path_factory.mktemp("stage") / "stage"
    done = built.run("stage", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def build_with(host: str, stage: Path) -> None:
    """Build a stage, strictly, with one of the hosts, into `site` within it."""
    done = subprocess.run(
        HOSTS[host],
        cwd=stage,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=HOSTS)
def hosted(request: pytest.FixtureRequest, stage: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site that one of the hosts builds from a copy of the stage."""
    folder = tmp_path_factory.mktemp(request.param) / "stage"
    shutil.copytree(stage, folder, ignore=shutil.ignore_patterns("site"))
    build_with(request.param, folder)
    return folder / "site"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be broken."""
    return small(tmp_path / "project")


def test_a_stage_is_ordinary(stage: Path) -> None:
    """The stage names no plugin of ours, has its navigation written out, and contains every page as Markdown."""
    config = yaml.safe_load((stage / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "curriculum" not in config["plugins"]
    assert config["nav"][0] == {"Home": "index.md"}
    assert (stage / "docs/modules/race-and-medicine/index.md").is_file()
    assert (stage / "overrides/main.html").is_file()
    assert not (stage / "builder").exists()
    assert not (stage / "cohorts").exists()


def test_every_host_shows_the_reading(hosted: Path) -> None:
    """The page of a module has the reading's text, its citations with their list, its anchors and its blocks."""
    page = pages(hosted)[READING]
    article = page.xpath("//article")[0]
    text = " ".join(article.text_content().split())
    sentences = plain_sentences("race-and-medicine")
    assert len(sentences) > 20
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']"), "whatever the host adds"
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert "[@" not in text
    assert "!!!" not in text
    marks = article.xpath(".//a[starts-with(@href, '#ref-')]")
    ids = set(article.xpath(".//@id"))
    assert marks
    assert all(mark.get("href").removeprefix("#") in ids for mark in marks)
    assert {"objectives", "key-points", "content-note", "references"} <= ids
    assert article.xpath(".//div[contains(@class, 'admonition') and contains(@class, 'story')]")
    assert article.xpath(".//a[contains(@class, 'term')]")


def test_every_host_leads_to_guides_and_sources(hosted: Path) -> None:
    """The guide has its questions and its PDF, and the sources that pages end with are there."""
    found = pages(hosted)
    guide = found["modules/race-and-medicine/guide.html"]
    written = yaml.safe_load((ROOT / "modules/race-and-medicine/module.yml").read_text(encoding="utf-8"))
    ids = set(guide.xpath("//@id"))
    assert {f"q-{question['id']}" for question in written["questions"]} <= ids
    assert (hosted / "modules/race-and-medicine/race-and-medicine-guide.pdf").read_bytes().startswith(b"%PDF")
    for name in (READING, "modules/race-and-medicine/guide.html", "about.html"):
        sources = [link for link in found[name].xpath("//p[@class='source']/a") if "sources/" in link.get("href")]
        assert sources, name
        for link in sources:
            assert ((hosted / name).parent / link.get("href")).is_file(), link.get("href")


def test_mkdocs_makes_the_same_pages_of_the_stage(built: Project, stage: Path, tmp_path: Path) -> None:
    """MkDocs builds the same articles from the stage as with our plugin, and the same PDFs."""
    command = [*HOSTS["mkdocs"], "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=stage, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    ours, theirs = pages(built.root / "site"), pages(tmp_path / "site")
    assert set(ours) == set(theirs)
    for name, page in ours.items():
        assert articles(page) == articles(theirs[name]), name
    pdfs = {name: data for name, data in tree(built.root / "site").items() if name.endswith((".pdf", ".txt"))}
    assert not differing(
        pdfs, {name: data for name, data in tree(tmp_path / "site").items() if name.endswith((".pdf", ".txt"))}
    )


def articles(page: lxml.html.HtmlElement) -> list[bytes]:
    """Write the articles of a page out again."""
    return [lxml.html.tostring(article) for article in page.xpath("//article")]


def test_a_stage_made_twice_is_the_same(stage: Path, built: Project, tmp_path: Path) -> None:
    """Making the stage again, over the first or elsewhere, gives the same files."""
    before = tree(stage)
    for folder in (stage, tmp_path / "elsewhere"):
        assert built.run("stage", str(folder)).returncode == 0
        assert not differing(tree(folder), before)


def test_a_stage_prunes_what_vanished(project: Project) -> None:
    """A module that is gone is gone from the stage, its folders too; what a host built there stays."""
    assert project.run("stage", "made").returncode == 0
    assert (project.root / "made/docs/modules/next-steps/guide.md").is_file()
    project.write("made/site/index.html", "what a host built")
    project.replace("modules/curriculum.yml", "  - next-steps\n", "")
    shutil.rmtree(project.root / "modules/next-steps")
    text = project.read("cohorts/trial/cohort.yml")
    project.write(
        "cohorts/trial/cohort.yml", text.replace("module: next-steps", "module: first-steps\n        id: again")
    )
    done = project.run("stage", "made")
    assert done.returncode == 0, done.stderr
    assert not [name for name in tree(project.root / "made") if "next-steps" in name]
    assert not (project.root / "made/docs/modules/next-steps").exists()
    assert not (project.root / "made/docs/sources/modules/next-steps").exists()
    assert project.read("made/site/index.html") == "what a host built"
