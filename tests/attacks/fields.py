"""Every place in the sources where somebody may write, and how a text is planted there.

The project under attack is `tests/small` with the files of `attacks/sources` laid over it, in which every optional
field is present. Its YAML files are read for their texts; its Markdown has marked places, written ⟦name|words⟧.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

TESTS = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "sources"

_SLOT = re.compile(r"⟦(?P<name>[^|⟧]+)\|(?P<words>[^⟧]*)⟧")
_MARGIN = re.compile(r"[ >]*(?:-   |\d\.  |:   )?")
_PRINTABLE = re.compile("[\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

REFERS = frozenset(
    [
        "id", "ids", "format", "kind", "lead", "reference", "edition_date", "was", "instead", "meeting_lengths",
        "minutes", "reading_minutes", "core", "questions", "objectives", "type", "year", "month", "day", "start", "end",
        "date", "module", "meeting_minutes", "certificate_meetings", "attended", "formerly", "activity", "time_zone",
        "joined", "cancelled",
        "modules", "language", "activity_kinds", "verbs", "verified", "fields_from_memory",
    ]
)  # fmt: skip
"""Fields that name, count or date something, so that what is wrong with one may be reported elsewhere, too."""


@dataclass(frozen=True)
class Field:
    """One place in one file: where its words stand in the file's text, and how they are written there."""

    path: str
    name: str
    start: int
    end: int
    words: str
    margin: str | None = None  # of Markdown: what each further line begins with; None for YAML
    indent: int | None = None  # of YAML: where a block of lines may stand; None where only one line may

    @property
    def refers(self) -> bool:
        """Whether other places depend on what stands here."""
        return not REFERS.isdisjoint(self.name.split("."))

    def __str__(self) -> str:
        return f"{self.path} {self.name}"

    def written(self, text: str, *, block: bool = False) -> str:
        """Write a text so that this field holds it."""
        if self.margin is not None:
            return re.sub(r"\r?\n", f"\n{self.margin}", text)
        if block and self.indent is not None and self._fits_block(text):
            margin = "\n" + " " * self.indent
            return "|-" + margin + margin.join(text.split("\n"))
        return '"' + "".join(map(_escaped, text)) + '"'

    @staticmethod
    def _fits_block(text: str) -> bool:
        return (
            text[:1].strip() != "" and "\r" not in text and all(_PRINTABLE.match(sign) for sign in text if sign != "\n")
        )


@dataclass(frozen=True)
class File:
    """One source file without its marks, and the fields in it."""

    path: str
    text: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Plant:
    """What is written into one field; `raw` as it is, else so that the field holds it."""

    field: Field
    text: str
    raw: bool = False
    block: bool = False

    @property
    def path(self) -> str:
        """The file in which it is."""
        return self.field.path

    def __str__(self) -> str:
        return f"{self.field}, written {self.written!r}"

    @property
    def written(self) -> str:
        """The characters that take the field's place in its file."""
        return self.text if self.raw else self.field.written(self.text, block=self.block)


@dataclass(frozen=True)
class Added:
    """A file that was not there; a drawing is shown on a page of its own kind."""

    path: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.path!r}, which is {self.data[:400]!r}"


Span = tuple[int, int]
"""The first and the last line of something in its file."""

DRAWINGS = "docs/drawings.md"


@dataclass
class Project:
    """The project under attack, in a folder; it is whole again after `restore`."""

    root: Path
    files: Mapping[str, File]
    _written: set[str] = field(default_factory=set)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields of all files."""
        return tuple(each for file in self.files.values() for each in file.fields)

    def line(self, place: Field) -> tuple[str, int]:
        """The file and the line on which a field begins."""
        return place.path, self.files[place.path].text.count("\n", 0, place.start) + 1

    def plant(self, plants: Sequence[Plant | Added]) -> dict[Plant | Added, Span]:
        """Write these plants and nothing else; answer which lines of its file each takes."""
        self.restore()
        spans: dict[Plant | Added, Span] = {}
        by_file: dict[str, list[Plant]] = {}
        for each in plants:
            if isinstance(each, Added):
                self._write(each.path, each.data)
                spans[each] = (1, each.data.count(b"\n") + 1)
            else:
                by_file.setdefault(each.path, []).append(each)
        for path, some in by_file.items():
            text, found = _planted(self.files[path].text, some)
            self._write(path, text.encode("utf-8", "surrogatepass"))
            spans |= found
        drawn = [each.path for each in plants if isinstance(each, Added) and each.path.endswith(".svg")]
        if drawn:
            self._write(DRAWINGS, _gallery(drawn).encode())
        return spans

    def restore(self) -> None:
        """Make the project whole again."""
        for path in self._written:
            if path in self.files:
                (self.root / path).write_bytes(self.files[path].text.encode())
            else:
                (self.root / path).unlink()
        self._written.clear()

    def _write(self, path: str, data: bytes) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)
        self._written.add(path)


def _planted(text: str, plants: list[Plant]) -> tuple[str, dict[Plant | Added, Span]]:
    """A text with plants in it, and the lines that each takes."""
    parts: list[str] = []
    spans: dict[Plant | Added, Span] = {}
    at, line = 0, 1
    for each in sorted(plants, key=lambda plant: plant.field.start):
        before = text[at : each.field.start]
        line += before.count("\n")
        last = line + each.written.count("\n")
        spans[each] = (line, last)
        parts += [before, each.written]
        at, line = each.field.end, last
    return "".join([*parts, text[at:]]), spans


def _gallery(paths: Sequence[str]) -> str:
    """A page that shows drawings, each as a figure, which becomes part of the page, and as an image."""
    shown = (path.removeprefix("docs/") for path in paths)
    return "\n".join(["# Drawings\n", *(f'!!! figure "x"\n    ![x]({path})\n\n![x]({path})\n' for path in shown)])


def lay_out(root: Path) -> Project:
    """Make the project under attack in a folder that is not there yet."""
    shutil.copytree(TESTS / "small", root)
    files = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file():
            name = path.relative_to(SOURCES).as_posix()
            text = path.read_text(encoding="utf-8")
            files[name] = File(name, *_unmarked(name, text)) if path.suffix != ".yml" else _of_yaml(name, text)
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(files[name].text, encoding="utf-8", newline="\n")
    facilitation = "modules/facilitation.yml"
    files[facilitation] = _of_yaml(facilitation, (root / facilitation).read_text(encoding="utf-8"))
    return Project(root, files)


def _unmarked(path: str, text: str) -> tuple[str, tuple[Field, ...]]:
    """A text without its marks, and its marked places."""
    parts: list[str] = []
    fields = []
    at = length = 0
    for slot in _SLOT.finditer(text):
        before = text[at : slot.start()]
        parts += [before, slot["words"]]
        start = length + len(before)
        length = start + len(slot["words"])
        at = slot.end()
        line = text[text.rfind("\n", 0, slot.start()) + 1 :]
        margin = re.sub(r"[^ >]", " ", (_MARGIN.match(line) or [""])[0])
        fields.append(Field(path, slot["name"], start, length, slot["words"], margin=margin))
    return "".join([*parts, text[at:]]), tuple(fields)


def _of_yaml(path: str, text: str) -> File:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return File(path, text, tuple(_scalars(path, text, root, "", None)))


def _scalars(path: str, text: str, node: yaml.Node, name: str, indent: int | None) -> Iterator[Field]:
    """Every scalar of a YAML tree; of keys only those that an author chooses, the blanks of a program."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in {"|", ">"}:
            end = len(text[:end].rstrip())
        yield Field(path, name, start, end, str(node.value), indent=indent)
    elif isinstance(node, yaml.SequenceNode):
        inner = None if node.flow_style else node.start_mark.column + 2
        for number, child in enumerate(node.value):
            yield from _scalars(path, text, child, f"{name}.{number}".lstrip("."), inner)
    elif isinstance(node, yaml.MappingNode):
        inner = None if node.flow_style else node.start_mark.column + 2
        for key, child in node.value:
            if name == "supplied":
                yield Field(path, "supplied key", key.start_mark.index, key.end_mark.index, str(key.value))
            yield from _scalars(path, text, child, f"{name}.{key.value}".lstrip("."), inner)


def _escaped(sign: str) -> str:
    """A sign within quotation marks of YAML."""
    if sign in '"\\':
        return f"\\{sign}"
    if sign != "\t" and _PRINTABLE.match(sign):
        return sign
    return f"\\U{ord(sign):08x}" if not 0xD800 <= ord(sign) <= 0xDFFF else "\ufffd"
