"""What differs in the lists of the whole curriculum and its own pages: works, terms, pages, settings.

In: two states of a curriculum. Out: `Change` values. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from builder import dialect
from builder.changes.figures import Images
from builder.changes.matching import matched
from builder.changes.places import Subject
from builder.changes.texts import differing, ended, plain, quoted, share
from builder.changes.words import ASIDE, BEFORE, ON_PAPER, TONIGHT, Change
from builder.dialect import citations
from builder.model.curriculum import Contact, Curriculum, Prose, Settings, Term
from builder.problems import in_words
from builder.sources import images as pictures

_SAME_WORK = 0.5
"""How much of a work's title must stay the same for it to be the same work, corrected."""


_TAGS = re.compile(r"</?(?:i|b|sub|sup)>|<span class=\"nocase\">|</span>")
"""The tags of CSL in a title."""


def work_names(*states: Curriculum) -> dict[str, str]:
    """The names of works in a sentence, by id; a later state's name wins."""
    return {reference.id: _work(reference.csl) for state in states for reference in state.references}


def _work(csl: Mapping[str, Any]) -> str:
    people = [person.get("family") or person.get("literal") for person in csl.get("author") or csl.get("editor") or ()]
    who = "" if not people else str(people[0]) + (" and others" if len(people) > 2 else "")
    if len(people) == 2:
        who = f"{people[0]} and {people[1]}"
    parts = csl.get("issued", {}).get("date-parts", [[]])[0][:1]
    by = ", ".join([who] * bool(who) + [str(year) for year in parts])
    title = _TAGS.sub("", str(csl.get("title", csl["id"])))
    return quoted(title, 12) + (f" ({by})" if by else "")


def works(where: Subject, old: Curriculum, new: Curriculum) -> Iterator[Change]:
    """The works that are new, gone, corrected, or replaced by others under the same id."""
    if old.references == new.references:
        return
    references = matched(old.references, new.references)
    differ = [(was, work) for was, work in references.both if was.csl != work.csl]
    before, after = (citations.entries(state.references if differ else ()) for state in (old, new))
    for was, work in differ:
        here = where.at(work.id, "reference")
        titles = [str(each.csl.get("title", "")).casefold() for each in (was, work)]
        if titles[0] != titles[1] and share(*titles) < _SAME_WORK:
            yield here.change("changed", f"The work {_work(was.csl)} is replaced by {_work(work.csl)}.", BEFORE)
        elif words := differing(plain(before[was.id]), plain(after[work.id])):
            yield here.change("changed", f"The reference {_work(work.csl)} is corrected.", BEFORE, words)
    for work in references.added:
        yield where.at(work.id, "reference").change("added", f"New in the references: {_work(work.csl)}.", ASIDE)
    for was in references.removed:
        what = f"No longer in the references: {_work(was.csl)}."
        yield where.at(was.id, "reference").change("removed", what, ASIDE)


def terms(where: Subject, old: tuple[Term, ...], new: tuple[Term, ...]) -> Iterator[Change]:
    """The terms that are new, gone, renamed or redefined."""
    entries = matched(old, new)
    for was, term in entries.both:
        here, name = where.at(term.id, "term"), quoted(plain(term.term))
        if (called := plain(was.term)) != plain(term.term):
            yield here.change("changed", f"The term {quoted(called)} is now {ended(plain(term.term))}", BEFORE)
        yield from here.text(f"The definition of {name}", was.definition, term.definition, BEFORE)
    for term in entries.added:
        what = f"New term {quoted(plain(term.term))}: {ended(plain(term.definition), 60)}"
        yield where.at(term.id, "term").change("added", what, BEFORE)
    for was in entries.removed:
        what = f"The term {quoted(plain(was.term))} is gone."
        yield where.at(was.id, "term").change("removed", what, BEFORE)


def settings(where: Subject, old: Settings, new: Settings) -> Iterator[Change]:
    """The changes in settings that readers see."""
    if old == new:
        return
    here = where.at("", "settings")
    if (called := plain(old.title)) != plain(new.title):
        what = f"The curriculum {quoted(called)} is now called {ended(plain(new.title))}"
        yield here.at("title").change("changed", what, ON_PAPER)
    if old.meeting_lengths != new.meeting_lengths:
        was, now = (in_words(each.meeting_lengths) for each in (old, new))
        there = "There are plans for" if len(new.meeting_lengths) > 1 else "Each meeting takes"
        what = f"{there} {now} minutes (was {was})."
        yield here.at("meeting-lengths").change("changed", what, TONIGHT)
    for name in sorted(old.supplied.keys() | new.supplied.keys()):
        texts = old.supplied.get(name), new.supplied.get(name)
        yield from here.at("supplied").text(f"The text for the blank {quoted(name)}", *texts, ON_PAPER)
    yield from here.at("subtitle").text("The subtitle", old.subtitle, new.subtitle, ASIDE)
    yield from here.at("welcome").text("The welcome on the home page", old.welcome, new.welcome, ASIDE)
    if (old.license.name, old.license.url) != (new.license.name, new.license.url):
        what = f"The license is now {new.license.name}, {new.license.url} (was {old.license.name})."
        yield here.at("license").change("changed", what, ASIDE)
    if old.contact != new.contact:
        what = f"Readers now write to {_person(new.contact)} (was {_person(old.contact)})."
        yield here.at("contact").change("changed", what, ASIDE)
    if old.language != new.language:
        what = f"The language is now {new.language} (was {old.language})."
        yield here.at("language").change("changed", what, ASIDE)
    yield from here.at("provenance").text(
        "The note on where the text comes from", old.provenance, new.provenance, ASIDE
    )


def _person(contact: Contact | None) -> str:
    return f"{contact.name}, {contact.email}" if contact else "nobody"


def pages(where: Subject, old: Curriculum, new: Curriculum, images: tuple[Images, Images]) -> Iterator[Change]:
    """The authored pages that are new, gone or changed."""
    entries = matched(old.pages, new.pages, key=lambda page: page.path)
    redrawn = {path for path, image in images[1].items() if images[0].get(path, image) != image}
    for was, page in entries.both:
        here, title = where.at(_page(page), "page"), quoted(_title(page))
        if (called := _title(was)) != _title(page):
            yield here.change("changed", f"The page {quoted(called)} is now called {ended(_title(page))}", ASIDE)
        if was.text != page.text and _written(was) != _written(page):
            yield here.change("changed", f"The page {title} reads otherwise.", ASIDE)
        elif any(_shows(page, path) for path in redrawn):
            yield here.change("changed", f"The page {title} shows another picture.", ASIDE)
    for page in entries.added:
        yield where.at(_page(page), "page").change("added", f"New page: {ended(_title(page))}", ASIDE)
    for was in entries.removed:
        yield where.at(_page(was), "page").change("removed", f"The page {quoted(_title(was))} is gone.", ASIDE)


def attachment_changes(where: Subject, old: Curriculum, new: Curriculum) -> Iterator[Change]:
    """Report which files that readers download are new, gone or others than they were."""
    entries = matched(old.attachments, new.attachments, key=lambda each: each.path)
    for was, each in entries.both:
        if was.digest != each.digest:
            yield where.at(each.path, "page").change("changed", f"The file {each.path} is another one.", ASIDE)
    for each in entries.added:
        yield where.at(each.path, "page").change("added", f"New file: {each.path}.", ASIDE)
    for was in entries.removed:
        yield where.at(was.path, "page").change("removed", f"The file {was.path} is gone.", ASIDE)


def _page(page: Prose) -> str:
    return page.path.removeprefix("docs/").removesuffix(".md")


def _written(page: Prose) -> list[str]:
    """The words of a page as written, with links and citations, but without marks of emphasis and lists."""
    return re.sub(r"[*_`#>|]|(?:^|(?<=\s))[-+:=]+(?=\s)", "", page.text).split()


def _title(page: Prose) -> str:
    """The page's first line if it is its title, so that an unchanged page costs nothing."""
    first = page.text.lstrip().partition("\n")[0]
    return plain(first) if first.startswith("# ") else _page(page)


def _shows(page: Prose, path: str) -> bool:
    """Whether a page shows an image."""
    if "![" not in page.text:
        return False
    folder = _page(page).rpartition("/")[0]
    shown = (node for node in dialect.walk(dialect.tree(page.text)) if node["t"] == "img")
    return any(pictures.resolve(folder, node.get("src", "")) == path for node in shown)
