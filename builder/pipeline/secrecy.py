"""What only a cohort may hold: gathered from the cohorts at hand, and looked for in sources, outputs and editions.

In: a root folder, and a folder of cohorts. Out: `Secrets`; `Stopped` with every place that holds one. Touches: reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import leaks
from builder.editions import MANIFEST, SOURCES, SUFFIX, WITHDRAWN, Archive, Shelf
from builder.leaks import Secret, Secrets
from builder.loading.curriculum import NOT_PUBLISHED
from builder.model.pages import REFERENCES, SETTINGS
from builder.pipeline.cohorts import Cohorts, public_people
from builder.pipeline.reading import Built, Refused, check_site, read
from builder.problems import Place, Problem, Problems, Stopped
from builder.site import CONFIGURATION
from builder.sources.files import Reader, Source

LARGEST = 50_000_000
"""Bytes; what is larger is not searched, and so must not be published."""


def secrets(cohorts: Cohorts) -> Secrets | None:
    """What no public file may hold of the cohorts at hand; None where there are none. Raise `Stopped` for broken ones.

    What cannot be read cannot be looked for, so nothing is published beside a broken cohort.
    """
    problems = Problems()
    cohorts.load(lambda _: None, problems)
    cohorts.load_beside(problems)
    if problems.stopping:
        why = "cohorts that cannot be read cannot be kept out of what is public, so it is not made (fix them first)"
        raise Stopped([*problems, Problem(Place(cohorts.shown), why)])
    return cohorts.secrets


def searched(cohorts: Cohorts) -> str:
    """The sentence that says whose secrets a command has looked for, so that nobody believes otherwise."""
    if cohorts.names:
        return f"Searched for what only a cohort may hold: {', '.join(cohorts.names)}."
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
        allowed = secrets.but(public_people(_sources_of(archive)))
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


def read_public(cohorts: Cohorts, refused: Refused = lambda *_: ()) -> tuple[Built, Secrets | None]:
    """Read what is to be made public, and what must not be; raise `Stopped` with all problems of the sources."""
    root, found = cohorts.root, secrets(cohorts)
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
