/* What the pages add to Material's script: real buttons for menu and search, tables that the keyboard can scroll,
   what was renamed, and no single-letter shortcuts. Every page reads and links without this file. */
(() => {
  "use strict"

  const search = document.getElementById("__search")
  const drawer = document.getElementById("__drawer")
  const panels = { __search: document.getElementById("search"), __drawer: document.getElementById("menu") }
  const buttons = [...document.querySelectorAll("[data-opens]")]
  const isOpen = toggle => toggle !== null && toggle.checked

  function set(toggle, open) {
    // A click, not an assignment: Material listens for the change that only a click announces.
    if (toggle !== null && toggle.checked !== open) toggle.click()
  }

  function opener(toggle) {
    return buttons.find(button => button.dataset.opens === toggle.id && button.hasAttribute("aria-expanded"))
  }

  function focusInto(toggle) {
    const panel = panels[toggle.id]
    const first = ["input", "[aria-current=page]", "a"].map(kind => panel?.querySelector(kind)).find(Boolean)
    first?.focus()
  }

  for (const button of buttons) {
    const toggle = document.getElementById(button.dataset.opens)
    button.addEventListener("click", () => {
      set(toggle, !toggle.checked)
      if (toggle.checked) focusInto(toggle)
      else opener(toggle)?.focus()
    })
  }

  // Firefox would open them again after a reload. In HTML a check box may not have this.
  for (const toggle of [search, drawer]) toggle?.setAttribute("autocomplete", "off")

  for (const toggle of [search, drawer]) {
    toggle?.addEventListener("change", () => opener(toggle)?.setAttribute("aria-expanded", String(toggle.checked)))
    panels[toggle?.id]?.addEventListener("focusout", event => {
      // Only focus that went somewhere else closes a panel; a click on plain text inside does not.
      const to = event.relatedTarget
      if (to && !panels[toggle.id].contains(to) && to !== opener(toggle)) set(toggle, false)
    })
  }

  document.addEventListener("click", event => {
    if (isOpen(search) && !event.target.closest("#search, [data-opens]")) set(search, false)
  })

  function typing(target) {
    return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)
  }

  // In the capturing phase, before Material's own listener on the window.
  window.addEventListener("keydown", event => {
    const toggle = [search, drawer].find(isOpen)
    if (event.key === "Escape" && toggle) {
      event.stopImmediatePropagation()
      set(toggle, false)
      opener(toggle)?.focus()
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.stopImmediatePropagation() // Speech input types words; WCAG 2.1.4 forbids single-letter shortcuts.
    }
  }, true)

  function label(region, taken) {
    const before = [...document.querySelectorAll(".md-content :is(h1, h2, h3, h4)")].filter(
      heading => heading.compareDocumentPosition(region) & Node.DOCUMENT_POSITION_FOLLOWING
    )
    const name = __say("table", { heading: before.at(-1)?.firstChild?.textContent.trim() ?? document.title })
    taken.set(name, (taken.get(name) ?? 0) + 1)
    return taken.get(name) > 1 ? __say("table-again", { name, number: taken.get(name) }) : name
  }

  function reachable() {
    const taken = new Map() // so that no two tables have one name
    for (const region of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (region.scrollWidth > region.clientWidth) {
        region.tabIndex = 0
        region.setAttribute("role", "region")
        region.setAttribute("aria-label", label(region, taken))
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name)
      }
    }
  }

  // What was renamed keeps a line under its old address; its link leads to where it is now.
  function lead() {
    const at = document.getElementById(location.hash.slice(1))
    if (at?.matches("[data-moved]")) location.replace(at.querySelector("a[href]").href)
  }
  lead()
  window.addEventListener("hashchange", lead)

  // Material wraps wide tables after the page has loaded; the observer sees that, and later changes of width.
  const observer = new ResizeObserver(reachable)
  const content = document.querySelector(".md-content")
  if (content) observer.observe(content)
  new MutationObserver(reachable).observe(content ?? document.body, { childList: true, subtree: true })
})()
