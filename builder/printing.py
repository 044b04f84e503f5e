"""What is printed: documents become jobs for the press, with the facts that running headers and covers show.

In: documents, cohorts. Out: `Job` values. Touches nothing.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import segno

from builder import clock, documents, prose
from builder.documents import Apparatus, Documents
from builder.kinds import is_placeholder
from builder.model import Document, Module
from builder.press import Job, Layout, Node, Paper
from builder.teams import Cohort, Meeting, Team


@dataclass(frozen=True, slots=True)
class _Held:
    """What the press must be given besides a tree: the images that it names, and the blanks that it leaves."""

    images: frozenset[str]
    blanks: frozenset[str]


class Sheets:
    """The print trees of all guides and handouts, each made when it is first asked for, and shared by every packet."""

    def __init__(self, documents: Documents, images: Mapping[str, bytes], paper: Paper) -> None:
        self.documents, self.images, self.paper = documents, images, paper
        self._url = public_url(documents)
        self._made: dict[tuple[str, int], Node] = {}
        self._held: dict[int, _Held] = {}  # by the identity of a tree that is kept above

    def guide(self, module: str, minutes: int) -> Node:
        """A module's guide for meetings of so many minutes."""
        return self._tree((module, minutes), lambda: self.documents.guide(module, minutes))

    def handout(self, module: str) -> Node:
        """A module's handout."""
        return self._tree((module, 0), lambda: self.documents.handouts[module])

    def copy(self, reader: str) -> Node:
        """The mentor's or the student's copy of the conversations of a pair."""
        return self._tree((f"one-to-one/{reader}", 0), lambda: self.documents.conversations[reader])

    def _tree(self, key: tuple[str, int], document: Callable[[], Document]) -> Node:
        if key not in self._made:
            self._made[key] = tree = print_tree(document(), self._url)
            self._held[id(tree)] = _held(tree)
        return self._made[key]

    def held(self, trees: Iterable[Node]) -> _Held:
        """What several trees hold; those that packets share are looked through once."""
        each = [self._held.get(id(tree)) or _held(tree) for tree in trees]
        return _Held(frozenset().union(*(one.images for one in each)), frozenset().union(*(one.blanks for one in each)))


def module_jobs(sheets: Sheets) -> Iterator[Job]:
    """The PDFs that the site offers: a guide and a handout for each module."""
    curriculum = sheets.documents.apparatus.curriculum
    plan = max(curriculum.settings.meeting_lengths)
    for module in curriculum.modules:
        yield _module_job(sheets, module, "guide", sheets.guide(module.id, plan), sheets.documents.guides[module.id])
        yield _module_job(sheets, module, "handout", sheets.handout(module.id), sheets.documents.handouts[module.id])


def _module_job(sheets: Sheets, module: Module, layout: Layout, tree: Node, document: Document) -> Job:
    facts = {
        "title": document.title,
        "module_title": _typographic(module.file.short_title),
        "module_number": module.number,
    }
    return Job(
        name=f"modules/{module.id}/{module.id}-{layout}.pdf",
        layout=layout,
        facts=_facts(sheets, layout) | facts,
        trees={layout: tree},
        images=_images(sheets, sheets.held([tree])),
        paper=sheets.paper,
    )


def copy_jobs(sheets: Sheets) -> Iterator[Job]:
    """The PDFs of the conversations of a pair, where there are any: one for each of the two."""
    for reader in ("mentor", "student") if sheets.documents.conversations else ():
        tree = sheets.copy(reader)
        kind = _typographic(f"{reader.capitalize()}'s copy")
        facts = {
            "title": sheets.documents.conversations[reader].title,
            "short_title": "One to one",
            "copy": kind,
        }
        yield Job(
            name=f"one-to-one/one-to-one-{reader}.pdf",
            layout="copy",
            facts=_facts(sheets, "copy") | facts,
            trees={"copy": tree},
            images=_images(sheets, sheets.held([tree])),
            paper=sheets.paper,
        )


def packet_job(sheets: Sheets, cohort: Cohort, team: Team) -> Job:
    """One team's packet: cover, calendar, and for each meeting its run sheet, guide and handout."""
    apparatus = sheets.documents.apparatus
    trees = {"calendar": prose.tree(documents.calendar(apparatus, cohort, team))}
    meetings = []
    for number, meeting in enumerate(team.meetings, 1):
        run_sheet = f"run-sheet-{number}"
        head = prose.tree(documents.run_sheet(apparatus, team, meeting))
        trees[run_sheet] = {**head, "c": [*head["c"], *_agenda(apparatus, cohort, meeting)["c"]]}
        trees[f"guide-{meeting.module}"] = sheets.guide(meeting.module, cohort.file.meeting_minutes)
        trees[f"handout-{meeting.module}"] = sheets.handout(meeting.module)
        meetings.append(_meeting(sheets, number, meeting, run_sheet))
    held = sheets.held(trees.values())
    facts = _facts(sheets, "packet") | _cover(sheets, cohort, team)
    return Job(
        name=f"{cohort.id}/{team.id}/packet.pdf",
        layout="packet",
        facts=facts | {"meetings": meetings, "blanks": sorted(held.blanks)},
        trees=trees,
        images=_images(sheets, held),
        paper=sheets.paper,
    )


def _agenda(apparatus: Apparatus, cohort: Cohort, meeting: Meeting) -> Node:
    """A meeting's agenda in the hours of its day; while it has no start yet, its clock begins at 0:00."""
    module, plan = apparatus.curriculum.module(meeting.module), cohort.file.meeting_minutes
    tree = prose.tree(documents.agenda(apparatus, module, plan))  # once for all teams
    if meeting.start is None:
        return tree
    slots = clock.on_the_day(module, plan, meeting.start)
    return _at_hours(tree, [*(slot.clock for slot in slots), slots[-1].until])


def _at_hours(node: Node, hours: list[str]) -> Node:
    """Copy an agenda with these hours in its first column, which holds nothing else."""
    if node["t"] == "tbody":
        rows = zip(node["c"], hours, strict=True)
        return {**node, "c": [{**row, "c": [_saying(row["c"][0], hour), *row["c"][1:]]} for row, hour in rows]}
    return {**node, "c": [_at_hours(child, hours) if isinstance(child, dict) else child for child in node["c"]]}


def _saying(cell: Node, hour: str) -> Node:
    return {**cell, "c": [{**cell["c"][0], "c": [hour]}]}


def _images(sheets: Sheets, held: _Held) -> dict[str, bytes]:
    return {name: sheets.images[name] for name in sorted(held.images)}


def _held(tree: Node) -> _Held:
    """What a tree holds; a blank has the name of what a program has yet to supply."""
    nodes = list(prose.walk(tree))
    blanks = {prose.words(node).removeprefix(documents.BLANK_SAYS) for node in nodes if "blank" in prose.classes(node)}
    return _Held(frozenset(node["src"] for node in nodes if node["t"] == "img"), frozenset(blanks - {""}))


def print_tree(document: Document, url: str | None) -> Node:
    """A document's tree as it prints: without what only the page offers, with links that hold on paper."""
    text = document.markdown.replace(f"\n{documents.PDF_HERE}\n", "\n")
    folder = posixpath.dirname(document.path)
    return _with_sources(prose.with_links(prose.tree(text), _on_paper(folder, url)), folder)


def _typographic(text: str) -> str:
    """Plain text with the apostrophe that the converter gives to all other text."""
    return re.sub(r"(?<=\w)'(?=\w)", "\N{RIGHT SINGLE QUOTATION MARK}", text)


def public_url(documents: Documents) -> str | None:
    """The address of the site with a slash at its end; None while it is a placeholder."""
    url = documents.apparatus.curriculum.settings.url
    return None if is_placeholder(url) else url.rstrip("/") + "/"


def _on_paper(folder: str, url: str | None) -> Callable[[str], str | None]:
    def resolve(href: str) -> str | None:
        if href.startswith("#") or re.match(r"[a-z]+:", href):
            return href
        if url is None:
            return None
        path, _, anchor = href.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path))
        return url + re.sub(r"\.md$", ".html", target) + (f"#{anchor}" if anchor else "")

    return resolve


def _with_sources(node: Node, folder: str) -> Node:
    """Copy a tree with each image named by its path under the root."""
    children = [_with_sources(child, folder) if isinstance(child, dict) else child for child in node["c"]]
    made = {**node, "c": children}
    if "src" in node:
        made["src"] = posixpath.normpath(posixpath.join(folder, node["src"]))
    return made


def _facts(sheets: Sheets, kind: str) -> dict[str, Any]:
    settings = sheets.documents.apparatus.curriculum.settings
    stamp = dt.datetime.combine(settings.edition_date, dt.time(12), tzinfo=dt.UTC)
    return {
        "kind": kind,
        "language": settings.language,
        "curriculum": settings.title,
        "subtitle": settings.subtitle,
        "edition": settings.edition,
        "license": settings.license.name,
        "provenance": prose.words(prose.tree(settings.provenance)),
        "contact": None if is_placeholder(settings.contact.email) else settings.contact.email,
        "timestamp": int(stamp.timestamp()),
    }


def _cover(sheets: Sheets, cohort: Cohort, team: Team) -> dict[str, Any]:
    url = public_url(sheets.documents)
    return {
        "title": f"Facilitator packet: {team.name}",
        "team": _typographic(team.name),
        "cohort": cohort.file.name,
        "draft": prose.words(prose.tree(sheets.documents.apparatus.curriculum.settings.provenance)),
        "dates": f"{clock.day(cohort.file.start)} to {clock.day(cohort.file.end)}",
        "time_zone": cohort.file.time_zone,
        "facilitators": [person.name for person in team.facilitators],
        "facilitators_missing": max(0, 2 - len(team.facilitators)),  # a blank line prints for each
        "members": [person.name for person in team.members],
        "place": team.place,
        "link": team.link,
        "url": url,
        "qr": segno.make(url, error="m").svg_inline(scale=4, border=2) if url else None,
    }


def _meeting(sheets: Sheets, number: int, meeting: Meeting, run_sheet: str) -> dict[str, Any]:
    module = sheets.documents.apparatus.curriculum.module(meeting.module)
    title = _typographic(module.file.short_title)
    return {
        "title": f"Meeting {number}: {title}",
        "number": number,
        "when": clock.when(meeting),
        "start": meeting.start.hour * 60 + meeting.start.minute if meeting.start else None,  # minutes after midnight
        "parts": [
            {"kind": "run-sheet", "title": title, "tree": run_sheet},
            {"kind": "guide", "title": title, "tree": f"guide-{module.id}"},
            {"kind": "handout", "title": title, "tree": f"handout-{module.id}"},
        ],
    }
