"""Drawings as part of their pages: so they take the page's type and colors, dark ones too, and nothing more is loaded.

In: a page's Markdown, and the images by their paths. Out: the Markdown, with each `figure` block whose image is an SVG
as HTML: the drawing and its caption, and under a fold the figure in words. Touches nothing.
"""

from __future__ import annotations

import html
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from builder.prose import inside, whole_blocks

IN_WORDS = "The figure in words"

IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)\)[ ]*(?:\n\s*\n|\Z)")
"""What the text of a figure begins with: an image alone in its paragraph."""

_OWN_STYLE = frozenset({"style", "a"})
"""What would work on the whole page; a drawing that has it is shown as an image."""


def set_in(markdown: str, page: str, images: Mapping[str, bytes]) -> str:
    """Set the drawings of a page at `page` into it; a block that holds no SVG stays an ordinary block."""
    parts, at = [], 0
    for block, end in whole_blocks(markdown, "figure"):
        body = inside(markdown, block, end)
        image = IMAGE.match(body)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), image["src"])) if image else ""
        drawing = _drawing(images[path], path) if path.endswith(".svg") and path in images else None
        if image and drawing is not None and not block["indent"]:
            drawing.set("aria-label", " ".join(html.unescape(image["alt"]).split()))
            caption = block["rest"].strip(' "')
            parts += [markdown[at : block.start()], _figure(drawing, caption, body[image.end() :])]
            at = end
    return "".join([*parts, markdown[at:]])


def _figure(drawing: ET.Element, caption: str, words: str) -> str:
    """A figure's HTML; what is said in words stays Markdown."""
    svg = re.sub(r"\s*\n\s*", " ", ET.tostring(drawing, encoding="unicode").strip())
    shown = f"{svg}\n<figcaption>{html.escape(html.unescape(caption), quote=False)}</figcaption>"
    figure = f'<figure class="drawing" data-search-exclude="">\n{shown}\n</figure>\n\n'
    if not words.strip():
        return figure
    summary = f"<summary>{IN_WORDS}</summary>"
    return f'{figure}<details class="fold" markdown>\n{summary}\n\n{words.strip()}\n\n</details>\n\n'


def _drawing(data: bytes, path: str) -> ET.Element | None:
    """The drawing of an SVG, ready for HTML: without names of its own, and with ids that no other on the page has."""
    root = ET.fromstring(data)  # noqa: S314  `sources` has refused what could do harm
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
        element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    if any(element.tag in _OWN_STYLE for element in root.iter()):
        return None
    for told in [child for child in root if child.tag in {"title", "desc"}]:  # else it would pop up under the pointer
        root.remove(told)
    prefix = re.sub(r"[^a-z0-9]+", "-", posixpath.basename(path).removesuffix(".svg").lower())
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{prefix}-{value}")
            elif value.startswith(("#", "url(#")) and (key == "href" or value.endswith(")")):
                element.set(key, value.replace("#", f"#{prefix}-", 1))
    for key in ("width", "height", "color"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    return root
