"""Drawings as part of their pages: so they take the page's type and colors, dark ones too, and nothing more is loaded.

In: a page's Markdown, and the images by their paths. Out: the Markdown, with each `figure` block whose image is an SVG
as HTML: the drawing and its caption, and under a fold the figure in words. Touches nothing.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from builder.dialect import Node, inside, tree, whole_blocks
from builder.sources import images

IN_WORDS = "The figure in words"

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


class Figure(NamedTuple):
    """What the text of a figure begins with, and the Markdown after it."""

    image: Node
    words: str


def figure_of(body: str) -> Figure | None:
    """Read the text of a `figure` block; None unless it begins with an image alone in its paragraph."""
    first, *rest = _EMPTY_LINE.split(body.strip(), maxsplit=1)
    match tree(first)["c"]:
        case [{"t": "p", "c": [{"t": "img"} as image]}]:
            return Figure(image, "".join(rest).strip())
    return None


def set_in(markdown: str, page: str, pictures: Mapping[str, bytes]) -> str:
    """Set the drawings of a page at `page` into it; a block that holds no SVG stays an ordinary block."""
    parts, at, taken = [], 0, set[str]()
    for block, end in whole_blocks(markdown, "figure"):
        figure = None if block["indent"] else figure_of(inside(markdown, block, end))
        path = images.target(posixpath.dirname(page), figure.image.get("src", "")) if figure else ""
        if not figure or not path.lower().endswith(".svg") or path not in pictures:
            continue
        label = " ".join(figure.image.get("alt", "").split())
        drawing = images.inline(pictures[path], _prefix(path, taken), label)
        if drawing:
            parts += [markdown[at : block.start()], _written(drawing, block["rest"].strip(' "'), figure.words)]
            at = end
    return "".join([*parts, markdown[at:]])


def _prefix(path: str, taken: set[str]) -> str:
    """What the names of a drawing begin with, which nothing else on the page does: two hyphens are in no other."""
    stem = re.sub(r"[^a-z0-9]+", "-", posixpath.splitext(posixpath.basename(path))[0].lower()).strip("-")
    number = 1
    while (prefix := f"figure-{stem or 'drawing'}{f'-{number}' if number > 1 else ''}-") in taken:
        number += 1
    taken.add(prefix)
    return prefix


def _written(drawing: images.Inline, caption: str, words: str) -> str:
    """A figure's HTML; what is said in words stays Markdown."""
    kinds = "drawing on-paper" if drawing.on_paper else "drawing"
    shown = f"{drawing.markup}\n<figcaption>{html.escape(html.unescape(caption), quote=False)}</figcaption>"
    figure = f'<figure class="{kinds}" data-search-exclude="">\n{shown}\n</figure>\n\n'
    if not words:
        return figure
    summary = f"<summary>{IN_WORDS}</summary>"
    return f'{figure}<details class="fold" markdown>\n{summary}\n\n{words}\n\n</details>\n\n'
