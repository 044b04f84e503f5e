"""What changed between two states of a curriculum: each kind is found, reported once, and described for people."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from once import OURS, SMALL
from output import small

from builder import changes, dialect, pipeline
from builder.changes import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change, Changes, ModuleChanges, WordRun, texts
from builder.changes.matching import longest_rising, matched
from builder.loading.curriculum import Loaded
from builder.model.conversations import Conversation, Conversations, Each, Notes, Part, Sheet
from builder.model.curriculum import (
    Curriculum,
    License,
    Module,
    ModuleFile,
    Objective,
    Prompt,
    Prose,
    Question,
    Shortened,
    Term,
)
from builder.model.facilitation import Form
from builder.model.kinds import record


class Small:
    """The small curriculum and its parts, read when a test first asks for one."""

    @property
    def old(self) -> Curriculum:
        """All of it."""
        return SMALL.curriculum

    first = property(lambda self: self.old.modules[0])
    next = property(lambda self: self.old.modules[1])
    file = property(lambda self: self.first.file)
    welcome = property(lambda self: self.file.agenda[0])
    talk = property(lambda self: self.file.agenda[1])
    goodbye = property(lambda self: self.file.agenda[2])
    why = property(lambda self: self.file.questions[0])
    sheet = property(lambda self: self.first.handouts[0].text)
    hall = property(lambda self: self.old.references[0])
    sue = property(lambda self: self.old.references[1])
    about = property(lambda self: self.old.pages[0])
    others = property(lambda self: self.old.pages[1:])
    how = property(lambda self: replace(self.why, id="how", core=False, ask="How do we walk?"))
    pause = property(lambda self: replace(self.welcome, id="pause", title="A pause", minutes={60: 5, 45: 0, 30: 0}))


S = Small()


def with_module(module: Module, at: int = 0) -> Curriculum:
    """The small curriculum with another first (or second) module."""
    return replace(S.old, modules=tuple(module if n == at else each for n, each in enumerate(S.old.modules)))


def file(**changed: Any) -> Curriculum:
    """The small curriculum with other keys in its first module's file."""
    return with_module(replace(S.first, file=replace(S.file, **changed)))


def activity(**changed: Any) -> Curriculum:
    """The small curriculum with another activity "The talk"."""
    return file(agenda=(S.welcome, replace(S.talk, **changed), S.goodbye))


def question(**changed: Any) -> Curriculum:
    """The small curriculum with another first question."""
    return file(questions=(replace(S.why, **changed),))


def setting(**changed: Any) -> Curriculum:
    """The small curriculum with other settings."""
    return replace(S.old, settings=replace(S.old.settings, **changed))


def leading(**changed: Any) -> Curriculum:
    """The small curriculum with other texts on leading."""
    return replace(S.old, facilitation=replace(S.old.facilitation, **changed))


def reading(old: str, new: str) -> Curriculum:
    """The small curriculum with one passage of its first reading replaced."""
    assert old in S.first.reading.text
    text = S.first.reading.text.replace(old, new, 1)
    return with_module(replace(S.first, reading=replace(S.first.reading, text=text)))


def sheet(text: str) -> Curriculum:
    """The small curriculum with another handout in its first module."""
    return with_module(replace(S.first, handouts=(replace(S.first.handouts[0], text=text),)))


def said(old: Curriculum, new: Curriculum) -> list[str]:
    return [change.what for change in changes.between(old, new)]


def formerly(kind: type, entry: Any, *names: str, **changed: Any) -> Any:
    """The same entry with the ids that it had before."""

    @record
    class Renamed(kind):  # type: ignore[misc]
        formerly: tuple[str, ...] = ()

    given = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return Renamed(**{**given, "formerly": names, **changed})


HALL_SAID, SUE_SAID = "“On walking” (Hall, 2015)", "“Paths” (The walkers, 2007)"
TALKS = Conversations(
    title="Six talks", introduction="Talk.", mentor="Listen.", student="Lead.",
    conversations=(
        Conversation(
            id="begin", title="Begin", promise="You begin.", when="Early", minutes=45,
            before=Each(mentor="Read.", student="Choose."),
            mentor=Notes(listen_for=("Hope",), do_not=("Advise",), cost="Time.", refer="To the office."),
            student="You may stop.",
            parts=(
                Part(id="story", title="Story", minutes=20, together="Tell it."),
                Part(id="plan", title="Plan", minutes=25, together="Make it.", mentor="Wait."),
            ),
            after="Write.", if_it_is_hard="Pause.", sheet=Sheet(title="Compact", text="We agree."),
        ),
    ),
)  # fmt: skip
BEGIN = TALKS.conversations[0]


def talk(**changed: Any) -> Conversations:
    """The conversations with another first one."""
    return replace(TALKS, conversations=(replace(BEGIN, **changed),))


KINDS: list[tuple[Callable[[], Curriculum], str, str, str, int]] = [
    # agenda
    (
        lambda: file(agenda=(S.welcome, S.pause, S.talk, S.goodbye)), "agenda", "added",
        "Activity “A pause” is new. It comes after “Welcome” and takes 5 minutes in the 60-minute plan.", TONIGHT,
    ),
    (lambda: file(agenda=(S.welcome, S.goodbye)), "agenda", "removed", "Activity “The talk” is gone.", TONIGHT),
    (
        lambda: file(agenda=(S.talk, S.welcome, S.goodbye)), "agenda", "moved",
        "Activity “The talk” now comes first.", TONIGHT,
    ),
    (
        lambda: activity(minutes={60: 45, 45: 30, 30: 20}), "agenda", "changed",
        "Activity “The talk” takes 45 minutes instead of 40 (60-minute plan) and 30 instead of 35 (45-minute plan).",
        TONIGHT,
    ),
    (
        lambda: activity(minutes={60: 40, 45: 35, 30: 0}), "agenda", "changed",
        "Activity “The talk” is left out of the 30-minute plan (was 20 minutes).", TONIGHT,
    ),
    (
        lambda: activity(lead="AB"),
        "agenda", "changed", "Activity “The talk” is led by A and B together instead of B.", TONIGHT,
    ),
    (
        lambda: activity(title="The long talk"), "agenda", "changed",
        "Activity “The talk” is now called “The long talk.”", ON_PAPER,
    ),
    (
        lambda: activity(instructions="Ask each question."), "agenda", "changed",
        "The instructions of activity “The talk” are reworded.", TONIGHT,
    ),
    (
        lambda: activity(in_short="Ask."), "agenda", "changed",
        "The line on the run sheet for activity “The talk” is reworded.", ON_PAPER,
    ),
    (
        lambda: activity(ready=("A map", "A bell")), "agenda", "added",
        "New in what to have ready for activity “The talk”: “A bell.”", TONIGHT,
    ),
    (lambda: activity(questions=()), "agenda", "changed", "Activity “The talk” no longer asks question 1.", TONIGHT),
    (
        lambda: file(late=(Shortened(activity="talk", minutes=30, how="Ask one."),)), "late", "added",
        "Late start: “The talk” is now cut too, to 30 minutes: “Ask one.”", TONIGHT,
    ),
    # questions
    (lambda: question(ask="Why do you walk?"), "question", "changed", "Question 1 is reworded.", TONIGHT),
    (lambda: question(core=False), "question", "changed", "Question 1 is no longer a core question.", TONIGHT),
    (lambda: question(purpose="To wonder."), "question", "changed", "Question 1: the purpose is reworded.", ON_PAPER),
    (
        lambda: question(listen_for=("Reasons", "Doubt")), "question", "changed",
        "Question 1: what to listen for is reworded.", ON_PAPER,
    ),
    (
        lambda: question(follow_ups=("Who else?",)), "question", "changed",
        "Question 1: the follow-ups are reworded.", ON_PAPER,
    ),
    (
        lambda: question(if_it_stalls="Wait longer."), "question", "changed",
        "Question 1: what helps if it stalls is reworded.", ON_PAPER,
    ),
    (lambda: file(questions=(S.why, S.how)), "question", "added", "New question 2: “How do we walk?”", ON_PAPER),
    # the rest of a module's file
    (
        lambda: file(objectives=(*S.file.objectives, Objective(id="draw", verb="Draw", text="a map.", shown="Paper"))),
        "objective", "added", "New objective: “Draw a map.”", ON_PAPER,
    ),
    (
        lambda: file(objectives=(replace(S.file.objectives[0], text="why one walks."),)), "objective", "changed",
        "The objective “Explain why one walks.” is reworded.", ON_PAPER,
    ),
    (
        lambda: file(reflection=replace(S.file.reflection, minutes=10)), "reflection", "changed",
        "The reflection takes 10 minutes instead of 5.", BEFORE,
    ),
    (
        lambda: file(
            reflection=replace(
                S.file.reflection, prompts=(*S.file.reflection.prompts, Prompt(id="next", title="Next", text="Go."))
            )
        ),
        "reflection", "added", "New reflection “Next”: “Go.”", BEFORE,
    ),
    (lambda: file(materials=("Pens", "Tape")), "materials", "added", "New in the materials: “Tape.”", TONIGHT),
    (
        lambda: file(commitment=replace(S.file.commitment, practice="Walk twice.")), "commitment", "changed",
        "The practice until the next meeting is reworded.", ON_PAPER,
    ),
    (
        lambda: file(commitment=replace(S.file.commitment, also="Rest.")), "commitment", "added",
        "What else to do by the next meeting is new: “Rest.”", ON_PAPER,
    ),
    (lambda: file(content_note="Some paths are hard."), "care", "changed", "The content note is reworded.", TONIGHT),
    (
        lambda: file(key_points=(*S.file.key_points, "Rest.")),
        "key-points", "added", "New among the key points: “Rest.”",
        ON_PAPER,
    ),
    (
        lambda: file(worked_on="We walked."), "message", "added",
        "In the message to the group, the sentence on this meeting is new: “We walked.”", ON_PAPER,
    ),
    (lambda: file(in_two_minutes="Walk."), "reading", "added", "The text “In two minutes” is new: “Walk.”", BEFORE),
    (lambda: file(promise="You will leave with two plans."), "module", "changed", "The promise is reworded.", ON_PAPER),
    (lambda: file(reading_minutes=7), "reading", "changed", "The reading takes 7 minutes instead of 5.", BEFORE),
    (
        lambda: file(title="The very first steps"), "module", "changed",
        "The module “The first steps” is now called “The very first steps.”", ON_PAPER,
    ),
    (
        lambda: file(further_reading=()), "further-reading", "removed",
        "No longer further reading: “Paths” (The walkers, 2007).", BEFORE,
    ),
    # readings and handouts
    (
        lambda: reading("A map helps.", "A good map helps."), "reading", "changed",
        "In the reading, the section “Maps” is reworded.", BEFORE,
    ),
    (
        lambda: reading("Walking is old", "Walking is very old"), "reading", "changed",
        "In the reading, the beginning is reworded.", BEFORE,
    ),
    (
        lambda: reading("### Scale", "### How large"), "reading", "changed",
        "In the reading, the section “Scale” is now called “How large.”", BEFORE,
    ),
    (
        lambda: reading("### Scale", "## Rest\n\nSit down.\n\n### Scale"), "reading", "added",
        "New in the reading: the section “Rest”.", BEFORE,
    ),
    (
        lambda: reading("    Bring the large map.", "    Bring the largest map."), "reading", "changed",
        "Reworded in the notes on the reading: “Bring the largest map.”", ON_PAPER,
    ),
    (
        lambda: reading(" [@hall-2015]", " [@sue-2007]"), "reference", "changed",
        "In the reading, the beginning now cites " + SUE_SAID + " in place of " + HALL_SAID + ".", BEFORE,
    ),
    (
        lambda: reading(" [@hall-2015]", " [@hall-2015; @sue-2007]"), "reference", "added",
        "In the reading, the beginning now also cites “Paths” (The walkers, 2007).", BEFORE,
    ),
    (
        lambda: reading("A map with one path", "A map with two paths"), "reading", "changed",
        "The description of the figure “A map with two paths” is reworded.", BEFORE,
    ),
    (
        lambda: reading("![A map with one path](images/map.svg)\n", ""), "reading", "removed",
        "The figure “A map with one path” is gone.", BEFORE,
    ),
    (
        lambda: sheet(S.sheet.replace("Where will", "When will")), "handout", "changed",
        "In the handout, the section “Your plan” is reworded.", ON_PAPER,
    ),
    (
        lambda: sheet(S.sheet + "\n## Rest\n\nSit.\n"),
        "handout", "added", "New in the handout: the section “Rest”.", ON_PAPER,
    ),
    # the whole curriculum
    (
        lambda: replace(S.old, references=(S.hall,)), "reference", "removed",
        "No longer in the references: “Paths” (The walkers, 2007).", ASIDE,
    ),
    (
        lambda: replace(S.old, references=(S.hall, replace(S.sue, csl={**S.sue.csl, "title": "Roads and seas"}))),
        "reference",
        "changed",
        "The work “Paths” (The walkers, 2007) is replaced by “Roads and seas” (The walkers, 2007).", BEFORE,
    ),
    (
        lambda: replace(S.old, references=(S.hall, replace(S.sue, csl={**S.sue.csl, "publisher": "Trails"}))),
        "reference", "changed",
        "The reference “Paths” (The walkers, 2007) is corrected.", BEFORE,
    ),
    (
        lambda: replace(S.old, glossary=S.old.glossary[:1]), "term", "removed", "The term “Path” is gone.", BEFORE,
    ),
    (
        lambda: replace(S.old, glossary=(S.old.glossary[0], replace(S.old.glossary[1], definition="Where many walk."))),
        "term",
        "changed", "The definition of “Path” is reworded.", BEFORE,
    ),
    (
        lambda: replace(S.old, glossary=(*S.old.glossary, Term(id="rest", term="Rest", definition="A pause."))),
        "term", "added",
        "New term “Rest”: “A pause.”", BEFORE,
    ),
    (
        lambda: setting(
            agreements=(replace(S.old.settings.agreements[0], text="We hear."), S.old.settings.agreements[1])
        ),
        "agreements", "changed", "Agreement 1 is reworded.", TONIGHT,
    ),
    (
        lambda: setting(agreements=S.old.settings.agreements[:1]), "agreements", "removed",
        "No longer an agreement: “Anyone may pass.”", TONIGHT,
    ),
    (
        lambda: setting(care="Stop and ask."),
        "care", "changed", "What to do if someone is distressed is reworded.", TONIGHT,
    ),
    (
        lambda: setting(title="Big steps"), "settings", "changed",
        "The curriculum “Small steps” is now called “Big steps.”", ON_PAPER,
    ),
    (
        lambda: setting(meeting_lengths=(60, 30)), "settings", "changed",
        "There are plans for 60 and 30 minutes (was 60, 45 and 30).", TONIGHT,
    ),
    (
        lambda: setting(license=License(name="CC0", url="https://steps.example.edu/cc0")), "settings", "changed",
        "The license is now CC0, https://steps.example.edu/cc0 (was CC BY 4.0).", ASIDE,
    ),
    (
        lambda: setting(supplied={"reporting duties": "Ask the dean."}), "settings", "changed",
        "The text for the blank “reporting duties” is reworded.", ON_PAPER,
    ),
    (
        lambda: leading(latecomer="Seat them quietly."),
        "leading", "changed", "What to do with latecomers is reworded.",
        TONIGHT,
    ),
    (
        lambda: leading(room=("Set the chairs.", "Open a window.")), "leading", "added",
        "New in the list “In the room”: “Open a window.”", ON_PAPER,
    ),
    (
        lambda: setting(contact=replace(S.old.settings.contact, name="Others")), "settings", "changed",
        "Readers now write to Others, editors@steps.example.edu (was The editors, editors@steps.example.edu).", ASIDE,
    ),
    (
        lambda: setting(language="en-GB"), "settings", "changed", "The language is now en-GB (was en-US).", ASIDE,
    ),
    (
        lambda: leading(message=replace(S.old.facilitation.message, feedback="What hurt?")), "message", "changed",
        "In the message to the group, the request for feedback is reworded.", ON_PAPER,
    ),
    (
        lambda: leading(forms=(*S.old.facilitation.forms, Form(id="exit", title="Exit", when="Last", text="Go."))),
        "leading",
        "added", "New form: “Exit.”", ON_PAPER,
    ),
    (
        lambda: replace(S.old, conversations=TALKS), "conversation", "added",
        "The conversations of a pair are new: “Six talks.”", ON_PAPER,
    ),
    (
        lambda: replace(S.old, pages=(replace(S.about, text=S.about.text + "\nMore.\n"), *S.others)),
        "page", "changed", "The page “About these steps” reads otherwise.", ASIDE,
    ),
    (
        lambda: replace(S.old, pages=(*S.old.pages, Prose(path="docs/more.md", text="# More\n\nMuch.\n"))),
        "page", "added",
        "New page: “More.”", ASIDE,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("made", "part", "kind", "what", "weight"), KINDS, ids=[each[3][:60] for each in KINDS])
def test_each_change_is_told_once_in_its_own_sentence(
    made: Callable[[], Curriculum], part: str, kind: str, what: str, weight: int
) -> None:
    """One difference gives one sentence, which says what it is and how much it matters."""
    new = made()
    found = list(changes.between(S.old, new))
    assert [change.what for change in found] == [what]
    assert [(change.part, change.kind, change.weight) for change in found] == [(part, kind, weight)]
    assert bool(found[0].words) == ("reworded" in what.lower() or "corrected" in what)
    back = list(changes.between(new, S.old))
    assert len(back) == 1
    assert back[0].kind == {"added": "removed", "removed": "added"}.get(kind, kind)
    assert (back[0].part, back[0].weight) == (part, weight)
    assert [piece.text for piece in back[0].words if piece.fate == "added"] == [
        piece.text for piece in found[0].words if piece.fate == "removed"
    ]


PAIRS: list[tuple[Conversations, str]] = [
    (talk(minutes=30), "The conversation “Begin” takes 30 minutes instead of 45."),
    (talk(when="Later"), "Conversation “Begin”: when it takes place is reworded."),
    (
        talk(mentor=replace(BEGIN.mentor, do_not=("Judge",))),
        "Conversation “Begin”: what a mentor does not do is reworded.",
    ),
    (talk(parts=BEGIN.parts[:1]), "Conversation “Begin”: the part “Plan” is gone."),
    (talk(parts=BEGIN.parts[::-1]), "Conversation “Begin”: the part “Plan” now comes first."),
    (
        talk(parts=(replace(BEGIN.parts[0], minutes=25), BEGIN.parts[1])),
        "Conversation “Begin”: the part “Story” takes 25 minutes instead of 20.",
    ),
    (
        talk(parts=(BEGIN.parts[0], replace(BEGIN.parts[1], mentor="Be still."))),
        "Conversation “Begin”: the part “Plan”, the mentor’s copy, is reworded.",  # noqa: RUF001
    ),
    (talk(sheet=None), "The sheet of the conversation “Begin” is gone: “Compact We agree.”"),
    (replace(TALKS, student="Lead on."), "What students read about all conversations is reworded."),
]


@pytest.mark.parametrize(("new", "what"), PAIRS, ids=[what for _, what in PAIRS])
def test_conversations_of_a_pair_are_compared_part_by_part(new: Conversations, what: str) -> None:
    """What differs in a conversation is reported with its name, and is on paper."""
    found = list(changes.between(replace(S.old, conversations=TALKS), replace(S.old, conversations=new)))
    assert [(change.what, change.weight) for change in found] == [(what, ON_PAPER)]


UNSEEN: dict[str, Callable[[], Curriculum]] = {
    "the same": lambda: S.old,
    "white space": lambda: reading("A map helps.", "A map\n  helps."),
    "folded lines": lambda: activity(instructions="Ask  both\nquestions."),
    "emphasis": lambda: question(ask="Why do *we* walk?"),
    "the edition": lambda: setting(edition="2.0"),
    "the address": lambda: setting(url="https://other.example.edu/", repository="https://other.example.edu/x.git"),
    "notes on works": lambda: replace(S.old, references=(replace(S.hall, supports="A", caution="B"), S.sue)),
    "other forms of a term": lambda: replace(S.old, glossary=tuple(replace(term, also=()) for term in S.old.glossary)),
    "marks of a page": lambda: replace(
        S.old, pages=(replace(S.about, text=S.about.text.replace("few", "*few*")), *S.others)
    ),
    "where an objective shows": lambda: file(objectives=(replace(S.file.objectives[0], shown="Nowhere"),)),
}  # fmt: skip


@pytest.mark.parametrize("new", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_could_notice_is_not_told(new: Callable[[], Curriculum]) -> None:
    """White space, marks and what is never shown change nothing; such a comparison is false."""
    assert not changes.between(S.old, new())
    assert not changes.between(new(), S.old)


def test_the_project_itself_does_not_differ_from_itself(whole: Loaded) -> None:
    """A curriculum compared with itself has no changes."""
    assert not changes.between(whole.curriculum, whole.curriculum, (whole.images, whole.images))


def test_the_files_themselves_are_compared(tmp_path: Any) -> None:
    """Edits of the sources are found by reading them, and told with the names of both editions."""
    root = small(tmp_path / "new")
    root.replace("modules/curriculum.yml", "edition: 1.0", "edition: 2.0")
    root.replace("modules/first-steps/module.yml", "60: 10, 45: 5, 30: 5", "60: 5, 45: 5, 30: 5")
    root.replace("modules/first-steps/module.yml", "60: 40", "60: 45")
    root.replace("modules/first-steps/images/map.svg", "</svg>", "<g/></svg>")
    old, new = SMALL.built.loaded, pipeline.read(root.root).loaded
    found = changes.between(old.curriculum, new.curriculum, (old.images, new.images))
    assert (found.old, found.new) == ("1.0", "2.0")
    assert [(group.id, group.title) for group in found.groups] == [("first-steps", "Module 1, First steps")]
    assert [change.what for change in found] == [
        "Activity “Welcome” takes 5 minutes instead of 10 (60-minute plan).",
        "Activity “The talk” takes 45 minutes instead of 40 (60-minute plan).",
        "The figure “A map with one path” is another one.",
    ]


def test_cuts_of_a_late_start_are_compared_by_activity() -> None:
    """A cut that takes other minutes, or is explained otherwise, is reported as that."""
    cut = Shortened(activity="talk", minutes=30, how="Ask one.")
    old, new = file(late=(cut,)), file(late=(replace(cut, minutes=25, how="Ask none."),))
    assert said(old, new) == [
        "Late start: “The talk” is cut to 25 minutes instead of 30.",
        "Late start: how “The talk” is shortened is reworded.",
    ]


def test_another_place_of_the_commitment_is_reported() -> None:
    """What the guide says of the commitment is in another activity, also where no other word differs."""
    agendas = [
        (S.welcome, replace(S.talk, kind="commitment"), S.goodbye),
        (replace(S.welcome, kind="commitment"), S.talk, S.goodbye),
    ]
    old, new = (file(agenda=agenda) for agenda in agendas)
    assert said(old, new) == ["The commitment is now made in the activity “Welcome.”"]


def test_another_order_is_told_once() -> None:
    """Entries that are only in a different order, in a list or in an activity, are reported in one sentence."""
    both = file(
        questions=(S.why, S.how), agenda=(S.welcome, replace(S.talk, questions=("why-first", "how")), S.goodbye)
    )
    turned = (S.welcome, replace(S.talk, questions=("how", "why-first")), S.goodbye)
    assert said(both, with_module(replace(S.first, file=replace(both.modules[0].file, agenda=turned)))) == [
        "Activity “The talk” asks its questions in another order: question 2 and question 1."
    ]
    assert said(file(materials=("Pens", "Tape")), file(materials=("Tape", "Pens"))) == [
        "The materials are in a different order."
    ]
    assert said(S.old, setting(agreements=S.old.settings.agreements[::-1])) == [
        "The agreements are in a different order."
    ]


def test_images_are_compared_by_their_bytes_and_only_where_they_are_known() -> None:
    """A changed drawing is reported for a figure and for a page; without the bytes nothing is reported."""
    page = replace(S.about, text=f"{S.about.text}\n![A gate](images/gate.png)\n")
    both = replace(S.old, pages=(page, *S.others))
    paths = ("modules/first-steps/images/map.svg", "images/gate.png", "images/unused.png")
    one, other = dict.fromkeys(paths, b"1"), dict.fromkeys(paths, b"2")
    assert not changes.between(both, both)
    assert not changes.between(both, both, ({}, other))
    assert [change.what for change in changes.between(both, both, (one, other))] == [
        "The figure “A map with one path” is another one.",
        "The page “About these steps” shows another picture.",
    ]


def test_a_question_that_moves_is_not_removed_and_added() -> None:
    """A question is reported as moved within its module and from one module to another, with the numbers it had."""
    three = file(questions=(S.why, S.how, replace(S.how, id="where", ask="Where do we walk?")))
    within = with_module(replace(S.first, file=replace(S.file, questions=three.modules[0].file.questions[::-1])))
    assert [change.kind for change in changes.between(three, within)] == ["moved", "moved"]
    last_first = replace(S.file, questions=tuple(three.modules[0].file.questions[n] for n in (2, 0, 1)))
    assert said(three, with_module(replace(S.first, file=last_first))) == [
        "Question 1 (was 3), “Where do we walk?”, now comes first."
    ]
    two = file(questions=(S.why, S.how))
    away = replace(S.next, file=replace(S.next.file, questions=(*S.next.file.questions, S.how)))
    found = changes.between(two, with_module(away, 1))
    assert [(change.module, change.kind) for change in found] == [("first-steps", "moved"), ("next-steps", "moved")]
    assert [change.what for change in found] == [
        "Question 2 is now in Module 2, Next steps, as question 2: “How do we walk?”",
        "Question 2 comes from Module 1, First steps, where it was question 2: “How do we walk?”",
    ]


def test_numbers_are_those_of_the_newer_state() -> None:
    """A question that only got another number is reported with both when something else of it differs."""
    new = file(questions=(S.how, replace(S.why, purpose="To wonder.")))
    assert said(S.old, new) == ["Question 2 (was 1): the purpose is reworded.", "New question 1: “How do we walk?”"]


def test_what_was_renamed_is_not_removed_and_added() -> None:
    """Modules and questions are followed by their former ids, also into another module."""
    renamed = formerly(Question, S.why, "why-first", id="why-at-all")
    talked = replace(S.talk, questions=("why-at-all",))
    new = file(questions=(renamed,), agenda=(S.welcome, talked, S.goodbye))
    assert not changes.between(S.old, new)
    moved = formerly(Question, S.why, "first-steps/why-first", id="why-on", ask="Why go on?", core=False)
    away = replace(S.next, file=replace(S.next.file, questions=(*S.next.file.questions, moved)))
    old = file(questions=(S.why, S.how), agenda=(S.welcome, replace(S.talk, questions=("how",)), S.goodbye))
    left = replace(S.first, file=replace(old.modules[0].file, questions=(S.how,)))
    kinds = [change.kind for change in changes.between(old, replace(S.old, modules=(left, away)))]
    assert "removed" not in kinds
    assert "added" not in kinds
    assert kinds.count("moved") == 2
    other = replace(S.first, id="starting", file=formerly(ModuleFile, S.file, "first-steps", title="Starting"))
    assert said(S.old, with_module(other)) == ["The module “The first steps” is now called “Starting.”"]


def test_modules_are_told_in_the_new_order_and_those_that_are_gone_last() -> None:
    """A module that is new, gone or elsewhere is reported as that, and numbers that differ are named."""
    third = replace(S.first, id="third", number=1, file=replace(S.file, title="Third", questions=(S.how,)))
    new = replace(S.old, modules=(third, replace(S.next, number=2)))
    found = changes.between(S.old, new)
    assert [(group.id, group.title, group.changes[0].what) for group in found.groups] == [
        ("third", "Module 1, First steps", "Module 1 is new: “Third.”"),
        ("first-steps", "Module 1, First steps (gone)", "What was module 1 is gone: “The first steps.”"),
    ]
    swapped = replace(S.old, modules=(replace(S.next, number=1), replace(S.first, number=2)))
    found = changes.between(S.old, swapped)
    assert [(group.title, [(change.what, change.weight) for change in group.changes]) for group in found.groups] == [
        ("Module 1 (was 2), Next steps", [("This is now module 1 (was 2).", ON_PAPER)]),
        ("Module 2 (was 1), First steps", [("This is now module 2 (was 1).", ASIDE)]),
    ]


def test_what_holds_for_all_stands_first_when_it_matters_on_paper() -> None:
    """The group of all modules comes first if it changes the room or the guide, and last otherwise."""
    walk = question(ask="Why do you walk?")
    light = replace(walk, glossary=S.old.glossary[:1])
    heavy = replace(walk, settings=setting(care="Stop.").settings)
    assert [group.id for group in changes.between(S.old, light).groups] == ["first-steps", None]
    assert [group.id for group in changes.between(S.old, heavy).groups] == [None, "first-steps"]


def test_the_weightiest_stands_first_and_then_the_order_of_the_meeting() -> None:
    """Within a group, changes are sorted by weight, and those of one weight follow the meeting."""
    agenda = (replace(S.welcome, lead="B"), replace(S.talk, lead="A"), replace(S.goodbye, lead="A"))
    new = file(agenda=agenda, questions=(replace(S.why, ask="Why go?"),), promise="Go.", reading_minutes=9)
    assert [change.id for change in changes.between(S.old, new)] == [
        "welcome", "talk", "why-first", "goodbye", "first-steps", "minutes",
    ]  # fmt: skip


def test_sections_that_move_or_stand_under_one_name_are_told_apart() -> None:
    """A section in another place is moved, and two with the same title are two."""
    twice = sheet("## Plan\n\nWalk.\n\n## Plan\n\nRest.\n\n## Close\n\nGo home now.\n")
    turned = sheet("## Close\n\nGo home now.\n\n## Plan\n\nWalk.\n\n## Plan\n\nRest well.\n")
    assert said(twice, turned) == [
        "In the handout, the section “Close” now comes first.",
        "In the handout, the section “Plan” is reworded.",
    ]


def test_order_is_told_by_as_few_moves_as_can_be() -> None:
    """Of five entries of which one went to the front, that one moved."""
    entries = [replace(S.why, id=f"q{n}") for n in range(5)]
    assert [each.id for each in matched(entries, [entries[4], *entries[:4]]).moved] == ["q4"]
    assert not matched(entries, entries[1:]).moved


@given(st.permutations(range(8)))
def test_what_stays_in_order_rises(order: list[int]) -> None:
    """What is said to have stayed where it was is in the older order."""
    stayed = [order[at] for at in sorted(longest_rising(order))]
    assert stayed == sorted(stayed)
    assert stayed


WORDS = st.lists(st.sampled_from(["a", "b", "c", "walk", "path,", "the"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
@example("", "a")
@example("a b c", "")
def test_a_comparison_of_words_loses_none(old: str, new: str) -> None:
    """Kept and removed words are the older text, kept and added ones the newer; no two pieces of one kind touch."""
    pieces = texts.differing(old, new)
    if old.split() == new.split():
        assert not pieces
        return
    assert " ".join(piece.text for piece in pieces if piece.fate != "added") == old
    assert " ".join(piece.text for piece in pieces if piece.fate != "removed") == new
    fates = [piece.fate for piece in pieces]
    assert all(one != other for one, other in itertools.pairwise(fates))
    assert not {("added", "removed")} & set(itertools.pairwise(fates))


def test_a_reworded_sentence_stays_readable() -> None:
    """Single kept words between changes are not left standing, and another text is shown whole."""
    old = "We walk the old path in the morning because it is quiet then."
    new = "We run the new path in the morning because it is cool then."
    assert [(piece.fate, piece.text) for piece in texts.differing(old, new)] == [
        ("kept", "We"), ("removed", "walk the old"), ("added", "run the new"),
        ("kept", "path in the morning because it is"), ("removed", "quiet"), ("added", "cool"), ("kept", "then."),
    ]  # fmt: skip
    assert [piece.fate for piece in texts.differing("One two three.", "Something quite other entirely.")] == [
        "removed", "added",
    ]  # fmt: skip


def test_long_stretches_are_shortened_when_told_and_whole_in_the_data() -> None:
    """Only the words around a change are reported; the comparison itself keeps all."""
    before, after = " ".join(f"b{n}" for n in range(40)), " ".join(f"a{n}" for n in range(40))
    found = changes.between(question(ask=f"{before} old {after}"), question(ask=f"{before} new {after}"))
    told = changes.as_text(found)
    assert "… b34 b35 b36 b37 b38 b39 [-old-] {+new+} a0 a1 a2 a3 a4 a5 …" in told
    assert before in changes.as_data(found)["groups"][0]["changes"][0]["words"][0]["text"]


@pytest.fixture(scope="module")
def whole() -> Loaded:
    """The project's own curriculum."""
    return OURS.built.loaded


@pytest.mark.slow("many sentences")
def test_a_bare_sentence_is_read_as_the_dialect_reads_it(whole: Loaded) -> None:
    """The short way to a text's words gives what converting it gives, for each text of the project."""
    found = list(_texts(whole.curriculum))
    assert len(found) > 1000
    wrong = [text for text in found if texts.plain(text) != texts.unmarked(dialect.words(dialect.tree(text)))]
    assert not wrong


@settings(max_examples=300)
@given(st.text(alphabet="ab A1.,;:?!()%-'…\"\n\t ", max_size=20).map(lambda text: f"a{text}"))
def test_the_short_way_to_words_is_never_another(text: str) -> None:
    """What is taken for a sentence without marks has no marks to the dialect either."""
    assert texts.plain(text) == texts.unmarked(dialect.words(dialect.tree(text)))


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def test_marks_of_authors_are_told_in_words() -> None:
    """Blanks, lines to write on and boxes to tick are reported in words; citations are not words."""
    text = "- [ ] Ask [PROGRAM TO SUPPLY: the\n    office]. Old [@hall-2015].\n\n[WRITE: 1]\n\n[WRITE: 3]"
    assert texts.plain(text) == "Ask [the office]. Old. [1 line to write on] [3 lines to write on]"
    assert texts.cited("A [@hall-2015; @sue-2007], b [@hall-2015].") == ("hall-2015", "sue-2007")


def test_quotations_are_typographic_and_short() -> None:
    """Marks within a quotation become single ones, and a long text is cut."""
    assert texts.quoted('Say "yes" or “no”') == "“Say ‘yes’ or ‘no’”"  # noqa: RUF001
    assert texts.quoted("w " * 40) == "“" + "w " * 25 + "…”"
    assert texts.ended("Go home") == "“Go home.”"
    assert texts.ended("Why?") == "“Why?”"


SAMPLE = Changes(
    "1.0",
    "2.0",
    (
        ModuleChanges(
            "first-steps",
            "Module 1, First steps",
            (
                Change("first-steps", "question", "why", "changed", "Question 1 is reworded.", TONIGHT, (
                    WordRun("Why do", "kept"), WordRun("we", "removed"),
                    WordRun("you", "added"), WordRun("walk?", "kept"),
                )),
                Change("first-steps", "module", "first-steps", "changed", "The promise is reworded.", ON_PAPER),
            ),
        ),
    ),
)  # fmt: skip


def test_the_terminal_is_told_in_plain_lines() -> None:
    """Text has a heading for each module, a line for each change, marks around words, and no line beyond 100 signs."""
    assert changes.as_text(SAMPLE) == (
        "What changed from edition 1.0 to edition 2.0\n\nModule 1, First steps\n─────────────────────\n\n"
        "In the room\n- Question 1 is reworded.\n    Why do [-we-] {+you+} walk?\n\n"
        "On paper\n- The promise is reworded.\n"
    )
    long = question(ask="How " + "very " * 60 + "far?")
    assert max(map(len, changes.as_text(changes.between(S.old, long)).splitlines())) <= 100


def test_the_data_is_whole_and_plain() -> None:
    """The record contains every change with stable keys and survives JSON."""
    record = changes.as_data(SAMPLE)
    assert json.loads(json.dumps(record)) == record
    assert (record["format"], record["old"], record["new"]) == (1, "1.0", "2.0")
    (group,) = record["groups"]
    assert (group["id"], group["title"]) == ("first-steps", "Module 1, First steps")
    assert group["changes"][0] == {
        "module": "first-steps", "part": "question", "id": "why", "kind": "changed",
        "what": "Question 1 is reworded.", "weight": 1,
        "words": [
            {"text": "Why do", "fate": "kept"}, {"text": "we", "fate": "removed"}, {"text": "you", "fate": "added"},
            {"text": "walk?", "fate": "kept"},
        ],
    }  # fmt: skip


def test_the_summary_of_a_pull_request_has_headings_and_marks_of_its_own() -> None:
    """Markdown has a heading for each module, and says how words are marked."""
    told = changes.as_markdown(SAMPLE)
    assert "## What changed from edition 1\\.0 to edition 2\\.0\n" in told
    assert "### Module 1\\, First steps\n\n**In the room**\n\n- Question 1 is reworded\\.\n" in told
    assert "  Why do <del>we</del> <ins>you</ins> walk\\?\n" in told
    assert "struck through" in told


def test_nothing_changed_is_said_plainly() -> None:
    """Each format says that nothing changed."""
    same = changes.between(S.old, S.old)
    assert changes.as_text(same) == "Between edition 1.0 and edition 1.0 nothing changed that a reader would notice.\n"
    assert "nothing changed" in changes.as_markdown(same)
    assert changes.as_data(same)["groups"] == []


HOSTILE = [
    "@octocat and a@example.org", "https://example.org/x www.example.org", "[a](javascript:x) ![b](c)",
    "<script>x</script>",
    "# head", "1. one", "- item", "*a* _b_ ~~c~~ `d` **e**", "a | b", "&lt; &copy;", "#12 GH-7 octo/cat#3", ":tada:",
    "$x$ and $$y$$", "</ins></del><img src=x>", "> quote", "\\", "--- ***", "[x]: y", "[^1]",
]  # fmt: skip
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {"h2", "h3", "p", "ul", "li", "strong", "del", "ins", "span", "div", "html", "body"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_authors_wrote_becomes_markup(text: str) -> None:
    """Authored text is shown as it is, whatever it holds: no mark, element, link, mention, number, formula or emoji."""
    _assert_shown(text)


@given(st.text(alphabet="ab1 @#*_`[]()<>!&:;/\\.$|~-+{}\"'=^", min_size=1, max_size=30))
def test_no_text_at_all_becomes_markup(text: str) -> None:
    """Whatever signs follow each other, they are shown and mean nothing."""
    _assert_shown(" ".join(text.split()) or "a")


def _assert_shown(text: str) -> None:
    pieces = (WordRun(text, "removed"), WordRun(text, "added"))
    change = Change(None, "page", "x", "changed", text, ASIDE, pieces)
    told = changes.as_markdown(Changes(text, "2.0", (ModuleChanges(None, text, (change,)),)))
    page = lxml_html.fromstring(f"<div>{GITHUB.render(told)}</div>")
    assert {element.tag for element in page.iter()} <= TAGS
    shown = [page.find(".//h3"), page.find(".//li"), page.find(".//del"), page.find(".//ins")]
    for element in shown:
        assert element is not None
        words = " ".join(element.text_content().replace("\u200b", "").split())
        assert words.startswith(text), (words, text)
    content = page.text_content()
    assert not re.search(r"@\w|#\d|https?://|www\.|:[\w+-]+:|GH-\d", content)
    assert "$" not in re.sub(r"<span>\$</span>", "", told)


def test_a_whole_curriculum_is_compared(whole: Loaded) -> None:
    """A curriculum of six modules in which every question and every reading differs is compared as a whole."""
    old = whole.curriculum
    modules = tuple(
        replace(
            module,
            file=replace(
                module.file, questions=tuple(replace(each, ask=f"{each.ask} Why?") for each in module.file.questions)
            ),
            reading=replace(module.reading, text=f"{module.reading.text}\n\nOne more sentence.\n"),
        )
        for module in old.modules
    )
    found = changes.between(old, replace(old, modules=modules))
    assert len([change for change in found if change.part == "question"]) > 30
