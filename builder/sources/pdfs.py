"""The text of PDFs, with metadata, outline, notes, links and attachments; and which pages of two look different.

In: the bytes of PDFs. Out: a `PdfText`, page numbers, or `Unreadable`. Touches nothing. No other room imports
`pypdfium2`.
"""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

PAGE = "\f"
"""The character between the texts of two pages."""

_BROKEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line, whether or not the word has one."""

_METADATA = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)

_NOTES = (b"Contents", b"T", b"TU", b"V", b"Subj")
"""The keys of an annotation, or of a form's field, that have text."""


_SCALE = 0.5
"""Pixels per point when two pages are compared: enough to see another digit in the smallest print."""


class Unreadable(Exception):  # noqa: N818  what happened, not an error of the program
    """A PDF that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF.

    `pages` has the text of all pages, joined by `PAGE`, once for each way to read hyphens and line ends; `about` is
    document information, outline and notes; `metadata` is its XMP; `attached` are names and bytes of its attachments.
    """

    pages: tuple[str, ...]
    about: str
    metadata: bytes
    attached: tuple[tuple[str, bytes], ...]


def text_of_pdf(data: bytes) -> PdfText:
    """Read all text in a PDF.

    Raises:
        Unreadable: The PDF is damaged or has a password.
    """
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise Unreadable("a PDF that is damaged or has a password") from error
    try:
        pages: list[str] = []
        notes: list[str] = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            notes += _notes(document, page)
            page.close()
        titles = [each.get_title() for each in document.get_toc()]
        about = "\n".join([*document.get_metadata_dict().values(), *titles, *notes])
        files = [document.get_attachment(at) for at in range(document.count_attachments())]
        attached = tuple((each.get_name(), bytes(each.get_data())) for each in files)
        return PdfText(tuple(_ways(PAGE.join(pages))), about, b"\n".join(_METADATA.findall(data)), attached)
    except PdfiumError as error:
        raise Unreadable("a PDF that is damaged") from error
    finally:
        document.close()


def faults(data: bytes) -> Iterator[str]:
    """What keeps a PDF from being offered to readers: damage, a password, programs, and files within it."""
    try:
        document = PdfDocument(data)
        try:
            if len(document) == 0:
                yield "a PDF without a page (export it again)"
            if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
                yield "a PDF that runs a program (export it without)"
            if document.count_attachments():
                yield "a PDF with files in it (offer each by itself)"
        finally:
            document.close()
    except PdfiumError:
        yield "a PDF that is damaged or has a password (export it again)"


def differing_pages(old: bytes, new: bytes) -> tuple[int, ...]:
    """The numbers, from 1, of the pages that look different from those of an older PDF, or that are new.

    Raises:
        Unreadable: One of the PDFs is damaged or has a password.
    """
    pairs = itertools.zip_longest(_looks(old), (pages := tuple(_looks(new))))
    return tuple(number for number, (before, now) in enumerate(pairs, 1) if before != now and number <= len(pages))


def _looks(data: bytes) -> Iterator[bytes]:
    """A checksum of each page as it looks. It takes some 2 ms a page."""
    try:
        document = PdfDocument(data)
        try:
            for page in document:
                yield hashlib.sha256(bytes(page.render(scale=_SCALE, grayscale=True).buffer)).digest()
                page.close()
        finally:
            document.close()
    except PdfiumError as error:
        raise Unreadable("a PDF that is damaged or has a password") from error


def _ways(text: str) -> Iterator[str]:
    """The text of all pages, with and without the hyphens at the ends of lines, as lines and with lines joined."""
    for hyphen in ("", "-") if _BROKEN in text else ("",):
        whole = text.replace(_BROKEN, hyphen)
        yield whole
        yield PAGE.join("\n".join(_joined(page.split("\n"))) for page in whole.split(PAGE))


def _joined(lines: list[str]) -> Iterator[str]:
    """The words around each line's end, joined; over several ends where a line is a single word."""
    run = ""
    for words in map(str.split, lines):
        if words and run:
            yield run + words[0]
        run = (run if len(words) == 1 else "") + (words[-1] if words else "")


def _notes(document: PdfDocument, page: Any) -> Iterator[str]:
    """The texts and the links of a page's annotations."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        for key in _NOTES:
            if raw.FPDFAnnot_HasKey(note, key):
                yield _text(raw.FPDFAnnot_GetStringValue, note, key)
        link = raw.FPDFAnnot_GetLink(note)
        action = raw.FPDFLink_GetAction(link) if link else None
        if action:
            size = raw.FPDFAction_GetURIPath(document, action, None, 0)
            address = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, address, size)
            yield address.value.decode("utf-8", "replace")
        raw.FPDFPage_CloseAnnot(note)


def _text(ask: Any, *of: Any) -> str:
    """A text from the library, which is called twice: for its length, and then for the text itself."""
    size = ask(*of, None, 0)
    buffer = (ctypes.c_ushort * max(1, size // 2))()
    ask(*of, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
