"""Rules of former ids and of what is gone: each is listed once, and nothing of it is still there.

In: located files, and what there is. Out: problems with their places. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from builder.checking.addresses import case_conflict
from builder.model.curriculum import Gone, ModuleFile, Question
from builder.problems import Place, Problems, nearest, shown
from builder.sources import schema
from builder.sources.yaml import Located


@dataclass(frozen=True, slots=True)
class _Renamed:
    formerly: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Asked:
    id: str | None
    formerly: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Left:
    was: str | None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A former id or an entry under `gone`, with the name that it means, such as question:first-steps/why."""

    name: str
    written: str  # as the author wrote it
    place: Place
    by: str | None  # the question that was renamed

    @property
    def parts(self) -> tuple[str, str, str]:
        """The kind; the module, empty if it belongs to none; the id within it."""
        kind, _, name = self.name.partition(":")
        module, slash, id = name.partition("/") if kind in {"question", "handout"} else ("", "", name)
        return kind, module, id if slash or not module else ""


def check_addresses(
    settings: Located | None,
    files: Sequence[tuple[Located, ModuleFile | None]],
    there: Mapping[str, Set[str]],
    problems: Problems,
) -> None:
    """Report former ids and entries under `gone` that are in use, listed twice, or of an unknown module.

    Args:
        settings: The settings as read; None if they cannot be.
        files: Each module's file as read, with its record if that could be made.
        there: What there is, by kind: ids of modules and terms, paths of pages, handouts as module/file.
        problems: Takes the problems.
    """
    asked = {_module(located): _questions(located, file) for located, file in files}
    homes = {each.id: module for module, questions in asked.items() for each in questions if each.id is not None}
    claims = [*_renamed(files, asked), *(_left(settings) if settings else ())]
    now = {
        each.parts[2]: _module_of(each.place.path)
        for each in claims
        if each.parts[0] == "module" and each.place.path.endswith("/module.yml")
    }
    modules = there["module"] | {each.parts[2] for each in claims if each.parts[0] == "module"}
    first: dict[str, Place] = {}
    for claim in claims:
        kind, module, id = claim.parts
        present = f"{kind}:{now.get(module, module)}/{id}" if module else claim.name
        before = first.setdefault(present, claim.place)
        if before != claim.place:
            problems.add(claim.place, f"{shown(claim.written)} twice (first {_where(before, claim.place)})")
        elif module and module not in modules:
            problems.add(claim.place, f"unknown module {shown(module)} ({nearest(module, modules)})")
        elif fault := _in_use(claim, present, homes, there):
            problems.add(claim.place, fault)


def _in_use(claim: _Claim, present: str, homes: Mapping[str, str], there: Mapping[str, Set[str]]) -> str | None:
    """The message about a claim whose id something still has; None if nothing has."""
    kind, _, name = present.partition(":")
    gone = claim.written == claim.name
    if kind == "question":
        module, _, id = name.partition("/")
        home = homes.get(id)
        if home is None or (home != module and id == claim.by):
            return None
        if gone and home != module:
            return f"{claim.written!r} is in {home!r} now (write formerly: [{module}/{id}] there, and nothing here)"
        used = f"question {id!r} of module {home!r}"
    elif same := [each for each in there[kind] if each.casefold() == name.casefold()]:
        if name not in same:
            return case_conflict(kind, same[0], name)
        used = f"{kind} {name!r}"
    else:
        return None
    if gone:
        return f"{claim.written!r} is not gone: {used} is there (take this entry out)"
    return f"former id {claim.written!r} is still in use by {used} (an id always names the same thing)"


def _renamed(
    files: Sequence[tuple[Located, ModuleFile | None]], asked: Mapping[str, Sequence[_Asked]]
) -> Iterator[_Claim]:
    for located, _ in files:
        module = _module(located)
        for at, former in enumerate(schema.partial(_Renamed, ModuleFile, located, ()).formerly or ()):
            yield _Claim(f"module:{former}", former, located.place("formerly", at), None)
        for nth, question in enumerate(asked[module]):
            for at, former in enumerate(question.formerly or ()):
                name = former if "/" in former else f"{module}/{former}"
                place = located.place("questions", nth, "formerly", at)
                yield _Claim(f"question:{name}", former, place, question.id)


def _left(settings: Located) -> Iterator[_Claim]:
    for at, left in enumerate(schema.partial_list(_Left, Gone, settings, ("gone",), None) or ()):
        if left.was is not None:
            yield _Claim(left.was, left.was, settings.place("gone", at, "was"), None)


def _questions(located: Located, file: ModuleFile | None) -> tuple[_Asked, ...]:
    return schema.partial_list(_Asked, Question, located, ("questions",), file.questions if file else None) or ()


def _module(located: Located) -> str:
    return _module_of(located.source.path)


def _module_of(path: str) -> str:
    return path.split("/")[1]


def _where(first: Place, here: Place) -> str:
    return f"on line {first.line}" if first.path == here.path else f"in {first.path}, line {first.line}"
