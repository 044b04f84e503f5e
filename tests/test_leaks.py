"""What only a cohort may contain is found however it is written and wherever it is; `test_secrecy` says where."""

from __future__ import annotations

import dataclasses
import gzip
import html
import io
import json
import random
import unicodedata
import zipfile
from collections.abc import Iterable

import pytest
import typst
from counting import calls

from builder import leaks
from builder.leaks import Secrets
from builder.model.cohorts import Cohort, CohortFile, Member, Pair, Person, Team
from builder.problems import Problem, Problems

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
    student: {{name: "Lou Numbat", email: lou@mail.example.edu}}
"""

SECRETS = (
    "Wombat", "Bandicoot", "bandicoot", "quokka_mail", "quokka-4711", "555-0147", "5550147", "Wallaby", "Numbat",
    "lou@",
)  # fmt: skip
"""Pieces of what must not be said, in a message least of all."""


def cohort(public: tuple[str, ...] = (), **given: object) -> Cohort:
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
    return _cohort((team,), pairs, public)


def _cohort(teams: tuple[Team, ...], pairs: tuple[Pair, ...] = (), public: tuple[str, ...] = ()) -> Cohort:
    words = {"format": 1, "name": "T", "start": "", "end": "", "time_zone": "UTC", "meeting_minutes": 60}
    return Cohort(id="trial", path=PATH, file=CohortFile(**words, teams=teams, pairs=pairs, public=public))  # type: ignore[arg-type]


def found(files: Iterable[tuple[str, bytes]], secrets: Secrets | None = None) -> tuple[Problem, ...]:
    """What is reported about files."""
    problems = Problems()
    leaks.report_secrets(secrets or leaks.gather([cohort()]), files, leaks.IN_OUTPUT, problems)
    return tuple(problems)


def whats(text: str | bytes, name: str = "page.html", secrets: Secrets | None = None) -> set[str]:
    """What one file is reported to contain: the name of a facilitator, or the link, and so on."""
    data = text.encode() if isinstance(text, str) else text
    told = [problem.message.removeprefix("contains ") for problem in found([(name, data)], secrets)]
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
    "last, first": "O'Quokka-Wombat, Zo\u00eb",
    "last first": "O'Quokka-Wombat Zo\u00eb",
    "LAST First": "O'QUOKKA-WOMBAT Zo\u00eb",
    "last, first in small letters": "o'quokka-wombat, zo\u00eb",
    "last, title and first": "O'Quokka-Wombat, Dr. Zo\u00eb",
    "two fields": "Zo\u00eb,O'Quokka-Wombat",
    "two fields in quotation marks": '"O\'Quokka-Wombat";"Zo\u00eb"',
    "two cells": "| O'Quokka-Wombat | Zo\u00eb |",
    "two cells of HTML": "<td>O'Quokka-Wombat</td>\n                    <td>Zo\u00eb</td>",
    "two cells in small letters": "<td>zo\u00eb</td><td>o'quokka-wombat</td>",
    "two columns": "O'Quokka-Wombat\tZo\u00eb",
    "two elements": "<last>O'Quokka-Wombat</last><first>Zo\u00eb</first>",
    "two keys": '{"first": "Zo\u00eb", "last": "O\'Quokka-Wombat"}',
    "two lines of YAML": "family: O'Quokka-Wombat\n  given: Zo\u00eb",
    "a card": "N:O'Quokka-Wombat;Zo\u00eb;;;",
    "two comments": "# Zo\u00eb\n# O'Quokka-Wombat",
    "an initial in the middle": NAME.replace(" ", " M. "),
    "last, first and an initial": "O'Quokka-Wombat, Zo\u00eb M.",
    "what friends say": NAME.replace(" ", " \u201cZo\u201d "),
    "pronouns": NAME.replace(" ", " (she/her) "),
    "without accents": NAME.replace("\u00eb", "e"),
    "read as Latin-1": NAME.encode().decode("cp1252"),
    "without an apostrophe": NAME.replace("'", ""),
    "without a hyphen": NAME.replace("-", " "),
    "all in one": "ZoeOQuokkaWombat",
    "an account": "@zoeoquokkawombat",
    "an account at another host": "zoeoquokkawombat@mail.example.com",
    "points, hyphens, lines": "zoe.oquokka-wombat_",
    "an address on the web": "https://example.org/people/zoe-o-quokka-wombat/",
    "percent": NAME.replace(" ", "%20").replace("\u00eb", "%C3%AB"),
    "percent twice": NAME.replace(" ", "%2520"),
    "references twice": NAME.replace("Z", "&amp;#90;"),
    "letters for mathematics": "\U0001d419\U0001d428\u00eb O'Quokka-Wombat",
    "zero width": NAME.replace("kk", "k\u200bk"),
    "Markdown in a word": NAME.replace("kka", "k**k**a"),
    "another name in the middle": NAME.replace(" ", " Luise "),
    "a degree in a cell between": "| O'Quokka-Wombat | MD | Zo\u00eb |",
    "spaced letters": "Z o \u00eb  O'Quokka-W o m b a t",
    "a new line": NAME.replace(" ", "<br>"),
    "divided at the end of a line": NAME.replace("bat", "-\n bat"),
}


@pytest.mark.parametrize("written", NAMES.values(), ids=NAMES)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    """Capitals, order, what is between, forms of letters, references and tags hide no name."""
    assert whats(f"<p>Thanks to {written}.</p>", "page.md") == {"name"}


LONGER = {
    "Ann Marie Quixley": ("Ann Quixley", "Ann M. Quixley", "Quixley, Ann", "Quixley, Ann M."),
    "Ann M. Quixley": ("Ann Quixley", "Quixley, Ann"),
    "Dr. Ann Quixley MD": ("Ann Quixley", "Quixley, Ann"),
    "Quixley, Ann": ("Ann Quixley", "Quixley Ann"),
    "Ann Quixley (she/her)": ("Ann Quixley", "Quixley, Ann"),
    "Zo\u00eb M\u00fcller-\u00d8rsted": ("Zoe Muller-Orsted", "Zoe Mueller-Orsted", "Zoe_Muller_Orsted"),
    "Mar\u00eda de la Cruz": ("Maria de la Cruz", "de la Cruz, Maria", "Cruz, Maria de la"),
    "Gabriel Garc\u00eda M\u00e1rquez": ("Garcia Marquez, Gabriel", "GARCIA MARQUEZ Gabriel"),
    "Chlo\u00e9 Sa\u00efd Le Goff": ("Le Goff, Chloe Said",),
}


@pytest.mark.parametrize(("name", "written"), [(name, each) for name, ways in LONGER.items() for each in ways])
def test_a_name_of_several_words_is_found_in_its_shorter_forms(name: str, written: str) -> None:
    """Without what is in the middle, without titles and degrees, turned round at each place."""
    secrets = leaks.gather([cohort(facilitators=(Person(name=name),))])
    assert whats(f"<p>With {written}.</p>", secrets=secrets) == {"name"}


@pytest.mark.parametrize(
    "text",
    [
        "The young will learn.", "If you will. Young people do.", "Will a young person ask?", "a good will, young man",
        "<strong>Young</strong> and old", "young; will they", "images/young-willow.svg", "willyoung", "Willa Young",
        "Young. Will it help?", "the young-willed",
    ],
)  # fmt: skip
def test_words_that_are_names_too_are_words(text: str) -> None:
    """A name of two ordinary words is not seen in a sentence that has both, unless they are written as a name."""
    secrets = leaks.gather([cohort(facilitators=(Person(name="Will Young"),))])
    assert not whats(f"<p>{text}</p>", secrets=secrets)
    assert whats("<p>Young, Will</p><p>| Young | Will |</p>", secrets=secrets) == {"name"}


ADDRESSES = {
    "as it is": ADDRESS,
    "capitals": ADDRESS.upper(),
    "a link": f"<a href='mailto:{ADDRESS}?subject=x'>Write</a>",
    "percent": ADDRESS.replace("@", "%40"),
    "references": ADDRESS.replace("@", "&#64;").replace(".", "&#x2e;"),
    "end of a sentence": f"Write to {ADDRESS}.",
    "tags": ADDRESS.replace("@", "<span>@</span>"),
    "percent twice": ADDRESS.replace("@", "%2540"),
    "references twice": ADDRESS.replace("@", "&amp;#64;"),
    "in words": "quokka_mail at steps.example.edu",
    "all in words": "quokka_mail [at] steps [dot] example [dot] edu",
    "in round brackets": "quokka_mail(at)steps.example.edu",
    "spaces": "quokka_mail @ steps . example . edu",
    "two lines": "quokka_mail@\n    steps.example.edu",
    "two lines of a comment": "# quokka_mail@steps.\n#  example.edu",
    "pieces of a program": "'quokka_mail' + '@' + 'steps.example.edu'",
    "emphasis": f"_{ADDRESS}_",
    "escaped for Markdown": ADDRESS.replace("_", "\\_"),
    "angle brackets": f"<{ADDRESS}>",
    "a tag to sort mail by": ADDRESS.replace("@", "+mentors@"),
    "a card": f"EMAIL;TYPE=work:{ADDRESS}",
}


@pytest.mark.parametrize("written", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_found_however_it_is_written(written: str) -> None:
    """Capitals, references, percent signs, tags, words for its signs and ends of lines hide no e-mail address."""
    assert whats(f"<p>{written}</p>", "page.md") == {"e-mail address"}


@pytest.mark.parametrize(
    "written",
    [
        LINK,
        html.escape(LINK),
        LINK.upper(),
        LINK.removeprefix("https://"),
        f"({LINK}).",
        f"<a href='{LINK}#a'>here</a>",
        "meet.example.edu/rooms/quokka-4711",
        "www.meet.example.edu/rooms/quokka-4711/",
        "https://meet.example.edu/rooms/quokka-4711?x=1&key=Abc",
        "https://other.example.org/?to=https%3A%2F%2Fmeet.example.edu%2Frooms%2Fquokka-4711",
        "https://meet.example.edu/rooms/\n    quokka-4711",
        "room quokka-4711",
    ],
)
def test_a_link_is_found_however_it_is_written(written: str) -> None:
    """A meeting's link is found with and without its scheme, its `www` and its query, and so is its last part alone."""
    assert whats(f"<p>{written}</p>") == {"link"}


@pytest.mark.parametrize(
    "written",
    [
        "206-555-0147", "(206) 555-0147", "206.555.0147", "2065550147", "+1 206 555 0147", "1-206-555-0147",
        "+12065550147", "206\u00a0555\u20110147", "20 65 55 01 47", "tel:+1-206-555-0147", "<b>(206)</b> 555-0147",
        "206\u00ad555\u00ad0147", "\uff12\uff10\uff16 555 0147", "7 206 555 0147 9", "206-555-0147x12",
        "206\u00b7555\u00b70147", "206 | 555 | 0147", "206 / 555 / 0147", "206\u2013555\u20130147", "001 206 555 0147",
        "011-1-206-555-0147", "0012065550147", "555-0147", "2|0|6|5|5|5|0|1|4|7", "206-\n  555-0147",
        "<td>206</td>\n<td>555</td>\n<td>0147</td>", "\u0662\u0660\u0666 \u0665\u0665\u0665 \u0660\u0661\u0664\u0667",
    ],
)  # fmt: skip
def test_a_phone_number_is_found_however_it_is_written(written: str) -> None:
    """The digits count, and not what is between them or the 1 before them."""
    assert whats(f"<p>Call {written} now</p>") == {"phone number"}


@pytest.mark.parametrize(
    "written",
    [
        "Joann Leeds", "Cleo", "Library", "O'Quokka-Wombat", "Quincy. Dingo Bandicoot",
        "Z. O'Quokka-Wombat", "425-555-0147", "5550147", "a quincy dingo",
        "joe.quokka_mail@steps.example.edu", "bandicoot@mail.example.education", "quokka_mail@steps.example.edu.au",
        "https://meet.example.edu/rooms/other", "4206 555 01478", "12065550147999", "206-555-0148",
        "4711", "2021-04-01",
    ],
)  # fmt: skip
def test_what_is_something_else_is_not_found(written: str) -> None:
    """Parts of longer words, addresses and numbers, names of one word, places and dates are nobody's secret."""
    assert not whats(
        f"<p>{written}</p>", secrets=leaks.gather([cohort(), cohort(facilitators=(Person(name="Ann Lee"),))])
    )


ABROAD = {
    "+44 20 7946 0958": (
        "020 7946 0958",
        "+44 (0)20 7946 0958",
        "0044 20 7946 0958",
        "+442079460958",
        "(020) 7946.0958",
    ),
    "020 7946 0958": ("+44 20 7946 0958", "0044 20 7946 0958", "+442079460958", "00442079460958", "20 7946 0958"),
    "+49 30 123456-78": ("030 / 123 456 78", "0049 30 12345678"),
}


@pytest.mark.parametrize(("phone", "written"), [(phone, each) for phone, ways in ABROAD.items() for each in ways])
def test_a_phone_number_is_found_with_and_without_its_country(phone: str, written: str) -> None:
    """How one dials from abroad and within a country is one number."""
    assert whats(f"<p>{written}</p>", secrets=leaks.gather([cohort(phone=phone)])) == {"phone number"}


MEETING = {"link": "https://meet.steps.edu/j/8471623?pwd=AbC123", "phone": "206-555-0147, passcode 9917"}


@pytest.mark.parametrize(
    "written",
    ["www.meet.steps.edu/j/8471623", "zoommtg://meet.steps.edu/j/8471623", "meet.steps.edu/j/8471623?pwd=AbC123"],
)
def test_a_link_is_told_as_a_whole(written: str) -> None:
    """What stands before and after a link belongs to it, and the number and the passcode in it are not told apart."""
    secrets = leaks.gather([cohort(**MEETING)])
    assert whats(f"<p>{written}</p>", secrets=secrets) == {"link"}
    assert not whats("<p>other.meet.steps.edu/j/847162</p>", secrets=secrets)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Meeting ID: 847 1623", "number"), ("847-1623", "number"), ("confno=8471623&x", "number"),
        ("passcode: AbC123", "passcode"), ("AbC123", "passcode"), ("Passcode is 9917.", "passcode"),
        ("PIN 9917", "passcode"),
    ],
)  # fmt: skip
def test_the_number_and_the_passcode_of_a_meeting_are_secret_alone(written: str, what: str) -> None:
    """What is in a link or beside a telephone number is found without it."""
    secrets = leaks.gather([cohort(**MEETING)])
    assert whats(f"<p>{written}</p>", secrets=secrets) == {what}
    assert not whats("<p>9917, 847 16234, 1847 1623, 84 71 6 2 3, 8471623af0, AbC1234</p>", secrets=secrets)


def test_a_link_without_its_query_must_say_enough() -> None:
    """A link that is told from others by its query alone is sought with it, or other films would be meetings."""
    secrets = leaks.gather([cohort(link="https://video.steps.edu/watch?v=quokka1")])
    assert whats("<p>video.steps.edu/watch?v=quokka1&t=3</p>", secrets=secrets) == {"link"}
    assert not whats("<p>https://video.steps.edu/watch?v=wombat2</p>", secrets=secrets)


def test_titles_and_the_order_of_names_hide_nobody() -> None:
    """A name with titles is found without them, and one written with a comma is found in both orders."""
    told = {problem.message for problem in found([("a.txt", b"Ada Wallaby"), ("b.txt", b"Lou Numbat, Numbat, Lou")])}
    assert {message.partition(" (")[0] for message in told} == {
        "contains the name of the mentor of pair 'p1'",
        "contains the name of the student of pair 'p1'",
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
    assert told.message.startswith("contains on page 3 the name of a member of team 'garry-oak'")
    (told,) = found([("site/a.pdf", pdf(f"#set heading(bookmarked: true)\n#place(hide[= {MEMBER}])"))])
    assert "outline" in told.message or "page 1" in told.message


def test_what_cannot_be_read_is_told() -> None:
    """A damaged PDF, archive or packed file is a problem: nobody can say what it contains."""
    for name, data in (("a.pdf", b"%PDF-1.7 junk"), ("a.zip", b"PK\x03\x04junk"), ("a.gz", b"\x1f\x8bjunk")):
        (told,) = found([(name, data)])
        assert told.message.startswith("cannot be searched for what only a cohort may contain"), name


# What is told


def test_a_leak_is_told_with_its_place_and_without_itself() -> None:
    """A problem names the public file, the line, what it is, whose, and the cohort's file; never the value."""
    (told,) = found([("site/x.html", b"<p>\n<p\nid='a'>Write</p>\n<i>Quincy</i> Dingo <i>Bandicoot</i></p>")])
    assert str(told) == (
        "site/x.html:4:4: contains the name of a member of team 'garry-oak' "
        f"({PATH}; nothing of a cohort may be public)"
    )
    (told,) = found([("site/assets/quincy-dingo-bandicoot.jpg", b"")])
    assert str(told).startswith("site/assets:1:1: contains in the name of a file the name of a member")
    for problem in found([("site/quincy-dingo_bandicoot.txt", f"{NAME} {MEMBER} {ADDRESS} {LINK} {PHONE}".encode())]):
        assert not [secret for secret in SECRETS if secret.lower() in str(problem).lower()]


def test_what_stands_on_every_page_is_told_five_times() -> None:
    """A value in many files is reported for the first five, with the number of the others."""
    told = found((f"site/{number:02}.html", MEMBER.encode()) for number in range(40))
    assert [problem.place.path for problem in told] == [f"site/{number:02}.html" for number in range(5)]
    assert told[-1].message.endswith("; 35 more places too)")


def test_each_line_of_a_file_is_told_once() -> None:
    """Line and column are those of the file, whatever was undone to read it, and a line is told once for each value."""
    text = f"One\n&nbsp;&euml; {MEMBER} and {MEMBER}\n\n| \\u00e9 | {ADDRESS.replace('@', '&#64;')} |\n{MEMBER}\n"
    places = [(problem.place.line, problem.place.column) for problem in found([("page.md", text.encode())])]
    assert places == [(2, 14), (4, 12), (5, 1)]


def test_a_name_in_an_address_is_told_as_the_address() -> None:
    """What is part of a longer secret is not reported again, also where the longer one may be public."""
    person = Person(name="Quincy Dingo", email="quincy.dingo@steps.example.edu")
    assert whats("<p>quincy.dingo@steps.example.edu</p>", secrets=leaks.gather([cohort(facilitators=(person,))])) == {
        "e-mail address"
    }
    allowing = cohort(facilitators=(person,), public=("Quincy.Dingo@steps.example.edu",))
    assert not whats("<p>quincy.dingo@steps.example.edu</p>", secrets=leaks.gather([allowing]))
    assert whats("<p>Quincy Dingo</p>", secrets=leaks.gather([allowing])) == {"name"}


def test_what_a_cohort_allows_is_no_secret_of_it() -> None:
    """A value that the cohort's file lists is let through in every form; of another cohort it stays secret."""
    allowing = cohort(public=(MEMBER, PHONE))
    secrets = leaks.gather([allowing])
    assert not whats(f"{MEMBER.upper()}, Bandicoot, Quincy Dingo, 206.555.0147", secrets=secrets)
    assert whats(f"{NAME} {LINK} {MEMBER}", secrets=secrets) == {"name", "link"}
    other = dataclasses.replace(cohort(), path="cohorts/other/cohort.yml")
    for both in ([allowing, other], [other, allowing]):
        assert whats(MEMBER, secrets=leaks.gather(both)) == {"name"}


def test_people_who_are_public_are_let_through() -> None:
    """A text that is public lets through what it holds, as whole values, and nothing that two of its entries form."""
    secrets = leaks.gather([cohort()]).but([f"{MEMBER} {ADDRESS}", "Ada", "Wallaby"])
    assert not whats(f"{MEMBER} {ADDRESS}", secrets=secrets)
    assert whats("Ada Wallaby", secrets=secrets) == {"name"}


@pytest.mark.slow("makes hundreds of teams")
def test_more_teams_take_no_more_of_a_search() -> None:
    """Seven thousand people take the work of seventy in a text of common first names, and one of them is found."""
    dice = random.Random(1)
    letters = [f"{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(300)]
    given = [f"G{each}ven" for each in letters]
    family = [f"F{each}mily" for each in letters]

    def people(team: int, count: int, kind: type) -> tuple[object, ...]:
        names = (f"{dice.choice(given)} {dice.choice(family)}" for _ in range(count))
        return tuple(kind(name=name, email=f"{at}.{team}@mail.example.edu") for at, name in enumerate(names))

    def secrets(count: int) -> Secrets:
        teams = [
            Team(
                id=f"t{team}", name="T",
                facilitators=people(team, 2, Person), members=people(100_000 + team, 5, Member),
                link=f"https://meet.example.edu/j/{team}", phone=f"206 {team + 2_000_000}",
            )
            for team in range(count)
        ]  # fmt: skip
        return leaks.gather([_cohort(tuple(teams))])

    text = " ".join(dice.choice([*given, "word", "https://meet.example.edu"]) for _ in range(20_000))
    page = f"<p>{text}</p><p>https://meet.example.edu/j/5 4.100005@mail.example.edu</p>" + "x <b>y</b> " * 8_000
    few, many = secrets(10), secrets(1000)
    assert whats(page, secrets=many) == whats(page, secrets=few) == {"link", "e-mail address"}
    assert calls(lambda: whats(page, secrets=many)) < 1.1 * calls(lambda: whats(page, secrets=few))
