"""Stars and underscores that were meant as emphasis and would be shown as typed.

In: one text, its source without code, and its tree. Out: problems. The tree says which of them are plain text; the
source shows where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder import dialect
from builder.checking.texts.texts import Text, alike, likest, visible_words, without_addresses
from builder.problems import Problems
from builder.sources import limits

_PAIR = re.compile(
    r"(?<!\w)(?P<bar>_{1,3})(?=[^\s_])[^_]*(?<=[^\s_])(?P=bar)(?!\w)|(?P<star>\*{1,3})(?=[^\s*])[^*]*(?<=[^\s*])(?P=star)"
)
_ESCAPED = re.compile(r"\\[*_]")
_RUN = re.compile(r"\*+|(?<!_)_{1,2}(?!_)")
_SPACED = re.compile(r"(?<=[ (])(?:\* \w[^*\n]*\w \*|_ \w[^_\n]*\w _)(?=[ .,;:!?)]|$)", re.MULTILINE)
_POWER = re.compile(r"\d ?\*\* ?\d")
_BEFORE, _AFTER = "([\"'\u201c\u2018\u2014\u2013*_", "([\"'\u201c\u2018*_"
_NEAR = 60
"""Characters before and after a mark by which it is found again in the source."""


def is_possible(text: str) -> bool:
    """Whether a text has a star or an underscore that is not part of a pair, a word or an escape."""
    if "*" not in text and "_" not in text:
        return False
    left = _PAIR.sub("", _ESCAPED.sub("", text))
    return "*" in left or re.search(r"(?<!\w)_|_(?!\w)", left) is not None


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report marks of emphasis that are plain text, the first of each paragraph."""
    if not is_possible(masked):
        return
    bare = _ESCAPED.sub("\ue001\ue001", without_addresses(masked))
    plain = visible_words(dialect.tree(_ESCAPED.sub("\ue001\ue001", text.text)) if _ESCAPED.search(text.text) else tree)
    starts = [start for start, _ in limits.split_paragraphs(text.text)]
    reported: set[int] = set()
    for at in _strays(bare, plain):
        paragraph = max(start for start in starts if start <= at)
        if paragraph not in reported:
            char = re.match(r"[*_]+", text.text[at:])
            mark = char[0] if char else ""
            message = f"makes no emphasis (write *words* or **words**, without a space inside; \\{mark[:1]} to show it)"
            problems.add(text.at(at), f"{mark!r} {message}")
        reported.add(paragraph)


def _strays(bare: str, plain: str) -> Iterator[int]:
    """Offsets of marks in the source that are plain text, and look as if they were meant as emphasis."""
    written = {char: [run for run in _RUN.finditer(bare) if run[0][0] == char] for char in "*_"}
    found = []
    for run in _RUN.finditer(plain):
        left = written[run[0][0]]
        if left:
            source = likest(left, lambda each, run=run: _likeness(each, run))  # type: ignore[misc]
            if _is_meant(run) or len(source[0]) > len(run[0]):
                found.append(source.start())
    return iter(sorted(found))


def _likeness(source: re.Match[str], plain: re.Match[str]) -> int:
    """How much of the text around a mark in the source is around it in the tree."""
    after = alike(source.string[source.end() :][:_NEAR], plain.string[plain.end() :][:_NEAR])
    return after + alike(_before(source), _before(plain)) + (source[0] == plain[0])


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _NEAR) : found.start()][::-1]


def _is_meant(run: re.Match[str]) -> bool:
    """Whether a mark begins or ends words, and is no arithmetic, no footnote's star and no part of a word."""
    before, after = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    opens = (not before or before.isspace() or before in _BEFORE) and (after.isalnum() or after in _AFTER)
    if run[0][0] == "_":
        return bool(after) and opens
    if len(run[0]) > 1:
        return _POWER.search(run.string[max(0, run.start() - 2) : run.end() + 2]) is None
    spaced = _SPACED.match(run.string, run.start()) is not None
    return bool(after) and (opens or spaced)
