"""Reading: the sources of a curriculum, or of a released edition, become one checked value with its documents.

In: a root folder, or an archive. Out: `Built`. Touches: reads, by `sources`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from builder import dialect, documents, site
from builder.changes import Changes
from builder.checking import glyphs, strays
from builder.checking.texts import check_anchors, follow_link
from builder.documents import Documents
from builder.loading import curriculum
from builder.loading.curriculum import Loaded
from builder.model.release import Release
from builder.pipeline.walls import check_composed
from builder.problems import Problem, Problems, Stopped
from builder.sources.files import Reader

Refused = Callable[[Path, str], Iterable[tuple[str, str]]]
"""Takes a root folder and the text of its `mkdocs.yml`; returns the keys whose values a host refuses, and why."""


@dataclass(frozen=True, slots=True)
class Built:
    """A curriculum without problems, its documents, and notices about it."""

    root: Path
    loaded: Loaded
    documents: Documents
    notices: tuple[Problem, ...]


def read(root: Path) -> Built:
    """Load, check and compose everything public.

    Raises:
        Stopped: With all problems, if there are any.
    """
    problems = Problems()
    reader = Reader(root, problems)
    loaded = curriculum.load(reader, problems)
    glyphs.check_glyphs(reader, "modules", problems)
    strays.report_leftovers(reader, ("docs", "modules"), curriculum.not_published(reader), problems)
    if loaded is None:
        raise Stopped(problems)
    composed = documents.compose(loaded.curriculum)
    staged = site.stage(loaded, composed, {})
    pages = _Anchors({each.path: site.body(staged.files[each.path].decode()) for each in composed.all})
    for link in loaded.links:
        follow_link(link, pages, problems)
    check_anchors(loaded.sources, composed.all, problems)
    check_composed(staged, loaded.sources, problems)
    problems.stop_if_any()
    return Built(root, loaded, composed, tuple(problems))


def released(root: Path, loaded: Loaded, release: Release, changes: Changes | None = None) -> Built:
    """An edition with its documents, from a curriculum that has the edition's name already."""
    return Built(root, loaded, documents.compose(loaded.curriculum, release, changes), ())


def source_folders(root: Path) -> dict[str, Path]:
    """Folders of sources, by their names in messages; no output may overlap them."""
    return {name: root / name for name in ("modules", "docs", "builder", "tests", "cohorts")}


def public_folders(root: Path) -> dict[str, Path]:
    """Folders that are public or will be, by their names in messages; no packet may be written there."""
    named = site.output(Reader(root, Problems()))
    folders = {"the site": root / "site", "editions": root / "editions", "the published site": root / "public"}
    return folders | ({f"site_dir of {site.CONFIGURATION}": root / named} if named else {})


def check_site(root: Path, refused: Refused = lambda *_: ()) -> str:
    """Check what only the site needs, and return the text of `mkdocs.yml`.

    The host checks its settings only once our own checks find nothing, because it runs what it reads.

    Raises:
        Stopped: With all problems, if there are any.
    """
    problems = Problems()
    text = site.check_configuration(Reader(root, problems), problems)
    problems.stop_if_any()
    site.check_host(text, refused(root, text), root, problems)
    problems.stop_if_any()
    return text


class _Anchors(Mapping[str, Set[str]]):
    """The anchors of every page as staged; `check_composed` shares the conversion."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages
        self._found: dict[str, Set[str]] = {}

    def __getitem__(self, path: str) -> Set[str]:
        if path not in self._found:
            self._found[path] = dialect.ids(dialect.tree(self._pages[path])).keys()
        return self._found[path]

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)
