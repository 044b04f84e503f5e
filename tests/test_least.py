"""What another program has no use for is optional, and what is left out is mentioned nowhere."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Project
from output import printed, tree
from planting import COHORT, CURRICULUM, GLOSSARY, MODULE, READING, REFERENCES, everything, small

from builder import changes, dialect, pipeline
from builder.dialect import Node
from builder.model.cohorts import Cohort, CohortFile
from builder.packets.orders import Order, packet_files
from builder.printing import Sheets, offers
from builder.problems import Problems
from builder.sources import schema, yaml
from builder.sources.files import Source

FACILITATION = "modules/facilitation.yml"
NEXT = "modules/next-steps/module.yml"

PARTS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "content_note": ((MODULE, NEXT), re.compile("content note", re.IGNORECASE)),
    "reflection": ((MODULE, NEXT), re.compile("reflection|min writing|prompts", re.IGNORECASE)),
    "commitment": ((MODULE, NEXT), re.compile("Practice|If-then|As a plan|Until the next meeting")),
    "key_points": ((MODULE, NEXT), re.compile("Key points|To remember")),
    "materials": ((MODULE, NEXT), re.compile("Pens")),
    "reading_minutes": ((MODULE, NEXT), re.compile("min reading|minutes to read|None")),
    "questions": ((MODULE, NEXT), re.compile(r"Q1|Ask \||Ask: |What we will discuss|\bcore\b")),
    "agreements": ((CURRICULUM,), re.compile("agreements|poster", re.IGNORECASE)),
    "care": ((CURRICULUM,), re.compile("distressed")),
    "subtitle": ((CURRICULUM,), re.compile("Two meetings for tests")),
    "provenance": ((CURRICULUM,), re.compile("Written to be broken")),
    "contact": ((CURRICULUM,), re.compile("nobody@nowhere")),
    **{
        key: ((FACILITATION,), re.compile(words))
        for key, words in {
            "short_notice": "Only tonight",
            "week_before": "A week before",
            "day_before": "The day before",
            "call": "On a call",
            "pausing": "How to pause",
            "early": "Ten min early",
            "latecomer": "Latecomers",
            "parking": "Parked$",
            "after": "After the meeting$",
            "message": "Thank you for today|\\*\\*Parked",
            "sign_in": "[Ss]ign-in",
            "poster": "What we agree on",
            "certificate": "It grants",
            "forms": "After every meeting",
        }.items()
    },
}
"""Each optional part: the files in which it is, and what no document may then say."""

FILES = {
    "handouts": ("modules/first-steps/handouts", "modules/next-steps/handouts"),
    "facilitation": (FACILITATION,),
    "pages": ("docs/about.md", "docs/facilitate", "docs/authors", "docs/guide"),
}


def without(root: Path, part: str) -> None:
    """Take one part out of the small curriculum."""
    for path in FILES.get(part, ()):
        shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()
    for path in PARTS.get(part, ((), None))[0]:
        data = _read(root, path)
        del data[part]
        for activity in data.get("agenda", ()) if part == "questions" else ():
            activity.pop("questions", None)
        (root / path).write_text(json.dumps(data), encoding="utf-8")


def _read(root: Path, path: str) -> Any:
    located = yaml.parse(Source(path, (root / path).read_text(encoding="utf-8")), Problems())
    assert located
    return located.root.plain()


def faults(built: pipeline.Built) -> Iterator[str]:
    """Headings with nothing below them, and links that lead nowhere, in all documents."""
    trees = {each.path: dialect.tree(each.markdown) for each in built.documents.all}
    anchors = {path: dialect.ids(page).keys() for path, page in trees.items()}
    for path, page in trees.items():
        flat = list(_flat(page))
        for one, after in zip(flat, [*flat[1:], ("h1", "the end")], strict=True):
            if one[0] in HEADINGS and after[0] in HEADINGS and HEADINGS.index(after[0]) <= HEADINGS.index(one[0]):
                yield f"{path}: nothing below {one[1]!r}"
        for node in dialect.walk(page):
            href = node.get("href", "")
            if not href or re.match(r"[a-z]+:", href):
                continue
            other, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), other)) if other else path
            if target not in trees or (anchor and anchor not in anchors[target]):
                yield f"{path}: {href} leads nowhere"


HEADINGS = ["h1", "h2", "h3", "h4"]


def _flat(node: Node) -> Iterator[tuple[str, str]]:
    """Headings and texts in order; a heading that is itself a link, as on the home page, has its text below."""
    for child in node["c"]:
        if isinstance(child, str):
            if child.strip():
                yield "text", child
        elif child["t"] in HEADINGS:
            yield child["t"], dialect.words(child)
        else:
            if child["t"] in {"img", "table"} or "write" in dialect.classes(child):
                yield "text", child["t"]
            yield from _flat(child)


@pytest.mark.parametrize("part", [*PARTS, *FILES])
def test_each_part_that_is_left_out_is_mentioned_nowhere(part: str, tmp_path: Path) -> None:
    """Without one optional part the curriculum checks, and no page has an empty heading, dead link or word of it."""
    root = small(tmp_path)
    before = pipeline.read(root)
    without(root, part)
    assert {each.message for each in everything(root)} <= {"no blank asks for 'reporting duties'"}
    built = pipeline.read(root)
    assert list(faults(built)) == []
    unsaid = PARTS[part][1] if part in PARTS else re.compile("None")
    for document in built.documents.all:
        said = [line for line in document.markdown.splitlines() if unsaid.search(line)]
        assert not said, (document.path, said)
    jobs = [offer.job.name for offer in offers(Sheets(built.documents, built.loaded.images, "letter"))]
    assert len(jobs) == len(set(jobs))
    gone = changes.between(before.loaded.curriculum, built.loaded.curriculum)
    come = changes.between(built.loaded.curriculum, before.loaded.curriculum)
    assert gone
    assert come


def test_the_faults_that_are_looked_for_are_found(tmp_path: Path) -> None:
    """A heading with nothing below it and a link that leads nowhere are found where there are some."""
    root = small(tmp_path)
    (root / "docs/guide/notes.md").write_text("# Notes\n\n## Before\n\n## After\n\nSee.\n", encoding="utf-8")
    (root / "docs/about.md").write_text("# About\n\nIt is short.\n", encoding="utf-8")
    assert list(faults(pipeline.read(root))) == ["guide/notes.md: nothing below 'Before'"]


@pytest.mark.parametrize("leaders", [1, 2])
def test_one_facilitator_reads_naturally(leaders: int, tmp_path: Path) -> None:
    """Where A leads everything, nothing speaks of B, no column says who leads, and no second person is missing."""
    root = small(tmp_path)
    for path in (MODULE, NEXT) if leaders == 1 else ():
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(re.sub(r"lead: (AB|B)", "lead: A", text), encoding="utf-8")
    cohort = (root / COHORT).read_text(encoding="utf-8").replace("      - {name: Dan}\n", "")
    (root / COHORT).write_text(cohort, encoding="utf-8")
    notices = [each.message for each in everything(root)]
    assert notices == ([] if leaders == 1 else ["team 'cedar' has only one facilitator yet (a blank line prints)"])
    built = pipeline.read(root)
    file: CohortFile = schema.build(CohortFile, _located(root, COHORT), Problems())
    order = Order(Cohort(id="trial", path=COHORT, file=file), file.teams)
    sheets = Sheets(built.documents, built.loaded.images, "letter")
    files = {each.path: each for each in packet_files(order, sheets)}
    message = files["cedar/follow-up/1-first-steps.txt"].data
    overview = files["index.html"].data
    packet = files["cedar/packet.pdf"].job
    assert message
    assert overview
    assert packet
    said = " ".join(
        [*(each.markdown for each in built.documents.all), message().decode(), overview().decode()]
    ).replace("\u00a0", " ")
    spoken = ("Facilitator B", "A and B", "B leads", "[B]", "Lead |", "second facilitator", "Only one facilitator")
    assert [words for words in spoken if words in said] == ([] if leaders == 1 else list(spoken))
    assert packet().facts["cover"]["facilitators_missing"] == leaders - 1


def _located(root: Path, path: str) -> Any:
    return yaml.parse(Source(path, (root / path).read_text(encoding="utf-8")), Problems())


@pytest.mark.parametrize("part", ["glossary", "references"])
def test_a_list_that_is_left_out_has_no_page(part: str, tmp_path: Path) -> None:
    """Without terms or works there is no page of them, no heading for them, and no entry in the menu."""
    root = small(tmp_path)
    (root / (GLOSSARY if part == "glossary" else REFERENCES)).unlink()
    if part == "references":
        for path in (READING, "modules/next-steps/reading.md", GLOSSARY):
            text = (root / path).read_text(encoding="utf-8")
            (root / path).write_text(re.sub(r" \[@[\w-]+\]", "", text), encoding="utf-8")
        for path in (MODULE, NEXT):
            data = _read(root, path)
            del data["further_reading"]
            (root / path).write_text(json.dumps(data), encoding="utf-8")
    assert everything(root) == ()
    built = pipeline.read(root)
    assert f"{part}.md" not in {each.path for each in built.documents.all}
    assert list(faults(built)) == []
    title = "Words used" if part == "glossary" else "References"
    assert not [each.path for each in built.documents.all if title in each.markdown]


def test_a_home_page_by_hand_is_refused_with_the_key_that_says_its_words(tmp_path: Path) -> None:
    """Home is made of the settings; who writes it under docs/ reads which key has its words."""
    root = small(tmp_path)
    (root / "docs/index.md").write_text("# Hello\n", encoding="utf-8")
    (told,) = everything(root)
    assert "its own words are under welcome in modules/curriculum.yml" in told.message


def test_what_is_said_to_be_no_page_must_be_there(tmp_path: Path) -> None:
    """A path under not_published that names no file is mentioned."""
    root = small(tmp_path)
    text = (root / CURRICULUM).read_text(encoding="utf-8")
    (root / CURRICULUM).write_text(f"{text}not_published: [docs/abuot.md]\n", encoding="utf-8")
    (told,) = everything(root)
    assert told.message == "no file 'docs/abuot.md' (did you mean 'docs/about.md'?)"


def test_nothing_of_this_curriculum_is_in_the_program() -> None:
    """No file of the program has words that belong to our own curriculum, but for its copyright lines."""
    ours = re.compile(r"clinician|underrepresented|Kaiser|WPMG|Inspired Allied|anti-racist|race and medicine mentors")
    folder = ROOT / "builder"
    files = (path for path in folder.rglob("*") if path.suffix in {".py", ".j2", ".typ", ".html", ".js", ".css"})
    assert not [str(path) for path in files if ours.search(path.read_text(encoding="utf-8"))]


def test_the_least_curriculum_is_whole(tmp_path: Path) -> None:
    """A curriculum with what is needed and nothing else checks, builds, prints, and gives a team its packet."""
    shutil.copytree(ROOT / "tests/least", tmp_path / "least")
    project = Project(tmp_path / "least")
    run = project.run("build", "--packets")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "notice" not in run.stdout
    pages = {name for name in tree(project.root / "site") if name.endswith(".html") and not name.startswith("assets")}
    assert pages == {
        "404.html", "index.html", "help.html", "changes.html", "modules/index.html",
        "modules/first-aid/index.html", "modules/first-aid/guide.html",
    }  # fmt: skip
    packet = printed(project.root / "packets/trial/cedar/packet.pdf")
    assert "Facilitator Ann" in packet
    assert "question cards" not in packet
    assert "took part in 1 of 1 meeting of" in printed(project.root / "packets/trial/cedar/certificates/eve.pdf")


def test_a_folder_that_the_host_needs_is_asked_for(tmp_path: Path) -> None:
    """Without a folder `docs`, check says that it must be made, and builds nothing."""
    shutil.copytree(ROOT / "tests/least", tmp_path / "least", ignore=shutil.ignore_patterns("docs", "cohorts"))
    for command in ("check", "build"):
        run = Project(tmp_path / "least").run(command)
        assert run.returncode == 1
        assert "docs:1:1: problem: no such folder (MkDocs needs one: make it" in run.stderr
        assert "docs_dir" not in run.stderr
