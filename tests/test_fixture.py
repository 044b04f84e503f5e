"""An edition that was released once stays readable: this archive is never made anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from browser import served, visiting
from conftest import ROOT
from output import printed, small
from playwright.sync_api import Browser
from shelves import shelve

from builder import editions
from builder.pipeline import releases

ARCHIVE = ROOT / "tests/released/1.0.zip"
SHA256 = "2f92ecf88be797da5adf51b1f08ca600dd672262b75456bb421ebedbba16c5dd"
"""Of the archive as it was released. A change here would be a change of what was promised to stay."""


def test_the_archive_is_the_one_that_was_released() -> None:
    """The archive has the checksum that it had on the day of its release."""
    assert hashlib.sha256(ARCHIVE.read_bytes()).hexdigest() == SHA256


def test_an_archive_of_format_1_is_read() -> None:
    """Its manifest, its curriculum and its documents can be read by the program as it is now."""
    archive = editions.open_archive(ARCHIVE)
    assert (archive.manifest.format, archive.name) == (1, "1.0")
    loaded = releases.load(archive)
    assert [module.id for module in loaded.curriculum.modules] == ["first-steps", "next-steps"]
    assert loaded.curriculum.settings.edition == "1.0"


def test_an_archive_of_format_1_serves_teams_and_readers(tmp_path: Path) -> None:
    """A team that studies it gets its packet, it is published byte for byte, and what changed since can be reported."""
    project = small(tmp_path / "project")
    (project.root / "editions").mkdir()
    shutil.copy(ARCHIVE, project.root / "editions")
    project.replace("modules/first-steps/module.yml", "Why do we walk?", "Why do we walk at all?")
    project.replace("cohorts/trial/cohort.yml", "format: 1\n", "format: 1\nedition: '1.0'\n")
    assert project.run("packets").returncode == 0
    packet = printed(project.root / "packets/trial/hemlock/packet.pdf")
    assert "Why do we walk?" in packet
    assert "at all" not in packet
    told = json.loads(project.run("changes", "1.0", "--format", "json").stdout)
    assert "question" in {change["part"] for group in told["groups"] for change in group["changes"]}
    assert project.run("publish").returncode == 0
    shutil.unpack_archive(ARCHIVE, tmp_path)
    for path in (tmp_path / "1.0").rglob("*"):
        if path.is_file():
            served = project.root / "public" / path.relative_to(tmp_path)
            assert served.read_bytes() == path.read_bytes()


def test_a_released_edition_shows_the_notice_of_today(chrome: Browser, tmp_path: Path) -> None:
    """Its pages, which never change, load the notice that this program publishes, and say which edition is newer."""
    folder = tmp_path / "editions"
    shelve(folder, "2026.1")
    shutil.copy(ARCHIVE, folder)
    editions.publish(editions.read_shelf(folder), tmp_path / "public")
    with served(tmp_path / "public") as host, visiting(chrome) as visit:
        page = visit.open(f"{host}1.0/index.html")
        aside = page.locator("aside.edition")
        aside.locator("a").first.wait_for()
        assert aside.text_content() == ("You are reading edition 1.0. Edition 2026.1 is newer. Start of edition 2026.1")
