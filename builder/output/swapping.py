"""One run at a time makes something new beside what is there, and puts it in its place in one step.

In: the path of a folder or file. Out: a private folder to work in. Touches: locks, makes, exchanges and removes
folders. No other room imports `filelock`.

In one step means: two folders change places, by `renameat2` on Linux and `renamex_np` on macOS. Where a disk or a
system, such as Windows, has neither, the old folder is moved away and the new one into its place: for a moment there
is none, and if the run is killed in that moment, the next one puts the old folder back.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fnmatch
import glob
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from builder.problems import Stopped

Say = Callable[[str], None]
"""Shows a line to people."""

_HERE = -100  # AT_FDCWD: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS

_RANDOM = re.compile(r"\.tmp-[a-z0-9_]{8}$")
"""The end of the names that `tempfile` gives."""

_OLD = "old"
"""The name of the old folder in the meantime, if the exchange takes two steps."""

_ROOM = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
"""Errors that only writing can cause; while a file is copied, the system may name the one that is read."""

_KEPT = "what was there is as it was"

_WHY = {
    errno.ENOSPC: "no space is left on its disk (make room",
    errno.EDQUOT: "the space that its disk allows you is used up (make room",
    errno.EFBIG: "a file would be larger than its disk or the system allows (raise the limit",
    errno.EIO: "its disk has a fault (look after the disk",
    errno.EROFS: "its disk can only be read (choose a folder on another",
    errno.EACCES: "you may not write there or beside it (choose another folder, or change its permissions",
    errno.EPERM: "you may not write there or beside it (choose another folder, or change its permissions",
    errno.EEXIST: "is a file, or is in one (choose another folder",
    errno.ENOTDIR: "is a file, or is in one (choose another folder",
    errno.EBUSY: "cannot be exchanged, such as one that is a disk of its own (choose a folder within it",
    errno.EXDEV: "cannot be exchanged, such as one that is a disk of its own (choose a folder within it",
}
"""What errors of the system mean, and what to do."""


@contextlib.contextmanager
def workshop(target: Path, say: Say, *, leftovers: str | None = None) -> Iterator[Path]:
    """Give an empty private folder beside a target to the only run that may now work on it; it is removed afterward.

    Args:
        target: The folder or file that is to be made.
        say: Called with a line about what killed runs have left there, which is removed.
        leftovers: A pattern of the names to remove, if they are not those of this target.

    Raises:
        Stopped: Another run works on the target, or the system refuses to write there.
    """
    made = [each for each in target.parents if not each.exists()]
    try:
        with contextlib.ExitStack() as stack:
            with explained(target, target.parent):
                target.parent.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context(_alone(target))
                _heal(target, leftovers or f".{glob.escape(target.name)}.tmp-*", lock, say)
                room = Path(tempfile.mkdtemp(prefix=f".{target.name}.tmp-", dir=target.parent))
            stack.callback(_remove, room, say)
            yield room
    finally:
        with contextlib.suppress(OSError):  # as soon as one of them is not empty
            for each in made:
                each.rmdir()


@contextlib.contextmanager
def explained(target: Path, room: Path) -> Iterator[None]:
    """Turn errors of the system into problems of the target, also for files in its private folder."""
    try:
        yield
    except OSError as error:
        path = error.filename2 or error.filename
        near = path is None or any(_absolute(path).is_relative_to(_absolute(each)) for each in (room, target))
        if not (near or error.errno in _ROOM) or error.errno not in _WHY:
            raise
        raise Stopped.at(str(target), f"{_WHY[error.errno]}; {_KEPT})") from error


def _absolute(path: str | bytes | Path) -> Path:
    return Path(os.fsdecode(path)).absolute()


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[Path]:
    """Lock a target; its lock is a file beside it that is gone afterward."""
    file = target.with_name(f".{target.name}.tmp-lock")
    lock = filelock.FileLock(file)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        why = "another run is writing here at this moment (wait until it is done; nothing was written)"
        raise Stopped.at(str(target), why) from None
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):  # Windows removes no file that is open
            file.unlink()  # while it is locked: a run that has it open sees that it is gone, and makes another
        lock.release()


def _heal(target: Path, leftovers: str, lock: Path, say: Say) -> None:
    """Remove what killed runs have left; no other run is at work."""
    for left in sorted(target.parent.iterdir()):
        if left == lock or not fnmatch.fnmatchcase(left.name, leftovers) or not _RANDOM.search(left.name):
            continue
        if (left / _OLD).is_dir() and not target.exists():
            (left / _OLD).rename(target)
            say(f"Put {target} back, which a run that was interrupted had moved away.")
        _remove(left, say)
        if not os.path.lexists(left):
            say(f"Removed what a run that was interrupted had left: {left}")


def _remove(path: Path, say: Say) -> None:
    """Remove a folder of ours, whatever the modes of folders in it; links are not followed."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for base, folders, _ in os.walk(path):
        for inner in (Path(base, name) for name in folders):
            if not inner.is_symlink():
                with contextlib.suppress(OSError):
                    inner.chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)
    if os.path.lexists(path):
        say(f"Not all of {path} could be removed: something in it belongs to another user. Nothing needs it any more.")


def exchange(new: Path, target: Path) -> Path | None:
    """Put a new folder in the target's place. Returns where the old one is now; None if there was none."""
    if not target.exists():
        new.rename(target)
        return None
    if swap(os.fsencode(new), os.fsencode(target)):
        return new
    old = new.with_name(_OLD)
    target.rename(old)
    try:
        new.rename(target)
    finally:
        if not target.exists():
            old.rename(target)
    return old


def swap(new: bytes, target: bytes) -> bool:
    """Exchange two folders in one step. Returns whether this system and this disk can."""
    if sys.platform == "linux":
        exchange = getattr(ctypes.CDLL(None), "renameat2", None)
        return exchange is not None and exchange(_HERE, new, _HERE, target, _EXCHANGE) == 0
    if sys.platform == "darwin":
        return bool(ctypes.CDLL(None).renamex_np(new, target, _EXCHANGE) == 0)
    return False


def settle() -> None:
    """Wait until everything written is on the disk, where the system has a call for that."""
    if hasattr(os, "sync"):
        os.sync()
