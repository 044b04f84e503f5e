"""Slips of people who do not know YAML are reported in their own words, where they were made, each of them once."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import COHORT, CURRICULUM, MODULE, REFERENCES, Fault, assert_told, lines, small

from builder.problems import Problems
from builder.sources.files import Source
from builder.sources.yaml import parse

COLON = 'a colon in a text without quotation marks (put the whole text in "…"'
BEGINS = 'a text that begins with {} needs quotation marks (put the whole text in "…"'
OPEN = "a quotation mark that is opened here is not closed (close it where the text ends"
AFTER = "words follow the closing quotation mark (put the whole text in"
INDENTED = "a line that is not indented like those it belongs to (begin them in the same column"

SYNTAX = [
    Fault(MODULE, "ask: Why do we walk?", "ask: Note¦: why do we walk?", COLON),
    Fault(MODULE, "- What else?", "- What: which¦: else?", COLON),
    Fault(MODULE, "ask: Why do we walk?", 'ask: "Why"¦: do we walk?', "(put the whole text in '…'"),
    Fault(MODULE, "in_short: Greet.", "in_short: Greet.\n      title¦: Hi", "indented further than its key"),
    Fault(MODULE, "- Pens", "- ¦@pens", BEGINS.format("@")),
    Fault(MODULE, "- Pens", "- ¦%pens", BEGINS.format("%")),
    Fault(MODULE, "- Pens", "- ¦`pens`", BEGINS.format("`")),
    Fault(MODULE, "ask: Why do we walk?", "ask: ¦**Why** do we walk?", BEGINS.format("*")),
    Fault(MODULE, "ask: Why do we walk?", "ask: ¦*Why* do we walk?", BEGINS.format("*")),
    Fault(MODULE, "ask: Why do we walk?", "ask: ¦*Why do* we walk?", BEGINS.format("*")),
    Fault(MODULE, "ask: Why do we walk?", "ask: ¦& why do we walk?", BEGINS.format("&")),
    Fault(MODULE, "in_short: Greet.", "in_short: ¦[PROGRAM TO SUPPLY: a room] Greet.", BEGINS.format("[")),
    Fault(MODULE, "- Pens", "- ¦[Pens](https://pens.example.edu)", BEGINS.format("[")),
    Fault(MODULE, "ask: Why do we walk?", "ask: ¦{a} and b", BEGINS.format("{")),
    Fault(MODULE, "ask: Why do we walk?", 'ask: ¦"Why do we" walk?', f"{AFTER} '…'"),
    Fault(MODULE, "ask: Why do we walk?", 'ask: ¦"Why don\'t we" walk?', "'…', and write each apostrophe in it twice"),
    Fault(MODULE, "- Pens", "- ¦'Our' pens", f'{AFTER} "…"'),
    Fault(MODULE, "materials:\n", "materials:\n¦\t- Chalk\n", "a tab at the beginning (indent with spaces"),
    Fault(MODULE, "kind: opening", "¦kind:opening", "no space after the colon (write 'kind: ' and then its value"),
    Fault(MODULE, "- id: welcome", "- ¦id:welcome", "no space after the colon (write 'id: ' and then its value"),
    Fault(MODULE, "- Pens", "- Pens\n¦Paper\nkey_points2: a", "neither a key with its value nor part of the text"),
    Fault(MODULE, "- Pens", "- Pens\n¦---", "a line of --- or ... within the file (leave it out"),
    Fault(MODULE, "- Pens", '- "Pens¦\\w"', "a backslash in a text in quotation marks (write it twice"),
    Fault(MODULE, "- Pens", "- ¦> Pens", "words on the line of > (begin the text on the next line"),
    Fault(MODULE, "materials:\n  - Pens", "materials: ¦- Pens", "a list on the line of its key (begin it on the next"),
    Fault(MODULE, "objectives: [explain-first]", "objectives: ¦[explain-first", "a bracket opened here is not closed"),
    Fault(MODULE, "  if_then: If", " ¦if_then: If", INDENTED),
    Fault(MODULE, "    lead: A\n", "   ¦lead: A\n", "or indent it like the lines it belongs to"),
    Fault(MODULE, "- Pens", "- Pens\n ¦- Paper", "an entry of a list where a key is due (check how far"),
    Fault(MODULE, "- Pens", "- Pens\n  ¦paper: Paper", "a line of a list without '- ' (begin it with '- '"),
    Fault(MODULE, "commitment:\n", "commitment:\n  also: a\n  ¦- b\n", "an entry of a list where a key is due"),
]


@pytest.mark.parametrize("fault", SYNTAX, ids=str)
def test_what_is_not_yaml_is_told_in_plain_words(fault: Fault, tmp_path: Path) -> None:
    """A slip in the signs of YAML is one problem, which says what to do and needs no knowledge of a parser."""
    assert_told(fault, tmp_path)


UNCLOSED = [
    Fault(MODULE, "title: The first steps", 'title: ¦"The first steps', OPEN),
    Fault(MODULE, "title: The first steps\n", "title: ¦'The first steps\n", OPEN),
    Fault(MODULE, "- Pens", '- ¦"Pens\n  - "Paper"', OPEN),
    Fault(MODULE, "title: The first steps\n", 'title: ¦"The first steps\nshort_title: "First"\n', OPEN),
    Fault(MODULE, "title: The first steps\n", 'title: ¦"The first steps\nshort_title: "@first"\n', OPEN),
    Fault(MODULE, "title: The first steps\n", 'title: ¦"The first steps\nshort_title: "a: b"\n', OPEN),
    Fault(MODULE, "title: The first steps\n", "title: ¦'The first steps\nshort_title: Don't\n", OPEN),
]


@pytest.mark.parametrize("fault", UNCLOSED, ids=lambda fault: fault.new)
def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens(fault: Fault, tmp_path: Path) -> None:
    """However far the next quotation mark is, the place is the one that an author left open."""
    assert_told(fault, tmp_path)


def test_a_quotation_mark_is_found_over_many_lines(tmp_path: Path) -> None:
    """A slip on the first line that the parser notices at the end of the file is reported on the first line."""
    root = small(tmp_path)
    Fault(MODULE, "note: A short book.", 'note: "A short book."', "", at="1:1").plant(root)
    place = Fault(MODULE, "title: The first steps", 'title: ¦"The first steps', "").plant(root)
    (told,) = lines(root)
    assert told.startswith(f"{place}: not valid YAML: {OPEN}")


CUT = "the text ends here, because # after one space begins a comment (put the whole text in quotation marks, or two"
CUTS = [
    Fault(MODULE, "ask: Why do we walk?", "ask: Whose ¦#1 stories do we hear?", CUT),
    Fault(MODULE, "ask: Why do we walk?", "ask: whose ¦#1 stories do we hear?", CUT),
    Fault(MODULE, "ask: Why do we walk?", "ask: Whose ¦#MeToo stories do we hear?", CUT),
    Fault(MODULE, "ask: Why do we walk?", "ask: Whose stories ¦# do we hear?", CUT),
    Fault(MODULE, "- What else?", "- What about ¦#2?", CUT),
    Fault(MODULE, "ask: Why do we walk?", "ask: Whose stories\n      and ¦#1 stories do we hear?", CUT),
    Fault(MODULE, "ask: Why do we walk?", "ask: Whose ¦#1 stories\n      do we hear?", CUT),
    Fault(REFERENCES, "title: Paths", "title: Paths ¦#3", CUT),
]


@pytest.mark.parametrize("fault", CUTS, ids=lambda fault: fault.new)
def test_a_text_that_a_comment_cuts_off_is_told(fault: Fault, tmp_path: Path) -> None:
    """Words after a # that would vanish without a word are one problem, at the #."""
    assert_told(fault, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "a: 5 # minutes", "a: 2021-04-21 # Wednesday", "a: 17:30 #noon", "a: opening # first", "a: first-steps #one",
        "a: Two words  # two spaces", "a: Two words   #three", "a: AB # both", "a: {60: 5} # ten", "a: [b c] # d",
        "a: 'Two #1 words' # a comment", "a: >- # folded\n  b c #1", "a: C# or a#b", "a:\n  # alone\n  b c",
        "a: true # core", "a: https://steps.example.edu # ours", "a: 12 (3) # pages", "a: b c\n# next",
    ],
)  # fmt: skip
def test_a_comment_is_no_problem(line: str) -> None:
    """Comments after two spaces, numbers, dates, ids, brackets and quotation marks, or on their own lines, are fine."""
    problems = Problems()
    assert parse(Source("a.yml", f"{line}\n"), problems) is not None
    assert list(problems) == []


COLONS = "text expected, but a colon makes it a key with a value (put the whole text in"
SHAPES = [
    Fault(MODULE, "- Pens", "- ¦Pens: and not paper", COLONS),
    Fault(MODULE, "in_short: Greet.", "¦in_short: {a: b}", COLONS),
    Fault(
        MODULE,
        "in_short: Greet.",
        "¦in_short: [PROGRAM TO SUPPLY: a room]",
        "this makes a list (put a text that begins",
    ),
    Fault(MODULE, "minutes: {60: 10, 45: 5, 30: 5}", "¦minutes: 10", "(write {60: 10, 45: …, 30: …}; 0 leaves it out)"),
    Fault(
        MODULE, "{60: 10, 45: 5, 30: 5}", "{¦60:10, 45:5, 30:5}", "no space after the colon in '60:10' (write '60: '"
    ),
    Fault(COHORT, "{name: Ben}", "{¦name:Ben}", "no space after the colon in 'name:Ben' (write 'name: ' and then its"),
    Fault(COHORT, "{name: Ben}", "¦Ben", "keys and values expected (such as 'name: …')"),
    Fault(
        CURRICULUM,
        "license:\n  name: CC BY 4.0\n  url: https://creativecommons.org/licenses/by/4.0/",
        "license: ¦CC BY 4.0",
        "keys and values expected (such as 'name: …', then url)",
    ),
    Fault(MODULE, "reading_minutes: 5", f"reading_minutes: ¦{'5' * 5000}", "a whole number expected, not '555"),
]


@pytest.mark.parametrize("fault", SHAPES, ids=lambda fault: fault.new[:40])
def test_a_value_of_another_shape_is_told_with_what_is_meant(fault: Fault, tmp_path: Path) -> None:
    """A text read as a key or a list, or a value where keys are due, is one problem that shows what is meant."""
    assert_told(fault, tmp_path)


WORKS = [
    Fault(REFERENCES, "title: Paths", "title: Paths\n  DOI: ¦not a doi", "not a DOI: 'not a doi' (such as 10."),
    Fault(REFERENCES, "title: Paths", "title: Paths\n  DOI: ¦https://a.edu/10.1000/x", "not a DOI: 'https://a.edu/10."),
    Fault(REFERENCES, "title: Paths", "title: Paths\n  DOI: 10.1000/x/¦../y", "'..' cannot be a part of a DOI"),
    Fault(REFERENCES, "{literal: The walkers}", "¦{}", "a name without words (family and given, or literal"),
    Fault(REFERENCES, "title: Paths", "title: Paths\n  ¦doi: 10.1000/x", "unknown key 'doi' (did you mean 'DOI'?)"),
]


@pytest.mark.parametrize("fault", WORKS, ids=lambda fault: fault.new)
def test_a_work_is_cited_by_names_and_a_doi_of_its_own(fault: Fault, tmp_path: Path) -> None:
    """Nonsense in the place of a DOI, and an author without a name are reported."""
    assert_told(fault, tmp_path)


def test_a_doi_is_taken_as_publishers_write_it(tmp_path: Path) -> None:
    """Brackets, dots and a registrant with parts are no problem."""
    root = small(tmp_path)
    Fault(REFERENCES, "title: Paths", "title: Paths\n  DOI: 10.1000.10/S0140-6736(17)30569-X", "", at="1:1").plant(root)
    assert lines(root) == []


ONCE = [
    Fault(COHORT, "end: 2021-11-30", "end: ¦2021-01-30", "the cohort ends on 2021-01-30, before it starts"),
    Fault(COHORT, "America/Los_Angeles", "¦america/los_angeles", "(did you mean 'America/Los_Angeles'?)"),
    Fault(
        MODULE, "objectives: [explain-first]", "objectives: [explain-first, ¦explain-first]", "'explain-first' twice"
    ),
    Fault(
        CURRICULUM,
        "format: 1\n",
        "format: ¦2\ntopic: Small steps\n",
        "unknown format '2' (this program reads format 1)",
    ),
]


@pytest.mark.parametrize("fault", ONCE, ids=lambda fault: fault.new)
def test_one_slip_is_told_once_with_what_was_meant(fault: Fault, tmp_path: Path) -> None:
    """What follows from a slip is not reported beside it, and a hint does not mind capital letters."""
    assert_told(fault, tmp_path)
