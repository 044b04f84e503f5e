"""What is beside, before and after follows the direction of the language, on pages and in print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import tinycss2
from browser import DESK, PHONE, go, visiting
from playwright.sync_api import Browser
from test_layout import settled
from test_press import FACTS

from builder import press
from builder.press import Job

BUILDER = Path(__file__).resolve().parent.parent / "builder"
STYLES = sorted([*(BUILDER / "site/theme").rglob("*.css"), *(BUILDER / "documents/templates").glob("*.css.j2")])
LAYOUTS = sorted((BUILDER / "press/layouts").rglob("*.typ"))
BY_HAND = re.compile(r"(?<![\w-])(left|right)(?![\w-])")

TURNED = {".editions__button::after"}
"""A sign made of two borders and turned, so that it points up or down either way."""

ONE_HANDED = {
    "look.typ": {
        "let (first, last) =",
        "from the left",
        "from its upper left corner",
        "place(top + left, dx: x, dy: y, body)",
    },
    "marks.typ": {"(left: left, center: center, right: right)"},
    "packet.typ": {"A page is left empty"},
}
"""Lines of layouts that may name a hand: what sides are made of, places on paper, and columns as authors align them."""


def rules_of(rules: list[Any]) -> Iterator[tuple[str, Any]]:
    """The rules of a style sheet that have declarations, with their selectors, those within others too."""
    for rule in rules:
        inner = tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True)
        if rule.type == "at-rule":
            yield from rules_of([each for each in inner if each.type in {"qualified-rule", "at-rule"}])
            yield f"@{rule.at_keyword}", [each for each in inner if each.type == "declaration"]
        else:
            yield tinycss2.serialize(rule.prelude).strip(), [each for each in inner if each.type == "declaration"]


def one_handed(sheet: str) -> list[str]:
    """The declarations of a style sheet that name a hand, or that give the two sides of a line values of their own."""
    found = []
    for selector, declarations in rules_of(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        for each in declarations:
            values = [value for value in each.value if value.type not in {"whitespace", "comment"}]
            four = each.name in {"padding", "margin", "inset", "border-width", "border-style", "border-color"}
            moved = any(
                value.type == "function"
                and value.lower_name in {"translatex", "translate", "translate3d"}
                and any(part.type not in {"number", "whitespace"} for part in value.arguments[:1])
                for value in values
            )
            if (
                BY_HAND.search(each.name.replace("-", " "))
                or BY_HAND.search(tinycss2.serialize(values).replace("-", " "))
                or (four and len(values) == 4 and values[1].serialize() != values[3].serialize())
                or moved != ("[dir=" in selector)
            ):
                found.append(f"{selector} {{ {each.name}: {tinycss2.serialize(values)} }}")
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_name_no_hand(path: Path) -> None:
    """Style sheets say start and end and never left and right, so that a language read from the right needs none."""
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"))
    assert text.strip()
    assert [each for each in one_handed(text) if each.partition(" {")[0] not in TURNED] == []


@pytest.mark.parametrize(
    "rule",
    [
        "a { margin-left: 1em }", "a { border-right-width: 0 }", "a { text-align: right }", "a { float: left }",
        "a { left: 0 }", "a { padding: 0 1em 0 0 }", "@media print { a { inset: 0 0 0 1em } }",
        "a { transform: translateX(1em) }", "@media (x) { @supports (y) { a { border-left: 0 } } }",
        "a { border-top-left-radius: 1em }", "a { background-position: right }", "a { border-width: 0 1px 1px 0 }",
    ],
)  # fmt: skip
def test_a_hand_is_found(rule: str) -> None:
    """Each way to name a hand in a style sheet is found."""
    assert len(one_handed(rule)) == 1


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_layouts_name_no_hand(path: Path) -> None:
    """Layouts say start and end; only what sides are made of, and the geometry of paper, name a hand."""
    allowed = ONE_HANDED.get(path.name, ())
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if BY_HAND.search(line)]
    assert [line for line in found if not any(each in line for each in allowed)] == []


def tree() -> dict[str, Any]:
    """A text with what the margin of a guide and the rules beside a text are used for."""
    note = [{"t": "p", "k": ["admonition-title"], "c": ["Note"], "room": 4}, {"t": "p", "c": ["Words"], "room": 5}]
    return {"t": "root", "c": [
        {"t": "h1", "c": ["Trial"], "room": 5},
        {"t": "div", "k": ["admonition", "facilitator"], "c": note, "room": 9},
        {"t": "div", "k": ["notes"], "room": 9, "c": [{"t": "dl", "room": 9, "c": [
            {"t": "dt", "c": ["Beside"]}, {"t": "dd", "c": [{"t": "p", "c": ["Within"], "room": 6}]},
        ]}]},
        {"t": "table", "room": 9, "columns": [{"words": [], "image": False}] * 2, "c": [
            {"t": "thead", "c": [{"t": "tr", "c": [{"t": "th", "c": ["First"]}, {"t": "th", "c": ["Second"]}]}]},
            {"t": "tr", "c": [{"t": "td", "c": ["Third"]}, {"t": "td", "c": ["Fourth"]}]},
        ]},
    ]}  # fmt: skip


def places(direction: str, *, large: bool) -> tuple[dict[str, float], float]:
    """How far from where lines begin words are, and the rule beside a note, in widths of the page."""
    facts = FACTS | {"direction": direction, "language": "he" if direction == "rtl" else "en", "module_title": "Trial"}
    data = press.typeset(Job("a.pdf", "guide", facts, {"guide": tree()}, {}, large=large)).data
    page = pypdfium2.PdfDocument(io.BytesIO(data))[0]
    width = page.get_width()
    text, across = page.get_textpage(), (lambda x: (width - x) / width if direction == "rtl" else x / width)
    found = {}
    for word in ("Words", "Beside", "Within", "First", "Second"):
        at, count = text.search(word).get_next()
        boxes = [text.get_charbox(at + i) for i in range(count)]
        found[word] = across(max(box[2] for box in boxes) if direction == "rtl" else boxes[0][0])
    bounds = [each.get_bounds() for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    [rule] = [box for box in bounds if box[2] - box[0] < 6 < box[3] - box[1]]
    return found, across((rule[0] + rule[2]) / 2)


@pytest.mark.parametrize("large", [False, True])
def test_print_is_mirrored_for_a_language_read_from_the_right(large: bool) -> None:  # noqa: FBT001
    """In a language that is read from the right, rules, margins and columns are on the other side, as far from it."""
    (words, rule), (mirrored, there) = places("ltr", large=large), places("rtl", large=large)
    assert rule < words["Words"] < 0.5
    assert there == pytest.approx(rule, abs=0.005)
    assert mirrored == pytest.approx(words, abs=0.01)
    if not large:
        assert words["Beside"] < words["Within"]


MIRRORED = """() => {
  const boxes = () => [...document.body.querySelectorAll("*")]
    .filter(at => at.checkVisibility({visibilityProperty: true}))
    .filter(at => !at.closest("svg, pre, .md-option, .md-sidebar__inner"))
    .filter(at => !/^inline|contents/.test(getComputedStyle(at).display))
    .map(at => [at.outerHTML.slice(0, 80), at.getBoundingClientRect()])
  const width = document.documentElement.clientWidth, before = boxes()
  for (const at of [document.documentElement, document.body]) at.dir = "rtl"
  return boxes()
    .map(([text, {left, right}], i) => [text, before[i][1].left + right - width, before[i][1].right + left - width])
    .filter(([text, start, end]) => Math.max(Math.abs(start), Math.abs(end)) > 1)
    .map(each => each.join(" "))
}"""
"""Blocks that are not where the mirror shows them once the page is read from the right."""

BARS = """() => [...document.querySelectorAll("article .admonition")].map(at => getComputedStyle(at))
  .map(style => [style.borderLeftWidth, style.borderRightWidth])"""
"""How wide the lines at the two sides of each note are."""


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", ["home", "reading", "guide", "mentor"])
def test_pages_are_mirrored_for_a_language_read_from_the_right(
    chrome: Browser, site: str, kind: str, viewport: dict[str, int]
) -> None:
    """On a page that is read from the right each block is on the other side, and so is the line beside a note."""
    with visiting(chrome, viewport=viewport) as visit:
        page = settled(go(visit, site, kind))
        before = page.evaluate(BARS)
        assert page.evaluate(MIRRORED) == []
        assert page.evaluate(BARS) == [[right, left] for left, right in before]
        assert kind in {"home", "mentor"} or any(left != "0px" for left, _ in before)
