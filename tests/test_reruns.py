"""Packets made again: what is no longer earned or asked for is removed, and each run says what it has changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project
from once import SMALL
from output import differing, printed, sheets, small, tree

from builder import output
from builder.cli import changed
from builder.model.cohorts import Member
from builder.output import Difference
from builder.packets import orders
from builder.printing import Sheets, packet_job
from builder.sources import pdfs

COHORT = "cohorts/trial/cohort.yml"
EVE = "      - {name: Eve, attended: [first-steps, next-steps]}\n"


def attending(project: Project) -> None:
    """Let each team have a member who was at one meeting or at two, and earn a certificate by it."""
    project.replace(COHORT, "format: 1\n", "format: 1\ncertificate_meetings: 1\n")
    project.replace(COHORT, "{name: Ben}\n", f"{{name: Ben}}\n    members:\n{EVE}")
    project.replace(
        COHORT, "{name: Dan}\n", "{name: Dan}\n    members:\n      - {name: Kim, attended: [first-steps]}\n"
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make all files of two teams whose members earn certificates, once; tests change one after the other."""
    project = small(tmp_path_factory.mktemp("first") / "project")
    attending(project)
    assert project.run("packets").stdout == "13 files for 2 teams in packets.\n"
    return project


@pytest.fixture
def project(first: Project, tmp_path: Path) -> Project:
    """Give a copy of a project whose packets are made."""
    target = Project(tmp_path / "project")
    small(target.root).write(COHORT, first.read(COHORT))
    for path, data in tree(first.root / "packets").items():
        (target.root / "packets" / path).parent.mkdir(parents=True, exist_ok=True)
        (target.root / "packets" / path).write_bytes(data)
    return target


def run(project: Project, *arguments: str) -> list[str]:
    """Make packets; the lines that are said."""
    done = project.run("packets", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_run_that_changes_nothing_says_so(project: Project) -> None:
    """Who makes the same again reads that nothing has changed."""
    assert run(project) == ["13 files for 2 teams in packets. Nothing has changed."]


def test_an_order_of_certificates_removes_those_that_are_not_earned(project: Project) -> None:
    """`--only certificates` removes a certificate that is not earned, and the overview links to it no more."""
    before = tree(project.root / "packets/trial")
    project.replace(COHORT, EVE, "      - {name: Eve}\n")
    assert run(project, "--only", "certificates") == [
        "changed: trial/index.html",
        "removed: trial/hemlock/certificates/eve.pdf",
        "2 files for 2 teams in packets.",
    ]
    after = tree(project.root / "packets/trial")
    assert differing(before, after) == ["hemlock/certificates/eve.pdf", "index.html", "manifest.json"]
    assert b"eve.pdf" not in after["index.html"]


def test_an_order_of_one_team_removes_only_what_is_of_that_team(project: Project) -> None:
    """`--team` removes what the team no longer earns, and leaves what another team no longer earns."""
    project.replace(COHORT, "certificate_meetings: 1\n", "")
    said = run(project, "--team", "hemlock")
    assert "removed: trial/hemlock/certificates/eve.pdf" in said
    assert (project.root / "packets/trial/cedar/certificates/kim.pdf").is_file()
    text = (project.root / "packets/trial/index.html").read_text(encoding="utf-8")
    assert "eve.pdf" not in text
    assert "kim.pdf" in text


def test_what_a_run_changes_is_said_with_its_pages(project: Project) -> None:
    """After a meeting is moved, one reads which files to send and which pages to print again."""
    text = project.read(COHORT).replace("2021-04-02", "2021-04-09")
    project.write(COHORT, text)
    old = sheets(project.root / "packets/trial/cedar/packet.pdf")
    said = run(project)
    new = sheets(project.root / "packets/trial/cedar/packet.pdf")
    pages = [number for number, pair in enumerate(zip(old, new, strict=True), 1) if len({*pair}) > 1]
    names = ["calendar.ics", "cedar/calendar.ics", "cedar/certificates/kim.pdf (page 1)"]
    names += [f"cedar/packet.pdf (pages {', '.join(map(str, pages))})", "index.html"]
    assert said[:-1] == [f"changed: {', '.join(f'trial/{name}' for name in names)}"]
    assert len(pages) == 2


def test_a_cancelled_meeting_is_out_of_every_file(project: Project) -> None:
    """The packet's calendar says that a meeting is cancelled; its run sheet, guide and message are gone."""
    old, attended = EVE, EVE.replace(", next-steps", "")
    project.replace(COHORT, old, attended)
    project.replace(COHORT, 'date: 2021-05-01\n        start: "17:30"', "date: 2021-05-01\n        cancelled: true")
    said = run(project)
    assert said[1] == "removed: trial/hemlock/follow-up/2-next-steps.txt"
    packet = printed(project.root / "packets/trial/hemlock/packet.pdf")
    assert "Hemlock meets 1 time." in packet
    assert "Cancelled: Saturday, May 1, 2021" in packet
    assert "Meeting 2: " not in packet
    calendar = (project.root / "packets/trial/hemlock/calendar.ics").read_text(encoding="utf-8")
    assert calendar.count("STATUS:CANCELLED") == 1
    page = (project.root / "packets/trial/index.html").read_text(encoding="utf-8")
    assert "<b>Cancelled</b>" in page
    assert "2 meetings fixed" in " ".join(page.replace("<b>", "").replace("</b>", "").split())


def test_a_team_that_joined_another_keeps_its_calendar_alone(project: Project) -> None:
    """The packet of a team that joined another is removed, with a line that says so; its calendar stays."""
    kim = "      - {name: Kim, attended: [first-steps]}\n"
    project.replace(COHORT, f"    members:\n{kim}", "    joined: hemlock\n")
    project.replace(COHORT, EVE, f"{EVE}{kim.replace('first-steps', 'cedar/first-steps')}")
    said = run(project)
    assert said[0] == "new: trial/hemlock/certificates/kim.pdf"
    gone = ("cards.pdf", "certificates/kim.pdf", "follow-up/1-first-steps.txt", "packet.pdf")
    assert said[2] == f"removed: {', '.join(f'trial/cedar/{name}' for name in gone)}"
    assert [*tree(project.root / "packets/trial/cedar")] == ["calendar.ics"]
    certificate = printed(project.root / "packets/trial/hemlock/certificates/kim.pdf")
    assert "took part in 1 meeting of Small steps" in certificate
    assert "with the team Cedar" in certificate
    assert "April 2, 2021" in certificate


# What an order covers, and how much is said


def order(*teams: str, kinds: frozenset[str] = frozenset(orders.USUAL)) -> orders.Order:
    """An order for some teams of the small cohort; for all if none is named."""
    (cohort,) = SMALL.cohorts
    wanted = tuple(team for team in cohort.file.teams if not teams or team.id in teams)
    return orders.Order(cohort, wanted, kinds)


PATHS = (
    "calendar.ics", "index.html", "pairs/oak/mentor.pdf", "cedar/calendar.ics", "cedar/packet.pdf", "cedar/guide.pdf",
    "cedar/packet-large-print.pdf", "cedar/certificates/kim.pdf", "cedar/follow-up/1-first-steps.txt",
    "hemlock/packet.pdf", "gone/packet.pdf", "gone/certificates/eve.pdf",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "covered"),
    [
        (order, {*PATHS}),
        (lambda: order("cedar"), {path for path in PATHS if path.startswith("cedar/")}),
        (lambda: order("cedar", kinds=frozenset({"packet"})), {"cedar/packet.pdf", "cedar/packet-large-print.pdf"}),
        (
            lambda: order(kinds=frozenset({"certificates", "overview"})),
            {"index.html", "cedar/certificates/kim.pdf", "gone/certificates/eve.pdf"},
        ),
        (lambda: order(kinds=frozenset({"calendar"})), {"calendar.ics", "cedar/calendar.ics"}),
        (
            lambda: order(kinds=frozenset({"pairs", "follow-up"})),
            {"pairs/oak/mentor.pdf", "cedar/follow-up/1-first-steps.txt"},
        ),
    ],
    ids=["all", "a team", "a part of a team", "certificates", "calendars", "pairs"],
)
def test_an_order_covers_what_it_was_asked_for(asked: Callable[[], orders.Order], covered: set[str]) -> None:
    """What a run may remove is within its teams and its parts; teams that are no more belong to all."""
    made = asked()
    assert {path for path in PATHS if made.covers(path)} == covered


def test_every_file_that_is_made_is_covered_by_its_order() -> None:
    """Each file of each part would be removed by the same order if it were not made any more."""
    built, (cohort,) = SMALL.built, SMALL.cohorts
    eve = Member(name="Eve", attended=("first-steps",))
    teams = tuple(dataclasses.replace(team, members=(eve,)) for team in cohort.file.teams)
    cohort = dataclasses.replace(cohort, file=dataclasses.replace(cohort.file, teams=teams, certificate_meetings=1))
    sheets_of = Sheets(built.documents, built.loaded.images, "letter")
    for kind in orders.KINDS:
        whole = orders.Order(cohort, teams, frozenset({kind}), large=True)
        made = orders.packet_files(whole, sheets_of)
        assert made or kind in {"changes", "pairs"}
        assert [piece.path for piece in made if not whole.covers(piece.path)] == []


def test_the_cover_of_a_team_with_a_place_of_its_own_names_it() -> None:
    """A packet's cover has the time zone of the team, and else that of the cohort."""
    built, (cohort,) = SMALL.built, SMALL.cohorts
    sheets_of = Sheets(built.documents, built.loaded.images, "letter")
    ours, others = cohort.file.teams
    away = dataclasses.replace(ours, time_zone="America/Chicago")
    assert packet_job(sheets_of, cohort, away).facts["cover"]["time_zone"] == "America/Chicago"
    assert packet_job(sheets_of, cohort, others).facts["cover"]["time_zone"] == "America/Los_Angeles"


def test_few_files_are_named_and_many_are_counted_by_their_teams() -> None:
    """Up to twelve files are named one by one; of more, each team's are counted."""
    few = Difference(
        made=3, is_first=False, new=("cedar/a.pdf",), changed=("b.ics", "c.pdf"), notes={"c.pdf": "page 1"}
    )
    assert changed.report({"trial": few}, "made.").splitlines() == [
        "new: trial/cedar/a.pdf", "changed: trial/b.ics, trial/c.pdf (page 1)", "made.",
    ]  # fmt: skip
    gone = tuple(sorted([*(f"cedar/{n}/x.txt" for n in range(13)), "hemlock/x.pdf", "index.html"]))
    many = Difference(made=0, is_first=False, removed=gone)
    assert changed.report({"trial": many}, "made.").splitlines()[0] == (
        "removed: trial/cedar/ (13 files), trial/hemlock/ (1 file), trial/index.html"
    )
    assert changed.report({"trial": dataclasses.replace(few, is_first=True)}, "made.") == "made."


def test_pages_that_look_different_are_named(first: Project) -> None:
    """Pages of two PDFs are compared by what they look like; runs of pages are put together."""
    old = (first.root / "packets/trial/cedar/packet.pdf").read_bytes()
    new = (first.root / "packets/trial/hemlock/packet.pdf").read_bytes()
    assert pdfs.differing_pages(old, old) == ()
    numbers = pdfs.differing_pages(old, new)
    assert len(sheets(first.root / "packets/trial/hemlock/packet.pdf")) in numbers  # a page that the other has not
    assert changed.pages("packet.pdf", old, old) == "no page looks different"
    assert changed.pages("packet.pdf", old, b"%PDF-1.7 broken") == ""
    assert changed.pages("calendar.ics", b"a", b"b") == ""
    said = changed.pages("packet.pdf", old, new).removeprefix("pages ")
    spans = [part.partition("-") for part in said.split(", ")]
    assert tuple(n for begin, _, end in spans for n in range(int(begin), int(end or begin) + 1)) == numbers


def test_files_that_stay_are_neither_new_nor_removed(tmp_path: Path) -> None:
    """A folder's difference counts what is made, and names what is new, changed and removed in it."""
    target = tmp_path / "made"
    states = ({"a": b"1", "b": b"1", "c": b"1"}, {"a": b"1", "b": b"2", "d": b"1"})
    found = []
    for state in states:
        with output.replacing(target, lambda _: None) as place:
            files = (output.Artifact(path, data) for path, data in state.items())
            found.append(output.fill(place, files, prune=lambda path: path == "c", compare=lambda *both: str(both[1:])))
    assert found[0] == Difference(made=3, is_first=True, new=("a", "b", "c"))
    assert found[1] == Difference(
        made=3, is_first=False, new=("d",), changed=("b",), removed=("c",), notes={"b": "(b'1', b'2')"}
    )
    assert {*tree(target)} == {"a", "b", "d", output.MANIFEST}
