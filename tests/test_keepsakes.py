"""The poster of the agreements, and the copies of one pair."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from conftest import ROOT
from once import OURS
from output import printed, sheets, single_spaced
from structure import Element, heard

from builder import dialect, pipeline
from builder.documents import compose
from builder.loading.cohorts import Cohort
from builder.model.cohorts import Pair, Person
from builder.model.curriculum import Agreement
from builder.press import Paper, Pdf, Refused, typeset
from builder.printing import READERS, Sheets, in_large_print, pair_job, poster_job

PAPERS: tuple[Paper, ...] = ("letter", "a4")
TWO_METERS = 18  # points: letters some 3 mm high


@pytest.fixture(scope="module")
def read() -> pipeline.Built:
    """The curriculum of this project."""
    return OURS.built


@pytest.fixture(scope="module")
def cohort(read: pipeline.Built) -> Cohort:
    """The sample cohort."""
    return pipeline.read_cohorts(pipeline.Curricula(ROOT, work=read), pipeline.Cohorts(ROOT))[0][0]


def poster(read: pipeline.Built, paper: Paper = "letter", times: int = 1) -> Pdf:
    """The poster, with each agreement so many times as long."""
    curriculum = read.documents.apparatus.curriculum
    longer = tuple(Agreement(id=each.id, text=" ".join([each.text] * times)) for each in curriculum.settings.agreements)
    settings = dataclasses.replace(curriculum.settings, agreements=longer)
    documents = compose(dataclasses.replace(curriculum, settings=settings))
    return typeset(poster_job(Sheets(documents, read.loaded.images, paper)))


def pair(name: str = "Ada O'Neil") -> Pair:
    """A pair."""
    return Pair(id="heron", mentor=Person(name=name), student=Person(name="Zoë Marušić"))


def copy(read: pipeline.Built, cohort: Cohort, reader: Literal["mentor", "student"], paper: Paper = "letter") -> Pdf:
    """One copy of a pair."""
    return typeset(pair_job(Sheets(read.documents, read.loaded.images, paper), cohort, pair(), reader))


def kept(pdf: Pdf, folder: Path) -> Path:
    """A PDF as a file."""
    path = folder / "a.pdf"
    path.write_bytes(pdf.data)
    return path


def elements(root: Element) -> list[Element]:
    """Every element of a structure, in order."""
    return [root, *(found for each in root.elements for found in elements(each))]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("times", [1, 2, 4])
def test_the_poster_is_one_page_with_lines_to_write_on(read: pipeline.Built, paper: Paper, times: int) -> None:
    """On Letter and A4, however long the agreements, the poster is one page, with room below for at least one line."""
    pdf = poster(read, paper, times)
    assert pdf.name == "facilitate/agreements-poster.pdf"
    document = pypdfium2.PdfDocument(pdf.data)
    assert len(document) == 1
    width = document[0].get_width()
    boxes = [each.get_bounds() for each in document[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    lines = [box for box in boxes if box[2] - box[0] > 0.75 * width]
    assert len(lines) >= (3 if times == 1 else 1)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_poster_is_read_from_two_meters(read: pipeline.Built, paper: Paper) -> None:
    """The agreements of this project stand in type of 18 points or more."""
    page = pypdfium2.PdfDocument(poster(read, paper).data)[0]
    text = page.get_textpage()
    begins = text.get_text_range().index("Speak from your own life")
    large = [text.get_charbox(begins + at, loose=True) for at in range(20)]
    assert min(top - bottom for _, bottom, _, top in large) >= TWO_METERS


def test_the_poster_holds_every_agreement_in_order(read: pipeline.Built, tmp_path: Path) -> None:
    """A screen reader hears a title, a numbered list of every agreement, and what the lines are for."""
    found = heard(kept(poster(read), tmp_path))
    assert not found.unheard
    curriculum = read.documents.apparatus.curriculum
    items = [single_spaced(each.text) for each in elements(found.root) if each.tag == "LBody"]
    assert len(items) == len(curriculum.settings.agreements)
    for item, agreement in zip(items, curriculum.settings.agreements, strict=True):
        assert item[:20] == dialect.words(dialect.tree(agreement.text))[:20]
    assert dialect.words(dialect.tree(curriculum.facilitation.poster)) in single_spaced(found.root.text)


def test_agreements_too_long_for_a_page_are_refused(read: pipeline.Built) -> None:
    """What fits no page in any size is refused rather than cut off."""
    with pytest.raises(Refused, match="the agreements are too long for one page"):
        poster(read, times=20)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("reader", READERS)
def test_a_copy_stands_behind_a_cover_with_both_names(
    read: pipeline.Built, cohort: Cohort, reader: Literal["mentor", "student"], paper: Paper, tmp_path: Path
) -> None:
    """The cover names both, the cohort, every conversation, and asks that it stay between them."""
    pdf = copy(read, cohort, reader, paper)
    cover, *rest = map(single_spaced, sheets(kept(pdf, tmp_path)))
    assert pdf.name == f"{cohort.id}/pairs/heron/{reader}.pdf"
    file = read.documents.apparatus.curriculum.conversations
    assert file is not None
    for words in ("Ada O\u2019Neil", "Zoë Marušić", f"{reader.capitalize()}\u2019s copy", cohort.file.name):
        assert words in cover
    assert "Keep it between the two of you." in cover
    for talk in file.conversations:
        assert talk.title in cover
        assert talk.title in " ".join(rest)


def test_the_students_copy_holds_nothing_that_is_the_mentors(
    read: pipeline.Built, cohort: Cohort, tmp_path: Path
) -> None:
    """No text that is the mentor's alone is in the student's copy, and each is in the mentor's."""
    texts = {reader: printed(kept(copy(read, cohort, reader), tmp_path)) for reader in READERS}
    file = read.documents.apparatus.curriculum.conversations
    assert file is not None
    own = [file.mentor, *(talk.if_it_is_hard for talk in file.conversations)]
    own += [note for talk in file.conversations for note in (*talk.mentor.listen_for, *talk.mentor.do_not)]
    own += [part.mentor for talk in file.conversations for part in talk.parts if part.mentor]
    begins = [letters(dialect.words(dialect.tree(text)).split("[")[0])[:30] for text in own]
    assert [each for each in begins if each in letters(texts["student"])] == []
    assert sum(each in letters(texts["mentor"]) for each in begins) > 0.9 * len(begins)


def letters(text: str) -> str:
    """The letters and figures of a text, whatever is between them."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("reader", READERS)
def test_a_copy_is_heard_whole(
    read: pipeline.Built, cohort: Cohort, reader: Literal["mentor", "student"], tmp_path: Path
) -> None:
    """Nothing on a copy is left out of what a screen reader hears, and there is one title."""
    found = heard(kept(copy(read, cohort, reader), tmp_path))
    assert not found.unheard
    assert [each.tag for each in elements(found.root)].count("H1") == 1


def test_a_copy_prints_large(read: pipeline.Built, cohort: Cohort, tmp_path: Path) -> None:
    """A pair's copy has a large-print edition, also of names too long for a line."""
    one = pair("Maximiliana Wolfeschlegelsteinhausen-Bergerdorff de la Cruz y Montoya")
    job = in_large_print(pair_job(Sheets(read.documents, read.loaded.images, "letter"), cohort, one, "student"))
    assert "Wolfeschlegelsteinhausen-" in sheets(kept(typeset(job), tmp_path))[0]
