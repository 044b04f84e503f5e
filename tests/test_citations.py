"""A citation is a number behind words, and takes nothing with it that decides what a line is."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import MODULE, SMALL, small

from builder import dialect, pipeline
from builder.dialect import citations
from builder.documents.apparatus import Apparatus, uncited

PATH = "modules/first-steps/index.md"


@pytest.fixture(scope="module")
def apparatus() -> Apparatus:
    """The apparatus of the small curriculum."""
    curriculum = pipeline.read(SMALL).loaded.curriculum
    return Apparatus(curriculum, citations.entries(curriculum.references))


def shape(text: str) -> list[str]:
    """What a text is made of, outermost first: its blocks, with their words, and what is in them."""
    body = text.partition("\n\n## References")[0]
    return [
        f"{node['t']}: {dialect.words(node)}"
        for node in dialect.walk(dialect.tree(body))
        if node["t"] not in {"root", "a"}
    ]


FIRST = [
    ("- [@hall-2015] found this.\n- Others did not.", ["ul", "li", "sup", "li"]),
    ("* [@hall-2015]", ["ul", "li", "sup"]),
    ("1. [@hall-2015] found this.", ["ol", "li", "sup"]),
    ("- One\n\n    - [@hall-2015] two", ["ul", "li", "p", "ul", "li", "sup"]),
    ("- [ ] [@hall-2015] found this.", ["ul", "li", "span", "span", "sup"]),
    ("> [@hall-2015] found this.", ["blockquote", "p", "sup"]),
    ("!!! evidence\n    [@hall-2015] found this.\n\n    More.", ["div", "p", "p", "sup", "p"]),
    ('!!! evidence "What"\n    [@hall-2015] found this.', ["div", "p", "p", "sup"]),
    ("## Heading\n[@hall-2015] found this.", ["h2", "p", "sup"]),
    ("Heading\n-------\n[@hall-2015] found this.", ["h2", "p", "sup"]),
    ("Term\n:   [@hall-2015] found this.", ["dl", "dt", "dd", "sup"]),
    ("Term\n: [@hall-2015] found this.", ["dl", "dt", "dd", "sup"]),
    (
        "| A | B |\n| --- | --- |\n| [@hall-2015] | b |\n",
        ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "sup", "td"],
    ),
    ("Words.\n\n[@hall-2015] found this.", ["p", "p", "sup"]),
    ("Words.\n\n    code\n[@hall-2015] found this.", ["p", "pre", "code", "p", "sup"]),
    ("~~~\ncode\n~~~\n[@hall-2015] found this.", ["pre", "code", "p", "sup"]),
    ("---\n[@hall-2015] found this.", ["hr", "p", "sup"]),
    ("*Words*{: .a }\n{: #b }\n\n[@hall-2015] found this.", ["p", "em", "p", "sup"]),
]


@pytest.mark.parametrize(("text", "tags"), FIRST)
def test_a_citation_may_stand_first(apparatus: Apparatus, text: str, tags: list[str]) -> None:
    """An item, a block, a cell or a paragraph that begins with a citation is what it is without it."""
    assert [line.partition(":")[0] for line in shape(apparatus.finish(PATH, text))] == tags
    if text.count("found this") == 1:
        bare = [line.partition(":")[0] for line in shape(uncited(text).replace("[ ] ", ""))]
        assert bare == [tag for tag in tags if tag not in {"sup", "span"}]


BEHIND = [
    ("Words [@hall-2015].", "Words.<sup>"),
    ("Words\n[@hall-2015], more", "Words,<sup>"),
    ("- Words [@hall-2015] more", "- Words<sup>"),
    ("> Words\n> [@hall-2015].", "> Words.<sup>"),
    ("- Words\n  [@hall-2015].", "- Words.<sup>"),
    ("!!! evidence\n    Words\n    [@hall-2015].", "    Words.<sup>"),
    ("| a | Words [@hall-2015] |", "| a | Words<sup>"),
    ("In *2015* [@hall-2015]", "In *2015*<sup>"),
    ("It was 12 [@hall-2015].", "It was 12.<sup>"),
]


@pytest.mark.parametrize(("text", "joined"), BEHIND)
def test_a_citation_is_drawn_to_the_words_before_it(apparatus: Apparatus, text: str, joined: str) -> None:
    """Behind words, and on the line below them, the number stands without a space and after the stop."""
    assert joined in apparatus.finish(PATH, text)
    assert joined.partition("<")[0] in uncited(text)


def test_entries_in_yaml_may_begin_with_a_citation(tmp_path: Path) -> None:
    """A list in a module's file keeps its items when they begin with citations, in pages and in print."""
    root = small(tmp_path)
    path = root / MODULE
    old = "      - Reasons"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, '      - "[@hall-2015] gave reasons"\n      - "[@sue-2007]"'), encoding="utf-8")
    guide = pipeline.read(root).documents.of_modules["guide"]["first-steps"]
    items = [dialect.words(node) for node in dialect.walk(dialect.tree(guide.markdown)) if node["t"] == "li"]
    assert any(item.endswith("gave reasons") and "Reference" not in item for item in items), items
    assert not any("-1" in item for item in items)
