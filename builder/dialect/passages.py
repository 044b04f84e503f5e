"""Where things are in a Markdown source: blocks, headings, tables, attribute lists, code; and its parts by audience.

In: Markdown text. Out: offsets in it, and parts of it. The tree decides what a text contains; patterns only find where.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from markdown.extensions.fenced_code import FencedBlockPreprocessor

MAX_NESTING = 12
"""Levels of lists and quotations; the deepest that anyone follows is four."""

_BLOCK = re.compile(r"^(?P<indent> *)!!! ?(?P<kind>[\w-]+)(?P<rest>[^\n]*)\n?", re.MULTILINE)
_HEADING = re.compile(r"^[ >]*(?:#{1,6}(?!#)|[^\s|][^\n]*\n(?:=+|-+)[ ]*$)", re.MULTILINE)
_RULE = re.compile(r"^[ >]*+(?:\|[ ]*+)?:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+(?:\|[ ]*+)?$", re.MULTILINE)
_BREAK = r"[ ]*+(?:(?:-[ ]*+)++|(?:\*[ ]*+)++)$"
"""A line of dashes or asterisks, which separates sections and makes no lists."""

_DEEP = re.compile(
    rf"""^(?:
      (?!{_BREAK})(?:[ ]*+(?:>|(?:[-*+]|\d++\.)(?=[ ]))){{{MAX_NESTING + 1}}}  # marks, one after another
    | (?=[> ]*+\S)[> ]*?[ ]{{{4 * MAX_NESTING}}}[> ]*+\S
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)")


def too_deep(text: str) -> re.Match[str] | None:
    """The first line that is nested deeper than `MAX_NESTING`; converting it could exhaust the stack."""
    return next((line for line in _DEEP.finditer(text) if not _in_fence(text, line.start())), None)


def split_audiences(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a text into what is for everyone, and the passages of its facilitator blocks."""
    kept, notes, at = [], [], 0
    for block, end in whole_blocks(text, "facilitator"):
        kept.append(text[at : block.start()])
        notes.append("\n\n".join(filter(None, (_title(block), inside(text, block, end)))))
        at = end
    return "".join([*kept, text[at:]]), tuple(notes)


def solutions(text: str) -> Iterator[str]:
    """Every solution in a text as a block of its own; one without a title has that of the practice before it."""
    titles = [(block.start(), block["rest"]) for block in blocks(text) if block["kind"] == "practice"]
    for block, end in whole_blocks(text, "solution"):
        before = [title for start, title in titles if start < block.start()]
        title = block["rest"] if block["rest"].strip() else "".join(before[-1:])
        within = inside(text, block, end).replace("\n", "\n    ")
        yield f"!!! solution{title.rstrip()}\n    {within}"


def _title(block: re.Match[str]) -> str:
    """A block's title as a paragraph of its own; empty if it has none."""
    title = re.search(r'"(.*)"', block["rest"])
    return f"**{title[1].strip()}**" if title and title[1].strip() else ""


def whole_blocks(text: str, kind: str | None = None) -> Iterator[tuple[re.Match[str], int]]:
    """The first line and the end of every block of a kind (with None, of any) that is not within another such block."""
    end = 0
    for block in blocks(text):
        if kind in {None, block["kind"].lower()} and block.start() >= end:
            end = _end_of_block(text, block.end(), len(block["indent"]))
            yield block, end


def inside(text: str, block: re.Match[str], end: int) -> str:
    """The text within a block, without the block's indent; `block` and `end` are as `whole_blocks` gives them."""
    columns = len(block["indent"]) + 4
    lines = text[block.end() : end].splitlines()
    text = "\n".join(line[columns:] if not line[:columns].strip() else line.lstrip() for line in lines)
    return re.sub(r"\A(?:[ ]*\n)+", "", text).rstrip()  # code that comes first stays indented


def blocks(text: str) -> Iterator[re.Match[str]]:
    """The first line of every admonition in a text, with the groups `indent`, `kind` and `rest` (of the line)."""
    return (block for block in _BLOCK.finditer(text) if not _in_fence(text, block.start()))


def fences(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where fenced code is, the language that it names ("" if none), and the code itself."""
    for fence in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(text):
        yield fence.start(), fence.end(), (fence["lang"] or "").lower(), fence["code"]


def headings(text: str) -> Iterator[int]:
    """The offset of every line that may be a heading, with `#` or underlined."""
    for heading in _HEADING.finditer(text):
        if not _in_fence(text, heading.start()):
            yield heading.start()


def attributes(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, excerpt and key of each attribute in what looks like an attribute list."""
    for found in re.finditer(r"\{:?[ ]*([^}\n ][^}\n]*)\}", text):
        for attribute in re.finditer(r"""([^\s=}]+)(?:=(?:"[^"]*"|'[^']*'|[^\s}]+))?""", found[1]):
            yield found.start(), found[0], attribute[1]


def header_rows(text: str) -> list[tuple[int, str]]:
    """Offset and line of every header row of a table: the line above a rule with a bar in it."""
    rules = [rule.start() for rule in _RULE.finditer(text) if "|" in rule[0] and not _in_fence(text, rule.start())]
    starts = [text.rfind("\n", 0, max(rule - 1, 0)) + 1 for rule in rules]
    return [
        (start, text[start : rule - 1]) for start, rule in zip(starts, rules, strict=True) if text[start:rule].strip()
    ]


def lines(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Every line of a text from an offset on, with its own offset."""
    while (end := text.find("\n", start)) >= 0:
        yield start, text[start:end]
        start = end + 1
    yield start, text[start:]


def without_code(text: str) -> str:
    """The text with all code replaced by as many letters, so that everything else keeps its offset."""
    kept = list(text)
    for start, end in _fences(text):
        kept[start:end] = re.sub(r"[^\n]", "x", text[start:end])
    return _CODE.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), "".join(kept))


def _in_fence(text: str, offset: int) -> bool:
    fences = _fences(text)
    at = bisect_right(fences, offset, key=lambda fence: fence[0]) - 1
    return at >= 0 and offset < fences[at][1]


@functools.lru_cache(maxsize=256)
def _fences(text: str) -> tuple[tuple[int, int], ...]:
    """Where fenced code is, by the converter's own pattern, so that both agree on what a fence is."""
    return tuple(fence.span() for fence in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(text))


def _end_of_block(text: str, start: int, indent: int) -> int:
    """Where the lines end that are blank or indented deeper than the block's first line."""
    end = start
    for at, line in lines(text, start):
        if line.strip():
            if len(line) - len(line.lstrip(" ")) <= indent:
                break
            end = min(at + len(line) + 1, len(text))
    return end
