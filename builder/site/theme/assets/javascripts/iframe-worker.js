/* Search on a copy that is opened from a disk, where browsers start no worker: a hidden frame works in its place. After
   iframe-worker by Martin Donath (iframe-worker.LICENSE.txt), written anew so that no script stands in a page, not even in
   that of the frame. */
(() => {
  "use strict"

  class IFrameWorker extends EventTarget {
    constructor(address) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const inside = this.frame.contentWindow
      inside.document.open()
      inside.document.write("<!doctype html><title>Search</title><body></body>")
      inside.document.close()
      // What a worker may call: to answer, and to have scripts loaded, one after another.
      inside.postMessage = data => this.hear(data)
      inside.importScripts = (...addresses) =>
        addresses.reduce((before, each) => before.then(() => this.load(each)), Promise.resolve())
      this.ready = this.load(new URL(address, location.href).href)
    }

    load(address) {
      const { document } = this.frame.contentWindow
      return new Promise((loaded, failed) => {
        const script = document.createElement("script")
        script.addEventListener("load", loaded)
        script.addEventListener("error", failed)
        script.src = address
        document.body.append(script)
      })
    }

    hear(data) {
      const event = new MessageEvent("message", { data: structuredClone(data) })
      this.dispatchEvent(event)
      this.onmessage?.(event)
    }

    postMessage(data) {
      const event = new MessageEvent("message", { data: structuredClone(data) })
      this.ready.then(
        () => this.frame.contentWindow.dispatchEvent(event),
        () => this.dispatchEvent(new ErrorEvent("error", { message: "The search cannot be loaded." }))
      )
    }

    terminate() {
      this.frame.remove()
    }
  }

  window.IFrameWorker = IFrameWorker
  if (location.protocol === "file:") window.Worker = IFrameWorker
})()
