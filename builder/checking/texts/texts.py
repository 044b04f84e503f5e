"""An authored text as it is checked: its place, what it may name, and the links found in it.

In: a piece of an authored file. Out: places in that file. Touches nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, TypeVar

from builder import dialect
from builder.checking.ids import Ids
from builder.problems import Place
from builder.sources.files import Source
from builder.sources.yaml import place_in

T = TypeVar("T")

_COMPARED = 50
"""How many places are compared with one; among more lines that are alike, any is as good."""

INLINE = frozenset(["a", "em", "strong", "sup", "sub", "abbr", "kbd", "q", "cite", "code", "br", "img", "span"])
"""Elements within a line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an authored file. `form` says which headings it may have."""

    source: Source
    start: int
    end: int
    text: str
    form: Literal["page", "part", "value"]
    page: str | None = None  # the document that its own anchors and relative links refer to
    folder: str | None = None  # of its images; None if the text is shown in several places
    line: bool = False  # whether it is one paragraph, which may be put after other words or in a cell

    def place(self, excerpt: str, nth: int = 0) -> Place:
        """The place of the nth occurrence of an excerpt, however its lines are folded; else the text's beginning."""
        found = list(_folded(excerpt).finditer(self.source.text, self.start, self.end))
        return self.source.place(found[min(nth, len(found) - 1)].start() if found else self.start)

    def at(self, offset: int) -> Place:
        """The place in the file of the character at an offset; a YAML value may be quoted and folded there."""
        if self.form != "value":
            return self.source.place(self.start + offset)
        return place_in(self.source, (self.start, self.end), self.text, offset)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in an authored text, as written, with the page and anchor it leads to unless these depend on the page."""

    text: Text
    href: str
    place: Place
    target: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What texts may name: ids by link scheme, works, images, and the blanks that a program has filled in."""

    ids: Mapping[str, Ids]
    works: Ids
    files: Set[str]
    supplied: Ids


def visible_words(node: dialect.Node | str) -> str:
    """The plain text of a tree, as typed, without code and footnotes."""
    if isinstance(node, str):
        return node
    if node["t"] in {"code", "footnote"}:
        return "\ue000"
    return "".join(map(visible_words, node["c"])) + ("" if node["t"] in INLINE else "\n")


_ADDRESSES = re.compile(
    r"""\]\((?P<link>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)   # behind a link's words
    | <(?P<alone>[^<>\s]+)> | ^[ ]*\[[^\]\n]+\]:[ ]*(?P<defined>\S+) | (?P<bare>(?:https?://|www\.)[^\s<>\]]+)
    | (?P<list>\{:?[ ]*(?:[#.][\w-]|[\w-]+=)[^}\n]*\})""",
    re.VERBOSE | re.MULTILINE,
)


def without_addresses(masked: str) -> str:
    """A source with each address and attribute list replaced by as many letters, so that nothing in them is a mark."""

    def hidden(found: re.Match[str]) -> str:
        start, end = (at - found.start() for at in found.span(found.lastgroup or 0))
        return found[0][:start] + "x" * (end - start) + found[0][end:]

    return _ADDRESSES.sub(hidden, masked)


def is_among(lines: Set[str], text: str, offset: int) -> bool:
    """Whether the line around an offset is one of these, such as the lines of a text's examples."""
    return text[text.rfind("\n", 0, offset) + 1 :].partition("\n")[0].strip(" >") in lines


def key(line: str) -> str:
    """A line's letters and digits, which are the same in the source and in the tree, except in addresses."""
    return re.sub(r"[\W_]+", "", line)


def alike(source: str, shown: str) -> int:
    """How many letters two lines have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(key(source), key(shown), strict=False)))


def is_within(offset: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset is in one of several spans, which are in order and do not overlap."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def likest(left: list[T], likeness: Callable[[T], int]) -> T:
    """Remove the most similar entry from a list; as both are in the same order, only the first are compared."""
    best = max(range(min(len(left), _COMPARED)), key=lambda at: likeness(left[at]))
    return left.pop(best)


def _folded(excerpt: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in excerpt.split()) or r"\Z")
