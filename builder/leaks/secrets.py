"""What must never be public of a cohort, in the plain form in which it is compared, and where it stands in a text.

In: cohorts and public sources; then texts in plain form. Out: `Secret` values and where they are. Touches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from builder.leaks.readings import Reading, plain, readings
from builder.teams import Cohort, Person, Team

_WORD = re.compile(r"[^\W_]+")

_LONGEST = 6
"""A phone number is written in at most so many groups; more are the points of a drawing."""

_NUMBER = re.compile(r"(?<![^\W_])[0-9](?:[\s.()/+-]{0,3}[0-9]){6,}")
_DIGITS = re.compile(r"[0-9]+")
_PARTED = re.compile(r"[0-9][\s.()/+-]{0,3}<[^<>]*>[^0-9a-z]*[0-9]")
"""A number with tags in it."""

_TITLE = re.compile(r"(dr|prof|professor|mrs?|ms|mx)\b\.?\s*", re.IGNORECASE)

_MARKS = re.compile(r"[*_`\\]|'(?=')")
"""What Markdown and YAML set between letters that stand together on the page."""

_ADDRESS = re.compile(r"(?<![\w+-])(?<!\w\.)"), re.compile(r"(?!\w|[.-]\w)")
_HOST = re.compile(r"(?<![\w+-])(?<!\w\.)"), re.compile(r"(?!\w|[.-]\w|/\w|[?#])")
_BEGUN = re.compile(r"(?<![\w+-])(?<!\w\.)"), re.compile(r"(?![^\W_])")
_WORDS = re.compile(r"(?<![^\W_])"), re.compile(r"(?![^\W_])")
"""What may stand before and after an address, a host, a link within it, a name: `joann@…` is not `ann@…`."""

_Edges = tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Secret:
    """One value: what it is and whose, in words without it, and the cohort's file that holds it."""

    value: str = field(repr=False)
    what: str
    path: str


@dataclass(frozen=True, slots=True)
class _Sought:
    """How one spelling of a secret is found: where all its words are, the pattern, and what may stand around it."""

    secret: Secret
    words: frozenset[str]
    pattern: re.Pattern[str]
    edges: _Edges

    def within(self, text: str) -> int | None:
        before, after = self.edges
        for match in self.pattern.finditer(text):
            if before.match(text, match.start()) and after.match(text, match.end()):
                return match.start()
        return None


class Secrets:
    """What is looked for. A text is first asked for the rarest word of each value, so that thousands cost little."""

    def __init__(self, sought: Iterable[_Sought], phones: Mapping[str, Secret]) -> None:
        self._sought = tuple(sought)
        self._phones = dict(phones)
        often = Counter(word for each in self._sought for word in each.words)
        self._by_word: dict[str, list[_Sought]] = {}
        for each in self._sought:
            rarest = min(each.words, key=lambda word: (often[word], -len(word), word))
            self._by_word.setdefault(rarest, []).append(each)

    def within(self, reading: Reading) -> Iterator[tuple[Secret, str, int]]:
        """Each secret that a reading holds, the way to read it in which it was seen, and where it stands there."""
        words = set(_WORD.findall(" ".join({*reading.text.split(), *reading.joined.split()})))
        meet = [each for word in self._by_word.keys() & words for each in self._by_word[word] if each.words <= words]
        parted = self._phones and _PARTED.search(reading.text)
        for text in (reading.text, *(reading.others() if meet or parted else ())):
            for each in meet:
                at = each.within(text)
                if at is not None:
                    yield each.secret, text, at
            if self._phones:
                for secret, at in self._numbers(text):
                    yield secret, text, at

    def _numbers(self, text: str) -> Iterator[tuple[Secret, int]]:
        digits_alone = "".join(_DIGITS.findall(text))  # a number is in them, however it is written
        if not any(number in digits_alone for number in self._phones):
            return
        for match in _NUMBER.finditer(text):
            groups = [(each[0], each.start()) for each in _DIGITS.finditer(match[0])]
            for first, (digits, at) in enumerate(groups):
                for following, _ in [("", 0), *groups[first + 1 : first + _LONGEST]]:
                    digits += following  # noqa: PLW2901  each group makes the number longer
                    if secret := self._phones.get(_national(digits)):
                        yield secret, match.start() + at

    def without(self, public: Mapping[str, str]) -> Secrets:
        """Those of them that no public source holds."""
        known: set[str] = set()
        for path, text in public.items():
            for written in (text, _MARKS.sub("", text)):
                for reading in readings(path, written.encode()):
                    known.update(secret.value for secret, *_ in self.within(reading))
        sought = (each for each in self._sought if each.secret.value not in known)
        return Secrets(sought, {key: each for key, each in self._phones.items() if each.value not in known})


def gather(cohorts: Iterable[Cohort], public: Mapping[str, str]) -> Secrets:
    """Everything of these cohorts that must not be public, but for what the public sources, by path, hold as well."""
    sought: dict[str, _Sought] = {}
    phones: dict[str, Secret] = {}
    for cohort in cohorts:
        for person, who in _people(cohort):
            for name in _names(person.name):
                _seek(sought, name, Secret(person.name, f"the name of {who}", cohort.path), _WORDS)
            if person.email:
                secret = Secret(person.email, f"the e-mail address of {who}", cohort.path)
                _seek(sought, person.email, secret, _ADDRESS)
        for team in cohort.file.teams:
            if team.link:
                secret = Secret(team.link, f"the link of team {team.id!r}", cohort.path)
                short = re.sub(r"^https?://(www\.)?|/+$", "", unquote(team.link), flags=re.IGNORECASE)
                _seek(sought, short, secret, _BEGUN if re.search("[/?#]", short) else _HOST)
            for number in _phones(team):
                phones.setdefault(number, Secret(number, f"the phone number of team {team.id!r}", cohort.path))
    return Secrets(sought.values(), phones).without(public)


def _people(cohort: Cohort) -> Iterator[tuple[Person, str]]:
    """Everyone in a cohort, and what they are in it."""
    for team in cohort.file.teams:
        for person in team.facilitators:
            yield person, f"a facilitator of team {team.id!r}"
        for member in team.members:
            yield Person(name=member.name, email=member.email), f"a member of team {team.id!r}"
    for pair in cohort.file.pairs:
        yield pair.mentor, f"the mentor of pair {pair.id!r}"
        yield pair.student, f"the student of pair {pair.id!r}"


def _names(name: str) -> Iterator[str]:
    """The spellings of a full name: as written, without titles and what follows a comma, and `Lee, Ann` turned round.

    None of a name of a single word: it could be any word.
    """
    bare = _TITLE.sub("", re.split(r"[,(]", name)[0]).strip()
    given = name.partition(",")[2].strip()
    turned = f"{given} {bare}" if given and len(bare.split()) == 1 else bare
    for spelling in dict.fromkeys((name, bare, turned)):
        if len(_WORD.findall(spelling)) > 1 and len(_TITLE.sub("", spelling).split()) > 1:
            yield spelling


def _phones(team: Team) -> Iterator[str]:
    """The digits of each number in what an organizer wrote, such as `206-555-0100, code 4711`."""
    for match in _NUMBER.finditer(plain(team.phone or "")):
        yield _national("".join(_DIGITS.findall(match[0])))


def _national(digits: str) -> str:
    """A number without the 1 that one dials before it in North America."""
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _seek(sought: dict[str, _Sought], spelling: str, secret: Secret, edges: _Edges) -> None:
    text = plain(spelling)
    words = frozenset(_WORD.findall(text))
    if words and text not in sought:
        pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
        sought[text] = _Sought(secret, words, pattern, edges)
