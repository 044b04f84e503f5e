# ruff: noqa: RUF001  these names are spelled as their bearers spell them
"""Certificates: who gets one, what it says, under which name, and that one page contains it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from once import OURS
from output import printed

from builder import pipeline, words
from builder.model import filenames
from builder.model.cohorts import Cohort, CohortFile, Meeting, Member, Person, Team
from builder.press import Paper, Pdf, typeset
from builder.printing import Sheets, certificate_job, recipients

PAPERS: tuple[Paper, ...] = ("letter", "a4")


@pytest.fixture(scope="module")
def read() -> pipeline.Built:
    """The curriculum of this project."""
    return OURS.built


def team_of(read: pipeline.Built, *members: Member, meetings: int = 6) -> Team:
    """A team that meets so often, on one module after the other."""
    modules = read.documents.apparatus.curriculum.modules
    days = (dt.date(2021, 4, 21) + dt.timedelta(days=7 * number) for number in range(meetings))
    held = tuple(Meeting(module=modules[n % len(modules)].id, date=day, id=f"m-{n}") for n, day in enumerate(days))
    both = (Person(name="Ann O'Neil"), Person(name="Ben"))
    return Team(id="elm", name="Elm", facilitators=both, members=members, meetings=held)


def cohort_of(team: Team, needed: int | None = 5, *others: Team) -> Cohort:
    """A cohort of a team, and perhaps others, that asks for so many meetings."""
    file = CohortFile(
        format=1,
        name="Trial run",
        start=dt.date(2021, 4, 21),
        end=dt.date(2021, 9, 29),
        time_zone="America/Los_Angeles",
        meeting_minutes=60,
        teams=(team, *others),
    )
    file = dataclasses.replace(file, certificate_meetings=needed)
    return Cohort(id="trial", path="cohorts/trial/cohort.yml", file=file)


def attending(name: str, *numbers: int) -> Member:
    """A member who came to these meetings."""
    return Member(name=name, attended=tuple(f"m-{number}" for number in numbers))


def names(*members: str) -> list[str]:
    """The names of the files of members who all get a certificate."""
    everyone = tuple(attending(name, 0) for name in members)
    team = Team(id="elm", name="Elm", members=everyone, meetings=(Meeting(module="one", id="m-0"),))
    return [name for name, _ in recipients(cohort_of(team, 1), team)]


def certificate(read: pipeline.Built, team: Team, paper: Paper = "letter") -> Pdf:
    """The certificate of a team's first member."""
    sheets = Sheets(read.documents, read.loaded.images, paper)
    return typeset(certificate_job(sheets, cohort_of(team), team, "a-name", team.members[0]))


def kept(pdf: Pdf, folder: Path) -> Path:
    """A PDF as a file."""
    path = folder / "certificate.pdf"
    path.write_bytes(pdf.data)
    return path


def test_who_attended_enough_gets_one(read: pipeline.Built) -> None:
    """A member gets a certificate for as many meetings as the cohort asks, and nobody where it asks for none."""
    team = team_of(read, attending("Ada", *range(5)), attending("Bea", *range(4)), attending("Cy", *range(6)))
    assert [member.name for _, member in recipients(cohort_of(team), team)] == ["Ada", "Cy"]
    assert list(recipients(cohort_of(team, None), team)) == []


def test_it_says_what_its_holder_did(read: pipeline.Built, tmp_path: Path) -> None:
    """It names its holder, how many meetings of how many, team, cohort, months, modules with their days, signers."""
    team = team_of(read, attending("Zoë Marušić", 0, 1, 2, 3, 5))
    pdf = certificate(read, team)
    text = printed(kept(pdf, tmp_path))
    assert pdf.name == "trial/elm/certificates/a-name.pdf"
    cohort = cohort_of(team).file.name
    assert "Zoë Marušić took part in 5 of 6 meetings of Mortals into Mentors, April to September 2021" in text
    assert f"with the team Elm, in {cohort}." in text
    curriculum = read.documents.apparatus.curriculum
    for number, module in enumerate(curriculum.modules):
        day = DATES.write_day(team.meetings[number].date or dt.date.min)
        assert (f"{module.file.title.replace(chr(39), chr(0x2019))}, {day}" in text) == (number != 4)
    assert "Ann O\u2019Neil" in text
    assert "grants no continuing education credit" in text


def test_meetings_with_another_team_are_named_with_their_days(read: pipeline.Built, tmp_path: Path) -> None:
    """Who came from a team that joined theirs, or visited another, has its meetings and days, and no other count."""
    modules = read.documents.apparatus.curriculum.modules
    days = (dt.date(2021, 4, 20), dt.date(2021, 5, 4))
    past = tuple(Meeting(module=modules[n].id, date=day, id=f"m-{n}") for n, day in enumerate(days))
    oak = Team(id="oak", name="Oak", joined="elm", meetings=past)
    ada = Member(name="Ada", attended=("oak/m-0", "oak/m-1", "m-3", "elm/m-4", "m-5"))
    elm = team_of(read, ada, attending("Bea", 3, 4, 5))
    cohort = cohort_of(elm, 5, oak)
    assert [member.name for _, member in recipients(cohort, elm)] == ["Ada"]
    assert list(recipients(cohort, oak)) == []
    sheets = Sheets(read.documents, read.loaded.images, "letter")
    text = printed(kept(typeset(certificate_job(sheets, cohort, elm, "ada", ada)), tmp_path))
    assert (
        "took part in 5 meetings of Mortals into Mentors, April to September 2021, with the teams Oak and Elm" in text
    )
    shown = [*days, *(elm.meetings[n].date or dt.date.min for n in (3, 4, 5))]
    found = [text.index(f", {DATES.write_day(day)}") for day in shown]
    assert found == sorted(found)
    assert f", {DATES.write_day(elm.meetings[0].date or dt.date.min)}" not in text


def test_a_cancelled_meeting_is_not_counted(read: pipeline.Built, tmp_path: Path) -> None:
    """A certificate counts the meetings that took place."""
    elm = team_of(read, attending("Ada", 0, 1, 2, 3, 4))
    called_off = dataclasses.replace(elm.meetings[5], cancelled=True)
    elm = dataclasses.replace(elm, meetings=(*elm.meetings[:5], called_off))
    assert "took part in 5 of 5 meetings of" in printed(kept(certificate(read, elm), tmp_path))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("meetings", [5, 12, 13, 100])
@pytest.mark.parametrize("name", ["Ann", "Maximiliana Wolfeschlegelsteinhausen-Bergerdorff de la Cruz y Montoya " * 2])
def test_one_landscape_page_holds_it(read: pipeline.Built, name: str, meetings: int, paper: Paper) -> None:
    """However many meetings and however long a name, a certificate is one page with nothing beyond its frame."""
    team = team_of(read, attending(name.strip(), *range(meetings)), meetings=meetings)
    team = dataclasses.replace(team, facilitators=tuple(Person(name=f"Facilitator number {n}") for n in range(4)))
    document = pypdfium2.PdfDocument(certificate(read, team, paper).data)
    assert len(document) == 1
    width, height = document[0].get_size()
    assert width > height
    text = document[0].get_textpage()
    for left, bottom, right, top in (text.get_rect(at) for at in range(text.count_rects())):
        assert 60 < left < right < width - 60
        assert 45 < bottom < top < height - 45


@pytest.mark.parametrize("name", ["Nguyễn Thị Hồng Ánh", "Дмитрий Иванов", "Ελένη", "Ọlá Ṣadé", "O'Brien"])
def test_a_name_prints_as_it_is_written(read: pipeline.Built, name: str, tmp_path: Path) -> None:
    """Names print in every script that the faces have."""
    text = printed(kept(certificate(read, team_of(read, attending(name, *range(5)))), tmp_path))
    assert name.replace("'", "\u2019") in text


DATES = words.of("en").dates

FILES = {
    "Zoë Marušić": "zoe-marusic",
    "Søren Ørsted": "soren-orsted",
    "Łucja Strauß": "lucja-strauss",
    "Đặng Ánh": "dang-anh",
    "D'Arcy O\u2019Hara": "darcy-ohara",
    "Şükrü Yıldız": "sukru-yildiz",
    "İnönü": "inonu",
    "Kealiʻi ʻŌiwi": "kealii-oiwi",
    "Ngũgĩ wa Thiong’o": "ngugi-wa-thiongo",
    "Ələkbər": "ələkbər",
    "Иван Йорданов": "иван-йорданов",
    "Ελένη Παπαδοπούλου": "ελένη-παπαδοπούλου",
    "王小明": "王小明",
    "佐藤\u3000さくら": "佐藤-さくら",
    "김민수": "김민수",
    "สมชาย น้ำฝน": "สมชาย-น้ำฝน",
    "ज्योति शर्मा": "ज्योति-शर्मा",
    "علی\u200cرضا": "علیرضا",
    "יעל כהן־לוי": "יעל-כהן-לוי",
    "ዓለም ተስፋዬ": "ዓለም-ተስፋዬ",
    "Con": "con-1",
    "com1": "com1-1",
    "…": "member-1",
    "A. (Ann) O/Neil: jr.": "a-ann-o-neil-jr",
}


@pytest.mark.parametrize(("name", "file"), FILES.items(), ids=FILES)
def test_files_have_the_names_of_their_holders(name: str, file: str) -> None:
    """A file has its holder's name, in any script, and is legal on every disk; a number where nothing is left of it."""
    assert names(name) == [file]
    assert filenames.fault_of_name(f"{file}.pdf") is None


@pytest.mark.parametrize("name", ["ABCDEFG " * 40, "สมชาย " * 40, "𠮷野 " * 60], ids=["Latin", "Thai", "Han"])
def test_long_names_make_short_files(name: str) -> None:
    """However long a name, two people who have it get files that every disk takes."""
    for file in names(name.strip(), name.strip()):
        assert filenames.fault_of_name(f"{file}-large-print.pdf") is None


def test_no_two_members_share_a_file() -> None:
    """Equal names are numbered, and no number makes a name that another member has."""
    found = names("Ann", "Ann 3", "Ann", "Ann", "Иван", "Member 5", "Member 7", "Олег", "Олег")
    found += names("ΑΣ", "Ας", "…", "Con", "Con", "Con 1")
    assert len({name.casefold() for name in found}) == 15
    assert found[:2] == ["ann", "ann-3"]


def test_a_member_added_at_the_end_renames_nobody() -> None:
    """The names of files stay as they were when somebody is added after them."""
    before = ["Ann", "Ann", "Иван", "Ann 2"]
    for new in ("Ann", "Олег", "Member 3", "Ann 2"):
        assert names(*before, new)[:4] == names(*before)


def test_the_same_member_gets_the_same_bytes(read: pipeline.Built) -> None:
    """A certificate depends on nothing but what it says."""
    team = team_of(read, attending("Ann", *range(5)))
    assert certificate(read, team).data == certificate(read, team).data


def test_months_are_told_as_people_write_them() -> None:
    """The months of a cohort name each year once."""
    april, september, march = dt.date(2021, 4, 30), dt.date(2021, 9, 1), dt.date(2022, 3, 2)
    assert DATES.write_months(april, september) == "April to September 2021"
    assert DATES.write_months(april, april) == "April 2021"
    assert DATES.write_months(september, march) == "September 2021 to March 2022"
