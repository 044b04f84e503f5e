"""The wall in the browser, tried alone: what is written into finished pages does not run, whatever let it through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from browser import VIOLATION, open_search, results, served, visiting
from conftest import ROOT
from output import small
from playwright.sync_api import Browser, Page, Request
from test_walls import built

from builder import documents, markup, pipeline, words
from builder.documents.scripts import LEAD
from builder.documents.templating import fill_page
from builder.editions import pages
from builder.editions.pages import Published

ALONE = (
    "<script>RAN</script>",
    "<script type=module>RAN</script>",
    "<script nonce=x>RAN</script>",
    "<script src='data:text/javascript,RAN'></script>",
    "<img src=x onerror='RAN' alt=''>",
    "<svg onload='RAN'></svg>",
    "<svg><script>RAN</script></svg>",
    "<details open ontoggle='RAN'><summary>x</summary>y</details>",
    "<body onpageshow='RAN'>",
    "<input autofocus onfocus='RAN'>",
    "<iframe srcdoc='<script>RAN</script>'></iframe>",
    "<iframe src='javascript:void(RAN)'></iframe>",
    "<style>@keyframes m { to { opacity: 1 } } .m { animation: m 1ms }</style><p class=m onanimationend='RAN'>x</p>",
    "<link rel=stylesheet href=x onerror='RAN'>",
    "<video src=x onerror='RAN'></video>",
)
"""What runs by itself when the page is opened."""

PRESSED = (
    "<a class=trap href='javascript:void(RAN)'>words</a>",
    "<p class=trap onclick='RAN'>words</p>",
    "<button class=trap onclick='RAN'>words</button>",
    "<form action='javascript:void(RAN)'><button class=trap>words</button></form>",
    "<form><button class=trap formaction='javascript:void(RAN)'>words</button></form>",
    "<svg width=99 height=99><a class=trap href='javascript:void(RAN)'><rect width=99 height=99 /></a></svg>",
)
"""What runs when a reader presses it."""

ASKING = (
    "<img src='https://evil.example.net/NUMBER' alt=''>",
    "<script src='https://evil.example.net/NUMBER'></script>",
    "<link rel=stylesheet href='https://evil.example.net/NUMBER'>",
    "<style>main { background: url(https://evil.example.net/NUMBER) }</style>",
    "<iframe src='https://evil.example.net/NUMBER'></iframe>",
    "<object data='https://evil.example.net/NUMBER'></object>",
    "<embed src='https://evil.example.net/NUMBER'>",
    "<video poster='https://evil.example.net/NUMBER'></video>",
    "<audio src='https://evil.example.net/NUMBER' preload=auto></audio>",
    "<svg width=9 height=9><image width=9 height=9 href='https://evil.example.net/NUMBER' /></svg>",
    "<link rel=preload as=image href='https://evil.example.net/NUMBER'>",
)
"""What asks another host when the page is opened."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site."""
    project = small(tmp_path_factory.mktemp("policy") / "project")
    built(pipeline.read(project.root))
    return project.root / "site"


@pytest.fixture(scope="module", params=["http", "file"])
def site(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of the small site, on a local server and as files of a disk."""
    if request.param == "file":
        yield f"{folder.as_uri()}/"
    else:
        with served(folder) as address:
            yield address


KINDS = ("text", "list", "lost", "moved")


def page_of(kind: str, folder: Path) -> str:
    """A page of a kind: a text of the site, and those that stand alone; what leads on at once cannot be tried."""
    edition = Published("1.0", "Small steps", None, "", ("index.html",), preview=False, withdrawn=None, size=0)
    made = {
        "text": lambda: (folder / "about.html").read_text("utf-8"),
        "list": lambda: pages.listing([edition], edition),
        "lost": lambda: pages.lost([edition], edition, None),
        "moved": lambda: fill_page(
            "moved", words.of("en"), settings=SimpleNamespace(language="en", title="Small steps"), title="Gone",
            heading="Gone", words="It is gone.", link=None, other=("Start page", "index.html"), canonical="",
            script=LEAD,
            lines=[SimpleNamespace(anchor="a", before="Before", words="", to="", after="", at_once=False)],
        ),
    }  # fmt: skip
    return made[kind]()


def spoiled(text: str, payloads: Sequence[str]) -> str:
    """A page whose text ends with these; what runs leaves its number on the page."""
    end = "</article>" if "</article>" in text else "</main>"
    run = "top.document.documentElement.dataset.ran"
    marked = (
        f"<div>{payload.replace('RAN', f'{run}{at}=1').replace('NUMBER', str(at))}</div>"
        for at, payload in enumerate(payloads)
    )
    return text.replace(end, "".join(marked) + end)


def without_policy(text: str) -> str:
    """A page as it would be without this wall."""
    stripped = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert stripped != text
    return stripped


def ran(page: Page, payloads: Sequence[str]) -> list[str]:
    """Those that ran, by themselves or when their trap was pressed."""
    for trap in page.locator(".trap").all():
        trap.click(no_wait_after=True)
    page.wait_for_timeout(300)
    names = page.evaluate("document.documentElement.getAttributeNames()")
    return [payload for at, payload in enumerate(payloads) if f"data-ran{at}" in names]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("payloads", [ALONE, PRESSED], ids=["by itself", "when pressed"])
def test_nothing_runs(chrome: Browser, site: str, folder: Path, kind: str, payloads: Sequence[str]) -> None:
    """Nothing that was written into a page of ours runs, from a host and from a disk; without its policy all would."""
    whole = spoiled(page_of(kind, folder), payloads)
    (folder / "trap.html").write_text(whole, encoding="utf-8")
    with visiting(chrome, quiet=False) as visit:
        assert ran(visit.open(f"{site}trap.html"), payloads) == []
        assert any(VIOLATION in line for line in visit.complaints)
    (folder / "trap.html").write_text(without_policy(whole), encoding="utf-8")
    with visiting(chrome, quiet=False) as visit:
        assert ran(visit.open(f"{site}trap.html"), payloads) == list(payloads)


def sent(chrome: Browser, address: str) -> set[str]:
    """What a page asks of another host, but for what its policy keeps from being sent."""
    with visiting(chrome, quiet=False) as visit:
        failed: list[Request] = []
        visit.context.on("requestfailed", lambda request: failed.append(request))  # noqa: PLW0108  Playwright marks it
        visit.open(address).wait_for_timeout(500)
        kept = {request.url for request in failed if request.failure == "csp"}
        return {urlsplit(url).path.lstrip("/") for url in visit.strangers if url not in kept}


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_host_is_asked(chrome: Browser, site: str, folder: Path, kind: str) -> None:
    """What was written into a page of ours asks no other host; without its policy it would."""
    whole = spoiled(page_of(kind, folder), ASKING)
    (folder / "trap.html").write_text(whole, encoding="utf-8")
    assert sent(chrome, f"{site}trap.html") == set()
    (folder / "trap.html").write_text(without_policy(whole), encoding="utf-8")
    assert sent(chrome, f"{site}trap.html") == {str(at) for at in range(len(ASKING))}


def test_results_of_the_search_run_nothing(chrome: Browser, site: str, folder: Path) -> None:
    """A hostile index of the search runs nothing, with the policy and without: results are set in as texts."""
    index = json.loads((folder / "search/search_index.json").read_text("utf-8"))
    index["docs"] = [
        {"location": "about.html", "title": "Quokkawort <img src=x onerror='document.title=1'>", "text": ""}
    ]
    data = json.dumps(index)
    kept = {name: (folder / name).read_bytes() for name in ("search/search_index.json", "search/search_index.js")}
    try:
        (folder / "search/search_index.json").write_text(data, encoding="utf-8")
        (folder / "search/search_index.js").write_text(f"var __index = {data}", encoding="utf-8")
        for policy in (True, False):
            text = (folder / "about.html").read_text("utf-8")
            (folder / "trap.html").write_text(text if policy else without_policy(text), encoding="utf-8")
            with visiting(chrome, quiet=False) as visit:
                page = visit.open(f"{site}trap.html")
                open_search(page, "quokkawort")
                assert results(page)
                page.wait_for_timeout(300)
                assert page.title() != "1"
    finally:
        for name, before in kept.items():
            (folder / name).write_bytes(before)


def test_a_page_that_breaks_its_policy_fails_its_test(chrome: Browser, site: str, folder: Path) -> None:
    """The suite itself sees what a page tries: a script in it, and another host that it asks."""
    for payload in ("<script>1</script>", "<img src='https://evil.example.net/x.png' alt=''>"):
        (folder / "trap.html").write_text(spoiled(page_of("text", folder), [payload]), encoding="utf-8")
        with pytest.raises(pytest.fail.Exception, match=VIOLATION), visiting(chrome) as visit:
            visit.open(f"{site}trap.html").wait_for_timeout(100)


def test_the_policy_is_one() -> None:
    """The theme's policies, in which no program can put a value, are those that the wall asks for; both are closed."""
    theme = (ROOT / "builder/site/theme/main.html").read_text("utf-8")
    for policy in (markup.SITE_POLICY, markup.PREVIEW_POLICY):
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in theme
    assert "http" not in markup.PREVIEW_POLICY
    assert "unsafe-inline" not in re.sub(r"style-src[^;]*", "", "".join(documents.POLICIES))
    assert "unsafe-eval" not in "".join(documents.POLICIES)
