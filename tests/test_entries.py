"""Whatever a work holds that the check accepts comes out of the page and the print as what it was, once."""

from __future__ import annotations

import re
import urllib.parse

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from planting import SMALL
from test_escaping import MARKED, TYPOGRAPHY

from builder import dialect, pipeline
from builder.dialect import Node, citations
from builder.dialect.escaping import escaped
from builder.documents.apparatus import Apparatus, spoken
from builder.model.curriculum import Curriculum, Reference
from builder.model.kinds import is_cited, is_doi, is_url, is_verbatim

letters = st.characters(exclude_categories=("C", "Z"))
pieces = st.one_of(
    st.sampled_from([*MARKED, "<i>a</i>", "<sub>2</sub>", "A.", "why?", "doi:10.1/x"]), st.text(letters, max_size=5)
)
lines = st.lists(pieces, min_size=1, max_size=5).map(" ".join).map(str.strip)
titles = lines.filter(bool).filter(is_cited)
names = lines.filter(bool).filter(is_verbatim)
signs = st.one_of(
    st.sampled_from(["--", "---", "...", "'", "&lt;", "&copy=", "%3C", "](", "_a_", "*"]), st.text(letters, max_size=4)
)
dois = st.lists(signs, max_size=5).map(lambda parts: f"10.1000/a{''.join(parts)}").filter(is_doi)
legal = st.text("abz09-._~:/?#@!$&'()*+,;=%", max_size=6)
urls = st.lists(st.one_of(signs, legal), max_size=5)
urls = urls.map(lambda parts: f"https://a.example.edu/{''.join(parts)}").filter(is_url)


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    """The small curriculum, in whose page of references the entries are set."""
    return pipeline.read(SMALL).loaded.curriculum


def listed(curriculum: Curriculum, work: dict[str, object]) -> list[tuple[str, list[tuple[str, str]]]]:
    """A work's entry in the list of works, on the page and in print: its words, and each link's words and address."""
    reference = Reference(id="a", csl={"id": "a", **work}, supports=None, caution=None)
    text = Apparatus(curriculum, citations.entries((reference,))).finish(
        "references.md", "[REFERENCES]", all_works=True
    )
    page = lxml.html.fromstring(f"<div>{dialect.html(text)}</div>")
    (item,) = page.iter("li")
    (node,) = [each for each in dialect.walk(dialect.tree(text)) if each["t"] == "li"]
    assert {each["t"] for each in dialect.walk(node)} <= {"li", "p", "em", "strong", "sub", "sup", "a"}
    assert {each.tag for each in item.iter()} <= {"li", "p", "em", "strong", "sub", "sup", "a"}
    return [
        (plain(item.text_content()), [(str(a.text_content()), str(a.get("href"))) for a in item.iter("a")]),
        (plain(dialect.words(node)), [(dialect.words(a), a["href"]) for a in links(node)]),
    ]


def links(node: Node) -> list[Node]:
    """The links in a tree."""
    return [each for each in dialect.walk(node) if each["t"] == "a"]


def plain(text: str) -> str:
    """Words with single spaces, whatever typography made of their quotation marks and dashes."""
    return " ".join(text.translate(TYPOGRAPHY).split())


def stopped(title: str) -> str:
    """A title as an entry has it, without its tags and with one stop at its end."""
    words = plain(re.sub("</?(?:i|b|sub|sup)>", "", title))
    ended = re.search(r"[?!][\"']*$", words) or re.search(r"(?<!\.)\.$", words) or words.endswith((".", "..."))
    return words if ended else f"{words}."


@settings(max_examples=150)
@given(titles, dois)
def test_a_title_and_a_doi_come_out_as_they_are(curriculum: Curriculum, title: str, doi: str) -> None:
    """Every sign of a title and of a DOI is in the entry once, and the link leads to the DOI."""
    for words, found in listed(curriculum, {"type": "article-journal", "title": title, "DOI": doi}):
        assert words == plain(f"{stopped(title)} doi:{doi}")
        ((shown, address),) = found
        assert shown == f"doi:{doi}"
        assert urllib.parse.unquote(address) == f"https://doi.org/{doi}"


@settings(max_examples=150)
@example(name="A", site="B", url="https://a.example.edu/&#0")
@given(names, titles, urls)
def test_a_name_and_an_address_come_out_as_they_are(curriculum: Curriculum, name: str, site: str, url: str) -> None:
    """Every sign of a name and of a web address is in the entry once, and the link leads to that address."""
    work = {"type": "webpage", "author": [{"literal": name}], "title": "Paths", "container-title": site, "URL": url}
    for words, found in listed(curriculum, work):
        assert words == plain(f"{name}{'' if name.endswith('.') else '.'} Paths. {stopped(site)} {url}")
        ((shown, address),) = found
        assert shown == url
        assert urllib.parse.unquote(address) == urllib.parse.unquote(url)
        assert re.sub("%[0-9A-F]{2}", "", address).isascii()


def test_works_of_a_list_do_not_reach_into_each_other() -> None:
    """Works with the same signs in one list keep their own: each entry is what it is alone."""
    works = [
        {"id": f"w{n}", "type": "book", "title": f"P<.0{n} & <i>why {n}?</i>", "DOI": f"10.1000/{n}"} for n in range(9)
    ]
    together = citations.entries(
        tuple(Reference(id=work["id"], csl=work, supports=None, caution=None) for work in works)
    )
    for work in works:
        reference = Reference(id=work["id"], csl=work, supports=None, caution=None)
        assert citations.entries((reference,))[work["id"]] == together[work["id"]]


paths = st.lists(st.sampled_from(["--", "---", "...", "'", "_", "a", "b/", "?q=", "%20", "-c"]), max_size=8)
written = paths.map(lambda parts: f"a.example.edu/{''.join(parts)}z")


@settings(max_examples=100)
@given(st.sampled_from(["https://", "www."]), written)
def test_no_typography_changes_an_address_in_a_text(curriculum: Curriculum, scheme: str, rest: str) -> None:
    """An address among an author's words comes out sign for sign, on the page, in print and where words are read."""
    address = f"{scheme}{rest}"
    apparatus = Apparatus(curriculum, {})
    text = f'She said -- "here" -- [{address}](https://{rest}) or [at {rest}, or](https://{rest}).'
    for node in links(dialect.tree(apparatus.finish("about.md", text))):
        assert node["href"] == f"https://{rest}"
        assert dialect.words(node) in {address, f"at {rest}, or"}
    assert f"“See” {address} … now" in spoken(f'"See" {address} ... now')
    assert dialect.words(dialect.tree(apparatus.finish("about.md", f"See {address} now"))) == f"See {address} now"


@pytest.mark.parametrize("value", ['https://a.edu/\\"><img/src=x>', "https://a.edu/?a=1&b=2", "www.a.edu/_b_<c"])
def test_a_value_with_an_address_stays_words(curriculum: Curriculum, value: str) -> None:
    """What a template writes as words is not read again: an address in it that contains special signs makes no link."""
    tree = dialect.tree(Apparatus(curriculum, {}).finish("changes.md", f"- The work {escaped(value)} is new."))
    assert links(tree) == []
    assert plain(dialect.words(tree)) == plain(f"The work {value} is new.")


def test_code_keeps_its_addresses() -> None:
    """An address in code is typed as it is: no entity is put into it."""
    assert spoken("`https://a.edu/x--y` and ``a.edu/x...y``") == "https://a.edu/x--y and a.edu/x...y"
