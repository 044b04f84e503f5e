"""What only a cohort may contain: gathered from the cohorts at hand, and searched for in sources, outputs and editions.

In: a root folder, and a folder of cohorts. Out: `Secrets`; `Stopped` with every place that has one. Touches: reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import leaks
from builder.editions import MANIFEST, SOURCES, SUFFIX, WITHDRAWN, Archive, Shelf
from builder.leaks import Secret, Secrets
from builder.loading.curriculum import not_published
from builder.model.pages import REFERENCES, SETTINGS
from builder.pipeline.cohorts import Cohorts, public_people
from builder.pipeline.reading import Built, Refused, check_site, read
from builder.problems import Place, Problem, Problems, Stopped
from builder.site import CONFIGURATION
from builder.sources.files import Reader, Source

LARGEST = 50_000_000
"""Bytes; what is larger is not searched, and so must not be published."""


def secrets(cohorts: Cohorts) -> Secrets | None:
    """What no public file may contain of the cohorts at hand; None if there are none.

    Raises:
        Stopped: A cohort cannot be read, so its secrets cannot be searched for, and nothing may be published.
    """
    problems = Problems()
    cohorts.load(lambda _: None, problems)
    cohorts.load_beside(problems)
    if problems.stopping:
        why = "cohorts that cannot be read cannot be kept out of what is public, so it is not made (fix them first)"
        raise Stopped([*problems, Problem(Place(cohorts.shown), why)])
    return cohorts.secrets


def searched(cohorts: Cohorts) -> str:
    """The sentence that says whose secrets a command has searched for, so that nobody assumes more."""
    if cohorts.names:
        return f"Searched for what only a cohort may contain: {', '.join(cohorts.names)}."
    hint = "--cohorts DIR names a folder"
    return f"Not searched for what only a cohort may contain, because no cohort is at hand ({hint})."


def check_sources(root: Path, secrets: Secrets | None) -> None:
    """Raise `Stopped` if anything that authors wrote contains what only a cohort may."""
    if secrets is not None:
        problems = Problems()
        look_at_sources(root, secrets, problems)
        problems.stop_if_any()


def look_at_sources(root: Path, secrets: Secrets, problems: Problems) -> None:
    """Report every place in published sources with something that only a cohort may contain."""
    reader = Reader(root, problems)
    paths = (CONFIGURATION, *reader.files("modules", None), *reader.files("docs", None))
    apart = not_published(reader)
    there = (path for path in paths if reader.exists(path) and not path.startswith(apart))
    read = ((path, reader.data(path, LARGEST)) for path in there)
    leaks.report_secrets(secrets, ((path, data) for path, data in read if data is not None), leaks.IN_SOURCES, problems)


def check_public(secrets: Secrets | None, files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Search finished files for secrets.

    Args:
        secrets: What to search for; nothing is searched if it is None.
        files: Each file's path below the folder, and its bytes.
        folder: The folder, for messages.

    Raises:
        Stopped: With every place that has a secret.
    """
    if secrets is not None:
        problems = Problems()
        leaks.report_secrets(secrets, files, leaks.IN_OUTPUT, problems, folder.as_posix())
        problems.stop_if_any()


def check_editions(secrets: Secrets | None, shelf: Shelf, folder: Path) -> None:
    """Raise `Stopped` if a published edition, or the reason of a withdrawal, contains what only a cohort may.

    Files that are the same in several editions are searched once, except for their names.
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
    """Read what will be made public, and the secrets that must not be.

    Raises:
        Stopped: With all problems of the sources, or if these contain a secret.
    """
    root, found = cohorts.root, secrets(cohorts)
    with veiling(found):
        check_site(root, refused)  # before MkDocs, which only reports the first problem, without a place
        built = read(root)
    check_sources(root, found)
    return built, found


@contextlib.contextmanager
def veiling(secrets: Secrets | None) -> Iterator[None]:
    """Remove secrets from problems that are raised, such as a person's name in a file's name."""
    try:
        yield
    except Stopped as stopped:
        if secrets is None:
            raise
        raise Stopped([leaks.veiled(secrets, each) for each in stopped.problems]) from None
