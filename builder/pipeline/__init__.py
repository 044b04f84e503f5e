"""The whole pipeline: a root folder in, frozen values out. Commands and the site's host begin here.

In: folders and options. Out: `Built`, `Stage`, packets. Touches: reads by `sources`; what it makes, others write.
"""

from __future__ import annotations

from builder.pipeline.campaigns import check, choose, read_cohorts
from builder.pipeline.cohorts import Cohorts
from builder.pipeline.curricula import Curricula, compare_states
from builder.pipeline.reading import Built, check_site, public_folders, read, released, source_folders
from builder.pipeline.secrecy import check_editions, check_public, read_public, searched, secrets, veiling
from builder.pipeline.walls import check_files

__all__ = [
    "Built",
    "Cohorts",
    "Curricula",
    "check",
    "check_editions",
    "check_files",
    "check_public",
    "check_site",
    "choose",
    "compare_states",
    "public_folders",
    "read",
    "read_cohorts",
    "read_public",
    "released",
    "searched",
    "secrets",
    "source_folders",
    "veiling",
]
