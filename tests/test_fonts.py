# ruff: noqa: RUF001  these names are spelled as their bearers spell them
"""The faces of the print: every name prints as its bearer writes it, and what cannot print is told where it stands."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from planting import COHORT, MODULE, READING, SHEET, Fault, assert_told, lines, small
from test_press import el, guide, root

from builder.press import Refused, typeset
from builder.press.coverage import composed, lacking

FONTS = Path(__file__).resolve().parent.parent / "builder/press/fonts"

NAMES = {
    "Vietnamese": "Nguyễn Hồng Phượng, Trần Thị Bích",
    "Polish": "Łukasz Żółć-Wiśniewska",
    "Turkish": "Çağrı Şükrü İnönü",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Наталія Їжакевич, Нұрсұлтан",
    "Yoruba": "Ọláṣubọ̀mí Adébáyọ̀",
    "Kikuyu": "Ngũgĩ wa Thiong’o",
    "Hawaiian": "Kealiʻi ʻŌiwi",
    "Romanian": "Ștefan Țurcanu",
    "accented": "Agénor Björk Núñez Marušić Ōno",
}


def covered() -> Iterator[str]:
    """Every sign that the list says can be printed."""
    for part in (FONTS / "coverage.txt").read_text(encoding="ascii").split():
        first, _, last = part.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def faces_of(data: bytes) -> set[str]:
    """The families of the faces in a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item]
        return {str(font.BaseFont).partition("+")[2].partition("-")[0] for font in fonts}


def text_of(data: bytes) -> str:
    """The text of a PDF's first page, as someone copies it."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    words = page.get_textpage()
    try:
        return str(words.get_text_range())
    finally:
        words.close()
        page.close()
        document.close()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_print_and_can_be_copied(name: str, form: str) -> None:
    """A name prints under PDF/UA in a face for text, and its text comes out whole however its marks were typed."""
    typed = unicodedata.normalize(form, name)
    made = typeset(guide(root(el("p", typed)), title=typed)).data
    assert composed(name) in text_of(made)
    assert faces_of(made) <= {"AtkinsonHyperlegibleNext", "NotoSans"}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.docinfo.Title) == composed(name)


@pytest.mark.parametrize("tag", ["span", "em", "strong", "code"])
def test_every_sign_of_the_list_can_be_set(tag: str) -> None:
    """What the check lets pass the typesetter sets: alone and within a word, in every style of text."""
    signs = [sign for sign in covered() if not sign.isspace()]
    rows = [signs[at : at + 64] for at in range(0, len(signs), 64)]
    tree = root(*(el("p", el(tag, " ".join(f"{sign} x{sign}y" for sign in row))) for row in rows))
    assert typeset(guide(tree)).pages > 10


UNSETTABLE = "李한あไ\N{GRINNING FACE}\N{ARABIC LETTER YEH BARREE}\N{BENGALI LETTER A}\ud7ff\U0010fffd"


@pytest.mark.parametrize("sign", UNSETTABLE)
def test_what_the_list_lacks_cannot_be_set(sign: str) -> None:
    """What the check stops the typesetter would have refused."""
    assert lacking(f"a{sign}b{sign}") == (sign,)
    with pytest.raises(Refused):
        typeset(guide(root(el("p", sign))))


def test_marks_typed_apart_are_taken_with_their_letter() -> None:
    """A sign is judged as it is printed: a letter and its mark as one."""
    assert not lacking(unicodedata.normalize("NFD", "ở"))
    assert lacking("\N{CJK UNIFIED IDEOGRAPH-674E} \N{CJK UNIFIED IDEOGRAPH-674E}") == ("李",)


def test_the_typesetter_has_one_reason_for_one_sign() -> None:
    """A refusal comes with its hints in one line, so that one fault is one problem."""
    with pytest.raises(Refused) as caught:
        typeset(guide(root(el("p", "李"))))
    assert len(caught.value.reasons) == 1


TOLD = "no typeface here has '李' (U+674E) (write the name in Latin, Greek or Cyrillic letters, or leave it out)"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(COHORT, "name: Ben", "name: ¦李 Ming", TOLD),
        Fault(COHORT, "name: Hemlock", 'name: ¦"\\u674e"', TOLD),
        Fault(COHORT, "name: Hemlock", "name: Hemlock ¦\N{GRINNING FACE}", "(U+1F600) (write it in words"),
        Fault(MODULE, "text: Draw it.", "text: Draw it, ¦李 and 李.", TOLD),
        Fault(READING, "\n\n", "\n\nA word, ¦李.\n\n", TOLD),
        Fault(SHEET, "\n\n", "\n\nA word, ¦&#26446;.\n\n", TOLD),
        Fault(SHEET, "\n\n", "\n\nA\ufeff word.\n\n", "(delete it)", at="\ufeff"),
    ],
    ids=str,
)
def test_what_no_face_has_is_told_where_it_stands(fault: Fault, tmp_path: Path) -> None:
    """A sign without a face is told once in its file, at its line and column, before anything is printed."""
    assert_told(fault, tmp_path)


def test_what_is_not_printed_may_hold_any_sign(tmp_path: Path) -> None:
    """Comments and pages of the site are left alone: browsers bring faces of their own."""
    project = small(tmp_path)
    about = project / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n简体中文\n", encoding="utf-8")
    cohort = project / COHORT
    cohort.write_text("# 李\n" + cohort.read_text(encoding="utf-8"), encoding="utf-8")
    assert lines(project) == []
