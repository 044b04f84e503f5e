"""The project under attack and a browser that watches it: payloads are planted, checked, built and opened.

What is reported is a fault of a wall: something ran, or stands on a page that our own pages have not, or asks another
host; the check named no place, or fell over; or it took what could not be built.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from browser import served
from playwright.sync_api import Browser

from attacks import building, watching
from attacks.fields import Project
from attacks.trying import Attempt, disorder, sift
from attacks.watching import Known, Watch

_OURS = re.compile(r'<link rel="(?:stylesheet|preload|icon)"[^>]*>|<script src="[^"]*assets/[^"]*"></script>')
_NUMBER = re.compile(r"(?:__ran=|attacker\.example/|ran: )(\d+)")

OPENED = ("index.html", "modules/first-steps/index.html", "modules/first-steps/guide.html", "drawings.html")
"""Pages that are opened with their styles and scripts, the first of them also to search from; others are glanced at."""


@dataclass
class Report:
    """What was done, and what was wrong."""

    taken: int = 0
    refused: int = 0
    waiting: int = 0
    sites: int = 0
    pages: int = 0
    families: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tried = self.taken + self.refused + self.waiting
        return (
            f"{tried} payloads planted: {self.refused} refused, {self.taken} taken and built into {self.sites} sites, "
            f"{self.waiting} left out beside another; {self.pages} pages opened; {len(self.faults)} faults"
        )


class Arena:
    """A project, its own site to compare with, and a browser."""

    def __init__(self, project: Project, browser: Browser, folder: Path) -> None:
        self.project = project
        self.report = Report()
        self._browser = browser
        self._folder = folder
        building.keep_edition(project.root)
        clean = self._built("clean", "Notes.")
        self._tags = {tag for page in watching.pages(clean) for tag in _OURS.findall((clean / page).read_text("utf-8"))}
        self._known: Known | None = None
        found = self._watched(clean)
        assert not found, found
        assert self._known

    def sift(self, attempts: Sequence[Attempt]) -> list[Attempt]:
        """Plant payloads, and answer those that the check takes."""
        outcome = sift(self.project, attempts)
        self.report.refused += len(outcome.refused)
        self.report.waiting += len(outcome.waiting)
        self.report.faults += outcome.faults
        for each, problems in outcome.refused:
            self.report.faults += [f"{each}: told as {line}" for line in disorder(problems)]
        return outcome.taken

    def attack(self, attempts: Sequence[Attempt], notes: str = "Notes.") -> None:
        """Plant payloads, and build and open whatever the check takes."""
        self.open(self.sift(attempts), notes)

    def open(self, taken: Sequence[Attempt], notes: str = "Notes.") -> None:
        """Build what is planted now, open it, and report what is seen, with the payloads that it comes from."""
        self.report.sites += 1
        self.report.taken += len(taken)
        self.report.families.update(each.payload.family for each in taken)
        try:
            site = self._built(f"site-{self.report.sites}", notes)
        except Exception as error:  # noqa: BLE001  whatever it is, the check should have said it
            self.report.faults.append(f"taken by the check, and not built: {error} ({self._culprit(taken, notes)})")
            return
        self.report.faults += explained(self._watched(site), taken)
        shutil.rmtree(site)
        shutil.rmtree(site.with_name(f"{site.name}-bare"))

    def _built(self, name: str, notes: str) -> Path:
        folder = self._folder / name
        building.make_site(self.project.root, folder / building.NAME, notes)
        building.make_overviews(self.project.root, folder / "overview")
        (folder / "versions.json").write_text(watching.versions([notes]), encoding="utf-8")
        (folder / watching.BLANK).write_text("", encoding="utf-8")
        return folder

    def _culprit(self, taken: Sequence[Attempt], notes: str) -> str:
        """Which of these cannot be built, found by halves."""
        left = list(taken)
        while len(left) > 1:
            half = left[: len(left) // 2]
            self.project.plant([each.plant for each in half])
            try:
                self._built("halves", notes)
                left = left[len(left) // 2 :]
            except Exception:  # noqa: BLE001  the same
                left = half
            shutil.rmtree(self._folder / "halves", ignore_errors=True)
        return str(left[0]) if left else "without any payload"

    def _watched(self, site: Path) -> list[str]:
        """Open every page of a site: without its policy, so that the other walls stand alone, and with it."""
        bare = self._bare(site)
        pages = watching.pages(site)
        self.report.pages += len(pages)
        with ExitStack() as stack:
            base, plain = (stack.enter_context(served(folder)) for folder in (site, bare))
            without = stack.enter_context(watching.watching(self._browser, site, policy=False, known=self._known))
            under = stack.enter_context(watching.watching(self._browser, site, policy=True, known=self._known))
            without.glance(plain, pages)
            here = [page for page in OPENED if (site / building.NAME / page).is_file()]
            for page in reversed(here):
                without.open(f"{base}{building.NAME}/{page}")
            without.search(watching.WORDS)
            without.unfold()
            for page in here[1:]:
                under.open(f"{base}{building.NAME}/{page}")
            under.open((site / building.NAME / here[0]).as_uri())
            under.search(watching.WORDS[:2])
            return self._concluded([without, under])

    def _concluded(self, watches: Iterable[Watch]) -> list[str]:
        """What was seen; the first time, on pages without payloads, that is what is known afterward."""
        if self._known is None:
            self._known = Known.of(watches)
        return [fault for watch in watches for fault in watch.faults]

    def _bare(self, site: Path) -> Path:
        """The pages of a site without our own styles and scripts, which a glance can do without."""
        bare = site.with_name(f"{site.name}-bare")
        for page in watching.pages(site):
            text = (site / page).read_text("utf-8")
            for tag in self._tags:
                text = text.replace(tag, "")
            (bare / page).parent.mkdir(parents=True, exist_ok=True)
            (bare / page).write_text(text, encoding="utf-8")
        (bare / watching.BLANK).write_text("", encoding="utf-8")
        return bare


def explained(faults: Iterable[str], taken: Sequence[Attempt]) -> list[str]:
    """Faults, each once for one page, with the payloads whose numbers they have in them."""
    numbered = {each.payload.number: each for each in taken}
    found = {}
    for fault in faults:
        numbers = sorted({int(number) for number in _NUMBER.findall(fault)})
        planted = "".join(f"\n    from {numbered[number]}" for number in numbers if number in numbered)
        found.setdefault((tuple(numbers), fault.partition(": ")[2][:30]), fault + planted)
    return list(found.values())
