"""An edition as one file: its contents, and opening it only if nothing is wrong. `packing` makes it.

In: a file. Out: an `Archive`. Touches: reads archives, writes what is in them.

An archive is a zip file with one folder, named like the edition: the site, `edition.json`, which lists every other file
with its checksum, and `edition/`, with the sources. Its comment, at the very end, is the checksum of everything before
it. So a single changed byte is noticed without unpacking.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from builder import output
from builder.editions import names
from builder.model.filenames import fault_of_path, names_alike
from builder.model.kinds import Language, record
from builder.model.release import Release
from builder.problems import Place, Problem, Stopped, shown
from builder.sources import schema

SUFFIX = ".zip"
MANIFEST = "edition.json"
SOURCES = "edition/"
"""The folder of the sources, by their paths under the root."""

FORMATS = (1,)
"""Every format of archives ever released; all stay readable."""

LARGEST = 1_000_000_000
"""Bytes of one edition, unpacked. This curriculum has some 16 million; GitHub Pages takes 1 GB in all."""

LARGEST_FILE = 100_000_000
"""Bytes of one file in it, which may be in memory as a whole. The largest packet has some 2 million."""

LARGEST_LIST = 10_000_000
"""Bytes of a list of files, whether ours or a zip file's. This curriculum's have some 40,000."""

SEAL = b"sha256:"
SEALED = len(SEAL) + 64

_BLOCK = 1 << 20


@record
class Manifest(Release):
    """An archive's `edition.json`; `files` has the SHA-256 of each file by its path under the edition's folder."""

    format: int
    title: str
    language: Language = "en"
    commit: str | None = None
    dirty: bool = False  # made with uncommitted changes
    tools: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Archive:
    """An edition's file, which was whole when it was opened."""

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
        except zipfile.BadZipFile as error:  # it has changed since it was first opened
            raise _damaged(self.path, str(error)) from None
        with packed:
            yield Opened(self, packed)


class Opened:
    """An archive's contents while its file is open."""

    def __init__(self, archive: Archive, packed: zipfile.ZipFile) -> None:
        self._archive, self._packed = archive, packed

    def data(self, path: str) -> bytes:
        """One file's bytes, by its path under the edition's folder. Raises `Stopped` if they are not what is listed."""
        return b"".join(self._blocks(path))

    def copy(self, path: str, target: Path) -> None:
        """Write one file to the disk, block by block. Raises `Stopped` if it is not what is listed."""
        with target.open("wb") as file:
            file.writelines(self._blocks(path))

    def _blocks(self, path: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for block in _member(self._archive.path, self._packed, f"{self._archive.name}/{path}"):
            digest.update(block)
            yield block
        if digest.hexdigest() != self._archive.manifest.files[path]:
            raise _damaged(self._archive.path, f"{path} is not what {MANIFEST} lists")


def open_archive(path: Path) -> Archive:
    """Open an edition's file after checking everything in it.

    Raises:
        Stopped: There is no such file, or it is damaged, too large, of an unknown format, or could harm a disk.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe or a device may never end
            raise Stopped.at(str(path), "not a file (a folder or a device has its name)")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = _unbroken(path, file, size)
            _check_directory(path, file, size)
            with zipfile.ZipFile(file) as packed:
                listing, manifest = _manifest(path, packed)
                _check_members(path, packed, manifest)
    except FileNotFoundError:
        raise Stopped.at(str(path), "no such edition") from None
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from None
    except OSError as error:
        raise Stopped.at(str(path), f"cannot be read ({error.strerror})") from error
    return Archive(path, digest, size, manifest, listing)


def _unbroken(path: Path, file: BinaryIO, size: int) -> str:
    """The checksum of a whole file, after comparing it with the one at its end."""
    if size > LARGEST:
        raise _damaged(path, f"{size:,} bytes is too large (at most {LARGEST:,})")
    body = hashlib.sha256()
    left = size - SEALED
    while left > 0 and (block := file.read(min(left, _BLOCK))):
        body.update(block)
        left -= len(block)
    seal = file.read(SEALED + 1)
    if seal != SEAL + body.hexdigest().encode():
        raise _damaged(path, "its checksum, at its end, is not that of what is in it")
    body.update(seal)
    return body.hexdigest()


def _check_directory(path: Path, file: BinaryIO, size: int) -> None:
    """Refuse a zip file whose list of files is too long to be read; ours ends just before the seal."""
    end = 22
    file.seek(max(0, size - SEALED - end - 20))
    tail = file.read()
    locator, record = tail[:20], tail[20:]
    if tail.rfind(b"PK\5\6") != 20:
        raise _damaged(path, "it does not end as a zip file of ours does")
    if locator.startswith(b"PK\6\7") or int.from_bytes(record[12:16], "little") > LARGEST_LIST:
        raise _damaged(path, f"its list of files is longer than {LARGEST_LIST:,} bytes")


def _manifest(path: Path, packed: zipfile.ZipFile) -> tuple[bytes, Manifest]:
    name = path.name.removesuffix(SUFFIX)
    try:
        data = b"".join(_member(path, packed, f"{name}/{MANIFEST}", LARGEST_LIST))
        number = dict(output.parse_json(data)).get("format")
        if isinstance(number, int) and number > max(FORMATS):
            raise Stopped.at(str(path), f"has format {number}, which this program cannot read (a newer one can)")
        if type(number) is not int or number not in FORMATS:
            raise _damaged(path, f"it has format {shown(number)}, which there never was")
        manifest: Manifest = schema.from_json(Manifest, data)
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(path, f"it has no {MANIFEST} of ours in a folder {name!r}") from error
    if manifest.name != name or names.problem_with_name(name):
        raise _damaged(path, f"it contains edition {shown(manifest.name)} (a file has the name of its edition)")
    if manifest.before is not None and names.problem_with_name(manifest.before):
        raise _damaged(path, f"it lists changes since {shown(manifest.before)}, which is no edition")
    return data, manifest


def _check_members(path: Path, packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Refuse whatever could harm a disk, and a list of files that is not the one in the manifest."""
    entries = packed.infolist()
    members = [entry.filename for entry in entries]
    problems = [f"{entry.filename!r} {why}" for entry in entries if (why := _fault_of_member(entry))]
    problems += [
        f"{twin!r} is there twice, but for capital letters"
        for twin, _ in names_alike(each.filename for each in entries)
    ]
    if sum(entry.file_size for entry in entries) > LARGEST:
        problems.append(f"it unpacks to more than {LARGEST:,} bytes")
    listed = {f"{manifest.name}/{each}" for each in (MANIFEST, "index.html", *manifest.files)}
    problems += [f"{each!r} is not listed in {MANIFEST}" for each in sorted({*members} - listed)]
    problems += [f"{each!r} is missing" for each in sorted(listed - {*members})]
    if problems:
        raise Stopped([Problem(Place(str(path)), f"cannot be trusted: {each}") for each in problems])


def _fault_of_member(entry: zipfile.ZipInfo) -> str | None:
    if entry.is_dir() or stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "is a link or a folder, not a file"
    if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is packed in a way that not every program can unpack"
    if entry.file_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE:,} bytes"
    return fault_of_path(entry.filename)


def _member(path: Path, packed: zipfile.ZipFile, name: str, limit: int = LARGEST_FILE) -> Iterator[bytes]:
    """Unpack one file block by block, and no more of it than its entry says."""
    entry = packed.getinfo(name)
    if entry.file_size > limit:
        raise _damaged(path, f"{name!r} is larger than {limit:,} bytes")
    left = entry.file_size
    try:
        with packed.open(entry) as file:
            while block := file.read(_BLOCK):
                left -= len(block)
                yield block
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(path, f"{name!r} cannot be unpacked ({error})") from None
    if left != 0:
        raise _damaged(path, f"{name!r} is not as long as it says")


def _damaged(path: Path, why: str) -> Stopped:
    return Stopped.at(str(path), f"not an edition, or damaged: {why} (take it anew from where editions are kept)")
