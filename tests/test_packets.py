"""Facilitator packets: what they contain, where they may be, and that making one leaves the others alone."""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from conftest import ROOT, Project
from forks import as_at_a_terminal
from output import differing, printed, sheets, single_spaced, small, tree


@functools.cache
def teams() -> dict[str, Any]:
    """Read the teams of the sample by their ids."""
    cohort = yaml.safe_load((ROOT / "cohorts/sample-2021/cohort.yml").read_text(encoding="utf-8"))
    return {team["id"]: team for team in cohort["teams"]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum with a cohort of two teams, to be broken."""
    return small(tmp_path / "project")


def packet(project: Project, team: str, cohort: str = "trial") -> Path:
    """Name the file of a team's packet."""
    return project.root / "packets" / cohort / team / "packet.pdf"


def agenda(module: str, plan: int, start: str) -> Iterator[tuple[str, int]]:
    """Work out for ourselves when each activity starts, as people read a clock, and how long it takes."""
    now = dt.datetime.fromisoformat(f"2021-01-01T{start}")
    written = yaml.safe_load((ROOT / f"modules/{module}/module.yml").read_text(encoding="utf-8"))
    for activity in written["agenda"]:
        minutes = activity["minutes"][plan]
        if minutes:
            yield f"{now.hour % 12 or 12}:{now.minute:02} {'am' if now.hour < 12 else 'pm'}", minutes
            now += dt.timedelta(minutes=minutes)


def run_sheets(path: Path) -> list[str]:
    """Find the pages of a packet on which a meeting begins, in order, with single spaces."""
    return [single_spaced(page) for page in sheets(path) if re.search(r"^Meeting \d+: [^.]+$", page, re.MULTILINE)]


def assert_clock(sheet: str, module: str, plan: int, start: str) -> None:
    """Assert that a run sheet's rows begin with the right times and minutes, in order, and that it ends on time."""
    at = sheet.index(f"{plan} min Activity")
    for clock, minutes in agenda(module, plan, start):
        at = sheet.index(f"{clock} {minutes} min ", at) + 1
    end = dt.datetime.fromisoformat(f"2021-01-01T{start}") + dt.timedelta(minutes=plan)
    assert f"{end.hour % 12 or 12}:{end.minute:02} {'am' if end.hour < 12 else 'pm'} End on time" in sheet[at:]


# What a packet holds


def of_a_team(team: str) -> set[str]:
    """Name all files that a team of the sample gets."""
    mails = {f"follow-up/{n}-{each['module']}.txt" for n, each in enumerate(teams()[team]["meetings"], 1)}
    certificates = {"certificates/participant-01.pdf", "certificates/participant-02.pdf"}
    names = {"packet.pdf", "cards.pdf", "calendar.ics"} | mails
    return {f"{team}/{name}" for name in names | (certificates if team == "western-hemlock" else set())}


def test_each_team_has_its_files(built: Project) -> None:
    """Each team gets packet, cards, calendar, messages, certificates; the cohort a calendar, an overview, copies."""
    made = tree(built.root / "packets" / "sample-2021")
    pairs = {f"pairs/pair-{number}/{reader}.pdf" for number in (1, 2) for reader in ("mentor", "student")}
    expected = {"calendar.ics", "index.html"} | pairs
    expected |= {name for team in teams() for name in of_a_team(team)}
    assert set(made) == expected | {"manifest.json", ".gitignore"}
    listed = json.loads(made["manifest.json"])["artifacts"]
    assert set(listed) == expected
    assert all("cohorts/sample-2021/cohort.yml" in entry["sources"] for entry in listed.values())
    assert all("modules/shared-purpose/module.yml" in entry["sources"] for entry in listed.values())


@pytest.mark.parametrize("team", ["western-hemlock", "western-redcedar"])
def test_run_sheets_tell_the_hour_of_each_activity(built: Project, team: str) -> None:
    """Each of the six run sheets has the clock times of that team's meeting, worked out from its start."""
    found = run_sheets(packet(built, team, "sample-2021"))
    meetings = teams()[team]["meetings"]
    assert len(found) == len(meetings) == 6
    for sheet, meeting in zip(found, meetings, strict=True):
        day = meeting["date"]
        assert f"{day:%B} {day.day}, {day.year}" in sheet
        assert_clock(sheet, meeting["module"], 60, meeting["start"])


def test_shorter_meetings_get_the_shorter_plan(built: Project, tmp_path: Path) -> None:
    """A cohort that meets for 45 minutes gets run sheets of the 45-minute plan, also across noon."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.root, project.root, ignore=shutil.ignore_patterns("site", "packets"))
    project.replace("cohorts/sample-2021/cohort.yml", "meeting_minutes: 60", "meeting_minutes: 45")
    project.replace("cohorts/sample-2021/cohort.yml", '"17:30"', '"11:40"')
    done = project.run("packets", "--team", "western-hemlock")
    assert done.returncode == 0, done.stderr
    found = run_sheets(packet(project, "western-hemlock", "sample-2021"))
    starts = ["11:40", "17:30", "17:30", "17:30", "17:30", "17:30"]
    for sheet, meeting, start in zip(found, teams()["western-hemlock"]["meetings"], starts, strict=True):
        assert_clock(sheet, meeting["module"], 45, start)


def test_what_is_not_known_yet_prints_as_a_blank(built: Project) -> None:
    """A meeting without a date prints no date and a clock from 0:00, and a missing facilitator leaves a line."""
    undated = run_sheets(packet(built, "pacific-dogwood", "sample-2021"))[-1]
    assert "When Where" in undated
    assert "0:00 " in undated
    assert "2021" not in undated.partition("60 min")[0]
    assert "Facilitators Facilitator A of Red Alder" in printed(packet(built, "red-alder", "sample-2021"))


def test_who_sits_in_the_room_and_who_does_not_know_where(built: Project) -> None:
    """A team that has a room and a link finds both on every run sheet and on the calendar, with the time zone."""
    found = sheets(packet(built, "western-redcedar", "sample-2021"))
    calendar = next(single_spaced(page) for page in found if "meets 6 times" in page)
    for page in (calendar, *run_sheets(packet(built, "western-redcedar", "sample-2021"))):
        assert teams()["western-redcedar"]["place"] in page
        assert teams()["western-redcedar"]["link"] in page
    assert "Hours are those of America/Los_Angeles." in calendar


def test_contents_say_which_pages_a_meeting_takes(built: Project) -> None:
    """Each meeting's entry names its first and last page, so that a facilitator prints tonight's and no more."""
    found = sheets(packet(built, "garry-oak", "sample-2021"))
    contents = next(single_spaced(page) for page in found if "What is in this packet" in page)
    told = [(int(first), int(last)) for first, last in re.findall(r"Meeting \d: [^(]+\(pages (\d+)–(\d+)\)", contents)]  # noqa: RUF001
    assert len(told) == 6
    for number, (first, last) in enumerate(told, 1):
        assert f"Meeting {number}: " in found[first - 1]
        assert f"Meeting {number} · " in found[last - 1].partition("\n")[0]
        assert last == len(found) or f"Meeting {number} · " not in found[last].partition("\n")[0]


def test_a_packet_holds_each_part_of_each_meeting(built: Project) -> None:
    """A packet has, after its cover and its calendar, for each meeting a run sheet, a guide and a handout, in order."""
    with pikepdf.open(packet(built, "garry-oak", "sample-2021")) as pdf, pdf.open_outline() as outline:
        top = [str(item.title) for item in outline.root]
        inner = [
            [str(child.title) for child in item.children]
            for item in outline.root
            if str(item.title).startswith("Meeting")
        ]
    titles = [
        yaml.safe_load((ROOT / f"modules/{each['module']}/module.yml").read_text(encoding="utf-8"))["short_title"]
        for each in teams()["garry-oak"]["meetings"]
    ]
    meetings = [title for title in top if title.startswith("Meeting")]
    assert [single_spaced(title.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) for title in meetings] == [
        f"Meeting {n}: {title}" for n, title in enumerate(titles, 1)
    ]
    assert top[0] == "Garry Oak"
    assert "Calendar" in top
    for parts in inner:
        assert [part for part in parts if part in {"Run sheet", "Discussion guide", "Handout for participants"}] == [
            "Run sheet", "Discussion guide", "Handout for participants",
        ]  # fmt: skip


def test_pages_tell_where_they_belong(built: Project) -> None:
    """Every page has its number of all pages and the edition at its foot; after the contents the team at its head."""
    edition = yaml.safe_load((ROOT / "modules/curriculum.yml").read_text(encoding="utf-8"))["edition"]
    found = sheets(packet(built, "sitka-spruce", "sample-2021"))
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert f"Edition {edition}" in page
    assert all(page.startswith(("Sitka Spruce · ", "Edition ")) for page in found[2:-1])  # some are left empty
    assert any("facilitator copy" in page.partition("\n")[0] for page in found)


def test_packets_are_made_for_everyone_and_for_archives(built: Project) -> None:
    """Every packet says its title, language and structure, claims PDF/UA-1 and PDF/A-2a, and has bookmarks."""
    for team, written in teams().items():
        with pikepdf.open(packet(built, team, "sample-2021")) as pdf:
            assert str(pdf.Root.Lang) == "en-US"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert "/StructTreeRoot" in pdf.Root
            assert "/Outlines" in pdf.Root
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            with pdf.open_metadata() as data:
                assert written["name"] in data["dc:title"]
                assert (data["pdfuaid:part"], data["pdfaid:part"], data["pdfaid:conformance"]) == ("1", "2", "A")
            assert not pdf.attachments
            fonts = {str(font.BaseFont) for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
            assert all("+" in name for name in fonts)  # each is embedded, in part


def test_paper_is_chosen(project: Project) -> None:
    """`packets --paper a4` prints on A4, and without it on Letter."""
    for paper, size in (("a4", [0, 0, 595, 842]), ("letter", [0, 0, 612, 792])):
        assert project.run("packets", "--team", "cedar", "--paper", paper).returncode == 0
        with pikepdf.open(packet(project, "cedar")) as pdf:
            assert {tuple(round(float(length)) for length in page.mediabox) for page in pdf.pages} == {tuple(size)}


def test_a_team_may_meet_twice_on_one_module(project: Project) -> None:
    """Two meetings on one module are both in the packet, each with its own date."""
    second = '      - {module: first-steps, id: again, date: 2021-05-03, start: "23:30"}\n'
    project.write("cohorts/trial/cohort.yml", project.read("cohorts/trial/cohort.yml").rstrip() + "\n" + second)
    done = project.run("packets", "--team", "cedar")
    assert done.returncode == 0, done.stderr
    first, second = run_sheets(packet(project, "cedar"))
    assert "Friday, April 2, 2021, 5:30 pm" in first
    assert "Monday, May 3, 2021, 11:30 pm" in second
    assert "12:30 am End on time" in second


# Which packets are made, and what becomes of the others


def test_one_team_changes_only_its_own_packet(project: Project) -> None:
    """After a change to one team, the other teams' files have the same bytes as before, and its own have not."""
    assert project.run("packets").returncode == 0
    before = tree(project.root / "packets")
    project.replace("cohorts/trial/cohort.yml", "{name: Cleo}", "{name: Clara}")
    assert project.run("packets").returncode == 0
    assert differing(before, tree(project.root / "packets")) == [
        "trial/cedar/follow-up/1-first-steps.txt", "trial/cedar/packet.pdf", "trial/index.html", "trial/manifest.json",
    ]  # fmt: skip


def test_one_team_can_be_made_alone(project: Project) -> None:
    """`--team` makes one packet, equal to the one made with all others, and leaves those where they are and listed."""
    assert project.run("packets").returncode == 0
    before = tree(project.root / "packets")
    done = project.run("packets", "--cohort", "trial", "--team", "cedar")
    assert done.returncode == 0
    assert "6 files for 1 team in packets" in done.stdout
    assert not differing(before, tree(project.root / "packets"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--team", "ceder"), "no team 'ceder' (did you mean 'cedar'?)"),
        (("--cohort", "trail"), "no cohort 'trail' (did you mean 'trial'?)"),
        (("--team", "xyz"), "no team 'xyz' (known: cedar, hemlock)"),
        (("--cohort", "xyz", "--team", "cedar"), "no cohort 'xyz' (known: trial)"),
        (("--cohorts", "nowhere"), "no such folder of cohorts"),
    ],
)
def test_a_name_that_is_not_there_is_told(project: Project, arguments: tuple[str, ...], told: str) -> None:
    """An unknown cohort, team or folder is reported with the nearest name, and nothing is written."""
    done = project.run("packets", *arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert not (project.root / "packets").exists()


def test_cohorts_may_lie_elsewhere(project: Project, tmp_path: Path) -> None:
    """`--cohorts` reads a folder outside the project, shows problems with their place there, makes the same packets."""
    assert project.run("packets").returncode == 0
    before = tree(project.root / "packets")
    shutil.move(project.root / "cohorts", tmp_path / "private")
    done = project.run("packets", "--cohorts", str(tmp_path / "private"), "--to", str(tmp_path / "made"))
    assert done.returncode == 0, done.stderr
    assert not differing(before, tree(tmp_path / "made"))
    file = tmp_path / "private/trial/cohort.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("module: first-steps", "module: frist-steps"), encoding="utf-8"
    )
    done = project.run("packets", "--cohorts", str(tmp_path / "private"))
    assert done.returncode == 1
    assert f"{file.as_posix()}:" in done.stderr
    assert "did you mean 'first-steps'?" in done.stderr


def test_a_team_that_left_is_pruned_and_nothing_else(project: Project) -> None:
    """The packet of a team that is no longer in the cohort goes with its folder; what others put there stays."""
    assert project.run("packets").returncode == 0
    project.write("packets/notes.txt", "ours to keep")
    project.write("packets/trial/hemlock/cover letter.txt", "also to keep")
    text = project.read("cohorts/trial/cohort.yml")
    project.write("cohorts/trial/cohort.yml", text.partition("  - id: cedar")[0].rstrip() + "\n")
    assert project.run("packets").returncode == 0
    mails = {f"follow-up/{n}-{module}.txt" for n, module in ((1, "first-steps"), (2, "next-steps"))}
    kept = {f"hemlock/{name}" for name in {"cover letter.txt", "packet.pdf", "cards.pdf", "calendar.ics"} | mails}
    whole = {f"trial/{name}" for name in kept | {"calendar.ics", "index.html", "manifest.json"}}
    assert set(tree(project.root / "packets")) == {"notes.txt", ".gitignore", "trial/.gitignore"} | whole
    assert not (project.root / "packets/trial/cedar").exists()


def test_a_packets_guide_runs_on_its_cohorts_plan(project: Project) -> None:
    """In packets for 45-minute meetings the guide is the one for 45 minutes, not the one that the site offers."""
    project.replace("cohorts/trial/cohort.yml", "meeting_minutes: 60", "meeting_minutes: 45")
    assert project.run("packets").returncode == 0
    for packet in (project.root / "packets").rglob("packet.pdf"):
        text = " ".join(printed(packet).split())
        assert "45 min meeting" in text
        assert "60 min meeting" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt")
@pytest.mark.parametrize("arguments", [("packets",), ("build", "--packets")])
def test_an_interruption_leaves_what_was_there(built: Project, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Ctrl+C while packets are made ends the program at once, without complaints, and leaves every packet as it was."""
    project = Project(tmp_path / "project")
    shutil.copytree(built.root, project.root)
    project.replace("cohorts/sample-2021/cohort.yml", "name: Western Hemlock", "name: Changed")
    before = tree(project.root / "packets")
    program = subprocess.Popen(
        [sys.executable, "-m", "builder", *arguments],
        cwd=project.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        preexec_fn=as_at_a_terminal,  # noqa: PLW1509  no other thread yet
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not any(project.root.glob("packets/.sample-2021.tmp-*/new/*/*.pdf")):
        assert program.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(program.pid, signal.SIGINT)
    _, said = program.communicate(timeout=60)
    assert program.returncode == 1
    assert said.splitlines()[-1] == "Aborted!"
    assert "Traceback" not in said
    assert not differing(tree(project.root / "packets"), before)
    assert not [path for path in project.root.rglob(".*.tmp-*") if ".venv" not in path.parts]
