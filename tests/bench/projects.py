"""Scratch projects: a copy of this one, the same with any number of modules, cohorts of any number of teams.

Synthetic modules are the six real ones again and again, with ids, links and works of their own and a word of their own
in every text, so that nothing which the builder remembers of one text can serve for another.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from bench.measuring import ROOT

SOURCES = ("modules", "docs", "cohorts/sample-2021")
DATA = frozenset(["id", "ids", "kind", "lead", "verb", "reference", "format", "objectives", "questions"])
NOTES = frozenset(["verified", "verified_at", "fields_from_memory", "supports", "caution", "modules"])
SHARED = 3  # so many copies of the six modules share a copy of the works: the list of works is one file of limited size
MEETINGS = 6


def copied(target: Path) -> Path:
    """Copy everything that the builder reads."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    return target


def with_modules(target: Path, count: int) -> Path:
    """A copy with so many modules, and a list of works that grows in proportion."""
    copied(target)
    folder = target / "modules"
    settings = _read(folder / "curriculum.yml")
    works = _read(folder / "references.yml")
    first = tuple(settings["modules"])
    names = Renaming(
        {*first, *(each["id"] for id in first for each in _read(folder / id / "module.yml")["questions"])},
        {work["id"] for work in works},
    )
    for nth in range(len(first), count):
        _write_module(folder, first[nth % len(first)], nth // len(first), names)
    settings["modules"] = [_named(first[nth % len(first)], nth // len(first)) for nth in range(count)]
    more = (count - 1) // len(first) // SHARED
    works += [_own(work, again) for again in range(1, more + 1) for work in works]
    _dump(folder / "curriculum.yml", settings)
    _dump(folder / "references.yml", works)
    return target


class Renaming:
    """Gives the ids in a text the number of their copy."""

    def __init__(self, ids: set[str], works: set[str]) -> None:
        self._links = re.compile(rf"\b(module|guide|handout|question):({_any(ids)})(?![\w-])")
        self._works = re.compile(rf"(?<=@)({_any(works)})(?![\w-])")
        self.ids = ids | works

    def text(self, text: str, again: int) -> str:
        """A text with its links and citations renamed."""
        text = self._links.sub(lambda found: f"{found[1]}:{_named(found[2], again)}", text)
        return self._works.sub(lambda found: _named(found[1], again // SHARED), text)

    def value(self, value: Any, again: int, key: str = "") -> Any:
        """Everything in a YAML file, renamed; texts get the number of the copy as a word of their own."""
        if isinstance(value, dict):
            return {name: self.value(inside, again, str(name)) for name, inside in value.items()}
        if isinstance(value, list):
            return [self.value(inside, again, key) for inside in value]
        if not isinstance(value, str):
            return value
        if key in DATA:
            own = again // SHARED if key == "reference" else again
            return _named(value, own) if value in self.ids else value
        return f"{self.text(value, again)} {again}" if " " in value else value


def cohort(folder: Path, teams: int) -> Path:
    """A folder of cohorts with one cohort of so many teams, each with six meetings, eight members and full data."""
    modules = _read(ROOT / "modules" / "curriculum.yml")["modules"][:MEETINGS]
    data = {
        "format": 1,
        "name": f"A synthetic cohort of {teams} teams",
        "start": "2027-01-04",
        "end": "2027-12-31",
        "time_zone": "America/Los_Angeles",
        "meeting_minutes": 60,
        "teams": [_team(number, modules) for number in range(1, teams + 1)],
    }
    (folder / "synthetic").mkdir(parents=True)
    _dump(folder / "synthetic" / "cohort.yml", data)
    return folder


def _team(number: int, modules: list[str]) -> dict[str, Any]:
    first = dt.date(2027, 1, 4) + dt.timedelta(days=number % 50)
    start = f"{8 + number % 10:02}:{number % 4 * 15:02}"
    return {
        "id": f"team-{number}",
        "name": f"Team {number}",
        "facilitators": [{"name": f"Facilitator {each} of team {number}"} for each in "AB"],
        "members": [{"name": f"Participant {number}-{each}"} for each in range(1, 9)],
        "place": f"Room {number}",
        "meetings": [
            {"module": module, "date": (first + dt.timedelta(weeks=4 * nth)).isoformat(), "start": start}
            for nth, module in enumerate(modules)
        ],
    }


def _write_module(folder: Path, id: str, again: int, names: Renaming) -> None:
    target = folder / _named(id, again)
    shutil.copytree(folder / id, target)
    _dump(target / "module.yml", names.value(_read(folder / id / "module.yml"), again))
    for path in sorted(target.rglob("*.md")):
        text = names.text(path.read_text(encoding="utf-8"), again)
        path.write_text(re.sub(r"([a-z])\.$", rf"\1 {again}.", text, flags=re.MULTILINE), encoding="utf-8")


def _named(id: str, again: int) -> str:
    return f"{id}-{again}" if again else id


def _own(work: dict[str, Any], again: int) -> dict[str, Any]:
    """A work's entry for a copy, without our notes, which would make the list longer than a file may be."""
    printed = {key: value for key, value in work.items() if key not in NOTES}
    return {**copy.deepcopy(printed), "id": _named(work["id"], again), "title": f"{work['title']} {again}"}


def _any(words: set[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def _dump(path: Path, data: Any) -> None:
    path.write_text(
        yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8"
    )
