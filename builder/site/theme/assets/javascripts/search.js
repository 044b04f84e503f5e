/* The search of the pages. What it needs, an index of the sections with their titles and texts, is loaded when the search is
   opened for the first time. Texts are set in as texts: nothing that an index holds becomes HTML. */
(() => {
  "use strict"

  const panel = document.getElementById("search")
  const toggle = document.getElementById("__search")
  const input = panel?.querySelector(".search__input")
  if (!input || !toggle) return

  const HERE = document.currentScript.src
  const ROOT = new URL("../..", HERE)
  const MOST = 240 // letters of a text that are shown
  const [meta, note, list] = ["meta", "note", "list"].map(name => panel.querySelector(`.md-search-result__${name}`))
  const IDLE = meta.textContent

  let loading

  function run(address) {
    return new Promise((loaded, failed) => {
      const script = Object.assign(document.createElement("script"), { src: address })
      script.addEventListener("load", loaded)
      script.addEventListener("error", failed)
      document.head.append(script)
    })
  }

  // On a disk a page may load a script and no data, so the same index is there as a script.
  async function read() {
    if (location.protocol === "file:") {
      await run(new URL("search/search_index.js", ROOT))
      return window.__index
    }
    const answer = await fetch(new URL("search/search_index.json", ROOT))
    return answer.json()
  }

  function load() {
    loading ??= Promise.all([read(), run(new URL("finding.js", HERE))])
      .then(([{ docs }]) => new window.Finding.Index(docs))
      .catch(error => {
        loading = undefined // so that the next letter asks again
        throw error
      })
    return loading
  }

  function make(kind, name, ...inside) {
    const element = document.createElement(kind)
    if (name) element.className = name
    element.append(...inside)
    return element
  }

  // A text from `from` to `to` with the found words marked.
  function marked(text, places, from = 0, to = text.length) {
    const pieces = []
    let at = from
    for (const { start, end } of places.filter(place => place.start >= from && place.end <= to)) {
      if (start < at) continue // a part of a word that is marked as a whole
      pieces.push(text.slice(at, start), make("mark", "", text.slice(start, end)))
      at = end
    }
    return [...pieces, text.slice(at, to)]
  }

  function matches(text, terms) {
    const found = window.Finding.words(text).filter(({ term }) => terms.has(term))
    return found.sort((one, other) => one.start - other.start || other.end - one.end)
  }

  // The paragraph that has most of the found words, or what is round the first of them.
  function excerpt(text, terms) {
    const places = matches(text, terms)
    let [from, to, most, start] = [0, text.length, -1, 0]
    for (const line of text.split("\n")) {
      const inside = places.filter(place => place.start >= start && place.end <= start + line.length)
      const count = new Set(inside.map(({ term }) => term)).size
      if (count > most) [from, to, most] = [start, start + line.length, count]
      start += line.length + 1
    }
    const end = to
    const begin = from
    const first = places.find(place => place.start >= from)?.start ?? from
    if (to - from > MOST && first - from > MOST / 2) from = text.indexOf(" ", first - MOST / 3) + 1
    if (to - from > MOST) to = text.lastIndexOf(" ", from + MOST)
    return [from > begin ? "… " : "", ...marked(text, places, from, to), to < end ? " …" : ""]
  }

  function link({ section, missing }, terms, kind, isTold) {
    const inside = [make(kind, "", ...marked(section.title, matches(section.title, terms)))]
    if (isTold && section.text) inside.push(make("p", "search__text", ...excerpt(section.text, terms)))
    if (isTold && missing.length) inside.push(make("p", "md-search-result__terms", __say("without", { words: missing.join(__say("comma")) })))
    const made = make("a", "md-search-result__link", make("article", "md-search-result__article md-typeset", ...inside))
    made.href = new URL(section.location, ROOT)
    return made
  }

  // A page with its best section; its other sections are made when they are asked for.
  function entry(page, results, terms) {
    const [best] = results
    const own = results.find(({ section }) => section === page)
    const item = make("li", "md-search-result__item", link(own ?? { section: page }, terms, "h1", best === own))
    if (best !== own) item.append(link(best, terms, "h2", true))
    item.lastChild.dataset.best = ""
    const others = results.filter(each => each !== own && each !== best)
    if (others.length) {
      const summary = make("summary", "", make("div", "", __say("more", { n: others.length })))
      const more = make("details", "md-search-result__more", summary)
      const open = () => more.append(...others.map(each => link(each, terms, "h2", true)))
      more.addEventListener("toggle", open, { once: true })
      item.append(more)
    }
    return item
  }

  function show({ pages, terms, said }) {
    meta.textContent = pages.size ? __say("matching", { n: pages.size }) : __say("none-matching")
    note.textContent = pages.size ? said : ""
    list.replaceChildren(...[...pages].map(([page, results]) => entry(page, results, terms)))
    list.parentElement.parentElement.scrollTop = 0
  }

  function answer() {
    const query = input.value.trim()
    if (!query) {
      meta.textContent = IDLE
      note.textContent = ""
      list.replaceChildren()
      return
    }
    load().then(index => {
      if (query === input.value.trim()) show(index.find(query))
    }).catch(error => {
      console.error(error)
      meta.textContent = __say("no-search")
    })
  }

  toggle.addEventListener("change", () => toggle.checked && load().catch(() => {}))
  input.addEventListener("input", answer)

  panel.querySelector("form").addEventListener("submit", event => {
    event.preventDefault()
    list.querySelector("[data-best]")?.click()
  })

  list.addEventListener("click", event => {
    if (event.target.closest("a") && toggle.checked) toggle.click() // for a result on this very page
  })

  // The arrows go from the field to the results and round again.
  panel.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const stops = [input, ...list.querySelectorAll("a, summary")].filter(stop => stop.offsetParent !== null)
    event.preventDefault()
    stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus()
  })
})()
