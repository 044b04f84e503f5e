"""The site's stage: documents and PDFs become an ordinary documentation tree with its navigation.

In: composed documents, PDFs, images, sources. Never a cohort. Out: a `Stage`: files by path, and the navigation.
Any host that reads `mkdocs.yml` can build it. Touches nothing itself.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from builder.dialect.escaping import exact, target
from builder.documents import PDF_HERE, Documents, moved
from builder.loading.curriculum import Loaded
from builder.model.documents import Document
from builder.model.kinds import is_placeholder
from builder.model.pages import (
    CHANGES,
    GLOSSARY_PAGE,
    HOME,
    MODULES,
    PAIR_PAGES,
    REFERENCES_PAGE,
)
from builder.press import Pdf
from builder.site.folding import fold_solutions
from builder.site.highlighting import highlight
from builder.sources.figures import set_in
from builder.words import Words

Nav = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A documentation tree: the file at each path, the sources it was made from, and the navigation."""

    files: Mapping[str, bytes]
    sources: Mapping[str, tuple[str, ...]]
    nav: Nav


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF that a page offers, and the words of the link to it."""

    label: str
    pdf: Pdf


def stage(loaded: Loaded, documents: Documents, prints: Mapping[str, Sequence[Print]]) -> Stage:
    """Lay out everything that the site shows, except the fixed assets under `docs/`.

    Args:
        loaded: The curriculum with its images and sources.
        documents: Its documents.
        prints: The PDFs that each page offers, by the page's path.
    """
    address = (loaded.curriculum.settings.repository or "").rstrip("/")
    repository = None if is_placeholder(address) else address or None
    files: dict[str, bytes] = {}
    sources: dict[str, tuple[str, ...]] = {}
    root = documents.release.latest if documents.release else loaded.curriculum.settings.address
    words = documents.apparatus.words
    led = moved(documents.apparatus, {document.path: document.title for document in documents.all}, root)
    for path, page in led.pages.items():
        files[path], sources[path] = page.encode(), (loaded.curriculum.path,)
    for document in documents.all:
        offered = prints.get(document.path, ())
        text = _page(words, document, repository, offered, led.blocks.get(document.path, ""))
        if document.audience == "everyone":
            text = fold_solutions(text)
        files[document.path] = highlight(set_in(text, document.path, loaded.images)).encode()
        sources[document.path] = document.sources
        for each in offered:
            files[each.pdf.name], sources[each.pdf.name] = each.pdf.data, document.sources
        for path in document.sources:
            files[_copy_of(path)] = loaded.sources[path].encode()
            sources[_copy_of(path)] = (path,)
    for path, data in (*loaded.images.items(), *loaded.attachments.items()):
        files[path], sources[path] = data, (path if path.startswith("modules/") else f"docs/{path}",)
    return Stage({path: files[path] for path in sorted(files)}, sources, list(_nav(documents)))


def body(page: str) -> str:
    """The Markdown of a staged page, without its front matter."""
    return page.partition("\n---\n")[2]


def _page(words: Words, document: Document, repository: str | None, offered: Sequence[Print], block: str) -> str:
    """A document's Markdown with its front matter, the offer of its PDFs, and at the end a block and its sources."""
    meta: dict[str, Any] = {"title": document.title}
    if document.description:
        meta["description"] = document.description
    if document.audience != "everyone" or not document.searched:
        meta["search"] = {"exclude": True}
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    text = document.markdown.replace(f"\n{PDF_HERE}\n", f"\n{_offer(words, document, offered)}\n").rstrip()
    sources = _sources(words, document, repository)
    return f"---\n{front}---\n\n{text}\n\n{block}{sources}\n{{: .source data-search-exclude='' }}\n"


def _offer(words: Words, document: Document, offered: Sequence[Print]) -> str:
    """The line that offers a document's PDFs with pages and sizes; nothing while previewing, when none is made."""
    links = (_link(words, document, each, ".md-button .pdf" if each is offered[0] else ".pdf") for each in offered)
    return " ".join(links) + "\n{: .prints data-search-exclude='' }" if offered else ""


def _link(words: Words, document: Document, each: Print, kinds: str) -> str:
    pages, size = each.pdf.pages, words.write_size(len(each.pdf.data))
    label = words.say("site.pdf", pages, label=each.label, size=size)
    return f"[{label}]({posixpath.relpath(each.pdf.name, posixpath.dirname(document.path))}){{: {kinds} }}"


def _sources(words: Words, document: Document, repository: str | None) -> str:
    """The line with a copy of each source and, once there is a repository, where the first of them can be changed."""
    here = posixpath.dirname(document.path) or "."
    copies = ((path, quote(posixpath.relpath(_copy_of(path), here))) for path in document.sources)
    links = ", ".join(f"[{exact(path)}]({target(copy)})" for path, copy in copies)
    there = f"{repository}/blob/main/{quote(document.sources[0])}"
    return (
        words.say("site.written-in-repository", sources=links, address=target(there))
        if repository
        else words.say("site.written-in", sources=links)
    )


def _copy_of(path: str) -> str:
    """The path of a source's copy in the site, as plain text that every browser shows."""
    return f"sources/{path}.txt"


def _nav(documents: Documents) -> Iterator[dict[str, Any]]:
    say = documents.apparatus.words.say
    yield {say("site.home"): HOME}
    modules: list[Any] = [MODULES]
    for module in documents.apparatus.curriculum.modules:
        entries = [
            each.path(module.id) if each.own_title else {say(f"kinds.menu-{each.scheme}"): each.path(module.id)}
            for each in module.pages
        ]
        modules.append({f"{module.number}. {module.file.short_title}": entries})
    yield {say("site.modules"): modules}
    pages = {page.path: page.title for page in documents.pages if not page.path.startswith("modules/")}
    yield from _section(pages, "facilitate", say("site.facilitate"))
    if documents.conversations:
        copies = [{say(f"prints.{name}-copy"): PAIR_PAGES[name]} for name in ("mentor", "student")]
        yield {say("prints.one-to-one"): [PAIR_PAGES["index"], *copies]}
    yield from _section(pages, "authors", say("site.author"))
    for path in (each for each in (GLOSSARY_PAGE, REFERENCES_PAGE) if each in pages):
        yield {pages[path]: path}
    yield {pages[CHANGES]: CHANGES}
    known = {HOME, GLOSSARY_PAGE, REFERENCES_PAGE, CHANGES}
    for path in sorted(pages):
        if path not in known and not path.startswith(("facilitate/", "authors/")):
            yield {pages[path]: path}


def _section(pages: Mapping[str, str], folder: str, name: str) -> Iterator[dict[str, Any]]:
    inside = sorted((path for path in pages if path.startswith(f"{folder}/")), key=_index_first)
    if inside:
        yield {name: [path if path.endswith("/index.md") else {pages[path]: path} for path in inside]}


def _index_first(path: str) -> tuple[bool, str]:
    return not path.endswith("/index.md"), path
