"""Building what the check took: as an edition, with its page of what changed, and without PDFs, as a preview."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import mkdocs.commands.build
import shelves
from mkdocs.config import load_config

from attacks.watching import BLANK
from builder import pipeline
from builder.model.release import Release
from builder.packets import orders
from builder.pipeline import Curricula, making, releases
from builder.printing import Sheets

BEFORE, NAME, DAY = "2026.1", "2026.2", dt.date(2026, 11, 24)


def keep_edition(root: Path) -> None:
    """Put the project as it stands onto its shelf, as the edition before the one that is built."""
    files = shelves.contents(BEFORE) | releases.sources(root)
    shelves.shelve(root / "editions", BEFORE, files, root="https://steps.example.edu/")


def make_site(root: Path, folder: Path, notes: str = "Notes.") -> None:
    """Build the site of the project as it stands into a folder, as edition 2026.2."""
    curricula = Curricula(root)
    release = Release(name=NAME, date=DAY, notes=notes, root="https://steps.example.edu/", before=BEFORE)
    built = curricula.as_edition(release)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(folder))
    plugin = config.plugins["curriculum"]
    plugin.prepared = making.prepare_site(built, "letter")
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs.commands.build.build(config)
    config.plugins.on_shutdown()


def make_overviews(root: Path, folder: Path) -> None:
    """Make the overview of each cohort of the project as it stands, which organizers open from their disks."""
    folder.mkdir()
    (folder / BLANK).write_text("", encoding="utf-8")
    curricula = Curricula(root)
    found, _ = pipeline.read_cohorts(curricula, pipeline.Cohorts(root))
    sheets = Sheets(curricula.built(None).documents, {}, "letter")
    for cohort in found:
        made = orders.packet_files(orders.Order(cohort, cohort.file.teams), sheets)
        page = next(piece.data for piece in made if piece.path == "index.html")
        assert page is not None
        (folder / cohort.id).mkdir()
        (folder / cohort.id / "index.html").write_bytes(page())
