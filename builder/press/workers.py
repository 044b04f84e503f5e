"""Processes that do one job at a time for this one. If one of them ends, the thread that waits for it is notified.

In: a function and jobs. Out: its results. Touches: processes of its own.

Each process has a pipe of its own and shares no queue and no lock with another. So none can leave the others, or this
process, waiting when it is killed, at whatever moment, and each can be ended by force.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import math
import multiprocessing
import queue
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from builder.press.jobs import Refused

LONGEST = 120
"""Seconds of processor time for one job, where the system counts them; this curriculum's longest takes 3."""

_resource: Any = importlib.import_module("resource") if importlib.util.find_spec("resource") else None


class Ended(Exception):  # noqa: N818  what happened, not an error of the program
    """A process ended before its job was done: by a signal if `code` is negative; None if the code is not known."""

    def __init__(self, name: str, code: int | None) -> None:
        self.name, self.code = name, code
        super().__init__(name, code)

    @property
    def why(self) -> str:
        """The most likely cause, and what to do."""
        begun = "the process that set it"
        if self.code is not None and self.code > 0:
            return f"{begun} failed with code {self.code} (a fault of this program: please report it)"
        if self.code in _codes("SIGXCPU"):
            hint = "something in it, most often a drawing, is too intricate for the typesetter"
            return f"{begun} took more than {LONGEST} seconds of a processor ({hint})"
        if self.code in _codes("SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL"):
            hint = "something in it, most often a drawing, is nothing that it can set, or the memory was short"
            return f"the typesetter failed, by signal {-self.code} ({hint})"
        by = f" by signal {-self.code}" if self.code else ""
        return (
            f"{begun} was ended by the system{by}, most often for lack of memory (close other programs, or try again)"
        )


def _codes(*names: str) -> set[int]:
    """The exit codes of a process that was ended by one of these signals; some systems have but few of them."""
    return {-int(getattr(signal, name)) for name in names if hasattr(signal, name)}


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection


class Workers:
    """A number of processes that run `work` for each job, and `begin` before. They start at once."""

    def __init__(self, count: int, begin: Callable[[], None], work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")  # a process forked after a compilation hangs
        self._all: list[_Worker] = []
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        with _without_main_module(), _uninterrupted():
            for _ in range(count):
                here, there = context.Pipe()
                process = context.Process(target=_serve, args=(there, begin, work), daemon=True)
                process.start()
                there.close()  # so that its end is noticed here
                self._all.append(_Worker(process, here))
                self._idle.put(self._all[-1])

    def do(self, name: str, job: Any) -> Any:
        """Let a process do a job, and wait for it; as many threads may wait as there are processes.

        Raises:
            Refused: As `work` raises it.
            Ended: The process ended; with the job's name.
        """
        worker = self._idle.get()
        try:
            worker.pipe.send(job)
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            raise Ended(name, worker.process.exitcode) from None
        finally:
            self._idle.put(worker)  # also one that has ended: the next thread to use it is notified too
        if isinstance(answer, Refused):
            raise answer
        return answer

    def end(self) -> None:
        """End all processes; threads that wait for one get `Ended`."""
        for worker in self._all:
            worker.process.terminate()
        for worker in self._all:
            worker.process.join()


def _serve(pipe: Connection, begin: Callable[[], None], work: Callable[[Any], Any]) -> None:
    """The work of a process: one job after the other, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin()
    with contextlib.suppress(EOFError, OSError, MemoryError):
        while True:
            job = pipe.recv()
            _limit()
            try:
                answer = work(job)
            except Refused as refused:
                answer = refused
            pipe.send(answer)


def _limit() -> None:
    """Let the system end this process, by SIGXCPU, if its next job takes too long."""
    if _resource is not None:
        _, most = _resource.getrlimit(_resource.RLIMIT_CPU)
        until = math.ceil(time.process_time()) + LONGEST
        if most in {_resource.RLIM_INFINITY, -1} or until < most:
            _resource.setrlimit(_resource.RLIMIT_CPU, (until, most))


@contextlib.contextmanager
def _without_main_module() -> Iterator[None]:
    """Hide which program this is: each new worker would run its main module again, which takes longer than a guide."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that leave Ctrl+C to this one, which then ends them; they would only add their own complaints."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
