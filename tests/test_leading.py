"""What leads a meeting is checked: the file for all meetings, and what a module cuts when it begins late."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from conftest import ROOT
from planting import MODULE, Fault, assert_told, lines, small

from builder.model.curriculum import Commitment, ModuleFile, Shortened
from builder.model.facilitation import Facilitation, Form, Message

LEADING = "modules/facilitation.yml"
BEFORE = "key_points:\n"
WHOLE = "late:\n  - {activity: welcome, minutes: 5, how: Wave.}\n  - {activity: talk, minutes: 35, how: Ask one.}\n"


def late(*cuts: str) -> str:
    """Write a module's `late` with these entries, before what it stands before."""
    return "late:\n" + "".join(f"  - {{{cut}}}\n" for cut in cuts) + BEFORE


LATE = [
    Fault(
        MODULE,
        BEFORE,
        late("activity: ¦tolk, minutes: 30, how: Ask."),
        "unknown activity 'tolk' (did you mean 'talk'?)",
    ),
    Fault(
        MODULE,
        BEFORE,
        late("activity: talk, minutes: 30, how: Ask.", "activity: welcome, minutes: ¦10, how: Wave."),
        "10 minutes save nothing (the 60-minute plan gives it 10)",
    ),
    Fault(
        MODULE,
        BEFORE,
        "¦" + late("activity: talk, minutes: 35, how: Ask."),
        "this saves 5 minutes (a late start needs 10)",
    ),
    Fault(
        MODULE,
        BEFORE,
        late("activity: goodbye, minutes: ¦0, how: Leave."),
        "the closing is never dropped (at least 1)",
    ),
    Fault(
        MODULE,
        BEFORE,
        late("activity: talk, minutes: 35, how: Ask.", "activity: ¦talk, minutes: 35, how: Ask."),
        "'talk' twice (first on line",
    ),
    Fault(MODULE, BEFORE, late("activity: talk, minutes: 30").replace("{", "¦{"), "missing key 'how'"),
    Fault(MODULE, BEFORE, late("activity: talk, minutes: ¦-1, how: Ask."), "-1 is too small (at least 0)"),
]


@pytest.mark.parametrize("fault", LATE, ids=lambda fault: fault.message)
def test_what_is_cut_is_there_and_saves_ten_minutes(fault: Fault, tmp_path: Path) -> None:
    """A cut of what is not there, that saves nothing, too little or the closing, or that stands twice is told once."""
    assert_told(fault, tmp_path)


def test_cuts_that_save_ten_minutes_are_no_problem(tmp_path: Path) -> None:
    """Two cuts may save the ten minutes together."""
    root = small(tmp_path)
    Fault(MODULE, BEFORE, WHOLE + BEFORE, "", at="1:1").plant(root)
    assert lines(root) == []


def test_a_slip_in_the_agenda_hides_no_cut_and_makes_none(tmp_path: Path) -> None:
    """While an activity's minutes cannot be read, what the cuts save is not reported beside it."""
    root = small(tmp_path)
    Fault(MODULE, BEFORE, late("activity: talk, minutes: 39, how: Ask."), "", at="1:1").plant(root)
    Fault(MODULE, "minutes: {60: 10, 45: 5, 30: 5}", "minutes: soon", "", at="1:1").plant(root)
    found = lines(root)
    assert found
    assert not [line for line in found if "saves" in line]


FORMS = [
    Fault(
        LEADING,
        "      [WRITE: 3]\n",
        "      [WRITE: 3]\n  - id: ¦after\n    title: Again\n    when: Later\n    text: And now?\n",
        "'after' twice (first on line",
    ),
    Fault(LEADING, "  - id: after\n", "  - id: ¦After Hours\n", "'After Hours'"),
]


@pytest.mark.parametrize("fault", FORMS, ids=lambda fault: fault.message)
def test_forms_have_ids_of_their_own(fault: Fault, tmp_path: Path) -> None:
    """An id that two forms share, or that is none, is reported where it is."""
    assert_told(fault, tmp_path)


def test_the_format_names_every_key() -> None:
    """The page for authors explains each key of a module, of what leads meetings, and of what these hold."""
    text = (ROOT / "docs/authors/format.md").read_text(encoding="utf-8")
    module = text.partition("## `modules/<module>/module.yml`")[2].partition("\n## ")[0]
    leading = text.partition("## `modules/facilitation.yml`")[2].partition("\n## ")[0]
    for part, words in ((module, (ModuleFile, Commitment, Shortened)), (leading, (Facilitation, Form, Message))):
        keys = {field.name for word in words for field in dataclasses.fields(word)}
        assert sorted(keys - _named(part)) == []


def _named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text)) | set(re.findall(r"^[ -]*(\w+):", text, re.MULTILINE))
