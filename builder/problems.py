"""What is wrong, where, and how that is told: places, problems, the collector and the formats of a report.

In: problems found by other rooms. Out: lines of text, annotations or JSON. Touches nothing outside.
"""

from __future__ import annotations

import bisect
import difflib
import functools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self

Severity = Literal["problem", "notice"]

_LISTED = 24
"""How many known words a message lists: all keys of any mapping, not all works or verbs."""

_COMPARED = 200
"""How many known words are compared with one that is unknown; of more, those that begin or end as it does."""

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
    """Something an author can mend. A notice is told but stops nothing."""

    place: Place
    message: str
    severity: Severity = "problem"

    def __str__(self) -> str:
        mark = "notice: " if self.severity == "notice" else ""
        return f"{self.place}: {mark}{visible(self.message)}"


class Problems:
    """Collects problems; none is fatal alone, so that all of them can be told at once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, place: Place, message: str) -> None:
        """Note something that must be mended."""
        self._found.add(Problem(place, message))

    def notice(self, place: Place, message: str) -> None:
        """Note something worth telling that stops nothing."""
        self._found.add(Problem(place, message, "notice"))

    def extend(self, found: Iterable[Problem]) -> None:
        """Note what was found elsewhere."""
        self._found.update(found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The problems that stop a build, sorted."""
        return stopping(self)

    def stop_if_any(self) -> None:
        """Raise `Stopped` with everything found when any of it must be mended."""
        if self.stopping:
            raise Stopped(tuple(self))


def stopping(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of what was found that stop a build."""
    return tuple(problem for problem in found if problem.severity == "problem")


class Stopped(Exception):  # noqa: N818  what happened, not an error of the program
    """Nothing was written, because the sources have problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, path: str, message: str) -> Self:
        """Make the exception for a single problem with a file or folder as a whole."""
        return cls([Problem(Place(path), message)])


def visible(text: str) -> str:
    """A text with every character that no one sees written as Python writes it, such as the end of a line.

    A name of a file may contain what begins a line of its own, or what a terminal takes for an order.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _written(sign) for sign in text)


def _written(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # a byte of a name that is not UTF-8, as Python keeps it
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return ascii(sign)[1:-1]


def near(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that was probably meant, if one is near; small and capital letters are alike."""
    return _near(word[:100].lower(), frozenset(known), likeness)


def nearest(word: str, known: Iterable[str], likeness: float = 0.6, listed: int = _LISTED) -> str:
    """Say which known word was probably meant, or list the known words, at most so many, when none is near."""
    words = frozenset(known)
    meant = near(word, words, likeness)
    if meant is not None:
        return f"did you mean {meant!r}?"
    more = f" and {len(words) - listed} more" if len(words) > listed else ""
    return f"known: {', '.join(_index(words).all[:listed])}{more}" if words else "none is known"


@dataclass(frozen=True, slots=True)
class _Index:
    """Known words in order; in small letters, by how they begin and by how they end; and as they are spelled."""

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
    """Those of many sorted words that are next to one, and so begin as it does."""
    at = bisect.bisect(words, word)
    return words[max(0, at - _COMPARED // 4) : at + _COMPARED // 4]


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, and not longer than one reads."""
    text = repr(value if not isinstance(value, str) else value[:200])
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def report(problems: Iterable[Problem], form: Literal["text", "github", "json"]) -> str:
    """Write problems as lines of text, GitHub annotations, or one JSON list."""
    if form == "json":
        text = json.dumps([_record(problem) for problem in problems], ensure_ascii=False, indent=1)
        return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)
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
