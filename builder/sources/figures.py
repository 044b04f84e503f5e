"""Drawings as part of their pages: they take the page's fonts and colors, also dark ones, and nothing more is loaded.

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
    """The image that a figure's text begins with, and the Markdown after it."""

    image: Node
    words: str


def figure_of(body: str) -> Figure | None:
    """Read the text of a `figure` block; None unless it begins with an image that is alone in its paragraph."""
    first, *rest = _EMPTY_LINE.split(body.strip(), maxsplit=1)
    match tree(first)["c"]:
        case [{"t": "p", "c": [{"t": "img"} as image]}]:
            return Figure(image, "".join(rest).strip())
    return None


def set_in(markdown: str, page: str, pictures: Mapping[str, bytes]) -> str:
    """Put the drawings of a page into its Markdown, inline; a `figure` block without an SVG stays as it is.

    Args:
        markdown: The page's Markdown.
        page: The page's path, from which its images are addressed.
        pictures: The bytes of all images, as `images.read` returns them, by their paths.
    """
    parts, at, taken = [], 0, set[str]()
    for block, end in whole_blocks(markdown, "figure"):
        figure = None if block["indent"] else figure_of(inside(markdown, block, end))
        path = images.resolve(posixpath.dirname(page), figure.image.get("src", "")) if figure else ""
        if not figure or not path.lower().endswith(".svg") or path not in pictures:
            continue
        label = " ".join(figure.image.get("alt", "").split())
        drawing = images.inline(pictures[path], _prefix(path, taken), label)
        if drawing:
            parts += [markdown[at : block.start()], _written(drawing, block["rest"].strip(' "'), figure.words)]
            at = end
    return "".join([*parts, markdown[at:]])


def _prefix(path: str, taken: set[str]) -> str:
    """A prefix for a drawing's ids that is unique on its page: no other id there has two hyphens."""
    stem = re.sub(r"[^a-z0-9]+", "-", posixpath.splitext(posixpath.basename(path))[0].lower()).strip("-")
    number = 1
    while (prefix := f"figure-{stem or 'drawing'}{f'-{number}' if number > 1 else ''}-") in taken:
        number += 1
    taken.add(prefix)
    return prefix


def _written(drawing: images.Inline, caption: str, words: str) -> str:
    """A figure's HTML; its description in words stays Markdown."""
    kinds = "drawing on-paper" if drawing.on_paper else "drawing"
    shown = f"{drawing.markup}\n<figcaption>{html.escape(html.unescape(caption), quote=False)}</figcaption>"
    figure = f'<figure class="{kinds}" data-search-exclude="">\n{shown}\n</figure>\n\n'
    if not words:
        return figure
    summary = f"<summary>{IN_WORDS}</summary>"
    return f'{figure}<details class="fold" markdown>\n{summary}\n\n{words}\n\n</details>\n\n'
