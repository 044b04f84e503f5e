"""What the project is supplied with: workflows, locks, licenses, and what it says of its security."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import licenses
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
OF_NEW = ROOT / "builder/scaffold/templates/check-workflow.yml"
"""The workflow of a new curriculum, to which the same rules apply."""

WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), OF_NEW]

TRIGGERS = {"pull_request", "push", "workflow_dispatch"}
"""What may start a workflow. Those that run a fork's code with our rights (`pull_request_target`, …) are not here."""

OUR_OWN = ("pip", "curriculum", "python", ".ci/run", "make")
"""Words of a step that runs packages, the program or what a change proposes."""


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """The jobs of a workflow by their names."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"])


each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def token(step: dict[str, Any]) -> bool:
    """Whether a step is given a token by its settings."""
    return bool(re.search(r"github\.token|secrets\.", f"{step.get('env')} {step.get('with')} {step.get('run')}"))


def test_the_workflow_linter_finds_nothing() -> None:
    """zizmor, as an auditor would run it, finds nothing in .github and in the workflow of a new curriculum."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("zizmor")),
            "--offline",
            "--no-progress",
            "--persona=auditor",
            "--strict-collection",
            ".github",
            str(OF_NEW),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@each_workflow
def test_no_workflow_runs_a_stranger_with_our_rights(path: Path) -> None:
    """Workflows start by harmless triggers, give nothing by default, and let a newer run or none stand beside them."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    started = workflow[True]  # YAML 1.1 reads the key `on` so
    assert set(started) <= TRIGGERS
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    assert "env" not in workflow
    assert "secrets." not in text


@each_workflow
def test_every_job_has_few_rights_and_an_end(path: Path) -> None:
    """Every job says what it may do and when it is ended; its actions are pinned; checkouts keep no token."""
    for job in jobs(path).values():
        assert job["permissions"]
        assert 0 < job["timeout-minutes"] <= 90
        assert "env" not in job
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@each_workflow
def test_what_may_write_runs_nothing_of_ours(path: Path) -> None:
    """A job that may write runs no package and no program of ours; in others a token comes before them, for `gh`."""
    for job in jobs(path).values():
        ran = False
        for step in job["steps"]:
            words = step.get("run", "")
            ours = any(re.search(rf"(?:^|[\s;&|]){re.escape(word)}\b", words) for word in OUR_OWN)
            ran |= ours
            if token(step):
                assert not ran, "a token after packages or the program were run"
                assert re.search(r"^\s*gh ", words, re.MULTILINE)
        if "write" in job["permissions"].values():
            assert not ran
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])


def test_workflows_name_what_is_there() -> None:
    """Every test file that a workflow runs is there."""
    for path in WORKFLOWS:
        for name in re.findall(r"tests/\w+\.py", path.read_text(encoding="utf-8")):
            assert (ROOT / name).is_file(), f"{path.name}: {name}"


def test_updates_wait_a_week() -> None:
    """Updates are proposed for packages and for actions, and none on the day on which it comes out."""
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)


def test_the_locks_hold_hashes_and_name_no_index() -> None:
    """Every pinned package has a hash, and no lock says where packages come from."""
    for name in licenses.LOCKS:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, block


def test_every_package_is_listed_with_its_license() -> None:
    """THIRD-PARTY.md has each package of the locks: its version, its license as installed, and what it is for."""
    assert licenses.written() == licenses.LIST.read_text(encoding="utf-8"), "run `make licenses`"
    named = {each.name for lock in licenses.LOCKS for each in licenses.locked(lock)}
    listed = licenses.listed()
    assert listed.keys() == named
    assert not [name for name, (_, license, purpose) in listed.items() if license == "?" or not purpose.strip(" ?")]


@pytest.mark.parametrize(
    ("lock", "allowed"),
    [(licenses.LOCKS[0], licenses.ALLOWED), (licenses.LOCKS[1], licenses.ALLOWED_IN_TESTS)],
    ids=licenses.LOCKS,
)
def test_licenses_are_on_the_list(lock: str, allowed: frozenset[str]) -> None:
    """The program uses packages of permissive licenses and MPL-2.0 alone; tests may use a few more."""
    listed = licenses.listed()
    found = {each.name: licenses.license_of(each.name) or listed[each.name][1] for each in licenses.locked(lock)}
    assert {name: license for name, license in found.items() if not licenses.is_allowed(license, allowed)} == {}


@pytest.mark.parametrize(
    ("license", "allowed"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("Proprietary", False),
        ("?", False),
        ("", False),
    ],
)
def test_an_expression_is_allowed_by_its_parts(license: str, allowed: bool) -> None:  # noqa: FBT001
    """All that is joined by AND must be on the list; of what is joined by OR, one."""
    assert licenses.is_allowed(license, licenses.ALLOWED) is allowed


def test_what_lies_in_the_repository_is_listed() -> None:
    """The parts by others that are in the repository are there, and their licenses are on the list."""
    section = licenses.LIST.read_text(encoding="utf-8").partition("## In this repository")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| (`.+?`) \| (\S+) \|", section, re.MULTILINE)
    assert len(rows) == 5
    for places, license in rows:
        assert licenses.is_allowed(license, licenses.ALLOWED)
        assert all((ROOT / place).exists() for place in re.findall("`(.+?)`", places))


def test_security_is_described_by_what_is_there() -> None:
    """SECURITY.md leads to files that exist, names no address of a person, and trust.md says who is trusted."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target
    assert "@" not in text
    assert "# Who is trusted with what" in (ROOT / "docs/trust.md").read_text(encoding="utf-8")
