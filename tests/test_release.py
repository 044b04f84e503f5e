"""`curriculum release`: everything as one file, the same wherever it is made, or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Project
from output import printed, small, tree

from builder import editions
from builder.problems import Problems
from builder.sources import images

WHEN = "2026-11-20T23:30:00-08:00"


def git(folder: Path, *arguments: str) -> str:
    """Run git as a person who is nobody, whatever the settings of this computer say."""
    person = {f"GIT_{role}_{what}": "nobody" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    moments = {"GIT_AUTHOR_DATE": WHEN, "GIT_COMMITTER_DATE": WHEN}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **person, **moments, **settings}, check=True,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.strip()


def committed(root: Path) -> Project:
    """The small curriculum in a repository of its own, all of it in one commit."""
    project = small(root)
    shutil.copy(ROOT / ".gitignore", root / ".gitignore")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "All")
    return project


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with its first edition; tests only read it."""
    project = committed(tmp_path_factory.mktemp("released") / "project")
    done = project.run("release", "2026.1", "--notes", "For the <trial>.")
    assert done.returncode == 0, done.stderr
    return project


def unpacked(project: Project, name: str, to: Path) -> Path:
    shutil.unpack_archive(project.root / "editions" / f"{name}.zip", to)
    return to / name


def _others_can_run_this() -> bool:
    try:
        subprocess.run([sys.executable, "-c", ""], user=65534, check=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False
    return True


# What is in it


def test_an_edition_holds_the_site_its_sources_and_a_list(released: Project, tmp_path: Path) -> None:
    """The one file holds the whole site, every published source as it was, and a list of all with their checksums."""
    held = tree(unpacked(released, "2026.1", tmp_path))
    manifest = json.loads(held.pop("edition.json"))
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in sorted(held.items())}
    for path in ("modules/curriculum.yml", "modules/first-steps/images/map.svg", "docs/about.md", "mkdocs.yml"):
        written = (released.root / path).read_bytes()
        assert held[f"edition/{path}"] == (
            images.take_in(path, written, Problems()) if images.is_one(path) else written
        )
    assert {"index.html", "modules/first-steps/index.html", "modules/first-steps/first-steps-guide.pdf"} <= held.keys()
    assert "search/search_index.js" in held
    assert not [name for name in held if "cohort" in name and "authors" not in name]


def test_an_edition_tells_where_it_comes_from(released: Project, tmp_path: Path) -> None:
    """It has its name, its notes, the commit and its date, whether all was in it, and what it was made with."""
    manifest = json.loads((unpacked(released, "2026.1", tmp_path) / "edition.json").read_bytes())
    assert manifest["name"] == "2026.1"
    assert manifest["date"] == "2026-11-20"
    assert manifest["notes"] == "For the <trial>."
    assert manifest["commit"] == git(released.root, "rev-parse", "HEAD")
    assert manifest["dirty"] is False
    assert {"mkdocs", "mkdocs-material", "typst", "python", "zlib"} <= manifest["tools"].keys()


def test_every_page_and_print_bears_the_edition(released: Project, tmp_path: Path) -> None:
    """Pages and prints show the edition's name and date, not those of the edition in work."""
    site = unpacked(released, "2026.1", tmp_path)
    assert "edition: 1.0" in released.read("modules/curriculum.yml")
    for page in site.rglob("*.html"):
        if "edition" not in page.relative_to(site).parts and page.name != "404.html":
            text = page.read_text(encoding="utf-8").lower()
            assert "edition 2026.1" in text, page
            assert "edition 1.0" not in text, page
    assert "Edition 2026.1" in printed(site / "modules/first-steps/first-steps-guide.pdf")


def test_canonical_links_are_those_of_the_latest(tmp_path: Path) -> None:
    """Once there is a real address, each page names the place where the latest edition has it; the sitemap its own."""
    project = small(tmp_path / "project")
    url = next(line for line in project.read("modules/curriculum.yml").split("\n") if line.startswith("url:"))
    project.replace("modules/curriculum.yml", url, "url: https://iam.health/m/")
    done = project.run("release", "2026.1", "--date", "2026-11-20")
    assert done.returncode == 0, done.stderr
    site = unpacked(project, "2026.1", tmp_path)
    page = (site / "modules/first-steps/guide.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://iam.health/m/latest/modules/first-steps/guide.html">' in page
    assert "<loc>https://iam.health/m/2026.1/modules/first-steps/guide.html</loc>" in (site / "sitemap.xml").read_text()
    assert json.loads((site / "edition.json").read_bytes())["root"] == "https://iam.health/m/"


def test_the_site_is_that_of_a_build(released: Project, tmp_path: Path) -> None:
    """But for what tells which edition it is, an edition's site has the files that a build makes."""
    assert released.run("build", "--site-dir", str(tmp_path / "site")).returncode == 0
    held = {name for name in tree(unpacked(released, "2026.1", tmp_path)) if not name.startswith("edition")}
    assert held == tree(tmp_path / "site").keys()


# The same wherever it is made


def test_elsewhere_and_another_day_it_is_the_same(released: Project, tmp_path: Path) -> None:
    """From a clone, with another mask, time zone, language, home and seed, on another day, the bytes are the same."""
    clone = tmp_path / "another folder" / "clone"
    clone.parent.mkdir()
    subprocess.run(["git", "clone", "-q", str(released.root), str(clone)], check=True)
    before = os.umask(0o077)
    try:
        done = Project(clone).run(
            "release", "2026.1", "--notes", "For the <trial>.",
            TZ="Pacific/Auckland", LC_ALL="C", HOME=str(tmp_path), USER="someone", LOGNAME="someone",
            PYTHONHASHSEED="7",
        )  # fmt: skip
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    one, other = (each / "editions/2026.1.zip" for each in (released.root, clone))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.skipif(not _others_can_run_this(), reason="only root can become another user, who must reach this Python")
def test_another_user_makes_the_same(released: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another user of the computer makes the same bytes of the same commit."""
    clone = tmp_path_factory.mktemp("theirs") / "clone"
    subprocess.run(["git", "clone", "-q", str(released.root), str(clone)], check=True)
    for path in (clone, *clone.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)
    for folder in clone.parents:
        if folder.owner() == "root" and str(folder).startswith(str(clone.parents[2])):
            folder.chmod(folder.stat().st_mode | 0o755)
    done = subprocess.run(
        [sys.executable, "-m", "builder", "release", "2026.1", "--notes", "For the <trial>."], cwd=clone, user=65534,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(clone.parent)}, group=65534,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (clone / "editions/2026.1.zip").read_bytes() == (released.root / "editions/2026.1.zip").read_bytes()


# What is refused


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository that a test may change."""
    return committed(tmp_path / "project")


def test_what_no_commit_holds_is_refused_or_told(project: Project) -> None:
    """Uncommitted changes stop a release, each by its name; with --dirty the edition says that it has them."""
    project.replace("docs/about.md", "#", "# Now")
    project.write("docs/new.md", "# New\n\nText.\n")
    done = project.run("release", "2026.1")
    assert done.returncode == 1
    assert done.stderr.count("differs from the last commit") == 2
    assert "docs/new.md:1:1" in done.stderr
    assert not (project.root / "editions").exists()
    done = project.run("release", "2026.1", "--dirty")
    assert done.returncode == 0, done.stderr
    assert editions.open_archive(project.root / "editions/2026.1.zip").manifest.dirty is True


def test_all_that_stands_in_the_way_is_told_at_once(tmp_path: Path) -> None:
    """A name that cannot be, a missing date and problems in the sources do not hide each other."""
    project = small(tmp_path / "project")
    project.replace("docs/about.md", "#", "# [bad](page:nowhere)\n\n#")
    done = project.run("release", "latest")
    assert done.returncode == 1
    assert "'latest' cannot be the name of an edition" in done.stderr
    assert "no commit has a date for" in done.stderr
    assert "docs/about.md:1:" in done.stderr
    assert not (project.root / "editions").exists()


def test_an_edition_is_never_made_twice(released: Project) -> None:
    """Another release under a name that is taken, or that means the same, is refused before anything is made."""
    before = (released.root / "editions/2026.1.zip").read_bytes()
    for name in ("2026.1", "2026.1.0"):
        done = released.run("release", name)
        assert done.returncode == 1
        assert "is there already" in done.stderr
    assert (released.root / "editions/2026.1.zip").read_bytes() == before


def test_a_problem_leaves_no_edition(project: Project) -> None:
    """A slip in the sources or in a cohort stops a release, with its place, and no file is left."""
    project.replace("cohorts/trial/cohort.yml", "time_zone:", "time_zones:")
    project.replace("modules/first-steps/module.yml", "title:", "titel:")
    done = project.run("release", "2026.1", "--dirty")
    assert done.returncode == 1
    assert "cohorts/trial/cohort.yml" in done.stderr
    assert "modules/first-steps/module.yml:1:1: problem: unknown key 'titel'" in done.stderr
    assert not (project.root / "editions").exists()


def test_nothing_of_a_cohort_is_released(project: Project) -> None:
    """An e-mail address of a cohort stops a release wherever it is: in a page, in a source, in the notes."""
    text = project.read("cohorts/trial/cohort.yml")
    address = next(word for word in text.replace("}", " ").split() if "@" in word)
    done = project.run("release", "2026.1", "--dirty", "--notes", f"Ask {address}.")
    assert done.returncode == 1
    assert "--notes:1:5: problem: contains the e-mail address" in done.stderr
    assert address not in done.stderr
    project.write("docs/assets/list.txt", f"{address}\n")
    done = project.run("release", "2026.1", "--dirty")
    assert done.returncode == 1
    assert "docs/assets/list.txt:1:1: problem: contains the e-mail address" in done.stderr
    assert not (project.root / "editions").exists()


def test_a_repository_of_another_user_is_told(project: Project) -> None:
    """Where git refuses to read the repository, a release says so and does not go on as if there were none."""
    done = project.run("release", "2026.1", GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert done.returncode == 1
    assert "another user owns" in done.stderr


# What an edition keeps of the one before


@pytest.fixture
def second(tmp_path: Path) -> Project:
    """A curriculum with one edition, whose one question has another id now and other words."""
    project = committed(tmp_path / "project")
    done = project.run("release", "2026.1")
    assert done.returncode == 0, done.stderr
    text = project.read("modules/first-steps/module.yml")
    project.write("modules/first-steps/module.yml", text.replace("why-first", "why-walk"))
    project.replace("modules/first-steps/module.yml", "Why do we walk?", "Why do we walk at all?")
    pages = [path for path in project.root.rglob("*.md") if "why-first" in path.read_text(encoding="utf-8")]
    for page in pages:
        page.write_text(page.read_text(encoding="utf-8").replace("why-first", "why-walk"), encoding="utf-8")
    return project


def test_an_address_of_the_last_edition_must_lead_on(second: Project, tmp_path: Path) -> None:
    """A question renamed without a word stops a release and a check against the edition; with it, both pass."""
    for command in (("check", "--against", "2026.1"), ("release", "2026.2", "--dirty")):
        done = second.run(*command)
        assert done.returncode == 1
        assert "why-first" in done.stdout + done.stderr
        assert "formerly: [why-first]" in done.stdout + done.stderr
        assert "modules/first-steps/module.yml:" in done.stdout + done.stderr
    assert second.run("check").returncode == 0
    second.replace("modules/first-steps/module.yml", "    core: true\n", "    core: true\n    formerly: [why-first]\n")
    assert second.run("check", "--against", "2026.1").returncode == 0
    done = second.run("release", "2026.2", "--dirty")
    assert done.returncode == 0, done.stderr
    guide = (unpacked(second, "2026.2", tmp_path) / "modules/first-steps/guide.html").read_text(encoding="utf-8")
    assert 'id="q-why-first"' in guide


def test_an_edition_tells_what_changed_since_the_last(second: Project, tmp_path: Path) -> None:
    """The second edition has a page and a sheet on what changed since the first; the first has neither."""
    second.replace("modules/first-steps/module.yml", "    core: true\n", "    core: true\n    formerly: [why-first]\n")
    for name in ("2026.2rc1", "2026.2"):
        done = second.run("release", name, "--dirty")
        assert done.returncode == 0, done.stderr
        site = unpacked(second, name, tmp_path)
        page = (site / "changes.html").read_text(encoding="utf-8")
        assert "Since edition 2026.1" in page
        assert "at all" in page
        assert "You printed 2026.1" in printed(site / "change-sheet.pdf")
        assert json.loads((site / "edition.json").read_bytes())["before"] == "2026.1"
    first = (unpacked(second, "2026.1", tmp_path) / "changes.html").read_text(encoding="utf-8")
    assert "Since edition" not in first


def test_what_changed_is_told_in_three_forms(second: Project) -> None:
    """`curriculum changes` shows a reworded question as text, JSON and Markdown, and an unknown edition as such."""
    second.replace("modules/first-steps/module.yml", "    core: true\n", "    core: true\n    formerly: [why-first]\n")
    done = second.run("changes", "2026.1")
    assert done.returncode == 0, done.stderr
    assert "Why do we [-walk?-] {+walk at all?+}" in done.stdout
    told = json.loads(second.run("changes", "2026.1", "--format", "json").stdout)
    assert [change["part"] for group in told["groups"] for change in group["changes"]] == ["question"]
    assert "<ins>" in second.run("changes", "2026.1", str(second.root), "--format", "markdown").stdout
    assert "nothing changed that a reader would notice" in second.run("changes", "2026.1", "2026.1").stdout
    done = second.run("changes", "2026.2")
    assert done.returncode == 1
    assert "editions:1:1: problem: no edition '2026.2' (did you mean '2026.1'?)" in done.stderr
