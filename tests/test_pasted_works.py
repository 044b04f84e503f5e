"""Works may be pasted as Zotero, Crossref and other programs write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from planting import REFERENCES, Fault, assert_told, lines, small

from builder import dialect, pipeline
from builder.dialect import citations

ROOT = Path(__file__).resolve().parent.parent

ZOTERO = {
    "id": "lee2022",
    "type": "article-journal",
    "abstract": "IMPORTANCE: P < .05; ≥3 walks.\nMETHODS \"Walks\": {many} 'kinds'",
    "container-title": "Journal of Paths",
    "container-title-short": "J Paths",
    "DOI": "10.1000/x",
    "ISSN": "1234-5678, 8765-4321",
    "issue": "3",
    "journalAbbreviation": "J Paths",
    "language": "en",
    "note": "PMID: 1234567\nPMCID: PMC1234567",
    "page": "1-9",
    "source": "DOI.org (Crossref)",
    "title": "On walking",
    "title-short": "On",
    "URL": "https://a.example.edu/x?y=1",
    "volume": 2,
    "author": [{"family": "Lee", "given": "Ann M."}, {"literal": "Path Office"}],
    "accessed": {"date-parts": [["2026", 1, 2]]},
    "issued": {"date-parts": [["2022", 9, 1]]},
}
"""One item of Zotero's export "CSL JSON"."""

CROSSREF = {
    "indexed": {"date-parts": [[2022, 4, 1]], "date-time": "2022-04-01T10:00:00Z", "timestamp": 1648807200000},
    "reference-count": 2,
    "publisher": "Path Press",
    "issue": "3",
    "license": [{"start": {"date-parts": [[2022, 9, 1]]}, "URL": "https://a.example.edu/license"}],
    "content-domain": {"domain": [], "crossmark-restriction": False},
    "short-container-title": ["J Paths"],
    "published-print": {"date-parts": [[2022, 9, 1]]},
    "DOI": "10.1000/x",
    "type": "journal-article",
    "created": {"date-parts": [[2022, 8, 1]], "date-time": "2022-08-01T10:00:00Z", "timestamp": 1648807200000},
    "page": "1-9",
    "source": "Crossref",
    "is-referenced-by-count": 0,
    "title": ["On walking"],
    "prefix": "10.1000",
    "volume": "2",
    "author": [
        {"ORCID": "http://orcid.org/0000-0000-0000-0000", "authenticated-orcid": False, "given": "Ann M.",
         "family": "Lee", "sequence": "first", "affiliation": [{"name": "Path University"}]},
        {"name": "Path Office", "sequence": "additional", "affiliation": []},
    ],
    "member": "1",
    "reference": [{"key": "1", "doi-asserted-by": "crossref", "unstructured": "Moe E. Paths: old & new"}],
    "container-title": ["Journal of Paths"],
    "original-title": [],
    "link": [{"URL": "https://a.example.edu/x.pdf", "content-type": "unspecified"}],
    "deposited": {"date-parts": [[2022, 8, 1]], "date-time": "2022-08-01T10:00:00Z", "timestamp": 1648807200000},
    "score": 1,
    "resource": {"primary": {"URL": "https://a.example.edu/x"}},
    "subtitle": [],
    "short-title": [],
    "issued": {"date-parts": [[2022, 9, 1]]},
    "references-count": 2,
    "journal-issue": {"issue": "3", "published-print": {"date-parts": [[2022, 9, 1]]}},
    "URL": "http://dx.doi.org/10.1000/x",
    "relation": {},
    "ISSN": ["1234-5678", "8765-4321"],
    "issn-type": [{"value": "1234-5678", "type": "print"}],
    "subject": [],
    "published": {"date-parts": [[2022, 9, 1]]},
}  # fmt: skip
"""What Crossref answers for an article; an id is added."""

OURS = """\
- id: lee2022
  type: article-journal
  author:
    - {family: Lee, given: Ann M.}
    - {literal: Path Office}
  title: On walking
  container-title: Journal of Paths
  container-title-short: J Paths
  issued: {year: 2022, month: 9, day: 1}
  volume: "2"
  issue: "3"
  page: 1-9
  DOI: 10.1000/x
"""

TAB = "\t"
ENTRY = "Lee AM, Path Office. On walking. <em>J Paths</em>. 2022;2(3):1-9. [doi:10.1000/x](https://doi.org/10.1000/x)"


def entry(root: Path, work: str) -> str:
    """The entry of a work that is added to the small curriculum."""
    path = root / REFERENCES
    path.write_text(f"{path.read_text(encoding='utf-8')}{work}", encoding="utf-8")
    assert lines(root) == []
    curriculum = pipeline.read(root).loaded.curriculum
    (added,) = [each for each in curriculum.references if each.id not in {"hall-2015", "sue-2007"}]
    return citations.entries((added,))[added.id]


def pasted(record: dict[str, object]) -> str:
    """A record of JSON as an item of a list, as one would paste it."""
    return f"- {json.dumps(record, indent=2)}\n".replace("\n", "\n  ").rstrip(" ")


@pytest.mark.parametrize(
    "work",
    [
        OURS,
        pasted(ZOTERO),
        pasted(CROSSREF | {"id": "lee2022"}),
        f"- {json.dumps(ZOTERO)}\n",
        f"- {json.dumps(ZOTERO, indent=TAB)}\n",
        pasted(CROSSREF | {"id": "lee2022"}).replace("  ", TAB),
    ],
    ids=["ours", "Zotero", "Crossref", "one line", "tabs", "tabs throughout"],
)
def test_a_pasted_work_has_the_entry_of_a_written_one(work: str, tmp_path: Path) -> None:
    """An item of Zotero's or Crossref's JSON is taken whole, and its entry is that of our own form."""
    assert entry(small(tmp_path), work) == ENTRY


DATES = [
    ("2022", "2022"),
    ('"2022"', "2022"),
    ("2022-09", "September 2022"),
    ("2022-09-01", "September 1, 2022"),
    ("2022/9/1", "September 1, 2022"),
    ("2022-09-01T10:30:00Z", "September 1, 2022"),
    ("{year: 2022, month: 9, season: Summer, circa: true}", "September 2022"),
    ("{date-parts: [[2022, 9, 1]]}", "September 1, 2022"),
    ('{date-parts: [["2022", "9", "1"]]}', "September 1, 2022"),
    ("{date-parts: [[2022]], season: 2, circa: 1}", "2022"),
    ("{date-parts: [2022, 9]}", "September 2022"),
    ("{raw: 2022-09-01}", "September 1, 2022"),
    ("{literal: 2022}", "2022"),
    ("[{year: 2022, month: 9}]", "September 2022"),
    ("{date-parts: [[null]]}", ""),
    ("{date-parts: []}", ""),
    ("[]", ""),
]


@pytest.mark.parametrize(("written", "printed"), DATES)
def test_a_date_may_be_written_in_every_common_form(written: str, printed: str, tmp_path: Path) -> None:
    """A year, a date, and the parts of a date that programs write are the same date; none is none."""
    work = f"- {{id: a, type: webpage, title: Paths, issued: {written}}}\n"
    assert entry(small(tmp_path), work) == f"Paths.{' ' * bool(printed)}{printed}{'.' * bool(printed)}"


FORMS = [
    ("DOI: 10.1000/x", "doi:10.1000/x"),
    ("DOI: https://doi.org/10.1000/x", "doi:10.1000/x"),
    ("DOI: HTTP://DX.DOI.ORG/10.1000/x", "doi:10.1000/x"),
    ('DOI: "doi: 10.1000/x"', "doi:10.1000/x"),
    ("DOI: https://doi.org/10.1000/a%28b", "doi:10.1000/a(b"),
    ("DOI: 10.1000/a%28b", "doi:10.1000/a%28b"),
    ("URL: https://doi.org/10.1000/x", "doi:10.1000/x"),
    ("event: Path Days, type: speech", "Presented at: Path Days."),
    ("event: {name: Path Days, location: Pathtown, acronym: PD}, type: speech", "Presented at: Path Days; Pathtown."),
    ("title: Paths, subtitle: [Old ones]", "Paths: Old ones."),
    ("title: 'Paths: old ones', subtitle: Old ones", "Paths: old ones."),
    ("published-online: {date-parts: [[2020]]}", "2020."),
    ("author: [{name: Path Office, sequence: first}]", "Path Office. Paths."),
    ("author: [{family: Gogh, given: V, non-dropping-particle: van, parse-names: true}]", "van Gogh V. Paths."),
    ("title: Paths, editor: [], container-title: [], issued: 2020", "Paths. 2020."),
]


@pytest.mark.parametrize(("fields", "printed"), FORMS)
def test_other_forms_of_a_field_are_taken_for_ours(fields: str, printed: str, tmp_path: Path) -> None:
    """A DOI with what people write before it, and other names of a field, print as our form of it."""
    rest = "".join(
        f", {key}: {word}" for key, word in {"type": "webpage", "title": "Paths"}.items() if key not in fields
    )
    text = dialect.words(dialect.tree(entry(small(tmp_path), f"- {{id: a, {fields}{rest}}}\n")))
    assert printed in text


PATHS, SUE = "  title: Paths\n", "- id: sue-2007"
WAYS = "type: book, author: [{family: Lee}], title: Ways, issued: 2022"
TOLD = [
    Fault(
        REFERENCES, SUE, f"- {{id: ¦http://zotero.org/users/1/items/ABCD2345, {WAYS}}}\n{SUE}",
        "(small letters, digits and single hyphens, such as 'lee-2022'; texts then cite it as [@lee-2022])",
    ),
    Fault(REFERENCES, SUE, f"- {{id: ¦Lee2022, {WAYS}}}\n{SUE}", "such as 'lee-2022'"),
    Fault(REFERENCES, SUE, f"- {{id: ¦10.1000/x, {WAYS}}}\n{SUE}", "such as 'lee-2022'"),
    Fault(REFERENCES, "{literal: The walkers}", "¦Nguyen MT", "({family: Nguyen, given: MT} for a person"),
    Fault(REFERENCES, "{literal: The walkers}", '¦"Nguyen, Ann"', "({family: Nguyen, given: Ann} for a person"),
    Fault(REFERENCES, "{literal: The walkers}", "¦The walkers", "{literal: The walkers} for an organization)"),
    Fault(REFERENCES, "{year: 2007}", "¦September 2007", "not a date: 'September 2007' (a year, or year-month-day"),
    Fault(REFERENCES, "{year: 2007}", "{date-parts: [[2007, ¦13]]}", "13 is too large (at most 12)"),
    Fault(REFERENCES, "{year: 2007}", "{date-parts: [[¦soon]]}", "a whole number expected, not 'soon'"),
    Fault(REFERENCES, "{year: 2007}", "{date-parts: [[2007, 1], ¦[2007, 2]]}", "a second date (give the first one"),
    Fault(REFERENCES, "  issued: {year: 2007}", "  ¦issued: {year: 2007, day: 5}", "no such day (a day has its month"),
    Fault(REFERENCES, "  issued: {year: 2007}", "  ¦issued: 2007-02-30", "no such day (a day has its month"),
    Fault(REFERENCES, "  issued: {year: 2007}", "  ¦year: 2007", "unknown key 'year' (did you mean 'issued'?)"),
    Fault(REFERENCES, PATHS, f"{PATHS}  ¦journal: J Paths\n", "unknown key 'journal' (did you mean 'container-"),
    Fault(REFERENCES, PATHS, f"{PATHS}  ¦link: https://a.edu/\n", "unknown key 'link' (did you mean 'URL'?)"),
    Fault(REFERENCES, PATHS, f"{PATHS}  ¦pages: 1-2\n", "unknown key 'pages' (did you mean 'page'?)"),
    Fault(REFERENCES, PATHS, f"{PATHS}  ¦volum: 2\n", "unknown key 'volum' (did you mean 'volume'?)"),
    Fault(REFERENCES, SUE, f'- {{"id": "a"}}¦,\n{SUE}', "a comma behind a closing bracket (leave it out)"),
    Fault(REFERENCES, SUE, f'¦{{"id": "a"}}\n{SUE}', "without '- ' before it (write '- ' before each {,"),
    Fault(REFERENCES, SUE, f'¦[\n{{"id": "a"}}]\n{SUE}', "and leave out an outer [ and ])"),
    Fault(REFERENCES, SUE, f"- id: a\n¦\ttype: book\n{SUE}", "a tab at the beginning (indent with spaces)"),
    Fault(REFERENCES, "title: Paths", "title: [Paths, ¦Ways]", "text expected", at="title: [Paths"),
]  # fmt: skip


@pytest.mark.parametrize("fault", TOLD, ids=lambda fault: fault.new.strip())
def test_what_is_not_understood_is_explained(fault: Fault, tmp_path: Path) -> None:
    """An id of another program, a name in one piece, a date in words and a key of another format say what to write."""
    assert_told(fault, tmp_path)


def test_ids_that_are_proposed_differ(tmp_path: Path) -> None:
    """Two works by the same author in the same year are given two ids."""
    root = small(tmp_path)
    path = root / REFERENCES
    work = "- {id: %s, type: book, author: [{family: Đặng-Ó Lee}], title: Paths, issued: 2020}\n"
    path.write_text(path.read_text(encoding="utf-8") + work % "A1" + work % "A2", encoding="utf-8")
    told = lines(root)
    assert [line.partition("such as ")[2].partition(";")[0] for line in told] == [
        "'ang-o-lee-2020'",
        "'ang-o-lee-2020-2'",
    ]


def test_what_no_entry_shows_needs_no_typeface(tmp_path: Path) -> None:
    """A sign that cannot be set is no problem in an abstract or in our own notes; in a title it is one."""
    work = "- {id: a, type: book, title: Paths%s, abstract: A \U0001f6b6 walks, supports: A \U0001f6b6 walks}\n"
    assert entry(small(tmp_path / "a"), work % "") == "<em>Paths</em>."
    root = small(tmp_path / "b")
    path = root / REFERENCES
    path.write_text(path.read_text(encoding="utf-8") + work % " \U0001f6b6", encoding="utf-8")
    assert [line.partition(" (")[0] for line in lines(root)] == [
        "modules/references.yml:14:36: no typeface here has '\U0001f6b6'"
    ]


def test_the_example_of_the_format_prints_as_it_says(tmp_path: Path) -> None:
    """The example entry in docs/authors/format.md is taken, and prints as the line below it says."""
    text = (ROOT / "docs/authors/format.md").read_text(encoding="utf-8").partition("## `modules/references.yml`")[2]
    example = text.partition("```yaml\n")[2].partition("```")[0]
    printed = text.partition('It prints in AMA style: "')[2].partition('"')[0]
    assert dialect.words(dialect.tree(entry(small(tmp_path), example))) == dialect.words(dialect.tree(printed))
