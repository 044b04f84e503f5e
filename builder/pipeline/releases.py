"""Editions and the curriculum in them: what goes into an archive, and what comes out of one again.

In: sources at hand, or an archive. Out: files with their manifest; a loaded curriculum. Touches: reads, by `sources`;
unpacks archives for a moment, by `editions`.
"""

from __future__ import annotations

import importlib.metadata
import platform
import zlib
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from builder import editions
from builder.editions import Archive, Manifest
from builder.loading import curriculum
from builder.loading.curriculum import Loaded, not_published
from builder.model.curriculum import Settings
from builder.model.release import Release
from builder.pipeline import provenance
from builder.pipeline.provenance import NAME
from builder.problems import Problem, Problems, Stopped
from builder.site import CONFIGURATION
from builder.sources import attachments, git, images, limits
from builder.sources.files import MAX_FILE, Reader
from builder.sources.git import State

TOOLS = ("mkdocs", "mkdocs-material", "markdown", "typst", "citeproc-py")
"""Packages whose versions may change what is made of the same sources."""


FOLDERS = (CONFIGURATION, "modules", "docs")
"""Where authors write."""


def sources(root: Path) -> dict[str, bytes]:
    """Everything that authors wrote and that is published, by its path in an archive; of images the picture alone."""
    problems = Problems()
    reader = Reader(root, problems)
    paths = [CONFIGURATION, *reader.files("modules", None), *reader.files("docs", None)]
    files = {path: reader.data(path, _limit(path)) for path in published(root, paths)}
    for path, data in files.items():
        if data is not None and images.is_one(path):
            files[path] = images.take_in(path, data, problems)
    problems.stop_if_any()
    return {f"{editions.SOURCES}{path}": data for path, data in files.items() if data is not None}


def _limit(path: str) -> int:
    return limits.MAX_ATTACHMENT if attachments.is_attachment(path) else MAX_FILE


def state_of(root: Path) -> State | None:
    """What git knows of the sources that an edition would have; None where there is no repository."""
    state = git.state(root, FOLDERS)
    return state and replace(state, ignored=published(root, state.ignored))


def published(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The sources that an edition contains: no papers of the project, and nothing hidden."""
    apart = not_published(Reader(root, Problems()))
    shown = (path for path in paths if not any(part.startswith(".") for part in path.split("/")))
    return tuple(path for path in shown if not path.startswith(apart))


def tools() -> dict[str, str]:
    """What an edition is made with: this program, with its commit where git knows it, and what else decides its bytes.

    `zlib` decides how an edition is packed, the others what is in it.
    """
    made = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION, NAME: provenance.version()}
    commit = git.program()
    if commit is not None:
        made[f"{NAME} commit"] = commit
    return made | {name: importlib.metadata.version(name) for name in TOOLS}


def before(folder: Path, name: str) -> str | None:
    """The edition after which one of this name comes: the newest at hand that is older and no preview."""
    older = (each for each in editions.edition_names(folder) if editions.order(each) < editions.order(name))
    return next((each for each in older if not editions.is_preview(each)), None)


def load(archive: Archive) -> Loaded:
    """The curriculum of an edition, from the sources in its archive; raise `Stopped` if they cannot be read."""
    with editions.unpacked(archive) as root:
        problems = Problems()
        loaded = curriculum.load(
            Reader(root, problems, f"{archive.path.as_posix()}/{editions.SOURCES}"), problems, released=True
        )
    if loaded is None or problems.stopping:
        raise Stopped(_within(problems.stopping))
    return stamped(loaded, archive.manifest)


def stamped(loaded: Loaded, release: Release) -> Loaded:
    """A curriculum as an edition: it bears its name and its date, and leads to an address of its own."""
    settings = loaded.curriculum.settings
    url = f"{release.root}{release.name}/" if release.root else settings.url
    settings = replace(settings, edition=release.name, edition_date=release.date, url=url)
    return replace(loaded, curriculum=replace(loaded.curriculum, settings=settings))


def _within(problems: Iterable[Problem]) -> list[Problem]:
    """Show problems of an archive's sources as problems of the archive: their author can no longer fix them."""
    why = "a problem in the sources of a released edition, which an older version of this program took"
    return [Problem(each.place, f"{each.message} ({why})") for each in problems]


def manifest(release: Release, settings: Settings, state: State | None) -> Manifest:
    """What the archive of an edition says of itself, its files still to be listed."""
    return Manifest(
        **asdict(release),
        format=max(editions.FORMATS),
        title=settings.title,
        language=settings.language,
        commit=state.commit if state else None,
        dirty=bool(state and (state.changed or state.ignored)),
        tools=tools(),
        files={},
    )
