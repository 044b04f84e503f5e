"""Files that readers download, made for tests: good ones, and ones with something in them that must not be offered."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pikepdf

CSV = b"walker,minutes\nA,12\nB,-3\n"

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_WORD = _MAIN.format("wordprocessingml.document")
SLIDES = _MAIN.format("presentationml.presentation")
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_TYPES = '<Types xmlns="http://x/content-types"><Override ContentType="{}"/></Types>'
_RELATION = '<Relationships><Relationship Id="r" Type="http://x/{}" Target="{}" TargetMode="External"/></Relationships>'


def packed(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def office(type: str = _WORD, **more: str) -> bytes:
    """A file of an office program; `more` are parts by their names, with `_` for the last `.`."""
    parts = {name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1]: text for name, text in more.items()}
    return packed({"[Content_Types].xml": _TYPES.format(type), "word/document.xml": "<w/>", **parts})


def relation(kind: str, target: str) -> str:
    """A part that names something outside of the file."""
    return _RELATION.format(kind, target)


def pdf(change: Any = None, **options: Any) -> bytes:
    """A PDF of one page, after a change of it."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if change:
            change(document)
        document.save(made, **options)
    return made.getvalue()


GOOD = {
    "walks.csv": CSV,
    "all.zip": packed({"data/walks.csv": CSV, "data/README": "Walks.", "data/map.py": "print(1)"}),
    "plan.docx": office(word___rels__a_rels=relation("hyperlink", "https://walk.example.edu/")),
    "talk.pptx": office(SLIDES),
    "map.pdf": pdf(),
}
"""One good file of each kind."""
