"""Pinned teams: a cohort that names an edition gets that edition, whatever became of the sources since."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import Project
from output import printed, small, tree

COHORT = "cohorts/trial/cohort.yml"
QUESTION = "modules/first-steps/module.yml"


def pinned(project: Project, key: str = "edition: '2026.1'") -> None:
    project.replace(COHORT, "format: 1\n", f"format: 1\n{key}\n")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small curriculum with one edition, and sources that have moved on since."""
    made = small(tmp_path / "project")
    done = made.run("release", "2026.1", "--date", "2026-11-20")
    assert done.returncode == 0, done.stderr
    made.replace(QUESTION, "title: The first steps", "title: Quokkawort")
    made.replace(QUESTION, "short_title: First steps", "short_title: Quokkawort")
    return made


def links(pdf: Path) -> set[str]:
    """Every address that a PDF leads to."""
    with pikepdf.open(pdf) as opened:
        return {
            str(note.A.URI) for page in opened.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})
        }


def test_a_pinned_team_gets_its_edition(project: Project) -> None:
    """Packets, addresses and calendars come from the edition that a cohort names; without a name, from the sources."""
    assert project.run("packets").returncode == 0
    assert "Quokkawort" in printed(project.root / "packets/trial/hemlock/packet.pdf")
    pinned(project)
    done = project.run("packets")
    assert done.returncode == 0, done.stderr
    packet = project.root / "packets/trial/hemlock/packet.pdf"
    text = printed(packet)
    assert "Quokkawort" not in text
    assert "Edition 2026.1" in text
    assert any(link.startswith("https://steps.example.edu/2026.1/") for link in links(packet))
    assert "https://steps.example.edu/" not in links(packet)
    assert "Quokkawort" not in (project.root / "packets/trial/hemlock/calendar.ics").read_text(encoding="utf-8")
    assert "20261120T120000Z" in (project.root / "packets/trial/hemlock/calendar.ics").read_text(encoding="utf-8")


def test_a_pinned_team_needs_no_working_sources(project: Project) -> None:
    """Sources that are broken, or a module that was deleted since, keep no pinned team from its packet."""
    pinned(project)
    assert project.run("packets").returncode == 0
    before = tree(project.root / "packets")
    project.write("modules/curriculum.yml", "broken")
    done = project.run("packets")
    assert done.returncode == 0, done.stderr
    assert tree(project.root / "packets") == before


def test_an_unknown_edition_is_told(project: Project) -> None:
    """An edition that is not at hand is a problem at its place in the cohort's file, with the one that is near."""
    pinned(project, "edition: '2026.2'")
    for command in ("check", "packets"):
        done = project.run(command)
        assert done.returncode == 1
        assert (
            "cohorts/trial/cohort.yml:2:10: problem: no edition '2026.2' (did you mean '2026.1'?)"
            in done.stdout + done.stderr
        )


def test_a_module_that_the_edition_lacks_is_told(project: Project) -> None:
    """Meetings of a pinned cohort may name the modules of its edition, and no others."""
    pinned(project)
    project.replace(COHORT, "module: next-steps", "module: later-steps")
    done = project.run("check")
    assert done.returncode == 1
    assert "unknown module 'later-steps' (did you mean 'next-steps'?)" in done.stdout + done.stderr


def test_the_site_needs_no_archive_of_what_a_team_studies(project: Project) -> None:
    """A site is built, and searched for a cohort's secrets, even if the edition that it names is not at hand."""
    pinned(project)
    (project.root / "editions/2026.1.zip").unlink()
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    project.write("docs/assets/list.txt", "ann@steps.example.edu\n")
    done = project.run("build")
    assert done.returncode == 1
    assert "assets/list.txt" in done.stderr


def test_a_team_with_an_older_print_gets_a_change_sheet(project: Project) -> None:
    """Where a cohort has an older edition on paper, each packet says what to correct in it; elsewhere none does."""
    project.replace(QUESTION, "Why do we walk?", "Why do we walk at all?")
    pinned(project, "changes_since: '2026.1'")
    done = project.run("packets")
    assert done.returncode == 0, done.stderr
    text = printed(project.root / "packets/trial/hemlock/packet.pdf")
    assert "You printed 2026.1" in text
    assert "Why do we" in text.partition("You printed 2026.1")[2].partition("What is in this packet")[0]
    done = project.run("packets", "--only", "changes", "--team", "cedar")
    assert done.returncode == 0, done.stderr
    assert "You printed 2026.1" in printed(project.root / "packets/trial/cedar/changes.pdf")
    project.replace(COHORT, "changes_since: '2026.1'", "changes_since: '2026.9'")
    done = project.run("check")
    assert done.returncode == 1
    assert "cohorts/trial/cohort.yml:2:16: problem: no edition '2026.9'" in done.stdout + done.stderr
