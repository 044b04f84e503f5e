"""A mark of the dialect means the same on a page, in print, in a calendar and in a message."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pypdfium2
import pytest
from once import SMALL as TRIED
from planting import CURRICULUM, READING, SMALL, Fault, assert_told, lines, small
from test_calendars import hemlock, of_team, trial, unescaped, values
from test_press import FACTS

from builder import dialect, pipeline
from builder.changes.texts import plain
from builder.dialect import marks
from builder.documents import Apparatus, messages
from builder.press import Job, typeset
from builder.printing.facts import typographic
from builder.printing.packets import packet_job
from builder.printing.sheets import Sheets

BLANKS = [
    "[PROGRAM TO SUPPLY: reporting duties]",
    "[Program to supply: Reporting duties]",
    "[program to supply: reporting\n  duties]",
]


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_is_filled_everywhere_in_any_case(blank: str) -> None:
    """Capitals and small letters make the same blank, on the page, in the calendar and in the message."""
    module = TRIED.curriculum.modules[0]
    note = f"See: {blank}."
    commitment = dataclasses.replace(module.file.commitment, practice=note)
    file = dataclasses.replace(module.file, content_note=note, commitment=commitment)
    made = dataclasses.replace(
        TRIED.curriculum, modules=(dataclasses.replace(module, file=file), *TRIED.curriculum.modules[1:])
    )
    apparatus = Apparatus(made, {})
    said = [
        apparatus.finish("x.md", note),
        "".join(text for _, text in messages(apparatus, trial(), hemlock())),
        unescaped(values(of_team(hemlock(), made), "DESCRIPTION")[0]),
    ]
    for text in said:
        assert "See: Ask the office." in text
        assert "supply" not in text.lower()


def test_every_room_reads_a_blank_alike() -> None:
    """What was meant for a blank, and lines to write on, are read whatever their case by comparisons too."""
    assert (
        plain("Ask [Program to supply: reporting duties]. [write: 3]")
        == "Ask [reporting duties]. [3 lines to write on]"
    )
    assert marks.supplied("Reporting Duties", {"reporting duties": "x"}) == "x"


def test_a_fact_that_no_blank_asks_for_is_reported(tmp_path: Path) -> None:
    """A slip in the name of a blank leaves the blank empty: the name is a problem, with what was meant."""
    at = small(tmp_path)
    key = "supplied:\n  reporting dutys: Ask."
    Fault(CURRICULUM, "supplied:\n  reporting duties: Ask the office.", key, "", at="1:1").plant(at)
    found = lines(at)
    assert any(
        line.endswith("no blank asks for 'reporting dutys' (did you mean 'reporting duties'?)") for line in found
    )
    assert [line for line in found if "notice" not in line] == [found[0]]
    assert found[0].startswith(f"{CURRICULUM}:27:3: ")


def test_a_title_takes_no_blank_in_small_letters(tmp_path: Path) -> None:
    """A heading goes into menus, so a blank in it is reported in any case."""
    assert_told(
        Fault(READING, "## Maps", "## Maps ¦[program to supply: reporting duties]", "in a heading or a title"), tmp_path
    )


def test_a_block_has_its_word_without_a_space_before_it(tmp_path: Path) -> None:
    """A title begins with the word of its block, also where no space parts the word from its mark."""
    at = small(tmp_path)
    Fault(READING, "A map helps.", '!!!reflection "Mine"\n    Text.', "", at="1:1").plant(at)
    page = pipeline.Curricula(at).built(None).documents.of_modules["module"]["first-steps"]
    assert "Reflection: Mine" in dialect.words(dialect.tree(page.markdown))


def test_an_address_becomes_a_link_but_not_in_an_example(tmp_path: Path) -> None:
    """An address that was typed as plain words is a link, without the signs of its sentence; in code it stays."""
    at = small(tmp_path)
    text = "See https://walk.example.edu/a_(b), or (www.example.edu). Ask ask@example.edu.\n\n    get https://code.example.edu"
    Fault(READING, "A map helps.", text, "", at="1:1").plant(at)
    tree = dialect.tree(pipeline.Curricula(at).built(None).documents.of_modules["module"]["first-steps"].markdown)
    links = {dialect.words(node): node["href"] for node in dialect.walk(tree) if node["t"] == "a"}
    assert links["https://walk.example.edu/a_(b)"] == "https://walk.example.edu/a_(b)"
    assert links["www.example.edu"] == "https://www.example.edu"
    assert links["ask@example.edu"] == "mailto:ask@example.edu"
    assert "get https://code.example.edu" in [dialect.words(node) for node in dialect.walk(tree) if node["t"] == "pre"]


def test_a_name_is_spelled_alike_in_facts_and_texts() -> None:
    """A cover spells what a run sheet spells: apostrophes at the end of a word, quotation marks and dashes too."""
    for name in ("Maeve O'Brien", "The Walkers' team", 'Ann "Nan" Lee', "North -- South", "Anne-Marie", "Ngũgĩ"):
        from_text = dialect.words(dialect.tree(name))
        assert typographic(name) == from_text
    assert typographic("O'Brien") == "O\u2019Brien"


def test_a_cover_spells_as_its_run_sheets_do() -> None:
    """Names, places and the cohort have the same apostrophes on the cover of a packet as in its texts."""
    ann = dataclasses.replace(hemlock().facilitators[0], name="Maeve O'Brien")
    team = dataclasses.replace(
        hemlock(), name="The Walkers' team", facilitators=(ann,), members=(ann,), place="O'Hare", meetings=()
    )
    cohort = dataclasses.replace(trial(), file=dataclasses.replace(trial().file, name="Ann's spring", teams=(team,)))
    sheets = Sheets(pipeline.Curricula(SMALL).built(None).documents, {}, "letter")
    facts = packet_job(sheets, cohort, team).facts
    cover = facts["cover"]
    assert cover["members"] == cover["facilitators"] == ["Maeve O\u2019Brien"]
    assert (cover["cohort"], cover["place"]) == ("Ann\u2019s spring", "O\u2019Hare")
    assert facts["title"] == "Facilitator packet: The Walkers\u2019 team"


def edges(words: str, pdf: bytes) -> list[tuple[float, float]]:
    """The left and the right edge of each number in a PDF's first page, in points."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    text = page.get_text_range()
    found = [match.span() for match in re.finditer(words, text)]
    return [(page.get_charbox(start)[0], page.get_charbox(end - 1)[2]) for start, end in found]


def test_columns_are_aligned_in_print_as_on_the_page() -> None:
    """The second line of a table aligns its columns in print too: left, centered and right."""
    table = "| Left | Right | Middle |\n|:--|--:|:-:|\n| 11111 | 2222222 | 3333333 |\n| 111 | 222 | 333 |"
    job = Job("a.pdf", "guide", FACTS, {"guide": {"t": "root", "c": dialect.tree(table)["c"]}}, {})
    pdf = typeset(job).data
    (wide, _), (narrow, _) = edges(r"1{3,}", pdf)
    assert wide == pytest.approx(narrow, abs=1)
    (_, wide), (_, narrow) = edges(r"2{3,}", pdf)
    assert wide == pytest.approx(narrow, abs=1)
    wide, narrow = (sum(edge) / 2 for edge in edges(r"3{3,}", pdf))
    assert wide == pytest.approx(narrow, abs=1)
