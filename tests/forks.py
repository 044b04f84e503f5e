"""A test's own child processes: killed at a step that is chosen, or run by a user who may do less."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOBODY = 65534

_CHANGES = frozenset({
    "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.chown", "os.truncate",
    "shutil.copyfile", "shutil.rmtree", "tempfile.mkdtemp",
})  # fmt: skip


def as_at_a_terminal() -> None:
    """Take signals as programs at a terminal do, also where the tests run in the background, and some are ignored."""
    for name in ("SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def in_child(action: Callable[[], str], *, kill_at: int = 0, user: int | None = None) -> tuple[int, str]:
    """Run an action in a child and answer its exit code and what it answered, or what it raised.

    With `kill_at` the child dies, as by kill -9, just before the so manieth change that it makes on the disk.
    """
    with tempfile.TemporaryFile() as said:
        child = _fork()
        if not child:
            _run(action, kill_at, user, said.fileno())
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), said.read().decode()


def _run(action: Callable[[], str], kill_at: int, user: int | None, said: int) -> None:
    try:
        if user is not None and os.getuid() == 0:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        if kill_at:
            count = itertools.count(1)
            sys.addaudithook(lambda event, details: _step(event, details, kill_at, count))
        os.write(said, action().encode())
        os._exit(0)
    except BaseException as error:  # noqa: BLE001  a child must never come back
        os.write(said, f"{type(error).__name__}: {error}\n{traceback.format_exc()}".encode())
        os._exit(1)


def _step(event: str, details: tuple[object, ...], kill_at: int, count: Iterator[int]) -> None:
    writes = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    exchanges = event == "ctypes.dlsym" and details[1] == "renameat2"
    if (event in _CHANGES or writes or exchanges) and next(count) == kill_at:
        os._exit(9)


def killed_everywhere(action: Callable[[], str]) -> Iterator[int]:
    """Kill an action at its first step, at its second one, and so on, until it comes to its end."""
    for step in itertools.count(1):
        code, said = in_child(action, kill_at=step)
        if code != 9:
            assert code == 0, said
            return
        yield step


def killed_after(action: Callable[[], object], seconds: float) -> bool:
    """Run an action in a child and kill that after a time; answer whether it was still at work."""
    child = _fork()
    if not child:
        try:
            action()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns where there are threads
        return os.fork()


@contextlib.contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Fail instead of waiting forever, where the system has an alarm."""

    def late(*_: object) -> None:
        raise AssertionError("it takes too long")

    if not hasattr(signal, "alarm"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder into which every user may look, as the folders of tests are not."""
    with tempfile.TemporaryDirectory(prefix="curriculum-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Make a folder a disk of its own, of so many bytes; skip the test where this user may not."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
