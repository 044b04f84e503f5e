"""No input keeps a check busy: whatever a file holds, there is an answer; `--fuzz` tries many more files."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar, NoReturn

import lengthy
import pytest
from planting import COHORT, SMALL, everything, small

from builder.checking.texts import Known, Text, proofread
from builder.loading import files as reading
from builder.problems import Problems
from builder.sources.files import Source

PATIENCE = 60
"""Seconds of this process's own time, for what takes about one: a check that needs more does not end."""

ROUNDS = 24
"""Files that are tried each time; each round of `--fuzz` tries as many with a seed of its own."""

ALWAYS = ("[", "![", "<a ", "`", "| a ", "> ", "{: #a }\n", "[a](#maps) ", "!!! facilitator\n    a\n\n", "a\n- b\n\n")
"""What took minutes once; each is tried at the largest size, and as full as the limits let it be."""


class StillBusyError(BaseException):
    """A check went on and on. No error that the program may catch."""


def give_up(_: int, __: FrameType | None) -> NoReturn:
    """Leave whatever is going on."""
    raise StillBusyError


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Raise when what happens within takes longer than anything that ends."""
    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer of a process")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One small curriculum in which hostile files take turns."""
    root = small(tmp_path_factory.mktemp("scratch"))
    yield root
    shutil.rmtree(root)


def answered(root: Path, path: str, text: str) -> None:
    """Check a curriculum with one hostile file; its problems are in it and can be read."""
    target = root / path
    before = target.read_bytes()
    try:
        target.write_bytes(text.encode())
        with watched():
            found = everything(root, root / "cohorts" if path == COHORT else None)
    finally:
        target.write_bytes(before)
    height = text.count("\n") + 1
    for problem in found:
        assert len(str(problem)) < 2000
        assert problem.place.path != path or 1 <= problem.place.line <= height


@needs_timer
@pytest.mark.parametrize("piece", ALWAYS)
@pytest.mark.slow("long texts")
def test_what_once_took_minutes_is_answered(piece: str, scratch: Path) -> None:
    """Pieces that made the converter or our own rules search for ever end at any size."""
    for text in (lengthy.largest(piece), lengthy.fullest(piece)):
        answered(scratch, lengthy.READING, text)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try one seed, or with `--fuzz` so many more."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1 + int(metafunc.config.getoption("--fuzz", default=0))))


@needs_timer
@pytest.mark.slow("long texts")
def test_any_long_file_is_answered(seed: int, scratch: Path) -> None:
    """Whatever is repeated or mixed in whatever file, a check ends with problems or without."""
    for made_of, path, text in lengthy.files(seed, ROUNDS):
        try:
            answered(scratch, path, text)
        except StillBusyError:
            pytest.fail(f"no answer in {PATIENCE} s: {made_of}")


@needs_timer
@pytest.mark.slow("long texts")
def test_a_long_value_is_answered(scratch: Path) -> None:
    """The texts of a YAML file are as bounded as a Markdown file."""
    path, old, new = lengthy.VALUE
    text = (SMALL / path).read_text(encoding="utf-8")
    assert old in text
    chance = random.Random(5)
    for piece in chance.sample(lengthy.MARKS + lengthy.LINES, 12):
        value = "\n".join(f"  {line}" for line in lengthy.fullest(piece)[:45_000].split("\n"))
        answered(scratch, path, text.replace(old, new + value))


class Counter:
    """Counts what is called, as a measure of work that is the same on every machine."""

    calls: ClassVar[int] = 0

    def __call__(self, _: FrameType, event: str, __: Any) -> None:
        """Count one call, of Python's or of a library's."""
        if event in {"call", "c_call"}:
            Counter.calls += 1


def work(act: Callable[[], object]) -> int:
    """How many calls an act makes."""
    Counter.calls = 0
    before = sys.getprofile()
    sys.setprofile(Counter())
    try:
        act()
    finally:
        sys.setprofile(before)
    return Counter.calls


KNOWN = Known(
    ids={scheme: frozenset({"a"}) for scheme in ("module", "guide", "handout", "question", "term", "page")},
    works=frozenset({"hall-2015"}),
    files=frozenset({"modules/m/images/a.svg"}),
    supplied=frozenset(),
)

GROWING = (
    *(
        "[a](#b) and more\n\n",
        "![a](images/a.svg) b\n\n",
        "a\n{: #b }\n\n",
        "a {: #b } c\n\n",
        "a\n- b\n\n",
        "a\n---\n\n",
    ),
    *("!!! facilitator\n    a\n\n", "~~~\na\n~~~\n\n", "| a |\n| - |\n| b |\n\n", "<b>a</b> c\n\n", "a [@x] b\n\n"),
)


@pytest.mark.parametrize(("piece", "form"), [*((piece, "part") for piece in GROWING), (GROWING[0], "value")])
def test_work_grows_as_texts_do(piece: str, form: Any) -> None:
    """Twice the text is about twice the work to proofread it, whatever it is full of, in Markdown and in YAML."""
    spent = []
    for count in (100, 200):
        text = lengthy.numbered(piece, count) if piece[0] not in "!~|<" else piece * count
        source = Source("modules/m/reading.md", text)
        whole = Text(source, 0, len(text), text, form, "modules/m/index.md", "modules/m")
        spent.append(work(lambda whole=whole: proofread(whole, KNOWN, Problems())))
    assert spent[1] < 2.4 * spent[0], spent


def test_the_pieces_are_the_formats_own() -> None:
    """A hostile file is put where the small curriculum has one."""
    for path in (*lengthy.MARKDOWN_FILES, *lengthy.YAML_FILES):
        assert (SMALL / path).is_file(), path
    assert reading.SETTINGS in lengthy.YAML_FILES
