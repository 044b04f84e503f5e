"""The slips that authors make, one row each: reported where they are, with what to write instead, or rightly accepted.

The rows are what people type or paste: from word processors, spreadsheets, GitHub's editor, other curricula. What a
slip would show to readers otherwise is said in the name of its table. Kinds of slips that have a file of tests of their
own have a row or two here, so that this is the list of all kinds.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import (
    ABOUT,
    COHORT,
    GLOSSARY,
    MODULE,
    READING,
    REFERENCES,
    SHEET,
    Fault,
    assert_told,
    lines,
    small,
)

HELPS = "A map helps."


def reading(new: str, message: str, at: str = "") -> Fault:
    """A slip in the paragraph of a reading that says that a map helps."""
    return Fault(READING, HELPS, new, message, at)


def value(new: str, message: str) -> Fault:
    """A slip in an activity's instructions, whose lines are kept as typed."""
    old = ">-\n      Greet everyone by name, and say\n      how long the meeting lasts."
    return Fault(MODULE, old, "|-\n      " + new.replace("\n", "\n      "), message)


MERGE = "left by a merge"
LISTED = "makes no list (begin the line with - and a space)"
COUNTED = "makes no list (begin the line with 1. and a space; the numbers are counted by themselves)"
CODE = "so it becomes code (delete the spaces"
FORMULA = "sets no formula"

LEFT_BEHIND = [
    reading("¦<<<<<<< HEAD\nA map helps.\n=======\nA map may help.\n>>>>>>> shorter", f"{MERGE} (lines 5, 7 and 9:"),
    reading("A.\n\n¦=======\n\nB.\n>>>>>>> shorter", f"{MERGE} (lines 7 and 10:"),
    reading("¦||||||| base\nA map helps.", f"{MERGE} (line 5:"),
    reading("¦>>>>>>> 1a2b3c4", f"{MERGE} (line 5:"),
    Fault(MODULE, "promise:", "¦<<<<<<< HEAD\npromise: A\n=======\npromise:", f"{MERGE} (lines 3 and 5:"),
    Fault(GLOSSARY, "- id: path", "¦>>>>>>> main\n- id: path", f"{MERGE} (line"),
    Fault(COHORT, "teams:", "¦<<<<<<< HEAD\nteams:", f"{MERGE} (line"),
    reading("A ¦{++new ++}map.", "'{++new ++}' is a mark of a review"),
    Fault(ABOUT, "", "¦---\ntitle: About\n---\n\n# About\n\nText.\n", "front matter, which no text here has"),
]
"""The marks, and seven nested quotations."""

LISTS = [
    reading("¦\u2013 one\n\u2013 two", f"'\u2013' {LISTED}"),
    reading("Bring:\n¦\u2014 one\n\u2014 two", f"'\u2014' {LISTED}"),
    reading("Bring:\n\n¦-- one\n-- two", f"'--' {LISTED}"),
    reading("Bring:\n\n¦\u2013\u00a0one\n\u2013\u00a0two", f"'\u2013' {LISTED}"),
    reading("¦\u2013 one\n\n\u2013 two", f"'\u2013' {LISTED}"),
    reading("¦o one\no two", f"'o' {LISTED}"),
    reading("¦\u2713 one\n\u2713 two", f"'\u2713' {LISTED}"),
    reading("¦-one\n-two", f"'-' {LISTED}"),
    reading("¦• one", "'•' makes no list (begin the line with - )"),
    reading("¦· one", "'·' makes no list (begin the line with - )"),
    reading("¦1) one\n2) two", f"'1)' {COUNTED}"),
    reading("¦(1) one\n(2) two", f"'(1)' {COUNTED}"),
    reading("¦a) one\nb) two", f"'a)' {COUNTED}"),
    reading("¦a. one\nruns on\nb. two", f"'a.' {COUNTED}"),
    reading("¦i) one\nii) two", f"'i)' {COUNTED}"),
    reading("¦I. one\nII. two", f"'I.' {COUNTED}"),
    reading("¦1.One\n2.Two", f"'1.' {COUNTED}"),
    reading("¦1- one\n2- two", f"'1-' {COUNTED}"),
    reading("¦1) one\n\n   more\n\n2) two", f"'1)' {COUNTED}"),
    reading("¦&mdash; one\n&mdash; two", f"'&mdash;' {LISTED}"),
    reading("¦\u2610 one", "makes no box to check off (begin the line with - [ ])"),
    reading("¦- [ x] one", "makes no box to check off (begin the line with - [ ])"),
    value("Ask:\n\n¦1) one\n2) two", f"'1)' {COUNTED}"),
    value("¦\u2013 one\n\u2013 two", f"'\u2013' {LISTED}"),
    reading("Bring:\n¦- one\n- two", "'-' makes no list here (leave an empty line before a list"),
    reading("¦-\u00a0one", "a no-break space (U+00A0)", at="\u00a0one"),
    reading("¦[ ] one", "makes no box to check off (begin the line with - [ ])"),
    reading("¦- [] one", "makes no box to check off (begin the line with - [ ])"),
    reading("¦1. [ ] one", "makes no box to check off (begin the line with - [ ])"),
]
"""One paragraph."""

INDENTED = [
    reading("- one\n  ¦- two\n  - three\n- four", "indented by 2 spaces, so it does not nest in the list above"),
    reading("1. one\n   ¦- two\n   - three", "indented by 3 spaces, so it does not nest in the list above"),
    reading("- one\n  ¦1. two", "indented by 2 spaces, so it does not nest in the list above"),
    reading("* one\n    * two\n      ¦* three", "indented by 2 spaces, so it does not nest in the list above"),
    reading("> - one\n>   ¦- two", "indented by 2 spaces, so it does not nest in the list above"),
    reading("!!! story\n    - one\n      ¦- two", "indented by 2 spaces, so it does not nest in the list above"),
    value("- one\n  ¦- two", "indented by 2 spaces, so it does not nest in the list above"),
    reading("1. Look.\n\n   ¦Then look again.\n\n2. Listen.", "indented by 3 spaces, so it ends the list above"),
    reading("- Look.\n\n  ¦Then look again.\n\n- Listen.", "indented by 2 spaces, so it ends the list above"),
    reading("- Look.\n\n  ¦> Then look again.", "indented by 2 spaces, so it ends the list above"),
    reading("A.\n\n    ¦Walking is an old habit of people.", CODE),
    reading("A.\n\n    ¦\u201cWalk first,\u201d she said, \u201cand talk later.\u201d", CODE),
    reading("A.\n\n    ¦- Bring a map\n    - Bring some water", CODE),
    reading("- one\n\n        ¦It was raining all of that day.", CODE),
    value("Greet.\n\n    ¦Then ask who is still missing.", CODE),
    reading("A.\n\n¦\tWalking is an old habit of people.", "a tab (delete it; four spaces indent a list or a block)"),
    reading("Town¦\t1:5000", "a tab (delete it; type a space; a table is written as | one | two |)"),
]
"""Lists at one level, a list that ends and begins anew, or a box of code."""

OTHER_DIALECTS = [
    reading("It is ¦~~old~~ new.", "'~~old~~' strikes nothing out (delete the words)"),
    reading("It is ¦==new==.", "'==new==' highlights nothing (write **words**)"),
    reading("Press ¦++ctrl+c++.", "'++ctrl+c++' marks nothing (write <kbd>Ctrl</kbd> for a key)"),
    reading("Text ¦%%not shown%%.", "is no comment: readers would see it (delete it)"),
    reading("The 10¦^th^ map.", "'^th^' raises nothing (write <sup>…</sup>)"),
    reading("H¦~2~O.", "'~2~' lowers nothing (write <sub>…</sub>)"),
    reading("It is ¦$x^2$.", FORMULA),
    reading("It is ¦$n$ of them.", FORMULA),
    reading("¦$$x = 2$$", FORMULA),
    reading(r"It is ¦\(x^2\).", FORMULA),
    reading(r"¦\[x = 2\]", FORMULA),
    reading(r"As ¦\textbf{we} say.", "is LaTeX"),
    reading(r"As said ¦\cite{hall-2015}.", "is LaTeX"),
    reading("See ¦[[about]].", "'[[about]]' is no link (write [words](page:about))"),
    reading("¦![[map.svg]]", "is no link"),
    reading("¦{{< figure >}}", "is filled in by nothing here"),
    reading("¦{% include x %}", "is filled in by nothing here"),
    reading("Of ¦{{ year }}.", "is filled in by nothing here"),
    reading("> ¦[!NOTE]\n> Text.", "makes no block (write !!! and one of these words: reflection, practice"),
    reading("¦::: challenge\nText.\n:::", "'::: challenge' is no block"),
    reading("¦:::: challenge\nText.", "':::: challenge' is no block"),
    reading("¦:::{note}\nText.\n:::", "':::{note}' is no block"),
    reading("¦??? solution\n    Text.", "'??? solution' is no block"),
    reading('¦=== "One"\n    Text.', "is no block"),
    reading("¦.. note:: Text.", "makes no block"),
    reading("See ¦{ref}`maps`.", "is a mark of another program"),
    reading("See ¦:ref:`maps`.", "is a mark of another program"),
    reading("Well done ¦:tada:.", "':tada:' shows no picture (leave it out)"),
    reading("One¦^[A note.].", "makes no footnote (write [^name]"),
    reading("One¦[^1].", "footnote [^1] has no text"),
    reading("Write:\n\n    One[^1].\n\n¦[^1]: A note.", "nothing refers to footnote [^1]"),
    reading("One\\¦\ntwo".replace("\\¦", "¦\\"), "at the end of a line breaks no line (write <br>)"),
    reading("It costs ¦\\$5.", "prints its backslash (leave the backslash out)"),
    reading('¦!!!! reflection "Mine"\n    Text.', "is no block"),
    reading(
        "¦!!! reflection \u201cMine\u201d\n    Text.", "after the word of a block (only a title in straight quotes"
    ),
    reading("1. Term\n    ¦:   its meaning", "':' makes no definition here"),
    reading("See ¦[[the guide](guide:next-steps)](https://a.example.edu/b).", "a link within the words of a link"),
    reading("A <div>¦x</div>.".replace("<div>¦", "¦<div>"), "raw HTML '<div>'"),
]
"""The marks, as typed."""

CITATIONS = [
    reading("So it is ¦[hall-2015].", "'[hall-2015]' is no citation (write [@hall-2015])"),
    reading("So it is ¦(hall-2015).", "'(hall-2015)' is no citation (write [@hall-2015])"),
    reading("So it is ¦[hall-2015; sue-2007].", "is no citation (write [@hall-2015; @sue-2007])"),
    reading("So it is [¦hall-2015, p. 4].", "'hall-2015' is no citation (write [@hall-2015])"),
    reading("So it is (see ¦hall-2015).", "'hall-2015' is no citation (write [@hall-2015])"),
    reading("So it is ¦@hall-2015.", "a citation without its brackets (write [@hall-2015])"),
    reading("So it is ¦[@hall-2051].", "unknown citation 'hall-2051' (did you mean 'hall-2015'?)"),
]
"""An id."""

EMPHASIS = [
    reading("This is ¦**bold and plain.", "'**' makes no emphasis"),
    reading("This is ¦**bold and *italic.", "'**' makes no emphasis"),
    reading("This is ¦*italic.", "'*' makes no emphasis"),
    reading("This is ¦_italic.", "'_' makes no emphasis"),
    reading("This is ¦** bold **.", "'**' makes no emphasis"),
    reading("This is ¦**bold*.", "'**' makes no emphasis"),
    reading("This is ¦*bold**.", "'*' makes no emphasis"),
    value("This is ¦**bold.", "'**' makes no emphasis"),
    Fault(MODULE, "in_short: Greet.", "in_short: Greet ¦*everyone.", "'*' makes no emphasis"),
]
"""The stars, as typed."""

SAYING_NOTHING = [
    reading("![map.svg](¦images/map.svg)", "has the name of a file for its alternative text, 'map.svg'"),
    reading("![IMG_2031](¦images/map.svg)", "has the name of a file for its alternative text, 'IMG_2031'"),
    reading("![image](¦images/map.svg)", "has 'image' for its alternative text (write what it shows in the brackets)"),
    reading("![Photo.](¦images/map.svg)", "has 'Photo.' for its alternative text"),
    reading("![A picture of a map](¦images/map.svg)", "begins its alternative text with 'A picture of'"),
    reading("![](¦images/map.svg)", "without alternative text"),
    reading("Read it [here](¦https://walk.example.edu/a).", "says only 'here' (say where it goes"),
    reading("[Click here](¦https://walk.example.edu/a).", "says only 'Click here'"),
    reading("See this [link](¦page:about).", "says only 'link'"),
    reading("[Read **more**](¦page:about).", "says only 'Read more'"),
    reading("See [https://walk.example.edu](¦https://walk.example.edu).", "has an address for its words"),
    Fault(READING, "", "¦x\n", "a text of one word (write it in full, or bring the former one back)"),
    Fault(SHEET, "", "¦TODO\n", "a text of one word"),
]
"""What nobody understands who hears the page."""

UNSEEN = [
    reading("A so¦\u00adft map.", "a soft hyphen (U+00AD), which no one sees (delete it)"),
    reading("A so¦\u200bft map.", "a zero width space (U+200B), which no one sees (delete it)"),
    reading("A so¦\u2028ft map.", "a line separator (U+2028), which no one sees (delete it)"),
    reading("A so¦\ufeffft map.", "(U+FEFF), which no one sees (delete it)"),
    Fault(MODULE, "purpose: To think.", "purpose:¦\u00a0To think.", "a no-break space (U+00A0)"),
    Fault(MODULE, "    purpose: To think.", "¦\u00a0   purpose: To think.", "a no-break space (U+00A0)"),
    Fault(MODULE, "purpose: To think.", "purpose¦\u00a0: To think.", "a no-break space (U+00A0)"),
    Fault(MODULE, "{60: 10, 45: 5, 30: 5}", "{60: 10, 45:¦\u00a05, 30: 5}", "a no-break space (U+00A0)"),
    Fault(MODULE, "- Pens", "-¦\u00a0Pens", "a no-break space (U+00A0)"),
]
"""A gap in the search, or a message about the line below."""

YAML = [
    Fault(
        MODULE,
        "questions: [why-first]",
        "questions: [why-first, ¦which-way]",
        "unknown question 'which-way' (known: why-first; if the question has a new id, write it here, and",
    ),
    Fault(MODULE, "short_title: First steps", "short_title: ¦\u201cFirst steps\u201d", "curly quotation marks"),
    Fault(MODULE, "short_title: First steps", "short_title: ¦\u2018First steps\u2019", "curly quotation marks"),
    Fault(MODULE, "short_title: First steps", "short_title: ¦\u201cFirst: steps\u201d", "curly quotation marks"),
    Fault(MODULE, "- Pens", "- ¦\u201cPens\u201d", "curly quotation marks"),
    Fault(MODULE, "title: The first steps", "title: The first¦: steps", "a colon in a text without quotation marks"),
    Fault(MODULE, "    purpose: To think.", "¦\tpurpose: To think.", "a tab at the beginning"),
    Fault(MODULE, "purpose: To think.", "¦purpose To think.", "neither a key with its value"),
    Fault(MODULE, "title: The first steps", "title: ¦'Ann's steps'", "words follow the closing quotation mark"),
    Fault(MODULE, "- id: talk", "- id: ¦welcome", "'welcome' twice (first on line"),
    Fault(MODULE, "{60: 40,", "{60: 45,", "the 60-minute plan adds up to 65 minutes", at="agenda:"),
    Fault(MODULE, "  minutes: 5\n", "  minutes: 5\n  ¦promts: 5\n", "unknown key 'promts' (did you mean 'prompts'?)"),
    Fault(
        REFERENCES, "{literal: The walkers}", "{literal: The walkers, ¦Inc.}", "a comma in { } begins one (put the text"
    ),
]
"""A message about something else, or the quotation marks in every title."""

SLIPS = [
    *LEFT_BEHIND, *LISTS, *INDENTED, *OTHER_DIALECTS, *CITATIONS, *EMPHASIS, *SAYING_NOTHING, *UNSEEN, *YAML
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_reported_where_it_is(slip: Fault, tmp_path: Path) -> None:
    """Each slip is reported once, at its own place, with what to write instead."""
    assert_told(slip, tmp_path)


def test_each_list_that_collapses_is_reported(tmp_path: Path) -> None:
    """Each nested list is reported once, at its first item, and so is a paragraph of a list that follows."""
    root = small(tmp_path)
    text = "- a\n  - b\n  - c\n- d\n  - e\n\n1. f\n\n   g\n\n2. h"
    Fault(READING, HELPS, text, "", at="1:1").plant(root)
    assert [line.split(":")[1:3] for line in lines(root)] == [["6", "3"], ["9", "3"], ["13", "4"]]


ACCEPTED = [
    "It costs $5 to $10 of $20, or 5$, or US$7/A$9; $HOME/bin and $PATH are code, of 10%.",
    "5 * 3 * 2, x > y, a == b, 2^10, ~20 and ~30 people, C++ and C++20, 50%% of it, snake_case and __ or ______.",
    "Attendance* is open.\n\n\\* Bring a \\_map\\_, and a \\*star\\*.",
    "Maya said:\n\n> Walk.\n\n\u2014 Maya\n\nThen she left.\n\n\u2014 Jim",
    "A. Hall wrote\nit. So it was.\n\n1990. A year.",
    "- one\n- two\n  runs on\n\n    more\n\n    - three\n        - four\n\n1.  five\n\n    six",
    "- one\n - two\n\n* three",
    "A.\n\n    $ make site\n    cd project && make test",
    "B.\n\n    title: The first steps\n    promise: You will leave.",
    "`<<<<<<< HEAD` and `~~x~~` and `$x$`\n\n~~~\n<<<<<<< HEAD\n- a\n  - b\n1) a\n2) b\n~~~",
    "Of $5:\n\n    ==x== {{ y }}\n    \u2013 a\n    \u2013 b",
    "See https://walk.example.edu/a_(b)_c, www.example.edu/x, ask@example.edu, <https://walk.example.edu/~ann/$x$>.",
    "[About the map](https://walk.example.edu/==x==) and [here is more](page:about), [2021](page:about) and [sic].",
    "![A map with one path](images/map.svg)\n\n![Photo of a path in fog](images/map.svg)",
    "- [ ] do\n- [x] done\n\n[PROGRAM TO SUPPLY: reporting duties](#maps)".replace("(#maps)", ""),
    "One[^1] and \\(not this\\) \\[or this\\].\n\n[^1]: A note.",
    "Non\u00a0breaking 10\u00a0mg, \u201cquoted\u201d, it\u2019s, na\u00efve, 12:30:45, a:b:c, Note: this.",
    "Term\n:   What it is.\n\nOther\n:   - one\n    - two",
    "Do a), then b).\n\n(1) is a number here.\n\n\u2013 5 degrees is cold.",
    "**Bold** and *italic*, ***both***, **bold *in* it**, _one_ and __two__, *a*s and **b**s.",
    "A <sup>th</sup>, H<sub>2</sub>O, <kbd>Ctrl</kbd>, -5 and +5 degrees\n-6 are not +6.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_only_looks_like_a_slip_is_accepted(text: str, tmp_path: Path) -> None:
    """Money, arithmetic, examples in code, and marks used as the format describes pass without a word."""
    root = small(tmp_path)
    Fault(READING, HELPS, text, "", at="1:1").plant(root)
    assert [line for line in lines(root) if "for your program to supply" not in line] == []


ACCEPTED_VALUES = [
    (MODULE, "core: true", "core: yes"),
    (MODULE, "purpose: To think.", "purpose: To\u00a0think."),
    (MODULE, "- Pens", "- '\u201cPens\u201d'"),
    (MODULE, "- Pens", "- \u201cPens\u201d and \u201cpaper\u201d"),
    (MODULE, "short_title: First steps", 'short_title: "First steps"'),
]


@pytest.mark.parametrize(("path", "old", "new"), ACCEPTED_VALUES)
def test_values_that_are_well_are_accepted(path: str, old: str, new: str, tmp_path: Path) -> None:
    """Other ways to write a value, and quotation marks that belong to a text, pass without a word."""
    root = small(tmp_path)
    Fault(path, old, new, "", at="1:1").plant(root)
    assert lines(root) == []


def test_ends_of_lines_and_a_mark_of_order_are_accepted(tmp_path: Path) -> None:
    """Files as Windows saves them are the same texts."""
    root = small(tmp_path)
    for path in (READING, MODULE):
        (root / path).write_bytes(b"\xef\xbb\xbf" + (root / path).read_bytes().replace(b"\n", b"\r\n"))
    assert lines(root) == []


def test_there_are_as_many_slips_as_were_once_tried() -> None:
    """The table keeps at least the 91 slips with which the check was first judged."""
    assert len(SLIPS) >= 91
