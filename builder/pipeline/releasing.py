"""A release: everything is checked, the site is made as an edition, and one file freezes it with its sources.

In: what is to be released, and a host that makes the site. Out: an archive. Touches: reads; writes by `editions`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builder import editions, output
from builder.leaks import Secrets
from builder.model.kinds import is_release_date
from builder.model.release import Release
from builder.output import Say
from builder.pipeline import releases
from builder.pipeline.campaigns import check
from builder.pipeline.cohorts import Cohorts
from builder.pipeline.curricula import Curricula
from builder.pipeline.making import PreparedSite, prepare_site, press
from builder.pipeline.progress import Progress
from builder.pipeline.reading import Refused
from builder.pipeline.secrecy import check_public, secrets
from builder.press import Paper
from builder.problems import Place, Problem, Problems, Stopped, stopping
from builder.sources.git import State

MakeSite = Callable[[PreparedSite, Path], dict[str, bytes]]
"""Makes a site in an empty folder with a host, and returns every file of it by its path."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """What to release, and how."""

    root: Path
    cohorts: Cohorts
    shelf: Path
    name: str
    date: dt.date | None  # None for that of the last commit
    notes: str
    paper: Paper | None
    dirty: bool  # release uncommitted changes too


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition's file: how many files and bytes it has, and how many notices there are on its sources."""

    path: Path
    date: dt.date
    files: int
    size: int
    notices: int


def release(request: ReleaseRequest, refused: Refused, make_site: MakeSite, progress: Progress, say: Say) -> Frozen:
    """Freeze the curriculum in work as an edition.

    Raises:
        Stopped: Before any work, with everything that keeps the edition from being made.
    """
    root, shelf, name = request.root, request.shelf, request.name
    with press() as processes:  # which start while this one still reads
        state = releases.state_of(root)
        date = request.date or (state.date if state else None)
        curricula = Curricula(root, shelf)
        problems = _in_the_way(request, date, state)
        before = None if editions.problem_with_name(name) else releases.before(shelf, name)
        found = [*problems, *_checked(curricula, request.cohorts, before, refused)]
        if stopping(found) or date is None:
            raise Stopped(sorted(found))
        address = curricula.loaded(None).curriculum.settings.address
        new = Release(name=name, date=date, notes=request.notes, root=address, before=before)
        secret = _secrets(request.cohorts, new.notes)
        built = curricula.as_edition(new)
        with editions.room(shelf, say) as work, output.explained(target := shelf / f"{name}{editions.SUFFIX}", work):
            site = make_site(prepare_site(built, request.paper, processes, progress), work / "site")
            files = site | releases.sources(root)
            manifest = releases.manifest(new, built.loaded.curriculum.settings, state)
            listed = (*files.items(), (editions.MANIFEST, editions.manifest_of(manifest, files)))
            check_public(secret, listed, target)
            size = editions.pack(work, target, manifest, files)
    return Frozen(target, date, len(listed), size, len(found))


def _secrets(cohorts: Cohorts, notes: str) -> Secrets | None:
    """What an edition must not contain. Raises `Stopped` before any work if its notes do."""
    found = secrets(cohorts)
    check_public(found, [("--notes", notes.encode())], Path())
    return found


def _in_the_way(request: ReleaseRequest, on: dt.date | None, state: State | None) -> Problems:
    """The problems that keep an edition from being released as requested."""
    problems = Problems()
    why = editions.why_not_new(request.shelf, request.name)
    if why is not None:
        problems.add(Place((request.shelf / f"{request.name}{editions.SUFFIX}").as_posix()), why)
    if on is None:
        problems.add(Place("."), "no commit has a date for this edition (give one, such as --date 2027-01-31)")
    elif not is_release_date(on):
        problems.add(Place("."), f"an edition cannot bear the date {on} (from 1980 to 2105; give one with --date)")
    for path in state.changed if state and not request.dirty else ():
        problems.add(Place(path), "differs from the last commit (commit it, or release it as it is with --dirty)")
    for path in state.ignored if state and not request.dirty else ():
        hint = "move it out of the sources, commit it with: git add --force, or release it as it is with --dirty"
        problems.add(Place(path), f"is in no commit, because git ignores it, and would be in the edition ({hint})")
    return problems


def _checked(curricula: Curricula, cohorts: Cohorts, before: str | None, refused: Refused) -> tuple[Problem, ...]:
    """All problems and notices of sources and cohorts."""
    try:
        return check(curricula, cohorts, before, refused)
    except Stopped as stopped:
        return stopped.problems
