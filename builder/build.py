"""The whole pipeline: a root folder in, frozen values out. Commands and the site's host call this and nothing deeper.

In: folders and options. Out: `Built`, `Stage`, packets. Touches: reads by `sources`; what it makes, others write.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from builder import cohorts, curriculum, documents, glyphs, leaks, printing, prose, site
from builder import packets as packing
from builder.artifacts import Artifact
from builder.curriculum import Loaded
from builder.documents import Documents
from builder.leaks import Secrets
from builder.packets import Order, Piece, pieces
from builder.press import Job, Paper, Pdf, Press, Refused
from builder.printing import Offer, Sheets, how_many
from builder.problems import Place, Problem, Problems, Stopped, nearest, one, stopping
from builder.proofreading import follow, on_pages
from builder.site import Print, Stage
from builder.sources import Reader
from builder.teams import Cohort, Team

Progress = Callable[[str, int], Callable[[str], None]]
"""Told what begins and how many steps it has; answers what is called after each step with its name."""


@dataclass(frozen=True, slots=True)
class Built:
    """A curriculum without problems, its documents, and what is worth telling about it."""

    root: Path
    loaded: Loaded
    documents: Documents
    notices: tuple[Problem, ...]


def no_progress(_: str, __: int) -> Callable[[str], None]:
    """Tell nothing."""
    return lambda _: None


def workers() -> int:
    """How many processes to use: one for each processor, at most four."""
    return max(1, min(os.cpu_count() or 1, 4))


def press(*, alone: bool = False) -> Press:
    """Start the processes that set PDFs; or `alone`, for one PDF, use this one only."""
    return Press(0 if alone else workers())


def read(root: Path) -> Built:
    """Load, check and compose everything public; raise `Stopped` with all problems if there are any."""
    problems = Problems()
    reader = Reader(root, problems)
    loaded = curriculum.load(reader, problems)
    glyphs.check(reader, "modules", problems)
    if loaded is None:
        raise Stopped(problems)
    composed = documents.compose(loaded.curriculum)
    pages = _Anchors({document.path: document.markdown for document in composed.all})
    for link in loaded.links:
        follow(link, pages, problems)
    on_pages(loaded.sources, composed, problems)
    problems.stop_if_any()
    return Built(root, loaded, composed, tuple(problems))


def source_folders(root: Path) -> dict[str, Path]:
    """Folders that no output may lie in, hold or be."""
    return {name: root / name for name in ("modules", "docs", "builder", "tests", "cohorts")}


def public_folders(root: Path) -> dict[str, Path]:
    """Folders that are public or will be, where no packet may lie; what `mkdocs.yml` names for the site is one."""
    named = site.output(Reader(root, Problems()))
    folders = {"the site": root / "site", "editions": root / "editions", "the published site": root / "public"}
    return folders | ({f"site_dir of {site.CONFIGURATION}": root / named} if named else {})


def check_site(root: Path) -> str:
    """Check what only the site needs; answer the text of `mkdocs.yml`, or raise `Stopped`."""
    problems = Problems()
    text = site.check(Reader(root, problems), problems)
    problems.stop_if_any()
    return text


def read_cohorts(built: Built, root: Path, folder: Path | None) -> tuple[tuple[Cohort, ...], tuple[Problem, ...]]:
    """Load every cohort, from `cohorts/` or from a folder anywhere; raise `Stopped` if they have problems."""
    return _cohorts(tuple(module.id for module in built.loaded.curriculum.modules), root, folder)


def secrets(built: Built, folder: Path | None) -> Secrets | None:
    """What no public file may hold of the cohorts at hand; None where there are none. Raise `Stopped` for broken ones.

    What cannot be read cannot be looked for, so a site beside a broken cohort is not built.
    """
    if folder is None and not (built.root / cohorts.FOLDER).is_dir():
        return None
    try:
        found, _ = read_cohorts(built, built.root, folder)
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


def check(root: Path, folder: Path | None) -> tuple[Problem, ...]:
    """Tell all notices about the sources and the cohorts, sorted; raise `Stopped` with all if there are problems.

    Cohorts are checked even when the curriculum is broken; the folders then say which modules there are.
    """
    found: set[Problem] = set()
    modules = Reader(root, Problems()).folders("modules")
    with _collected(found):
        check_site(root)
    with _collected(found):
        built = read(root)
        found.update(built.notices)
        modules = tuple(module.id for module in built.loaded.curriculum.modules)
    with _collected(found):
        found.update(_cohorts(modules, root, folder)[1])
    told = tuple(sorted(found))
    if stopping(told):
        raise Stopped(told)
    return told


@contextlib.contextmanager
def _collected(found: set[Problem]) -> Iterator[None]:
    """Keep the problems that stop one part of a check, and go on with the next."""
    try:
        yield
    except Stopped as stopped:
        found.update(stopped.problems)


def _cohorts(
    modules: tuple[str, ...], root: Path, folder: Path | None
) -> tuple[tuple[Cohort, ...], tuple[Problem, ...]]:
    problems = Problems()
    reader = Reader(root, problems) if folder is None else Reader(folder, problems, f"{folder.as_posix()}/")
    if folder is not None and not folder.is_dir():
        raise one(str(folder), "no such folder of cohorts")
    within = cohorts.FOLDER if folder is None else "."
    found = cohorts.load(reader, within, modules, problems)
    glyphs.check(reader, within, problems)
    problems.stop_if_any()
    if folder is not None and not found:
        raise one(folder.as_posix(), f"no cohort in this folder ({cohorts.HINT})")
    return found, tuple(problems)


def stage(built: Built, paper: Paper, press: Press | None, progress: Progress) -> Stage:
    """Compose the site's tree; with a press, make the PDFs that it offers."""
    prints: dict[str, list[Print]] = {}
    if press is not None:
        sheets = Sheets(built.documents, built.loaded.images, paper)
        offers: list[Offer] = []  # filled as the press, in a thread of its own, takes their jobs
        pdfs = _typeset(_noted(printing.offers(sheets), offers), press, progress("Prints", how_many(built.documents)))
        for number, pdf in enumerate(pdfs):
            prints.setdefault(offers[number].page, []).append(Print(offers[number].label, pdf))
    return site.stage(built.loaded, built.documents, prints)


def _noted(offers: Iterable[Offer], noted: list[Offer]) -> Iterator[Job]:
    for offer in offers:
        noted.append(offer)
        yield offer.job


def staged(built: Built, reader: Reader, paper: Paper, press: Press, progress: Progress) -> tuple[Artifact, ...]:
    """The stage as files: `docs/` with its fixed assets, `overrides/` for the theme, and `mkdocs.yml` for any host."""
    config = check_site(reader.root)
    made = stage(built, paper, press, progress)
    files = [Artifact(f"docs/{path}", data, made.sources[path]) for path, data in made.files.items()]
    for folder, under in (("docs/assets", "docs/assets"), ("builder/theme", "overrides")):
        for path in reader.files(folder, None):
            data = reader.data(path)
            files.append(Artifact(path.replace(folder, under, 1), data or b"", (path,)))
    text = site.configuration(config, made, built.loaded, "overrides")
    return (*files, Artifact("mkdocs.yml", text.encode(), ("mkdocs.yml",)))


def packets(
    built: Built, orders: Sequence[Order], paper: Paper, press: Press, progress: Progress
) -> Iterator[tuple[Order, Iterator[Artifact]]]:
    """Make what is ordered, cohort by cohort; each file is made when it is asked for, and not kept."""
    sheets = Sheets(built.documents, built.loaded.images, paper)
    public = tuple(sorted(built.loaded.sources))
    wanted = [(order, tuple(pieces(order, sheets))) for order in orders]
    jobs = packing.jobs(piece for _, each in wanted for piece in each)
    steps = sum(piece.job is not None for _, each in wanted for piece in each)
    pdfs = _typeset(jobs, press, progress("Packets", steps))
    for order, each in wanted:
        yield order, _artifacts(each, pdfs, (order.cohort.path, *public))


def _artifacts(each: Iterable[Piece], pdfs: Iterator[Pdf], sources: tuple[str, ...]) -> Iterator[Artifact]:
    stocks: dict[object, bytes] = {}
    for piece in each:
        if piece.data is not None:
            data = piece.data()
        elif piece.stock in stocks:
            data = stocks[piece.stock]
        else:
            data = next(pdfs).data
        if piece.stock is not None:
            stocks[piece.stock] = data
        yield Artifact(piece.path, data, sources)


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


def _typeset(jobs: Iterable[Job], press: Press, on_done: Callable[[str], None]) -> Iterator[Pdf]:
    """Make the PDFs; what the press refuses, such as an image that it cannot read, is for an author to mend."""
    try:
        yield from press.each(jobs, on_done)
    except Refused as refused:
        place = Place(refused.name)
        raise Stopped([Problem(place, f"cannot be printed: {reason}") for reason in refused.reasons]) from refused


class _Anchors(Mapping[str, Set[str]]):
    """The anchors of every page, found when a link asks for them; most pages are never asked for theirs."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages

    def __getitem__(self, path: str) -> Set[str]:
        return prose.ids(prose.tree(self._pages[path])).keys()

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)
