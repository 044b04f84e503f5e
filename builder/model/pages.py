"""Which pages there are and which files are read: one table of the pages of a module, and one name for each source.

Everything that lists the pages of a module goes through `MODULE_PAGES`: what links may name, menus, addresses that must
keep working, and PDFs. Touches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SETTINGS, FACILITATION, GLOSSARY, REFERENCES, CONVERSATIONS = SOURCES = (
    "modules/curriculum.yml",
    "modules/facilitation.yml",
    "modules/glossary.yml",
    "modules/references.yml",
    "modules/conversations.yml",
)
"""Files that a curriculum has once, by their paths under the root."""


@dataclass(frozen=True, slots=True)
class ModulePage:
    """A kind of page that every module has."""

    scheme: str
    """How links name it, as in `handout:first-steps`; also the name of its layout for print."""

    stem: str
    """The name of its file in `modules/<id>/`, without the suffix."""

    composer: str
    """The function in `documents` that composes it, by its file and its name."""

    own_title: bool = False
    """Whether menus show the title of the page itself, and not the words for its kind, `kinds.menu-<scheme>`."""

    printed: bool = True
    """Whether the site offers it as a PDF."""

    def path(self, module: str) -> str:
        """The path of this page of a module, in the site's tree of documents."""
        return f"modules/{module}/{self.stem}.md"


MODULE_PAGES = (
    ModulePage("module", "index", "readings:reading", own_title=True, printed=False),
    ModulePage("guide", "guide", "guides:guide"),
    ModulePage("handout", "handout", "handouts:handout"),
)
"""The pages of a module, in the order of menus. What each kind is called is in `words`, in the group `kinds`."""

PRINTED = tuple(page for page in MODULE_PAGES if page.printed)

BY_SCHEME = {page.scheme: page for page in MODULE_PAGES}

SCHEMES = (*BY_SCHEME, "question", "term", "page")
"""Link schemes by which authors and templates name a thing instead of an address."""

HOME, MODULES, CHANGES = GENERATED = ("index.md", "modules/index.md", "changes.md")
"""Pages that are made from the sources and have no Markdown file of their own."""

GLOSSARY_PAGE, REFERENCES_PAGE, FORMS = "glossary.md", "references.md", "facilitate/forms.md"
"""Pages of this kind that are made only where there is something to show on them."""

PAIR_PAGES = {name: f"one-to-one/{name}.md" for name in ("index", "mentor", "student")}
"""Pages that are made only where there are conversations of a pair."""


def page_of(scheme: str, name: str) -> str:
    """The path of a page, by the scheme of links to it: one of a module, or any by its own name."""
    return f"{name}.md" if scheme == "page" else BY_SCHEME[scheme].path(name)


def as_built(address: str) -> str:
    """The path of a document, or an address in the tree of documents, once a host has made a page of it."""
    return re.sub(r"\.md(?=#|$)", ".html", address)
