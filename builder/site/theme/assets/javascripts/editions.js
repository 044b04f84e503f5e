/* Which edition this is, and the way to the others. They lie in folders beside this one, and versions.json beside them
   lists them, newest first: [{version, title, aliases}]. A page opened from a disk asks for nothing. */
(() => {
  "use strict"

  const places = [...document.querySelectorAll("[data-edition]")]
  const list = document.querySelector("[data-list]")
  if (places.length === 0) return

  const FEW = 10
  const HERE = places[0].dataset.edition // empty on a host of mike's: the address alone tells
  const PUBLIC = "public" in places[0].dataset ? places[0].querySelector("a").href : null // the list of all, if known
  const home = new URL(places[0].dataset.home, location.href)
  const beside = new URL("../", home)
  const LIST = new URL("editions/index.html", beside).href
  const folder = decodeURIComponent(home.pathname.split("/").at(-2) ?? "")
  const page = location.pathname.startsWith(home.pathname) ? location.pathname.slice(home.pathname.length) : ""
  const disclosures = []
  let asked

  function make(kind, words, settings) {
    const element = document.createElement(kind)
    element.append(...[words].flat())
    return Object.assign(element, settings)
  }

  const isHere = each => each.version === (HERE || folder) || (!HERE && each.aliases?.includes(folder))
  const isLatest = each => Boolean(each.aliases?.includes("latest"))

  function editions() {
    asked ??= fetch(new URL("versions.json", beside)).then(answer => {
      if (!answer.ok) throw new Error(`${answer.status}`)
      return answer.json()
    }).then(all => all.filter(each => typeof each.version === "string")).catch(error => {
      asked = undefined // so that the next opening asks again
      throw error
    })
    return asked
  }

  // A plain link to an edition's start. A plain click asks first whether that edition has this very page.
  function link(version, words) {
    const there = new URL(`${encodeURIComponent(version)}/`, beside)
    const start = new URL("index.html", there).href
    const same = new URL(page || "index.html", there)
    const made = make("a", words, { href: start })
    made.addEventListener("click", async event => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      const answer = await fetch(same, { method: "HEAD", signal: AbortSignal.timeout?.(5000) }).catch(() => null)
      location.assign(answer?.ok ? same.href + location.hash : start)
    })
    return made
  }

  function entry(each) {
    const words = [each.title ?? each.version]
    if (isLatest(each)) words.push(make("span", ` ${__say("current")}`))
    const made = link(each.version, words)
    if (isHere(each)) made.setAttribute("aria-current", "true")
    return make("li", made)
  }

  const toAll = address => make("a", __say("all-editions"), { href: address, className: "editions__all" })

  // The newest few and this one; the rest by the list of all editions, or where there is none by a button.
  function fill(panel, all) {
    const near = all.filter((each, at) => at < FEW || isHere(each))
    const entries = make("ul", near.map(entry))
    panel.replaceChildren(entries)
    if (HERE) {
      panel.append(toAll(LIST))
    } else if (near.length < all.length) {
      const more = make("button", __say("all-of-them", { number: all.length }), { type: "button", className: "editions__all" })
      more.addEventListener("click", () => {
        entries.replaceChildren(...all.map(entry))
        entries.children[all.findIndex(each => !near.includes(each))].firstChild.focus()
        more.remove()
      })
      panel.append(more)
    }
  }

  function set(disclosure, open) {
    disclosure.button.setAttribute("aria-expanded", String(open))
    disclosure.panel.hidden = !open
  }

  const isOpen = disclosure => !disclosure.panel.hidden

  function load({ panel }) {
    editions().then(all => {
      if (panel.childElementCount === 0 || panel.querySelector("p")) fill(panel, all)
    }).catch(() => {
      panel.replaceChildren(make("p", __say("no-list")))
      if (PUBLIC) panel.append(toAll(PUBLIC))
    })
  }

  // The link becomes a button that opens the list under it.
  function disclose(place, name) {
    const panel = make("div", [], { className: "editions__panel", id: `editions-${disclosures.length}`, hidden: true })
    const button = make("button", __say("edition", { name }), { type: "button", className: "editions__label editions__button" })
    const disclosure = { place, button, panel }
    button.setAttribute("aria-controls", panel.id)
    set(disclosure, false)
    button.addEventListener("pointerenter", () => load(disclosure), { once: true })
    button.addEventListener("focus", () => load(disclosure), { once: true })
    button.addEventListener("click", () => {
      set(disclosure, !isOpen(disclosure))
      if (isOpen(disclosure)) load(disclosure)
    })
    place.addEventListener("focusout", event => {
      // Not in the menu, where closing would move what the reader is about to press.
      const hangs = getComputedStyle(panel).position === "absolute"
      if (hangs && event.relatedTarget && !place.contains(event.relatedTarget)) set(disclosure, false)
    })
    place.replaceChildren(button, panel)
    place.hidden = false
    disclosures.push(disclosure)
  }

  window.addEventListener("keydown", event => {
    const open = disclosures.find(each => isOpen(each) && each.button.offsetParent !== null)
    if (event.key !== "Escape" || !open) return
    event.stopImmediatePropagation()
    set(open, false)
    open.button.focus()
  }, true)

  document.addEventListener("click", event => {
    for (const each of disclosures) {
      if (isOpen(each) && !event.composedPath().includes(each.place)) set(each, false)
    }
  })

  // Nothing lies beside this edition: no link may lead there.
  function alone() {
    if (PUBLIC) return
    list?.remove()
    for (const place of places) place.querySelector("a")?.replaceWith(make("span", __say("edition", { name: HERE }), { className: "editions__label" }))
  }

  function notice() {
    const script = make("script", [], { src: new URL("notice.js", beside).href })
    script.addEventListener("load", () => {
      for (const link of list?.children ?? []) link.href = LIST
    })
    script.addEventListener("error", alone)
    document.head.append(script)
  }

  // On a host of mike's there is no notice.js; the list of versions tells what is needed.
  function ofMike(all) {
    const here = all.find(isHere)
    const latest = all.find(isLatest)
    if (!here) return
    for (const place of places) disclose(place, here.title ?? here.version)
    if (!latest || latest === here) return
    const names = { name: here.title ?? here.version, latest: latest.title ?? latest.version }
    const aside = document.querySelector("aside.edition")
    const way = link(latest.version, __say("go-to-edition", { name: names.latest }))
    aside.append(make("p", [__say("reading-older", names), " ", way]))
    aside.hidden = false
  }

  if (!location.protocol.startsWith("http")) {
    alone()
  } else if (HERE) {
    for (const place of places) disclose(place, HERE)
    notice()
  } else {
    editions().then(ofMike).catch(() => {})
  }
})()
