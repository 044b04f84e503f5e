"""A folder is made anew beside what stands there and takes its place in one step, so that nobody meets half of either.

In: the folder's place. Out: an empty folder to fill. Touches: locks, makes, exchanges and removes folders. No other
room imports `filelock`.

In one step means: a link is replaced, which every system can do; or two folders change places, by `renameat2` on Linux
and `renamex_np` on macOS. Where a disk or a system, such as Windows, has neither, the old folder is moved away and the
new one into its place, and for a moment there is none.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock

from builder.problems import one

_HERE = -100  # AT_FDCWD: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give an empty folder; put it in the target's place if all goes well, and leave what stood there if not.

    Raises `Stopped` if someone else does so at this moment.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(target.with_name(f".{target.name}.tmp-lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise one(
            str(target), "is being published by someone else (wait until that is done; nothing was written)"
        ) from None
    try:
        with _through_a_link(target) if target.is_symlink() else _by_exchange(target) as fresh:
            yield fresh
    finally:
        lock.release()


@contextlib.contextmanager
def _by_exchange(target: Path) -> Iterator[Path]:
    prefix = f".{target.name}.tmp-"
    for left in target.parent.glob(f"{prefix}*"):  # by one who was killed; nobody else is at work
        if left.is_dir():
            shutil.rmtree(left)
    fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        fresh.chmod(0o755)
        yield fresh
        _settle()
        if target.exists():
            _exchange(fresh, target)
        else:
            fresh.rename(target)
        _settle()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextlib.contextmanager
def _through_a_link(link: Path) -> Iterator[Path]:
    """Of two folders beside a link one is served, and the other is made anew and then linked to."""
    ours = [link.with_name(f"{link.name}.{letter}") for letter in "ab"]
    served = link.resolve()
    fresh = next(each for each in ours if each.resolve() != served)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        _settle()
        new = link.with_name(f".{link.name}.tmp-link")
        new.unlink(missing_ok=True)
        new.symlink_to(fresh.name, target_is_directory=True)
        new.replace(link)
        _settle()
    finally:
        for each in ours:
            if each.resolve() != link.resolve():
                shutil.rmtree(each, ignore_errors=True)


def _settle() -> None:
    """Wait until all that was written is on the disk, where the system can tell."""
    if hasattr(os, "sync"):
        os.sync()


def _exchange(fresh: Path, target: Path) -> None:
    """Let two folders change places; where that cannot be one step, in two."""
    if _at_once(os.fsencode(fresh), os.fsencode(target)):
        return
    old = fresh.with_name(f"{fresh.name}-old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _at_once(fresh: bytes, target: bytes) -> bool:
    if sys.platform == "linux":
        exchange = getattr(ctypes.CDLL(None), "renameat2", None)
        return exchange is not None and exchange(_HERE, fresh, _HERE, target, _EXCHANGE) == 0
    if sys.platform == "darwin":
        return bool(ctypes.CDLL(None).renamex_np(fresh, target, _EXCHANGE) == 0)
    return False
