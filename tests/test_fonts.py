# ruff: noqa: RUF001  these names are spelled as their bearers spell them
"""The faces of the print: every name prints as its bearer writes it, and what cannot print is reported where it is."""

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

SCRIPTS = {
    "Arabic": "محمد بن عبد الله",
    "Persian": "علی\u200cرضا گل‌محمدی",
    "Urdu": "ٹیپو سلطان ڈار",
    "Hebrew": "יעל כהן־לוי",
    "Armenian": "Լիլիթ Հովհաննիսյան",
    "Georgian": "გიორგი მაისურაძე",
    "Amharic": "ዓለም ተስፋዬ",
    "Hindi": "ज्योति श्रीवास्तव",
    "Bengali": "প্রিয়াঙ্কা চট্টোপাধ্যায়",
    "Punjabi": "ਪ੍ਰਿਅੰਕਾ ਸਿੰਘ",
    "Gujarati": "પ્રિયંકા પટેલ",
    "Odia": "ଶ୍ରୀ ପ୍ରିୟଙ୍କା",
    "Tamil": "பிரியங்கா ஸ்ரீனிவாசன்",
    "Telugu": "ప్రియాంక రెడ్డి",
    "Kannada": "ಪ್ರಿಯಾಂಕಾ ಗೌಡ",
    "Malayalam": "പ്രിയങ്ക നായർ",
    "Sinhala": "ප්‍රියංකා ද සිල්වා",
    "Thai": "สมชาย น้ำฝน วงศ์สวัสดิ์",
    "Lao": "ສົມໄຊ ພົມວິຫານ",
    "Khmer": "សុខា ម៉ៅ",
    "Burmese": "အောင်ဆန်းစုကြည်",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Cherokee": "ᏣᎳᎩ",
    "Inuktitut": "ᐃᓄᒃᑎᑐᑦ",
    "Simplified Chinese": "欧阳娜娜 王小明",
    "Traditional Chinese": "陳怡君 歐陽龍",
    "Japanese": "佐藤 愛子 さくら タロウ 髙橋 𠮷野",
    "Korean": "김민수 박지영",
}
"""Names in other scripts, each of which has a face of its own."""


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
        assert str(pdf.docinfo.Title).startswith(composed(name))


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_names_in_every_script_print(name: str) -> None:
    """A name in any living script of many people prints under PDF/UA, in bold too, in a face made for its script."""
    assert not lacking(name)
    made = typeset(guide(root(el("p", name), el("p", el("strong", name))), title=name)).data
    faces = faces_of(made) - {"AtkinsonHyperlegibleNext"}
    assert faces
    assert all(face.startswith(("NotoSans", "NotoSerifTibetan")) for face in faces)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.docinfo.Title).startswith(name)


def places(data: bytes) -> dict[str, float]:
    """Where the signs of a PDF's first page stand, each at its first place from the left edge in points."""
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage()
    found: dict[str, float] = {}
    for at in range(text.count_chars()):
        found.setdefault(text.get_text_range(at, 1), text.get_charbox(at)[0])
    text.close()
    document.close()
    return found


@pytest.mark.parametrize("name", ["יעל כהן", "سمر وقي"], ids=["Hebrew", "Arabic"])
def test_a_name_from_right_to_left_is_in_order(name: str) -> None:
    """Within a line from left to right, such a name begins at its right, and two of them stay in their order."""
    at = places(typeset(guide(root(el("p", f"X {name} and Z")))).data)
    letters = [at[sign] for sign in dict.fromkeys(name) if sign != " "]
    assert letters == sorted(letters, reverse=True)
    assert at["X"] < min(letters) < max(letters) < at["Z"]


@pytest.mark.parametrize("tag", ["span", "em", "strong", "code"])
def test_every_sign_of_the_list_can_be_set(tag: str) -> None:
    """What the check lets pass the typesetter sets: alone and within a word, in every style of text.

    East Asian signs have one face for all styles, so they are set in one.
    """
    signs = [sign for sign in covered() if not sign.isspace() and (tag == "span" or sign < "\u3400")]
    rows = [signs[at : at + 64] for at in range(0, len(signs), 64)]
    tree = root(*(el("p", el(tag, " ".join(f"{sign} x{sign}y" for sign in row))) for row in rows))
    assert typeset(guide(tree)).pages > 10


UNSETTABLE = "𗴂𓀀ꦀ\N{GRINNING FACE}\N{VAI SYLLABLE EE}\ud7ff\U0002a6d6\U0010fffd"


@pytest.mark.parametrize("sign", UNSETTABLE)
def test_what_the_list_lacks_cannot_be_set(sign: str) -> None:
    """What the check stops the typesetter would have refused."""
    assert lacking(f"a{sign}b{sign}") == (sign,)
    with pytest.raises(Refused, match="could not be displayed with font"):
        typeset(guide(root(el("p", sign))))


def test_marks_typed_apart_are_taken_with_their_letter() -> None:
    """A sign is judged as it is printed: a letter and its mark as one."""
    assert not lacking(unicodedata.normalize("NFD", "ở"))
    assert lacking("\N{CJK UNIFIED IDEOGRAPH-2A6D6} \N{CJK UNIFIED IDEOGRAPH-2A6D6}") == ("𪛖",)


def test_the_typesetter_has_one_reason_for_one_sign() -> None:
    """A refusal comes with its hints in one line, so that one fault is one problem."""
    with pytest.raises(Refused) as caught:
        typeset(guide(root(el("p", "𪛖"))))
    assert len(caught.value.reasons) == 1


TOLD = "no typeface here has '𪛖' (U+2A6D6) (spell the word or the name with other letters here"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(COHORT, "name: Ben", "name: ¦𪛖 Ming", TOLD),
        Fault(COHORT, "name: Hemlock", 'name: ¦"\\U0002a6d6"', TOLD),
        Fault(COHORT, "name: Hemlock", "name: Hemlock ¦\N{GRINNING FACE}", "(U+1F600) (write in words what it shows)"),
        Fault(MODULE, "text: Draw it.", "text: Draw it, ¦𪛖 and 𪛖.", TOLD),
        Fault(READING, "\n\n", "\n\nA word, ¦𪛖.\n\n", TOLD),
        Fault(SHEET, "\n\n", "\n\nA word, ¦&#173782;.\n\n", TOLD),
        Fault(SHEET, "\n\n", "\n\nA\ufeff word.\n\n", "(delete it)", at="\ufeff"),
    ],
    ids=str,
)
def test_what_no_face_has_is_told_where_it_stands(fault: Fault, tmp_path: Path) -> None:
    """A sign without a face is reported once in its file, at its line and column, before anything is printed."""
    assert_told(fault, tmp_path)


def test_what_is_not_printed_may_hold_any_sign(tmp_path: Path) -> None:
    """Comments and pages of the site are left alone: browsers bring faces of their own."""
    project = small(tmp_path)
    about = project / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n简体中文\n", encoding="utf-8")
    cohort = project / COHORT
    cohort.write_text("# 𪛖\n" + cohort.read_text(encoding="utf-8"), encoding="utf-8")
    assert lines(project) == []
