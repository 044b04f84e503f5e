"""The cohorts at hand: those in a folder that was named, and those beside the curriculum; each file is read once.

In: a root folder, and a folder of cohorts. Out: cohorts, and their secrets. Touches: reads, by `sources`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import leaks
from builder.checking import glyphs
from builder.leaks import Secrets
from builder.loading.cohorts import FOLDER, HINT, Draft, OutlineOf, check_drafts, read_drafts
from builder.model.cohorts import Cohort
from builder.model.pages import REFERENCES, SETTINGS
from builder.problems import Problem, Problems, Stopped
from builder.sources import yaml
from builder.sources.files import Reader, Source


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What was read in one folder of cohorts, and what is wrong with it."""

    drafts: tuple[Draft, ...]
    found: tuple[Problem, ...]

    def check(self, outline_of: OutlineOf, problems: Problems) -> tuple[Cohort, ...]:
        """Check its cohorts, and also report what was wrong when they were read."""
        problems.extend(self.found)
        return check_drafts(self.drafts, outline_of, problems)


class Cohorts:
    """The cohorts for one command, from `cohorts/` or from another folder.

    Those beside the curriculum are read even if another folder was named, because their people are secret too.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root, self.folder = root, folder

    @property
    def where(self) -> Path:
        """The folder that they are in."""
        return self.root / FOLDER if self.folder is None else self.folder

    @property
    def shown(self) -> str:
        """That folder as messages show it."""
        return FOLDER if self.folder is None else self.folder.as_posix()

    def load(self, outline_of: OutlineOf, problems: Problems) -> tuple[Cohort, ...]:
        """Check every cohort. Raises `Stopped` if a folder that was named does not exist, or has no cohort."""
        if self.folder is not None and not self.folder.is_dir():
            raise Stopped.at(str(self.folder), "no such folder of cohorts")
        found = self._named.check(outline_of, problems)
        if self.folder is not None and not found and not problems.stopping:
            raise Stopped.at(self.folder.as_posix(), f"no cohort in this folder ({HINT})")
        return found

    def load_beside(self, problems: Problems) -> tuple[Cohort, ...]:
        """Check the cohorts beside the curriculum if another folder was named; their modules do not matter."""
        return self._beside.check(lambda _: None, problems)

    @functools.cached_property
    def secrets(self) -> Secrets | None:
        """What no public file may contain of them, as far as they can be read; None if there are none."""
        drafts = (*self._named.drafts, *self._beside.drafts)
        found = [cohort for draft in drafts if (cohort := draft.cohort)]
        return _gather(self.root, found) if found else None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all, whole or not; for a folder that was named and does not exist, its own name."""
        if self.folder is not None and not self.folder.is_dir():
            return (self.folder.name,)
        readers = [_reader(self.root, each, Problems()) for each in dict.fromkeys((self.folder, None))]
        return tuple(dict.fromkeys(name for reader, within in readers for name in reader.folders(within)))

    @functools.cached_property
    def _named(self) -> _Shelf:
        return _read(self.root, self.folder)

    @functools.cached_property
    def _beside(self) -> _Shelf:
        ours = self.root / FOLDER
        if self.folder is None or not ours.is_dir() or self.folder.resolve() == ours.resolve():
            return _Shelf((), ())
        return _read(self.root, None)


def _read(root: Path, folder: Path | None) -> _Shelf:
    problems = Problems()
    reader, within = _reader(root, folder, problems)
    drafts = read_drafts(reader, within, problems)
    glyphs.check_glyphs(reader, within, problems)
    return _Shelf(drafts, tuple(problems))


def _reader(root: Path, folder: Path | None, problems: Problems) -> tuple[Reader, str]:
    """The reader for cohorts, and their folder below the reader's root."""
    if folder is None:
        return Reader(root, problems), FOLDER
    return Reader(folder, problems, f"{folder.as_posix()}/"), "."


def _gather(root: Path, found: Iterable[Cohort]) -> Secrets:
    """What no public file may contain of these cohorts: all but what they allow, the contact, and authors of works."""
    reader = Reader(root, Problems())  # loading reports what cannot be read
    given = (reader.text(path) for path in (SETTINGS, REFERENCES) if reader.exists(path))
    return leaks.gather(found).but(public_people(source for source in given if source))


def public_people(sources: Iterable[Source]) -> Iterator[str]:
    """The contact, and the authors and editors of works, as far as they can be read; each written as people are."""
    for source in sources:
        given = yaml.parse(source, Problems())
        content = given.root.plain() if given else None
        if isinstance(content, Mapping):
            contact = content.get("contact")
            yield from _texts(contact.get(key) for key in ("name", "email")) if isinstance(contact, Mapping) else ()
        works = content if isinstance(content, list) else []
        for work in works:
            for role in ("author", "editor"):
                people = work.get(role) if isinstance(work, Mapping) else None
                yield from filter(None, map(_person, people if isinstance(people, list) else ()))


def _person(written: Any) -> str:
    keys = ("given", "family", "literal") if isinstance(written, Mapping) else ()
    return " ".join(_texts(written.get(key) for key in keys))


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
