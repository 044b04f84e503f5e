"""The pages beside the editions on a host: the list of them, redirects to the latest, the page for lost addresses.

In: a `Published` for each edition, newest first. Out: HTML pages, scripts and lists, as text. Touches nothing.

The pages work without scripts, and need nothing of an edition but, for its looks, a font of the latest one. Each
publishing makes them anew, so they may change; the editions' folders never do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from builder import words
from builder.documents.scripts import LOST, NO_SCRIPT, ONWARD, Script
from builder.documents.templating import fill_beside, fill_page, paragraphs
from builder.model.kinds import Language
from builder.words import Words

LIST = "editions/index.html"
_START = "index.html"
_CHANGES = "changes.html"

_RUN: Mapping[str, Script] = {"lost": LOST, "onward": ONWARD}
"""The pages that run a script."""

_FEW = 10
"""How many editions are named where a list of all is a click away."""


@dataclass(frozen=True, slots=True)
class Published:
    """What readers see of an edition; its pages are paths under its folder."""

    name: str
    title: str  # of the curriculum
    date: dt.date | None
    notes: str  # plain text
    pages: tuple[str, ...]
    preview: bool
    withdrawn: str | None  # why it is no longer to be used
    size: int  # of its archive in bytes; 0 if there is none to download
    moved: Mapping[str, str] = field(
        default_factory=dict
    )  # where pages at former addresses redirect to, by their paths
    language: Language = "en"


def home(editions: Sequence[Published], latest: Published | None) -> str:
    """The start page beside all editions: it redirects to the latest or, if there is none, to the list."""
    if latest is None:
        title = _words(editions, latest).say("beside.editions")
        return _page("onward", "", editions, None, target=LIST, title=title, canonical=None)
    return _onward(latest, _START, "", None)


def moved(latest: Published, page: str, root: str | None) -> str:
    """A page under `latest/`, which redirects to the same page of the latest edition, or to where that redirects."""
    return _onward(latest, latest.moved.get(page, page), _up(f"latest/{page}"), root)


def listing(editions: Sequence[Published], latest: Published | None) -> str:
    """The list of all editions, for people."""
    rows = [
        {
            "it": each,
            "day": _words(editions, latest).dates.write_day(each.date) if each.date else None,
            "paragraphs": paragraphs(each.withdrawn or each.notes),
            "changes": _CHANGES in each.pages,
            "megabytes": f"{max(each.size, 100_000) / 1_000_000:.1f}" if each.size else None,
        }
        for each in editions
    ]
    return _page("listing", _up(LIST), editions, latest, rows=rows)


def withdrawn(edition: Published, latest: Published | None, page: str) -> str:
    """The page at an address of a withdrawn edition: why it was withdrawn, and where the page is now."""
    return _page(
        "withdrawn",
        _up(f"{edition.name}/{page}"),
        [*([latest] if latest else []), edition],
        latest,
        edition=edition,
        paragraphs=paragraphs(edition.withdrawn or ""),
        target=_address(page) if latest and page != _START and page in latest.pages else None,
    )


def lost(editions: Sequence[Published], latest: Published | None, root: str | None) -> str:
    """The page for unknown addresses, which a host shows at any depth: it names editions that have such a page."""
    path = urlsplit(_folder(root)).path if root else "/"
    there = _there(editions)
    data = {
        "base": path,
        "latest": latest.name if latest else None,
        "editions": [each.name for each in there],
        "withdrawn": [each.name for each in editions if each.withdrawn is not None],
        "pages": _holders(there),
        "words": _words(editions, latest).group("lost"),
    }
    return _page("lost", path, editions, latest, data=data, few=there[:_FEW])


def notice(editions: Sequence[Published], latest: Published | None, root: str | None) -> str:
    """The script that shows readers of an older edition, or of a preview, which one is current.

    It also names the latest edition's page as canonical for search engines, whatever an edition says itself.
    """
    there = _there(editions)
    newest = there.index(latest) if latest else len(there)
    kinds = {each.name: "old" for each in there[newest + 1 :]}
    kinds |= {each.name: "preview" for each in there[:newest] if each.preview}
    data: dict[str, Any] = {"latest": None, "pages": [], "moved": {}, "editions": kinds}
    data["root"] = _folder(root) if root else None
    if latest:
        data |= {"latest": {"name": latest.name, "start": _START}, "pages": sorted(latest.pages)}
        data["moved"] = dict(latest.moved)
    return fill_beside("notice.js", data=data, changes=_CHANGES, words=_words(editions, latest).group("notice"))


def versions(editions: Sequence[Published], latest: Published | None) -> str:
    """The list of editions as mike writes it, for Material's selector and ours."""
    own = _words(editions, latest)
    listed = [
        {
            "version": each.name,
            "title": own.say("beside.named-preview", name=each.name) if each.preview else each.name,
            "aliases": ["latest"] if latest and each.name == latest.name else [],
        }
        for each in _there(editions)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def sitemap(latest: Published, root: str) -> str:
    """The sitemap index for search engines: it lists only the latest edition's sitemap."""
    return fill_beside("sitemap.xml", edition=latest, root=_folder(root))


def _onward(latest: Published, page: str, up: str, root: str | None) -> str:
    target = f"{latest.name}/{_address(page)}"
    return _page(
        "onward",
        up,
        [latest],
        latest,
        target=f"{up}{target}",
        title=_title([latest], latest),
        canonical=f"{_folder(root)}{target}" if root else None,
    )


def _page(name: str, up: str, editions: Sequence[Published], latest: Published | None, **values: Any) -> str:
    """Fill a page about some editions, newest first; `up` is the relative address of the folder with all of them."""
    values |= {"language": _language(editions, latest), "curriculum": _title(editions, latest)}
    values |= {"up": up, "latest": latest, "list": LIST, "script": _RUN.get(name, NO_SCRIPT)}
    return fill_page(f"beside-{name}", _words(editions, latest), **values)


def _language(editions: Sequence[Published], latest: Published | None) -> str:
    """The language of what is beside editions: that of the latest, or where none is current of the newest."""
    return next((each.language for each in (latest, *editions) if each), "en")


def _words(editions: Sequence[Published], latest: Published | None) -> Words:
    return words.of(_language(editions, latest))


def _up(path: str) -> str:
    return "../" * path.count("/")


def _folder(root: str) -> str:
    return root.rstrip("/") + "/"


def _address(page: str) -> str:
    """A page's path as part of an address."""
    return quote(page)


def _there(editions: Iterable[Published]) -> list[Published]:
    return [each for each in editions if each.withdrawn is None]


def _title(editions: Sequence[Published], latest: Published | None) -> str:
    """The curriculum's title, from the newest edition that has one."""
    unnamed = _words(editions, latest).say("beside.editions")
    return next((each.title for each in editions if each.title), unnamed)


def _holders(editions: Sequence[Published]) -> dict[str, list[list[int]]]:
    """Which editions have a page, as the first and the last of each run: most pages stay for many editions."""
    found: dict[str, list[list[int]]] = {}
    for at, edition in enumerate(editions):
        for page in edition.pages:
            runs = found.setdefault(page, [])
            if runs and runs[-1][1] == at - 1:
                runs[-1][1] = at
            else:
                runs.append([at, at])
    return dict(sorted(found.items()))
