"""Solutions: closed on the page until a reader opens them, in the guide for facilitators, not on a handout in print."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import MODULE, READING, SHEET, Fault, assert_told, lines
from planting import small as laid_out

from builder import pipeline
from builder.dialect import html, words
from builder.pipeline import making
from builder.printing import Sheets
from builder.site.folding import fold_solutions

CHALLENGE = """\
!!! practice "Count *your* steps"
    How many steps is it to the door?

    !!! solution
        About **twenty**.

        - one
            - two

    And back?

!!! solution "The long way"
    As many as it takes.
"""


def with_challenge(root: Path, *paths: str) -> Path:
    """Put the challenge at the end of some files."""
    for path in paths:
        file = root / path
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{CHALLENGE}", encoding="utf-8")
    return root


def test_a_solution_is_closed_on_the_pages_for_readers(tmp_path: Path) -> None:
    """A reading and a handout have each solution under a fold, in its challenge, with all of its words."""
    root = with_challenge(laid_out(tmp_path), READING, SHEET)
    assert lines(root) == []
    stage = making.prepare_site(pipeline.read(root), "letter").stage
    for page in ("index", "handout"):
        made = html(stage.files[f"modules/first-steps/{page}.md"].decode())
        challenge = made[made.index('<div class="admonition practice">') :]
        title, _, rest = challenge.partition('<details class="solution">')
        assert "Practice: Count <em>your</em> steps" in title
        fold, _, after = rest.partition("</details>")
        assert "<summary>Solution</summary>" in fold
        assert "<strong>twenty</strong>" in fold
        assert "two" in fold
        assert (
            after.index("And back?") < after.index("</div>") < after.index("<summary>Solution: The long way</summary>")
        )


def test_a_guide_shows_and_prints_solutions_and_a_handout_prints_none(tmp_path: Path) -> None:
    """Facilitators see each solution open, under the title of its challenge; on the participants' paper is none."""
    root = with_challenge(laid_out(tmp_path), READING, SHEET)
    built = pipeline.read(root)
    stage = making.prepare_site(built, "letter").stage
    guide = stage.files["modules/first-steps/guide.md"].decode()
    assert guide.count('!!! solution "Solution: Count *your* steps"') == 2
    assert guide.count('!!! solution "Solution: The long way"') == 2
    assert "<details" not in guide
    sheets = Sheets(built.documents, built.loaded.images, "letter")
    said = {scheme: words(sheets.page(scheme, "first-steps")) for scheme in ("guide", "handout")}
    assert "About twenty" in said["guide"]
    assert "How many steps" in said["handout"]
    assert not [word for word in ("About twenty", "The long way", "As many as", "Solution") if word in said["handout"]]


def test_a_question_and_an_activity_may_have_a_solution(tmp_path: Path) -> None:
    """What a guide alone shows stays there; a handout that repeats a question folds its solution."""
    root = laid_out(tmp_path)
    text = "Why first?\n\n      !!! solution\n          Because."
    Fault(MODULE, "ask: ", f"ask: |-\n      {text}\n    # ", "", at="1:1").plant(root)
    built = pipeline.read(root)
    stage = making.prepare_site(built, "letter").stage
    assert '<details class="solution" markdown>' in stage.files["modules/first-steps/handout.md"].decode()
    assert '!!! solution "Solution"' in stage.files["modules/first-steps/guide.md"].decode()


FAULTS = [
    Fault(READING, "A map helps.", "- a\n\n    ¦!!! solution\n        b", "a solution inside something else"),
    Fault(READING, "A map helps.", "!!! note\n    !!! note\n        ¦!!! solution\n            b", "inside something"),
    Fault(READING, "A map helps.", "!!! solution\n    a¦[^1]\n\n[^1]: b", "a footnote in a solution"),
    Fault(READING, "A map helps.", "!!! solution\n    *a*¦{: #x }", "an anchor in a solution"),
    Fault(MODULE, "Draw it.", "|-\n        ¦!!! solution\n            b", "several pages show"),
    Fault("modules/glossary.yml", "Where one walks.", "|-\n    ¦!!! solution\n        b", "several pages show"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_solution_that_could_not_be_folded_or_repeated_is_reported(fault: Fault, tmp_path: Path) -> None:
    """What no page could close, and what a guide could not repeat, is a problem at its place."""
    assert_told(fault, tmp_path)


def test_a_text_without_solutions_stays_as_it_is() -> None:
    """Only blocks around solutions become HTML; code that shows such a block stays code."""
    for text in ('!!! practice "A"\n    B', "```\n!!! solution\n    A\n```\n", "    !!! solution\n        A"):
        assert fold_solutions(text) == text
