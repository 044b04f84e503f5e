"""How a text names an image: one reading of its address, and one comparison with the names of files.

In: an address as Markdown gives it, and paths of files. Out: the path that it names, or what is wrong with it, even if
that is invisible. Touches nothing.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

_NUMBERS = ("no", "one", "two", "three", "four", "five")


def resolve(folder: str, address: str) -> str:
    """The path under the root that an image's address means.

    Args:
        folder: The folder of the text, under the root.
        address: The address as Markdown gives it, perhaps percent-encoded.
    """
    return posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(address)))


def fault_of_address(address: str) -> str | None:
    """The message about an address that no file can have, with what to do; None for a good address."""
    name = urllib.parse.unquote(address)
    if re.search(r"\s", address):
        return f"an address with a space (rename the file, such as {_plain(name)})"
    if _SCHEME.match(address):
        return "an image on another site (save it here, beside the text, in images/)"
    if "\\" in name:
        return f"an address with a backslash (write {address.replace(chr(92), '/')})"
    if address.startswith("/"):
        return "starts at the server's root (write it from the folder of this text, such as images/name.svg)"
    if re.search("[?#]", address):
        return f"more than a file's name (write {re.split('[?#]', address)[0]})"
    return "an address with a slash written as %2F (write /)" if re.search("%2f", address, re.IGNORECASE) else None


def difference(path: str, files: Iterable[str]) -> tuple[str, str] | None:
    """Find the file whose path differs from `path` only in what is easily overlooked, such as capitals and accents.

    Returns:
        The file's path, and a description of the first difference; None if there is no such file.
    """
    for file in sorted(files):
        if file != path and _key(file) == _key(path):
            return file, _difference(path, file)
    return None


def _key(path: str) -> str:
    """A path without what is easily overlooked: capitals, forms of accents, kinds of space, invisible characters."""
    visible = "".join(char for char in path if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold()).split())


def _difference(path: str, file: str) -> str:
    here, there = _clusters(path), _clusters(file)
    at = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
    if at is None:
        return "its name ends in a character that no one can see"
    one, other = here[at], there[at]
    if one.casefold() == other.casefold() and len(one) == len(other) == 1:
        return f"small and capital letters count: {one} here, {other} in its name"
    return f"{_spelled(one)} here, {_spelled(other)} in its name"


def _clusters(text: str) -> list[str]:
    """Letters, each with the marks that are written after it."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _spelled(cluster: str) -> str:
    numbers = " ".join(f"U+{ord(char):04X}" for char in cluster)
    count = _NUMBERS[len(cluster)] if len(cluster) < len(_NUMBERS) else str(len(cluster))
    shown = (
        cluster
        if cluster.isprintable() and not cluster.isspace()
        else unicodedata.name(cluster[0], "a character").lower()
    )
    return f"{shown} as {count} character{'s' if len(cluster) != 1 else ''} ({numbers})"


def _plain(name: str) -> str:
    """A file's name in small letters, digits and hyphens."""
    stem, suffix = posixpath.splitext(posixpath.basename(name).lower())
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return (re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "image") + suffix.strip()
