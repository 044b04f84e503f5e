"""Writing: named bytes become files, whole or not at all; a manifest tells what each is and comes from.

In: `Artifact` values and folders. Touches: writes, replaces and removes files, but removes only
what our own manifest lists.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import tempfile
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from builder.problems import one

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: its path under the output folder with `/`, its bytes, and the sources it came from."""

    path: str
    data: bytes
    sources: tuple[str, ...] = ()


def write(folder: Path, artifacts: Iterable[Artifact], *, prune: bool) -> int:
    """Write artifacts into a folder, each by one atomic replace, and the manifest last; answer how many they were.

    They are taken one by one and laid aside first, so that nothing changes if making one of them fails. With `prune`,
    files of the last manifest that are no longer made are removed; without it they stay listed.
    """
    before = listed(folder)
    with _aside(folder) as fresh:
        made: dict[str, Path] = {}
        entries: dict[str, Any] = {}
        for number, artifact in enumerate(artifacts):
            made[artifact.path] = fresh / str(number)
            made[artifact.path].write_bytes(artifact.data)
            entries[artifact.path] = _entry(artifact.data, artifact.sources)
        _check_inside(folder, made)
        with _to_the_end():
            for path, file in made.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                file.replace(folder / path)
            if prune:
                _remove(folder, before.keys() - entries.keys())
            else:
                entries = {path: entry for path, entry in before.items() if (folder / path).is_file()} | entries
            _replace(folder / MANIFEST, _manifest(entries))
    return len(made)


def write_manifest(folder: Path, sources: Mapping[str, tuple[str, ...]]) -> None:
    """List every file that lies in a folder, with its sources where they are known."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files.pop(MANIFEST, None)
    entries = {name: _entry(path.read_bytes(), sources.get(name, ())) for name, path in files.items()}
    _replace(folder / MANIFEST, _manifest(entries))


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside `folder`; put it in its place if all goes well, and leave what stood there if not."""
    folder = folder.resolve()  # a link to a folder elsewhere stays one
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.tmp-", dir=folder.parent))
    old = fresh.with_name(fresh.name + "-old")
    try:
        new = fresh / folder.name
        new.mkdir()
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def held(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, hidden ones too, sorted: its path there with `/`, and its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def check_folders(inputs: Mapping[str, Path], outputs: Mapping[str, Path]) -> None:
    """Raise `Stopped` if an output folder lies in a source folder or another output, or the other way round."""
    for name, output in outputs.items():
        for other, folder in [*inputs.items(), *((key, path) for key, path in outputs.items() if key != name)]:
            a, b = _on_any_disk(output), _on_any_disk(folder)
            if a == b or a.is_relative_to(b) or b.is_relative_to(a):
                message = f"the folder for {name} and {other} ({folder}) overlap (choose folders side by side)"
                raise one(str(output), message)
        if output.exists() and not output.is_dir():
            raise one(str(output), f"the folder for {name} is a file (choose another name)")


def _on_any_disk(folder: Path) -> PurePosixPath:
    """Where a folder lies once links are followed, as disks see it that take small and capital letters for the same."""
    return PurePosixPath(unicodedata.normalize("NFC", folder.resolve().as_posix()).casefold())


def check_ours(folder: Path, sign: str) -> None:
    """Raise `Stopped` if a folder holds something, and no manifest of ours that lists the file `sign`."""
    if sign not in listed(folder) and folder.is_dir() and any(folder.iterdir()):
        raise one(str(folder), f"holds files that we did not make (no {MANIFEST} lists them; choose a new folder)")


def check_private(folder: Path) -> None:
    """Raise `Stopped` if a folder lies inside a website or a stage for one, whatever its folder is called."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        if (parent / "index.html").is_file():
            raise one(str(folder), f"lies inside a website ({parent}), and packets are private (choose another folder)")
        if (parent / "mkdocs.yml").is_file() and "mkdocs.yml" in listed(parent):
            raise one(str(folder), f"lies inside a stage ({parent}), and packets are private (choose another folder)")


@contextlib.contextmanager
def _to_the_end() -> Iterator[None]:
    """Put off an interruption until what has begun is done: a few moments, in which old and new lie side by side."""
    if threading.current_thread() is not threading.main_thread():  # interruptions come to the main one
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextlib.contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterward; in the nearest folder that is there, so that a failure leaves none."""
    above = next(each for each in folder.resolve().parents if each.is_dir())
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.tmp-", dir=above))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check_inside(folder: Path, names: Iterable[str]) -> None:
    """Raise `Stopped` if a link within the folder would lead a file out of it, such as into a website."""
    for name in names:
        if not (folder / name).parent.resolve().is_relative_to(folder.resolve()):
            raise one(str(folder / name), "a link leads out of the folder (remove the link; nothing was written)")


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _remove(folder: Path, names: set[str]) -> None:
    root = folder.resolve()
    for name in sorted(names):
        path = (folder / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            path.unlink()
            with contextlib.suppress(OSError):  # a folder still holds something
                for parent in path.parents[: len(path.relative_to(root).parts) - 1]:
                    parent.rmdir()


def _entry(data: bytes, sources: tuple[str, ...]) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "sources": list(sources)}


def _manifest(listed: Mapping[str, Any]) -> bytes:
    record = {"format": 1, "artifacts": {name: listed[name] for name in sorted(listed)}}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def listed(folder: Path) -> dict[str, Any]:
    """What a folder's manifest lists; nothing when there is none. Raise `Stopped` if it cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        record = json.loads(path.read_bytes())
        return dict(record["artifacts"])
    except (ValueError, KeyError, TypeError) as error:
        raise one(str(path), "not a manifest of ours (move it away; nothing was written)") from error
