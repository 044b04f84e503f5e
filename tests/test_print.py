"""What a hand holds: run sheets on one page, masters on right-hand pages, large print that knows its pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import yaml
from conftest import ROOT, Project
from once import MODULES, OURS
from output import sheets, single_spaced

from builder.printing import Sheets

RAW = pypdfium2.raw


def module_file(module: str) -> dict[str, object]:
    """Read a module's file."""
    read: dict[str, object] = yaml.safe_load((ROOT / f"modules/{module}/module.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def ours() -> Sheets:
    """Give the print trees of the project's own curriculum."""
    return Sheets(OURS.built.documents, OURS.built.loaded.images, "letter")


def assert_whole(page: str, module: str) -> None:
    """Assert that a page has a module's whole run sheet, from its first activity to what to do when early."""
    for activity in module_file(module)["agenda"]:  # type: ignore[attr-defined]
        assert " ".join(activity["in_short"].split()[:4]).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") in page
    assert "End on time" in page
    assert "Late start You begin ten minutes late." in page
    assert "Ten min early Ask once" in page


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("paper", ["", "-a4"])
def test_a_guide_begins_with_the_whole_meeting(built: Project, module: str, paper: str) -> None:
    """The first page of a guide contains the run sheet with all plans, and what to do when late or early."""
    page = single_spaced(sheets(built.root / f"site/modules/{module}/{module}-guide{paper}.pdf")[0])
    assert_whole(page, module)
    assert "60 min Activity Lead Have ready Ask 45 min 30 min" in page
    for cut in module_file(module)["late"]:  # type: ignore[attr-defined]
        assert f"to {cut['minutes']} min. {cut['how'][:10]}" in page


def test_each_run_sheet_of_a_packet_is_one_page(built: Project) -> None:
    """In every packet, where places and links need lines of their own, each run sheet still fits its page."""
    for packet in sorted((built.root / "packets/sample-2021").glob("*/packet.pdf")):
        found = [
            single_spaced(page) for page in sheets(packet) if re.search(r"^Meeting \d+: [^.]+$", page, re.MULTILINE)
        ]
        assert len(found) == len(MODULES)
        for page, module in zip(found, OURS.curriculum.modules, strict=True):
            assert_whole(page, module.id)


@pytest.mark.parametrize("plan", [45, 30])
def test_a_shorter_guide_holds_what_it_needs(ours: Sheets, plan: int) -> None:
    """A guide for a shorter plan has no section on what that plan drops, and its clock is that plan's."""
    for module in ours.documents.apparatus.curriculum.modules:
        text = ours.documents.guide(module.id, plan).markdown
        for activity in module.file.agenda:
            assert (f"{{: #a-{activity.id} }}" in text) == bool(activity.minutes[plan]), activity.id
        for question in module.file.questions:
            assert text.count(f"{{: #q-{question.id} }}") == 1
        assert f"| {plan}&nbsp;min | Activity |" in text


def test_what_is_copied_begins_on_a_right_hand_page(built: Project) -> None:
    """Handouts, sheets and forms of a packet begin on odd pages, so that no guide is on the back of their first."""
    found = sheets(built.root / "packets/sample-2021/red-alder/packet.pdf")
    firsts = [number for number, page in enumerate(found, 1) if re.search(r" · page 1 of \d+", page)]
    assert len(firsts) >= len(MODULES) + 3
    assert all(number % 2 for number in firsts)


# Large print

MARGIN = 28 / 25.4 * 72
"""Points from the left edge of a page to where its text begins at the earliest; page numbers stand before that."""


@dataclass(frozen=True)
class Piece:
    """A run of letters on a page, where it begins, and how large it is, in points."""

    text: str
    left: float
    bottom: float
    size: float


def pieces(pdf: Path) -> Iterator[list[Piece]]:
    """Read the text of each page, piece by piece, but for what is drawn within figures."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        texts, found = page.get_textpage(), []
        for item in page.get_objects([RAW.FPDF_PAGEOBJ_TEXT], max_depth=1):
            size, matrix = ctypes.c_float(), item.get_matrix()
            assert RAW.FPDFTextObj_GetFontSize(item.raw, size)
            found.append(Piece(_words(item, texts), matrix.e, matrix.f, size.value * abs(matrix.d)))
        yield found
        texts.close()
    document.close()


def _words(item: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    length = RAW.FPDFTextObj_GetText(item.raw, page.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    RAW.FPDFTextObj_GetText(item.raw, page.raw, ctypes.cast(buffer, ctypes.POINTER(RAW.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def large_prints(built: Project) -> list[Path]:
    """Name every PDF of the site that is in large print."""
    found = sorted((built.root / "site").rglob("*-large-print.pdf"))
    assert {f"{module}-guide-large-print.pdf" for module in MODULES} <= {path.name for path in found}
    return found


def test_large_print_is_large(built: Project) -> None:
    """Nothing but the words inside drawings, which are told below them too, is smaller than 18 points."""
    for pdf in large_prints(built):
        small = {(piece.text, piece.size) for page in pieces(pdf) for piece in page if piece.size < 17.9}
        assert not small, pdf.name


def test_large_print_tells_the_pages_of_the_standard_edition(built: Project) -> None:
    """Each page of the standard edition is named once in the margin, in order, beside the words that begin it."""
    for pdf in large_prints(built):
        standard = [_letters(page) for page in sheets(pdf.with_name(pdf.name.replace("-large-print", "")))]
        named = []
        for page in pieces(pdf):
            for mark in page:
                if mark.left < MARGIN and mark.text.strip().isdecimal():
                    beside = [each for each in page if abs(each.bottom - mark.bottom) < 9 and each.left > mark.left + 5]
                    first = min(beside, key=lambda each: each.left).text if beside else ""
                    named.append((int(mark.text), _letters(first)))
        numbers = [number for number, _ in named]
        assert numbers == sorted(set(numbers)), pdf.name
        assert set(numbers) >= set(range(1, len(standard))), pdf.name  # the last may hold the end of one text only
        for number, words in named:
            assert words[:12] in standard[number - 1][:300], (pdf.name, number, words)


def _letters(text: str) -> str:
    """A text without white space, list signs and the like, as both editions have it."""
    return re.sub(r"[^A-Za-z]", "", text)
