"""The folder of editions: an archive for each, and a text for each that was withdrawn.

In: a folder. Out: a `Shelf`, or every problem with what is there. Touches: reads archives and texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.editions import names
from builder.editions.archives import SUFFIX, Archive, open_archive
from builder.problems import Place, Problems, Stopped, nearest
from builder.sources.files import Reader

FOLDER = "editions"
WITHDRAWN = ".withdrawn.txt"
"""The suffix of the text that says why an edition was withdrawn."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All editions at hand, newest first, and why some were withdrawn, by their names."""

    archives: tuple[Archive, ...]
    withdrawn: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Every edition's name, newest first, including withdrawn ones whose archive is gone."""
        every = {archive.name for archive in self.archives} | self.withdrawn.keys()
        return tuple(sorted(every, key=names.order, reverse=True))

    def archive(self, name: str) -> Archive | None:
        """The archive of one edition; None if it is gone."""
        return next((archive for archive in self.archives if archive.name == name), None)

    @property
    def current(self) -> tuple[Archive, ...]:
        """The archives of editions that were not withdrawn."""
        return tuple(archive for archive in self.archives if archive.name not in self.withdrawn)

    @property
    def latest(self) -> Archive | None:
        """The newest one that is neither a preview nor withdrawn."""
        return next((archive for archive in self.current if not names.is_preview(archive.name)), None)


def read_shelf(folder: Path) -> Shelf:
    """Open every archive in a folder.

    Raises:
        Stopped: With all problems, if anything in the folder is wrong.
    """
    problems = Problems()
    archives, withdrawn = [], {}
    reader = Reader(folder, problems, f"{folder.as_posix()}/")
    for file in reader.files(".", None):
        if "/" in file:  # somebody unpacked an edition here to look at it
            continue
        if file.endswith(WITHDRAWN):
            withdrawn[file.removesuffix(WITHDRAWN)] = _reason(reader, file, problems)
        elif file.endswith(SUFFIX):
            try:
                archives.append(open_archive(folder / file))
            except Stopped as stopped:
                for each in stopped.problems:
                    problems.add(each.place, each.message)
        else:
            known = f"only <edition>{SUFFIX} and <edition>{WITHDRAWN} belong here"
            problems.add(Place(reader.name(file)), f"unknown file ({known})")
    _check_same(reader, [*(each.name for each in archives), *withdrawn], problems)
    problems.stop_if_any()
    return Shelf(tuple(sorted(archives, key=lambda each: names.order(each.name), reverse=True)), withdrawn)


def _check_same(reader: Reader, found: Iterable[str], problems: Problems) -> None:
    """Report names that mean the same edition, such as 1.7 and 1.7.0, of which readers would get either."""
    earlier: dict[object, str] = {}
    for name in sorted(name for name in found if not names.problem_with_name(name)):
        other = earlier.setdefault(names.order(name), name)
        if other != name:
            why = f"edition {name} is the same as {other}, which is here too (take one of them away)"
            problems.add(Place(reader.name(f"{name}{SUFFIX}")), why)


def find_edition(folder: Path, name: str) -> Archive:
    """Open the archive of one edition.

    Raises:
        Stopped: There is no such archive, or it is not as it should be.
    """
    path = folder / f"{name}{SUFFIX}"
    if names.problem_with_name(name) or not path.is_file():
        known = edition_names(folder)
        raise Stopped.at(folder.as_posix(), f"no edition {name!r} ({nearest(name, known)})")
    return open_archive(path)


def edition_names(folder: Path) -> tuple[str, ...]:
    """Names of the editions whose archives are in a folder, newest first; none of them is opened."""
    found = [path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}")] if folder.is_dir() else []
    return tuple(sorted((name for name in found if not names.problem_with_name(name)), key=names.order, reverse=True))


def why_not_new(folder: Path, name: str) -> str | None:
    """Why an edition of this name cannot be added to a folder; None if it can."""
    if why := names.problem_with_name(name):
        return why
    texts = [path.name.removesuffix(WITHDRAWN) for path in folder.glob(f"*{WITHDRAWN}")] if folder.is_dir() else []
    for other in (*edition_names(folder), *(each for each in texts if not names.problem_with_name(each))):
        if names.order(other) == names.order(name):
            same = "" if other == name else f" as {other!r}, which means the same"
            return f"is there already{same} (an edition, once released, stays as it is; choose another name)"
    return None


def _reason(reader: Reader, file: str, problems: Problems) -> str:
    name = file.removesuffix(WITHDRAWN)
    source = reader.text(file)
    place = Place(reader.name(file))
    if why := names.problem_with_name(name):
        problems.add(place, why)
    elif source and not source.text.strip():
        problems.add(place, "empty file (say in a sentence or two why the edition was withdrawn)")
    return source.text.strip() if source else ""
