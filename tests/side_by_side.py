"""Editions of a small curriculum laid side by side as a publisher does, for tests of what readers see."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from output import small

from builder.editions import pages
from builder.editions.pages import Published

ROOT = "https://steps.example.edu/"
OLD, LATEST, PREVIEW = "2025.2", "2026.1", "2026.2rc1"


def build(scratch: Path) -> Path:
    """Build a small site with the real command, for a host that keeps the list of editions itself."""
    made = small(scratch)
    made.write("mkdocs.yml", made.read("mkdocs.yml") + "extra:\n  editions: true\n")
    done = made.run("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return made.root / "site"


def release(scratch: Path, name: str, root: str, page: str) -> Path:
    """Release a small curriculum with the real command, whose address is `root`; `page` is its own."""
    made = small(scratch)
    made.replace("modules/curriculum.yml", f"url: {ROOT}", f"url: {root}")
    made.write(f"docs/{page}.md", f"# About {page}\n\nOnly here.\n")
    done = made.run("release", name, "--date", f"{name[:4]}-11-03")
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(made.root / f"editions/{name}.zip") as packed:
        packed.extractall(scratch / "unpacked")
    return scratch / "unpacked" / name


def described(folder: Path, name: str) -> Published:
    """What a publisher knows of an edition."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return Published(
        name=name,
        title="Small steps",
        date=dt.date(int(name[:4]), 11, 3),
        notes=f"What is in {name}.\n\nAnd why.",
        pages=tuple(page for page in found if page != "404.html"),
        preview="rc" in name,
        withdrawn=None,
        size=4_200_000,
    )


def publish(public: Path, editions: Sequence[Published], latest: Published | None, root: str | None = None) -> None:
    """Write what is beside the editions."""
    made = {
        "index.html": pages.home(editions, latest),
        "404.html": pages.lost(editions, latest, root),
        "notice.js": pages.notice(editions, latest, root),
        "versions.json": pages.versions(editions, latest),
        pages.LIST: pages.listing(editions, latest),
    }
    for page in latest.pages if latest else ():
        made[f"latest/{page}"] = pages.moved(latest, page, root)
    for path, text in made.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_text(text, encoding="utf-8")


def lay_out(scratch: Path) -> tuple[Path, tuple[Published, ...]]:
    """An old edition, the latest, which knows its public address, and a preview; with all that is beside them."""
    public = scratch / "public/course"
    sites = {
        OLD: release(scratch / OLD, OLD, "https://steps.example.org/", "gone"),
        LATEST: release(scratch / LATEST, LATEST, ROOT, "news"),
    }
    for name, site in sites.items():
        shutil.copytree(site, public / name)
    shutil.copytree(sites[LATEST], public / PREVIEW)
    for page in (public / PREVIEW).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f'"{LATEST}"', f'"{PREVIEW}"').replace(f"Edition {LATEST}", f"Edition {PREVIEW}"))
    editions = tuple(described(public / name, name) for name in (PREVIEW, LATEST, OLD))
    publish(public, editions, editions[1])
    return public, editions


def many(editions: Sequence[Published], count: int) -> list[Published]:
    """As many editions, with older ones after those given, of which only the names are there."""
    return [*editions, *(replace(editions[-1], name=f"{2024 - at}.1") for at in range(count - len(editions)))]
