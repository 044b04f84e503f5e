"""Loading the curriculum: everything that authors wrote, read once, checked, as one complete value.

In: a root folder. Out: a `Loaded` curriculum, or None with every problem. Touches: reads files, by `sources`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.checking import rules, strays
from builder.checking.rules import Choices
from builder.checking.texts import Known, Link, follow_link
from builder.loading import agendas, pasted
from builder.loading.beside import attached, check_unused
from builder.loading.blanks import check_blanks
from builder.loading.files import Files
from builder.loading.known import known, written
from builder.model.cohorts import Outline
from builder.model.conversations import Conversations
from builder.model.curriculum import Curriculum, Module, ModuleFile, Prose, Reference, Settings, Term
from builder.model.facilitation import Facilitation
from builder.model.pages import CONVERSATIONS, FACILITATION, GLOSSARY, REFERENCES, SETTINGS
from builder.model.works import OURS, Record
from builder.problems import Problems, near, nearest, shown
from builder.sources import attachments, images, schema
from builder.sources.files import Reader
from builder.sources.yaml import Located, parse

_MARKDOWN = frozenset({".md"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A curriculum without problems, with its images and attachments, its sources, and its links still to follow."""

    curriculum: Curriculum
    images: Mapping[str, bytes]  # by their paths in the site's tree
    attachments: Mapping[str, bytes]  # likewise
    sources: Mapping[str, str]
    links: tuple[Link, ...]


def load(reader: Reader, problems: Problems, *, released: bool = False) -> Loaded | None:
    """Read and check all sources; None if there is a problem. In `released` editions, older forms are allowed."""
    files = Files(reader, problems)
    settings = files.load(Settings, SETTINGS, agendas.longest_first if released else None)
    choices = rules.read_choices(files.located.get(SETTINGS))
    references = _references(files) if reader.exists(REFERENCES) else ()
    terms = files.load(tuple[Term, ...], GLOSSARY) if reader.exists(GLOSSARY) else ()
    leading = files.load(Facilitation, FACILITATION) if reader.exists(FACILITATION) else Facilitation()
    talks = files.load(Conversations, CONVERSATIONS) if reader.exists(CONVERSATIONS) else None
    apart = _apart(files.located.get(SETTINGS))
    _check_apart(files, apart)
    pages = tuple(files.prose(path) for path in reader.files("docs", _MARKDOWN) if not path.startswith(apart))
    _beside_pages(files, apart)
    ids, lost = _order(files)
    modules = tuple(_modules(files, ids, agendas.with_plans(choices.plans, released=released)))
    strays.report_strays(reader, files.asked, ids, apart, problems)
    names = known(files, lost=lost)
    _check_modules(files, ids, modules, names, choices)
    _check_others(files, terms, leading, talks)
    links = files.proofread(names)
    check_blanks(files)
    if problems.stopping or settings is None or references is None or terms is None or leading is None:
        anchors = written(files)
        for link in links:
            follow_link(link, anchors, problems)
        return None
    check_unused(files)
    curriculum = Curriculum(
        settings=settings,
        modules=modules,
        references=references,
        glossary=terms,
        pages=tuple(page for page in pages if page),
        path=SETTINGS,
        facilitation=leading,
        conversations=talks,
        attachments=tuple(attached(files)),
    )
    sources = {path: source.text for path, source in files.sources.items()}
    return Loaded(curriculum, files.images, files.attachments, sources, links)


def _beside_pages(files: Files, apart: tuple[str, ...]) -> None:
    """Take in the images of pages, and the files that their readers download."""
    for image in files.reader.files("docs", images.KINDS):
        if not image.startswith(apart):
            files.image(image)
    for path in files.reader.files("docs", attachments.KINDS):
        if attachments.is_attachment(path) and not path.startswith((*apart, "docs/assets/")):
            files.attach(path)


def outline(reader: Reader) -> Outline:
    """Read the modules and plans that cohorts name, as far as possible while something is wrong with the curriculum."""
    source = reader.text(SETTINGS)
    located = parse(source, Problems()) if source else None
    return Outline(modules=reader.folders("modules"), plans=rules.read_choices(located).plans or None)


def _check_modules(
    files: Files, ids: tuple[str, ...], modules: tuple[Module, ...], names: Known, choices: Choices
) -> None:
    """Check the modules' files, whole or not, and the former addresses in them and in the settings."""
    whole = {module.path: module.file for module in modules}
    read = [path for path in (f"modules/{id}/module.yml" for id in ids) if path in files.located]
    found = [(files.located[path], whole.get(path)) for path in read]
    rules.check_modules(found, names.works, choices, files.problems)
    parts = [path.removesuffix(".md").split("/") for path in files.sources if "/handouts/" in path]
    there = {kind: ids or frozenset() for kind, ids in names.ids.items()}
    there["handout"] = frozenset(f"{module}/{part}" for _, module, *_, part in parts)
    rules.check_addresses(files.located.get(SETTINGS), found, there, files.problems)


def _check_others(
    files: Files, terms: tuple[Term, ...] | None, leading: Facilitation | None, talks: Conversations | None
) -> None:
    located, problems = files.located, files.problems
    if SETTINGS in located:
        rules.check_settings(located[SETTINGS], problems)
    if GLOSSARY in located:
        rules.check_terms(terms, located[GLOSSARY], problems)
    if FACILITATION in located:
        rules.check_facilitation(leading, located[FACILITATION], problems)
    if CONVERSATIONS in located:
        rules.check_conversations(talks, located[CONVERSATIONS], problems)


@dataclass(frozen=True, slots=True)
class _Apart:
    """What under docs/ is no page, also when something else in the settings is wrong."""

    not_published: tuple[str, ...] | None


def not_published(reader: Reader) -> tuple[str, ...]:
    """How the paths of files begin that are under docs/ and are no pages, as far as the settings can be read."""
    problems = Problems()
    source = Reader(reader.root, problems).text(SETTINGS)
    return _apart(parse(source, problems) if source else None)


def _apart(settings: Located | None) -> tuple[str, ...]:
    return (schema.partial(_Apart, Settings, settings, ()).not_published if settings else None) or ()


def _check_apart(files: Files, apart: tuple[str, ...]) -> None:
    """Mention what is said to be no page and is not there."""
    there = files.reader.files("docs", None)
    for at, each in enumerate(apart):
        if not each.startswith("docs/") or not any(path.startswith(each) for path in there):
            meant = nearest(each, there)
            files.problems.notice(
                files.located[SETTINGS].place("not_published", at), f"no file {shown(each)} ({meant})"
            )


@dataclass(frozen=True, slots=True)
class _Listed:
    """The order of the modules, even if something else in the settings is wrong."""

    modules: tuple[str, ...] | None


def _order(files: Files) -> tuple[tuple[str, ...], bool]:
    """The modules to read, in order, and whether one is missing. A misspelled id counts as the folder that it means."""
    folders = files.reader.folders("modules")
    located = files.located.get(SETTINGS)
    listed = schema.partial(_Listed, Settings, located, ()).modules if located else None
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


def _modules(
    files: Files, ids: tuple[str, ...], understood: Callable[[Located, Problems], Located]
) -> Iterator[Module]:
    for number, id in enumerate(ids, 1):
        folder = f"modules/{id}"
        file = files.load(ModuleFile, f"{folder}/module.yml", understood)
        reading = files.prose(f"{folder}/reading.md")
        handouts = tuple(files.prose(path) for path in files.reader.files(f"{folder}/handouts", _MARKDOWN))
        shown = tuple(files.image(path) for path in files.reader.files(f"{folder}/images", images.KINDS))
        for path in files.reader.files(f"{folder}/{attachments.FOLDER}", attachments.KINDS):
            files.attach(path)
        if file is None:
            continue
        yield Module(
            id=id,
            number=number,
            file=file,
            path=f"{folder}/module.yml",
            reading=reading or Prose(path=f"{folder}/reading.md", text=""),
            handouts=tuple(part for part in handouts if part),
            images=shown,
        )


def _references(files: Files) -> tuple[Reference, ...] | None:
    records = files.load(tuple[Record, ...], REFERENCES, pasted.understood)
    located = files.located.get(REFERENCES)
    entries = located.root.plain() if located else None
    if located and isinstance(entries, list):
        ids = [str(entry.get("id") or "") or None if isinstance(entry, dict) else None for entry in entries]
        rules.unique(ids, lambda at: located.place(at, "id"), files.problems)
    return None if records is None else tuple(_reference(record) for record in records)


def _reference(record: Mapping[str, Any]) -> Reference:
    """CSL-JSON as processors want it: dates as `date-parts`."""
    csl: dict[str, Any] = {key: value for key, value in record.items() if key not in OURS}
    for role in {"author", "editor", "translator"} & csl.keys():
        csl[role] = [dict(name) for name in csl[role]]
    for date in {"issued", "accessed"} & csl.keys():
        parts = [csl[date].year, csl[date].month, csl[date].day]
        csl[date] = {"date-parts": [[part for part in parts if part]]}
    return Reference(id=record["id"], csl=csl, supports=record.get("supports"), caution=record.get("caution"))
