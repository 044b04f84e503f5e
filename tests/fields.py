"""Every text field of the sources, found by the model's own annotations, in a small curriculum that fills all of them.

`whole` makes that curriculum, `fields` lists its texts with the kinds that the model gives them, and `write` puts other
texts into some of them. A field that the model has and the curriculum does not fill fails a test.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typing_extensions
from annotated_types import Predicate
from planting import COHORT, CURRICULUM, GLOSSARY, MODULE, READING, REFERENCES, small

from builder.loading import cohorts, curriculum
from builder.loading.curriculum import Loaded
from builder.model.cohorts import CohortFile, Outline
from builder.model.conversations import Conversations
from builder.model.curriculum import ModuleFile, Settings, Term
from builder.model.facilitation import Facilitation
from builder.model.kinds import Followed, Markdown, Unprinted
from builder.model.works import Record
from builder.problems import Place, Problem, Problems
from builder.sources.files import Reader, Source
from builder.sources.schema.types import bare
from builder.sources.yaml import Located, parse

FACILITATION, PAIRS = "modules/facilitation.yml", "modules/conversations.yml"

FILES: dict[str, Any] = {
    CURRICULUM: Settings,
    GLOSSARY: tuple[Term, ...],
    REFERENCES: tuple[Record, ...],
    FACILITATION: Facilitation,
    PAIRS: Conversations,
    MODULE: ModuleFile,
    COHORT: CohortFile,
}

_GONE = [
    {"was": "question:first-steps/why-not", "why": "Few asked.", "instead": "question:why-first"},
    {"was": "module:old-steps", "why": "It is old.", "instead": "module:first-steps"},
    {"was": "handout:first-steps/old", "why": "It is full.", "instead": "handout:first-steps"},
    {"was": "term:road", "why": "It is long.", "instead": "term:path"},
    {"was": "page:guide/gone", "why": "It is short."},
]
_TALK = {
    "id": "first-walk",
    "title": "The first walk",
    "promise": "You will have walked.",
    "when": "In spring",
    "minutes": "30",
    "before": {"mentor": "Choose a way.", "student": "Wear shoes."},
    "mentor": {"listen_for": ["Steps"], "do_not": ["Run"], "cost": "An hour.", "refer": "To a doctor."},
    "student": "The pace.",
    "parts": [
        {
            "id": "go",
            "title": "Go",
            "minutes": "30",
            "together": "Walk.",
            "mentor": "Slowly.",
            "student": "As you like.",
        }
    ],
    "sheet": {"title": "Our map", "text": "Draw."},
    "after": "Rest.",
    "if_it_is_hard": "Sit down.",
}
_TALKS = {"title": "Two walks", "introduction": "Walk.", "mentor": "Lead.", "student": "Go.", "conversations": [_TALK]}
_TALKS |= {"to_mentor": "For you who lead.", "to_student": "For you who follow."}
_WORK = {
    "id": "ng-2020",
    "type": "chapter",
    "author": [
        {"family": "Ng", "given": "Ann", "suffix": "Jr", "dropping-particle": "von", "non-dropping-particle": "van"}
    ],
    "editor": [{"literal": "The editors"}],
    "translator": [{"literal": "The translators"}],
    "title": "Paths in general",
    "container-title": "All paths",
    "container-title-short": "Paths",
    "collection-title": "Ways",
    "issued": {"year": "2020"},
    "accessed": {"year": "2021"},
    **dict.fromkeys(("volume", "issue", "page", "number", "edition", "version"), "3"),
    **dict.fromkeys(("supplement-number", "chapter-number"), "4"),
    **dict.fromkeys(("genre", "publisher", "event-title", "event-place"), "Words"),
    "language": "en",
    "DOI": "10.1000/182",
    "URL": "https://walking.example.edu/ng",
    "verified_at": ["https://walking.example.edu/ng"],
    "fields_from_memory": ["page"],
    "supports": "That paths are many.",
    "caution": "Few were walked.",
}
_EVE = {"name": "Eve", "email": "eve@steps.example.edu", "attended": ["the-first"]}
_TEAM = {
    "place": "Room 4",
    "link": "https://meet.steps.example.edu/hemlock",
    "phone": "206 555 0100",
    "time_zone": "America/Denver",
}


@dataclass(frozen=True)
class Field:
    """One text in one file: its path there, the word of the model and the key that it is, and its kind."""

    file: str
    steps: tuple[str | int, ...]
    name: str  # such as Activity.title
    kind: str  # such as is_plain, or blocks, line, unprinted, followed

    def __str__(self) -> str:
        return self.name


def whole(folder: Path) -> Path:
    """The small curriculum with every optional text filled."""
    root = small(folder)
    (root / "docs/guide/draft.md").write_text("# No page\n\nA draft.\n", encoding="utf-8")
    for file in FILES:
        data = _read(root, file).root.plain() if (root / file).exists() else _TALKS
        if file == CURRICULUM:
            data |= {
                "gone": _GONE,
                "welcome": "Walk with us.",
                "not_published": ["docs/guide/draft.md"],
                "activity_kinds": ["simulation"],
                "verbs": ["Repeat"],
            }
        elif file == REFERENCES:
            data.append(_WORK)
        elif file == MODULE:
            data |= {"in_two_minutes": "Walk.", "worked_on": "We walked.", "formerly": ["zeroth-steps"]}
            data["late"] = [{"activity": "talk", "minutes": "30", "how": "Standing."}]
            data["commitment"]["also"] = "Rest."
            data["questions"][0]["formerly"] = ["next-steps/why-at-all"]
        elif file == COHORT:
            data["teams"][0] |= _TEAM | {"members": [_EVE]}
            data["teams"][0]["meetings"][0]["id"] = "the-first"
            data["teams"].append({"id": "spruce", "name": "Spruce", "joined": "hemlock"})
            data |= {"certificate_meetings": "1", "public": ["Eve"]}
            data["pairs"] = [{"id": "one", "mentor": {"name": "Fay"}, "student": {"name": "Gus"}}]
        _write(root, file, data)
    attached = root / "modules/first-steps/files/walks.csv"
    attached.parent.mkdir()
    attached.write_text("walker,minutes\nA,12\n", encoding="utf-8")
    with (root / READING).open("a", encoding="utf-8") as reading:
        reading.write("\nSee [the walks](files/walks.csv).\n")
    return root


def fields(root: Path) -> tuple[Field, ...]:
    """Every text of the curriculum at `root` whose type the model knows as text."""
    found = []
    for file, kind in FILES.items():
        for steps, _ in _read(root, file).texts():
            name, annotation = _followed(kind, steps)
            marker = marker_of(annotation)
            if marker:
                found.append(Field(file, steps, name, marker))
    return tuple(found)


def write(root: Path, texts: Mapping[Field, str]) -> None:
    """Put texts into fields, each in quotation marks on a line of its own."""
    for file in {field.file for field in texts}:
        data = _read(root, file).root.plain()
        for field, text in texts.items():
            if field.file == file:
                target = data
                for step in field.steps[:-1]:
                    target = target[step]
                target[field.steps[-1]] = text
        _write(root, file, data)


def check(root: Path) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """Load the curriculum and its cohorts; what of the curriculum came out whole, and what stops it."""
    problems = Problems()
    reader = Reader(root, problems)
    loaded = curriculum.load(reader, problems)
    cohorts.load(
        reader, cohorts.FOLDER, lambda _: Outline(modules=("first-steps", "next-steps"), plans=(60, 45, 30)), problems
    )
    return loaded, problems.stopping


def place(root: Path, field: Field, sign: str = "", nth: int = 0) -> Place:
    """Where a field's text begins, or where a sign is in it."""
    located = _read(root, field.file)
    value = located.at(field.steps)
    at = value.start
    for _ in range(nth + 1 if sign else 0):
        at = located.source.text.index(sign, at + 1, value.end)
    return located.source.place(at)


def leaves() -> Iterator[tuple[str, Any]]:
    """Every text that the model knows, as its word and key, with its annotation."""
    seen: set[Any] = set()
    for kind in FILES.values():
        yield from _leaves(kind, "", seen)


def marker_of(annotation: Any) -> str | None:
    """What the model says of a text's kind; None where it says nothing, or where this is no text."""
    for each in _parts(annotation):
        for mark in getattr(each, "__metadata__", ()):
            if isinstance(mark, Markdown):
                return mark.extent
            if isinstance(mark, Unprinted | Followed):
                return type(mark).__name__.lower()
            if isinstance(mark, Predicate) and typing.get_args(each)[0] is str:
                return str(getattr(mark.func, "__name__", ""))
    return None


def _leaves(kind: Any, name: str, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    core = bare(kind)
    if dataclasses.is_dataclass(core) or typing_extensions.is_typeddict(core):
        if core not in seen:
            seen.add(core)
            for key, each in typing.get_type_hints(core, include_extras=True).items():
                yield from _leaves(each, f"{core.__name__}.{key}", seen)
    elif core is str:
        yield name, kind
    elif typing.get_origin(core) is not typing.Literal:
        for each in typing.get_args(core):
            if each is not Ellipsis:
                yield from _leaves(each, name, seen)


def _followed(kind: Any, steps: tuple[str | int, ...]) -> tuple[str, Any]:
    """The word and key at a path, and the annotation there."""
    name = ""
    for step in steps:
        core = bare(kind)
        if dataclasses.is_dataclass(core) or typing_extensions.is_typeddict(core):
            name, kind = f"{core.__name__}.{step}", typing.get_type_hints(core, include_extras=True)[str(step)]
        else:
            kind = [each for each in typing.get_args(core) if each is not Ellipsis][-1]
    return name, kind


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and what is in its optional and not-required forms."""
    yield annotation
    if typing.get_origin(annotation) not in {typing.Annotated, tuple, dict}:
        for each in typing.get_args(annotation):
            yield from _parts(each)


def _read(root: Path, file: str) -> Located:
    source = Source(file, (root / file).read_text(encoding="utf-8"))
    located = parse(source, Problems())
    assert located
    return located


def _write(root: Path, file: str, data: Any) -> None:
    (root / file).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
