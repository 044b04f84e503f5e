"""How problems are told: as lines, annotations or JSON, sorted, all at once, with exit code 1 and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from planting import ABOUT, COHORT, CURRICULUM, GLOSSARY, MODULE, READING, REFERENCES, Fault, small

from builder.problems import Place, Problem, Problems, Stopped, nearest, report, shown

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def faulty(tmp_path: Path) -> tuple[Path, list[str]]:
    """The small curriculum with faults in many files, and the places where they must be told, sorted."""
    root = small(tmp_path)
    places = [
        Fault(ABOUT, "(module:first-steps)", "(¦module:frist-steps)", "").plant(root),
        Fault(CURRICULUM, "format: 1", "format: ¦9", "").plant(root),
        Fault(GLOSSARY, "id: path", "id: ¦Path", "").plant(root),
        Fault(MODULE, "verb: Explain", "verb: ¦Understand", "").plant(root),
        Fault(READING, "A map helps.", "A ¦<b>map</b>, 100%.", "").plant(root),
        Fault(REFERENCES, "type: book", "type: book\n  ¦type: book", "").plant(root),
    ]
    return root, sorted(places)


def test_text_tells_all_problems_sorted_and_exits_with_1(faulty: tuple[Path, list[str]]) -> None:
    """Plain lines go to the error stream, each `path:line:column: message`, in order; nothing is written."""
    root, places = faulty
    before = snapshot(root)
    done = run("check", "--root", root)
    *told, last = done.stderr.splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    assert last == f"{len(told)} problems."
    assert all(re.fullmatch(r"\S+:\d+:\d+: \S.*", line) for line in told)
    assert [line.split(": ")[0] for line in told] == places
    assert snapshot(root) == before


def test_annotations_hold_every_problem(faulty: tuple[Path, list[str]]) -> None:
    """For GitHub each problem is one workflow command on the standard output, with its special characters escaped."""
    root, places = faulty
    done = run("check", "--root", root, "--format", "github")
    found = [
        re.fullmatch(r"::error file=([^,]+),line=(\d+),col=(\d+)::(.+)", line) for line in done.stdout.splitlines()
    ]
    assert done.returncode == 1
    assert [":".join(each.groups()[:3]) for each in found if each] == places
    assert len(found) == len(places)


def test_json_holds_every_problem(faulty: tuple[Path, list[str]]) -> None:
    """JSON is one list of records with the same places in the same order."""
    root, places = faulty
    done = run("check", "--root", root, "--format", "json")
    records = json.loads(done.stdout)
    assert done.returncode == 1
    assert ["{path}:{line}:{column}".format(**record) for record in records] == places
    assert {record["severity"] for record in records} == {"problem"}
    assert all(set(record) == {"path", "line", "column", "severity", "message"} for record in records)


@pytest.mark.parametrize("command", [("build",), ("packets",), ("stage", "out")], ids=" ".join)
def test_commands_that_write_stop_before_they_do(command: tuple[str, ...], faulty: tuple[Path, list[str]]) -> None:
    """What has problems is not built, not even in part."""
    root, places = faulty
    shutil.copytree(ROOT / "builder/theme", root / "builder/theme")
    (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    before = snapshot(root)
    arguments = [root / part if part == "out" else part for part in command]
    done = run(*arguments, "--root", root)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert [place for place in places if place not in done.stdout + done.stderr] == [], done.stderr
    assert snapshot(root) == before


SEARCHED = "Searched for what only a cohort may hold: trial."


def test_a_clean_check_exits_with_0(tmp_path: Path) -> None:
    """Without problems the command says so on the standard output; formats for machines say only what there is."""
    root = small(tmp_path)
    done = run("check", "--root", root)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"No problems. {SEARCHED}\n", "")
    assert json.loads(run("check", "--root", root, "--format", "json").stdout) == []


def test_notices_are_told_and_exit_with_0(tmp_path: Path) -> None:
    """A notice is marked as one in each format and does not change the exit code."""
    root = small(tmp_path)
    place = Fault(COHORT, "      - {name: Ben}\n", "", "", at="8:9").plant(root)
    done = run("check", "--root", root)
    assert done.returncode == 0
    assert done.stderr.startswith(f"{place}: notice: ")
    assert done.stdout.startswith("No problems (1 notice")
    done = run("check", "--root", root, "--format", "github")
    assert done.returncode == 0
    assert done.stdout.startswith(f"::notice file={COHORT},line=8,col=9::")


@pytest.mark.parametrize(
    "arguments",
    [("--cohorts", "nowhere"), ("--cohorts", "nowhere", "--format", "json"), ("--format", "text")],
    ids=" ".join,
)
def test_an_empty_folder_gives_no_traceback(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Where nothing is, the command says what is missing, and exits with 1."""
    done = run("check", "--root", tmp_path, *arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert CURRICULUM in done.stdout + done.stderr


def test_problems_are_told_once_and_in_order() -> None:
    """The same problem found twice is told once; lines are in the order of numbers, not of letters."""
    problems = Problems()
    for line in (10, 9, 9):
        problems.add(Place("b", line), "x")
    problems.notice(Place("a"), "y")
    assert [str(problem) for problem in problems] == ["a:1:1: notice: y", "b:9:1: x", "b:10:1: x"]
    assert len(problems.stopping) == 2
    with pytest.raises(Stopped) as stopped:
        problems.stop_if_any()
    assert len(stopped.value.problems) == 3


def test_notices_alone_stop_nothing() -> None:
    """Only problems raise."""
    problems = Problems()
    problems.notice(Place("a"), "y")
    problems.stop_if_any()


def test_annotations_escape_what_a_command_would_take_for_its_own() -> None:
    """A message or a path cannot break out of its workflow command."""
    problem = Problem(Place("a,b:c%d", 2, 3), "100%\n::error::x\r")
    assert report([problem], "github") == "::error file=a%2Cb%3Ac%25d,line=2,col=3::100%25%0A::error::x%0D"


def test_json_keeps_letters() -> None:
    """Letters of any language stay readable in JSON."""
    assert "é" in report([Problem(Place("é.md"), "x")], "json")


def test_the_nearest_word_is_named_or_all_are() -> None:
    """A slip gets the word that was meant; anything else gets what is allowed, and not a page of it."""
    assert nearest("tilte", ["title", "promise"]) == "did you mean 'title'?"
    assert nearest("xyz", ["title", "promise"]) == "known: promise, title"
    assert nearest("xyz", []) == "none is known"
    assert nearest("xyz", [f"word-{n:02}" for n in range(30)]).endswith("word-23 and 6 more")
    assert nearest("xyz", ["one-1", "one-2", "one-3"], listed=2) == "known: one-1, one-2 and 1 more"
    assert nearest("x" * 1_000_000, ["title"]) == "known: title"


def test_what_a_message_quotes_is_short_and_on_one_line() -> None:
    """Whatever an author typed, a message stays one line that can be read."""
    assert shown("a\nb") == "'a\\nb'"
    assert len(shown("x" * 1000)) == 80
    assert shown(7) == "7"
