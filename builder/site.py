"""The site's stage: documents and PDFs become an ordinary documentation tree with its navigation.

In: composed documents, PDFs, images, sources. Never a cohort. Out: a `Stage`: files by path, and the navigation.
Any host that reads `mkdocs.yml` can build it. `check` tells what would keep a host from that. Touches nothing itself.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder import located
from builder.curriculum import Loaded
from builder.documents import CHANGES, PDF_HERE, Documents, Release, moved
from builder.figures import set_in
from builder.kinds import is_placeholder
from builder.located import Located, Value
from builder.model import Document
from builder.press import Pdf
from builder.problems import Place, Problems, nearest, shown
from builder.prose import EXTENSIONS
from builder.sources import Reader

Nav = list[dict[str, Any]]

CONFIGURATION = "mkdocs.yml"

FROM_HOME = ("docs/about.md", "docs/facilitate/index.md", "docs/authors/index.md")
"""Authored pages that the template of the home page links to."""

_PLUGIN = "curriculum"

_PLUGINS = {
    _PLUGIN: "it makes the site of what is in modules/",
    "search": "it makes what readers search",
    "offline": "it makes the search work on a copy opened from a disk",
}

_FIXED = {"use_directory_urls": "false", "docs_dir": "docs"}
"""Addresses end in .html, so that one build serves a host and a disk; pages are looked for in docs/."""

_KEYS = frozenset(
    [
        "site_name", "site_url", "site_description", "site_author", "nav", "theme", "docs_dir", "site_dir", "copyright",
        "google_analytics", "dev_addr", "use_directory_urls", "repo_url", "repo_name", "edit_uri_template", "edit_uri",
        "extra_css", "extra_javascript", "extra_templates", "markdown_extensions", "mdx_configs", "strict",
        "remote_branch", "remote_name", "extra", "plugins", "hooks", "watch", "exclude_docs", "draft_docs",
        "not_in_nav", "validation", "INHERIT",
    ]
)  # fmt: skip
"""The keys that MkDocs 1.6 knows."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A documentation tree: what lies at each path, which sources it came from, and the navigation."""

    files: Mapping[str, bytes]
    sources: Mapping[str, tuple[str, ...]]
    nav: Nav


def check(reader: Reader, problems: Problems) -> str:
    """Tell what would keep a host from building: its settings, and pages that home needs. Answer the settings' text.

    A host stops at the first slip in its settings, or passes it over, such as a plugin that is missing.
    """
    for page in FROM_HOME:
        if not reader.exists(page):
            problems.add(Place(page), "missing file (the home page links to it)")
    source = reader.text(CONFIGURATION)
    given = located.parse(source, problems) if source else None
    if given and not isinstance(given.root.content, dict):
        problems.add(given.root.place, "keys and values expected, such as theme:")
    elif given:
        _check_keys(given, reader, problems)
        _check_theme(given, problems)
        _check_plugins(given, problems)
        _check_extensions(given, problems)
    return source.text if source else ""


def output(reader: Reader) -> str | None:
    """The folder that the host's settings name for the site, if they can be read and name one."""
    source = reader.text(CONFIGURATION)
    given = located.parse(source, Problems()) if source else None
    named = given.root.content.get("site_dir") if given and isinstance(given.root.content, dict) else None
    return named.content if named and isinstance(named.content, str) else None


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF that a page offers, and the words of the link to it."""

    label: str
    pdf: Pdf


def stage(loaded: Loaded, documents: Documents, prints: Mapping[str, Sequence[Print]]) -> Stage:
    """Lay out everything that the site shows, except the fixed assets under `docs/`; `prints` by the page's path."""
    address = loaded.curriculum.settings.repository.rstrip("/")
    repository = None if is_placeholder(address) else address
    files: dict[str, bytes] = {}
    sources: dict[str, tuple[str, ...]] = {}
    led = moved(documents.apparatus, {document.path: document.title for document in documents.all})
    for path, page in led.pages.items():
        files[path], sources[path] = page.encode(), (loaded.curriculum.path,)
    for document in documents.all:
        offered = prints.get(document.path, ())
        text = _page(document, repository, offered, led.blocks.get(document.path, ""))
        files[document.path] = set_in(text, document.path, loaded.images).encode()
        sources[document.path] = document.sources
        for each in offered:
            files[each.pdf.name], sources[each.pdf.name] = each.pdf.data, document.sources
        for path in document.sources:
            files[_copy_of(path)] = loaded.sources[path].encode()
            sources[_copy_of(path)] = (path,)
    for path, data in loaded.images.items():
        files[path], sources[path] = data, (path if path.startswith("modules/") else f"docs/{path}",)
    return Stage({path: files[path] for path in sorted(files)}, sources, list(_nav(documents)))


def configuration(mkdocs_yml: str, stage: Stage, loaded: Loaded, theme: str) -> str:
    """Write `mkdocs.yml` for a host that does not know our plugin: navigation and address set, plugin left out."""
    config = located.load(mkdocs_yml)
    with_options = [entry for entry in config["plugins"] if isinstance(entry, dict) and _PLUGIN in entry]
    config["plugins"] = [entry for entry in config["plugins"] if entry != _PLUGIN and entry not in with_options]
    config["theme"] = {**config["theme"], "custom_dir": theme}
    config |= settings(loaded) | {"docs_dir": "docs", "site_dir": "site", "nav": stage.nav}
    return located.dump(config)


def settings(loaded: Loaded) -> dict[str, str]:
    """What the host is told from the curriculum's own settings."""
    curriculum = loaded.curriculum.settings
    return {
        "site_name": curriculum.title,
        "site_description": curriculum.subtitle,
        "site_url": curriculum.address or "",
        "copyright": f"{curriculum.license.name} · edition {curriculum.edition}",
    }


def edition(release: Release) -> dict[str, str]:
    """What the theme is told of a released edition, as `extra.editions`."""
    return {"name": release.name, "root": release.root or ""}


def _check_keys(given: Located, reader: Reader, problems: Problems) -> None:
    """What a host would pass over or take amiss: slips in names, and settings on which the site's addresses rest."""
    for key, value in given.root.content.items():
        if key not in _KEYS:
            problems.add(given.place(key), f"unknown key {shown(key)} ({nearest(key, _KEYS)})")
        elif key in _FIXED and isinstance(value.content, str) and value.content.lower() != _FIXED[key]:
            problems.add(value.place, f"{key} is {shown(value.content)} (must be {_FIXED[key]})")
    if "use_directory_urls" not in given.root.content:
        problems.add(given.root.place, "use_directory_urls is missing (must be false)")
    for key in ("extra_css", "extra_javascript"):
        entries = given.root.content.get(key)
        for entry in entries.content if entries and isinstance(entries.content, list) else ():
            path = entry.content
            if isinstance(path, str) and "://" not in path and not reader.exists(f"docs/{path}"):
                assets = [each.removeprefix("docs/") for each in reader.files("docs/assets", None)]
                problems.add(entry.place, f"missing file {shown(path)} ({nearest(path, assets)})")


def _check_theme(given: Located, problems: Problems) -> None:
    theme = given.root.content.get("theme")
    name = theme.content.get("name") if theme and isinstance(theme.content, dict) else None
    if name is None:
        problems.add(given.place("theme"), "theme lacks its name (must be material)")
    elif name.content != "material":
        problems.add(name.place, f"theme.name is {shown(name.plain())} (must be material)")


def _check_plugins(given: Located, problems: Problems) -> None:
    names = _names(given, "plugins", problems)
    if names is None:
        return
    for name, why in _PLUGINS.items():
        if name not in names:
            problems.add(given.place("plugins"), f"plugins lack {name!r} ({why})")


def _check_extensions(given: Located, problems: Problems) -> None:
    """The site must read the same Markdown as the print and the checks do."""
    key = "markdown_extensions"
    names = _names(given, key, problems)
    if names is None:
        return
    for name, entry in names.items():
        if name not in EXTENSIONS:
            problems.add(entry.place, f"unknown extension {shown(name)} ({nearest(name, EXTENSIONS)})")
        elif not isinstance(entry.content, str):
            problems.add(entry.place, f"options of {name!r} (only its name: the print knows no options)")
    lacking = ", ".join(repr(name) for name in EXTENSIONS if name not in names)
    if lacking:
        problems.add(given.place(key), f"{key} lack {lacking} (must be {', '.join(EXTENSIONS)})")


def _names(given: Located, key: str, problems: Problems) -> dict[str, Value] | None:
    """What a list of the settings names, each entry alone or with its options; None if it cannot be told.

    A list that is missing or empty names nothing.
    """
    value = given.root.content.get(key)
    entries = value.content if value else None
    if entries is not None and not isinstance(entries, list):
        problems.add(given.place(key), f"{key}: a list expected (each item on a line that begins with '- ')")
        return None
    names: dict[str, Value] = {}
    whole = True
    for entry in entries or ():
        name = next(iter(entry.content)) if isinstance(entry.content, dict) and entry.content else entry.content
        if isinstance(name, str):
            names[name] = entry
        else:
            problems.add(entry.place, f"a name expected (of one of {key})")
            whole = False
    return names if whole else None


def _page(document: Document, repository: str | None, offered: Sequence[Print], block: str) -> str:
    """A document's Markdown with its front matter, the offer of its PDFs, and at the end a block and its sources."""
    meta: dict[str, Any] = {"title": document.title}
    if document.description:
        meta["description"] = document.description
    if document.audience != "everyone" or not document.searched:
        meta["search"] = {"exclude": True}
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    text = document.markdown.replace(f"\n{PDF_HERE}\n", f"\n{_offer(document, offered)}\n").rstrip()
    return (
        f"---\n{front}---\n\n{text}\n\n{block}{_sources(document, repository)}\n{{: .source data-search-exclude='' }}\n"
    )


def _offer(document: Document, offered: Sequence[Print]) -> str:
    """The line that offers a document's PDFs with pages and sizes; nothing while previewing, when none is made."""
    links = (_link(document, each, ".md-button .pdf" if each is offered[0] else ".pdf") for each in offered)
    return " ".join(links) + "\n{: .prints data-search-exclude='' }" if offered else ""


def _link(document: Document, each: Print, kinds: str) -> str:
    pages, size = each.pdf.pages, max(1, round(len(each.pdf.data) / 1000))
    told = f"{each.label} (PDF, {pages} page{'s' if pages != 1 else ''}, {size} KB)"
    return f"[{told}]({posixpath.relpath(each.pdf.name, posixpath.dirname(document.path))}){{: {kinds} }}"


def _sources(document: Document, repository: str | None) -> str:
    """The line with a copy of each source and, once there is a repository, where the first of them can be changed."""
    here = posixpath.dirname(document.path) or "."
    links = ", ".join(f"[{path}]({posixpath.relpath(_copy_of(path), here)})" for path in document.sources)
    change = f" · [Suggest a change]({repository}/blob/main/{document.sources[0]})" if repository else ""
    return f"Written in {links}{change}"


def _copy_of(path: str) -> str:
    """Where the site holds a source, as plain text that every browser shows."""
    return f"sources/{path}.txt"


def _nav(documents: Documents) -> Iterator[dict[str, Any]]:
    yield {"Home": "index.md"}
    modules: list[Any] = ["modules/index.md"]
    for module in documents.apparatus.curriculum.modules:
        folder = f"modules/{module.id}"
        entries = [
            f"{folder}/index.md",
            {"Discussion guide": f"{folder}/guide.md"},
            {"Handout": f"{folder}/handout.md"},
        ]
        modules.append({f"{module.number}. {module.file.short_title}": entries})
    yield {"Modules": modules}
    pages = {page.path: page.title for page in documents.pages if not page.path.startswith("modules/")}
    yield from _section(pages, "facilitate", "Facilitate")
    if documents.conversations:
        copies = [{f"{name.capitalize()}'s copy": f"one-to-one/{name}.md"} for name in ("mentor", "student")]
        yield {"One to one": ["one-to-one/index.md", *copies]}
    yield from _section(pages, "authors", "Author")
    yield {"Glossary": "glossary.md"}
    yield {"References": "references.md"}
    yield {pages[CHANGES]: CHANGES}
    known = {"index.md", "glossary.md", "references.md", CHANGES}
    for path in sorted(pages):
        if path not in known and not path.startswith(("facilitate/", "authors/")):
            yield {pages[path]: path}


def _section(pages: Mapping[str, str], folder: str, name: str) -> Iterator[dict[str, Any]]:
    inside = sorted((path for path in pages if path.startswith(f"{folder}/")), key=_index_first)
    if inside:
        yield {name: [path if path.endswith("/index.md") else {pages[path]: path} for path in inside]}


def _index_first(path: str) -> tuple[bool, str]:
    return not path.endswith("/index.md"), path
