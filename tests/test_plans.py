"""Plans are what `meeting_lengths` lists: only those are written, checked and shown, from one of them to many."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from planting import COHORT, CURRICULUM, MODULE, Fault, assert_told, everything, lines, small

from builder import changes, dialect, documents
from builder.loading import cohorts, curriculum
from builder.loading.curriculum import Loaded
from builder.model.cohorts import Outline
from builder.model.curriculum import Activity, Curriculum
from builder.problems import Problems
from builder.sources.files import Reader

LENGTHS = "meeting_lengths: [60, 45, 30]"
TALK = "{60: 40, 45: 35, 30: 20}"
LIST = "meeting_lengths in modules/curriculum.yml lists 60, 45 and 30"


def with_plans(folder: Path, lengths: str, *minutes: str, cohort: int = 60) -> Path:
    """The small curriculum with other plans, and with the minutes of its three activities in each module."""
    root = small(folder)
    _edit(root / CURRICULUM, lambda text: text.replace(LENGTHS, f"meeting_lengths: {lengths}"))
    _edit(root / COHORT, lambda text: text.replace("meeting_minutes: 60", f"meeting_minutes: {cohort}"))
    for path in root.glob("modules/*/module.yml"):
        each = iter(minutes)
        _edit(path, lambda text, each=each: re.sub(r"\{60: .*?\}", lambda _: next(each), text))  # type: ignore[misc]
    return root


def _edit(path: Path, edit: Callable[[str], str]) -> None:
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def ninety(folder: Path) -> Path:
    """The small curriculum with one plan of 90 minutes, each activity with a plain number."""
    root = with_plans(folder, "[90]", "15", "60", "15", cohort=90)
    _edit(
        root / "modules/facilitation.yml", lambda text: text.replace("Take the shorter plan.", "Leave out the round.")
    )
    return root


def load(root: Path) -> Loaded:
    """What is at a root, without problems."""
    problems = Problems()
    loaded = curriculum.load(Reader(root, problems), problems)
    assert loaded is not None, [str(problem) for problem in problems]
    return loaded


def changed(state: Curriculum, change: Callable[[Activity], Activity]) -> Curriculum:
    """A curriculum with each activity of its first module changed."""
    first, *others = state.modules
    agenda = tuple(map(change, first.file.agenda))
    return replace(state, modules=(replace(first, file=replace(first.file, agenda=agenda)), *others))


FAULTS = [
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: [60, ¦10]", "10 is too small (at least 15)"),
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: [¦300, 60]", "300 is too large (at most 240)"),
    Fault(CURRICULUM, LENGTHS, "¦meeting_lengths: []", "an empty list (at least one is needed)"),
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: [60, 45, 30, ¦45]", "'45' twice (first on line 16)"),
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: ¦60", "a list expected"),
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: [60, ¦soon]", "a whole number expected, not 'soon'"),
    Fault(
        CURRICULUM, LENGTHS, "meeting_lengths: [45, ¦60, 30]", "60 comes after 45 (the longest is first: 60, 45 and 30)"
    ),
    Fault(MODULE, TALK, "{60: 40, 45: 35, 30: 20, ¦90: 70}", f"there is no 90-minute plan ({LIST})"),
    Fault(MODULE, TALK, "{60: 40, 45: 35, 30: 20, ¦5: 0}", f"there is no 5-minute plan ({LIST})"),
    Fault(MODULE, TALK, "{60: 40, 45: 35, 30: 20, ¦060: 9}", f"there is no 060-minute plan ({LIST})"),
    Fault(MODULE, TALK, "{60: 40, ¦54: 35, 30: 20}", f"there is no 54-minute plan (did you mean 45? {LIST})"),
    Fault(
        MODULE, TALK, "{60: 40, 45: 35}", "no minutes for the 30-minute plan (0 leaves it out)", at="minutes: {60: 40"
    ),
    Fault(
        MODULE,
        TALK,
        "{30: 20}",
        "no minutes for the 60- and 45-minute plan (write {60: …, 45: …, 30: 20}; 0",
        at="minutes: {30: 20",
    ),
    Fault(
        MODULE,
        f"minutes: {TALK}",
        "¦minutes: 40",
        "no minutes for the 45- and 30-minute plan (write {60: 40, 45: …, 30: …}; 0",
    ),
    Fault(MODULE, f"minutes: {TALK}", "minutes: ¦long", "a whole number expected, not 'long'"),
    Fault(MODULE, f"minutes: {TALK}", "minutes: ¦241", "241 is too large (at most 240)"),
    Fault(
        COHORT, "meeting_minutes: 60", "meeting_minutes: ¦90", "there is no 90-minute plan (meetings take 60, 45 or 30"
    ),
    Fault(
        COHORT, "meeting_minutes: 60", "meeting_minutes: ¦9000", "there is no 9000-minute plan (meetings take 60, 45"
    ),
    Fault(COHORT, "meeting_minutes: 60", "meeting_minutes: ¦-60", "there is no -60-minute plan (meetings take 60, 45"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_is_no_plan_is_reported_at_its_place_with_what_is_allowed(fault: Fault, tmp_path: Path) -> None:
    """Lengths out of range, out of order or twice, and minutes and cohorts for no plan, are one problem each."""
    assert_told(fault, tmp_path)


@pytest.mark.parametrize("lengths", ["[60]", "[45, 30]", "[90, 60, 45, 30]"])
def test_a_change_of_the_list_is_one_problem_in_each_module(lengths: str, tmp_path: Path) -> None:
    """A plan that is taken out of the list, or added to it, is reported once for a module, at its agenda."""
    root = small(tmp_path)
    Fault(CURRICULUM, LENGTHS, f"meeting_lengths: {lengths}", "", at="1:1").plant(root)
    Fault(COHORT, "meeting_minutes: 60", f"meeting_minutes: {lengths[1:3]}", "", at="1:1").plant(root)
    found = lines(root)
    assert [line.partition(":")[0] for line in found] == [MODULE, MODULE.replace("first", "next")]
    assert all("17:1: " in line and "-minute plan (" in line for line in found), found


def test_minutes_of_a_released_edition_may_go_beyond_its_list(tmp_path: Path) -> None:
    """Where three plans had to be written and some were offered, in any order, the edition is read as it was."""
    root = small(tmp_path)
    Fault(CURRICULUM, LENGTHS, "meeting_lengths: [30, 60]", "", at="1:1").plant(root)
    problems = Problems()
    loaded = curriculum.load(Reader(root, problems), problems, released=True)
    assert loaded is not None, [str(problem) for problem in problems]
    assert loaded.curriculum.settings.meeting_lengths == (60, 30)
    assert loaded.curriculum.modules[0].file.agenda[1].minutes == {60: 40, 30: 20}


def test_plans_that_cannot_be_read_make_no_further_problem(tmp_path: Path) -> None:
    """While the list has a slip, nothing is said of minutes, of a late start, or of cohorts."""
    root = small(tmp_path)
    place = Fault(CURRICULUM, LENGTHS, "meeting_lengths: [60, ¦4.5, 30]", "").plant(root)
    _edit(root / MODULE, lambda text: f"{text}late:\n  - {{activity: talk, minutes: 50, how: Ask.}}\n")
    assert [str(problem.place) for problem in everything(root)] == [place]


def test_plans_are_known_while_a_module_has_a_slip(tmp_path: Path) -> None:
    """A cohort's plan is checked also while the curriculum cannot be read as a whole."""
    root = small(tmp_path)
    places = {
        Fault(MODULE, "title: The first steps", "¦titel: The first steps", "").plant(root),
        Fault(COHORT, "meeting_minutes: 60", "meeting_minutes: ¦50", "").plant(root),
    }
    assert {str(problem.place) for problem in everything(root)} == places


def test_one_plan_is_written_with_plain_numbers(tmp_path: Path) -> None:
    """A curriculum with one plan of 90 minutes gives each activity a number, and has no problems."""
    root = ninety(tmp_path)
    assert lines(root) == []
    assert [each.minutes for each in load(root).curriculum.modules[0].file.agenda] == [{90: 15}, {90: 60}, {90: 15}]


SINGLE = [
    Fault(MODULE, "minutes: 60", "minutes: 61", "the agenda adds up to 91 minutes (1 too many: the meeting takes 90)"),
    Fault(MODULE, "minutes: 60", "minutes: 50", "the agenda adds up to 80 minutes (10 too few: the meeting takes 90)"),
    Fault(MODULE, "kind: opening", "kind: round", "the agenda does not begin with an opening"),
    Fault(MODULE, "kind: closing", "kind: round", "the agenda does not end with a closing"),
    Fault(MODULE, "    questions: [why-first]\n", "", "core question 'why-first' is not asked in the agenda"),
    Fault(
        MODULE,
        "materials:",
        "late: [{activity: welcome, minutes: 15, how: Go.}, {activity: talk, minutes: 50, how: Go.}]\nmaterials:",
        "15 minutes save nothing (the agenda gives it 15)",
    ),
]


@pytest.mark.parametrize("fault", SINGLE, ids=str)
def test_messages_on_the_only_plan_do_not_name_its_length(fault: Fault, tmp_path: Path) -> None:
    """Where there is one plan, what is wrong with it is wrong with the agenda."""
    root = ninety(tmp_path)
    replace(fault, at="1:1").plant(root)
    assert [problem.message for problem in everything(root)] == [fault.message]


def test_the_only_plan_is_named_nowhere(tmp_path: Path) -> None:
    """With one plan, no page, guide or run sheet speaks of a plan, of others, or of a shorter one."""
    made = documents.compose(load(ninety(tmp_path)).curriculum)
    sheet = documents.agenda(made.apparatus, made.apparatus.curriculum.modules[0], 90)
    texts = [*(document.markdown for document in made.all), sheet]
    assert not [text for text in texts if re.search(r"minute plan|shorter plan", text)]
    assert "| 90&nbsp;min | Activity | Lead | Have ready | Ask |\n" in sheet
    assert "Shorten what is neither, and begin the closing on time." in sheet
    assert "5 min reflection · 90 min meeting" in made.of_modules["module"]["first-steps"].markdown


def test_a_shorter_plan_is_named_where_there_is_one(tmp_path: Path) -> None:
    """A run sheet points to the next shorter plan, except that of the shortest."""
    made = documents.compose(load(small(tmp_path)).curriculum)
    sheets = {
        plan: documents.agenda(made.apparatus, made.apparatus.curriculum.modules[0], plan) for plan in (60, 45, 30)
    }
    assert [plan for plan, text in sheets.items() if "take the minutes of the next shorter plan" in text] == [60, 45]


def guide(root: Path, plan: int) -> str:
    """The guide of the first module for meetings of one length."""
    return documents.compose(load(root).curriculum).guide("first-steps", plan).markdown


def test_an_activity_that_no_plan_has_is_noticed_and_not_shown(tmp_path: Path) -> None:
    """An activity with 0 minutes in each plan is a notice, and no guide or run sheet has a row or a heading for it."""
    root = ninety(tmp_path)
    extra = "  - {id: extra, kind: round, title: Extra, lead: A, minutes: ¦0, in_short: x, instructions: Go.}\n"
    place = Fault(MODULE, "  - id: goodbye\n", extra + "  - id: goodbye\n", "").plant(root)
    assert [str(each.place).rpartition(":")[0] for each in everything(root)] == [place.rpartition(":")[0]]
    assert "no minutes in any plan" in lines(root)[0]
    assert "Extra" not in guide(root, 90)
    assert "#a-welcome" in guide(root, 90)


def test_a_guide_has_what_its_own_plan_opens_and_commits_with(tmp_path: Path) -> None:
    """In a shorter plan with another opening, and without the activity for the commitment, nothing is lost."""
    root = small(tmp_path)
    rest = "lead: A, in_short: x, instructions: Go."
    opening = f"  - {{id: hello, kind: opening, title: Hello, minutes: {{60: 0, 45: 0, 30: 5}}, {rest}}}\n"
    vow = f"  - {{id: vow, kind: commitment, title: Vow, minutes: {{60: 5, 45: 5, 30: 0}}, {rest}}}\n"
    Fault(MODULE, "  - id: talk\n", f"{opening}  - id: talk\n", "", at="1:1").plant(root)
    Fault(MODULE, "  - id: goodbye\n", f"{vow}  - id: goodbye\n", "", at="1:1").plant(root)
    Fault(MODULE, "{60: 10, 45: 5, 30: 5}", "{60: 10, 45: 5, 30: 0}", "", at="1:1").plant(root)
    Fault(MODULE, TALK, "{60: 35, 45: 30, 30: 20}", "", at="1:1").plant(root)
    assert lines(root) == []
    for plan in (60, 30):
        text = guide(root, plan)
        assert text.count('"Content note, to read aloud"') == 1, plan
        assert text.count("If-then") == 1, plan
    assert "*Only in the 30-minute plan*" in guide(root, 60)


def test_a_guide_says_in_which_plans_an_activity_is(tmp_path: Path) -> None:
    """The guide of the longest plan has activities of shorter ones too, and names these plans."""
    root = small(tmp_path)
    Fault(MODULE, TALK, "{60: 40, 45: 30, 30: 15}", "", at="1:1").plant(root)
    brief = "{id: b, kind: round, title: Brief, minutes: {60: 0, 45: 5, 30: 5}, lead: A, in_short: x, instructions: x}"
    Fault(MODULE, "  - id: talk\n", f"  - {brief}\n  - id: talk\n", "", at="1:1").plant(root)
    assert "*Only in the 45- and 30-minute plan*" in guide(root, 60)


def test_changes_of_the_only_plan_do_not_name_it(tmp_path: Path) -> None:
    """What takes longer in the only plan is reported without the plan's length."""
    old = load(ninety(tmp_path)).curriculum
    new = changed(old, lambda each: replace(each, minutes={90: each.minutes[90] + 5}))
    what = [change.what for group in changes.between(old, new).groups for change in group.changes]
    assert "Activity “Welcome” takes 20 minutes instead of 15." in what
    gone = changed(old, lambda each: replace(each, minutes={90: 0} if each.id == "welcome" else each.minutes))
    for states, said in (
        ((old, gone), "is left out of the meeting (was 15 minutes)"),
        ((gone, old), "is now part of the meeting, with 15"),
    ):
        (change,) = [change for group in changes.between(*states).groups for change in group.changes]
        assert said in change.what
    added = changed(old, lambda each: replace(each, id="hello") if each.id == "welcome" else each)
    what = [change.what for group in changes.between(old, added).groups for change in group.changes]
    assert "Activity “Welcome” is new. It comes first and takes 15 minutes." in what


def test_a_plan_that_comes_or_goes_is_reported_once(tmp_path: Path) -> None:
    """Plans of one state alone are reported as such, and not again for each activity."""
    old = load(small(tmp_path)).curriculum
    for lengths, said in (
        ((60,), "Each meeting takes 60 minutes (was 60, 45 and 30)."),
        ((90,), "Each meeting takes 90 minutes (was 60"),
    ):
        settings = replace(old.settings, meeting_lengths=lengths)
        new = changed(
            replace(old, settings=settings),
            lambda each, lengths=lengths: replace(each, minutes=dict.fromkeys(lengths, each.minutes[60])),  # type: ignore[misc]
        )
        for states in ((old, new), (new, old)):
            (change,) = [change for group in changes.between(*states).groups for change in group.changes]
            assert states != (old, new) or change.what.startswith(said)


def test_a_cohort_follows_the_plans_of_the_edition_that_it_studies(tmp_path: Path) -> None:
    """A cohort that names an edition takes one of its plans, whatever the curriculum in work has."""
    root = small(tmp_path)
    place = Fault(COHORT, "meeting_minutes: 60", 'edition: "1.0"\nmeeting_minutes: ¦60', "").plant(root)
    modules = ("first-steps", "next-steps")
    outlines = {None: Outline(modules=modules, plans=(60,)), "1.0": Outline(modules=modules, plans=(90,))}
    problems = Problems()
    cohorts.load(Reader(root, problems), cohorts.FOLDER, outlines.__getitem__, problems)
    message = "there is no 60-minute plan (in edition 1.0 meetings take 90 minutes)"
    assert [str(problem) for problem in problems.stopping] == [f"{place}: {message}"]


OWN = [
    Fault(CURRICULUM, "care:", "activity_kinds: [simulation, ¦simulation]\ncare:", "'simulation' twice"),
    Fault(CURRICULUM, "care:", "activity_kinds: [¦closing]\ncare:", "'closing' is there for every curriculum"),
    Fault(CURRICULUM, "care:", "activity_kinds: [¦Simulation]\ncare:", "ill-formed id 'Simulation'"),
    Fault(CURRICULUM, "care:", "activity_kinds: ¦simulation\ncare:", "a list expected"),
    Fault(CURRICULUM, "care:", "verbs: [Repeat, ¦Repeat]\ncare:", "'Repeat' twice"),
    Fault(CURRICULUM, "care:", "verbs: [¦Explain]\ncare:", "'Explain' is there for every curriculum"),
    Fault(CURRICULUM, "care:", "verbs: ['¦**Repeat**']\ncare:", "'**Repeat**' is emphasis in a plain text"),
    Fault(
        MODULE, "kind: discussion", "kind: ¦simulation", "a curriculum's own go under activity_kinds in modules/curr"
    ),
    Fault(MODULE, "kind: discussion", "kind: ¦Discussion", "is no kind of activity (did you mean 'discussion'?"),
    Fault(MODULE, "verb: Explain", "verb: ¦Auscultate", "a curriculum's own go under verbs in modules/curriculum.yml"),
]


@pytest.mark.parametrize("fault", OWN, ids=str)
def test_what_a_curriculum_adds_is_checked(fault: Fault, tmp_path: Path) -> None:
    """Kinds and verbs that are listed twice, are there for all, or are not listed, are one problem at their place."""
    assert_told(fault, tmp_path)


def test_a_curriculum_has_kinds_of_activity_and_verbs_of_its_own(tmp_path: Path) -> None:
    """What the settings list may be used, counts among what was meant, and is not taken for an opening or a closing."""
    root = small(tmp_path)
    Fault(CURRICULUM, "care:", "activity_kinds: [simulation]\nverbs: [Re-run, Set up]\ncare:", "", at="1:1").plant(root)
    Fault(MODULE, "kind: discussion", "kind: simulation", "", at="1:1").plant(root)
    Fault(MODULE, "verb: Explain", "verb: Re-run", "", at="1:1").plant(root)
    assert lines(root) == []
    made = documents.compose(load(root).curriculum)
    assert "Re-run why a path is walked." in dialect.words(
        dialect.tree(made.of_modules["module"]["first-steps"].markdown)
    )
    slips = {
        Fault(MODULE, "kind: simulation", "kind: ¦simulatoin", "").plant(root): "(did you mean 'simulation'?",
        Fault(MODULE, "verb: Re-run", "verb: ¦Rerun", "").plant(root): "(did you mean 'Re-run'?",
    }
    found = {str(problem.place): problem.message for problem in everything(root)}
    assert found.keys() == slips.keys()
    assert all(hint in found[place] for place, hint in slips.items())


def test_a_list_that_cannot_be_read_makes_no_further_problem(tmp_path: Path) -> None:
    """While a curriculum's own kinds and verbs have a slip, only what is near a word that all have is reported."""
    root = small(tmp_path)
    own = "activity_kinds: [simulation, ¦4%]\nverbs: [Re-run, '']\ncare:"
    places = {
        Fault(CURRICULUM, "care:", own, "").plant(root),
        Fault(CURRICULUM, "''", "¦''", "").plant(root),
        Fault(MODULE, "kind: closing", "kind: ¦closng", "").plant(root),
    }
    Fault(MODULE, "kind: discussion", "kind: simulation", "", at="1:1").plant(root)
    Fault(MODULE, "verb: Explain", "verb: Re-run", "", at="1:1").plant(root)
    assert {str(problem.place) for problem in everything(root)} == places
