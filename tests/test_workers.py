"""The press's processes: whatever becomes of one of them, nobody waits forever, and what was there stays."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from forks import in_time
from output import differing, small, tree
from test_press import el, guide, root

from builder.press import Ended, Press
from builder.press import workers as pressing
from builder.press.workers import Workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found and killed as on Linux")


@pytest.fixture(autouse=True)
def _watched() -> Iterator[None]:
    """Fail instead of waiting forever."""
    with in_time(150):
        yield


def nothing() -> None:
    """Begin."""


def work(how: str) -> Any:
    """Do a job, or end while doing it."""
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "aborted":
        os.abort()
    if how == "left":
        os._exit(3)
    if how == "endless":
        while True:
            math.sqrt(2)
    if how == "no memory":
        raise MemoryError
    if how == "killed while it answers":
        threading.Timer(0.02, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
        return bytes(150_000_000)
    return how


@pytest.mark.parametrize(
    ("how", "code"),
    [("killed", -9), ("aborted", -6), ("left", 3), ("no memory", 0), ("killed while it answers", -9)],
)
def test_the_end_of_a_process_is_heard(how: str, code: int) -> None:
    """However a process ends, the thread that waits for it gets its code, and the others go on."""
    workers = Workers(2, nothing, work)
    with ThreadPoolExecutor(2) as threads:
        ended, other = threads.submit(workers.do, "one", how), threads.submit(workers.do, "two", "as before")
        with pytest.raises(Ended) as caught:
            ended.result()
        assert (caught.value.name, caught.value.code) == ("one", code)
        assert other.result() == "as before"
    workers.end()


def shortly() -> None:
    """Begin a process of which each job may take two seconds."""
    pressing.LONGEST = 2


@pytest.mark.slow("waits for a limit of time")
def test_a_job_without_end_is_ended() -> None:
    """A job that takes more of a processor than it may is ended by the system, and the next one has its own time."""
    workers = Workers(1, shortly, work)
    for _ in range(3):
        assert workers.do("one", "short") == "short"
    with pytest.raises(Ended) as caught:
        workers.do("two", "endless")
    assert caught.value.code == -signal.SIGXCPU
    assert "took more than 120 seconds of a processor" in caught.value.why
    workers.end()


@pytest.mark.parametrize(
    ("code", "why"), [(-9, "memory"), (-6, "a drawing"), (-24, "intricate"), (3, "report"), (None, "")]
)
def test_why_a_process_ended_is_said_in_words(code: int | None, why: str) -> None:
    """Each way to end has its most likely reason, and what to do."""
    assert why in Ended("guide.pdf", code).why


def test_nobody_waits_for_processes_that_are_gone() -> None:
    """When all processes were killed, while idle or at work, each who comes for one hears of it at once."""
    workers = Workers(2, nothing, work)
    assert workers.do("one", "one") == "one"
    for process in multiprocessing.active_children():
        process.kill()
    for _ in range(5):
        with pytest.raises(Ended):
            workers.do("more", "more")
    workers.end()


def test_a_process_killed_while_it_starts_is_heard_of() -> None:
    """A process that never comes to its first job leaves nobody waiting either."""
    workers = Workers(1, nothing, work)
    multiprocessing.active_children()[0].kill()
    with pytest.raises(Ended):
        workers.do("one", "one")
    workers.end()


def test_a_killed_worker_ends_the_press() -> None:
    """A press of which a process is killed says so, and ends at once, whatever else is in hand."""
    jobs = (guide(root(*(el("p", f"Number {n}.") for n in range(400))), f"guide-{n}") for n in range(200))
    with Press(2) as press:
        made = press.each(jobs)
        next(made)
        multiprocessing.active_children()[0].kill()
        with pytest.raises(Ended):
            list(made)
    with pytest.raises((CancelledError, StopIteration)):
        next(made)


def test_jobs_are_taken_as_they_are_needed() -> None:
    """A press of two takes few jobs ahead of those that are asked for, however many there are."""
    taken: list[int] = []

    def jobs() -> Iterator[Any]:
        for number in range(60):
            taken.append(number)
            yield guide(root(el("p", "Short.")), f"guide-{number}")

    with Press(2) as press:
        made = press.each(jobs())
        for number in range(20):
            assert next(made).name == f"guide-{number}"
            assert len(taken) <= number + 6


def children(pid: int) -> list[int]:
    """The processes that a process has started and that set PDFs."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(each) for each in found if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]
    except FileNotFoundError:
        return []


def until(there: Callable[[], Any], program: subprocess.Popen[str]) -> Any:
    """Wait for something, while a program is at work."""
    while not (found := there()):
        assert program.poll() is None, program.communicate()
        time.sleep(0.02)
    return found


@pytest.mark.parametrize(
    ("arguments", "after"),
    [(("packets",), "packets/.trial.tmp-*"), (("build", "--packets"), ".site.tmp-*")],
    ids=["packets", "build"],
)
def test_a_command_whose_worker_is_killed_says_so(tmp_path: Path, arguments: tuple[str, ...], after: str) -> None:
    """The command ends with what happened and what to do, and leaves everything as it was."""
    project = small(tmp_path / "project")
    assert project.run("packets").returncode == 0
    before = tree(project.root)
    program = subprocess.Popen(
        [sys.executable, "-m", "builder", *arguments],
        cwd=project.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    first, *_ = until(lambda: children(program.pid), program)
    until(lambda: any(project.root.glob(after)), program)
    os.kill(first, signal.SIGKILL)
    out, said = program.communicate(timeout=100)
    assert program.returncode == 1, (out, said)
    assert (
        ".pdf:1:1: problem: cannot be printed: the process that set it was ended by the system by signal 9, most"
        in said
    )
    assert "lack of memory" in said
    assert "Traceback" not in said
    assert not differing(tree(project.root), before)
    assert not list(project.root.rglob(".*.tmp-*"))
