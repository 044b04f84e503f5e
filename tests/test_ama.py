"""Entries of the reference list have the forms of the AMA Manual of Style, 11th edition, chapter 3."""

from __future__ import annotations

from typing import Any

import pytest

from builder import dialect
from builder.dialect import Node, citations
from builder.model.curriculum import Reference

LEE, ROE, NG = {"family": "Lee", "given": "Ann Mary"}, {"family": "Roe", "given": "Jo"}, {"family": "Ng", "given": "B."}
OFFICE = {"literal": "Office of Paths"}


def date(*parts: int) -> dict[str, Any]:
    """A date of CSL-JSON."""
    return {"date-parts": [list(parts)]}


def entry(**fields: Any) -> str:
    """A work's entry with *emphasis* marked, and without other marks."""
    work = {name.replace("_", "-"): field for name, field in fields.items()} | {"id": "a"}
    reference = Reference(id="a", csl=work, supports=None, caution=None)
    return marked(dialect.tree(citations.entries((reference,))["a"]))


def marked(node: Node | str) -> str:
    """The words of a tree, with stars around emphasis."""
    if isinstance(node, str):
        return node
    inner = "".join(map(marked, node["c"]))
    return f"*{inner}*" if node["t"] == "em" else inner


ARTICLE: dict[str, Any] = {
    "type": "article-journal", "title": "On walking", "container_title": "J Paths", "issued": date(2020, 3, 5),
}  # fmt: skip
BOOK: dict[str, Any] = {
    "type": "book",
    "title": "walking in the old town",
    "publisher": "Path Press",
    "issued": date(2020),
}
CHAPTER: dict[str, Any] = {
    "type": "chapter", "title": "On walking", "container_title": "Handbook of Paths", "publisher": "Path Press",
    "issued": date(2020), "page": "45-50",
}  # fmt: skip
PAGE: dict[str, Any] = {"type": "webpage", "title": "Guide to paths", "URL": "https://a.example.edu/guide"}

FORMS = [
    # 3.11 journal articles
    (ARTICLE | {"author": [LEE, ROE], "volume": "17", "issue": "2", "page": "61-69", "DOI": "10.1000/x"},
     "Lee AM, Roe J. On walking. *J Paths*. 2020;17(2):61-69. doi:10.1000/x"),
    (ARTICLE | {"author": [LEE], "volume": "17", "page": "e12"}, "Lee AM. On walking. *J Paths*. 2020;17:e12."),
    (ARTICLE | {"author": [LEE], "volume": "17", "supplement_number": "1", "page": "S1--S9"},
     "Lee AM. On walking. *J Paths*. 2020;17(suppl 1):S1-S9."),
    (ARTICLE | {"author": [LEE], "DOI": "10.1000/x"},
     "Lee AM. On walking. *J Paths*. Published online March 5, 2020. doi:10.1000/x"),
    (ARTICLE | {"container_title": "Journal of Paths", "container_title_short": "J. Paths", "volume": "1"},
     "On walking. *J Paths*. 2020;1."),
    (ARTICLE | {"type": "article", "author": [LEE], "container_title": "", "publisher": "Path Archive"},
     "Lee AM. On walking. *Path Archive*. Preprint posted online March 5, 2020."),
    ({"type": "article-newspaper", "author": [LEE], "title": "On walking", "container_title": "The Path",
      "issued": date(2020, 3, 5), "page": "5"}, "Lee AM. On walking. *The Path*. March 5, 2020:5."),
    # 3.12 books and chapters
    (BOOK | {"author": [LEE]}, "Lee AM. *Walking in the Old Town*. Path Press; 2020."),
    (BOOK | {"author": [LEE], "edition": "2nd ed."}, "Lee AM. *Walking in the Old Town*. 2nd ed. Path Press; 2020."),
    (BOOK | {"author": [LEE], "edition": "1st"}, "Lee AM. *Walking in the Old Town*. Path Press; 2020."),
    (BOOK | {"author": [LEE], "edition": "Rev ed", "volume": "2"},
     "Lee AM. *Walking in the Old Town*. Vol 2. Rev ed. Path Press; 2020."),
    (BOOK | {"editor": [LEE]}, "Lee AM, ed. *Walking in the Old Town*. Path Press; 2020."),
    (BOOK | {"editor": [LEE, ROE]}, "Lee AM, Roe J, eds. *Walking in the Old Town*. Path Press; 2020."),
    (BOOK | {"author": [LEE], "editor": [ROE]}, "Lee AM. *Walking in the Old Town*. (Roe J, ed.). Path Press; 2020."),
    (BOOK | {"author": [LEE], "translator": [ROE]},
     "Lee AM. *Walking in the Old Town*. (Roe J, trans.). Path Press; 2020."),
    (BOOK, "*Walking in the Old Town*. Path Press; 2020."),
    (CHAPTER | {"author": [LEE], "editor": [ROE, NG]},
     "Lee AM. On walking. In: Roe J, Ng B, eds. *Handbook of Paths*. Path Press; 2020:45-50."),
    (CHAPTER | {"editor": [ROE]}, "On walking. In: Roe J, ed. *Handbook of Paths*. Path Press; 2020:45-50."),
    (CHAPTER | {"type": "paper-conference", "author": [LEE], "edition": "3"},
     "Lee AM. On walking. In: *Handbook of Paths*. 3rd ed. Path Press; 2020:45-50."),
    # 3.13 and 3.15 reports, theses, talks, data, web pages
    ({"type": "report", "author": [OFFICE], "title": "State of Paths", "publisher": "Dept of Ways",
      "issued": date(2020), "genre": "Publication", "number": "12-3", "accessed": date(2021, 2, 3), "URL": "https://a.edu/r"},
     "Office of Paths. *State of Paths*. Dept of Ways; 2020. Publication 12-3. Accessed February 3, 2021. "  # noqa: ISC004
     "https://a.edu/r"),
    ({"type": "thesis", "author": [LEE], "title": "Walking in Towns", "genre": "Dissertation",
      "publisher": "Path University", "issued": date(2009)},
     "Lee AM. *Walking in Towns*. Dissertation. Path University; 2009."),
    ({"type": "speech", "author": [LEE], "title": "On walking", "genre": "Poster", "event_title": "Path Days",
      "issued": date(2020, 5, 12), "event_place": "Pathtown, WA"},
     "Lee AM. On walking. Poster presented at: Path Days; May 12, 2020; Pathtown, WA."),
    ({"type": "dataset", "author": [LEE], "title": "Data from: On walking", "version": "2", "publisher": "Path Archive",
      "issued": date(2020, 3, 5), "DOI": "10.1000/x"},
     "Lee AM. Data from: On walking. Version 2. Path Archive. March 5, 2020. doi:10.1000/x"),
    (PAGE | {"author": [LEE], "container_title": "Office of Paths", "issued": date(2021, 6),
             "accessed": date(2022, 5, 1)},
     "Lee AM. Guide to paths. Office of Paths. June 2021. Accessed May 1, 2022. https://a.example.edu/guide"),
    (PAGE | {"container_title": "Office of Paths", "accessed": date(2022, 5, 1)},
     "Guide to paths. Office of Paths. Accessed May 1, 2022. https://a.example.edu/guide"),
    (PAGE | {"publisher": "Office of Paths"}, "Guide to paths. Office of Paths. https://a.example.edu/guide"),
]  # fmt: skip
"""Works, and their entries in the shapes of the manual's own examples."""


@pytest.mark.parametrize(("work", "printed"), FORMS, ids=lambda each: each if isinstance(each, str) else "")
def test_an_entry_has_the_form_of_the_manual(work: dict[str, Any], printed: str) -> None:
    """Each kind of work prints as the AMA Manual of Style sets it."""
    assert entry(**work) == printed


# citeproc-py prints names that substitute others, and titles that do, where they stand themselves as well. See
# https://github.com/citeproc-py/citeproc-py/issues/91
ONCE = [
    (work, words)
    for work in (BOOK, CHAPTER, PAGE, ARTICLE, BOOK | {"type": "report"}, BOOK | {"type": "dataset"})
    for words in ({}, {"editor": [LEE]}, {"editor": [OFFICE]})
]


@pytest.mark.parametrize(("work", "editors"), ONCE, ids=str)
def test_nothing_is_said_twice_for_want_of_an_author(work: dict[str, Any], editors: dict[str, Any]) -> None:
    """A work without an author begins with its title, or with its editors, and names each of them once."""
    printed = entry(**(work | editors))
    named = {"Lee AM": "Lee", "Office of Paths": "literal"}
    due = [name for name, sign in named.items() if sign in str(editors)]
    assert [name for name in named if printed.count(name) == 1] == due
    assert printed.casefold().count(work["title"].casefold()) == 1
    first = due[0] if due and work["type"] != "chapter" else work["title"]
    assert printed.casefold().lstrip("*").startswith(first.casefold())


def test_a_work_may_have_no_date() -> None:
    """Without a date an entry has no stray stop, word or bracket where the date would be."""
    works = (ARTICLE | {"volume": "1"}, BOOK, CHAPTER, PAGE | {"container_title": "Office of Paths"})
    printed = [entry(**{key: field for key, field in work.items() if key != "issued"}) for work in works]
    assert printed == [
        "On walking. *J Paths*. 1.",
        "*Walking in the Old Town*. Path Press.",
        "On walking. In: *Handbook of Paths*. Path Press:45-50.",
        "Guide to paths. Office of Paths. https://a.example.edu/guide",
    ]


NAMES: list[tuple[dict[str, str], str]] = [
    ({"family": "Lee", "given": "Ann Mary"}, "Lee AM"),
    ({"family": "Lee", "given": "A. M."}, "Lee AM"),
    ({"family": "Lee", "given": "A.M."}, "Lee AM"),
    ({"family": "Lee", "given": "AM"}, "Lee AM"),
    ({"family": "Lee"}, "Lee"),
    ({"family": "Lee-Roe", "given": "Anne-Marie"}, "Lee-Roe AM"),
    ({"family": "Lee", "given": "Chi-chen"}, "Lee CC"),
    ({"family": "Roe", "given": "Jo (Joey) L."}, "Roe JJL"),
    ({"family": "Roe", "given": "jo"}, "Roe J"),
    ({"family": "Roe", "given": "Jo", "suffix": "Jr."}, "Roe J Jr"),
    ({"family": "Roe", "given": "Jo", "suffix": "III"}, "Roe J III"),
    ({"family": "van Roe", "given": "Jo"}, "van Roe J"),
    ({"family": "Roe", "given": "Jo", "non-dropping-particle": "van der"}, "van der Roe J"),
    ({"family": "Roe", "given": "Jo", "dropping-particle": "von"}, "von Roe J"),
    ({"family": "Roe", "given": "Jo von"}, "von Roe J"),
    ({"family": "Roe", "given": "Jo", "non-dropping-particle": "d'"}, "d'Roe J"),
    ({"family": "Roe", "given": "Jo", "non-dropping-particle": "al-"}, "al-Roe J"),
    ({"family": "Ångström", "given": "Örn Élie"}, "Ångström ÖÉ"),
    ({"family": "Иванов", "given": "Иван Петрович"}, "Иванов ИП"),
    ({"family": "Παππάς", "given": "Άννα"}, "Παππάς Ά"),
    ({"family": "王", "given": "小明"}, "王 小明"),
    ({"family": "김", "given": "길-동"}, "김 길-동"),
    ({"family": "山田", "given": "太郎"}, "山田 太郎"),
    ({"family": "حسن", "given": "علي"}, "حسن علي"),
    ({"literal": "Office of Paths"}, "Office of Paths"),
    ({"literal": "Paths & Ways, Inc."}, "Paths & Ways, Inc"),
]


@pytest.mark.parametrize(("name", "printed"), NAMES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_name_is_written_as_the_manual_does(name: dict[str, str], printed: str) -> None:
    """Initials have no periods, particles stay before the family name, names without capitals and groups stay whole."""
    text = entry(**BOOK, author=[name]).partition(". *")[0]
    assert text.translate({0x2019: "'"}) == printed


def test_more_than_six_authors_are_three() -> None:
    """Up to six authors are named; of more, the first three and et al."""
    authors = [{"family": f"Roe{letter}", "given": "Jo"} for letter in "abcdefg"]
    assert entry(**BOOK, author=authors[:6]).startswith("Roea J, Roeb J, Roec J, Roed J, Roee J, Roef J. *")
    assert entry(**BOOK, author=authors).startswith("Roea J, Roeb J, Roec J, et al. *")


TITLES = [
    ("Why walk?", "*Why Walk?* Path"),
    ("Walk!", "*Walk!* Path"),
    ("Walk.", "*Walk*. Path"),
    (".path", "*.path*. Path"),
    ("why <i>walk?</i>", "*Why walk?* Path"),
    ('Is it a "path?"', "*Is It a “path?”* Path"),
    ("Walk (why?)", "*Walk (why?)*. Path"),
    ("Walk?.com and others", "*Walk?.com and Others*. Path"),
    ('The <span class="nocase">iPath</span> and <span class="nocase">p53</span>', "*The iPath and p53*. Path"),
]


@pytest.mark.parametrize(("title", "printed"), TITLES)
def test_a_title_ends_in_one_stop(title: str, printed: str) -> None:
    """A title that ends in a stop of its own gets no second one, and keeps every stop within it."""
    assert entry(**(BOOK | {"title": title})).startswith(printed)
    assert entry(**(ARTICLE | {"title": title, "volume": "1"})).count("?") == title.count("?")


# citeproc-py hands `<` and `&` on as HTML. See https://github.com/citeproc-py/citeproc-py/issues/97
def test_signs_of_html_are_signs_of_a_title() -> None:
    """What looks like HTML in a title or a name is what it says, also in a title that is set in italics."""
    title = "P<.05 & <i>P</i> > .01 of A&lt;B"
    assert entry(**(ARTICLE | {"title": title, "volume": "1"})).startswith("P<.05 & *P* > .01 of A&lt;B. *J Paths*.")
    assert entry(**BOOK, author=[{"literal": "Paths & Ways <i>"}]).startswith("Paths & Ways <i>. *")


def test_no_word_of_the_style_is_html() -> None:
    """A term of the style that has an ampersand prints it."""
    assert "(Roe J, ed. & trans.)" in entry(**BOOK, author=[LEE], editor=[ROE], translator=[ROE])


def test_a_title_in_another_language_keeps_its_capitals() -> None:
    """English titles of books have capitals, in whatever way the language is given; others stay as they are."""
    for language in ("en", "en-US", "eng", "English"):
        assert entry(**BOOK, language=language).startswith("*Walking in the Old Town*")
    assert entry(**BOOK, language="de").startswith("*walking in the old town*")
