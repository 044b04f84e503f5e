/* What Material's script asks of each page, the words of our scripts, which each page has as data in the language of the
   curriculum, and the colors that a reader has chosen, set before the page is painted.
   Material writes both into the pages; here they are a file, so that browsers can be asked to run no script in a page. The
   names and the form of what is kept are Material's. */
(() => {
  "use strict"

  const scope = new URL("../..", document.currentScript.src)

  window.__md_scope = scope
  window.__md_hash = text => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0)
  window.__md_get = (key, storage = localStorage, at = scope) => JSON.parse(storage.getItem(`${at.pathname}.${key}`))
  window.__md_set = (key, value, storage = localStorage, at = scope) => {
    try {
      storage.setItem(`${at.pathname}.${key}`, JSON.stringify(value))
    } catch { /* a browser that keeps nothing, such as in a private window */ }
  }

  // The words of a key with values in their places; `n` chooses the form of a plural.
  window.__words = JSON.parse(document.getElementById("__words").textContent)
  window.__say = (key, values = {}) => {
    const forms = __words[key]
    const text = typeof forms === "string" ? forms : forms[values.n === 1 ? "one" : "other"]
    return text.replace(/\{(\w+)\}/g, (place, name) => values[name])
  }

  const color = __md_get("__palette")?.color
  if (!color) return
  if (color.media === "(prefers-color-scheme)") {
    const kind = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"
    const input = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${kind})']`)
    for (const name of ["media", "scheme", "primary", "accent"]) color[name] = input.getAttribute(`data-md-color-${name}`)
  }
  for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value)
})()
