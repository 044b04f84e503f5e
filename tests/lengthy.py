"""Long inputs that no one would write: pieces of the format again and again, alone and mixed, up to the largest file.

In: a seed. Out: files, each as a path in the small curriculum and its text. The same seed gives the same files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from planting import ABOUT, COHORT, CURRICULUM, GLOSSARY, MODULE, READING, REFERENCES, SHEET

from builder.sources import limits

LARGEST = 999_000
"""Bytes; a little less than a text file may have."""

MARKS = (
    *("[", "![", "](", "[a](b ", "[a](#maps) ", "[a][b] ", "(x)[y.md] ", "[a] (b.md) ", "`", "``a", "<", "<a ", "<!--"),
    *("<sub>", '<abbr title="', "</q>", "<http://a.b> ", "*", "*a ", "**a ", "_a_ ", "***a", "|", "> ", "- ", "1. "),
    *(
        "{: #a } ",
        "*x*{: .a } ",
        "{",
        "[^1] ",
        "[@hall-2015] ",
        "[@a",
        "@hall-2015 ",
        "!!! ",
        "&",
        "&amp;",
        "\\",
        "\\*",
    ),
    *('"', '"a" ', "'", "--", "~", "^", "#", "\t", " ", "\u00a0", "\u200b", "x" * 500, "word ", "http://a.b/", "path "),
    *("[PROGRAM TO SUPPLY: ", "[WRITE: 4] ", "[ @" + "a" * 90, "é", "\U0001f600"),
)
LINES = (
    *(
        "[WRITE: 4]\n\n",
        "# a\n",
        "## a\n\n",
        "a\n===\n\n",
        "a\n---\n",
        "---\n",
        "- a\n",
        "- a\n\n",
        "1. a\n\n",
        "a\n- b\n\n",
    ),
    *(
        "> a\n",
        "> a\n\n",
        "| a | b |\n",
        "| - | - |\n",
        "| a |\n| - |\n| b |\n\n",
        "a\n:   b\n\n",
        ":   b\n",
        "{: #a }\n",
    ),
    *(
        "a\n{: #a }\n\n",
        "[^1]: a\n",
        "    a\n",
        "[a]: b\n",
        "!!! story\n",
        "!!! story\n    a\n\n",
        "!!! facilitator\n    a\n\n",
    ),
    *(
        "~~~\n",
        "```a\n",
        "~~~\na\n~~~\n\n",
        "<div>\n\n",
        "[REFERENCES]\n",
        "[GLOSSARY]\n\n",
        "- [ ] a\n",
        "\n",
        " \n",
        "a  \n",
    ),
    *("!! a\n", "• a\n", "*[a]: b\n", "a\n[@hall-2015] b\n\n", "| --- " * 9 + "\n", "        - a\n"),
)
YAML = (
    *(
        "- a\n",
        "- - a\n",
        "a: b\n",
        "? a\n: b\n",
        "[",
        "{",
        "[a, ",
        "{a: ",
        "&a ",
        "*a ",
        "!a ",
        '"a" ',
        "'a' ",
        "|\n  a\n",
    ),
    *(
        "# a\n",
        "  ",
        "\n",
        "- {id: a}\n",
        "- id: a\n  title: b\n",
        "---\n",
        "%a\n",
        "a:\n  ",
        "- [" + "a, " * 99 + "]\n",
    ),
    *("- {" + ", ".join(f"k{n}: 1" for n in range(99)) + "}\n", "é", "\\x41", ": ", "- '" + "a" * 900 + "'\n"),
)
MARKDOWN_FILES = (READING, ABOUT, SHEET)
YAML_FILES = (MODULE, CURRICULUM, REFERENCES, GLOSSARY, COHORT)
VALUE = (MODULE, "promise: You will leave with a plan.", "promise: |-\n")
"""Where a text is put into a value: the file, what is replaced, and what comes before the text."""


def numbered(piece: str, count: int) -> str:
    """A piece with a number of its own each time, so that nothing remembered of one serves for another."""
    return "".join(f"{piece.rstrip()}{nth}{piece[len(piece.rstrip()) :]}" for nth in range(count))


def largest(piece: str) -> str:
    """A piece repeated to the largest size that a file may have."""
    return piece * (LARGEST // len(piece.encode()))


def fullest(piece: str) -> str:
    """As much of a piece as the limits let pass, in as many paragraphs."""
    low, high = 0, limits.MAX_PARAGRAPH // len(piece)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if any(limits.Budget().excess(piece * middle)) else (middle, high)
    paragraph, budget, parts, size = piece * low, limits.Budget(), [], 0
    while paragraph and size < LARGEST and not any(budget.excess(paragraph)):
        parts.append(paragraph)
        size += len(paragraph.encode()) + 2
    text = "\n\n".join(parts[:-1])
    return "\n".join(text.split("\n")[: limits.MAX_LINES])


def mixed(chance: random.Random, pieces: tuple[str, ...], size: int) -> str:
    """A few pieces in turn, each some times, to a size."""
    few = chance.sample(pieces, 4)
    turn = "".join(chance.choice(few) * chance.choice((1, 1, 2, 5, 40)) for _ in range(12))
    return (turn * (size // len(turn.encode()) + 1))[:size]


def files(seed: int, count: int) -> Iterator[tuple[str, str, str]]:
    """So many files: what each is made of, its path, and its text."""
    chance = random.Random(seed)
    for nth in range(count):
        markdown = nth % 3 > 0
        pieces = MARKS + LINES if markdown else YAML
        path = chance.choice(MARKDOWN_FILES if markdown else YAML_FILES)
        piece = chance.choice(pieces)
        kind = ("largest", "fullest", "numbered", "mixed")[chance.randrange(4)]
        text = {
            "largest": lambda piece=piece: largest(piece),
            "fullest": lambda piece=piece, markdown=markdown: fullest(piece) if markdown else largest(piece),
            "numbered": lambda piece=piece: numbered(piece, 4_000),
            "mixed": lambda pieces=pieces: mixed(chance, pieces, chance.choice((3_000, 30_000, LARGEST // 2))),
        }[kind]()
        yield f"{kind} {piece[:20]!r} in {path}", path, text
