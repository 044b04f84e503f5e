"""Rules for a single authored text: what the dialect allows, and that what the text names exists.

In: `Text` values, each a piece of an authored file. Out: problems with their places, and the links to follow once all
pages are known. The parsed tree decides what a text contains; the source only shows where.
"""

from __future__ import annotations

import re

from builder import dialect
from builder.checking.texts import (
    anchors,
    audiences,
    dialects,
    emphasis,
    indents,
    links,
    marks,
    outlines,
    reach,
    saying,
    shapes,
)
from builder.checking.texts.anchors import check_anchors
from builder.checking.texts.links import follow_link, lead
from builder.checking.texts.texts import Known, Link, Text
from builder.problems import Problems
from builder.sources import leftovers, limits

__all__ = ["Known", "Link", "Text", "check_anchors", "follow_link", "lead", "proofread"]

_SUSPECT = re.compile(
    rf"[<>\[\]|!#{{@`\t{marks.BULLETS}]|~~~|^[ ]*(?:=+|-+)[ ]*$|^[ ]*(?:\?{{3}}|:{{3}}|/{{3}})"
    r"|[^\n]\n[ ]*(?:[-*+]|\d+\.)[ ]",
    re.MULTILINE,
)

_NESTED = 2 * dialect.MAX_INLINE
"""From this many marks of emphasis on, they may be nested too deeply."""


def proofread(text: Text, known: Known, problems: Problems) -> tuple[Link, ...]:
    """Report everything that is wrong with one text, and return its links.

    Args:
        text: The text, with its place and its form.
        known: What the text may name.
        problems: Takes problems and notices.

    Returns:
        The links to pages, which can be checked with `follow_link` once all pages are composed.
    """
    deep = dialect.too_deep(text.text)
    if deep:
        problems.add(text.at(deep.start()), f"nested too deeply (at most {dialect.MAX_NESTING} levels)")
        return ()
    if not reach.check_line(text, problems):
        return ()
    if (text.form == "value" and not _is_suspect(text.text)) or not text.text.strip():
        return ()
    masked = dialect.without_code(text.text)
    if _left_behind(text, masked, problems) or indents.tabs(text, masked, problems):
        return ()
    tree = dialect.tree(text.text)
    marks.check(text, masked, tree, known, problems)
    _nesting(text, masked, tree, problems)
    raw = shapes.check(text, masked, tree, problems)
    collapsed = indents.check(text, masked, tree, problems)
    outlines.check(text, masked, tree, collapsed, problems)
    dialects.check(text, masked, tree, known, problems)
    emphasis.check(text, masked, tree, problems)
    saying.check(text, masked, tree, problems)
    audiences.check(text, masked, tree, problems)
    anchors.check(text, masked, tree, problems)
    reach.check(text, masked, tree, problems)
    links.near(text, tree, masked, problems)
    nodes = [node for node in dialect.walk(tree) if (node.get("href") or node.get("src") or "\0") not in raw]
    links.images(text, nodes, masked, known, problems)
    return tuple(links.links(text, nodes, masked, known, problems))


_FRONT_MATTER = re.compile(
    r"\A(?P<edge>---|\+\+\+)[ ]*\n(?:[\w-]+[ ]*[:=].*\n|[ \t]+.*\n|-[ ].*\n)+(?P=edge)[ ]*$", re.MULTILINE
)


def _left_behind(text: Text, masked: str, problems: Problems) -> bool:
    """Report what a merge or another program left around a file's text. Returns whether there is any."""
    if text.form == "value":
        return False  # `sources.yaml` reports the marks of a merge before there are values
    found = list(leftovers.merges(masked))
    if _FRONT_MATTER.match(masked):
        found.append((0, "front matter, which no text here has (delete these lines)"))
    for at, message in found:
        problems.add(text.at(at), message)
    return bool(found)


def _is_suspect(text: str) -> bool:
    """Whether a text may have anything that a rule is about; most values are plain sentences without."""
    return (
        _SUSPECT.search(text) is not None
        or len(re.findall(r"[*_]", text)) >= _NESTED
        or dialects.is_possible(text)
        or emphasis.is_possible(text)
    )


def _nesting(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report elements and footnotes that are nested too deeply, or too many."""
    if dialect.is_too_deep(tree):
        most = f"at most {dialect.MAX_LEVELS} levels, and {dialect.MAX_INLINE} within a line"
        problems.add(text.at(_deepest(text, masked)), f"nested too deeply ({most})")
    tangle = dialect.find_tangled_note(text.text) if "[^" in text.text else None
    if tangle:
        mark = f"[^{tangle.name}]"
        problems.add(text.place(mark), f"footnote {mark} {tangle.fault}; say it in the text itself")


def _deepest(text: Text, masked: str) -> int:
    """The offset of a tag within too many others; otherwise of a paragraph that is nested too deeply by itself."""
    depth = 0
    for found in re.finditer(r"<(/?)[a-zA-Z]", masked):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > dialect.MAX_INLINE:
            return found.start()
    each = limits.split_paragraphs(text.text)
    return next((start for start, paragraph in each if dialect.is_too_deep(dialect.tree(paragraph))), 0)
