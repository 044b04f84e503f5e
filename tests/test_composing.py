"""What authors wrote is on a page what it was where it was checked, and nothing that they write becomes markup."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from fields import Field, check, fields, place, whole, write
from planting import COHORT, READING

from builder import dialect, documents
from builder.dialect import Node
from builder.documents import compose
from builder.loading.curriculum import Loaded

ROUNDS = int(os.environ.get("ROUNDS", "3"))
"""In each round every field gets another text; the more rounds, the more fields each text is tried in."""

HARMLESS = [
    "TOK word", "*TOK* a [TOK](https://TOK.example.edu/TOK) `TOK` <sub>TOK</sub>", "TOK\n\nb TOK", "- TOK\n- b TOK",
    "1. TOK\n2. b TOK", "TOK\n\n- TOK\n- b\n\n    TOK", "> TOK\n> b", "> a\n>\n>     [TOK](TOK)", "TOK\n\n> b TOK",
    "a\n\n    TOK [b](TOK)\n    c", "TOK\n\n    - TOK", "| TOK | b |\n| --- | --- |\n| TOK | `TOK` |",
    "TOK\n\n| TOK | b |\n| --- | --- |\n| TOK | c |", "!!! practice\n    TOK", '!!! story "TOK"\n    TOK\n\n    - TOK',
    "a\n\n!!! practice\n    TOK", "TOK\n:   TOK", "a\n\nTOK\n:   TOK\n\nTOK\n:   TOK", "a[^TOK]\n\n[^TOK]: note TOK",
    "- [ ] TOK\n- [x] TOK", "[WRITE: 3]\n\nTOK", "TOK\n{: .x }", "TOK<br>b", "***\n\nTOK", "a\n\n***\n\nTOK",
    "TOK\n\n1. a\n\n    TOK\n\n        TOK", "    [TOK](TOK)", "a {TOK} b", "a | TOK", "TOK `a|b {c}` TOK", "a\nTOK",
    "“TOK” -- TOK... 'TOK'", "a \\*TOK\\* \\[TOK\\]", "[@hall-2015] TOK", "TOK [@hall-2015].",
    "TOK [PROGRAM TO SUPPLY: reporting duties] TOK", "TOK [PROGRAM TO SUPPLY: what TOK is]",
]  # fmt: skip
"""Texts in all shapes of the dialect. TOK is replaced by a word that no other text has."""

HOSTILE = [
    "<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`", "`` a ` <img src=x onerror=alert(1)> ``",
    "&lt;img src=x onerror=alert(1)&gt;", "&#60;img src=x onerror=alert(1)&#62;", "\\<img src=x onerror=alert(1)>",
    "    <script>alert(1)</script>", "a\n\n    [x](javascript:alert(1))", "    [x](javascript:alert(1))\n\na",
    "```\n<script>alert(1)</script>\n```", "~~~ {: onclick=alert(1) }\na\n~~~", "- a\n\n        [x](javascript:1)",
    "[a](javascript:alert(1))", "[a](java&#9;script:alert(1))", "[a](&#106;avascript:alert(1))", "[a](//a.example.edu)",
    "![a](javascript:alert(1))", "<javascript:alert(1)>", '<https://a.edu/"onclick=alert(1)>', "a { onclick=alert(1) }",
    "*a*{: onclick=alert(1) }", "*a*{: style=position:fixed }", "a\n{: onclick=alert(1) }", "{: onclick=alert(1) }",
    "| a {: onclick=alert(1) } | b |\n|---|---|\n| c { onclick=alert(1) } | d |", "*a*{: #a)[b](javascript:1) }",
    '[a](https://a.edu "t\\" onmouseover=alert(1) x=\\"")', '[a](https://a.edu "`<img src=x onerror=alert(1)>`")',
    "[`<img src=x onerror=alert(1)>`](https://a.edu)", "[a](https://a.edu/x)<svg/onload=alert(1)>",
    '<abbr title="x" onclick=alert(1)>a</abbr>', '<abbr title="`<img src=x onerror=alert(1)>`">a</abbr>',
    '<q title="a>b">x</q>', "<sub><sup><q>a", "</div><script>", "<!-- a", "<![CDATA[ a", "<?php a",
    "<svg><script>alert(1)</script></svg>", '!!! practice "`<img src=x onerror=x>`"\n    a',
    "!!! practice\n    ```\n    <script>x</script>\n    ```", "!!! practice\n\n        [x](javascript:1)",
    "Term\n:   a\n\n        [x](javascript:1)", "> a\n>\n>     [x](javascript:1)", "<scr<q>ipt>alert(1)</scr</q>ipt>",
    "<[@hall-2015]img src=x onerror=alert(1)>", "<[PROGRAM TO SUPPLY: reporting duties] src=x onerror=alert(1)>",
    "[a]([@hall-2015]javascript:1)", "[PROGRAM TO SUPPLY: <img src=x onerror=x>]", "[@hall-2015](javascript:alert(1))",
    "[PROGRAM TO SUPPLY: a](javascript:alert(1))", "path{: onclick=alert(1) }", "[path]: javascript:alert(1)",
    '*a*{.a title="\'><img src=x onerror=x>"}', "<kbd title='a\nb' onclick=x>", "<q/onclick=x>", "<br/onclick=x>",
    "`a`{: onclick=x }", "[a](module:first-steps){: onclick=x }", "[a](page:index#)[b](javascript:1))",
    "[[a](javascript:1)](https://a.edu)", "[a][]\n\n[a]: javascript:1", "- [ ] a {: onclick=x }", "img",
    "*a*{ .x title='[PROGRAM TO SUPPLY: reporting duties]' }", "javascript:alert(1)", "x' onclick='alert(1)",
]  # fmt: skip
"""Texts that would run, or lead to a script, if they were markup anywhere. Most are refused; the rest is harmless."""

HALVES = [
    ("a `b", "c ` <img src=x onerror=alert(1)> `"), ("a `b", "`` <img src=x onerror=alert(1)> `` ` d"),
    ("[a", "b](javascript:alert(1))"), ("[a](", "javascript:alert(1))"), ("[a", "b]: javascript:alert(1)"),
    ("<img src=x", "onerror=alert(1)>"), ('<q title="', '" onclick=alert(1)>x</q>'), ("[x]", "[x]: javascript:1"),
    ("a <", "img src=x onerror=alert(1)>"), ("a &lt;", "img src=x onerror=x>"), ("a\\", "`<img src=x onerror=x>`"),
    ("a\\", "[b](javascript:1)"), ("*a*", "{: onclick=alert(1) }"), ("`a`", "{: onclick=alert(1) }"), ("<!--", "-->"),
    ("```", "<script>alert(1)</script>"), ("~~~", "[x](javascript:1)"), ("!!! practice", "    [x](javascript:1)"),
    ("![a", "b](javascript:x)"), ('[a](https://a.edu "', '" onclick=x)'), ("a [^1]", "[^1]: `<img src=x onerror=x>`"),
    ("a\n:   b", "    [x](javascript:1)"), ("a | b", "--- | ---"), ("{: onclick=x", " }"), ("a {: .x", "onclick=y }"),
]  # fmt: skip
"""Texts of which one would complete the other, if they met."""

ELEMENTS = frozenset(
    [
        "html", "body", "div", "section", "details", "summary", "p", "ul", "ol", "li", "dl", "dt", "dd", "table",
        "thead", "tbody", "tr", "th", "td", "blockquote", "pre", "code", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a",
        "em", "strong", "br", "sub", "sup", "abbr", "kbd", "q", "cite", "span", "del", "ins", "img",
    ]
)  # fmt: skip
GIVEN = frozenset(
    [
        "class", "id", "href", "lang", "title", "start", "src", "alt", "data-lines", "data-search-exclude",
        "aria-label", "markdown", "data-moved", "style",
    ]
)  # fmt: skip
ADDRESS = re.compile(r"https?://[^\s\"'<>]+|mailto:[^\s\"'<>]+|[^:]*|[^:]*#.*")
STYLE = re.compile(r"--lines: \d+|text-align: (left|right|center);")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curriculum with every field filled."""
    return whole(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_text_is_the_same_wherever_it_is_set(turn: int, root: Path, tmp_path: Path) -> None:
    """In an item, a definition, a quotation, a cell or behind words each part of a text is what it is alone."""
    here = [field for field in fields(root) if field.kind in {"blocks", "line"}]
    texts = {
        field: HARMLESS[(number + 7 * turn) % len(HARMLESS)].replace("TOK", f"tok{number}q")
        for number, field in enumerate(here)
    }
    loaded, taken = composable(root, tmp_path, texts)
    trees = [dialect.tree(markdown) for _, markdown in composed(loaded)]
    assert len(taken) > len(texts) / 2
    for field, text in taken.items():
        word = next(iter(re.findall(r"tok\d+q", text)))
        alone = {*around(dialect.tree(text.strip()), word), ("h3", "span")}  # where a heading repeats it as plain words
        for tree in trees:
            for found in around(tree, word):
                assert any(found[len(found) - len(each) :] == each for each in alone), (str(field), text, found)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_nothing_hostile_is_markup(turn: int, root: Path, tmp_path: Path) -> None:
    """Whatever passes the check, in every field at once, no page has an element, attribute or address that runs."""
    ours = {"is_id", "is_name", "is_former", "followed"}
    here = [field for field in fields(root) if field.kind not in ours and field.file != COHORT]
    chosen = random.Random(turn).sample(range(len(here)), len(here))
    texts = {field: HOSTILE[at % len(HOSTILE)] for field, at in zip(here, chosen, strict=True)}
    assert not list(foreign(composable(root, tmp_path, texts)[0]))


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.slow("composes everything three times")
def test_no_two_texts_make_markup_of_each_other(turn: int, root: Path, tmp_path: Path) -> None:
    """What one text leaves open, no other text on its page completes."""
    here = [field for field in fields(root) if field.kind in {"blocks", "line", "is_supplied", "is_plain"}]
    chance = random.Random(turn)
    for pair in chance.sample(HALVES, 3):
        texts = {field: chance.choice(pair) for field in here}
        assert not list(foreign(composable(root, tmp_path, texts)[0])), pair


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Tags such as `<img src=x onerror=alert(1)>`", "Tags such as <img src=x onerror=alert(1)>"),
        ("a](javascript:alert(1)) [b", "a](javascript:alert(1)) [b"),
        ("&lt;script&gt; *and* so on", "<script> and so on"),
        ("`List<T>` | `{: .x }`", "List<T> | {: .x }"),
    ],
)
def test_a_heading_is_words_wherever_it_is_named(heading: str, words: str, root: Path, tmp_path: Path) -> None:
    """In the list of a reading's sections, and as the title of a page, a heading is its words and no markup."""
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    text = f"See [the walks](files/walks.csv).\n\n## {heading} {{: #maps }}\n\nText.\n\n## Scale\n\nText.\n"
    (copy / READING).write_text(text, encoding="utf-8")
    (copy / "docs/guide/tags.md").write_text(f"# {heading} {{: #top }}\n\nText.\n", encoding="utf-8")
    loaded, found = check(copy)
    assert loaded and not found, found  # noqa: PT018
    assert not list(foreign(loaded))
    made = compose(loaded.curriculum)
    tree = dialect.tree(made.of_modules["module"]["first-steps"].markdown)
    assert words in [dialect.words(node) for node in dialect.walk(tree) if node.get("href") == "#maps"]
    assert words in [document.title for document in made.all if document.path == "guide/tags.md"]


def test_marks_within_something_else_stay(root: Path) -> None:
    """A blank or a citation in an attribute list or a link is not worked out, also if the check had missed it."""
    loaded, found = check(root)
    assert loaded and not found  # noqa: PT018
    apparatus = compose(loaded.curriculum).apparatus
    for text in (
        "*a*{ .x title='[PROGRAM TO SUPPLY: reporting duties]' }",
        "*a*{: title='[@hall-2015]' }",
        "[a [PROGRAM TO SUPPLY: reporting duties]](https://a.example.edu/[@hall-2015])",
    ):
        assert apparatus.finish("index.md", text) == text


def composable(root: Path, folder: Path, texts: dict[Field, str]) -> tuple[Loaded, dict[Field, str]]:
    """The curriculum with those of these texts that the check takes, and which these are."""
    for _ in range(9):
        copy = Path(shutil.copytree(root, folder / "tried"))
        write(copy, texts)
        loaded, found = check(copy)
        refused = {(each.place.path, each.place.line) for each in found}
        places = {field: place(copy, field) for field in texts}
        shutil.rmtree(copy)
        if loaded and not found:
            return loaded, texts
        kept = {field: text for field, text in texts.items() if (places[field].path, places[field].line) not in refused}
        assert len(kept) < len(texts), [str(each) for each in found]
        texts = kept
    raise AssertionError("there is no end of refusing")


def composed(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Every document of a curriculum in Markdown, those for print alone included."""
    made = compose(loaded.curriculum)
    apparatus = made.apparatus
    yield from ((each.path, each.markdown) for each in made.all)
    for module in loaded.curriculum.modules:
        yield f"cards of {module.id}", documents.cards(apparatus, module).markdown
        yield f"agenda of {module.id}", documents.agenda(apparatus, module, 30)
    for form in loaded.curriculum.facilitation.forms:
        yield f"form {form.id}", documents.form(apparatus, form)
    yield "agreements", documents.agreements(apparatus)
    yield "sign-in", documents.sign_in(apparatus, None)
    yield from documents.moved(apparatus, {each.path: each.title for each in made.all}).blocks.items()


def around(node: Node | str, word: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """What a word is in, from the outside in, paragraphs aside: a list drops those of its items at will."""
    if isinstance(node, str):
        yield from [path] * node.count(word)
        return
    here = path if node["t"] in {"p", "root"} else (*path, node["t"])
    yield from ((*here, key) for key in ("href", "title") if word in str(node.get(key, "")))
    for child in node["c"]:
        yield from around(child, word, here)


def foreign(loaded: Loaded) -> Iterator[str]:
    """What is in any composed document and is not ours."""
    for path, markdown in composed(loaded):
        for element in lxml.html.fromstring(f"<div>{dialect.html(markdown)}</div>").iter():
            if element.tag not in ELEMENTS:
                yield f"{path}: <{element.tag}>"
            for key, value in element.items():
                address = key not in {"href", "src"} or ADDRESS.fullmatch(value)
                if key not in GIVEN or not address or not (key != "style" or STYLE.fullmatch(value)):
                    yield f"{path}: <{element.tag} {key}={value!r}>"
