"""The Markdown dialect: one set of extensions for site and print, a closed vocabulary, and the tree that print reads.

In: Markdown text. Out: a tree of plain dicts (the contract with the press is in `builder/press`), or its parts by
audience. Touches nothing; imports `markdown` and `lxml`, and no other room does.
"""

from builder.dialect.converter import BLOCKS, EXTENSIONS, SAFE_HTML, foreign, html
from builder.dialect.passages import (
    MAX_NESTING,
    attributes,
    blocks,
    fences,
    header_rows,
    headings,
    inside,
    lines,
    solutions,
    split_audiences,
    too_deep,
    whole_blocks,
    without_code,
)
from builder.dialect.trees import (
    MAX_INLINE,
    MAX_LEVELS,
    Node,
    classes,
    examples,
    find_tangled_note,
    ids,
    is_too_deep,
    tree,
    walk,
    with_links,
    words,
)

__all__ = [
    "BLOCKS",
    "EXTENSIONS",
    "MAX_INLINE",
    "MAX_LEVELS",
    "MAX_NESTING",
    "SAFE_HTML",
    "Node",
    "attributes",
    "blocks",
    "classes",
    "examples",
    "fences",
    "find_tangled_note",
    "foreign",
    "header_rows",
    "headings",
    "html",
    "ids",
    "inside",
    "is_too_deep",
    "lines",
    "solutions",
    "split_audiences",
    "too_deep",
    "tree",
    "walk",
    "whole_blocks",
    "with_links",
    "without_code",
    "words",
]
