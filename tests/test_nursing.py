"""A course of another kind: four meetings of ninety minutes for nurses, one facilitator, few words, no works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Project
from output import pages, sheets, words

COURSE = ROOT / "tests/nursing"
MODULES = ("first-minute", "read-back", "interruptions", "speaking-up")

ABSENT = re.compile(
    r"Facilitators? (?:A|B)\b|\[B\]|[Cc]onversation|[Mm]entor|Glossary|References|[Hh]andout|[Aa]greements?\b"
    r"|[Ff]orms\b|\b(?:60|45|30)(?:-minute| min meeting)|\b1 (?:modules|meetings|questions|minutes|teams)\b"
)
"""What only another curriculum has, or would say."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The course with its site and its packet; tests only read it."""
    project = Project(tmp_path_factory.mktemp("course") / "course")
    shutil.copytree(COURSE, project.root)
    done = project.run("build", "--packets")
    assert done.returncode == 0, done.stderr
    return project


def test_it_has_no_problem(course: Project) -> None:
    """Nothing is wrong with it, and nothing is missing that it has no use for."""
    assert course.run("check").stdout.startswith("No problems.")


def test_it_has_pages_and_guides(course: Project) -> None:
    """Each module has its page and a guide on each paper; none has a handout."""
    for id in MODULES:
        made = {path.name for path in (course.root / "site/modules" / id).iterdir()}
        assert {"index.html", "guide.html", f"{id}-guide.pdf", f"{id}-guide-a4.pdf"} <= made
        assert not [name for name in made if "handout" in name]


def test_its_pages_speak_of_nothing_that_it_has_not(course: Project) -> None:
    """No page names a part, a facilitator or a length of meeting that this course does not have."""
    for path, page in pages(course.root / "site").items():
        assert ABSENT.findall(words(page) if page.xpath("//article") else "") == [], path


def test_its_packet_is_led_by_one(course: Project) -> None:
    """The packet gives one facilitator four meetings of ninety minutes, and names nothing that the course has not."""
    packet = "\n".join(sheets(course.root / "packets/ward/day-shift/packet.pdf"))
    assert ABSENT.findall(packet) == []
    assert packet.count("90 min meeting") == len(MODULES)
    assert [f"Meeting {n}:" in packet for n in range(1, 6)] == [True] * 4 + [False]
    message = Path(course.root, "packets/ward/day-shift/follow-up")
    assert all("Facilitator One" in path.read_text(encoding="utf-8") for path in message.iterdir())


@pytest.mark.parametrize("part", ["handout", "sign-in", "evaluation", "agreements", "pairs"])
def test_a_part_that_it_has_not_is_no_file(course: Project, tmp_path: Path, part: str) -> None:
    """A part of packets that the course does not have is not made, also when it is asked for by name."""
    done = course.run("packets", "--only", part, "--to", str(tmp_path))
    assert (done.returncode, list(tmp_path.rglob("*.pdf"))) == (0, []), done.stderr
    assert done.stdout.startswith("0 files for 1 team")
