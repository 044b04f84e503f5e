"""The site as any host builds it: its stage, and the settings by which a host makes pages of it.

In: composed documents, PDFs, images, sources, `mkdocs.yml`. Never a cohort. Out: a `Stage`, settings, problems of them.
Touches nothing itself.
"""

from __future__ import annotations

from builder.site import theme
from builder.site.fixed import PLUGINS, fixed
from builder.site.searching import searchable
from builder.site.settings import (
    CONFIGURATION,
    check_configuration,
    check_host,
    configuration,
    edition,
    frame,
    look,
    output,
    settings,
)
from builder.site.stages import Print, Stage, body, stage

__all__ = [
    "CONFIGURATION",
    "PLUGINS",
    "Print",
    "Stage",
    "body",
    "check_configuration",
    "check_host",
    "configuration",
    "edition",
    "fixed",
    "frame",
    "look",
    "output",
    "searchable",
    "settings",
    "stage",
    "theme",
]
