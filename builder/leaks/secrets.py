"""What of a cohort must never be public, and where a text contains it.

In: cohorts; then searchable texts. Out: `Secret` values and `Hit`s. Touches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from builder.leaks import addresses, names, numbers
from builder.leaks.contacts import parse_contacts
from builder.leaks.letters import plain
from builder.leaks.numbers import Number, Numbers
from builder.leaks.readings import SearchableText, of_text
from builder.leaks.sought import Span, Spelling
from builder.model.cohorts import Cohort, Person, Team

_BETWEEN = " .\n"
"""Separates two texts like the end of a sentence, which no name crosses."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret value: a description of what it is and whose, without the value, and the cohort's file it is from."""

    value: str = field(repr=False)
    what: str
    path: str
    whole: str = field(default="", repr=False)
    """The value that this one is a part of, such as the link with a passcode."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a text contains a secret."""

    secret: Secret
    reading: SearchableText
    span: Span


@dataclass(frozen=True, slots=True)
class _Pattern:
    secret: Secret
    spelling: Spelling


class Secrets:
    """All secrets to search for.

    A text is first searched for the rarest word of each value, so that thousands of secrets cost little.
    """

    def __init__(
        self,
        sought: Iterable[_Pattern],
        known: dict[Number, Secret],
        public: frozenset[Secret] = frozenset(),
    ) -> None:
        self._sought, self._known, self.public = tuple(sought), known, public
        self._numbers = Numbers(known)
        often = Counter(word for each in self._sought for word in each.spelling.words)
        self._by_word: dict[str, list[_Pattern]] = {}
        for each in self._sought:
            rarest = min(each.spelling.words, key=lambda word: (often[word], -len(word), word))
            self._by_word.setdefault(rarest, []).append(each)

    def within(self, readings: Iterable[SearchableText]) -> Iterator[Hit]:
        """Each place where one of these texts contains a secret."""
        for hits in self._hits(readings):
            seen = set()
            for hit in hits:
                if hit.secret not in self.public and hit.span not in seen:  # two people may have one name
                    seen.add(hit.span)
                    yield hit

    def but(self, texts: Iterable[str]) -> Secrets:
        """The same secrets without those that one of these texts contains, which are public already."""
        found = {hit.secret for hits in self._hits(of_text(_BETWEEN.join(texts))) for hit in hits}
        wholes = {(secret.value, secret.path) for secret in found}
        parts = {each.secret for each in self._sought if (each.secret.whole, each.secret.path) in wholes}
        return Secrets(self._sought, self._known, self.public | found | parts)

    def _hits(self, readings: Iterable[SearchableText]) -> Iterator[list[Hit]]:
        """All hits in each way to read a text, public or not."""
        for reading in readings:
            words = reading.words
            known = (each for word in self._by_word.keys() & words for each in self._by_word[word])
            meet = [each for each in known if each.spelling.words <= words]
            more = meet or self._numbers.is_parted(reading)
            for way in (reading, *(reading.others() if more else ())):
                hits = [Hit(each.secret, way, span) for each in meet for span in each.spelling.within(way)]
                yield _whole([*hits, *(Hit(secret, way, span) for secret, span in self._numbers.within(way))])


def _whole(hits: Iterable[Hit]) -> list[Hit]:
    """Drop hits within another, such as a name within an e-mail address."""
    whole: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.span[0], -hit.span[1])):
        if not whole or hit.span[1] > whole[-1].span[1] or hit.span == whole[-1].span:
            whole.append(hit)
    return whole


def gather(cohorts: Iterable[Cohort]) -> Secrets:
    """Collect everything in these cohorts that must not be public, except what their files list under `public`."""
    sought: list[_Pattern] = []
    known: dict[Number, Secret] = {}
    public: set[Secret] = set()
    for cohort in cohorts:
        allowed = {_alike(each) for each in cohort.file.public}
        words = _names_as_words(cohort)
        for secret, spellings, digits in _values(cohort, words):
            if allowed & {_alike(secret.value), _alike(secret.whole)} and not words & {secret.value, secret.whole}:
                public.add(secret)
            sought += (_Pattern(secret, spelling) for spelling in spellings)
            known |= {number: secret for number in digits if known.get(number, secret) in public or number not in known}
    return Secrets(sought, known, frozenset(public))


_Value = tuple[Secret, Iterable[Spelling], Iterable[Number]]


def _values(cohort: Cohort, words: frozenset[str]) -> Iterator[_Value]:
    """Every secret value of a cohort, with its spellings and numbers."""
    for person, who in _people(cohort):
        name = Secret(person.name, f"the name of {who}", cohort.path)
        yield name, names.spellings(person.name, as_words=person.name in words), ()
        for half, spellings in names.halves(person.name):
            yield replace(name, value=half, whole=person.name), spellings, ()
        if person.email:
            secret = Secret(person.email, f"the e-mail address of {who}", cohort.path)
            yield secret, addresses.of_email(person.email), ()
        yield from _beside(person.name, f"in the name of {who}", cohort.path)
    for team in cohort.file.teams:
        yield from _ways_in(team, cohort.path)


def _ways_in(team: Team, path: str) -> Iterator[_Value]:
    """The link and the telephone number for joining a meeting, and the number and passcode in each."""
    whose = f"of team {team.id!r}"
    if team.link:
        yield from _of_link(team.link, whose, path)
    if team.phone:
        yield (
            Secret(team.phone, f"the phone number {whose}", path),
            addresses.of_lettered(team.phone),
            numbers.of_text(team.phone),
        )
        yield from _of_passcodes(addresses.said_passcodes(team.phone), team.phone, whose, path)
    for text in (team.name, team.place, team.link, team.phone):
        if text:
            yield from _beside(text, f"in the words on team {team.id!r}", path)


def _of_link(link: str, whose: str, path: str) -> Iterator[_Value]:
    yield Secret(link, f"the link {whose}", path), addresses.of_link(link), ()
    for digits in numbers.in_link(link):
        yield Secret(digits, f"the number of the meeting {whose}", path, link), (), (Number(digits),)
    yield from _of_passcodes(addresses.passcodes(link), link, whose, path)


def _of_passcodes(codes: Iterable[str], whole: str, whose: str, path: str) -> Iterator[_Value]:
    for code in codes:
        yield Secret(code, f"the passcode of the meeting {whose}", path, whole), addresses.of_passcode(code), ()


def _beside(text: str, where: str, path: str) -> Iterator[_Value]:
    """The addresses, links and numbers in a longer text, such as a place."""
    found = parse_contacts(text)
    for email in found.emails:
        yield Secret(email, f"an e-mail address {where}", path, text), addresses.of_email(email), ()
    for link in found.links:
        if link != text:
            yield from _of_link(link, where, path)
    for number in numbers.parts(found.rest):
        if number != text.strip():
            yield Secret(number, f"a phone number {where}", path, text), (), numbers.of_text(number)
    if found.links:
        yield from _of_passcodes(addresses.said_passcodes(found.rest), text, where, path)


def _names_as_words(cohort: Cohort) -> frozenset[str]:
    """The names that a cohort lists as public in small letters: in a sentence these are ordinary words."""
    small = {_alike(each) for each in cohort.file.public if each.islower()} - {""}
    known = {person.name for person, _ in _people(cohort)}
    return frozenset(name for name in known - {*cohort.file.public} if not name.islower() and _alike(name) in small)


def _people(cohort: Cohort) -> Iterator[tuple[Person, str]]:
    """Everyone in a cohort, with their role."""
    for team in cohort.file.teams:
        for person in team.facilitators:
            yield person, f"a facilitator of team {team.id!r}"
        for member in team.members:
            yield Person(name=member.name, email=member.email), f"a member of team {team.id!r}"
    for pair in cohort.file.pairs:
        yield pair.mentor, f"the mentor of pair {pair.id!r}"
        yield pair.student, f"the student of pair {pair.id!r}"


def _alike(value: str) -> str:
    return " ".join(plain(value).split())
