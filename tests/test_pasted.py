"""What is pasted without a gap, meetings by their id alone, halves of double names, and names that are words."""

from __future__ import annotations

import pytest
from counting import calls
from test_leaks import cohort, found, whats

from builder import leaks
from builder.leaks import Secrets
from builder.model.cohorts import Member, Person
from builder.problems import Place, Problem, Problems

TOKEN = "NmQyZjA1YjQtOWQ4Yy00ZTU3LWIxYzMtNGE5ODc2NTQzMjEw"
TEAMS = (
    f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{TOKEN}%40thread.v2/0?context=%7b%22Tid%22%3a%22aa11%22%7d"
)
MAIL = "ann.quixley@steps.example.edu"


def pasted(**given: object) -> Secrets:
    """Give what is secret of a cohort whose facilitator has a plain name, an address of two words, and a number."""
    people = {
        "facilitators": (Person(name="Ann Quixley", email=MAIL),),
        "members": (Member(name="Zoe M\u00fcller-\u00d8rsted", email="bandicoot@mail.example.edu"),),
        "phone": "+1 206-555-0134",
        "link": TEAMS,
    }
    return leaks.gather([cohort(**{**people, **given})])


# Without a gap

GLUED = {
    f"Ann Quixley206-555-0134{MAIL}Yes": {"name", "phone number", "e-mail address"},
    f"Ann Quixley2065550134{MAIL}206": {"name", "phone number", "e-mail address"},
    f"Ann Quixley{MAIL}": {"name", "e-mail address"},
    f"Ann Quixleyhttps://meet.example.edu or mail{MAIL}No": {"name", "e-mail address"},
    "Ann QuixleyFacilitator": {"name"},
    "FacilitatorAnn QuixleyYes": {"name"},
    "Ann QuixleyZora Placeholder": {"name"},
    "By Ann Quixley1 and others": {"name"},
    "By Ann Quixley\u00b9 and others": {"name"},
    "By Ann<sup>2</sup> Quixley<sup>1</sup>": {"name"},
    "1Ann Quixley, 2Zora Placeholder": {"name"},
    "12Quixley, Ann34": {"name"},
    "Phone206-555-0134": {"phone number"},
    "206-555-0134cell": {"phone number"},
    "Tel.206-555-0134ext12": {"phone number"},
    "h2065550134w": {"phone number"},
    "ID5550134 and 555-0134cell": {"phone number"},
    f"206-555-0134{MAIL}": {"phone number", "e-mail address"},
    "0134bandicoot@mail.example.edu": {"e-mail address"},
    "bandicoot@mail.example.edu206": {"e-mail address"},
    "bandicoot@mail.example.eduYes": {"e-mail address"},
    "bandicoot@mail.example.edu.Then": {"e-mail address"},
    f"Yes{MAIL}": {"e-mail address"},
    f"mail{MAIL}mail": {"e-mail address"},
    f"Ann Quixleymailto:{MAIL}": {"name", "e-mail address"},
    "Ann[^1] Quixley[^2]": {"name"},
    f"206.{MAIL}": {"e-mail address"},
}


@pytest.mark.parametrize("written", GLUED)
def test_what_is_pasted_without_a_gap_is_found(written: str) -> None:
    """Letters beside digits, and a capital after a small letter, end one value and begin the next."""
    assert whats(f"<p>{written}</p>", "page.md", pasted()) == GLUED[written]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Ann Quixley2.jpg", "name"), ("ann-quixley2.jpg", "name"), ("1ann-quixley.md", "name"),
        ("annquixley2.png", "name"),
        ("IMG2065550134.png", "phone number"), ("2026AnnQuixley.txt", "name"), ("ann_quixley_v2final.docx", "name"),
    ],
)  # fmt: skip
def test_a_file_is_numbered_and_named(name: str, what: str) -> None:
    """A number that programs put before or after the name of a file hides nobody."""
    (told,) = found([(f"docs/{name}", b"")], pasted())
    assert f"in the name of a file the {what} of" in told.message


@pytest.mark.parametrize(
    "written",
    [
        "Joann Quixley", "JoAnn Quixley", "DeAnn Quixley", "Ann Quixleys", "xbandicoot@mail.example.edu",
        "bandicoot@mail.example.education",
        "bandicoot@mail.example.edu.au", "BANDICOOT@MAIL.EXAMPLE.EDU.AU",
        "12065550134999",
        "sha256-af5550134be", "f5550134", "5550134a7", "Ann2 Quixleyest", "annquixley",
    ],
)  # fmt: skip
def test_a_longer_word_number_or_address_is_another(written: str) -> None:
    """Letters after letters and digits after digits go on, and so does a checksum around a short number."""
    assert not whats(f"<p>{written}</p>", "page.md", pasted(phone="555-0134"))


# Accounts


@pytest.mark.parametrize(
    "written",
    [
        "https://x.edu/people/annquixley",
        "https://x.edu/~quixley-ann/",
        "x.edu/AnnQuixley7",
        "x.edu/in/quixleyann?x=1",
        "x.edu/?u=annquixley",
    ],
)
def test_a_page_of_a_person_is_found_by_its_address(written: str) -> None:
    """A part of an address that is a name, as one word or as two, is that name."""
    assert whats(f"<a href='{written}'>x</a>", secrets=pasted()) == {"name"}


# Meetings by what identifies them

IDS = {
    "urldefense 3": f"https://urldefense.com/v3/__https://teams.microsoft.com/l/meetup-join/19*3ameeting_{TOKEN}*40thread.v2/0?context=x__;JSU!!K-Hz$",
    "urldefense 2": f"https://urldefense.proofpoint.com/v2/url?u=https-3A__teams.microsoft.com_l_meetup-2Djoin_19-253ameeting-5F{TOKEN}-2540thread.v2_0&d=x",
    "percent within percent": f"https://urldefense.com/?u=19-253ameeting_{TOKEN}-2540thread.v2",
    "safelinks": f"https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253ameeting_{TOKEN}%2540thread.v2%2F0&data=x",
    "alone": f"The meeting is 19:meeting_{TOKEN}@thread.v2 in Teams.",
    "the token alone": TOKEN,
    "a program's address": f"msteams:/l/meetup-join/19:meeting_{TOKEN}@thread.v2/0",
    "without its end": f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{TOKEN}%40thread.v2",
    "in the second version": f"https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_{TOKEN}@thread.v2/0",
    "cut off": f"meetup-join/19%3ameeting_{TOKEN[:30]}",
    "small letters": f"19:meeting_{TOKEN.lower()}",
    **{f"a line's end at {at}": f"19:meeting_{TOKEN[:at]}\n    {TOKEN[at:]}@thread.v2" for at in range(2, 48, 5)},
    "three lines": f"19:meeting_{TOKEN[:15]}\n{TOKEN[15:31]}\n{TOKEN[31:]}@thread.v2",
}


@pytest.mark.parametrize("written", IDS.values(), ids=IDS)
def test_a_meeting_in_teams_is_found_by_its_id(written: str) -> None:
    """Whatever wraps, escapes, shortens or breaks the link: its meeting's id is the secret."""
    assert whats(f"<p>{written}</p>", "page.md", pasted()) == {"link"}


def test_a_link_of_the_second_version_of_teams_is_more_than_its_host() -> None:
    """A path that is the same for all meetings is none, and the id behind the `#` counts."""
    link = f"https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_{TOKEN}@thread.v2/0?context=x"
    secrets = pasted(link=link)
    assert not whats(
        "<p>https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_Zm9v</p>", secrets=secrets
    )
    for written in (link, TEAMS, TEAMS.replace("%3a", "*3a")):
        assert whats(f"<p>{written}</p>", secrets=secrets) == {"link"}, written


HOSTS = {
    "https://acme.webex.com/acme/j.php?MTID=m0a1b2c3d4e5f60718293a4b5c6d7e8f9": (
        ["MTID m0a1b2c3d4e5f60718293a4b5c6d7e8f9", "webex.com/x/e.php?MTID=m0a1b2c3d4e5f60718293a4b5c6d7e8f9&x=1"],
        ["https://acme.webex.com/acme/j.php?MTID=m99ffee88", "https://acme.webex.com/acme/j.php"],
    ),
    "https://meet.google.com/abc-defg-hij?authuser=0": (
        ["abc-defg-hij", "code abc defg hij", "meet.google.com/abcdefghij", "tel.meet/abc-defg-hij"],
        ["https://meet.google.com/xyz-defg-hij", "https://meet.google.com/landing"],
    ),
    "https://app.zoom.us/wc/84716234471/join?pwd=AbC123": (
        ["zoommtg://zoom.us/join?confno=84716234471", "https-3A__zoom.us_j_84716234471-3Fpwd-3DAbC", "ID84716234471"],
        ["https://app.zoom.us/wc/84716234472/join"],
    ),
    "https://teams.microsoft.com/meet/2345678901234?p=AbCdEf7": (
        ["Meeting ID: 234 567 890 123 4", "Passcode: AbCdEf7"],
        ["https://teams.microsoft.com/meet/2345678901299"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("link", HOSTS)
def test_a_meeting_of_another_host_is_found_by_what_identifies_it(link: str) -> None:
    """The number, the code or the key of a meeting is enough, and what all meetings of a host share is not."""
    hidden, shared = HOSTS[link]
    for written in hidden:
        assert whats(f"<p>{written}</p>", "page.md", pasted(link=link)), written
    for written in shared:
        assert not whats(f"<p>{written}</p>", "page.md", pasted(link=link)), written


@pytest.mark.parametrize("how", ["urldefense.com/v3/__{}__;!!K$", "urldefense.proofpoint.com/v2/url?u={}&d=x"])
def test_a_link_is_found_within_what_a_mail_filter_makes_of_it(how: str) -> None:
    """Filters wrap a link and write its signs in ways of their own."""
    link = "https://meet.example.edu/rooms/quokka-den?key=Abc"
    two = link.replace("-", "-2D").replace("_", "-5F").replace(":", "-3A").replace("/", "_").replace("?", "-3F")
    written = how.format(two if "v2" in how else link)
    assert whats(f"<p>https://{written}</p>", secrets=pasted(link=link)) == {"link"}


def test_a_link_with_its_scheme_begins_anywhere() -> None:
    """What stands right before `https://` is no part of a link."""
    link = "https://meet.example.edu/rooms/quokka-den"
    assert whats(f"<p>Facilitator{link}</p>", secrets=pasted(link=link)) == {"link"}


# Double names

HALVES = {
    "Zoe M\u00fcller-\u00d8rsted": ["Zoe Muller", "Zo\u00eb M\u00fcller", "Zoe \u00d8rsted", "\u00d8rsted, Zoe",
                                      "Zoe M. Muller", "ZOE MUELLER"],
    "Mar\u00eda Garc\u00eda L\u00f3pez": ["Mar\u00eda Garc\u00eda", "Maria Lopez", "Garcia Lopez, Maria"],
    "Mar\u00eda Jos\u00e9 Garc\u00eda L\u00f3pez": ["Mar\u00eda Garc\u00eda", "Mar\u00eda Jos\u00e9 Garc\u00eda"],
    "Jean-Luc Picard": ["Jean Picard", "Picard, Jean"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "written"), [(name, each) for name, ways in HALVES.items() for each in ways])
def test_a_double_name_is_found_by_either_half(name: str, written: str) -> None:
    """A person with two last names is known by one of them."""
    secrets = leaks.gather([cohort(facilitators=(Person(name=name),))])
    assert whats(f"<td>{written}</td>", secrets=secrets) == {"name"}


@pytest.mark.parametrize(
    "text",
    [
        "Zoe Muller Smith came", "Ann Marie Jones", "ann marie came", "Marie, Ann and Sue", "Maria de Souza",
        "the muller zoe",
        "Ann de Boer",
    ],
)  # fmt: skip
def test_half_a_name_needs_more_to_be_one(text: str) -> None:
    """Half a name counts with capitals, and not where another name goes on behind it."""
    people = ("Zoe M\u00fcller-\u00d8rsted", "Ann Marie Quixley", "Maria de la Cruz")
    secrets = leaks.gather([cohort(facilitators=tuple(Person(name=each) for each in people))])
    assert not whats(f"<p>So {text} today.</p>", secrets=secrets)


def test_half_a_name_frees_no_whole_one() -> None:
    """An author called like half of a name frees that half alone; a whole name frees its halves."""
    secrets = leaks.gather([cohort(facilitators=(Person(name="Zoe M\u00fcller-\u00d8rsted"),))])
    half = secrets.but(["Zoe Muller"])
    assert not whats("<p>Zoe Muller</p>", secrets=half)
    assert whats("<p>Zoe Muller-Orsted</p>", secrets=half) == {"name"}
    assert not whats("<p>Zoe Muller, Zoe Muller-Orsted</p>", secrets=secrets.but(["Zoe M\u00fcller-\u00d8rsted"]))
    listed = leaks.gather(
        [cohort(facilitators=(Person(name="Zoe M\u00fcller-\u00d8rsted"),), public=("Zoe M\u00fcller-\u00d8rsted",))]
    )
    assert not whats("<p>Zoe Muller</p>", secrets=listed)


# Names that are words

WORDS = {
    "Will Grant": "The office will grant leave to those who ask.",
    "Mark Young": "we mark young people",
    "Grant Long": "grant long-term",
    "Drew Long": "She drew long lines.",
    "Rose Early": "They rose early.",
    "Will May": "Will may come later.",
    "Hope May": "What we hope may come.",
    "Sue Rich": "to sue rich firms",
    "Art Major": "an art major, too",
    "Page Turner": "It is a page turner.",
    "Will Power": "by will power alone",
    "April March": "in April, March and May",
    "Long Young": "If they are young, long talks help.",
}


@pytest.mark.parametrize("name", WORDS)
def test_words_in_a_sentence_are_no_name(name: str) -> None:
    """Where all words of a name are words of English, a sentence in small letters that has them names nobody."""
    secrets = leaks.gather([cohort(facilitators=(Person(name=name),))])
    assert not whats(f"<p>Thus: so {WORDS[name]} So be it.</p>", secrets=secrets)
    first, last = name.split()
    for written in (
        f"<p>With {name} today.</p>", f"<p>{name.lower()}</p>", f"<td>{first.lower()}</td><td>{last.lower()}</td>",
        f"<p>With {name.upper()}.</p>", f"<p>{last}, {first}</p>", f"<li>{name.lower()}: yes</li>",
    ):  # fmt: skip
        assert whats(written, secrets=secrets) == {"name"}, written
    assert whats("", f"docs/{first}-{last}.md".lower(), secrets) == {"name"}


@pytest.mark.parametrize("name", ["Ann Quixley", "Will Quixley", "Ann Young"])
def test_a_name_that_is_no_words_is_found_in_small_letters(name: str) -> None:
    """Who writes without capitals hides nobody whose name has a word that is only a name."""
    secrets = leaks.gather([cohort(facilitators=(Person(name=name),))])
    assert whats(f"<p>so {name.lower()} will come</p>", secrets=secrets) == {"name"}


def test_an_organizer_may_say_that_a_name_is_words() -> None:
    """A name under `public` in small letters lets through these words in a sentence, and keeps the name."""
    person = (Person(name="Piper Clamp"),)
    problems = Problems()
    files = [("a.md", b"The piper clamp holds.")]
    leaks.report_secrets(leaks.gather([cohort(facilitators=person)]), files, leaks.IN_SOURCES, problems)
    (told,) = problems
    assert "the name of a facilitator" in told.message
    assert "in small letters if these are words and no person" in told.message
    secrets = leaks.gather([cohort(facilitators=person, public=("piper clamp",))])
    assert not whats("<p>The piper clamp holds.</p>", secrets=secrets)
    assert whats("<p>With Piper Clamp.</p>", secrets=secrets) == {"name"}


# What may be public


@pytest.mark.parametrize(
    ("entry", "free", "kept"),
    [
        ("covid19", "covid19", "847 1623 4471"),
        ("84716234471", "847 1623 4471", "covid19"),
        ("991abc", "991abc", "covid19"),
    ],
)
def test_a_passcode_or_a_number_of_a_meeting_may_be_public_alone(entry: str, free: str, kept: str) -> None:
    """What a problem says to list can be listed: it lets itself through, and neither the link nor the rest."""
    link = "https://zoom.us/j/84716234471?pwd=covid19"
    given = {"link": link, "phone": "206-555-0147, passcode 991abc"}
    secrets = leaks.gather([cohort(public=(entry,), **given)])
    assert whats(f"<p>In {free} times.</p>", secrets=leaks.gather([cohort(**given)]))
    assert not whats(f"<p>In {free} times.</p>", secrets=secrets)
    assert whats(f"<p>In {kept} times.</p>", secrets=secrets)
    assert whats(f"<p>{link}</p>", secrets=secrets) == {"link"}


# In little time


@pytest.mark.parametrize(
    "piece", ["Ann1Quixley2a206b555c0134", "aA1", "meeting_Nm1Qy", "5550134af", f"{MAIL}x", "Ann Quixley"]
)
def test_what_is_pasted_without_a_gap_takes_work_that_grows_with_it(piece: str) -> None:
    """A text of one long word, and one of many edges, takes at most twice the work when it is twice as long."""
    secrets = pasted()

    def work(length: int) -> int:
        text = (piece * (length // len(piece))).encode()
        return calls(lambda: found([("a.txt", text)], secrets))

    assert work(40_000) < 2.1 * work(20_000)


def test_a_message_says_nothing_of_what_is_glued() -> None:
    """What is left out of a message is the value, and not what it was glued to."""
    problem = Problem(Place("docs/a.md"), f"no Ann Quixley206-555-0134{MAIL}Yes here")
    assert str(leaks.veiled(pasted(), problem)) == "docs/a.md:1:1: no …Yes here"
