"""Sources are read once, however many rules look at them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from planting import COHORT, small

from builder.checking import glyphs
from builder.loading import cohorts, curriculum
from builder.problems import Problems
from builder.sources.files import Reader


class Counting(Reader):
    """A reader that counts how often it opens each file."""

    def __init__(self, root: Path, problems: Problems) -> None:
        super().__init__(root, problems)
        self.opened: Counter[str] = Counter()

    def data(self, path: str, *limits: object) -> bytes | None:  # type: ignore[override]
        self.opened[path] += 1
        return super().data(path, *limits)  # type: ignore[arg-type]


def test_each_text_is_opened_once(tmp_path: Path) -> None:
    """Loading a curriculum and its cohorts and looking for signs without a typeface open each text once."""
    root, problems = small(tmp_path), Problems()
    reader = Counting(root, problems)
    assert curriculum.load(reader, problems)
    assert cohorts.load(reader, cohorts.FOLDER, lambda _: None, problems)
    for folder in ("modules", cohorts.FOLDER):
        glyphs.check_glyphs(reader, folder, problems)
    texts = {path: count for path, count in reader.opened.items() if path.endswith((".md", ".yml"))}
    assert COHORT in texts
    assert len(texts) > 10
    assert {path: count for path, count in texts.items() if count != 1} == {}


def test_a_text_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    """A text that is not UTF-8 gets the same answer when it is asked for again, and no second problem."""
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    problems = Problems()
    reader = Counting(tmp_path, problems)
    assert reader.text("a.md") is reader.text("a.md") is None
    assert [str(each) for each in problems] == ["a.md:1:4: not UTF-8 (save the file as UTF-8)"]
    assert reader.opened == {"a.md": 1}
