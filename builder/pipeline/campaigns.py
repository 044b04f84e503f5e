"""The cohorts beside a curriculum: which there are, which are chosen, and a check of everything.

In: a curriculum and folders. Out: cohorts, chosen teams, problems. Touches: reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import leaks
from builder.checking import addresses
from builder.loading import curriculum
from builder.loading.cohorts import FILE, FOLDER, HINT, SAMPLE, is_sample
from builder.model.cohorts import Cohort, Team
from builder.pipeline import secrecy
from builder.pipeline.cohorts import Cohorts
from builder.pipeline.curricula import Curricula
from builder.pipeline.reading import Refused, check_site
from builder.problems import Place, Problem, Problems, Stopped, nearest, stopping
from builder.sources import git
from builder.sources.files import Reader

_PACKETS = "packets"


def read_cohorts(curricula: Curricula, cohorts: Cohorts) -> tuple[tuple[Cohort, ...], tuple[Problem, ...]]:
    """Load every cohort, with notices on them.

    A cohort that names an edition is checked against that edition, and does not need the curriculum in work.

    Raises:
        Stopped: With all problems, if there are any.
    """
    problems = Problems()
    found = cohorts.load(curricula.outline, problems)
    problems.stop_if_any()
    return found, tuple(problems)


def check(
    curricula: Curricula, cohorts: Cohorts, against: str | None = None, refused: Refused = lambda *_: ()
) -> tuple[Problem, ...]:
    """Check the sources and the cohorts, and return all notices, sorted.

    Cohorts are checked even if the curriculum is broken: folders then show which modules there are, and the settings,
    as far as they can be read, which plans. Every address of the edition `against`, if one is named, must still work.

    Raises:
        Stopped: With all problems and notices, if there are any problems.
    """
    found: set[Problem] = set()
    root = curricula.root
    outline = curriculum.outline(Reader(root, Problems()))
    with _collected(found):
        check_site(root, refused)
    with _collected(found):
        found.update(curricula.built(None).notices)
        outline = curricula.outline(None)
        if against is not None:
            found.update(_lost(curricula, against))
    problems = Problems()
    known: tuple[Cohort, ...] = ()
    with _collected(found):
        known = cohorts.load(lambda name: curricula.outline(name) if name else outline, problems)
    public, beside = Problems(), Problems()
    _tracked(cohorts, known, public)
    cohorts.load_beside(beside)
    found.update((*public, *beside.stopping))
    if (secrets := cohorts.secrets) is not None:
        secrecy.look_at_sources(root, secrets, public)
        found = {leaks.veiled(secrets, each) for each in (*found, *public)}
    everything = tuple(sorted({*found, *problems}))
    if stopping(everything):
        raise Stopped(everything)
    return everything


def _tracked(cohorts: Cohorts, found: Iterable[Cohort], problems: Problems) -> None:
    """Mention what the curriculum's own repository would publish about people: cohorts, except samples, and packets."""
    known = {each.id: is_sample(each) for each in found}
    root, shown = cohorts.root, cohorts.shown
    for path in _kept(root, cohorts.where):
        id, _, rest = path.partition("/")
        if known.get(id, id.startswith(SAMPLE)) or path.lower() == "readme.md" or path.startswith("."):
            continue
        what = "this cohort" if rest == FILE else "a file of this cohort" if rest else "this file"
        untrack = f"git rm --cached {shown}/{path}, and name it in .gitignore"
        why = f"git keeps {what} with the curriculum, and would publish its people with it ({untrack})"
        problems.notice(Place(f"{shown}/{path}"), why)
    if _kept(root, root / _PACKETS):
        why = "git keeps files of packets with the curriculum, and would publish their people with it"
        problems.notice(Place(_PACKETS), f"{why} (git rm -r --cached {_PACKETS}, and name it in .gitignore)")


def _kept(root: Path, folder: Path) -> tuple[str, ...]:
    try:
        return git.tracked(root, folder)
    except Stopped:  # git refuses to read a repository of another user, which a release reports
        return ()


def _lost(curricula: Curricula, edition: str) -> Problems:
    """The addresses of an edition that no longer work."""
    problems = Problems()
    now = curricula.loaded(None)
    addresses.check_permanent_addresses(
        curricula.loaded(edition).curriculum, edition, now.curriculum, now.sources, problems
    )
    return problems


@contextlib.contextmanager
def _collected(found: set[Problem]) -> Iterator[None]:
    """Keep the problems that stop one part of a check, and go on with the next."""
    try:
        yield
    except Stopped as stopped:
        found.update(stopped.problems)


def choose(found: tuple[Cohort, ...], cohort: str | None, team: str | None) -> dict[Cohort, tuple[Team, ...]]:
    """The teams that a command names, by cohort; all if it names none.

    Raises:
        Stopped: There is no such cohort or team.
    """
    if not found:
        raise Stopped.at(FOLDER, f"no cohort in this folder ({HINT})")
    if cohort is not None and cohort not in {each.id for each in found}:
        raise Stopped.at("cohorts", f"no cohort {cohort!r} ({nearest(cohort, [each.id for each in found])})")
    wanted = {each: each.file.teams for each in found if cohort in {None, each.id}}
    if team is None:
        return wanted
    known = {one_team.id for teams in wanted.values() for one_team in teams}
    if team not in known:
        raise Stopped.at("cohorts", f"no team {team!r} ({nearest(team, known)})")
    meant = {each: tuple(one_team for one_team in teams if one_team.id == team) for each, teams in wanted.items()}
    return {each: teams for each, teams in meant.items() if teams}
