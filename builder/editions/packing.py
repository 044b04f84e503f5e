"""Packing an edition: the same contents give the same bytes, and the file is there whole or not at all.

In: named bytes and a manifest. Out: a file. Touches: writes archives. `archives` says what is in one, and opens it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from builder.editions.archives import LARGEST_FILE, MANIFEST, SEAL, SEALED, SUFFIX, Manifest
from builder.editions.shelf import why_not_new
from builder.model.filenames import fault_of_path, names_alike
from builder.output import Say, explained, workshop
from builder.problems import Place, Problem, Stopped

LEFTOVERS = ".*.zip.tmp-*"
"""What a killed run may leave in a folder of archives; nothing else there has such a name."""


def room(shelf: Path, say: Say) -> contextlib.AbstractContextManager[Path]:
    """Give a private folder within the folder of archives to the only run that may now add to them.

    Raises:
        Stopped: Another run works there, or the system refuses to write.
    """
    return workshop(shelf / f"release{SUFFIX}", say, leftovers=LEFTOVERS)


def pack(room: Path, target: Path, manifest: Manifest, files: Mapping[str, bytes]) -> int:
    """Write an archive, whole or not at all. The same files and manifest give the same bytes with the same `zlib`.

    Args:
        room: A private folder on the same disk, as `room` gives it.
        target: Where the archive goes.
        manifest: The edition's manifest; the files' checksums are added.
        files: All files by their paths under the edition's folder.

    Returns:
        The archive's size in bytes.

    Raises:
        Stopped: There is an archive already, or a name is not legal everywhere.
    """
    contents = {MANIFEST: manifest_of(manifest, files), **files}
    problems = [Problem(Place(path), why) for path in sorted(contents) if (why := fault_of_path(path))]
    problems += [
        Problem(Place(path), f"differs from {other} in capital letters alone") for path, other in names_alike(contents)
    ]
    problems += [
        Problem(Place(path), f"{len(data):,} bytes is too large for an edition (at most {LARGEST_FILE:,})")
        for path, data in contents.items()
        if len(data) > LARGEST_FILE
    ]
    if problems:
        raise Stopped(problems)
    with explained(target, room):
        _write(room / "packed", manifest, contents)
        _put(room / "packed", target, manifest.name)
        return target.stat().st_size


def manifest_of(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """The manifest as bytes, with every file listed."""
    sums = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    record = {"format": manifest.format} | asdict(manifest) | {"date": manifest.date.isoformat(), "files": sums}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _write(fresh: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    stamp = (manifest.date.year, manifest.date.month, manifest.date.day, 12, 0, 0)
    with zipfile.ZipFile(fresh, "w") as packed:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{manifest.name}/{path}", stamp)
            entry.create_system = 3  # Unix, so that Windows gives the same bytes
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, contents[path], zipfile.ZIP_DEFLATED, 9)
        packed.comment = SEAL + bytes(64)
    with fresh.open("r+b") as file:
        whole = file.read()
        file.seek(-64, os.SEEK_END)
        file.write(hashlib.sha256(whole[:-SEALED]).hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())


def _put(fresh: Path, target: Path, name: str) -> None:
    """Give the file its name unless something has it already, also if two runs do so at once."""
    fresh.chmod(0o644)
    if why := why_not_new(target.parent, name):
        raise Stopped.at(str(target), why)
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise Stopped.at(str(target), "is there already (choose another name)") from None
    except OSError:  # a disk without hard links
        fresh.replace(target)
