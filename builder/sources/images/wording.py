"""The texts that a drawing shows, and where they are in its file.

In: an SVG file. Out: its texts with their places. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.problems import Place, Problems
from builder.sources.images.drawings import TEXTS
from builder.sources.images.parsing import Refusals, parse


def words_of_drawing(path: str, data: bytes) -> Iterator[tuple[Place, str]]:
    """Each text of a drawing with the place of its element; problems of the file are only reported by `read`."""
    drawing = parse(path, data, Refusals(Problems()))
    for element in drawing.root.iter() if drawing else ():
        if drawing and element.tag in TEXTS:
            after = (child.tail or "" for child in element)
            yield drawing.places[element], "".join([element.text or "", *after])
