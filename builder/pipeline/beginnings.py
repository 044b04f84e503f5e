"""Beginnings for authors, made for the curriculum that is there.

In: a root folder, ids. Out: a `Beginning`, still to be written. Touches: reads, by `sources`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder import VERSION, scaffold
from builder.loading import cohorts
from builder.loading.blanks import unwritten
from builder.model.curriculum import Settings
from builder.model.pages import SETTINGS
from builder.pipeline import provenance
from builder.problems import Problem, Problems, Stopped, nearest
from builder.sources import schema
from builder.sources.files import Reader, Source
from builder.sources.yaml import Located, parse


@dataclass(frozen=True, slots=True)
class Beginning:
    """Files of a new folder, by their paths in it; a file elsewhere that changes with them; texts left to write."""

    folder: str
    files: Mapping[str, str]
    change: tuple[Path, str, str] | None = None
    left: tuple[str, ...] = ()


def curriculum(title: str, today: dt.date) -> dict[str, str]:
    """Write a small curriculum of this title."""
    return scaffold.curriculum(title, provenance.NAME, VERSION, today)


def module(root: Path, id: str, after: str | None) -> Beginning:
    """Write a module for a curriculum, after the one with the id `after`, or as the last.

    Raises:
        Stopped: The curriculum has a module with this id, or none with the id `after`, or its settings have problems.
    """
    located, settings = _settings(root)
    place, text = located.place("modules"), scaffold.with_module(located, id, after)
    if id in settings.modules:
        raise Stopped([Problem(place, f"there is a module {id!r} (choose another id)")])
    if after is not None and after not in settings.modules:
        raise Stopped([Problem(place, f"no module {after!r} ({nearest(after, settings.modules)})")])
    if text is None:
        raise Stopped([Problem(place, "cannot be added to (write the list as - id, one on each line)")])
    folder = f"modules/{id}"
    files = scaffold.module(id, settings.meeting_lengths)
    sources = (Source(f"{folder}/{path}", text) for path, text in sorted(files.items()))
    left = tuple(f"{place}: {line}" for source in sources for place, line in unwritten(source))
    return Beginning(folder, files, (root / SETTINGS, located.source.text, text), left)


def cohort(root: Path, id: str, today: dt.date) -> Beginning:
    """Write a cohort for a curriculum."""
    _, settings = _settings(root)
    files = scaffold.cohort(id, settings.modules, max(settings.meeting_lengths), today)
    return Beginning(f"{cohorts.FOLDER}/{id}", files)


def _settings(root: Path) -> tuple[Located, Settings]:
    """Read the settings of a curriculum. Raises `Stopped` if they have problems."""
    problems = Problems()
    source = Reader(root, problems).text(SETTINGS)
    located = parse(source, problems) if source else None
    settings = schema.build(Settings, located, problems) if located else None
    problems.stop_if_any()
    if located is None or settings is None:
        raise Stopped(problems)
    return located, settings
