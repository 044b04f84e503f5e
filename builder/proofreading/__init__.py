"""Rules for a single authored text: what the dialect takes, and what it names that must exist.

In: `Text` values, each a piece of an authored file. Out: problems with their places, and the links to be followed once
all pages are known. The parsed tree is the judge of what a text is; the source only tells where it stands.
"""

from __future__ import annotations

import re

from builder import prose
from builder.problems import Problems
from builder.proofreading import anchors, audiences, links, marks, outlines, reach, shapes
from builder.proofreading.anchors import on_pages
from builder.proofreading.links import follow, lead
from builder.proofreading.texts import Known, Link, Text

__all__ = ["Known", "Link", "Text", "follow", "lead", "on_pages", "proofread"]

_SUSPECT = re.compile(
    rf"[<>\[\]|!#{{@`{marks.BULLETS}]|~~~|^[ ]*(?:=+|-+)[ ]*$|^[ ]*(?:\?{{3}}|:{{3}})|[^\n]\n[ ]*(?:[-*+]|\d+\.)[ ]",
    re.MULTILINE,
)


def proofread(text: Text, known: Known, problems: Problems) -> tuple[Link, ...]:
    """Tell everything that is wrong with one text; answer its links."""
    deep = prose.too_deep(text.text)
    if deep:
        problems.add(text.at(deep.start(), deep[0].strip()), f"nested too deeply (at most {prose.MAX_NESTING} levels)")
        return ()
    if not reach.check_line(text, problems):
        return ()
    plain = not _SUSPECT.search(text.text)
    if (plain and text.form != "page") or not text.text.strip():
        return ()
    masked = prose.without_code(text.text)
    marks.check(text, masked, known, problems)
    tree = prose.tree(text.text)
    _nesting(text, tree, problems)
    raw = shapes.check(text, masked, tree, problems)
    outlines.check(text, masked, tree, problems)
    audiences.check(text, masked, tree, problems)
    anchors.check(text, masked, tree, problems)
    reach.check(text, masked, tree, problems)
    links.near(text, tree, masked, problems)
    nodes = [node for node in prose.walk(tree) if (node.get("href") or node.get("src") or "\0") not in raw]
    links.images(text, nodes, masked, known, problems)
    return tuple(links.links(text, nodes, masked, known, problems))


def _nesting(text: Text, tree: prose.Node, problems: Problems) -> None:
    """Report elements and footnotes within one another, deeper or more of them than can be set or followed."""
    deep = prose.excess(tree)
    if deep:
        words = " ".join(prose.words(deep).split()[:4])
        most = f"at most {prose.MAX_LEVELS} levels, and {prose.MAX_INLINE} within a line"
        problems.add(text.place(words), f"nested too deeply ({most})")
    tangle = prose.tangled_notes(text.text) if "[^" in text.text else None
    if tangle:
        mark = f"[^{tangle.name}]"
        problems.add(text.place(mark), f"footnote {mark} {tangle.fault}; say it in the text itself")
