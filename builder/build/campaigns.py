"""The cohorts beside a curriculum: which there are, what is asked for, and what of them must not get out.

In: a built curriculum and folders. Out: cohorts, chosen teams, secrets; a check of everything. Touches: reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import addresses, cohorts, glyphs, leaks
from builder.build.curricula import Curricula
from builder.build.reading import Built, check_site
from builder.cohorts import ModulesOf
from builder.leaks import Secrets
from builder.problems import Place, Problem, Problems, Stopped, nearest, one, stopping
from builder.sources import Reader
from builder.teams import Cohort, Team


def read_cohorts(curricula: Curricula, folder: Path | None) -> tuple[tuple[Cohort, ...], tuple[Problem, ...]]:
    """Load every cohort, from `cohorts/` or from a folder anywhere; raise `Stopped` if they have problems.

    A cohort that names an edition is checked against that edition, and then does without the curriculum in work.
    """
    return _cohorts(curricula.modules, curricula.root, folder)


def secrets(built: Built, folder: Path | None) -> Secrets | None:
    """What no public file may hold of the cohorts at hand; None where there are none. Raise `Stopped` for broken ones.

    What cannot be read cannot be looked for, so a site beside a broken cohort is not built.
    """
    if folder is None and not (built.root / cohorts.FOLDER).is_dir():
        return None
    modules = Curricula(built.root, work=built).modules(None)
    try:  # whose people they are does not depend on an edition, which need not be at hand
        found, _ = _cohorts(lambda name: None if name else modules, built.root, folder)
    except Stopped as stopped:
        why = "cohorts that cannot be read cannot be kept out of what is public, so it is not made (mend them first)"
        place = Place(cohorts.FOLDER if folder is None else folder.as_posix())
        raise Stopped([*stopped.problems, Problem(place, why)]) from stopped
    return leaks.gather(found, built.loaded.sources)


def check_public(secrets: Secrets | None, files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Raise `Stopped` if any of these files, by their paths below a folder, holds what only a cohort may."""
    if secrets is not None:
        problems = Problems()
        leaks.tell(secrets, (((folder / path).as_posix(), data) for path, data in files), problems)
        problems.stop_if_any()


def check(curricula: Curricula, folder: Path | None, against: str | None = None) -> tuple[Problem, ...]:
    """Tell all notices about the sources and the cohorts, sorted; raise `Stopped` with all if there are problems.

    Cohorts are checked even when the curriculum is broken; the folders then say which modules there are. With an
    edition to hold it `against`, every address that this edition had must still lead somewhere.
    """
    found: set[Problem] = set()
    root = curricula.root
    modules = Reader(root, Problems()).folders("modules")
    with _collected(found):
        check_site(root)
    with _collected(found):
        found.update(curricula.built(None).notices)
        modules = curricula.modules(None)
        if against is not None:
            found.update(_lost(curricula, against))
    with _collected(found):
        found.update(_cohorts(lambda name: curricula.modules(name) if name else modules, root, folder)[1])
    told = tuple(sorted(found))
    if stopping(told):
        raise Stopped(told)
    return told


def _lost(curricula: Curricula, edition: str) -> Problems:
    """The addresses of an edition that lead nowhere now."""
    problems = Problems()
    now = curricula.loaded(None)
    addresses.check(curricula.loaded(edition).curriculum, edition, now.curriculum, now.sources, problems)
    return problems


@contextlib.contextmanager
def _collected(found: set[Problem]) -> Iterator[None]:
    """Keep the problems that stop one part of a check, and go on with the next."""
    try:
        yield
    except Stopped as stopped:
        found.update(stopped.problems)


def _cohorts(modules_of: ModulesOf, root: Path, folder: Path | None) -> tuple[tuple[Cohort, ...], tuple[Problem, ...]]:
    problems = Problems()
    reader = Reader(root, problems) if folder is None else Reader(folder, problems, f"{folder.as_posix()}/")
    if folder is not None and not folder.is_dir():
        raise one(str(folder), "no such folder of cohorts")
    within = cohorts.FOLDER if folder is None else "."
    found = cohorts.load(reader, within, modules_of, problems)
    glyphs.check(reader, within, problems)
    problems.stop_if_any()
    if folder is not None and not found:
        raise one(folder.as_posix(), f"no cohort in this folder ({cohorts.HINT})")
    return found, tuple(problems)


def choose(found: tuple[Cohort, ...], cohort: str | None, team: str | None) -> dict[Cohort, tuple[Team, ...]]:
    """The teams that a command names, by cohort; all when it names none. Raise `Stopped` when they are not there."""
    if not found:
        raise one(cohorts.FOLDER, f"no cohort in this folder ({cohorts.HINT})")
    if cohort is not None and cohort not in {each.id for each in found}:
        raise one("cohorts", f"no cohort {cohort!r} ({nearest(cohort, [each.id for each in found])})")
    wanted = {each: each.file.teams for each in found if cohort in {None, each.id}}
    if team is None:
        return wanted
    known = {one_team.id for teams in wanted.values() for one_team in teams}
    if team not in known:
        raise one("cohorts", f"no team {team!r} ({nearest(team, known)})")
    meant = {each: tuple(one_team for one_team in teams if one_team.id == team) for each, teams in wanted.items()}
    return {each: teams for each, teams in meant.items() if teams}
