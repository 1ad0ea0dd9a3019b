/** What a device was given: every frame of its sockets, and everything its databases hold. */
import type { Page } from 'playwright-core'

export interface Traces {
  /** In how many frames each text occurs, those the device sent (they name the documents it asks for) and those it received. */
  exchanged(texts: readonly string[]): Readonly<Record<string, number>>
  /** How often each text occurs in the browser's databases and its local storage. */
  stored(texts: readonly string[]): Promise<Readonly<Record<string, number>>>
}

/** Call before the page is opened: earlier frames are not known. */
export function traceOf(page: Page): Traces {
  const frames: Buffer[] = []
  // A device that cannot unpack is sent everything plain, so that a search can see it.
  void page.addInitScript(() => Reflect.deleteProperty(globalThis, 'DecompressionStream'))
  page.on('websocket', (socket) => {
    const keep = ({ payload }: { readonly payload: string | Buffer }): void => void frames.push(Buffer.from(payload))
    socket.on('framesent', keep)
    socket.on('framereceived', keep)
  })
  return {
    exchanged: (texts) =>
      Object.fromEntries(texts.map((text) => [text, frames.filter((frame) => frame.includes(text)).length])),
    stored: (texts) => page.evaluate(searchStores, texts),
  }
}

/** Runs in the page. */
async function searchStores(texts: readonly string[]): Promise<Record<string, number>> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('the database did not answer')))
    })
  const textOf = (value: unknown): string => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
    if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join('\n')
    return String(value)
  }
  const found = Object.fromEntries(texts.map((text) => [text, 0]))
  const count = (content: string): void => {
    for (const text of texts) if (content.includes(text)) found[text] = (found[text] ?? 0) + 1
  }
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue
    const database = await answer(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([answer(objects.getAllKeys()), answer(objects.getAll())])
      for (const one of [...keys, ...values]) count(textOf(one))
    }
    database.close()
  }
  count(JSON.stringify(Object.entries(localStorage)))
  return found
}
