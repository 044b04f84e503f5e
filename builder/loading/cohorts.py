"""Loading cohorts: one campaign's teams and meetings, checked against the curriculum. What comes out is secret.

In: a folder of cohorts. Out: `Cohort` values, or problems and notices with their places. Touches: reads, by `sources`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from builder.checking import rules
from builder.model.cohorts import Cohort, CohortFile, Member, Outline, Person
from builder.model.kinds import is_id, is_placeholder
from builder.problems import Place, Problems, Stopped
from builder.sources import leftovers, schema
from builder.sources.files import Reader
from builder.sources.yaml import Located, parse

FOLDER, FILE = "cohorts", "cohort.yml"

SAMPLE = "sample"
"""How a cohort's folder is named if it has placeholders and no people."""

HINT = f"each is a folder with a {FILE} in it"
"""The hint for a folder without cohorts."""


OutlineOf = Callable[[str | None], Outline | None]
"""Gives the modules and plans of an edition, or with None those of the one in work; it returns None if they are not
needed. Raises `Stopped` for an edition that is not at hand or cannot be read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A cohort as read, before it is compared with the modules of its edition."""

    id: str
    located: Located
    file: CohortFile | None  # None if something in it is wrong

    @property
    def cohort(self) -> Cohort | None:
        """The cohort; None if something in its file is wrong."""
        return Cohort(id=self.id, path=f"{FOLDER}/{self.id}/{FILE}", file=self.file) if self.file else None


def read_drafts(reader: Reader, folder: str, problems: Problems) -> tuple[Draft, ...]:
    """Read every cohort in a folder, as far as its file is YAML."""
    drafts = []
    found = leftovers.found(reader.names(folder), folder)
    left = {path: what for path, what in found.items() if _is_cohorts(reader, path)}
    for path, what in left.items():
        problems.add(Place(reader.name(path)), leftovers.message(what))
    _strays(reader, folder, left, problems)
    for id in reader.folders(folder):
        if f"{folder}/{id}".removeprefix("./") in left:
            continue
        path = f"{folder}/{id}/{FILE}".removeprefix("./")
        place = Place(reader.name(path))
        if not is_id(id) and not is_id(f"c{id}"):  # a year may begin it
            problems.add(place, f"ill-formed folder name {id!r} (small letters, digits and single hyphens)")
        if not reader.exists(path):
            problems.add(place, "missing file (every folder of cohorts has one)")
            continue
        source = reader.text(path)
        located = parse(source, problems) if source else None
        if located:
            drafts.append(Draft(id, located, schema.build(CohortFile, located, problems)))
    return tuple(drafts)


def check_drafts(drafts: Iterable[Draft], outline_of: OutlineOf, problems: Problems) -> tuple[Cohort, ...]:
    """Check cohorts against the modules and plans that they may name. Returns those that could be read."""
    for draft in drafts:
        rules.check_cohort(draft.file, draft.located, _outline(draft.located, outline_of, problems), problems)
    return tuple(draft.cohort for draft in drafts if draft.cohort)


def load(reader: Reader, folder: str, outline_of: OutlineOf, problems: Problems) -> tuple[Cohort, ...]:
    """Read and check every cohort in a folder.

    Args:
        reader: Reads the files.
        folder: The folder with one folder for each cohort, under the reader's root.
        outline_of: Gives the modules and plans of an edition, which a cohort may name.
        problems: Takes problems and notices, which are as secret as the cohorts.

    Returns:
        The cohorts that could be read, even if there are problems.
    """
    return check_drafts(read_drafts(reader, folder, problems), outline_of, problems)


def is_sample(cohort: Cohort) -> bool:
    """Whether a cohort is named as a sample, and everyone in it has an address at a name reserved for examples.

    Those names are in RFC 2606 and RFC 6761. A person without an address may be real.
    """
    teams, pairs = cohort.file.teams, cohort.file.pairs
    people: list[Member | Person] = []
    for team in teams:
        people += [*team.facilitators, *team.members]
    people += [each for pair in pairs for each in (pair.mentor, pair.student)]
    addresses = [*(each.email or "" for each in people), *(team.link for team in teams if team.link)]
    return cohort.id.startswith(SAMPLE) and all(map(is_placeholder, addresses))


@dataclass(frozen=True, slots=True)
class _Pinned:
    """The editions that a cohort names, as far as they can be read."""

    edition: str | None
    changes_since: str | None


def _outline(located: Located, outline_of: OutlineOf, problems: Problems) -> Outline | None:
    """The modules and plans of the edition that a cohort names; a problem and None if there is no such edition."""
    named = schema.partial(_Pinned, CohortFile, located, ())
    found: dict[str, Outline | None] = {}
    for key in ("edition", "changes_since"):
        if (name := getattr(named, key)) is not None:
            try:
                found[key] = outline_of(name)
            except Stopped as stopped:
                found[key] = None
                for each in stopped.problems:
                    problems.add(located.place(key), f"{each.message} (in {each.place.path})")
    return found["edition"] if "edition" in found else outline_of(None)


def _is_cohorts(reader: Reader, path: str) -> bool:
    """Whether a file in a folder of cohorts may belong to a cohort; other files of organizers are ignored."""
    return re.search(r"\.ya?ml|cohort", posixpath.basename(path), re.IGNORECASE) is not None or (
        reader.exists(f"{path}/{FILE}")
    )


def _strays(reader: Reader, folder: str, left: Collection[str], problems: Problems) -> None:
    """Report YAML files that would not be read: a cohort beside its folder, or another spelling of its name."""
    for path in reader.files(folder, frozenset({".yml", ".yaml"})):
        if path in left or posixpath.dirname(path) in left:
            continue
        if folder == "." and path == FILE:
            hint = "name the folder above it, which may have several"
            problems.add(Place(reader.name(path)), f"this folder is itself a cohort ({hint})")
        elif not path.endswith(f"/{FILE}") or path.removeprefix(f"{folder}/").count("/") != 1:
            known = f"a cohort's file is {reader.name(folder).removesuffix('.')}/<cohort>/{FILE}".replace("//", "/")
            problems.add(Place(reader.name(path)), f"unknown file ({known})")
