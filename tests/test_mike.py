"""For people who live with mike: it deploys this curriculum as it does any MkDocs project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from test_release import committed, git


def test_mike_deploys(tmp_path: Path) -> None:
    """`mike deploy` puts two versions on a branch, each whole, with its address, listed as the selector reads it."""
    project = committed(tmp_path / "project")
    chosen = "site_url: https://steps.example.edu/\nextra:\n  editions: true\n"
    project.write("mkdocs.yml", project.read("mkdocs.yml") + chosen)
    for name, value in (("user.name", "nobody"), ("user.email", "nobody@example.org")):
        git(project.root, "config", name, value)
    tools = Path(sys.executable).parent
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    for arguments in (("2025.2",), ("2026.1", "latest")):
        done = subprocess.run(
            [tools / "mike", "deploy", *arguments], cwd=project.root, capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    listed = json.loads(git(project.root, "show", "gh-pages:versions.json"))
    assert listed == [
        {"version": "2026.1", "title": "2026.1", "aliases": ["latest"]},
        {"version": "2025.2", "title": "2025.2", "aliases": []},
    ]
    files = git(project.root, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    for version in ("2025.2", "2026.1"):
        assert f"{version}/modules/first-steps/first-steps-guide.pdf" in files
        page = git(project.root, "show", f"gh-pages:{version}/about.html")
        assert f'<link rel="canonical" href="https://steps.example.edu/{version}/about.html">' in page
        assert "data-editions" in page or "editions.js" in page
