"""The list of works: every reference formatted once, in AMA style, by a CSL processor.

In: `Reference` values. Out: Markdown for each entry. Touches nothing but the style in this package.
The style is the Citation Style Language project's (CC BY-SA 3.0); its beginning lists what we changed.

Nothing in a work is Markdown. The processor gets no character that it could pass on as markup: each `<`, each tag that
CSL knows and each address is replaced by a private-use character. A tag that comes back is the style's.
"""

from __future__ import annotations

import functools
import html
import importlib.resources
import io
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from builder.dialect.citations.fields import prepared
from builder.dialect.escaping import escaped, exact, target
from builder.dialect.links import doi_address

_STYLE = "american-medical-association.csl"

_ELEMENTS = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup"}
"""The element for each tag of the style and of titles."""

_TAG = "</?(?:i|em|b|strong|sub|sup)>"
_AS_IS = r'<span class="nocase">(?P<as_is>[^<>]*)</span>'
_RICH = ("title", "container-title", "container-title-short", "collection-title")
"""Fields in which CSL's tags are tags; elsewhere they are text."""

_SPECIAL, _SPECIAL_IN_TITLES = (re.compile(rf"{more}[<>&\U000f0000-\U0010ffff]") for more in ("", f"{_AS_IS}|{_TAG}|"))
_FIRST, _NO_STOP = 0xF0000, "\U0010fffd"
"""The first of the private-use characters that replace something, and one that suppresses the period after it. Such
characters in a work itself are replaced as well."""

_ENDED = re.compile(r"[?!](?:</\w+>|[\"'”’])*$")  # noqa: RUF001
"""How a title ends after which AMA sets no period."""

_PIECE = re.compile(rf"({_TAG}|(?:doi:)?[\U000f0000-\U0010ffff])")


class Work(Protocol):
    """A work of a reference list, in the fields of CSL-JSON."""

    @property
    def csl(self) -> Mapping[str, Any]:
        """Its fields."""


def entries(works: Iterable[Work]) -> Mapping[str, str]:
    """Format each work's entry in the list.

    Returns:
        The entry's Markdown by the work's id, in AMA style (AMA Manual of Style, 11th edition).
    """
    return _entries(json.dumps([work.csl for work in works], sort_keys=True, default=str))


@functools.lru_cache(maxsize=4)
def _entries(records: str) -> Mapping[str, str]:
    """Format works given as CSL-JSON; memoized, because the works seldom change while an author previews pages."""
    meant: list[str] = []
    veiled = [_veiled(prepared(record), meant) for record in json.loads(records)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of fields that it does not print
        bibliography = CitationStylesBibliography(_style(), CiteProcJSON(veiled), formatter.html)
        for record in veiled:
            bibliography.register(Citation([CitationItem(record["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    return {record["id"]: _markdown(line, meant) for record, line in zip(veiled, lines, strict=True)}


def _style() -> Any:
    style = importlib.resources.files("builder.dialect.citations").joinpath("styles", _STYLE).read_bytes()
    return CitationStylesStyle(io.BytesIO(style), validate=False)


def _veiled(value: Any, meant: list[str], key: str = "") -> Any:
    """A record with a private-use character for everything special in it; `meant` gets what each one means."""
    if isinstance(value, dict):
        return {name: _veiled(each, meant, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_veiled(each, meant) for each in value]
    if not isinstance(value, str) or key in {"id", "type"}:
        return value

    def stand_in(special: str) -> str:
        meant.append(special)
        return chr(_FIRST + len(meant) - 1)

    def veil(found: re.Match[str]) -> str:
        as_is = found.groupdict().get("as_is")
        return stand_in(found[0]) if as_is is None else "".join(map(stand_in, as_is))

    if key in {"DOI", "URL"}:
        return stand_in(value if key == "URL" else f"doi:{value}")
    if key not in _RICH:
        return _SPECIAL.sub(veil, value)
    return _SPECIAL_IN_TITLES.sub(veil, value) + (_NO_STOP if _ENDED.search(value) else "")


def _markdown(line: str, meant: list[str]) -> str:
    """Turn citeproc's HTML into Markdown with links."""
    line = html.unescape(line)  # of terms of the style: the work's own `&` is veiled
    line = re.sub(rf"{_NO_STOP}((?:{_TAG})*)\.?", r"\1", line)
    return re.sub(r"\s+", " ", "".join(_written(line, meant))).strip()


def _written(line: str, meant: list[str]) -> Iterator[str]:
    """A line's text without marks, its links, and its tags, each closed again."""
    opened: list[str] = []
    words = ""
    for piece in _PIECE.split(line):
        stands_for = meant[ord(piece[-1]) - _FIRST] if piece and ord(piece[-1]) >= _FIRST else piece
        is_tag = re.fullmatch(_TAG, stands_for) is not None
        if not is_tag and (len(stands_for) == 1 or stands_for is piece):
            words += stands_for
            continue
        yield str(escaped(words))
        words = ""
        yield _tag(stands_for, opened) if is_tag else _link(stands_for)
    yield str(escaped(words))
    yield from (f"</{element}>" for element in reversed(opened) if element)


def _tag(tag: str, opened: list[str]) -> str:
    """The element for a tag; nothing for one within the same tag, or for an end without a beginning."""
    element = _ELEMENTS[tag.strip("</>")]
    if not tag.startswith("</"):
        opened.append("" if element in opened else element)
        return f"<{element}>" if opened[-1] else ""
    last = opened.pop() if opened else ""
    return f"</{last}>" if last else ""


def _link(address: str) -> str:
    """A link to a web address or to a DOI, which is also the link's text."""
    leads = doi_address(address.removeprefix("doi:")) if address.startswith("doi:") else address
    return f"[{exact(address)}]({target(leads)})"
