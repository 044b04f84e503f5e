"""Attacks by those who write no curriculum: organizers with their cohorts, and strangers with archives of editions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import shelves

from attacks.fields import Field, Plant, Project
from attacks.payloads import PAYLOADS
from attacks.trying import Attempt
from attacks.watching import BLANK, pages
from builder import editions
from builder.editions import Manifest
from builder.problems import Stopped

HOLES = {
    "script": "<script>RUN</script>",
    "handler": "<img src=x onerror=RUN>",
    "quiet-handler": "<b onclick=RUN>x</b>",
    "link": "<a href=' java\tscript:RUN'>x</a>",
    "address": "<form action=javascript:RUN></form>",
    "data": "<a href=data:text/html,x>x</a>",
    "frame": "<iframe srcdoc='<script>RUN</script>'></iframe>",
    "style": "<p style=position:fixed;inset:0>x</p>",
    "sheet": "<style>p{color:red}</style>",
    "request": "<img src=HOST>",
    "head": "<link rel=preload as=image href=HOST>",
    "refresh": "<meta http-equiv=refresh content=9;url=HOST>",
    "base": "<base href=HOST>",
    "drawing": "<svg><a xlink:href=javascript:RUN><text>x</text></a></svg>",
    "template": "<template><img src=x onerror=RUN></template>",
    "policy": "<meta http-equiv=content-security-policy content=\"img-src 'none'\"><img src=x>",
}
"""Pages without any wall, one for each thing that a watch must see."""

SEEN = {
    "script": "ran: 7",
    "handler": "ran: 7",
    "quiet-handler": "handler onclick",
    "link": "javascript: in href",
    "address": "javascript: in action",
    "data": "data: in href",
    "frame": "srcdoc",
    "style": "style: ",
    "sheet": "element: <style>",
    "request": "asks https://attacker.example/7",
    "head": "asks https://attacker.example/7",
    "refresh": "element: <meta",
    "base": "element: <base",
    "drawing": "javascript: in xlink:href",
    "template": "handler onerror",
    "policy": "stopped by the policy: img-src",
}
"""What the watch says of each."""


def cohorts(project: Project) -> Iterator[list[Attempt]]:
    """No payload at first; then cohorts of many teams, in which each payload names a team, a person and a place."""
    yield []
    path = "cohorts/trial/cohort.yml"
    text = project.files[path].text
    start = text.index("pairs:\n")
    chance = random.Random(5)
    inline = [each for each in PAYLOADS if each.form == "inline"]
    for first in range(4):
        batch = []
        for each in inline[first::4]:
            place = Field(path, f"team {each.number}", start, start, "", indent=6)
            name = place.written(each.text, block=chance.random() < 0.5)
            rest = f"place: {place.written(each.text)}\n    facilitators:\n      - {{name: {place.written(each.text)}}}"
            team = f"  - id: t{each.number}\n    name: {name}\n    {rest}\n    meetings: [{{module: first-steps}}]\n"
            batch.append(Attempt(each, Plant(place, team, raw=True)))
        yield batch


def publish(shelf: Path, public: Path, texts: Sequence[str]) -> int:
    """Publish editions whose titles, notes and words of withdrawal are these texts; answer how many were published."""
    names = []
    for number, text in enumerate(texts):
        name = f"2026.{number + 1}"
        manifest = Manifest(
            format=1, name=name, date=dt.date(2026, 11, 24), title=f"{text} title", notes=f"Notes. {text}",
            root="https://steps.example.edu/", commit=text, tools={text: text}, files={},
        )  # fmt: skip
        target = shelf / f"{name}.zip"
        try:
            with editions.room(shelf, lambda _: None) as room:
                editions.pack(room, target, manifest, shelves.contents(name))
            editions.open_archive(target)
        except Stopped:
            target.unlink(missing_ok=True)
            continue
        names.append(name)
        if number % 2:
            (shelf / f"{name}.withdrawn.txt").write_text(text, encoding="utf-8")
    try:
        found = editions.read_shelf(shelf)
    except Stopped as stopped:  # words of withdrawal that nobody should be shown
        for path in {problem.place.path for problem in stopped.problems}:
            Path(path).write_text("Words.", encoding="utf-8")
        found = editions.read_shelf(shelf)
    editions.publish(found, public)
    (public / BLANK).write_text("", encoding="utf-8")
    return len(names)


def beside(public: Path) -> list[str]:
    """The pages that are made by publishing, and not by an edition."""
    made = [page for page in pages(public) if "/" not in page or page.startswith(("editions/", "latest/"))]
    gone = [page for page in pages(public) if "was withdrawn" in (public / page).read_text(encoding="utf-8")]
    return [*made, *gone]
