"""The message after each meeting: what guides show of it, and the text that a team sends in its own name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
from once import MODULES, OURS

from builder import dialect, documents, words
from builder.documents.messages import following
from builder.model import clock
from builder.model.cohorts import Meeting, Member, Person, Team
from builder.model.curriculum import Module, Settings

LABELS = ["What we worked on.", "Practice.", "As a plan.", "Parked.", "Next.", "Two minutes, anonymous."]

each_module = pytest.mark.parametrize("module", MODULES, indirect=True)


@pytest.fixture
def module(request: pytest.FixtureRequest) -> Module:
    """A module of ours by its id."""
    return OURS.curriculum.module(request.param)


def team(id: str) -> Team:
    """Find a team of the sample."""
    return next(team for team in OURS.cohorts[0].file.teams if team.id == id)


def circle(*meetings: Meeting, **known: object) -> Team:
    """Make a team of our own."""
    people = (Person(name="Ann_Lee *A*", email="ann@circle.example.edu"), Person(name="Ben -- O'Hara"))
    members = (Member(name="Mia Moe", email="mia@circle.example.edu"),)
    return Team(id="circle", name="Circle", members=members, meetings=meetings, **{"facilitators": people, **known})  # type: ignore[arg-type]


def on(*modules: str) -> list[Meeting]:
    """Make meetings of which only the modules are known."""
    return [Meeting(module=module) for module in modules]


def texts(team: Team, apparatus: documents.Apparatus | None = None) -> list[str]:
    """Answer a team's messages in the order of its meetings."""
    return [text for _, text in documents.messages(apparatus or OURS.apparatus, OURS.cohorts[0], team)]


def said(markdown: str) -> str:
    """Say a text as a message says it, with the program's blanks in brackets."""
    return dialect.words(dialect.tree(re.sub(r"\[PROGRAM TO SUPPLY: ([^\]]+)\]", r"[\1]", markdown)))


def supplying(**given: str) -> documents.Apparatus:
    """Answer the apparatus of a program that has filled some of its blanks."""
    supplied = {name.replace("_", " "): text for name, text in given.items()}
    settings: Settings = dataclasses.replace(OURS.curriculum.settings, supplied=supplied)
    return dataclasses.replace(OURS.apparatus, curriculum=dataclasses.replace(OURS.curriculum, settings=settings))


@each_module
def test_a_guide_ends_with_its_message(module: Module) -> None:
    """Each guide gives its module's practice and plan, and the next reading's minutes and content note."""
    paragraphs = documents.message(OURS.apparatus, module, module.number, following(OURS.apparatus, module))
    labels = [each.label for each in paragraphs if each.label]
    assert [label for label in labels if label in LABELS] == LABELS
    told = " ".join(f"{each.label} {each.text}" for each in paragraphs)
    expected = [module.file.worked_on or "", module.file.commitment.practice, module.file.commitment.if_then]
    if module.number < len(OURS.curriculum.modules):
        after = OURS.curriculum.modules[module.number].file
        expected += [
            f'Next. Meeting {module.number + 1}, "{after.short_title}": [day, date, time].',
            f"Reading. About {after.reading_minutes} minutes; then {after.reflection.minutes} for the reflection.",
            f"What may be hard. {after.content_note}",
        ]
    else:
        expected.append(f"Next. {OURS.curriculum.facilitation.message.after_last}")
    assert [text for text in expected if not text or text not in told] == []
    shown = OURS.built.documents.of_modules["guide"][module.id].markdown.partition("{: #message }")[2]
    quoted = " ".join(line.removeprefix(">").strip() for line in shown.splitlines() if line.startswith(">"))
    assert [
        text for text in expected[:3] if said(text) not in dialect.words(dialect.tree(quoted.replace("**", "")))
    ] in (
        [],
        [module.file.commitment.practice],  # it has a blank, which a page shows in other words
    )


def test_each_meeting_of_a_team_has_its_text() -> None:
    """Files are named by the meeting's number and key; each has its module's words and the next meeting's day."""
    group = team("western-redcedar")
    found = list(documents.messages(OURS.apparatus, OURS.cohorts[0], group))
    names = [f"follow-up/{number}-{meeting.key}.txt" for number, meeting in enumerate(group.meetings, 1)]
    assert [name for name, _ in found] == names
    for at, (_, text) in enumerate(found):
        module = OURS.curriculum.module(group.meetings[at].module)
        assert text.startswith(
            f"Subject: {OURS.curriculum.settings.title}, meeting {at + 1}: practice and next date\n\n"
        )
        assert f"\n\nPractice. {said(module.file.commitment.practice)}\n\n" in text
        assert f"\n\nAs a plan. {said(module.file.commitment.if_then)}\n\n" in text
        assert f"\n\nWhat we worked on. {said(module.file.worked_on or '')}\n\n" in text
        assert text.endswith(f"\n\n{group.facilitators[0].name} and {group.facilitators[1].name}\n")
        if at + 1 < len(found):
            after = OURS.curriculum.module(group.meetings[at + 1].module)
            when = clock.when(group.meetings[at + 1], words.of("en").dates)
            zone = "(Los Angeles time)"
            assert f"Next. Meeting {at + 2}, “{said(after.file.short_title)}”: {when} {zone}.\n\n" in text
            assert f"\n\nWhere. {group.place}\n\nLink. {group.link}\n\nTelephone. [Number, " in text
            assert f"\n\nWhat may be hard. {said(after.file.content_note)}\n\n" in text


def test_every_text_is_plain() -> None:
    """No message of the sample has a mark of Markdown, HTML, a citation, an address of mail or a broken line."""
    for group in OURS.cohorts[0].file.teams:
        for text in texts(group):
            assert "\r" not in text
            assert "\n\n\n" not in text
            assert all(line == line.strip() and line for line in text.rstrip("\n").split("\n\n"))
            assert text.count("\n") == 2 * len(text.rstrip("\n").split("\n\n")) - 1
            assert not re.search(r"[*_`<>#|{}\\@]|\]\(|PROGRAM TO SUPPLY|&\w+;|\(guide:", text), text


def test_names_and_places_come_out_sign_for_sign() -> None:
    """What organizers write is no Markdown: stars, hyphens and addresses with any sign stay as they are."""
    link = "https://example.org/a--b_c?d=*1*&e='f'"
    place = "Room [4] -- `east` <wing>, 2. floor"
    group = circle(*on("shared-purpose", "race-and-medicine"), place=place, link=link, phone="206 555 0100")
    text = texts(group)[0]
    assert f"\n\nWhere. {place}\n\nLink. {link}\n\nTelephone. 206 555 0100\n\n" in text
    assert text.endswith("\n\nAnn_Lee *A* and Ben -- O'Hara\n")


def test_nobody_is_named_but_those_who_lead() -> None:
    """A message has no address of anyone, and no member's name."""
    text = texts(circle(*on("shared-purpose", "race-and-medicine")))[0]
    assert "circle.example.edu" not in text
    assert "Mia" not in text


def test_what_is_not_known_is_a_blank_in_brackets() -> None:
    """Without a date, an hour, a place or a second facilitator the message has a blank for a person to fill."""
    day = dt.date(2021, 5, 3)
    fixed = Meeting(module="race-and-medicine", date=day)
    meetings = (*on("shared-purpose"), fixed, *on("learner-path"))
    first, second, _ = texts(circle(*meetings, facilitators=(Person(name="Ann"),)))
    assert "“Race and medicine”: Monday, May 3, 2021, [time].\n\nWhere. [Room, or link and telephone number.]" in first
    assert "“The learner’s path”: [day, date, time].\n\n" in second  # noqa: RUF001
    assert first.endswith("\n\nAnn and [B]\n")
    assert texts(circle(*meetings, facilitators=()))[0].endswith("\n\n[A] and [B]\n")
    assert "turn to: [support list: employee assistance, peer support, crisis line, reporting routes]\n\n" in first
    assert "[reporting duties]\n" in first


def test_what_a_program_has_supplied_is_filled_in() -> None:
    """A blank that the program has filled is in the message, with the address of a link written out."""
    given = "call 206 555 0100, or read [the list](https://steps.example.edu/list)"
    apparatus = supplying(
        **{
            "support list: employee assistance, peer support, crisis line, reporting routes": given,
            "reporting_duties": "ask the **compliance** office.",
        }
    )
    text = texts(team("garry-oak"), apparatus)[0]
    assert "turn to: call 206 555 0100, or read the list (https://steps.example.edu/list)\n\n" in text
    assert "What we cannot keep to ourselves: ask the compliance office.\n\n" in text


def test_after_its_last_meeting_a_team_reads_of_what_comes_then() -> None:
    """A team's last message names no other module, even if the curriculum goes on."""
    last = texts(circle(*on("shared-purpose", "race-and-medicine")))[-1]
    assert f"\n\nNext. {said(OURS.curriculum.facilitation.message.after_last)}\n\n" in last
    assert "Reading." not in last
    assert "What may be hard." not in last


def test_a_team_follows_its_own_list() -> None:
    """A team that meets twice on one module goes on with it, and then with what its own list has next."""
    meetings = (
        Meeting(module="race-and-medicine", date=dt.date(2021, 5, 3), start=dt.time(17, 30)),
        Meeting(module="race-and-medicine", date=dt.date(2021, 5, 10), start=dt.time(17, 30), id="again"),
        Meeting(module="shared-purpose", date=dt.date(2021, 6, 7), start=dt.time(9, 0)),
    )
    found = dict(documents.messages(OURS.apparatus, OURS.cohorts[0], circle(*meetings)))
    assert list(found) == [
        "follow-up/1-race-and-medicine.txt",
        "follow-up/2-again.txt",
        "follow-up/3-shared-purpose.txt",
    ]
    first, second, _ = found.values()
    assert "Meeting 2: Monday, May 10, 2021, 5:30 pm. We go on with “Race and medicine”.\n\n" in first
    assert "Reading. Nothing new.\n\n" in first
    assert "Meeting 3, “Why we mentor”: Monday, June 7, 2021, 9:00 am.\n\n" in second


def test_citations_stay_out_of_a_message() -> None:
    """A module's words lose their citations, and a link between pages keeps its words only."""
    module = OURS.curriculum.modules[0]
    worked_on = "We read [the text](module:shared-purpose) of Hall [@hall-2015], and more."
    changed = dataclasses.replace(module, file=dataclasses.replace(module.file, worked_on=worked_on))
    curriculum = dataclasses.replace(OURS.curriculum, modules=(changed, *OURS.curriculum.modules[1:]))
    apparatus = dataclasses.replace(OURS.apparatus, curriculum=curriculum)
    assert "What we worked on. We read the text of Hall, and more.\n" in texts(team("garry-oak"), apparatus)[0]


def test_a_module_that_does_not_say_what_it_worked_on_leaves_a_blank() -> None:
    """Without `worked_on` the message asks whoever sends it for one line."""
    module = OURS.curriculum.modules[0]
    changed = dataclasses.replace(module, file=dataclasses.replace(module.file, worked_on=None))
    found = documents.message(OURS.apparatus, changed, 1, None)
    assert "[One line on what you did.]" in [each.text for each in found]


def test_a_cancelled_meeting_has_no_message_and_is_not_the_next_one() -> None:
    """Nothing is sent after a cancelled meeting, and the message before it names the one that takes place."""
    first, second, third = on("shared-purpose", "race-and-medicine", "bias-threat-repair")
    one = circle(first, dataclasses.replace(second, cancelled=True, date=dt.date(2021, 5, 1)), third)
    found = dict(documents.messages(OURS.apparatus, OURS.cohorts[0], one))
    assert list(found) == ["follow-up/1-shared-purpose.txt", "follow-up/3-bias-threat-repair.txt"]
    assert "Meeting 3, " in found["follow-up/1-shared-purpose.txt"]
    assert "May 1" not in "".join(found.values())


def test_a_team_with_a_place_of_its_own_is_told_its_hours() -> None:
    """Messages and the calendar page of a team with its own time zone name that place."""
    day = {"date": dt.date(2021, 5, 1), "start": dt.time(9, 30)}
    first, second = (dataclasses.replace(each, **day) for each in on("shared-purpose", "race-and-medicine"))
    one = circle(first, second, time_zone="America/New_York", link="https://x.example.org/a")
    assert "9:30 am (New York time)" in texts(one)[0]
    calendar = dialect.words(dialect.tree(documents.calendar(OURS.apparatus, OURS.cohorts[0], one)))
    assert "Hours are those of America/New_York." in calendar
