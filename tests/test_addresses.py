"""Permanent addresses: what was published leads on, and nobody can rename or remove a thing without a word."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from browser import DESK, PHONE, faults_in_both_schemes, served, visiting
from conftest import Project
from output import pages, printed, small, tree
from planting import CURRICULUM, MODULE, SHEET, Fault, assert_told, lines
from planting import small as planted
from playwright.sync_api import Browser, expect
from test_stage import HOSTS, build_with

from builder import pipeline
from builder.checking import addresses
from builder.documents import moved as moved_pages
from builder.loading import curriculum
from builder.loading.curriculum import Loaded
from builder.model.addresses import permanent_names
from builder.problems import Problems
from builder.sources.files import Reader

NEXT = "modules/next-steps/module.yml"
END = "    objectives: [explain-first]\nmaterials"
"""The end of the only question of the first module."""


def gone(was: str, instead: str = "", why: str = "It was short.") -> str:
    """Write an entry under gone, in place of the key that follows it."""
    rest = f"    instead: {instead}\n" if instead else ""
    return f"gone:\n  - was: {was}\n    why: {why}\n{rest}supplied:"


def listed(*was: str) -> str:
    """Write entries under gone for all of these."""
    return "gone:\n" + "".join(f"  - was: {each}\n    why: It was short.\n" for each in was) + "supplied:"


def asked(formerly: str) -> str:
    """Write the former ids of the first module's question."""
    return f"    objectives: [explain-first]\n    formerly: {formerly}\nmaterials"


def named(formerly: str) -> str:
    """Write the former ids of the first module."""
    return f"formerly: {formerly}\nfurther_reading:"


SLIPS = [
    Fault(CURRICULUM, "supplied:", gone("¦module:Old"), "ill-formed name 'module:Old' (module:id, question:module/id"),
    Fault(CURRICULUM, "supplied:", gone("¦question:why"), "ill-formed name 'question:why'"),
    Fault(CURRICULUM, "supplied:", gone("¦handout:first-steps"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("¦guide:first-steps"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone(f"¦page:{'a' * 300}"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("¦'page:a:b?c'"), "ill-formed name 'page:a:b?c'"),
    Fault(CURRICULUM, "supplied:", gone("¦page:../secrets"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("¦page:/etc/hosts"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("¦page:modules/first-steps/guide"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("¦page:404"), "ill-formed name"),
    Fault(CURRICULUM, "supplied:", gone("module:old").replace("why", "¦wy"), "unknown key 'wy' (did you mean 'why'?)"),
    Fault(MODULE, "further_reading:", named("[¦Old]"), "ill-formed id 'Old'"),
    Fault(MODULE, END, asked("[¦a/b/c]"), "ill-formed former id 'a/b/c' ('old-id', or 'module-id/old-id'"),
    Fault(MODULE, END, asked("¦old"), "a list expected"),
    Fault(MODULE, "further_reading:", named("[¦next-steps]"), "former id 'next-steps' is still in use by module"),
    Fault(MODULE, "further_reading:", named("[¦first-steps]"), "former id 'first-steps' is still in use by module"),
    Fault(MODULE, END, asked("[¦why-first]"), "is still in use by question 'why-first' of module 'first-steps'"),
    Fault(MODULE, END, asked("[¦why-next]"), "is still in use by question 'why-next' of module 'next-steps'"),
    Fault(MODULE, END, asked("[¦next-steps/why-next]"), "former id 'next-steps/why-next' is still in use"),
    Fault(MODULE, END, asked("[old, ¦old]"), "'old' twice (first on line 55)"),
    Fault(MODULE, END, asked("[old, ¦first-steps/old]"), "'first-steps/old' twice (first on line 55)"),
    Fault(MODULE, END, asked("[¦next-step/old]"), "unknown module 'next-step' (did you mean 'next-steps'?)"),
    Fault(CURRICULUM, "supplied:", gone("¦question:next-step/old"), "unknown module 'next-step' (did you mean"),
    Fault(CURRICULUM, "supplied:", gone("¦module:next-steps"), "'module:next-steps' is not gone: module 'next-steps'"),
    Fault(CURRICULUM, "supplied:", gone("¦question:first-steps/why-first"), "is not gone: question 'why-first' of"),
    Fault(
        CURRICULUM, "supplied:", gone("¦question:next-steps/why-first"), "(write formerly: [next-steps/why-first] th"
    ),
    Fault(CURRICULUM, "supplied:", gone("¦handout:first-steps/sheet"), "is not gone"),
    Fault(CURRICULUM, "supplied:", gone("¦page:guide/notes"), "is not gone"),
    Fault(CURRICULUM, "supplied:", gone("¦page:About"), "page 'about' differs from 'About' of"),
    Fault(CURRICULUM, "supplied:", gone("¦page:glossary"), "is not gone"),
    Fault(CURRICULUM, "supplied:", gone("¦term:path"), "is not gone: term 'path' is there (take this entry out)"),
    Fault(CURRICULUM, "supplied:", listed("term:lane", "¦term:lane"), "'term:lane' twice (first on line 27)"),
    Fault(CURRICULUM, "supplied:", gone("term:lane", "¦term:pat"), "unknown term 'pat' (did you mean 'path'?)"),
    Fault(CURRICULUM, "supplied:", gone("module:old", "¦module:next-step"), "(did you mean 'next-steps'?)"),
    Fault(CURRICULUM, "supplied:", gone("module:old", "¦guide:first-steps#lost"), "link to an unknown anchor"),
    Fault(
        CURRICULUM, "supplied:", gone("module:old", "¦next-steps"), "names nothing that readers could go to (write m"
    ),
    Fault(
        CURRICULUM, "supplied:", gone("module:old", "¦https://a.example.edu"), "names nothing that readers could go to"
    ),
    Fault(CURRICULUM, "supplied:", gone("module:old", "¦modul:next-steps"), "(did you mean 'module'?)"),
    Fault(
        CURRICULUM,
        "supplied:",
        gone("module:old", why="See ¦[this](module:next-steps)."),
        "'[this]' is a link in a plain text",
    ),
]


@pytest.mark.parametrize("fault", SLIPS, ids=lambda fault: f"{fault.path}: {fault.new[:60]!r}")
def test_a_slip_in_a_former_address_is_told_with_its_place(fault: Fault, tmp_path: Path) -> None:
    """Names that are ill-formed, still in use, told twice or leading nowhere are one problem each, at their place."""
    assert_told(fault, tmp_path)


def test_a_name_told_in_two_files_is_told_with_the_first(tmp_path: Path) -> None:
    """A former id in a module and the same thing under gone are one too many, however its module is named."""
    root = planted(tmp_path)
    Project(root).replace(MODULE, END, asked("[steps/old]"))
    Project(root).replace(MODULE, "further_reading:", named("[steps]"))
    place = Fault(CURRICULUM, "supplied:", gone("¦question:first-steps/old"), "").plant(root)
    assert lines(root) == [f"{place}: 'question:first-steps/old' twice (first in {MODULE}, line 55)"]


# What must hold, compared with an older edition


def load(root: Path) -> Loaded:
    """Load a curriculum that has no problems."""
    problems = Problems()
    loaded = curriculum.load(Reader(root, problems), problems)
    assert loaded is not None, list(problems)
    return loaded


def compared(before: Loaded, project: Project) -> list[str]:
    """What a comparison with an older edition tells, as people read it."""
    now = load(project.root)
    problems = Problems()
    addresses.check_permanent_addresses(before.curriculum, "1.0", now.curriculum, now.sources, problems)
    return [str(problem) for problem in problems]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be changed."""
    return small(tmp_path / "project")


def rename_module(project: Project, new: str = "early-steps") -> None:
    """Rename the first module, in all places but `formerly`."""
    (project.root / "modules/first-steps").rename(project.root / f"modules/{new}")
    for path in project.root.rglob("*.*"):
        if path.suffix in {".yml", ".md"} and "first-steps" in (text := path.read_text(encoding="utf-8")):
            path.write_text(text.replace("first-steps", new), encoding="utf-8")


def rename_question(project: Project) -> None:
    """Give the first module's question another id and much the same words."""
    project.write(MODULE, project.read(MODULE).replace("why-first", "why-walk").replace("Why do we", "Why should we"))
    for path in project.root.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("question:why-first", "question:why-walk"), encoding="utf-8")


def add_question(project: Project, path: str = NEXT, id: str = "why-more", ask: str = "Why do we rest?") -> None:
    """Add a question to a module."""
    served = re.search(r"objectives: (\[[\w-]+\])", project.read(path))
    assert served is not None
    project.replace(
        path,
        "materials:",
        f"  - id: {id}\n    ask: {ask}\n    purpose: To rest.\n    listen_for: [Rest]\n    follow_ups: [And then?]\n"
        f"    if_it_stalls: Sit.\n    objectives: {served[1]}\nmaterials:",
    )


def take_out_question(project: Project, path: str = NEXT, id: str = "why-more") -> None:
    """Take the last question out of a module."""
    text = project.read(path)
    project.write(path, re.sub(rf"  - id: {id}\n(    .*\n|      .*\n)*", "", text))


def test_what_stands_is_named_with_what_answers_for_it(project: Project) -> None:
    """Modules, questions, parts of handouts, pages and terms, former ids and what is gone: all of it must hold."""
    project.replace(MODULE, END, asked("[why-walk, steps/why-so, next-steps/why-here]"))
    project.replace(MODULE, "further_reading:", named("[steps]"))
    project.replace(CURRICULUM, "supplied:", listed("module:lost", "handout:steps/leaf", "page:old", "term:lane"))
    assert permanent_names(load(project.root).curriculum) == {
        "module:first-steps", "module:next-steps", "module:steps", "module:lost",
        "question:first-steps/why-first", "question:next-steps/why-next", "question:first-steps/why-walk",
        "question:first-steps/why-so", "question:next-steps/why-here",
        "handout:first-steps/sheet", "handout:next-steps/sheet", "handout:first-steps/leaf",
        "page:about", "page:authors/index", "page:facilitate/index", "page:guide/notes", "page:old",
        "term:mentorship", "term:path", "term:lane",
    }  # fmt: skip


def test_nothing_is_demanded_where_nothing_is_lost(project: Project) -> None:
    """The same curriculum, with other words and with more in it, owes nothing to its older self."""
    before = load(project.root)
    assert compared(before, project) == []
    project.replace(MODULE, "ask: Why do we walk?", "ask: For whom do we walk?")
    add_question(project)
    project.write("docs/new.md", "# New\n\nA page.\n")
    assert compared(before, project) == []


def test_a_renamed_module_must_say_so(project: Project) -> None:
    """It is demanded once, in the order of modules, with what took its place; then its questions are answered too."""
    before = load(project.root)
    rename_module(project)
    (told,) = compared(before, project)
    assert told == (
        "modules/curriculum.yml:17:1: module 'first-steps' of edition 1.0 is gone without a word (did you mean that "
        "'early-steps' took its place? write formerly: [first-steps] in modules/early-steps/module.yml, or list "
        "module:first-steps under gone)"
    )
    project.replace("modules/early-steps/module.yml", "further_reading:", named("[first-steps]"))
    assert compared(before, project) == []


def test_a_question_lost_in_a_renamed_module_is_told_at_once(project: Project) -> None:
    """Both renamings are demanded together, and the former id of the question needs no module before it."""
    before = load(project.root)
    rename_question(project)
    rename_module(project)
    path = "modules/early-steps/module.yml"
    module, question = compared(before, project)
    assert module.startswith("modules/curriculum.yml:17:1: module 'first-steps' of edition 1.0")
    assert question == (
        f"{path}:44:1: question 'why-first' of module 'first-steps' of edition 1.0 is gone without a word (did you "
        f"mean that 'why-walk' took its place? write formerly: [why-first] with it in {path}, or list "
        "question:first-steps/why-first under gone in modules/curriculum.yml)"
    )
    project.replace(path, "further_reading:", named("[first-steps]"))
    project.replace(path, END, asked("[why-first]"))
    assert compared(before, project) == []


@pytest.mark.parametrize("answer", ["formerly", "gone"])
def test_a_renamed_question_must_say_so(project: Project, answer: str) -> None:
    """It is demanded where its module lists its questions; a former id or an entry under gone answers."""
    before = load(project.root)
    rename_question(project)
    (told,) = compared(before, project)
    assert told.startswith(f"{MODULE}:44:1: question 'why-first' of module 'first-steps' of edition 1.0")
    assert "did you mean that 'why-walk' took its place?" in told
    if answer == "formerly":
        project.replace(MODULE, END, asked("[why-first]"))
    else:
        project.replace(CURRICULUM, "supplied:", gone("question:first-steps/why-first"))
    assert compared(before, project) == []


@pytest.mark.parametrize("new", ["why-more", "why-there"])
def test_a_question_that_moved_must_say_so(project: Project, new: str) -> None:
    """In another module it names the one where it was, with its id unchanged or not."""
    add_question(project)
    before = load(project.root)
    take_out_question(project)
    add_question(project, MODULE, new)
    (told,) = compared(before, project)
    assert told.startswith(f"{MODULE}:55:9: " if new == "why-more" else f"{NEXT}:")
    assert "write formerly: [next-steps/why-more] with it" in told
    project.replace(MODULE, "  - id: " + new, f"  - id: {new}\n    formerly: [next-steps/why-more]")
    assert compared(before, project) == []


def test_a_removed_question_is_demanded_without_a_guess(project: Project) -> None:
    """Where nothing took its place, both ways are told and nothing is suggested."""
    add_question(project)
    before = load(project.root)
    take_out_question(project)
    (told,) = compared(before, project)
    assert re.match(rf"{NEXT}:\d+:1: question 'why-more' of module 'next-steps' of edition 1\.0", told)
    assert "did you mean" not in told
    assert "write formerly: [why-more] with the question that took its place, or list question:next-steps/" in told


def take_out_module(project: Project) -> None:
    """Take the second module out, and what names it."""
    project.replace(CURRICULUM, "  - next-steps\n", "")
    shutil.rmtree(project.root / "modules/next-steps")
    shutil.rmtree(project.root / "cohorts")
    for path in project.root.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\b(module|guide|handout):next-steps", r"\1:first-steps", text)
        path.write_text(text.replace("question:why-next", "question:why-first"), encoding="utf-8")


def test_a_removed_module_answers_for_its_parts(project: Project) -> None:
    """One entry under gone is enough for a module, its questions and its handout."""
    before = load(project.root)
    take_out_module(project)
    (told,) = compared(before, project)
    assert told.startswith("modules/curriculum.yml:17:1: module 'next-steps' of edition 1.0")
    assert "did you mean" not in told
    project.replace(CURRICULUM, "supplied:", gone("module:next-steps"))
    assert compared(before, project) == []


def test_a_question_saved_from_a_removed_module_must_say_so(project: Project) -> None:
    """That its module is gone does not answer for a question that is in another now."""
    before = load(project.root)
    take_out_module(project)
    add_question(project, MODULE, "why-next")
    project.replace(CURRICULUM, "supplied:", gone("module:next-steps"))
    (told,) = compared(before, project)
    assert told.startswith(f"{MODULE}:55:9: ")
    assert "it is here now: write formerly: [next-steps/why-next] with it" in told
    project.replace(MODULE, "  - id: why-next", "  - id: why-next\n    formerly: [next-steps/why-next]")
    assert compared(before, project) == []


def test_a_page_keeps_the_capital_letters_of_its_name(project: Project) -> None:
    """A page renamed in capital letters alone has one way out, the same in both rules: its old name, or another."""
    before = load(project.root)
    (project.root / "docs/guide/notes.md").rename(project.root / "docs/guide/Notes.md")
    for path in (MODULE, "modules/first-steps/reading.md", "docs/about.md"):
        project.write(path, re.sub(r"guide/notes\b", "guide/Notes", project.read(path)))
    why = "page 'guide/Notes' differs from 'guide/notes' of {} in capital letters only, and some disks take the two for"
    (told,) = compared(before, project)
    assert told.startswith(f"docs/guide/Notes.md:1:1: {why.format('edition 1.0')} one (name it 'guide/notes' again")
    place = Fault(CURRICULUM, "supplied:", gone("¦page:guide/notes", "page:guide/Notes"), "").plant(project.root)
    assert [line for line in lines(project.root) if line.startswith(f"{place}: {why.format('an earlier edition')}")]


@pytest.mark.parametrize(
    ("what", "old", "new", "instead"),
    [
        ("part of a handout 'first-steps/sheet'", SHEET, "leaf.md", "handout:first-steps"),
        ("page 'guide/notes'", "docs/guide/notes.md", "remarks.md", "page:guide/remarks"),
    ],
)
def test_a_renamed_file_must_say_so(project: Project, what: str, old: str, new: str, instead: str) -> None:
    """A handout's part and a page are demanded under gone, with what to write there."""
    for path in (MODULE, "modules/first-steps/reading.md", "docs/about.md"):
        project.write(path, project.read(path).replace("page:guide/notes", "page:about"))
    before = load(project.root)
    (project.root / old).rename((project.root / old).with_name(new))
    (told,) = compared(before, project)
    assert told.startswith(f"modules/curriculum.yml:1:1: {what} of edition 1.0 is gone without a word (did you mean")
    assert f"with instead: {instead})" in told
    was = re.search(r"list (\S+) under gone", told)
    assert was is not None
    project.replace(CURRICULUM, "supplied:", gone(was[1], instead))
    assert compared(before, project) == []


def test_a_renamed_term_must_say_so(project: Project) -> None:
    """A term is demanded under gone too."""
    before = load(project.root)
    glossary = "modules/glossary.yml"
    for path in project.root.rglob("*.*"):
        if path.suffix in {".yml", ".md"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("term:path", "term:way"), encoding="utf-8")
    project.replace(glossary, "id: path", "id: way")
    (told,) = compared(before, project)
    assert told.startswith("modules/curriculum.yml:1:1: term 'path' of edition 1.0")
    assert "list term:path under gone, with instead: term:way)" in told
    project.replace(CURRICULUM, "supplied:", gone("term:path", "term:way"))
    assert compared(before, project) == []


def test_what_an_edition_answered_for_is_still_demanded(project: Project) -> None:
    """Former ids and entries under gone must be kept, so that comparing with the last edition is enough."""
    bare = {path: project.read(path) for path in (MODULE, CURRICULUM)}
    project.replace(MODULE, END, asked("[why-walk, lost/why-so]"))
    project.replace(MODULE, "further_reading:", named("[steps]"))
    project.replace(CURRICULUM, "supplied:", listed("module:lost", "page:old", "term:lane"))
    before = load(project.root)
    assert compared(before, project) == []
    for path, text in bare.items():
        project.write(path, text)
    told = "\n".join(compared(before, project))
    for what in ("module 'steps'", "module 'lost'", "'why-walk'", "'why-so'", "page 'old'", "term 'lane'"):
        assert f"{what} of " in told, what
    assert len(told.splitlines()) == 6


def test_the_projects_own_addresses_hold(built: Project) -> None:
    """Compared with itself the curriculum lets nothing rot."""
    loaded = pipeline.read(built.root).loaded
    problems = Problems()
    addresses.check_permanent_addresses(loaded.curriculum, "now", loaded.curriculum, loaded.sources, problems)
    assert list(problems) == []


# What stands at a former address


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give a small curriculum in which everything was renamed, moved or taken away, built. Tests only read it."""
    made = small(tmp_path_factory.mktemp("moved") / "project")
    entries = [
        ("module:lost-steps", "Its meeting was & is too long.", "module:next-steps"),
        ("module:late-steps", "Nobody was late.", ""),
        ("question:next-steps/old-one", "Nobody asked it.", "question:why-first"),
        ("question:lost-steps/old-two", "It was asked twice.", ""),
        ("page:guide/old notes", "They have a better name.", "page:guide/notes"),
        ("page:history", "It is over.", ""),
        ("term:lane", "A better word was found.", "term:path"),
        ("term:road", "It is not used.", ""),
        ("handout:first-steps/Leaf 2", "One sheet is enough.", ""),
    ]
    text = "gone:\n"
    for was, why, instead in entries:
        text += f"  - was: {was}\n    why: {why}\n" + (f"    instead: {instead}\n" if instead else "")
    made.replace(CURRICULUM, "supplied:", f"{text}supplied:")
    made.replace(CURRICULUM, "title: Small steps", "title: Small steps & more")
    made.replace(MODULE, "further_reading:", named("[steps, steps-one]"))
    former = "[why-walk, next-steps/why-here, lost-steps/why-lost, steps/why-so]"
    made.replace(MODULE, END, asked(former))
    done = made.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return made


REDIRECTS = {
    "modules/steps/index.html": "modules/first-steps/index.html",
    "modules/steps/guide.html": "modules/first-steps/guide.html",
    "modules/steps/handout.html": "modules/first-steps/handout.html",
    "modules/steps-one/guide.html": "modules/first-steps/guide.html",
    "guide/old notes.html": "guide/notes.html",
}
NOTHING_MORE = {
    "modules/lost-steps/index.html": "modules/next-steps/index.html",
    "modules/lost-steps/guide.html": "modules/next-steps/guide.html",
    "modules/lost-steps/handout.html": "modules/next-steps/handout.html",
    "modules/late-steps/index.html": "modules/index.html",
    "history.html": "index.html",
}
ANCHORS = {
    "modules/first-steps/guide.html#q-why-walk": "modules/first-steps/guide.html#q-why-first",
    "modules/first-steps/guide.html#q-why-so": "modules/first-steps/guide.html#q-why-first",
    "modules/steps/guide.html#q-why-so": "modules/first-steps/guide.html#q-why-first",
    "modules/steps/guide.html#q-why-first": "modules/first-steps/guide.html#q-why-first",
    "modules/next-steps/guide.html#q-why-here": "modules/first-steps/guide.html#q-why-first",
    "modules/lost-steps/guide.html#q-why-lost": "modules/first-steps/guide.html#q-why-first",
    "glossary.html#term-lane": "glossary.html#term-path",
    "guide/old%20notes.html#any": "guide/notes.html#any",
}
STAYING = {
    "modules/next-steps/guide.html#q-old-one": "Nobody asked it.",
    "modules/lost-steps/guide.html#q-old-two": "It was asked twice.",
    "modules/first-steps/handout.html#handout-leaf-2": "One sheet is enough.",
    "glossary.html#term-road": "It is not used.",
}


@pytest.mark.parametrize("path", [*REDIRECTS, *NOTHING_MORE])
def test_a_page_at_a_former_address_needs_nothing_else(moved: Project, path: str) -> None:
    """It has a title, a language and a heading, is kept out of search engines, and asks for no other file."""
    page = lxml.html.parse(str(moved.root / "site" / path)).getroot()
    assert page.get("lang") == "en-US"
    assert page.findtext(".//title").endswith("Small steps & more")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//*[@src] | //link[@rel='stylesheet']")
    for href in page.xpath("//a/@href"):
        assert (moved.root / "site" / path).parent.joinpath(href.partition("#")[0]).is_file(), href


def test_a_page_that_leads_on_names_its_target_thrice(moved: Project) -> None:
    """The refresh, the link and the canonical address lead to the same page, which is there."""
    for path, target in REDIRECTS.items():
        page = lxml.html.parse(str(moved.root / "site" / path)).getroot()
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        (link,) = page.xpath("//a[@id='to']/@href")
        assert refresh == f"0; url={link}"
        found = (moved.root / "site" / path).parent.joinpath(link).resolve()
        assert found == (moved.root / "site" / target).resolve()
        assert page.xpath("//link[@rel='canonical']/@href") == [f"https://steps.example.edu/{target}"]


def test_what_is_gone_says_so_and_why(moved: Project) -> None:
    """A page of what is gone does not lead on by itself: it says why, and links to where to go."""
    for path, target in NOTHING_MORE.items():
        page = lxml.html.parse(str(moved.root / "site" / path)).getroot()
        assert page.xpath("//meta[@http-equiv]/@http-equiv") == ["Content-Security-Policy"]
        assert "no longer here" in page.findtext(".//h1")
        ways = [(moved.root / "site" / path).parent.joinpath(href).resolve() for href in page.xpath("//a/@href")]
        assert (moved.root / "site" / target).resolve() in ways
    assert "Its meeting was &amp; is too long." in moved.read("site/modules/lost-steps/index.html")


def test_former_addresses_are_in_no_list(moved: Project) -> None:
    """Neither menu nor sitemap nor search nor print has a former address or what is said of it."""
    site = moved.root / "site"
    former = re.compile(r"steps-one|lost-steps|late-steps|history|old%20notes|Formerly|old one|why walk|is gone")
    for name in ("sitemap.xml", "search/search_index.json"):
        assert not former.search((site / name).read_text(encoding="utf-8")), name
    for name, page in pages(site).items():
        menu = [*page.xpath("//nav//a/@href"), *page.xpath("//nav//text()")]
        assert not [each for each in menu if former.search(each)], name
    for name in tree(site):
        if name.endswith(".pdf"):
            assert not former.search(printed(site / name)), name


def test_a_site_of_which_nothing_is_gone_says_nothing(built: Project) -> None:
    """A curriculum without former addresses has no such page and no such block."""
    for name, data in tree(built.root / "site").items():
        assert b'class="moved"' not in data, name
        assert b"Formerly on this page" not in data, name


@pytest.fixture(scope="module", params=["http", "file"])
def site(request: pytest.FixtureRequest, moved: Project) -> Iterator[str]:
    """The address of the built site, on a local server and as files of a disk."""
    if request.param == "file":
        yield f"{(moved.root / 'site').as_uri()}/"
    else:
        with served(moved.root / "site") as address:
            yield address


def test_old_anchors_lead_on_at_once(chrome: Browser, site: str) -> None:
    """With JavaScript an old address with its anchor ends at the thing itself, and Back does not come here again."""
    with visiting(chrome) as visit:
        for old, new in ANCHORS.items():
            visit.page.goto("about:blank")
            visit.page.goto(site + old)
            expect(visit.page).to_have_url(site + new)
            if not new.endswith("#any"):
                expect(visit.page.locator(":target")).to_be_in_viewport()
            visit.page.go_back()
            assert visit.page.url == "about:blank"
        assert visit.strangers == []


def test_an_old_anchor_on_the_same_page_leads_on(chrome: Browser, site: str) -> None:
    """An old anchor that is followed after the page has loaded leads on as well."""
    with visiting(chrome) as visit:
        visit.page.goto(f"{site}glossary.html")
        visit.page.evaluate("location.hash = 'term-lane'")
        expect(visit.page).to_have_url(f"{site}glossary.html#term-path")


def test_what_is_gone_is_told_at_its_anchor(chrome: Browser, site: str) -> None:
    """The old anchor of what is gone lands on the line that says so, and nobody is led away."""
    with visiting(chrome) as visit:
        for old, why in STAYING.items():
            visit.page.goto("about:blank")
            visit.page.goto(site + old)
            expect(visit.page.locator(":target")).to_contain_text(why)
            expect(visit.page.locator(":target")).to_be_in_viewport()
            assert visit.page.url == site + old


def test_old_addresses_work_without_javascript(chrome: Browser, site: str) -> None:
    """Pages lead on by themselves; an anchor lands on its line, whose link leads on."""
    with visiting(chrome, java_script_enabled=False) as visit:
        for old, new in REDIRECTS.items():
            visit.page.goto(site + old)
            visit.page.wait_for_url(site + new.replace(" ", "%20"))
        for old, new in ANCHORS.items():
            if old.startswith(("modules/steps/", "guide/")):
                continue  # the page itself is elsewhere, and only a script can take the anchor along
            visit.page.goto("about:blank")
            visit.page.goto(site + old)
            line = visit.page.locator(f"#{old.partition('#')[2]}")
            expect(line).to_be_in_viewport()
            line.get_by_role("link").click()
            visit.page.wait_for_url(site + new)


@pytest.mark.parametrize("viewport", [PHONE, {**DESK, "width": 320}, DESK], ids=["phone", "narrow", "desk"])
@pytest.mark.parametrize("path", ["modules/lost-steps/guide.html", "history.html", "modules/next-steps/guide.html"])
def test_axe_finds_nothing_at_former_addresses(chrome: Browser, moved: Project, path: str, viewport: Any) -> None:
    """Pages of what is gone and the block at the end of a page break no rule of axe, and fit a narrow screen."""
    with served(moved.root / "site") as site, visiting(chrome, viewport=viewport) as visit:
        page = visit.open(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        assert faults_in_both_schemes(page) == []


def test_a_page_that_leads_on_is_sound(chrome: Browser, moved: Project) -> None:
    """Where the script is kept from leading on, the page itself breaks no rule of axe."""
    with served(moved.root / "site") as site, visiting(chrome) as visit:
        text = moved.read("site/modules/steps/index.html")
        body = re.sub(r"<script>.*?</script>|<noscript>.*?</noscript>", "", text, flags=re.DOTALL)
        visit.page.route("**/steps/index.html", lambda route: route.fulfill(body=body, content_type="text/html"))
        page = visit.open(f"{site}modules/steps/index.html")
        assert faults_in_both_schemes(page) == []


def test_the_block_is_not_printed_from_the_browser(chrome: Browser, moved: Project) -> None:
    """A page printed from the browser leaves out what stood there once."""
    with served(moved.root / "site") as site, visiting(chrome) as visit:
        page = visit.open(f"{site}glossary.html")
        block = page.get_by_role("region", name="Formerly on this page")
        expect(block).to_be_visible()
        page.emulate_media(media="print")
        expect(block).to_be_hidden()


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_keeps_former_addresses(moved: Project, host: str, tmp_path: Path) -> None:
    """The stage contains the pages of former addresses, and each host publishes them and the old anchors."""
    done = moved.run("stage", str(tmp_path / "stage"))
    assert done.returncode == 0, done.stderr
    build_with(host, tmp_path / "stage")
    for path in (*REDIRECTS, *NOTHING_MORE):
        assert (tmp_path / "stage/site" / path).read_bytes() == (moved.root / "site" / path).read_bytes()
    for old in (*ANCHORS, *STAYING):
        path, _, anchor = old.partition("#")
        if not path.startswith(("modules/steps/", "modules/lost-steps/", "guide/")):
            page = lxml.html.parse(str(tmp_path / "stage/site" / path)).getroot()
            assert len(page.xpath(f"//*[@id='{anchor}']")) == 1, old


def test_what_has_no_page_any_more_has_one_at_its_address(tmp_path: Path) -> None:
    """Where modules lost their handouts, and the curriculum its glossary, pages at their addresses say so."""
    made = small(tmp_path / "project")
    for module in ("first-steps", "next-steps"):
        shutil.rmtree(made.root / "modules" / module / "handouts")
    (made.root / "modules/glossary.yml").unlink()
    over = listed("handout:first-steps/Leaf 2", "term:road").removesuffix("supplied:")
    over += gone("module:lost-steps", "module:next-steps").removeprefix("gone:\n")
    made.replace(CURRICULUM, "supplied:", over)
    made.replace(MODULE, "further_reading:", named("[steps]"))
    documents = pipeline.read(made.root).documents
    titles = {document.path: document.title for document in documents.all}
    there = moved_pages(documents.apparatus, titles).pages
    assert 'href="../first-steps/index.html"' in there["modules/steps/handout.html"]
    assert 'href="../next-steps/index.html"' in there["modules/lost-steps/handout.html"]
    assert "handout-leaf-2" in there["modules/first-steps/handout.html"]
    assert "term-road" in there["glossary.html"]
