"""How long and how hard a reading is, measured on its running text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import textstat

from builder import dialect

WORDS_A_MINUTE = 200
"""Slower than the 238 words a minute of adults reading silently (Brysbaert 2019): on a phone, with pauses to think."""

_RUNNING = {"p", "li", "dd", "dt", "td", "th", "h2", "h3", "h4"}
_BLOCKS = {"p", "ul", "ol", "table", "blockquote", "div"}
_EXERCISE = re.compile(r'^!!! (?:practice|reflection) ".*\((\d+) minutes?\)"$', re.MULTILINE)


@dataclass(frozen=True)
class Level:
    """What was measured of a reading."""

    words: int
    grade: float  # Flesch-Kincaid, by textstat
    minutes: int  # of reading and exercises, rounded up


def measured(markdown: str) -> Level:
    """Measure what everyone reads: citations, facilitators' blocks and what figures show in words left out."""
    text, _ = dialect.split_audiences(markdown)
    running = " ".join(_sentences(dialect.tree(re.sub(r"\s*\[@[^\]]*\]", "", text))))
    words = len(running.split())
    exercises = sum(int(minutes) for minutes in _EXERCISE.findall(text))
    grade = round(textstat.flesch_kincaid_grade(running), 1)
    return Level(words, grade, math.ceil(words / WORDS_A_MINUTE + exercises))


def _sentences(node: dialect.Node) -> Iterator[str]:
    """The text of a tree, each paragraph, heading and item ending as a sentence does."""
    for child in node["c"]:
        if not isinstance(child, dict) or "figure" in dialect.classes(child):
            continue
        parts = {each["t"] for each in child["c"] if isinstance(each, dict)}
        if child["t"] in _RUNNING and not parts & _BLOCKS:
            said = dialect.words(child)
            yield said if said.endswith((".", "?", "!", ":", "”")) else f"{said}."
        else:
            yield from _sentences(child)
