"""The walls around composed texts and around finished files, each tried alone: what passed all else stops here."""

from __future__ import annotations

import functools
import gzip
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import lxml.html
import nh3
import pytest
from conftest import ROOT, Project
from mkdocs.config import load_config
from output import program, small, tree
from planting import READING
from shelves import contents, shelve

from builder import editions, markup, mkdocs_plugin, pipeline
from builder.editions import publishing
from builder.markup import cleaning
from builder.markup.judging import shape
from builder.pipeline import making, walls
from builder.problems import Problems, Stopped
from builder.site import Stage
from builder.sources.files import Reader

RUNS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example.net/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)'>words</p>",
    "<details open ontoggle=alert(1)>words</details>",
    "<a href='javascript:alert(1)'>words</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>words</a>",
    "<a href='java&#10;script:alert(1)'>words</a>",
    "<a href='&#1;javascript:alert(1)'>words</a>",
    "<a href='vbscript:x'>words</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>words</a>",
    "<a href='//evil.example.net/'>words</a>",
    "<a href='/\\evil.example.net/'>words</a>",
    "<a href='https:\\evil.example.net/'>words</a>",
    "<a href='page.html' target='_blank'>words</a>",
    "<a href='page.html' ping='https://evil.example.net/'>words</a>",
    "<img src='https://evil.example.net/x.png' alt=''>",
    "<img src='//evil.example.net/x.png' alt=''>",
    "<img src='data:image/svg+xml,<svg/>' alt=''>",
    "<img srcset='https://evil.example.net/x.png' alt=''>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x.svg'></object>",
    "<embed src='x.svg'>",
    "<video poster='https://evil.example.net/x.png'></video>",
    "<audio src='x.mp3'></audio>",
    "<base href='https://evil.example.net/'>",
    "<meta http-equiv='refresh' content='0; url=https://evil.example.net/'>",
    "<link rel='stylesheet' href='https://evil.example.net/x.css'>",
    "<style>@import 'https://evil.example.net/x.css'</style>",
    "<div style='position: fixed; inset: 0'>words</div>",
    "<div style='--lines: 3; background: url(https://evil.example.net/)'>words</div>",
    "<table><tr><td style='text-align: left; color: red'>words</td></tr></table>",
    "<table background='https://evil.example.net/x.png'></table>",
    "<form action='https://evil.example.net/'><input name='a'><button>Go</button></form>",
    "<button formaction='javascript:alert(1)'>words</button>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea>words</textarea>",
    "<select><option>words</option></select>",
    "<marquee onstart=alert(1)>words</marquee>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><SCRIPT>alert(1)</SCRIPT></svg>",
    "<svg><a href='javascript:alert(1)'><text>words</text></a></svg>",
    "<svg><use href='https://evil.example.net/x.svg#a'></use></svg>",
    "<svg><image href='https://evil.example.net/x.png'></image></svg>",
    "<svg><style>* { background: url(https://evil.example.net/) }</style></svg>",
    "<svg><path fill='url(https://evil.example.net/x#a)'></path></svg>",
    "<svg><set attributeName='href' to='javascript:alert(1)'></set></svg>",
    "<svg><animate attributeName='href' values='javascript:alert(1)'></animate></svg>",
    "<svg><foreignObject><iframe></iframe></foreignObject></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg><desc><p onclick=alert(1)>words</p></desc></svg>",
    "<p id='__config'>{}</p>",
    "<p class='md-overlay'>words</p>",
    "<div data-md-component='search'>words</div>",
    "</article><p>words</p>",
    "</body><script>alert(1)</script>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<!-- words -->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<p contenteditable>words</p>",
    "<p accesskey='x'>words</p>",
    "<p is='x-y'>words</p>",
    "<x-y>words</x-y>",
    "<slot name='x'></slot>",
    "<plaintext>words",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<sub>" * 300 + "<a href='javascript:alert(1)'>words</a>",
)
"""HTML that runs, leads away, asks another host, or takes the place of the frame: one of each kind that is known."""


BESIDES = ("<sub>", "</article", "</body", "<body", "<html")
"""What is no fault of a whole page: it is deep, or a page has such tags."""


def page(text: str) -> Stage:
    """A stage of one page with this Markdown, which has met no other check."""
    return Stage({"page.md": f"---\ntitle: A page\n---\n\n{text}\n".encode()}, {"page.md": (READING,)}, [])


def composed(stage: Stage, source: str = "A reading.\n") -> list[str]:
    """What the wall around composed texts says of a stage, of which this is the source."""
    problems = Problems()
    walls.check_composed(stage, {READING: source}, problems)
    return [str(problem) for problem in problems]


def finished(path: str, text: str | bytes) -> list[str]:
    """What the wall around finished files says of one."""
    problems = Problems()
    data = text.encode() if isinstance(text, str) else text
    pipeline.check_files([(path, data)], {"about.html": ("docs/about.md",)}, problems)
    return [str(problem) for problem in problems]


def built(read: pipeline.Built) -> dict[str, bytes]:
    """Build the site of what was read, without PDFs, as the command does."""
    return mkdocs_plugin.build_site(making.prepare_site(read, "letter"), read.root / "site")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a small curriculum, to be spoiled."""
    return small(tmp_path / "project")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give every file of a small site by its path."""
    return built(pipeline.read(small(tmp_path_factory.mktemp("walls") / "project").root))


@pytest.mark.parametrize("payload", RUNS)
def test_nothing_hostile_is_composed(payload: str) -> None:
    """A text that contains anything of the kind is a problem when it is composed, also if all else let it through."""
    (said, *_) = composed(page(f"Words.\n\n{payload}\n\nMore words.\n"))
    assert said.startswith(f"{READING}:1:1: ")
    assert "page.md" in said


def test_what_is_hostile_is_told_where_it_was_written() -> None:
    """The place is that of the tag, the attribute or the address in the source; else it is the source's first line."""
    told = {
        "Words.\n\nAn [address](<javascript:alert(1)>).\n": (3, 15),
        "Words.\n\nA *word*{: onclick=alert(1) }.\n": (3, 12),
        "Words, <B>bold</B>.\n": (1, 8),
        "Words, &lt;script&gt;.\n": (1, 8),
    }
    html = {"An": "<a href='javascript:alert(1)'>x</a>", "A ": "<em onclick='alert(1)'>x</em>", "Wo": "<b>x</b>"}
    for source, (line, column) in told.items():
        key = source.split("\n")[-2][:2]
        text = "<script>1</script>" if "script&" in source else html[key]
        assert composed(page(text), source)[0].startswith(f"{READING}:{line}:{column}: "), source
    assert composed(page("<b>x</b>"), "Nothing of the kind.\n")[0].startswith(f"{READING}:1:1: ")


def test_one_slip_on_many_pages_is_one_problem() -> None:
    """What is on every page, such as a title, is reported once, with the first of the pages."""
    pages = {f"page-{number}.md": b"---\n\n---\n<b>x</b>\n" for number in range(9)}
    (said,) = composed(Stage(pages, dict.fromkeys(pages, (READING,)), []), "A <b>x</b>\n")
    assert "page-0.md, page-1.md, page-2.md and 6 more" in said


@pytest.mark.parametrize("payload", RUNS)
def test_the_sanitizer_takes_out_what_is_hostile(payload: str) -> None:
    """A page is given what has passed the sanitizer: whatever the text held, nothing of the kind is left in it."""
    cleaned, found = markup.clean(f"<p>Words.</p>{payload}")
    assert found
    left = {fault.what for fault in markup.faults_of_text(cleaned)}
    assert left <= {"<a>", "elements nested too deeply (at most 64 levels)"}  # a link within a drawing, without address


def test_what_the_sanitizer_would_change_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the table has and the sanitizer takes out all the same, as it reads HTML in another way, is reported."""
    cleaner = nh3.Cleaner(tags={"p"}, attributes={})
    monkeypatch.setattr(cleaning, "_CLEANER", cleaner)
    cleaned, (fault,) = markup.clean("<p>One <em>word</em></p>")
    assert cleaned == "<p>One word</p>"
    assert fault.what == "'One ' that a sanitizer would change, as browsers may read it in several ways"


def test_the_sanitizer_leaves_what_is_ours(site: Mapping[str, bytes]) -> None:
    """Of our own pages the sanitizer changes nothing that a browser could see."""
    texts = [data.decode().partition('typeset">')[2].partition("</article>")[0] for data in pages_of(site).values()]
    assert len(texts) > 10
    for text in texts:
        cleaned, found = markup.clean(text)
        assert found == []
        assert shape(cleaned) == shape(text)


def pages_of(site: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in site.items() if path.endswith(".html")}


@pytest.mark.parametrize("payload", [each for each in RUNS if not each.startswith(BESIDES)])
def test_nothing_hostile_is_in_a_finished_page(site: Mapping[str, bytes], payload: str) -> None:
    """A finished page that contains anything of the kind in its text is stopped, with its name and its sources."""
    whole = site["about.html"].decode()
    assert not finished("about.html", whole)
    (said, *_) = finished("about.html", whole.replace("</article>", f"{payload}</article>"))
    assert said.startswith("about.html:1:1: ")
    assert said.endswith("docs/about.md")


FRAMES = (
    ("<title>", "<title></title><script>alert(1)</script><title>"),
    ("</head>", "<script src='https://evil.example.net/x.js'></script></head>"),
    ("</head>", "<script src='//evil.example.net/x.js'></script></head>"),
    ("</head>", "<script src='data:text/javascript,alert(1)'></script></head>"),
    ("</head>", "<script>alert(1)</script></head>"),
    ("</head>", "<script type='module'>alert(1)</script></head>"),
    ("</head>", "<script src='x.js'>alert(1)</script></head>"),
    ("</head>", "<link rel='stylesheet' href='https://evil.example.net/x.css'></head>"),
    ("</head>", "<link rel='preconnect' href='https://evil.example.net/'></head>"),
    ("</head>", "<link rel='import' href='x.html'></head>"),
    ("</head>", "<base href='https://evil.example.net/'></head>"),
    ("</head>", "<meta http-equiv='refresh' content='0; url=https://evil.example.net/'></head>"),
    ("</head>", "<meta http-equiv='refresh' content='0; url=javascript:alert(1)'></head>"),
    ("</head>", "<meta http-equiv='set-cookie' content='a=b'></head>"),
    ("</head>", "<style>p { background: url(https://evil.example.net/) }</style></head>"),
    ("</head>", "<style>p { background: u\\72l(//evil.example.net/) }</style></head>"),
    ("</head>", "<style>@\\69mport 'x'</style></head>"),
    ("<body ", "<body onload=alert(1) "),
    ("<html ", "<html onclick=alert(1) "),
    ("<header ", "<header onclick=alert(1) "),
    ('<nav class="menu"', '<nav class="menu" style="position: fixed"'),
    ("</body>", "<iframe src='x.html'></iframe></body>"),
    ("</body>", "<p><a href='javascript:alert(1)'>x</a></p></body>"),
    ("</body>", "<form action='https://evil.example.net/'></form></body>"),
    ("<meta http-equiv", "<meta name='robots' content='x'><meta http-equiv"),
    ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
)


@pytest.mark.parametrize(("old", "new"), FRAMES, ids=[new[:60] for _, new in FRAMES])
def test_nothing_hostile_is_in_the_frame_of_a_page(site: Mapping[str, bytes], old: str, new: str) -> None:
    """Around its text, too, a page contains what we make and nothing else, and its policy comes first and is ours."""
    whole = site["about.html"].decode()
    assert old in whole
    assert finished("about.html", whole.replace(old, new, 1))


OUTER = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>%s</svg>"
INNER = (
    b"<script>alert(1)</script>",
    b"<metadata><script>alert(1)</script></metadata>",
    b"<e:x xmlns:e='urn:e'><script>alert(1)</script></e:x>",
    b"<switch><foreignObject><p xmlns='http://www.w3.org/1999/xhtml' onclick='alert(1)'/></foreignObject></switch>",
    b"<switch><g/><a href='javascript:alert(1)'><text>x</text></a></switch>",
    b"<style>@media all { rect { fill: url(https://evil.example.net/) } }</style>",
    b"<style>@media all { rect { fill: u\\72l(https://evil.example.net/) } }</style>",
)
"""What is left out of a drawing that is taken in, and so must not be in a file that is published as it is."""

FILES = (
    ("assets/x.swf", b"x"),
    ("assets/x.xhtml", b"<html/>"),
    ("assets/x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ("assets/x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("assets/x.svg", b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
    *(("assets/x.svg", OUTER % each) for each in INNER),
    *(("assets/x.SVG", OUTER % each) for each in INNER),
    ("page.html", "\ufeff<p>words".encode("utf-16")),
    ("search/search_index.json", b"no index"),
    ("search/search_index.json", b'{"docs": [{"location": "a", "title": "<img src=x onerror=alert(1)>", "text": ""}]}'),
    ("search/search_index.json", b'{"docs": [{"location": "a", "title": "x", "text": "<p onclick=alert(1)>x</p>"}]}'),
    ("search/search_index.json", b'{"docs": [{"location": "javascript:alert(1)", "title": "x", "text": ""}]}'),
    ("search/search_index.js", b'var __index = {"docs": []}; alert(1)'),
    ("search/search_index.js", b'var __index = {"docs": [{"location": "a", "title": "<b>x</b>", "text": ""}]}'),
    ("sitemap.xml", b"<urlset><url><loc>javascript:alert(1)</loc></url></urlset>"),
    ("sitemap.xml", b"<urlset><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script></urlset>"),
    ("sitemap.xml", b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><urlset/>"),
    ("sitemap.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset/>"),
    ("sitemap.xml", b"<urlset><url><loc>https://a.example.edu/</loc><lastmod>now</lastmod></url></urlset>"),
    ("sitemap.xml", b"<urlset a='b'/>"),
    ("sitemap.xml", b"<html/>"),
    ("sitemap.xml", b"no list"),
    ("sitemap.xml.gz", b"no archive"),
    ("sitemap.xml.gz", gzip.compress(b"<html/>", mtime=0)),
)


@pytest.mark.parametrize(("path", "data"), FILES, ids=[f"{path} {data[:40]!r}" for path, data in FILES])
def test_nothing_hostile_is_in_other_files(path: str, data: bytes) -> None:
    """The index of the search, which is written into pages, the list of pages, and kinds of files that browsers run."""
    (said, *_) = finished(path, data)
    assert said.startswith(f"{path}:1:1: ")


def test_all_that_we_make_passes(site: Mapping[str, bytes]) -> None:
    """Every file of a site that we build is known to the wall."""
    assert len(site) > 60
    assert [said for path, data in site.items() for said in finished(path, data)] == []


def test_a_page_that_a_template_spoils_is_not_put_in_place(tmp_path: Path) -> None:
    """A fault that comes in after all other checks, such as by the theme, stops the command, and the old site stays."""
    project = small(tmp_path / "project")
    project.write("site/index.html", "the last good site")
    project.write("site/manifest.json", '{"artifacts": {"404.html": {}}}')
    page = program(tmp_path) / "builder/site/theme/404.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<h1>", '<h1 onclick="alert(1)">'), encoding="utf-8")
    done = project.run("build", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("404.html:1:1: problem: onclick='alert(1)' on <h1>"), done.stderr
    assert project.read("site/index.html") == "the last good site"


def spoil(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, old: str, new: str) -> None:
    """Put a template of ours over the theme's, with one edit."""
    text = (ROOT / "builder/site/theme" / name).read_text(encoding="utf-8")
    assert old in text
    folder.mkdir()
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    theme = {"name": "curriculum", "custom_dir": str(folder)}
    monkeypatch.setattr(mkdocs_plugin.running, "load_config", functools.partial(load_config, theme=theme))


def test_a_text_that_a_template_spoils_is_told_with_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the frame of a text names the page and what it is made of."""
    project = small(tmp_path / "project")
    footer = "{% block footer %}"
    spoil(monkeypatch, tmp_path / "theme", "main.html", footer, f"{footer}<script>alert(1)</script>")
    with pytest.raises(Stopped, match=r"html:1:1: a script in the page: 'alert\(1\)' is .* is made of (docs|modules)/"):
        built(pipeline.read(project.root))


def test_an_overview_that_a_template_spoils_is_not_given_out() -> None:
    """The organizers' overview is parsed as well before it is written."""
    with pytest.raises(Stopped, match="a script in the page"):
        walls.judged("index.html", b"<!doctype html><html><head></head><body><script>alert(1)</script></body></html>")


ARCHIVED = {
    "about.html": b"<!doctype html><html><body><script>alert(1)</script></body></html>",
    "assets/x.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "assets/x.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "search/search_index.json": b'{"docs": [{"location": "a", "title": "<b onclick=alert(1)>x</b>", "text": ""}]}',
    "edition/modules/m/images/x.SVG": OUTER % INNER[0],
    "edition/modules/m/images/y.svg": OUTER % INNER[1],
    "edition/docs/assets/page.html": b"<p onclick=alert(1)>words</p>",
}


@pytest.mark.parametrize("path", ARCHIVED)
def test_a_hostile_page_of_an_archive_is_not_published(tmp_path: Path, path: str) -> None:
    """Whatever program made an archive, its pages are parsed before they are published; what was there stays."""
    folder, public = tmp_path / "editions", tmp_path / "public"
    shelve(folder, "1.0")
    editions.publish(editions.read_shelf(folder), public)
    before = tree(public)
    shelve(folder, "1.1", contents("1.1") | {path: ARCHIVED[path]})
    with pytest.raises(Stopped, match="withdraw the edition") as stopped:
        editions.publish(editions.read_shelf(folder), public)
    assert str(stopped.value).startswith(f"{folder / '1.1.zip'}:1:1: ")
    assert tree(public) == before
    (folder / "1.1.withdrawn.txt").write_text("It could do harm.", encoding="utf-8")
    editions.publish(editions.read_shelf(folder), public)


def test_a_released_edition_stays_publishable(tmp_path: Path) -> None:
    """An edition that an older version of the program released is published, with the scripts in its pages."""
    (tmp_path / "editions").mkdir()
    shutil.copy(ROOT / "tests/released/1.0.zip", tmp_path / "editions")
    editions.publish(editions.read_shelf(tmp_path / "editions"), tmp_path / "public")
    page = (tmp_path / "public/1.0/about.html").read_text(encoding="utf-8")
    assert "<script>" in page
    assert finished("about.html", page)


def test_an_edition_that_is_published_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came out before is not judged anew, so that a wall that grows takes nothing from readers."""
    folder, public = tmp_path / "editions", tmp_path / "public"
    shelve(folder, "1.0", contents("1.0") | {"about.html": ARCHIVED["about.html"]})
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "judge", lambda *_: None)
        editions.publish(editions.read_shelf(folder), public)
    shelve(folder, "1.1")
    assert editions.publish(editions.read_shelf(folder), public).editions == 2


def test_a_page_of_ours_beside_the_editions_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that are made anew by each publishing are parsed as well."""
    shelve(tmp_path / "editions", "1.0")
    monkeypatch.setattr(publishing.pages, "listing", lambda *_: "<!doctype html><html><body onload=alert(1)>")
    with pytest.raises(Stopped, match=r"editions/index.html:1:1: onload"):
        editions.publish(editions.read_shelf(tmp_path / "editions"), tmp_path / "public")
    assert not (tmp_path / "public").exists()


def hostile(read: pipeline.Built, payload: str) -> pipeline.Built:
    """What was read, with a page whose text has met no check."""
    pages = [
        replace(each, markdown=f"{each.markdown}\n\n{payload}\n") if each.path == "about.md" else each
        for each in read.documents.pages
    ]
    return replace(read, documents=replace(read.documents, pages=tuple(pages)))


@pytest.mark.parametrize("payload", RUNS[:5])
def test_the_host_is_given_no_hostile_text(project: Project, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that nobody checked is stopped by the sanitizer as soon as the host has made HTML of it."""
    monkeypatch.setattr(pipeline, "check_files", lambda *_, **__: None)
    with pytest.raises(Stopped, match=r"about.md:1:1: "):
        built(hostile(pipeline.read(project.root), payload))


@pytest.mark.parametrize("payload", RUNS[:5])
def test_the_host_writes_no_hostile_page(project: Project, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that nobody checked is stopped when its page is finished, also where the sanitizer let it through."""
    monkeypatch.setattr(markup, "clean", lambda text: (text, []))
    with pytest.raises(Stopped, match=r"about.html:1:1: .*docs/about.md"):
        built(hostile(pipeline.read(project.root), payload))


def test_a_stage_is_judged_with_its_links_to_prints(project: Project) -> None:
    """What a stage adds to the texts, such as the words of links to PDFs, is judged before it is written."""
    read = pipeline.read(project.root)
    prepared = making.PreparedSite(read, page("<p onclick=alert(1)>words</p>"))
    with pytest.raises(Stopped, match=r"onclick='alert\(1\)' on <p>"):
        making.stage_files(prepared, Reader(project.root, Problems()))


def test_a_template_that_forgets_to_escape_is_escaped(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our plugin lets the host escape every value that is not marked as HTML, in Material's templates as well."""
    spoil(monkeypatch, tmp_path / "theme", "404.html", "{{ config.site_name | e }}", "{{ config.site_name }}")
    read = pipeline.read(project.root)
    settings = replace(read.loaded.curriculum.settings, title=TITLE)
    curriculum = replace(read.loaded.curriculum, settings=settings)
    files = built(replace(read, loaded=replace(read.loaded, curriculum=curriculum)))
    title = lxml.html.fromstring(files["404.html"].decode()).findtext(".//title")
    assert title is not None
    assert title.endswith(TITLE)


TITLE = "R & D: <img src=x onerror=alert(1)> \"a\" 'b' &lt;b&gt; {{ c }} </title>"


def test_titles_are_words_wherever_they_stand(tmp_path: Path) -> None:
    """Signs of HTML in a title are shown as signs in the head, the menu, the foot and the search."""
    root = small(tmp_path / "project").root
    read = pipeline.read(root)
    pages = [replace(each, title=TITLE, description=TITLE) for each in read.documents.pages if each.path == "about.md"]
    others = [each for each in read.documents.pages if each.path != "about.md"]
    settings = replace(read.loaded.curriculum.settings, title=TITLE, subtitle=TITLE)
    curriculum = replace(read.loaded.curriculum, settings=settings)
    named = replace(
        read,
        documents=replace(read.documents, pages=(*others, *pages)),
        loaded=replace(read.loaded, curriculum=curriculum),
    )
    files = built(named)
    page = lxml.html.fromstring(files["about.html"].decode())
    assert page.findtext(".//title") == f"{TITLE} \u2013 {TITLE}"
    assert page.xpath("string(//meta[@name='description']/@content)") == TITLE
    assert page.xpath("//header//a/span/text()") == [TITLE]
    for links in ("//footer//a", "//nav[@class='menu']//a"):
        assert TITLE in [link.text_content() for link in page.xpath(links)]
    index = json.loads(files["search/search_index.json"])["docs"]
    assert "<img" not in json.dumps(index)


def test_headings_are_words_in_the_contents(tmp_path: Path) -> None:
    """Signs of HTML in a heading are shown as signs in the contents of the page, as they are in the heading."""
    project = small(tmp_path / "project")
    project.write(
        "docs/guide/notes.md", f"{project.read('docs/guide/notes.md')}\n## Also <sub>d</sub> & `<i>`, &lt;b&gt;\n"
    )
    page = lxml.html.fromstring(built(pipeline.read(project.root))["guide/notes.html"].decode())
    assert [link.text_content() for link in page.xpath("//nav[@class='contents']//a")][-1] == "Also d & <i>, <b>"
