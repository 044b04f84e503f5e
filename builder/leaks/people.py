"""The names of people in a name field: without titles, degrees, roles, addresses and numbers.

In: a name as an organizer wrote it in a cohort's file. Out: full names in plain form. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.leaks.letters import plain
from builder.leaks.words import WORD, is_edge

TITLES = r"(?:\b(?:dra?|prof|professor|mrs?|ms|mx|miss|rev|herr|frau|mme)\b\.?)"
_TITLE = re.compile(rf"(?:{TITLES}|\bpd\b|\bmed\.|^\s*(?:ms?[1-4]|pgy-?[1-7])\b)\s*", re.IGNORECASE)
_DEGREE = re.compile(
    r"\s+(?:jr|sr|ii|iii|iv|md|do|phd|mph|mha|mba|ms|ma|ba|bs|msw|lcsw|lmft|edd|psyd|jd|rn|bsn|msn|dnp|np|arnp|fnp|pa"
    r"|pa-c|cnm|dpt|rd|pharmd|dds|dmd|facp|faafp|mbbs|ccrn|ms?[1-4]|pgy-?[1-7])\.?$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:\s+[A-Z][A-Z-]{1,5})+$")
"""Degrees that we do not know, after a name in small letters."""

_BESIDE = re.compile(
    r"<[^<>]*>|\[[^\[\]]*\]|\S{1,80}@\S+|https?://\S+"  # an address, a remark
    r"|\+?[0-9](?:[\s.()/-]{0,2}[0-9]){6,}"  # a telephone number
    r"|^\s*(?:[0-9]{1,3}[.)]|[#*\u2022-])\s+"  # a place in a list
    r"|\b(?:she|he|they|xe|ze)(?:/\w+)+",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^[^:]{2,30}:\s+(?=\S)|(?:\s[-\u2013\u2014]\s|\|).*$", re.DOTALL)
"""A role before a colon or after a dash."""

_TOGETHER = re.compile(r"[;/&\n]|\s(?:and|und|y|et|or)\s", re.IGNORECASE)
"""What separates two people in one name field."""

_UMLAUTS = str.maketrans(
    {dotted: f"{letter}e" for dotted, letter in zip("äöüÄÖÜ", "aouAOU", strict=True)} | {"å": "aa", "Å": "Aa"}
)


def written(name: str) -> Iterator[str]:
    """Each full name in a name field, in small letters; none for a single word.

    A name that is not ASCII is also given as other programs change it: without umlauts, and misread as Windows-1252.
    """
    for turned in dict.fromkeys(each for one in _people(name) for each in _bare(one)):
        ways = [turned] if turned.isascii() else [turned, turned.translate(_UMLAUTS), _misread(turned)]
        for spelling in dict.fromkeys(map(plain, ways)):
            words = [word for word in spelling.split() if WORD.search(word)]
            if len(words) > 1:
                yield " ".join(words)


def _people(name: str) -> Iterator[str]:
    spaced = "\n".join(" ".join(line.split()) for line in _BESIDE.sub(" ", name).splitlines())
    for one in _TOGETHER.split(_ROLE.sub("", spaced.strip())):
        yield one.strip() if " " in one.strip() else _apart(one.strip())


def _apart(account: str) -> str:
    """The words of `ann.lee`, `Ann_Lee` and `AnnLee`."""
    spaced = re.sub(r"(?<=[^\W\d_])[._](?=[^\W\d_])", " ", account)
    return "".join(
        f" {char}" if at and char.isupper() and is_edge(spaced, at) else char for at, char in enumerate(spaced)
    )


def _bare(name: str) -> Iterator[str]:
    """A name without titles and without what follows a comma; `Lee, Ann` becomes `Ann Lee`."""
    bare = _TITLE.sub("", re.split(r"[,(]", name)[0]).strip()
    given = _TITLE.sub("", name.partition(",")[2]).strip()
    turned = f"{given} {bare}" if given and len(bare.split()) == 1 else bare
    while len(turned.split()) > 2 and _DEGREE.search(turned):
        turned = _DEGREE.sub("", turned)
    yield turned
    yield _CAPITALS.sub("", turned)


def _misread(text: str) -> str:
    return text.encode().decode("cp1252", "replace")
