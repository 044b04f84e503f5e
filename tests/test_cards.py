"""Question cards: what is on them and where, that front and back meet, and that every text fits."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from once import OURS
from output import sheets as texts_of
from output import single_spaced
from structure import Element, heard

from builder import dialect, pipeline
from builder.model.curriculum import Module, Question
from builder.press import Paper, Pdf, Refused, typeset
from builder.printing import Sheets, card_job

PAPERS: tuple[Paper, ...] = ("letter", "a4")
SMALLEST = 8.4  # points, rounding aside
MARGIN = 29  # points; the layout leaves 31


@pytest.fixture(scope="module")
def read() -> pipeline.Built:
    """The curriculum of this project."""
    return OURS.built


def cards(read: pipeline.Built, modules: Sequence[Module], paper: Paper = "letter", name: str = "cards.pdf") -> Pdf:
    """The cards of some modules, set."""
    return typeset(card_job(Sheets(read.documents, read.loaded.images, paper), modules, name))


def altered(read: pipeline.Built, **texts: Any) -> Module:
    """The first module with its first question alone, and this question altered."""
    module = modules_of(read)[0]
    question = dataclasses.replace(module.file.questions[0], **texts)
    return with_questions(module, [question])


def with_questions(module: Module, questions: Sequence[Question]) -> Module:
    """A module with other questions."""
    return dataclasses.replace(module, file=dataclasses.replace(module.file, questions=tuple(questions)))


def modules_of(read: pipeline.Built) -> tuple[Module, ...]:
    """All modules of the project."""
    return read.documents.apparatus.curriculum.modules


def longer(question: Question, times: int) -> Question:
    """A question with notes so many times as long."""
    return dataclasses.replace(
        question,
        purpose=" ".join([question.purpose] * times),
        listen_for=question.listen_for * times,
        follow_ups=question.follow_ups * times,
        if_it_stalls=" ".join([question.if_it_stalls] * times),
    )


def kept(pdf: Pdf, folder: Path) -> Path:
    """A PDF as a file."""
    path = folder / "cards.pdf"
    path.write_bytes(pdf.data)
    return path


def lines(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """The pieces of text on a page with their boxes: left, bottom, right, top."""
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    return [(text.get_text_bounded(*box).strip(), *box) for box in boxes]


def quarter(page: pypdfium2.PdfPage, begins: str) -> tuple[bool, bool]:
    """In which quarter of a page a text stands: whether left, whether below."""
    width, height = page.get_size()
    _, left, bottom, *_ = next(line for line in lines(page) if line[0].startswith(begins))
    return left < width / 2, bottom < height / 2


def said(texts: Sequence[str]) -> str:
    """The letters and figures of texts, whatever is between them."""
    return "".join(sign for text in texts for sign in text if sign.isalnum())


def plain(text: str) -> str:
    """An authored text as a card shows it, without its marks and citations."""
    return dialect.words(dialect.tree(re.sub(r"\s*\[@[^\]]+\]", "", text)))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_back_of_a_card_lies_behind_its_front(read: pipeline.Built, paper: Paper) -> None:
    """Turned along the long edge, each card's notes are in the quarter behind its question, in every module."""
    for module in modules_of(read):
        document = pypdfium2.PdfDocument(cards(read, [module], paper).data)
        for number in range(1, len(module.file.questions) + 1):
            sheet = 2 + 2 * ((number - 1) // 4)
            left, below = quarter(document[sheet], f"Q{number}")
            assert quarter(document[sheet + 1], f"Q{number} · notes") == (not left, below)
        assert len(document) == 2 + 2 * -(-len(module.file.questions) // 4)


def test_each_cross_of_the_test_sheet_meets_its_own_letter(read: pipeline.Built) -> None:
    """A letter on the back of the test sheet is behind the same letter, and behind another if flipped wrongly."""
    for paper in PAPERS:
        document = pypdfium2.PdfDocument(cards(read, modules_of(read)[:1], paper).data)
        width, height = document[0].get_size()
        front, back = ({line[0]: line[1:] for line in lines(document[at]) if len(line[0]) == 1} for at in (0, 1))
        assert front.keys() == back.keys() == set("AHMTUVXY")
        for letter, (left, bottom, right, top) in front.items():
            assert back[letter] == pytest.approx((width - right, bottom, width - left, top), abs=1)
            assert (left + right, bottom + top) != pytest.approx((width, height), abs=1)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("times", [1, 3, 9])
def test_every_text_fits_its_card(read: pipeline.Built, paper: Paper, times: int, tmp_path: Path) -> None:
    """Notes three and nine times as long stay within their cards in type of 8.5 points or more, and none is lost."""
    for module in modules_of(read):
        long = with_questions(module, [longer(question, times) for question in module.file.questions])
        path = kept(cards(read, [long], paper), tmp_path)
        document = pypdfium2.PdfDocument(path)
        width, height = document[0].get_size()
        for page in list(document)[2:]:
            for left, bottom, right, top in signs(page):
                assert MARGIN < left < right < width / 2 - MARGIN or width / 2 + MARGIN < left < right < width - MARGIN
                assert (
                    MARGIN < bottom < top < height / 2 - MARGIN or height / 2 + MARGIN < bottom < top < height - MARGIN
                )
            assert smallest(page) >= SMALLEST
        whole = single_spaced(" ".join(texts_of(path)))
        for question in long.file.questions:
            for note in (question.purpose, question.if_it_stalls):
                assert said([plain(note)])[:60] in said([whole])
            for item in (*question.listen_for, *question.follow_ups):
                assert said([whole]).count(said([plain(item)])) >= times


def signs(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The box of each sign on a page: left, bottom, right, top. A space at a line's end hangs out and shows nothing."""
    text = page.get_textpage()
    whole = text.get_text_range()
    return [text.get_charbox(at) for at in range(text.count_chars()) if at < len(whole) and not whole[at].isspace()]


def smallest(page: pypdfium2.PdfPage) -> float:
    """The smallest type on a page."""
    return min(each.get_font_size() for each in page.get_objects() if isinstance(each, pypdfium2.PdfTextObj))


def test_notes_too_long_go_on_with_a_second_card(read: pipeline.Built, tmp_path: Path) -> None:
    """Notes that overflow go on with a card that says which it is of how many, and asks the same again."""
    module = modules_of(read)[0]
    question = longer(module.file.questions[1], 5)
    path = kept(cards(read, [with_questions(module, [question])]), tmp_path)
    front, back = texts_of(path)[2:4]
    for side in (front, back):
        assert "Q1, 1 of 2" in side
        assert "Q1, 2 of 2" in side
    assert said([front]).count(said([plain(question.ask)])) == 2
    assert "continued" in back


def test_a_paragraph_longer_than_a_card_is_divided_between_sentences(read: pipeline.Built, tmp_path: Path) -> None:
    """One paragraph of thousands of signs goes on from card to card, whole and in order."""
    purpose = " ".join(f"Sentence {number} is here to be read aloud in its turn." for number in range(1, 121))
    path = kept(cards(read, [altered(read, purpose=purpose)]), tmp_path)
    order = [element.text for element in elements(heard(path).root) if element.tag == "P"]
    assert said([purpose]) in said([text for text in order if text.startswith("Sentence")])


def test_what_no_card_can_hold_is_refused_with_its_number(read: pipeline.Built) -> None:
    """A question too long for a card is refused by name rather than printed without its end."""
    with pytest.raises(Refused, match="module 1, question Q1: what to ask is too long for a card"):
        cards(read, [altered(read, ask="Why is this so long? " * 300)])


def elements(root: Element) -> list[Element]:
    """Every element of a structure, in order."""
    return [root, *(found for each in root.elements for found in elements(each))]


def test_cards_are_heard_in_order(read: pipeline.Built, tmp_path: Path) -> None:
    """A screen reader hears a title, then each sheet's questions and then their notes by number, each a heading."""
    module = modules_of(read)[0]
    found = heard(kept(cards(read, [module]), tmp_path))
    assert not found.unheard
    assert not found.twice
    headings = [(each.tag, single_spaced(each.text)) for each in elements(found.root) if each.tag[:1] == "H"]
    assert [tag for tag, _ in headings] == ["H1", *["H2"] * 2 * len(module.file.questions)]
    numbers = [text.removesuffix("Module 1").replace("core", "").strip() for _, text in headings[1:]]
    sheets = [range(1, 5), range(5, 8)]
    assert numbers == [f"Q{n}{side}" for sheet in sheets for side in ("", " · notes") for n in sheet]


def test_a_card_says_whether_it_is_core_and_where_it_belongs(read: pipeline.Built, tmp_path: Path) -> None:
    """Each front has its number, its module's number and short title, the curriculum and the edition."""
    module = modules_of(read)[2]
    settings = read.documents.apparatus.curriculum.settings
    text = single_spaced(" ".join(texts_of(kept(cards(read, [module]), tmp_path))[2::2]))
    for number, question in enumerate(module.file.questions, 1):
        assert f"Q{number}{' core' if question.core else ''} Module 3" in text
        assert said([plain(question.ask)]) in said([text])
    count = len(module.file.questions)
    assert text.count(module.file.short_title) == count
    assert text.count(f"{settings.title} · Edition {settings.edition}") == count


def test_cards_hold_markdown_but_nothing_that_needs_a_foot(read: pipeline.Built, tmp_path: Path) -> None:
    """On a card citations are left out, footnotes stand in their place, images are words, blanks are lines."""
    ask = "Who *was* it [@hall-2015]? See ![Two roads](images/two-roads.svg) and[^1] [PROGRAM TO SUPPLY: a name]."
    ask += "\n\n[^1]: Aside."
    text = single_spaced(" ".join(texts_of(kept(cards(read, [altered(read, ask=ask)]), tmp_path))))
    assert "Who was it? See [Two roads] and (Aside.)" in text
    assert "(a name)" in text
    assert "hall-2015" not in text
    assert "References" not in text


def test_teams_with_the_same_modules_share_the_bytes(read: pipeline.Built) -> None:
    """The same modules give the same bytes, whatever the order and however often a team meets on one."""
    first, second, *_ = modules_of(read)
    one = cards(read, [first, second], name="a/cards.pdf")
    assert one.data == cards(read, [second, first, second], name="b/cards.pdf").data


def test_each_module_begins_a_new_sheet(read: pipeline.Built, tmp_path: Path) -> None:
    """In the cards of several modules, no sheet holds cards of two of them, and Q1 opens each."""
    fronts = texts_of(kept(cards(read, modules_of(read)), tmp_path))[2::2]
    for front in fronts:
        assert len({line for module in modules_of(read) if (line := f"Module {module.number}") in front}) == 1
    assert sum("Q1" in front for front in fronts) == len(modules_of(read))
