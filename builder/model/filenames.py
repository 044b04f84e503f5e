"""Names of files and folders: which are legal on every disk, in every address and in every archive.

In: names, paths. Out: what is wrong with them. Touches nothing; imports `pathvalidate`, and no other room does.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pathvalidate

LONGEST = 200
"""Bytes of a name. Disks allow 255, and the program adds suffixes of its own."""

_SIGNS = frozenset(" -_.,+'&@!=~")
"""What a name may contain besides letters and digits: nothing that has a meaning in addresses, shells or on disks."""

_MEANT = f"letters, digits, spaces and {' '.join(sorted(_SIGNS - {' '}))}"


_SPELLED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ŋ": "ng",
    }
)
"""Latin letters that Unicode does not decompose."""

_MARKED = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")

_LETTERS, _BYTES = 60, 150
"""How much of a person's name is used in a file's name: it leaves room for a number and a suffix."""


def of_person(name: str) -> str:
    """Spell a person's name as a file's name: Latin letters without accents, letters of other scripts as they are.

    Returns:
        Only letters, their marks, digits and hyphens; empty for a name without any letter or digit.
    """
    plain = unicodedata.normalize("NFD", name.lower().translate(_SPELLED))
    spelled = unicodedata.normalize("NFC", _MARKED.sub("", plain))
    words = "".join("-" if _divides(char) else char for char in spelled if not _is_silent(char)).split("-")
    made = "-".join(filter(None, words))[:_LETTERS]
    return made.encode()[:_BYTES].decode(errors="ignore").strip("-")


def faults(paths: Iterable[str]) -> dict[str, str]:
    """The messages about names of authored files and folders, each by the path with the bad name."""
    found: dict[str, str] = {}
    ways: dict[str, str] = {}
    for path in sorted(paths):
        for at in map(str, (*list(PurePosixPath(path).parents)[-2::-1], path)):
            if why := fault_of_name(at.rpartition("/")[2]):
                found[at] = why
            elif (other := ways.setdefault(_on_any_disk(at), at)) != at:
                name = other.rpartition("/")[2]
                found[at] = f"some disks take its name for that of {name!r} beside it (choose another name)"
    return found


@functools.lru_cache(maxsize=10_000)
def fault_of_name(name: str) -> str | None:
    """The message about the name of an authored file or folder; None if it can be published and archived."""
    if any("\ud800" <= char <= "\udfff" for char in name):
        return "a name that is not UTF-8 text (rename it)"
    if (size := len(name.encode())) > LONGEST:
        return f"a name of {size} bytes (at most {LONGEST})"
    if bad := next((char for char in name if not _is_plain(char)), None):
        return f"a name with {bad!r} (only {_MEANT})"
    if name != name.strip():
        return "a name that begins or ends with a space (rename it)"
    if name.lower().endswith(".md") and not name.endswith(".md"):
        return f"a name that ends in {name[-3:]} (write .md)"
    return None if (why := _illegal(name)) is None else f"a name that is not legal everywhere ({why})"


def fault_of_path(path: str) -> str | None:
    """The message about a path in an archive; None for a relative path with `/` that is legal everywhere.

    Archives of earlier versions may have names that `fault_of_name` would refuse.
    """
    parts = PurePosixPath(path).parts
    if path != "/".join(parts) or path.startswith("/") or ".." in parts:
        return "leads out of its folder"
    why = next(filter(None, map(_illegal, parts)), None)
    return None if why is None else f"is not a name that is legal everywhere ({why})"


def names_alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are the same to some disks as an earlier one, each with that one."""
    earlier: dict[str, str] = {}
    for name in names:
        same = _on_any_disk(name)
        if same in earlier:
            yield name, earlier[same]
        earlier.setdefault(same, name)


def _on_any_disk(name: str) -> str:
    """A name as disks see it that ignore capitals and forms of accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_silent(char: str) -> bool:
    """Whether a character within a word splits nothing: an apostrophe, a letter that modifies another, a joiner."""
    return char in "'\N{RIGHT SINGLE QUOTATION MARK}" or unicodedata.category(char) in {"Lm", "Cf"}


def _divides(char: str) -> bool:
    return unicodedata.category(char)[0] not in "LMN"


def _is_plain(char: str) -> bool:
    return char in _SIGNS or unicodedata.category(char)[0] in "LMN"


def _illegal(name: str) -> str | None:
    try:
        pathvalidate.validate_filename(name, platform="universal")
    except pathvalidate.ValidationError as error:
        return error.reason.description
    return None
