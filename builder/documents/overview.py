"""The organizers' overview of a cohort: every team, every meeting, what is missing, and what was made. For them only.

In: the curriculum, a cohort, and the paths of what was made for it. Out: one HTML page that needs nothing beside it.
Touches nothing. The page does not name the day on which it is made: same cohort, same bytes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from builder.documents.apparatus import Apparatus
from builder.documents.scripts import NO_SCRIPT
from builder.documents.templating import fill_page
from builder.model.cohorts import Cohort, Meeting, Pair, Person, Team
from builder.words import Dates, Words

_FILES = {
    "packet.pdf": "overview.packet",
    "packet-large-print.pdf": "overview.large-print",
    "cards.pdf": "overview.cards",
    "calendar.ics": "overview.calendar",
}
"""The words for a team's files, in this order; others go by their own names after them."""

_COPIES = {"mentor.pdf": "prints.mentor-copy", "student.pdf": "prints.student-copy"}
_ALL_TEAMS = {"calendar.ics": "overview.calendar-of-all"}


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the address that it links to; None if none is known."""

    words: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Lack:
    """One kind of thing that is missing, with links to the rows where it is."""

    words: str
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and time for people and for machines."""

    stamp: str
    day: str
    weekday: str
    hour: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One meeting of a team."""

    anchor: str
    number: int
    title: str  # of its module
    moment: Moment | None
    was: Moment | None
    cancelled: bool

    @property
    def was_said(self) -> tuple[str, ...]:
        """When the meeting was before: day and time, without the one that has not changed."""
        if self.was is None:
            return ()
        now = (self.moment.day, self.moment.hour) if self.moment else ()
        return tuple(part for part in (self.was.day, self.was.hour) if part and part not in now) or (self.was.day,)


@dataclass(frozen=True, slots=True)
class Row:
    """One team: its people, its meetings, and its files."""

    anchor: str
    team: Team
    joined: Link | None
    facilitators: tuple[Link, ...]
    cells: tuple[Cell, ...]
    files: tuple[Link, ...]
    messages: tuple[Link, ...]
    certificates: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Couple:
    """One pair: its two people and their copies."""

    mentor: Link
    student: Link
    copies: tuple[Link, ...]


def overview(apparatus: Apparatus, cohort: Cohort, files: Mapping[str, tuple[str, ...]]) -> str:
    """Compose the overview as an HTML page.

    Args:
        apparatus: The apparatus of the curriculum.
        cohort: The cohort.
        files: Each team's files, by the team's id, as paths from the page; under "" those of the whole cohort.
    """
    curriculum, teams, dates = apparatus.curriculum, cohort.file.teams, apparatus.words.dates
    meetings = [meeting for team in teams for _, meeting in team.taking_place]
    active = tuple(team for team in teams if team.joined is None)
    shared = files.get("", ())
    of_pairs = {path for path in shared if path.startswith("pairs/")}
    rows = tuple(_row(apparatus, cohort, team, files.get(team.id, ())) for team in teams)
    return fill_page(
        "overview",
        apparatus.words,
        c=curriculum,
        cohort=cohort,
        since=dates.write_day(cohort.file.start),
        until=dates.write_day(cohort.file.end),
        members=sum(len(team.members) for team in teams),
        fixed=sum(1 for meeting in meetings if meeting.date and meeting.start),
        meetings=len(meetings),
        lacks=tuple(lack for lack in _lacks(apparatus.words, active, curriculum.leaders) if lack.rows),
        leaders=curriculum.leaders,
        teams=len(active),
        elsewhere=any(team.time_zone for team in active),
        titles=_titles(rows),
        rows=rows,
        couples=tuple(_couple(apparatus.words, pair, of_pairs) for pair in cohort.file.pairs),
        script=NO_SCRIPT,
        files=_named("", set(shared) - of_pairs - {"index.html"}, apparatus.words, _ALL_TEAMS),
    )


def _titles(rows: tuple[Row, ...]) -> tuple[str | None, ...]:
    """For each number of a meeting the module that all teams have there; None if they differ."""
    columns = itertools.zip_longest(*(tuple(cell.title for cell in row.cells) for row in rows))
    found = [{title for title in column if title is not None} for column in columns]
    return tuple(titles.pop() if len(titles) == 1 else None for titles in found)


def _lacks(words: Words, teams: tuple[Team, ...], leaders: int) -> Iterator[Lack]:
    """Everything that may be missing; what is never missing has no rows."""
    alone = [team for team in teams if 1 == len(team.facilitators) < leaders]
    yield _teams(words.say("overview.no-facilitator"), [team for team in teams if not team.facilitators])
    yield _teams(words.say("overview.one-facilitator"), alone)
    yield _teams(words.say("overview.no-members"), [team for team in teams if not team.members])
    yield _teams(words.say("overview.no-meetings"), [team for team in teams if not team.meetings])
    yield _teams(words.say("overview.no-place"), [team for team in teams if not team.place and not team.link])
    undated = [[n for n, meeting in team.taking_place if not meeting.date] for team in teams]
    yield _meetings(words, "overview.no-date", teams, undated)
    timeless = [[n for n, each in team.taking_place if each.date and not each.start] for team in teams]
    yield _meetings(words, "overview.no-hour", teams, timeless)


def _teams(words: str, teams: list[Team]) -> Lack:
    return Lack(words, tuple(Link(team.name, f"#{_anchor(team)}") for team in teams))


def _meetings(words: Words, key: str, teams: tuple[Team, ...], numbers: list[list[int]]) -> Lack:
    """Which meetings of which teams lack something; a team is named once."""
    found = [(team, which) for team, which in zip(teams, numbers, strict=True) if which]
    return Lack(
        words.say(key),
        tuple(Link(f"{team.name}, {_in_words(words, which)}", f"#{_anchor(team)}") for team, which in found),
    )


def _in_words(words: Words, numbers: list[int]) -> str:
    """Numbers of meetings in words, such as "meetings 2, 3 and 5"."""
    return words.say("overview.meetings-of", len(numbers), numbers=words.listed([*map(str, numbers)]))


def _anchor(team: Team) -> str:
    return f"team-{team.id}"


def _row(apparatus: Apparatus, cohort: Cohort, team: Team, paths: tuple[str, ...]) -> Row:
    now = next((other for other in cohort.file.teams if other.id == team.joined), None)
    messages = {path for path in paths if path.startswith(f"{team.id}/follow-up/")}
    certificates = {path for path in paths if path.startswith(f"{team.id}/certificates/")}
    return Row(
        anchor=_anchor(team),
        team=team,
        joined=Link(now.name, f"#{_anchor(now)}") if now else None,
        facilitators=tuple(map(_person, team.facilitators)),
        cells=tuple(_cell(apparatus, cohort, team, number) for number in range(1, len(team.meetings) + 1)),
        files=_named(f"{team.id}/", set(paths) - messages - certificates, apparatus.words, _FILES),
        messages=tuple(sorted(map(_message, messages), key=lambda link: (len(link.words), link.words, link.address))),
        certificates=_named(f"{team.id}/certificates/", certificates, apparatus.words, {}),
    )


def _person(person: Person) -> Link:
    return Link(person.name, f"mailto:{quote(person.email, safe='@')}" if person.email else None)


def _cell(apparatus: Apparatus, cohort: Cohort, team: Team, number: int) -> Cell:
    meeting = team.meetings[number - 1]
    before, dates = meeting.moved_from, apparatus.words.dates
    return Cell(
        anchor=f"meeting-{team.id}-{number}",
        number=number,
        title=apparatus.curriculum.module(meeting.module).file.short_title,
        moment=_moment(meeting, cohort, dates),
        was=_moment(replace(meeting, date=before.date, start=before.start), cohort, dates) if before else None,
        cancelled=meeting.cancelled,
    )


def _moment(meeting: Meeting, cohort: Cohort, dates: Dates) -> Moment | None:
    """When a meeting is; a cohort within one year shows the year once, at the top of the page."""
    if meeting.date is None:
        return None
    plain = {meeting.date.year} == {cohort.file.start.year, cohort.file.end.year}
    stamp = f"{meeting.date.isoformat()}T{meeting.start:%H:%M}" if meeting.start else meeting.date.isoformat()
    day = (dates.write_day_of_year if plain else dates.write_day)(meeting.date)
    hour = dates.write_time(meeting.start) if meeting.start else None
    return Moment(stamp, day, dates.write_weekday(meeting.date), hour)


def _named(folder: str, paths: set[str], words: Words, keys: Mapping[str, str]) -> tuple[Link, ...]:
    """Links to the files of a folder: first those with names of their own, then the others by file name."""
    names = {path.removeprefix(folder): path for path in paths}
    first = [(name, words.say(keys[name])) for name in keys if name in names]
    rest = [(name, _spelled(name)) for name in sorted(names.keys() - keys.keys())]
    return tuple(Link(said, quote(names[name])) for name, said in (*first, *rest))


def _spelled(name: str) -> str:
    """A file's name as words, such as "Sign in" for `sign-in.pdf`."""
    words = PurePosixPath(name).stem.replace("-", " ")
    return words[:1].upper() + words[1:]


def _message(path: str) -> Link:
    """A link to the message after one meeting, by the meeting's number, with which its name begins."""
    stem = PurePosixPath(path).stem
    number = re.match(r"\d+", stem)
    return Link(number[0] if number else stem, quote(path))


def _couple(words: Words, pair: Pair, paths: set[str]) -> Couple:
    folder = f"pairs/{pair.id}/"
    own = {path for path in paths if path.startswith(folder)}
    return Couple(_person(pair.mentor), _person(pair.student), _named(folder, own, words, _COPIES))
