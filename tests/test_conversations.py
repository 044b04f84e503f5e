"""The conversations of a pair: one source, two copies that agree, and nothing of one reader's in the other's."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Project, copy_sources
from output import everything, sheets
from planting import Fault, lines, small

from builder import dialect, documents, pipeline, printing, site
from builder.documents import Documents
from builder.model.conversations import Conversation, Notes, Part, Sheet
from builder.pipeline import Built
from builder.press import typeset
from builder.printing import Sheets

PAIRS = "modules/conversations.yml"

TALKS = """\
title: Two walks
introduction: Walk together, as [mentorship](term:mentorship) means it [@hall-2015].
mentor: Quokkabegin, mentor, with boots.
student: Wombatbegin, student, as you like.
conversations:
  - id: first-walk
    title: The first walk
    promise: You will have walked.
    when: In spring
    minutes: 30
    before:
      mentor: Quokkabefore.
      student: Wombatbefore.
    mentor:
      listen_for: [Quokkalisten]
      do_not: [Quokkanot]
      cost: Quokkacost.
      refer: Quokkarefer.
    student: Wombatdecide.
    parts:
      - id: set-out
        title: Set out
        minutes: 10
        together: Tie your laces.
        mentor: Quokkapart.
        student: Wombatpart.
      - id: come-back
        title: Come back
        minutes: 20
        together: |-
          Tell what you saw.

          [WRITE: 2]
    sheet:
      title: Our map
      text: |-
        Draw it.

        [WRITE: 3]
    after: Wash the boots.
    if_it_is_hard: Quokkahard.
  - id: next-walk
    title: The next walk
    promise: You will know more.
    when: In fall
    minutes: 35
    before: {mentor: Bring tea., student: Bring a coat.}
    mentor: {listen_for: [Breath], do_not: [Run], cost: Sleep., refer: To a guide.}
    student: The pace.
    parts:
      - {id: set-out, title: Set out again, minutes: 35, together: Walk on.}
    after: Rest.
    if_it_is_hard: Sit down.
"""
"""The small conversations: what is the mentor's has a quokka in it, what is the student's a wombat."""


def planted(folder: Path, text: str = TALKS) -> Path:
    """Give the small curriculum these conversations."""
    root = small(folder)
    (root / PAIRS).write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Read the small curriculum with its conversations."""
    return pipeline.read(planted(tmp_path_factory.mktemp("walks")))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Read the project's own curriculum."""
    return pipeline.read(copy_sources(tmp_path_factory.mktemp("ours") / "project"))


@pytest.fixture(scope="module")
def pdfs(walks: Built, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Set the small copies, and lay them into a folder by their reader."""
    folder, made = tmp_path_factory.mktemp("pdfs"), {}
    sheets = Sheets(walks.documents, walks.loaded.images, "letter")
    for job in (printing.copy_job(sheets, reader) for reader in ("mentor", "student")):
        made[job.name.rpartition("-")[2].removesuffix(".pdf")] = folder / Path(job.name).name
        made[job.name.rpartition("-")[2].removesuffix(".pdf")].write_bytes(typeset(job).data)
    return made


def said(document: documents.Document) -> str:
    """What a page says, as plain words."""
    return dialect.words(dialect.tree(document.markdown))


def navigation(composed: Documents, built: Built) -> list[str]:
    """The names of the sections, in order."""
    return [name for entry in site.stage(built.loaded, composed, {}).nav for name in entry]


# Two copies


def test_what_both_do_is_in_both_copies(walks: Built) -> None:
    """What the two do together, with its clock, and the sheet and what comes after, are the same in both copies."""
    for reader in ("mentor", "student"):
        text = said(walks.documents.conversations[reader])
        for both in ("Walk together", "Tie your laces.", "0:10", "Tell what you saw.", "Our map", "Wash the boots."):
            assert both in text, (reader, both)


def test_each_copy_has_its_readers_own_text_and_nothing_of_the_others(walks: Built) -> None:
    """Every text that is one reader's own is in that copy and in no other page."""
    own = {"mentor": "Quokka", "student": "Wombat"}
    for reader, word in own.items():
        count = TALKS.count(word)
        assert said(walks.documents.conversations[reader]).count(word) == count
        others = [page for page in walks.documents.all if page is not walks.documents.conversations[reader]]
        assert not [page.path for page in others if word in page.markdown]


def test_the_print_of_a_copy_holds_nothing_of_the_other(pdfs: Mapping[str, Path]) -> None:
    """No byte of the student's PDF contains the mentor's text, nor the other way round."""
    assert "Quokkahard" in everything(pdfs["mentor"])
    assert "Wombatdecide" in everything(pdfs["student"])
    assert "Quokka" not in everything(pdfs["student"])
    assert "Wombat" not in everything(pdfs["mentor"])


def test_each_conversation_begins_a_page_of_its_own(pdfs: Mapping[str, Path]) -> None:
    """In print a conversation, and a sheet to write on, each begin a page, which names the copy at its head."""
    for reader, pdf in pdfs.items():
        pages = [page.splitlines() for page in sheets(pdf)]
        head = f"One to one {reader.capitalize()}\N{RIGHT SINGLE QUOTATION MARK}s copy"
        assert all(page[0] == head for page in pages[1:])
        starts = [page[1] for page in pages[1:]]
        assert starts[:3] == ["1. The first walk", "Our map", "2. The next walk"], reader


def test_the_students_copy_has_room_for_notes(walks: Built) -> None:
    """The student writes what they like after each conversation; the mentor's copy asks for no record of it."""
    assert walks.documents.conversations["student"].markdown.count("### Your notes") == 2
    assert "### Your notes" not in walks.documents.conversations["mentor"].markdown


def test_the_mentors_copy_is_kept_out_of_search(walks: Built) -> None:
    """The mentor's copy is public and not found by searching; the student's is found."""
    files = site.stage(walks.loaded, walks.documents, {}).files
    head = {reader: files[f"one-to-one/{reader}.md"].split(b"---\n")[1] for reader in ("mentor", "student")}
    assert b'search: {"exclude": true}' in head["mentor"]
    assert b"search" not in head["student"]


# Where they stand


def test_conversations_have_a_place_of_their_own(walks: Built) -> None:
    """They come after Facilitate in the navigation, each with its PDF, and home leads to them."""
    names = navigation(walks.documents, walks)
    assert names[names.index("Facilitate") + 1] == "One to one"
    assert "one-to-one/index.md" in next(page for page in walks.documents.pages if page.path == "index.md").markdown
    sheets = Sheets(walks.documents, walks.loaded.images, "letter")
    made = {offer.job.name: offer.page for offer in printing.offers(sheets)}
    for reader in ("mentor", "student"):
        assert made[f"one-to-one/one-to-one-{reader}.pdf"] == f"one-to-one/{reader}.md"


def test_a_curriculum_without_conversations_is_built_as_before(tmp_path: Path) -> None:
    """Without the file there is no page, no place, no PDF and no word of it."""
    built = pipeline.read(small(tmp_path))
    assert built.documents.conversations == {}
    assert "One to one" not in navigation(built.documents, built)
    sheets = Sheets(built.documents, built.loaded.images, "letter")
    assert not [offer for offer in printing.offers(sheets) if "one-to-one" in offer.page]
    assert not [page.path for page in built.documents.all if "one-to-one" in page.path + page.markdown]


# What is told


FAULTS = (
    Fault(PAIRS, "- id: come-back", "- id: ¦set-out", "'set-out' twice"),
    Fault(PAIRS, "- id: next-walk", "- id: ¦first-walk", "'first-walk' twice"),
    Fault(PAIRS, "    when: In fall\n", "    ¦whne: In fall\n", "unknown key 'whne' (did you mean 'when'?)"),
    Fault(PAIRS, "    after: Rest.\n", "", "missing key 'after'", at="id: next-walk"),
    Fault(PAIRS, "minutes: 10", "minutes: ¦0", "0 is too small (at least 1)"),
    Fault(PAIRS, "Quokkacost.", "Quokkacost ¦[@hal-2015].", "unknown citation 'hal-2015'"),
    Fault(PAIRS, "Wombatdecide.", "Wombatdecide ¦<i>now</i>.", "raw HTML '<i>'"),
    Fault(PAIRS, "Tie your laces.", "Tie [laces](¦term:lace).", "unknown term 'lace'"),
    Fault(PAIRS, "Draw it.", "Draw ¦[PROGRAM TO SUPPLY: pens].", "for your program to supply: pens"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_slips_in_conversations_are_told(fault: Fault, tmp_path: Path) -> None:
    """Ids, keys, minutes and every text are checked as those of modules are, each slip once and at its place."""
    root = planted(tmp_path)
    place = fault.plant(root)
    told = lines(root)
    assert len(told) == 1, told
    assert told[0].startswith(f"{place}: "), (place, told)
    assert fault.message in told[0]


def test_parts_that_do_not_add_up_are_told_at_the_parts(tmp_path: Path) -> None:
    """The parts of a conversation fill its minutes; if not, the place is their list, and both sums are named."""
    root = planted(tmp_path, TALKS.replace("minutes: 20", "minutes: 15"))
    line = TALKS[: TALKS.index("    parts:")].count("\n") + 1
    assert lines(root) == [f"{PAIRS}:{line}:5: the parts add up to 25 minutes (the conversation takes 30)"]


def test_a_slip_in_the_name_of_the_file_is_told(tmp_path: Path) -> None:
    """A file that nobody would read is reported with the name that was meant."""
    root = small(tmp_path)
    (root / "modules/conversation.yml").write_text(TALKS, encoding="utf-8")
    assert lines(root) == ["modules/conversation.yml:1:1: unknown file (did you mean 'conversations.yml'?)"]


def test_an_authored_page_does_not_take_a_copys_place(tmp_path: Path) -> None:
    """A page of the same path is reported when the program makes one there, and is an ordinary page when not."""
    page = "docs/one-to-one/mentor.md"
    for root, expected in ((planted(tmp_path / "with"), 1), (small(tmp_path / "without"), 0)):
        (root / page).parent.mkdir()
        (root / page).write_text("# Mine\n\nA page.\n", encoding="utf-8")
        told = lines(root)
        assert len(told) == expected, told
        assert not told or "a page of this name is made from modules/" in told[0]


# The project's own


def texts_of(talk: Conversation, reader: str) -> list[str]:
    """What of a conversation is this reader's own."""
    notes = talk.mentor
    if reader == "mentor":
        whole = [talk.before.mentor, *notes.listen_for, *notes.do_not, notes.cost, notes.refer, talk.if_it_is_hard]
        return whole + [part.mentor for part in talk.parts if part.mentor]
    return [talk.before.student, talk.student] + [part.student for part in talk.parts if part.student]


@pytest.mark.slow("reads a copy of the whole curriculum")
def test_our_six_conversations_take_thirty_to_forty_five_minutes(ours: Built) -> None:
    """There are six, of 30 to 45 minutes each; each says the mentor's part in 250 to 400 words and is for both."""
    talks = ours.loaded.curriculum.conversations
    assert talks is not None
    assert len(talks.conversations) == 6
    for talk in talks.conversations:
        assert 30 <= talk.minutes <= 45, talk.id
        assert 250 <= len(" ".join(texts_of(talk, "mentor")).split()) <= 420, talk.id


def test_our_copies_keep_to_their_readers(ours: Built) -> None:
    """No line that is the mentor's alone is on the student's page, nor the other way round."""
    talks = ours.loaded.curriculum.conversations
    assert talks is not None
    page = {reader: ours.documents.conversations[reader].markdown for reader in ("mentor", "student")}
    for talk in talks.conversations:
        for reader, other in (("mentor", "student"), ("student", "mentor")):
            firsts = [text.split("\n")[0].partition("[")[0].strip() for text in texts_of(talk, reader)]
            for first in firsts:
                assert first in page[reader], (talk.id, first)
                assert first not in page[other], (talk.id, first)


def test_the_compact_is_the_same_in_both_copies(ours: Built) -> None:
    """The compact is in the first conversation, word for word the same, with lines to write on."""
    compacts = []
    for reader in ("mentor", "student"):
        text = ours.documents.conversations[reader].markdown
        start = text.index("### Our compact")
        compacts.append(text[start : text.index("</section>", start)])
    assert compacts[0] == compacts[1]
    assert compacts[0].count('class="write"') == 7
    assert "youth-protection policy" in compacts[0]


def test_the_format_is_described_as_it_is(tmp_path: Path) -> None:
    """The example on the page for authors has no slip and shows every key that a conversation may have."""
    text = Project(ROOT).read("docs/authors/format.md").partition("## `modules/conversations.yml`")[2]
    example = text.partition("```yaml\n")[2].partition("```")[0]
    talk = textwrap.indent(example, "  ")
    root = planted(tmp_path, f"{TALKS[: TALKS.index('  - id: first-walk')]}{talk}")
    assert lines(root) == []
    keys = {field.name for word in (Conversation, Part, Notes, Sheet) for field in dataclasses.fields(word)}
    assert not [key for key in keys if f"{key}:" not in example]
