"""What only a cohort may hold: gathered from the cohorts at hand, and looked for in sources, outputs and editions.

In: a root folder, and a folder of cohorts. Out: `Secrets`; `Stopped` with every place that holds one. Touches: reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder import leaks
from builder.checking import glyphs
from builder.editions import MANIFEST, SOURCES, SUFFIX, WITHDRAWN, Archive, Shelf
from builder.leaks import Secret, Secrets
from builder.loading import cohorts
from builder.loading.curriculum import NOT_PUBLISHED
from builder.model.cohorts import Cohort
from builder.model.pages import REFERENCES, SETTINGS
from builder.pipeline.reading import Built, Refused, check_site, read
from builder.problems import Place, Problem, Problems, Stopped
from builder.site import CONFIGURATION
from builder.sources import yaml
from builder.sources.files import Reader, Source

LARGEST = 50_000_000
"""Bytes; what is larger is not searched, and so must not be published."""


def load_cohorts(
    root: Path, folder: Path | None, outline_of: cohorts.OutlineOf, problems: Problems
) -> tuple[Cohort, ...]:
    """Read every cohort, from `cohorts/` or from a folder anywhere; raise `Stopped` if there is no such folder."""
    if folder is not None and not folder.is_dir():
        raise Stopped.at(str(folder), "no such folder of cohorts")
    reader, within = _reader(root, folder, problems)
    found = cohorts.load(reader, within, outline_of, problems)
    glyphs.check_glyphs(reader, within, problems)
    if folder is not None and not found and not problems.stopping:
        raise Stopped.at(folder.as_posix(), f"no cohort in this folder ({cohorts.HINT})")
    return found


def _reader(root: Path, folder: Path | None, problems: Problems) -> tuple[Reader, str]:
    """What reads cohorts, and the folder below its own in which they lie."""
    if folder is None:
        return Reader(root, problems), cohorts.FOLDER
    return Reader(folder, problems, f"{folder.as_posix()}/"), "."


def secrets(root: Path, folder: Path | None) -> Secrets | None:
    """What no public file may hold of the cohorts at hand; None where there are none. Raise `Stopped` for broken ones.

    What cannot be read cannot be looked for, so nothing is published beside a broken cohort.
    """
    problems = Problems()
    found = load_all(root, folder, problems)
    if problems.stopping:
        why = "cohorts that cannot be read cannot be kept out of what is public, so it is not made (fix them first)"
        place = Place(cohorts.FOLDER if folder is None else folder.as_posix())
        raise Stopped([*problems, Problem(place, why)])
    return gather(root, found) if found else None


def load_all(root: Path, folder: Path | None, problems: Problems) -> tuple[Cohort, ...]:
    """Read every cohort at hand: those in a folder that was named, and those beside the curriculum as well."""
    if folder is None and not (root / cohorts.FOLDER).is_dir():
        return ()
    found = load_cohorts(root, folder, lambda _: None, problems)
    return (*found, *load_beside(root, folder, problems))


def load_beside(root: Path, folder: Path | None, problems: Problems) -> tuple[Cohort, ...]:
    """Read the cohorts beside the curriculum where another folder was named: their people stay as secret."""
    ours = root / cohorts.FOLDER
    if folder is None or not ours.is_dir() or folder.resolve() == ours.resolve():
        return ()
    return load_cohorts(root, None, lambda _: None, problems)


def known(root: Path, folder: Path | None) -> Secrets | None:
    """As `secrets`, but of broken cohorts what can be read of them: enough to keep it out of what is said."""
    try:
        found = load_all(root, folder, Problems())
    except Stopped:
        return None
    return gather(root, found) if found else None


def gather(root: Path, found: Iterable[Cohort]) -> Secrets:
    """What no public file may hold of these cohorts: all but what they allow, the contact, and authors of works."""
    reader = Reader(root, Problems())  # what cannot be read is told by those who load it
    given = (reader.text(path) for path in (SETTINGS, REFERENCES) if reader.exists(path))
    return leaks.gather(found).but(_public_people(source for source in given if source))


def names(root: Path, folder: Path | None) -> tuple[str, ...]:
    """Names of the cohorts at hand, whole or not; of a folder that was named and is not there, its own."""
    if folder is not None and not folder.is_dir():
        return (folder.name,)
    readers = [_reader(root, each, Problems()) for each in dict.fromkeys((folder, None))]
    return tuple(dict.fromkeys(name for reader, within in readers for name in reader.folders(within)))


def searched(root: Path, folder: Path | None) -> str:
    """The sentence that says whose secrets a command has looked for, so that nobody believes otherwise."""
    found = names(root, folder)
    if found:
        return f"Searched for what only a cohort may hold: {', '.join(found)}."
    return "Not searched for what only a cohort may hold, because no cohort is at hand (--cohorts DIR names a folder)."


def check_sources(root: Path, secrets: Secrets | None) -> None:
    """Raise `Stopped` if anything that authors wrote holds what only a cohort may."""
    if secrets is not None:
        problems = Problems()
        look_at_sources(root, secrets, problems)
        problems.stop_if_any()


def look_at_sources(root: Path, secrets: Secrets, problems: Problems) -> None:
    """Tell every place in sources that are published where something stands that only a cohort may hold."""
    reader = Reader(root, problems)
    paths = (CONFIGURATION, *reader.files("modules", None), *reader.files("docs", None))
    there = (path for path in paths if reader.exists(path) and not path.startswith(NOT_PUBLISHED))
    read = ((path, reader.data(path, LARGEST)) for path in there)
    leaks.report_secrets(secrets, ((path, data) for path, data in read if data is not None), leaks.IN_SOURCES, problems)


def check_public(secrets: Secrets | None, files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Raise `Stopped` if any of these files, by their paths below a folder, holds what only a cohort may."""
    if secrets is not None:
        problems = Problems()
        leaks.report_secrets(secrets, files, leaks.IN_OUTPUT, problems, folder.as_posix())
        problems.stop_if_any()


def check_editions(secrets: Secrets | None, shelf: Shelf, folder: Path) -> None:
    """Raise `Stopped` if an edition that is published, or why one was withdrawn, holds what only a cohort may.

    What is the same in several editions is looked at once, but for its name.
    """
    if secrets is None:
        return
    problems = Problems()
    seen: dict[frozenset[Secret], set[str]] = {}
    for archive in shelf.current:
        allowed = secrets.but(_public_people(_sources_of(archive)))
        files = _files_of(archive, seen.setdefault(allowed.public, set()))
        leaks.report_secrets(allowed, files, leaks.IN_EDITIONS, problems, folder.as_posix())
    texts = ((f"{name}{WITHDRAWN}", text.encode()) for name, text in shelf.withdrawn.items())
    leaks.report_secrets(secrets, texts, leaks.IN_SOURCES, problems, folder.as_posix())
    problems.stop_if_any()


def _files_of(archive: Archive, seen: set[str]) -> Iterator[tuple[str, bytes]]:
    place = f"{archive.name}{SUFFIX}"
    yield f"{place}/{MANIFEST}", archive.listing
    with archive.opened() as opened:
        for path, digest in archive.manifest.files.items():
            yield f"{place}/{path}", b"" if digest in seen else opened.data(path)
            seen.add(digest)


def _sources_of(archive: Archive) -> Iterator[Source]:
    with archive.opened() as opened:
        for path in (SETTINGS, REFERENCES):
            if f"{SOURCES}{path}" in archive.manifest.files:
                yield Source(path, opened.data(f"{SOURCES}{path}").decode("utf-8-sig", "replace"))


def read_public(root: Path, folder: Path | None, refused: Refused = lambda *_: ()) -> tuple[Built, Secrets | None]:
    """Read what is to be made public, and what must not be; raise `Stopped` with all problems of the sources."""
    found = secrets(root, folder)
    with veiling(found):
        check_site(root, refused)  # before MkDocs reads its settings, and tells the first slip without a place
        built = read(root)
    check_sources(root, found)
    return built, found


@contextlib.contextmanager
def veiling(secrets: Secrets | None) -> Iterator[None]:
    """Leave out of problems what of them is secret, such as a name in the name of a file."""
    try:
        yield
    except Stopped as stopped:
        if secrets is None:
            raise
        raise Stopped([leaks.veiled(secrets, each) for each in stopped.problems]) from None


def _public_people(sources: Iterable[Source]) -> Iterator[str]:
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
