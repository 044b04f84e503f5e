"""Files that authors will write on: made once, whole or not at all, and never over something that is there.

In: texts by their paths, and where they are to be. Out: files. Touches: those files, and a private folder beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.output.swapping import Say, explained, workshop
from builder.problems import Stopped


def create(target: Path, files: Mapping[str, str], say: Say, change: tuple[Path, str, str] | None = None) -> None:
    """Fill a folder that is not there or is empty; raise `Stopped` if anything is in it.

    `change` is a file elsewhere that changes with it: its path, its text before, and its text after. All of that is
    done, or nothing.
    """
    with workshop(target, say) as room, explained(target, room):
        _check_free(target)
        for path, text in files.items():
            _write(room / "new" / path, text)
        if change is not None:
            _write(room / "changed", _in_the_manner_of(change[0], change[1], change[2]))
        _fill(room / "new", target)
        if change is not None:
            try:
                (room / "changed").replace(change[0])
            except OSError:
                target.replace(room / "withdrawn")
                raise


def _check_free(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Stopped.at(str(target), "is there already, and is no folder (choose another name)")
    if target.is_dir() and any(target.iterdir()):
        raise Stopped.at(str(target), "is not empty (choose a new folder, or an empty one)")


def _fill(fresh: Path, target: Path) -> None:
    """Let a folder take the place of an empty one, or of none; a folder that one is in cannot be exchanged."""
    if not target.exists():
        fresh.rename(target)
        return
    entries = sorted(fresh.iterdir())
    try:
        for entry in entries:
            entry.rename(target / entry.name)
    except OSError:
        for entry in entries:
            if (target / entry.name).exists():
                (target / entry.name).rename(entry)
        raise


def _write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def _in_the_manner_of(path: Path, before: str, after: str) -> bytes:
    """Encode a text as its file is: with its mark at the beginning and its ends of lines; raise if it has changed."""
    data = path.read_bytes()
    mark, ends = data.startswith(b"\xef\xbb\xbf"), "\r\n" if b"\r\n" in data else "\n"
    if data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n") != before:
        raise Stopped.at(str(path), "has changed in the meantime (try again)")
    return (b"\xef\xbb\xbf" if mark else b"") + after.replace("\n", ends).encode()
