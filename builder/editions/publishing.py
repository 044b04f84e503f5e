"""Publishing: what any host can serve is made from the archives alone.

In: a `Shelf`, and the folder that is served. Out: that folder made anew. Touches: reads archives and what was published
before; writes only what is new, and links to the rest.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder import output
from builder.editions import former, names, pages
from builder.editions.archives import MANIFEST, SOURCES, SUFFIX, Archive, Opened
from builder.editions.judging import judge
from builder.editions.pages import Published
from builder.editions.promises import CATALOGUE, FORMAT, LATEST, VERSIONS, keep_promises, known
from builder.editions.shelf import FOLDER, Shelf
from builder.output import Say
from builder.problems import Stopped


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many editions and files are published, how many files were written, and which edition is the latest."""

    editions: int
    files: int
    written: int
    latest: str | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A file to publish: bytes of ours, one file of an archive, or, without a member's name, the archive itself."""

    sha256: str
    data: bytes = b""
    archive: Archive | None = None
    member: str = ""


def publish(shelf: Shelf, target: Path, say: Say = lambda _: None, *, replace_edited: bool = False) -> Outcome:
    """Make the folder that is served: every edition, lists of them, and redirects to the latest; all of it or nothing.

    Args:
        shelf: The editions at hand.
        target: The folder to serve. What others have put into it stays.
        say: Called with each line for people.
        replace_edited: Whether to replace files of ours that someone has edited there.

    Raises:
        Stopped: There is no edition, an archive is damaged, the folder is not ours, a file of ours was edited there, an
            edition that was published before would be lost or change, or a page has parts that we do not make.
    """
    if not shelf.names:
        raise Stopped.at(FOLDER, "no edition here (make one with: curriculum release)")
    items = _items(shelf)
    with output.replacing(target, say, replace_edited=replace_edited) as place, place.writing():
        ours = known(shelf, place.target, keep_promises(shelf, place.target), items)
        written = _lay(items, place.target, place.folder)
        judge(place.folder, ((path, items[path].archive, items[path].member) for path in written))
        output.write_list(place.folder, {path: {"sha256": item.sha256} for path, item in items.items()})
        (place.folder / output.MANIFEST).chmod(0o644)
        output.settle()
        place.put(ours)
    return Outcome(len(shelf.names), len(items), len(written), shelf.latest.name if shelf.latest else None)


def _items(shelf: Shelf) -> dict[str, _Item]:
    """Every file that is served, by its path; a pure function of the archives and the reasons of withdrawals."""
    editions = tuple(_described(shelf, name) for name in shelf.names)
    latest = next((each for each in editions if shelf.latest and each.name == shelf.latest.name), None)
    made = _beside(shelf, editions, latest)
    for edition in editions:
        if edition.withdrawn is not None:
            for page in edition.pages or ("index.html",):
                made[f"{edition.name}/{page}"] = pages.withdrawn(edition, latest, page)
    items = {path: _made(text.encode()) for path, text in made.items()}
    for archive in shelf.current:
        items |= dict(_unpacked(archive, archive.name, archive.manifest.files))
        items[f"{archive.name}/{MANIFEST}"] = _made(archive.listing)
        items[f"{FOLDER}/{archive.name}{SUFFIX}"] = _Item(archive.sha256, archive=archive)
    if shelf.latest:  # a page redirects to the edition; a PDF cannot, so it is copied
        prints = {path: sha256 for path, sha256 in shelf.latest.manifest.files.items() if path.endswith(".pdf")}
        items |= dict(_unpacked(shelf.latest, LATEST, prints))
    return dict(sorted(items.items()))


def _beside(shelf: Shelf, editions: tuple[Published, ...], latest: Published | None) -> dict[str, str]:
    """The files beside the editions, made anew each time."""
    root = next((archive.manifest.root for archive in shelf.archives if archive.manifest.root), None)
    made = {
        "index.html": pages.home(editions, latest),
        "404.html": pages.lost(editions, latest, root),
        "notice.js": pages.notice(editions, latest, root),
        VERSIONS: pages.versions(editions, latest),
        f"{FOLDER}/index.html": pages.listing(editions, latest),
        CATALOGUE: _catalogue(shelf),
    }
    if latest and root:
        made["sitemap.xml"] = pages.sitemap(latest, root)
    if latest:
        for page in latest.pages:
            made[f"{LATEST}/{page}"] = pages.moved(latest, page, root)
    return made


def _described(shelf: Shelf, name: str) -> Published:
    archive = shelf.archive(name)
    return Published(
        name=name,
        title=archive.manifest.title if archive else "",
        date=archive.manifest.date if archive else None,
        notes=archive.manifest.notes if archive else "",
        pages=tuple(path for path in archive.manifest.files if _is_page(path)) if archive else (),
        preview=names.is_preview(name),
        withdrawn=shelf.withdrawn.get(name),
        size=archive.size if archive else 0,
        moved=former.redirects(archive) if archive and archive == shelf.latest else {},
        language=archive.manifest.language if archive else "en",
    )


def _made(data: bytes) -> _Item:
    return _Item(_sum(data), data)


def _is_page(path: str) -> bool:
    return path.endswith(".html") and path != "404.html" and not path.startswith(SOURCES)


def _unpacked(archive: Archive, folder: str, files: Mapping[str, str]) -> Iterator[tuple[str, _Item]]:
    for path, sha256 in files.items():
        yield f"{folder}/{path}", _Item(sha256, archive=archive, member=path)


def _catalogue(shelf: Shelf) -> str:
    """The list for programs, from which the next publishing knows what it must keep."""
    listed = [
        {
            "name": name,
            "date": archive.manifest.date.isoformat() if archive else None,
            "sha256": archive.sha256 if archive else None,
            "withdrawn": shelf.withdrawn.get(name),
        }
        for name, archive in ((name, shelf.archive(name)) for name in shelf.names)
    ]
    return json.dumps({"format": FORMAT, "editions": listed}, ensure_ascii=False, indent=1) + "\n"


def _lay(items: Mapping[str, _Item], old: Path, fresh: Path) -> list[str]:
    """Fill a new folder, with links to what is the same in the old one. Returns the paths that had to be written."""
    for folder in sorted({fresh / parent for path in items for parent in PurePosixPath(path).parents}):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # whatever the umask is: a web server is usually another user
    with concurrent.futures.ThreadPoolExecutor() as together:
        same = dict(zip(items, together.map(lambda path: _same(old / path, items[path]), items), strict=True))
    written = []
    with contextlib.ExitStack() as stack:
        contents: dict[Path, Opened] = {}
        for path, item in items.items():
            if same[path] and _linked(old / path, fresh / path):
                continue
            _write(fresh / path, item, contents, stack)
            written.append(path)
    return written


def _same(file: Path, item: _Item) -> bool:
    """Whether a published file is the same as the one to publish."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return False
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == item.sha256
    except OSError:
        return False


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:  # another disk, or one without hard links
        return False
    return True


def _write(target: Path, item: _Item, contents: dict[Path, Opened], stack: contextlib.ExitStack) -> None:
    if item.archive is None:
        target.write_bytes(item.data)
    elif not item.member:  # copied and not linked, because a change of what is served must not change what is kept
        shutil.copyfile(item.archive.path, target)
    else:
        path = item.archive.path
        if path not in contents:
            contents[path] = stack.enter_context(item.archive.opened())
        contents[path].copy(item.member, target)
    target.chmod(0o644)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
