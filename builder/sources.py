"""Reading what authors wrote: every file once, as UTF-8, within limits, never outside the root.

In: a root folder. Out: `Source` values. Touches: reads the disk, and nothing else does but the rooms that write.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from builder.problems import Place, Problems

MAX_TEXT = 1_000_000
"""Bytes; a text file larger than that is a mistake (this curriculum's longest is near 60,000)."""

MAX_IMAGE = 3_000_000
"""Bytes; a phone with a bad signal should not be asked for more."""

IMAGES = frozenset({".svg", ".png", ".jpg", ".jpeg"})


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: its path under the root with `/`, and its text with `\\n` line ends."""

    path: str
    text: str

    def place(self, offset: int) -> Place:
        """The place of a character, counted from 0, in the text."""
        before = self.text[:offset]
        return Place(self.path, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)

    def find(self, excerpt: str, start: int = 0, end: int | None = None) -> Place | None:
        """Where an excerpt stands between two offsets, if it does."""
        at = self.text.find(excerpt, start, len(self.text) if end is None else end)
        return None if at < 0 else self.place(at)


class Reader:
    """Reads files under one root. Its paths are told with `/`, after an optional `label` for roots given elsewhere."""

    def __init__(self, root: Path, problems: Problems, label: str = "") -> None:
        self.root = root.resolve()
        self._problems = problems
        self._label = label

    def name(self, path: str) -> str:
        """The path as it is told to people."""
        return f"{self._label}{path}"

    def files(self, folder: str, suffixes: frozenset[str] | None) -> tuple[str, ...]:
        """Paths of the files below a folder, sorted, that end so (any, with None); hidden ones are left out."""
        found = []
        for base, folders, names in os.walk(self.root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            at = Path(base)
            found += [
                (at / name).relative_to(self.root).as_posix()
                for name in names
                if not name.startswith(".") and (suffixes is None or Path(name).suffix.lower() in suffixes)
            ]
        return tuple(sorted(found))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Names of the folders directly in a folder, sorted, without hidden ones; empty when there is no such folder."""
        at = self.root / folder
        if not at.is_dir():
            return ()
        return tuple(sorted(entry.name for entry in at.iterdir() if entry.is_dir() and not entry.name.startswith(".")))

    def exists(self, path: str) -> bool:
        """Whether there is such a file under the root."""
        return (self.root / path).is_file()

    def text(self, path: str) -> Source | None:
        """Read a text file; a problem and None when it is missing, too large, not UTF-8 or outside the root."""
        raw = self.data(path, MAX_TEXT)
        if raw is None:
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            self._problems.add(Place(self.name(path), line, column), "not UTF-8 (save the file as UTF-8)")
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        bad = next((at for at, char in enumerate(text) if ord(char) < 32 and char not in "\n\t"), None)
        if bad is not None:
            source = Source(self.name(path), text)
            self._problems.add(source.place(bad), f"control character U+{ord(text[bad]):04X} (delete it)")
            return None
        return Source(self.name(path), text)

    def data(self, path: str, limit: int = MAX_IMAGE) -> bytes | None:
        """Read a file's bytes; a problem and None when it is missing, too large or outside the root."""
        place = Place(self.name(path))
        target = (self.root / path).resolve()
        if not target.is_relative_to(self.root):
            self._problems.add(place, "leads out of the project's folder (files must lie inside it)")
            return None
        try:
            size = target.stat().st_size
            if size > limit:
                self._problems.add(place, f"{size:,} bytes is too large (at most {limit:,})")
                return None
            return target.read_bytes()
        except FileNotFoundError:
            self._problems.add(place, "missing file")
        except OSError as error:
            self._problems.add(place, f"cannot be read ({error.strerror})")
        return None
