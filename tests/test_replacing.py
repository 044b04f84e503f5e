"""A folder takes another's place: whole at every moment, with all that others have in it, and never without a word."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from forks import NOBODY, in_child, killed_everywhere, needs_fork, open_folder, small_disk
from output import tree

from builder import output
from builder.output import Artifact, swapping
from builder.problems import Stopped

OLD = {"index.html": b"old", "a/page.html": b"old page", "a/gone.html": b"old only"}
NEW = {"index.html": b"new", "a/page.html": b"new page", "b/fresh.html": b"new only"}


def write(folder: Path, files: dict[str, bytes], *, prune: bool = True, **more: bool) -> list[str]:
    """Let files take a folder's place; answer what was said meanwhile."""
    said: list[str] = []
    with output.replacing(folder, said.append, **more) as place:
        output.fill(place, (Artifact(path, data) for path, data in files.items()), prune=prune)
    return said


def without_list(folder: Path) -> dict[str, bytes]:
    """What is in a folder but for the list of what is ours."""
    return {path: data for path, data in tree(folder).items() if path != "manifest.json"}


def stopped(action: Callable[[], object]) -> list[str]:
    """The problems that an action stops with."""
    with pytest.raises(Stopped) as caught:
        action()
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that we wrote."""
    write(tmp_path / "site", OLD)
    return tmp_path / "site"


# What others have


def neighbors(folder: Path) -> None:
    """What hosts and people put beside a published site."""
    for path in (
        "CNAME",
        ".htaccess",
        "robots.txt",
        ".well-known/acme-challenge/token",
        "a/notes.txt",
        "my photos/one",
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(path.encode())
    (folder / "empty/within").mkdir(parents=True)
    (folder / "shut").mkdir()
    (folder / "shut/key").write_bytes(b"key")
    (folder / "shut/key").chmod(0o400)
    (folder / "shut").chmod(0o500)
    (folder / "link").symlink_to("robots.txt")
    (folder / "far").symlink_to("/nowhere/at/all")
    (folder / "up").symlink_to("..", target_is_directory=True)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")


def shape(folder: Path) -> dict[str, tuple[str, int, str]]:
    """Kind, modes and goal of everything in a folder, links not followed."""
    found = {}
    for base, folders, names in os.walk(folder):
        for path in (Path(base, name) for name in (*folders, *names)):
            mode = path.lstat().st_mode
            goal = str(path.readlink()) if path.is_symlink() else ""
            found[path.relative_to(folder).as_posix()] = (stat.filemode(mode)[0], stat.S_IMODE(mode), goal)
    return found


@pytest.mark.parametrize("linked", [True, False], ids=["hard links", "copies"])
def test_what_others_have_stays(site: Path, monkeypatch: pytest.MonkeyPatch, linked: bool) -> None:  # noqa: FBT001
    """Files, folders, empty ones, hidden ones, links and pipes that our list does not name stay as they are."""
    if not linked:

        def refuse(old: Path, _: Path) -> None:
            raise OSError(errno.EPERM, "no links here", str(old))

        monkeypatch.setattr(os, "link", refuse)
    neighbors(site)
    if not linked and (site / "pipe").exists():
        (site / "pipe").unlink()  # which nothing can copy
    before = shape(site)
    (site / "CNAME").write_bytes(b"example.org")
    for _ in range(2):
        write(site, NEW)
        after = shape(site)
        assert {path: after.get(path) for path in before if path not in {*OLD, *NEW}} == {
            path: before[path] for path in before if path not in {*OLD, *NEW}
        }
        assert {path: data for path, data in without_list(site).items() if path in {*OLD, *NEW}} == NEW
        assert (site / "CNAME").read_bytes() == b"example.org"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_pipe_that_cannot_come_along_stops_all(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can neither be linked nor copied is no reason to lose it, nor to wait for it forever."""
    if not hasattr(os, "mkfifo"):
        return

    def refuse(old: Path, _: Path) -> None:
        raise OSError(errno.EPERM, "no links here", str(old))

    monkeypatch.setattr(os, "link", refuse)
    os.mkfifo(site / "pipe")
    assert "you may not write there" in stopped(lambda: write(site, NEW))[0]
    assert without_list(site) | {} == OLD
    assert (site / "pipe").exists()


def test_the_folder_itself_keeps_its_modes(site: Path) -> None:
    """Who may look into a folder does not change because we write there."""
    site.chmod(0o2750)
    write(site, NEW)
    assert stat.S_IMODE(site.stat().st_mode) == 0o2750


def test_a_private_folder_is_private(tmp_path: Path) -> None:
    """Nobody else may look into a new folder of packets, nor into what a run that was killed leaves of one."""
    write(tmp_path / "packets/trial", NEW, private=True)
    assert stat.S_IMODE((tmp_path / "packets/trial").stat().st_mode) == 0o700
    with output.replacing(tmp_path / "site", print) as place:
        assert stat.S_IMODE(place.folder.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("b/fresh.html", "b/fresh.html"),  # a file where a file of ours will be
        ("b", "b"),  # a file where a folder of ours will be
        ("index.html/inner/deep", "index.html"),  # a folder where a file of ours is
        ("b/fresh.html/inner", "b/fresh.html"),  # a folder where a file of ours will be
    ],
)
def test_a_name_that_is_taken_is_told(site: Path, other: str, told: str) -> None:
    """Something of others whose name we need is neither replaced nor moved; nothing is written."""
    if other.startswith("index.html"):
        (site / "index.html").unlink()
    (site / other).parent.mkdir(parents=True, exist_ok=True)
    (site / other).write_bytes(b"theirs")
    before = tree(site)
    found = stopped(lambda: write(site, NEW))
    assert any(line.startswith(f"{site.as_posix()}/{told}:1:1: is not ours") for line in found), found
    assert tree(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["b", "b/fresh.html", "index.html"])
def test_a_link_in_the_way_is_not_followed(site: Path, tmp_path: Path, name: str) -> None:
    """A link where something of ours is to be is reported; what it leads to stays as it is."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/theirs").write_bytes(b"theirs")
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).unlink(missing_ok=True)
    (site / name).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    found = stopped(lambda: write(site, NEW))
    assert found[0].startswith(f"{(site / name).as_posix()}:1:1: "), found
    assert tree(tmp_path / "elsewhere") == {"theirs": b"theirs"}


def test_what_is_the_same_is_in_nobodys_way(site: Path) -> None:
    """A file of others that has the very bytes that ours will have becomes ours without a word."""
    (site / "b").mkdir()
    (site / "b/fresh.html").write_bytes(NEW["b/fresh.html"])
    write(site, NEW)
    assert without_list(site) == NEW


def test_what_comes_in_the_last_moment_stays(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that someone writes while the folders change places is brought along too, and so is its newest state."""
    (site / ".htaccess").write_bytes(b"one")
    really = swapping.swap

    def meanwhile(new: bytes, target: bytes) -> bool:
        (site / ".well-known").mkdir()
        (site / ".well-known/token").write_bytes(b"late")
        (site / "saved").write_bytes(b"two")
        (site / "saved").replace(site / ".htaccess")
        return really(new, target)

    monkeypatch.setattr(swapping, "swap", meanwhile)
    write(site, NEW)
    assert without_list(site) == NEW | {".well-known/token": b"late", ".htaccess": b"two"}


# What is ours


def test_an_edited_file_is_told_before_it_is_replaced(site: Path) -> None:
    """A file of ours that was edited is named and stays, also if it is no longer made; if so wished, it is replaced."""
    (site / "a/page.html").write_bytes(b"my words")
    (site / "a/gone.html").write_bytes(b"my words as well")
    before = tree(site)
    found = stopped(lambda: write(site, NEW))
    assert [line.partition(":")[0] for line in found] == [f"{site}/a/gone.html", f"{site}/a/page.html"]
    assert all("was edited" in line and "--replace-edited" in line for line in found)
    assert tree(site) == before
    write(site, NEW, replace_edited=True)
    assert without_list(site) == NEW


def test_edits_are_told_before_any_work(site: Path) -> None:
    """Who edited a file hears of it before anything is made."""
    (site / "a/page.html").write_bytes(b"my words")
    with output.replacing(site, print) as place:
        assert "was edited" in stopped(place.check)[0]


def test_a_file_that_is_moved_away_is_made_anew(site: Path) -> None:
    """What the message advises works: the edited file is kept elsewhere, and ours is written again."""
    (site / "index.html").rename(site / "my index.html")
    (site / "my index.html").write_bytes(b"my words")
    write(site, NEW)
    assert without_list(site) == NEW | {"my index.html": b"my words"}


def test_many_edited_files_are_counted(tmp_path: Path) -> None:
    """Of very many edited files some are named and the others counted."""
    files = {f"{at}.html": b"x" for at in range(40)}
    write(tmp_path / "site", files)
    for name in files:
        (tmp_path / "site" / name).write_bytes(b"y")
    found = stopped(lambda: write(tmp_path / "site", files))
    assert len(found) == 11
    assert "30 more files" in found[-1]


def test_what_is_not_made_now_stays_listed(site: Path) -> None:
    """When only a part is made, the rest of ours stays, also what was edited of it; a later whole run tells of that."""
    (site / "a/gone.html").write_bytes(b"my words")
    write(site, {"b/fresh.html": b"more"}, prune=False)
    assert without_list(site) == {**OLD, "a/gone.html": b"my words", "b/fresh.html": b"more"}
    assert "a/gone.html" in stopped(lambda: write(site, NEW))[0]


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname", "a/../../outside.txt", "./index.html", "", "\0"])
def test_a_list_reaches_nothing_outside(site: Path, path: str) -> None:
    """Whatever a forged list names, nothing outside the folder is read, removed or taken for ours."""
    (site.parent / "outside.txt").write_bytes(b"theirs")
    record = json.loads((site / "manifest.json").read_bytes())
    record["artifacts"][path] = {"sha256": "0" * 64}
    (site / "manifest.json").write_text(json.dumps(record))
    write(site, NEW, prune=False)
    write(site, NEW)
    assert without_list(site) == NEW
    assert (site.parent / "outside.txt").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"artifacts": {"a": 3}}',
        '{"artifacts": {"a": {"sha256": 3}}}',
        "[" * 200_000,
        "9" * 9_000,
        "\udcff",
    ],
    ids=["empty", "list", "null", "number", "sum", "deep", "long", "bytes"],
)
def test_a_list_that_cannot_be_read_stops_all(site: Path, text: str) -> None:
    """A list that is not ours is reported, and neither taken for an empty one nor overwritten."""
    (site / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    before = tree(site)
    assert "not a manifest of ours" in stopped(lambda: write(site, NEW))[0]
    assert tree(site) == before


# Whole at every moment


def states(site: Path) -> dict[str, bytes]:
    """What is in a folder, but for what others have there."""
    return {path: data for path, data in without_list(site).items() if path not in {"CNAME", ".well-known/token"}}


@needs_fork
@pytest.mark.parametrize("at_once", [True, False], ids=["one step", "two steps"])
@pytest.mark.slow("replaces once for each step")
def test_killed_at_any_step_it_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:  # noqa: FBT001
    """Killed before each change on the disk, the old or the new is whole, and the next run leaves nothing behind.

    Where two folders cannot change places in one step, there may be none in between, and the next run heals that too.
    """
    if not at_once:
        monkeypatch.setattr(swapping, "swap", lambda *_: False)
    site = tmp_path / "site"
    write(site, OLD)
    (site / "CNAME").write_bytes(b"example.org")
    (site / ".well-known").mkdir()
    (site / ".well-known/token").write_bytes(b"token")
    seen = {"old": 0, "new": 0, "none": 0, "healed": 0}
    for _ in killed_everywhere(lambda: str(write(site, NEW))):
        if site.exists():
            found = states(site)
            assert found in (OLD, NEW)
            seen["old" if found == OLD else "new"] += 1
            assert (site / "CNAME").read_bytes() == b"example.org"
        else:
            assert not at_once
            seen["none"] += 1
        left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".site.tmp-") and path.is_dir()]
        said = write(site, OLD)
        assert len([line for line in said if line.startswith("Removed what a run")]) >= len(left)
        seen["healed"] += bool(left)
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
        assert without_list(site) == OLD | {"CNAME": b"example.org", ".well-known/token": b"token"}
    assert states(site) == NEW
    assert seen["old"] > 10, seen
    assert seen["new"] > 3, seen
    assert seen["none"] == (0 if at_once else 1), seen
    assert seen["healed"] > 10, seen


def test_what_a_run_at_work_has_is_not_removed(site: Path) -> None:
    """While one run works on a folder, a second one says so, writes nothing, and takes nothing away from the first."""
    with output.replacing(site, print) as first:
        (first.folder / "index.html").write_bytes(b"first")
        assert "another run is writing here" in stopped(lambda: write(site, NEW))[0]
        assert (first.folder / "index.html").read_bytes() == b"first"
        output.write_list(first.folder, {"index.html": output.entry(b"first")})
        first.put()
    assert without_list(site) == {"index.html": b"first"}
    write(site, NEW)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_leftovers_of_others_are_not_ours(site: Path) -> None:
    """Only what our own runs leave is removed: not what is named in another way, nor the work on another folder."""
    names = (
        ".site.tmp",
        ".other.tmp-abcdefg1",
        "site.tmp-abcdefg1",
        ".sitex.tmp-abcdefg1",
        ".site.tmp-backup",
        ".site.bak",
    )
    for name in names:
        (site.parent / name).mkdir()
    assert write(site, NEW) == []
    assert {path.name for path in site.parent.iterdir()} == {"site", *names}


def test_a_name_with_signs_of_a_pattern_is_no_pattern(tmp_path: Path) -> None:
    """A folder named with brackets or stars cleans up after itself, and after nobody else."""
    (tmp_path / ".ab.tmp-abcdefg1").mkdir()
    (tmp_path / ".[ab]*.tmp-abcdefg1").mkdir()
    (said,) = write(tmp_path / "[ab]*", NEW)
    assert ".[ab]*.tmp-abcdefg1" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == [".ab.tmp-abcdefg1", "[ab]*"]


@needs_fork
def test_leftovers_with_shut_folders_go() -> None:
    """What others had in a leftover, such as a folder that forbids writing, does not keep it from being removed."""
    with open_folder() as folder:
        site = folder / "www/site"
        write(site, OLD)
        (site.parent / ".site.tmp-abcdefg1/new/shut").mkdir(parents=True)
        (site.parent / ".site.tmp-abcdefg1/new/shut/key").write_bytes(b"x")
        (site.parent / ".site.tmp-link_123").symlink_to(site.parent)
        for path in (site.parent, *site.parent.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False) if os.getuid() == 0 else None
        (site.parent / ".site.tmp-abcdefg1/new/shut").chmod(0o500)
        code, said = in_child(lambda: str(len(write(site, NEW))), user=NOBODY)
        assert (code, said) == (0, "2")
        assert [path.name for path in site.parent.iterdir()] == ["site"]


# What the system refuses


def test_an_error_half_way_leaves_the_old(site: Path) -> None:
    """When making something fails, the old folder is as it was, and nothing is left beside it."""

    def failing() -> object:
        yield Artifact("index.html", b"new")
        raise Stopped([])

    with pytest.raises(Stopped), output.replacing(site, print) as place:
        output.fill(place, failing(), prune=True)  # type: ignore[arg-type]
    assert without_list(site) == OLD
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_no_folder_is_left_where_none_was(tmp_path: Path) -> None:
    """A run that fails leaves not even the empty folders above its target."""
    with pytest.raises(Stopped), output.replacing(tmp_path / "a/b/c", print):
        raise Stopped([])
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_of_the_folder(tmp_path: Path) -> None:
    """On a disk without room the folder is named, the old one is as it was, and nothing is left beside it."""
    with small_disk(tmp_path / "disk", "400k"):
        site = tmp_path / "disk/site"
        write(site, OLD)
        files = {f"{at}.html": bytes(50_000) for at in range(20)}
        (found,) = stopped(lambda: write(site, files))
        assert found.startswith(f"{site.as_posix()}:1:1: no space is left on its disk")
        assert without_list(site) == OLD
        assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO])
def test_what_the_system_refuses_is_said_in_words(site: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Whatever a disk refuses is a problem of the folder that was to be written, with what to do."""

    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    (found,) = stopped(lambda: write(site, NEW))
    monkeypatch.undo()
    assert found.startswith(f"{site.as_posix()}:1:1: ")
    assert "what was there is as it was" in found
    assert without_list(site) == OLD
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@needs_fork
@pytest.mark.parametrize("shut", ["parent", "folder", "neighbor"])
def test_a_folder_that_may_not_be_written_is_told(shut: str) -> None:
    """Where a user may not write, or not read what others have, that is reported, and nothing has changed."""
    with open_folder() as folder:
        site = folder / "www/site"
        write(site, OLD)
        (site / "theirs").mkdir()
        for path in (site, site.parent, *site.rglob("*")):
            os.chown(path, NOBODY, NOBODY) if os.getuid() == 0 else None
        wrong = {"parent": site.parent, "folder": site, "neighbor": site / "theirs"}[shut]
        wrong.chmod(0o000 if shut == "neighbor" else 0o555)
        before = tree(site)
        code, said = in_child(lambda: "\n".join(stopped(lambda: write(site, NEW))), user=NOBODY)
        wrong.chmod(0o755)
        assert code == 0, said
        assert said.startswith(f"{site.as_posix()}:1:1: you may not"), said
        assert tree(site) == before
        assert [path.name for path in site.parent.iterdir()] == ["site"]


@needs_fork
@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can give files to another user")
def test_what_belongs_to_another_user_is_told() -> None:
    """Others' folders and files that could only be copied would change their owner: they are named, and all stays."""
    with open_folder() as folder:
        site = folder / "www/site"
        write(site, OLD)
        (site / "stats").mkdir()
        (site / "stats/a").write_bytes(b"theirs")
        (site / ".htpasswd").write_bytes(b"theirs")
        (site / ".htpasswd").chmod(0o600)
        for path in (site.parent, *site.parent.rglob("*")):
            if path.name not in {"stats", "a", ".htpasswd"}:
                os.chown(path, NOBODY, NOBODY)
        before = tree(site)
        code, said = in_child(lambda: "\n".join(stopped(lambda: write(site, NEW))), user=NOBODY)
        assert code == 0, said
        why = "belongs to another user, and would become yours (move it out, or let that user give it to you)"
        linked = not Path("/proc/sys/fs/protected_hardlinks").read_text().startswith("1")
        named = ("stats",) if linked else (".htpasswd", "stats", "stats/a")
        assert said.splitlines() == [f"{(site / each).as_posix()}:1:1: {why}" for each in named]
        assert tree(site) == before
        assert (site / "stats").stat().st_uid == 0
        assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    """Where a file is, no folder is put."""
    (tmp_path / "site").write_bytes(b"theirs")
    assert "is a file" in stopped(lambda: write(tmp_path / "site", NEW))[0]
    assert "is a file" in stopped(lambda: write(tmp_path / "site/below", NEW))[0]
    assert tree(tmp_path) == {"site": b"theirs"}


def test_a_disk_of_its_own_is_told(tmp_path: Path) -> None:
    """A folder that is a disk of its own cannot change places; that is reported, and what is there stays."""
    with small_disk(tmp_path / "site", "400k"):
        assert "a disk of its own" in stopped(lambda: write(tmp_path / "site", NEW))[0]
        assert not list((tmp_path / "site").iterdir())
    shutil.rmtree(tmp_path / "site")
    assert not list(tmp_path.iterdir())
