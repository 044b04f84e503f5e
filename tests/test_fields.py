"""Every text field of the sources has a kind, and every kind refuses what it must, at the sign that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from fields import Field, check, fields, leaves, marker_of, place, whole, write

KINDS = {
    "blocks", "line", "is_supplied", "is_plain", "is_verbatim", "is_cited", "unprinted", "followed", "is_id",
    "is_attendance", "is_former", "is_name", "is_url", "is_site", "is_email", "is_doi", "is_language", "is_edition",
}  # fmt: skip

ELSEWHERE = {"CohortFile.edition", "CohortFile.changes_since"}
"""Texts that name an edition, which must be at hand: tested with editions."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curriculum with every field filled."""
    return whole(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def every(root: Path) -> tuple[Field, ...]:
    """Every text field, as it is filled."""
    return fields(root)


def test_every_text_says_what_it_may_hold(root: Path, every: tuple[Field, ...]) -> None:
    """A text without a kind is no part of the model, and the curriculum for tests fills each text that is."""
    found = dict(leaves())
    assert not [name for name, annotation in found.items() if marker_of(annotation) not in KINDS]
    assert found.keys() - {field.name for field in every} == ELSEWHERE
    assert check(root)[1] == ()


ROWS = {
    "is_plain": "Plain words",
    "line": "One paragraph",
    "is_supplied": "One paragraph",
    "is_cited": "Titles of works",
    "is_url": "Addresses",
    "is_site": "Addresses",
    "is_email": "Addresses",
    "is_doi": "Addresses",
    "unprinted": "Notes of ours",
}
"""The rows of the table in docs/authors/format.md that name the keys of a kind one by one."""


def test_authors_read_what_each_key_takes() -> None:
    """docs/authors/format.md names every key in the row of its kind."""
    text = (ROOT / "docs/authors/format.md").read_text(encoding="utf-8")
    table = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| ")}
    kinds = {name: marker_of(annotation) for name, annotation in leaves()}
    lacking = [
        (name, ROWS[kind])
        for name, kind in kinds.items()
        if kind in ROWS and f"`{name.partition('.')[2]}`" not in table[ROWS[kind]]
    ]
    assert not lacking


REFUSED: dict[str, list[tuple[str, str]]] = {
    "is_plain": [
        ("Walk <b>on</b>", "<b>"),
        ("Walk <!-- on", "<!-- on"),
        ("Less: 1 < 2", "<"),
        ("Walk `on`", "`"),
        ("Walk &lt;on&gt;", "&lt;"),
        ("Walk &#60;on", "&#60;"),
        ("Walk on {: onclick=alert(1) }", "{: onclick=alert(1) }"),
        ("Walk on {onclick=alert(1)}", "{onclick=alert(1)}"),
        ("Walk on { .wide }", "{ .wide }"),
        ("Walk [on](https://a.example.edu)", "[on]"),
        ("Walk [on][there]", "[on]"),
        ("Walk ![on](images/map.svg)", "![on]"),
        ("Walk [@hall-2015]", "[@hall-2015]"),
        ("Walk [^1]", "[^1]"),
        ("Walk [PROGRAM TO SUPPLY: a way]", "[PROGRAM TO SUPPLY: a way]"),
        ("Walk *on*", "*on*"),
        ("Walk **on**", "**on**"),
        ("Walk _on_", "_on_"),
        ("Walk \\*on", "\\*"),
        ("Walk\non", "on"),
    ],
    "is_verbatim": [
        ("Ann &amp; Lee", "&amp;"),
        ("Ann &#60;", "&#60;"),
        ("Ann\n Lee", "Lee"),
        ("Ann {: .x }", "{: .x }"),
    ],
    "is_cited": [
        ("On <u>paths</u>", "<u>"),
        ("On <i>paths", "<i>"),
        ("On paths</i>", "</i>"),
        ("On <i><b>paths</i></b>", "</i>"),
        ("On <i onclick=alert(1)>paths</i>", "<i onclick=alert(1)>"),
        ("On <img src=x>", "<img src=x>"),
        ("On &lt;paths&gt;", "&lt;"),
        ("On <i>paths</i>{: onclick=alert(1) }", "{: onclick=alert(1) }"),
    ],
    "line": [
        ("Walk <img src=x onerror=alert(1)>", "<img"),
        ("Walk on {: onclick=alert(1) }", "{: onclick"),
        ("Walk on { onclick=alert(1) }", "{ onclick"),
        ("Walk *on*{: .wide }", "{: .wide }"),
        ("Walk ` on", "`"),
        ("Walk on](javascript:alert(1))", "]("),
        ("Walk [on](javascript:alert(1))", "javascript:"),
        ("Walk <[PROGRAM TO SUPPLY: a way]>", "<"),
        ("# Walk", "#"),
        ("- Walk", "-"),
        ("1. Walk", "1."),
        ("> Walk", ">"),
        ("```\nWalk\n```", "```"),
        ("Walk\n\non", "on"),
        ("Walk\n\n- on", "- on"),
        ("Walk | on\n--- | ---\na | b", "Walk"),
        ("[on]: https://a.example.edu", "[on]:"),
        ("Walk\n: on", ": on"),
        ("!!! practice\n    Walk", "!!!"),
        ("***", "***"),
    ],
    "blocks": [
        ("Walk <img src=x onerror=alert(1)>", "<img"),
        ("Walk <script>alert(1)</script>", "<script>"),
        ("Walk *on*{: onclick=alert(1) }", "{: onclick"),
        ("Walk *on*{: href=javascript:alert(1) }", "{: href"),
        ("Walk *on*{: #a)b }", "a)b"),
        ("Walk *on*{ #on title='[PROGRAM TO SUPPLY: a way]' }", "[PROGRAM"),
        ("Walk ` on", "`"),
        ("Walk on](javascript:alert(1))", "]("),
        ("Walk [on](javascript:alert(1))", "javascript:"),
        ("    [on](javascript:alert(1))", "javascript:"),
        ("Walk [on](https://ann@a.example.edu)", "https:"),
        ("Walk <[PROGRAM TO SUPPLY: a way]>", "<"),
        ("Walk [on](https://a.example.edu 'to (@b) [@hall-2015]')", "[@hall"),
        ("[on]: javascript:alert(1)", "[on]:"),
        ("- [on]: https://a.example.edu", "[on]:"),
        ("```\n<script>alert(1)</script>\n```", "```"),
        ("Walk\n\n~~~\non\n~~~", "~~~"),
        ("- a\n\n    ```\n    b\n    ```", "```"),
        ("Walk\n\n# on", "# on"),
    ],
    "is_supplied": [
        ("Ask [PROGRAM TO SUPPLY: another]", "[PROGRAM TO SUPPLY: another]"),
        ("Ask <b>on</b>", "<b>"),
        ("Ask *on*{: onclick=alert(1) }", "{: onclick"),
        ("```\nAsk\n```", "```"),
    ],
    "is_url": [
        ('https://a.example.edu/"onclick=x', '"'),
        ("https://a.example.edu/<b>", "<"),
        ("https://a.example.edu/x y", " y"),
        ("https://a.example.edu/x\\y", "\\"),
        ("https://a.example.edu/[x]", "["),
        ("https://a.example.edu/%zz", "%"),
        ("https://a.example.edu/\u00e9", "\u00e9"),
        ("https://ann@a.example.edu/", "ann@"),
        ("https://a_b.example.edu/", "a_b"),
        ("https://[::1]/", "[::1]"),
        ("https://a.example.edu:0/", "a.example"),
        ("https:///x", "https://"),
        ("javascript:alert(1)", ""),
        ("HTTPS://a.example.edu/", ""),
    ],
    "is_site": [
        ("https://a.example.edu/?x=1", "?"),
        ("https://a.example.edu/'x", "'"),
        ("https://a.example.edu/#x", "#"),
        ("https://a.edu/)<b>", "<"),
    ],
    "is_email": [
        ("ann lee@example.edu", " lee"),
        ("ann<b>@example.edu", "<"),
        ('ann"@example.edu', '"'),
        ("ann?subject=x@example.edu", "?"),
        ("ann@example", ""),
        ("ann@@example.edu", "@"),
        ("ann@-example.edu", ""),
        ("ann..lee@example.edu", ""),
    ],
    "is_doi": [
        ("10.1000/a\u200bb", "\u200b"),
        ("10.1000/a/../b", ".."),
        ("https://a.example.edu/10.1000/182", ""),
        ("10.1000/a b", ""),
    ],
    "is_language": [("en_US", ""), ('en"><script>', ""), ("english", ""), ("de-DE", ""), ("xx", "")],
    "is_edition": [("1/2", ""), ("<b>", ""), ("2027-spring", ""), ("2026.01", ""), ("2026.1-final", "")],
}
"""For each kind, texts that it refuses, each with the sign at which; the beginning of the text where none is named."""


@pytest.fixture
def broken(root: Path, every: tuple[Field, ...], tmp_path: Path) -> Callable[[str, str], tuple[Path, list[Field]]]:
    """Make a copy of the curriculum with a text in every field of a kind; answer it, and these fields."""

    def make(kind: str, text: str) -> tuple[Path, list[Field]]:
        here = [field for field in every if field.kind == kind]
        copy = Path(shutil.copytree(root, tmp_path / "broken"))
        write(copy, dict.fromkeys(here, text))
        return copy, here

    return make


@pytest.mark.parametrize(("kind", "text", "sign"), [(kind, *each) for kind, texts in REFUSED.items() for each in texts])
def test_a_text_that_is_not_of_its_kind_is_refused_at_its_sign(
    kind: str, text: str, sign: str, broken: Callable[[str, str], tuple[Path, list[Field]]]
) -> None:
    """In every field of a kind what it may not contain is a problem, at the line and column of the sign."""
    copy, here = broken(kind, text)
    assert here
    found = {str(problem.place) for problem in check(copy)[1]}
    assert not [(str(field), str(at)) for field in here if str(at := place(copy, field, sign)) not in found], found


TAKEN = {
    "is_plain": [
        "R&D at AT&T", "C++ and C#", "Who's there? (Nobody!)", "“Yes”, she said: “no”", "1. First", "a > b = c",
        "50% of 10 * 2", "Ann_Lee", "x_1", "[sic]", "{1, 2}", "A -- b --- c...", "- a", "Naïve Ænima 東京", "a\\b", "*",
    ],
    "is_verbatim": ["Room [4] -- `east` <wing>, 2. floor", "Ann *Lee* & {Co}", "O'Brien <ann>"],
    "is_cited": [
        "P<.05 & P > .01", "On <i>Homo <sub>2</sub></i>", "A *b* _c_ {d} [e](f) `g`",
        'An <span class="nocase">iPath</span>',
    ],
    "line": [
        "Walk [on](https://a.example.edu/Bell's_x--y...z).",
        "*On*, **now** [a path](https://a.example.edu/x_(y)?z=1) [@hall-2015].", "Is 1 < 2? & `a|b` {c}", "A\nb",
    ],
    "is_url": [
        "http://a.example.edu", "https://a.example.edu:8080/x_(y)/~z;a=1?b=c&d=%20#e!", "https://m\u00fcller.example/",
        "https://xn--mller-kva.example/", "https://a.example.edu/Bell's_walk--1...2",
    ],
    "is_email": ["ann.o'lee+x@a-b.example.edu", "a_b@example.org"],
    "is_doi": [
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", "10.1000.10/a[1]#b_c",
        '10.1000/a"b`c{d}e|f^g\\h--i...j', "https://doi.org/10.1000/182", "doi:10.1000/182",
    ],
    "is_language": ["en", "en-GB", "en-001"],
}  # fmt: skip
"""For each kind, texts that are harmless and must stay possible."""


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TAKEN.items() for text in texts])
def test_a_text_of_its_kind_is_taken(
    kind: str, text: str, broken: Callable[[str, str], tuple[Path, list[Field]]]
) -> None:
    """What is harmless in a title, a name, a reference or an address is no problem in any field of the kind."""
    copy, here = broken(kind, text)
    places = tuple(str(place(copy, field)).rpartition(":")[0] + ":" for field in here)
    found = [str(problem) for problem in check(copy)[1] if str(problem).startswith(places)]
    rules = (
        "twice",
        "verb whose result",
        "kind of activity",
        "former id",
        "same name",
        "time zone",
        "last name first",
    )  # of more than a text's own shape
    assert not [each for each in found if not any(map(each.count, rules))]
