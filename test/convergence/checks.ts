/** What must hold during a story and at its end, by the account. */
import { canonicalContent, hasPending } from '@tongge/crdt'
import type { TestRelay } from '../support/test-relay.ts'
import { damageOf, documentNames, heldBy, holds, knows, type Account, type Documents, type Trace } from './account.ts'
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
  const expectedIn = (documents: Documents): ExpectedPage => expectedPage(heldBy(documents, account))
  let checked = 0

  return {
    async restarted(device, documents) {
      for (const trace of account.saved.get(device) ?? []) {
        const doc = documents.get(trace.document)
        // What builds on a damaged row is there, and waits for the relay to bring that row again.
        if (holds(documents, trace) || account.synced.has(trace) || (doc && hasPending(doc))) continue
        // The relay may have said that it has it to a tab that came after its author's.
        const name = fullNames[trace.document]
        if (account.damaged.has(damageOf(device, name)) && knows(await relay.content(name), trace)) continue
        problems.push(`${device} called ${trace.label} saved, and does not have it after a restart`)
      }
    },
    async synced() {
      if (account.synced.size === checked) return
      const fresh = [...account.synced].slice(checked)
      checked = account.synced.size
      for (const name of new Set(fresh.map((trace) => trace.document))) {
        const doc = await relay.content(fullNames[name])
        const isGone = (trace: Trace): boolean => trace.document === name && !knows(doc, trace)
        for (const { label } of fresh.filter(isGone))
          problems.push(`${label} was called synced, and the relay's log does not have it`)
      }
    },
    onTheWay(tabs) {
      for (const [index, tab] of tabs.entries())
        if (![...tab.documents.values()].some(hasPending))
          problems.push(...differences(expectedIn(tab.documents), tab, `tab ${index}, on the way,`))
    },
    async atTheEnd(tabs) {
      const documents: Documents = new Map(
        await Promise.all(documentNames.map(async (name) => [name, await relay.content(fullNames[name])] as const)),
      )
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

function differences({ lines }: ExpectedPage, tab: Tab, who: string): readonly string[] {
  const shown = tab.page()
  return [
    ...lines.filter((line) => !shown.includes(line)).map((line) => `${who} lacks "${line}"`),
    ...shown.filter((line) => !lines.includes(line)).map((line) => `${who} shows "${line}"`),
  ]
}
