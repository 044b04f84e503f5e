"""What an author gets wrong in a text comes back with its place, in Markdown files and in YAML; and the tree holds."""

from __future__ import annotations

import concurrent.futures
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from planting import ABOUT, CURRICULUM, GLOSSARY, MODULE, READING, SHEET, SMALL, Fault, assert_told, lines, small

from builder import dialect, pipeline
from builder.checking.texts import Known, Text, proofread
from builder.dialect import citations
from builder.documents.apparatus import Apparatus
from builder.model.curriculum import Reference
from builder.problems import Problems
from builder.sources.files import Source

FOR_ALL = "a facilitator block in a text for everyone (only readings and handouts part facilitators' text)"
HELPS = "A map helps."
GREET = "Greet everyone by name, and say\n      how long the meeting lasts."


def in_reading(new: str, message: str, at: str = "") -> Fault:
    """A fault in the paragraph of a reading that says that a map helps."""
    return Fault(READING, HELPS, new, message, at)


def in_value(new: str, message: str, at: str = "") -> Fault:
    """A fault in a folded block scalar of a module."""
    return Fault(MODULE, GREET, new, message, at)


NAMES = [
    in_reading("Old [¦@hall-2051].".replace("[¦", "¦["), "unknown citation 'hall-2051' (did you mean 'hall-2015'?)"),
    in_reading("Old *word*{: .¦said }.", "'said' is a class, and classes are the program's own"),
    in_reading("Old.\n{: .¦search }", "'search' is a class, and classes are the program's own"),
    in_reading('Old *word*{: class="¦web" }.', "'web' is a class, and classes are the program's own"),
    in_reading(
        "Old.\n\n``` { .text .¦mermaid }\ngraph TD\n```", "'mermaid' is a class, and classes are the program's own"
    ),
    in_reading("Old [words](missing.md){: .¦footnote-ref }.", "'footnote-ref' is a class"),
    in_reading("Old *word*{: .¦admonition-title }.", "'admonition-title' is a class"),
    in_reading(
        "!!! facilitator\n    Old.\n\n¦\tFor facilitators.",
        "a tab (delete it; four spaces indent a list or a block)",
    ),
    in_reading("Old¦\tword.", "a tab (delete it; type a space; a table is written as | one | two |)"),
    in_reading("Old [@hall-2015] and ¦[@sue-2007; @x-1].", "unknown citation 'x-1' (known: hall-2015, sue-2007)"),
    in_reading("Old ¦[@hall-2015 is.", "a citation without its closing bracket (write [@id])"),
    in_reading("Old ¦[@hall-2015, p. 3].", "unknown citation 'p. 3'"),
    in_reading("Old ¦[see @hall-2015].", "a citation with other words in it (write only [@hall-2015])"),
    in_reading("Old ¦[@].", "unknown citation ''"),
    in_reading("`[@nobody]` and ¦[@nobody]", "unknown citation 'nobody'"),
    in_reading(
        "[a](module:first-steps), [b](¦module:frist-steps)", "unknown module 'frist-steps' (did you mean 'first-"
    ),
    in_reading("[a](¦guide:x)", "unknown guide 'x' (known: first-steps, next-steps)"),
    in_reading("[a](¦handout:x)", "unknown handout 'x'"),
    in_reading("[a](¦question:why-frist)", "unknown question 'why-frist' (did you mean 'why-first'?)"),
    in_reading("[a](term:path) [a](¦term:pth)", "unknown term 'pth' (did you mean 'path'?)"),
    in_reading("[a](¦page:abuot)", "unknown page 'abuot' (did you mean 'about'?)"),
    in_reading("[a](¦page:about#nowhere)", "link to an unknown anchor 'page:about#nowhere'"),
    in_reading("[a](¦module:next-steps#mps)", "unknown anchor 'module:next-steps#mps' (did you mean 'maps'?)"),
    in_reading("[a](¦modul:first-steps)", "unknown scheme (did you mean 'module'?)"),
    in_reading("[a](¦javascript:alert(1))", "link 'javascript:alert(1)' has an unknown scheme"),
    in_reading("[a](¦data:text/html,x)", "has an unknown scheme"),
    in_reading("[a](¦java&#115;cript:x)", "link 'javascript:x' has an unknown scheme"),
    in_reading("[a](¦java&Tab;script:x)", "has an unknown scheme"),
    in_reading("[a]\n\n[a]: ¦vbscript:x", "has an unknown scheme"),
    in_reading("[a][b]\n\n[b]: ¦module:first-steps", "is not written in full (write [words](module:first-steps))"),
    in_reading("[a](<¦module:first-steps>)", "is not written in full"),
    in_reading("[a](¦https://)", "link 'https://' is no address"),
    in_reading("[a](¦mailto:nobody)", "link 'mailto:nobody' is no address"),
    in_reading("[a](¦/about.html)", "starts at the server's root (use a relative link or page:…)"),
    in_reading("[a](¦//elsewhere.example/x)", "starts at the server's root"),
    in_reading("[a](¦../../abuot.md)", "broken link '../../abuot.md' (did you mean 'about.md'?)"),
    in_reading("[a](¦#mps)", "link to an unknown anchor '#mps' (did you mean 'maps'?)"),
    in_reading("[a](¦../next-steps/index.md#mps)", "link to an unknown anchor"),
    in_reading("[](¦https://x.example.edu)", "without words (say where it leads)"),
    in_reading("[ ](¦module:first-steps)", "without words (say where it leads)"),
    in_reading("![A b](¦images/b.svg)", "missing image 'images/b.svg' (SVG, PNG or JPEG; "),
    in_reading(
        "![A b](¦images/mpa.svg)", "missing image 'images/mpa.svg' (SVG, PNG or JPEG; did you mean 'images/map.svg'?)"
    ),
    in_reading("![A b](¦https://x.example.edu/b.png)", "image 'https://x.example.edu/b.png': an image on another site"),
    in_reading('![](¦images/map.svg "A")', "without alternative text"),
    in_reading("![ ](¦images/map.svg)", "without alternative text (write what it shows in the brackets)"),
    in_reading("Note ¦[^1].", "footnote [^1] has no text (add a line [^1]: …)"),
    in_reading("Note.\n\n¦[^1]: A note.", "nothing refers to footnote [^1]"),
    in_reading("Note¦[^two words].\n\n[^two words]: A note.", "is not one word (such as [^two-words])"),
    in_reading("Note.\n\n    code [^1]\n\n¦[^1]: A note.", "nothing refers to footnote [^1]"),
    in_reading("- Note.\n\n        code [^1]\n\n¦[^1]: A note.", "nothing refers to footnote [^1]"),
    in_reading("As ¦@hall-2015 says.", "a citation without its brackets (write [@hall-2015])"),
    in_reading("Old [@hall-2015], old (¦@hall-2015).", "a citation without its brackets (write [@hall-2015])"),
    in_value("See old\n      work (¦@hall-2015).", "a citation without its brackets (write [@hall-2015])"),
    in_reading("See [words ¦[@hall-2015] there](https://e.example.edu/).", "a citation in the words of a link"),
    in_reading("See [¦[@hall-2015]](https://e.example.edu/).", "a citation in the words of a link"),
    in_reading("![A map [b] ¦[@hall-2015]\n[c]](images/map.svg)", "or an image (put it beside them)"),
    in_reading("[Call ¦[PROGRAM TO SUPPLY: reporting duties]](module:next-steps)", "a blank in the words of a link"),
    in_value("[A ¦[program to supply:\n      reporting duties]](module:next-steps)", "a blank in the words of a link"),
    in_reading("¦[PROGRAM TO SUPLY: a room]", "is no blank (write [PROGRAM TO SUPPLY: what], on one line)"),
    in_reading("¦[PROGRAM TO SUPPLY a room]", "is no blank (write [PROGRAM TO SUPPLY: what]"),
    in_reading("A ¦[Program to suply: a\nroom]", "is no blank (write [PROGRAM TO SUPPLY: what]"),
    in_reading("A ¦[PROGRAM TO\nSUPPLY: a room]", "'[PROGRAM TO SUPPLY: a room]' is no blank"),
    in_value("Go to\n      ¦[PROGRAM SUPPLY:\n      a room].", "'[PROGRAM SUPPLY: a room]' is no blank"),
    in_reading("¦[WRITE 4]", "'[WRITE 4]' makes no lines to write on (write [WRITE: 4], alone in its paragraph)"),
    in_reading("¦[WRITE: x]", "'[WRITE: x]' makes no lines to write on"),
    in_reading("¦[WRITE: 400]", "'[WRITE: 400]' makes no lines to write on"),
    in_reading("¦[Write 4]", "'[Write 4]' makes no lines to write on"),
    in_reading("- ¦[WRITE: 4]", "'[WRITE: 4]' makes no lines to write on"),
    in_value("Think.\n      ¦[WRITE: 4]", "'[WRITE: 4]' makes no lines to write on"),
    in_reading("[see](¦www.example.com)", "link 'www.example.com' is no address (write https://www.example.com)"),
    in_reading("[ask](¦me@x.example.edu)", "is no address (write mailto:me@x.example.edu)"),
    in_reading("- One\n\n    ¦~~~\n    two\n    ~~~", "code that is never closed, or not at the line's start"),
    in_reading("!!! story\n    ¦```\n    two\n    ```", "code that is never closed, or not at the line's start"),
    in_reading("[see](¦walking.example.org/a)", "is no address (write https://walking.example.org/a)"),
    Fault(SHEET, "Where will", "![A map](¦../images/map.svg) will", "missing image '../images/map.svg'"),
    Fault(ABOUT, "They are", "![A map](¦map.svg) They are", "missing image 'map.svg'"),
    Fault(GLOSSARY, "Where one walks.", "'![A map](¦images/map.svg)'", "an image in a text that several pages show"),
    Fault(GLOSSARY, "Where one walks.", "Where [one](¦../about.md) walks.", "depends on the page (name its target"),
    Fault(CURRICULUM, "We listen.", "We ¦[@listen].", "unknown citation 'listen'"),
    Fault(CURRICULUM, "Ask the office.", "Ask [us](¦page:nobody).", "unknown page 'nobody'"),
    in_value("See\n      [the\n      second](¦module:nxt-steps).", "unknown module 'nxt-steps'"),
    in_value("See old\n      work ¦[@hall-2051].", "unknown citation 'hall-2051'"),
    in_value("See [@hall-2015]\n      and ¦[@hall-2051].", "unknown citation 'hall-2051'"),
    in_value("See [a](term:path), ü \U0001d518\n      [b](¦term:pth).", "unknown term 'pth'"),
    in_value("See ![a map](images/map.svg), ![a\n      ](¦images/b.svg).", "missing image 'images/b.svg'"),
    Fault(MODULE, "Ask both questions.", '"Say \\"why\\" ¦[@who]."', "unknown citation 'who'"),
    Fault(MODULE, "Ask both questions.", "'It''s ¦[@who].'", "unknown citation 'who'"),
    Fault(MODULE, "Ask both questions.", "|\n      One\n      two ¦[@who].", "unknown citation 'who'"),
]

HTML = [
    in_reading("¦<script>x</script>", "raw HTML '<script>' (only <abbr>, <br>, <cite>, <kbd>, <q>, <sub>, <sup>;"),
    in_reading("¦<div>\nx\n</div>", "raw HTML '<div>'"),
    in_reading("a ¦<b>c</b>", "raw HTML '<b>'"),
    in_reading("a ¦<BR onload=x>", "raw HTML '<BR onload=x>'"),
    in_reading("a ¦<img src=x>", "raw HTML '<img src=x>'"),
    in_reading("a ¦<sub onclick='x'>b</sub>", "raw HTML \"<sub onclick='x'>\""),
    in_reading("¦<!-- hidden -->", "raw HTML '<!-- hidden -->'"),
    in_reading("¦<?php x ?>", "raw HTML '<?php x ?>'"),
    in_reading("¦<!DOCTYPE html>", "raw HTML '<!DOCTYPE html>'"),
    in_reading("¦<![CDATA[x]]>", "raw HTML '<![CDATA[x]]>'"),
    in_reading("`<b>` and ¦<b>", "raw HTML '<b>'"),
    in_reading("~~~\n<b>\n~~~\n\n¦<b>", "raw HTML '<b>'"),
    in_reading("\\`¦<b>\\`", "raw HTML '<b>'"),
    in_reading("a \\¦<b>", "raw HTML '<b>'"),
    in_reading("a ¦<html> b", "raw HTML '<html>'"),
    in_reading("**b**¦{: onclick=x }", "attribute 'onclick' is not allowed (#id, lang, title and start are)"),
    in_reading("**b**¦{ onclick=x }", "attribute 'onclick' is not allowed"),
    in_reading("**b**¦{: #a title=\"b\" style='c' }", "attribute 'style' is not allowed"),
    in_reading("**b**¦{: hidden }", "attribute 'hidden' is not allowed"),
    in_reading("A paragraph.\n¦{: data-x=1 }", "attribute 'data-x' is not allowed"),
    in_value("a\n      ¦<b>c</b>", "raw HTML '<b>'"),
    in_value("¦<!-- a -->", "raw HTML '<!-- a -->'"),
    in_value("**a**¦{ onclick=x }", "attribute 'onclick' is not allowed"),
    Fault(GLOSSARY, "Where one walks.", "Where ¦<i>one</i>.", "raw HTML '<i>'"),
    Fault(ABOUT, "They are few.", "¦<iframe src=x>", "raw HTML '<iframe src=x>'"),
]

SHAPES = [
    Fault(READING, "### Scale", "¦#### Scale", "heading of level 4 after level 2 (use ###)"),
    Fault(READING, "## Maps", "¦# Maps", "heading of level 1 (use ## and deeper; the title is level 1)"),
    Fault(READING, "## Maps", "¦### Maps", "heading of level 3 after level 1 (use ##)"),
    Fault(READING, "### Scale", "¦Scale\n=====\n", "heading of level 1 (use ## and deeper"),
    Fault(READING, "### Scale", "¦####Scale", "heading of level 4 after level 2"),
    Fault(READING, "### Scale", "~~~\n# a\n~~~\n\n¦#### Scale", "heading of level 4 after level 2"),
    Fault(READING, "### Scale", "¦###", "a heading without words"),
    Fault(SHEET, "## Your plan", "¦# Your plan", "heading of level 1 (use ## and deeper"),
    Fault(ABOUT, "They are few.", "They are.\n\n¦# Again\n\n", "heading of level 1"),
    Fault(ABOUT, "# About these steps", "¦About these steps", "a page without a title (begin with # and the title)"),
    Fault("docs/guide/notes.md", "# Notes", "¦## Notes", "a page without a title (begin with # and the title)"),
    Fault(READING, "## Maps {", "## Maps ¦[@hall-2015] {", "'[@' in a heading or a title (put it into the text below)"),
    Fault(READING, "### Scale", "### [Scale¦](term:path)", "in a heading or a title (put it into the text below)"),
    Fault(MODULE, GREET, "|\n      Hello\n\n      ¦## Greet", "a heading in a YAML text", at="## Greet"),
    Fault(MODULE, "Ask both questions.", '¦"# Ask"', "a heading in a YAML text", at="# Ask"),
    Fault(READING, "| Map | Scale |", "| Map |¦ |", "empty cell in a table's header row (name every column)"),
    Fault(READING, "| Map | Scale |", "|¦ | Scale |", "empty cell in a table's header row"),
    in_reading("¦!!! stroy\n    A story.", "unknown block 'stroy' (did you mean 'story'?)"),
    in_reading("¦!!! Story\n    A story.", "unknown block 'Story' (did you mean 'story'?)"),
    in_reading("¦!!! warning\n    A story.", "unknown block 'warning' (known: content-note, definition, evidence"),
    in_reading("¦!!! story “Once”\n    A story.", "after the word of a block (only a title in straight quotes"),
    in_reading("¦!!! story inline\n    A story.", "'inline' after the word of a block"),
    in_reading("A\n\n    ¦!!! story\n        A story.", "this story block does not come out as one"),
    in_reading("> ¦!!! facilitator\n>     A story.", "a facilitator block inside a quotation or a list (put"),
    in_reading("¦!!! story", "block without text (indent its text by four spaces)"),
    in_reading("¦!!! facilitator\nSECRET", "block without text (indent its text by four spaces)"),
    in_reading('¦!!! facilitator "x"\n\nSECRET', "block without text (indent its text by four spaces)"),
    in_reading("¦!!! facilitator\n  SECRET", "block without text (indent its text by four spaces)"),
    in_reading("!!! facilitator\n¦\tSECRET", "a tab (delete it;"),
    in_reading("!!! facilitator\n    One.\n¦Two.", "neither in the block above nor apart (four spaces before it"),
    in_reading("!!! facilitator\n    One.\n\n  ¦Two.", "neither in the block above nor apart (four spaces before it"),
    in_reading(
        "¦!! facilitator\n    SECRET", "is no block (three exclamation marks, a space, one word: !!! facilitator)"
    ),
    in_reading("¦!!!! facilitator\n    SECRET", "'!!!! facilitator' is no block"),
    in_reading("¦! facilitator\n    SECRET", "'! facilitator' is no block"),
    in_reading("¦!!!  facilitator\n    SECRET", "'!!!  facilitator' is no block"),
    in_reading("!!¦\tFacilitator\n    SECRET", "a tab (delete it;"),
    in_reading('¦!!! "facilitator"\n    SECRET', "is no block"),
    in_reading('¦??? facilitator "x"\n    SECRET', "is no block"),
    in_reading("¦::: facilitator\n    SECRET", "is no block"),
    in_reading("!!! facilitator\n    One ¦[^1].\n\n[^1]: Two.", "a footnote in facilitators' text (say it in the text"),
    in_reading("One [^1].\n\n!!! facilitator\n    A.\n\n    ¦[^1]: Two.", "a footnote in facilitators' text"),
    in_reading("¦~~~\nNever closed.", "code that is never closed, or not at the line's start (end it with ~~~"),
    in_reading("¦```yaml\na: b\n``` x", "code that is never closed, or not at the line's start (end it with ```"),
    in_reading("¦• One\n• Two".replace("\n•", "\n\nAnd"), "'•' makes no list (begin the line with - )"),
    in_reading("> ¦· One", "'·' makes no list (begin the line with - )"),
    Fault(MODULE, "      - Reasons", "      - ¦• Reasons", "'•' makes no list (begin the line with - )"),
    Fault(MODULE, "text: Draw it.", "text: |\n        ¦!!! facilitator\n            SECRET", FOR_ALL),
    Fault(MODULE, "practice: Walk once.", "practice: |\n    ¦!!! facilitator\n        SECRET", FOR_ALL),
    Fault(GLOSSARY, "Where one walks.", "|\n    ¦!!! facilitator\n        SECRET", FOR_ALL),
    Fault(ABOUT, "They are few.", "¦!!! facilitator\n    SECRET\n\nThey are few.", FOR_ALL),
    Fault("docs/guide/more.md", "", "¦Only a line of plain text.\n", "a page without a title (begin with # and the"),
    in_reading('!!! story "A ¦[@hall-2015]"\n    A story.', "'[@' in a heading or a title"),
    in_reading(f"¦{'> ' * 13}a", "nested too deeply (at most 12 levels)"),
    in_reading(
        "\n".join(f"{' ' * 4 * n}- a" for n in range(12)) + f"\n¦{' ' * 48}- a", "nested too deeply (at most 12"
    ),
]


@pytest.mark.parametrize("fault", [*NAMES, *HTML, *SHAPES], ids=str)
def test_a_fault_in_a_text_is_told_at_its_place(fault: Fault, tmp_path: Path) -> None:
    """A slip in a text is one problem at its own line and column, folded and escaped YAML texts included."""
    assert_told(fault, tmp_path)


GOOD = [
    "a < b, a<3, 5 > 4, AT&T, &lt;b&gt;, `<b>`, ``a ` <b>``",
    "<https://x.example.edu/a_b> and <me@x.example.edu> and x@y.example.edu and @sue",
    'H<sub>2</sub>O<br>10<sup>3</sup> <abbr title="a b">AB</abbr> <kbd>x</kbd> <q>y</q> <cite>z</cite><br />',
    '[a](https://x.example.edu/a_(b)?c=d#e) [b](http://x.example.edu) [c](mailto:me@x.example.edu "Write")',
    "[a](module:next-steps) [b](guide:first-steps) [c](handout:next-steps#agreements) [d](page:glossary)",
    "[a](question:why-next) [b](term:mentorship) [c](page:guide/notes#before) [d](../../about.md) [e](guide.md)",
    "[a](../next-steps/index.md#maps) [b](#maps) [the map](images/map.svg) [a [b] c](term:path)",
    "Old [@hall-2015], [@hall-2015;@sue-2007] and [@hall-2015; @sue-2007].",
    "Note [^1] and [^2].\n\n[^1]: One.\n\n[^2]: Two, as before.",
    "- [ ] a\n- [x] b\n\n1.  c\n    - d\n\nTerm\n:   What it is\n\n> quoted\n> [@hall-2015]",
    "Text {: not one} and *b*{: #d lang=\"fr\" title='e' }.",
    '!!! story "Once"\n    A.\n\n    - b\n\n!!! content-note\n    C.\n\n!!!evidence\n    D.',
    "- a\n\n    !!! practice\n        Do.\n\n| a | b |\n|---|:-:|\n| `x` | \\| |",
    ["~~~\n# a\n[@nobody] <script>\n!!! x\n~~~", "    [@nobody]\n"][0],
    "[WRITE: 4]\n\n[Write to us](mailto:me@x.example.edu), [write], [Write 4](#maps), [Programs supply]\n\n [write: 9]",
    "https://x.example.edu/@hall-2015 `@hall-2015` @Hall-2015 [Hall](https://x.example.edu)",
    "```code``` and\n~~~\nx\n~~~\n\n```\n• `@hall-2015` !! facilitator\n```\n\nA • b · c! Why?!! Yes!!!",
    "    ~~~\n    shown\n    ~~~\n\nand `one\ntwo`",
    "!!! story\n\n    A.\n\n    - b\n        - c\n\n        d\n\nApart.\n\n!!! practice\n    E.\n\n!!! story\n    F.",
    "[WRITE: 4]\n\n`{: onclick=x }` [PROGRAM TO SUPPLY: reporting duties] [sic] [a, b]",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_the_format_allows_is_not_told(text: str, tmp_path: Path) -> None:
    """Whatever the format describes passes without a word, also where it looks like a slip."""
    root = small(tmp_path)
    path = root / READING
    path.write_text(path.read_text().replace(HELPS, text))
    assert lines(root) == []


def test_every_problem_of_a_text_is_told(tmp_path: Path) -> None:
    """Many slips in one text are reported together, in order, each at its own place."""
    root = small(tmp_path)
    text = "[@a] <b> [c](x:y)\n\n![](d.png)\n\n[e](f.md)\n"
    (root / READING).write_text(text + "\n## Maps\n")
    places = [line.split(": ")[0].removeprefix(f"{READING}:") for line in lines(root)]
    assert places == ["1:1", "1:6", "1:14", "3:5", "3:5", "5:5"]


KNOWN = Known(
    ids={scheme: frozenset({"a"}) for scheme in ("module", "guide", "handout", "question", "term", "page")},
    works=frozenset({"a"}),
    files=frozenset({"modules/m/images/a.svg"}),
    supplied=frozenset(),
)
PIECES = (
    "!!! facilitator\n",
    '!!! story "a"\n',
    "    ",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "`",
    "``",
    "~~~\n",
    "```\n",
    "[",
    "]",
    "(",
    ")",
    "[^1]",
    "[^1]: ",
    "[@a]",
    "[@",
    "{: ",
    "{",
    "}",
    "#x",
    ".write",
    "data-lines=x",
    "<",
    ">",
    "<div>",
    "</div>",
    "<html>",
    "<body>",
    "<!--",
    "-->",
    "<sup>",
    "![a](",
    "module:a",
    "term:a",
    "|",
    "|a|b|\n|-|-|\n",
    "---",
    "===",
    ":   ",
    "*",
    "**",
    "_",
    "\\",
    "&",
    "&#0;",
    "&#x202e;",
    "&lt;",
    "a",
    "path",
    "mentor\u017fhip",
    "é",
    "\U0001d518",
    "\t",
    "[WRITE: 4]\n",
    "[REFERENCES]\n",
    "[GLOSSARY]\n",
    "[PROGRAM TO SUPPLY: a]",
    "http://a.b",
    "<a@b.c>",
    "[a]: b\n",
    " ",
    "*[a]: b\n",
    "\x00",
    "\x02",
    "\u2028",
    "\ue000",
)
MARKDOWN = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
OFTEN = settings(max_examples=400, suppress_health_check=list(HealthCheck))


@given(MARKDOWN)
@example("[^1]\n\n[^1]: a [^1]")
@example("<html>")
@example('<sup id="fnref:x"></sup>')
@example("a\n{: .write data-lines=x }")
@example("\n".join(f"{' ' * 4 * n}- a" for n in range(300)))
@example("> " * 2000)
@OFTEN
def test_any_markdown_can_be_proofread(text: str) -> None:
    """Whatever is in a reading, proofreading answers with problems that are in the text, and never fails."""
    for form in ("page", "part", "value"):
        problems = Problems()
        source = Source("modules/m/reading.md", text)
        proofread(Text(source, 0, len(text), text, form, "modules/m/index.md", "modules/m"), KNOWN, problems)
        height = text.count("\n") + 1
        assert all(1 <= problem.place.line <= height and problem.place.column >= 1 for problem in problems)


@given(MARKDOWN)
@OFTEN
def test_what_passes_holds_nothing_foreign(text: str) -> None:
    """A text without problems becomes HTML of the closed vocabulary: no other elements, attributes or addresses."""
    problems = Problems()
    source = Source("modules/m/reading.md", text)
    proofread(Text(source, 0, len(text), text, "part", "modules/m/index.md", "modules/m"), KNOWN, problems)
    if not problems.stopping:
        assert list(dialect.foreign(text)) == []
        for node in dialect.walk(dialect.tree(text)):
            assert not node.get("href", "").lower().startswith(("javascript", "data", "vbscript", "/"))


@pytest.fixture(scope="module")
def apparatus() -> Apparatus:
    """The apparatus of the small curriculum."""
    curriculum = pipeline.read(SMALL).loaded.curriculum
    return Apparatus(curriculum, citations.entries(curriculum.references))


@given(text=MARKDOWN)
@example(text="pre\u017fent mentor\u017fhip, mentorsh\u0131p")
@OFTEN
def test_any_text_can_be_finished(apparatus: Apparatus, text: str) -> None:
    """Citations, links, blanks and terms are worked out of any text without a failure, and the tree of it is made."""
    finished = apparatus.finish("modules/first-steps/index.md", text)
    if not dialect.too_deep(finished):
        dialect.tree(finished)
    dialect.split_audiences(text)


@pytest.mark.parametrize(
    "before", ["``a ` b`` and", "| `` a ` b `` | `c`", "`a`, ``b`` and ``` ` ```", "2 < 3 and", "a <b and c>"]
)
def test_what_is_no_mark_hides_no_mark(apparatus: Apparatus, before: str) -> None:
    """Code with a grave accent in it and a less-than sign hide neither a link nor a citation that come after them."""
    finished = apparatus.finish("guide/notes.md", f"{before} [steps](module:next-steps) > 1 [@hall-2015] `x`")
    assert "[steps](../modules/next-steps/index.md)" in finished
    assert "[@hall-2015]" not in finished


def test_a_blank_may_go_on_in_the_next_line_of_a_quotation(apparatus: Apparatus) -> None:
    """The signs that set a quotation's lines in are no part of a blank's name."""
    text = "> Call [PROGRAM TO SUPPLY: support list: employee\n> assistance, a\n> > crisis line]."
    finished = apparatus.finish("facilitate/notes.md", text)
    named = '<span class="blank-name">support list</span><span>&#58; employee assistance, a crisis line</span>'
    assert f'<span class="blank">Your program writes here: {named}</span>' in finished


@pytest.mark.parametrize(
    "text",
    [
        "Before.\n\n!!! facilitator\n    SECRET\n\nAfter.",
        "Before.\n\n!!!facilitator\n    SECRET\n\nAfter.",
        'Before.\n\n!!! facilitator "Notes"\n    SECRET\n\n    - SECRET\n\nAfter.',
        "Before.\n\n~~~ never closed\n\n!!! facilitator\n    SECRET\n\nAfter.",
        "Before.\n\n  ~~~\n!!! facilitator\n    SECRET\n\n  ~~~\n\nAfter.",
        "- Before.\n\n    !!! facilitator\n        SECRET\n\nAfter.",
        "Before.\n\n!!! Facilitator\n    SECRET\n\nAfter.",
    ],
)
def test_facilitators_text_is_parted_from_readers(text: str) -> None:
    """However a facilitator block is spelled, what it contains is not left in what readers get."""
    kept, notes = dialect.split_audiences(text)
    assert "SECRET" not in kept
    assert any("SECRET" in note for note in notes)
    assert "Before." in kept
    assert "After." in kept


def test_a_facilitator_block_keeps_its_title() -> None:
    """The title of a facilitator block, which the guide's own title takes the place of, begins its passage."""
    _, (note,) = dialect.split_audiences('Before.\n\n!!! facilitator "Two *words*"\n    More.\n')
    assert note == "**Two *words***\n\nMore."


def test_fences_are_the_converters_own() -> None:
    """What a fence shows stays in a reading, block words included."""
    text = "~~~\n!!! facilitator\n    shown\n~~~\n"
    assert dialect.split_audiences(text) == (text, ())


TITLES = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@given(title=TITLES.filter(str.strip))
@example(title="Why? And *how* <i>so</i>")
@example(title="x" * 20)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_any_title_of_a_work_can_be_listed(title: str) -> None:
    """A work with any title becomes an entry without raw HTML of its own."""
    csl = {"id": "a", "type": "book", "title": title, "issued": {"date-parts": [[2000]]}}
    entry = citations.entries((Reference(id="a", csl=csl, supports=None, caution=None),))["a"]
    assert "<script" not in dialect.html(entry)


def test_texts_are_converted_in_several_threads() -> None:
    """Texts that are converted at the same time, as pages and packets are, come out as they do one by one."""
    piece = "A *walk* of `{0}` & [more](more.md): &#42;{0}&#42;\n\n- **Go** \\* on\n\n"
    texts = [piece.format(number) * 20 for number in range(60)]
    convert = dialect.html.__wrapped__
    alone = [convert(text) for text in texts]
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        assert list(threads.map(convert, texts)) == alone
    assert "\x02" not in "".join(alone)
