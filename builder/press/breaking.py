"""Where a line may end within what has no space: long addresses, code, and words longer than a line.

In: texts and tables of a tree. Out: texts in pieces, and of each column what must have room in it. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

BREAK: Node = {"t": "wbr", "c": []}
"""A place where a line may end. The layouts print nothing for it, so nothing is copied or read aloud."""

LONGEST, IN_CELL = 24, 12
"""Characters without a space that are left whole; a word of only letters may fill a line of a heading."""

WORD = 40

_STEP = 8
"""Characters between two breaks where no punctuation offers one."""

_MEANS = r"/._=&?,:;@#%+~|)\]}<>-"
_OFFERS = re.compile(rf"[{_MEANS}]+(?=[^{_MEANS}])")
_STRETCH = re.compile(r"[\u0021-\u058f]{13,}")
"""A long run of an alphabet's letters; other scripts have their own rules for where a line may end."""

_LETTERS = re.compile(r"[^\W\d_]+[,.;:!?)\u2019\u201d]*")
_UNBROKEN = re.compile(r"(?:[^\s\u2013\u2014-]|[\u00a0\u202f])+")
_WIDE, _NARROW = re.compile(r"[mwMW@%A-Z]"), re.compile(r"[iljtfrI.,:;'|!()]")


def breakable(text: str, longest: int = LONGEST) -> list[Node | str]:
    """Split a text into pieces with a break between them; a text of short words stays one piece."""
    if len(text) <= longest:
        return [text]
    pieces: list[Node | str] = []
    begin = 0
    for found in re.finditer(rf"\S{{{longest + 1},}}", text):
        if _LETTERS.fullmatch(found[0]) and len(found[0]) <= WORD:
            continue
        for offset in _breaks(found[0]):
            at = found.start() + offset
            pieces += [text[begin:at], BREAK]
            begin = at
    return [*pieces, text[begin:]]


def _breaks(word: str) -> list[int]:
    """Offsets in a long word at which a line may end: after punctuation, and within long stretches without any."""
    offered = [0, *(found.end() for found in _OFFERS.finditer(word)), len(word)]
    breaks = set(offered[1:-1])
    for begin, end in itertools.pairwise(offered):
        for stretch in _STRETCH.finditer(word, begin, end):
            if _LETTERS.fullmatch(stretch[0]) and len(stretch[0]) <= WORD:
                continue  # it is divided by the rules of its language, where it has to be
            breaks |= {at for at in range(stretch.start() + _STEP, stretch.end() - 3, _STEP) if word[at].isalnum()}
    return sorted(breaks)


def columns(table: Node) -> list[Node]:
    """What must fit into each column of a table: its widest words, plain, bold or as code, and images."""
    made: list[Node] = []
    for row in _rows(table):
        for number, cell in enumerate(row["c"]):
            if number == len(made):
                made.append({"words": {}, "image": False})
            _count(cell, cell["t"] == "th", made[number])
    return [{**each, "words": _widest(each["words"])} for each in made]


def _rows(node: Node) -> Iterator[Node]:
    for child in node["c"]:
        if isinstance(child, dict):
            yield from [child] if child["t"] == "tr" else _rows(child)


def _count(node: Node, bold: bool, column: Node) -> None:  # noqa: FBT001
    """Add the words of a cell, or of a part of one that looks alike, to those of its column."""
    text = ""
    for child in node["c"]:
        if isinstance(child, str):
            text += child
        elif child["t"] == "img":
            column["image"] = True
        elif child["t"] in {"wbr", "br", "footnote"}:
            text += " "
        elif child["t"] in {"code", "kbd"}:
            _add(_plain(child).split(" "), "code", column)
        else:
            _count(child, bold or child["t"] == "strong", column)
            text += _plain(child)
    _add(_UNBROKEN.findall(text), "strong" if bold else "", column)


def _add(words: Iterable[str], style: str, column: Node) -> None:
    column["words"] |= {(word, style): _width(word) for word in words if word}


def _plain(node: Node) -> str:
    texts = (child if isinstance(child, str) else " " if child["t"] == "wbr" else _plain(child) for child in node["c"])
    return "".join(texts)


def _width(word: str) -> float:
    """About how wide a word is, in letters: enough to choose which of many to measure."""
    return len(word) + 0.4 * len(_WIDE.findall(word)) - 0.4 * len(_NARROW.findall(word))


def _widest(words: dict[tuple[str, str], float]) -> list[list[str]]:
    """The words that may be the widest: a few of each style."""
    found: list[list[str]] = []
    for style in ("", "strong", "code"):
        of_style = [word for word in words if word[1] == style]
        found += [list(word) for word in sorted(of_style, key=lambda each: (-words[each], each))[:3]]
    return found
