"""Archives (zip): every file in one is looked at, by its name and its contents; nothing is written.

In: bytes. Out: faults. Touches nothing.
"""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator

from builder.model.filenames import fault_of_path
from builder.problems import shown
from builder.sources import leftovers, limits
from builder.sources.attachments.faults import Fault

BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
"""What the library raises of an archive that cannot be unpacked."""

_TEXTS = frozenset(
    ".bib .csv .geojson .ipynb .json .md .py .qmd .r .rmd .sh .sql .tex .tsv .txt .xml .yaml .yml".split()  # noqa: SIM905
)
_IMAGES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_JUDGED = frozenset({".csv", ".docx", ".pdf", ".pptx"})
_PLAIN = frozenset({"readme", "license", "makefile"})
"""What an archive for learners may contain: texts, images, other attachments; names without an ending."""

Judge = Callable[[str, bytes], Iterator[Fault]]
"""What finds faults in a file of its own, by its path and its bytes."""


def faults(data: bytes, judge: Judge) -> Iterator[Fault]:
    """Find what is wrong with an archive; `judge` is asked about attachments within it."""
    if not data.startswith(b"PK\x03\x04"):
        yield Fault("not a ZIP archive, or an empty one (pack it again)")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = list(_of_entries(packed.infolist()))
            yield from found
            for entry in () if found else packed.infolist():
                if not entry.is_dir():
                    for fault in _of_contents(entry.filename, packed.read(entry), judge):
                        yield Fault(f"in {shown(entry.filename)}: {fault.message}")
    except BROKEN:
        yield Fault("a damaged ZIP archive (pack it again)")


def size_fault(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Find that an archive has too many files, or is too large unpacked, before anything of it is unpacked."""
    if len(entries) > limits.MAX_PACKED_FILES:
        yield Fault(f"{len(entries):,} files in one archive (at most {limits.MAX_PACKED_FILES:,})")
    if (size := sum(entry.file_size for entry in entries)) > limits.MAX_UNPACKED:
        yield Fault(f"{size:,} bytes once it is unpacked (at most {limits.MAX_UNPACKED:,})")


def _of_entries(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Find what is wrong before anything is unpacked."""
    yield from size_fault(entries)
    for entry in entries:
        path = entry.filename.rstrip("/")
        name = posixpath.basename(path)
        if leftovers.is_dropping(name) or name.startswith(".") or path.startswith("__MACOSX"):
            why: str | None = "is left by another program (pack it without)"
        elif stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            why = "is a link, not a file"
        elif entry.flag_bits & 0x1:
            why = "has a password (pack it without)"
        elif not entry.is_dir() and not _is_allowed(name):
            why = f"is of a kind that is not offered (allowed: {', '.join(sorted(_TEXTS | _IMAGES.keys() | _JUDGED))})"
        else:
            why = fault_of_path(path)
        if why:
            yield Fault(f"{shown(entry.filename)} in it {why}")


def _is_allowed(name: str) -> bool:
    suffix = posixpath.splitext(name)[1].lower()
    return suffix in _TEXTS or suffix in _IMAGES or suffix in _JUDGED or name.lower() in _PLAIN


def _of_contents(path: str, data: bytes, judge: Judge) -> Iterator[Fault]:
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in _JUDGED:
        yield from judge(path, data) if data else ()
    elif suffix in _IMAGES:
        if not data.startswith(_IMAGES[suffix]):
            yield Fault("not an image of this kind (export it again)")
    elif b"\0" in data:
        yield Fault("not a text, as its name says")
