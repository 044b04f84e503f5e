"""Which figures of a module are new, gone or changed.

In: a module of two states, and the bytes of their images. Out: `Change` values. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder import dialect
from builder.changes.matching import matched
from builder.changes.places import Subject
from builder.changes.texts import differing, ended, quoted
from builder.changes.words import BEFORE, ON_PAPER, Change
from builder.model.curriculum import Module
from builder.sources import images

Images = Mapping[str, bytes]
"""The bytes of images by their paths in the site's tree, such as `modules/x/images/map.svg`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An image: its path under the module's folder, its text alternative, and whether it is printed."""

    id: str
    alt: str
    weight: int


def figures(where: Subject, old: Module, new: Module, images: tuple[Images, Images]) -> Iterator[Change]:
    """The figures that are new, gone or changed."""
    redrawn = {path for path in map(_within, new.images) if _is_redrawn(path, old, new, images)}
    if not redrawn and (old.file, old.reading, old.handouts) == (new.file, new.reading, new.handouts):
        return
    entries = matched(_shown(old), _shown(new))
    for was, figure in entries.both:
        here = where.at(figure.id, "reading" if figure.weight == BEFORE else "handout")
        if figure.id in redrawn:
            yield here.change("changed", f"The figure {_name(figure)} is another one.", figure.weight)
        if words := differing(was.alt, figure.alt):
            yield here.change("changed", f"The description of the figure {_name(figure)} is reworded.", BEFORE, words)
    for figure in entries.added:
        here = where.at(figure.id, "reading" if figure.weight == BEFORE else "handout")
        yield here.change("added", f"New figure: {ended(figure.alt)}", figure.weight)
    for was in entries.removed:
        here = where.at(was.id, "reading" if was.weight == BEFORE else "handout")
        yield here.change("removed", f"The figure {_name(was)} is gone.", was.weight)


def _name(figure: Figure) -> str:
    return quoted(figure.alt, 12)


def _within(path: str) -> str:
    """A path under its module's folder."""
    return path.split("/", 2)[-1]


def _is_redrawn(path: str, old: Module, new: Module, images: tuple[Images, Images]) -> bool:
    before, now = images[0].get(f"modules/{old.id}/{path}"), images[1].get(f"modules/{new.id}/{path}")
    return before is not None and now is not None and before != now


def _shown(module: Module) -> Iterator[Figure]:
    """The figures of a module, each once; those that are printed first."""
    shown: set[str] = set()
    on_paper = (*(part.text for part in module.handouts), *_printed(module))
    for texts, weight in ((on_paper, ON_PAPER), ((module.reading.text,), BEFORE)):
        for node in _images(texts):
            id = images.resolve("", node.get("src", ""))
            if id not in shown:
                shown.add(id)
                yield Figure(id, " ".join(node.get("alt", "").split()), weight)


def _printed(module: Module) -> Iterator[str]:
    """The texts of a guide that may have an image."""
    for activity in module.file.agenda:
        yield activity.instructions
    for question in module.file.questions:
        yield from (question.ask, question.purpose, *question.listen_for, *question.follow_ups, question.if_it_stalls)


def _images(texts: Iterable[str]) -> Iterator[dialect.Node]:
    for text in texts:
        if "![" in text:
            yield from (node for node in dialect.walk(dialect.tree(text)) if node["t"] == "img")
