"""The records of the domain, as frozen dataclasses: what a curriculum is, complete or not there.

Nothing in, nothing out, nothing touched. Field names are the keys that authors write in YAML; the constraints
beside them are those of `kinds`, which `schema` enforces. A `Text` is Markdown with blocks, an `Inline` one paragraph
of it, a `Plain` words alone: what a template puts into a heading, a title, a menu, a link's words or an attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MinLen

from builder.model.attachments import Attachment
from builder.model.conversations import Conversations
from builder.model.facilitation import Facilitation
from builder.model.kinds import (
    Edition,
    Email,
    Format,
    Former,
    Id,
    Inline,
    Language,
    Minutes,
    Name,
    Phrase,
    Plain,
    Plan,
    Site,
    Stamp,
    Supplied,
    Target,
    Text,
    Url,
    Verbatim,
    is_placeholder,
    record,
)
from builder.model.pages import MODULE_PAGES, ModulePage

Lead = Literal["A", "B", "AB"]


@record
class License:
    """The license of the curriculum's text."""

    name: Plain
    url: Url


@record
class Contact:
    """Whom readers may write to."""

    name: Plain
    email: Email


@record
class Agreement:
    """One community agreement."""

    id: Id
    text: Text


@record
class Gone:
    """Something that had an address in an earlier edition and no longer exists."""

    was: Name  # such as question:first-steps/why-first
    why: Plain  # one sentence for readers
    instead: Target | None = None  # where readers go


@record
class Settings:
    """`modules/curriculum.yml`: settings of the whole curriculum."""

    format: Format
    title: Plain
    subtitle: Plain | None = None
    welcome: Text | None = None  # what the home page says first, in place of the subtitle
    language: Language = "en-US"
    license: License
    edition: Edition  # the edition in work
    edition_date: Stamp  # stamps every artifact, so that a build does not depend on the day
    url: Site | None = None  # where the site will be
    repository: Site | None = None
    contact: Contact | None = None
    provenance: Inline | None = None  # who wrote the text, and who reviewed it
    meeting_lengths: Annotated[tuple[Plan, ...], MinLen(1)]  # the plans that agendas are written for, longest first
    modules: Annotated[tuple[Id, ...], MinLen(1)]
    agreements: Annotated[tuple[Agreement, ...], MinLen(1)] = ()
    care: Text | None = None  # what facilitators do when someone is distressed
    activity_kinds: tuple[Id, ...] = ()  # its own, beside those that every curriculum has
    verbs: tuple[Plain, ...] = ()  # its own, with which objectives may begin
    supplied: Mapping[Plain, Supplied] = field(default_factory=dict)  # what a program writes into the local blanks
    gone: tuple[Gone, ...] = ()
    not_published: tuple[Verbatim, ...] = ()  # files under docs/ that are no pages, and folders with a slash at the end

    @property
    def address(self) -> str | None:
        """Where the site is, with a slash at its end; None while that is missing or a placeholder."""
        return None if self.url is None or is_placeholder(self.url) else self.url.rstrip("/") + "/"


@record
class Objective:
    """What a participant will be able to do; read as `verb text`."""

    id: Id
    verb: Plain  # one whose result can be observed
    text: Inline
    shown: Inline  # where in the module it shows


@record
class Prompt:
    """One question to write on before the meeting."""

    id: Id
    title: Plain
    text: Text


@record
class Reflection:
    """What participants do, alone, before the meeting."""

    minutes: Minutes
    prompts: Annotated[tuple[Prompt, ...], MinLen(1)]


@record
class Activity:
    """One timed part of a meeting. `minutes` gives its length in each plan; 0 leaves it out."""

    id: Id
    kind: Plain  # one that every curriculum has, or one of its own
    title: Plain
    lead: Lead = "A"
    minutes: Mapping[int, Minutes]
    in_short: Inline  # one line for the run sheet
    instructions: Text
    ready: tuple[Inline, ...] = ()
    questions: tuple[Id, ...] = ()


@record
class Question:
    """One discussion question with its facilitator notes."""

    id: Id
    core: bool = False
    ask: Text
    purpose: Text
    listen_for: Annotated[tuple[Text, ...], MinLen(1)]
    follow_ups: Annotated[tuple[Text, ...], MinLen(1)]
    if_it_stalls: Text
    objectives: Annotated[tuple[Id, ...], MinLen(1)]
    formerly: tuple[Former, ...] = ()  # its ids before, after the module's and a slash if it was in another


@record
class Shortened:
    """How long one activity is when a meeting begins ten minutes late."""

    activity: Id
    minutes: Minutes  # that remain of it
    how: Inline


@record
class Commitment:
    """What each participant does in the weeks until the next meeting."""

    practice: Text
    if_then: Text
    also: Text | None = None


@record
class Further:
    """A work for further reading, with a line on why."""

    reference: Id
    note: Inline


@record
class ModuleFile:
    """`modules/<slug>/module.yml` as written."""

    title: Plain
    short_title: Plain = ""  # for navigation and running headers; the title if none is given
    promise: Inline
    content_note: Text | None = None
    in_two_minutes: Text | None = None  # for people who come unprepared
    reading_minutes: Annotated[int, Ge(1), Le(240)] | None = None
    objectives: Annotated[tuple[Objective, ...], MinLen(1)]
    reflection: Reflection | None = None
    agenda: Annotated[tuple[Activity, ...], MinLen(1)]
    questions: Annotated[tuple[Question, ...], MinLen(1)] = ()
    materials: Annotated[tuple[Text, ...], MinLen(1)] = ()
    commitment: Commitment | None = None
    worked_on: Inline | None = None  # what the message after the meeting says of it
    late: tuple[Shortened, ...] = ()  # on the longest plan; together they save ten minutes
    key_points: Annotated[tuple[Text, ...], MinLen(1)] = ()
    further_reading: tuple[Further, ...] = ()
    formerly: tuple[Id, ...] = ()  # the module's ids before

    def __post_init__(self) -> None:
        """Take the title where no short one is given."""
        object.__setattr__(self, "short_title", self.short_title or self.title)


@record
class Prose:
    """An authored Markdown file: its path under the root, with `/`, and its text."""

    path: str
    text: str


@record
class Module:
    """One teaching unit: its file, its reading, its handouts, its images."""

    id: str
    number: int
    file: ModuleFile
    path: str  # of module.yml
    reading: Prose
    handouts: tuple[Prose, ...]
    images: tuple[str, ...]  # paths under the root

    @property
    def pages(self) -> tuple[ModulePage, ...]:
        """The pages that this module has."""
        return tuple(page for page in MODULE_PAGES if page.scheme != "handout" or self.handouts)

    def question(self, id: str) -> tuple[int, Question]:
        """The number, counted from 1 in the order of the file, and the question with this id."""
        return next((n, q) for n, q in enumerate(self.file.questions, 1) if q.id == id)

    def activity(self, id: str) -> Activity:
        """The activity with this id."""
        return next(activity for activity in self.file.agenda if activity.id == id)


@record
class Term:
    """One entry of `modules/glossary.yml`; `also` lists other forms in running text, such as plurals."""

    id: Id
    term: Phrase
    definition: Text
    also: tuple[Phrase, ...] = ()


@record
class Reference:
    """One work: CSL-JSON for the citation processor, and this project's own notes on it, which are not printed."""

    id: str
    csl: Mapping[str, Any]
    supports: str | None
    caution: str | None


@record
class Curriculum:
    """Everything that authors wrote, once it is read and checked."""

    settings: Settings
    modules: tuple[Module, ...]
    references: tuple[Reference, ...]
    glossary: tuple[Term, ...]
    pages: tuple[Prose, ...]  # authored pages under docs/
    path: str  # of curriculum.yml
    facilitation: Facilitation
    conversations: Conversations | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def leaders(self) -> int:
        """How many people lead a meeting: two if any activity is led by B, and one otherwise."""
        return 1 + any("B" in each.lead for module in self.modules for each in module.file.agenda)

    def module(self, id: str) -> Module:
        """The module with this id. Raises `KeyError` if there is none."""
        for module in self.modules:
            if module.id == id:
                return module
        raise KeyError(id)
