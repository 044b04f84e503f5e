"""Publishing: what any host can serve is made of the archives alone.

In: a `Shelf`, and the folder that is served. Out: that folder made anew. Touches: reads archives and what was published
before; writes only what is not there yet, and links to the rest.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.documents import published as pages
from builder.documents.published import Published
from builder.editions import names, swapping
from builder.editions.archives import MANIFEST, SOURCES, SUFFIX, Archive, Opened
from builder.editions.shelf import FOLDER, Shelf
from builder.problems import Place, Problem, Stopped, one

VERSIONS = "versions.json"
CATALOGUE = f"{FOLDER}/editions.json"
LATEST = "latest"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many editions and files are published, how many files had to be written, and which edition is the latest."""

    editions: int
    files: int
    written: int
    latest: str | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A file to be: bytes of ours, one file of an archive, or, without a member's name, the archive itself."""

    sha256: str
    data: bytes = b""
    archive: Archive | None = None
    member: str = ""


def publish(shelf: Shelf, target: Path) -> Outcome:
    """Make what is served: every edition, what lists them, and the ways to the latest; all of it or nothing.

    Raises `Stopped` if there is no edition, if an archive is damaged, if something else lies in the folder, or if an
    edition that was published before would be lost or would be another one.
    """
    if not shelf.names:
        raise one(FOLDER, "no edition here (make one with: curriculum release)")
    items = _items(shelf)
    with swapping.beside(target) as fresh:
        _keep_promises(shelf, target)
        written = _lay(items, target.resolve(), fresh)
    return Outcome(len(shelf.names), len(items), written, shelf.latest.name if shelf.latest else None)


def _items(shelf: Shelf) -> dict[str, _Item]:
    """Every file that is served, by its path; a pure function of the archives and of why some were withdrawn."""
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
    if shelf.latest:  # a page leads to the edition; a PDF cannot, so it is there again
        prints = {path: sha256 for path, sha256 in shelf.latest.manifest.files.items() if path.endswith(".pdf")}
        items |= dict(_unpacked(shelf.latest, LATEST, prints))
    return dict(sorted(items.items()))


def _beside(shelf: Shelf, editions: tuple[Published, ...], latest: Published | None) -> dict[str, str]:
    """What lies beside the editions, made anew each time."""
    root = next((archive.manifest.root for archive in shelf.archives if archive.manifest.root), None)
    made = {
        "index.html": pages.home(latest),
        "404.html": pages.lost(editions, latest, root),
        "notice.js": pages.notice(editions, latest),
        VERSIONS: pages.versions(editions, latest),
        f"{FOLDER}/index.html": pages.listing(editions, latest),
        CATALOGUE: _catalogue(shelf),
    }
    if root:
        made["sitemap.xml"] = pages.sitemap(editions, root)
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
    )


def _made(data: bytes) -> _Item:
    return _Item(_sum(data), data)


def _is_page(path: str) -> bool:
    return path.endswith(".html") and path != "404.html" and not path.startswith(SOURCES)


def _unpacked(archive: Archive, folder: str, files: Mapping[str, str]) -> Iterator[tuple[str, _Item]]:
    for path, sha256 in files.items():
        yield f"{folder}/{path}", _Item(sha256, archive=archive, member=path)


def _catalogue(shelf: Shelf) -> str:
    """The list for programs, by which the next publishing knows what it must keep."""
    listed = [
        {
            "name": name,
            "date": archive.manifest.date.isoformat() if archive else None,
            "sha256": archive.sha256 if archive else None,
            "withdrawn": shelf.withdrawn.get(name),
        }
        for name, archive in ((name, shelf.archive(name)) for name in shelf.names)
    ]
    return json.dumps({"format": _FORMAT, "editions": listed}, ensure_ascii=False, indent=1) + "\n"


def _keep_promises(shelf: Shelf, target: Path) -> None:
    """Refuse a folder that is not ours, and whatever would take from readers what was published there."""
    problems = []
    for name, sha256 in _before(target).items():
        archive = shelf.archive(name)
        place = Place((target / CATALOGUE).as_posix())
        if name not in shelf.names:
            why = f"put {name}{SUFFIX} back into {FOLDER}/, or say in {FOLDER}/{name}.withdrawn.txt why it is gone"
            problems.append(Problem(place, f"edition {name} was published, and there is no archive of it ({why})"))
        elif archive and sha256 and archive.sha256 != sha256:
            why = "an edition stays as it was; release what is new under a new name"
            problems.append(Problem(Place(str(archive.path)), f"is not the {name} that was published ({why})"))
    if problems:
        raise Stopped(problems)


def _before(target: Path) -> dict[str, str | None]:
    """The editions that a folder serves, with the checksums of their archives; raise `Stopped` if it is not ours."""
    if not target.is_dir() or not any(target.iterdir()):
        return {}
    if not (target / VERSIONS).is_file() or not (target / CATALOGUE).is_file():
        raise one(str(target), f"holds files that we did not publish (no {CATALOGUE} of ours; choose a new folder)")
    versions, catalogue = (_json(target / name) for name in (VERSIONS, CATALOGUE))
    try:
        served = [str(each["version"]) for each in versions]
        known = {str(each["name"]): each["sha256"] for each in catalogue["editions"]}
        offered = [str(each["name"]) for each in catalogue["editions"] if each["withdrawn"] is None]
        ours = catalogue["format"] == _FORMAT and isinstance(versions, list) and served == offered
    except (KeyError, TypeError, AttributeError):
        ours = False
    if not ours:
        why = f"not ours, or changed by another program: {VERSIONS} and {CATALOGUE} do not agree (choose a new folder)"
        raise one(str(target / VERSIONS), why)
    return known


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise Stopped([Problem(place, "cannot be read as JSON (choose a new folder, or mend it)")]) from None
    except UnicodeDecodeError:
        raise one(str(path), "cannot be read as JSON (choose a new folder, or mend it)") from None


def _lay(items: Mapping[str, _Item], old: Path, fresh: Path) -> int:
    """Fill a fresh folder; what stands in the old one and is the same becomes a link. Answer how much was written."""
    for folder in sorted({(fresh / path).parent for path in items}):
        folder.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor() as together:
        same = dict(zip(items, together.map(lambda path: _same(old / path, items[path]), items), strict=True))
    written = 0
    with contextlib.ExitStack() as held:
        contents: dict[Path, Opened] = {}
        for path, item in items.items():
            if same[path] and _linked(old / path, fresh / path):
                continue
            _write(fresh / path, item, contents, held)
            written += 1
    return written


def _same(file: Path, item: _Item) -> bool:
    """Whether a file that was published is what is to be published."""
    try:
        return not file.is_symlink() and _sum(file.read_bytes()) == item.sha256
    except OSError:
        return False


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:  # another disk, or one without hard links
        return False
    return True


def _write(target: Path, item: _Item, contents: dict[Path, Opened], held: contextlib.ExitStack) -> None:
    if item.archive is None:
        target.write_bytes(item.data)
    elif not item.member:  # copied and not linked: who changes what is served must not change what is kept
        shutil.copyfile(item.archive.path, target)
    else:
        path = item.archive.path
        if path not in contents:
            contents[path] = held.enter_context(item.archive.opened())
        target.write_bytes(contents[path].data(item.member))
    target.chmod(0o644)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
