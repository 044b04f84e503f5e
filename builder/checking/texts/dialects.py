"""Syntax of other programs that this dialect does not have, so that readers would see its marks.

In: one text, its source without code, and its tree. Out: problems. Each kind is a row of a table: a pattern, and what
to write instead. Lines of code blocks are examples, and are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder import dialect
from builder.checking.texts.texts import Known, Text, is_among, is_within, without_addresses
from builder.problems import Problems, shown

_FORMULA = "sets no formula (write it with plain signs, <sup>, and <sub>)"
_BLOCK = f"makes no block (write !!! and one of these words: {', '.join(dialect.BLOCKS)})"
_UNFILLED = "is filled in by nothing here (write the words themselves)"
_REVIEW = "is a mark of a review (accept or reject the change, and delete the mark)"
_BOX = "makes no box to check off (begin the line with - [ ])"
_ROLE = "is a mark of another program (write [words](page:about), [words](module:id), or **words**)"

_SLIPS = tuple(
    (re.compile(pattern, re.MULTILINE), message)
    for pattern, message in (
        (r"\{(?:\+\+|--|~~|==|>>)[^{}\n]*\}?|(?:\+\+|--|~~|==|<<)\}", _REVIEW),
        (r"(?<![~\\])~~(?=[^\s~])[^~\n]*(?<=[^\s~])~~(?!~)", "strikes nothing out (delete the words)"),
        (r"(?<![=\w])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?![=\w])", "highlights nothing (write **words**)"),
        (r"(?<![+\w])\+\+(?=\w)[^+\n]*(?:\+[^+\n]+)*\+\+(?![+\w])", "marks nothing (write <kbd>Ctrl</kbd> for a key)"),
        (r"%%(?=[^%\n]*\S)[^%\n]+%%", "is no comment: readers would see it (delete it)"),
        (r"(?<![\[^])\^[\w+-]+\^(?!\^)", "raises nothing (write <sup>…</sup>)"),
        (r"(?<=\w)~[\w+-]+~(?!~)", "lowers nothing (write <sub>…</sub>)"),
        (r"\$\$[^$\n]*(?:\$\$)?", _FORMULA),
        (r"(?<![\\$\w])\$(?:(?![\s$\d])|(?=\d[^$\n]*[\\^_={}]))[^$\n]*?(?<![\s\\])\$(?![\w$])", _FORMULA),
        (r"(?<![\]\\])\\\((?=[^()\\]*(?:[\^_={}+]|\\[A-Za-z])|\w\\\))[^\n]*?(?:\n(?!\n)[^\n]*?)*?\\\)", _FORMULA),
        (r"\\\[(?=[^\[\]\\]*(?:[\^_={}+]|\\[A-Za-z])[^\[\]]*\\\])[^\n]*?(?:\n(?!\n)[^\n]*?)*?\\\]", _FORMULA),
        (r"\\[A-Za-z]{2,}\*?(?:\[[^\]\n]*\])?\{[^{}\n]*\}?", "is LaTeX (write Markdown, such as **words** or [@id])"),
        (
            r"!?(?<!\[)\[\[(?![@^]|(?i:program|write))[^\[\]\n]+\]\](?![(\[\]])",
            "is no link (write [words](page:about))",
        ),
        (r"\{\{(?:(?!\}\})[^\n])*(?:\}\})?|\{%[^\n%]*%\}|<%[^\n%]*%>", _UNFILLED),
        (r"(?<!\\)\^\[[^\[\]\n]+\]", "makes no footnote (write [^name], and [^name]: … on a line of its own)"),
        (r"\[(?:fn|footnote):[^\[\]\n]*\](?!\()", "makes no footnote (write [^name], and [^name]: … on its own line)"),
        (r"(?<![\w:/]):[a-z][a-z0-9_+-]*[a-z0-9]:(?![\w:/`])", "shows no picture (leave it out)"),
        (r"^[ ]*\.\.[ ]+[\w-]+::.*", _BLOCK),
        (r"^[ >]*\[![A-Za-z][\w-]*\].*", _BLOCK),
        (r"(?<![\\ ])\\$(?=\n[ >]*[^\s>])", "at the end of a line breaks no line (write <br>)"),
        (r"(?<!\\)\\[$~@&\"',:;=^%?/]", "prints its backslash (leave the backslash out)"),
        (r"^[ >]*(?:\d{1,2}\.[ ]+)?\[[ xX]?\](?=[ ])(?!\()", _BOX),
        (r"^[ >]*[-*+][ ]+\[(?![ xX]\])[ xX\u2713\u2714]*\](?=[ ])", _BOX),
        (r"^[ >]*(?:[-*+][ ]+)?[\u2610-\u2612](?=[ ])", _BOX),
    )
)

_CODE_ROLE = re.compile(r"(?:\{[a-z][\w:.-]*\}|(?<![\w:]):[a-z][\w+.-]*:)(?=x)")
"""A role right before code, which is masked as letters."""

_HINT = re.compile(
    r"[$^~\\]|==|\+\+|%%|\{\{|[\]}:]`|(?<![\w:]):[a-z]|://|www\.|\w@\w|-\d{4}|&[mn]dash;"
    r"|\[[ xX\u2713\u2714]*\]|[\u2610-\u2612]|^[ ]*\.\.[ ]"
    r"|^[ >]*(?:\(?\w{1,4}[.)]|[\u2010-\u2015\u2212]|--|[-+]\S|o[ ]|[ ]{2,}\S)",
    re.MULTILINE,
)
"""What a text must have before any of this can be in it."""

_MANY = 100
"""Up to this many problems are compared with others on the same words; of more, some may be reported twice."""


def is_possible(text: str) -> bool:
    """Whether a text has any character with which such syntax begins."""
    return _HINT.search(text) is not None


def check(text: Text, masked: str, tree: dialect.Node, known: Known, problems: Problems) -> None:
    """Report marks that only other programs read, and references that lack their mark."""
    bare, shown_as_code = without_addresses(masked), dialect.examples(tree)
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for pattern, message in _SLIPS:
        for slip in pattern.finditer(bare):
            excerpt = text.text[slip.start() : slip.end()]
            start = slip.start() + len(excerpt) - len(excerpt.lstrip(" >"))
            if not any(begin <= start < end for begin, end in taken[:_MANY]):
                taken.append(slip.span())
                found[start] = f"{shown(excerpt.lstrip(' >'))} {message}"
    for start, _, language, _ in dialect.fences(text.text):
        if language == "math":
            problems.add(text.at(start), f"code of the language 'math' {_FORMULA}")
    for role in _CODE_ROLE.finditer(bare):
        if text.text[role.end()] == "`":
            found.setdefault(role.start(), f"{shown(role[0])} {_ROLE}")
    uncited = dict(_uncited(bare, known))
    found |= {at: uncited[at] for at in uncited if not any(begin <= at < end for begin, end in taken[:_MANY])}
    for start, message in found.items():
        if not is_among(shown_as_code, text.text, start):
            problems.add(text.at(start), message)
    _lists(text, masked, shown_as_code, problems)


def _uncited(bare: str, known: Known) -> Iterator[tuple[int, str]]:
    """Ids of works in brackets, in parentheses or alone, without the `@` that makes them a citation."""
    works, spans = known.works or frozenset(), []
    for found in re.finditer(r"(?<![\]\w])[(\[](?P<ids>[a-z0-9][a-z0-9;, -]*)[)\]](?![:(\[])", bare):
        ids = [each.strip() for each in re.split("[;,]", found["ids"])]
        if all(id in works and re.search("[0-9-]", id) for id in ids):
            spans.append(found.span())
            yield found.start(), f"{shown(found[0])} is no citation (write [{'; '.join(f'@{id}' for id in ids)}])"
    for found in _DATED.finditer(_LINK_WORDS.sub(lambda words: " " * len(words[0]), bare)):
        if found[0] in works and not is_within(found.start(), spans):
            yield found.start(), f"{shown(found[0])} is no citation (write [@{found[0]}])"


_LINK_WORDS = re.compile(r"\[[^\[\]\n]*\]\(")
_DATED = re.compile(r"(?<![\w@/#.:=-])[a-z][a-z0-9-]*-\d{4}[a-z]?(?![\w-]|\]:)")
"""An id with a year in it, which is no word of a language."""


# Lists


_SIGNS = "\u2010-\u2015\u2212\u2023\u2043\u2192\u25b6\u25ba\u2713\u2714\u2794\u27a2\u27a4o\xa7\xd8\xfc"
"""Dashes, arrows and ticks, and the letters that a word processor's bullets become in another font."""

_MARK = re.compile(
    rf"""[ >]*(?P<mark>
      (?P<open>\(?)(?P<count>\d{{1,2}}|[A-Za-z]|[ivxIVX]{{2,4}})(?P<close>\.\)|[).]|(?<=\d)[-:](?=[ ]))
      (?:[ ]+(?=\S)|(?=[^\W\d_]))
    | (?P<dash>[{_SIGNS}]|-{{2,3}}|&[mn]dash;)[ \xa0]+(?=\S)
    | (?P<tight>[-+](?=[^\W_]))
    )""",
    re.VERBOSE,
)
_ROMAN: Mapping[str, int] = {
    numeral: value
    for value, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)  # noqa: SIM905
}


def _lists(text: Text, masked: str, shown_as_code: frozenset[str], problems: Problems) -> None:
    """Report the first item of a list with marks that only word processors use; a single such line is no list."""
    before: tuple[int, re.Match[str]] | None = None
    reported = after_blank = False
    for at, line in dialect.lines(masked):
        item = None if line.strip(" >") in shown_as_code else _MARK.match(line)
        if item and _is_list_here(item):
            item = None
        if item and before and _follows(before[1], item):
            if not reported:
                problems.add(text.at(before[0] + before[1].start("mark")), _meant(before[1]))
            reported = True
        elif item or after_blank:
            reported = False
        if item or (after_blank and line.strip(" >") and not line.startswith("  ")):
            before = (at, item) if item else None
        after_blank = not line.strip(" >")


def _is_list_here(item: re.Match[str]) -> bool:
    """Whether such a line begins an item in this dialect too, or with a word and no mark."""
    if item["count"] is None:
        return False
    if not item["mark"].endswith(" "):
        return not item["count"].isdigit()
    return item["count"].isdigit() and item["close"] == "." and not item["open"]


def _follows(before: re.Match[str], item: re.Match[str]) -> bool:
    """Whether a mark is the next of its kind after another."""
    if before["count"] is None or item["count"] is None:
        return before["mark"].strip() == item["mark"].strip()
    kinds = [(each["open"], each["close"], each["count"].isdigit(), each["count"].isupper()) for each in (before, item)]
    return kinds[0] == kinds[1] and not {1, 0}.isdisjoint(
        next - one for one in _values(before["count"]) for next in _values(item["count"])
    )


def _values(count: str) -> tuple[int, ...]:
    """The values that a number, a letter or a Roman numeral may have."""
    if count.isdigit():
        return (int(count),)
    letter = (ord(count.lower()),) if len(count) == 1 else ()
    roman = _ROMAN.get(count.lower())
    return (*letter, *(() if roman is None else (roman,)))


def _meant(item: re.Match[str]) -> str:
    mark = item["mark"].strip()
    if not item["count"]:
        return f"{mark!r} makes no list (begin the line with - and a space)"
    return f"{mark!r} makes no list (begin the line with 1. and a space; the numbers are counted by themselves)"
