"""Planting payloads and asking the program's own check: many at once, and one by one where that does not say which.

A batch has at most one payload in each field. The check reports all problems at once, each with its place, so the
place says which payload was refused. What is left is planted again, until nothing is refused.
"""

from __future__ import annotations

import random
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from attacks.fields import Added, Field, Plant, Project, Span
from attacks.payloads import PAYLOADS, Payload
from builder import pipeline
from builder.problems import Problem, Stopped, report, stopping

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction in which what follows is read."""


@dataclass(frozen=True)
class Attempt:
    """One payload in one field, and how it is written there."""

    payload: Payload
    plant: Plant | Added

    def __str__(self) -> str:
        return f"payload {self.payload} in {self.plant}"


@dataclass
class Outcome:
    """What became of attempts."""

    taken: list[Attempt] = field(default_factory=list)
    refused: list[tuple[Attempt, tuple[Problem, ...]]] = field(default_factory=list)
    waiting: list[Attempt] = field(default_factory=list)  # to be tried apart from what was taken
    faults: list[str] = field(default_factory=list)  # of the check itself

    def blame(self, each: Attempt, found: tuple[Problem, ...] | str) -> None:
        """Keep what a check has said of one attempt that stood alone, at places where it does not stand."""
        if isinstance(found, str):
            self.faults.append(f"{each}: {found}")
            return
        self.refused.append((each, found))
        path = each.plant.path  # or a source holds what only that file may hold, which the message says
        if not any(problem.place.path == path or f"({path}; " in problem.message for problem in found):
            self.faults.append(f"{each}: refused elsewhere: {'; '.join(map(str, found[:3]))}")


def attempt(payload: Payload, place: Field, chance: random.Random) -> Attempt:
    """Decide by chance how a payload stands in a field: alone, or among its words."""
    if payload.form == "yaml":
        return Attempt(payload, Plant(place, payload.text, raw=True))
    between = "\n\n" if payload.form == "block" else " "
    text = chance.choice([payload.text, payload.text, f"{place.words}{between}{payload.text}"])
    if payload.form == "inline" and chance.random() < 0.2:
        text = f"{payload.text} {place.words}"
    return Attempt(payload, Plant(place, text, block=chance.random() < 0.5))


def fits(payload: Payload, place: Field) -> bool:
    """Whether a payload can be planted in a field at all."""
    if payload.form == "yaml":
        return place.margin is None
    return payload.form in {"inline", "block"}


def added() -> Iterator[Attempt]:
    """Payloads that are files of their own: drawings, pages with something above them, and names of files."""
    page = "# A page\n\nIts words.\n"
    for each in PAYLOADS:
        if each.form == "drawing":
            yield Attempt(each, Added(f"docs/images/d{each.number}.svg", each.text.encode("utf-8", "surrogatepass")))
        elif each.form == "front":
            yield Attempt(each, Added(f"docs/guide/f{each.number}.md", f"{each.text}\n{page}".encode()))
        elif each.form == "name":
            yield Attempt(each, Added(f"docs/guide/{each.text}.md", page.encode()))


def rounds(project: Project, seed: int) -> Iterator[list[Attempt]]:
    """Batches without end, in which each line has at most one payload; in a few batches, each payload was planted."""
    chance = random.Random(seed)
    waiting: list[Payload] = []
    while True:
        batch, lines = [], set()
        for place in chance.sample(project.fields, len(project.fields)):
            line = project.line(place)
            if line not in lines:
                lines.add(line)
                batch.append(attempt(_next(waiting, place, chance), place, chance))
        yield batch


def packed(project: Project, attempts: Iterable[Attempt]) -> list[list[Attempt]]:
    """As few batches as it takes in which each line has at most one payload; the fullest first."""
    batches: list[tuple[list[Attempt], set[object]]] = []
    for each in attempts:
        place: object = project.line(each.plant.field) if isinstance(each.plant, Plant) else each.plant.path
        for batch, places in batches:
            if place not in places:
                batch.append(each)
                places.add(place)
                break
        else:
            batches.append(([each], {place}))
    return [batch for batch, _ in batches]


def _next(waiting: list[Payload], place: Field, chance: random.Random) -> Payload:
    """Take the next payload that a field can hold; when none waits any more, all do again."""
    found = next((each for each in waiting if fits(each, place)), None)
    if found is None:
        waiting += chance.sample(PAYLOADS, len(PAYLOADS))
        found = next(each for each in waiting if fits(each, place))
    waiting.remove(found)
    return found


def sift(project: Project, attempts: Sequence[Attempt]) -> Outcome:
    """Part attempts into those that the check takes, all together, and those that it refuses.

    Where a problem stands in nothing that was planted, halves are tried apart. Where both halves pass apart and not
    together, such as with one name twice, the second half is left for another time.
    """
    outcome = Outcome()
    left = list(attempts)
    while left:
        lines = project.plant([each.plant for each in left])
        found = problems(project)
        if not found:
            break
        blamed = {each: _of(each, lines, found) for each in left} if isinstance(found, tuple) else {}
        refused = {each: some for each, some in blamed.items() if some}
        if refused:
            outcome.refused += refused.items()
            left = [each for each in left if each not in refused]
        elif len(left) == 1:
            outcome.blame(left.pop(), found)
        else:
            left = _apart(project, left, found, outcome)
    outcome.taken = left
    return outcome


def _apart(
    project: Project, attempts: list[Attempt], found: tuple[Problem, ...] | str, outcome: Outcome
) -> list[Attempt]:
    """Sift parts of a batch, add what became of them, and answer what is left to be tried together.

    First come the files in which there are problems, and of these raw YAML; where these are all, halves.
    """
    named = set() if isinstance(found, str) else {problem.place.path for problem in found}
    suspects = [each for each in attempts if each.plant.path in named]
    suspects = [each for each in suspects if each.payload.form == "yaml"] or suspects
    parts = [suspects, [each for each in attempts if each not in suspects]]
    if not all(parts):
        parts = [attempts[: len(attempts) // 2], attempts[len(attempts) // 2 :]]
    first = _sifted(project, parts[0], outcome)
    if len(first) < len(parts[0]):
        return first + parts[1]
    second = _sifted(project, parts[1], outcome)
    if len(second) < len(parts[1]):
        return first + second
    outcome.waiting += second
    return first


def _sifted(project: Project, attempts: list[Attempt], outcome: Outcome) -> list[Attempt]:
    part = sift(project, attempts)
    outcome.refused += part.refused
    outcome.faults += part.faults
    outcome.waiting += part.waiting
    return part.taken


def problems(project: Project) -> tuple[Problem, ...] | str:
    """Ask the check what is wrong with the project as it stands; a text if the check itself fails."""
    try:
        pipeline.check(pipeline.Curricula(project.root), pipeline.Cohorts(project.root))
    except Stopped as stopped:
        return tuple(stopping(stopped.problems))
    except Exception:  # noqa: BLE001  whatever it is, it is a fault of the program
        return traceback.format_exc()
    return ()


def disorder(found: Iterable[Problem]) -> list[str]:
    """Problems that are no single line of plain signs, so that they could give orders to a terminal or a workflow."""
    return [
        repr(line)
        for problem in found
        for line in (report([problem], "github"), report([problem], "text"))
        if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} or sign in _TURNING for sign in line)
    ]


def _of(each: Attempt, lines: Mapping[Plant | Added, Span], found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stand in what an attempt has written."""
    first, last = lines[each.plant]
    inside = (problem for problem in found if problem.place.path == each.plant.path)
    return tuple(problem for problem in inside if first <= problem.place.line <= last)
