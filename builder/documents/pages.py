"""The site's other pages: home, list of modules, glossary, references, and the authored pages under `docs/`.

In: the curriculum. Out: `Document` values, all for everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.documents.apparatus import Apparatus
from builder.documents.templating import fill
from builder.model import Document, Prose
from builder.prose import split_audiences


def pages(apparatus: Apparatus) -> Iterator[Document]:
    """Compose every page that belongs to no module."""
    curriculum = apparatus.curriculum
    settings = curriculum.settings
    modules = tuple(module.path for module in curriculum.modules)
    yield _generated(apparatus, "home", "index.md", settings.title, settings.subtitle, (curriculum.path, *modules))
    yield _generated(apparatus, "modules", "modules/index.md", "Modules", "", (curriculum.path, *modules))
    yield _generated(apparatus, "glossary", "glossary.md", "Glossary", "", ("modules/glossary.yml",))
    yield _generated(apparatus, "references", "references.md", "References", "", ("modules/references.yml",))
    for page in curriculum.pages:
        yield _authored(apparatus, page)


def _generated(
    apparatus: Apparatus, template: str, path: str, title: str, description: str, sources: tuple[str, ...]
) -> Document:
    lists = path in {"glossary.md", "references.md"}
    text = fill(template, c=apparatus.curriculum, works=apparatus.works)
    return Document(
        path=path,
        title=title,
        description=description,
        audience="everyone",
        markdown=apparatus.finish(
            path, text, all_works=path == "references.md", link_terms=not lists and path != "index.md"
        ),
        sources=sources,
    )


def _authored(apparatus: Apparatus, page: Prose) -> Document:
    path = page.path.removeprefix("docs/")
    text, _ = split_audiences(page.text)
    heading = re.search(r"^# +(.+)$", text, re.MULTILINE)
    return Document(
        path=path,
        title=heading[1].strip() if heading else path,
        audience="everyone",
        markdown=apparatus.finish(path, text),
        sources=(page.path,),
    )
