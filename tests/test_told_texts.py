"""Slips in a text that would come out as other than meant, each told at its own place and at no innocent one."""

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
    in_reading("## A {#dup}\n\n*B*¦{: .c id=dup }", "anchor 'dup' twice (first on line 5)"),
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
    """An anchor that its text or the program has already is told where the author would choose another."""
    assert_told(fault, tmp_path)


def test_an_anchor_in_two_handouts_of_one_module_is_told(tmp_path: Path) -> None:
    """Files that come together on one page share their anchors: the second is told, and where the first stands."""
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
INSIDE = "a facilitator block inside a quotation or a list (let it stand alone)"
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
