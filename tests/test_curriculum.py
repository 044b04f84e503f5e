"""The six modules keep what the curriculum promises its readers: sources, clocks, figures, plain words, one sheet."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import Project
from once import MODULES, OURS
from output import sheets
from reading_level import measured

from builder import dialect
from builder.model.curriculum import Module

ROOT = Path(__file__).resolve().parent.parent
FIGURE = re.compile(r'^!!! figure "[^"]+"\n    !\[(?P<alt>[^\]]+)\]\((?P<src>[^)]+)\)\n', re.MULTILINE)
INKS = {"fill": {"accent-fill", "wash", "soft"}, "stroke": {"accent-line"}}
"""The classes that make a color follow the page's."""

CITED = re.compile(r"\[(@[^\]\n]+)\]")

each_module = pytest.mark.parametrize("module", MODULES, indirect=True)


@pytest.fixture
def module(request: pytest.FixtureRequest) -> Module:
    """A module of ours by its id."""
    return OURS.curriculum.module(request.param)


@pytest.fixture
def review() -> str:
    """The page on reviews."""
    return (ROOT / "docs/authors/review.md").read_text(encoding="utf-8")


def sources() -> str:
    """Every authored text that the site shows."""
    paths = [*ROOT.glob("modules/**/*.md"), *ROOT.glob("modules/**/*.yml"), *ROOT.glob("docs/**/*.md")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.name != "references.yml")


def figures(module: Module) -> list[re.Match[str]]:
    """The figures of a module's reading and handouts."""
    return [found for text in (module.reading, *module.handouts) for found in FIGURE.finditer(text.text)]


def test_the_curriculum_has_no_problem() -> None:
    """A check of the sources as they are finds nothing to fix."""
    done = subprocess.run(
        [sys.executable, "-m", "builder", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_listed_work_is_used() -> None:
    """Every work of the reference list is cited somewhere or stands under further reading."""
    cited = {id.strip().removeprefix("@") for marks in CITED.findall(sources()) for id in re.split("[;,]", marks)}
    further = {each.reference for module in OURS.curriculum.modules for each in module.file.further_reading}
    unused = {work.id for work in OURS.curriculum.references} - cited - further
    assert unused == set()


@each_module
def test_objectives_are_served(module: Module) -> None:
    """Each objective of a module is served by a question, says where it shows, and each question serves one."""
    ids = {objective.id for objective in module.file.objectives}
    served = {id for question in module.file.questions for id in question.objectives}
    assert served == ids
    assert all(objective.shown for objective in module.file.objectives)


@each_module
def test_every_plan_adds_up(module: Module) -> None:
    """The 60-, 45- and 30-minute plans add up, open, ask both core questions once, close, and say how."""
    core = sorted(question.id for question in module.file.questions if question.core)
    assert len(core) == 2
    for plan in (60, 45, 30):
        activities = [each for each in module.file.agenda if each.minutes[plan]]
        assert sum(each.minutes[plan] for each in activities) == plan
        assert (activities[0].kind, activities[-1].kind) == ("opening", "closing")
        asked = [id for each in activities for id in each.questions if id in core]
        assert sorted(asked) == core
        much_shorter = [each for each in activities if each.minutes[plan] <= each.minutes[60] * 2 / 3]
        told = rf"\b{plan}(?:- (?:and|or) \d+)?-minute plan"
        assert [each.id for each in much_shorter if not re.search(told, each.instructions)] == [], f"{plan} minutes"


@each_module
def test_steps_of_an_activity_fit_its_minutes(module: Module) -> None:
    """Where an activity's steps give their minutes, they never add up to more than the activity has."""
    step = re.compile(r"^\d+\. \*\*[^*]*?(\d+)(?:½)? minutes?\b[^*]*\*\*", re.MULTILINE)
    for activity in module.file.agenda:
        assert sum(int(minutes) for minutes in step.findall(activity.instructions)) <= activity.minutes[60], activity.id


@each_module
def test_a_reading_is_as_long_and_as_plain_as_promised(module: Module) -> None:
    """A reading has 1,400 to 2,200 words, grade 11 at most, and takes no more than the minutes it names, 25 at most."""
    level = measured(module.reading.text)
    assert 1400 <= level.words <= 2200
    assert level.grade <= 11
    assert level.minutes <= module.file.reading_minutes <= 25
    exercises = re.findall(r"^!!! (?:practice|reflection) .*$", module.reading.text, re.MULTILINE)
    assert exercises
    assert all(re.search(r'\(\d+ minutes?\)"$', line) for line in exercises)


@each_module
def test_the_reading_level_is_on_record(module: Module, review: str) -> None:
    """The review table gives each reading's words and grade, and is not out of date."""
    level = measured(module.reading.text)
    row = re.search(rf"^\| {re.escape(module.file.short_title)} \| ([\d,]+) \| ([\d.]+) \|", review, re.MULTILINE)
    assert row, f"docs/authors/review.md needs: | {module.file.short_title} | {level.words:,} | {level.grade} |"
    stale = f"docs/authors/review.md should say: | {module.file.short_title} | {level.words:,} | {level.grade} |"
    assert abs(int(row[1].replace(",", "")) - level.words) <= 50, stale
    assert abs(float(row[2]) - level.grade) <= 0.5, stale


@each_module
def test_whoever_comes_unprepared_has_two_minutes(module: Module) -> None:
    """Each module has a version of at most 260 words, with a source for what it claims."""
    text = module.file.in_two_minutes or ""
    words = len(dialect.words(dialect.tree(CITED.sub("", text))).split())
    assert 120 <= words <= 260
    assert CITED.search(text)


@each_module
def test_figures_are_for_everyone(module: Module) -> None:
    """Each module has a figure, and each has words for all of it, readable letters, and inks that follow the page."""
    found = figures(module)
    assert found
    for figure in found:
        assert len(figure["alt"].split()) >= 6
        text = figure.string[figure.end() :].split("\n")
        described = next(line for line in text if line.strip())
        assert described.startswith("    "), f"{figure['src']} lacks its description"
        drawing = ET.parse(ROOT / "modules" / module.id / figure["src"]).getroot()
        names = [each.tag.rpartition("}")[2] for each in drawing]
        assert names[:2] == ["title", "desc"]
        assert drawing.get("viewBox", "").startswith("0 0 360 ")
        for element in drawing.iter():
            assert float(element.get("font-size", "13")) >= 13, figure["src"]
            for ink, names in INKS.items():
                given, kinds = element.get(ink, "none"), set(element.get("class", "").split())
                assert given in {"none", "currentColor"} or kinds & names, f"{figure['src']}: {ink}={given}"


@each_module
def test_every_drawing_is_used(module: Module) -> None:
    """No image is in a module's folder that none of its texts shows."""
    shown = {f"modules/{module.id}/{figure['src']}" for figure in figures(module)}
    assert set(module.images) <= shown


@each_module
def test_cases_say_that_they_are_fictional(module: Module) -> None:
    """Every story in a module says that it is fictional, in its title or its first line."""
    for text in (module.reading, *module.handouts):
        for block, end in dialect.whole_blocks(text.text, "story"):
            first = block["rest"] + dialect.inside(text.text, block, end).split("\n")[0]
            assert "fictional" in first.lower(), first


@each_module
def test_the_review_table_covers_the_module(module: Module, review: str) -> None:
    """Each module has its own table of the seven kinds of reviewer, with the state of each."""
    part = review.split(f"{{: #{module.id} }}")[1].split("\n## ", maxsplit=1)[0]
    for kind in ("scholar of race", "historian", "paid", "mentoring researcher", "Counsel", "accessibility", "WPMG"):
        row = next(line for line in part.split("\n") if line.startswith("|") and kind in line.split("|")[1])
        assert row.rstrip(" |").split("|")[-1].strip()


def test_a_handout_is_one_sheet(built: Project) -> None:
    """Every handout fits on two pages, on Letter and on A4, so that it prints as one sheet."""
    for paper in ("", "-a4"):
        made = {path.name: len(sheets(path)) for path in (built.root / "site").rglob(f"*-handout{paper}.pdf")}
        assert len(made) == len(OURS.curriculum.modules)
        assert {name: pages for name, pages in made.items() if pages > 2} == {}
