"""A folder is made anew and takes the place of the old one; what others have put into the old one stays.

In: a folder's path, and what fills it. Out: the folder in its place, or every reason why not. Touches: that folder, and
a private one beside it.

Ours is what the old folder's list names. Everything else, any file, folder or link, is moved to the new folder. A file
of ours that someone has edited is only replaced on request.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from builder.output.differences import Compare, Difference, between, compared
from builder.output.lists import MANIFEST, Artifact, entry, read_manifest, write_list
from builder.output.privacy import IGNORE, hide, keep_from_git, make_private
from builder.output.swapping import Say, exchange, explained, workshop
from builder.problems import Place, Problem, Stopped

_NAMED = 10
"""Up to this many files in the way are named; more are only counted."""

_EDITED = "was edited since we wrote it (move it away to keep it, or let it be replaced with --replace-edited)"
_OF_ANOTHER = "belongs to another user, and would become yours (move it out, or let that user give it to you)"
_IN_THE_WAY = "is not ours, and its name is needed for what is made here (move it away)"


@dataclass(frozen=True, slots=True)
class _Contents:
    """A folder's contents, by paths in it with `/`: files of ours; files and links of others; folders of others."""

    ours: tuple[str, ...]
    files: tuple[str, ...]
    folders: tuple[str, ...]


class Replacement:
    """A folder in the making: fill `folder`, and `put` it in the place of `target`."""

    def __init__(self, target: Path, room: Path, *, private: bool, hides: bool, replace_edited: bool) -> None:
        self.target = target
        self.folder = room / "new"
        self._room, self._replace_edited = room, replace_edited
        self.private, self.hides = private, hides
        self.folder.mkdir(mode=0o700 if private else 0o777)
        if private:
            keep_from_git(room)

    def writing(self) -> contextlib.AbstractContextManager[None]:
        """Turn errors of the system within this context, such as a full disk, into problems of the target."""
        return explained(self.target, self._room)

    def check(self) -> None:
        """Check before any work that no file of ours was edited; `put` checks again. Raises `Stopped`."""
        known = read_manifest(self.target)
        with self.writing():
            self._stop(dict.fromkeys(self._edited(_contents(self.target, known), known), _EDITED))

    def put(self, known: Mapping[str, Any] | None = None) -> None:
        """Put the new folder in its place, with what others have in the old one.

        Args:
            known: The list of an old folder that has none itself.

        Raises:
            Stopped: Something of others would be lost; then nothing has changed.
        """
        known = read_manifest(self.target) if known is None else known
        with self.writing():
            before, made = _contents(self.target, known), frozenset(_contents(self.folder, {}).files)
            in_the_way = (path for path in (*before.folders, *before.files) if self._is_in_the_way(path, made))
            kept = (path for path in (*before.folders, *before.files) if path not in made)
            self._stop(
                dict.fromkeys(self._edited(before, known), _EDITED)
                | dict.fromkeys((path for path in kept if not self._can_be_kept(path)), _OF_ANOTHER)
                | dict.fromkeys(in_the_way, _IN_THE_WAY)
            )
            self._bring(self.target, before, self.folder, made)
            if self.target.is_dir():
                _take_after(self.target, self.folder)
            old = exchange(self.folder, self.target)
            if old is not None:  # what was added in the meantime
                self._bring(old, _contents(old, known), self.target, made)

    def _edited(self, before: _Contents, known: Mapping[str, Any]) -> Iterator[str]:
        """Files of ours that are neither as listed nor as they will be."""
        for path in () if self._replace_edited else before.ours:
            old, new, sha256 = self.target / path, self.folder / path, known.get(path, {}).get("sha256")
            if sha256 is not None and not _is_one(old, new):
                now = _sum(old)
                if now != sha256 and (now is None or now != _sum(new)):
                    yield path

    def _is_in_the_way(self, path: str, made: frozenset[str]) -> bool:
        """Whether something of others has a name that a file or folder of ours will have."""
        old, new = self.target / path, self.folder / path
        if path in made:
            return _sum(old) is None or _sum(old) != _sum(new)
        if any(parent.as_posix() in made for parent in PurePosixPath(path).parents):
            return True  # the name above it will be that of a file
        return os.path.lexists(new) and not (_is_folder(old) and _is_folder(new))

    def _can_be_kept(self, path: str) -> bool:
        """Whether something of others stays theirs in the new folder: by its owner, or as the same file."""
        old = self.target / path
        if not hasattr(os, "geteuid") or os.geteuid() in {0, old.lstat().st_uid}:
            return True
        trial = self._room / "trial"
        try:
            os.link(old, trial, follow_symlinks=False)
        except OSError:
            return False
        trial.unlink()
        return True

    def _bring(self, old: Path, contents: _Contents, new: Path, made: frozenset[str]) -> None:
        """Bring what others have in an old folder into a new one, except what was made there."""
        for path in contents.folders:
            (new / path).mkdir(parents=True, exist_ok=True)
        for path in contents.files:
            if path not in made and not _is_one(old / path, new / path) and not _is_copy(old / path, new / path):
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                _copy(old / path, self._room / "brought")
                (self._room / "brought").replace(new / path)
        for path in reversed(contents.folders):  # some may forbid to write in them
            _take_after(old / path, new / path)

    def _stop(self, found: Mapping[str, str]) -> None:
        problems = [Problem(Place((self.target / path).as_posix()), found[path]) for path in sorted(found)[:_NAMED]]
        if len(found) > _NAMED:
            problems.append(Problem(Place(self.target.as_posix()), f"{len(found) - _NAMED} more files, as those named"))
        if problems:
            raise Stopped(problems)


@contextlib.contextmanager
def replacing(target: Path, say: Say, *, private: bool = False, replace_edited: bool = False) -> Iterator[Replacement]:
    """Make a folder that is to replace another.

    Args:
        target: The folder to replace. If it is a link, the folder that it leads to is replaced.
        say: Called with each line for people.
        private: Whether only the owner may read what is made, and git ignores it. This applies to a new folder, to what
            `fill` writes, and to the folder above if it is new.
        replace_edited: Whether to replace files of ours that someone has edited.

    Raises:
        Stopped: Another run is writing there, or the system refuses to write.
    """
    if target.is_symlink() or target.name in {"", ".."}:
        target = target.resolve()
    hides = private and not target.parent.exists()
    with workshop(target, say) as room:
        yield Replacement(target, room, private=private, hides=hides, replace_edited=replace_edited)


def fill(
    place: Replacement,
    artifacts: Iterable[Artifact],
    *,
    prune: bool | Callable[[str], bool],
    compare: Compare | None = None,
) -> Difference:
    """Write artifacts, one by one, into a folder, put it in its place, and return what is different now.

    `prune` says whether files of the old list that are no longer made are removed: all, or those whose path it accepts;
    `compare` gives a note on each changed file, while both states are there.

    Raises:
        Stopped: Something of others would be lost, or the system refuses to write; then nothing has changed.
    """
    entries: dict[str, Any] = {}
    with place.writing():
        for artifact in artifacts:
            path = place.folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.data)
            entries[artifact.path] = entry(artifact.data, artifact.sources)
        known = read_manifest(place.target)
        before = {name: known[name] for name in _contents(place.target, known).ours if name in known}
        difference = between(before, entries, prune)
        for name in before.keys() - entries.keys() - {*difference.removed}:
            (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
            _copy(place.target / name, place.folder / name)
            entries[name] = known[name]
        if compare is not None:
            difference = compared(difference, place.target, place.folder, compare)
        write_list(place.folder, entries)
        if place.private:
            make_private(place.folder)
            if not (place.target / IGNORE).exists():  # otherwise it is brought along
                keep_from_git(place.folder)
    place.put()
    if place.hides:
        hide(place.target.parent)
    return difference


def _contents(folder: Path, known: Mapping[str, Any]) -> _Contents:
    """Everything below a folder; links are not followed. A folder is of others if nothing of ours was ever in it."""
    listed_folders = {str(parent) for path in known for parent in PurePosixPath(path).parents}
    ours: list[str] = []
    files: list[str] = []
    folders: list[str] = []
    for base, inner, names in os.walk(folder, onerror=_raise):
        below = Path(base).relative_to(folder)
        for name in sorted(inner):
            path = (below / name).as_posix()
            if (Path(base) / name).is_symlink():
                names.append(name)
            elif path not in listed_folders:
                folders.append(path)
        for name in names:
            path = (below / name).as_posix()
            (ours if path in known or path == MANIFEST else files).append(path)
    return _Contents(tuple(ours), tuple(files), tuple(folders))


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # nothing there yet
        raise error


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_one(one: Path, other: Path) -> bool:
    """Whether two paths name the same file."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except FileNotFoundError:
        return False


def _is_copy(one: Path, other: Path) -> bool:
    """Whether one file was copied from another, and has not changed since."""
    try:
        a, b = one.lstat(), other.lstat()
    except FileNotFoundError:
        return False
    return (a.st_mode, a.st_size, a.st_mtime_ns) == (b.st_mode, b.st_size, b.st_mtime_ns)


def _sum(path: Path) -> str | None:
    """The checksum of a plain file; None for anything else, which is not opened, and for nothing."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
    except (FileNotFoundError, NotADirectoryError):
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(old: Path, new: Path) -> None:
    """Make a file be there as well: as a hard link where the disk can, otherwise as a copy; a link stays a link."""
    if old.is_symlink():
        new.symlink_to(old.readlink(), target_is_directory=old.is_dir())
        return
    try:
        os.link(old, new)
    except OSError:
        if not old.is_file():  # reading a pipe or a device may never end
            raise
        shutil.copy2(old, new)


def _take_after(old: Path, new: Path) -> None:
    """Give a folder the mode, times and owner of another one, as far as the system allows."""
    with contextlib.suppress(OSError):
        shutil.copystat(old, new)
        if hasattr(os, "chown"):
            os.chown(new, old.stat().st_uid, old.stat().st_gid)
