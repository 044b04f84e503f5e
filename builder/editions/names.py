"""Names of editions: which are legal everywhere, which is newer, and which are only previews.

In: names. Out: an order, or what is wrong with a name. Touches nothing; imports `packaging`, and no other room does.
"""

from __future__ import annotations

from packaging.version import InvalidVersion, Version

_LONGEST = 32

_SUCH_AS = "such as 2026.1, or 2026.2rc1 for a preview"


def problem_with_name(name: str) -> str | None:
    """The message about a bad name of an edition; None for a good one.

    A name is a version number (PEP 440) in its shortest spelling: then no two names differ only in capitals, and none
    has a meaning to a disk, a shell, a web server or Windows.
    """
    try:
        version = Version(name)
    except InvalidVersion:
        return f"{name!r} cannot be the name of an edition (a year and a number, {_SUCH_AS})"
    if version.epoch or version.local or len(name) > _LONGEST:
        return f"{name!r} cannot be the name of an edition (only a version number, {_SUCH_AS})"
    return None if name == str(version) else f"{name!r} is not how this edition is spelled (write {str(version)!r})"


def order(name: str) -> Version:
    """The key by which editions are sorted; equal for names that mean the same edition, such as 2026.1 and 2026.1.0."""
    return Version(name)


def is_preview(name: str) -> bool:
    """Whether an edition is a preview, such as 2026.2rc1, which never counts as the latest."""
    return Version(name).is_prerelease
