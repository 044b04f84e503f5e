"""An edition's file: which names it may have, that the same gives the same, and that nothing harmful is opened."""

from __future__ import annotations

import os
import random
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from output import tree
from shelves import SEALED, contents, forged, seal, shelve

from builder import editions
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
    assert editions.fault(name) is None


@pytest.mark.parametrize("name", ILLEGAL)
def test_other_names_are_refused(name: str) -> None:
    """What a disk, a shell, a web server or a reader could take for something else is no name of an edition."""
    assert editions.fault(name) is not None


def test_names_that_mean_the_same_are_taken(tmp_path: Path) -> None:
    """Beside an edition no other may be released whose name only spells the same number in another way."""
    shelve(tmp_path, "2026.1")
    assert "as '2026.1'" in (editions.taken(tmp_path, "2026.1.0") or "")
    assert editions.taken(tmp_path, "2026.1") is not None
    assert editions.taken(tmp_path, "2026.2") is None


def test_editions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """2026.10 is newer than 2026.9, a preview is older than what it is a preview of, and is never the latest."""
    for name in ("2026.9", "2026.10", "2026.11rc1", "2025.12"):
        shelve(tmp_path, name)
    shelf = editions.read(tmp_path)
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
    """An archive opens with any program, to one folder with the edition's name, and holds every file as it was."""
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


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """A small file that would fill a disk when it is unpacked is refused before it is, whatever it says of its size."""
    path = tmp_path / "2026.1.zip"
    zeros = bytes(300_000_000)
    entries: dict[zipfile.ZipInfo | str, bytes] = {f"2026.1/{at}.html": zeros for at in range(4)}
    forged(path, "2026.1", entries, {f"{at}.html": b"" for at in range(4)})
    assert path.stat().st_size < 2_000_000
    with pytest.raises(Stopped, match="unpacks to more than"):
        editions.open_archive(path)


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
    """A file that is listed and not there is told by its name."""
    path = forged(tmp_path / "2026.1.zip", "2026.1", {}, {"index.html": b"good"})
    with pytest.raises(Stopped, match=r"'2026\.1/index\.html' is missing"):
        editions.open_archive(path)


def test_what_is_no_edition_is_refused(tmp_path: Path) -> None:
    """Other files, other zip files, and editions under another's name are told for what they are."""
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
    """An archive that a later program made is told as that, and not as damaged."""
    path = tmp_path / "2026.1.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2026.1/edition.json", '{"format": 99, "new": true}')
        packed.comment = b"sha256:" + bytes(64)
    with pytest.raises(Stopped, match="format 99, which this program cannot read"):
        editions.open_archive(seal(path))


def test_an_archive_is_never_overwritten(tmp_path: Path) -> None:
    """Whoever packs an edition that is there gets told, and the one that is there stays; no half file is left."""
    path = shelve(tmp_path, "2026.1")
    before = path.read_bytes()
    with pytest.raises(Stopped, match="is there already"):
        shelve(tmp_path, "2026.1", {"index.html": b"other"})
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["2026.1.zip"]


def test_names_not_legal_everywhere_are_not_packed(tmp_path: Path) -> None:
    """A site with a file that Windows could not hold is not released, and every such file is told."""
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
        editions.read(tmp_path)
    told = [str(problem).removeprefix(f"{tmp_path.as_posix()}/") for problem in stopped.value.problems]
    assert [line.partition(":")[0] for line in told] == [
        "2025.1.withdrawn.txt", "2026.2.zip", "notes.md", "spring.withdrawn.txt"
    ]  # fmt: skip
