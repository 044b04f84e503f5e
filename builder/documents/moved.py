"""What is at former addresses: pages that redirect, and lines on the pages where something was.

In: the apparatus, and the titles of all documents. Out: whole pages in HTML, and Markdown for the ends of pages.
What was renamed redirects at once; for a module or question that is gone, the page says so and offers a link.
"""

from __future__ import annotations

import functools
import posixpath
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from builder.documents.apparatus import Apparatus
from builder.documents.scripts import LEAD, NO_SCRIPT, ONWARD
from builder.documents.templating import fill, fill_page
from builder.model import addresses
from builder.model.curriculum import Gone
from builder.model.pages import GLOSSARY_PAGE, MODULE_PAGES, as_built, page_of

_ALL = ("page:modules/index", "moved.all-modules")
_HOME = ("page:index", "moved.start-page")

_LINK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Where a sentence has its link."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Markdown for the ends of documents, and pages at addresses that no document has, both by their paths."""

    blocks: Mapping[str, str]
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of something that was on a page: plain text around a link, if there is one to follow."""

    path: str  # of the page, ends in .md
    anchor: str
    before: str
    words: str
    to: str  # an address from that page; empty if there is none
    after: str
    at_once: bool


def moved(apparatus: Apparatus, titles: Mapping[str, str], root: str | None = None) -> Moved:
    """Compose what is at former addresses, for readers who follow an old link.

    Args:
        apparatus: The apparatus of the curriculum.
        titles: The titles of all documents by their paths.
        root: The address of the site for search engines, if there is one.
    """
    return _Moved(apparatus, titles, root).compose()


class _Moved:
    """The former addresses of one curriculum."""

    def __init__(self, apparatus: Apparatus, titles: Mapping[str, str], root: str | None) -> None:
        self._apparatus = apparatus
        self._root = root
        self._titles = titles
        self._say = apparatus.words.say
        self._all = apparatus.curriculum
        self._now = addresses.present_ids(apparatus.curriculum)

    @functools.cached_property
    def _lines(self) -> Mapping[str, list[Line]]:
        """The lines on what was renamed or is gone, by the page where it was."""
        lines = sorted((*self._renamed(), *self._gone()), key=lambda line: (line.path, line.anchor))
        return {path: list(each) for path, each in groupby(lines, key=lambda line: line.path)}

    def compose(self) -> Moved:
        blocks = {
            path: fill("moved", self._apparatus.words, lines=each)
            for path, each in self._lines.items()
            if path in self._titles
        }
        pages = dict(self._former())
        for gone in self._all.settings.gone:
            pages |= self._left(gone)
        there = {*self._titles, *pages}
        pages |= {path: self._emptied(path) for path in self._lines if path not in there}
        return Moved(blocks, {as_built(path): page for path, page in sorted(pages.items())})

    def _renamed(self) -> Iterator[Line]:
        """A line for each former id of a question, on the guide where it was."""
        for module in self._all.modules:
            for question in module.file.questions:
                for former in addresses.former_names(module, question):
                    yield self._line(former, f"question:{question.id}", None, at_once=True)

    def _gone(self) -> Iterator[Line]:
        """A line for each question, part of a handout or term that is gone, on the page where it was."""
        for gone in self._all.settings.gone:
            kind = gone.was.partition(":")[0]
            if kind in {"question", "handout", "term"}:
                at_once = kind == "term" and gone.instead is not None
                yield self._line(gone.was, gone.instead, gone.why, at_once=at_once)

    def _line(self, was: str, to: str | None, why: str | None, *, at_once: bool) -> Line:
        """A line on what has another name, or on what is gone if there is a reason `why`."""
        kind, _, rest = addresses.with_present_ids(was, self._now).partition(":")
        folder, _, id = rest.rpartition("/")
        path, anchor = {
            "question": (page_of("guide", folder), f"q-{id}"),
            "handout": (page_of("handout", folder), f"handout-{re.sub(r'[^a-z0-9-]+', '-', id.lower())}"),
            "term": (GLOSSARY_PAGE, f"term-{id}"),
        }[kind]
        if why is None:
            said = self._say("moved.question-now", name=_words(id), link=_LINK)
        elif to:
            said = self._say(f"moved.{kind}-gone-see", name=_words(id), why=why, link=_LINK)
        else:
            said = self._say(f"moved.{kind}-gone", name=_words(id), why=why)
        before, _, after = said.partition(_LINK)
        words, address = (self._words(to, path), self._address(to, path)) if to else ("", "")
        return Line(path, anchor, before, words, address, after, at_once)

    def _former(self) -> Iterator[tuple[str, str]]:
        """The former pages of a renamed module, which redirect to those that it has now."""
        for former, id in self._now.items():
            for page in MODULE_PAGES:
                yield page.path(former), self._redirect(page.path(former), self._page_or_module(page.scheme, id))

    def _left(self, gone: Gone) -> Iterator[tuple[str, str]]:
        """The pages of a module that is gone, or a page that is; a page with a replacement redirects to it."""
        kind, _, name = gone.was.partition(":")
        if kind == "page" and gone.instead:
            yield f"{name}.md", self._redirect(f"{name}.md", gone.instead)
        elif kind == "page":
            yield f"{name}.md", self._notice(f"{name}.md", "page", name, gone.why)
        elif kind == "module":
            for page in MODULE_PAGES:
                path = page.path(name)
                of_module = re.fullmatch("module:([^#]+)", gone.instead or "")
                instead = self._page_or_module(page.scheme, of_module[1]) if of_module else gone.instead
                yield path, self._notice(path, page.scheme, name, gone.why, instead)

    def _page_or_module(self, scheme: str, id: str) -> str:
        """A page of a module if there is one, such as its handout; otherwise its reading."""
        return f"{scheme}:{id}" if page_of(scheme, id) in self._titles else f"module:{id}"

    def _emptied(self, path: str) -> str:
        """A page in place of one that nothing is on any more: the handout of a module, or the glossary."""
        folder, _, name = path.removesuffix(".md").rpartition("/")
        id = folder.rpartition("/")[2]
        what = next((page.scheme for page in MODULE_PAGES if id and page.stem == name), name)
        return self._notice(path, what, id, to=f"module:{id}" if id else None)

    def _redirect(self, path: str, to: str) -> str:
        """A page that redirects at once, to the same anchor of the other page; without scripts it has a link."""
        address = self._address(to, path)
        within = posixpath.normpath(posixpath.join(posixpath.dirname(path), as_built(address)))
        return self._page(
            path,
            title=self._say("moved.new-address-of", title=self._titles[self._target(to)]),
            heading=self._say("moved.new-address"),
            words="",
            link=(self._words(to, path), as_built(address)),
            canonical=f"{self._root}{within}" if self._root else as_built(address),
            lines=[],
            script=ONWARD,
        )

    def _notice(self, path: str, what: str, name: str, why: str = "", to: str | None = None) -> str:
        """A page that says that something is gone, why if there is a reason, and what became of its parts."""
        lines = [replace(line, to=as_built(line.to)) for line in self._lines.get(path, ())]
        return self._page(
            path,
            title=self._say(f"kinds.gone-title-{what}", name=_words(name)),
            heading=self._say(f"kinds.gone-{what}", name=_words(name)),
            words=why,
            link=(self._words(to, path), as_built(self._address(to, path))) if to else None,
            canonical="",
            lines=lines,
            script=LEAD if lines else NO_SCRIPT,
        )

    def _page(self, path: str, **values: object) -> str:
        other, key = _ALL if path.startswith("modules/") else _HOME
        return fill_page(
            "moved",
            self._apparatus.words,
            settings=self._all.settings,
            other=(self._say(key), as_built(self._address(other, path))),
            **values,
        )

    def _address(self, to: str, path: str) -> str:
        return urllib.parse.quote(self._apparatus.address(to, path), safe="/#.")

    def _target(self, to: str) -> str:
        return self._apparatus.address(to, "").partition("#")[0]

    def _words(self, to: str, path: str) -> str:
        """The text of a link, on the page at `path`."""
        scheme, _, name = to.partition(":")
        id = name.partition("#")[0]
        if scheme == "term":
            term = next(term.term for term in self._all.glossary if term.id == id)
            return self._say("moved.in-glossary", term=term)
        title = self._titles[self._target(to)]
        if scheme != "question":
            return title
        number, _ = self._all.module(self._apparatus.homes[id]).question(id)
        if self._target(to) == path:
            return self._say("moved.question", number=number)
        return self._say("moved.question-of", number=number, title=title)


def _words(id: str) -> str:
    """An id as words."""
    return re.sub(r"[-_]+", " ", id.rpartition("/")[2])
