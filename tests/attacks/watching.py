"""Opening built pages in a real browser, and seeing what a payload has become of there.

In each page and frame: what ran, which handlers, links, styles and elements there are that the same project without
payloads has not, which other hosts were asked, what the policy of the pages has stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from browser import wait_until
from playwright.sync_api import Browser, Dialog, Error, Page, Request, Route, ViewportSize

REMEMBER = """() => {
  const ran = []
  Object.defineProperty(window, "__ran", { get: () => ran.at(-1), set: number => { ran.push(number) } })
  const stopped = []
  document.addEventListener("securitypolicyviolation", event => {
    stopped.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} line ${event.lineNumber}`)
  })
  window.__seen = () => ({ ran, stopped })
}"""
"""Run before anything of a page: keeps what ran and what the page's policy stopped."""

LOOK = """([view, known]) => {
  const { document, location } = view
  const found = []
  const cut = element => element.outerHTML.replace(/\\s+/g, " ").slice(0, 240)
  const say = (what, element) => found.push(`${what}: ${cut(element)}`)
  const ADDRESSES = new Set(["href", "src", "action", "formaction", "data", "poster", "background", "cite", "longdesc",
    "ping", "srcset", "imagesrcset", "to", "from", "by", "values", "codebase", "archive", "manifest", "profile",
    "classid", "lowsrc", "dynsrc", "attributionsrc"])
  const LIVE = new Set(["script", "style", "link", "meta", "base", "iframe", "frame", "frameset", "fencedframe",
    "portal", "object", "embed", "applet", "param", "form", "input", "button", "select", "textarea", "keygen",
    "isindex", "dialog", "template", "slot", "video", "audio", "source", "track", "picture", "image", "map", "area",
    "math", "foreignobject", "animate", "set", "animatetransform", "animatemotion", "discard", "handler", "listener",
    "feimage", "marquee", "bgsound", "noscript", "noembed", "noframes", "xmp", "plaintext", "listing", "webview",
    "label", "output", "details"])
  const signature = element => {
    const kept = ["rel", "type", "http-equiv", "name", "as", "id"]
    const names = [...element.attributes].map(({ name, value }) =>
      kept.includes(name) && element.localName !== "details" ? `${name}=${value}` : name)
    const own = ["script", "style"].includes(element.localName.toLowerCase()) && !element.src
    const data = /"([^"\\\\]|\\\\.)*"|[\\s\\d,:[\\]{}]/g
    const inside = own ? element.textContent.replace(data, "") : ""
    const local = element.localName === "script" && element.src ? new URL(element.src).pathname.split("/").at(-1) : ""
    return [element.localName, ...names.sort(), local, inside].join(" ")
  }
  const signatures = []
  const visit = root => {
    for (const element of root.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const key = name.toLowerCase().replace(/^.*:/, "")
        if (key.startsWith("on")) say(`handler ${name}`, element)
        if (key === "srcdoc" && !(known && known.addresses.includes(value))) say("srcdoc", element)
        if (key === "srcdoc") signatures.push({ address: value })
        const look = value.replace(/[\\d.]+/g, "0") // sizes that our scripts set differ
        if (key === "style" && known && !known.styles.includes(look)) say("style", element)
        if (key === "style") signatures.push({ style: look })
        if (ADDRESSES.has(key)) {
          let scheme = ""
          try { scheme = new URL(value, location.href).protocol } catch { }
          const harmless = ["http:", "https:", "mailto:", ""].includes(scheme) || scheme === location.protocol
          if (!harmless && !(known && known.addresses.includes(value))) say(`${scheme} in ${name}`, element)
          if (!harmless) signatures.push({ address: value })
        }
      }
      if (LIVE.has(element.localName.toLowerCase())) {
        const sign = signature(element)
        signatures.push({ sign })
        if (known && !known.signs.includes(sign)) say("element", element)
      }
      if (element.shadowRoot) visit(element.shadowRoot)
      if (element.content?.nodeType === 11) visit(element.content)
    }
  }
  visit(document)
  return { found, signatures, ...view.__seen() }
}"""
"""What stands on the page of a window now. `known` is what the same project without payloads has; without it nothing is
reported."""

GLANCE = f"""async ([addresses, known]) => {{
  const look = {LOOK}
  const frame = document.createElement("iframe")
  document.body.append(frame)
  const seen = []
  for (const address of addresses) {{
    const loaded = new Promise(done => {{ frame.onload = done }})
    const late = new Promise(done => {{ setTimeout(done, 5000) }})
    frame.src = address
    await Promise.race([loaded, late])
    try {{
      seen.push(look([frame.contentWindow, known]))
    }} catch (error) {{
      seen.push({{ found: [`not to be seen: ${{error}}`], signatures: [], ran: [], stopped: [] }})
    }}
  }}
  frame.remove()
  return seen
}}"""
"""The same for many pages, one after the other in a frame, which takes a tenth of the time of opening each."""

WORDS = "wmpt"
"""The search completes words, so that each of these letters finds what has a word that begins with it."""


BLANK = "blank.txt"
"""Something at a host that is no page of ours, to look at its pages from."""


TALL: ViewportSize = {"width": 1280, "height": 6000}
"""In which the search shows all that it has found."""


@dataclass(frozen=True)
class Known:
    """What the pages of a site without payloads have: live elements, styles, and addresses of strange schemes."""

    signs: tuple[str, ...]
    styles: tuple[str, ...]
    addresses: tuple[str, ...]

    @classmethod
    def of(cls, watches: Iterable[Watch]) -> Known:
        """Everything that some watches have seen."""
        seen = [each for watch in watches for each in watch.signatures]
        kinds = ({each[key] for each in seen if key in each} for key in ("sign", "style", "address"))
        return cls(*(tuple(sorted(kind)) for kind in kinds))


class Watch:
    """Pages of one browser context, and everything suspicious that was seen on them."""

    def __init__(self, page: Page, known: Known | None) -> None:
        self.page = page
        self.faults: list[str] = []
        self.signatures: list[dict[str, str]] = []
        self._known = None if known is None else asdict(known)

    def say(self, what: str) -> None:
        """Keep a fault, with the page on which it was seen."""
        self.faults.append(f"{unquote(urlsplit(self.page.url).path)}: {what}")

    def open(self, address: str) -> None:
        """Open a page and look at it."""
        try:
            self.page.goto(address, wait_until="load")
        except Error as error:
            self.say(f"{address} did not open: {error.message.splitlines()[0]}")
            return
        self.look()

    def look(self) -> None:
        """Look at the page as it stands now."""
        try:
            self._keep(self.page.evaluate(f"known => ({LOOK})([window, known])", self._known), self.page.url)
        except Error as error:
            self.say(f"went elsewhere: {error.message.splitlines()[0]}")

    def glance(self, base: str, paths: Sequence[str]) -> None:
        """Look at many pages of one host."""
        self.page.goto(f"{base}{BLANK}")
        addresses = [base + quote(path) for path in paths]
        for path, seen in zip(paths, self.page.evaluate(GLANCE, [addresses, self._known]), strict=True):
            self._keep(seen, path)

    def _keep(self, seen: dict[str, Any], path: str) -> None:
        where = unquote(urlsplit(path).path)
        self.faults += [f"{where}: {each}" for each in seen["found"] if self._known is not None]
        self.faults += [f"{where}: ran: {each}" for each in seen["ran"]]
        self.faults += [f"{where}: stopped by the policy: {each}" for each in seen["stopped"]]
        self.signatures += seen["signatures"]

    def search(self, words: Iterable[str]) -> None:
        """Type words into the search of the page, one after the other, and look at what it shows."""
        self.page.get_by_role("button", name="Search", exact=True).click()
        for word in words:
            self.page.locator("input[name=query]").fill(word)
            self.page.keyboard.press("End")  # the search looks again when a key is let go
            wait_until(
                self.page, "/result|matching/.test(document.querySelector('.md-search-result__meta').textContent)"
            )
            self.page.wait_for_timeout(150)
            self.look()

    def unfold(self) -> None:
        """Open the list of editions at the top of the page, which is read from beside the edition."""
        self.page.keyboard.press("Escape")
        self.page.locator(".editions--bar button").click()
        self.page.wait_for_selector(".editions--bar li")
        self.look()


@contextmanager
def watching(browser: Browser, folder: Path, *, policy: bool, known: Known | None) -> Iterator[Watch]:
    """A fresh context that watches pages of a folder; without `policy` the pages' own policy is not obeyed."""
    context = browser.new_context(bypass_csp=not policy, viewport=TALL, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    context.add_init_script(f"({REMEMBER})()")
    watch = Watch(context.new_page(), known)
    context.route(lambda address: not _is_ours(address, folder), _refuser(watch))
    context.on("page", lambda page: watch.say(f"another window: {page.url}"))
    watch.page.on("dialog", _closer(watch))
    watch.page.on("download", lambda download: watch.say(f"a download: {download.url}"))
    watch.page.on("websocket", lambda socket: watch.say(f"a socket: {socket.url}"))
    try:
        yield watch
    finally:
        context.close()


def _is_ours(address: str, folder: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).resolve().is_relative_to(folder.resolve())
    return parts.hostname == "127.0.0.1" or parts.scheme in {"data", "blob"}


def _refuser(watch: Watch) -> Callable[[Route, Request], None]:
    def refuse(route: Route, request: Request) -> None:
        watch.say(f"asks {request.url}")
        route.abort()

    return refuse


def _closer(watch: Watch) -> Callable[[Dialog], None]:
    def close(dialog: Dialog) -> None:
        watch.say(f"a dialog: {dialog.message}")
        dialog.dismiss()

    return close


def pages(folder: Path) -> tuple[str, ...]:
    """Every HTML page below a folder, by its path."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html")))


def versions(titles: Iterable[str]) -> str:
    """A list of editions as a stranger might write it, beside an edition."""
    listed: list[dict[str, Any]] = [
        {"version": title, "title": title, "aliases": ["latest", title]} for title in titles
    ]
    return json.dumps(listed)
