"""Texts as they are searched: what people or programs read once escapes are undone and markup is removed.

In: texts with the name of their file. Out: `SearchableText` values; encoded data in a text. Touches nothing.
"""

from __future__ import annotations

import base64
import binascii
import bisect
import codecs
import email.errors
import email.header
import functools
import html
import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from builder.leaks.filters import FILTERS
from builder.leaks.letters import FOLD, Origin, Step, lowered, run, tracer
from builder.leaks.words import all_of, is_edge, words_of
from builder.sources.pdfs import PAGE

_NAMES = (
    r"/?(?:a|abbr|b|bdi|bdo|cite|code|data|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tspan|u"
    r"|var|wbr|r|t|rPr|rFont|text:span|[aw]:(?!p\b|br\b|tab\b|tc\b)\w+)\b[^<>]*"
)
_INLINE = re.compile(rf"<(?:{_NAMES}|!--[^<>]*--)>(?:<(?:{_NAMES}|!--[^<>]*--)>)*", re.IGNORECASE)
"""Tags that separate no words, in HTML and in office documents."""

_TAG = re.compile(r"<(?:/?[a-zA-Z!?][^<>]*>|!--)")

_HEX = "[0-9a-fA-F]"

_ENTITY: Step = (
    re.compile(rf"&(?:#[0-9]+;?|#[xX]{_HEX}+;?|[^\t\n\f <&#;]{{1,32}};?)"),
    lambda match: html.unescape(match[0]),
)
_PERCENT: Step = (re.compile(rf"%{_HEX}{{2}}(?:%{_HEX}{{2}})*"), lambda match: unquote(match[0]))
_LETTERS: tuple[Step, ...] = (_ENTITY, _ENTITY, *FILTERS, _PERCENT, _PERCENT, FOLD)
"""The last steps of every searchable text. An address within another is escaped twice."""

_ESCAPE = re.compile(
    rf"\\(?:u({_HEX}{{4}})|u\{{({_HEX}{{1,6}})\}}|U({_HEX}{{8}})|x({_HEX}{{2}})|([0-3][0-7]{{2}})|\r?\n[ \t]*|(.))"
)
_BLANKS = dict.fromkeys("nrtfNRT_LP", " ")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3] or match[4]
    if code or match[5]:
        return _sign(int(code, 16) if code else int(match[5], 8))
    return _BLANKS.get(match[6], match[6]) if match[6] else ""


def _sign(number: int) -> str:
    return chr(number) if number <= 0x10FFFF else "\ufffd"


_SCRIPT: tuple[Step, ...] = (
    (_ESCAPE, _unescaped),
    (_ESCAPE, _unescaped),  # a text in a text
    (
        re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]"),  # halves of a character
        lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ),
)
_STYLE: tuple[Step, ...] = ((re.compile(rf"\\({_HEX}{{1,6}})\s?"), lambda match: _sign(int(match[1], 16))),)
_RICH: tuple[Step, ...] = (
    (re.compile(rf"\\'({_HEX}{{2}})"), lambda match: text_of(bytes.fromhex(match[1]))),
    (re.compile(r"\\u(-?\d+) ?\??"), lambda match: _sign(int(match[1]) % 0x10000)),
    (re.compile(r"\\(?:par|line|tab|cell|row)\b ?"), " | "),
    (re.compile(r"\\[a-z]+-?\d* ?|[{}]|\r?\n"), ""),
)
"""How scripts, style sheets and RTF escape a character."""

_FOLDED: Step = (re.compile(r"\r?\n[ \t]"), "")
_QUOTED: tuple[Step, ...] = (
    (re.compile(r"=\r?\n"), ""),
    (re.compile(r"(?:=[0-9A-F]{2})+"), lambda match: text_of(quopri.decodestring(match[0].encode()))),
)
_WORD_OF_MAIL: Step = (re.compile(r"=\?[\w-]+\?[bqBQ]\?[^?\s]*\?="), lambda match: _word_of_mail(match[0]))
"""How calendars, contact cards and mails encode lines and letters."""

_JOIN: Step = (re.compile(r"(?<=[^\W\d_])(?:[*`~\\]+|-\r?\n[ \t>#*]*)(?=[^\W\d_])"), "")
"""Markdown's marks between letters that are next to each other on the page, and a hyphen at the end of a line."""

_SPACED: Step = (
    re.compile(r"(?<![^\W_])[^\W_](?: [^\W_](?![^\W_])){2,}"),
    lambda match: match[0].replace(" ", ""),
)
"""A word with a space after each letter."""

_DATA = re.compile(r"data:([\w/+.-]*)(?:;[\w=.-]+)*;base64,([A-Za-z0-9+/=_%\s-]+)")
_BASE64 = re.compile(r"(?<![\w+/-])[A-Za-z0-9+/_-]{12,}+(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*+")

_FILES = (b"%PDF", b"PK\3\4", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"\xff\xfe", b"\xfe\xff")
"""The first bytes of binary data that is worth a search."""

_ESCAPED = (".js", ".json", ".map", ".ics", ".webmanifest")
"""Files in which only the meaning of an escape counts."""

_PAGES = frozenset({".html", ".js", ".css", ".xml", ".svg"})
"""What programs write for browsers."""

_FOLDS = (".ics", ".vcf")


class SearchableText:
    """One way to read a text: what is left of it after some steps, with one form for each letter."""

    def __init__(self, source: str, steps: tuple[Step, ...], part: str = "", *, names: bool = False) -> None:
        self._source, self._steps = source, steps
        self.part = part  # which part of a file this is, or nothing for the whole; `{}` becomes a page's number
        self.names = names  # whether this is the name of a file
        self.text = run(steps, source)
        self.lower = lowered(self.text)
        self.others: Callable[[], Iterable[SearchableText]] = tuple
        self.onward: dict[int, tuple[int, ...]] = {}  # a cache of the room's `names`
        self._starts: dict[tuple[str, bool], tuple[int, ...]] = {}

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """Every word and number in it, in small letters."""
        return words_of(self.text)

    def starts(self, word: str, *, within: bool = False) -> tuple[int, ...]:
        """Where a word begins; with `within`, also where it is pasted to the end of another word."""
        if (word, within) not in self._starts:
            ended = (at for at in all_of(self.lower, word) if self.is_edge(at + len(word)))
            self._starts[word, within] = tuple(at for at in ended if within or self.is_edge(at))
        return self._starts[word, within]

    def is_edge(self, at: int) -> bool:
        """Whether a word may end, and another begin, between two characters."""
        return is_edge(self.text, at)

    @functools.cached_property
    def origin(self) -> Origin:
        """Maps a character of the text to the characters of the file that it comes from."""
        return tracer(self._steps, self._source)

    @functools.cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE.finditer(self._source))]

    @functools.cached_property
    def _pages(self) -> list[int]:
        return list(all_of(self.text, PAGE))

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character in the file, counted from 1; `(1, 1)` for a part of a file."""
        if self.part or self.names:
            return 1, 1
        origin, _ = self.origin(at)
        line = bisect.bisect_right(self._lines, origin)
        return line, origin - self._lines[line - 1] + 1

    def where(self, at: int) -> str:
        """The part of the file with a character, as a message shows it."""
        return self.part.format(bisect.bisect_left(self._pages, at) + 1)


_LINE = re.compile(r"\r\n|\r|\n")


def of_text(text: str, suffix: str = "", part: str = "") -> Iterator[SearchableText]:
    """Every way to read a text that finds words which the other ways do not."""
    first = _first(text, suffix)
    if "\\" not in text or suffix not in _ESCAPED:
        yield from _tagged(text, first, part)
    if "\\" in text:
        undone = _RICH if text.startswith("{\\rtf") else _STYLE if suffix == ".css" else _SCRIPT
        yield from _tagged(text, (*first, *undone), part)
    if suffix not in _PAGES and (_JOIN[0].search(text) or _SPACED[0].search(text)):
        yield SearchableText(text, (*first, _JOIN, _SPACED, (_INLINE, ""), (_TAG, "|"), *_LETTERS), part)


def of_name(path: str, part: str = "") -> Iterator[SearchableText]:
    """A path: as it is, each of its parts without suffixes, and these with spaces in place of `-`, `_` and `.`."""
    lines = [path]
    for name in path.split("/"):
        stems = [name]
        while (stem := stems[-1].rpartition(".")[0]) and len(stems) < 4:
            stems.append(stem)
        lines += [*stems, *(re.sub(r"[-_.]+", " ", stem) for stem in stems)]
    yield SearchableText("\n".join(dict.fromkeys(lines)), (_PERCENT, *_LETTERS), part, names=True)


def carried(text: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The base64 data in a text, each with a file name that says what it is."""
    for match in _DATA.finditer(text) if "base64" in text else ():
        if data := _unpacked(unquote(match[2])):
            yield f"data.{match[1].rpartition('/')[2].partition('+')[0]}", data
    if suffix in _PAGES and "base64" not in text and "atob" not in text:
        return
    for match in _BASE64.finditer(text):
        token = match[0]
        if token not in {token.lower(), token.upper(), token.capitalize()}:  # as words are
            data = _unpacked(token)
            if data.startswith(_FILES) or _is_text(data[:200]):
                yield "data", data


def _is_text(data: bytes) -> bool:
    try:
        begun = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return begun.translate(dict.fromkeys(b"\t\n\r", " ")).isprintable()


def text_of(data: bytes) -> str:
    """Decode bytes as UTF-8, or else as Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _first(text: str, suffix: str) -> tuple[Step, ...]:
    """The first steps for a kind of file."""
    mail = "quoted-printable" in text[:100_000].lower()
    steps = ((_FOLDED,) if suffix in _FOLDS else ()) + (_QUOTED if mail else ())
    return (*steps, _WORD_OF_MAIL) if "=?" in text else steps


def _tagged(text: str, undone: tuple[Step, ...], part: str) -> Iterator[SearchableText]:
    """A text with its tags; also without them where a tag divides a word, because only that makes other words."""
    whole = SearchableText(text, (*undone, *_LETTERS), part)
    apart = (*undone, (_TAG, "|"), *_LETTERS)
    joined = (*undone, (_INLINE, ""), (_TAG, "|"), *_LETTERS)
    if "<" in text:
        divided = any(_divides(match) for match in _INLINE.finditer(text))
        ways = (apart,) if divided else (apart, joined)
        whole.others = lambda: (SearchableText(text, way, part) for way in ways)
        if divided:
            yield SearchableText(text, joined, part)
    yield whole


def _divides(match: re.Match[str]) -> bool:
    """Whether there are letters on both sides of a tag."""
    start, end, text = match.start(), match.end(), match.string
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _word_of_mail(word: str) -> str:
    try:
        return "".join(text if isinstance(text, str) else text.decode(how or "ascii", "replace")
                       for text, how in email.header.decode_header(word))  # fmt: skip
    except (LookupError, email.errors.HeaderParseError):
        return word


def _unpacked(text: str) -> bytes:
    bare = re.sub(r"[\s=]+", "", text).replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return b""
