"""Changes as text for a terminal, as plain data, and as Markdown for the summary of a pull request.

In: `Changes`. Out: texts, or plain data. Touches nothing.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from builder.changes.texts import shortened
from builder.changes.words import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change, Changes, WordRun

FORMAT = 1
"""The version of the plain data. Keys may be added; a key with another meaning needs a new version."""

MATTERS = {
    TONIGHT: "In the room",
    ON_PAPER: "On paper",
    BEFORE: "To read before",
    ASIDE: "Besides",
}
"""The name of each weight."""

_WIDTH = 100


def as_text(changes: Changes) -> str:
    """Describe changes in plain lines; removed words are shown as [-words-], added ones as {+words+}."""
    if not changes:
        return f"{_nothing(changes)}\n"
    lines = [_head(changes)]
    for group in changes.groups:
        lines += ["", group.title, "─" * min(len(group.title), _WIDTH)]
        for matter, found in _by_weight(group.changes):
            lines += ["", matter]
            for change in found:
                lines += _wrapped(change.what, "- ", "  ")
                lines += _wrapped(_marked(change.words), "    ", "    ")
    return "\n".join(lines) + "\n"


def as_data(changes: Changes) -> dict[str, Any]:
    """Changes as plain data: lists, dicts and texts, with all words."""
    return {
        "format": FORMAT,
        "old": changes.old,
        "new": changes.new,
        "groups": [
            {"id": group.id, "title": group.title, "changes": [_recorded(change) for change in group.changes]}
            for group in changes.groups
        ],
    }


def as_markdown(changes: Changes) -> str:
    """Describe changes as Markdown in which nothing that authors wrote is a mark, a link or a mention."""
    if not changes:
        return f"{escaped(_nothing(changes))}\n"
    lines = [f"## {escaped(_head(changes))}"]
    if any(change.words for change in changes):
        lines += ["", "Words that were taken out are struck through; words that came in are underlined."]
    for group in changes.groups:
        lines += ["", f"### {escaped(group.title)}"]
        for matter, found in _by_weight(group.changes):
            lines += ["", f"**{matter}**", ""]
            for change in found:
                lines.append(f"- {escaped(change.what)}")
                if change.words:
                    lines += ["", f"  {_struck(change.words)}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def escaped(plain: str) -> str:
    """Plain text as Markdown that GitHub shows as it is: no mark, link, mention, issue number, formula or emoji.

    What GitHub links after it has read the Markdown cannot be escaped; a zero-width space splits such words.
    """
    parted = _PARTED.sub(f"\\g<0>{_NO_WIDTH}", plain)
    return _SIGNS.sub(lambda char: _ENTITIES.get(char[0], f"\\{char[0]}"), parted)


_NO_WIDTH = "\u200b"
_PARTED = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|\b(?:https?|ftp|mailto|xmpp):|\bwww(?=\.)|:(?=[\w+-]+:)", re.IGNORECASE
)
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}


def _head(changes: Changes) -> str:
    return f"What changed from edition {changes.old} to edition {changes.new}"


def _nothing(changes: Changes) -> str:
    return f"Between edition {changes.old} and edition {changes.new} nothing changed that a reader would notice."


def _by_weight(changes: Iterable[Change]) -> Iterator[tuple[str, Iterator[Change]]]:
    for weight, found in itertools.groupby(changes, key=lambda change: change.weight):
        yield MATTERS[weight], found


def _wrapped(words: str, first: str, then: str) -> list[str]:
    return textwrap.wrap(
        words, _WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


def _marked(pieces: Iterable[WordRun]) -> str:
    around = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return " ".join(f"{around[piece.fate][0]}{piece.text}{around[piece.fate][1]}" for piece in shortened(pieces))


def _struck(pieces: Iterable[WordRun]) -> str:
    around = {"kept": ("", ""), "removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>")}
    return " ".join(
        f"{around[piece.fate][0]}{escaped(piece.text)}{around[piece.fate][1]}" for piece in shortened(pieces)
    )


def _recorded(change: Change) -> dict[str, Any]:
    return {
        "module": change.module,
        "part": change.part,
        "id": change.id,
        "kind": change.kind,
        "what": change.what,
        "weight": change.weight,
        "words": [{"text": piece.text, "fate": piece.fate} for piece in change.words],
    }
