"""Addresses that authors wrote as plain words, and the links that become of them.

In: an address as it was found in a text. Out: Markdown. Touches nothing. Most hosts and editors make such links by
themselves, but each by another rule; so ours are written out, and are alike on every page and in print.
"""

from __future__ import annotations

import re

from builder.dialect.escaping import exact, target
from builder.dialect.links import fault_of_email, fault_of_url

ADDRESS = (
    r"(?<![\w/@.+-])(?:(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"|]+|[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)+(?![\w@-]))"
)
"""What looks like an address of the web or of mail, with the signs of the sentence that follow it."""

_AFTER = re.compile(r"[.,;:!?'*_\u2019\u201d\]}]+\Z")


def parted(found: str) -> tuple[str, str]:
    """An address, and the signs behind it that belong to the sentence: a parenthesis that it did not open is one."""
    address = found
    while True:
        shorter = _AFTER.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address, found[len(address) :]
        address = shorter


def is_linkable(address: str) -> bool:
    """Whether a link can be made of an address as it was written."""
    return fault_of_email(address) is None or fault_of_url(_full(address)) is None


def linked(found: str) -> str | None:
    """A link of an address, with what follows it; None where no link can be made of it."""
    address, after = parted(found)
    if not is_linkable(address) or "&#" in address:  # signs that the program wrote as words stay words
        return None
    if address == _full(address):
        return f"<{address}>{after}"
    return f"[{exact(address)}]({target(_full(address))}){after}"


def _full(address: str) -> str:
    return f"https://{address}" if address.lower().startswith("www.") else address
