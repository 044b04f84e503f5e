"""Permanent addresses: what was published under an address must stay reachable there, whatever its name is now.

In: an older state of the curriculum and the present one. Out: problems where an author would fix them. Touches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

from builder.model.addresses import identifying_texts, permanent_names, present_ids, with_present_ids
from builder.model.curriculum import Curriculum
from builder.problems import Place, Problems, near
from builder.sources.files import Source
from builder.sources.yaml import Located, parse

_ALIKE, _ALIKE_IDS = 0.6, 0.75
"""How much of two texts, or of two ids, must be the same for one to have taken the other's place."""


def check_permanent_addresses(
    before: Curriculum, edition: str, now: Curriculum, sources: Mapping[str, str], problems: Problems
) -> None:
    """Report every address of an older edition that the present curriculum would break, and how to fix each.

    It is enough to compare with the last edition: the addresses that its `formerly` and `gone` list must work too.

    Args:
        before: The curriculum in the archive of the older edition.
        edition: That edition's name, for messages.
        now: The present curriculum.
        sources: The texts of its files by path, in which the places of problems are found.
        problems: Takes one problem for each address that is lost.
    """
    _Comparison(before, edition, now, sources, problems).report()


def case_conflict(kind: str, now: str, before: str, edition: str = "an earlier edition") -> str:
    """The message about a name that only changed in capital letters, and what to do."""
    what = f"{kind} {now!r} differs from {before!r} of {edition} in capital letters only"
    return f"{what}, and some disks take the two for one (name it {before!r} again, or give it quite another name)"


class _Comparison:
    """Two states of a curriculum, and the addresses of the older one that the newer one lacks."""

    def __init__(
        self, before: Curriculum, edition: str, now: Curriculum, sources: Mapping[str, str], problems: Problems
    ) -> None:
        self._before, self._edition, self._now, self._problems = before, edition, now, problems
        self._sources = sources
        self._files: dict[str, Located | None] = {}
        self._held = permanent_names(now)
        self._had, self._has = identifying_texts(before), identifying_texts(now)
        self._homes = {question.id: module for module in now.modules for question in module.file.questions}
        self._moved = present_ids(now)  # and, while comparing, the modules that were probably renamed

    def report(self) -> None:
        must = sorted(permanent_names(self._before))
        lost = {name.partition(":")[2] for name in must if name.startswith("module:") and name not in self._held}
        for id in sorted(lost):
            self._module(id)
        away = (lost - self._moved.keys()) | {
            gone.was.partition(":")[2] for gone in self._now.settings.gone if gone.was.startswith("module:")
        }
        for name in must:
            kind, _, rest = name.partition(":")
            if kind == "module" or with_present_ids(name, self._moved) in self._held:
                continue
            if kind == "question":
                self._question(name, away)
            elif kind != "handout" or not self._excused(rest, away):
                self._other(kind, name)

    def _module(self, id: str) -> None:
        guess = self._guess(f"module:{id}")
        meant = guess.partition(":")[2] if guess else None
        if meant:
            self._moved[id] = meant
        path = f"modules/{meant}/module.yml" if meant else "the module.yml of what took its place"
        ways = f"write formerly: [{id}] in {path}, or list module:{id} under gone"
        place = self._place(self._now.path, "modules")
        self._add(place, f"module {id!r}", ways, meant)

    def _question(self, name: str, away: Set[str]) -> None:
        """Report a lost question."""
        module, _, id = name.partition(":")[2].partition("/")
        if home := self._homes.get(id):
            at = next(nth for nth, question in enumerate(home.file.questions) if question.id == id)
            place = self._place(home.path, "questions", at, "id")
            what = f"question {id!r} of module {module!r}"
            self._add(place, what, f"it is here now: write formerly: [{module}/{id}] with it", None)
            return
        if self._excused(f"{module}/{id}", away):
            return
        guess = self._guess(name)
        present = self._moved.get(module, module)
        owner, _, meant = (guess or name).partition(":")[2].partition("/")
        former = id if owner == present or not guess else f"{module}/{id}"
        with_it = f"it in modules/{owner}/module.yml" if guess else "the question that took its place"
        ways = f"write formerly: [{former}] with {with_it}, or list {name} under gone in {self._now.path}"
        paths = {each.id: each.path for each in self._now.modules}
        place = self._place(paths[present], "questions") if present in paths else self._place(self._now.path, "gone")
        self._add(place, f"question {id!r} of module {module!r}", ways, meant if guess else None)

    def _excused(self, name: str, away: Set[str]) -> bool:
        """Whether a part is gone with its whole module, whose own page is there, or whose loss is already reported."""
        module = name.partition("/")[0]
        return module in away and f"module:{module}" in self._had

    def _other(self, kind: str, name: str) -> None:
        """Report a lost handout, page or term: these are renamed by an entry under `gone`."""
        twin = next((each for each in sorted(self._has) if each.casefold() == name.casefold()), None)
        if twin is not None:
            now = twin.partition(":")[2]
            place = Place(f"docs/{now}.md") if kind == "page" else self._place(self._now.path, "gone")
            self._problems.add(place, case_conflict(kind, now, name.partition(":")[2], f"edition {self._edition}"))
            return
        guess = self._guess(name)
        meant = guess.partition(":")[2] if guess else None
        leads = f"handout:{meant.partition('/')[0]}" if meant and kind == "handout" else guess
        ways = f"list {name} under gone" + (f", with instead: {leads}" if leads else ", and say why")
        what = f"{'part of a handout' if kind == 'handout' else kind} {name.partition(':')[2]!r}"
        self._add(self._place(self._now.path, "gone"), what, ways, meant)

    def _add(self, place: Place, what: str, ways: str, meant: str | None) -> None:
        hint = f"did you mean that {meant!r} took its place? " if meant else ""
        message = f"{what} of edition {self._edition} is gone without a word ({hint}{ways})"
        self._problems.add(place, message)

    def _guess(self, name: str) -> str | None:
        """What probably took a thing's place: something new of its kind with a similar text or id."""
        kind, _, id = name.partition(":")
        known = {with_present_ids(each, self._moved) for each in self._had}
        new = {each: text for each, text in self._has.items() if each.startswith(f"{kind}:") and each not in known}
        text = Counter(self._had.get(name, "").lower().split())
        alike = sorted(((_alike(text, Counter(new[each].lower().split())), each) for each in new), reverse=True)
        if alike and alike[0][0] >= _ALIKE:
            return alike[0][1]
        last = {each.rpartition("/" if kind in {"question", "handout"} else ":")[2]: each for each in sorted(new)}
        found = near(id.rpartition("/")[2] if kind in {"question", "handout"} else id, last, _ALIKE_IDS)
        return last[found] if found else None

    def _place(self, path: str, *steps: str | int) -> Place:
        if path not in self._files:
            self._files[path] = parse(Source(path, self._sources[path]), Problems())
        located = self._files[path]
        return located.place(*steps) if located else Place(path)


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """How much two texts have in common, by their words in any order, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
