"""Addresses that authors wrote as plain text, and the links made from them.

In: an address as found in a text. Out: Markdown. Touches nothing. Most hosts and editors make such links by themselves,
but each by another rule; so ours are written out, and are the same on every page and in print.
"""

from __future__ import annotations

import re

from builder.dialect.escaping import exact, target
from builder.dialect.links import fault_of_email, fault_of_url

ADDRESS = (
    r"(?<![\w/@.+-])(?:(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"|]+|[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)+(?![\w@-]))"
)
"""What looks like a web or e-mail address, with the punctuation after it."""

_AFTER = re.compile(r"[.,;:!?'*_\u2019\u201d\]}]+\Z")


def parted(found: str) -> tuple[str, str]:
    """Split an address from the punctuation after it, such as a parenthesis that the address did not open."""
    address = found
    while True:
        shorter = _AFTER.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address, found[len(address) :]
        address = shorter


def is_linkable(address: str) -> bool:
    """Whether a link can be made from an address as it is written."""
    return fault_of_email(address) is None or fault_of_url(_full(address)) is None


def linked(found: str) -> str | None:
    """Make a Markdown link from an address, followed by the punctuation after it.

    Returns:
        None if no link can be made from it.
    """
    address, after = parted(found)
    if not is_linkable(address) or "&#" in address:  # characters that the program has escaped stay text
        return None
    if address == _full(address):
        return f"<{address}>{after}"
    return f"[{exact(address)}]({target(_full(address))}){after}"


def _full(address: str) -> str:
    return f"https://{address}" if address.lower().startswith("www.") else address
