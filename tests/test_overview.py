"""The organizers' overview of a cohort: what it says, finds missing and links, and how it looks and prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pypdfium2
import pytest
from browser import DESK, PHONE, faults_in_both_schemes, visiting
from conftest import ROOT
from once import OURS
from playwright.sync_api import Browser

from builder import documents, pipeline
from builder.model.cohorts import Cohort, Meeting, Member, Pair, Person, Start, Team
from builder.pipeline import Built

NASTY = """<b>R & D</b> "quoted" 'team' <script>alert(1)</script>"""


@pytest.fixture(scope="module")
def ours() -> Built:
    """The project's own curriculum."""
    return OURS.built


@pytest.fixture(scope="module")
def sample(ours: Built) -> Cohort:
    """The sample cohort, before anything was moved and without its pairs."""
    found = next(
        each
        for each in pipeline.read_cohorts(pipeline.Curricula(ROOT, work=ours), pipeline.Cohorts(ROOT))[0]
        if each.id == "sample-2021"
    )
    teams = [
        replace(team, meetings=tuple(replace(meeting, was=()) for meeting in team.meetings))
        for team in found.file.teams
    ]
    return replace(found, file=replace(found.file, teams=tuple(teams), pairs=()))


def page(ours: Built, cohort: Cohort, files: Mapping[str, tuple[str, ...]] | None = None) -> str:
    return documents.overview(ours.documents.apparatus, cohort, files or {})


def of_teams(cohort: Cohort, *teams: Team, **changes: Any) -> Cohort:
    """The cohort with other teams."""
    return replace(cohort, file=replace(cohort.file, teams=teams, **changes))


def said(text: str, where: str = "//main") -> str:
    """The words at a place of the page, one space between them."""
    found = lxml.html.fromstring(text).xpath(where)
    assert found, f"nothing at {where}"
    return " ".join(" ".join(each.text_content() for each in found).split())


def made(cohort: Cohort) -> dict[str, tuple[str, ...]]:
    """Paths as of a cohort for which everything was made."""
    files: dict[str, tuple[str, ...]] = {"": ("index.html", "calendar.ics")}
    for pair in cohort.file.pairs:
        files[""] += (f"pairs/{pair.id}/student.pdf", f"pairs/{pair.id}/mentor.pdf")
    for team in cohort.file.teams:
        names = ["cards.pdf", "packet-large-print.pdf", "sign-in.pdf", "packet.pdf", "calendar.ics"]
        names += [f"follow-up/{number}-{each.key}.txt" for number, each in enumerate(team.meetings, 1)]
        names += ["certificates/participant-01.pdf", "certificates/participant-02.pdf"]
        files[team.id] = tuple(f"{team.id}/{name}" for name in names)
    return files


def full(cohort: Cohort) -> Cohort:
    """Thirteen teams of eight with long names, six meetings each; some meetings moved, some things missing, pairs."""
    base = cohort.file.teams[0]
    moved = Start(date=dt.date(2021, 9, 15), start=dt.time(12, 30))
    long = {"date": dt.date(2021, 9, 22), "start": dt.time(12, 30)}
    people = ("Maximiliana Konstantinopolskaya-Featherstonehaugh", "Bartholomew Wolfeschlegelsteinhausen-Oyelaran")
    team = replace(
        base,
        facilitators=tuple(Person(name=name, email="a@example.org") for name in people),
        members=tuple(Member(name=f"Participant {number}") for number in range(8)),
        place="Conference room 4-217, Northgate Medical Center, second floor",
        link="https://example.org/meet",
        phone="+1 206 555 0100",
        meetings=tuple(replace(each, **long, was=(moved,)) for each in base.meetings),
    )
    names = (f"Northwest Cascade Internal Medicine {number}" for number in range(1, 14))
    teams = [replace(team, id=f"team-{number}", name=name) for number, name in enumerate(names, 1)]
    teams[3] = replace(teams[3], facilitators=(), place=None, link=None)
    teams[7] = replace(teams[7], meetings=(*team.meetings[:5], Meeting(module=team.meetings[5].module)))
    pair = Pair(id="pair", mentor=Person(name=people[0], email="b@example.org"), student=Person(name="Student"))
    return of_teams(cohort, *teams, pairs=tuple(replace(pair, id=f"pair-{number}") for number in range(3)))


@pytest.fixture(scope="module")
def cohorts(ours: Built, sample: Cohort) -> Mapping[str, str]:
    """The pages of the sample cohort, of a full one, of parts of that, and of one whose teams meet twelve times."""
    most, teams = full(sample), full(sample).file.teams
    again = [[replace(each, id=f"{each.module}-again") for each in team.meetings] for team in teams]
    often = [replace(team, meetings=(*team.meetings, *more)) for team, more in zip(teams, again, strict=True)]
    found = {"sample": sample, "full": most, "nine": of_teams(most, *teams[:9]), "six": of_teams(most, *teams[:6])}
    found["wide"] = of_teams(most, *often)
    return {name: page(ours, cohort, made(cohort)) for name, cohort in found.items()}


def test_the_head_says_what_and_when(ours: Built, sample: Cohort) -> None:
    """The head has name, days, time zone, edition, the warning, and how much of it is fixed."""
    head = said(page(ours, sample), "//header")
    for words in (
        sample.file.name,
        "April 21, 2021 to September 29, 2021",
        "America/Los_Angeles",
        f"edition {ours.loaded.curriculum.settings.edition}",
        "Private: keep within the organizers",
        "12 teams 65 members 71 of 72 meetings fixed",
    ):
        assert words in head


def test_every_team_has_a_row(ours: Built, sample: Cohort) -> None:
    """Each row contains the team, its facilitators with their addresses, the number of its members, where, and when."""
    text = page(ours, sample)
    row = said(text, "//tr[@id='team-western-redcedar']")
    for words in ("Western Redcedar", "Facilitator A of", "6 members", "Room to be named", "Join online"):
        assert words in row
    assert "April 23 Friday, 12:15 pm" in row
    assert 'href="mailto:western-redcedar-a@example.org"' in text
    stamps = lxml.html.fromstring(text).xpath("//tbody//time/@datetime")
    fixed = [each for team in sample.file.teams for each in team.meetings if each.date]
    assert stamps == [f"{each.date}T{each.start:%H:%M}" for each in fixed]
    assert "Meeting 3 Bias and repair" in said(text, "//thead")


def test_members_are_counted_and_not_named(ours: Built, sample: Cohort) -> None:
    """No participant is named, and no address of one is given."""
    assert "articipant" not in page(ours, sample)


def test_what_is_missing_stands_at_the_top(ours: Built, sample: Cohort) -> None:
    """Every kind of gap is reported once, with links to the rows where it is."""
    oak = next(team for team in sample.file.teams if team.id == "garry-oak")
    first, second, *rest = oak.meetings
    bare = replace(oak, id="bare", name="Bare", facilitators=(), members=(), place=None, link=None, meetings=())
    alone = replace(oak, id="alone", name="Alone", facilitators=oak.facilitators[:1])
    vague = replace(oak, id="vague", name="Vague", link=None, place=None)
    no_dates = tuple(replace(each, date=None, start=None) for each in rest[:3])
    vague = replace(vague, meetings=(first, replace(second, start=None), *no_dates, *rest[3:]))
    text = page(ours, of_teams(sample, oak, bare, alone, vague))
    assert said(text, "//section[@aria-labelledby='missing']").removeprefix("Still missing ") == (
        "No facilitator: Bare Only one facilitator: Alone No members: Bare No meetings: Bare "
        "No place and no link: Bare; Vague No date: Vague, meetings 3, 4 and 5 No hour: Vague, meeting 2"
    )
    tree = lxml.html.fromstring(text)
    links = tree.xpath("//section[@aria-labelledby='missing']//a/@href")
    assert links
    assert all(tree.xpath(f"//tr[@id='{link.removeprefix('#')}']") for link in links)
    assert said(text, "//td[@id='meeting-vague-2']").endswith("Thursday hour not fixed")
    assert said(text, "//td[@id='meeting-vague-4']").endswith("not fixed")
    assert said(text, "//tr[@id='team-bare']") == "Bare no facilitator no members no place, no link no meetings"
    assert "second facilitator not named" in said(text, "//tr[@id='team-alone']")


def test_nothing_missing_is_said(ours: Built, sample: Cohort) -> None:
    """A cohort without gaps is shown as having none."""
    assert "Still missing Nothing." in said(page(ours, of_teams(sample, sample.file.teams[0])))


def test_a_moved_meeting_says_from_where(ours: Built, sample: Cohort) -> None:
    """A moved meeting shows its last earlier start, as far as it differs from the present one."""
    oak = next(team for team in sample.file.teams if team.id == "garry-oak")
    first, second, third, *rest = oak.meetings
    early = Start(date=dt.date(2020, 12, 1), start=dt.time(9, 0))
    was = {
        first: (early, Start(date=dt.date(2021, 4, 14), start=dt.time(17, 30))),
        second: (Start(date=dt.date(2021, 5, 27), start=dt.time(18, 0)),),
        third: (early,),
    }
    moved = tuple(replace(each, was=starts) for each, starts in was.items())
    text = page(ours, of_teams(sample, replace(oak, meetings=(*moved, *rest))))
    told = [said(text, f"//td[@id='meeting-garry-oak-{n}']").partition("moved from ")[2] for n in (1, 2, 3, 4)]
    assert told == ["April 14", "6:00 pm", "December 1, 2020, 9:00 am", ""]


def test_years_are_told_where_there_are_two(ours: Built, sample: Cohort) -> None:
    """A cohort that runs into another year says the year of each meeting."""
    longer = of_teams(sample, *sample.file.teams, end=dt.date(2022, 1, 31))
    assert "April 23, 2021 Friday" in said(page(ours, longer))


def test_teams_may_meet_on_different_modules(ours: Built, sample: Cohort) -> None:
    """Where teams differ, each cell names its module; a team with fewer meetings has empty cells at the end."""
    one, two = sample.file.teams[:2]
    twice = replace(one.meetings[1], module=one.meetings[0].module, id="again")
    text = page(ours, of_teams(sample, replace(one, meetings=(one.meetings[0], twice)), two))
    heads = [" ".join(th.text_content().split()) for th in lxml.html.fromstring(text).xpath("//thead//th")]
    assert heads[2:5] == ["Meeting 1 Why we mentor", "Meeting 2", "Meeting 3 Bias and repair"]
    assert said(text, f"//td[@id='meeting-{one.id}-2']/p[@class='label']") == "2 Why we mentor"
    cells = lxml.html.fromstring(text).xpath(f"//tr[@id='team-{one.id}']/*")
    assert len(cells) == len(heads)


def test_files_are_linked_in_plain_words(ours: Built, sample: Cohort, tmp_path: Path) -> None:
    """Every file that was made is linked by its words, and leads there from where the page lies; others are not."""
    cohort = full(sample)
    files = made(cohort)
    for path in (path for paths in files.values() for path in paths):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    text = page(ours, cohort, files)
    hrefs = lxml.html.fromstring(text).xpath("//a/@href")
    beside = [unquote(href) for href in hrefs if not urlsplit(href).scheme and not href.startswith("#")]
    assert [path for path in beside if not (tmp_path / path).is_file()] == []
    assert sorted(beside) == sorted({path for paths in files.values() for path in paths} - {"index.html"})
    cell = "//tr[@id='team-team-1']/td[@class='files']"
    for aside in ("Northwest Cascade Internal Medicine 1", "Follow-up message "):
        text = text.replace(f'<span class="aside">, {aside}</span>', "").replace(
            f'<span class="aside">{aside}</span>', ""
        )
    assert said(text, cell).startswith(
        "Packet Large print Cards Calendar Sign in Follow-up messages 1 2 3 4 5 6 Certificates (2)"
    )
    assert said(text, "//section[@aria-labelledby='whole']") == "For the whole cohort Calendar of all teams"
    assert said(page(ours, cohort, {}), "//td[@class='files']") == ""


def test_follow_up_messages_stand_in_order(ours: Built, sample: Cohort) -> None:
    """The tenth message comes after the second, and a message without a number is linked by its name."""
    team = sample.file.teams[0]
    names = ("10-z", "2-c", "2-b", "1-a", "thanks")
    files = {team.id: tuple(f"{team.id}/follow-up/{name}.txt" for name in names)}
    links = lxml.html.fromstring(page(ours, sample, files)).xpath("//span[@class='numbers']/a/@href")
    assert [Path(link).stem for link in links] == ["1-a", "2-b", "2-c", "10-z", "thanks"]


def test_pairs_have_their_copies(ours: Built, sample: Cohort) -> None:
    """Each pair has its two names and its two copies; without pairs there is no table of them."""
    cohort = full(sample)
    row = said(page(ours, cohort, made(cohort)), "//table[@class='pairs']/tbody/tr[1]")
    assert row.startswith("Maximiliana Konstantinopolskaya-Featherstonehaugh and Student Mentor's copy")
    assert "Student's copy" in row
    assert "pairs" not in said(page(ours, sample))


def test_names_are_written_as_they_are(ours: Built, sample: Cohort) -> None:
    """Signs of HTML in any name, place or address are shown and never obeyed."""
    team = replace(
        sample.file.teams[0],
        name=NASTY,
        place=NASTY,
        phone=NASTY,
        link='https://example.org/"onclick="alert(1)',
        facilitators=(Person(name=NASTY, email='a"?subject=x&b@example.org'),),
    )
    pair = Pair(id="pair", mentor=Person(name=NASTY), student=Person(name=NASTY))
    files = {"": ("pairs/pair/mentor.pdf",), team.id: (f'{team.id}/a"#?%.pdf',)}
    text = page(ours, of_teams(sample, team, name=NASTY, pairs=(pair,)), files)
    tree = lxml.html.fromstring(text)
    assert not tree.xpath("//script | //main//*[@onclick] | //th//b")
    assert tree.xpath("//title")[0].text_content() == f"{NASTY}: overview for organizers"
    assert said(text, "//h1") == NASTY
    assert said(text, "//tbody/tr/th").startswith(NASTY)
    assert "mailto:a%22%3Fsubject%3Dx%26b@example.org" in text
    assert f"{team.id}/a%22%23%3F%25.pdf" in text


def test_same_cohort_same_bytes(ours: Built, sample: Cohort) -> None:
    """The page is the same whatever the order in which files are listed."""
    cohort = full(sample)
    files = made(cohort)
    turned = {key: tuple(reversed(files[key])) for key in reversed(files)}
    assert page(ours, cohort, files) == page(ours, cohort, turned)


def test_tables_are_told_well(ours: Built, sample: Cohort) -> None:
    """The page says its language and title; each table has a caption, and each head of it a scope; ids are unique."""
    cohort = full(sample)
    tree = lxml.html.fromstring(page(ours, cohort, made(cohort)))
    assert tree.xpath("/html/@lang") == ["en-US"]
    assert len(tree.xpath("//table/caption")) == len(tree.xpath("//table")) == 2
    assert not tree.xpath("//th[not(@scope)]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("which", ["sample", "full", "wide"])
def test_axe_finds_nothing(
    chrome: Browser, cohorts: Mapping[str, str], tmp_path: Path, which: str, viewport: Any
) -> None:
    """From a disk, in light and dark, no rule is broken, nothing is wider than the screen, and no host is asked."""
    (tmp_path / "index.html").write_text(cohorts[which], encoding="utf-8")
    with visiting(chrome, viewport=viewport) as visit:
        shown = visit.open((tmp_path / "index.html").as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        shown.locator("summary").first.click()
        assert faults_in_both_schemes(shown) == []
        assert visit.strangers + visit.complaints == []


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("which", ["sample", "full", "nine", "six"])
def test_it_prints_on_one_page(
    chrome: Browser, cohorts: Mapping[str, str], tmp_path: Path, which: str, paper: str
) -> None:
    """Up to thirteen teams of six meetings fit on one landscape page, with no text below 7.5 points."""
    (tmp_path / "index.html").write_text(cohorts[which], encoding="utf-8")
    with visiting(chrome) as visit:
        shown = visit.open((tmp_path / "index.html").as_uri())
        pdf = pypdfium2.PdfDocument(shown.pdf(format=paper, prefer_css_page_size=True))
        shown.emulate_media(media="print")
        sizes = shown.evaluate(
            "[...document.querySelectorAll('main *')].map(at => parseFloat(getComputedStyle(at).fontSize))"
        )
    assert len(pdf) == 1
    width, height = pdf[0].get_size()
    assert width > height
    assert min(sizes) >= 10  # CSS pixels: 7.5 points
    printed = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert len(re.findall(r"day, \d+:\d\d [ap]m", printed)) == len(re.findall(r"day, \d+:\d\d.[ap]m", cohorts[which]))
    assert "Packet" not in printed
    pdf.close()


def test_a_cancelled_meeting_and_a_team_that_joined_another_are_said_and_not_missed(
    ours: Built, sample: Cohort
) -> None:
    """A cancelled meeting is neither fixed nor missing; a team that joined another has its past alone, with a link."""
    first, second, *others = sample.file.teams
    called_off = replace(first.meetings[2], start=None, cancelled=True)
    first = replace(first, meetings=(*first.meetings[:2], called_off, *first.meetings[3:]))
    second = replace(second, facilitators=(), members=(), link=None, joined=first.id)
    text = page(ours, of_teams(sample, first, second, *others))
    assert "11 teams 60 members 70 of 71 meetings fixed" in said(text, "//header")
    assert said(text, f"//td[@id='meeting-{first.id}-3']").endswith("Cancelled: June 16 Wednesday")
    assert f"Now with {first.name}" in said(text, f"//tr[@id='team-{second.id}']")
    assert lxml.html.fromstring(text).xpath(f"//tr[@id='team-{second.id}']//a/@href")[0] == f"#team-{first.id}"
    assert second.name not in said(text, "//section[@aria-labelledby='missing']")
    assert first.name not in said(text, "//section[@aria-labelledby='missing']")


def test_a_team_with_a_place_of_its_own_says_which(ours: Built, sample: Cohort) -> None:
    """A team whose hours are those of another place says so in its row, and the table says that some do."""
    first, *others = sample.file.teams
    text = page(ours, of_teams(sample, replace(first, time_zone="America/Chicago"), *others))
    assert "Hours of America/Chicago" in said(text, f"//tr[@id='team-{first.id}']")
    assert "America/Los_Angeles, where a team names no other place." in said(text, "//caption[1]")
    assert "where a team names" not in page(ours, sample)
