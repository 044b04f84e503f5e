"""Building: that it does not depend on where, when and by whom it is done, and what happens when something is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import yaml
from conftest import ROOT, Project
from output import differing, small, tree
from planting import Fault, assert_told


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
    "broken.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"></svg>', "an SVG with width='0' ("),
    "broken.png": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR, and nothing of a picture \xffIEND\xaeB`\x82",
        "a damaged PNG image (",
    ),
    "half.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a damaged PNG image ("),
    "half.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a damaged JPEG image ("),
}
"""Images that cannot be shown or printed, with what is wrong; a whole one of each kind prints in other tests."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_image_is_told_at_its_place(project: Project, name: str) -> None:
    """An image that cannot be shown or printed is a problem at the image, for every command, and nothing is written."""
    (project.root / "modules/first-steps/images" / name).write_bytes(BROKEN[name][0])
    project.replace("modules/first-steps/handouts/sheet.md", "\n[WRITE: 3]\n", f"\n![A picture](images/{name})\n")
    before = tree(project.root)
    for done in (
        project.run("check"),
        project.run("build"),
        project.run("packets", "--team", "cedar"),
        project.run("stage", "made"),
        mkdocs(project.root),
    ):
        assert done.returncode == 1
        assert "Traceback" not in done.stderr, done.stderr
        assert re.search(rf"images/{name}:1:1: (problem: )?{re.escape(BROKEN[name][1])}", done.stderr), done.stderr
    assert not differing(tree(project.root), before)
    assert not list(project.root.glob(".*"))


def test_what_the_host_warns_of_stops_the_build(project: Project) -> None:
    """An error of the site's host, such as a setting that it cannot read, stops a build, and the old site stays."""
    project.write("site/index.html", "the last good site")
    project.write("site/manifest.json", '{"artifacts": {"404.html": {}}}')
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


HOST = "mkdocs.yml"
PLUGINS = "plugins:\n  - curriculum\n"
THEME = "theme:\n  name: curriculum\n"
TOP = "site_name: Small steps\n"

SETTINGS = (
    Fault(HOST, PLUGINS, "¦plugins:\n", "plugins lack 'curriculum' ("),
    Fault(HOST, PLUGINS, "¦plugins:\n  - curiculum\n", "plugins lack 'curriculum' ("),
    Fault(HOST, PLUGINS, "¦plugins:\n  curriculum: {}\n", "plugins: a list expected ("),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦[search]\n", "a name expected ("),
    Fault(HOST, PLUGINS, f"{PLUGINS}  - ¦search\n", "plugin 'search' is set by the program (leave it out)"),
    Fault(
        HOST, PLUGINS, f"{PLUGINS}  - ¦material/offline: {{}}\n", "plugin 'material/offline' is set by the program ("
    ),
    Fault(HOST, THEME, "¦theme:\n", "theme lacks its name (must be curriculum)"),
    Fault(HOST, THEME, "theme:\n  name: ¦material\n", "theme.name is 'material' (must be curriculum)"),
    Fault(HOST, THEME, "theme: ¦material\n", "theme is 'material' (must be curriculum)"),
    Fault(HOST, THEME, "theme:\n  ¦name:\n", "theme.name has no value ("),
    Fault(HOST, THEME, "", "theme lacks its name (must be curriculum)", at="1:1"),
    Fault(
        HOST,
        TOP,
        f"{TOP}markdown_extensions:\n  - ¦codehilite\n",
        "unknown extension 'codehilite' (known: admonition, ",
    ),
    Fault(HOST, TOP, f"{TOP}markdown_extensions:\n  - ¦toc: {{permalink: true}}\n", "options of 'toc' ("),
    Fault(HOST, TOP, f"{TOP}docs_dir: ¦@docs\n", "not valid YAML: "),
    Fault(HOST, TOP, f"{TOP}docs_dir: ¦!ENV docs\n", "a YAML tag '!ENV' ("),
    Fault(HOST, TOP, f"{TOP}¦{TOP}", "duplicate key 'site_name' ("),
    Fault(HOST, TOP, f"{TOP}¦extra_cs: []\n", "unknown key 'extra_cs' (did you mean 'extra_css'?)"),
    Fault(HOST, TOP, f"{TOP}use_directory_urls: ¦true\n", "use_directory_urls is 'true' (must be false)"),
    Fault(HOST, TOP, f"{TOP}docs_dir: ¦dox\n", "docs_dir is 'dox' (must be docs)"),
    Fault(
        HOST,
        TOP,
        f"{TOP}extra_css: [¦assets/stylesheets/typ.css]\n",
        "missing file 'assets/stylesheets/typ.css' (did you mean 'assets/stylesheets/type.css'?)",
    ),
    Fault(HOST, "", "- a", "keys and values expected", at="1:1"),
    Fault(HOST, "", "# none", "empty file", at="1:1"),
)


@pytest.mark.parametrize("fault", SETTINGS, ids=str)
def test_settings_of_the_host_are_checked(fault: Fault, tmp_path: Path) -> None:
    """A slip in mkdocs.yml is one problem, reported at its place with what is allowed."""
    assert_told(fault, tmp_path)


@pytest.mark.parametrize("fault", [SETTINGS[0], SETTINGS[7], SETTINGS[13], SETTINGS[16]], ids=str)
def test_commands_tell_slips_in_settings(project: Project, fault: Fault) -> None:
    """Every command that needs mkdocs.yml tells what is wrong there, without a traceback, and writes nothing."""
    place = fault.plant(project.root)
    before = tree(project.root)
    for arguments in (("check",), ("build",), ("stage", "made"), ("serve", "--address", "127.0.0.1:0")):
        done = project.run(*arguments)
        assert done.returncode == 1, arguments
        assert done.stderr.startswith(f"{place}: problem: {fault.message}"), (arguments, done.stderr)
        assert "Traceback" not in done.stderr, (arguments, done.stderr)
    assert not differing(tree(project.root), before)
    (project.root / HOST).unlink()
    assert "mkdocs.yml:1:1: problem: missing file" in project.run("check").stderr


def test_the_plugin_may_have_options(project: Project, tmp_path: Path) -> None:
    """With options beside its name the plugin is still ours: a site is built, and a stage does without it."""
    project.replace("mkdocs.yml", "  - curriculum\n", "  - curriculum: {paper: a4}\n")
    assert project.run("check").returncode == 0
    done = project.run("stage", str(tmp_path / "made"))
    assert done.returncode == 0, done.stderr
    assert "curriculum" not in yaml.safe_load((tmp_path / "made/mkdocs.yml").read_text(encoding="utf-8"))["plugins"][0]


def test_paper_is_chosen(project: Project) -> None:
    """`build --paper a4` prints on A4; without it, and so by default, on Letter."""
    assert project.run("build", "--paper", "a4").returncode == 0
    with pikepdf.open(project.root / "site/modules/first-steps/first-steps-guide.pdf") as pdf:
        assert [round(float(length)) for length in pdf.pages[0].mediabox] == [0, 0, 595, 842]


def test_a_broken_anchor_is_told_beside_other_problems(project: Project) -> None:
    """A link to an anchor that a page lacks is reported at once, and does not wait until all else is fixed."""
    project.write("docs/about.md", project.read("docs/about.md") + "\n[A place](facilitate/index.md#nowhere)\n")
    project.replace("modules/first-steps/module.yml", "verb: ", "verbs: ")
    said = project.run("check").stderr
    assert "unknown key 'verbs'" in said
    assert "link to an unknown anchor 'facilitate/index.md#nowhere'" in said
