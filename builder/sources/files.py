"""Reading what authors wrote: every file once, as UTF-8, within limits, never outside the root.

In: a root folder. Out: `Source` values. Touches: reads the disk, as no other room does except those that write.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.model.filenames import faults
from builder.problems import Place, Problems
from builder.sources import leftovers, limits, signs

MAX_TEXT = 1_000_000
"""Bytes; a text file larger than that is a mistake (this curriculum's longest is near 60,000)."""

MAX_FILE = 3_000_000
"""Bytes of any other file that goes into an edition."""

_OUTSIDE = "leads out of the project's folder (files must be inside it)"


@dataclass(frozen=True, slots=True)
class Source:
    r"""A text file: its path under the root with `/`, and its text with `\n` line ends."""

    path: str
    text: str

    def place(self, offset: int) -> Place:
        """The place of a character; its offset is counted from 0."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset)
        return Place(self.path, line, offset - starts[line - 1] + 1)

    def find(self, excerpt: str, start: int = 0, end: int | None = None) -> Place | None:
        """The place of an excerpt between two offsets; None if it does not occur there."""
        at = self.text.find(excerpt, start, len(self.text) if end is None else end)
        return None if at < 0 else self.place(at)


@functools.lru_cache(maxsize=64)
def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin, computed once for all places in a text."""
    return [0, *(end.end() for end in re.finditer("\n", text))]


class Reader:
    """Reads files under one root, each once.

    Args:
        root: The folder; nothing outside of it is read.
        problems: Takes what is wrong with files and their names.
        label: Put before each path in problems, for a root that is not the current project.
    """

    def __init__(self, root: Path, problems: Problems, label: str = "") -> None:
        self.root = root.resolve()
        self._problems = problems
        self._label = label
        self._texts: dict[str, Source | None] = {}
        self._data: dict[str, bytes] = {}

    def name(self, path: str) -> str:
        """The path as people see it in messages."""
        return f"{self._label}{path}"

    def files(self, folder: str, suffixes: frozenset[str] | None) -> tuple[str, ...]:
        """Sorted paths of the files below a folder that have one of these suffixes (with None, of all).

        Hidden files are left out, and so are files that systems create by themselves. A link to a folder, or to a file
        outside the root, is a problem, and so is a name that cannot be published.
        """
        return tuple(sorted(self._well_named(self._walk(folder, suffixes))))

    def names(self, folder: str) -> tuple[str, ...]:
        """Sorted paths of all files below a folder, also of those whose names cannot be published."""
        return tuple(sorted(self._walk(folder, None)))

    def _walk(self, folder: str, suffixes: frozenset[str] | None) -> list[str]:
        found = []
        for base, folders, names in os.walk(self.root / folder, onerror=self._report_unreadable):
            at = Path(base)
            self._report_links(at, folders, names)
            folders[:] = sorted(name for name in folders if not name.startswith(".") and not (at / name).is_symlink())
            found += [
                (at / name).relative_to(self.root).as_posix()
                for name in names
                if not name.startswith(".")
                and not leftovers.is_dropping(name)
                and (suffixes is None or Path(name).suffix.lower() in suffixes)
            ]
        return found

    def _well_named(self, paths: Sequence[str]) -> Iterator[str]:
        """The paths that can be published; each other is reported here, and left out so that nothing else meets it."""
        bad = faults(paths)
        for path, why in bad.items():
            what = leftovers.leftover(posixpath.basename(path), ())
            self._leave_out(path, leftovers.message(what) if what else why)
        for path in paths:
            if path not in bad and not any(str(parent) in bad for parent in PurePosixPath(path).parents):
                yield path

    def _report_unreadable(self, error: OSError) -> None:
        path = Path(error.filename)
        if not isinstance(error, FileNotFoundError):  # some folders need not be there
            self._leave_out(path.relative_to(self.root).as_posix(), f"cannot be read ({error.strerror})")

    def _leave_out(self, path: str, why: str) -> None:
        self._problems.add(Place(self.name(path)), why)

    def _report_links(self, at: Path, folders: list[str], names: list[str]) -> None:
        for name in (*folders, *names):
            entry = at / name
            if name.startswith(".") or not entry.is_symlink():
                continue
            place = Place(self.name(entry.relative_to(self.root).as_posix()))
            if name in folders:
                self._problems.add(place, "a link to a folder (put the folder itself here)")
            elif not Path(os.path.realpath(entry)).is_relative_to(self.root):
                self._problems.add(place, _OUTSIDE)

    def folders(self, folder: str) -> tuple[str, ...]:
        """Sorted names of the folders directly in a folder, without hidden ones; none if it does not exist."""
        at = self.root / folder
        if not at.is_dir():
            return ()
        try:
            entries = [entry for entry in at.iterdir() if entry.is_dir() and not entry.name.startswith(".")]
        except OSError as error:
            self._report_unreadable(error)
            return ()
        paths = (entry.relative_to(self.root).as_posix() for entry in entries)
        return tuple(posixpath.basename(path) for path in self._well_named(sorted(paths)))

    def exists(self, path: str) -> bool:
        """Whether there is such a file under the root; True if that cannot be known."""
        try:
            return (self.root / path).is_file()
        except PermissionError:  # reading it reports why that is not possible
            return True

    def text(self, path: str) -> Source | None:
        """Read a text file once; a problem and None if it is missing, too large, not UTF-8 or outside the root."""
        if path not in self._texts:
            self._texts[path] = self._read_text(path)
        return self._texts[path]

    def _read_text(self, path: str) -> Source | None:
        raw = self.data(path, MAX_TEXT)
        if raw is None:
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            good = Source(self.name(path), error.object[: error.start].decode("utf-8").replace("\r\n", "\n"))
            self._problems.add(good.place(len(good.text)), "not UTF-8 (save the file as UTF-8)")
            return None
        source = Source(self.name(path), text.replace("\r\n", "\n").replace("\r", "\n"))
        return source if self._is_readable(source) else None

    def _is_readable(self, source: Source) -> bool:
        """Whether a text has no character that moves its lines, and no more of anything than can be read in time.

        `yaml.bounds` has the further limits of YAML files.
        """
        bad = signs.find_control_character(source.text)
        if bad:
            self._problems.add(source.place(bad.start()), signs.describe_character(bad))
            return False
        for at, message in (*signs.invisible_characters(source.text), *signs.invisible_entities(source.text)):
            self._problems.add(source.place(at), message)
        found = [*signs.odd_spaces(source.text), *(limits.markdown(source.text) if source.path.endswith(".md") else ())]
        for at, message in found:
            self._problems.add(source.place(at), message)
        return not found

    def data(self, path: str, limit: int = MAX_FILE, remedy: str = "") -> bytes | None:
        """Read a file's bytes; a problem and None if it is missing, too large or outside the root.

        Args:
            path: The path under the root.
            limit: The most bytes that the file may have.
            remedy: How the author can make the file smaller, for the message.

        What is no larger than a text may be, such as a drawing, is kept for the next use; photos are not.
        """
        kept = self._data.get(path)
        if kept is None or len(kept) > limit:
            kept = self.read_data(path, limit, remedy)
            if kept is not None and len(kept) <= MAX_TEXT:
                self._data[path] = kept
        return kept

    def read_data(self, path: str, limit: int, remedy: str) -> bytes | None:
        """Read a file's bytes from the disk, as `data` says."""
        place, most = Place(self.name(path)), f"at most {limit:,}{'; ' if remedy else ''}{remedy}"
        try:
            target = (self.root / path).resolve()
            if not target.is_relative_to(self.root):
                self._problems.add(place, _OUTSIDE)
                return None
            facts = target.stat()
            if not stat.S_ISREG(facts.st_mode):
                self._problems.add(place, "not a file (a folder or a device has its name)")
            elif facts.st_size > limit:
                self._problems.add(place, f"{facts.st_size:,} bytes is too large ({most})")
            else:
                return target.read_bytes()
        except FileNotFoundError:
            self._problems.add(place, "missing file")
        except RuntimeError:  # Python before 3.13 raises this for links that form a circle
            self._problems.add(place, "cannot be read (links that form a circle)")
        except OSError as error:
            self._problems.add(place, f"cannot be read ({error.strerror})")
        return None
