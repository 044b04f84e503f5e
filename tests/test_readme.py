"""The README says what is so: its five commands for two editions do, as written, what it says that they do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Project


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a shell of Unix")
def test_two_editions_in_five_commands(project: Project, tmp_path: Path) -> None:
    """Run as written, the five commands make two editions, tell the change that the README shows, and publish both."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Two editions, in five commands")[2]
    commands, said = re.findall(r"```\n(.*?)```", section, re.DOTALL)[:2]
    assert len(commands.strip().split("\n")) == 5
    program = tmp_path / "curriculum"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m builder "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        ["sh", "-e", "-c", commands], cwd=project.root, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "{+" in said
    assert said.strip() in done.stdout
    assert (project.root / "public/2026.1/index.html").is_file()
    assert (project.root / "public/2026.2/change-sheet.pdf").is_file()
