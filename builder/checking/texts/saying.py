"""Meaningless words of links, images and texts; and addresses that cannot become links.

In: words, or one text with its source and tree. Out: what is wrong with them, or problems. People who use a screen
reader go from link to link, and hear only an image's alternative text.
"""

from __future__ import annotations

import posixpath
import re

from builder import dialect
from builder.checking.texts.texts import Text, is_among
from builder.dialect.autolinks import ADDRESS, is_linkable, parted
from builder.problems import Problems, shown

_NO_PICTURE = frozenset(
    """alt|alt text|alternative text|chart|description|diagram|drawing|figure|graph|graphic|icon|illustration|image
    |image description|img|logo|no alt|none|null|photo|photograph|pic|picture|placeholder|screenshot|svg|tbd|todo
    |untitled|what it shows|xxx""".replace("\n    ", "").split("|")
)
_NO_PLACE = frozenset(
    """article|click|click here|click me|click this|click this link|details|document|find out more|follow this link|go
    |go here|here|info|information|it|learn more|link|more|more details|more info|more information|on this page|page
    |pdf|read it here|read more|read this|see here|see more|site|source|tap here|that|the link|the page|the site|there
    |this|this article|this link|this page|this site|this video|this website|url|video|visit|watch|web page|webpage
    |website""".replace("\n    ", "").split("|")
)
_CAMERA = re.compile(
    r"(?:img|image|dsc|dscn|dscf|pic|photo|picture|screen ?shot|scan|figure|fig)[ _-]*\d[\d _-]*", re.IGNORECASE
)
_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp|heic|tiff?|bmp|pdf)", re.IGNORECASE)
_OF_A = re.compile(r"(?:an? |the )?(?:image|picture|graphic|pic) (?:of|showing|that shows)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\s]|\([^()\s]*\))*[^()]*\)|<[^<>\s]+>|^[ ]*\[[^\]\n]+\]:.*$", re.MULTILINE
)
_HEADING = re.compile("[ >]*(?:#|!!!)")
_BARE = re.compile(ADDRESS, re.IGNORECASE)


def fault_of_alternative(words: str, source: str) -> str | None:
    """The message about an alternative text that does not say what its image shows; None for a good one."""
    plain = _plain(words)
    name = posixpath.basename(source).lower()
    if _FILE.fullmatch(words.strip()) or plain in {name, name.rpartition(".")[0]} or _CAMERA.fullmatch(plain):
        return f"has the name of a file for its alternative text, {shown(words)} (write what it shows in the brackets)"
    if plain in _NO_PICTURE or (plain and not re.search(r"[^\W\d_]", plain)):
        return f"has {shown(words)} for its alternative text (write what it shows in the brackets)"
    if found := _OF_A.match(words.strip()):
        return f"begins its alternative text with {shown(found[0])} (everyone hears that; begin with what it shows)"
    return None


def fault_of_words(words: str) -> str | None:
    """The message about a link's text that does not say where it goes; None for a good one."""
    if _ADDRESS.fullmatch(words.strip()):
        return "has an address for its words (say in words where it goes; <https://…> shows an address)"
    if _plain(words) in _NO_PLACE:
        return f"says only {shown(words)} (say where it goes, such as the title of the page)"
    return None


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s.&'\u2019-]", " ", words.lower()).split()).strip(".")


def check(text: Text, masked: str, tree: dialect.Node, problems: Problems) -> None:
    """Report a text that is a single word, and addresses that cannot become links."""
    lone = [node["t"] for node in dialect.walk(tree) if node["t"] != "root"] == ["p"]
    if text.form == "part" and lone and len(dialect.words(tree).split()) == 1:
        problems.add(text.at(0), "a text of one word (write it in full, or bring the former one back)")
    if "://" not in masked and "www." not in masked and "@" not in masked:
        return
    bare = _LINK.sub(lambda link: " " * len(link[0]), masked)
    code = dialect.examples(tree)
    for found in _BARE.finditer(bare):
        if is_among(code, text.text, found.start()):
            continue
        address = parted(found[0])[0]
        if not is_linkable(address) and "://" in address:
            problems.add(text.at(found.start()), f"{shown(address)} is no address (write [words](https://…))")
        elif _HEADING.match(masked, masked.rfind("\n", 0, found.start()) + 1):
            problems.add(
                text.at(found.start()), f"{shown(address)} in a heading or a title (put it into the text below)"
            )
