"""The message that goes to a group after each meeting: as a guide shows it, and as plain text for a team's own mail.

In: the curriculum, and for a team's messages its people and dates. Out: paragraphs of Markdown, or plain text. Touches
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder import dialect
from builder.dialect import Node
from builder.dialect.escaping import exact, item, plain
from builder.dialect.marks import fill_blanks
from builder.documents.apparatus import Apparatus, uncited
from builder.model import clock
from builder.model.cohorts import Cohort, Meeting, Team
from builder.model.curriculum import Module, ModuleFile
from builder.words import Words

_CONTAINERS = frozenset({"root", "ul", "ol", "blockquote", "div"})
"""Elements that contain paragraphs."""


@dataclass(frozen=True, slots=True)
class LabeledText:
    """A paragraph of a message, in Markdown, and the words before it that say what it is about."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """The meeting that comes next; `when` is Markdown, or a blank."""

    number: int
    module: Module
    when: str


def following(apparatus: Apparatus, module: Module) -> Following | None:
    """The meeting after a module in the curriculum's own order, without a date; None after the last."""
    later = apparatus.curriculum.modules[module.number :]
    return Following(later[0].number, later[0], apparatus.words.say("message.when")) if later else None


def message(
    apparatus: Apparatus, module: Module, number: int, following: Following | None, team: Team | None = None
) -> tuple[LabeledText, ...]:
    """The message to a group after its meeting on a module; what is not known is a blank in square brackets."""
    curriculum, words = apparatus.curriculum, apparatus.words
    own, commitment, say = curriculum.facilitation.message, module.file.commitment, words.say
    title = plain(curriculum.settings.title)
    if commitment:
        subject = say("message.about", curriculum=title, number=number)
    elif following or own.after_last:
        subject = say("message.about-date", curriculum=title, number=number)
    else:
        subject = say("message.about-only", curriculum=title, number=number)
    said = (
        (subject, say("message.subject")),
        (own.opening, ""),
        (module.file.worked_on or say("message.what-you-did"), say("message.worked-on")),
        (commitment and commitment.practice, say("message.practice")),
        (commitment and commitment.if_then, say("message.plan")),
        (own.parked, say("message.parked")),
        *(_next(words, module, following, team) if following else [(own.after_last, say("message.next"))]),
        (own.feedback, say("message.feedback")),
        (own.support, ""),
        (own.closing, ""),
        (_signed(words, team, curriculum.leaders), ""),
    )
    return tuple(LabeledText(text, label) for text, label in said if text)


def messages(apparatus: Apparatus, cohort: Cohort, team: Team) -> Iterator[tuple[str, str]]:
    """A team's messages as plain text, each with the name of its file."""
    module = apparatus.curriculum.module
    planned = team.taking_place
    for (number, meeting), later in zip(planned, (*planned[1:], None), strict=False):
        after = None
        if later is not None:
            after = Following(later[0], module(later[1].module), _when(apparatus.words, cohort, team, later[1]))
        paragraphs = message(apparatus, module(meeting.module), number, after, team)
        yield f"follow-up/{number}-{meeting.key}.txt", _mail(apparatus, paragraphs)


def _next(words: Words, module: Module, following: Following, team: Team | None) -> Iterator[tuple[str | None, str]]:
    """When and where the next meeting is, and what to read for it."""
    file = following.module.file
    same = following.module is module
    what = words.say(
        "message.go-on" if same else "message.next-is",
        number=following.number,
        title=plain(file.short_title),
        when=following.when,
    )
    yield what, words.say("message.next")
    yield from _where(words.say, team)
    new = words.say("message.nothing-new") if same else _homework(words, file)
    yield new, words.say("message.reading")
    yield file.content_note, words.say("message.content-note")


def _homework(words: Words, file: ModuleFile) -> str | None:
    """How long the reading takes, and then the reflection; None where neither is known."""
    reading, reflection = file.reading_minutes, file.reflection.minutes if file.reflection else None
    if reading and reflection is not None:
        return words.say("message.minutes", reading, reflection=reflection)
    if reading:
        return words.say("message.minutes-of-reading", reading)
    return None if reflection is None else words.say("message.minutes-of-reflection", reflection)


def _where(say: Callable[[str], str], team: Team | None) -> Iterator[tuple[str, str]]:
    """Where a team meets; an address ends its paragraph, so that no mail program makes a period part of it."""
    if team is None or not (team.place or team.link):
        yield say("message.room"), say("message.where")
    elif team.place:
        yield exact(team.place), say("message.where")
    if team and team.link:
        yield exact(team.link), say("message.link")
    if team and (team.phone or team.link):
        yield exact(team.phone) if team.phone else say("message.number"), say("message.telephone")


def _when(words: Words, cohort: Cohort, team: Team, meeting: Meeting) -> str:
    """A meeting's day and time; with a place for the clock if a team has a link, because people may be elsewhere."""
    shown = clock.when(meeting, words.dates)
    if shown is None:
        return words.say("message.when")
    if meeting.start is None:
        return words.say("message.no-hour", day=shown)
    city = cohort.zone_of(team).rpartition("/")[2].replace("_", " ")
    return words.say("message.hour-of", moment=shown, city=exact(city)) if team.link else shown


def _signed(words: Words, team: Team | None, leaders: int) -> str:
    """Who signs, with a blank for each who leads and is not known yet."""
    names: list[str] = [exact(person.name) for person in team.facilitators] if team else []
    names += ([words.say("message.your-name")] if leaders == 1 else ["[A]", "[B]"])[len(names) :]
    return words.listed(names)


def _mail(apparatus: Apparatus, paragraphs: Iterable[LabeledText]) -> str:
    """Plain text with a line for each paragraph, and an empty line between two: mail programs wrap by themselves."""
    facts = apparatus.curriculum.settings.supplied
    lines: list[str] = []
    for each in paragraphs:
        text = uncited(f"{plain(each.label)} {item(each.text)}".strip())
        lines += _lines(dialect.tree(fill_blanks(text, facts, lambda name: f"[{name}]")))
    return "\n\n".join(lines) + "\n"


def _lines(node: Node) -> Iterator[str]:
    for child in node["c"]:
        if isinstance(child, dict) and child["t"] in _CONTAINERS:
            yield from _lines(child)
        else:
            yield dialect.words(_with_addresses(child))


def _with_addresses(node: Node | str) -> Node | str:
    """Copy a tree with the address of each link to another host after its text."""
    if isinstance(node, str):
        return node
    href = node.get("href", "")
    address = [f" ({href})"] if re.match(r"https?:", href) and href != dialect.words(node) else []
    return {**node, "c": [*map(_with_addresses, node["c"]), *address]}
