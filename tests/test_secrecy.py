"""Nothing of a team becomes public: sources, outputs and editions are searched for what only a cohort may contain."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import planting
import pytest
from click.testing import CliRunner
from conftest import ROOT, Project
from output import differing, everything, program, small, tree
from planting import GLOSSARY, MODULE, READING, REFERENCES, SHEET, Fault, lines
from shelves import shelve
from test_carriers import png
from test_leaks import ADDRESS, LINK, MEMBER, NAME, PATH, PEOPLE, PHONE, SECRETS

from builder import editions, leaks, pipeline
from builder.cli import main
from builder.problems import Place, Problem, Stopped

ADVICE = f"({PATH}; take it out, or list it under public: in the cohort file)"
MAP = "modules/first-steps/images/map.svg"


def with_people(folder: Path, people: str = PEOPLE) -> Path:
    """Give a small curriculum with a cohort whose people have full names."""
    root = planting.small(folder)
    (root / PATH).write_text(people, encoding="utf-8")
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace the one place where `old` is in a file, or all of the file."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")


# In sources

PLANTED = (
    Fault(READING, "A map helps.", f"A map helps. Ask ¦{MEMBER}.", "the name of a member"),
    Fault(READING, "A map helps.", "A map helps. Ask ¦Bandicoot,\nQuincy Dingo.", "the name of a member"),
    Fault(SHEET, "## Your plan", f"## Your plan\n\nWrite to ¦{ADDRESS}.", "the e-mail address of a facilitator"),
    Fault("docs/guide/notes.md", "## Before", "## Before\n\nCall ¦206.555.0147.", "the phone number of team"),
    Fault("docs/about.md", "\n", f"\nJoin at `¦{LINK}`.\n", "the link of team 'garry-oak'"),
    Fault(MODULE, "purpose: To think.", f"purpose: To think, as ¦{NAME} does.", "the name of a facilitator"),
    Fault(MODULE, "purpose: To think.", f"# ¦{ADDRESS}\n    purpose: To think.", "the e-mail address of a facilitator"),
    Fault(
        MODULE, "purpose: To think.", 'purpose: "To think of ¦Zo\\xeb O\'Quokka-Wombat."', "the name of a facilitator"
    ),
    Fault(GLOSSARY, "", f"[] # ¦{MEMBER}\n", "the name of a member"),
    Fault(REFERENCES, "title:", f"note: Lent by ¦{MEMBER}\n  title:", "the name of a member"),
    Fault("modules/curriculum.yml", "title:", "# Passcode ¦4711\ntitle:", "the passcode of the meeting of team"),
    Fault("mkdocs.yml", "theme:", f"site_author: ¦{MEMBER}\ntheme:", "the name of a member"),
    Fault(MAP, "</svg>", "<text>Quincy ¦<tspan>Dingo</tspan></text></svg>", "the name", at="Quincy"),
    Fault(
        "docs/assets/more.css", "", "p::after { content: '¦Quincy\\20 Dingo B\\61 ndicoot'; }\n", "the name of a member"
    ),
)


@pytest.mark.parametrize("fault", PLANTED, ids=str)
def test_a_check_tells_what_stands_in_a_source_where_it_stands(fault: Fault, tmp_path: Path) -> None:
    """Pages, readings, handouts, values, comments, settings, drawings, assets: line and column, and never the value."""
    people = PEOPLE.replace(MEMBER, "Quincy Dingo") if fault.path == MAP else PEOPLE
    root = with_people(tmp_path, people)
    place = fault.plant(root)
    (told,) = lines(root)
    assert told.startswith(f"{place}: contains "), told
    assert fault.message in told
    assert told.endswith(ADVICE)
    assert not [secret for secret in SECRETS if secret.lower() in told.lower()]


def test_what_an_image_says_beside_its_pixels_is_told(tmp_path: Path) -> None:
    """Metadata of an image in the sources is searched, packed or not, although the site is made without it."""
    root = with_people(tmp_path)
    (root / "docs/assets/images").mkdir(parents=True)
    (root / "docs/assets/images/board.png").write_bytes(png(b"zTXt", b"Author\0\0" + zlib.compress(MEMBER.encode())))
    (told,) = [line for line in lines(root) if "notice: " not in line]
    assert told.startswith("docs/assets/images/board.png:1:1: contains in its metadata the name of a member")


def test_the_name_of_a_source_is_looked_at_and_not_said(tmp_path: Path) -> None:
    """A page named for a person is reported by its folder, and so is each other problem with it, a leftover too."""
    root = with_people(tmp_path)
    pages = root / "docs/guide"
    (pages / "bandicoot-quincy-dingo.md").write_text("# Notes\n\nSee [the map](nowhere.md).\n")
    (pages / "notes (Quincy Dingo Bandicoot's conflicted copy 2026-01-02).md").write_text("# Notes\n")
    told = lines(root)
    assert len(told) == 3, told
    assert {line.partition(": ")[0] for line in told} == {"docs/guide:1:1"}
    assert not [secret for secret in SECRETS if secret.lower() in "".join(told).lower()]


def test_the_folder_in_which_all_is_made_is_nobodys_business(tmp_path: Path) -> None:
    """Who is a facilitator may publish from an account of that name: only paths below the folder are looked at."""
    secrets = pipeline.secrets(pipeline.Cohorts(with_people(tmp_path)))
    home = Path("/home/quincy-dingo-bandicoot/site")
    pipeline.check_public(secrets, [("index.html", b"<p>Nothing</p>")], home)
    with pytest.raises(Stopped, match=r"^/home/quincy-dingo-bandicoot/site/guide:1:1: contains in the name of a file"):
        pipeline.check_public(secrets, [("guide/zoe-oquokka-wombat.html", b"")], home)


def test_problems_are_told_without_secrets_in_them(tmp_path: Path) -> None:
    """A message that quotes a source leaves out what of it is secret, once however it is read."""
    secrets = pipeline.secrets(pipeline.Cohorts(with_people(tmp_path / "a")))
    assert secrets is not None
    quoted = Problem(Place("docs/a.md", 3, 4), f"no <b>{MEMBER}</b>, {ADDRESS}, {LINK} or 206-555-0147.")
    assert str(leaks.veiled(secrets, quoted)) == "docs/a.md:3:4: no <b>…</b>, …, … or …."
    root = with_people(tmp_path)
    place = Fault(MODULE, "purpose: To think.", f"purpose: To think.\n    ¦{MEMBER}: x", "").plant(root)
    told = lines(root)
    assert [line for line in told if line.startswith(f"{place}: unknown key '…'")], told
    assert not [secret for secret in SECRETS if secret.lower() in "".join(told).lower()]


def run(root: Path, *arguments: str) -> str:
    """What a command says, run in this process."""
    done = CliRunner().invoke(main, [*arguments, "--root", str(root)])
    assert done.exit_code == 1, done.output
    return done.output


def test_no_command_says_what_only_a_cohort_may_hold(project: Project) -> None:
    """A name in the name of a file, in settings, beside editions or beside the site is left out by every command."""
    root = project.root
    name = "Quincy Dingo Bandicoot"
    for path in (f"docs/assets/x/{name}.doc", f"editions/{name}.txt", f"docs/guide/{name}.md"):
        project.write(path, "# Notes\n")
    git(root, "init", "-q")
    git(root, "add", "mkdocs.yml")
    said = {command: run(root, *command.split()) for command in ("build", "stage out", "publish", "release 1.0")}
    project.replace("mkdocs.yml", "theme:", f"extra:\n  {name}: 1\ntheme:")
    said |= {f"{command} (settings)": run(root, *command.split()) for command in ("build", "check", "release 1.0")}
    host = mkdocs(project)
    said["mkdocs build"] = host.stdout + host.stderr
    for command, text in said.items():
        assert not [secret for secret in SECRETS if secret.lower() in text.lower()], (command, text)
    assert "docs/assets/x:1:1: problem: a kind of file that no page needs" in said["build"]
    assert "editions:1:1: problem: unknown file" in said["publish"]
    assert "docs/assets/x:1:1:" in said["release 1.0"]
    assert "extra.… is not allowed here" in said["build (settings)"]


def test_a_broken_cohort_is_not_said_either(project: Project) -> None:
    """Of cohorts with problems, whatever can be read is left out of the messages of a release."""
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "All")
    project.write(f"docs/assets/{MEMBER}.txt", "mine")
    project.write("cohorts/other/cohort.yml", "format: 1\nname: [broken\n")
    text = run(project.root, "release", "1.0", "--date", "2026-01-01")
    assert "differs from the last commit" in text
    assert not [secret for secret in SECRETS if secret.lower() in text.lower()], text


def test_a_broken_curriculum_and_a_broken_cohort_are_searched_as_far_as_they_go(tmp_path: Path) -> None:
    """Other slips hide no leak: neither in the sources, nor of another cohort that is whole."""
    root = with_people(tmp_path)
    (root / "cohorts/other").mkdir()
    (root / "cohorts/other/cohort.yml").write_text("name: [\n")
    edit(root, MODULE, "purpose: To think.", f"purpos: {MEMBER}")
    told = lines(root)
    assert [line for line in told if "contains the name of a member" in line]
    assert [line for line in told if line.startswith("cohorts/other/cohort.yml:")]
    assert [line for line in told if "unknown key 'purpos'" in line]


# What may be public


def test_what_the_cohort_lists_may_be_public(tmp_path: Path) -> None:
    """A value under `public` is let through everywhere; what stands beside it in the file is not."""
    root = with_people(tmp_path, f"{PEOPLE}public:\n  - {MEMBER}\n  - {ADDRESS.upper()}\n")
    edit(root, READING, "A map helps.", f"A map helps. Ask {MEMBER}, {ADDRESS}.")
    assert lines(root) == []
    place = Fault(READING, "Ask", "Ask ¦206-555-0147,", "").plant(root)
    (told,) = lines(root)
    assert told.startswith(f"{place}: contains the phone number")


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("Quincy Dingo Bandicot", f"did you mean {MEMBER!r}?"),
        ("quokka@steps.example.edu", f"did you mean {ADDRESS!r}?"),
        ("Everyone", "write a name, an address, a link or a phone as in this file"),
    ],
)
def test_what_may_be_public_must_be_of_the_cohort(entry: str, hint: str, tmp_path: Path) -> None:
    """A slip under `public` is reported with what was probably meant, or it would let nothing through and seem to."""
    root = with_people(tmp_path, f"{PEOPLE}public:\n  - {MEMBER}\n  - {entry}\n")
    line = len(PEOPLE.splitlines()) + 3
    assert lines(root) == [f"{PATH}:{line}:5: nothing of this cohort is {entry!r} ({hint})"]


@pytest.mark.parametrize("part", ["Abc", "4711", "84716234471"])
def test_a_passcode_and_a_number_can_be_listed(part: str, tmp_path: Path) -> None:
    """What a problem says to list can be listed, with what is in a link and beside a telephone number."""
    people = PEOPLE.replace(LINK, "https://meet.example.edu/j/84716234471?key=Abc&x=1")
    root = with_people(tmp_path, f'{people}public:\n  - "{part}"\n')
    assert lines(root) == []
    edit(root, READING, "A map helps.", f"A map helps. Passcode: {part}. Meeting {part}.")
    assert lines(root) == []
    edit(root, PATH, f'  - "{part}"', f"  - {MEMBER}")
    assert len([line for line in lines(root) if "of the meeting of team 'garry-oak'" in line]) == 1


def test_the_contact_and_the_authors_of_works_may_be_public(tmp_path: Path) -> None:
    """Whom readers write to, and who wrote what is cited, are no secret, in broken sources either."""
    contact = next(
        line.partition(":")[2].strip()
        for line in (planting.SMALL / "modules/curriculum.yml").read_text().splitlines()
        if "email:" in line
    )
    root = with_people(tmp_path, PEOPLE.replace(ADDRESS, contact).replace(MEMBER, "Quincy Bandicoot"))
    edit(root, REFERENCES, "author:", "author:\n    - {family: Bandicoot, given: Quincy A.}")
    edit(root, READING, "A map helps.", f"A map helps. Ask Quincy Bandicoot, {contact}.")
    assert lines(root) == []
    edit(root, REFERENCES, "author:", "editr: x\n  author:")
    assert not [line for line in lines(root) if "contains" in line]
    edit(root, REFERENCES, "{family: Bandicoot, given: Quincy A.}", "{family: Bandicoot, given: Q.}")
    assert len([line for line in lines(root) if "contains the name of a member" in line]) == 1


def test_a_member_who_is_in_the_glossary_is_no_word(tmp_path: Path) -> None:
    """Nothing becomes public by standing in a source: neither a term, nor a text that says a name twice."""
    root = with_people(tmp_path)
    edit(root, GLOSSARY, "", f"- id: bandicoot\n  term: {MEMBER}\n  definition: A {MEMBER}.\n")
    assert len([line for line in lines(root) if "contains the name of a member" in line]) == 2


# What git keeps

SAMPLE = (
    PEOPLE.replace(ADDRESS, "a@example.org").replace("steps.example.edu", "example.org")
    .replace("mail.example.edu", "example.org").replace("meet.example.edu", "meet.example.org")
    .replace('Wallaby, MD"', 'Wallaby, MD", email: b@example.org')
)  # fmt: skip


def git(folder: Path, *arguments: str) -> None:
    """Run git as a person who is nobody."""
    settings = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "core.excludesFile=")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_cohort_that_git_keeps_with_the_curriculum_is_told(tmp_path: Path) -> None:
    """A notice says how to take it out of the repository; placeholders and other repositories are left alone."""
    root = with_people(tmp_path)
    for id, text in (("sample", SAMPLE), ("unkept", PEOPLE)):
        (root / "cohorts" / id).mkdir()
        (root / "cohorts" / id / "cohort.yml").write_text(text, encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "cohorts/trial", "cohorts/sample", "mkdocs.yml")
    why = "git keeps this cohort with the curriculum, and would publish its people with it"
    assert lines(root) == [f"{PATH}:1:1: notice: {why} (git rm --cached {PATH}, and name it in .gitignore)"]
    git(root, "rm", "-q", "--cached", PATH)
    assert lines(root) == []
    for path in ("cohorts/trial/roster.csv", "cohorts/all.csv", "cohorts/README.md", "packets/trial/old.pdf"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")
        git(root, "add", "--force", path)
    assert [line.partition(", and would")[0] for line in lines(root)] == [
        "cohorts/all.csv:1:1: notice: git keeps this file with the curriculum",
        "cohorts/trial/roster.csv:1:1: notice: git keeps a file of this cohort with the curriculum",
        "packets:1:1: notice: git keeps files of packets with the curriculum",
    ]
    git(root, "rm", "-q", "-r", "--cached", "cohorts/trial", "cohorts/all.csv", "packets")
    (root / "packets/trial/old.pdf").unlink()
    private = tmp_path / "private"
    (root / "cohorts").rename(private)
    git(private, "init", "-q")
    git(private, "add", ".")
    assert lines(root, private) == []


def test_a_cohort_is_a_sample_only_if_all_in_it_are(tmp_path: Path) -> None:
    """A person without an address, a folder of another name, or a file that does not load is not taken for a sample."""
    for id, text, kept in (
        ("sample-a", SAMPLE, False),
        ("trial-a", SAMPLE, True),
        ("sample-b", SAMPLE.replace(", email: a@example.org", ""), True),
        ("trial-b", SAMPLE.replace("format: 1", "format: 2"), True),
        ("sample-c", SAMPLE.replace("format: 1", "format: 2"), False),
    ):
        root = planting.small(tmp_path / id)
        (root / "cohorts" / id).mkdir()
        (root / "cohorts" / id / "cohort.yml").write_text(text, encoding="utf-8")
        git(root, "init", "-q")
        git(root, "add", f"cohorts/{id}")
        assert any("git keeps this cohort" in line for line in lines(root)) is kept, id


# In every command


def mkdocs(project: Project, program: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the site's host alone, with the program in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum with a cohort whose people have full names, to be broken."""
    made = small(tmp_path / "project")
    made.write(PATH, PEOPLE)
    return made


def plant(project: Project) -> dict[str, str]:
    """Put leaks where nothing else checks; answer the places, and what must be reported of each."""
    project.write("docs/assets/list.txt", f"Numbers\nWrite to {ADDRESS}\n")
    project.write("docs/assets/numbers.txt", "<p><b>(206)</b> 555<b>.0147</b></p>")
    project.write("docs/assets/stylesheets/more.css", f"/* {LINK} */\n")
    return {
        "docs/assets/list.txt:2:10": "contains the e-mail address of a facilitator of team 'garry-oak'",
        "docs/assets/numbers.txt:1:8": "contains the phone number of team 'garry-oak'",
        "docs/assets/stylesheets/more.css:1:4": "contains the link of team 'garry-oak'",
    }


def assert_told(done: subprocess.CompletedProcess[str], places: dict[str, str]) -> None:
    """The command ended with code 1, showed each place, and showed no secret."""
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    for place, what in places.items():
        (line,) = [line for line in said.splitlines() if f"{place}: " in line]
        assert what in line
        assert ADVICE in line
    assert not [secret for secret in SECRETS if secret in said]


def test_every_command_stops_at_leaks_and_leaves_what_was_there(project: Project) -> None:
    """Site, stage, packets beside the site, and the host alone: all leaks are reported, and nothing has changed."""
    for command in (("build",), ("stage", "made")):
        assert project.run(*command).returncode == 0
    places = plant(project)
    before = tree(project.root)
    for command in (("build",), ("build", "--packets"), ("stage", "made"), ("check",)):
        assert_told(project.run(*command), places)
    assert_told(mkdocs(project), places)
    assert not differing(tree(project.root), before)


def test_what_no_source_says_is_found_in_what_is_made(project: Project, tmp_path: Path) -> None:
    """A name that only the theme puts on each page is reported at pages, by the command before anything changes."""
    assert project.run("build").returncode == 0
    before = tree(project.root / "site")
    part = program(tmp_path) / "builder/site/theme/partials/curriculum/footer.html"
    part.write_text(f"{MEMBER}\n{part.read_text(encoding='utf-8')}", encoding="utf-8")
    done = project.run("build", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1, done.stderr
    assert 1 <= done.stderr.count("contains the name of a member of team 'garry-oak'") <= leaks.PLACES_SHOWN
    assert f"({PATH}; nothing of a cohort may be public" in done.stderr
    assert not differing(tree(project.root / "site"), before)
    done = mkdocs(project, tmp_path)
    assert done.returncode == 1
    assert "must not be published" in done.stdout + done.stderr
    assert MEMBER not in done.stdout + done.stderr


def test_cohorts_may_lie_anywhere_and_each_command_says_which_it_knew(project: Project, tmp_path: Path) -> None:
    """The folder that an option names is looked through; without a cohort nothing is, and the last line says so."""
    places = plant(project)
    (project.root / "cohorts").rename(tmp_path / "private")
    nothing = "Not searched for what only a cohort may contain, because no cohort is at hand"
    for command in (("check",), ("build",), ("stage", "made")):
        done = project.run(*command)
        assert done.returncode == 0, done.stderr
        assert nothing in done.stdout.splitlines()[-1], done.stdout
        done = project.run(*command, "--cohorts", "../private")
        assert done.returncode == 1
        assert "docs/assets/list.txt:2:10: problem: contains the e-mail address" in done.stderr
    said = mkdocs(project)
    assert nothing in said.stdout + said.stderr
    done = project.run("check", "--format", "json")
    assert (done.returncode, done.stdout, done.stderr.startswith(nothing)) == (0, "[]\n", True)
    for place in places:
        (project.root / place.partition(":")[0]).unlink()
    done = project.run("build", "--packets", "--cohorts", "../private")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].endswith(" Searched for what only a cohort may contain: trial.")
    assert (project.root / "packets/trial/garry-oak/packet.pdf").is_file()
    done = project.run("build", "--cohorts", "../nowhere")
    assert done.returncode == 1
    assert "no such folder of cohorts" in done.stderr


def test_a_broken_cohort_stops_the_site(project: Project) -> None:
    """What cannot be read cannot be looked for: no site is made, and the problems and the reason are reported."""
    project.write(PATH, "format: 1\nname: [broken\n")
    for done in (project.run("build"), project.run("stage", "made"), mkdocs(project)):
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"{PATH}:" in said
        assert "cohorts that cannot be read cannot be kept out of what is public" in said
    assert not (project.root / "site").exists()
    assert not (project.root / "made").exists()


def test_nothing_of_a_cohort_is_in_anything_public(project: Project) -> None:
    """No byte of site or stage has a person, address, link, number, team, place or day of a cohort."""
    project.replace(PATH, "2021-04-01", "2021-07-19")
    for command in (("build", "--packets"), ("stage", "made")):
        assert project.run(*command).returncode == 0
    canaries = (*SECRETS, "uokka", "Dingo", "2021-07-19", "July 19", "Cleo", "cleo@", "garry-oak")
    for folder in ("site", "made"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.is_file():
                held = everything(path)
                assert not [canary for canary in canaries if canary in held or canary in path.name], path
    packet = everything(project.root / "packets/trial/garry-oak/packet.pdf")
    for canary in ("Wombat", "Bandicoot", "Quokkaplace", "quokka-4711", "July 19"):
        assert canary in packet, canary


@pytest.mark.skipif(os.name == "nt", reason="there files have no modes")
def test_packets_are_for_their_owner_alone(project: Project) -> None:
    """Files and folders of packets open for nobody else, git takes nothing of them, and what others put there stays."""
    git(project.root, "init", "-q")
    command = ("packets", "--only", "follow-up,calendar")
    assert project.run(*command).returncode == 0
    packets = project.root / "packets"
    every = (packets, *packets.rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in every if path.name != ".gitignore"} == {0o600, 0o700}
    assert [(path / ".gitignore").read_text() for path in (packets, packets / "trial")] == ["*\n", "*\n"]
    done = subprocess.run(["git", "status", "--short", "packets"], cwd=project.root, capture_output=True, check=True)
    assert not done.stdout
    for path in (packets / ".gitignore", packets / "trial/.gitignore", packets / "trial/mine.txt"):
        path.write_text("mine")
        path.chmod(0o644)
    (packets / "trial").chmod(0o750)
    assert project.run(*command).returncode == 0
    for path in (packets / ".gitignore", packets / "trial/.gitignore", packets / "trial/mine.txt"):
        assert (path.read_text(), path.stat().st_mode & 0o777) == ("mine", 0o644)
    assert (packets / "trial").stat().st_mode & 0o777 == 0o750


def test_a_folder_of_others_is_not_hidden_from_git(project: Project, tmp_path: Path) -> None:
    """Where packets are put into a folder that has other things, only their own folders are kept from git."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/letter.txt").write_text("mine")
    done = project.run("packets", "--only", "follow-up", "--to", str(tmp_path / "papers"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "papers/.gitignore").exists()
    assert (tmp_path / "papers/trial/.gitignore").read_text() == "*\n"


@pytest.mark.skipif(os.name == "nt", reason="there files have no modes")
def test_a_folder_that_others_share_is_not_closed(project: Project, tmp_path: Path) -> None:
    """Packets close the folder above them only where we made it: not an empty one of a group, and no repository."""
    shared, repository = tmp_path / "shared", tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    shared.mkdir()
    for folder in (shared, repository):
        folder.chmod(0o775)
        for _ in range(2):
            done = project.run("packets", "--only", "calendar", "--to", str(folder))
            assert done.returncode == 0, done.stderr
        assert folder.stat().st_mode & 0o777 == 0o775
        assert not (folder / ".gitignore").exists()
        assert (folder / "trial").stat().st_mode & 0o777 == 0o700


# Editions


def published(root: Path, folder: Path) -> list[str]:
    """What is reported when the editions in a folder are searched."""
    try:
        pipeline.check_editions(pipeline.secrets(pipeline.Cohorts(root)), editions.read_shelf(folder), folder)
    except Stopped as stopped:
        return [str(problem) for problem in stopped.problems]
    return []


def test_an_edition_is_searched_before_it_is_published(tmp_path: Path) -> None:
    """Its files, their names, what it says of itself, and why another was withdrawn; the same file once."""
    root, shelf = with_people(tmp_path), tmp_path / "editions"
    page = f"<p>Ask {MEMBER}</p>".encode()
    shelve(shelf, "1.0", {"index.html": page})
    shelve(shelf, "1.1", {"index.html": b"x", "guide/again.html": page, "guide/quincy-dingo-bandicoot.html": b"x"})
    shelve(shelf, "1.2", {"index.html": b"x"})
    (shelf / "1.2.withdrawn.txt").write_text(f"Told by {MEMBER}.\nAsk {ADDRESS}.")
    told = published(root, shelf)
    places = [line.removeprefix(f"{shelf.as_posix()}/").partition(": ")[0] for line in told]
    assert places == [
        "1.1.zip/edition.json:17:10",  # which lists the names of files
        "1.1.zip/guide:1:1",
        "1.1.zip/guide/again.html:1:8",
        "1.2.withdrawn.txt:1:9",
        "1.2.withdrawn.txt:2:5",
    ]
    assert "withdraw this edition, or list it under public: in the cohort file)" in told[0]
    assert not [secret for secret in SECRETS if secret.lower() in "".join(told).lower()]


def test_whom_an_edition_may_name_stands_in_its_own_sources(tmp_path: Path) -> None:
    """The contact and the authors of an edition are those of its sources, which may differ from those in work."""
    root, shelf = with_people(tmp_path), tmp_path / "editions"
    works = f"- author: [{{given: Quincy Dingo, family: Bandicoot}}]\n  note: {MEMBER}\n".encode()
    shelve(shelf, "1.0", {"index.html": MEMBER.encode(), "edition/modules/references.yml": works})
    assert published(root, shelf) == []
    shelve(shelf, "1.1", {"index.html": MEMBER.encode()})
    assert len(published(root, shelf)) == 1


def test_a_release_and_its_notes_are_searched(project: Project) -> None:
    """Notes with a name are reported as such before anything is made; publishing says what it has looked for."""
    done = project.run(
        "release", "1.0", "--date", "2026-01-01", "--notes", f"Thanks to Bandicoot, Quincy Dingo, {PHONE}"
    )
    assert done.returncode == 1
    assert "--notes:1:11: problem: contains the name of a member of team 'garry-oak'" in done.stderr
    assert "--notes:1:36: problem: contains the phone number" in done.stderr
    assert not (project.root / "editions/1.0.zip").exists()
    shelve(project.root / "editions", "1.0", {"index.html": MEMBER.encode()})
    done = project.run("publish")
    assert done.returncode == 1, done.stdout
    assert "editions/1.0.zip/index.html:1:1: problem: contains the name of a member" in done.stderr
    assert not (project.root / "public").exists()
    (project.root / "cohorts").rename(project.root.parent / "private")
    assert project.run("publish", "--cohorts", "../private").returncode == 1
    done = project.run("publish")
    assert done.returncode == 0
    assert "Not searched for what only a cohort may contain" in done.stdout.splitlines()[-1]


def test_a_page_that_git_ignores_is_not_released_in_silence(project: Project) -> None:
    """What is in no commit because git was asked to ignore it is told, and an edition with it calls itself dirty."""
    project.write(".gitignore", "site/\neditions/\n.cache/\ndocs/guide/private.md\ncohorts/\n.DS_Store\n")
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "All")
    for path in ("docs/guide/private.md", "docs/guide/.DS_Store", ".cache/x"):
        project.write(path, "# Private\n\nNotes of mine.\n")
    done = project.run("release", "1.0")
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "git ignores it" in line]
    assert [line.partition(": ")[0] for line in told] == ["docs/guide/private.md:1:1"]
    assert not (project.root / "editions").exists()
    done = project.run("release", "1.0", "--dirty")
    assert done.returncode == 0, done.stderr
    assert editions.open_archive(project.root / "editions/1.0.zip").manifest.dirty
