"""The conversations of a pair: a page that introduces them, the mentor's copy, and the student's copy.

In: the curriculum. Out: `Document` values; none if there are no conversations. Touches nothing. A template gets one
reader's copy and nothing of the other's, so that no mistake in it can show the mentor's text to the student.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.dialect.escaping import item
from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model import clock
from builder.model.conversations import Conversation, Conversations, Part, Sheet
from builder.model.documents import Document
from builder.model.pages import CONVERSATIONS, PAIR_PAGES


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a conversation as one of the two reads it, with its running clock."""

    id: str
    title: str
    minutes: int
    clock: str
    together: str
    own: str | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as one of the two reads it; notes have labels."""

    id: str
    title: str
    promise: str
    when: str
    minutes: int
    before: str
    notes: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    sheet: Sheet | None
    after: str
    last: tuple[tuple[str, str], ...]


def conversations(apparatus: Apparatus) -> dict[str, Document]:
    """Compose the three pages by their names: `index`, `mentor` and `student`."""
    file = apparatus.curriculum.conversations
    if file is None:
        return {}
    say = apparatus.words.say
    text = fill("one-to-one", apparatus.words, c=apparatus.curriculum, file=file)
    about = apparatus.words.say("titles.conversations-about")
    return {
        "index": Document(
            path=PAIR_PAGES["index"],
            title=file.title,
            description=about,
            audience="everyone",
            markdown=apparatus.finish(PAIR_PAGES["index"], text),
            sources=(CONVERSATIONS,),
        ),
        "mentor": _copy(
            apparatus, file, "mentor", file.mentor, [_for_mentor(say, each) for each in file.conversations]
        ),
        "student": _copy(
            apparatus, file, "student", file.student, [_for_student(say, each) for each in file.conversations]
        ),
    }


def _copy(apparatus: Apparatus, file: Conversations, reader: str, begin: str, talks: list[Talk]) -> Document:
    path = PAIR_PAGES[reader]
    text = fill(
        "copy",
        apparatus.words,
        c=apparatus.curriculum,
        title=file.title,
        introduction=file.introduction,
        reader=reader,
        begin=begin,
        talks=talks,
    )
    return Document(
        path=path,
        title=apparatus.words.say(f"titles.{reader}-copy", title=file.title),
        description=apparatus.words.say(f"titles.{reader}-copy-about", len(talks)),
        audience="mentors" if reader == "mentor" else "everyone",
        markdown=apparatus.finish(path, text),
        sources=(CONVERSATIONS,),
    )


def _for_mentor(say: Callable[[str], str], talk: Conversation) -> Talk:
    notes = (
        (say("pair.listen-for"), _listed(talk.mentor.listen_for)),
        (say("pair.do-not"), _listed(talk.mentor.do_not)),
        (say("pair.cost"), talk.mentor.cost),
        (say("pair.refer"), talk.mentor.refer),
    )
    own = [part.mentor for part in talk.parts]
    return _talk(talk, talk.before.mentor, notes, own, ((say("pair.if-it-is-hard"), talk.if_it_is_hard),))


def _for_student(say: Callable[[str], str], talk: Conversation) -> Talk:
    return _talk(
        talk, talk.before.student, ((say("pair.you-decide"), talk.student),), [part.student for part in talk.parts], ()
    )


def _talk(
    talk: Conversation,
    before: str,
    notes: tuple[tuple[str, str], ...],
    own: list[str | None],
    last: tuple[tuple[str, str], ...],
) -> Talk:
    return Talk(
        id=talk.id,
        title=talk.title,
        promise=talk.promise,
        when=talk.when,
        minutes=talk.minutes,
        before=before,
        notes=notes,
        steps=tuple(_steps(talk.parts, own)),
        sheet=talk.sheet,
        after=talk.after,
        last=last,
    )


def _steps(parts: tuple[Part, ...], own: list[str | None]) -> Iterable[Step]:
    for part, begins, text in zip(parts, clock.starts(part.minutes for part in parts), own, strict=True):
        yield Step(part.id, part.title, part.minutes, begins, part.together, text)


def _listed(texts: tuple[str, ...]) -> str:
    return "\n".join("-   " + item(text, 4) for text in texts)
