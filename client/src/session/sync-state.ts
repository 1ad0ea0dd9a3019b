/** What the person is told of saving and syncing: the light, the waiting marks, the summaries. */
import type { Changes, Projection } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import { deriveSyncLight, type ProviderStatus, type RelayLink } from '@tongge/sync'
import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { KeptSummaries } from './kept-summaries.ts'
import type { OpenDocument } from './open-documents.ts'
import type { SyncLight, SyncSummary } from './session.ts'
import { createSyncDigest } from './sync-digest.ts'

export interface SyncState {
  readonly light: Accessor<SyncLight>
  readonly summaries: Accessor<readonly SyncSummary[]>
  waiting(id: RecordId): boolean
  /** Follows one more document. */
  add(document: OpenDocument): void
  /** Every document that will be opened is followed: from here on the relay may be caught up with. */
  complete(): void
  /** Runs a load from this device: what it brings is no news. */
  quietly(load: () => void): void
  dispose(): void
}

interface Parts {
  readonly link: RelayLink
  readonly projection: Projection
  /** Resolves once all that was told so far is read. */
  readonly settled: () => Promise<Snapshot>
  /** Commands that wait for the documents to be open. */
  readonly held: Accessor<number>
  /** Subjects of what waits in copies that are not open. */
  readonly left: Accessor<ReadonlySet<string>>
  readonly kept: KeptSummaries
  /** The browser stores nothing: this session lives in memory. */
  readonly refused: boolean
}

const keptSummaries = 20
const starting: ProviderStatus = { state: 'starting' }

export function createSyncState({ link, projection, settled, held, refused, left, kept }: Parts): SyncState {
  const documents: OpenDocument[] = []
  const [pulse, setPulse] = createSignal(0)
  const [subjects, setSubjects] = createSignal<ReadonlySet<string>>(new Set())
  const [summaries, setSummaries] = createSignal<readonly SyncSummary[]>([])
  const digest = createSyncDigest()
  let isComplete = false
  let catchingUp = true
  let loading = false

  const follow = (): void => {
    setPulse((count) => count + 1)
    if (link.status().state !== 'online') catchingUp = true
    else if (isComplete && catchingUp && documents.every(({ relay }) => isSettled(relay.status()))) {
      catchingUp = false
      void settled().then(summarize)
    }
  }
  const summarize = (after: Snapshot): void => {
    const summary = digest.finish(Date.now(), after)
    if (!summary) return
    kept.keep(setSummaries((before) => [summary, ...before].slice(0, keptSummaries)))
  }
  void kept.recall().then((before) => setSummaries((now) => [...now, ...before].slice(0, keptSummaries)))
  const gather = (): void => {
    setSubjects(new Set(documents.flatMap(({ vault }) => [...(vault?.waiting() ?? [])])))
  }
  const note = (changes: Changes): void => {
    if (catchingUp && !loading && !changes.local) digest.note(changes)
    else digest.learn(changes)
  }

  const undo = [link.onStatus(follow), projection.onChange(note)]

  const waiting = createMemo(() => new Set([...subjects(), ...left()]))
  const ids = createMemo(() => new Set([...waiting()].map((subject) => subject.slice(subject.indexOf('/') + 1))))

  const light = createMemo((): SyncLight => {
    pulse()
    const disks = documents.flatMap(({ vault }) => (vault ? [vault.status()] : []))
    const derived = deriveSyncLight({
      disks: [...(held() > 0 ? [{ state: 'behind', pending: held() } as const] : []), ...disks],
      // Until every document with edits to send is open, nobody can say that all are sent.
      relays: [
        ...documents.map(({ relay }) => relay.status()),
        ...(isComplete ? [] : [starting]),
        ...(left().size > 0 ? [{ state: 'behind', pending: left().size } as const] : []),
      ],
      link: link.status(),
    })
    const counts = countKinds(waiting())
    if (refused) {
      return {
        ...derived,
        waiting: counts,
        light: derived.light === 'synced' ? 'synced' : 'unsaved',
        problem: 'denied',
      }
    }
    return {
      ...derived,
      waiting: counts,
      ...(!derived.problem && documents.some(isTorn) && { problem: 'corrupt' as const }),
    }
  })

  return {
    light,
    summaries,
    waiting: (id) => ids().has(id),
    add: (document) => {
      const { disk, relay, vault, loaded } = document
      documents.push(document)
      undo.push(disk.onStatus(follow), relay.onStatus(follow), ...(vault ? [vault.onWaiting(gather)] : []))
      void loaded.then(gather)
      setPulse((count) => count + 1)
    },
    complete: () => {
      isComplete = true
      follow()
    },
    quietly: (load) => {
      loading = true
      load()
      loading = false
    },
    dispose: () => {
      for (const stop of undo) stop()
    },
  }
}

/** Pieces on the disk did not open, and the relay has not made the document whole again. */
function isTorn({ vault, relay }: OpenDocument): boolean {
  return vault !== undefined && vault.damaged() > 0 && relay.status().state !== 'current'
}

function isSettled({ state }: ProviderStatus): boolean {
  return state === 'current' || state === 'failed'
}

function countKinds(subjects: ReadonlySet<string>): SyncLight['waiting'] {
  const count = { households: 0, people: 0, tickets: 0, photos: 0, others: 0 }
  for (const subject of subjects) {
    if (subject.startsWith('household/')) count.households++
    else if (subject.startsWith('person/')) count.people++
    else if (subject.startsWith('ticket/')) count.tickets++
    else if (subject.startsWith('photo/')) count.photos++
    else count.others++
  }
  return count
}
