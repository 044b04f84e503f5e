"""What was found, as lines for people: notices first, those alike as one, and problems last, where a terminal ends.

In: problems and notices. Out: lines with colors, which the caller leaves out where nobody sees them. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from builder.problems import Place, Problem, visible


def lines(found: Iterable[Problem], *, grouped: bool) -> Iterator[str]:
    """Write each finding as `path:line:column: problem: what is wrong`, and notices in the same way.

    With `grouped`, notices with the same message are one line with the first place.
    """
    notices: dict[str, list[Place]] = {}
    problems = []
    for each in sorted(found):
        if each.severity == "problem":
            problems.append(_line(each.place, click.style("problem:", fg="red", bold=True), each.message))
        else:
            notices.setdefault(each.message, []).append(each.place)
    for message, places in notices.items():
        for place in places[:1] if grouped else places:
            yield _line(place, click.style("notice:", fg="yellow"), message) + _others(places if grouped else [])
    yield from problems


def _line(place: Place, mark: str, message: str) -> str:
    return f"{click.style(str(place), bold=True)}: {mark} {visible(message)}"


def _others(places: list[Place]) -> str:
    more = len(places) - 1
    return click.style(f" (and at {more} more place{'s' if more > 1 else ''})", dim=True) if more > 0 else ""
