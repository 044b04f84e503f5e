"""Markdown as authors might write it, by chance: every kind of block in every other, every kind of mark in each.

Each word is there once, `zq` and four letters, so that one that is lost is found, with the block that it was in.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

WORD = re.compile("zq[a-z]{4}")

Lines = list[str]

OUTER = ["list", "numbered", "tasks", "definition", "quotation", "teaching"]
"""Kinds of blocks that may contain others."""

INNER = [*OUTER, "paragraph", "table", "write", "code", "fence", "figure", "facilitator", "solution", "note"]
"""Kinds that may be within them."""

OUTERMOST = 3

_SPEECH = (
    "\N{RIGHT SINGLE QUOTATION MARK}s",
    "'s",
    ",",
    ";",
    ":",
    " --",
    " —",
    "...",
    "!",
    "?",
    " & co.",
    " < 5",
    " 100%",
    " (so)",
    ' "so"',
    " #1",
    " +",
)


@dataclass
class Author:
    """Writes by chance: for a file or, without fences and notes, for a text in YAML."""

    chance: random.Random
    files: bool = True
    for_facilitators: bool = True
    inner: str = ""
    numbers: Iterator[int] = field(default_factory=itertools.count)
    notes: list[Lines] = field(default_factory=list)  # definitions of footnotes, which come last

    def word(self) -> str:
        """One word that is nowhere else."""
        number, letters = next(self.numbers), ""
        for _ in range(4):
            number, letter = divmod(number, 26)
            letters = chr(97 + letter) + letters
        return f"zq{letters}"

    def words(self, most: int = 4) -> str:
        """A few words, with what is between words in speech."""
        said = (self.word() + (self.chance.choice(_SPEECH) if self.chance.random() < 0.2 else "") for _ in range(most))
        return " ".join(itertools.islice(said, self.chance.randint(1, most)))

    def line(self, deeper: int = 2, *, linked: bool = False) -> str:
        """One line with marks in it; `linked` where it is the words of a link, which has no other in it."""
        if self.inner:
            return self.words()
        marks = self._marks(deeper, linked=linked)
        return " ".join(self.chance.choice(marks)() for _ in range(self.chance.randint(1, 4)))

    def _marks(self, deeper: int, *, linked: bool) -> list[Callable[[], str]]:

        def inner() -> str:
            return self.words() if deeper < 1 else self.line(deeper - 1, linked=linked)

        marks: list[Callable[[], str]] = [
            self.words, self.words, self.words,
            lambda: f"*{inner()}*", lambda: f"**{inner()}**", lambda: f"***{self.words()}***",
            lambda: f"_{self.words()}_", lambda: f"`{self.words()}`", lambda: f"``{self.words()} ` {self.words()}``",
            lambda: f"<kbd>{self.word()}</kbd>", lambda: f"<q>{inner()}</q>", lambda: f"<cite>{self.word()}</cite>",
            lambda: f"{self.word()}<sub>{self.word()}</sub>", lambda: f"{self.word()}<sup>{self.word()}</sup>",
            lambda: f'<abbr title="{self.word()}">{self.word()}</abbr>', lambda: f"{self.word()}<br>{self.word()}",
            lambda: f"{self.word()} &amp; {self.word()} &mdash; \\*{self.word()}\\*",
        ]  # fmt: skip
        if linked:
            return marks
        return [
            *marks, self._footnote, self._link,
            lambda: f"[{self.words()}](module:next-steps)", lambda: f"{self.word()} [@hall-2015]",
            lambda: f"[Program to supply: {self.word()} {self.word()}]",
        ]  # fmt: skip

    def _link(self) -> str:
        return f"[{self.line(1, linked=True)}](https://a.example.edu/x)"

    def _footnote(self) -> str:
        if not self.files:
            return self.words()
        name = f"n{next(self.numbers)}"
        within = replace(self, files=False, notes=[])  # no note refers to another
        first = self.words()
        rest = ["", *_in(4, within._list(0))] if not self.inner and self.chance.random() < 0.3 else []  # noqa: SLF001
        self.notes.append([f"[^{name}]: {first}", *rest])
        return f"{self.word()}[^{name}]"

    def block(self, deeper: int = 3) -> Lines:
        """One block, with others in it unless `deeper` is 0; within another the kind that was asked for, if any."""
        if self.inner:
            return self.kind(self.inner, -1) if deeper >= 0 else self._paragraph(0)
        kinds = ["paragraph", "paragraph", "table", "write", "code", "code_in_item"]
        kinds += OUTER if deeper > 0 else []
        kinds += ["fence"] if self.files and deeper > 0 else []
        return self.kind(self.chance.choice(kinds), deeper - 1)

    def kind(self, name: str, deeper: int = OUTERMOST) -> Lines:
        """One block of a kind, whose methods are named like it."""
        made: Lines = getattr(self, f"_{name}")(deeper)
        return made

    def blocks(self, deeper: int, most: int = 3) -> Lines:
        """Several blocks, with empty lines between."""
        first, *more = (self.block(deeper) for _ in range(self.chance.randint(1, most)))
        return [*first, *itertools.chain.from_iterable(["", *each] for each in more)]

    def _paragraph(self, _: int) -> Lines:
        return [self.line() + ("  " if self.chance.random() < 0.1 else "") for _ in range(self.chance.randint(1, 3))]

    def _begun(self, deeper: int) -> Lines:
        """What an item or a definition holds: a line, and perhaps blocks below it."""
        more = (
            ["", *self.blocks(deeper, 2)]
            if (self.inner and deeper >= 0) or (deeper > 0 and self.chance.random() < 0.5)
            else []
        )
        return [self.line(), *more]

    def _items(self, mark: Callable[[int], str], deeper: int) -> Lines:
        loose = bool(self.inner) or self.chance.random() < 0.4
        made: Lines = []
        for number in range(1, self.chance.randint(1, 3) + 1):
            first, *rest = self._begun(deeper)
            made += [*([""] if made and loose else []), mark(number) + first, *_in(4, rest)]
            if not rest and deeper > 0 and self.chance.random() < 0.3:  # a list at once below its item's line
                made += _in(4, [f"- {self.line(1)}" for _ in range(2)])
        return made

    def _list(self, deeper: int) -> Lines:
        mark = self.chance.choice(["- ", "* ", "-   ", "+ "])
        return self._items(lambda _: mark, deeper)

    def _numbered(self, deeper: int) -> Lines:
        start = self.chance.choice([0, 0, 0, 4])
        return self._items(lambda number: f"{number + start}. ", deeper)

    def _tasks(self, _: int) -> Lines:
        return [f"- [ ] {self.line(1)}" for _ in range(self.chance.randint(1, 3))]

    def _definition(self, deeper: int) -> Lines:
        made: Lines = []
        for _ in range(self.chance.randint(1, 2)):
            first, *rest = self._begun(deeper)
            made += [*([""] if made else []), self.words(2), f":   {first}", *_in(4, rest)]
        return made

    def _quotation(self, deeper: int) -> Lines:
        return [f"> {line}".rstrip() for line in self.blocks(deeper, 2)]

    def _teaching(self, deeper: int) -> Lines:
        kinds = ["reflection", "practice", "story", "evidence", "definition", "note", "content-note"]
        if self.files and self.for_facilitators and not self.inner:
            kinds += ["facilitator", "figure", "solution"]
        kind = self.chance.choice(kinds)
        return self._figure(0) if kind == "figure" else self._titled(kind, self.blocks(deeper, 2))

    def _facilitator(self, deeper: int) -> Lines:
        return self._titled("facilitator", self._paragraph(deeper))

    def _solution(self, deeper: int) -> Lines:
        return self._titled("solution", self._paragraph(deeper))

    def _figure(self, _: int) -> Lines:
        image = f"![{self.word()} {self.word()}](images/map.svg)"
        return [f'!!! figure "{self.word()} {self.word()}"', *_in(4, [image, "", *self._paragraph(0)])]

    def _titled(self, kind: str, inner: Lines) -> Lines:
        title = f' "{self.word()} {self.word()}"' if self.chance.random() < 0.6 else ""
        return [f"!!! {kind}{title}", *_in(4, inner)]

    def _table(self, _: int) -> Lines:
        wide = self.chance.randint(2, 4)
        rule = self.chance.choice([" --- ", " :---: ", " ---: "])
        rows = [[self._cell() for _ in range(wide)] for _ in range(self.chance.randint(1, 3))]
        return [_row([self.words(2).replace("|", "") for _ in range(wide)]), _row([rule] * wide), *map(_row, rows)]

    def _cell(self) -> str:
        return "" if self.chance.random() < 0.1 else self.line(1).replace("|", "/")

    def _note(self, _: int) -> Lines:
        return [self._footnote()]

    def _write(self, _: int) -> Lines:
        return ["[WRITE: 2]"] if self.files else self._paragraph(0)

    def _code(self, _: int) -> Lines:
        return [self.words(), "", *_in(4, [f"x = {self.word()};", f"  {self.word()}(*a*, 1 < 2)"])]

    def _code_in_item(self, _: int) -> Lines:
        return [f"- {self.words()}", "", *_in(8, [f"{self.word()} = 1 < 2;", f"{self.word()}();"])]

    def _fence(self, _: int) -> Lines:
        fence = self.chance.choice(["```", "~~~", "``` python"])
        return [fence, f"{self.word()} = 'a < b' # *{self.word()}*", "", f"    {self.word()}", fence.split()[0]]


def _in(by: int, lines: Lines) -> Lines:
    return [" " * by + line if line else "" for line in lines]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
