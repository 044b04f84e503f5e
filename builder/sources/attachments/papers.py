"""Papers and slides of office programs (docx, pptx): no macros, no embedded programs, nothing fetched when opened.

In: bytes. Out: faults. Touches nothing. The parts and their types are those of ECMA-376 (Office Open XML).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from builder.model.filenames import fault_of_path
from builder.problems import shown
from builder.sources.attachments.archives import BROKEN, size_fault
from builder.sources.attachments.faults import Fault

_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_PARTS = frozenset(
    ".emf .fntdata .gif .jpeg .jpg .m4a .mp3 .mp4 .odttf .png .rels .svg .tif .tiff .vml .wav .wdp .wmf .xlsx .xml".split()  # noqa: SIM905, E501
)
_SETTINGS = re.compile(r"(?:word|ppt)/printerSettings/printerSettings\d+\.bin")
_LINKED = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def of_word(data: bytes) -> Iterator[Fault]:
    """Find what is wrong with a paper."""
    yield from _faults(data, "Word document", _MAIN.format("wordprocessingml.document"))


def of_slides(data: bytes) -> Iterator[Fault]:
    """Find what is wrong with slides."""
    yield from _faults(data, "PowerPoint presentation", _MAIN.format("presentationml.presentation"))


def _faults(data: bytes, what: str, main: str) -> Iterator[Fault]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            too_much = [*size_fault(packed.infolist())]
            if too_much or _TYPES not in names or main not in _types(packed.read(_TYPES)):
                yield from too_much or [Fault(f"not a {what} without macros (save it again as one)")]
                return
            yield from _of_parts(names)
            for name in names:
                if name.endswith(".rels"):
                    yield from _of_relations(packed.read(name))
    except (*BROKEN, SyntaxError, DefusedXmlException):
        yield Fault(f"not a {what}, damaged, or with a password (save it again)")


def _types(data: bytes) -> set[str]:
    return {each.get("ContentType", "") for each in defusedxml.ElementTree.fromstring(data)}


def _of_parts(names: list[str]) -> Iterator[Fault]:
    for name in names:
        part = posixpath.splitext(name)[1].lower()
        if part not in _PARTS and not name.endswith("/") and not _SETTINGS.fullmatch(name):
            yield Fault(f"contains {shown(name)}, such as a macro or a file of another program (save it without)")
        elif name != _TYPES and (why := fault_of_path(name.rstrip("/"))):
            yield Fault(f"contains {shown(name)}, which {why}")


def _of_relations(data: bytes) -> Iterator[Fault]:
    """Find what a program would fetch when it opens the file; links that a reader follows are no such."""
    for each in defusedxml.ElementTree.fromstring(data, forbid_dtd=True):
        if each.get("TargetMode") == "External":
            target, kind = each.get("Target", ""), each.get("Type", "")
            if not kind.endswith("/hyperlink") or not _LINKED.match(target):
                yield Fault(f"fetches {shown(target)} when it is opened (embed it, or take it out)")
