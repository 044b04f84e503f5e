"""Leftovers: files that syncing folders, editors and merges create beside one's own, recognized by their names.

In: names of files and folders, or a text. Out: what creates files with such names, and where a merge left its marks.
Touches nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

_SYNCING, _COPY, _EDITOR, _MERGE = "a syncing folder", "copying a file", "an editor", "a merge"
_DOWNLOAD = "a download"

_DROPPINGS = frozenset({"thumbs.db", "desktop.ini", "icon\r"})

_ENDS = r"(?:\.\w{1,5})?$"
"""A file's suffix."""

_SURE = (
    (rf"\([^()]*(?:conf(?:lict|lit)|konflikt)[^()]*\).*{_ENDS}|\[conflict(?:ed)?\]", _SYNCING),
    (r"\.sync-conflict-\d{8}-|_conflict-\d{8}|_\w{3}-\d{2}-\d{4}-\d{4}_conflict", _SYNCING),
    (rf"-(?-i:DESKTOP|LAPTOP)-(?-i:[A-Z0-9]{{3,}})(?:-\d+)?{_ENDS}", _SYNCING),
    (r"^(?:cop(?:y|ie|ia)|kopie) (?:\(\d+\) )?(?:of|von|de) ", _COPY),
    (rf" - (?:cop(?:y|ie|ia)|kopie)(?: ?\(\d+\))?{_ENDS}", _COPY),
    (rf" ?\((?:\d{{1,3}}|(?:another |\d+[a-z]{{2}} )?(?:cop(?:y|ie|ia)|kopie)(?: \d+)?)\){_ENDS}", _COPY),
    (r"^#.*#$|~$|^~\$|^~wrl|\.(?:sw[a-px]|kate-swp|autosave|asd)$", _EDITOR),
    (rf"\.(?:bak|backup|old|save|tmp|temp)\d*{_ENDS}", _EDITOR),
    (
        rf"\.(?:orig|rej|mine|theirs|ours|yours|working|r\d+|merge-(?:left|right)){_ENDS}|\.merge-(?:left|right)\.",
        _MERGE,
    ),
    (rf"[._](?:backup|base|local|remote)[._]\d*{_ENDS}", _MERGE),
    (r"\.(?:crdownload|part|partial|download|opdownload)$", _DOWNLOAD),
)
"""Patterns of names that nobody chooses, and what creates them."""

_LIKELY = (
    (r"(?P<own>.+?)[ _-]\d{1,3}", _COPY),
    (r"(?P<own>.+?)[ _-](?:cop(?:y|ie|ia)|kopie)(?:[ _-]?\d+)?", _COPY),
    (r"(?P<own>.+?)[ _-](?:bak|backup|old|orig|tmp)", _EDITOR),
    (r"(?P<own>.+?)[ _-](?-i:[A-Z0-9]*[A-Z][A-Z0-9-]{2,14})", _SYNCING),
    (r"(?P<own>.+?)-(?:desktop|laptop)-\w+", _SYNCING),
    (r"(?P<own>.+?)-(?:[\w'\u2019]+-)*(?-i:PC|MacBook|iMac|Mac|iPad|iPhone|Surface|ThinkPad)(?:-\w+)*", _SYNCING),
    (r"(?P<own>.+?)[._](?-i:BACKUP|BASE|LOCAL|REMOTE|HEAD)", _MERGE),
)
"""Patterns of names that are leftovers only if the original file (`own`) is there too; else somebody chose them."""


_MARK = re.compile(r"^(?:(?P<begin><{7})|(?P<base>\|{7})|(?P<end>>{7}))(?:[ ].*)?$|^={7}$", re.MULTILINE)
"""The lines that git writes around two versions that it could not merge."""


def merges(text: str) -> Iterator[tuple[int, str]]:
    """The conflicts that a merge left in a text: the offset of each, and the message."""
    marks = list(_MARK.finditer(text))
    groups: list[list[re.Match[str]]] = []
    for at, mark in enumerate(marks):
        within = bool(groups) and groups[-1][-1]["end"] is None and not mark["begin"]
        ends = at + 1 < len(marks) and marks[at + 1]["end"] is not None
        alone = text[max(0, mark.start() - 2) : mark.start()].strip("\n") == ""
        if within:
            groups[-1].append(mark)
        elif mark.lastgroup or ends or alone:  # otherwise it underlines a heading
            groups.append([mark])
    for group in groups:
        lines = [str(text.count("\n", 0, mark.start()) + 1) for mark in group]
        where = f"lines {', '.join(lines[:-1])} and {lines[-1]}" if lines[1:] else f"line {lines[0]}"
        yield group[0].start(), f"left by a merge ({where}: keep one version of the text, and delete these marks)"


def is_dropping(name: str) -> bool:
    """Whether operating systems create files of this name by themselves; these are ignored without a message."""
    return name.lower() in _DROPPINGS


def message(what: str) -> str:
    """The message about a leftover, given what left it."""
    return f"looks like a leftover of {what} (delete it, or give it a name of its own)"


def found(paths: Iterable[str], folder: str) -> Mapping[str, str]:
    """The files below a folder, and their folders, that look like leftovers.

    Returns:
        What left each of them, such as "an editor", by its path. Nothing below such a folder is listed.
    """
    root = "" if folder == "." else folder
    entries: dict[str, dict[str, bool]] = {}  # names in each folder, and whether they are files
    for path in paths:
        entries.setdefault(posixpath.dirname(path), {})[posixpath.basename(path)] = True
        above = posixpath.dirname(path)
        while above != root:
            above, base = posixpath.split(above)
            entries.setdefault(above, {})[base] = False
    return dict(_in(root, entries))


def _in(folder: str, entries: Mapping[str, Mapping[str, bool]]) -> Iterator[tuple[str, str]]:
    beside = {name.lower() for name in entries.get(folder, {})}
    for name, is_file in entries.get(folder, {}).items():
        path = posixpath.join(folder, name)
        if what := leftover(name, beside, is_file=is_file):
            yield path, what
        elif not is_file:
            yield from _in(path, entries)


def leftover(name: str, beside: Collection[str], *, is_file: bool = True) -> str | None:
    """What leaves a file of this name beside others (their names in small letters); None if somebody chose it."""
    for pattern, what in _SURE:
        if re.search(pattern, name, re.IGNORECASE):
            return what
    stem, ending = posixpath.splitext(name) if is_file else (name, "")
    for pattern, what in _LIKELY:
        match = re.fullmatch(pattern, stem, re.IGNORECASE)
        own = f"{match['own']}{ending}".lower() if match else None
        if match and own in beside and (is_file or name[match.end("own")] == " "):
            return what
    return None
