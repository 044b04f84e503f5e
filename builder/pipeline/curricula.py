"""The curriculum in work and released editions of it: each is read at its first use, and once.

In: a root folder, and a folder of editions. Out: what is in them. Touches: reads, by `editions` and `releases`.
"""

from __future__ import annotations

from pathlib import Path

from builder import changes, editions
from builder.changes import Changes
from builder.loading.curriculum import Loaded
from builder.model.cohorts import CohortFile, Outline
from builder.model.release import Release
from builder.pipeline import releases
from builder.pipeline.reading import Built, read, released


class Curricula:
    """States of a curriculum by the names of editions, None for the one in work.

    Every method raises `Stopped` if an edition is not at hand, or if sources cannot be read.
    """

    def __init__(self, root: Path, shelf: Path | None = None, work: Built | None = None) -> None:
        self.root = root
        self.shelf = shelf or root / editions.FOLDER
        self._built: dict[str | None, Built] = {} if work is None else {None: work}
        self._loaded: dict[str, tuple[Loaded, Release]] = {}

    def loaded(self, name: str | None) -> Loaded:
        """What authors wrote."""
        return self.built(None).loaded if name is None else self._released(name)[0]

    def built(self, name: str | None) -> Built:
        """What authors wrote, and the documents composed from it; an edition as it was released."""
        if name not in self._built:
            self._built[name] = read(self.root) if name is None else released(self.root, *self._released(name))
        return self._built[name]

    def outline(self, name: str | None) -> Outline:
        """The modules and plans that cohorts may name."""
        found = self.loaded(name).curriculum
        return Outline(
            modules=tuple(module.id for module in found.modules),
            plans=found.settings.meeting_lengths,
            leaders=found.leaders,
        )

    def since(self, cohort: CohortFile) -> Changes | None:
        """The changes for the teams of a cohort since the edition that they have on paper; None if they have none."""
        if cohort.changes_since is None:
            return None
        return compare_states(self.loaded(cohort.changes_since), self.loaded(cohort.edition))

    def as_edition(self, release: Release) -> Built:
        """The curriculum in work as an edition, with the changes since the one before it."""
        stamped = releases.stamped(self.loaded(None), release)
        changes = None if release.before is None else compare_states(self.loaded(release.before), stamped)
        return released(self.root, stamped, release, changes)

    def _released(self, name: str) -> tuple[Loaded, Release]:
        if name not in self._loaded:
            archive = editions.find_edition(self.shelf, name)
            self._loaded[name] = releases.load(archive), archive.manifest
        return self._loaded[name]


def compare_states(old: Loaded, new: Loaded) -> Changes:
    """What changed from one state to another."""
    return changes.between(old.curriculum, new.curriculum, (old.images, new.images))
