"""The papers for those who work on the repository: what they name is there, and what programs read is well formed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "SECURITY.md")
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))
EXAMPLES = {"builder/documents/briefs.py", "builder/documents/templates/brief.md.j2", "builder/press/layouts/brief.typ"}
"""Files that a recipe has its reader write."""


def targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", PAPERS)
def test_papers_lead_to_what_is_there(name: str) -> None:
    """Each link of a paper leads to a file of the repository, and each target of make that it names to one there is."""
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https:)([^)#]+)", text)
    assert not [target for target in linked if not (ROOT / target).exists()]
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets()


def test_the_recipes_name_what_is_there() -> None:
    """Each file and folder that CONTRIBUTING.md names is there, but for those that it has its reader write."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {path for path in re.findall(r"`([\w.]+(?:/[\w.]*)+)(?: [^`]*)?`", text) if path.split("/")[0] != ".venv"}
    assert len(named) > 10
    rooms = {path for path in named if not (ROOT / path).exists()}
    assert {path for path in rooms if not (ROOT / "builder" / path).exists()} == EXAMPLES


def test_the_changelog_begins_with_what_is_not_released() -> None:
    """CHANGELOG.md has a section for what is not yet released first, and then one for each version, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *released = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+, \d{4}-\d\d-\d\d", each) for each in released)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {"Added", "Changed", "Fixed", "Removed"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_one(path: Path) -> None:
    """A form has a name, a description and fields of kinds that GitHub knows, with labels and ids of their own."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() <= {"name", "description", "labels", "body"}
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} <= {"input", "textarea"}
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_hooks_are_our_own() -> None:
    """Hooks run what our own environment has, so that nothing is downloaded and `make lint` says the same."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [each["repo"] for each in hooks["repos"]] == ["local"]
    assert all(hook["language"] == "system" for hook in hooks["repos"][0]["hooks"])
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks["repos"][0]["hooks"])
    lint = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    entries = [hook["entry"].removeprefix(".venv/bin/") for hook in hooks["repos"][0]["hooks"]]
    for command in ("python -m ruff check", "python -m ruff format", "python -m mypy", "lint-imports --no-cache"):
        assert any(entry.startswith(command) for entry in entries), command
        assert f"$(BIN)/{command}" in lint


def test_the_container_sets_up_as_everyone_does() -> None:
    """The development container makes its environment by a target of the Makefile."""
    settings = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert settings["postCreateCommand"].removeprefix("make ") in targets()
