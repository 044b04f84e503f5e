"""An edition as one file: packed so that the same contents give the same bytes, and opened only if nothing is amiss.

In: named bytes and a manifest, or a file. Out: a file, or an `Archive`. Touches: writes and reads archives.

An archive is a zip file with one folder, named like the edition: the site, `edition.json`, which lists every other file
with its checksum, and `edition/`, which holds the sources. Its comment, at the very end, is the checksum of everything
before it. So a single changed byte is noticed without unpacking.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pathvalidate

from builder import schema
from builder.editions import names
from builder.kinds import word
from builder.problems import Place, Problem, Stopped, one

SUFFIX = ".zip"
MANIFEST = "edition.json"
SOURCES = "edition/"
"""Under it lie the sources, by their paths under the root."""

FORMATS = (1,)
"""Every format of archives ever released; all stay readable."""

LARGEST = 1_000_000_000
"""Bytes of one edition, unpacked. This curriculum has some 16 million; GitHub Pages takes 1 GB in all."""

_LARGEST_MANIFEST = 10_000_000

_SEAL = b"sha256:"
_SEALED = len(_SEAL) + 64


@word
class Manifest:
    """What an archive says of itself; `files` gives the SHA-256 of each by its path under the edition's folder."""

    format: int
    name: str
    date: dt.date
    title: str
    notes: str = ""
    before: str | None = None  # the edition that it tells the changes since
    root: str | None = None  # the address at which all editions lie; None while that is a placeholder
    commit: str | None = None
    dirty: bool = False  # made with changes that no commit holds
    tools: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Archive:
    """An edition's file, found whole when it was opened."""

    path: Path
    sha256: str
    size: int
    manifest: Manifest
    listing: bytes  # the manifest as it was written

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.manifest.name

    @contextlib.contextmanager
    def opened(self) -> Iterator[Opened]:
        """The files in it, to be read."""
        try:
            packed = zipfile.ZipFile(self.path)
        except zipfile.BadZipFile as error:  # it changed since it was opened first
            raise _damaged(self.path, str(error)) from None
        with packed:
            yield Opened(self, packed)


class Opened:
    """An archive's contents while its file is open."""

    def __init__(self, archive: Archive, packed: zipfile.ZipFile) -> None:
        self._archive, self._packed = archive, packed

    def data(self, path: str) -> bytes:
        """One file's bytes, by its path under the edition's folder; raise `Stopped` if they are not what is listed."""
        found = _member(self._archive.path, self._packed, f"{self._archive.name}/{path}")
        if hashlib.sha256(found).hexdigest() != self._archive.manifest.files[path]:
            raise _damaged(self._archive.path, f"{path} is not what {MANIFEST} lists")
        return found


def pack(target: Path, manifest: Manifest, files: Mapping[str, bytes]) -> int:
    """Write an archive, whole or not at all, and answer its bytes; raise `Stopped` if one is there or names are bad.

    The same files and manifest give the same bytes wherever `zlib` is the same: order, times and modes are fixed.
    """
    told = manifest_of(manifest, files)
    contents = {MANIFEST: told, **files}
    problems = [Problem(Place(path), why) for path in sorted(contents) if (why := _fault_of_path(path))]
    problems += [
        Problem(Place(path), f"differs from {other} in capital letters alone") for path, other in _twins(contents)
    ]
    if problems:
        raise Stopped(problems)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=f".{target.name}.tmp-", dir=target.parent)
    os.close(handle)
    try:
        _write(Path(fresh), manifest, contents)
        _put(Path(fresh), target)
        return target.stat().st_size
    finally:
        Path(fresh).unlink(missing_ok=True)


def manifest_of(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """The manifest's own bytes, with every file listed."""
    record = asdict(manifest) | {"date": manifest.date.isoformat(), "files": _sums(files)}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def open_archive(path: Path) -> Archive:
    """Open an edition's file after a look at everything that can be wrong with it; raise `Stopped` that names it."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = _unbroken(path, file, size)
            with zipfile.ZipFile(file) as packed:
                listing, manifest = _manifest(path, packed)
                _check_members(path, packed, manifest)
    except FileNotFoundError:
        raise one(str(path), "no such edition") from None
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from None
    return Archive(path, digest, size, manifest, listing)


def _sums(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}


def _write(fresh: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    stamp = (manifest.date.year, manifest.date.month, manifest.date.day, 12, 0, 0)
    with zipfile.ZipFile(fresh, "w") as packed:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{manifest.name}/{path}", stamp)
            entry.create_system = 3  # Unix, also on Windows, which would write another number
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, contents[path], zipfile.ZIP_DEFLATED, 9)
        packed.comment = _SEAL + bytes(64)
    with fresh.open("r+b") as file:
        whole = file.read()
        file.seek(-64, os.SEEK_END)
        file.write(hashlib.sha256(whole[:-_SEALED]).hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())


def _put(fresh: Path, target: Path) -> None:
    """Give the file its name, unless something has it already, also when two do so at once."""
    fresh.chmod(0o644)
    taken = one(str(target), "is there already (an edition, once released, stays as it is; choose another name)")
    if target.exists():
        raise taken
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise taken from None
    except OSError:  # a disk without hard links
        fresh.replace(target)


def _unbroken(path: Path, file: Any, size: int) -> str:
    """The checksum of a whole file whose own checksum, at its end, is right."""
    if size > LARGEST:
        raise _damaged(path, f"{size:,} bytes is too large (at most {LARGEST:,})")
    body = hashlib.sha256()
    left = size - _SEALED
    while left > 0:
        block = file.read(min(left, 1 << 20))
        body.update(block)
        left -= len(block)
    seal = file.read()
    if seal != _SEAL + body.hexdigest().encode():
        raise _damaged(path, "its checksum, at its end, is not that of what is in it")
    body.update(seal)
    return body.hexdigest()


def _manifest(path: Path, packed: zipfile.ZipFile) -> tuple[bytes, Manifest]:
    name = path.name.removesuffix(SUFFIX)
    try:
        data = _member(path, packed, f"{name}/{MANIFEST}", _LARGEST_MANIFEST)
        number = dict(json.loads(data)).get("format")
        if isinstance(number, int) and number > max(FORMATS):
            raise one(str(path), f"has format {number}, which this program cannot read (a newer one can)")
        manifest: Manifest = schema.from_json(Manifest, data)
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(path, f"it has no {MANIFEST} of ours in a folder {name!r}") from error
    if manifest.name != name or names.fault(name):
        raise _damaged(path, f"it holds edition {manifest.name!r} (a file has the name of its edition)")
    return data, manifest


def _check_members(path: Path, packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Refuse whatever could harm a disk, and a list of files that is not the one in the manifest."""
    entries = packed.infolist()
    problems = [f"{entry.filename!r} {why}" for entry in entries if (why := _fault_of_member(entry))]
    problems += [f"{twin!r} is there twice, but for capital letters" for twin, _ in _twins(e.filename for e in entries)]
    if sum(entry.file_size for entry in entries) > LARGEST:
        problems.append(f"it unpacks to more than {LARGEST:,} bytes")
    listed = {f"{manifest.name}/{each}" for each in (MANIFEST, *manifest.files)}
    held = {entry.filename for entry in entries}
    problems += [f"{each!r} is not listed in {MANIFEST}" for each in sorted(held - listed)]
    problems += [f"{each!r} is missing" for each in sorted(listed - held)]
    if problems:
        raise Stopped([Problem(Place(str(path)), f"cannot be trusted: {each}") for each in problems])


def _fault_of_member(entry: zipfile.ZipInfo) -> str | None:
    if entry.is_dir() or stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "is a link or a folder, not a file"
    if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is packed in a way that not every program can unpack"
    return _fault_of_path(entry.filename)


def _fault_of_path(path: str) -> str | None:
    """What is wrong with the name of a file, on any system; None for a plain relative path with `/`."""
    parts = PurePosixPath(path).parts
    if path != "/".join(parts) or path.startswith("/") or ".." in parts:
        return "leads out of its folder"
    for part in parts:
        try:
            pathvalidate.validate_filename(part, platform="universal")
        except pathvalidate.ValidationError as error:
            return f"is not a name that is legal everywhere ({error.reason.description})"
    return None


def _twins(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Paths that are one on a disk that takes small and capital letters for the same."""
    seen: dict[str, str] = {}
    for path in paths:
        same = unicodedata.normalize("NFC", path).casefold()
        if same in seen:
            yield path, seen[same]
        seen.setdefault(same, path)


def _member(path: Path, packed: zipfile.ZipFile, name: str, limit: int = LARGEST) -> bytes:
    """Unpack one file, and not more of it than its entry says."""
    entry = packed.getinfo(name)
    if entry.file_size > limit:
        raise _damaged(path, f"{name!r} is larger than {limit:,} bytes")
    try:
        with packed.open(entry) as file:
            data = file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(path, f"{name!r} cannot be unpacked ({error})") from None
    if len(data) != entry.file_size:
        raise _damaged(path, f"{name!r} is not as long as it says")
    return data


def _damaged(path: Path, why: str) -> Stopped:
    return one(str(path), f"not an edition, or damaged: {why} (take it anew from where editions are kept)")
