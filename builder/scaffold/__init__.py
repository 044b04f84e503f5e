"""Beginnings: a small curriculum, a module and a cohort, as files for authors to write on.

In: a title, ids, and what a curriculum says of itself. Out: texts by their paths. Touches nothing but our own package
data. Each passes a check as it is; what is still to be written begins with `dialect.marks.TO_WRITE`.
"""

from __future__ import annotations

import datetime as dt
import importlib.resources
import json
from collections.abc import Mapping, Sequence

from builder.scaffold.listing import with_module

__all__ = ["cohort", "curriculum", "module", "with_module"]

_CURRICULUM = {
    ".editorconfig": "editorconfig.txt",
    ".github/workflows/check.yml": "check-workflow.yml",
    ".gitignore": "gitignore.txt",
    ".vscode/extensions.json": "vscode-extensions.txt",
    "README.md": "README.md",
    "docs/about.md": "about.md",
    "mkdocs.yml": "mkdocs.yml",
    "modules/asking/handouts/sheet.md": "asking-sheet.md",
    "modules/asking/module.yml": "asking-module.yml",
    "modules/asking/reading.md": "asking-reading.md",
    "modules/curriculum.yml": "curriculum.yml",
    "modules/facilitation.yml": "facilitation.yml",
    "modules/glossary.yml": "glossary.yml",
    "modules/references.yml": "references.yml",
    "modules/waiting/module.yml": "waiting-module.yml",
    "modules/waiting/reading.md": "waiting-reading.md",
    "requirements.txt": "requirements.txt",
}
"""The files of a new curriculum, by their paths, each with its template."""

_MODULE = {"module.yml": "module.yml", "reading.md": "module-reading.md"}


def curriculum(title: str, program: str, version: str, today: dt.date) -> dict[str, str]:
    """Write a small, complete curriculum of this title, for a program of this name and version."""
    plain = {"PROGRAM": program, "VERSION": version, "TODAY": today.isoformat()}
    quoted = {"TITLE": json.dumps(title, ensure_ascii=False)}
    return {
        path: _filled(template, plain | ({"TITLE": title} if path.endswith(".md") else quoted))
        for path, template in _CURRICULUM.items()
    }


def module(id: str, plans: Sequence[int]) -> dict[str, str]:
    """Write the files of a module for meetings of so many minutes, by their paths in its folder."""
    edge = {plan: max(1, plan // 6) for plan in plans}
    words = {
        "ID": id,
        "OPENING": _mapping(edge),
        "DISCUSSION": _mapping({plan: plan - 2 * edge[plan] for plan in plans}),
        "CLOSING": _mapping(edge),
    }
    return {path: _filled(template, words) for path, template in _MODULE.items()}


def cohort(id: str, modules: Sequence[str], minutes: int, today: dt.date) -> dict[str, str]:
    """Write the file of a cohort whose one team meets on each module, by its path in the cohort's folder."""
    meetings = "\n".join(f"      - {{module: {each}}}" for each in modules)
    end = today + dt.timedelta(days=182)
    words = {"ID": id, "START": today.isoformat(), "END": end.isoformat(), "MINUTES": str(minutes)}
    return {"cohort.yml": _filled("cohort.yml", words | {"MEETINGS": meetings})}


def _mapping(minutes: Mapping[int, int]) -> str:
    return f"{{{', '.join(f'{plan}: {each}' for plan, each in minutes.items())}}}"


def _filled(template: str, words: Mapping[str, str]) -> str:
    text = (importlib.resources.files(__name__) / "templates" / template).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@@{word}@@", value)
    return text
