"""Names of files: what no disk, address or archive can take is told by `check`, at the file, and nothing else is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Project
from forks import NOBODY, in_child, needs_fork, open_folder
from output import small as project_of
from planting import lines, small

from builder.model import filenames

PAGE = "# A title\n\nText.\n"

REFUSED = {
    "con.md": "not legal everywhere",
    "Aux.tar.md": "not legal everywhere",
    "COM1.md": "not legal everywhere",
    "a:b.md": "a name with ':'",
    "a?b.md": "a name with '?'",
    "a*b.md": "a name with '*'",
    "a|b.md": "a name with '|'",
    'a"b.md': "a name with '\"'",
    "a\\b.md": "a name with '\\\\\\\\'",
    "a%2fb.md": "a name with '%'",
    "a#b.md": "a name with '#'",
    "a<svg onload=alert>b.md": "a name with '<'",
    "a[b](c).md": "a name with '['",
    "a`b.md": "a name with '`'",
    "a$b;c.md": "a name with '$'",
    "a{b}.md": "a name with '{'",
    "a\nb.md": "a name with '\\\\n'",
    "a\tb.md": "a name with '\\\\t'",
    "a\x1b[31mb.md": "a name with '\\\\x1b'",
    "a\x7fb.md": "a name with '\\\\x7f'",
    "a\u202eb.md": "a name with '\\\\u202e'",
    "a\u00a0b.md": "a name with '\\\\xa0'",
    "a\u200bb.md": "a name with '\\\\u200b'",
    "a\udcffb.md": "not UTF-8",
    " a.md": "begins or ends with a space",
    "a.md ": "begins or ends with a space",
    "x.MD": "ends in .MD (write .md)",
    "x.Md": "ends in .Md (write .md)",
    "a" * 198 + ".md": "a name of 201 bytes (at most 200)",
    "é" * 99 + ".md": "a name of 201 bytes (at most 200)",
}

TAKEN = (
    "a b.md",
    "a.b.md",
    "it's & that, all+1=2 ~@!.md",
    "-a.md",
    "_a_.md",
    "é日本.md",
    "e\u0301.md",
    "a" * 197 + ".md",
    "conx.md",
)


def put(root: Path, path: str, text: str = PAGE) -> None:
    """Write a file whose name may be no text."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("folder", ["docs/guide", "modules/first-steps/handouts"])
def test_names_that_cannot_be_kept_are_told(tmp_path: Path, folder: str) -> None:
    """Each name that a disk, an address, an archive or a terminal would take amiss is one problem, at the file."""
    root = small(tmp_path)
    for name in REFUSED:
        put(root, f"{folder}/{name}")
    found = lines(root)
    for name, why in REFUSED.items():
        place = f"{folder}/{name}".encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        (line,) = [each for each in found if each.startswith(f"{_shown(place)}:1:1: ")]
        assert why.replace("\\\\", "\\") in line
    assert len(found) == len(REFUSED), found


def _shown(path: str) -> str:
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path)


def test_a_folder_with_such_a_name_is_told_once(tmp_path: Path) -> None:
    """Of a folder whose name cannot be kept the folder is reported, and not each file in it."""
    root = small(tmp_path)
    for name in ("one.md", "two.md", "deep/three.md"):
        put(root, f"docs/Q?/{name}")
    (line,) = lines(root)
    assert line.startswith("docs/Q?:1:1: a name with '?'")


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take these names for one")
@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ("docs/guide/case.md", "docs/guide/Case.md", "docs/guide/case.md"),
        ("docs/guide/\u00e9.md", "docs/guide/e\u0301.md", "docs/guide/\u00e9.md"),
        ("docs/guide/x.md", "docs/GUIDE/y.md", "docs/guide"),
        ("docs/guide/stra\u00dfe.md", "docs/guide/STRASSE.md", "docs/guide/stra\u00dfe.md"),
    ],
)
def test_names_that_some_disks_take_for_one_are_told(tmp_path: Path, one: str, two: str, told: str) -> None:
    """Two names that differ in capitals or in how an accent is written are reported, at the second of them."""
    root = small(tmp_path)
    before = lines(root)
    put(root, one)
    put(root, two)
    (line,) = [each for each in lines(root) if each not in before and "some disks" in each]
    assert line.startswith(f"{told}:1:1: some disks take its name for that of")


@pytest.mark.parametrize("page", ["Glossary", "CHANGES", "Modules/x", "References"])
def test_a_page_cannot_differ_from_a_made_one_in_capitals_alone(tmp_path: Path, page: str) -> None:
    """A page that some disks would take for one that is made from the sources is reported."""
    root = small(tmp_path)
    put(root, f"docs/{page}.md")
    (line,) = lines(root)
    assert line.startswith(f"docs/{page}.md:1:1: a page of this name is made from modules/")


@pytest.mark.parametrize("folder", ["modules/first-steps/images", "Modules/x"])
def test_an_image_cannot_be_where_those_of_modules_are(tmp_path: Path, folder: str) -> None:
    """An image that would be published in the place of a module's own is reported."""
    root = small(tmp_path)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
    put(root, f"docs/{folder}/map.svg", drawing)
    (line,) = lines(root)
    assert line.startswith(f"docs/{folder}/map.svg:1:1: images of modules are in modules/")


def test_what_a_system_leaves_is_passed_over(tmp_path: Path) -> None:
    """The picture that macOS keeps in a folder, under a name that nobody can type, is no problem."""
    root = small(tmp_path)
    put(root, "docs/Icon\r", "")
    assert lines(root) == []


def test_what_check_takes_is_built_and_released(tmp_path: Path) -> None:
    """Names that are unusual and plain are pages like others, in the site, in a stage and in an edition."""
    project = project_of(tmp_path / "project")
    for name in TAKEN:
        project.write(f"docs/guide/{name}", PAGE)
        project.write(f"modules/first-steps/handouts/{name}", "## More\n\nText.\n")
    for arguments in (("check",), ("release", "1.0", "--date", "2026-01-01"), ("publish",), ("stage", "staged")):
        done = project.run(*arguments)
        assert done.returncode == 0, done.stderr
    for name in TAKEN:
        assert (project.root / "public/1.0/guide" / name.replace(".md", ".html")).is_file(), name
        assert (project.root / "public/1.0/sources/docs/guide" / f"{name}.txt").is_file(), name


def test_names_in_archives_may_be_older_than_the_rule() -> None:
    """What an archive may contain is judged by what is legal on every disk, so that old editions stay readable."""
    assert filenames.fault_of_path("sources/docs/Q#1 (draft) [a].md") is None
    assert filenames.fault_of_path("docs/con.md") is not None
    assert filenames.fault_of_path("../docs/a.md") == "leads out of its folder"


# Folders that may not be read


@needs_fork
@pytest.mark.parametrize(
    "shut", ["docs/guide", "modules/first-steps/handouts", "modules/first-steps/images", "modules"]
)
def test_a_folder_that_may_not_be_read_is_told(shut: str) -> None:
    """A folder that this user may not look into is one problem, and not taken for an empty one."""
    with open_folder() as folder:
        root = small(folder)
        assert lines(root) == []  # which also loads whatever the other user may not read
        (root / shut).mkdir(exist_ok=True)
        (root / shut).chmod(0o000)
        code, said = in_child(lambda: "\n".join(lines(root)), user=NOBODY)
        (root / shut).chmod(0o755)
    assert code == 0, said
    told = said.splitlines()
    assert f"{shut}:1:1: cannot be read (Permission denied)" in told
    assert "no handout" not in said


@needs_fork
def test_a_file_that_may_not_be_read_is_told() -> None:
    """A file that this user may not read is reported as that, and not as missing."""
    with open_folder() as folder:
        root = small(folder)
        assert lines(root) == []
        (root / "docs/about.md").chmod(0o000)
        (root / "modules/first-steps/module.yml").chmod(0o000)
        code, said = in_child(lambda: "\n".join(lines(root)), user=NOBODY)
    assert code == 0, said
    assert "docs/about.md:1:1: cannot be read (Permission denied)" in said
    assert "modules/first-steps/module.yml:1:1: cannot be read (Permission denied)" in said
    assert "missing file" not in said


def test_every_form_of_a_report_shows_such_names(tmp_path: Path) -> None:
    """In no form of a report does the name of a file begin a line, a workflow's command, or an order to a terminal."""
    project: Project = project_of(tmp_path / "project")
    names = ("x\n::warning::pwned.md", "y\x1b]0;pwned\x07.md", "z\r\n.md", "\u202egnp.md", "w\udcff.md", "v\x9b31m.md")
    for name in names:
        put(project.root, f"docs/guide/{name}")
    for form in ("text", "github", "json"):
        done = project.run("check", "--format", form)
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert all(line.isprintable() for line in said.split("\n")), said
        assert "Traceback" not in said
        if form == "github":
            assert all(line.startswith("::error file=docs/guide/") for line in said.splitlines())
            assert "file=docs/guide/x%0A%3A%3Awarning%3A%3Apwned.md,line=1" in said
    assert project.run("build").returncode == 1
