"""Every payload, by its family. Each does one thing that a browser shows: it sets `window.__ran`, or asks HOST.

In the lists below RUN is a statement that sets `window.__ran`, HOST an address at a host that is nobody's, and LIKE the
same without its scheme. Each payload gets a number of its own in both, so that what ran is known by its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from attacks import addresses, composed, drawings, markdown, tags

Form = Literal["inline", "block", "yaml", "front", "drawing", "name"]
"""How a payload is planted: within a line, as paragraphs, as raw YAML, above a page, as an SVG, as a file's name."""


@dataclass(frozen=True)
class Payload:
    """One kind of attack."""

    number: int
    family: str
    form: Form
    text: str

    def __str__(self) -> str:
        return f"{self.number} ({self.family})"


FAMILIES: dict[tuple[str, Form], Sequence[str]] = {
    ("scripts", "inline"): tags.SCRIPTS,
    ("handlers", "inline"): tags.HANDLERS,
    ("frames and objects", "inline"): tags.FRAMES,
    ("the document's head", "inline"): tags.HEAD,
    ("forms", "inline"): tags.FORMS,
    ("resources", "inline"): tags.RESOURCES,
    ("styles", "inline"): tags.STYLES,
    ("comments and declarations", "inline"): tags.DECLARATIONS,
    ("broken tags", "inline"): tags.BROKEN,
    ("drawings in a text", "inline"): drawings.INLINE,
    ("mutations", "inline"): drawings.MUTATIONS,
    ("schemes", "inline"): addresses.SCHEMES,
    ("addresses", "inline"): addresses.ADDRESSES,
    ("identifiers of works", "inline"): addresses.WORKS,
    ("percent signs", "inline"): addresses.PERCENT,
    ("entities", "inline"): markdown.ENTITIES,
    ("code", "inline"): markdown.CODE,
    ("fences", "block"): markdown.FENCES,
    ("attribute lists", "inline"): markdown.ATTRIBUTES,
    ("attribute lists of blocks", "block"): markdown.BLOCK_ATTRIBUTES,
    ("titles of links", "inline"): markdown.TITLES,
    ("images", "inline"): markdown.IMAGES,
    ("references", "block"): markdown.REFERENCES,
    ("blocks", "block"): markdown.BLOCKS,
    ("HTML that holds Markdown", "block"): markdown.WITHIN_HTML,
    ("marks of the dialect", "inline"): markdown.MARKS,
    ("letters", "inline"): composed.LETTERS,
    ("templates", "inline"): composed.TEMPLATES,
    ("scripts and JSON", "inline"): composed.SCRIPTS,
    ("attributes of a page", "inline"): composed.ATTRIBUTES,
    ("search", "inline"): composed.SEARCH,
    ("named elements", "block"): composed.NAMED,
    ("YAML", "yaml"): composed.YAML,
    ("front matter", "front"): composed.FRONT,
    ("drawings", "drawing"): drawings.FILES,
    ("names of files", "name"): composed.NAMES,
}


def numbered() -> Iterator[Payload]:
    """All payloads, with their numbers in them."""
    number = 100
    for (family, form), texts in FAMILIES.items():
        for text in texts:
            number += 1
            yield Payload(number, family, form, marked(text, number))


def marked(text: str, number: int) -> str:
    """Write a payload's number into what it does."""
    there = f"attacker.example/{number}"
    return (
        text.replace("RUN", f"window.__ran={number}").replace("HOST", f"https://{there}").replace("LIKE", f"//{there}")
    )


PAYLOADS = tuple(numbered())
