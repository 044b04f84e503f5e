"""Making: what was read becomes the site's stage with its PDFs, set by a press of several processes.

In: `Built` values. Out: `PreparedSite`, artifacts. Touches nothing itself; what it makes, others write.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder import printing, site
from builder.output import Artifact
from builder.pipeline.progress import Progress, no_progress
from builder.pipeline.reading import Built, check_site
from builder.pipeline.walls import check_stage
from builder.press import Ended, Job, Paper, Pdf, Press, Refused
from builder.printing import Sheets, how_many
from builder.problems import Place, Problem, Stopped
from builder.site import Print, Stage
from builder.sources.files import Reader


def workers() -> int:
    """How many processes to use: one for each processor, at most four."""
    return max(1, min(os.cpu_count() or 1, 4))


def press(*, alone: bool = False) -> Press:
    """Start the processes that set PDFs; or `alone`, for one PDF, use this one only."""
    return Press(0 if alone else workers())


@dataclass(frozen=True, slots=True)
class PreparedSite:
    """A site before its host makes pages of it: what was read, and the stage with its PDFs."""

    built: Built
    stage: Stage


def prepare_site(
    built: Built, paper: Paper | None, press: Press | None = None, progress: Progress = no_progress
) -> PreparedSite:
    """Compose the site's tree; with a press, make the PDFs that it offers."""
    prints: dict[str, list[Print]] = {}
    if press is not None:
        sheets = Sheets(built.documents, built.loaded.images, paper)
        offers, ahead = itertools.tee(printing.offers(sheets))  # the press takes some before the first is made
        steps = how_many(built.documents)
        pdfs = typeset_all((offer.job for offer in ahead), press, progress("Prints", steps))
        for offer, pdf in zip(offers, pdfs, strict=True):
            prints.setdefault(offer.page, []).append(Print(offer.label, pdf))
    return PreparedSite(built, site.stage(built.loaded, built.documents, prints))


def stage_files(prepared: PreparedSite, reader: Reader) -> tuple[Artifact, ...]:
    """The stage as files: `docs/` with all assets, `overrides/` for the theme, and `mkdocs.yml` for any host."""
    config = check_site(reader.root)
    built, made = prepared.built, prepared.stage
    check_stage(made, built.loaded.sources)
    files = {f"docs/{path}": Artifact(f"docs/{path}", data, made.sources[path]) for path, data in made.files.items()}
    for path in reader.files("docs/assets", None):
        if path not in files:  # images are there already, as they were read
            files[path] = Artifact(path, reader.data(path) or b"", (path,))
    for path, file in site.theme.assets().items():
        files.setdefault(f"docs/{path}", Artifact(f"docs/{path}", file.read_bytes(), ()))
    for path, file in site.theme.templates().items():
        files[f"overrides/{path}"] = Artifact(f"overrides/{path}", file.read_bytes(), ())
    text = site.configuration(config, made, built.loaded, "overrides")
    return (*files.values(), Artifact("mkdocs.yml", text.encode(), ("mkdocs.yml",)))


def typeset_all(jobs: Iterable[Job], press: Press, on_done: Callable[[str], None]) -> Iterator[Pdf]:
    """Make the PDFs, in the order of the jobs.

    Raises:
        Stopped: The press refuses a job, for example because of an image that it cannot read, or its process ended.
    """
    try:
        yield from press.each(jobs, on_done)
    except Refused as refused:
        place = Place(refused.name)
        raise Stopped([Problem(place, f"cannot be printed: {reason}") for reason in refused.reasons]) from refused
    except Ended as ended:
        raise Stopped.at(ended.name, f"cannot be printed: {ended.why}") from ended
