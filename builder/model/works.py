"""The words of a reference list: one entry of `modules/references.yml`, in the fields of CSL-JSON.

None of them is Markdown: they are shown sign for sign, titles with the few tags that CSL knows.

Nothing in, nothing out, nothing touched. The fields are those of https://docs.citationstyles.org/en/stable/specification.html.
What else Zotero and Crossref write about a work is in `NOT_PRINTED`: it is taken, and no entry in AMA style shows it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from annotated_types import Ge, Le, Predicate
from typing_extensions import NotRequired, TypedDict  # noqa: UP035  pydantic wants these before Python 3.12

from builder.model.kinds import Cited, Doi, Id, Memo, Url, Verbatim, record

Name = TypedDict(
    "Name",
    {
        "family": NotRequired[Verbatim],
        "given": NotRequired[Verbatim],
        "literal": NotRequired[Verbatim],
        "suffix": NotRequired[Verbatim],
        "dropping-particle": NotRequired[Verbatim],
        "non-dropping-particle": NotRequired[Verbatim],
    },
)
"""A CSL name: `family` and `given`, or `literal` for an organization."""

Name.__pydantic_config__ = {"extra": "forbid", "str_strip_whitespace": True}  # type: ignore[attr-defined]


def is_named(name: Name) -> bool:
    """Whether a name has a word by which a list can be sorted."""
    return bool(name.get("family") or name.get("literal"))


@record
class Issued:
    """A date of which only the year must be known."""

    year: Annotated[int, Ge(1400), Le(2100)]
    month: Annotated[int, Ge(1), Le(12)] | None = None
    day: Annotated[int, Ge(1), Le(31)] | None = None


def is_in_calendar(date: Issued) -> bool:
    """Whether a date exists: a day has its month, and the month has that day."""
    if date.day is None:
        return True
    try:
        return date.month is not None and dt.date(date.year, date.month, date.day) is not None
    except ValueError:
        return False


Names = tuple[Annotated[Name, Predicate(is_named)], ...]
Date = Annotated[Issued, Predicate(is_in_calendar)]

Record = TypedDict(
    "Record",
    {
        "id": Id,
        "type": Literal[
            "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset",
            "document", "entry-dictionary", "entry-encyclopedia", "motion_picture", "paper-conference", "post",
            "post-weblog", "report", "software", "speech", "thesis", "webpage",
        ],
        "author": NotRequired[Names],
        "editor": NotRequired[Names],
        "translator": NotRequired[Names],
        "title": Cited,
        "container-title": NotRequired[Cited],
        "container-title-short": NotRequired[Cited],
        "collection-title": NotRequired[Cited],
        "issued": NotRequired[Date],
        "accessed": NotRequired[Date],
        "volume": NotRequired[Verbatim],
        "issue": NotRequired[Verbatim],
        "supplement-number": NotRequired[Verbatim],
        "page": NotRequired[Verbatim],
        "chapter-number": NotRequired[Verbatim],
        "number": NotRequired[Verbatim],
        "version": NotRequired[Verbatim],
        "edition": NotRequired[Verbatim],
        "genre": NotRequired[Verbatim],
        "publisher": NotRequired[Verbatim],
        "event-title": NotRequired[Verbatim],
        "event-place": NotRequired[Verbatim],
        "language": NotRequired[Verbatim],
        "DOI": NotRequired[Doi],
        "URL": NotRequired[Url],
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

OURS = ("verified", "verified_at", "fields_from_memory", "supports", "caution", "modules")
"""Our notes on a work."""

NOT_PRINTED = frozenset(
    [
        # variables of CSL 1.0.2, with those of Zotero and citeproc-js
        "ISBN", "ISSN", "PMCID", "PMID", "abstract", "annote", "archive", "archive-place", "archive_collection",
        "archive_location", "authority", "available-date", "call-number", "categories", "chair", "citation-key",
        "citation-label", "citation-number", "collection-editor", "collection-number", "compiler", "composer",
        "container-author", "contributor", "curator", "custom", "dimensions", "director", "division",
        "editorial-director", "event-date", "executive-producer", "first-reference-note-number", "guest", "host",
        "illustrator", "interviewer", "jurisdiction", "keyword", "locator", "medium", "narrator", "note",
        "number-of-pages", "number-of-volumes", "organizer", "original-author", "original-date",
        "original-publisher", "original-publisher-place", "original-title", "page-first", "part-number",
        "part-title", "performer", "printing-number", "producer", "publisher-place", "recipient", "references",
        "reviewed-author", "reviewed-genre", "reviewed-title", "scale", "script-writer", "section",
        "series-creator", "shortTitle", "source", "status", "submitted", "title-short", "volume-title",
        "year-suffix",
        # what Crossref, DataCite and PubMed add to a record
        "accepted", "alternative-id", "approved", "assertion", "clinical-trial-number", "component-number",
        "content-created", "content-domain", "content-updated", "copyright", "created", "degree", "deposited",
        "epub-date", "free-to-read", "funder", "group-title", "indexed", "institution", "is-referenced-by-count",
        "isbn-type", "issn-type", "journal-issue", "license", "link", "member", "original-language", "posted",
        "ppub-date", "prefix", "proceedings-subject", "published-other", "publisher-location", "reference",
        "reference-count", "references-count", "relation", "resource", "review", "score", "short-title",
        "special-numbering", "standards-body", "subject", "update-policy", "update-to", "updated-by",
    ]
)  # fmt: skip
"""Other fields in records of reference managers and registries, which no entry shows."""

NOT_PRINTED_OF_NAMES = frozenset(
    [
        "ORCID", "affiliation", "authenticated-orcid", "comma-suffix", "isInstitution", "multi", "parse-names",
        "role", "role-start", "role-end", "sequence", "static-ordering",
    ]
)  # fmt: skip
"""The same for a name."""
