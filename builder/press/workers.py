"""Processes that do one job at a time for this one. If one of them is ended, whoever waits for it hears of that.

In: a function and jobs. Out: its answers. Touches: processes of its own.

Each process has a pipe of its own and shares no queue and no lock with another. So none can leave the others, or this
process, waiting when it is killed, at whatever moment, and each can be ended by force.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from builder.press.jobs import Refused


class Ended(Exception):  # noqa: N818  what happened, not an error of the program
    """A process ended before its job was done: by a signal, if `code` is negative; None if that is not known."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection


class Workers:
    """So many processes that do what `work` does, each after `begin`. They start at once."""

    def __init__(self, count: int, begin: Callable[[], None], work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")  # a process forked after a compilation hangs
        self._all: list[_Worker] = []
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        with _nameless(), _uninterrupted():
            for _ in range(count):
                here, there = context.Pipe()
                process = context.Process(target=_serve, args=(there, begin, work), daemon=True)
                process.start()
                there.close()  # so that its end is noticed here
                self._all.append(_Worker(process, here))
                self._idle.put(self._all[-1])

    def do(self, job: Any) -> Any:
        """Let a process do a job, and wait for it; for threads, of which as many may wait as there are processes.

        Raises `Refused` as `work` does, and `Ended` if the process ended.
        """
        worker = self._idle.get()
        try:
            worker.pipe.send(job)
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            raise Ended(worker.process.exitcode) from None
        finally:
            self._idle.put(worker)  # also one that has ended: who gets it hears of that as well
        if isinstance(answer, Refused):
            raise answer
        return answer

    def end(self) -> None:
        """End all processes; whoever waits for one hears that it ended."""
        for worker in self._all:
            worker.process.terminate()
        for worker in self._all:
            worker.process.join()


def _serve(pipe: Connection, begin: Callable[[], None], work: Callable[[Any], Any]) -> None:
    """What a process does: one job after the other, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin()
    with contextlib.suppress(EOFError, OSError, MemoryError):
        while True:
            job = pipe.recv()
            try:
                answer = work(job)
            except Refused as refused:
                answer = refused
            pipe.send(answer)


@contextlib.contextmanager
def _nameless() -> Iterator[None]:
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
