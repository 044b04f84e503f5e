"""Slips in a text that would come out as other than meant, each reported at its own place and at no innocent one."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import CURRICULUM, GLOSSARY, MODULE, READING, SHEET, Fault, assert_told, lines, small

HELPS = "A map helps."
GREET = "Greet everyone by name, and say\n      how long the meeting lasts."


def in_reading(new: str, message: str, at: str = "") -> Fault:
    """A fault in the paragraph of a reading that says that a map helps."""
    return Fault(READING, HELPS, new, message, at)


def in_value(new: str, message: str, at: str = "") -> Fault:
    """A fault in the first activity's instructions, with line breaks as typed."""
    return Fault(MODULE, f">-\n      {GREET}", "|-\n      " + new.replace("\n", "\n      "), message, at)


OWN = "is one of the program's own on this page (choose another: {: #my-"

ANCHORS = [
    in_reading("## A {: #dup }\n\n## B ¦{: #dup }", "anchor 'dup' twice (first on line 5)"),
    in_reading("## A {#dup}\n\n*B*¦{: lang=en id=dup }", "anchor 'dup' twice (first on line 5)"),
    in_reading("`{: #maps }` and *b*¦{: #maps }", "anchor 'maps' twice (first on line 3)"),
    in_value('*A*{: #dup } and\n\n*b*¦{: id="dup" }', "anchor 'dup' twice (first on line 25)"),
    in_reading("## Aims ¦{: #objectives }", f"anchor 'objectives' {OWN}objectives }})"),
    in_reading("*Aims*¦{: #reading }", f"anchor 'reading' {OWN}"),
    in_reading("*Aims*¦{: #content-note }", f"anchor 'content-note' {OWN}"),
    in_reading("*Aims*¦{: #key-points }", f"anchor 'key-points' {OWN}"),
    in_reading("*Aims*¦{: #references }", f"anchor 'references' {OWN}"),
    in_reading("*Aims*¦{: #ref-hall-2015 }", f"anchor 'ref-hall-2015' {OWN}"),
    in_reading("*Aims*¦{: #own-path }", f"anchor 'own-path' {OWN}"),
    in_reading("!!! facilitator\n    *Ask*¦{: #q-why-first }", f"anchor 'q-why-first' {OWN}"),
    Fault(SHEET, "Where will", "*Where*¦{: #agreements } will", f"anchor 'agreements' {OWN}"),
    Fault(CURRICULUM, "We listen.", "'*We*¦{: #agreements } listen.'", f"anchor 'agreements' {OWN}"),
    Fault(GLOSSARY, "Where one walks.", "'*Where*¦{: #term-path } one walks.'", f"anchor 'term-path' {OWN}"),
    Fault(MODULE, "Ask both questions.", "'*Ask*¦{: #a-talk } both.'", f"anchor 'a-talk' {OWN}"),
]


@pytest.mark.parametrize("fault", ANCHORS, ids=str)
def test_an_anchor_that_stands_twice_is_told(fault: Fault, tmp_path: Path) -> None:
    """An anchor that its text or the program has already is reported where the author would choose another."""
    assert_told(fault, tmp_path)


def test_an_anchor_in_two_handouts_of_one_module_is_told(tmp_path: Path) -> None:
    """Files that come together on one page share their anchors: the second is reported, with the place of the first."""
    root = small(tmp_path)
    second = "modules/first-steps/handouts/two.md"
    (root / second).write_text("## More\n\n*b*{: #x }\n")
    Fault(SHEET, "## Your plan", "## Your plan {: #x }", "", at="1:1").plant(root)
    assert lines(root) == [f"{second}:3:4: anchor 'x' twice (first in {SHEET}, line 1, on the same page)"]


SAME = [
    "## Plan\n\n## Plan\n\n## Objectives\n\n## References\n\n## Key points",
    "*a*{: #x }\n\n!!! facilitator\n    *b*{: #x }",
    "`{: #maps }` and\n\n~~~\n## A {: #maps }\n~~~",
    "*a*{: #agreements } and *b*{: #q-why-first }",
    "One [^1].\n\n[^1]: *Two*{: #x }.",
]


@pytest.mark.parametrize("text", SAME)
def test_anchors_that_do_not_meet_are_not_told(text: str, tmp_path: Path) -> None:
    """Equal headings, examples in code, and anchors that no page shows together are no slip."""
    root = small(tmp_path)
    Fault(READING, HELPS, text, "", at="1:1").plant(root)
    assert lines(root) == []


HEALTHY = "!!! facilitator\n    One.\n\n!!! story\n    Two.\n\n"
INSIDE = "a facilitator block inside a quotation or a list (put it at the margin, by itself)"
REST = "after the word of a block (only a title in straight quotes"
MISSED = "this facilitator block does not come out as one (an empty line before it, no indentation)"

BLOCKS = [
    in_reading(f"{HEALTHY}> ¦!!! facilitator\n>     Three.", INSIDE),
    in_reading(f"{HEALTHY}- ¦!!! facilitator\n        Three.", INSIDE),
    in_reading(f"> ¦!!! facilitator\n>     Three.\n\n{HEALTHY}", INSIDE),
    in_reading(f"{HEALTHY}¦!!! facilitator “Note”\n    Three.", f"'“Note”' {REST}"),
    in_reading(f"{HEALTHY}¦!!! facilitator:\n    Three.", f"':' {REST}"),
    in_reading(f"¦!!! facilitator: Note\n    Three.\n\n{HEALTHY}", f"': Note' {REST}"),
    in_reading(f"{HEALTHY}¦!!! facilitator story\n    Three.", f"'story' {REST}"),
    in_reading(f"¦!!! facilitator story\n    Three.\n\n{HEALTHY}", f"'story' {REST}"),
    in_reading(f"{HEALTHY} ¦!!! facilitator\n     Three.", MISSED),
    in_reading(f" ¦!!! facilitator\n     Three.\n\n{HEALTHY}", MISSED),
    in_reading(f'{HEALTHY} ¦!!! facilitator "Three"\n     Three.', MISSED),
    in_reading(f"{HEALTHY}> ¦!!! stroy\n>     Three.", "unknown block 'stroy' (did you mean 'story'?)"),
    in_value(f"Greet.\n\n{HEALTHY}> ¦!!! facilitator\n>     Three.", INSIDE),
]


@pytest.mark.parametrize("fault", BLOCKS, ids=str)
def test_a_block_that_does_not_come_out_accuses_no_other(fault: Fault, tmp_path: Path) -> None:
    """A block that is in the wrong place or shape is told at its own first line; those that are well stay untold."""
    assert_told(fault, tmp_path)


def test_two_blocks_in_wrong_places_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    """A block that comes out where it should not does not stand for one that does not come out."""
    root = small(tmp_path)
    Fault(READING, HELPS, " !!! story\n     One.\n\n> !!! story\n>     Two.", "", at="1:1").plant(root)
    assert [line.removeprefix(f"{READING}:").split(" (")[0] for line in lines(root)] == [
        "5:2: this story block does not come out as one",
        "8:3: a story block inside a quotation or a list",
    ]


LIST = "makes no list here (leave an empty line before a list; indent one in another by four spaces)"

LISTS = [
    in_reading("Text:\n¦- one\n- two", f"'-' {LIST}"),
    in_reading("Text:\n¦- [**one**](#maps)\n- two", f"'-' {LIST}"),
    in_reading("Text:\n¦* one", f"'*' {LIST}"),
    in_reading("Text:\n¦1. a\n2. b", f"'1.' {LIST}"),
    in_reading("Text:\n¦1. a\nruns on\n1. b", f"'1.' {LIST}"),
    in_reading("Text:\n¦- [ ] do", f"'-' {LIST}"),
    in_reading("> Text:\n> ¦- one", f"'-' {LIST}"),
    in_reading("!!! story\n    Text:\n    ¦- one", f"'-' {LIST}"),
    in_reading("1.  a:\n   ¦- one\n   - two", "indented by 3 spaces, so it does not nest in the list above"),
    in_reading("- a:\n\n    more:\n    ¦- one", f"'-' {LIST}"),
    in_reading("Term\n:   so:\n    ¦- one\n    - two", f"'-' {LIST}"),
    in_reading("- zero\n- one\n\n~~~\nText:\n- one\n~~~\n\nText:\n¦- one\n- two", f"'-' {LIST}"),
    in_value("Ask them:\n¦- one\n- two", f"'-' {LIST}"),
    Fault(MODULE, "Ask both questions.", "|-\n      Ask:\n      ¦1. one\n      2. two", f"'1.' {LIST}"),
]

SHAPE = "this makes no table (the columns' names in its first line, | --- | --- | in its second, no empty lines)"
MORE = "a row with more cells than the table has columns, 2 (name every column; for a bar write \\|)"
BELOW = "a table right below other text (leave an empty line before it)"

TABLES = [
    in_reading("| a | b |\n|---|---|\n¦| 1 | 2 | 3 |", MORE),
    in_reading("| a | b |\n|---|---|\n| 1 | 2 |\n¦| `x|y` | 2 | 3 |", MORE),
    in_reading("a | b\n--|--\n¦c | d | e", MORE),
    in_reading("a | b\n--|--\n¦| c | d |", MORE),
    in_reading("!!! story\n    | [a](#maps) | b |\n    |---|---|\n    ¦| 1 | 2 | 3 |", MORE),
    in_reading("> | a | b |\n> |---|---|\n> ¦| 1 | 2 | 3", MORE),
    in_reading("¦| a | b |\n| 1 | 2 |", SHAPE),
    in_reading("¦| a | b |", SHAPE),
    in_reading("¦| a | b\n| 1 | 2", SHAPE),
    in_reading("¦|---|---|\n| a | b |", SHAPE),
    in_reading("| a | b |\n|---|---|\n| 1 | 2 |\n\n¦| 3 | 4 |", SHAPE),
    in_reading("| a | b |\n¦| — | — |\n| 1 | 2 |", "'—' in the second line of a table (write | --- | --- |)"),
    in_reading("a | b\n¦\u2013 | \u2013\n1 | 2", "'\u2013' in the second line of a table (write | --- | --- |)"),
    in_reading("| a | b |\n¦|---|\n| 1 | 2 |", "has not as many cells as the first (1; write | --- | --- |)"),
    in_reading("| a | b |\n¦|---|---|---|", "has not as many cells as the first (3; write | --- | --- |)"),
    in_reading("Text:\n¦| a | b |\n|---|---|\n| 1 | 2 |", BELOW),
    in_reading("!!! story\n    ¦| **a** | b |\n    | 1 | 2 |", SHAPE),
    in_value("Greet.\n\n¦| a | b |\n| 1 | 2 |", SHAPE),
]


@pytest.mark.parametrize("fault", [*LISTS, *TABLES], ids=str)
def test_a_list_or_table_that_does_not_come_out_is_told(fault: Fault, tmp_path: Path) -> None:
    """Lines that would run on as plain words, and cells that would be lost, are told with the shape that is meant."""
    assert_told(fault, tmp_path)


PLAIN = [
    "It was written in\n2021. The map is older\nthan that, of 1990.",
    "Of the years 2021 and\n1990. The map is\n7. Or more.",
    "Text:\n\n- one\n    - two\n    - three\n\n        1.  four\n        2.  five\n\n1. six\n2. seven",
    "- one\n  runs on\n- two\n\n    more\n\n    - three\n* four",
    "Term\n:   What it is\n\nOther\n:   - one\n    - two",
    "!!! story\n    - one\n    - two\n\n    Then:\n\n    1. three\n    2. four",
    "Text\n\\- not one\n\\* nor this\n— nor this\n-nor this\n*nor* this",
    "`a\n- b` and\n\n    Text:\n    - shown\n    | a | b |\n\n~~~\nText:\n- shown\n| a |\n~~~",
    "| a | b |\n|---|---|\n| `x|y` | \\| |\n| 1 |\n| 1 | |\n\nOne | two and |x| > 2.",
    "a | b\n--|--\nc | d\n\n| a |\n|---|\n| b |\n\n> | a | b |\n> |:--|--:|\n> | \u2013 | \u2013 |",
    "- one\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n\n\\| a \\| b \\|",
    "    | a | b |\n    |---|---|\n    | 1 | 2 | 3 |\n    | 4 | 5",
]


@pytest.mark.parametrize("text", PLAIN)
def test_lists_and_tables_that_are_well_are_not_told(text: str, tmp_path: Path) -> None:
    """Lists, tables, examples in code and lines that begin with a number by chance pass without a word."""
    root = small(tmp_path)
    Fault(READING, HELPS, text, "", at="1:1").plant(root)
    assert lines(root) == []


LINKS = [
    in_reading("See ¦(the words)[https://x.org].", "is no link (write [the words](https://x.org))"),
    in_reading("See ¦(the map)[#maps].", "is no link (write [the map](#maps))"),
    in_reading("See ¦[the words] (https://x.org/a_b).", "is no link (write [the words](https://x.org/a_b))"),
    in_reading("See ¦[the\nwords]\n(module:next-steps).", "is no link (write [the words](module:next-steps))"),
    in_reading("See ¦[**the** words] (../../about.md).", "is no link (write [**the** words](../../about.md))"),
    in_reading("See ¦[the words][nowhere].", "'[the words][nowhere]' is no link (write [the words](https://…))"),
    in_reading("See ¦[words][https://x.org].", "is no link (write [words](https://x.org))"),
    in_reading("See ¦[words][].", "'[words][]' is no link (write [words](https://…))"),
    in_reading("See ¦![a map] (images/map.svg).", "is no image (write ![a map](images/map.svg))"),
    in_value("See\n¦[the\nwords] (https://x.org).", "is no link (write [the words](https://x.org))"),
    Fault(MODULE, "say\n      how", "say ¦[the\n      way] (term:path)", "is no link (write [the way](term:path))"),
    Fault(
        GLOSSARY, "Where one walks.", "Where ¦(one)[https://x.org] walks.", "is no link (write [one](https://x.org))"
    ),
]


@pytest.mark.parametrize("fault", LINKS, ids=str)
def test_what_is_nearly_a_link_is_told(fault: Fault, tmp_path: Path) -> None:
    """Brackets that make no link are reported, with the link that was meant."""
    assert_told(fault, tmp_path)


NO_LINKS = [
    "[a][b], [b] and [b][]\n\n[b]: https://x.example.edu",
    "- [ ] (https://x.example.edu)\n- [x] (https://x.example.edu)",
    "As is [sic] (so they say)[@hall-2015], [sic][@hall-2015] and [PROGRAM TO SUPPLY: reporting duties][@hall-2015].",
    "One[^1][^2] (https://x.example.edu).\n\n[^1]: A.\n\n[^2]: B.",
    "`(a)[https://x.org]` and `[a] (https://x.org)`\n\n    [a][b]\n\n\\[a\\] (https://x.org) \\[a\\]\\[c\\]",
    "(see [the map](#maps))[@hall-2015] and ([a](#maps)) [b](#maps) (#1)",
]


@pytest.mark.parametrize("text", NO_LINKS)
def test_brackets_that_are_meant_are_not_told(text: str, tmp_path: Path) -> None:
    """Brackets in running text, in code, and of citations, notes, tasks and links pass without a word."""
    root = small(tmp_path)
    Fault(READING, HELPS, text, "", at="1:1").plant(root)
    assert lines(root) == []


ALONE = "has no effect here (alone on the line below a paragraph, or right behind *words*)"

LOST = [
    in_reading("One[^1].\n\n[^1]: Two.\n\n¦[^1]: Three.", "footnote [^1] twice (first on line 7; only one would be"),
    in_reading("¦[WRITE: 0]", "'[WRITE: 0]' makes no lines to write on (write [WRITE: 4], alone in its paragraph)"),
    in_reading("Text¦{: #x }", f"'{{: #x }}' {ALONE}"),
    in_reading("## A {: #a }\n\nText\n{: #b }\n\nMore **text** ¦{: #x }\n\n*a*{: #c }", f"'{{: #x }}' {ALONE}"),
    in_reading("- a ¦{#x}\n- b", f"'{{#x}}' {ALONE}"),
    in_value("Ask one¦{: #x }\nhere.", f"'{{: #x }}' {ALONE}"),
]


@pytest.mark.parametrize("fault", LOST, ids=str)
def test_what_would_be_lost_or_print_as_it_stands_is_told(fault: Fault, tmp_path: Path) -> None:
    """A footnote that replaces another, no lines to write on, and attributes that nothing takes are reported."""
    assert_told(fault, tmp_path)


def test_a_footnote_in_two_handouts_of_one_module_is_told(tmp_path: Path) -> None:
    """Files that come together on one page share the names of their footnotes: the second is reported."""
    root = small(tmp_path)
    second = "modules/first-steps/handouts/two.md"
    (root / second).write_text("## More\n\nb[^1]\n\n[^1]: Two.\n")
    Fault(SHEET, "Where will", "Where[^1] will", "", at="1:1").plant(root)
    (root / SHEET).write_text((root / SHEET).read_text() + "\n[^1]: One.\n")
    assert lines(root) == [
        f"{second}:5:1: footnote [^1] twice (first in {SHEET}, line 7, on the same page; choose another name)"
    ]


def test_equal_slips_are_each_told(tmp_path: Path) -> None:
    """Lists and attributes that read the same are reported as often as they occur."""
    root = small(tmp_path)
    Fault(READING, HELPS, "Text:\n- one\n\nText:\n- one\n\nText {: #x }\n\nText {: #y }", "", at="1:1").plant(root)
    assert [line.split(":")[1] for line in lines(root)] == ["6", "9", "11", "13"]
