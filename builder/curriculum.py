"""Loading the curriculum: everything that authors wrote, read once, checked, as one complete value.

In: a root folder. Out: a `Loaded` curriculum, or None with every problem told. Touches: reads files, by `sources`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from builder import prose, rules, schema, strays
from builder.located import Located, parse
from builder.model import Curriculum, Module, ModuleFile, Prose, Reference, Settings, Term
from builder.pairs import Conversations
from builder.problems import Place, Problems, near, nearest
from builder.proofreading import Known, Link, Text, follow, proofread
from builder.sources import IMAGES, Reader, Source
from builder.works import NOT_PRINTED, Record

SETTINGS, REFERENCES, GLOSSARY = "modules/curriculum.yml", "modules/references.yml", "modules/glossary.yml"
CONVERSATIONS = "modules/conversations.yml"

GENERATED = ("index", "modules/index", "glossary", "references")
PAIRS = ("one-to-one/index", "one-to-one/mentor", "one-to-one/student")
"""Pages that are made from the sources and have no Markdown file of their own; the second, where a pair converses."""

NOT_PUBLISHED = ("docs/house.md", "docs/benchmarks.md", "docs/reviews/")
"""Papers and folders of papers of the project, kept out of the site."""

_MARKDOWN = frozenset({".md"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A curriculum without problems, the images it uses, its sources, and its relative links still to be followed."""

    curriculum: Curriculum
    images: Mapping[str, bytes]  # by their paths in the site's tree
    sources: Mapping[str, str]
    links: tuple[Link, ...]


def load(reader: Reader, problems: Problems) -> Loaded | None:
    """Read and check all of a curriculum's sources."""
    files = _Files(reader, problems)
    settings = files.word(Settings, SETTINGS)
    references = _references(files)
    terms = files.word(tuple[Term, ...], GLOSSARY)
    talks = files.word(Conversations, CONVERSATIONS) if reader.exists(CONVERSATIONS) else None
    pages = tuple(files.prose(path) for path in reader.files("docs", _MARKDOWN) if not path.startswith(NOT_PUBLISHED))
    for image in reader.files("docs", IMAGES):
        if not image.startswith(NOT_PUBLISHED):
            files.image(image)
    ids, lost = _order(files)
    modules = tuple(_modules(files, ids))
    strays.tell(reader, files.asked, ids, NOT_PUBLISHED, problems)
    known = _known(files, settings, lost=lost)
    read = [f"modules/{id}/module.yml" for id in ids]
    whole = {module.path: module.file for module in modules}
    rules.check_modules(
        [(files.located[path], whole.get(path)) for path in read if path in files.located], known.works, problems
    )
    _check_others(files, terms, talks)
    links = files.proofread(known)
    if problems.stopping or settings is None or references is None or terms is None:
        written = _written(files)
        for link in links:
            follow(link, written, problems)
        return None
    curriculum = Curriculum(
        settings=settings,
        modules=modules,
        references=references,
        glossary=terms,
        pages=tuple(page for page in pages if page),
        path=SETTINGS,
        conversations=talks,
    )
    return Loaded(curriculum, files.images, {path: source.text for path, source in files.sources.items()}, links)


def _check_others(files: _Files, terms: tuple[Term, ...] | None, talks: Conversations | None) -> None:
    located, problems = files.located, files.problems
    if SETTINGS in located:
        rules.check_settings(located[SETTINGS], problems)
    if GLOSSARY in located:
        rules.check_terms(terms, located[GLOSSARY], problems)
    if CONVERSATIONS in located:
        rules.check_conversations(talks, located[CONVERSATIONS], problems)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The order of the modules, also when something else in the settings is wrong."""

    modules: tuple[str, ...] | None


class _Files:
    """What has been read so far; each file is read once."""

    def __init__(self, reader: Reader, problems: Problems) -> None:
        self.reader = reader
        self.problems = problems
        self.asked: set[str] = set()
        self.sources: dict[str, Source] = {}
        self.located: dict[str, Located] = {}
        self.images: dict[str, bytes] = {}

    @property
    def made(self) -> tuple[str, ...]:
        """The pages that are made from what has been asked for."""
        return GENERATED + (PAIRS if CONVERSATIONS in self.asked else ())

    def text(self, path: str) -> Source | None:
        self.asked.add(path)
        source = self.reader.text(path)
        if source is not None:
            self.sources[path] = source
        return source

    def parsed(self, path: str) -> Located | None:
        source = self.text(path)
        if source is None:
            return None
        located = parse(source, self.problems)
        if located:
            self.located[path] = located
        return located

    def word(self, kind: Any, path: str) -> Any:
        located = self.parsed(path)
        return schema.build(kind, located, self.problems) if located else None

    def prose(self, path: str) -> Prose | None:
        source = self.text(path)
        if source is None:
            return None
        if not source.text.strip():
            self.problems.add(Place(path), "empty file (write its text, or delete it)")
        if path.startswith("docs/modules/") or path.removeprefix("docs/").removesuffix(".md") in self.made:
            self.problems.add(Place(path), "a page of this name is made from modules/ (give it another name)")
        return Prose(path=path, text=source.text)

    def image(self, path: str) -> str:
        self.asked.add(path)
        name = path.removeprefix("docs/")  # as the site's tree names it
        self.images[name] = self.reader.image(path) or b""  # one with a problem is known, and never gets out
        return path

    def proofread(self, known: Known) -> tuple[Link, ...]:
        return tuple(link for text in self.texts() for link in proofread(text, known, self.problems))

    def texts(self) -> Iterator[Text]:
        """Every authored text: Markdown files whole, and each value of the YAML files that is prose."""
        for path, source in sorted(self.sources.items()):
            located = self.located.get(path)
            if located is None and path.endswith(".md"):
                page = _page_of(path)
                yield Text(source, 0, len(source.text), source.text, _form(path), page, posixpath.dirname(page))
            elif located is not None and path != REFERENCES:
                for steps, value in located.texts():
                    if not _NOT_PROSE.intersection(steps[-1:]):
                        folder = posixpath.dirname(path) if _ON_ONE_PAGE.intersection(steps) else None
                        yield Text(source, value.start, value.end, value.content, "value", folder=folder)


_NOT_PROSE = frozenset({
    "id", "ids", "kind", "lead", "url", "repository", "email", "edition", "edition_date", "language", "verb",
    "reference", "format", "objectives",
})  # fmt: skip

# Texts of a module that only its own pages show, so that an image in them is found.
_ON_ONE_PAGE = frozenset({"instructions", "ask", "purpose", "listen_for", "follow_ups", "if_it_stalls"})


def _form(path: str) -> Literal["page", "part"]:
    return "page" if path.startswith("docs/") else "part"


def _page_of(path: str) -> str:
    """The document in which a Markdown file's text appears."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    module = path.split("/")[1]
    return f"modules/{module}/{'handout' if '/handouts/' in path else 'index'}.md"


def _order(files: _Files) -> tuple[tuple[str, ...], bool]:
    """The modules to read, in order, and whether one is lost. A misspelled id stands for the folder that it means."""
    folders = files.reader.folders("modules")
    located = files.located.get(SETTINGS)
    listed = schema.seen(_Listed, Settings, located, ()).modules if located else None
    ids = folders if listed is None else listed
    unlisted = set(folders) - set(ids)
    order = []
    for at, id in enumerate(ids):
        meant = id if id in folders else near(id, unlisted)
        if located and meant != id:
            hint = nearest(id, unlisted or folders)
            files.problems.add(located.place("modules", at), f"no folder for module {id!r} ({hint})")
        if meant is not None:
            unlisted.discard(meant)
            order.append(meant)
    return tuple(dict.fromkeys(order)), len(order) < len(ids)


def _modules(files: _Files, ids: tuple[str, ...]) -> Iterator[Module]:
    for number, id in enumerate(ids, 1):
        folder = f"modules/{id}"
        file = files.word(ModuleFile, f"{folder}/module.yml")
        reading = files.prose(f"{folder}/reading.md")
        handouts = tuple(files.prose(path) for path in files.reader.files(f"{folder}/handouts", _MARKDOWN))
        images = tuple(files.image(path) for path in files.reader.files(f"{folder}/images", IMAGES))
        if not handouts:
            files.problems.add(Place(f"{folder}/handouts"), "no handout (write at least one .md file here)")
        if file is None:
            continue
        yield Module(
            id=id,
            number=number,
            file=file,
            path=f"{folder}/module.yml",
            reading=reading or Prose(path=f"{folder}/reading.md", text=""),
            handouts=tuple(part for part in handouts if part),
            images=images,
        )


def _references(files: _Files) -> tuple[Reference, ...] | None:
    records = files.word(tuple[Record, ...], REFERENCES)
    located = files.located.get(REFERENCES)
    entries = located.root.plain() if located else None
    if located and isinstance(entries, list):
        ids = [str(entry.get("id") or "") or None if isinstance(entry, dict) else None for entry in entries]
        rules.unique(ids, lambda at: located.place(at, "id"), files.problems)
    return None if records is None else tuple(_reference(record) for record in records)


def _reference(record: Mapping[str, Any]) -> Reference:
    """CSL-JSON as processors want it: names as plain mappings, dates as `date-parts`."""
    csl: dict[str, Any] = {key: value for key, value in record.items() if key not in NOT_PRINTED}
    for role in {"author", "editor"} & csl.keys():
        names = [{part: getattr(name, part) for part in ("family", "given", "literal", "suffix")} for name in csl[role]]
        csl[role] = [{part: text for part, text in name.items() if text} for name in names]
    for date in {"issued", "accessed"} & csl.keys():
        parts = [csl[date].year, csl[date].month, csl[date].day]
        csl[date] = {"date-parts": [[part for part in parts if part]]}
    return Reference(id=record["id"], csl=csl, supports=record.get("supports"), caution=record.get("caution"))


class _Anything(frozenset[str]):
    """Ids of a file that could not be read: naming them is no further problem."""

    def __contains__(self, _: object) -> bool:
        return True


def _known(files: _Files, settings: Settings | None, *, lost: bool) -> Known:
    """What texts may name, as far as the files that parse tell: a broken one does not keep the texts from a check.

    A module that has a folder is known, also while it is not in the order; that is told once, and elsewhere.
    """
    modules = frozenset(files.reader.folders("modules"))
    read = [path for path in files.asked if path.endswith("/module.yml")]
    each = [_ids(files.located.get(path), "questions") for path in read]
    broken = lost or not each or any(isinstance(found, _Anything) for found in each)
    pages = {path.removeprefix("docs/").removesuffix(".md") for path in files.sources if path.startswith("docs/")}
    named = dict.fromkeys(("module", "guide", "handout"), modules) | {
        "question": _Anything() if broken else frozenset().union(*each),
        "term": _ids(files.located.get(GLOSSARY)),
        "page": pages | set(files.made),
    }
    works = _ids(files.located.get(REFERENCES))
    return Known(ids=named, works=works, files=set(files.images), supplied=set(settings.supplied if settings else ()))


def _ids(located: Located | None, *path: str) -> frozenset[str]:
    """The ids of the entries in a list of a file, whatever else may be wrong with them; any id when it has no list."""
    entries = located.at(path).plain() if located else None
    if not isinstance(entries, list):
        return _Anything()
    return frozenset(str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry)


def _written(files: _Files) -> dict[str, frozenset[str]]:
    """The pages that there will be, told without composing them, with the anchors that authors gave them.

    What a page gets from templates is not known yet, and naming it is no problem here.
    """
    folders = files.reader.folders("modules")
    made = [f"modules/{id}/{name}.md" for id in folders for name in ("index", "guide", "handout")]
    pages: dict[str, frozenset[str]] = dict.fromkeys([*made, *(f"{name}.md" for name in files.made)], _Anything())
    for path, source in files.sources.items():
        anchors = prose.ids(prose.tree(source.text)) if path.startswith("docs/") else ()
        pages.setdefault(path.removeprefix("docs/"), frozenset(anchors))
    return pages
