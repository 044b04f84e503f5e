"""An edition's file: which names it may have, that the same gives the same, and that nothing harmful is opened."""

from __future__ import annotations

import os
import random
import re
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from forks import in_time
from hypothesis import example, given
from hypothesis import strategies as st
from output import tree
from shelves import SEALED, contents, forged, seal, shelve

from builder import editions
from builder.editions import archives
from builder.model.kinds import is_edition
from builder.problems import Stopped

LEGAL = ("2026.1", "2026.10", "2025.2.1", "2026.2rc1", "2026.2a1", "2026.1.post1")
ILLEGAL = (
    "", ".", "..", "../2026.1", "a/b", "a\\b", "index.html", "versions.json", "latest", "editions", "CON", "nul.1",
    "-x", "--dirty", "2026.01", "v2026.1", "2026.1RC1", "2026.2.RC.1", "2026.1-draft", "2026.1+local", "1!2026.1",
    " 2026.1", "2026.1 ", "2026.1\n", "2026.1.", "2026,1", "spring", "\uff12026.1", "2026.1/", "1" * 40,
)  # fmt: skip


@pytest.mark.parametrize("name", LEGAL)
def test_version_numbers_are_names(name: str) -> None:
    """A version number in its shortest spelling may be the name of an edition."""
    assert editions.problem_with_name(name) is None


@pytest.mark.parametrize("name", ILLEGAL)
def test_other_names_are_refused(name: str) -> None:
    """What a disk, a shell, a web server or a reader could take for something else is no name of an edition."""
    assert editions.problem_with_name(name) is not None


VERSION = st.from_regex(
    r"(v|0!)?\d{1,4}(\.\d{1,3}){0,3}[-_.]?(a|b|rc|c|alpha)?\d{0,2}(\.post\d)?(\.dev\d)?(\+a)?", fullmatch=True
)
"""What looks much like a version."""


@example(name="2026.1-draft")
@example(name="2026.1-draft-draft")
@given(name=VERSION | st.text("0123456789.abdrcepostv-_!+", min_size=1, max_size=40))
def test_an_edition_in_work_is_named_as_a_release_will_be(name: str) -> None:
    """What `modules/curriculum.yml` may name as its edition, a release may be named, and nothing else."""
    assert is_edition(name) == (editions.problem_with_name(name.removesuffix("-draft")) is None)


def test_names_that_mean_the_same_are_taken(tmp_path: Path) -> None:
    """Beside an edition no other may be released whose name only spells the same number in another way."""
    shelve(tmp_path, "2026.1")
    assert "as '2026.1'" in (editions.why_not_new(tmp_path, "2026.1.0") or "")
    assert editions.why_not_new(tmp_path, "2026.1") is not None
    assert editions.why_not_new(tmp_path, "2026.2") is None


def test_editions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """2026.10 is newer than 2026.9, a preview is older than what it is a preview of, and is never the latest."""
    for name in ("2026.9", "2026.10", "2026.11rc1", "2025.12"):
        shelve(tmp_path, name)
    shelf = editions.read_shelf(tmp_path)
    assert shelf.names == ("2026.11rc1", "2026.10", "2026.9", "2025.12")
    assert shelf.latest is not None
    assert shelf.latest.name == "2026.10"


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    """An archive depends on what is in it alone, and not on folder, order, mask of modes or time."""
    one = shelve(tmp_path / "one", "2026.1")
    before = os.umask(0o077)
    try:
        other = shelve(tmp_path / "other", "2026.1", dict(reversed(contents("2026.1").items())))
    finally:
        os.umask(before)
    os.utime(one, (0, 0))
    assert one.read_bytes() == other.read_bytes()
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


def test_what_is_unpacked_is_what_was_packed(tmp_path: Path) -> None:
    """An archive opens with any program, to one folder with the edition's name, and contains every file as it was."""
    path = shelve(tmp_path, "2026.1")
    subprocess.run([sys.executable, "-m", "zipfile", "-e", path.name, "."], cwd=tmp_path, check=True)
    held = tree(tmp_path / "2026.1")
    listing = held.pop("edition.json")
    assert held == contents("2026.1")
    archive = editions.open_archive(path)
    assert archive.listing == listing
    with archive.opened() as opened:
        assert {name: opened.data(name) for name in held} == held


def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    """Whichever byte of an archive changes, it is refused and named, in the checksum at its end as well."""
    path = shelve(tmp_path, "2026.1")
    whole = path.read_bytes()
    chosen = random.Random(1).sample(range(len(whole)), 150)
    for at in [0, len(whole) - 1, len(whole) - SEALED, *chosen]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Stopped, match=r"2026\.1\.zip:1:1: not an edition, or damaged"):
            editions.open_archive(path)
    for cut in (whole[:-1], whole[: len(whole) // 2], b"", whole + b"x"):
        path.write_bytes(cut)
        with pytest.raises(Stopped, match="damaged"):
            editions.open_archive(path)


def test_a_file_that_is_not_what_is_listed_is_noticed(tmp_path: Path) -> None:
    """A file that was exchanged, with every checksum of the zip format right, is not handed out."""
    path = forged(tmp_path / "2026.1.zip", "2026.1", {"2026.1/index.html": b"bad"}, {"index.html": b"good"})
    with (
        editions.open_archive(path).opened() as opened,
        pytest.raises(Stopped, match=r"2026\.1\.zip:1:1: .*index\.html"),
    ):
        opened.data("index.html")


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("2026.1/link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


TRICKS = {
    "../evil": "leads out of its folder",
    "2026.1/../../evil": "leads out of its folder",
    "/etc/evil": "leads out of its folder",
    "2026.1/a\\..\\evil": "legal everywhere",
    "C:/evil": "legal everywhere",
    "2026.1/C:evil": "legal everywhere",
    "2026.1//evil": "leads out of its folder",
    "2026.1/./evil": "leads out of its folder",
    "2026.1/con.html": "legal everywhere",
    "2026.1/dot.": "legal everywhere",
    "2026.1/folder/": "is a link or a folder",
    "2026.1/INDEX.html": "is there twice",
    "2026.2/evil": "is not listed",
    "evil": "is not listed",
    "2026.1/unlisted": "is not listed",
    "2026.1/link": "is a link or a folder",
}


@pytest.mark.parametrize("name", TRICKS)
def test_tricks_with_names_are_refused(tmp_path: Path, name: str) -> None:
    """A name that leads out of its folder, a link, a folder, a twin, or an unlisted file: nothing is opened."""
    entries: dict[zipfile.ZipInfo | str, bytes] = {
        "2026.1/index.html": b"good",
        _link(name) if "link" in name else name: b"",
    }
    listed = {"index.html": b"good"}
    if "unlisted" not in name and name.startswith("2026.1/"):
        listed[name.removeprefix("2026.1/")] = b""
    path = forged(tmp_path / "2026.1.zip", "2026.1", entries, listed)
    with pytest.raises(
        Stopped, match=rf"2026\.1\.zip:1:1: cannot be trusted: {re.escape(repr(name))} .*{TRICKS[name]}"
    ):
        editions.open_archive(path)


def _link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that would fill a disk or the memory is refused before it is unpacked: by one file, and by all."""
    assert (archives.LARGEST_FILE, archives.LARGEST) == (100_000_000, 1_000_000_000)
    monkeypatch.setattr(archives, "LARGEST_FILE", 10_000)
    monkeypatch.setattr(archives, "LARGEST", 50_000)
    files = {"index.html": b"good", "large.pdf": bytes(10_001)}
    path = forged(tmp_path / "2026.1.zip", "2026.1", {f"2026.1/{name}": files[name] for name in files}, files)
    with pytest.raises(Stopped, match=r"'2026\.1/large\.pdf' is larger than 10,000 bytes"):
        editions.open_archive(path)
    files = {"index.html": b"good", **{f"{at}.html": bytes(10_000) for at in range(5)}}
    path = forged(tmp_path / "2026.2.zip", "2026.2", {f"2026.2/{name}": files[name] for name in files}, files)
    with pytest.raises(Stopped, match="unpacks to more than 50,000 bytes"):
        editions.open_archive(path)


def test_little_memory_is_needed_to_unpack(tmp_path: Path) -> None:
    """A file that is large when it is unpacked is written block by block, and is not in memory as a whole."""
    files = {"index.html": b"good", "large.pdf": bytes(30_000_000)}
    path = forged(tmp_path / "2026.1.zip", "2026.1", {f"2026.1/{name}": files[name] for name in files}, files)
    tracemalloc.start()
    editions.publish(editions.read_shelf(tmp_path), tmp_path.parent / "public")
    with editions.unpacked(editions.open_archive(path)):
        _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path.parent / "public/2026.1/large.pdf").stat().st_size == 30_000_000
    assert most < 12_000_000


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link to a device", "link around"])
def test_what_is_no_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    """Something else with the name of an archive, such as a pipe that never ends, is reported and not waited for."""
    path = tmp_path / "2026.1.zip"
    if kind == "folder":
        path.mkdir()
    elif kind == "link around":
        path.symlink_to(path)
    elif not hasattr(os, "mkfifo"):
        return
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    else:
        path = Path("/dev/zero")
    with in_time(20), pytest.raises(Stopped, match=r"(not a file|cannot be read)"):
        editions.open_archive(path)


WRONG = {
    "format": [0, -1, True, False, None, "1", 1.0, 1.5, [], 10**30],
    "root": ["https://[/", "javascript:alert(1)", "https://a.edu/'x", "", 3],
    "before": ["../..", "<b>", "latest", ""],
    "date": ["1979-12-31", "2106-01-01", "0001-01-01", "9999-12-31", "today", 3],
    "name": ["2026.2", "../x", ""],
    "title": [None, 3, []],
    "files": [None, [], {"index.html": 3}],
}


@pytest.mark.parametrize("key", WRONG)
def test_a_manifest_of_a_stranger_is_refused(tmp_path: Path, key: str) -> None:
    """A value that none of our programs ever wrote makes an archive one that is refused, and never a traceback."""
    for value in WRONG[key]:
        path = forged(
            tmp_path / "2026.1.zip", "2026.1", {"2026.1/index.html": b"x"}, {"index.html": b"x"}, {key: value}
        )
        with pytest.raises(Stopped, match=r"2026\.1\.zip:1:1: ") as stopped:
            editions.open_archive(path)
        assert "x\x1b" not in str(stopped.value)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "[" * 1_000 + "]" * 1_000, "", "\0", "9" * 10_000])
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    """A manifest that is nested too deep, or no JSON at all, is reported as that."""
    path = tmp_path / "2026.1.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2026.1/edition.json", text)
        packed.comment = b"sha256:" + bytes(64)
    with pytest.raises(Stopped, match=r"no edition\.json of ours"):
        editions.open_archive(seal(path))


def test_an_edition_without_a_first_page_is_refused(tmp_path: Path) -> None:
    """An edition that has no page to begin with is none."""
    path = forged(tmp_path / "2026.1.zip", "2026.1", {"2026.1/about.html": b"x"}, {"about.html": b"x"})
    with pytest.raises(Stopped, match=r"'2026\.1/index\.html' is missing"):
        editions.open_archive(path)


@pytest.mark.parametrize("second", ["1.7.0.zip", "1.7.0.0.zip", "1.7.0.withdrawn.txt"])
def test_two_names_of_one_edition_are_told(tmp_path: Path, second: str) -> None:
    """Archives, or the word that one was withdrawn, whose names mean the same edition are not published together."""
    shelve(tmp_path, "1.7")
    if second.endswith(".zip"):
        name = second.removesuffix(".zip")
        files = contents(name)
        forged(tmp_path / second, name, {f"{name}/{each}": files[each] for each in files}, files)
    else:
        (tmp_path / second).write_text("It was wrong.\n")
    with pytest.raises(Stopped, match=r"is the same as 1\.7"):
        editions.read_shelf(tmp_path)


def _with_end(path: Path, end: bytes, before: bytes = b"") -> Path:
    """An archive whose last record, by which a zip file is found, is another one."""
    body = path.read_bytes()[: -SEALED - 22]
    path.write_bytes(body + before + end + b"sha256:" + bytes(64))
    return seal(path)


def test_a_list_of_files_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    """What an archive says of the length of its own list is looked at before that is read, however it is said."""
    path = shelve(tmp_path, "2026.1")
    whole = path.read_bytes()
    end = whole[-SEALED - 22 : -SEALED]
    long = end[:12] + (200_000_000).to_bytes(4, "little") + end[16:]
    for changed in (long, end[:12] + b"\xff" * 4 + end[16:]):
        path.write_bytes(whole)
        with pytest.raises(Stopped, match="longer than 10,000,000 bytes"):
            editions.open_archive(_with_end(path, changed))
    path.write_bytes(whole)
    locator = b"PK\6\7" + bytes(16)
    with pytest.raises(Stopped, match="longer than 10,000,000 bytes"):
        editions.open_archive(_with_end(path, end, locator))
    for changed in (end + b"x", end[:4] + b"PK\5\6" + end[8:], b"PK\5\7" + end[4:]):
        path.write_bytes(whole)
        with pytest.raises(Stopped, match="damaged"):
            editions.open_archive(_with_end(path, changed))


def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """A file that says it is short and is long is not unpacked beyond what it says."""
    files = {"index.html": b"good", "a": b"x" * 5000}
    path = forged(tmp_path / "2026.1.zip", "2026.1", {f"2026.1/{name}": files[name] for name in files}, files)
    data = path.read_bytes()
    assert data.count((5000).to_bytes(4, "little")) >= 2
    path.write_bytes(data.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    with editions.open_archive(seal(path)).opened() as opened, pytest.raises(Stopped, match="damaged"):
        opened.data("a")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is listed and not there is reported by its name."""
    path = forged(tmp_path / "2026.1.zip", "2026.1", {}, {"index.html": b"good"})
    with pytest.raises(Stopped, match=r"'2026\.1/index\.html' is missing"):
        editions.open_archive(path)


def test_what_is_no_edition_is_refused(tmp_path: Path) -> None:
    """Other files, other zip files, and editions under another's name are reported for what they are."""
    path = tmp_path / "2026.1.zip"
    path.write_text("not a zip file at all, but longer than a checksum would be, so that there is something to look at")
    with pytest.raises(Stopped, match="damaged"):
        editions.open_archive(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", "hello")
        packed.comment = b"sha256:" + bytes(64)
    with pytest.raises(Stopped, match=r"no edition\.json"):
        editions.open_archive(seal(path))
    shelve(tmp_path / "other", "2026.2").rename(path)
    with pytest.raises(Stopped, match=r"no edition\.json of ours in a folder '2026\.1'"):
        editions.open_archive(path)


def test_a_later_format_is_told_as_such(tmp_path: Path) -> None:
    """An archive that a later program made is reported as that, and not as damaged."""
    path = tmp_path / "2026.1.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2026.1/edition.json", '{"format": 99, "new": true}')
        packed.comment = b"sha256:" + bytes(64)
    with pytest.raises(Stopped, match="format 99, which this program cannot read"):
        editions.open_archive(seal(path))


def test_leftovers_of_a_run_that_was_killed_are_removed(tmp_path: Path) -> None:
    """What releases that were killed have left among the editions goes with the next one, which says so."""
    (tmp_path / ".2025.9.zip.tmp-abcdefgh").write_bytes(b"half")
    (tmp_path / ".release.zip.tmp-12345678/site").mkdir(parents=True)
    (tmp_path / ".notes").write_bytes(b"not ours")
    said: list[str] = []
    with editions.room(tmp_path, said.append) as room:
        assert stat.S_IMODE(room.stat().st_mode) == 0o700
        with pytest.raises(Stopped, match="another run is writing here"):
            shelve(tmp_path, "2026.1")
    assert [line.startswith("Removed what a run that was interrupted had left: ") for line in said] == [True, True]
    assert [each.name for each in tmp_path.iterdir()] == [".notes"]


def test_an_archive_is_never_overwritten(tmp_path: Path) -> None:
    """Packing an edition that exists is a problem, and the existing one stays; no half file is left."""
    path = shelve(tmp_path, "2026.1")
    before = path.read_bytes()
    with pytest.raises(Stopped, match="is there already"):
        shelve(tmp_path, "2026.1", {"index.html": b"other"})
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["2026.1.zip"]


def test_names_not_legal_everywhere_are_not_packed(tmp_path: Path) -> None:
    """A site with a file that Windows could not store is not released, and every such file is reported."""
    with pytest.raises(Stopped) as stopped:
        shelve(tmp_path, "2026.1", {"aux.html": b"", "a?.html": b"", "A.html": b"", "a.html": b""})
    assert [problem.place.path for problem in stopped.value.problems] == ["a?.html", "aux.html", "a.html"]
    assert not list(tmp_path.iterdir())


def test_what_else_lies_on_the_shelf_is_told(tmp_path: Path) -> None:
    """A file that is no edition, an empty reason, and a reason for what cannot be an edition are all told at once."""
    shelve(tmp_path, "2026.1")
    (tmp_path / "notes.md").write_text("x")
    (tmp_path / "2026.1").mkdir()
    (tmp_path / "2026.1/index.html").write_text("unpacked to look at")
    (tmp_path / "2025.1.withdrawn.txt").write_text("\n")
    (tmp_path / "spring.withdrawn.txt").write_text("It was wrong.")
    (tmp_path / "2026.2.zip").write_text("x")
    with pytest.raises(Stopped) as stopped:
        editions.read_shelf(tmp_path)
    told = [str(problem).removeprefix(f"{tmp_path.as_posix()}/") for problem in stopped.value.problems]
    assert [line.partition(":")[0] for line in told] == [
        "2025.1.withdrawn.txt", "2026.2.zip", "notes.md", "spring.withdrawn.txt"
    ]  # fmt: skip
