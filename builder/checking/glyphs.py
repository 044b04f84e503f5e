"""Characters that cannot be printed, reported where they were written instead of when a page with them is set.

In: a folder of sources that may be printed. Out: problems with their places, one for each character and file. Touches:
reads, by `sources`. Pages under `docs/` are never printed, so they may have any character that a browser can show.
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
"""Ways to write a character without typing it, in YAML and in Markdown."""


def check_glyphs(reader: Reader, folder: str, problems: Problems) -> None:
    """Report every character in a folder's texts and drawings that no font of the print has."""
    for path in reader.files(folder, _TEXTS):
        source = reader.text(path)
        if source is None or not (lacking(source.text) or _ESCAPE.search(source.text)):
            continue
        reported: set[str] = set()
        for start, end, text in _texts(source):
            for char in lacking(html.unescape(text)):
                if char not in reported and not is_invisible(char):  # which reading the file reports
                    reported.add(char)
                    problems.add(_place(source, char, start, end), _message(char))
    for path in reader.files(folder, _DRAWINGS):
        _check_drawing(reader, path, problems)


def _check_drawing(reader: Reader, path: str, problems: Problems) -> None:
    """Report every character in a drawing's texts that no font of the print has."""
    data = reader.data(path, images.MAX_BYTES, images.remedy(path))
    reported: set[str] = set()
    for place, text in images.words_of_drawing(reader.name(path), data) if data else ():
        for char in lacking(text):
            if char not in reported:
                reported.add(char)
                problems.add(place, _message(char))


def _texts(source: Source) -> Iterator[tuple[int, int, str]]:
    """The beginning, end and content of each text in a file; comments in YAML are left out."""
    if source.path.endswith(".md"):
        yield 0, len(source.text), source.text
        return
    located = parse(source, Problems())  # loading it reports what is wrong with it as YAML
    for steps, value in located.texts() if located else ():
        if source.path.endswith(REFERENCES) and not _BESIDE_WORKS.isdisjoint(steps):
            continue
        yield value.start, value.end, value.content


def _place(source: Source, char: str, start: int, end: int) -> Place:
    """The place of a character, as itself or as an entity; otherwise the beginning of its text."""
    entities = _ENTITY.finditer(source.text, start, end)
    written = next((found.start() for found in entities if char in html.unescape(found[0])), start)
    return source.find(char, start, end) or source.place(written)


def _message(char: str) -> str:
    what = f"no typeface here has {char!r} (U+{ord(char):04X})"
    if char.isalpha():
        return f"{what} (spell the word or the name with other letters here, and write this one by hand on paper)"
    return f"{what} (write in words what it shows)" if char.isprintable() else f"{what} (delete it)"
