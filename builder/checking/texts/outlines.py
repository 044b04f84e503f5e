"""What was meant as a list or a table and is none, or not as a whole.

In: one text and its tree. Out: problems. Such lines are found in the tree, where they are plain text, and then searched
for in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from builder import dialect
from builder.checking.texts.texts import INLINE, Text, alike, key, likest, visible_words
from builder.problems import Place, Problems

_ITEM = re.compile(r"[ >]*(?P<mark>[-*+]|\d{1,9}\.)[ ]+(?P<words>\S.*)")
_ROW = re.compile(r"[ >]*\|.*(?<!\\)\|[ ]*")
_OPEN_ROW = re.compile(r"[ >]*\|.*(?<!\\)\|")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_RULE = re.compile(rf"(?=.*\|)(?=.*[{_DASHES}])[ >]*[|: {_DASHES}]*")
_BLOCK = re.compile(r"^(?![ >]*$).*(?:\n(?![ >]*$).*)*", re.MULTILINE)


def check(text: Text, masked: str, tree: dialect.Node, collapsed: Set[int], problems: Problems) -> None:
    """Report lists and tables that are part of a paragraph, and cells for which a table has no column.

    `collapsed` are the offsets of items that are reported already.
    """
    paragraphs = list(_paragraphs(tree))
    _lists(text, masked, paragraphs, collapsed, problems)
    _definitions(text, masked, paragraphs, problems)
    _tables(text, masked, paragraphs, tree, problems)


def _paragraphs(tree: dialect.Node) -> Iterator[list[str]]:
    """The lines of every run of plain text in a tree, as typed."""
    for node in dialect.walk(tree):
        if node["t"] in INLINE | {"pre", "root"}:
            continue
        run = ""
        for child in [*node["c"], {"t": "", "c": []}]:
            if isinstance(child, str) or child["t"] in INLINE | {"footnote"}:
                run += visible_words(child)
            elif run:
                yield run.split("\n")
                run = ""


# Lists


def _lists(text: Text, masked: str, paragraphs: list[list[str]], collapsed: Set[int], problems: Problems) -> None:
    """Report the first item of each list that is plain text. A number may begin a line by chance, two do not."""
    written: dict[str, list[tuple[int, str, re.Match[str]]]] = {}
    at, before = 0, ""
    for line in masked.split("\n"):
        item = _ITEM.fullmatch(line)
        if item and before.strip(" >"):
            written.setdefault(item["mark"], []).append((at, before, item))
        at, before = at + len(line) + 1, line
    for lines in paragraphs if written else ():
        items = [(before, item) for before, line in pairwise(lines) if (item := _ITEM.fullmatch(line))]
        numbers = [int(item["mark"][:-1]) for _, item in items if item["mark"][0].isdigit()]
        if len(numbers) == len(items) and not any(next - one in {0, 1} for one, next in pairwise(numbers)):
            continue
        before, item = items[0]
        same = written.get(item["mark"])
        if same:
            start, _, found = likest(same, partial(_likeness, before, item))
            message = "makes no list here (leave an empty line before a list; indent one in another by four spaces)"
            if start + found.start("mark") not in collapsed:
                problems.add(text.at(start + found.start("mark")), f"{item['mark']!r} {message}")


def _likeness(before: str, item: re.Match[str], written: tuple[int, str, re.Match[str]]) -> int:
    """How much a line of the source, with the one before it, has in common with those of a paragraph."""
    return alike(written[1], before) + alike(written[2]["words"], item["words"])


def _definitions(text: Text, masked: str, paragraphs: list[list[str]], problems: Problems) -> None:
    """Report the first definition that is plain text, such as one in a list."""
    plain = {key(line) for lines in paragraphs for line in lines if line.lstrip().startswith(":")}
    for found in re.finditer(r"^[ >]*(?P<mark>:)[ ]+\S.*", masked, re.MULTILINE) if plain else ():
        if key(found[0]) in plain:
            message = "makes no definition here (leave the term at the margin, and write : and three spaces below it)"
            problems.add(text.at(found.start("mark")), f"':' {message}")
            return


# Tables


def _tables(text: Text, masked: str, paragraphs: list[list[str]], tree: dialect.Node, problems: Problems) -> None:
    """Report what keeps lines with bars from being a table, and rows with more cells than there are columns."""
    plain = {key(line) for lines in paragraphs for line in lines if "|" in line}
    heads = {key(dialect.words(node)) for node in dialect.walk(tree) if node["t"] == "thead"}
    for block in _BLOCK.finditer(masked) if "|" in masked else ():
        written = text.text[block.start() : block.end()]
        starts = [block.start() + start for start, _ in dialect.lines(written)]
        lines = _Lines(text, starts, written.split("\n"), block[0].split("\n"))
        first = lines.first()
        if first is None:
            continue
        made = dialect.tree("\n".join(lines.bare[first : first + 2]))  # these decide whether a table is made
        head = next((key(dialect.words(node)) for node in dialect.walk(made) if node["t"] == "thead"), None)
        if head is not None and head in heads:
            _surplus(lines, first, problems)
        elif not plain.isdisjoint(lines.plain()):
            if head is None:
                _shape(lines, first, problems)
            if first and not lines.rule(first) and not lines.bare[first - 1].startswith("!!!"):
                problems.add(lines.at(first), "a table right below other text (leave an empty line before it)")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a block between empty lines."""

    text: Text
    starts: list[int]
    lines: list[str]
    masked: list[str]

    @property
    def bare(self) -> list[str]:
        """The lines without their indent and marks of quotation."""
        return [line.strip(" >") for line in self.lines]

    def first(self) -> int | None:
        """The number of the first line that is meant as a table's; None if there is none."""
        for number, line in enumerate(self.masked):
            if self.rule(number):
                return number - 1 if number and self.cells(number - 1) > 1 else number
            pair = self.masked[number : number + 2]
            if _ROW.fullmatch(line) or (len(pair) == 2 and all(map(_OPEN_ROW.match, pair))):
                return number
        return None

    def rule(self, number: int) -> bool:
        """Whether a line is meant as the rule under a table's header, with any kind of dashes."""
        return number < len(self.masked) and _RULE.fullmatch(self.masked[number]) is not None

    def cells(self, number: int) -> int:
        """How many cells a line has."""
        inside = re.sub(r"^\||(?<!\\)\|$", "", self.masked[number].strip(" >"))
        return len(re.findall(r"(?<!\\)\|", inside)) + 1

    def plain(self) -> set[str]:
        """The lines that are plain text with a bar in them."""
        made = dialect.tree("\n".join(self.bare))
        return {key(line) for lines in _paragraphs(made) for line in lines if "|" in line}

    def at(self, number: int) -> Place:
        """The place of a line."""
        margin = len(self.lines[number]) - len(self.lines[number].lstrip(" >"))
        return self.text.at(self.starts[number] + margin)


def _shape(lines: _Lines, first: int, problems: Problems) -> None:
    rule = f"| {' | '.join(['---'] * lines.cells(first))} |"
    if lines.rule(first) or not lines.rule(first + 1):
        message = f"this makes no table (the columns' names in its first line, {rule} in its second, no empty lines)"
        problems.add(lines.at(first), message)
    elif strange := re.search(f"[{_DASHES[1:]}]", lines.bare[first + 1]):
        problems.add(lines.at(first + 1), f"{strange[0]!r} in the second line of a table (write {rule})")
    else:
        count = lines.cells(first + 1)
        problems.add(
            lines.at(first + 1),
            f"the second line of a table has not as many cells as the first ({count}; write {rule})",
        )


def _surplus(lines: _Lines, first: int, problems: Problems) -> None:
    """Report rows whose end the table drops: a mark is added there, and the tree shows whether it is kept."""
    columns, rows = lines.cells(first), lines.bare[first + 2 :]
    borders = {(row.startswith("|"), row.endswith("|")) for row in [lines.bare[first], *rows]}
    if len(borders) == 1 and all(lines.cells(first + 2 + at) <= columns for at in range(len(rows))):
        return
    signed = [re.sub(r"((?<!\\)\|)?$", f"\ue000{at}\ue000\\1", row, count=1) for at, row in enumerate(rows)]
    made = dialect.words(dialect.tree("\n".join([*lines.bare[first : first + 2], *signed])))
    for at in range(len(rows)):
        if f"\ue000{at}\ue000" not in made:
            message = (
                f"a row with more cells than the table has columns, {columns} (name every column; for a bar write \\|)"
            )
            problems.add(lines.at(first + 2 + at), message)
