"""How problems are shown: as lines, annotations or JSON, sorted and complete, with code 1, never a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import re
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


NOBODY = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "core.excludesFile=")


def commit(root: Path) -> None:
    """Commit all that is in a folder, which becomes a repository if it is none."""
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", "-C", root, *NOBODY, *arguments], check=True, capture_output=True)


def said_on_terminal(root: Path, **environment: str) -> str:
    """What `check` writes where its streams are a terminal."""
    pty = pytest.importorskip("pty", reason="this system has no such terminals")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "builder", "check", "--root", root],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # as Linux says that there is nothing more
        while more := os.read(ours, 65536):
            said += more
    os.close(ours)
    return said.decode()


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def faulty(tmp_path: Path) -> tuple[Path, list[str]]:
    """The small curriculum with faults in many files, and the places where they must be reported, sorted."""
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
    """Plain lines go to the error stream, each `path:line:column: problem: message`, in order; nothing is written."""
    root, places = faulty
    before = snapshot(root)
    done = run("check", "--root", root)
    *told, last = done.stderr.splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    assert last == f"{len(told)} problems."
    assert all(re.fullmatch(r"\S+:\d+:\d+: problem: \S.*", line) for line in told)
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
    before = snapshot(root)
    arguments = [root / part if part == "out" else part for part in command]
    done = run(*arguments, "--root", root)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert [place for place in places if place not in done.stdout + done.stderr] == [], done.stderr
    assert snapshot(root) == before


SEARCHED = "Searched for what only a cohort may contain: trial."


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


BLANKS = "Ask ¦[Program to supply: map] and [Program to supply: map], then [Program to supply: guide]. A map helps."


def test_notices_come_first_and_those_alike_are_one_line(tmp_path: Path) -> None:
    """A terminal ends with the problems; a notice that comes again is counted, and in full with `--notices`."""
    root = small(tmp_path)
    first = Fault(READING, "A map helps.", BLANKS, "").plant(root)
    assert run("check", "--root", root).stdout.startswith(
        "No problems (3 notices; each with its place: `curriculum check --notices`). "
    )
    problem = Fault(ABOUT, "(module:first-steps)", "(¦module:frist-steps)", "").plant(root)
    *lines, last = run("check", "--root", root).stderr.splitlines()
    assert lines[0] == f"{first}: notice: for your program to supply: map (and at 1 more place)"
    assert lines[1].endswith(": notice: for your program to supply: guide")
    assert lines[2].startswith(f"{problem}: problem: ")
    assert last == "1 problem (3 notices; each with its place: `curriculum check --notices`)."
    *lines, last = run("check", "--root", root, "--notices").stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["notice"] * 3 + ["problem"]
    assert last == "1 problem (3 notices)."


def test_a_terminal_has_colors_and_may_refuse_them(tmp_path: Path) -> None:
    """Marks are colored on a terminal only, and not where the reader has asked for none."""
    root = small(tmp_path)
    Fault(ABOUT, "(module:first-steps)", "(¦module:frist-steps)", "").plant(root)
    assert "\x1b[31m\x1b[1mproblem:\x1b[0m unknown module" in said_on_terminal(root, NO_COLOR="")
    assert "\x1b[31m" not in (plain := said_on_terminal(root, NO_COLOR="1"))
    assert ": problem: unknown module" in plain
    assert "\x1b" not in run("check", "--root", root).stderr


def test_annotations_have_the_notices_of_what_a_change_touches(tmp_path: Path) -> None:
    """For GitHub a notice counts where the last commit, or what follows it, changes its file; a problem always does."""
    root = small(tmp_path / "there")
    Fault(READING, "A map helps.", "¦[Program to supply: map].", "").plant(root)
    commit(root)
    assert run("check", "--root", root, "--format", "github").stdout.count("::notice file=modules/") == 1
    Fault(ABOUT, "(module:first-steps)", "(module:first-steps), ¦[Program to supply: pen]", "").plant(root)
    commit(root)
    said = run("check", "--root", root, "--format", "github").stdout
    assert [line.split(",")[0] for line in said.splitlines()] == [f"::notice file={ABOUT}"]
    Fault(GLOSSARY, "id: path", "id: ¦Path", "").plant(root)
    said = run("check", "--root", root, "--format", "github").stdout
    assert {line.split(",")[0] for line in said.splitlines()} >= {f"::error file={GLOSSARY}", f"::notice file={ABOUT}"}
    assert READING not in "".join(line for line in said.splitlines() if line.startswith("::notice"))


def test_where_git_has_the_last_commit_alone_no_notice_is_an_annotation(tmp_path: Path) -> None:
    """A shallow clone does not know what changed, so it repeats no notice on every change."""
    root = small(tmp_path / "there")
    commit(root)
    Fault(READING, "A map helps.", "¦[Program to supply: map].", "").plant(root)
    commit(root)
    shallow = ["git", "clone", "-q", "--depth", "1", root.as_uri(), tmp_path / "here"]
    subprocess.run(shallow, check=True, capture_output=True)
    assert run("check", "--root", tmp_path / "here", "--format", "github").stdout == ""


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
    """The same problem found twice is reported once; lines are in the order of numbers, not of letters."""
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
