"""What is far too much, or cannot be seen, is reported where it is, before anything is spent on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from planting import ABOUT, CURRICULUM, GLOSSARY, MODULE, READING, SMALL, Fault, assert_told, everything, lines, small

from builder import dialect
from builder.dialect import footnotes
from builder.problems import Problems
from builder.sources import limits, signs
from builder.sources.files import Source
from builder.sources.yaml import MAX_DEPTH, parse, place_in

HELPS = "A map helps."
PENS = "  - Pens"


def in_reading(new: str, message: str, at: str = "") -> Fault:
    """A fault in the paragraph of a reading that says that a map helps."""
    return Fault(READING, HELPS, new, message, at)


def in_module(new: str, message: str, at: str = "") -> Fault:
    """A fault where a module lists its materials."""
    return Fault(MODULE, PENS, new, message, at)


PARAGRAPHS = [
    in_reading("[" * 150 + "¦[", "more than 150 opening brackets in one paragraph (part it by empty lines)"),
    in_reading("![ " * 150 + "!¦[", "more than 150 opening brackets"),
    in_reading("[a](#maps)\n" * 150 + "¦[a](#maps)", "more than 150 opening brackets"),
    in_reading("a <b " * 100 + "¦<b", "more than 100 less-than signs in one paragraph"),
    in_reading("a {: " * 100 + "¦{: #b }", "more than 100 opening braces in one paragraph"),
    in_reading("a\n" + ": b\n" * 50 + "¦: b", "more than 50 lines that begin with a colon in one paragraph"),
    in_reading("`a" * 2000 + "¦`", "more than 2,000 marks in one paragraph"),
    in_reading("*_" * 1000 + "¦*", "more than 2,000 marks in one paragraph"),
    in_reading("| a " * 2000 + "¦|", "more than 2,000 marks in one paragraph"),
    in_reading("word " * 6000 + "¦more", "a paragraph of more than 30,000 characters (part it by empty lines)"),
    in_reading("- a\n" * 500 + "¦- a", "more than 500 lines without an empty line (part them by empty lines)"),
    in_reading("a¦" + " " * 501 + "b", "more than 500 spaces or empty lines in a row (delete most of them)"),
    in_reading("a¦" + "\n" * 501 + "b", "more than 500 spaces or empty lines in a row"),
    in_reading("```a\nx\n\n" * 3000, "from here on the file has too many lines of ``` or ~~~", at="1241:1"),
    in_reading("a\n\n" * 5000, "more than 5,000 empty lines (part the file)", at="10002:1"),
    Fault(ABOUT, "They are few.", "[" * 150 + "¦[", "more than 150 opening brackets"),
    in_module("  - '" + "[" * 150 + "¦['", "more than 150 opening brackets in one paragraph"),
    in_module('  - "' + "\\x5b" * 150 + '¦\\x5b"', "more than 150 opening brackets in one paragraph"),
    in_module("  - >-\n" + "    a [b\n" * 150 + "    a ¦[b", "more than 150 opening brackets in one paragraph"),
    Fault(GLOSSARY, "Where one walks.", "'" + "<" * 100 + "¦<'", "more than 100 less-than signs"),
]

FILES = [
    in_module("  - ¦" + "a" * 50_001, "a text of 50,001 characters (at most 50,000)"),
    in_module('  - ¦"' + "a " * 30_000 + '"', "a text of 60,000 characters"),
    in_module(f"{PENS}\n¦{'a' * 101}: b", "a key of 101 characters (at most 100)"),
    in_module("  - Pens\n" * 10_000 + "  - ¦Pens", "more than 10,000 entries in one list"),
    in_module(f"  - [{'a,' * 10_000}¦a]", "more than 10,000 entries in one list"),
    in_module(f"  - {{{','.join(f'k{n}: 1' for n in range(500))}, ¦last: 1}}", "more than 500 keys in one mapping"),
    in_module("  - Pens\n" + f"  - [{','.join(['a'] * 9_999)}]\n" * 15, "more than 150,000 values", at="71:19742"),
    in_module(f"  - {'[' * 10}¦[[{']' * 12}", f"nested too deeply (at most {MAX_DEPTH} levels)"),
    in_module("  - " + "{a: " * 10 + "¦{a: b}" + "}" * 10, "nested too deeply (at most 12 levels)"),
    in_module("  " + "- " * 11 + "¦- a", "nested too deeply (at most 12 levels)"),
]

_LINE = f"{'[^1]' * 149}.\n\n"

NESTED = [
    in_reading(f"¦{'- ' * 13}a", "nested too deeply (at most 12 levels)"),
    in_reading(f"¦{'1. ' * 300}a", "nested too deeply (at most 12 levels)"),
    in_reading(f"¦{'> - ' * 7}a", "nested too deeply (at most 12 levels)"),
    in_reading(f"{'<q>' * 10}¦<q>a{'</q>' * 11}", "nested too deeply (at most 40 levels, and 10 within a line)"),
    in_reading(f"{'<sub>' * 10}¦{'<sub>' * 30}[y](module:first-steps){'</sub>' * 40}", "nested too deeply"),
    in_reading(f"Before.\n\n¦{'*a **b ' * 8}{'c** d*' * 8}\n\nAfter.", "nested too deeply"),
    in_reading("A¦[^1].\n\n[^1]: See[^2].\n\n[^2]: End.", "footnote [^1] refers to footnote [^2]; say it in the text"),
    in_reading("A[^a] b¦[^b].\n\n[^a]: End.\n\n[^b]: One.\n\n    - Two[^a].", "footnote [^b] refers to footnote [^a]"),
    in_reading("A¦[^1].\n\n[^1]: See[^1].", "footnote [^1] refers to footnote [^1]; say it in the text itself"),
    in_reading(
        f"A[^2]¦{_LINE * 7}\n\n[^1]: One.\n\n[^2]: Two.", "footnote [^1] is one of 1,044 (at most 1,000); say it"
    ),
]

AT_A_BEGINNING = "at the beginning of a line (delete it and type a space)"
UNSEEN = "which no one sees (delete it)"

SIGNS = [
    *(
        in_reading(f"One.\n\n¦{sign}!!! facilitator\n    SECRET", f"{name}, {UNSEEN}")
        for sign, name in {
            "\u200b": "a zero width space (U+200B)",
            "\u2060": "a word joiner (U+2060)",
            "\u00ad": "a soft hyphen (U+00AD)",
            "\u200e": "a left-to-right mark (U+200E)",
            "\u061c": "an arabic letter mark (U+061C)",
            "\u3164": "a hangul filler (U+3164)",
            "\u200d": "a zero width joiner (U+200D)",
            "\ufe0f": "a variation selector-16 (U+FE0F)",
            "\U000e0041": "a tag latin capital letter a (U+E0041)",
        }.items()
    ),
    *(
        in_reading(f"One.\n\n¦{sign}!!! facilitator\n    SECRET", f"{name} {AT_A_BEGINNING}")
        for sign, name in {
            "\u00a0": "a no-break space (U+00A0)",
            "\u3000": "an ideographic space (U+3000)",
            "\u2003": "an em space (U+2003)",
            "\u202f": "a narrow no-break space (U+202F)",
        }.items()
    ),
    in_reading(
        "!!! facilitator\n    One.\n\n¦\u00a0\u00a0\u00a0\u00a0SECRET", f"a no-break space (U+00A0) {AT_A_BEGINNING}"
    ),
    in_reading("!!! facilitator\n    One.\n\n  ¦\u2003SECRET", f"an em space (U+2003) {AT_A_BEGINNING}"),
    in_reading("-¦\u00a0One\n- Two", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_reading("> 1.¦\u00a0One", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_reading("##¦\u00a0One", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_reading("!!!¦\u00a0facilitator\n    SECRET", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_reading("Two¦\u202ewords", f"a right-to-left override (U+202E), {UNSEEN}"),
    *(
        Fault(ABOUT, "They are few.", f"They{base}¦{sign} are few.", f"{name}, {UNSEEN}")
        for base, sign, name in (
            ("é\U000e0101", "\U000e0133", "a variation selector-68 (U+E0133)"),
            ("é\u200d", "\u200d", "a zero width joiner (U+200D)"),
            ("", "\U000e0080", "a character (U+E0080)"),
            ("", "\U000e01f0", "a character (U+E01F0)"),
            ("", "\U000e0fff", "a character (U+E0FFF)"),
            ("", "\ufff0", "a character (U+FFF0)"),
        )
    ),
    *(
        Fault(file, old, f"{old[:-1]}¦{entity}.", message)
        for file, old in ((READING, HELPS), (ABOUT, "They are few."))
        for entity, message in {
            "&#x202e;": f"a right-to-left override (U+202E) as &#x202e;, {UNSEEN}",
            "&#8238;": f"a right-to-left override (U+202E) as &#8238;, {UNSEEN}",
            "&shy;": f"a soft hyphen (U+00AD) as &shy;, {UNSEEN}",
            "&zwj;": f"a zero width joiner (U+200D) as &zwj;, {UNSEEN}",
            "&ZeroWidthSpace;": f"a zero width space (U+200B) as &ZeroWidthSpace;, {UNSEEN}",
            "&#1;": "&#1; is no character (delete it)",
            "&#0;": "&#0; is no character (delete it)",
        }.items()
    ),
    Fault(
        ABOUT,
        "They are few.",
        "They¦&#xE0100; are few.",
        f"a variation selector-17 (U+E0100) as &#xE0100;, {UNSEEN}",
    ),
    Fault(ABOUT, "They are few.", "¦\u00a0They are few.", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_module("  - ¦\u00a0Pens", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_module("¦\u00a0 - Pens", f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_module('  - "\\_¦Pens"', f"a no-break space (U+00A0) {AT_A_BEGINNING}"),
    in_module("  - Pe¦\u200bns", f"a zero width space (U+200B), {UNSEEN}"),
    in_module('  - "Pe¦\\u200bns"', f"a zero width space (U+200B), {UNSEEN}"),
    Fault(CURRICULUM, "name: The editors", "name: The¦\u2066 editors", f"a left-to-right isolate (U+2066), {UNSEEN}"),
]


@pytest.mark.parametrize("fault", [*PARAGRAPHS, *FILES, *NESTED, *SIGNS], ids=lambda fault: f"{fault.message[:60]}")
def test_what_is_too_much_or_unseen_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    """What no paragraph, text or file may contain is one problem at the sign with which it is too much."""
    assert_told(fault, tmp_path)


GOOD = [
    "10\u00a0mg, “the\u2009point”, and a\u202fb",
    "[[[[[a]]]]] <<<<< ***a*** `a` \\* {a} && | b",
    "- a\n- b\n\n" * 40,
    "A[^1] and[^2].\n\n[^1]: See.\n\n[^2]: See as well.\n\n    - And a list.",
    "A[^1] and[^1] once more[^1].\n\n[^1]: One note.",
    "- - - - - - - - - - - - - - -",
    "* * * * * * * * * * * * * * *",
    f"{'> ' * 12}a",
    "*a **b <sub>c <q>d</q></sub>** e*",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_people_write_is_within_the_limits(text: str, tmp_path: Path) -> None:
    """Marks, notes, lists and spaces as people use them pass without a word."""
    root = small(tmp_path)
    path = root / READING
    path.write_text(path.read_text().replace(HELPS, text))
    assert lines(root) == []


def test_a_page_that_cannot_be_read_is_not_told_by_those_who_link_to_it(tmp_path: Path) -> None:
    """A page that contains too much is one problem, and links to it are none."""
    root = small(tmp_path)
    place = Fault(ABOUT, "They are few.", "[" * 150 + "¦[", "").plant(root)
    Fault(READING, HELPS, "[a](page:about#few) [b](../../about.md)", "", at="1:1").plant(root)
    assert [line.split(": ")[0] for line in lines(root)] == [place]


def test_a_file_may_hold_so_much_in_all() -> None:
    """The texts of a file are counted together, so that many full paragraphs are too much where the last begins."""
    for paragraph, most in (("*" * 2000, 20), ("[" * 100 + "a " * 5000, 9)):
        text = "\n\n".join([paragraph] * most)
        assert list(limits.markdown(text)) == []
        ((at, message),) = limits.markdown(f"{text}\n\n{paragraph}")
        assert at == len(text) + 2
        assert message.startswith("from here on the file has")
        budget = limits.Budget()
        told = [list(budget.excess(paragraph)) for _ in range(most + 2)]
        assert [bool(found) for found in told] == [False] * most + [True, False]


SOURCES = [path for folder in ("modules", "docs", "cohorts") for path in sorted((ROOT / folder).rglob("*"))]
UNREAD = ("house.md", "hosts.md", "trust.md", "benchmarks.md")


def texts(value: Any) -> Iterator[str]:
    """Every text in a YAML value, keys left out."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    else:
        yield str(value)


def largest(measure: Callable[[str], int], *, files: bool = False) -> int:
    """The largest measure of any paragraph of the real sources, or of any text."""
    found = [0]
    for path in SOURCES:
        if path.suffix == ".md" and path.name not in UNREAD:
            each = [path.read_text(encoding="utf-8")]
        elif path.suffix == ".yml":
            each = list(texts(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)))
        else:
            continue
        found += map(measure, each if files else [part for text in each for part in re.split(r"\n[ \t]*\n", text)])
    return max(found)


@pytest.mark.parametrize(
    ("limit", "measure", "files"),
    [
        (limits.MAX_PARAGRAPH, len, False),
        (limits.MAX_PARAGRAPH_LINES, lambda text: text.count("\n") + 1, False),
        (150, lambda text: text.count("["), False),
        (100, lambda text: text.count("<"), False),
        (100, lambda text: text.count("{"), False),
        (2000, lambda text: len(re.findall(r"[*_`|&\\\"'!~^]", text)), False),
        (limits.MAX_TAGS, lambda text: sum(map(len, re.findall("<[A-Za-z!?/][^>]*", text))), True),
        (limits.MAX_LINES, lambda text: text.count("\n"), True),
        (limits.MAX_PARAGRAPHS, lambda text: len(re.findall(r"\n[ \t]*(?=\n)", text)), True),
        (limits.MAX_FENCES, lambda text: len(text) * len(re.findall("^[ >]*(?:`{3}|~{3})", text, re.MULTILINE)), True),
        (limits.MAX_GAP, lambda text: max(map(len, re.findall(r"\s+", text)), default=0), True),
    ],
)
def test_the_limits_leave_room(limit: int, measure: Callable[[str], int], *, files: bool) -> None:
    """Every limit is at least ten times what the largest text of this curriculum needs."""
    assert limit >= 10 * largest(measure, files=files)


def test_authors_can_read_the_limits() -> None:
    """Each figure that the program enforces is in the format's description."""
    described = (ROOT / "docs/authors/format.md").read_text(encoding="utf-8")
    described = described.partition("### How much a text may hold")[2].partition("###")[0]
    figures = {value for name, value in vars(limits).items() if name.startswith("MAX_")}
    figures |= {most for _, _, most in limits.IN_PARAGRAPH}
    figures |= {MAX_DEPTH, dialect.MAX_NESTING, dialect.MAX_INLINE, footnotes.MAX_NOTES}
    assert [figure for figure in figures if not re.search(rf"(?<![\d,]){figure:,}(?![\d,])", described)] == []


def test_tags_that_are_never_closed_are_bounded() -> None:
    """The first tag is named with which the letters within tags are too many; a tag that ends costs what it has."""
    text = "<a " * 99 + ("\n\n" + "word " * 5900) * 4
    ((at, message),) = limits.markdown(text)
    assert message.startswith("from here on the file has too many tags that are never closed (")
    costs = [len(text) - each for each in range(0, at + 1, len("<a "))]
    assert sum(costs[:-1]) <= limits.MAX_TAGS < sum(costs)
    assert list(limits.markdown(text.replace("<a ", "<a>"))) == []


STYLES = st.sampled_from(["'", '"', "|", ">", None])


@given(
    text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n\t"), max_size=60),
    style=STYLES,
    width=st.integers(5, 40),
    data=st.data(),
)
@example(text='It\'s "so" \\x41 é\n\nb', style='"', width=5, data=None)
@settings(max_examples=300)
def test_every_letter_of_a_value_has_its_place(text: str, style: str | None, width: int, data: Any) -> None:
    """However a text is quoted, escaped and folded, each of its letters is found in the file."""
    dumped = yaml.dump([text], default_style=style, width=width, allow_unicode=True)
    located = parse(Source("a.yml", dumped), Problems())
    if located is None or not text.strip() or located.root.content[0].content != text:
        return  # nothing that would be proofread
    value = located.root.content[0]
    seen = [at for at, letter in enumerate(text) if not letter.isspace()]
    at = seen[0] if data is None else data.draw(st.sampled_from(seen))
    place = place_in(located.source, (value.start, value.end), text, at)
    row = dumped.split("\n")[place.line - 1][place.column - 1 :]
    assert row.startswith((text[at], "\\"))
    if row.startswith("\\") and text[at] != "\\":
        escape = re.match(r"\\(?:x..|u....|U.{8}|.)", row)
        assert escape is not None
        assert yaml.safe_load(f'"{escape[0]}"') == text[at]


def test_the_tree_is_bounded_whatever_is_converted() -> None:
    """What is nested without end has a tree that can be walked, and notes in a circle leave it small."""
    for depth in (200, 1000, 5000):
        deep = dialect.tree("<sub>" * depth + "a")
        assert dialect.is_too_deep(deep)
        assert sum(1 for _ in dialect.walk(deep)) < 200
    notes = "\n\n".join(f"[^{n}]: b[^{n + 1}] c[^{n + 1}]" for n in range(60))
    assert sum(1 for _ in dialect.walk(dialect.tree(f"a[^0]\n\n{notes}\n\n[^60]: end"))) < 200


def test_the_judge_sees_what_is_deepest() -> None:
    """Elements in hundreds of others are not left out of what is judged."""
    inside = "[y](javascript:alert(1)) *x*{: onmouseover=alert(2) }"
    for before, after in (("<sub>", "</sub>"), ("*a **b ", "c** d*")):
        text = f"{before * 300}{inside}{after * 300}"
        assert "onmouseover=" in set(dialect.foreign(text))


def test_signs_of_other_scripts_stay() -> None:
    """Joiners between letters of other scripts, and within pictures, are what their writers mean."""
    for text in ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f468\u200d\U0001f469", "\u2764\ufe0f"):
        assert list(signs.invisible_characters(text)) == []
        assert list(signs.odd_spaces(text)) == []


@pytest.mark.slow("reads files of megabytes")
def test_a_broken_file_of_any_size_is_told(tmp_path: Path) -> None:
    """Hundreds of thousands of values, keys, aliases and brackets are reported in a few problems."""
    root = small(tmp_path)
    pieces = (
        "- a\n",
        "a: b\n",
        "[",
        "{a: ",
        "- &a b\n",
        "- *a\n",
        "? a\n",
        "'a' ",
        '"\\',
        "# c\n",
        "!a ",
        "- - ",
        "|\n ",
    )
    for piece in pieces:
        (root / MODULE).write_text(piece * (900_000 // len(piece)))
        found = [problem for problem in everything(root) if problem.place.path == MODULE]
        assert found, piece
        assert max(len(problem.message) for problem in found) < 300
    (root / MODULE).write_bytes((SMALL / MODULE).read_bytes())
