"""An edition says which program made it: a version that moves with every change, and the commit where git knows it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from conftest import ROOT

from builder import VERSION
from builder.pipeline import provenance, releases
from builder.sources import git


def settings() -> dict[str, Any]:
    """Read the settings of the project."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_moves_with_each_file_of_the_program(tmp_path: Path) -> None:
    """A changed, a new and a renamed file of the program each make another checksum; what a cache leaves makes none."""
    package = tmp_path / "builder"
    for path in ("__init__.py", "press/layouts/shared/tree.typ", "documents/templates/guide.md.j2"):
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "builder" / path, package / path)
    seen = [provenance.checksum(package)]
    (package / "__pycache__").mkdir()
    (package / "__pycache__/x.cpython-311.pyc").write_bytes(b"x")
    (package / ".x.py").write_bytes(b"x")
    (package / "press/layouts/shared/tree.typ~").write_bytes(b"x")
    assert provenance.checksum(package) == seen[0]
    with (package / "press/layouts/shared/tree.typ").open("ab") as file:
        file.write(b"\n")
    seen.append(provenance.checksum(package))
    (package / "press/layouts/new.typ").write_bytes(b"")
    seen.append(provenance.checksum(package))
    (package / "press/layouts/new.typ").rename(package / "press/next.typ")
    seen.append(provenance.checksum(package))
    assert len({*seen}) == 4


def test_every_file_of_the_package_counts() -> None:
    """What a wheel holds by its settings is what the checksum is made of."""
    given = settings()["tool"]["setuptools"]["package-data"]["*"]
    assert {*provenance.SUFFIXES} == {".py", *(pattern.removeprefix("*") for pattern in given)}
    tracked = subprocess.run(
        ["git", "ls-files", "builder"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [path for path in tracked if not path.endswith(provenance.SUFFIXES)] == []


def test_the_package_has_the_version_of_the_program() -> None:
    """The number is written once, where the program and its package read it."""
    assert "version" not in settings()["project"]
    assert settings()["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "builder.VERSION"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_an_edition_says_which_program_made_it() -> None:
    """Among the tools of an edition stand the program's version with its checksum, and the commit that it is at."""
    tools = releases.tools()
    assert re.fullmatch(re.escape(VERSION) + r"\+[0-9a-f]{12}", tools[provenance.NAME])
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert tools[f"{provenance.NAME} commit"].split(" ")[0] == commit.strip()


def test_a_program_that_no_repository_keeps_has_no_commit(tmp_path: Path) -> None:
    """An installed program, also one within somebody's repository, claims no commit."""
    package = shutil.copytree(ROOT / "builder", tmp_path / "env/builder", ignore=shutil.ignore_patterns("fonts"))
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert git.program(package) is None
    assert (git.program() or "").split(" ")[0] == (git.program(ROOT / "builder") or "").split(" ")[0] != ""
