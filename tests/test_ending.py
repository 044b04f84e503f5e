"""Commands that are killed, ended, started twice or refused by a disk: what was there stays, and the next run heals."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Project
from forks import as_at_a_terminal, small_disk
from output import differing, small, tree
from planting import lines
from planting import small as planted

posix = pytest.mark.skipif(os.name == "nt", reason="programs are not ended by signals there")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with its site and its packets, and with what others have put there."""
    project = small(tmp_path_factory.mktemp("made") / "project")
    done = project.run("build", "--packets")
    assert done.returncode == 0, done.stderr
    for path in ("site/CNAME", "site/.well-known/token", "packets/trial/signed.pdf", "packets/notes.txt"):
        project.write(path, path)
    return project


@pytest.fixture
def program(made: Project) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Begin a command and wait until it is at work on a folder; it is ended in the end."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, until: str) -> subprocess.Popen[str]:
        each = subprocess.Popen(
            [sys.executable, "-m", "builder", *arguments],
            cwd=made.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
            preexec_fn=as_at_a_terminal if os.name == "posix" else None,  # noqa: PLW1509  no other thread yet
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        begun.append(each)
        while not list(made.root.glob(until)):
            assert each.poll() is None, each.communicate()
            time.sleep(0.01)
        return each

    yield begin
    for each in begun:
        if each.poll() is None:
            os.killpg(each.pid, signal.SIGKILL)
        each.communicate()


def leftovers(root: Path) -> list[str]:
    """What runs have left beside what they write."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob(".*.tmp-*"))


@posix
def test_what_a_killed_run_has_left_is_healed(made: Project, program: Any) -> None:
    """After kill -9 everything is as it was and what is left is private; the next run removes it and says so."""
    before = tree(made.root)
    killed = program("build", "--packets", until="packets/.trial.tmp-*/new")
    killed.kill()
    killed.communicate()
    left = leftovers(made.root)
    assert {path.partition(".tmp-")[0] for path in left} == {".site", "packets/.trial"}
    assert {stat.S_IMODE((made.root / path).stat().st_mode) for path in left if "lock" not in path} == {0o700}
    now = tree(made.root)
    assert {path: now[path] for path in before} == before
    done = made.run("build", "--packets")
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("Removed what a run that was interrupted had")]
    assert len(said) == 2, done.stderr
    assert not leftovers(made.root)
    assert not differing(tree(made.root), before)


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_run_that_is_ended_leaves_nothing(made: Project, program: Any, name: str) -> None:
    """Asked to end, as when a computer is shut down, a run cleans up after itself and leaves everything as it was."""
    before = tree(made.root)
    number = getattr(signal, name)
    ended = program("build", "--packets", until="packets/.trial.tmp-*/new")
    ended.send_signal(number)
    out, said = ended.communicate(timeout=100)
    assert ended.returncode == 128 + number, (out, said)
    assert "Traceback" not in out + said
    assert not leftovers(made.root)
    assert not differing(tree(made.root), before)


@posix
def test_a_second_run_says_that_one_is_at_work(made: Project, program: Any) -> None:
    """While one run is at work, others on the same folders write nothing and say why; the first ends well."""
    before = tree(made.root)
    first = program("build", "--packets", until="packets/.trial.tmp-*/new")
    os.kill(first.pid, signal.SIGSTOP)
    for arguments, folder in ((("build",), "site"), (("packets",), "packets/trial")):
        second = made.run(*arguments)
        assert second.returncode == 1
        assert (
            f"{folder}:1:1: problem: another run is writing here at this moment (wait until it is done" in second.stderr
        )
        assert second.stderr.endswith("1 problem; nothing was written.\n")
    os.kill(first.pid, signal.SIGCONT)
    out, said = first.communicate(timeout=100)
    assert first.returncode == 0, (out, said)
    assert not leftovers(made.root)
    assert not differing(tree(made.root), before)


def test_what_others_have_stays_and_what_was_edited_is_told(made: Project) -> None:
    """In a site, in packets and in a stage: files of others stay, edited ones stop the run, until that is wished."""
    assert made.run("stage", "made").returncode == 0
    made.write("made/requirements.txt", "mkdocs")
    edited = {
        "site/about.html": ("build",),
        "packets/trial/hemlock/calendar.ics": ("packets",),
        "made/docs/about.md": ("stage", "made"),
    }
    for path in edited:
        made.write(path, "My own words.")
    before = tree(made.root)
    done = made.run("build", "--packets")
    assert done.returncode == 1
    assert "site/about.html:1:1: problem: was edited since we wrote it" in done.stderr
    for path, arguments in edited.items():
        done = made.run(*arguments)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{path}:1:1: problem: was edited since we wrote it"), done.stderr
        assert not differing(tree(made.root), before)
        done = made.run(*arguments, "--replace-edited")
        assert done.returncode == 0, done.stderr
        before = tree(made.root)
        assert before[path] != b"My own words."
    theirs = ("site/CNAME", "site/.well-known/token", "packets/trial/signed.pdf", "packets/notes.txt")
    assert all(before[path] == path.encode() for path in theirs)
    assert before["made/requirements.txt"] == b"mkdocs"


def test_a_full_disk_is_told_of_the_folder_that_was_to_be_written(made: Project, tmp_path: Path) -> None:
    """Without room on its disk a command names the folder that it was to write, and leaves nothing."""
    with small_disk(tmp_path / "disk", "300k"):
        for arguments in (("build", "--site-dir"), ("stage",), ("packets", "--to")):
            folder = tmp_path / "disk/deep/made"
            done = made.run(*arguments, str(folder))
            named = folder / "trial" if arguments[0] == "packets" else folder
            assert done.returncode == 1
            assert done.stderr.startswith(f"{named}:1:1: problem: no space is left on its disk (make room"), done.stderr
            assert "Traceback" not in done.stderr
            assert not list((tmp_path / "disk").iterdir())
        done = made.run("release", "1.0", "--date", "2026-01-01", "--editions", str(tmp_path / "disk/editions"))
        assert done.stderr.startswith(f"{tmp_path}/disk/editions/1.0.zip:1:1: problem: no space is left"), done.stderr
        assert not list((tmp_path / "disk").iterdir())


@pytest.mark.parametrize("date", ["1969-12-31", "2106-01-01", "9999-12-31", "0001-01-01"])
def test_a_date_that_no_file_can_bear_is_told(date: str, tmp_path: Path) -> None:
    """A date of the edition that could not be written into files is told at its place; those at the ends are taken."""
    root = planted(tmp_path)
    file = root / "modules/curriculum.yml"
    text = file.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("edition_date: "))
    at = text[: text.index(line)].count("\n") + 1
    file.write_text(text.replace(line, f"edition_date: {date}"), encoding="utf-8")
    (found,) = lines(root)
    assert found.startswith(f"modules/curriculum.yml:{at}:15: no date of an edition: ")
    for good in ("1970-01-01", "2105-12-31"):
        file.write_text(text.replace(line, f"edition_date: {good}"), encoding="utf-8")
        assert lines(root) == []


def test_a_release_of_a_date_that_no_archive_can_bear_is_told(made: Project) -> None:
    """A date before 1980, with which a zip file begins, is reported before anything is made."""
    done = made.run("release", "1.0", "--date", "1979-12-31")
    assert done.returncode == 1
    assert "an edition cannot bear the date 1979-12-31 (from 1980 to 2105" in done.stderr
    assert not (made.root / "editions").exists()
