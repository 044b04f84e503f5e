"""What is wrong, where, and how it is reported: places, problems, the collector and the formats of a report.

In: problems found by other rooms. Out: lines of text, annotations or JSON. Touches nothing outside.
"""

from __future__ import annotations

import bisect
import difflib
import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Self

Severity = Literal["problem", "notice"]

_LISTED = 24
"""How many known words a message lists: all keys of any mapping, not all works or verbs."""

_COMPARED = 200
"""How many known words are compared with an unknown one; of more, those that begin or end like it."""

_SHOWN = 80


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a source: path under the root with `/`, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{visible(self.path)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that an author can fix; a notice is shown but stops nothing."""

    place: Place
    message: str
    severity: Severity = "problem"

    def __str__(self) -> str:
        mark = "notice: " if self.severity == "notice" else ""
        return f"{self.place}: {mark}{visible(self.message)}"


class Problems:
    """Collects problems; none is fatal by itself, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, place: Place, message: str) -> None:
        """Add something that must be fixed."""
        self._found.add(Problem(place, message))

    def notice(self, place: Place, message: str) -> None:
        """Add something worth knowing that stops nothing."""
        self._found.add(Problem(place, message, "notice"))

    def extend(self, found: Iterable[Problem]) -> None:
        """Add problems and notices found elsewhere."""
        self._found.update(found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The problems that stop a build, sorted."""
        return stopping(self)

    def stop_if_any(self) -> None:
        """Stop if anything must be fixed.

        Raises:
            Stopped: With everything found, notices included, if any of it is a problem.
        """
        if self.stopping:
            raise Stopped(tuple(self))


def stopping(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build, without notices."""
    return tuple(problem for problem in found if problem.severity == "problem")


class Stopped(Exception):  # noqa: N818  what happened, not an error of the program
    """Nothing was written, because there are problems; `problems` has all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, path: str, message: str) -> Self:
        """Make the exception for a single problem with a file or folder as a whole."""
        return cls([Problem(Place(path), message)])


def visible(text: str) -> str:
    """A text with each invisible character, such as the end of a line, written as a Python escape.

    A file's name may contain a line break, or a sequence that a terminal interprets as a command.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _written(char) for char in text)


def _written(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte of a name that is not UTF-8, as Python keeps it
        return f"\\x{ord(char) - 0xDC00:02x}"
    return ascii(char)[1:-1]


def in_words(things: Sequence[object], word: str = "and") -> str:
    """Several things in a sentence, with a word before the last, such as `60, 45 and 30`."""
    *others, last = map(str, things)
    return f"{', '.join(others)} {word} {last}" if others else last


def near(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that was probably meant, whatever its capitals; None if none is near.

    Args:
        word: The unknown word.
        known: The known words.
        likeness: How similar the two must be, from 0 to 1 (the ratio of `difflib`).
    """
    return _near(word[:100].lower(), frozenset(known), likeness)


def nearest(word: str, known: Iterable[str], likeness: float = 0.6, listed: int = _LISTED) -> str:
    """A hint for a message: the known word that was probably meant, or else the first `listed` known words."""
    words = frozenset(known)
    meant = near(word, words, likeness)
    if meant is not None:
        return f"did you mean {meant!r}?"
    more = f" and {len(words) - listed} more" if len(words) > listed else ""
    return f"known: {', '.join(_index(words).all[:listed])}{more}" if words else "none is known"


@dataclass(frozen=True, slots=True)
class _Index:
    """Known words in order; in small letters, sorted by beginning and by end; and as they are spelled."""

    all: list[str]
    begun: list[str]
    ended: list[str]
    spelled: dict[str, str]


@functools.lru_cache(maxsize=256)
def _index(known: frozenset[str]) -> _Index:
    """Sort known words once, however many words are not among them."""
    words = sorted(known)
    spelled = {each.lower(): each for each in reversed(words)}
    return _Index(words, sorted(spelled), sorted(each[::-1] for each in spelled), spelled)


@functools.lru_cache(maxsize=4096)
def _near(word: str, known: frozenset[str], likeness: float) -> str | None:
    index = _index(known)
    around = index.begun
    if len(around) > _COMPARED:
        ended = _around(index.ended, word[::-1])
        around = sorted({*_around(around, word), *(each[::-1] for each in ended)})
    found = difflib.get_close_matches(word, around, n=1, cutoff=likeness)
    return index.spelled[found[0]] if found else None


def _around(words: list[str], word: str) -> list[str]:
    """The neighbors of a word among many sorted words, which begin like it."""
    at = bisect.bisect(words, word)
    return words[max(0, at - _COMPARED // 4) : at + _COMPARED // 4]


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, shortened to some 80 characters."""
    text = repr(value if not isinstance(value, str) else value[:200])
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def report(problems: Iterable[Problem], form: Literal["text", "github", "json"]) -> str:
    """Write problems as lines of text, GitHub annotations, or one JSON list."""
    if form == "json":
        text = json.dumps([_record(problem) for problem in problems], ensure_ascii=False, indent=1)
        return "".join(char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text)
    if form == "github":
        return "\n".join(_annotation(problem) for problem in problems)
    return "\n".join(str(problem) for problem in problems)


def _record(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "message": problem.message,
    }


def _annotation(problem: Problem) -> str:
    """One workflow command; escapes as GitHub's toolkit does, properties more strictly than the message."""
    command = "error" if problem.severity == "problem" else "notice"
    message = _escaped(problem.message)
    path = _escaped(problem.place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{command} file={path},line={problem.place.line},col={problem.place.column}::{message}"


def _escaped(text: str) -> str:
    lines = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(lines)
