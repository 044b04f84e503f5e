"""A real browser for tests: finding Chromium or Chrome, serving a built site as a host would, asking its pages."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

KINDS = {
    "home": "index.html",
    "modules": "modules/index.html",
    "reading": "modules/shared-purpose/index.html",
    "guide": "modules/shared-purpose/guide.html",
    "handout": "modules/shared-purpose/handout.html",
    "pair": "one-to-one/index.html",
    "mentor": "one-to-one/mentor.html",
    "student": "one-to-one/student.html",
    "glossary": "glossary.html",
    "references": "references.html",
    "about": "about.html",
    "facilitate": "facilitate/stuck.html",
    "authors": "authors/format.html",
    "lost": "no-such-page.html",
}
"""One page of each kind; the last is answered with the page for lost addresses."""

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # no look-up leaves the browser
)
HOW_TO_GET_ONE = (
    "These tests need a Chromium or Chrome, and none was found. "
    "Install one: `apt install chromium` on Debian or Ubuntu, "
    "`brew install --cask chromium` on macOS, `winget install Google.Chrome` on Windows. "
    "If you have one in an unusual place, name it in the environment: CHROMIUM=/path/to/chrome."
)

LIGHT = "rgb(255, 254, 251)"
DARK = "rgb(20, 25, 26)"
"""The two grounds that a page may have."""

ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOCAL = ("127.0.0.1", "")  # pages of our server; pages, data and blobs without a host


def executable() -> str:
    """The browser to drive; a test without one fails and says how to get one."""
    wanted = os.environ.get("CHROMIUM")
    candidates = [wanted] if wanted else [*NAMES, *PLACES]
    for found in map(shutil.which, candidates):
        if found is not None:
            return found
    pytest.fail(f"CHROMIUM={wanted} is no program. {HOW_TO_GET_ONE}" if wanted else HOW_TO_GET_ONE, pytrace=False)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that ends with the block."""
    path = executable()
    with sync_playwright() as playwright:
        # Without a sandbox, which Chromium refuses root and containers; it sees only our own pages.
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, chromium_sandbox=False)
        try:
            yield browser
        finally:
            browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder, and its own 404 page for what is not there, as hosts of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        body = lost.read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # as below
            self.end_headers()
            self.wfile.write(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file; a browser that has left the page meanwhile no longer wants it."""
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A local server of a folder; gives its address, with `/` at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


VIOLATION = "against the policy: "

REPORT = f"""document.addEventListener("securitypolicyviolation", event =>
  console.error("{VIOLATION}" + event.effectiveDirective + " " + event.blockedURI))"""

USUAL = (
    "Failed to load resource: the server responded with a status of 404",
    "net::ERR_FAILED",
    ".woff2' from origin 'null'",
    "A preload for 'file:",
)
"""What a browser says of what is not on the host, and on a disk of a typeface that is asked for ahead of its use."""


class Visit:
    """The pages of a fresh context, with what they asked other hosts for and what their console complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context.add_init_script(REPORT)
        context.on("request", self._request)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._say(error.page, str(error.error)))
        self.page: Page = context.new_page()

    @property
    def faults(self) -> list[str]:
        """What no page of ours may do: ask another host, break its policy, or have an error."""
        return [*self.strangers, *(line for line in self.complaints if not any(usual in line for usual in USUAL))]

    def _request(self, request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in LOCAL:
            self.strangers.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._say(message.page, message.text)

    def _say(self, page: Page | None, text: str) -> None:
        self.complaints.append(f"{page.url if page else ''}: {text}")

    def open(self, address: str, status: int = 200) -> Page:
        """Go there, check that the page was answered, and wait until its script has dressed it."""
        answer = self.page.goto(address)
        if address.startswith("http"):
            assert answer is not None
            assert answer.status == status, f"{address}: {answer.status}"
        self.page.evaluate("document.fonts.ready")
        return self.page


@contextmanager
def visiting(browser: Browser, *, quiet: bool = True, **settings: Any) -> Iterator[Visit]:
    """A fresh context with a page; fails the test if a page in it does what none of ours may, unless that is asked for.

    Settings as of Playwright's `new_context`, motion off.
    """
    context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **settings})
    context.set_default_timeout(10_000)
    try:
        visit = Visit(context)
        yield visit
        if quiet and visit.faults:
            pytest.fail("\n".join(visit.faults), pytrace=False)
    finally:
        context.close()


def go(visit: Visit, site: str, kind: str) -> Page:
    """Open the page of that kind."""
    return visit.open(site + KINDS[kind], 404 if kind == "lost" else 200)


def faults(page: Page, only: Mapping[str, Any] = ALL_RULES) -> list[str]:
    """What axe finds on the page as it is, one line for each element."""
    options = {"runOnly": dict(only), "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['any'][:1]}" for rule in found for node in rule["nodes"]]


PALE = """() => {
  const numbers = color => color.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const ground = at => {
    const color = numbers(getComputedStyle(at).backgroundColor)
    return color[3] === 0 && at.parentElement ? ground(at.parentElement) : color
  }
  const found = new Set()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement
    if (!walk.currentNode.data.trim() || !at.checkVisibility({visibilityProperty: true})) continue
    const ink = numbers(getComputedStyle(at).color), under = ground(at)
    const [high, low] = [light(ink), light(under)].sort((a, b) => b - a)
    const contrast = (high + 0.05) / (low + 0.05)
    if (contrast < 4.5 || ink[3] < 1 || under[3] < 1)
      found.add(`${contrast.toFixed(2)}:1, ${ink} on ${under}: ${at.outerHTML.slice(0, 100)}`)
  }
  return [...found]
}"""
"""Texts with less than 4.5:1 by their styles alone: axe cannot judge those near pseudo-elements or under a panel."""


def paper(page: Page) -> str:
    """The color of the page's ground."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def wait_until(page: Page, condition: str) -> None:
    """Ask the page until the condition is true, 600 times at most.

    Playwright's `wait_for_function` evaluates its text within the page from the second time on, which the page's own
    policy refuses: it works only where the condition is true at once.
    """
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


def darken(page: Page) -> None:
    """Let the system turn dark, and wait until the page has followed."""
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"getComputedStyle(document.body).backgroundColor === '{DARK}'")


def faults_in_both_schemes(page: Page) -> list[str]:
    """What axe finds in light colors, what in dark ones depends on the color, and pale text in either."""
    found = [*faults(page), *page.evaluate(PALE)]
    darken(page)
    return [*found, *faults(page, COLOR_RULES), *page.evaluate(PALE)]


def open_search(page: Page, words: str = "") -> None:
    """Open the search with its button, and type."""
    page.get_by_role("button", name="Search", exact=True).click()
    if words:
        page.keyboard.type(words)


def results(page: Page) -> list[str]:
    """Where the search's results lead, once it has answered."""
    wait_until(page, "/result|matching/.test(document.querySelector('.md-search-result__meta').textContent)")
    links = page.locator(".md-search-result__link")
    return [str(address) for address in links.evaluate_all("links => links.map(link => link.href)")]
