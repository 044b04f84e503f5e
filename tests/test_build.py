"""Building: that it does not depend on where, when and by whom it is done, and what happens when something is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Project
from output import differing, small, tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be broken."""
    return small(tmp_path / "project")


def mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run plain MkDocs on a project."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# That it does not depend on where, when and by whom it is built


def test_mkdocs_makes_the_same_site(built: Project, tmp_path: Path) -> None:
    """Plain `mkdocs build --strict` gives byte for byte what `curriculum build` gives."""
    done = mkdocs(built.root, "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert not differing(tree(tmp_path / "site"), tree(built.root / "site"))


def test_builds_are_the_same_everywhere(built: Project, tmp_path: Path) -> None:
    """Folder, order of files, umask, time zone, language, home, hash seed and day leave no trace in what is made."""
    root = tmp_path / "Ein anderer Ordner, mit Ümlaut"
    kept = [
        path
        for path in built.root.rglob("*")
        if path.is_file() and path.relative_to(built.root).parts[0] not in {"site", "packets"}
    ]
    for path in sorted(kept, reverse=True):
        (root / path.relative_to(built.root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, root / path.relative_to(built.root))
        os.utime(root / path.relative_to(built.root), (1_000_000_000, 1_000_000_000))
    (tmp_path / "home").mkdir()
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
        "HOME": str(tmp_path / "home"),
        "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": "1000000000",
        "PYTHONUTF8": "0",
    }
    before = os.umask(0o077)
    try:
        for arguments in (("build",), ("packets", "--team", "western-hemlock")):
            done = Project(root).run(*arguments, **elsewhere)
            assert done.returncode == 0, done.stdout + done.stderr
    finally:
        os.umask(before)
    assert not differing(tree(root / "site"), tree(built.root / "site"))
    packet = Path("packets/sample-2021/western-hemlock/packet.pdf")
    assert (root / packet).read_bytes() == (built.root / packet).read_bytes()


# What happens when something is wrong


def test_a_broken_module_costs_nothing(project: Project) -> None:
    """With a problem in one module every command that writes exits 1, tells the place, and leaves all that it made."""
    for command in (("build",), ("packets",), ("stage", "stage")):
        assert project.run(*command).returncode == 0
    before = tree(project.root)
    fault = "modules/first-steps/module.yml"
    project.replace(fault, "reading_minutes: ", "reading_minutes: about ")
    before[fault] = (project.root / fault).read_bytes()
    line = project.read(fault).partition("reading_minutes")[0].count("\n") + 1
    place = f"{fault}:{line}:18: "
    for command in (("build",), ("packets",), ("stage", "stage")):
        done = project.run(*command)
        assert done.returncode == 1, command
        assert place in done.stderr, done.stderr
        assert "nothing was written" in done.stderr
        assert "Traceback" not in done.stderr
        assert not differing(tree(project.root), before), command
    assert not list(project.root.glob(".*"))
    done = mkdocs(project.root)
    assert done.returncode == 1
    assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert not differing(tree(project.root), before)


BROKEN = {
    "broken.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"></svg>',
    "broken.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR, and then the copying broke off \xff",
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_image_that_cannot_be_printed_is_a_problem(project: Project, name: str) -> None:
    """A broken image, which only the press notices, is told as a problem of what it is in, and nothing is written."""
    (project.root / "modules/first-steps/images" / name).write_bytes(BROKEN[name])
    project.replace("modules/first-steps/handouts/sheet.md", "\n[WRITE: 3]\n", f"\n![A picture](images/{name})\n")
    before = tree(project.root)
    for done in (
        project.run("build"),
        project.run("packets", "--team", "cedar"),
        project.run("stage", "made"),
        mkdocs(project.root),
    ):
        assert done.returncode == 1
        assert "Traceback" not in done.stderr, done.stderr
        assert "cannot be printed" in done.stderr, done.stderr
        assert "first-steps" in done.stderr or "cedar" in done.stderr
    assert not differing(tree(project.root), before)
    assert not list(project.root.glob(".*"))


def test_what_the_host_warns_of_stops_the_build(project: Project) -> None:
    """An error of the site's host, such as a setting that it cannot read, stops a build, and the old site stays."""
    project.write("site/index.html", "the last good site")
    project.write("site/manifest.json", '{"artifacts": {"index.html": {}}}')
    settings = project.read("mkdocs.yml")
    for fault in (
        "\nextra_css: [\n",
        "\ndocs_dir: missing\n",
        "\ndraft_docs: '*.md'\nvalidation: {}\nunknown_setting: 1\n",
    ):
        project.write("mkdocs.yml", settings + fault)
        before = tree(project.root)
        done = project.run("build")
        assert done.returncode == 1, fault
        assert "mkdocs.yml:" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert not differing(tree(project.root), before), fault


def test_paper_is_chosen(project: Project) -> None:
    """`build --paper a4` prints on A4; without it, and so by default, on Letter."""
    assert project.run("build", "--paper", "a4").returncode == 0
    with pikepdf.open(project.root / "site/modules/first-steps/first-steps-guide.pdf") as pdf:
        assert [round(float(length)) for length in pdf.pages[0].mediabox] == [0, 0, 595, 842]
