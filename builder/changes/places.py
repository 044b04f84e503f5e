"""Where a change is, and the sentences that are the same everywhere: reworded, cites another work, in a list.

In: two texts or two lists of one place. Out: `Change` values. Touches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.changes.matching import matched
from builder.changes.texts import cited, differing, ended, plain
from builder.changes.words import ASIDE, BEFORE, Change, Kind, Part, WordRun
from builder.model.curriculum import Settings


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a newer state, the longest first, and those of them that the older state has too."""

    now: tuple[int, ...]
    both: tuple[int, ...]

    @classmethod
    def of(cls, old: Settings, new: Settings) -> Plans:
        """The plans of two states."""
        now = tuple(sorted(new.meeting_lengths, reverse=True))
        return cls(now, tuple(plan for plan in now if plan in old.meeting_lengths))

    def name(self, plan: int) -> str:
        """The name of a plan in a sentence; empty if it is the only one."""
        return f"{plan}-minute plan" if len(self.now) > 1 else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A place in a curriculum, the names of all works, by id, and its plans."""

    module: str | None
    part: Part
    works: Mapping[str, str]
    plans: Plans
    id: str = ""

    def at(self, id: str, part: Part | None = None) -> Subject:
        """Another place in the same module."""
        return replace(self, id=id, part=part or self.part)

    def change(self, kind: Kind, what: str, weight: int, words: tuple[WordRun, ...] = ()) -> Change:
        """A change at this place."""
        return Change(self.module, self.part, self.id or self.part, kind, what, weight, words)

    def text(self, name: str, old: str | None, new: str | None, weight: int) -> Iterator[Change]:
        """The change of a text, which one state may lack; `name` is the sentence's subject, with a star if plural."""
        if old == new:
            return
        subject, are = name.removeprefix("*"), name.startswith("*")
        if not old:
            yield self.change("added", f"{subject} {'are' if are else 'is'} new: {ended(plain(new or ''), 60)}", weight)
        elif not new:
            yield self.change("removed", f"{subject} {'are' if are else 'is'} gone: {ended(plain(old))}", weight)
        else:
            if words := differing(plain(old), plain(new)):
                yield self.change("changed", f"{subject} {'are' if are else 'is'} reworded.", weight, words)
            yield from self.citations(name, cited(old), cited(new))

    def together(self, name: str, old: Sequence[str], new: Sequence[str], weight: int) -> Iterator[Change]:
        """The change of a short list of texts, as if it were one text with a dot between its entries."""
        if old == new:
            return
        if words := differing(_joined(old), _joined(new)):
            verb = "are" if name.startswith("*") else "is"
            yield self.change("changed", f"{name.removeprefix('*')} {verb} reworded.", weight, words)
        yield from self.citations(name, cited("\n".join(old)), cited("\n".join(new)))

    def citations(self, name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
        """The works that a text now cites or no longer cites."""
        gone = [id for id in old if id not in new]
        come = [id for id in new if id not in old]
        if not gone and not come:
            return
        subject, cite = name.removeprefix("*"), "cite" if name.startswith("*") else "cites"
        went, came = ("; ".join(self.works.get(id, id) for id in ids) for ids in (gone, come))
        here = self.at((come or gone)[0], "reference")
        if gone and come:
            yield here.change("changed", f"{subject} now {cite} {came} in place of {went}.", BEFORE)
        elif come:
            yield here.change("added", f"{subject} now also {cite} {came}.", BEFORE)
        else:
            yield here.change("removed", f"{subject} no longer {cite} {went}.", BEFORE)

    def list(self, place: str, name: str, old: Sequence[str], new: Sequence[str], weight: int) -> Iterator[Change]:
        """The changes of a list of texts, entry by entry; `place` is a phrase such as: in the materials."""
        if old == new:
            return
        entries = matched(_numbered(old), _numbered(new), key=_key, text=_said)
        for was, entry in entries.both:
            if words := differing(was[0], entry[0]):
                yield self.change("changed", f"Reworded {place}: {ended(entry[0], 8)}", weight, words)
        for entry in entries.added:
            yield self.change("added", f"New {place}: {ended(entry[0])}", weight)
        for was in entries.removed:
            yield self.change("removed", f"No longer {place}: {ended(was[0])}", weight)
        if entries.moved:
            yield self.change("moved", f"{name.removeprefix('*')} are in a different order.", ASIDE)
        yield from self.citations(name, cited("\n".join(old)), cited("\n".join(new)))


def _joined(texts: Sequence[str]) -> str:
    """A list of texts as one."""
    return " · ".join(plain(text) for text in texts)


def _numbered(texts: Sequence[str]) -> list[tuple[str, int]]:
    """The words of each entry, with how often they occurred before, so that each is unique."""
    counts: Counter[str] = Counter()
    made = []
    for words in map(plain, texts):
        made.append((words, counts[words]))
        counts[words] += 1
    return made


def _key(entry: tuple[str, int]) -> str:
    return f"{entry[1]} {entry[0]}"


def _said(entry: tuple[str, int]) -> str:
    return entry[0]
