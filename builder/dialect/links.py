"""Addresses: web addresses, e-mail addresses and DOIs, each by an allow list of characters, and how they enter a link.

In: single values. Out: whether they are well formed, the first excerpt that is not, and addresses that can be written
in Markdown, HTML and XML as they are. Touches nothing. Characters are those of RFC 3986, hosts those of RFC 1123 and,
with letters of other alphabets, IDNA.
"""

from __future__ import annotations

import re
import urllib.parse

from builder.dialect.faults import SignFault, first_of

_STRANGE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|\[|\]")
"""What no address may contain unescaped. RFC 3986 allows brackets around numeric hosts; we do not."""

_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_ENTITY = re.compile("&(?=#?[A-Za-z0-9]+;)")
_LABEL = re.compile(r"[^\W_](?:[^\W_]|-){0,61}[^\W_]|[^\W_]")
_PORT = re.compile("[0-9]{1,5}")
_ENCODE = "cannot be in an address (write {})"
_NO_HOST = "has no host (such as https://www.example.org/)"
_LOCAL = re.compile(r"[A-Za-z0-9_+](?:[A-Za-z0-9_+'-]|\.(?!\.))*(?<!\.)")
_NOT_OF_EMAILS = re.compile(r"[^\w.@+'-]|@(?=.*@)", re.DOTALL)
_DOI = re.compile(r"10\.[0-9][0-9.]*/\S+")
_DOTS = re.compile(r"(?<=/)\.{1,2}(?=/|$)")


def fault_of_url(text: str) -> SignFault | None:
    """What keeps a text from being an absolute web address: an excerpt, or the whole text; None if it is one."""
    scheme = re.match(r"https?://", text)
    if scheme is None:
        return SignFault(0, text, "")
    host = re.match(r"[^/?#]*", text[scheme.end() :])
    authority = host[0] if host else ""
    strange = first_of(text[scheme.end() + len(authority) :], ((_STRANGE, ""), (_PERCENT, "")))
    if fault := _fault_of_authority(authority, scheme.end()):
        return fault
    if strange is None:
        return None
    at = strange.at + scheme.end() + len(authority)
    return SignFault(at, strange.sign, _ENCODE.format(_encoded(strange.sign)))


def fault_of_site(text: str) -> SignFault | None:
    """What keeps a text from being a web address that others can begin with, which has no ? and no #; None if it is."""
    after = first_of(text, ((re.compile("[?#]"), "in an address that others begin with (leave it and the rest out)"),))
    quote = first_of(text, ((re.compile("'"), _ENCODE.format("%27")),))
    return fault_of_url(text) or after or quote


def fault_of_email(text: str) -> SignFault | None:
    """What keeps a text from being a single e-mail address: a character, or the whole text; None if it is one."""
    strange = _NOT_OF_EMAILS.search(text)
    local, _, host = text.partition("@")
    if strange and local and host:
        return SignFault(strange.start(), strange[0], "cannot be in an e-mail address")
    good = _LOCAL.fullmatch(local) and "." in host and _is_host(host) and not host.rpartition(".")[2].isdigit()
    return None if good else SignFault(0, text, "")


def fault_of_mailto(text: str) -> SignFault | None:
    """What keeps a text from being an address such as mailto:a@example.org; None if it is one."""
    address, _, query = text.removeprefix("mailto:").partition("?")
    strange = first_of(query, ((_STRANGE, ""), (_PERCENT, "")))
    if fault := fault_of_email(address):
        return fault
    return SignFault(0, strange.sign, _ENCODE.format(_encoded(strange.sign))) if strange else None


def fault_of_doi(text: str) -> SignFault | None:
    """What keeps a text from being a DOI: a character, or the whole text; None if it is one.

    A DOI may contain any printable character (ISO 26324); older ones have brackets, angle brackets and semicolons
    (ANSI/NISO Z39.84; SICI). Browsers would drop parts that are only dots.
    """
    if _DOI.fullmatch(text) is None:
        return SignFault(0, text, "")
    unseen = next((at for at, char in enumerate(text) if not char.isprintable()), None)
    if unseen is not None:
        return SignFault(unseen, text[unseen], "cannot be in a DOI")
    return first_of(text, ((_DOTS, "cannot be a part of a DOI between slashes"),))


def doi_address(doi: str) -> str:
    """The address of a DOI, with each character percent-encoded that might not work in a Markdown link."""
    return f"https://doi.org/{urllib.parse.quote(doi, safe='/:;.-_~')}"


def in_link(address: str) -> str:
    """An address, absolute or relative, for the parentheses of a Markdown link and for an attribute.

    Percent encoding in it stays; parentheses and all characters that Markdown may interpret are encoded too.
    """
    return _ENTITY.sub("%26", urllib.parse.quote(address, safe="/:;?#@!$&+,=.-_~%"))


def _fault_of_authority(authority: str, start: int) -> SignFault | None:
    """What is wrong with an address's authority: a host and an optional port."""
    host, colon, port = authority.partition(":")
    if "@" in authority:
        return SignFault(start, authority, "names a user in a web address (leave out what is before @, and the @)")
    if colon and not (_PORT.fullmatch(port) and 0 < int(port) < 65536):
        return SignFault(start, authority, "has no port behind its colon (a number up to 65535)")
    if not host:
        return SignFault(0, "https://", _NO_HOST)
    return None if _is_host(host) else SignFault(start, authority, "is no host (letters, digits, hyphens and dots)")


def _is_host(host: str) -> bool:
    """Whether this is the name of a host, in any alphabet that its registry allows."""
    if len(host) > 253 or not all(map(_LABEL.fullmatch, host.split("."))):
        return False
    try:
        return re.fullmatch("[A-Za-z0-9.-]+", host.encode("idna").decode("ascii")) is not None
    except UnicodeError:
        return False


def _encoded(char: str) -> str:
    return "%25" if char == "%" else urllib.parse.quote(char, safe="", errors="replace")
