"""The curriculum and the small one of the tests, each read when a test first asks for it, and once in each process.

Nothing is read while tests are collected: parameters are names of folders, and a fixture looks up what they name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conftest import ROOT
from planting import SMALL as FOLDER_OF_SMALL

from builder import pipeline
from builder.documents import Apparatus
from builder.model.cohorts import Cohort
from builder.model.curriculum import Curriculum


@dataclass(frozen=True)
class Once:
    """A folder of sources, and what it is read as. All of it is frozen, so tests may share it."""

    root: Path

    @cached_property
    def built(self) -> pipeline.Built:
        """All that is read and composed of the sources."""
        return pipeline.read(self.root)

    @property
    def curriculum(self) -> Curriculum:
        """The curriculum alone."""
        return self.built.loaded.curriculum

    @property
    def apparatus(self) -> Apparatus:
        """What its documents were composed with."""
        return self.built.documents.apparatus

    @cached_property
    def cohorts(self) -> tuple[Cohort, ...]:
        """The cohorts beside it."""
        return pipeline.read_cohorts(pipeline.Curricula(self.root, work=self.built), pipeline.Cohorts(self.root))[0]


OURS = Once(ROOT)
SMALL = Once(FOLDER_OF_SMALL)
MODULES = sorted(path.parent.name for path in (ROOT / "modules").glob("*/module.yml"))
"""The ids of our modules, not in the order of the curriculum."""
