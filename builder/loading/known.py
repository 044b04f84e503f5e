"""What a curriculum's texts may name, from the files that parse: a broken file hides no problem in another.

In: the files as read. Out: ids, pages and anchors. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder import dialect
from builder.checking.ids import Ids
from builder.checking.texts import Known
from builder.loading.files import Files
from builder.model.curriculum import Settings
from builder.model.pages import BY_SCHEME, GLOSSARY, MODULE_PAGES, REFERENCES, SETTINGS
from builder.problems import near
from builder.sources import schema
from builder.sources.yaml import Located


def known(files: Files, *, lost: bool) -> Known:
    """What texts may name, from the files that parse, so that texts are checked even if a file is broken.

    A module with a folder is known even if it is not in the order, which is reported once, elsewhere.
    """
    modules = frozenset(files.reader.folders("modules"))
    read = [path for path in files.asked if path.endswith("/module.yml")]
    each = [_ids(files.located.get(path), "questions") for path in read]
    broken = lost or not each or None in each
    pages = {path.removeprefix("docs/").removesuffix(".md") for path in files.asked if _is_page(path)}
    named: dict[str, Ids] = dict.fromkeys(BY_SCHEME, modules) | {
        "handout": frozenset(id for id in modules if files.reader.files(f"modules/{id}/handouts", None)),
        "question": None if broken else frozenset().union(*(found or () for found in each)),
        "term": _ids_of(files, GLOSSARY),
        "page": pages | {path.removesuffix(".md") for path in files.made},
    }
    works = _ids_of(files, REFERENCES)
    return Known(
        ids=named,
        works=works,
        files=files.images.keys() | files.attachments.keys(),
        supplied=_supplied(files.located.get(SETTINGS)),
    )


@dataclass(frozen=True, slots=True)
class _Filled:
    """The blanks that a program has filled in, even if something else in the settings is wrong."""

    supplied: Mapping[str, str] | None


def _supplied(located: Located | None) -> Ids:
    found = schema.partial(_Filled, Settings, located, ()).supplied if located else None
    return None if found is None else frozenset(name.casefold() for name in found)


def _ids_of(files: Files, path: str) -> Ids:
    """The ids in a file that may be missing."""
    return _ids(files.located.get(path)) if path in files.asked else frozenset()


def _ids(located: Located | None, *path: str) -> Ids:
    """The ids of the entries in a list of a file, whatever else is wrong with them; None if there is no list."""
    entries = located.at(path).plain() if located else None
    if path and isinstance(entries, dict) and near(path[-1], entries) is None:
        return frozenset()  # the list is left out, and no other key is meant to be its own
    if not isinstance(entries, list):
        return None
    return frozenset(str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry)


def written(files: Files) -> dict[str, Ids]:
    """The pages that there will be, before they are composed, with the anchors that authors gave them.

    What a page gets from templates is not known yet, and naming it is no problem here.
    """
    folders = files.reader.folders("modules")
    made = [page.path(id) for id in folders for page in MODULE_PAGES]
    pages: dict[str, Ids] = dict.fromkeys([*made, *files.made])
    pages |= {path.removeprefix("docs/"): None for path in files.asked - files.sources.keys() if _is_page(path)}
    for path, source in files.sources.items():
        anchors = dialect.ids(dialect.tree(source.text)) if path.startswith("docs/") else ()
        pages.setdefault(path.removeprefix("docs/"), frozenset(anchors))
    return pages


def _is_page(path: str) -> bool:
    """Whether a file is a page of the site, even if it could not be read."""
    return path.startswith("docs/") and path.endswith(".md")
