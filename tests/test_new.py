"""`curriculum new`: a curriculum, a module and a cohort to begin with, which pass a check as they are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from conftest import ROOT
from output import printed, tree
from planting import everything
from test_theme import assert_is_dressed

from builder.cli import main
from builder.dialect.marks import TO_WRITE
from builder.loading import cohorts

TITLE = 'Ask & "wait": a course'
SETTINGS = "modules/curriculum.yml"


def command(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, arguments)


def problems(root: Path) -> list[str]:
    """What a check finds that stops a build."""
    return [str(problem) for problem in everything(root) if problem.severity == "problem"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A curriculum as `curriculum new` writes it."""
    done = command("new", str(tmp_path / "course"), "--title", TITLE)
    assert done.exit_code == 0, done.output
    return tmp_path / "course"


def test_a_new_curriculum_has_no_problem(course: Path) -> None:
    """It passes a check without a notice; its title is everywhere as it was given."""
    found = everything(course)
    assert found == ()
    assert problems(course) == []
    assert yaml.safe_load((course / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"] == TITLE
    assert yaml.safe_load((course / SETTINGS).read_text(encoding="utf-8"))["title"] == TITLE
    assert (course / "README.md").read_text(encoding="utf-8").startswith(f"# {TITLE}\n")


def test_a_new_curriculum_is_small_and_has_what_a_repository_needs(course: Path) -> None:
    """Two modules, settings for git, GitHub and editors, a README; no mark of a template is left."""
    files = tree(course)
    assert {
        ".gitignore",
        ".editorconfig",
        ".github/workflows/check.yml",
        "README.md",
        "requirements.txt",
    } <= files.keys()
    assert sum(path.endswith("/module.yml") for path in files) == 2
    assert len(files) <= 20
    assert sum(data.count(b"\n") for data in files.values()) < 500
    assert not [path for path, data in files.items() if b"@@" in data or TO_WRITE.encode() in data]


def test_git_leaves_out_teams_and_what_is_made(course: Path) -> None:
    """A cohort, packets and a site in a new curriculum are never committed by a slip."""
    subprocess.run(["git", "init", "-q"], cwd=course, check=True)
    for path in (
        "cohorts/spring/cohort.yml",
        "packets/x.pdf",
        "site/index.html",
        "public/index.html",
        "editions/1.0.zip",
    ):
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_text("x")
    done = subprocess.run(
        ["git", "status", "--short", "--untracked-files=all"], cwd=course, check=True, capture_output=True, text=True
    )
    unseen = {line.partition("?? ")[2] for line in done.stdout.splitlines()}
    assert {path for path in unseen if path.startswith(("cohorts", "packets", "site", "public"))} == set()
    assert {"editions/1.0.zip", SETTINGS, "README.md"} <= unseen


@pytest.mark.parametrize("title", ["", "  ", "*Bold*", "A <b>", "A\nB"])
def test_a_title_that_pages_cannot_show_is_refused(tmp_path: Path, title: str) -> None:
    """A title is plain words; what is wrong is said, and nothing is written."""
    done = command("new", str(tmp_path / "course"), "--title", title)
    assert done.exit_code == 2
    assert "--title" in done.output
    assert not list(tmp_path.iterdir())


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    """A folder that is not empty stays as it is, and so does a file; an empty folder is filled."""
    for name in ("file", "full/.hidden", "full/inner/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "empty").mkdir()
    before = tree(tmp_path)
    for folder, why in (("full", "is not empty"), ("file", "is there already, and is no folder")):
        done = command("new", str(tmp_path / folder), "--title", TITLE)
        assert done.exit_code == 1
        assert why in done.output
        assert tree(tmp_path) == before
    assert command("new", str(tmp_path / "empty"), "--title", TITLE).exit_code == 0
    assert (tmp_path / "empty" / SETTINGS).is_file()


def test_nothing_is_half_written(tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses in the middle, all is as it was: no folder, no file, no module in the order."""
    before = tree(tmp_path)
    written: list[Path] = []
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        written.append(self)
        if len(written) == 3:
            raise OSError(28, "No space left on device", str(self))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    for arguments in (
        ("new", str(tmp_path / "other"), "--title", TITLE),
        ("new", "module", "more", "--root", str(course)),
    ):
        written.clear()
        done = command(*arguments)
        assert done.exit_code == 1
        assert "no space is left on its disk" in done.output
        assert tree(tmp_path) == before


def test_a_module_that_cannot_be_listed_is_not_there(
    tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When only the settings cannot be replaced, the new folder is taken back."""
    before = tree(tmp_path)
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if self.name == "changed":
            raise OSError(30, "Read-only file system", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    assert command("new", "module", "more", "--root", str(course)).exit_code == 1
    assert tree(tmp_path) == before


def test_a_new_module_passes_and_says_what_is_left_to_write(course: Path) -> None:
    """Its files pass a check, it is last in the order, and both list each text to write at its place."""
    before = (course / SETTINGS).read_text(encoding="utf-8")
    done = command("new", "module", "saying-goodbye", "--root", str(course))
    assert done.exit_code == 0, done.output
    assert problems(course) == []
    assert (course / SETTINGS).read_text(encoding="utf-8") == before.replace(
        "- waiting\n", "- waiting\n  - saying-goodbye\n"
    )
    left = [line for line in done.output.splitlines() if TO_WRITE in line]
    for line in left:
        path, row, column, _, text = re.fullmatch(r"([^:]+):(\d+):(\d+): (TO WRITE: (.*))", line).groups()[:5]
        written = (course / path).read_text(encoding="utf-8").split("\n")[int(row) - 1]
        assert written[int(column) - 1 :].startswith(TO_WRITE), text
    texts = "".join(data.decode() for path, data in tree(course / "modules/saying-goodbye").items())
    assert len(left) == texts.count(TO_WRITE)
    noticed = {str(each.place) for each in everything(course) if each.message == "still to be written"}
    assert noticed == {line.partition(": ")[0] for line in left}
    assert f"{len(left)} texts to write." in done.output


ORDERS = [
    ("\n  - asking # a\n\n  # then\n  - 'waiting'", "asking", "\n  - asking # a\n  - more\n\n  # then\n  - 'waiting'"),
    ("\n- asking\n- waiting", None, "\n- asking\n- waiting\n- more"),
    (" [asking, waiting] # both", "asking", " [asking, more, waiting] # both"),
    (' ["asking", "waiting"]', None, ' ["asking", "waiting", more]'),
    (" [\n  asking,\n  waiting,\n  ]", None, " [\n  asking,\n  waiting, more,\n  ]"),
]  # fmt: skip
"""How the order of modules may be written, the module to come after, and how it is written then."""


@pytest.mark.parametrize(("written", "after", "expected"), ORDERS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_module_comes_where_it_is_asked_for(
    course: Path, written: str, after: str | None, expected: str, ends: str
) -> None:
    """It is put behind the module that is named, or last, however the list is written; all else stays as it is."""
    path = course / SETTINGS
    text = path.read_text(encoding="utf-8")
    old = "modules:\n  - asking\n  - waiting\n"
    written, expected = f"modules:{written}\n", f"modules:{expected}\n"
    assert old in text
    path.write_bytes(text.replace(old, written).replace("\n", ends).encode())
    done = command("new", "module", "more", *(("--after", after) if after else ()), "--root", str(course))
    assert done.exit_code == 0, done.output
    assert path.read_bytes() == text.replace(old, expected).replace("\n", ends).encode()
    assert problems(course) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("module", "Big Steps"), "'Big Steps' is no id (small letters, digits and single hyphens"),
        (("module", "asking"), f"{SETTINGS}:20:1: problem: there is a module 'asking' (choose another id)"),
        (("module", "more", "--after", "askin"), "no module 'askin' (did you mean 'asking'?)"),
        (("cohort", "Spring"), "'Spring' is no id"),
        (("module",), "Missing argument 'ID'"),
        ((), "Usage: curriculum new"),
        (("there",), "Missing option '--title'"),
    ],
)
def test_what_cannot_be_made_is_said(course: Path, arguments: tuple[str, ...], said: str) -> None:
    """A wrong id, a module that is there, one that is not: each is said in words, and nothing is written."""
    before = tree(course)
    root = ("--root", str(course)) if arguments[:1] in {("module",), ("cohort",)} else ()
    done = CliRunner().invoke(main, ["new", *arguments, *root], prog_name="curriculum")
    assert said in " ".join(done.output.split())
    assert done.exit_code != 0
    assert tree(course) == before


def test_a_broken_curriculum_gets_no_module(course: Path) -> None:
    """What is wrong with the settings is said first, at its place."""
    path = course / SETTINGS
    path.write_text(path.read_text(encoding="utf-8").replace('edition: "1.0-draft"', "edition: xx"), encoding="utf-8")
    before = tree(course)
    done = command("new", "module", "more", "--root", str(course))
    assert done.exit_code == 1
    assert f"{SETTINGS}:8:10:" in done.output
    assert tree(course) == before


def test_a_folder_left_from_before_is_not_overwritten(course: Path) -> None:
    """A folder of the module's or cohort's name that has something in it stays as it is."""
    for folder in ("modules/more", "cohorts/spring"):
        (course / folder).mkdir(parents=True)
        (course / folder / "notes.txt").write_text("Mine.")
    before = tree(course)
    for kind, id in (("module", "more"), ("cohort", "spring")):
        done = command("new", kind, id, "--root", str(course))
        assert "is not empty" in done.output
    assert tree(course) == before


def test_a_new_cohort_passes(course: Path) -> None:
    """Its file passes a check, with one team that meets on every module, and says what is not known yet."""
    done = command("new", "cohort", "spring", "--root", str(course))
    assert done.exit_code == 0, done.output
    assert problems(course) == []
    written = yaml.safe_load((course / "cohorts/spring/cohort.yml").read_text(encoding="utf-8"))
    assert [meeting["module"] for meeting in written["teams"][0]["meetings"]] == ["asking", "waiting"]
    assert written["meeting_minutes"] == 60
    assert cohorts.FOLDER == "cohorts"


def test_folders_named_like_kinds_are_possible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`new ./module` fills a folder of that name, and the option may come first."""
    monkeypatch.chdir(tmp_path)
    assert command("new", "./module", "--title", TITLE).exit_code == 0
    assert command("new", "--title", TITLE, "DIR").exit_code == 0
    assert command("new", "curriculum", "--title", TITLE).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"module", "DIR", "curriculum"}


def test_the_installed_program_makes_everything_of_a_new_curriculum(tmp_path: Path, wheel: Path) -> None:
    """The wheel, in a fresh environment, makes of `new` a site with our look, guides, packets, an edition, changes."""
    environment = installed(wheel, tmp_path / "env")
    course = tmp_path / "course"

    def run(*arguments: str, cwd: Path = course) -> str:
        done = subprocess.run(
            [str(environment / "curriculum"), *arguments], cwd=cwd, env=bare(), capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    run("new", "course", "--title", TITLE, cwd=tmp_path)
    run("new", "module", "more", "--after", "asking")
    run("new", "cohort", "spring")
    assert "No problems" in run("check")
    run("build", "--packets")
    assert_is_dressed(course / "site")
    assert "A question that opens" in printed(course / "site/modules/asking/asking-guide.pdf")
    (packet,) = (course / "packets").rglob("*packet.pdf")
    assert "Team 1" in printed(packet)
    run("release", "1.0", "--date", "2027-01-12")
    reading = course / "modules/asking/reading.md"
    reading.write_text(reading.read_text(encoding="utf-8").replace("by a nod", "by a wink"), encoding="utf-8")
    assert "wink" in run("changes", "1.0", ".")
    run("publish")
    assert (course / "public/1.0/index.html").is_file()
    assert not ROOT.is_relative_to(course)


def bare() -> dict[str, str]:
    """What the environment says, without what leads Python to this repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def installed(wheel: Path, environment: Path) -> Path:
    """Install a wheel alone into a fresh environment, which borrows the packages of this one; give its commands.

    What the wheel brings is found before the program that this environment may have.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    command = ("install", "--no-deps", "--no-index", "--no-compile", str(wheel))
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(environment), *command], check=True, capture_output=True
    )
    (packages,) = environment.rglob("site-packages")
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    said = subprocess.run(
        [str(folder / "python"), "-c", "import builder; print(builder.__file__)"], cwd=environment, env=bare(),
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert Path(said.stdout.strip()).is_relative_to(environment)
    return folder
