/** What the person is told of saving and syncing: the light, the waiting marks, the summaries. */
import type { Changes, Projection } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import { deriveSyncLight, type RelayLink } from '@tongge/sync'
import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { OpenDocument } from './open-documents.ts'
import type { SyncLight, SyncSummary } from './session.ts'
import { startRound, type SummaryRound } from './sync-summary.ts'

export interface SyncState {
  readonly light: Accessor<SyncLight>
  readonly summaries: Accessor<readonly SyncSummary[]>
  waiting(id: RecordId): boolean
  /** A value computed from the snapshot, anew after each change. */
  derived<T>(compute: (snapshot: Snapshot) => T): Accessor<T>
  dispose(): void
}

interface Parts {
  readonly documents: readonly OpenDocument[]
  readonly link: RelayLink
  readonly projection: Projection
  /** The browser stores nothing: this session lives in memory. */
  readonly refused: boolean
}

const keptSummaries = 20

export function createSyncState({ documents, link, projection, refused }: Parts): SyncState {
  const [pulse, setPulse] = createSignal(0)
  const [subjects, setSubjects] = createSignal<ReadonlySet<string>>(new Set())
  const [version, setVersion] = createSignal(0)
  const [summaries, setSummaries] = createSignal<readonly SyncSummary[]>([])
  let round: SummaryRound | undefined

  const follow = (): void => {
    setPulse((count) => count + 1)
    const isOnline = link.status().state === 'online'
    if (!isOnline) round = undefined
    else round ??= startRound(projection.snapshot())
    if (round && documents.every(({ relay }) => relay.status().state === 'current' || relay.status().state === 'failed')) {
      const summary = round.finish(Date.now(), projection.snapshot())
      if (summary) setSummaries((kept) => [summary, ...kept].slice(0, keptSummaries))
      round = startRound(projection.snapshot())
    }
  }
  const gather = (): void => {
    setSubjects(new Set(documents.flatMap(({ vault }) => [...(vault?.waiting() ?? [])])))
  }
  const note = (changes: Changes): void => {
    setVersion((count) => count + 1)
    round?.note(changes)
  }

  const undo = [
    link.onStatus(follow),
    projection.onChange(note),
    ...documents.flatMap(({ disk, relay, vault }) => [disk.onStatus(follow), relay.onStatus(follow), ...(vault ? [vault.onWaiting(gather)] : [])]),
  ]
  for (const { loaded } of documents) void loaded.then(gather)

  const ids = createMemo(() => new Set([...subjects()].map((subject) => subject.slice(subject.indexOf('/') + 1))))

  const light = createMemo((): SyncLight => {
    pulse()
    const derived = deriveSyncLight({
      disks: documents.flatMap(({ vault }) => (vault ? [vault.status()] : [])),
      relays: documents.map(({ relay }) => relay.status()),
      link: link.status(),
    })
    const waiting = countKinds(subjects())
    return refused ? { ...derived, waiting, light: derived.light === 'synced' ? 'synced' : 'unsaved', problem: 'denied' } : { ...derived, waiting }
  })

  return {
    light,
    summaries,
    waiting: (id) => ids().has(id),
    derived: (compute) =>
      createMemo(() => {
        version()
        return compute(projection.snapshot())
      }),
    dispose: () => {
      for (const stop of undo) stop()
    },
  }
}

function countKinds(subjects: ReadonlySet<string>): SyncLight['waiting'] {
  const count = { households: 0, people: 0, tickets: 0, others: 0 }
  for (const subject of subjects) {
    if (subject.startsWith('household/')) count.households++
    else if (subject.startsWith('person/')) count.people++
    else if (subject.startsWith('ticket/')) count.tickets++
    else count.others++
  }
  return count
}
