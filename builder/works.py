"""The words of a reference list: one entry of `modules/references.yml`, in the fields of CSL-JSON.

None of them is Markdown: they are shown sign for sign, titles with the few tags that CSL knows.

Nothing in, nothing out, nothing touched. The fields are those of https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, Predicate
from typing_extensions import NotRequired, TypedDict  # noqa: UP035  pydantic wants these before Python 3.12

from builder.kinds import Cited, Doi, Id, Memo, Url, Verbatim, word


@word
class Name:
    """A CSL name: `family` and `given`, or `literal` for an organization."""

    family: Verbatim | None = None
    given: Verbatim | None = None
    literal: Verbatim | None = None
    suffix: Verbatim | None = None


def is_named(name: Name) -> bool:
    """Whether a name has a word by which a list can be sorted."""
    return bool(name.family or name.literal)


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
        "title": Cited,
        "container-title": NotRequired[Cited],
        "collection-title": NotRequired[Cited],
        "issued": Issued,
        "accessed": NotRequired[Issued],
        "volume": NotRequired[Verbatim],
        "issue": NotRequired[Verbatim],
        "page": NotRequired[Verbatim],
        "number": NotRequired[Verbatim],
        "edition": NotRequired[Verbatim],
        "genre": NotRequired[Verbatim],
        "publisher": NotRequired[Verbatim],
        "publisher-place": NotRequired[Verbatim],
        "event": NotRequired[Verbatim],
        "note": NotRequired[Verbatim],
        "language": NotRequired[Verbatim],
        "DOI": NotRequired[Doi],
        "URL": NotRequired[Url],
        "ISBN": NotRequired[Verbatim],
        "ISSN": NotRequired[Verbatim],
        "PMID": NotRequired[Verbatim],
        "verified": NotRequired[Literal["page", "memory"]],
        "verified_at": NotRequired[tuple[Memo, ...]],
        "fields_from_memory": NotRequired[tuple[Memo, ...]],
        "supports": NotRequired[Memo],
        "caution": NotRequired[Memo],
        "modules": NotRequired[tuple[int, ...]],
    },
)  # fmt: skip
"""One entry of `modules/references.yml`: CSL-JSON fields, then this project's own, which are not printed."""

Record.__pydantic_config__ = {"extra": "forbid", "str_strip_whitespace": True}  # type: ignore[attr-defined]

NOT_PRINTED = ("verified", "verified_at", "fields_from_memory", "supports", "caution", "modules")
