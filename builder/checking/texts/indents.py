"""Text that is indented too little or too much for what its author meant: nested lists, paragraphs of items, and code.

In: one text, its source without code, and its tree. Out: problems. This dialect nests by four spaces; most editors
indent by two, and word processors begin a paragraph with four or with a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder import dialect
from builder.checking.texts.texts import Text
from builder.problems import Problems

_QUOTED = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_ITEM = re.compile(r"(?P<mark>[-*+]|\d{1,9}\.)[ ]+\S")
_FENCE = re.compile(r"`{3}|~{3}")
_LISTED = re.compile(r"[ ]*(?P<mark>[-*+]|\d{1,9}\.)[ ]+(?=\S)")

_OPENING, _CLOSING = r"(\[\"'\u201c\u2018*_", r".,;:!?\u2026)\]\"'\u201d\u2019*_"
_WORD = re.compile(rf"[{_OPENING}]*[^\W\d_]+(?:['\u2019\u2011-][^\W\d_]+)*[{_CLOSING}]*")
_KEY = re.compile(r"[ ]*(?:-[ ]+)?[a-z_][\w-]*:(?:[ ]|$)")
_FEWEST = 4
"""Words of a paragraph; with fewer, it is not clear whether they are code."""

_SHARE = 0.8
"""The share of a paragraph's words that are words of a language, and not symbols, numbers or names in capitals."""


def tabs(text: Text, masked: str, problems: Problems) -> bool:
    """Report tabs outside code. Returns whether there are any, because then no indent is certain."""
    found = [tab.start("tab") for tab in re.finditer(r"^[^\t\n]*+(?P<tab>\t)", masked, re.MULTILINE)]
    for at in found:
        before = masked[masked.rfind("\n", 0, at) + 1 : at].strip(" >")
        meant = (
            "type a space; a table is written as | one | two |" if before else "four spaces indent a list or a block"
        )
        problems.add(text.at(at), f"a tab (delete it; {meant})")
    return bool(found)


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> set[int]:
    """Report what collapses into the list around it, and prose that became code. Returns where lists collapse."""
    shown = dialect.examples(tree)
    collapsed = list(_collapsed(masked, shown))
    for at, spaces, is_item in collapsed:
        if is_item:
            message = f"indented by {spaces} spaces, so it does not nest in the list above (indent it by four)"
        else:
            message = (
                f"indented by {spaces} spaces, so it ends the list above (four keep it in its item; none begin anew)"
            )
        problems.add(text.at(at), message)
    remedy = "delete the spaces" if text.form == "value" else "delete the spaces; put code between lines of ```"
    for at in _accidents(masked, shown):
        problems.add(text.at(at), f"indented by four spaces or more, so it becomes code ({remedy})")
    return {at for at, _, is_item in collapsed if is_item}


def _collapsed(masked: str, shown: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """Lists and paragraphs of items that are indented by two or three: offset, indent, and whether it is an item."""
    items: list[int] = []  # how far the items are indented that are still open
    quoted, after_blank, reported = 0, False, False
    for at, line in dialect.lines(masked):
        margin = _margin(line, quoted, items)
        rest = line[margin:]
        bare = rest.lstrip(" ")
        if (depth := line[:margin].count(">")) != quoted:
            items, quoted, reported = [], depth, False
        if not bare or bare.rstrip() in shown or _FENCE.match(bare):
            after_blank = after_blank or not bare
            continue
        indent, is_item = len(rest) - len(bare), _ITEM.match(bare) is not None
        if is_item or after_blank:
            while items and (items[-1] > indent or (not is_item and items[-1] == indent)):
                items.pop()
            reported = reported and bool(items) and not (is_item and indent < items[0] + 2)
            spaces = indent - items[-1] if items else 0
            if spaces in {2, 3} and not reported:
                reported = True
                yield at + margin + indent, spaces, is_item
            if is_item and (not items or spaces > 1):
                items.append(indent)
        after_blank = False


def _margin(line: str, quoted: int, items: list[int]) -> int:
    """The length of a line's marks of quotation; one that begins within an item is part of the item."""
    found = _QUOTED.match(line)
    margin = found.end() if found else 0
    begins = line[:margin].count(">") > quoted and line.startswith("  ") and items
    return 0 if begins else margin


def _accidents(masked: str, shown: frozenset[str]) -> Iterator[int]:
    """Offsets of paragraphs and lists that are code only because of the spaces before them."""
    run: list[tuple[int, str]] = []
    for at, line in [*dialect.lines(masked), (len(masked), "x")]:
        quote = _QUOTED.match(line)
        rest = line[quote.end() if quote else 0 :]
        if not rest.strip():
            continue
        if rest.startswith("    ") and line.strip(" >") in shown:
            run.append((at + len(line) - len(rest.lstrip(" ")), rest))
            continue
        if run and (_is_prose([line for _, line in run]) or _is_list([line for _, line in run])):
            yield run[0][0]
        run = []


def _is_prose(lines: list[str]) -> bool:
    """Whether lines read as sentences of a language, and none as a line of code."""
    written = [_LISTED.sub("", line).split() for line in lines]
    words = [word for line in written for word in line]
    begins = re.match(rf"[{_OPENING}]*[^\W\d_]", words[0])
    sentence = (begins is not None and begins[0][-1].isupper()) or re.search('[.!?\u2026]["\u201d)]?$', words[-1])
    enough = len(_words(words)) >= max(_FEWEST, _SHARE * len(words))
    code = any(_KEY.match(line) for line in lines) or any(2 * len(_words(line)) < len(line) for line in written)
    return bool(sentence) and enough and not code


def _is_list(lines: list[str]) -> bool:
    """Whether all lines are items of one list, with words in them."""
    marks = {"1." if found["mark"][:-1] else found["mark"] for line in lines if (found := _LISTED.match(line))}
    items = [_LISTED.sub("", line).split() for line in lines if _LISTED.match(line)]
    words = [word for item in items for word in item]
    return len(marks) == 1 and 1 < len(items) == len(lines) and len(_words(words)) >= _SHARE * len(words)


def _words(written: list[str]) -> list[str]:
    return [word for word in written if _WORD.fullmatch(word) and (len(word) == 1 or not word.isupper())]
