"""Permanent addresses: the names under which everything of a curriculum was and is published.

In: a curriculum. Out: names such as `question:first-steps/why-first`. Touches nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from builder.model.curriculum import Curriculum, Module, Question
from builder.model.pages import PAIR_PAGES


def present_ids(curriculum: Curriculum) -> dict[str, str]:
    """The present id of the module for each former one."""
    return {former: module.id for module in curriculum.modules for former in module.file.formerly}


def with_present_ids(name: str, moved: Mapping[str, str]) -> str:
    """A name with the present id of its module; `moved` is what `present_ids` returns."""
    kind, _, rest = name.partition(":")
    if kind == "module":
        return f"module:{moved.get(rest, rest)}"
    module, slash, id = rest.partition("/")
    return f"{kind}:{moved.get(module, module)}/{id}" if slash and kind in {"question", "handout"} else name


def former_names(module: Module, question: Question) -> Iterator[str]:
    """The former names of a question, each as `question:module/id` with the module's id at that time."""
    for former in question.formerly:
        yield f"question:{former}" if "/" in former else f"question:{module.id}/{former}"


def permanent_names(curriculum: Curriculum) -> frozenset[str]:
    """The names of everything whose address must keep working: `module:x`, `question:x/y`, `handout:x/file` and so on.

    These are the names of what there is now, and of what `formerly` and `gone` list, so that it is enough to compare
    with the last edition. Questions and handouts are named with the present id of their module.
    """
    moved = present_ids(curriculum)
    asked = ((module, question) for module in curriculum.modules for question in module.file.questions)
    former = {with_present_ids(name, moved) for module, question in asked for name in former_names(module, question)}
    gone = {with_present_ids(each.was, moved) for each in curriculum.settings.gone}
    return frozenset({*identifying_texts(curriculum), *(f"module:{id}" for id in moved), *former, *gone})


def identifying_texts(curriculum: Curriculum) -> dict[str, str]:
    """The text of everything that has a name, by which it is recognized in another edition."""
    texts: dict[str, str] = {}
    for module in curriculum.modules:
        texts[f"module:{module.id}"] = _joined((module.file.title, module.file.promise, module.reading.text))
        for question in module.file.questions:
            heard = (*question.listen_for, *question.follow_ups)
            text = _joined((question.ask, question.purpose, *heard, question.if_it_stalls))
            texts[f"question:{module.id}/{question.id}"] = text
        for part in module.handouts:
            texts[f"handout:{module.id}/{_stem(part.path)}"] = part.text
    for page in curriculum.pages:
        texts[f"page:{page.path.removeprefix('docs/').removesuffix('.md')}"] = page.text
    pair = PAIR_PAGES.values() if curriculum.conversations else ()
    texts |= {f"page:{page.removesuffix('.md')}": "" for page in pair}
    return texts | {f"term:{term.id}": _joined((term.term, term.definition)) for term in curriculum.glossary}


def _joined(texts: Sequence[str]) -> str:
    return " ".join(texts)


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md")
