"""Solutions under a fold: closed until a reader opens them, by mouse or keyboard, without a script.

In: a page's Markdown. Out: the Markdown, with each `solution` block, alone or in another block, as HTML.
Touches nothing. What is in a block stays Markdown, so the block around a solution becomes HTML as well.
"""

from __future__ import annotations

import re

from builder.dialect import blocks, inside, whole_blocks

_SOLUTION = "solution"


def fold_solutions(markdown: str) -> str:
    """Put each solution of a text under a fold with its title."""
    if not any(block["kind"] == _SOLUTION for block in blocks(markdown)):
        return markdown
    parts, at = [], 0
    for block, end in whole_blocks(markdown):
        text = inside(markdown, block, end)
        if block["indent"] or not (block["kind"] == _SOLUTION or any(whole_blocks(text, _SOLUTION))):
            continue
        parts += [markdown[at : block.start()], _written(block, fold_solutions(text))]
        at = end
    return "".join([*parts, markdown[at:]])


def _written(block: re.Match[str], text: str) -> str:
    title = block["rest"].strip().removeprefix('"').removesuffix('"')
    if block["kind"] == _SOLUTION:
        head = f'<details class="{_SOLUTION}" markdown>\n<summary markdown>{title}</summary>'
        return f"{head}\n\n{text}\n\n</details>\n\n"
    head = f'<div class="admonition {block["kind"]}" markdown>\n<p class="admonition-title" markdown>{title}</p>'
    return f"{head}\n\n{text}\n\n</div>\n\n"
