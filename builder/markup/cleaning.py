"""Cleaning: the text of a page goes through the sanitizer of a trusted library, which allows what our table lists.

In: the HTML of a text. Out: the same HTML, and what differs if it is not the same to a browser. Touches nothing.
"""

from __future__ import annotations

import nh3

from builder.markup.judging import Fault, faults_of_text, shape
from builder.markup.table import BODY
from builder.problems import shown
from builder.sources.images.drawings import ATTRIBUTES, ELEMENTS


def clean(html: str) -> tuple[str, list[Fault]]:
    """Sanitize the text of a page.

    Returns:
        The sanitizer's HTML, and faults for what is not in our table. Without a fault, the HTML is the same to a
        browser as the given one.
    """
    cleaned = _CLEANER.clean(html)
    found = faults_of_text(html)
    if not found:
        before, after = shape(html), shape(cleaned)
        if before != after:
            at = next(at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
            name, rest = before[at]
            what, excerpt = (shown(rest), str(rest)) if name == "-text" else (f"<{name}>", f"<{name}")
            found = [
                Fault(f"{what} that a sanitizer would change, as browsers may read it in several ways", (excerpt,))
            ]
    return cleaned, found


def _kept(element: str, attribute: str, value: str) -> str | None:
    """The value if the table allows it; None otherwise."""
    form = BODY.form(element, attribute)
    is_good = (form and form.fullmatch(value)) or (element in ELEMENTS and BODY.is_drawn(attribute, value))
    return value if is_good else None


_CLEANER = nh3.Cleaner(
    tags={*BODY.elements, *ELEMENTS},
    attributes={
        name: {*(BODY.attributes(name) if name in BODY.elements else ()), *(ATTRIBUTES if name in ELEMENTS else ())}
        for name in {*BODY.elements, *ELEMENTS}
    },
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
