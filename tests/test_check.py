"""What an author gets wrong in YAML files and folders comes back with its place, its nature and what is meant."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from planting import (
    ABOUT,
    CURRICULUM,
    GLOSSARY,
    MODULE,
    READING,
    REFERENCES,
    SHEET,
    Fault,
    assert_told,
    everything,
    lines,
    small,
)

from builder.problems import Stopped

NEXT = "modules/next-steps/module.yml"

YAML = [
    Fault(
        MODULE,
        "title: The first steps",
        "title: The first steps: again",
        "not valid YAML: a colon in a text without quotation marks (",
        at="1:23",
    ),
    Fault(MODULE, "  minutes: 5\n", "¦\tminutes: 5\n", "not valid YAML: a tab at the beginning (indent with spaces)"),
    Fault(
        MODULE,
        "materials:\n  - Pens",
        'materials:\n  - ¦"Pens',
        "not valid YAML: a quotation mark that is opened here is not closed (",
    ),
    Fault(MODULE, "promise:", "title: Again\npromise:", "duplicate key 'title' (first on line 1)", at="title: Again"),
    Fault(MODULE, "title: Welcome", "title: Welcome\n    ¦title: Hello", "duplicate key 'title' (first on line 20)"),
    Fault(REFERENCES, "title: Paths", "title: Paths\n  ¦title: Ways", "duplicate key 'title' (first on line 12)"),
    Fault(MODULE, "- Pens", "- ¦*pens", "an alias *pens (write the text out again)"),
    Fault(MODULE, "- Pens", "- ¦&pens Pens", "an anchor &pens (leave it out)"),
    Fault(MODULE, "materials:\n  - Pens", "materials: ¦&all\n  - Pens", "an anchor &all (leave it out)"),
    Fault(MODULE, "- Pens", "- ¦!!python/name:os.system Pens", "a YAML tag 'tag:yaml.org,2002:python/name:os.system'"),
    Fault(MODULE, "- Pens", "- ¦!!str Pens", "a YAML tag 'tag:yaml.org,2002:str' (write plain values)"),
    Fault(MODULE, "materials:\n  - Pens", "materials: ¦!!set\n  - Pens", "a YAML tag 'tag:yaml.org,2002:set'"),
    Fault(MODULE, "- Pens", f"- {'[' * 10}¦[[[{']' * 13}", "nested too deeply (at most 12 levels)"),
    Fault(MODULE, "- Pens", "- Pens\n¦? [a, b]\n: c", "a key must be one word", at="[a, b]"),
    Fault(
        MODULE,
        "- Pens",
        "- Pens\n¦---\ntitle: Two",
        "not valid YAML: a line of --- or ... within the file (leave it out)",
    ),
    Fault(MODULE, "- Pens", '- "Pens¦\\x02"', "control character U+0002"),
    Fault(MODULE, "", "", "empty file", at="1:1"),
    Fault(MODULE, "", "# Only a comment\n", "empty file", at="1:1"),
    Fault(MODULE, "", "Just text\n", "keys and values expected", at="1:1"),
    Fault(MODULE, "", "- a list\n", "keys and values expected", at="1:1"),
    Fault(GLOSSARY, "", "term: Path\n", "a list expected", at="1:1"),
]

KEYS = [
    Fault(MODULE, "in_short: Greet.", "¦in_shrot: Greet.", "unknown key 'in_shrot' (did you mean 'in_short'?)"),
    Fault(
        MODULE, "materials:", "¦xyzzy: 1\nmaterials:", "unknown key 'xyzzy' (known: agenda, commitment, content_note"
    ),
    Fault(MODULE, "  minutes: 5", "  minutes: 5\n  ¦promts: 5", "unknown key 'promts' (did you mean 'prompts'?)"),
    Fault(MODULE, "note: A short book.", "note: A book.\n    ¦page: 7", "unknown key 'page' (known: note, reference)"),
    Fault(REFERENCES, "type: book", "type: book\n  ¦doi: 10.1/x", "unknown key 'doi'"),
    Fault(REFERENCES, "given: Ann", "¦first: Ann", "unknown key 'first' (known: dropping-particle, family,"),
    Fault(REFERENCES, "{year: 2007}", "{year: 2007, ¦days: 1}", "unknown key 'days' (did you mean 'day'?)"),
    Fault(CURRICULUM, "name: CC BY 4.0", "name: CC BY 4.0\n  ¦link: x", "unknown key 'link' (known: name, url)"),
    Fault(GLOSSARY, "also: [mentorships]", "¦alos: [mentorships]", "unknown key 'alos' (did you mean 'also'?)"),
    Fault(MODULE, "    title: Welcome\n", "", "missing key 'title'", at="id: welcome"),
    Fault(MODULE, "promise: You will leave with a plan.\n", "", "missing key 'promise'", at="1:1"),
    Fault(MODULE, "  if_then: If it rains, then I will ...\n", "", "missing key 'if_then'", at="practice: Walk"),
    Fault(CURRICULUM, "format: 1\n", "", "missing key 'format'", at="1:1"),
    Fault(CURRICULUM, "  email: editors@steps.example.edu\n", "", "missing key 'email'", at="name: The editors"),
    Fault(REFERENCES, "  title: Paths\n", "", "missing key 'title'", at="id: sue-2007"),
    Fault(GLOSSARY, "  definition: Where one walks.\n", "", "missing key 'definition'", at="id: path"),
]

VALUES = [
    Fault(MODULE, "promise: You will leave with a plan.", "¦promise:", "empty (text or a value expected)"),
    Fault(MODULE, "promise: You will leave with a plan.", 'promise: ¦""', "empty text"),
    Fault(MODULE, "promise: You will leave with a plan.", 'promise: ¦"  "', "empty text"),
    Fault(MODULE, "promise: You will leave with a plan.", "¦promise: {a: b}", "text expected"),
    Fault(MODULE, "materials:\n  - Pens", "¦materials: []", "an empty list (at least one is needed)"),
    Fault(MODULE, "materials:\n  - Pens", "materials: ¦Pens", "a list expected (each item on a line"),
    Fault(MODULE, "      - Reasons", "      - Reasons\n      - ¦null", "empty (text or a value expected)"),
    Fault(
        MODULE,
        "commitment:\n  practice: Walk once.\n  if_then: If it rains, then I will ...",
        "commitment: ¦Walk",
        "keys and values expected",
    ),
    Fault(MODULE, "reading_minutes: 5", "reading_minutes: ¦five", "a whole number expected, not 'five'"),
    Fault(MODULE, "reading_minutes: 5", "reading_minutes: ¦5.5", "a whole number expected, not '5.5'"),
    Fault(MODULE, "reading_minutes: 5", "reading_minutes: ¦0", "0 is too small (at least 1)"),
    Fault(MODULE, "reading_minutes: 5", "reading_minutes: ¦900", "900 is too large (at most 240)"),
    Fault(MODULE, "core: true", "core: ¦maybe", "true or false expected, not 'maybe'"),
    Fault(MODULE, "kind: opening", "kind: ¦opning", "'opning' is no kind of activity (did you mean 'opening'?"),
    Fault(MODULE, "lead: AB", "lead: ¦C", "'C' is not one of 'A', 'B' or 'AB'"),
    Fault(MODULE, "{60: 10, 45: 5, 30: 5}", "{60: ¦ten, 45: 5, 30: 5}", "a whole number expected, not 'ten'"),
    Fault(MODULE, "{60: 10, 45: 5, 30: 5}", "{60: 10, 45: 5, 30: 5, ¦50: 5}", "there is no 50-minute plan"),
    Fault(MODULE, "{60: 10, 45: 5, 30: 5}", "{60: ¦-1, 45: 5, 30: 5}", "-1 is too small (at least 0)"),
    Fault(REFERENCES, "type: book", "type: ¦bok", "'bok' is not one of"),
    Fault(REFERENCES, "{year: 2007}", "{year: ¦207}", "207 is too small (at least 1400)"),
    Fault(REFERENCES, "{year: 2007}", "{year: 2007, month: ¦13}", "13 is too large (at most 12)"),
    Fault(REFERENCES, "https://walking.example.edu/hall", "¦walking.example.edu", "not a web address"),
    Fault(CURRICULUM, "format: 1", "format: ¦2", "unknown format '2' (this program reads format 1)"),
    Fault(
        CURRICULUM,
        "language: en-US",
        "language: ¦english_us",
        "not a language of the program's own words: 'english_us'",
    ),
    Fault(CURRICULUM, "edition: 1.0", "edition: ¦../1", "ill-formed edition '../1' (a year and a number"),
    Fault(CURRICULUM, "2026-01-05", "¦soon", "not a date: 'soon' (year-month-day, such as 2021-04-21)"),
    Fault(CURRICULUM, "2026-01-05", "¦20260105", "not a date: '20260105' (year-month-day"),
    Fault(CURRICULUM, "2026-01-05", "¦2026-02-30", "not a date: '2026-02-30' (year-month-day"),
    Fault(CURRICULUM, "2026-01-05", "¦86400", "not a date: '86400' (year-month-day"),
    Fault(CURRICULUM, "url: https://steps.example.edu/", "url: ¦steps.example.edu", "not a web address"),
    Fault(CURRICULUM, "https://creativecommons.org", "¦ftp://creativecommons.org", "not a web address: 'ftp://"),
    Fault(CURRICULUM, "editors@steps.example.edu", "¦editors", "not an e-mail address: 'editors'"),
    Fault(CURRICULUM, "[60, 45, 30]", "[60, 45, 30, ¦5]", "5 is too small (at least 15)"),
    Fault(CURRICULUM, "[60, 45, 30]", "[60, 45, 30, ¦60]", "'60' twice (first on line 16)"),
    Fault(CURRICULUM, "¦meeting_lengths: [60, 45, 30]".removeprefix("¦"), "¦meeting_lengths: []", "an empty list"),
]

IDS = [
    Fault(MODULE, "id: explain-first", "id: ¦Explain first", "ill-formed id 'Explain first' (small letters, digits"),
    Fault(MODULE, "id: own-path", "id: ¦own--path", "ill-formed id 'own--path'"),
    Fault(MODULE, "id: welcome", "id: ¦1-welcome", "ill-formed id '1-welcome'"),
    Fault(MODULE, "- id: why-first", "- id: ¦why_first", "ill-formed id 'why_first'"),
    Fault(CURRICULUM, "id: listen", "id: ¦Listen", "ill-formed id 'Listen'"),
    Fault(GLOSSARY, "id: path", "id: ¦páth", "ill-formed id 'páth'"),
    Fault(
        REFERENCES,
        "- id: sue-2007",
        f"- {{id: ¦{'a' * 65}, type: book, title: a, issued: {{year: 2007}}}}\n- id: sue-2007",
        "ill-formed id 'aaa",
    ),
    Fault(
        MODULE,
        "    shown: In the talk\n",
        "    shown: In the talk\n  - {id: ¦explain-first, verb: Name, text: a, shown: b}\n",
        "'explain-first' twice (first on line 7)",
    ),
    Fault(
        MODULE,
        "      text: Draw it.\n",
        "      text: Draw it.\n    - {id: ¦own-path, title: a, text: b}\n",
        "'own-path' twice (first on line 14)",
    ),
    Fault(MODULE, "id: goodbye", "id: ¦welcome", "'welcome' twice (first on line 18)"),
    Fault(CURRICULUM, "id: pass", "id: ¦listen", "'listen' twice"),
    Fault(CURRICULUM, "  - next-steps", "  - next-steps\n  - ¦first-steps", "'first-steps' twice (first on line 18)"),
    Fault(
        CURRICULUM, "  - next-steps", "  - next-steps\n  - ¦nxt-steps", "no folder for module 'nxt-steps' (did you mean"
    ),
    Fault(
        REFERENCES,
        "id: sue-2007",
        "id: sue-2007\n  type: book\n  title: a\n  issued: {year: 2000}\n- id: ¦sue-2007",
        "'sue-2007' twice (first on line 8)",
    ),
    Fault(GLOSSARY, "id: path", "id: ¦mentorship", "'mentorship' twice (first on line 1)"),
    Fault(GLOSSARY, "term: Path", "term: ¦mentorships", "'mentorships' twice (first on line 4)"),
    Fault(GLOSSARY, "Where one walks.", "Where.\n  also: [way, ¦MENTORSHIP]", "'mentorship' twice (first on line 2)"),
]

PARTS = [
    Fault(
        MODULE,
        "{60: 40, 45: 35, 30: 20}",
        "{60: 41, 45: 35, 30: 20}",
        "the 60-minute plan adds up to 61 minutes",
        at="agenda:",
    ),
    Fault(
        MODULE,
        "{60: 40, 45: 35, 30: 20}",
        "{60: 40, 45: 30, 30: 20}",
        "the 45-minute plan adds up to 40 minutes",
        at="agenda:",
    ),
    Fault(
        MODULE,
        "{60: 40, 45: 35, 30: 20}",
        "{60: 40, 45: 35, 30: 19}",
        "the 30-minute plan adds up to 29 minutes",
        at="agenda:",
    ),
    Fault(
        MODULE,
        "{60: 40, 45: 35, 30: 20}",
        "{60: 40, 45: 35}",
        "no minutes for the 30-minute plan (0 leaves it out)",
        at="minutes: {60: 40",
    ),
    Fault(MODULE, "kind: opening", "kind: round", "the 60-minute plan does not begin with an opening", at="agenda:"),
    Fault(MODULE, "kind: closing", "kind: round", "the 30-minute plan does not end with a closing", at="agenda:"),
    Fault(
        MODULE,
        "    questions: [why-first]\n",
        "",
        "core question 'why-first' is not asked in the 45-minute plan",
        at="why-first\n    core",
    ),
    Fault(
        MODULE,
        "    instructions: Thank everyone.",
        "    instructions: Thank everyone.\n    questions: [why-first]",
        "question 'why-first' is asked 2 times in the 30-minute plan (once is meant)",
        at="why-first\n    core",
    ),
    Fault(
        MODULE,
        "questions: [why-first]",
        "questions: [why-first, ¦why-frist]",
        "unknown question 'why-frist' (did you mean",
    ),
    Fault(MODULE, "    core: true\n", "", "no core question", at="questions:\n  - id"),
    Fault(MODULE, "    objectives: [explain-first]", "    ¦objectives: []", "an empty list (at least one is needed)"),
    Fault(
        MODULE, "objectives: [explain-first]", "objectives: [explain-first, ¦explain]", "unknown objective 'explain'"
    ),
    Fault(
        MODULE,
        "    shown: In the talk\n",
        "    shown: In the talk\n  - {id: ¦name-it, verb: Name, text: a, shown: b}\n",
        "objective 'name-it' is served by no question",
    ),
    Fault(MODULE, "verb: Explain", "verb: ¦Understand", "'Understand' is not a verb whose result can be observed"),
    Fault(MODULE, "verb: Explain", "verb: ¦Explan", "(did you mean 'Explain'?"),
    Fault(
        MODULE, "reference: sue-2007", "reference: ¦sue-2008", "unknown reference 'sue-2008' (did you mean 'sue-2007'?)"
    ),
    Fault(NEXT, "- id: why-next", "- id: ¦why-first", f"question id 'why-first' is used in {MODULE}"),
]


@pytest.mark.parametrize("fault", [*YAML, *KEYS, *VALUES, *IDS], ids=str)
def test_a_fault_in_yaml_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    """A slip in a YAML file is one problem at the line and column of the value, or of its key when there is none."""
    assert_told(fault, tmp_path)


@pytest.mark.parametrize("fault", PARTS, ids=str)
def test_parts_that_do_not_fit_together_are_told(fault: Fault, tmp_path: Path) -> None:
    """Plans, questions and objectives that contradict each other are reported where an author would fix them."""
    root = small(tmp_path)
    place = fault.plant(root)
    assert [line for line in lines(root) if line.startswith(f"{place}: ") and fault.message in line], lines(root)


def test_the_small_curriculum_has_nothing_to_tell(tmp_path: Path) -> None:
    """What the faults are planted in is without problems and notices, so that each told problem is the planted one."""
    assert lines(small(tmp_path)) == []


@pytest.mark.slow("checks the whole curriculum")
def test_the_curriculum_itself_has_no_problems(project) -> None:
    """The curriculum that this project publishes passes its own check."""
    assert [problem for problem in everything(project.root) if problem.severity == "problem"] == []


def broken(path: str, data: bytes | None, folder: Path) -> list[str]:
    """What is told of the small curriculum when one file holds these bytes, or is not there."""
    root = small(folder)
    target = root / path
    if data is None:
        target.unlink()
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return lines(root)


NS = b"<svg xmlns='http://www.w3.org/2000/svg'"

FILES = [
    (CURRICULUM, None, f"{CURRICULUM}:1:1: missing file"),
    (MODULE, None, f"{MODULE}:1:1: missing file"),
    (READING, None, f"{READING}:1:1: missing file"),
    (READING, b" \n", f"{READING}:1:1: empty file (write its text, or delete it)"),
    (READING, b"a\n\nb \xff", f"{READING}:3:3: not UTF-8 (save the file as UTF-8)"),
    (READING, "a\n\ufeffé ".encode() + b"\xe9", f"{READING}:2:4: not UTF-8 (save the file as UTF-8)"),
    (MODULE, "title: Ä".encode("latin-1"), f"{MODULE}:1:8: not UTF-8 (save the file as UTF-8)"),
    (MODULE, "title: A".encode("utf-16"), f"{MODULE}:1:1: not UTF-8 (save the file as UTF-8)"),
    (READING, b"a\nbc\x00", f"{READING}:2:3: control character U+0000 (delete it)"),
    (READING, b"a\x1b[0m", f"{READING}:1:2: control character U+001B (delete it)"),
    (READING, "a\u2028b".encode(), f"{READING}:1:2: a line separator (U+2028), which no one sees (delete it)"),
    (MODULE, "title: a\u0085b".encode(), f"{MODULE}:1:9: control character U+0085 (delete it)"),
    (READING, b"a" * 1_000_001, f"{READING}:1:1: 1,000,001 bytes is too large (at most 1,000,000)"),
    (
        "modules/first-steps/images/map.svg",
        b"a" * 3_000_001,
        "map.svg:1:1: 3,000,001 bytes is too large (at most 3,000,",
    ),
    ("modules/first-steps/images/map.svg", b"<svg/>", "map.svg:1:1: an SVG without its namespace (write <svg xmlns="),
    ("modules/first-steps/images/map.svg", b"<svg", "map.svg:1:1: not a readable SVG image ("),
    ("modules/first-steps/images/map.svg", b"<p/>", "map.svg:1:1: not an SVG image (its first element is not <svg>)"),
    (
        "modules/first-steps/images/map.svg",
        NS + b" viewBox='0 0 9 9'><script/></svg>",
        "map.svg:1:59: an SVG with <script> (only",
    ),
    (
        "modules/first-steps/images/map.svg",
        NS + b" viewBox='0 0 9 9' onload='x()'/>",
        "map.svg:1:1: an SVG with onload='x()' (only",
    ),
    ("modules/first-steps/images/map.svg", b"<!DOCTYPE svg><svg/>", "map.svg:1:14: an SVG with a document type"),
    ("modules/first-steps/images/b.png", b"GIF89a", "b.png:1:1: not a PNG image but a GIF (save it as PNG or JPEG)"),
    ("modules/first-steps/images/b.gif", b"GIF89a", "b.gif:1:1: unknown kind of image (SVG, PNG or JPEG)"),
    ("modules/first-steps/handouts/b.docx", b"PK", "b.docx:1:1: unknown kind of handout (Markdown"),
    ("modules/first-steps/redaing.md", b"a", "redaing.md:1:1: unknown file (did you mean 'reading.md'?)"),
    ("modules/first-steps/module.yaml", b"a: b", "module.yaml:1:1: unknown file (did you mean 'module.yml'?)"),
    ("modules/glossery.yml", b"a: b", "modules/glossery.yml:1:1: unknown file (did you mean 'glossary.yml'?)"),
    (
        "modules/third/module.yml",
        b"a: b",
        "modules/third/module.yml:1:1: module 'third' is not in the order of modules",
    ),
    ("docs/notes.docx", b"PK", "docs/notes.docx:1:1: a file to download belongs in a folder named files ("),
    ("docs/guide/old.html", b"<p>", "docs/guide/old.html:1:1: unknown file (a page ends in .md"),
    ("docs/team.yml", b"a: b", "docs/team.yml:1:1: unknown file (a page ends in .md"),
    ("docs/glossary.md", b"# Glossary\n", "docs/glossary.md:1:1: a page of this name is made from modules/"),
    ("docs/modules/first-steps/index.md", b"# Hi\n", "index.md:1:1: a page of this name is made from modules/"),
]


@pytest.mark.parametrize(("path", "data", "message"), FILES, ids=lambda part: str(part)[:60])
def test_a_file_that_cannot_be_used_is_told_once(path: str, data: bytes | None, message: str, tmp_path: Path) -> None:
    """A file that is missing, unreadable, too large, unsafe or unknown is one problem, without a tail of others."""
    found = broken(path, data, tmp_path)
    assert any(message in line for line in found), found
    assert len(found) == 1, found


def test_every_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """An empty folder is no traceback: the files that a curriculum needs are named."""
    found = lines(tmp_path)
    for path in (CURRICULUM, "mkdocs.yml"):
        assert f"{path}:1:1: missing file" in found
    assert all(": missing file" in line for line in found), found


@pytest.mark.parametrize("links", ["", "[a](module:next-steps) [b](question:why-next) [c](../next-steps/guide.md)"])
def test_a_slip_in_the_order_of_the_modules_is_told_once(links: str, tmp_path: Path) -> None:
    """A misspelled module in the order is one problem, whoever names the module by its right id."""
    root = small(tmp_path)
    place = Fault(CURRICULUM, "  - next-steps", "  - ¦nxt-steps", "").plant(root)
    Fault(READING, "A map helps.", links or "A map helps.", "", at="1:1").plant(root)
    assert lines(root) == [f"{place}: no folder for module 'nxt-steps' (did you mean 'next-steps'?)"]


def test_a_slip_in_the_order_of_the_modules_hides_nothing_in_the_module(tmp_path: Path) -> None:
    """The folder that a misspelled entry means is checked like any other, and hints name what there is."""
    root = small(tmp_path)
    places = [
        Fault(CURRICULUM, "  - next-steps", "  - ¦nxt-steps", "").plant(root),
        Fault(NEXT, "verb: Explain", "verb: ¦Understand", "").plant(root),
        Fault(READING, "A map helps.", "[a](¦module:nxt-step)", "").plant(root),
    ]
    found = lines(root)
    assert sorted(places) == sorted(line.split(": ")[0] for line in found)
    assert any(line.endswith("unknown module 'nxt-step' (did you mean 'next-steps'?)") for line in found), found


def test_a_module_whose_folder_is_gone_is_told_at_the_order(tmp_path: Path) -> None:
    """Questions of a module that is not there are not called unknown as well."""
    root = small(tmp_path)
    shutil.rmtree(root / "modules/next-steps")
    shutil.rmtree(root / "cohorts")
    Fault(READING, "A map helps.", "[a](question:why-next)", "", at="1:1").plant(root)
    assert lines(root) == [f"{CURRICULUM}:19:5: no folder for module 'next-steps' (did you mean 'first-steps'?)"]


@pytest.mark.parametrize("path", [READING, MODULE, SHEET, "modules/first-steps/images/map.svg"])
def test_a_link_out_of_the_project_is_not_followed(path: str, tmp_path: Path) -> None:
    """A symbolic link that leads out of the root is a problem, and nothing behind it is read."""
    root = small(tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("SECRET: [@unknown]")
    (root / path).unlink()
    (root / path).symlink_to(outside)
    found = lines(root)
    assert found == [f"{path}:1:1: leads out of the project's folder (files must be inside it)"]


def test_a_link_that_leads_round_is_told(tmp_path: Path) -> None:
    """A symbolic link to itself is a problem, not a crash."""
    root = small(tmp_path)
    (root / READING).unlink()
    (root / READING).symlink_to(root / READING)
    assert [line for line in lines(root) if line.startswith(f"{READING}:1:1: cannot be read")]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    """A folder that bears the name of a file is a problem, not a crash."""
    root = small(tmp_path)
    (root / READING).unlink()
    (root / READING).mkdir()
    assert f"{READING}:1:1: not a file (a folder or a device has its name)" in lines(root)


def test_all_problems_are_told_at_once_even_when_the_settings_are_broken(tmp_path: Path) -> None:
    """A broken curriculum.yml, references.yml or glossary.yml hides no fault of any other file and invents none."""
    root = small(tmp_path)
    expected = {
        Fault(MODULE, "kind: opening", "kind: ¦opning", "").plant(root),
        Fault(READING, "[the map](#maps)", "[the map](¦nowhere.md)", "").plant(root),
        Fault(SHEET, "Where will", "<b>¦".replace("¦", "") + "Where will", "", at="<b>").plant(root),
        Fault(ABOUT, "(module:first-steps)", "(¦term:pth)", "").plant(root),
        Fault(CURRICULUM, "title: Small steps", "title: Small: steps", "", at="2:13").plant(root),
        Fault(REFERENCES, "type: book", "type: ¦bok", "").plant(root),
        Fault(GLOSSARY, "term: Path", "¦trm: Path", "").plant(root),
    }
    found = everything(root)
    assert {str(problem.place) for problem in found} == expected, [str(problem) for problem in found]
    assert list(found) == sorted(found)


SLIPS = [
    Fault(MODULE, "title: The first steps", "¦titel: The first steps", "unknown key 'titel'"),
    Fault(MODULE, "    title: The talk", "    ¦titel: The talk", "unknown key 'titel'"),
    Fault(MODULE, "    ask: Why do we walk?", "    ¦aks: Why do we walk?", "unknown key 'aks'"),
    Fault(MODULE, "reading_minutes: 5", "reading_minutes: ¦five", "a whole number expected"),
    Fault(MODULE, "    in_short: Greet.\n", "", "missing key 'in_short'", at="id: welcome"),
]
BEHIND = [
    Fault(MODULE, "{60: 40, 45: 35, 30: 20}", "{60: 41, 45: 35, 30: 20}", "adds up to 61 minutes", at="agenda:"),
    Fault(MODULE, "verb: Explain", "verb: ¦Understand", "is not a verb whose result can be observed"),
    Fault(MODULE, "reference: sue-2007", "reference: ¦sue-2008", "unknown reference 'sue-2008'"),
    Fault(MODULE, "id: goodbye", "id: ¦welcome", "'welcome' twice"),
    Fault(MODULE, "questions: [why-first]", "questions: [why-first, ¦why-frist]", "unknown question 'why-frist'"),
    Fault(MODULE, "kind: closing", "kind: round", "the 45-minute plan does not end with a closing", at="agenda:"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
@pytest.mark.parametrize("behind", BEHIND, ids=str)
def test_a_slip_in_a_module_hides_nothing_behind_it(slip: Fault, behind: Fault, tmp_path: Path) -> None:
    """What does not fit together in a module is reported also when a key or a value elsewhere in its file is wrong."""
    root = small(tmp_path)
    behind.plant(root)
    alone = everything(root)
    slip.plant(root)
    found = [problem.message for problem in everything(root)]
    assert [message for message in found if slip.message in message], found
    assert [problem.message for problem in alone if problem.message.split("(first")[0] not in "".join(found)] == []
    assert len(found) == len(alone) + 1, found


FOLLOWED = [
    Fault(MODULE, "{60: 40, 45: 35, 30: 20}", "{60: ¦long, 45: 35, 30: 20}", "a whole number expected"),
    Fault(MODULE, "    minutes: {60: 40, 45: 35, 30: 20}", "    ¦minuts: {60: 40, 45: 35, 30: 20}", "unknown key"),
    Fault(MODULE, "    questions: [why-first]", "    ¦qestions: [why-first]", "unknown key 'qestions'"),
    Fault(MODULE, "    core: true", "    ¦croe: true", "unknown key 'croe'"),
    Fault(MODULE, "- id: why-first", "- id: ¦Why-first", "ill-formed id"),
    Fault(MODULE, "- id: explain-first", "- id: ¦Explain-first", "ill-formed id"),
    Fault(MODULE, "    objectives: [explain-first]", "    ¦objectvies: [explain-first]", "unknown key"),
    Fault(MODULE, "questions:\n  - id", "¦qustions:\n  - id", "unknown key 'qustions'"),
    Fault(MODULE, "agenda:\n", "¦agneda:\n", "unknown key 'agneda'"),
    Fault(MODULE, "  - id: goodbye\n", "  - ¦x\n  - id: goodbye\n", "keys and values expected"),
    Fault(CURRICULUM, "title: Small steps", "¦titel: Small steps", "unknown key 'titel'"),
    Fault(CURRICULUM, "modules:\n", "¦modlues:\n", "unknown key 'modlues'"),
]


@pytest.mark.parametrize("fault", FOLLOWED, ids=str)
def test_a_part_that_cannot_be_read_is_told_once(fault: Fault, tmp_path: Path) -> None:
    """Rules that need a part which is wrong stay silent, so that one slip is one problem."""
    assert_told(fault, tmp_path)


def test_a_slip_in_settings_and_lists_hides_nothing_behind_it(tmp_path: Path) -> None:
    """Ids that occur twice are reported also when something else in the same file is wrong."""
    root = small(tmp_path)
    places = [
        Fault(CURRICULUM, "title: Small steps", "¦titel: Small steps", "").plant(root),
        Fault(CURRICULUM, "id: pass", "id: ¦listen", "").plant(root),
        Fault(CURRICULUM, "  - next-steps", "  - ¦nxt-steps", "").plant(root),
        Fault(CURRICULUM, "language: en-US", "language: ¦english_us", "").plant(root),
        Fault(GLOSSARY, "definition: Where", "¦defintion: Where", "").plant(root),
        Fault(GLOSSARY, "term: Path", "term: ¦mentorships", "").plant(root),
        Fault(REFERENCES, "type: book", "type: ¦bok", "").plant(root),
        Fault(REFERENCES, "id: sue-2007", "id: ¦hall-2015", "").plant(root),
    ]
    found = lines(root)
    assert sorted(places) == sorted(line.split(": ")[0] for line in found if "'sue-2007'" not in line), found


def test_a_broken_link_names_a_few_pages(tmp_path: Path) -> None:
    """A link that is near to nothing does not list the whole site."""
    root = small(tmp_path)
    Fault(READING, "A map helps.", "[a](../../qqqqqq)", "", at="1:1").plant(root)
    (told,) = lines(root)
    assert re.search(r"broken link '../../qqqqqq' \(known: ([^,]+, ){7}[^,]+ and \d+ more\)$", told), told


def test_only_the_address_of_the_site_has_a_code(tmp_path: Path) -> None:
    """The notice for a placeholder says what is missing because of it, and no more."""
    root = small(tmp_path)
    Fault(CURRICULUM, "url: https://steps.example.edu/", "url: https://example.org/", "", at="1:1").plant(root)
    Fault(CURRICULUM, "repository: https://steps.example.edu", "repository: https://git.example", "", at="1:1").plant(
        root
    )
    assert [line.split("notice: ")[1] for line in lines(root)] == [
        "url is a placeholder (nothing prints it, and there is no QR code)",
        "repository is a placeholder (nothing prints it)",
    ]


@pytest.mark.parametrize("path", [CURRICULUM, REFERENCES, GLOSSARY, MODULE, NEXT])
def test_a_broken_file_is_not_told_by_those_who_name_what_is_in_it(path: str, tmp_path: Path) -> None:
    """When a file does not parse, texts that cite, link or name its entries are not blamed for it."""
    root = small(tmp_path)
    (root / path).write_text("a: [\n")
    assert [line.split(":")[0] for line in lines(root)] == [path]


def test_hidden_files_and_what_systems_drop_are_left_alone(tmp_path: Path) -> None:
    """Files that systems leave in folders stop nothing."""
    root = small(tmp_path)
    for name in (
        ".DS_Store",
        "modules/.DS_Store",
        "modules/Thumbs.db",
        "modules/first-steps/desktop.ini",
    ):
        (root / name).write_bytes(b"\x00")
    assert lines(root) == []


def test_windows_line_ends_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    """Files saved on Windows read the same, and their line numbers are right."""
    root = small(tmp_path)
    for path in (MODULE, READING, CURRICULUM):
        data = (root / path).read_bytes().replace(b"\n", b"\r\n")
        (root / path).write_bytes(b"\xef\xbb\xbf" + data)
    assert lines(root) == []
    place = Fault(MODULE, "verb: Explain", "verb: ¦Understand", "").plant(root)
    assert [line.split(": ")[0] for line in lines(root)] == [place]


def test_notices_tell_what_is_open_and_stop_nothing(tmp_path: Path) -> None:
    """Placeholders and blanks that a program must fill are reported with their places, and the check passes."""
    root = small(tmp_path)
    places = [
        Fault(CURRICULUM, "url: https://steps.example.edu/", "url: ¦https://example.org/", "").plant(root),
        Fault(CURRICULUM, "repository: https://steps.example.edu", "repository: ¦https://git.example", "").plant(root),
        Fault(CURRICULUM, "editors@steps.example.edu", "¦editors@example.org", "").plant(root),
        Fault(MODULE, "say\n      how", "¦[PROGRAM TO\n      SUPPLY: a room] how", "").plant(root),
        Fault(
            READING,
            "A map helps.",
            "A map, ¦[PROGRAM TO SUPPLY: a room], and [PROGRAM TO SUPPLY: reporting duties].",
            "",
        ).plant(root),
    ]
    found = everything(root)
    assert {problem.severity for problem in found} == {"notice"}
    assert sorted(places) == sorted(str(problem.place) for problem in found)


@pytest.mark.slow("breaks a file at many places")
def test_a_file_is_never_half_understood(tmp_path: Path) -> None:
    """Whatever prefix of a file was saved, the answer is a list of problems or none, never a crash."""
    root = small(tmp_path)
    for path in (CURRICULUM, MODULE):
        whole = (root / path).read_text()
        for end in range(0, len(whole), 97):
            (root / path).write_text(whole[:end])
            everything(root)
        (root / path).write_text(whole)
    shutil.rmtree(root)


def test_stopped_reads_as_its_problems() -> None:
    """The exception itself says what is wrong, for code that calls the builder as a library."""
    assert str(Stopped([])) == ""
