"""Names of people as spreadsheets have them, last name first: they would be printed like that.

In: the located file of a cohort. Out: problems. Touches nothing.
"""

from __future__ import annotations

import re
import unicodedata

from builder.problems import Problems
from builder.sources.yaml import Located

_COMMA = re.compile(r"\s*[,\uff0c]\s*")

_WITHIN = "'\u2019\u200c\u200d\u02bb-"

_BEHIND = frozenset(
    ["bsc", "dds", "dphil", "drph", "edd", "esq", "ii", "iii", "iv", "jr", "mbbs", "mbchb", "md", "mph", "mphil", "msc",
     "pharmd", "phd", "psyd", "rn", "scd", "sr"]
)  # fmt: skip
"""Degrees and generations, which may follow a name and a comma and are no first name; others count in capitals."""


def check_names(located: Located, problems: Problems) -> None:
    """Report each person of a team or a pair whose last name comes first, with the name in the right order."""
    for keys, value in located.texts():
        is_name = keys[:1] in {("teams",), ("pairs",)} and len(keys) > 3 and keys[-1] == "name"
        if is_name and (turned := in_order(value.content)):
            hint = f"write {turned!r}, as it is to be printed; two people are two entries"
            problems.add(located.place(*keys), f"a name with the last name first ({hint})")


def in_order(name: str) -> str | None:
    """Write "Last, First" as "First Last", with any degrees after it; None if the comma means something else."""
    last, *others = _COMMA.split(name.strip())
    firsts = [each for each in others if each and not _is_behind(each, last)]
    if not last or len(firsts) != 1:
        return None
    behind = [each for each in others if each and each not in firsts]
    return ", ".join([f"{firsts[0]} {last}", *behind])


def _is_behind(part: str, last: str) -> bool:
    """Whether a part consists of degrees, or is a remark: in small letters, with digits, or in brackets."""
    return part[0].islower() or all(
        not all(unicodedata.category(sign)[0] in "LM" or sign in _WITHIN for sign in word)
        or word.casefold() in _BEHIND
        or (word.isupper() and word.isascii() and not last.isupper())
        for word in part.split()
    )
