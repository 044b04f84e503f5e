"""Signs that cannot be printed, told where they were written instead of when a page with them is set.

In: a folder of sources that may go into print. Out: problems with their places, one for each sign and file. Touches:
reads, by `sources`. Pages under `docs/` are never printed by us, so they may hold any sign that a browser can show.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from builder.model.pages import REFERENCES
from builder.model.works import NOT_PRINTED, OURS
from builder.press.coverage import lacking
from builder.problems import Place, Problems
from builder.sources import images
from builder.sources.files import Reader, Source
from builder.sources.signs import is_invisible
from builder.sources.yaml import parse

_TEXTS = frozenset({".md", ".yml"})

_DRAWINGS = frozenset({".svg"})

_BESIDE_WORKS = NOT_PRINTED.union(OURS)
"""Keys of a work whose texts are never set."""

_ENTITY = re.compile(r"&#?\w+;")

_ESCAPE = re.compile(r"\\[xuUN_LP]|&#?\w+;")
"""Ways to write a sign without typing it, in YAML and in Markdown."""


def check_glyphs(reader: Reader, folder: str, problems: Problems) -> None:
    """Tell every sign in a folder's texts that no face of the print has."""
    for path in reader.files(folder, _TEXTS):
        source = reader.text(path)
        if source is None or not (lacking(source.text) or _ESCAPE.search(source.text)):
            continue
        told: set[str] = set()
        for start, end, text in _texts(source):
            for sign in lacking(html.unescape(text)):
                if sign not in told and not is_invisible(sign):  # which those who read the file tell
                    told.add(sign)
                    problems.add(_place(source, sign, start, end), _message(sign))
    for path in reader.files(folder, _DRAWINGS):
        _check_drawing(reader, path, problems)


def _check_drawing(reader: Reader, path: str, problems: Problems) -> None:
    """Report every sign in a drawing's texts that no face of the print has."""
    data = reader.data(path, images.MAX_BYTES, images.remedy(path))
    reported: set[str] = set()
    for place, text in images.words_of_drawing(reader.name(path), data) if data else ():
        for sign in lacking(text):
            if sign not in reported:
                reported.add(sign)
                problems.add(place, _message(sign))


def _texts(source: Source) -> Iterator[tuple[int, int, str]]:
    """Each text that a file holds, and where; comments in YAML are nobody's text."""
    if source.path.endswith(".md"):
        yield 0, len(source.text), source.text
        return
    located = parse(source, Problems())  # what is wrong with it as YAML is told by those who load it
    for steps, value in located.texts() if located else ():
        if source.path.endswith(REFERENCES) and not _BESIDE_WORKS.isdisjoint(steps):
            continue
        yield value.start, value.end, value.content


def _place(source: Source, sign: str, start: int, end: int) -> Place:
    """Where a sign stands, as itself or as an entity; else where its text begins."""
    entities = _ENTITY.finditer(source.text, start, end)
    written = next((found.start() for found in entities if sign in html.unescape(found[0])), start)
    return source.find(sign, start, end) or source.place(written)


def _message(sign: str) -> str:
    told = f"no typeface here has {sign!r} (U+{ord(sign):04X})"
    if sign.isalpha():
        return f"{told} (spell the word or the name with other letters here, and write this one by hand on paper)"
    return f"{told} (write in words what it shows)" if sign.isprintable() else f"{told} (delete it)"
