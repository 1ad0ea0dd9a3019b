/** What must hold during a story and at its end, by the account. */
import { canonicalContent, hasPending } from '@tongge/crdt'
import type { Doc } from 'yjs'
import type { TestRelay } from '../support/test-relay.ts'
import { generationName, generationOf } from '@tongge/protocol'
import {
  documentNames,
  generationIn,
  heldBy,
  holds,
  knows,
  type Account,
  type DocumentName,
  type Documents,
  type Trace,
} from './account.ts'
import { expectedPage, type ExpectedPage } from './page.ts'
import { fullNames } from './grid-documents.ts'
import type { Tab } from './tab.ts'

export interface Checks {
  /** After a start: what was called saved is there. */
  restarted(device: string, documents: Documents): Promise<void>
  /** What was called synced since the last time is in the relay's log at this very moment. */
  synced(): Promise<void>
  /** What a tab shows follows from what has reached it, in whatever order that came. */
  onTheWay(tabs: readonly Tab[]): void
  /** Everything is everywhere. Answers what is seen at the end. */
  atTheEnd(tabs: readonly Tab[]): Promise<ExpectedPage>
}

export function createChecks(account: Account, relay: TestRelay): Checks {
  const { problems } = account
  const expectedIn = (documents: Documents): ExpectedPage =>
    expectedPage(heldBy(documents, account), generationIn(documents, 'diary'))
  /** As the relay's log has them. */
  const generationsOf = (name: DocumentName): Promise<readonly Doc[]> => {
    const newest = generationOf(relay.stored(fullNames[name]))
    const names = Array.from({ length: newest }, (_, index) => generationName(fullNames[name], index + 1))
    return Promise.all(names.map(relay.content))
  }
  let checked = 0

  return {
    async restarted(device, documents) {
      for (const trace of account.saved.get(device) ?? []) {
        const doc = documents.get(trace.document)
        if (holds(documents, trace) || account.synced.has(trace)) continue
        // What builds on a damaged row is there, and waits for the relay to bring that row again.
        if (doc && hasPending(doc)) continue
        // Whatever the relay has comes back from there, also when a tab was told so that is gone.
        if (knows(await relay.content(generationName(fullNames[trace.document], trace.generation)), trace)) continue
        problems.push(`${device} called ${trace.label} saved, and does not have it after a restart`)
      }
    },
    async synced() {
      if (account.synced.size === checked) return
      const fresh = [...account.synced].slice(checked)
      checked = account.synced.size
      for (const name of new Set(fresh.map((trace) => trace.document)))
        for (const doc of await generationsOf(name)) {
          const isGone = (trace: Trace): boolean =>
            trace.document === name && trace.generation <= generationOf(doc.guid) && !knows(doc, trace)
          for (const { label } of fresh.filter(isGone))
            problems.push(`${label} was called synced, and the relay's log does not have it in ${doc.guid}`)
        }
    },
    onTheWay(tabs) {
      for (const [index, tab] of tabs.entries())
        if (![...tab.documents.values()].some(hasPending))
          problems.push(...differences(expectedIn(tab.documents), tab, `tab ${index}, on the way,`))
    },
    async atTheEnd(tabs) {
      const documents: Documents = new Map(
        await Promise.all(
          documentNames.map(async (name) => [name, await relay.content(relay.newest(fullNames[name]) ?? '')] as const),
        ),
      )
      for (const name of ['earlier', 'work'] as const) problems.push(...withoutReceipt(documents.get(name)))
      const contents = new Map([...documents].map(([name, doc]) => [name, canonicalContent(doc)]))
      if ([...documents.values()].some(hasPending)) problems.push('the relay holds pending structs')
      for (const [index, tab] of tabs.entries()) {
        for (const [name, doc] of tab.documents) {
          if (hasPending(doc)) problems.push(`tab ${index} holds pending structs of ${name}`)
          if (canonicalContent(doc) !== contents.get(name))
            problems.push(`${name} of tab ${index} differs from the relay's`)
        }
        const own: Documents = new Map([...documents].filter(([name]) => tab.documents.has(name)))
        problems.push(...differences(expectedIn(own), tab, `tab ${index}`))
      }
      for (const trace of account.synced)
        if (!holds(documents, trace)) problems.push(`${trace.label} was called synced, and it is gone`)
      for (const [device, saved] of account.saved)
        for (const trace of saved)
          if (!holds(documents, trace)) problems.push(`${device} called ${trace.label} saved, and it is gone`)
      return expectedIn(documents)
    },
  }
}

/** Every step of a work document has exactly one receipt, whatever became of relay and network meanwhile. */
function withoutReceipt(doc: Doc | undefined): readonly string[] {
  const receipts = doc?.getMap('receipts')
  const steps = [...(doc?.share.keys() ?? [])].filter((root) => root.startsWith('steps/'))
  const ids = steps.flatMap((root) =>
    (doc?.getArray(root).toArray() ?? []).map((step) => (JSON.parse(String(step)) as { readonly id: string }).id),
  )
  const missing = ids.filter((id) => !receipts?.has(id)).map((id) => `step ${id} has no receipt`)
  return receipts?.size === ids.length ? missing : [...missing, `${receipts?.size} receipts for ${ids.length} steps`]
}

function differences({ lines }: ExpectedPage, tab: Tab, who: string): readonly string[] {
  const shown = tab.page()
  return [
    ...lines.filter((line) => !shown.includes(line)).map((line) => `${who} lacks "${line}"`),
    ...shown.filter((line) => !lines.includes(line)).map((line) => `${who} shows "${line}"`),
  ]
}
