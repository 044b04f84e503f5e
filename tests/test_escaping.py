"""Values enter Markdown by one function for each kind of value, and come out of it as what they were."""

from __future__ import annotations

import html
import re
import urllib.parse

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import dialect
from builder.dialect import Node, citations
from builder.dialect.escaping import block, cell, escaped, exact, inline, item, plain, quoted, target
from builder.documents import templating
from builder.model.curriculum import Reference

MARKED = [
    "<b>", "*a*", "_a_", "__a__", "`a`", "[a](b)", "![a](b)", "[@a]", "[^a]", "{: .a }", "{a=b}", "&lt;", "&#60;", "&",
    "# a", "- a", "+ a", "* a", "1. a", "1) a", "> a", "| a |", "!!! a", ": a", ":   a", "---", "***", "===", "```",
    "~~~", "\\*", "[a]: b", "[REFERENCES]", "[WRITE: 3]", "[PROGRAM TO SUPPLY: a]", "https://a.edu/_b_", "a--b",
    "a -- b", "...", "<!-- a", "]]>", "a]b", "a)b", "(a", "'a'", '"a"', "C++", "#", "a #", "1 < 2 > 1", "$a$", "~a~",
    "^a^", "==a==", "a|b",
]  # fmt: skip

letters = st.characters(exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp"))
words = st.one_of(st.sampled_from(MARKED), st.text(letters, max_size=4))
signs = st.lists(words, max_size=5).map(lambda parts: " ".join(parts).strip())

PLACES = {
    "paragraph": "{}",
    "heading": "## {} {{: #a }}",
    "item": "-   {}\n-   b",
    "task": "1.  **a** {}",
    "definition": "a\n:   {}",
    "term": "{} {{: #a }}\n:   b",
    "cell": "| a | b |\n|---|---|\n| {} | c |",
    "link": "[{}](https://a.example.edu)",
    "strong": "a **b{}b** c",
    "quotation": "> {}",
    "raw": "a <span>{}</span> b",
}
"""The places in which templates put plain words."""

TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "—": "---", "–": "--", "…": "..."})  # noqa: RUF001


@settings(max_examples=60)
@given(signs)
def test_text_comes_out_sign_for_sign(text: str) -> None:
    """Whatever a name or an address holds, in every place it reads as it was written, and nothing in it is a mark."""
    for name, place in PLACES.items():
        tree = dialect.tree(place.format(f"{exact(text)}x"))
        assert _shape(tree) == _shape(dialect.tree(place.format("yx"))), name
        assert " ".join(f"{text}x".split()) in dialect.words(tree), name


@settings(max_examples=60)
@given(signs)
def test_plain_words_come_out_as_words(text: str) -> None:
    """Whatever a title holds, in every place it reads as it was written, typography aside, and nothing is a mark."""
    for name, place in PLACES.items():
        words = str(plain(text)) or "a"
        tree = dialect.tree(place.format(words))
        assert _shape(tree) == _shape(dialect.tree(place.format("y"))), name
        read = dialect.words(tree).translate(TYPOGRAPHY)
        assert " ".join(html.unescape(words).translate(TYPOGRAPHY).split()) in " ".join(read.split()), name
        assert " ".join(text.split()).translate(TYPOGRAPHY) in " ".join(read.split()), name


@settings(max_examples=60)
@given(signs)
def test_plain_text_is_safe_in_an_attribute(text: str) -> None:
    """A quoted attribute of raw HTML contains what is written into it by `exact`, and is the only one."""
    raw = dialect.html(f'<span title="{exact(text)}">a</span>')
    (span,) = lxml.html.fromstring(f"<div>{raw}</div>").iter("span")
    assert dict(span.items()) == {"title": html.unescape(str(exact(text)))}


@settings(max_examples=60)
@given(signs.map(lambda text: f"https://a.example.edu/{text}"))
def test_an_address_ends_where_its_link_does(address: str) -> None:
    """An address with any signs makes one link, to the same place."""
    tree = dialect.tree(f"[a]({target(address)}) b")
    (link,) = [node for node in dialect.walk(tree) if node["t"] == "a"]
    assert dialect.words(tree) == "a b"
    assert urllib.parse.unquote(link["href"]) == urllib.parse.unquote(address.strip())
    assert not re.search(r"""[\s<>"'()\[\]`\\]""", link["href"])


def test_what_no_filter_names_is_plain_words() -> None:
    """A template that forgets to say what a value is writes it as words; what a filter or a macro made stays."""
    write = templating._environment(html=False).from_string  # noqa: SLF001  as all templates are written
    assert write("{{ a }}").render(a="*b* <c>") == plain("*b* <c>")
    assert write("{{ a | inline }} {{ a | block }}").render(a="*b*") == "*b* *b*"
    assert write("{% macro m(a) %}**{{ a }}**{% endmacro %}{{ m('*') }}").render() == "**&#42;**"
    assert write("{{ a if b }}{{ 5 }}").render(a="*", b=False) == "5"
    assert escaped("a\n# b") == "a &#35; b"


def test_markdown_keeps_its_shape() -> None:
    """Paragraphs go on one line, bars and braces do not part a cell, blocks are indented, and items end."""
    assert inline(" *a*\n  b ") == "*a* b"
    assert cell("a | `b|c` \\| {d} `{e}`") == "a \\| `b|c` \\| &#123;d} `{e}`"
    assert block("\n\na\n\n    b\nc \n", 4) == "a\n\n        b\n    c"
    assert block("    a\nb") == "    a\nb"
    assert item("a\nb", 4) == "a\n    b"
    assert item("a\n\nb", 4) == "a\n\n    b\n"
    assert item("> a\n> b", 4) == "\n\n    > a\n    > b\n"
    assert quoted("a\n\nb") == "a\n> \n> b"


WORKS = [
    {"title": "On <i>Homo</i>{: onclick=alert(1) style='position:fixed' }"},
    {"title": "*a* _b_ `c` [d](javascript:alert(1)) [@e] ![f](g) # h <img src=x onerror=alert(1)> &lt;i&gt;"},
    {"title": "<i>a <i>b</i> <b>c</b></i> <sub>2</sub> <sup>3</sup>"},
    {"author": [{"family": "<i>Ng</i>", "given": "*A*"}, {"literal": "{: .a } [b](c) & <script>"}]},
    {"publisher": "A <b>B</i> \\*", "publisher-place": "`C`", "type": "book", "volume": "1_2_3", "page": "1--3"},
    {"URL": "https://a.example.edu/)<svg/onload=alert(2)>", "type": "webpage"},
    {"DOI": "10.1000/a)<svg/onload=alert(2)>"},
    {"DOI": "10.1000/odd(2001"},
    {"title": "2020. [Paths] \U000f0000\U000f0001", "author": []},
    {"container-title": '!!! practice "a"', "title": ": a\n    b"},
]  # fmt: skip


@pytest.mark.parametrize("fields", WORKS, ids=str)
def test_nothing_in_a_work_is_markup(fields: dict[str, object]) -> None:
    """Whatever a work's fields hold, its entry is words, our emphasis and links, and every sign is there."""
    tree = dialect.tree(f"1. {_entry(fields)}\n{{: #ref-a }}")
    tags = {node["t"] for node in dialect.walk(tree)}
    assert tags <= {"root", "ol", "li", "em", "strong", "sub", "sup", "a"}
    assert [
        node["href"] for node in dialect.walk(tree) if node["t"] == "a" and not node["href"].startswith("https://")
    ] == []
    words = dialect.words(tree)
    for sign in "<>{}[]`*_\\#":
        written = re.sub("</?(i|b|sub|sup)>", "", str(fields.get("title", "")))
        assert words.count(sign) >= written.count(sign), (sign, words)


@pytest.mark.parametrize(
    ("doi", "leads"),
    [
        ("10.1056/NEJMp0806230", "10.1056/NEJMp0806230"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/%28SICI%291097-0258%2819980815/30%2917:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        ),
        ("10.1000/odd(2001", "10.1000/odd%282001"),
        ("10.1000/a[b]_c#d?e", "10.1000/a%5Bb%5D_c%23d%3Fe"),
    ],
)
def test_a_doi_leads_to_itself_and_stands_once(doi: str, leads: str) -> None:
    """Brackets, angle signs and semicolons of older DOIs are words in the entry and percent encoding in its address."""
    tree = dialect.tree(_entry({"DOI": doi}))
    (link,) = [node for node in dialect.walk(tree) if node["t"] == "a"]
    assert link["href"] == f"https://doi.org/{leads}"
    assert dialect.words(link) == f"doi:{doi}"
    assert dialect.words(tree).count(doi) == 1


def test_titles_may_set_words_apart_as_csl_does() -> None:
    """The tags of a title are elements, those within their like are dropped, and in a name they are signs."""
    entry = _entry({"title": "P<.05 in <i>Homo <i>s</i></i> H<sub>2</sub>O"})
    assert "P&#60;.05 in <em>Homo s</em> H<sub>2</sub>O" in entry
    assert "&#60;i&#62;Ng A." in _entry({"author": [{"family": "<i>Ng", "given": "Ann"}]})


def _entry(fields: dict[str, object]) -> str:
    work = {"id": "a", "type": "article-journal", "title": "On paths", "author": [{"family": "Ng"}]} | fields
    work["issued"] = {"date-parts": [[2020]]}
    return citations.entries((Reference(id="a", csl=work, supports=None, caution=None),))["a"]


def _shape(node: Node | str) -> object:
    """The elements of a tree without their words."""
    return "" if isinstance(node, str) else (node["t"], [_shape(each) for each in node["c"] if isinstance(each, dict)])
