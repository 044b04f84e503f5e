"""The command: that it explains itself, keeps quiet where nobody watches, and previews while an author writes."""

from __future__ import annotations

import contextlib
import functools
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from conftest import ROOT, Project
from forks import as_at_a_terminal
from output import differing, small, tree

from builder import markup
from builder.cli import COMMANDS, main


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be broken."""
    return small(tmp_path / "project")


def test_help_names_every_command(project: Project) -> None:
    """`curriculum --help` says what the program is for, where to begin, and names each command with a sentence."""
    for flag in ("--help", "-h"):
        done = project.run(flag)
        assert done.returncode == 0
        assert "facilitator packet per team" in done.stdout
        assert "curriculum check" in done.stdout
        for command in COMMANDS:
            assert re.search(rf"^  {command} +[A-Z].+", done.stdout, re.MULTILINE), command


def test_help_says_of_each_command_what_its_own_help_says_first() -> None:
    """The sentence that `--help` shows of a command, without loading it, is the first one of the command's own help."""
    context = click.Context(main)
    own = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert {name: entry.summary for name, entry in COMMANDS.items()} == {
        name: command.get_short_help_str(200) for name, command in own.items() if command is not None
    }


HEAVY = {
    "PIL", "citeproc", "icalendar", "jinja2", "lxml", "markdown", "mkdocs", "pydantic", "pypdfium2", "segno", "typst",
}  # fmt: skip
"""Packages that take a while to import."""

LOADED = f"""
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted({HEAVY!r} & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    ("file", "spared"),
    [
        ("", HEAVY),
        ("checking", {"icalendar"}),
        ("serving", {"icalendar"}),
        ("packing", {"mkdocs"}),
        ("releasing", {"icalendar"}),
        ("comparing", {"icalendar", "mkdocs", "segno"}),
        ("publishing", {"icalendar", "mkdocs", "segno"}),
    ],
)
def test_a_command_imports_what_it_needs(file: str, spared: set[str]) -> None:
    """`--help` waits for no heavy package, and a command for none that only others need."""
    command = [sys.executable, "-c", LOADED, f"builder.cli.{file}".removesuffix(".")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert spared.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("columns", ["80", "100"])
def test_help_is_whole_and_tells_exit_codes(project: Project, columns: str) -> None:
    """On a usual terminal no sentence of the help is cut; it says what exit codes mean, under the program's name."""
    done = project.run("--help", COLUMNS=columns)
    assert done.stdout.startswith("Usage: curriculum [OPTIONS]")
    assert "..." not in done.stdout.partition("COMMAND")[2].partition("\n")[2]
    said = " ".join(done.stdout.split())
    assert "Exit code 1 means problems" in said
    assert "Notices stop nothing" in said
    assert project.run("check", "--help").stdout.startswith("Usage: curriculum check ")


def test_a_check_counts(project: Project) -> None:
    """`check` shows and counts problems and notices; what builds shows problems, and only counts the notices."""
    page = project.read("docs/about.md")
    for problems, notices, said in (
        (0, 1, "No problems (1 notice). Searched for what only a cohort may contain: trial."),
        (0, 2, "No problems (2 notices). Searched for what only a cohort may contain: trial."),
        (1, 0, "1 problem."),
        (2, 1, "2 problems (1 notice)."),
    ):
        blanks = "".join(f"\n\n[PROGRAM TO SUPPLY: thing {number}]" for number in range(notices))
        faults = "".join(f"\n\n[@nobody-{number}]" for number in range(problems))
        project.write("docs/about.md", page + blanks + faults + "\n")
        done = project.run("check")
        assert (done.stderr if problems else done.stdout).splitlines()[-1] == said
        assert "written" not in done.stdout + done.stderr
    said = project.run("build").stderr
    assert "notice: " not in said  # one problem is soon found, and not among forty notices
    assert said.splitlines()[-1] == "2 problems; nothing was written (1 notice; `curriculum check` shows them)."


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_each_command(project: Project, command: str) -> None:
    """Each command says in a sentence what it does, and what each of its options is for."""
    done = project.run(command, "--help")
    assert done.returncode == 0
    usage, _, rest = done.stdout.partition("\n\n")
    assert f" {command} [OPTIONS]" in usage
    assert re.match(r"\s+[A-Z][^.]+\.", rest)
    options = re.findall(r"^  (?:-\w, )?--[\w-]+(?: [\w\[\]|:]+)?(.*(?:\n {6,}.*)*)", done.stdout, re.MULTILINE)
    assert options
    assert all(re.search(r"[A-Za-z]{3}", said) for said in options), options


def test_a_wrong_command_is_told(project: Project) -> None:
    """A command or an option that is not there exits 2 and says so, without a traceback."""
    for arguments in (("biuld",), ("build", "--nonsense"), ("stage",), ("packets", "--paper", "legal")):
        done = project.run(*arguments)
        assert done.returncode == 2
        assert "Error: " in done.stderr
        assert "Traceback" not in done.stderr


def test_version_is_told(project: Project) -> None:
    """`curriculum --version` names the program and its version."""
    assert re.fullmatch(r"curriculum, version \d+\.\d+\.\d+\n", project.run("--version").stdout)


def test_output_that_nobody_watches_is_plain(project: Project) -> None:
    """Without a terminal there is no progress bar, no color and no escape code; one line says what there is now."""
    for arguments, said in (
        (("check",), "No problems."),
        (("build",), "The site is in site. Open "),
        (("packets",), "11 files for 2 teams in packets."),
        (("stage", "made"), "Build them with: mkdocs build --strict -f made"),
    ):
        done = project.run(*arguments, TERM="xterm-256color", FORCE_COLOR="1", CLICOLOR_FORCE="1")
        assert said in done.stdout
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert "\r" not in done.stdout + done.stderr
        assert not done.stderr, arguments
        assert len(done.stdout.splitlines()) == 1, arguments


def _read(terminal: int) -> bytes:
    """What a terminal still holds; nothing once all is read and nobody writes to it."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


REFUSING = """
import builder.press, builder.cli
builder.press.missing = lambda facts: ["no ink"]
builder.cli.main()
"""
"""The command with a press that refuses everything, as none should that the check has passed."""


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_a_terminal_gets_a_bar_and_gets_its_cursor_back(project: Project) -> None:
    """On a terminal a bar moves while PDFs are made, and is taken away in the end, also when the press refuses one."""
    import pty  # noqa: PLC0415  no such module on Windows

    for code in (0, 1):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
        command = [sys.executable, *(["-c", REFUSING] if code else ["-m", "builder"]), "build"]
        done = subprocess.run(
            command, cwd=project.root, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=False
        )
        os.close(theirs)
        said = b"".join(iter(functools.partial(_read, ours), b"")).decode("utf-8", "replace")
        os.close(ours)
        assert done.returncode == code
        assert "\x1b[?25l" in said
        assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
        assert said.rindex("\x1b[2K") > said.rindex("\x1b[?25h")
        assert "Prints" in said
        bars = [line for line in re.sub(r"\x1b\[[?\d]+[a-zA-Z]", "", said).split("\r") if "Prints" in line]
        assert max(map(len, bars)) <= 80
        assert ("cannot be printed: no ink" in said) is bool(code)
        assert "Traceback" not in said


def test_the_module_is_the_command(project: Project) -> None:
    """The installed command `curriculum` and `python -m builder` are the same program."""
    command = Path(sys.executable).with_name("curriculum.exe" if os.name == "nt" else "curriculum")
    done = subprocess.run(
        [str(command), "check"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, project.run("check").stdout)


def test_it_works_from_elsewhere(project: Project, tmp_path: Path) -> None:
    """With `--root` every command works from any folder, and writes under the root; there it leaves nothing."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    away = Project(elsewhere)
    for arguments in (("build",), ("packets",), ("check",), ("stage", str(tmp_path / "made"))):
        done = away.run(*arguments, "--root", str(project.root))
        assert done.returncode == 0, done.stderr
    assert not tree(elsewhere)
    assert (project.root / "site/index.html").is_file()
    assert (project.root / "packets/trial/cedar/packet.pdf").is_file()
    here = small(tmp_path / "again")
    assert here.run("build").returncode == 0
    assert not differing(tree(here.root / "site"), tree(project.root / "site"))


@pytest.mark.parametrize(
    ("here", "root"), [("..", "project"), ("docs/guide", "../.."), ("site", ".."), ("packets/trial", "../..")]
)
def test_it_works_from_any_folder_by_a_relative_path(project: Project, here: str, root: str) -> None:
    """With a relative `--root` the same is made, from above and from within, also from within what is replaced."""
    assert project.run("build", "--packets").returncode == 0
    before = {path: data for path, data in tree(project.root).items() if not path.startswith("packets/")}
    away = Project((project.root / here).resolve())
    for arguments in (("build",), ("packets", "--only", "follow-up")):
        done = away.run(*arguments, "--root", root)
        assert (done.returncode, "Searched for" in done.stdout or arguments[0] == "packets") == (0, True), done.stderr
        away = Project((project.root / here).resolve())  # a folder that was replaced is another one of this name
    after = {path: data for path, data in tree(project.root).items() if not path.startswith("packets/")}
    assert not differing(before, after)
    assert sorted(path.name for path in project.root.parent.iterdir()) == ["project"]
    assert not list(project.root.rglob("*.tmp-*"))


def test_a_folder_without_a_curriculum_is_told(tmp_path: Path) -> None:
    """In a folder that has no curriculum, each command says what is missing, and writes nothing."""
    empty = Project(tmp_path / "empty")
    empty.root.mkdir()
    for arguments in (("check",), ("build",), ("packets",), ("stage", "made"), ("serve",)):
        done = empty.run(*arguments)
        assert done.returncode == 1, arguments
        assert "modules/curriculum.yml" in done.stderr or "mkdocs.yml" in done.stderr
        assert "Traceback" not in done.stderr, done.stderr
    assert not tree(empty.root)


# The preview


class Preview:
    """A preview that runs, and what it says."""

    def __init__(self, project: Project, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = log
        with log.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "builder", "serve", "--address", f"127.0.0.1:{self.port}"],
                cwd=project.root,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=as_at_a_terminal if os.name == "posix" else None,  # noqa: PLW1509  no other thread yet
            )

    def get(self, path: str) -> tuple[int, str]:
        """Fetch a page; 0 while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def wait(self, met: Callable[[], bool], seconds: float = 20) -> None:
        """Look again and again until a condition is met; fail with what the preview said when it never is."""
        until = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < until, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        """Read what the preview has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture
def preview(project: Project, tmp_path: Path) -> Iterator[Preview]:
    """Give a running preview of the small curriculum, ended after the test."""
    running = Preview(project, tmp_path / "preview.log")
    try:
        running.wait(lambda: running.get("/")[0] == 200, 30)
        yield running
    finally:
        running.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.process.wait(10)
        running.process.kill()
        running.process.wait()


def test_a_preview_follows_what_an_author_writes(project: Project, preview: Preview) -> None:
    """The preview shows each save; a broken one is reported with its place and leaves the pages; a fixed one shows."""
    page, source = "/modules/first-steps/index.html", "modules/first-steps/reading.md"
    assert "Small steps" in preview.get("/")[1]
    assert f'content="{markup.PREVIEW_POLICY}"' in preview.get("/")[1]
    assert "Walking is old" in preview.get(page)[1]
    project.replace(source, "Walking is old", "Walking is very old")
    preview.wait(lambda: "Walking is very old" in preview.get(page)[1])

    project.replace(source, "[@hall-2015]", "[@hall-2051]")
    preview.wait(lambda: "hall-2051" in preview.said())
    assert f"{source}:1:" in preview.said()
    assert "did you mean 'hall-2015'?" in preview.said()
    for _ in range(3):
        status, text = preview.get(page)
        assert status == 200
        assert "Walking is very old" in text

    project.replace(source, "Walking is very old [@hall-2051]", "Walking is young [@hall-2015]")
    preview.wait(lambda: "Walking is young" in preview.get(page)[1])
    assert "Traceback" not in preview.said()
    assert not (project.root / "site").exists()


def test_a_preview_shows_new_settings_and_pages(project: Project, preview: Preview) -> None:
    """A new page under docs/ and a new title of the curriculum appear without a restart."""
    project.write("docs/news.md", "# News\n\nThere is some.\n")
    preview.wait(lambda: "There is some." in preview.get("/news.html")[1])
    project.replace("modules/curriculum.yml", "title: Small steps", "title: Tiny steps")
    preview.wait(lambda: "Tiny steps" in preview.get("/")[1])


@pytest.mark.skipif(os.name == "nt", reason="an interrupt reaches the whole console there")
def test_a_preview_ends_when_asked(preview: Preview) -> None:
    """Ctrl+C ends the preview without a traceback."""
    preview.process.send_signal(signal.SIGINT)
    preview.process.wait(15)
    assert "Traceback" not in preview.said()


def test_a_preview_of_a_broken_module_says_why_it_does_not_start(project: Project) -> None:
    """A preview that cannot begin shows the problem with its place and exits 1."""
    project.replace("modules/first-steps/module.yml", "reading_minutes: 5", "reading_minutes: five")
    done = project.run("serve", "--address", "127.0.0.1:0")
    assert done.returncode == 1
    assert "modules/first-steps/module.yml:5:18: problem: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["nowhere", "nowhere:8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999999"])
def test_an_address_that_is_none_is_told(project: Project, address: str) -> None:
    """An ill-formed address is reported with an example of a good one."""
    done = project.run("serve", "--address", address)
    assert done.returncode == 2
    assert "such as 127.0.0.1:8000" in done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def test_an_address_in_use_is_told(project: Project) -> None:
    """Where another program serves already, one line names the address and says so."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        done = project.run("serve", "--address", address)
    assert done.returncode == 1
    assert f"Error: {address} is in use" in done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    done = project.run("serve", "--address", "192.0.2.1:8000")
    assert done.returncode == 1
    assert "Error: 192.0.2.1:8000 is not an address of this computer (choose" in done.stderr, done.stderr
