/* Finding words in the sections of an index. Words are compared without accents, apostrophes and endings. search.js
   loads this file and shows what it finds. */
(() => {
  "use strict"

  const WORD = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060]+(?:['’‘ʼʹ′\x60´＇][\p{L}\p{M}\p{N}]+)*/gu
  const HYPHEN = /[-‐‑]/
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", þ: "th", ŧ: "t" }

  // What a language has: words that find nothing, the ending of a possessive, and those of plurals and verbs.
  const { stop, possessive, endings } = __words.search
  const STOP = new Set(stop)
  const POSSESSIVE = new RegExp(`${possessive}$`)
  const ENDINGS = endings.map(([ending, instead]) => [new RegExp(ending), instead])

  // What two spellings of a word have in common: small letters without accents, possessive endings and apostrophes.
  function fold(word) {
    return word.toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/[ʼʹ]|[^\p{L}\p{N}]/gu, "'")
      .replace(POSSESSIVE, "").replaceAll("'", "").replace(/[^\x00-\x7f]/g, letter => LETTERS[letter] ?? letter)
  }

  // What the forms of a word have in common: no ending of a plural or of a verb, in the order of the list.
  function stem(word) {
    if (word.length < 4) return word
    return ENDINGS.reduce((left, [ending, instead]) => left.replace(ending, instead), word)
  }

  // The words of a text, each with its place. "Co-facilitator" is three: its parts, and both as one.
  function words(text) {
    const found = []
    let joined = []
    const join = () => {
      const term = joined.map(each => each.term).join("")
      if (joined.length > 1) found.push({ start: joined[0].start, end: joined.at(-1).end, term, parts: joined })
      joined = []
    }
    for (const { 0: raw, index: start } of text.matchAll(WORD)) {
      const word = { start, end: start + raw.length, term: fold(raw) }
      if (joined.length && !(start === joined.at(-1).end + 1 && HYPHEN.test(text[start - 1]))) join()
      if (word.term) {
        found.push(word)
        joined.push(word)
      }
    }
    join()
    return found
  }

  // At most one letter more, less or other, or two that have changed places.
  function isNear(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false
    let at = 0
    while (at < one.length && one[at] === other[at]) at += 1
    const [a, b] = [one.slice(at), other.slice(at)]
    const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
    return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
  }

  function plain(html) {
    return html.replaceAll("<sup>", " ").replace(/<\/?(?:code|sub|sup)>/g, "").replace(/<[^>]*>/g, "\n")
      .replace(/\s*\n\s*/g, "\n").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").trim()
  }

  class Index {
    constructor(sections) {
      this.sections = sections.map(each => ({ location: each.location, title: plain(each.title), text: plain(each.text) }))
      this.pages = new Map() // by address, the first section of each page, which bears its title
      this.terms = new Map() // by folded word, how it is written, and how often it is in which section's title and text
      this.stems = new Map()
      for (const section of this.sections) this.add(section)
      for (const term of this.terms.keys()) {
        const key = stem(term)
        this.stems.set(key, [...this.stems.get(key) ?? [], term])
      }
    }

    add(section) {
      const [address] = section.location.split("#")
      if (!this.pages.has(address)) this.pages.set(address, section)
      section.page = this.pages.get(address)
      section.size = words(section.title).length
      for (const field of ["title", "text"]) {
        for (const { term, start, end } of words(section[field])) {
          const written = section[field].slice(start, end)
          if (!this.terms.has(term)) this.terms.set(term, { written, in: new Map() })
          const known = this.terms.get(term)
          if (written === written.toLowerCase()) known.written = written // a capital may be that of a heading
          if (!known.in.has(section)) known.in.set(section, { title: 0, text: 0 })
          known.in.get(section)[field] += 1
        }
      }
    }

    // Which words of the texts a typed word may mean, and how surely; `instead` if it is none of them.
    meanings(word, isUnfinished) {
      const mates = this.stems.get(stem(word)) ?? []
      const begun = isUnfinished ? this.beginning(word) : []
      const own = this.terms.has(word) ? [[word, 1]] : []
      const same = [...begun.map(term => [term, 0.4]), ...mates.map(term => [term, 0.7]), ...own]
      if (same.length || word.length < 4) return { terms: new Map(same), instead: false }
      const longer = this.beginning(word)
      if (longer.length) return { terms: new Map(longer.map(term => [term, 0.4])), instead: false }
      return { terms: new Map(this.instead(word).map(term => [term, 0.3])), instead: true }
    }

    beginning(letters) {
      return [...this.terms.keys()].filter(term => term.startsWith(letters))
    }

    // For a word that the texts do not have: what is written nearly like it, else what begins like it.
    instead(word) {
      let found = [...this.terms.keys()].filter(term => isNear(term, word) || isNear(stem(term), stem(word)))
      const shortest = Math.max(4, Math.ceil(word.length * 0.6))
      for (let size = word.length - 1; !found.length && size >= shortest; size -= 1) {
        found = this.beginning(word.slice(0, size))
      }
      return found
    }

    // The typed words, each with its meanings: one with a hyphen as one if the texts have it so, "the" only if it is alone.
    asked(query) {
      const all = words(query)
      const known = all.filter(({ parts, term }) => parts && (this.terms.has(term) || this.stems.has(stem(term))))
      const within = new Set(known.flatMap(({ parts }) => parts))
      const kept = all.filter(each => each.parts ? known.includes(each) : !within.has(each))
      const telling = kept.filter(({ term }) => !STOP.has(term))
      return (telling.length ? telling : kept).map(({ start, end, term }) => {
        return { typed: query.slice(start, end), ...this.meanings(term, end === query.length) }
      })
    }

    // The pages with the sections that have most of the words, the best first, and what to say of words that are nowhere.
    find(query) {
      const asked = this.asked(query)
      const found = new Map()
      for (const word of asked) this.weigh(word, found)
      const most = Math.max(0, ...[...found.values()].map(({ has }) => has.size))
      const pages = new Map()
      const best = [...found].filter(([, { has }]) => has.size === most).map(([section, { has, score, heads }]) => {
        const missing = asked.filter(word => word.terms.size && !has.has(word)).map(({ typed }) => typed)
        return { section, missing, score: score + 4 * heads / (section.size || 1) + (section.page === section ? 1 : 0) }
      })
      for (const result of best.sort((one, other) => other.score - one.score)) {
        pages.set(result.section.page, [...pages.get(result.section.page) ?? [], result])
      }
      return { pages, terms: new Set(asked.flatMap(({ terms }) => [...terms.keys()])), said: this.said(asked) }
    }

    // Add to each section what it has of one word: much if its title has it, more if the word is rare.
    weigh(word, found) {
      const scores = new Map()
      for (const [term, sureness] of word.terms) {
        for (const [section, { title, text }] of this.terms.get(term).in) {
          const score = sureness * ((title ? 3 : 0) + text / (text + 1.5))
          if (score > (scores.get(section)?.score ?? 0)) scores.set(section, { score, heads: title ? 1 : 0 })
        }
      }
      const rarity = Math.log(1 + this.sections.length / (scores.size || 1))
      for (const [section, { score, heads }] of scores) {
        const sum = found.get(section) ?? { has: new Set(), score: 0, heads: 0 }
        found.set(section, { has: sum.has.add(word), score: sum.score + score * rarity, heads: sum.heads + heads })
      }
    }

    said(asked) {
      return asked.filter(({ terms, instead }) => instead || !terms.size).map(({ typed, terms }) => {
        const kinds = new Map([...terms.keys()].reverse().map(term => [stem(term), __say("quoted", { word: this.terms.get(term).written })]))
        const written = [...kinds.values()].slice(0, 3)
        if (!written.length) return __say("nothing", { typed })
        return __say("instead", { typed, words: written.join(__say("comma")) })
      }).join(" ")
    }
  }

  window.Finding = { Index, words }
})()
