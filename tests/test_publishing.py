"""Publishing: what is served is made of the archives alone, whole or not at all, and loses nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from pathlib import Path

import pytest
from forks import killed_after, killed_everywhere, needs_fork
from output import tree
from shelves import contents, go, publisher, shelve

from builder import editions
from builder.problems import Stopped


def publish(folder: Path, target: Path) -> editions.Outcome:
    return editions.publish(editions.read_shelf(folder), target)


def kept(parent: Path) -> list[str]:
    """What is in a folder, hidden or not."""
    return sorted(path.name for path in parent.iterdir())


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Two editions and a preview."""
    folder = tmp_path / "editions"
    for name in ("2025.2", "2026.1", "2026.2rc1"):
        shelve(folder, name)
    return folder


# What is served


def test_every_edition_is_served_as_it_was_packed(shelf: Path, tmp_path: Path) -> None:
    """What lies at an edition's address is what a reader gets who unpacks the archive, byte for byte."""
    publish(shelf, tmp_path / "public")
    for name in ("2025.2", "2026.1", "2026.2rc1"):
        shutil.unpack_archive(shelf / f"{name}.zip", tmp_path / "unpacked")
        assert tree(tmp_path / "public" / name) == tree(tmp_path / "unpacked" / name)
        assert (tmp_path / "public/editions" / f"{name}.zip").read_bytes() == (shelf / f"{name}.zip").read_bytes()


def test_what_lies_beside_the_editions(shelf: Path, tmp_path: Path) -> None:
    """Beside them lie the ways to the latest, the lists, the page for lost readers and the notice, and nothing else."""
    publish(shelf, tmp_path / "public")
    made = {name for name in tree(tmp_path / "public") if not name.startswith(("2025.2/", "2026.1/", "2026.2rc1/"))}
    assert made == {
        "index.html", "404.html", "notice.js", "versions.json", "editions/index.html", "editions/editions.json",
        "manifest.json", "editions/2025.2.zip", "editions/2026.1.zip", "editions/2026.2rc1.zip",
        "latest/index.html", "latest/about.html", "latest/modules/one/guide.pdf",
    }  # fmt: skip


def test_the_list_is_in_the_language_of_the_latest_edition(tmp_path: Path) -> None:
    """An edition says what its language is; what is beside the editions, and their days, are in that of the latest."""
    folder = tmp_path / "editions"
    shelve(folder, "2025.2")
    shelve(folder, "2026.1", language="en-GB")
    publish(folder, tmp_path / "public")
    page = (tmp_path / "public/editions/index.html").read_text()
    assert '<html lang="en-GB">' in page
    assert "24 November 2026" in page


def test_versions_are_listed_as_mike_lists_them(shelf: Path, tmp_path: Path) -> None:
    """`versions.json` is what mike writes and Material's selector reads: newest first, the latest with its alias."""
    publish(shelf, tmp_path / "public")
    assert json.loads((tmp_path / "public/versions.json").read_text()) == [
        {"version": "2026.2rc1", "title": "2026.2rc1 (preview)", "aliases": []},
        {"version": "2026.1", "title": "2026.1", "aliases": ["latest"]},
        {"version": "2025.2", "title": "2025.2", "aliases": []},
    ]


def test_latest_leads_to_the_newest_that_is_no_preview(shelf: Path, tmp_path: Path) -> None:
    """Each page under `latest` leads to the same page of that edition; a PDF, which cannot lead, is there again."""
    publish(shelf, tmp_path / "public")
    page = (tmp_path / "public/latest/about.html").read_text()
    assert "../2026.1/about.html" in page
    assert (tmp_path / "public/latest/modules/one/guide.pdf").read_bytes() == b"%PDF 2026.1"


def test_a_sitemap_lists_that_of_the_latest_edition(tmp_path: Path) -> None:
    """Once the address is real, a sitemap at the root names the sitemap of the latest edition, and no other."""
    shelve(tmp_path / "editions", "2025.2", root="https://iam.health/m/")
    shelve(tmp_path / "editions", "2026.1", root="https://iam.health/m/")
    shelve(tmp_path / "editions", "2026.2rc1", root="https://iam.health/m/")
    publish(tmp_path / "editions", tmp_path / "public")
    text = (tmp_path / "public/sitemap.xml").read_text()
    assert "https://iam.health/m/2026.1/sitemap.xml" in text
    assert "2025.2" not in text


def test_only_previews_have_no_latest(tmp_path: Path) -> None:
    """While there is nothing but previews, they are served, and no address says that one of them is the latest."""
    shelve(tmp_path / "editions", "2026.1rc1")
    assert publish(tmp_path / "editions", tmp_path / "public").latest is None
    assert not (tmp_path / "public/latest").exists()
    assert "latest" not in (tmp_path / "public/versions.json").read_text()
    assert "2026.1rc1" in (tmp_path / "public/editions/index.html").read_text()


def test_a_withdrawn_edition_says_so(shelf: Path, tmp_path: Path) -> None:
    """Each page of a withdrawn edition says so, why, and where to go; nothing else of it is served or offered."""
    (shelf / "2026.1.withdrawn.txt").write_text("A dose was <wrong>.\n")
    assert publish(shelf, tmp_path / "public").latest == "2025.2"
    made = tree(tmp_path / "public")
    assert sorted(name for name in made if name.startswith("2026.1/")) == ["2026.1/about.html", "2026.1/index.html"]
    for name in ("2026.1/about.html", "2026.1/index.html", "editions/index.html"):
        assert b"A dose was &lt;wrong&gt;." in made[name], name
    assert b"../2025.2/about.html" in made["2026.1/about.html"]
    assert "2026.1" not in made["versions.json"].decode()
    assert "editions/2026.1.zip" not in made


def test_a_withdrawn_edition_needs_no_archive(shelf: Path, tmp_path: Path) -> None:
    """Where even the archive may no longer be kept, the word that it was withdrawn is still at its address."""
    publish(shelf, tmp_path / "public")
    (shelf / "2025.2.zip").unlink()
    (shelf / "2025.2.withdrawn.txt").write_text("It must not be kept.\n")
    publish(shelf, tmp_path / "public")
    assert [path.name for path in (tmp_path / "public/2025.2").iterdir()] == ["index.html"]
    assert "It must not be kept." in (tmp_path / "public/2025.2/index.html").read_text()


def test_what_is_served_depends_on_the_archives_alone(shelf: Path, tmp_path: Path) -> None:
    """One after the other or all at once, over what was there or into a new folder: the same files are served."""
    publish(shelf, tmp_path / "once")
    other = tmp_path / "other"
    other.mkdir()
    for name in ("2026.2rc1", "2025.2", "2026.1"):
        shutil.copy(shelf / f"{name}.zip", other)
        publish(other, tmp_path / "stepwise")
    assert tree(tmp_path / "stepwise") == tree(tmp_path / "once")


# What is written


def test_only_what_is_new_is_written(shelf: Path, tmp_path: Path) -> None:
    """Files of editions that were published stay the same files on the disk; only what is added is written."""
    public = tmp_path / "public"
    publish(shelf, public)
    before = {name: (public / name).stat().st_ino for name in tree(public)}
    assert publish(shelf, public).written == 0
    shelve(shelf, "2026.2")
    done = publish(shelf, public)
    after = {name: (public / name).stat().st_ino for name in tree(public)}
    changed = {name for name in before if after[name] != before[name]}
    assert changed <= {
        "index.html", "404.html", "notice.js", "versions.json", "editions/index.html", "editions/editions.json",
        "manifest.json", "latest/index.html", "latest/about.html", "latest/modules/one/guide.pdf",
    }  # fmt: skip
    assert done.written == len(changed - {"manifest.json"}) + len(after.keys() - before.keys())


def test_what_was_edited_is_told_before_it_is_replaced(shelf: Path, tmp_path: Path) -> None:
    """A served file that somebody changed or exchanged for a link is named and stays; if so wished, it is replaced."""
    public = tmp_path / "public"
    publish(shelf, public)
    before = tree(public)
    (public / "2025.2/about.html").write_text("changed")
    (public / "2026.1/index.html").unlink()
    (public / "2026.1/about.html").unlink()
    (public / "2026.1/about.html").symlink_to(public / "2025.2/index.html")
    edited = tree(public)
    with pytest.raises(Stopped) as stopped:
        publish(shelf, public)
    assert [problem.place.path.removeprefix(f"{public}/") for problem in stopped.value.problems] == [
        "2025.2/about.html", "2026.1/about.html"
    ]  # fmt: skip
    assert "--replace-edited" in str(stopped.value)
    assert tree(public) == edited
    editions.publish(editions.read_shelf(shelf), public, replace_edited=True)
    assert tree(public) == before
    assert not (public / "2026.1/about.html").is_symlink()


def test_a_change_in_what_is_served_reaches_no_archive(shelf: Path, tmp_path: Path) -> None:
    """The archive that readers take along is a copy, so that nobody who changes it changes the one that is kept."""
    publish(shelf, tmp_path / "public")
    before = (shelf / "2026.1.zip").read_bytes()
    with (tmp_path / "public/editions/2026.1.zip").open("ab") as file:
        file.write(b"x")
    assert (shelf / "2026.1.zip").read_bytes() == before


def test_a_link_stays_one(shelf: Path, tmp_path: Path) -> None:
    """Where a link is served, it stays as it is, and the folder that it leads to is exchanged."""
    public = tmp_path / "www"
    (tmp_path / "elsewhere/there").mkdir(parents=True)
    public.symlink_to("elsewhere/there")
    publish(shelf, public)
    first = tree(public)
    shelve(shelf, "2026.3")
    publish(shelf, public)
    assert public.readlink() == Path("elsewhere/there")
    assert tree(public).keys() > first.keys()
    assert kept(tmp_path) == ["editions", "elsewhere", "www"]
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["there"]


# What others have put there


def neighbors(public: Path) -> dict[str, bytes]:
    """Put beside the editions what hosts and people put there; answer all of it."""
    before = tree(public)
    (public / ".well-known/acme-challenge").mkdir(parents=True)
    (public / "empty").mkdir()
    for name in (
        "CNAME",
        ".htaccess",
        "robots.txt",
        ".well-known/acme-challenge/token",
        "2026.1/mine.html",
        "latest/x",
    ):
        (public / name).write_text(name)
    (public / "www").symlink_to("2026.1", target_is_directory=True)
    (public / "secrets").symlink_to("/etc", target_is_directory=True)
    return {name: data for name, data in tree(public).items() if name not in before}


def test_what_others_put_beside_a_site_stays(shelf: Path, tmp_path: Path) -> None:
    """A CNAME, rules for the server, a token, a link: all of it stays as it is, however often one publishes."""
    public = tmp_path / "public"
    publish(shelf, public)
    theirs = neighbors(public)
    for name in ("2026.3", None, "2026.4"):
        if name is not None:
            shelve(shelf, name)
        (shelf / "2026.1.withdrawn.txt").write_text("It was wrong.")
        publish(shelf, public)
        made = tree(public)
        assert {each: made.get(each) for each in theirs} == theirs
        assert (public / "empty").is_dir()
        assert (public / "www").readlink() == Path("2026.1")
        assert (public / "secrets").readlink() == Path("/etc")
    assert "2026.1/modules/one/guide.pdf" not in made
    listed = set(json.loads((public / "manifest.json").read_bytes())["artifacts"])
    assert listed == made.keys() - theirs.keys() - {"manifest.json"}


def test_a_folder_that_an_older_version_published_is_known(shelf: Path, tmp_path: Path) -> None:
    """Where there is no list yet, what an older version wrote is ours, gone or not; all else is somebody else's."""
    public = tmp_path / "public"
    publish(shelf, public)
    (public / "manifest.json").unlink()
    theirs = neighbors(public)
    (shelf / "2026.1.withdrawn.txt").write_text("It was wrong.")
    (shelf / "2025.2.withdrawn.txt").write_text("It must not be kept.")
    (shelf / "2025.2.zip").unlink()
    publish(shelf, public)
    publish(shelf, tmp_path / "afresh")
    assert tree(public) == tree(tmp_path / "afresh") | theirs


def test_without_a_list_what_archives_hold_is_not_replaced_if_edited(shelf: Path, tmp_path: Path) -> None:
    """Where the list is gone, the archives say what their files were; a page of theirs that was edited is named."""
    public = tmp_path / "public"
    publish(shelf, public)
    (public / "manifest.json").unlink()
    (public / "2026.1/index.html").write_text("mine")
    with pytest.raises(Stopped, match=r"2026\.1/index\.html:1:1: was edited since we wrote it"):
        publish(shelf, public)
    assert (public / "2026.1/index.html").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="there files have no modes")
def test_whatever_the_mask_is_others_can_read_what_is_published(shelf: Path, tmp_path: Path) -> None:
    """A web server, most often another user, can read every folder and file that is published."""
    before = os.umask(0o077)
    try:
        publish(shelf, tmp_path / "public")
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (tmp_path / "public").rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}
    assert (tmp_path / "public").stat().st_mode & 0o777 == 0o755


def test_what_systems_leave_beside_archives_is_nobodys(shelf: Path, tmp_path: Path) -> None:
    """Files that Windows and macOS make in any folder stop nothing, and are not published."""
    for name in ("desktop.ini", "Thumbs.db", ".DS_Store"):
        (shelf / name).write_bytes(b"x")
    publish(shelf, tmp_path / "public")
    assert not [path for path in tree(tmp_path / "public") if path.lower().endswith((".ini", ".db", ".ds_store"))]


def test_a_name_that_others_have_taken_is_told(shelf: Path, tmp_path: Path) -> None:
    """A file of somebody else at an address that a new edition needs stops the publishing; it is not replaced."""
    public = tmp_path / "public"
    publish(shelf, public)
    (public / "2026.3").mkdir()
    (public / "2026.3/index.html").write_text("mine")
    shelve(shelf, "2026.3")
    before = tree(public)
    with pytest.raises(Stopped, match=r"2026\.3/index\.html:1:1: is not ours"):
        publish(shelf, public)
    assert tree(public) == before
    assert kept(tmp_path) == ["editions", "public"]


# What is refused


def test_no_edition_is_no_site(tmp_path: Path) -> None:
    """Without an edition nothing is published, and what was there stays."""
    (tmp_path / "editions").mkdir()
    with pytest.raises(Stopped, match="no edition here"):
        publish(tmp_path / "editions", tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_a_bad_archive_stops_all(shelf: Path, tmp_path: Path) -> None:
    """One damaged archive stops the publishing, each damaged one is named, and what was there stays."""
    public = tmp_path / "public"
    publish(shelf, public)
    before = tree(public)
    shelve(shelf, "2026.2")
    for name in ("2025.2", "2026.2"):
        data = bytearray((shelf / f"{name}.zip").read_bytes())
        data[len(data) // 2] ^= 1
        (shelf / f"{name}.zip").write_bytes(data)
    with pytest.raises(Stopped) as stopped:
        publish(shelf, public)
    assert [Path(problem.place.path).name for problem in stopped.value.problems] == ["2025.2.zip", "2026.2.zip"]
    assert tree(public) == before
    assert kept(tmp_path) == ["editions", "public"]


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 100_000, "null", "{}", '"x"', "[1]", '[{"title": "x"}]', "\ufeff[]", "[]x"]
)
@pytest.mark.parametrize("name", ["versions.json", "editions/editions.json"])
def test_lists_that_cannot_be_read_are_not_taken_for_empty(shelf: Path, tmp_path: Path, name: str, text: str) -> None:
    """A list of what was published that is damaged, or of another kind, stops the publishing and is named."""
    public = tmp_path / "public"
    publish(shelf, public)
    (public / name).write_text(text, encoding="utf-8")
    before = tree(public)
    with pytest.raises(Stopped, match=r"(versions|editions)\.json:\d+:\d+: "):
        publish(shelf, public)
    assert tree(public) == before


@pytest.mark.parametrize("name", ["../../x", "<script>", "a\x1b[31m", "", 3, None, ["x"], {"a": 1}, "1.0\n::error::x"])
def test_names_that_no_edition_has_are_not_taken_for_some(shelf: Path, tmp_path: Path, name: object) -> None:
    """A list in the folder may be a stranger's: what it calls an edition must be able to be one."""
    public = tmp_path / "public"
    publish(shelf, public)
    listed = {"version": name, "title": "x", "aliases": []}
    (public / "versions.json").write_text(json.dumps([listed]))
    catalogue = {"format": 1, "editions": [{"name": name, "sha256": None, "withdrawn": None}]}
    (public / "editions/editions.json").write_text(json.dumps(catalogue))
    before = tree(public)
    with pytest.raises(Stopped, match="do not agree") as stopped:
        publish(shelf, public)
    assert len(str(stopped.value).splitlines()) == 1
    assert tree(public) == before


def test_bytes_that_are_no_text_are_not_taken_for_empty(shelf: Path, tmp_path: Path) -> None:
    """A list that is not even text stops the publishing and is named."""
    publish(shelf, tmp_path / "public")
    (tmp_path / "public/versions.json").write_bytes(b"\xff\xfe\x00[")
    with pytest.raises(Stopped, match=r"versions\.json:1:1: cannot be read"):
        publish(shelf, tmp_path / "public")


def test_what_another_program_published_is_left_alone(shelf: Path, tmp_path: Path) -> None:
    """A folder that mike fills, a list that it changed, and a folder with something else are refused, not emptied."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "versions.json").write_text('[{"version": "1.0", "title": "1.0", "aliases": []}]')
    with pytest.raises(Stopped, match="files that we did not publish"):
        publish(shelf, public)
    (public / "versions.json").rename(public / "thesis.docx")
    with pytest.raises(Stopped, match="files that we did not publish"):
        publish(shelf, public)
    (public / "thesis.docx").unlink()
    publish(shelf, public)
    listed = json.loads((public / "versions.json").read_text())
    (public / "versions.json").write_text(json.dumps([{"version": "3.0", "title": "3.0", "aliases": []}, *listed]))
    with pytest.raises(Stopped, match="do not agree"):
        publish(shelf, public)


def test_no_edition_that_was_published_is_lost(shelf: Path, tmp_path: Path) -> None:
    """An edition whose archive is no longer there stops the publishing, which says how to go on."""
    publish(shelf, tmp_path / "public")
    before = tree(tmp_path / "public")
    (shelf / "2025.2.zip").unlink()
    with pytest.raises(
        Stopped, match=r"edition 2025\.2 was published, and there is no archive of it \(put 2025\.2\.zip"
    ):
        publish(shelf, tmp_path / "public")
    assert tree(tmp_path / "public") == before


def test_no_edition_that_was_published_becomes_another(shelf: Path, tmp_path: Path) -> None:
    """An archive of the same name with other contents is refused: who printed that edition must find it again."""
    publish(shelf, tmp_path / "public")
    (shelf / "2025.2.zip").unlink()
    shelve(shelf, "2025.2", contents("other"))
    with pytest.raises(Stopped, match=r"2025\.2\.zip:1:1: is not the 2025\.2 that was published"):
        publish(shelf, tmp_path / "public")


# Whole or not at all


@needs_fork
@pytest.mark.slow("publishes once for each step")
def test_killed_at_any_step_it_leaves_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before each change on the disk, the publisher leaves the old or the new, and what others have there."""
    monkeypatch.setattr(os, "sync", lambda: None)  # which takes long where others write, and changes nothing here
    shelf, public = tmp_path / "editions", tmp_path / "public"
    for name in ("2026.1", "2026.2"):
        files = {"index.html": name.encode(), "guide.pdf": b"%PDF"}
        shelve(shelf if name == "2026.1" else tmp_path / "later", name, files)
    publish(shelf, public)
    (public / "CNAME").write_text("example.org")
    (public / ".well-known").mkdir()
    old = tree(public)
    shutil.copytree(public, tmp_path / "saved")
    shutil.copy(tmp_path / "later/2026.2.zip", shelf)
    publish(shelf, tmp_path / "new")
    new = tree(tmp_path / "new") | {"CNAME": b"example.org"}
    seen = {"old": 0, "new": 0}
    for _ in killed_everywhere(lambda: str(publish(shelf, public))):
        found = tree(public)
        assert found in (old, new)
        assert (public / ".well-known").is_dir()
        seen["new" if found == new else "old"] += 1
        said: list[str] = []
        editions.publish(editions.read_shelf(shelf), public, said.append)
        assert tree(public) == new
        assert all(line.startswith("Removed what a run that was interrupted had left") for line in said)
        assert kept(tmp_path) == ["editions", "later", "new", "public", "saved"]
        shutil.rmtree(public)
        shutil.copytree(tmp_path / "saved", public)
    assert seen["old"] > 30, seen
    assert seen["new"] > 5, seen


@needs_fork
@pytest.mark.slow("publishes once for each step")
def test_killed_at_some_moment_it_leaves_the_old_or_the_new(shelf: Path, tmp_path: Path) -> None:
    """Killed by the system at random moments, the publisher leaves the old or the new whole, and the next heals all."""
    public, new = tmp_path / "public", tmp_path / "new"
    publish(shelf, public)
    old = tree(public)
    shutil.copytree(public, tmp_path / "saved")
    shelve(shelf, "2026.2", contents("2026.2", more=300))
    begun = time.monotonic()
    publish(shelf, new)
    took = time.monotonic() - begun
    whole = tree(new)
    chance = random.Random(20260001)
    killed = 0
    for _ in range(15):
        killed += killed_after(lambda: publish(shelf, public), chance.uniform(0, took))
        found = tree(public)
        assert found in (old, whole)
        if found == whole:  # begin again, from the old
            shutil.rmtree(public)
            shutil.copytree(tmp_path / "saved", public)
    assert killed
    publish(shelf, public)
    assert tree(public) == whole
    assert kept(tmp_path) == ["editions", "new", "public", "saved"]


def test_of_two_at_once_one_wins_whole(shelf: Path, tmp_path: Path) -> None:
    """Of several who publish at once, those who do not win say so, and what is served is whole."""
    for at in range(4):
        shelve(shelf, f"2024.{at}", contents(f"2024.{at}", more=150))
    public = tmp_path / "public"
    said: list[str] = []
    for _ in range(2):
        several = [publisher(shelf, public) for _ in range(3)]
        for each in several:
            go(each)
        ended = [(each.communicate()[1], each.returncode) for each in several]
        assert any(code == 0 for _, code in ended), ended
        said += [message for message, code in ended if code]
        publish(shelf, tmp_path / "expected")
        assert tree(public) == tree(tmp_path / "expected")
        shutil.rmtree(public)
    assert said
    assert all("another run is writing here" in message for message in said)


def test_a_reader_meets_no_gap(shelf: Path, tmp_path: Path) -> None:
    """While it is published again and again, every page that was there can be read at every moment."""
    public = tmp_path / "public"
    publish(shelf, public)
    process = publisher(shelf, public)
    go(process)
    at = 0
    while process.poll() is None or at < 5:
        assert (public / "2025.2/about.html").read_bytes() == contents("2025.2")["about.html"]
        assert (public / "versions.json").read_bytes()
        at += 1
    process.communicate()
    assert at > 5


def test_an_error_half_way_leaves_the_old(shelf: Path, tmp_path: Path) -> None:
    """An archive that is damaged after it was looked at stops the publishing; and what stood stays, without a trace."""
    public = tmp_path / "public"
    publish(shelf, public)
    before = tree(public)
    shelve(shelf, "2026.2")
    opened = editions.read_shelf(shelf)
    (shelf / "2026.2.zip").write_bytes(b"x" * 10_000)
    with pytest.raises(Stopped, match=r"2026\.2\.zip:1:1: not an edition, or damaged"):
        editions.publish(opened, public)
    assert tree(public) == before
    assert kept(tmp_path) == ["editions", "public"]
