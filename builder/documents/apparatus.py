"""The apparatus of a composed text: numbered citations, the list of works, glossary links, blanks, places to write.

In: Markdown in the authors' dialect, with its own marks. Out: ordinary Markdown that any Python-Markdown host reads.
Touches nothing. One pass with one expression, which steps over code, links, headings and HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from builder.dialect import BLOCKS, examples, tree, words
from builder.dialect.autolinks import ADDRESS, linked
from builder.dialect.escaping import block, cell, escaped, exact_addresses, plain
from builder.dialect.marks import BLANK, CITATION, WRITE, blank_name, citation_ids, supplied
from builder.documents.alternatives import one_of
from builder.model.attachments import Attachment
from builder.model.curriculum import Curriculum
from builder.model.pages import GLOSSARY_PAGE, SCHEMES, page_of
from builder.words import Words
from builder.words import of as words_of

_CITED = re.compile(rf"(?P<gap>(?<=\S)(?:[ ]|\n[ >]*+))?{CITATION}(?P<next>[ ]?)")

_OF_ITS_OWN = re.compile(r"[ >]*(?:\#|!!!|\{|<|\[(?!\^)[^\]\n]+\]:|(?:[-*+:]|\d+\.|\[\^[^\]\n]+\]:)?[ >]*$)|[\W_]*$")
"""The text of a line before a citation if it is only a mark, or if the citation must not be joined to it."""

_MARKS = (
    r"""
  (?P<code>^[ ]*(?P<fence>`{3,}|~{3,})[\s\S]*?^[ ]*(?P=fence)[ \t]*$
  | (?<![\\`])(?P<ticks>`+)(?!`)[^\n]*?[^`\n](?P=ticks)(?!`))
| (?P<list_works>^\[REFERENCES\][ \t]*$)
| (?P<list_terms>^\[GLOSSARY\][ \t]*$)
| (?P<write>^(?P<margin>[ ]*)"""
    + WRITE
    + r"""[ \t]*$)
| (?P<task>^(?P<bullet>[ ]*[-*+][ ]+)\[(?P<done>[ xX])\][ ])
| (?P<block>^(?P<before>[ ]*!!![ ]*)(?P<kind>[\w-]+)(?P<after>.*)$)
| (?P<skip>^[ ]*\#{1,6}[ ].*$ | \{:?[ ]*(?:[#.][\w-]|[\w-]+=)[^}\n]*\} | \[\^[^\]\n]+\]:?)
| (?P<cite>(?P<gap>(?<=\S)(?:[ ]|\n[ >]*+))?"""
    + CITATION
    + r"""(?P<stop>[.,]?))
| (?P<supply>"""
    + BLANK
    + r""")
| (?P<link>!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?P<href>(?:[^()\s]|\([^()\s]*\))*)(?P<rest>[^()]*)\))
| (?P<html><(?=[a-z/!?])[^>\n]+>)
| (?P<address>"""
    + ADDRESS
    + r""")
| (?P<other>https?://\S+)
"""
)


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What every page's citations, terms and blanks are made from: made once, used for all documents."""

    curriculum: Curriculum
    works: Mapping[str, str]  # Markdown of each reference
    marks: re.Pattern[str] = field(init=False)
    homes: Mapping[str, str] = field(init=False)  # a question's id -> its module's
    forms: Mapping[str, str] = field(init=False)  # a term's form in small letters -> its id
    labels: Mapping[str, str] = field(init=False)  # of files that readers download, by their paths

    def __post_init__(self) -> None:
        forms = {form.lower(): term.id for term in self.curriculum.glossary for form in (term.term, *term.also)}
        words = one_of(sorted(forms, key=lambda form: (-len(form), form)))
        term = rf"| (?P<term>(?<![\w-])(?:{words})(?![\w-]))" if words else ""
        homes = {question.id: module.id for module in self.curriculum.modules for question in module.file.questions}
        object.__setattr__(self, "forms", forms)
        object.__setattr__(self, "homes", homes)
        object.__setattr__(self, "labels", {each.path: self._label(each) for each in self.curriculum.attachments})
        object.__setattr__(self, "marks", re.compile(_MARKS + term, re.VERBOSE | re.MULTILINE | re.IGNORECASE))

    @property
    def words(self) -> Words:
        """The program's own words, in the language of the curriculum."""
        return words_of(self.curriculum.settings.language)

    def _label(self, file: Attachment) -> str:
        """What readers see behind the words of a link to a file, such as CSV, 12 KB."""
        return self.words.say("files.label", kind=file.kind, size=self.words.write_size(file.size))

    def finish(self, path: str, text: str, *, all_works: bool = False, link_terms: bool = True) -> str:
        """Resolve the marks in a document's text.

        Args:
            path: The document's path, from which links are relative.
            text: Its Markdown, with our marks.
            all_works: Whether to list all works, and not only those that the text cites.
            link_terms: Whether to link terms to the glossary.
        """
        page = _Page(self, path, link_terms)
        if all_works:
            page.cite_all()
        return page.finish(text)

    def address(self, href: str, path: str) -> str:
        """The address, from the document at `path`, of what a link names by scheme and id; other links are kept."""
        scheme, colon, name = href.partition(":")
        if not colon or scheme not in SCHEMES:
            return href
        name, _, anchor = name.partition("#")
        if scheme == "question":
            target, anchor = page_of("guide", self.homes.get(name, name)), f"q-{name}"
        elif scheme == "term":
            target, anchor = GLOSSARY_PAGE, f"term-{name}"
        else:
            target = page_of(scheme, name)
        address = posixpath.relpath(target, posixpath.dirname(path) or ".")
        return f"{address}#{anchor}" if anchor else address


def _named(blank: str) -> str:
    """The name of a blank and, after a colon, what to write there, each in an element of its own for the print."""
    name, colon, contents = blank.partition(":")
    detail = f"<span>{plain(colon + contents)}</span>" if colon else ""
    return f'<span class="blank-name">{plain(name)}</span>{detail}'


class _Page:
    """The state of one page: which works it has cited so far, in order, and which terms it has used."""

    def __init__(self, apparatus: Apparatus, path: str, link_terms: bool) -> None:  # noqa: FBT001
        self._all = apparatus
        self._say = apparatus.words.say
        self._path = path
        self._link_terms = link_terms
        self._cited: dict[str, int] = {}
        self._terms: set[str] = set()

    def cite_all(self) -> None:
        for id in sorted(self._all.works, key=lambda work: words(tree(self._all.works[work])).lower()):
            self._cited[id] = len(self._cited) + 1

    def finish(self, text: str) -> str:
        text = self._all.marks.sub(self._mark, text)
        if _TERMS_HERE in text:  # only then do the definitions cite anything that this page shows
            text = text.replace(_TERMS_HERE, self._glossary())
        if self._cited and _WORKS_HERE not in text:
            heading = f"## {self._say('pages.references')} {{: data-search-exclude='' }}"
            text = f"{text.rstrip()}\n\n{heading}\n\n{_WORKS_HERE}\n"
        return text.replace(_WORKS_HERE, self._references())

    def _mark(self, found: re.Match[str]) -> str:
        making = getattr(self, f"_{found.lastgroup}", None)  # the outermost group, which closes last
        return making(found) if making else found[0]

    def _list_works(self, _: re.Match[str]) -> str:
        return _WORKS_HERE

    def _list_terms(self, _: re.Match[str]) -> str:
        return _TERMS_HERE

    def _write(self, found: re.Match[str]) -> str:
        lines = int(found["lines"])
        return f'{found["margin"]}<div class="write" data-lines="{lines}" style="--lines: {lines}"></div>'

    def _task(self, found: re.Match[str]) -> str:
        done = found["done"] != " "
        kind, said = ("task done", self._say("pages.done")) if done else ("task", self._say("pages.to-do"))
        return f'{found["bullet"]}<span class="{kind}"><span class="said">{said} </span></span> '

    def _block(self, found: re.Match[str]) -> str:
        """A teaching block's title begins with its kind, so that this never depends on color or an icon alone."""
        if found["kind"] not in BLOCKS:
            return found[0]
        label = self._say(f"blocks.{found['kind']}")
        given = re.search(r'"([^"]*)"', found["after"])
        title = given[1] if given else label
        if not title.lower().startswith(label.lower()):
            title = self._say("pages.block-title", kind=label, title=title)
        title = re.sub(r"\((\d+) (\w+)\)$", r"(\1&nbsp;\2)", title)  # a number and its unit, such as 5 minutes
        return f'{found["before"]}{found["kind"]} "{title}"'

    def _supply(self, found: re.Match[str]) -> str:
        name = blank_name(found["blank"])
        given = supplied(name, self._all.curriculum.settings.supplied)
        if given is None:
            return f'<span class="blank">{self._say("pages.blank", name=_named(name))}</span>'
        return self._all.marks.sub(self._mark, cell(given))  # it has no blanks; and it may be in a table

    def _cite(self, found: re.Match[str]) -> str:
        """AMA sets numbers superscript, after a comma or period; each number is a link to the list."""
        links = []
        for id in citation_ids(found["ids"]):
            number = self._cited.setdefault(id, len(self._cited) + 1)
            links.append(
                f'[{number}](#ref-{id}){{: .cite aria-label="{self._say("pages.reference", number=number)}" }}'
            )
        return f"{_kept_gap(found)}{found['stop']}<sup>{','.join(links)}</sup>"

    def _link(self, found: re.Match[str]) -> str:
        for id in re.findall(r"^term:([a-z0-9-]+)$", found["href"]):
            self._terms.add(id)
        address = self._all.address(found["href"], self._path)
        start, end = (at - found.start() for at in found.span("href"))
        before = exact_addresses(found[0][: start - 2]) + self._label(found["href"])
        return f"{before}]({address}{found[0][end:]}"

    def _label(self, href: str) -> str:
        """What follows the words of a link to a file; nothing for other links."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._path), unquote(href.partition("#")[0])))
        return f" ({self._all.labels[path]})" if path in self._all.labels else ""

    def _address(self, found: re.Match[str]) -> str:
        """An address becomes a link, but not in a line of an example."""
        text = found.string
        line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
        if line.startswith("    ") and line.strip(" >") in examples(tree(text)):
            return found[0]
        return linked(found[0]) or exact_addresses(found[0])

    def _other(self, found: re.Match[str]) -> str:
        return exact_addresses(found[0])

    def _term(self, found: re.Match[str]) -> str:
        id = self._all.forms.get(" ".join(found[0].lower().split()))
        if id is None or id in self._terms:  # the long s matches an s whose case is ignored
            return found[0]
        self._terms.add(id)
        if not self._link_terms:
            return found[0]
        return f"[{escaped(found[0])}]({self._all.address(f'term:{id}', self._path)}){{: .term }}"

    def _references(self) -> str:
        items = (f"1. {self._all.works[id]}\n{{: #ref-{id} }}" for id in self._cited if id in self._all.works)
        listed = "\n".join(items)
        if not listed:
            return self._say("pages.no-works")
        return f'<div class="references" data-search-exclude="" markdown>\n\n{listed}\n\n</div>'

    def _glossary(self) -> str:
        """Entries of the terms used so far. What their definitions cite is numbered after what the page cites."""
        entries = []
        for term in sorted(self._all.curriculum.glossary, key=lambda term: term.term.lower()):
            if term.id in self._terms:
                definition = self._all.marks.sub(self._definition_mark, term.definition)
                entries.append(f"{plain(term.term)}\n:   {block(definition, 4)}")
        listed = "\n\n".join(entries)
        return f'<div class="glossary" markdown>\n\n{listed}\n\n</div>' if listed else self._say("pages.no-terms")

    def _definition_mark(self, found: re.Match[str]) -> str:
        return found[0] if found.groupdict().get("term") else self._mark(found)


def spoken(text: str) -> str:
    """The words of a text, without its marks and citations, for where no Markdown is read."""
    return words(tree(uncited(text)))


def uncited(text: str) -> str:
    """A text without its citations, for where no list of works follows; with its addresses as readers copy them."""
    return exact_addresses(_CITED.sub(_without, text))


def _without(cited: re.Match[str]) -> str:
    """The space that is left around a removed citation, without doubling it."""
    gap, before = _kept_gap(cited), cited.string[max(0, cited.start() - 1) : cited.start()]
    return gap or ("" if before in {"", "\n"} else cited["next"])


def _kept_gap(cited: re.Match[str]) -> str:
    """The space that is kept before a citation: none after words, all after a mark.

    So an item, a block or a paragraph may begin with a citation, and one on the next line is joined to its words.
    """
    gap = cited["gap"] or ""
    line = cited.string[cited.string.rfind("\n", 0, cited.start()) + 1 : cited.start()]
    below = gap.startswith("\n")
    before = line if below else line.rpartition("|")[2]
    apart = below and ("|" in line or _indent(line) > max(3, _indent(gap[1:])))
    return gap if apart or _OF_ITS_OWN.match(before) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_WORKS_HERE = "\ue000works\ue000"
_TERMS_HERE = "\ue000terms\ue000"
