"""Reading what came out, for tests: whole trees of files, built pages, and the text and the bones of PDFs."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
from conftest import ROOT, Project


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by its path with `/`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Names of the files that are not the same in two trees, or are in one of them only."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every built page by its path under the site."""
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): lxml.html.parse(str(path)).getroot() for path in found}


def words(page: lxml.html.HtmlElement) -> str:
    """The words of a page's article, with single spaces."""
    article = page.xpath("//article")[0]
    return single_spaced(article.text_content())


def single_spaced(text: str) -> str:
    """Text without the accidents of its lines."""
    return re.sub(r"\s+", " ", text).strip()


def plain_sentences(reading: str) -> list[str]:
    """The sentences of a module's reading that hold no marks and no quotation, as the page must show them."""
    text = (ROOT / "modules" / reading / "reading.md").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line[:1].isalpha()]
    sentences = [sentence for line in lines for sentence in re.split(r"(?<=[.?])\s+", line)]
    return [sentence for sentence in sentences if re.fullmatch(r"[A-Z][\w ,;:-]{40,}[.?]", sentence)]


def sheets(pdf: Path) -> list[str]:
    """The text of each page of a PDF, line by line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("\r\n", "\n")
    finally:
        text.close()
        page.close()


def printed(pdf: Path) -> str:
    """The whole text of a PDF with single spaces."""
    return single_spaced(" ".join(sheets(pdf)))


def everything(path: Path) -> str:
    """Whatever can be read out of a file: its bytes, unpacked, and of a PDF its text, its metadata and every stream."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    parts = [data.decode("utf-8", "replace")]
    if path.suffix == ".pdf":
        parts += [printed(path), *_objects(path)]
    return "\n".join(parts)


def _objects(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            yield repr(item)
            if isinstance(item, pikepdf.Stream):
                yield _unpacked(item).decode("utf-8", "replace")


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # an image, whose pixels hold no text
        return stream.read_raw_bytes()


def small(root: Path) -> Project:
    """Lay out a curriculum of two short modules and a cohort of two teams as a whole project, to be broken."""
    shutil.copytree(ROOT / "tests/small", root)
    return Project(root)


def program(folder: Path) -> Path:
    """Copy the program into a folder, to be broken; the answer is what `PYTHONPATH` names to run the copy."""
    shutil.copytree(ROOT / "builder", folder / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    return folder
