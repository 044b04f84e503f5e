"""A campaign on its way: teams are added, merged, renamed and moved, and what others hold in their hands stays."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from conftest import Project
from output import differing, printed, small, tree

COHORT = "cohorts/trial/cohort.yml"

THIRD = """\
  - id: spruce
    name: Spruce
    facilitators:
      - {name: Eve}
      - {name: Fay}
    meetings:
      - module: next-steps
        date: 2021-04-09
        start: "12:00"
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make all files of a cohort of two teams, once; tests only copy it."""
    project = small(tmp_path_factory.mktemp("first") / "project")
    assert project.run("packets").returncode == 0
    return project


def changed(first: Project, folder: Path, cohort: str) -> list[str]:
    """Name the files of teams that are not the same after the cohort's file became another; all are made anew."""
    project = small(folder / "project")
    project.write(COHORT, cohort)
    done = project.run("packets")
    assert done.returncode == 0, done.stderr
    before, after = tree(first.root / "packets/trial"), tree(project.root / "packets/trial")
    return [name for name in differing(before, after) if "/" in name]


def folders(names: list[str]) -> set[str]:
    """Name the folders in which files changed."""
    return {name.partition("/")[0] for name in names}


def test_a_team_is_added(first: Project, tmp_path: Path) -> None:
    """A third team in mid-campaign gets files of its own, and no file of another team changes by a byte."""
    text = first.read(COHORT)
    assert folders(changed(first, tmp_path, text.replace("teams:\n", "teams:\n" + THIRD, 1))) == {"spruce"}


def test_two_teams_are_merged(first: Project, tmp_path: Path) -> None:
    """A team that took in another's people has new files; the other's are gone; nobody else's change."""
    text = first.read(COHORT).replace("teams:\n", "teams:\n" + THIRD, 1)
    before = small(tmp_path / "before")
    before.write(COHORT, text)
    assert before.run("packets").returncode == 0
    merged = text.replace(THIRD, "").replace(
        "      - {name: Dan}\n", "      - {name: Dan}\n    members:\n      - {name: Eve}\n"
    )
    assert folders(changed(before, tmp_path / "after", merged)) == {"spruce", "cedar"}


def test_a_team_is_renamed(first: Project, tmp_path: Path) -> None:
    """A new name is in the team's own files only, and its meetings keep their places in calendars."""
    text = first.read(COHORT).replace("name: Cedar", "name: Western Redcedar")
    names = changed(first, tmp_path, text)
    assert folders(names) == {"cedar"}
    uids = [
        re.findall(r"UID:\S+", (root / "packets/trial/cedar/calendar.ics").read_text(encoding="utf-8"))
        for root in (first.root, tmp_path / "project")
    ]
    assert uids[0] == uids[1] != []


def test_a_meeting_is_moved(first: Project, tmp_path: Path) -> None:
    """A meeting on another day, with its earlier one told, changes its own team's files; the calendar page says so."""
    moved = 'date: 2021-04-16\n        start: "17:30"\n        was: [{date: 2021-04-02, start: "17:30"}]'
    text = first.read(COHORT).replace('date: 2021-04-02\n        start: "17:30"', moved)
    assert folders(changed(first, tmp_path, text)) == {"cedar"}
    packet = printed(tmp_path / "project/packets/trial/cedar/packet.pdf")
    assert "Friday, April 16, 2021, 5:30 pm to 6:30 pm Moved from Friday, April 2, 2021, 5:30 pm" in packet
    calendar = (tmp_path / "project/packets/trial/cedar/calendar.ics").read_text(encoding="utf-8")
    assert "SEQUENCE:1" in calendar
    assert "20210416T173000" in calendar
    assert "20210402" not in calendar


def test_an_order_of_parts_leaves_the_rest(tmp_path: Path) -> None:
    """`--only` makes what it names, each part in a file of its own, and touches nothing else that is there."""
    project = small(tmp_path / "project")
    assert project.run("packets").returncode == 0
    before = tree(project.root / "packets")
    project.replace(COHORT, "name: Cedar", "name: Thuja")
    done = project.run("packets", "--team", "cedar", "--only", "guide, sign-in,follow-up")
    assert done.returncode == 0, done.stderr
    made = ["cedar/guide.pdf", "cedar/sign-in.pdf", "manifest.json"]  # a message names no team
    assert differing(before, tree(project.root / "packets")) == [f"trial/{name}" for name in made]
    guide = printed(project.root / "packets/trial/cedar/guide.pdf")
    assert "facilitator copy" in guide
    assert "Thuja" in guide
    assert "Handout for participants" not in guide
    with pikepdf.open(project.root / "packets/trial/cedar/sign-in.pdf") as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [("guides", "no part 'guides' (did you mean 'guide'?)"), (",", "names no part"), ("xyz", "no part 'xyz' (known: ")],
)
def test_an_unknown_part_is_told(first: Project, given: str, told: str) -> None:
    """A slip in `--only` is reported with what is meant, and nothing is made."""
    done = first.run("packets", "--only", given, "--to", "elsewhere")
    assert done.returncode == 2
    assert told in done.stderr
    assert not (first.root / "elsewhere").exists()


def test_large_print_lies_beside_the_standard_edition(first: Project, tmp_path: Path) -> None:
    """`--large-print` adds a packet in large print; the standard one and all other files stay as they are."""
    project = small(tmp_path / "project")
    done = project.run("packets", "--large-print")
    assert done.returncode == 0, done.stderr
    new = ["cedar/packet-large-print.pdf", "hemlock/packet-large-print.pdf", "index.html", "manifest.json"]
    assert differing(tree(first.root / "packets/trial"), tree(project.root / "packets/trial")) == new
    assert "Large print" in (project.root / "packets/trial/index.html").read_text(encoding="utf-8")
