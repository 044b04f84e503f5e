"""The press: what it makes, what it refuses, and that the same job gives the same bytes."""

from __future__ import annotations

import io
import re
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from output import sheets, single_spaced

from builder import words
from builder.press import Job, Node, Press, Refused, faults, typeset
from builder.press.fitting import fitted

FACTS: dict[str, Any] = {
    "language": "en-US",
    "direction": "ltr",
    "words": words.of("en").group("print") | {"halves": ["am", "pm"]},
    "title": "A guide",
    "variant": None,
    "curriculum": "Mortals into Mentors",
    "module_title": "Why we mentor",
    "edition": "2021.1",
    "license": "CC BY 4.0",
    "provenance": "Written for tests.",
    "contact": None,
    "timestamp": 1_618_963_200,
}
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M1 1h7v7z"/></svg>'
COVER: dict[str, Any] = {
    "subtitle": "For tests",
    "cohort": "2021",
    "dates": "April to May",
    "time_zone": "America/Chicago",
    "facilitators": ["A"],
    "facilitators_missing": 1,
    "members": [],
    "place": None,
    "link": None,
    "phone": None,
    "url": "https://example.org/",
    "qr": SQUARE.decode().replace(' xmlns="http://www.w3.org/2000/svg"', ""),
}
HEADS = ("60 min", "Activity", "Lead", "Have ready", "Ask", "45 min", "30 min")
SIGNS = ["Marušić", "Agénor", "→≥≤≈", "µμ½²", "Ж", "✓☐", "“”…", "\u2018\u2019\u2013\u2014\u2212\u00a0"]


def el(tag: str, *children: Node | str, **more: Any) -> Node:
    """An element of a tree."""
    return {"t": tag, **more, "c": list(children)}


def root(*children: Node) -> Node:
    """A tree with a title."""
    return el("root", el("h1", "A title"), *children)


def guide(tree: Node, name: str = "guide", paper: Any = "letter", **more: Any) -> Job:
    """A guide's job."""
    return Job(name, "guide", {**FACTS, **more}, {"guide": tree}, {"images/square.svg": SQUARE}, paper)


def table(*head: str) -> Node:
    """A table with one row below these heads."""
    body = el("tbody", el("tr", *(el("td", "1") for _ in head)))
    return el("table", el("thead", el("tr", *(el("th", *([cell] if cell else [])) for cell in head))), body)


def question(number: int) -> Node:
    """A question as the guide's template makes it."""
    notes = el("dl", el("dt", "Listen for"), el("dd", el("ul", el("li", "Doubt"), el("li", "Hope"))))
    return el(
        "section",
        el("h3", f"Q{number} ", el("em", "core"), id=f"q-{number}"),
        el("div", el("p", "Who opened a door?"), k=["ask"]),
        el("div", notes, k=["notes"]),
        k=["question", "core"],
    )


def everything() -> Node:
    """A tree with every element that a text may contain."""
    clock = el("p", el("strong", "0:05", k=["time"]), " ", el("em", "8 min"), " ", el("em", "A leads"), k=["clock"])
    note = el("footnote", el("p", "A note."))
    blank = el("span", el("span", "to be written", k=["blank-name"]), k=["blank"])
    cite = el("sup", el("a", "1", href="#ref-a", k=["cite"]))
    return root(
        el("p", "Module 1", k=["kicker"]),
        el("p", "A promise.", k=["promise"]),
        el("h2", "A part", id="part"),
        el(
            "p",
            "Text",
            note,
            cite,
            el("br"),
            "\nmore ",
            el("code", "code"),
            el("kbd", "K"),
            el("q", "said"),
            " ",
            el("abbr", "URM"),
        ),
        el("p", el("sub", "2"), el("cite", "A work"), blank, el("span", k=["blank"])),
        el(
            "p",
            el("a", "a place", href="https://example.org/"),
            el("a", "nowhere", href="#missing"),
            el("a", "here", href="#part"),
        ),
        el("div", el("p", "Story", k=["admonition-title"]), el("p", "Once."), k=["admonition", "story"]),
        el("ul", el("li", el("span", el("span", "To do: ", k=["said"]), k=["task"]), "pens"), el("li", "paper")),
        el("ol", el("li", el("p", "one")), el("li", el("p", "two"), el("ul", el("li", "deep")))),
        el("blockquote", el("p", "A quotation.")),
        el("pre", el("code", "two\nlines")),
        el("hr"),
        el("p", el("img", src="images/square.svg", alt="A square")),
        table("Word", "Meaning"),
        el("p", "Write here:"),
        el("div", k=["write"], n=4),
        el("section", el("h2", "An activity", id="a-one"), clock, el("p", "Do it."), question(1), k=["activity"]),
        el("section", el("h2", "Plan"), el("div", table(*HEADS), k=["run-sheet"]), k=["sheet"]),
        el("div", el("h2", "Kept together"), el("p", "Text."), k=["together"]),
        el("div", el("dl", el("dt", "Term"), el("dd", "What it means.")), k=["glossary"]),
        el("div", el("ol", el("li", "A work.", id="ref-a")), k=["references"]),
    )


def packet(name: str = "packet") -> Job:
    """A packet of a team that meets twice on one module."""
    parts = [{"kind": kind, "title": "Why", "tree": kind} for kind in ("run-sheet", "guide", "handout")]
    trees = {
        "calendar": root(table("Meeting", "When")),
        "run-sheet": root(el("div", table(*HEADS), k=["run-sheet"])),
        "guide": everything(),
        "handout": everything(),
        "sign-in": root(table("Name", "Signature")),
    }
    facts = {
        "team": "Western Hemlock",
        "cover": COVER,
        "provenance": "Not yet reviewed.",
        "blanks": ["reporting duties", "support list: a crisis line"],
        "meetings": [
            {"title": f"Meeting {n}", "number": n, "start": start, "parts": parts}
            for n, start in ((1, 23 * 60 + 57), (2, None))
        ],
        "changes": None,
        "cards": True,
        "after": [{"kind": "sign-in", "title": "Sign-in sheet", "tree": "sign-in"}],
    }
    return Job(name, "packet", {**FACTS, **facts}, trees, {"images/square.svg": SQUARE})


def pages(job: Job, folder: Path) -> list[str]:
    """The text of each page that a job makes, with single spaces."""
    file = folder / "made.pdf"
    file.write_bytes(typeset(job).data)
    return [single_spaced(page) for page in sheets(file)]


def opened(data: bytes) -> pikepdf.Pdf:
    """The PDF as another program reads it."""
    return pikepdf.open(io.BytesIO(data))


def tags(node: Any) -> list[str]:
    """Names of all structure elements below a node, in order."""
    if isinstance(node, pikepdf.Array):
        return [name for child in node for name in tags(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [str(node.S)] if "/S" in node else []
    return own + (tags(node.K) if "/K" in node else [])


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_guide_holds_every_element(paper: str) -> None:
    """Every element of a text is set, tagged, on either paper, with title, language and bookmarks."""
    made = typeset(guide(everything(), paper=paper))
    pdf = opened(made.data)
    assert len(pdf.pages) == made.pages > 0
    assert float(pdf.pages[0].mediabox[2]) == pytest.approx(612 if paper == "letter" else 595.28, abs=0.1)
    assert str(pdf.Root.Lang) == "en-US"
    assert str(pdf.docinfo.Title) == f"A guide, {FACTS['curriculum']}"
    assert "pdfuaid:part" in str(pdf.open_metadata())
    found = tags(pdf.Root.StructTreeRoot.K)
    wanted = [
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/TD",
        "/Figure",
        "/Link",
        "/Note",
        "/BlockQuote",
    ]
    assert [tag for tag in wanted if tag not in found] == []
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["A title"]


def test_a_handout_and_a_packet_are_set() -> None:
    """The other two layouts have the same; a packet may contain one guide twice, and counts its pages throughout."""
    handout = Job("h", "handout", FACTS, {"handout": everything()}, {"images/square.svg": SQUARE}, "a4")
    made, whole = typeset(handout), typeset(packet())
    assert len(opened(made.data).pages) == made.pages
    pdf = opened(whole.data)
    assert len(pdf.pages) == whole.pages
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root][-3:] == ["Meeting 1", "Meeting 2", "Sign-in sheet"]
        assert [item.title for item in outline.root[-2].children] == [
            "Run sheet",
            "Discussion guide",
            "Handout for participants",
        ]


def test_a_packet_tells_the_hour_of_each_activity(tmp_path: Path) -> None:
    """A guide shows the day's clock and, beneath, the running one; only the latter while no hour is fixed."""
    guides = [page for page in pages(packet(), tmp_path) if "facilitator copy" in page and "An activity" in page]
    assert len(guides) == 2
    assert "12:02 am An activity 0:05 8 min" in guides[0]  # from three minutes to midnight
    assert not re.search(r"\d [ap]m", guides[1])
    assert "0:05" in guides[1]
    assert not any("Plan" in page for page in guides)  # the run sheet of the day stands before them


def test_handouts_in_a_packet_can_be_copied(tmp_path: Path) -> None:
    """The contents say which pages to copy, and each page of a handout its number there and its meeting."""
    found = pages(packet(), tmp_path)
    for number in (1, 2):
        own = [at for at, page in enumerate(found, 1) if f"Meeting {number} · Why Handout" in page]
        for at, page in enumerate(own, 1):
            assert f"Handout for participants · page {at} of {len(own)}" in found[page - 1]
        named = f"pages {own[0]}–{own[-1]}" if len(own) > 1 else f"page {own[0]}"  # noqa: RUF001
        assert f"(copy {named}, one for each person)" in found[2]


def test_a_packet_says_first_what_is_missing(tmp_path: Path) -> None:
    """The cover says how far the text is reviewed; before the first meeting each blank is listed, if there is one."""
    cover, _, _, blanks, *_ = pages(packet(), tmp_path)
    assert "Not yet reviewed." in cover
    assert re.search("Fill in before you meet .* Reporting duties Support list: a crisis line", blanks)
    job = packet()
    without = Job(job.name, job.layout, {**job.facts, "blanks": []}, job.trees, job.images)
    assert not any("Fill in before you meet" in page for page in pages(without, tmp_path))


def test_a_figure_prints_with_its_caption_and_its_words(tmp_path: Path) -> None:
    """On paper a drawing has its alternative text; its caption stands above it and what it shows below."""
    title = el("p", "Figure: A square", k=["admonition-title"])
    drawing = el("p", el("img", src="images/square.svg", alt="A square, filled"))
    figure = el("div", title, drawing, el("p", "It has four sides."), k=["admonition", "figure"])
    assert "Figure: A square It has four sides." in " ".join(pages(guide(root(figure)), tmp_path))
    found = opened((tmp_path / "made.pdf").read_bytes())
    said = [str(each["/Alt"]) for each in found.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert said == ["A square, filled"]


def test_lines_of_a_handout_stay_with_the_words_that_ask_for_them(tmp_path: Path) -> None:
    """Wherever a handout's page ends, no lines to write on begin the next one without their words."""
    asked = [node for n in range(40) for node in (el("p", f"Write {n}."), el("div", k=["write"], n=2))]
    found = pages(Job("h", "handout", FACTS, {"handout": root(el("h2", "Sheet"), *asked)}, {}), tmp_path)
    assert len(found) > 2
    document = pypdfium2.PdfDocument(tmp_path / "made.pdf")
    lines = [sum(each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for each in page.get_objects()) for page in document]
    lines[0] -= 1  # the one above the imprint
    asked_for = [2 * len(re.findall(r"Write \d+\.", page)) for page in found]
    assert lines == asked_for


def test_a_long_name_leaves_the_head_of_the_page_in_order(tmp_path: Path) -> None:
    """However long a team's name is, the kind of page is on the first line, whole, unbroken."""
    job = packet()
    named = Job(job.name, job.layout, {**job.facts, "team": "A team whose name goes on " * 3}, job.trees, job.images)
    file = tmp_path / "made.pdf"
    file.write_bytes(typeset(named).data)
    heads = [page.splitlines()[:4] for page in sheets(file) if "facilitator copy" in page]
    assert heads
    assert all(any(line.endswith("Discussion guide · facilitator copy") for line in head) for head in heads)


@pytest.mark.parametrize("asking", ["Your program writes here: ", "Aqu\u00ed escribe su programa: ", ""])
def test_a_blank_reads_on_and_the_page_leads_only_the_page(asking: str, tmp_path: Path) -> None:
    """A blank is a line with its name after it, whatever words ask for it; ways about the page are not printed."""
    parts = el("span", "support list", k=["blank-name"]), el("span", ": a crisis line")
    blank = el("span", *([asking] if asking else []), *parts, k=["blank"])
    tree = root(el("p", "Ours are ", blank, "."), el("p", "Run sheet", k=["web", "jump"]))
    (page,) = pages(guide(tree), tmp_path)
    assert "Ours are (support list)." in page
    assert "Run sheet" not in page


def test_a_tree_is_fitted_for_print() -> None:
    """The press gets single spaces, none where they mean nothing, each block's room, and the anchors of each part."""
    line = el("p", "one\n two", el("br"), "\nthree ", el("em", "four"), " ", el("span", "more", k=["web"]), id="a")
    made = fitted(el("root", "\n", line, "\n", el("div", k=["write"], n=2), el("pre", "two\n  lines")))
    first, second, third = made["c"]
    assert first["c"] == ["one two", el("br"), "three ", el("em", "four"), " "]
    assert (first["ids"], second["ids"]) == (["a"], [])
    assert first["room"] > len("one two three four")
    assert second["room"] > first["room"]
    assert third["c"] == ["two\n  lines"]


def test_the_same_job_gives_the_same_bytes_in_any_process() -> None:
    """Many jobs keep their order, are reported one by one, and are the same bytes as those made here."""
    jobs = [guide(root(el("p", f"Number {n}.")), f"guide-{n}") for n in range(3)]
    told: list[str] = []
    with Press(2) as press:
        made = list(press.each(jobs, told.append))
    assert [pdf.name for pdf in made] == told == ["guide-0", "guide-1", "guide-2"]
    assert made == [typeset(job) for job in jobs]


def test_text_is_never_taken_for_code() -> None:
    """What authors write is set as it is, though it look like the typesetter's own language."""
    text = '#panic("run") $x$ *a* _b_ `c` @d <e> = f \\ // g /* h'
    assert typeset(guide(root(el("p", text)), title=text)).pages == 1


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_that_texts_need_can_be_set(sign: str) -> None:
    """Names with accents, arrows, mathematical and Greek signs have a glyph."""
    assert typeset(guide(root(el("p", sign)))).pages == 1


def test_a_sign_without_a_glyph_is_named() -> None:
    """A sign that no face has stops the print with its name: never an empty box on paper."""
    with pytest.raises(Refused, match="\N{GRINNING FACE}") as caught:
        typeset(guide(root(el("p", "\N{GRINNING FACE}")), "the-guide"))
    assert caught.value.name == "the-guide"


@pytest.mark.parametrize("fact", ["language", "title", "edition", "timestamp"])
def test_a_job_without_a_fact_is_refused(fact: str) -> None:
    """A PDF without language or title is not made; the typesetter alone would call any text English."""
    with pytest.raises(Refused, match=fact):
        typeset(guide(root(), **{fact: None}))


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        (el("table", el("tbody", el("tr", el("td", "1")))), "a table without a header row: 1"),
        (table("Word", ""), "a table with an empty cell in its header row: Word 1 1"),
        (el("img", src="a.svg", alt=" "), "an image without words for those who cannot see it: a.svg"),
        (el("a", href="https://example.org/"), "a link without words: https://example.org/"),
        (el("h2", " "), "an empty heading"),
    ],
)
def test_what_the_typesetter_lets_pass_is_found(node: Node, fault: str) -> None:
    """Faults that would reach a reader with a screen reader are found, named and refused with their tree."""
    assert faults(root(node)) == [fault]
    with pytest.raises(Refused) as caught:
        typeset(guide(root(node)))
    assert caught.value.reasons == (f"guide: {fault}",)


def test_a_faultless_tree_has_no_faults() -> None:
    """The rules let pass what is right, such as a link whose words are an image's."""
    link = el("a", el("img", src="images/square.svg", alt="A square"), href="https://example.org/")
    assert faults(everything()) == faults(root(link)) == []


def test_a_long_question_and_a_long_list_run_over_pages() -> None:
    """What is kept together when short is divided when long: nothing runs off the paper."""
    long = question(1)
    long["c"].append(el("ul", *(el("li", f"Item {n}. " + "word " * 30) for n in range(60))))
    assert typeset(guide(root(el("h2", "Questions"), long))).pages > 2


def test_a_refusal_in_another_process_arrives_whole() -> None:
    """What a worker refuses is reported here with the job's name and its reasons."""
    jobs = [guide(root(el("p", sign)), f"guide-{n}") for n, sign in enumerate("ab\N{GRINNING FACE}")]
    with Press(2) as press, pytest.raises(Refused, match="\N{GRINNING FACE}") as caught:
        list(press.each(jobs))
    assert caught.value.name == "guide-2"


def test_a_press_that_is_left_early_ends() -> None:
    """Someone who leaves a press while its processes work waits for no more than what is in hand, again and again."""
    jobs = [guide(root(*(el("p", f"Number {n}.") for n in range(40))), f"guide-{n}") for n in range(40)]
    for _ in range(5):
        with Press(2) as press:
            made = press.each(jobs)
            assert next(made).name == "guide-0"
        with pytest.raises(CancelledError):
            list(made)
