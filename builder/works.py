"""The words of a reference list: one entry of `modules/references.yml`, in the fields of CSL-JSON.

Nothing in, nothing out, nothing touched. The fields are those of https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from annotated_types import Ge, Le, Predicate
from typing_extensions import NotRequired, TypedDict  # noqa: UP035  pydantic wants these before Python 3.12

from builder.kinds import Id, Text, Url, word


@word
class Name:
    """A CSL name: `family` and `given`, or `literal` for an organization."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None
    suffix: Text | None = None


def is_named(name: Name) -> bool:
    """Whether a name has a word by which a list can be sorted."""
    return bool(name.family or name.literal)


def is_doi(text: str) -> bool:
    """Whether this is a DOI itself: not its address, and not nonsense."""
    return re.fullmatch(r"10\.\d[\d.]*/\S+", text) is not None


@word
class Issued:
    """A date of which only the year must be known."""

    year: Annotated[int, Ge(1400), Le(2100)]
    month: Annotated[int, Ge(1), Le(12)] | None = None
    day: Annotated[int, Ge(1), Le(31)] | None = None


Record = TypedDict(
    "Record",
    {
        "id": Id,
        "type": Literal[
            "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset",
            "document", "paper-conference", "post-weblog", "report", "speech", "thesis", "webpage",
        ],
        "author": NotRequired[tuple[Annotated[Name, Predicate(is_named)], ...]],
        "editor": NotRequired[tuple[Annotated[Name, Predicate(is_named)], ...]],
        "title": Text,
        "container-title": NotRequired[Text],
        "collection-title": NotRequired[Text],
        "issued": Issued,
        "accessed": NotRequired[Issued],
        "volume": NotRequired[Text],
        "issue": NotRequired[Text],
        "page": NotRequired[Text],
        "number": NotRequired[Text],
        "edition": NotRequired[Text],
        "genre": NotRequired[Text],
        "publisher": NotRequired[Text],
        "publisher-place": NotRequired[Text],
        "event": NotRequired[Text],
        "note": NotRequired[Text],
        "language": NotRequired[Text],
        "DOI": NotRequired[Annotated[str, Predicate(is_doi)]],
        "URL": NotRequired[Url],
        "ISBN": NotRequired[Text],
        "ISSN": NotRequired[Text],
        "PMID": NotRequired[Text],
        "verified": NotRequired[Literal["page", "memory"]],
        "verified_at": NotRequired[tuple[Text, ...]],
        "fields_from_memory": NotRequired[tuple[Text, ...]],
        "supports": NotRequired[Text],
        "caution": NotRequired[Text],
        "modules": NotRequired[tuple[int, ...]],
    },
)  # fmt: skip
"""One entry of `modules/references.yml`: CSL-JSON fields, then this project's own, which are not printed."""

Record.__pydantic_config__ = {"extra": "forbid", "str_strip_whitespace": True}  # type: ignore[attr-defined]

NOT_PRINTED = ("verified", "verified_at", "fields_from_memory", "supports", "caution", "modules")
