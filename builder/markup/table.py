"""The table of what our pages consist of: every element, its attributes, and the form of each attribute's value.

In: the name of an element or an attribute. Out: what is allowed. Touches nothing. What is not here is in no page of
ours, so a page that has it was not made by us alone. `sources.images.drawings` lists the elements of drawings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.sources.images import drawings

Form = re.Pattern[str]

_ANY = re.compile(r"[\s\S]*")
_NOTHING = re.compile("")
_NUMBER = re.compile(r"-?\d{1,4}")
_NAME = re.compile(r"[\w-]*")
_NAMES = re.compile(r"[\w\s-]*")
_ID = re.compile(r"(?!__)\S+")
"""Names that begin with `__` are Material's: it reads its settings from the first element that has one."""

_WORDS_OF_CLASSES = (
    "admonition admonition-title content-note definition evidence facilitator figure note practice reflection solution "
    "story "
    "footnote footnote-ref footnote-backref "
    "activity agreements apparatus ask asked blank blank-name button button--primary buttons changes cite "
    "code-comment code-keyword code-name code-number code-string "
    "clock close core done door doors drawing facts fold glossary halves imprint jump kicker label more moved new-page "
    "next notes on-paper page paged parked path pdf prints promise provenance question references run-sheet said "
    "sections sheet sign-in small solo source task term time together unasked web wording write md-button"
)
"""Classes that our templates and the dialect give to parts of a text. Of Material's own, of which some load programs
from other hosts and others cover the frame, there is one, a button's."""

_CLASSES = re.compile(rf"\s*(?:(?:{'|'.join(_WORDS_OF_CLASSES.split())}|language-[\w+-]+)(?:\s+|$))*")

_ALIGNED = re.compile(r"text-align: (?:left|center|right);?")
_LINES = re.compile(r"--lines: \d{1,2};?")

_RELATIVE = r"(?![^/?#]*:)(?!//)[^\s\\\x00-\x1f\x7f](?:[^\\\x00-\x1f\x7f]*[^\s\\\x00-\x1f\x7f])?"
FILE = re.compile(rf"(?:{_RELATIVE})?")
"""The address of a file on the same host: no scheme, no host, and nothing that browsers drop or rewrite."""

LINK = re.compile(rf"(?:(?:https?://|mailto:)[^\s\\\x00-\x1f\x7f]+|{_RELATIVE})?", re.IGNORECASE)
"""An address that a reader may follow: of the web, of a person, or of a file on the same host."""

SCRIPT = re.compile(r"/?(?:[\w.~%-]+/)*assets/javascripts/(?:[\w-]+/)*[\w.-]+\.js")
"""The address of a script: one of the site, where Material's and ours are."""

MOST_DEEP = 64
"""Levels of elements; our deepest page has 20. Browsers stop at 512, and other parsers earlier."""


@dataclass(frozen=True, slots=True)
class Table:
    """Elements with their attributes, and attributes that all may have; each value has a pattern."""

    elements: Mapping[str, Mapping[str, Form]]
    anywhere: Mapping[str, Form]
    drawn: Mapping[str, Form]  # attributes of drawings beyond those of a drawing in a text

    def form(self, element: str, attribute: str) -> Form | None:
        """The pattern of an attribute's value on an element; None if the element may not have the attribute."""
        return self.elements.get(element, {}).get(attribute) or self.anywhere.get(attribute)

    def attributes(self, element: str) -> list[str]:
        """List the attributes that an element may have."""
        return sorted({*self.elements.get(element, ()), *self.anywhere})

    def is_drawn(self, attribute: str, value: str) -> bool:
        """Whether an element of a drawing may have this attribute with this value."""
        own = self.drawn.get(attribute)
        return bool(own and own.fullmatch(value)) or drawings.is_safe_value(attribute, value)


def _words(*words: str) -> Form:
    return re.compile("|".join(map(re.escape, words)))


def _each(names: str, **attributes: Form) -> dict[str, Mapping[str, Form]]:
    """Give all of these elements the same attributes, whose names are written with `_` for `-`."""
    written = {name.rstrip("_").replace("_", "-"): form for name, form in attributes.items()}
    return dict.fromkeys(names.split(), written)


_DIALECT = (
    _each("p ul li dl dt dd table thead tbody tr blockquote pre code hr h1 h2 h3 h4 h5 h6 em strong")
    | _each("br sub sup abbr kbd q cite")
    | _each("a", href=LINK)
    | _each("img", src=FILE, alt=_ANY)
    | _each("ol", start=_NUMBER)
    | _each("th td", style=_ALIGNED)
)
"""What the Markdown dialect makes, and what authors may write in HTML."""

_COMPOSED = (
    _each("section span details summary figure figcaption del ins")
    | _each("div", data_lines=_NUMBER, style=_LINES)
    | _each("li", data_moved=_NOTHING)  # redirects from a former address
)
"""What our templates and the apparatus add: places to write, folds, figures, changes."""

BODY = Table(
    elements=_DIALECT | _COMPOSED,
    anywhere={
        "id": _ID, "class": _CLASSES, "lang": _NAME, "title": _ANY, "aria-label": _ANY, "data-search-exclude": _NOTHING,
    },
    drawn={},
)  # fmt: skip
"""The text of a page: what a document becomes, drawings included."""

_HEAD = (
    _each("html", lang=_NAME, dir=_words("ltr", "rtl"), class_=_NAMES)
    | _each("head title noscript style")
    | _each(
        "meta", charset=_words("utf-8"), content=_ANY, http_equiv=_words("Content-Security-Policy", "refresh"),
        name=_words("viewport", "description", "author", "generator", "color-scheme", "referrer", "robots"),
    )
    | _each(
        "link", rel=_words("stylesheet", "icon", "preload", "prev", "next", "canonical"), href=LINK,
        as_=_words("font"), type=_words("font/woff2"), crossorigin=_NOTHING,
    )
    | _each("script", src=SCRIPT, type=_words("application/json"), id=_words("__config", "__words", "data"))
)  # fmt: skip

_AROUND = (
    _each("body", dir=_words("ltr", "rtl"))
    | _each("header footer main nav aside article b caption colgroup col")
    | _each("time", datetime=re.compile(r"[\dT:-]+"))
    | _each("form", name=_NAME)
    | _each("label", for_=_NAME)
    | _each("button", type=_words("button", "submit"))
    | _each(
        "input", type=_words("checkbox", "radio", "text"), name=_NAME, placeholder=_ANY, required=_NOTHING,
        autocomplete=_words("off"), autocapitalize=_words("off"), spellcheck=_words("false"),
    )
    | _each("th td", style=_ALIGNED, scope=_words("col", "row"), colspan=_NUMBER)
    | _each("table", style=re.compile(r"--meetings: \d{1,3}"))
    | _each("a", href=LINK, rel=_words("noreferrer"), download=_NOTHING)
)  # fmt: skip

FRAME = Table(
    elements={**BODY.elements, **_HEAD, **_AROUND},
    anywhere={
        "id": re.compile(r"\S*"), "class": _ANY, "lang": _NAME, "title": _ANY, "role": _NAME,
        "hidden": _NOTHING, "tabindex": _words("0", "-1"), "aria-label": _ANY,
        "aria-labelledby": re.compile(r"[\w.-]+"), "aria-controls": _NAME, "aria-current": _NAME,
        "aria-expanded": _NAME, "aria-hidden": _NAME, "aria-live": _NAME,
        "data-md-component": _NAME, "data-md-type": _NAME, "data-md-toggle": _NAME,
        "data-md-color-media": _ANY, "data-md-color-scheme": _NAME, "data-md-color-primary": _NAME,
        "data-md-color-accent": _NAME, "data-opens": _NAME, "data-edition": _ANY, "data-home": FILE, "data-to": FILE,
        "data-list": _NOTHING, "data-public": _NOTHING, "data-moved": _NOTHING,
    },
    drawn={"class": _NAMES, "aria-hidden": _NAME},
)  # fmt: skip
"""A whole page: Material's frame with our partials, pages beside editions and at former addresses, the overview."""

TEXTS_OF_SEARCH = Table(_each("p code pre li ol ul sub sup"), {}, {})
"""What Material's search keeps of a text, without any attribute, and writes into its list of results."""
