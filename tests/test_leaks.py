"""Nothing of a team becomes public: what only a cohort may hold is looked for in every byte before it is published."""

from __future__ import annotations

import gzip
import html
import io
import json
import os
import random
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import typst
from conftest import ROOT, Project
from output import differing, everything, small, tree

from builder import leaks
from builder.leaks import Secrets
from builder.problems import Problem, Problems
from builder.teams import Cohort, CohortFile, Member, Pair, Person, Team

PATH = "cohorts/trial/cohort.yml"

NAME = "Zoë O'Quokka-Wombat"
MEMBER = "Quincy Dingo Bandicoot"
ADDRESS = "quokka_mail@steps.example.edu"
LINK = "https://meet.example.edu/rooms/quokka-4711?key=Abc&x=1"
PHONE = "+1 (206) 555-0147, code 4711"

PEOPLE = f"""format: 1
name: Quokkacohort
start: 2021-03-01
end: 2021-11-30
time_zone: America/Los_Angeles
meeting_minutes: 60
teams:
  - id: garry-oak
    name: Quokkateam
    facilitators:
      - {{name: "{NAME}", email: {ADDRESS}}}
      - {{name: Cleo, email: cleo@steps.example.edu}}
    members:
      - {{name: {MEMBER}, email: bandicoot@mail.example.edu}}
    place: Quokkaplace
    link: "{LINK}"
    phone: "{PHONE}"
    meetings:
      - {{module: first-steps, date: 2021-04-01, start: "17:30"}}
pairs:
  - id: p1
    mentor: {{name: "Dr. Ada Wallaby, MD"}}
    student: {{name: "Numbat, Lou", email: lou@mail.example.edu}}
"""

SECRETS = (
    "Wombat", "Bandicoot", "bandicoot", "quokka_mail", "quokka-4711", "555-0147", "5550147", "Wallaby", "Numbat",
    "lou@",
)  # fmt: skip
"""Pieces of what must not be said, in a message least of all."""


def cohort(**given: object) -> Cohort:
    """Give a cohort with one team, of the words that a test is about."""
    people = {
        "facilitators": (Person(name=NAME, email=ADDRESS), Person(name="Cleo", email="cleo@steps.example.edu")),
        "members": (Member(name=MEMBER, email="bandicoot@mail.example.edu"),),
        "link": LINK,
        "phone": PHONE,
        "place": "Library",
    }
    team = Team(id="garry-oak", name="Garry Oak", **{**people, **given})  # type: ignore[arg-type]
    pairs = (Pair(id="p1", mentor=Person(name="Dr. Ada Wallaby, MD"), student=Person(name="Numbat, Lou")),)
    return _cohort((team,), pairs)


def _cohort(teams: tuple[Team, ...], pairs: tuple[Pair, ...] = ()) -> Cohort:
    words = {"format": 1, "name": "T", "start": "", "end": "", "time_zone": "UTC", "meeting_minutes": 60}
    return Cohort(id="trial", path=PATH, file=CohortFile(**words, teams=teams, pairs=pairs))  # type: ignore[arg-type]


def found(files: Iterable[tuple[str, bytes]], secrets: Secrets | None = None) -> tuple[Problem, ...]:
    """What is told of files."""
    problems = Problems()
    leaks.tell(secrets or leaks.gather([cohort()]), files, leaks.IN_OUTPUT, problems)
    return tuple(problems)


def whats(text: str | bytes, name: str = "page.html", secrets: Secrets | None = None) -> set[str]:
    """Of one file, what it is told to hold: the name of a facilitator, or the link, and so on."""
    data = text.encode() if isinstance(text, str) else text
    told = [problem.message.removeprefix("holds ") for problem in found([(name, data)], secrets)]
    return {message.partition(" of ")[0].rpartition("the ")[2] for message in told}


def pdf(text: str, **about: str) -> bytes:
    """Make a small PDF by the typesetter."""
    said = ", ".join(f'{key}: "{value}"' for key, value in about.items())
    setting = f"#set document({said})\n#set page(width: 6cm)\n#set par(justify: true)\n#set text(hyphenate: true)\n"
    return typst.compile((setting + text).encode())


# Ways to write what is looked for

NAMES = {
    "as it is": NAME,
    "capitals": NAME.upper(),
    "decomposed letters": unicodedata.normalize("NFD", NAME),
    "typographic apostrophe": NAME.replace("'", "\u2019"),
    "apostrophe as a reference": NAME.replace("'", "&rsquo;").replace("\u00eb", "&euml;"),
    "numeric references": "".join(f"&#{ord(letter)};" for letter in NAME),
    "non-breaking space and hyphen": NAME.replace(" ", "\u00a0").replace("-", "\u2011"),
    "a run of space": NAME.replace(" ", " \n\t  "),
    "soft hyphens": NAME.replace("kk", "k\u00adk").replace("mb", "m&shy;b"),
    "ligatures and wide letters": NAME.replace("W", "\uff37"),
    "tags between words": NAME.replace(" ", "</td>\n<td class='x'>"),
    "tags within a word": NAME.replace("Qu", "<b>Qu</b>").replace("bat", "<wbr>b<i\n>at</i>"),
    "a tag and letters before": f"<p>before</p><p><em>{NAME[:3]}</em>{NAME[3:]}</p><p>after</p>",
    "an attribute": f'<meta name="author" content="{html.escape(NAME)}">',
    "a comment": f"<!-- {NAME} -->",
    "emphasis": f"_{NAME}_ and **more**",
}


@pytest.mark.parametrize("written", NAMES.values(), ids=NAMES)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    """Capitals, white space, forms of letters, apostrophes, references and tags hide no name."""
    assert whats(f"<p>Thanks to {written}.</p>") == {"name"}


ADDRESSES = {
    "as it is": ADDRESS,
    "capitals": ADDRESS.upper(),
    "a link": f"<a href='mailto:{ADDRESS}?subject=x'>Write</a>",
    "percent": ADDRESS.replace("@", "%40"),
    "references": ADDRESS.replace("@", "&#64;").replace(".", "&#x2e;"),
    "end of a sentence": f"Write to {ADDRESS}.",
    "tags": ADDRESS.replace("@", "<span>@</span>"),
}


@pytest.mark.parametrize("written", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_found_however_it_is_written(written: str) -> None:
    """Capitals, references, percent signs and tags hide no e-mail address."""
    assert whats(f"<p>{written}</p>") == {"e-mail address"}


@pytest.mark.parametrize(
    "written",
    [
        LINK,
        html.escape(LINK),
        LINK.upper(),
        LINK.removeprefix("https://"),
        f"({LINK}).",
        f"<a href='{LINK}#a'>here</a>",
    ],
)
def test_a_link_is_found_however_it_is_written(written: str) -> None:
    """A meeting's link is found in text and in attributes, with and without its scheme."""
    assert whats(f"<p>{written}</p>") == {"link"}


@pytest.mark.parametrize(
    "written",
    [
        "206-555-0147", "(206) 555-0147", "206.555.0147", "2065550147", "+1 206 555 0147", "1-206-555-0147",
        "+12065550147", "206\u00a0555\u20110147", "20 65 55 01 47", "tel:+1-206-555-0147", "<b>(206)</b> 555-0147",
        "206\u00ad555\u00ad0147", "\uff12\uff10\uff16 555 0147", "7 206 555 0147 9", "206-555-0147x12",
    ],
)  # fmt: skip
def test_a_phone_number_is_found_however_it_is_written(written: str) -> None:
    """The digits count, and not what stands between them or the 1 before them."""
    assert whats(f"<p>Call {written} now</p>") == {"phone number"}


@pytest.mark.parametrize(
    "written",
    [
        "Joann Leeds", "Cleo", "Library", "O'Quokka-Wombat", "Quincy Dingo", "Quincy, Dingo Bandicoot",
        "joe.quokka_mail@steps.example.edu", "quokka_mail@steps.example.education", "quokka_mail@steps.example.edu.au",
        "https://meet.example.edu/rooms/other", "4206 555 01478", "12065550147999", "206-555-0148", "a2065550147",
        "4711", "2021-04-01",
    ],
)  # fmt: skip
def test_what_is_something_else_is_not_found(written: str) -> None:
    """Parts of longer words, addresses and numbers, names of one word, places and dates are nobody's secret."""
    assert not whats(
        f"<p>{written}</p>", secrets=leaks.gather([cohort(), cohort(facilitators=(Person(name="Ann Lee"),))])
    )


def test_titles_and_the_order_of_names_hide_nobody() -> None:
    """A name with titles is found without them, and one written with a comma is found in both orders."""
    told = {problem.message for problem in found([("a.txt", b"Ada Wallaby"), ("b.txt", b"Lou Numbat, Numbat, Lou")])}
    assert {message.partition(" (")[0] for message in told} == {
        "holds the name of the mentor of pair 'p1'",
        "holds the name of the student of pair 'p1'",
    }


# Kinds of files


def test_packed_and_escaped_files_are_read() -> None:
    """Escapes of programs, packed files, archives, folded calendars and other encodings hide nothing."""
    escaped = json.dumps({"text": f"<b>Qui</b>ncy Dingo Bandicoot {ADDRESS}"}, ensure_ascii=True)
    assert whats(escaped, "search_index.json") == {"name", "e-mail address"}
    assert whats(f"var __index = {json.dumps(NAME)}", "search_index.js") == {"name"}
    assert whats("'\\x51uincy\\u{20}Dingo\\nBandicoot'", "x.js") == {"name"}
    assert whats(gzip.compress(f"<loc>{LINK}</loc>".replace("&", "&amp;").encode()), "sitemap.xml.gz") == {"link"}
    assert whats("ATTENDEE;CN=Quincy Dingo Bandi\r\n coot:mailto:quokka_mail@st\r\n eps.example.edu", "a.ics") == {
        "name",
        "e-mail address",
    }
    assert whats(MEMBER.encode("utf-16"), "notes.txt") == {"name"}
    assert whats(b"\x89PNG\r\n\x1a\n\0\xfftEXtAuthor\0" + MEMBER.encode() + b"\0\xd8\xff", "a.png") == {"name"}
    roster = io.BytesIO()
    with zipfile.ZipFile(roster, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{MEMBER}</t><t>206 555 0147</t>")
    assert whats(roster.getvalue(), "roster.xlsx") == {"name", "phone number"}


def test_a_pdf_is_read_in_all_its_parts() -> None:
    """A PDF's pages, metadata, outline, addresses and attachments are read, over the ends of lines too."""
    long = "internationalization notwithstanding considerations "
    assert whats(pdf(f"{long} of Quincy Dingo Bandicoot, {long}"), "a.pdf") == {"name"}
    assert whats(pdf(long * 3 + LINK.replace("//", "\\/\\/") + f" {long}"), "a.pdf") == {"link"}
    for width in range(0, 24, 3):
        assert whats(pdf(f"#h({width}mm)Quincy Dingo Bandicoot"), "a.pdf") == {"name"}, width
        assert whats(pdf(f"#h({width}mm) {ADDRESS}".replace("@", "\\@").replace("_", "\\_")), "a.pdf") == {
            "e-mail address"
        }
    assert whats(pdf("Text", author=MEMBER), "a.pdf") == {"name"}
    assert whats(pdf(f'Text #link("mailto:{ADDRESS}")[here]'), "a.pdf") == {"e-mail address"}
    assert whats(pdf(f'#pdf.attach("notes.txt", bytes("{MEMBER}"))'), "a.pdf") == {"name"}
    (told,) = found([("site/a.pdf", pdf(f"One #pagebreak() Two #pagebreak() {MEMBER}"))])
    assert told.message.startswith("holds on page 3 the name of a member of team 'garry-oak'")
    (told,) = found([("site/a.pdf", pdf(f"#set heading(bookmarked: true)\n#place(hide[= {MEMBER}])"))])
    assert "outline" in told.message or "page 1" in told.message


def test_what_cannot_be_read_is_told() -> None:
    """A damaged PDF, archive or packed file is a problem: nobody can say what it holds."""
    for name, data in (("a.pdf", b"%PDF-1.7 junk"), ("a.zip", b"PK\x03\x04junk"), ("a.gz", b"\x1f\x8bjunk")):
        (told,) = found([(name, data)])
        assert told.message.startswith("cannot be searched for what only a cohort may hold"), name


# What is told


def test_a_leak_is_told_with_its_place_and_without_itself() -> None:
    """A problem names the public file, the line, what it is, whose, and the cohort's file; never the value."""
    (told,) = found([("site/x.html", b"<p>\n<p\nid='a'>Write</p>\n<i>Quincy</i> Dingo <i>Bandicoot</i></p>")])
    assert str(told) == (
        f"site/x.html:4:1: holds the name of a member of team 'garry-oak' ({PATH}; nothing of a cohort may be public)"
    )
    (told,) = found([("site/assets/quincy-dingo-bandicoot.jpg", b"")])
    assert str(told).startswith("site/assets:1:1: holds in the name of a file the name of a member")
    for problem in found([("site/quincy-dingo_bandicoot.txt", f"{NAME} {MEMBER} {ADDRESS} {LINK} {PHONE}".encode())]):
        assert not [secret for secret in SECRETS if secret.lower() in str(problem).lower()]


def test_what_stands_on_every_page_is_told_five_times() -> None:
    """A value in many files is told for the first five, with the number of the others."""
    told = found((f"site/{number:02}.html", MEMBER.encode()) for number in range(40))
    assert [problem.place.path for problem in told] == [f"site/{number:02}.html" for number in range(5)]
    assert told[-1].message.endswith("; 35 more files too)")


def test_what_public_sources_hold_is_no_secret() -> None:
    """A value that stands in a public source, in any of its forms, is not looked for; all others are."""
    public = {"docs/about.md": f"Thanks to **Quincy** Dingo\nBandicoot. Call 206.555.0147.\n{ADDRESS.upper()}"}
    secrets = leaks.gather([cohort()], public)
    assert not whats(f"{MEMBER} {ADDRESS} {PHONE}", secrets=secrets)
    assert whats(f"{NAME} {LINK} {MEMBER}", secrets=secrets) == {"name", "link"}


def test_a_thousand_teams_are_looked_for_in_a_moment() -> None:
    """Seven thousand people are found in a megabyte of text in little more than the time for seven."""
    dice = random.Random(1)
    given = [f"G{at}ven" for at in range(300)]
    family = [f"F{at}mily" for at in range(300)]

    def people(team: int, count: int, kind: type) -> tuple[object, ...]:
        names = (f"{dice.choice(given)} {dice.choice(family)}" for _ in range(count))
        return tuple(kind(name=name, email=f"{at}.{team}@mail.example.edu") for at, name in enumerate(names))

    teams = [
        Team(
            id=f"t{team}", name="T", facilitators=people(team, 2, Person), members=people(100_000 + team, 5, Member),
            link=f"https://meet.example.edu/j/{team}", phone=f"206 {team + 2_000_000}",
        )
        for team in range(1000)
    ]  # fmt: skip
    secrets = leaks.gather([_cohort(tuple(teams))])
    text = " ".join(
        dice.choice([*given[:100], *family[:100], "word", "https://meet.example.edu"]) for _ in range(20_000)
    )
    started = time.perf_counter()
    told = whats(
        f"<p>{text}</p><p>{teams[500].link} 4.100500@mail.example.edu</p>" + "x <b>y</b> " * 80_000, secrets=secrets
    )
    assert {"link", "e-mail address"} <= told
    assert time.perf_counter() - started < 5


# Every build


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum with a cohort whose people have full names, to be broken."""
    made = small(tmp_path / "project")
    made.write(PATH, PEOPLE)
    return made


def mkdocs(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the site's host alone."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *arguments],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(project: Project) -> dict[str, str]:
    """Put leaks where nothing else checks; answer the public places, and what must be told of each."""
    project.write("docs/assets/list.txt", f"Numbers\nWrite to {ADDRESS}\n")
    project.write("docs/assets/javascripts/more.js", "const who = 'Quincy\\u0020Dingo B\\x61ndicoot';\n")
    project.write("docs/assets/numbers.html", "<p><b>(206)</b> 555<b>.0147</b></p>")
    (project.root / "docs/assets/sheet.pdf").write_bytes(pdf("A sheet", author="Ada Wallaby"))
    (project.root / "docs/assets/poster.pdf").write_bytes(
        pdf(f"One #pagebreak() Come to {LINK.replace('//', '/' + chr(92) + '/')}")
    )
    return {
        "assets/list.txt:2:1": "the e-mail address of a facilitator of team 'garry-oak'",
        "assets/javascripts/more.js:1:1": "the name of a member of team 'garry-oak'",
        "assets/numbers.html:1:1": "the phone number of team 'garry-oak'",
        "assets/sheet.pdf:1:1": "the name of the mentor of pair 'p1'",
        "assets/poster.pdf:1:1": "holds on page 2 the link of team 'garry-oak'",
    }


def assert_told(done: subprocess.CompletedProcess[str], places: dict[str, str], folder: str) -> None:
    """The command ended with code 1, told each place, and said no secret."""
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    for place, what in places.items():
        (line,) = [line for line in said.splitlines() if f"{folder}/{place}: " in line]
        assert what in line
        assert f"({PATH}; nothing of a cohort may be public" in line
    assert not [secret for secret in SECRETS if secret in said]


def test_every_command_stops_at_leaks_and_leaves_what_was_there(project: Project) -> None:
    """Site, stage, packets beside the site, and the host alone: all leaks are told, and nothing has changed."""
    for command in (("build",), ("stage", "made")):
        assert project.run(*command).returncode == 0
    places = plant(project)
    before = tree(project.root)
    assert_told(project.run("build"), places, "site")
    assert_told(project.run("build", "--packets"), places, "site")
    assert_told(project.run("stage", "made"), places, "made/docs")
    assert_told(mkdocs(project), places, "site")
    assert not differing(tree(project.root), before)


def test_what_the_hosts_settings_say_is_looked_at(project: Project) -> None:
    """A name that only the host puts on each page is told by the command before anything changes, and by the host."""
    assert project.run("build").returncode == 0
    before = tree(project.root / "site")
    project.replace("mkdocs.yml", "docs_dir: docs", f"docs_dir: docs\nsite_author: {MEMBER}")
    done = project.run("build")
    assert_told(done, {"404.html:1:1": "the name of a member"} if "404.html:1:1" in done.stderr else {}, "site")
    assert done.stderr.count("holds the name of a member of team 'garry-oak'") == leaks.TOLD
    assert not differing(tree(project.root / "site"), before)
    assert_told(project.run("stage", "made"), {}, "made")
    assert not (project.root / "made").exists()
    done = mkdocs(project)
    assert done.returncode == 1
    assert "must not be published" in done.stdout + done.stderr
    assert MEMBER not in done.stdout + done.stderr


def test_cohorts_may_lie_anywhere(project: Project, tmp_path: Path) -> None:
    """The folder that an option names is looked through, and its packets are made; without a cohort nothing stops."""
    plant(project)
    (project.root / "cohorts").rename(tmp_path / "private")
    assert project.run("build").returncode == 0
    assert mkdocs(project).returncode == 0
    for command in (("build",), ("stage", "made")):
        done = project.run(*command, "--cohorts", "../private")
        assert done.returncode == 1
        assert "assets/list.txt:2:1: holds the e-mail address" in done.stderr
    for name in ("list.txt", "javascripts/more.js", "numbers.html", "sheet.pdf", "poster.pdf"):
        (project.root / "docs/assets" / name).unlink()
    done = project.run("build", "--packets", "--cohorts", "../private")
    assert done.returncode == 0, done.stderr
    assert (project.root / "packets/trial/garry-oak/packet.pdf").is_file()
    done = project.run("build", "--cohorts", "../nowhere")
    assert done.returncode == 1
    assert "no such folder of cohorts" in done.stderr


def test_a_broken_cohort_stops_the_site(project: Project) -> None:
    """What cannot be read cannot be looked for: no site is made, and the problems and the reason are told."""
    assert project.run("build").returncode == 0
    before = tree(project.root / "site")
    project.write(PATH, "format: 1\nname: [broken\n")
    for done in (project.run("build"), project.run("stage", "made"), mkdocs(project)):
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"{PATH}:" in said
        assert "cohorts that cannot be read cannot be kept out of what is public" in said
    assert not differing(tree(project.root / "site"), before)
    assert not (project.root / "made").exists()


def test_public_words_may_be_public(project: Project) -> None:
    """The address of the contact who also facilitates, and a name on the page about the project, stop nothing."""
    text = project.read("modules/curriculum.yml")
    address = next(line.partition("email:")[2].strip() for line in text.splitlines() if "email:" in line)
    project.replace(PATH, ADDRESS, address)
    project.write(
        "docs/about.md", project.read("docs/about.md") + f"\nThanks to *Quincy* Dingo Bandicoot and {NAME}.\n"
    )
    project.write("docs/assets/thanks.txt", f"{MEMBER}, {NAME}, {address}\n")
    for done in (project.run("build"), project.run("stage", "made"), mkdocs(project)):
        assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_of_a_cohort_is_in_anything_public(project: Project) -> None:
    """No byte of site or stage holds a person, address, link, number, team, place or day of a cohort."""
    project.replace(PATH, "2021-04-01", "2021-07-19")
    for command in (("build", "--packets"), ("stage", "made")):
        assert project.run(*command).returncode == 0
    canaries = (*SECRETS, "uokka", "Dingo", "2021-07-19", "July 19", "Cleo", "cleo@", "garry-oak")
    for folder in ("site", "made"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.is_file():
                held = everything(path)
                assert not [canary for canary in canaries if canary in held or canary in path.name], path
    packet = everything(project.root / "packets/trial/garry-oak/packet.pdf")
    for canary in ("Wombat", "Bandicoot", "Quokkaplace", "quokka-4711", "July 19"):
        assert canary in packet, canary
