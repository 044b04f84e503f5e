"""Who gets to see what: canaries planted in the sources are looked for in every byte that comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Project
from output import differing, everything, pages, printed, small, tree

FOLDER = "modules/first-steps"

CANARIES = {
    f"{FOLDER}/reading.md": ("    Bring the large map.", "    Bring the large map, Quokkanote."),
    f"{FOLDER}/handouts/sheet.md": ("\n[WRITE: 3]\n", "\n[WRITE: 3]\n\n!!! facilitator\n    Quokkasheet is yours.\n"),
    f"{FOLDER}/module.yml": ("      - Reasons\n", "      - Reasons of Quokkalisten\n"),
}
"""Texts for facilitators, by the file into which they are put."""

SECRETS = {
    "name": "Quokkaname Wombatson",
    "email": "quokkamail@steps.example.edu",
    "member": "Quokkamember Dingo",
    "place": "Quokkaplace, room 4711",
    "link": "https://meet.steps.example.edu/quokkalink",
    "phone": "206-555-0147",
    "date": "2021-07-19",
    "team": "Quokkateam",
    "cohort": "Quokkacohort",
}


def plant_facilitator_texts(project: Project) -> None:
    """Put the canaries for facilitators into the sources, and more in each other place that only facilitators read."""
    for path, (old, new) in CANARIES.items():
        project.replace(path, old, new)
    for old, new in (
        ("purpose: To think.", "purpose: To think of Quokkapurpose."),
        ("- What else?", "- What else, Quokkafollow?"),
        ("if_it_stalls: Wait.", "if_it_stalls: Wait for Quokkastall."),
        ("instructions: Thank everyone.", "instructions: Thank everyone for Quokkado."),
    ):
        project.replace(f"{FOLDER}/module.yml", old, new)


def facilitators_only(path: Path) -> list[str]:
    """The notes on a module's questions, without those that are a plain word or two."""
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    notes = [[each["purpose"], each["if_it_stalls"], *each["listen_for"]] for each in questions]
    return [" ".join(note.split()) for texts in notes for note in texts if len(note.split()) > 3]


def plant_secrets(project: Project) -> None:
    """Put one canary into each field of a cohort that tells who, when or where."""
    path = "cohorts/trial/cohort.yml"
    project.replace(path, "name: Trial", f"name: {SECRETS['cohort']}")
    project.replace(path, "name: Hemlock", f"name: {SECRETS['team']}")
    people = f"    members:\n      - {{name: {SECRETS['member']}}}\n"
    people += f"    place: {SECRETS['place']}\n    link: {SECRETS['link']}\n    phone: {SECRETS['phone']}\n"
    project.replace(path, "    meetings:\n", f"{people}    meetings:\n")
    project.replace(
        path, "{name: Ann, email: ann@steps.example.edu}", f"{{name: {SECRETS['name']}, email: {SECRETS['email']}}}"
    )
    project.replace(path, "date: 2021-05-01", f"date: {SECRETS['date']}")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Give a small project full of canaries, with all that is made of it; tests only read it."""
    project = small(tmp_path_factory.mktemp("planted") / "project")
    plant_facilitator_texts(project)
    plant_secrets(project)
    for command in (("build",), ("packets",), ("stage", "staged")):
        done = project.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def made(planted: Project) -> Mapping[str, str]:
    """Give everything that can be read out of each file of the site and of the stage."""
    found = {}
    for folder in ("site", "staged"):
        for path in sorted((planted.root / folder).rglob("*")):
            if path.is_file():
                found[path.relative_to(planted.root).as_posix()] = everything(path)
    return found


# What is for facilitators


def test_readers_do_not_meet_what_is_for_facilitators(made: Mapping[str, str]) -> None:
    """No page, PDF or index but the guides has a facilitator's text; the plain copies of sources do, as written."""
    holding = {name for name, text in made.items() if "Quokka" in text}
    copies = {name for name in holding if "/sources/" in name}
    guides = {f"site/{FOLDER}/guide.html", f"staged/docs/{FOLDER}/guide.md"}
    made_of = [f"{FOLDER}/first-steps-guide{variant}.pdf" for variant in ("", "-a4", "-large-print")]
    made_of.append(f"{FOLDER}/first-steps-cards.pdf")  # the backs of the cards
    guides |= {f"{where}/{path}" for where in ("site", "staged/docs") for path in made_of}
    assert holding - copies == guides
    assert copies == {f"{where}/sources/{path}.txt" for where in ("site", "staged/docs") for path in CANARIES}


def test_facilitators_get_what_is_theirs(planted: Project) -> None:
    """The guide's page and PDF, and the packet, hold the facilitator blocks and every note of a question."""
    page = pages(planted.root / "site")[f"{FOLDER}/guide.html"].text_content()
    guide = printed(planted.root / f"site/{FOLDER}/first-steps-guide.pdf")
    packet = printed(planted.root / "packets/trial/hemlock/packet.pdf")
    for canary in ("note", "sheet", "listen", "purpose", "follow", "stall", "do"):
        for text in (page, guide, packet):
            assert f"Quokka{canary}" in text, canary


def test_handouts_have_questions_without_notes(planted: Project) -> None:
    """A handout shows the question to be asked and nothing of what a facilitator listens for, on page and paper."""
    page = pages(planted.root / "site")[f"{FOLDER}/handout.html"].text_content()
    paper = printed(planted.root / f"site/{FOLDER}/first-steps-handout.pdf")
    for text in (page, paper):
        assert "Why do we walk?" in text
        assert "Quokka" not in text
        assert "Reasons" not in text


def test_search_index_holds_nothing_of_the_guides(built: Project) -> None:
    """No sentence that only facilitators read can be found by searching the site that is published."""
    index = (built.root / "site/search/search_index.json").read_text(encoding="utf-8")
    entries = json.loads(index)["docs"]
    assert not [entry["location"] for entry in entries if "guide.html" in entry["location"].partition("#")[0]]
    advice = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in ROOT.glob("docs/facilitate/*.md"))
    told = [note for path in ROOT.glob("modules/*/module.yml") for note in facilitators_only(path)]
    assert len(told) > 200
    assert [note for note in told if note in index and note not in advice] == []


# What is a team's own


def test_nothing_of_a_cohort_is_in_what_is_public(made: Mapping[str, str]) -> None:
    """No name, address, place, link or date of a cohort is in any byte of the site or of the stage."""
    for field, secret in SECRETS.items():
        assert not [name for name, text in made.items() if secret in text], field
    for spelled in ("July 19", "quokkaname", "wombatson", "quokkalink"):
        assert not [name for name, text in made.items() if spelled in text.lower() or spelled in text], spelled


def test_a_packet_tells_its_team_what_it_needs(planted: Project) -> None:
    """A team's packet has its people, place, link and dates; another team's has none of them."""
    mine = everything(planted.root / "packets/trial/hemlock/packet.pdf")
    for field in ("name", "member", "place", "link", "team", "cohort"):
        assert SECRETS[field] in mine, field
    assert "Monday, July 19, 2021" in mine
    other = everything(planted.root / "packets/trial/cedar/packet.pdf")
    for field in ("name", "email", "member", "place", "link", "date", "team"):
        assert SECRETS[field] not in other, field
    assert "July 19" not in other


def test_manifests_tell_no_names(planted: Project) -> None:
    """The manifest of packets lists files and sources, and nothing that is in a cohort."""
    text = (planted.root / "packets/trial/manifest.json").read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS.values() if secret in text]


def test_the_site_does_not_depend_on_cohorts(planted: Project, tmp_path: Path) -> None:
    """The site is byte for byte the same with cohorts, with other cohorts, and without any."""
    project = Project(tmp_path / "project")
    shutil.copytree(planted.root, project.root, ignore=shutil.ignore_patterns("site", "packets", "staged", "cohorts"))
    for cohort in (None, (ROOT / "tests/small/cohorts/trial/cohort.yml").read_text(encoding="utf-8")):
        if cohort:
            project.write("cohorts/trial/cohort.yml", cohort)
        for command in (("build",), ("stage", "staged")):
            assert project.run(*command).returncode == 0
        assert not differing(tree(project.root / "site"), tree(planted.root / "site"))
        assert not differing(tree(project.root / "staged"), tree(planted.root / "staged"))


def test_the_published_site_tells_nothing_of_the_sample(built: Project) -> None:
    """The real site, packed files included, names no person, place or day of the sample cohort."""
    text = (ROOT / "cohorts/sample-2021/cohort.yml").read_text(encoding="utf-8")
    assert "participant-01@example.org" in text
    secrets = (
        "participant-01@example.org",
        "Participant 01",
        "meet/douglas-fir",
        "Room to be named",
        "Facilitator A of",
    )
    for path in sorted((built.root / "site").rglob("*")):
        if path.suffix in {".html", ".json", ".js", ".txt", ".xml", ".gz", ".pdf"} and "lunr" not in path.parts:
            found = everything(path)
            assert not [secret for secret in secrets if secret in found], path
