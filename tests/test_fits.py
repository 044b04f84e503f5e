"""Print fits, measured on the set page: what is in a table, a program, an address or a heading can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as changed
from itertools import chain
from typing import Any

import pypdfium2
import pytest
from test_press import FACTS, HEADS, SQUARE, el, guide, packet, root

from builder.press import Job, Node, Pdf, typeset
from builder.press.breaking import BREAK, breakable, columns

LONG = [
    "Interprofessional rounds", "Neurodevelopmental clinic", "Otorhinolaryngology", "Electrophysiology",
    "Responsibilities", "Gastroenterology", "Ophthalmological", "Microaggressions", "Underrepresentation",
]  # fmt: skip
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Holidays", "Counterintuitively"]
ADDRESS = "https://www.example.org/a/very/long/address?with=parameters&and=more_" + "x" * 90
NAME = "Donaudampfschifffahrtsgesellschaft"
IMAGE = el("img", src="images/square.svg", alt="A square")
LEAST = 10
"""Points from the edge of a page that stay empty: no printer prints there."""


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word, or a part of one at a line's end, and its box from the page's lower left corner in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: Word) -> bool:
        """Whether two words share more than a hair's breadth of paper."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.top, other.top) - max(self.bottom, other.bottom) > 1


def words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    """The words of a page with their boxes, from their signs."""
    text = page.get_textpage()
    run: list[tuple[str, Box]] = []
    line = 0.0
    for at, sign in enumerate(text.get_text_range()):
        box, foot = text.get_charbox(at), text.get_charbox(at, loose=True)[1]
        same = abs(foot - line) < 3 and run and -4 < box[0] - run[-1][1][2] < 6
        line = foot
        if run and (sign.isspace() or not same):
            yield joined(run)
            run = []
        if not sign.isspace() and box[2] > box[0]:
            run.append((sign, box))
    if run:
        yield joined(run)
    text.close()


def joined(run: list[tuple[str, Box]]) -> Word:
    """One word of signs that stand side by side."""
    left, bottom, right, top = zip(*(box for _, box in run), strict=True)
    return Word("".join(sign for sign, _ in run), min(left), min(bottom), max(right), max(top))


def faults(pdf: Pdf) -> list[str]:
    """Words of a PDF that leave their page, and pairs of words that are printed over each other."""
    found = []
    document = pypdfium2.PdfDocument(pdf.data)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        seen: list[Word] = []
        for word in sorted(words(page), key=lambda each: -each.top):
            if word.left < LEAST or word.right > width - LEAST or word.bottom < LEAST or word.top > height - LEAST:
                found.append(f"page {number}: {word.text!r} leaves the page")
            seen = [other for other in seen if other.bottom < word.top]
            found += [f"page {number}: {word.text!r} over {other.text!r}" for other in seen if word.covers(other)]
            seen.append(word)
        page.close()
    document.close()
    return found


def letters(text: str) -> str:
    """A text without what the end of a line adds or takes away."""
    return re.sub(r"[\s\ufffe\u21aa-]", "", text)


def printed(pdf: Pdf) -> str:
    """All that a PDF says, without spaces."""
    document = pypdfium2.PdfDocument(pdf.data)
    try:
        return letters("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def is_in(said: str, text: str) -> bool:
    """Whether a text says this, in one piece or parted by the end of a page."""
    return said in text or any(said[:at] in text and said[at:] in text for at in range(1, len(said)))


def table(heads: list[str], *rows: list[Node | str]) -> Node:
    """A table; an empty cell is there to be written in."""
    cells = [el("tr", *(el("td", *([cell] if cell else [])) for cell in row)) for row in rows]
    return el("table", el("thead", el("tr", *(el("th", head) for head in heads))), el("tbody", *cells))


def tables() -> Iterator[Node]:
    """Tables of two to nine columns: with long words, with much text in one column, to write in, with images."""
    for count in range(2, 10):
        yield table(DAYS[:count], LONG[:count], [f"{word} and a few more words" for word in LONG[:count]])
        yield table(DAYS[:count], ["Wide. " * 60, *LONG[: count - 1]], ["", *LONG[: count - 1]])
        yield table(DAYS[:count], [*LONG[: count - 1], ""], [*("" for _ in range(count - 1)), NAME])
        yield table(LONG[:count], [str(number) for number in range(count)], [IMAGE, *LONG[: count - 1]])
    yield table(["Key", "Meaning"], [el("code", "a.key_that_is/long" * 3), "What it means. " * 9], [ADDRESS, ADDRESS])
    yield table(["A", "B", "C"], *[[el("a", ADDRESS, href=ADDRESS), el("strong", NAME), el("code", "x" * 50)]] * 2)


def programs() -> Iterator[Node]:
    """Lines of code of 40 to 400 signs, with spaces and without, set in, in two scripts."""
    for length in (40, 76, 85, 95, 110, 130, 200, 400):
        lines = [f"\tfor each in {'things, ' * 60}"[:length], "x" * length, f"    {'name_' * 99}"[:length]]
        yield el("pre", el("code", "\n".join(lines) + "\n"))
    yield el("pre", el("code", "王小明" * 70))
    yield el("pre", el("code", ""))
    yield el("pre", el("code", f"{'x' * 200}\n\n{'y' * 9}"))


def lines() -> Iterator[Node]:
    """Addresses, code and words that are too long for a line, wherever a text may contain them."""
    address = el("a", ADDRESS, href=ADDRESS)
    code = el("code", "a_line_of_code_without_any_space_" * 4)
    note = el("footnote", el("p", "A note: ", ADDRESS, " ", el("code", "y" * 99)))
    named = el("span", "a name that is long, " * 3, k=["blank-name"])
    blank = el("span", "Your program writes here: ", named, k=["blank"])
    for at in (address, code, "z" * 200, ADDRESS, blank, NAME):
        yield el("p", "Text with ", at, " in it.", note)
        yield el("ul", el("li", at, el("ul", el("li", el("p", at), table(DAYS[:4], LONG[:4])))))
        yield el("blockquote", el("p", at), el("pre", el("code", "x" * 300)))
        yield el(
            "div", el("p", "Story", k=["admonition-title"]), el("p", at), table(DAYS[:7], LONG[:7]), k=["admonition"]
        )
    for tag in ("h2", "h3", "h4"):
        yield el(tag, f"{NAME} and {ADDRESS}")
        yield el("p", "Text.")
    yield el("dl", el("dt", ADDRESS), el("dd", el("p", ADDRESS)))
    yield el("div", el("div", el("p", NAME, " ", code), k=["ask"]), k=["together"])
    inner = el("dl", el("dt", "A term"), el("dd", "What it means."))
    yield el("div", el("dl", el("dt", "Purpose"), el("dd", inner)), k=["notes"])


KINDS = {"tables": tables, "programs": programs, "lines": lines}
WAYS: list[tuple[str, Any, bool]] = [
    ("handout", "letter", False), ("handout", "a4", True), ("guide", "a4", False), ("guide", "letter", True),
    ("packet", "letter", False), ("packet", "a4", True),
]  # fmt: skip


def job_of(tree: Node, layout: Any, paper: Any, *, large: bool) -> Job:
    """A job that sets a tree in a layout."""
    if layout == "packet":
        made = packet()
        trees = {name: tree if name in {"guide", "handout"} else other for name, other in made.trees.items()}
        return changed(made, trees=trees, paper=paper, large=large)
    facts = {**FACTS, "module_title": "Why it matters"}
    return Job(layout, layout, facts, {layout: tree}, {"images/square.svg": SQUARE}, paper, large)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("layout", "paper", "large"), WAYS, ids=str)
def test_nothing_leaves_a_page_or_is_printed_over(kind: str, layout: str, paper: str, large: bool) -> None:  # noqa: FBT001
    """Tables, code, addresses, long words: no two words share any paper, none leaves the page, and none is lost."""
    tree = root(*KINDS[kind]())
    made = typeset(job_of(tree, layout, paper, large=large))
    assert faults(made) == []
    text = printed(made)
    said = map(letters, chain.from_iterable(texts(node) for node in tree["c"][1:]))
    assert [each for each in said if not is_in(each, text)] == []


def texts(node: Node) -> Iterator[str]:
    """The texts of a tree, each as it is in its element; what belongs in a blank is shortened."""
    for child in node["c"]:
        if isinstance(child, dict):
            yield from texts(child) if "blank" not in child.get("k", ()) else ()
        else:
            yield from child.split("\n")


def test_the_instrument_sees_what_does_not_fit() -> None:
    """In a table whose columns are fixed a long word stands over the next one, and leaves the page in the last."""
    row = table([*HEADS[:6], LONG[0]], ["0:05", "Talk", LONG[2], "", "", LONG[3], LONG[8] * 2])
    found = faults(typeset(guide(root(el("div", row, k=["run-sheet"])))))
    assert any(" over " in fault for fault in found)
    assert any("leaves the page" in fault for fault in found)


def test_a_table_names_what_needs_room() -> None:
    """A column has its widest words in each style, parted where a line may end, and says whether it has images."""
    bold = el("strong", "Neuro-developmental")
    rows = table(["Key", "What"], [el("code", "a.b"), bold], ["of the\u00a0year", el("p", IMAGE)])
    assert columns(rows) == [
        {"words": [["the\u00a0year", ""], ["of", ""], ["Key", "strong"], ["a.b", "code"]], "image": False},
        {
            "words": [
                ["developmental", ""],
                ["Neuro", ""],
                *([each, "strong"] for each in ("developmental", "Neuro", "What")),
            ],
            "image": True,
        },
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A short word and another", ["A short word and another"]),
        (NAME, [NAME]),
        ("See https://example.org/abc/def?g=h.", ["See https://", "example.", "org/", "abc/", "def?", "g=", "h."]),
        ("y" * 45, ["y" * 8] * 5 + ["y" * 5]),
        ("王小明" * 20, ["王小明" * 20]),
    ],
    ids=range(5),
)
def test_lines_end_where_sense_ends(text: str, pieces: list[str]) -> None:
    """What is too long for a line may be divided behind its punctuation, and within only what has none."""
    found = breakable(text)
    assert [each for each in found if each != BREAK] == pieces
    assert found[1::2] == [BREAK] * (len(pieces) - 1)


@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_names_and_addresses_of_a_team_fit(large: bool) -> None:  # noqa: FBT001
    """However long a team's name, its people's, its place and its links: its packet contains them, each on its page."""
    team = "Interprofessional-Collaboratives of the West"
    made = changed(packet(), trees={**packet().trees, "guide": root(el("p", "Text.")), "handout": root()})
    parts = [{**each, "title": NAME} for each in made.facts["meetings"][0]["parts"]]
    cover = {
        "cohort": NAME, "facilitators": [f"{NAME} {NAME}", "x" * 99], "members": [NAME, team], "place": ADDRESS,
        "link": ADDRESS, "phone": "1" * 99, "time_zone": "America/Argentina/ComodRivadavia", "url": ADDRESS,
    }  # fmt: skip
    own = {
        "cover": {**made.facts["cover"], **cover},
        "team": team, "blanks": [NAME, "y" * 99], "contact": "z" * 60 + "@example.org", "provenance": "w" * 200,
        "meetings": [{**each, "title": f"Meeting: {NAME}", "parts": parts} for each in made.facts["meetings"]],
    }  # fmt: skip
    found = typeset(changed(made, facts={**made.facts, **own}, large=large))
    assert faults(found) == []
    assert all(letters(each) in printed(found) for each in (NAME, "x" * 99, ADDRESS, "1" * 99, "y" * 98))
