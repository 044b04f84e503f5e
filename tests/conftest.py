"""Fixtures for every test: a scratch copy of the project, the real command run on it, and the site built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import commands
import hypothesis
import marking
import pytest
from browser import launched, served
from filelock import FileLock
from playwright.sync_api import Browser

# Every process that a test starts imports the program: without compiled files each would compile it anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A machine that is busy makes an example slow, and no promise false. What fails is to fail for everyone: examples are
# always the same.
hypothesis.settings.register_profile(
    "any machine", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("modules", "docs", "cohorts/sample-2021")


PROGRAMS: list[str] = []
"""Programs that the test in hand has started."""

READ: list[str] = []
"""Sources of a curriculum that were opened while tests were collected."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make fuzz`."""
    parser.addoption("--fuzz", type=int, default=0, metavar="ROUNDS", help="rounds of the long versions of tests")


def pytest_configure() -> None:
    """Refuse to run in an environment that was made before `pyproject.toml` gave MkDocs our theme."""
    if "curriculum" not in entry_points(group="mkdocs.themes").names:
        again = "python -m pip install --no-deps --no-build-isolation -e ."
        raise pytest.UsageError(f"MkDocs does not know our theme: install the program again ({again})")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it, its fixtures and their helpers start."""
    marking.mark(items)


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "subprocess.Popen":
        PROGRAMS.append(Path(str(arguments[0])).name)
    elif event == "open" and str(arguments[0]).endswith(("module.yml", "curriculum.yml", "cohort.yml")):
        READ.append(str(arguments[0]))


sys.addaudithook(_note)


def pytest_collection_finish() -> None:
    """Refuse to go on when a curriculum was read: every run would wait for it, however few tests were asked for."""
    if READ:
        raise pytest.UsageError(f"read while tests are collected, and not by a fixture: {READ[0]}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin with no programs, before fixtures start some."""
    PROGRAMS.clear()


@pytest.fixture(autouse=True)
def _fast_or_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that starts a program and has no marker: `make check` would become slow, bit by bit."""
    yield
    if not any(request.node.get_closest_marker(name) for name in ("site", "browser", "command", "slow")):
        started = sorted(set(PROGRAMS) - {"git"})
        assert not started, f"it starts {', '.join(started)}: mark it `command`, or `slow` with a reason"


@dataclass(frozen=True)
class Project:
    """A scratch copy of the project's sources that a test may break."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Write a text file under the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def read(self, path: str) -> str:
        """Read a text file under the root."""
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace the one place where `old` is in a file; fail when it is not there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the real command in the scratch copy."""
        return commands.run(arguments, self.root, environment)


def copy_sources(target: Path) -> Path:
    """Copy what the pipeline reads into a folder."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    return target


@pytest.fixture
def fuzz(pytestconfig: pytest.Config) -> int:
    """How many rounds the long version has; 0 for the short one."""
    return int(pytestconfig.getoption("--fuzz"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A scratch copy of the project."""
    return Project(copy_sources(tmp_path / "project"))


def shared(folder: Path, make: Callable[[Path], object]) -> Path:
    """Have a folder made once for all workers: the first makes it under another name, the others wait for its lock."""
    with FileLock(folder.with_suffix(".lock")):
        if not folder.is_dir():
            making = Path(tempfile.mkdtemp(dir=folder.parent)) / folder.name
            make(making)
            making.rename(folder)
    return folder


def _build(folder: Path) -> None:
    made = Project(copy_sources(folder))
    for command in ("build", "packets"):
        done = made.run(command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The project built once for all workers, site and packets; tests only read it."""
    base = tmp_path_factory.getbasetemp()
    return Project(shared((base if worker_id == "master" else base.parent) / "built", _build))


def _pack(folder: Path) -> None:
    """Make a wheel from a copy of what the repository keeps of the program."""
    source = folder.parent / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "builder", source / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    command = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(source))
    subprocess.run([sys.executable, "-m", "pip", *command], check=True, capture_output=True)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The program as a wheel, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = shared((base if worker_id == "master" else base.parent) / "wheel", _pack)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(built: Project) -> Iterator[str]:
    """The address of the built site on a local server."""
    with served(built.root / "site") as address:
        yield address
