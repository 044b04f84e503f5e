"""A curriculum's files as they are read: each once, with every authored text in it.

In: a `Reader`. Out: records of the model, prose, images, and `Text` values to check. Touches: reads, by
`sources`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import Any, Literal

from builder.checking.texts import Known, Link, Text, lead, proofread
from builder.model.curriculum import Prose
from builder.model.kinds import Followed
from builder.model.pages import (
    CONVERSATIONS,
    FACILITATION,
    FORMS,
    GENERATED,
    GLOSSARY,
    GLOSSARY_PAGE,
    HOME,
    PAIR_PAGES,
    REFERENCES,
    REFERENCES_PAGE,
    SETTINGS,
    page_of,
)
from builder.problems import Place, Problems
from builder.sources import attachments, images, limits, schema
from builder.sources.files import Reader, Source
from builder.sources.yaml import Located, parse


class Files:
    """What has been read so far; each file is read once."""

    def __init__(self, reader: Reader, problems: Problems) -> None:
        self.reader = reader
        self.problems = problems
        self.asked: set[str] = set()
        self.sources: dict[str, Source] = {}
        self.located: dict[str, Located] = {}
        self.kinds: dict[str, Any] = {}  # of what the model says that a YAML file is
        self.images: dict[str, bytes] = {}
        self.attachments: dict[str, bytes] = {}

    @property
    def made(self) -> tuple[str, ...]:
        """The pages that are made from what has been asked for."""
        listed = {GLOSSARY_PAGE: self._has(GLOSSARY), REFERENCES_PAGE: self._has(REFERENCES), FORMS: self._has_forms}
        pairs = PAIR_PAGES.values() if CONVERSATIONS in self.asked else ()
        return (*GENERATED, *(page for page, is_there in listed.items() if is_there), *pairs)

    @property
    def _has_forms(self) -> bool:
        return any(self._has(FACILITATION, key) for key in ("forms", "sign_in")) or self._has(SETTINGS, "agreements")

    def _has(self, path: str, key: str | None = None) -> bool:
        """Whether there is a file with something in it, or under this key; also where it cannot be read."""
        located = self.located.get(path)
        if located is None:
            return path in self.asked
        content = located.root.content
        if key is not None and isinstance(content, dict):
            return key in content and bool(content[key].content)
        return bool(content)

    def text(self, path: str) -> Source | None:
        """Read a file once and keep it; a problem and None if it cannot be read."""
        self.asked.add(path)
        source = self.reader.text(path)
        if source is not None:
            self.sources[path] = source
        return source

    def parsed(self, path: str) -> Located | None:
        """Read a YAML file with its places."""
        source = self.text(path)
        if source is None:
            return None
        located = parse(source, self.problems)
        if located:
            self.located[path] = located
        return located

    def load(self, kind: Any, path: str, understood: Callable[[Located, Problems], Located] | None = None) -> Any:
        """Read a record of the model, or None after reporting what is wrong with it.

        `understood` turns forms that other programs write into ours; from then on the file is what that makes of it.
        """
        self.kinds[path] = kind
        located = self.parsed(path)
        if located and understood:
            located = self.located[path] = understood(located, self.problems)
        return schema.build(kind, located, self.problems) if located else None

    def prose(self, path: str) -> Prose | None:
        """Read a Markdown file."""
        source = self.text(path)
        if source is None:
            return None
        if not source.text.strip():
            self.problems.add(Place(path), "empty file (write its text, or delete it)")
        page = path.casefold()  # some disks take small and capital letters for the same
        if page == f"docs/{HOME}":
            why = f"the home page is made; its own words are under welcome in {SETTINGS}"
            self.problems.add(Place(path), f"{why} (give this page another name)")
        elif page.startswith("docs/modules/") or page.removeprefix("docs/") in self.made:
            self.problems.add(Place(path), "a page of this name is made from modules/ (give it another name)")
        return Prose(path=path, text=source.text)

    def image(self, path: str) -> str:
        """Take in an image."""
        self.asked.add(path)
        if path.casefold().startswith("docs/modules/"):
            self.problems.add(Place(path), "images of modules are in modules/ (move it there, or to another folder)")
        name = path.removeprefix("docs/")  # as the site's tree names it
        data = self.reader.data(path, images.MAX_BYTES, images.remedy(path))
        taken = None if data is None else images.take_in(path, data, self.problems, self.reader.name(path))
        self.images[name] = taken or b""  # one with a problem is known, and never gets out
        return path

    def attach(self, path: str) -> None:
        """Take in a file that readers download."""
        self.asked.add(path)
        named = self.reader.name(path)
        if path.casefold().startswith("docs/modules/"):
            self.problems.add(Place(named), "files of modules are in modules/ (move it there, or to another folder)")
        data = self.reader.data(path, limits.MAX_ATTACHMENT, attachments.REMEDY)
        if not path.endswith(tuple(attachments.KINDS)):
            kind = attachments.kind_of(path)
            self.problems.add(Place(named), f"a name that ends in {path[-len(kind) :]} (write {kind})")
        for fault in attachments.faults_of_attachment(path, data) if data is not None else ():
            self.problems.add(Place(named, fault.line, fault.column), fault.message)
        self.attachments[path.removeprefix("docs/")] = data or b""

    def proofread(self, known: Known) -> tuple[Link, ...]:
        """Check every authored text. Returns the links still to follow."""
        found = [link for text in self.texts() for link in proofread(text, known, self.problems)]
        for text, place in self._leads():
            found += lead(text, place, known, self.problems)
        return tuple(found)

    def _leads(self) -> Iterator[tuple[Text, Place]]:
        """The values that name where readers go instead of what is gone."""
        located = self.located.get(SETTINGS)
        for steps, value in located.texts() if located else ():
            if located and schema.is_marked(Followed, self.kinds[SETTINGS], steps):
                yield Text(located.source, value.start, value.end, value.content, "value"), value.place

    def texts(self) -> Iterator[Text]:
        """Every authored text: Markdown files whole, and each value of the YAML files that is prose."""
        for path, source in sorted(self.sources.items()):
            located = self.located.get(path)
            if located is None and path.endswith(".md"):
                page = _page_of(path)
                yield Text(source, 0, len(source.text), source.text, _form(path), page, posixpath.dirname(page))
            elif located is not None:
                for steps, value in located.texts():
                    marked = schema.markdown(self.kinds[path], steps)
                    folder = posixpath.dirname(path) if _ON_ONE_PAGE.intersection(steps) else None
                    if marked:
                        text, line = value.content.strip(), marked.extent == "line"  # as the model has it
                        yield Text(source, value.start, value.end, text, "value", folder=folder, line=line)


# Texts of a module that only its own pages show, so that an image in them is found.
_ON_ONE_PAGE = frozenset({"instructions", "ask", "purpose", "listen_for", "follow_ups", "if_it_stalls"})


def _form(path: str) -> Literal["page", "part"]:
    return "page" if path.startswith("docs/") else "part"


def _page_of(path: str) -> str:
    """The document in which a Markdown file's text appears."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    module = path.split("/")[1]
    return page_of("handout" if "/handouts/" in path else "module", module)
