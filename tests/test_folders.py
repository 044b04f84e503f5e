"""Where what is made may be: never over sources, never over what others made, and no team's data in public places."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Project
from output import differing, small, tree

from builder import output
from builder.problems import Stopped


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum with a cohort of two teams, to be broken."""
    return small(tmp_path / "project")


@pytest.mark.parametrize("folder", ["packets", "packets/x", "docs/x", "docs", "modules", "cohorts/x", "builder", "."])
def test_a_site_is_not_written_over_sources(project: Project, folder: str) -> None:
    """A folder for the site that overlaps sources or packets is refused before anything is written."""
    before = tree(project.root)
    done = project.run("build", "--site-dir", folder)
    assert done.returncode == 1
    assert "overlap" in done.stderr
    assert not differing(tree(project.root), before)


def test_a_site_does_not_replace_what_others_made(project: Project, tmp_path: Path) -> None:
    """A folder that contains someone's files is not replaced by a site; an empty one is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("Years of work.", encoding="utf-8")
    done = project.run("build", "--site-dir", str(tmp_path / "mine"))
    assert done.returncode == 1
    assert "did not make" in done.stderr
    assert tree(tmp_path / "mine") == {"thesis.txt": b"Years of work."}
    (tmp_path / "mine" / "thesis.txt").unlink()
    for _ in range(2):  # the second time it replaces its own
        done = project.run("build", "--site-dir", str(tmp_path / "mine"))
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine" / "index.html").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_link_in_place_of_the_site_stays(project: Project, tmp_path: Path) -> None:
    """Where `site` is a symbolic link to a folder elsewhere, the site is built there and the link stays a link."""
    (tmp_path / "elsewhere").mkdir()
    try:
        (project.root / "site").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        return  # this system gives this user no links
    for _ in range(2):
        assert project.run("build").returncode == 0
    assert (project.root / "site").is_symlink()
    assert (tmp_path / "elsewhere/index.html").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "project"}


@pytest.mark.parametrize(
    "folder",
    [
        "site",
        "site/x",
        "docs/x",
        "modules",
        "cohorts/x",
        "builder/site/theme/x",
        ".",
        "..",
        "public/x",
        "editions",
        "packets/../site/x",
        "../project/site",
        "site/../public",
        "Site/x",
        "PUBLIC",
        "x/../SITE/a/../b",
    ],
)
def test_packets_are_never_written_into_public_places(project: Project, folder: str) -> None:
    """A folder within the site, its sources or what is published is refused before anything is written."""
    before = tree(project.root.parent)
    done = project.run("packets", "--to", folder)
    assert done.returncode == 1
    assert "overlap" in done.stderr
    assert not differing(tree(project.root.parent), before)


def test_packets_are_never_written_into_any_website(project: Project, tmp_path: Path) -> None:
    """A folder inside a site that was built under another name is refused too."""
    (tmp_path / "elsewhere/a").mkdir(parents=True)
    (tmp_path / "elsewhere/index.html").write_text("a page", encoding="utf-8")
    before = tree(tmp_path)
    for folder in ("elsewhere", "elsewhere/a", "elsewhere/a/b"):
        done = project.run("packets", "--to", str(tmp_path / folder))
        assert done.returncode == 1, folder
        assert "inside a website" in done.stderr
    assert not differing(tree(tmp_path), before)


def test_a_link_to_the_site_is_the_site(project: Project) -> None:
    """A symbolic link that leads into the site does not hide where packets would go."""
    (project.root / "site").mkdir()
    try:
        (project.root / "innocent").symlink_to(project.root / "site", target_is_directory=True)
    except OSError:
        return  # a system that gives this user no links has no such danger
    done = project.run("packets", "--to", "innocent/x")
    assert done.returncode == 1
    assert "overlap" in done.stderr
    assert not tree(project.root / "site")


@pytest.mark.parametrize("link", ["innocent", "packets", "packets/trial", "packets/trial/hemlock"])
@pytest.mark.parametrize("goal", ["site", "site/deep/below", "public", "elsewhere"])
def test_no_link_leads_packets_into_public_places(project: Project, link: str, goal: str) -> None:
    """A link at any depth of the folder for packets leads none into a site, built or not, wherever that lies."""
    if goal == "elsewhere":
        project.write("elsewhere/index.html", "a page")
    elif goal != "site":
        (project.root / goal).mkdir(parents=True)  # the site itself is not there yet
    (project.root / link).parent.mkdir(parents=True, exist_ok=True)
    try:
        (project.root / link).symlink_to(project.root / goal, target_is_directory=True)
    except OSError:
        return  # a system that gives this user no links has no such danger
    before = tree(project.root)
    for command in (("packets", "--to", link if link == "innocent" else "packets"), ("build", "--packets")):
        if command[0] == "build" and link == "innocent":
            continue
        done = project.run(*command)
        assert done.returncode == 1, done.stdout
        assert [
            word for word in ("overlap", "inside a website", "is not ours", "did not make") if word in done.stderr
        ], done.stderr
        held = tree(project.root)
        assert not [path for path in held.keys() - before.keys() if path.endswith("packet.pdf")]


@pytest.mark.parametrize(
    "sign",
    ["index.php", "index.htm", ".htaccess", "CNAME", ".well-known/token", "robots.txt", "public_html/", "htdocs/"],
)
def test_a_website_is_known_by_more_than_an_index(tmp_path: Path, sign: str) -> None:
    """Packets go into no folder that a web server is likely to serve: by what is in it, or by its name."""
    folder = tmp_path / "web" / (sign if sign.endswith("/") else "")
    folder.mkdir(parents=True)
    if not sign.endswith("/"):
        (folder / sign).parent.mkdir(exist_ok=True)
        (folder / sign).write_text("x")
    with pytest.raises(Stopped, match="inside a website"):
        output.check_private(folder / "packets")
    output.check_private(tmp_path / "packets")


def test_a_link_that_leads_to_itself_is_told(project: Project) -> None:
    """A folder for output that is a link in a circle is a problem, and no traceback."""
    (project.root / "site").symlink_to("site")
    done = project.run("build")
    assert done.returncode == 1
    assert "site:1:1: problem: a link to itself (remove it)" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_systems_leave_in_folders_is_not_published(project: Project) -> None:
    """Files that Windows and macOS make in any folder, such as among assets, stop nothing and stay where they are."""
    for folder in ("docs", "docs/assets", "modules/first-steps/images", "cohorts"):
        project.write(f"{folder}/desktop.ini", "x")
        project.write(f"{folder}/Thumbs.db", "x")
    assert project.run("build").returncode == 0
    assert project.run("stage", "made").returncode == 0
    for made in ("site", "made"):
        assert not [path for path in tree(project.root / made) if path.endswith((".ini", ".db"))]


@pytest.mark.parametrize("named", ["out", "./out/", "docs/../out", "'out'"])
def test_the_folder_that_the_settings_name_for_the_site_is_public(project: Project, named: str) -> None:
    """Packets are not written into the site_dir of mkdocs.yml, even before anything is there."""
    project.replace("mkdocs.yml", "theme:", f"site_dir: {named}\ntheme:")
    before = tree(project.root)
    for folder in ("out", "out/x", "OUT/x", "packets/../out"):
        done = project.run("packets", "--to", folder)
        assert done.returncode == 1, folder
        assert "overlap" in done.stderr
        assert "site_dir of mkdocs.yml" in done.stderr
    assert not differing(tree(project.root), before)


def test_the_folder_that_an_option_names_for_the_site_is_public(project: Project, tmp_path: Path) -> None:
    """No packet is written into a site that `--site-dir` put elsewhere, and no site over packets."""
    assert project.run("build", "--site-dir", "../else/where").returncode == 0
    for folder in ("../else/where", "../else/where/x", "../else/x/../where/modules"):
        done = project.run("packets", "--to", folder)
        assert done.returncode == 1, folder
        assert "inside a website" in done.stderr
    assert not list(tmp_path.rglob("packet.pdf"))
    for folder in ("Packets", "packets/x", "modules/../PACKETS/trial"):
        done = project.run("build", "--packets", "--site-dir", folder)
        assert done.returncode == 1, folder
        assert "overlap" in done.stderr
    assert not list(tmp_path.rglob("packet.pdf"))


def test_a_file_in_the_way_is_told(project: Project) -> None:
    """Where a file is in place of a folder, one line says so."""
    project.write("packets", "a file")
    done = project.run("packets")
    assert done.returncode == 1
    assert "is a file" in done.stderr
    assert len(list(itertools.filterfalse(str.isspace, done.stderr.splitlines()))) == 2


def test_named_folders_are_relative_to_where_one_stands(project: Project, tmp_path: Path) -> None:
    """Folders that options name lie where the command is typed; only those that nobody names lie under the root."""
    away = Project(tmp_path / "away")
    shutil.copytree(project.root / "cohorts", away.root / "mine")
    root = ("--root", str(project.root))
    for arguments in (
        ("build", "--site-dir", "my-site"),
        ("packets", "--cohorts", "mine", "--to", "my-packets"),
        ("stage", "my-stage"),
    ):
        done = away.run(*arguments, *root)
        assert done.returncode == 0, done.stderr
    assert {path.name for path in away.root.iterdir()} == {"mine", "my-site", "my-packets", "my-stage"}
    assert not (project.root / "site").exists()
    assert not (project.root / "packets").exists()
    for command in ("build", "packets"):
        said = " ".join(away.run(command, "--help").stdout.split())
        assert f"[default: ({'site' if command == 'build' else 'packets'} under the root)]" in said
        assert "relative to the current folder" in away.run("--help").stdout


def test_manifests_do_not_tell_where_a_cohort_lies(project: Project, tmp_path: Path) -> None:
    """The sources of a packet are named the same wherever its cohort is kept; a problem names the folder as typed."""
    shutil.copytree(project.root / "cohorts", tmp_path / "private")
    for where in ((), ("--cohorts", str(tmp_path / "private")), ("--cohorts", "../private")):
        done = project.run("packets", *where)
        assert done.returncode == 0, done.stderr
        listed = json.loads(project.read("packets/trial/manifest.json"))["artifacts"]
        assert {entry["sources"][0] for entry in listed.values()} == {"cohorts/trial/cohort.yml"}
        assert str(tmp_path) not in project.read("packets/trial/manifest.json")
    (tmp_path / "private/trial/cohort.yml").write_text("format: 2\n", encoding="utf-8")
    said = project.run("packets", "--cohorts", "../private").stderr
    assert "../private/trial/cohort.yml:1:9: problem: unknown format" in said


def test_a_folder_without_cohorts_is_told(project: Project, tmp_path: Path) -> None:
    """A named folder that has no cohort is a problem; of a cohort's own folder the folder above it is asked for."""
    (tmp_path / "empty").mkdir()
    for command in ("check", "packets"):
        done = project.run(command, "--cohorts", "../empty")
        assert done.returncode == 1
        assert done.stderr.startswith(
            "../empty:1:1: problem: no cohort in this folder (each is a folder with a cohort.yml"
        )
        done = project.run(command, "--cohorts", "cohorts/trial")
        assert done.returncode == 1
        assert done.stderr.startswith(
            "cohorts/trial/cohort.yml:1:1: problem: this folder is itself a cohort (name the folder"
        )
        assert len(done.stderr.splitlines()) == 2
    shutil.rmtree(project.root / "cohorts")
    assert project.run("check").returncode == 0
    done = project.run("packets")
    assert done.returncode == 1
    assert "no cohort" in done.stderr


@pytest.mark.parametrize("manifest", ["no json", "[]", '{"artifacts": 3}', "{}", '{"artifacts": ["../../mkdocs.yml"]}'])
def test_an_unreadable_manifest_is_not_taken_for_an_empty_one(project: Project, manifest: str) -> None:
    """With a manifest that is not ours nothing is written and nothing removed."""
    project.write("packets/trial/manifest.json", manifest)
    before = tree(project.root)
    done = project.run("packets")
    assert done.returncode == 1
    assert "not a manifest of ours" in done.stderr
    assert not differing(tree(project.root), before)


def test_an_unreadable_manifest_stops_every_cohort(project: Project) -> None:
    """The packets of a first cohort are not written when the manifest of a second one cannot be read."""
    shutil.copytree(project.root / "cohorts/trial", project.root / "cohorts/zenith")
    project.write("packets/zenith/manifest.json", "no json")
    done = project.run("packets")
    assert done.returncode == 1
    assert "not a manifest of ours" in done.stderr
    assert set(tree(project.root / "packets")) == {"zenith/manifest.json"}


def test_a_manifest_cannot_make_us_remove_what_lies_outside(project: Project) -> None:
    """A manifest that lists files outside its folder removes none of them."""
    listed = {"artifacts": {"../../mkdocs.yml": {}, str(project.root / "modules/glossary.yml"): {}, "gone.txt": {}}}
    project.write("packets/trial/manifest.json", json.dumps(listed))
    project.write("packets/trial/gone.txt", "listed, and so ours to remove")
    assert project.run("packets").returncode == 0
    assert (project.root / "mkdocs.yml").is_file()
    assert (project.root / "modules/glossary.yml").is_file()
    assert not (project.root / "packets/trial/gone.txt").exists()


@pytest.mark.parametrize("folder", ["docs/x", "modules", "site/x", "packets", "cohorts/x", ".", "public"])
def test_a_stage_is_not_written_over_sources(project: Project, folder: str) -> None:
    """A folder that overlaps sources, the site or packets is refused before anything is written."""
    before = tree(project.root)
    done = project.run("stage", folder)
    assert done.returncode == 1
    assert "overlap" in done.stderr
    assert not differing(tree(project.root), before)


def test_a_stage_does_not_overwrite_another_project(project: Project, tmp_path: Path) -> None:
    """A folder that contains someone's documentation is left alone."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mkdocs.yml").write_text("site_name: Another\n", encoding="utf-8")
    done = project.run("stage", str(tmp_path / "other"))
    assert done.returncode == 1
    assert "did not make" in done.stderr
    assert tree(tmp_path / "other") == {"mkdocs.yml": b"site_name: Another\n"}


@pytest.mark.parametrize("folder", ["modules", "cohorts", "modules/x", "builder/x", "packets", "packets/x"])
def test_a_plain_mkdocs_build_spares_the_sources(project: Project, folder: str) -> None:
    """MkDocs, which empties its output folder, is stopped before it empties one that contains sources."""
    project.replace("mkdocs.yml", "theme:", f"site_dir: {folder}\ntheme:")
    before = tree(project.root)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "overlap" in done.stdout + done.stderr
    assert not differing(tree(project.root), before)


@pytest.mark.parametrize("place", ["docs/assets/outside.txt", "docs/assets/folder", "docs/folder", "modules/folder"])
def test_nothing_from_outside_is_published(project: Project, tmp_path: Path, place: str) -> None:
    """A link that leads to a file outside the folder, or to any folder, is reported, and nothing is built."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("A secret.", encoding="utf-8")
    target = tmp_path / "outside" / ("secret.txt" if place.endswith(".txt") else "")
    try:
        (project.root / place).symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        return  # this system gives this user no links
    for command in (("check",), ("build",), ("stage", "made")):
        done = project.run(*command)
        assert done.returncode == 1, command
        assert f"{place}:1:1: problem: " in done.stderr
        assert "link" in done.stderr or "leads out" in done.stderr
    assert not (project.root / "site").exists()


def test_packets_are_never_written_into_a_stage(project: Project) -> None:
    """A stage will be published: packets below it are refused."""
    assert project.run("stage", "made").returncode == 0
    done = project.run("packets", "--to", "made/docs/packets")
    assert done.returncode == 1
    assert "inside a stage" in done.stderr
    assert not (project.root / "made/docs/packets").exists()
