"""The site's other pages: home, list of modules, glossary, references, forms, and the authored pages under `docs/`.

In: the curriculum. Out: `Document` values, all for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.dialect import split_audiences, tree, words
from builder.documents.apparatus import Apparatus
from builder.documents.forms import forms
from builder.documents.templating import fill
from builder.model.curriculum import Prose
from builder.model.documents import Document
from builder.model.pages import (
    CONVERSATIONS,
    GLOSSARY,
    GLOSSARY_PAGE,
    HOME,
    MODULES,
    REFERENCES,
    REFERENCES_PAGE,
)


def pages(apparatus: Apparatus) -> Iterator[Document]:
    """Compose every page that belongs to no module."""
    curriculum = apparatus.curriculum
    settings, say = curriculum.settings, apparatus.words.say
    everything = (curriculum.path, *(module.path for module in curriculum.modules))
    talks = (CONVERSATIONS,) if curriculum.conversations else ()
    plain = replace(_EMPTY, sources=everything)
    home = replace(_EMPTY, path=HOME, sources=(*everything, *talks), searched=False)
    yield _from("home", apparatus, replace(home, title=settings.title, description=settings.subtitle or ""))
    yield _from("modules", apparatus, replace(plain, path=MODULES, title=say("site.modules"), searched=False))
    if curriculum.glossary:
        terms = replace(_EMPTY, path=GLOSSARY_PAGE, title=say("pages.glossary"), sources=(GLOSSARY,))
        yield _from("glossary", apparatus, terms)
    if curriculum.references:
        works = replace(_EMPTY, path=REFERENCES_PAGE, title=say("pages.references"), sources=(REFERENCES,))
        yield _from("references", apparatus, works)
    if (to_print := forms(apparatus)) is not None:
        yield to_print
    for page in curriculum.pages:
        yield _authored(apparatus, page)


_EMPTY = Document(path="", title="", audience="everyone", markdown="", sources=())


def _from(template: str, apparatus: Apparatus, page: Document) -> Document:
    """Fill a page of our own. Home and the lists link no terms: the links lead to them, or readers begin there."""
    there = {authored.path for authored in apparatus.curriculum.pages}
    number = apparatus.words.number(len(apparatus.curriculum.modules))
    text = fill(template, apparatus.words, c=apparatus.curriculum, works=apparatus.works, there=there, number=number)
    all_works = template == "references"
    return replace(
        page, markdown=apparatus.finish(page.path, text, all_works=all_works, link_terms=template == "modules")
    )


def _authored(apparatus: Apparatus, page: Prose) -> Document:
    path = page.path.removeprefix("docs/")
    text, _ = split_audiences(page.text)
    heading = next((node for node in tree(text)["c"] if isinstance(node, dict) and node["t"] == "h1"), None)
    return Document(
        path=path,
        title=words(heading) if heading else path,
        audience="everyone",
        markdown=apparatus.finish(path, text),
        sources=(page.path,),
        searched=not path.startswith("authors/"),
    )
