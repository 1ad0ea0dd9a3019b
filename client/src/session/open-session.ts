/** Where what the data means and how it moves meet: opens a person's documents and ties plan, edits, projection, store and relay together. */
import { applyEdits, createProjection, createUndoStack, historyOf, inboxOf, openCoText, type Writer } from '@tongge/crdt'
import {
  createCalendar,
  foldTicket,
  plan,
  quarterOf,
  type AccountId,
  type Edit,
  type GridCode,
  type PlanContext,
  type RecordId,
  type Role,
} from '@tongge/model'
import type { SessionAnswer } from '@tongge/protocol'
import { askPersistence, createRelayLink, leaseSlot, webSocketOpener } from '@tongge/sync'
import { createSignal } from 'solid-js'
import { createDirectory } from './directory.ts'
import { deviceLabel, openDeviceVault, setTimer } from './device.ts'
import { createGridStore } from './grid-store.ts'
import { inOrderOfNeed, openDocument, type OpenDocument } from './open-documents.ts'
import { createPresence } from './presence.ts'
import type { DispatchAnswer, Session } from './session.ts'
import { createSyncState } from './sync-state.ts'

export interface OpenSession extends Session {
  /** Writes what is pending and lets go of everything. */
  close(): Promise<void>
}

export interface SessionHost {
  signOut(): Promise<void>
  switchGrid(grid: GridCode): void
}

export async function openSession(answer: SessionAnswer, chosen: string | undefined, host: SessionHost): Promise<OpenSession> {
  const account = answer.account as AccountId
  const grid = (answer.grids.find((code) => code === chosen) ?? answer.grids[0] ?? '') as GridCode
  const { vault, refused } = await openDeviceVault(account)
  const [device, lease] = await Promise.all([deviceLabel(vault), leaseSlot({ locks: navigator.locks, vault })])
  const link = createRelayLink({
    url: `${location.origin.replace(/^http/, 'ws')}/sync`,
    createSocket: webSocketOpener(WebSocket),
    random: Math.random,
    now: Date.now,
    setTimer,
  })
  const documents = withThisQuarter(inOrderOfNeed(answer.documents, grid), grid).flatMap((grant) => openDocument(grant, vault, link) ?? [])

  const calendar = createCalendar()
  const projection = createProjection({ ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() }, grid, {
    foldTicket: (steps) => foldTicket(steps, calendar),
  })
  const { store, dispose: disposeStore } = createGridStore(projection)
  const writer: Writer = { slot: lease.slot, account, device, now: Date.now }
  const undoStack = createUndoStack()
  const sync = createSyncState({ documents, link, projection, refused })
  // Projected once it is loaded: following every transaction of the load would read each record many times.
  const attached = documents.map(({ parsed, doc, loaded: ready }) => ready.then(() => sync.quietly(() => projection.attach(localName(parsed), doc))))
  const presence = createPresence(documents, account)
  const { directory, dispose: disposeDirectory } = createDirectory(documents, grid)
  const [loaded, setLoaded] = createSignal(false)
  void firstNeeded(documents, attached).then(() => setLoaded(true))

  const context = (): PlanContext => ({
    actor: { account, roles: answer.roles as readonly Role[], device, grid, buildings: answer.buildings as readonly RecordId[] },
    now: Date.now(),
    newId: freshId,
  })

  /** Resolves once every document an edit touched is on disk. */
  const saved = async (names: readonly string[]): Promise<void> => {
    await Promise.all(documents.filter(({ parsed }) => names.includes(localName(parsed))).map(({ vault: own }) => own?.durable()))
    void askPersistence(navigator.storage)
  }

  const accepted = (edits: readonly Edit[], names: readonly string[]): DispatchAnswer => {
    const promise = saved(names)
    // The light tells of a failure; a caller that only wants the toast need not.
    promise.catch(() => undefined)
    return { ok: true, saved: promise, created: edits.flatMap((edit) => (edit.op === 'create' ? edit.id : edit.op === 'step' && edit.step.birth ? edit.step.ticket : [])) }
  }

  const again = (move: 'undo' | 'redo'): DispatchAnswer | undefined => {
    const result = undoStack[move](projection.documents(), projection.snapshot(), writer)
    if (!result) return undefined
    if (result.skipped.length > 0 && result.applied.edits.length === 0) {
      return { ok: false, refusal: { reason: 'wrongState', detail: 'changedSince' } }
    }
    return accepted(result.applied.edits, result.applied.documents)
  }

  const nudge = (): void => link.nudge()
  addEventListener('online', nudge)
  document.addEventListener('visibilitychange', nudge)
  link.connect()

  return {
    account,
    name: answer.name,
    roles: answer.roles as readonly Role[],
    grid,
    grids: answer.grids as readonly GridCode[],
    buildings: answer.buildings as readonly RecordId[],
    store,
    calendar,
    directory,
    loaded,
    light: sync.light,
    summaries: sync.summaries,
    waiting: sync.waiting,
    inbox: sync.derived(inboxOf),
    peers: presence.peers,
    watch: presence.watch,
    context,
    dispatch: (command) => {
      const planned = plan(projection.snapshot(), command, context())
      if (!planned.ok) return { ok: false, refusal: planned.failure }
      const applied = applyEdits(projection.documents(), planned.value, writer)
      if (applied.unplaced.length > 0) return { ok: false, refusal: { reason: 'notAllowed', what: command.do } }
      undoStack.record(applied)
      return accepted(applied.edits, applied.documents)
    },
    undo: () => again('undo'),
    redo: () => again('redo'),
    history: (id) => historyOf(projection.documents(), id),
    openText: (of) => openCoText(projection.documents(), of, writer),
    storage: {
      usage: () => vault.usage(),
      persistence: () => askPersistence(navigator.storage),
      unsent: () => vault.unsent(),
      retry: () => vault.retry(),
    },
    switchGrid: host.switchGrid,
    syncNow: () => {
      link.connect()
      link.nudge()
    },
    signOut: host.signOut,
    close: async () => {
      removeEventListener('online', nudge)
      document.removeEventListener('visibilitychange', nudge)
      presence.dispose()
      disposeDirectory()
      sync.dispose()
      disposeStore()
      projection.dispose()
      await Promise.all(documents.map((document) => document.close()))
      await link.close()
      await vault.close()
      lease.release()
    },
  }
}

/** 96 random bits in 16 characters: short, because every edited field carries its record's id in its key. */
function freshId(): RecordId {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_') as RecordId
}

/** The name under which crdt knows a document of the grid. */
function localName(parsed: OpenDocument['parsed']): string {
  switch (parsed.kind) {
    case 'work':
      return `work/${parsed.quarter}`
    case 'notes':
      return `notes/${parsed.building}`
    default:
      return parsed.kind
  }
}

/** A quarter that began since the rights were last asked has the rights of the one before. */
function withThisQuarter(grants: readonly SessionAnswer['documents'][number][], grid: string): readonly SessionAnswer['documents'][number][] {
  const work = grants.filter(({ name }) => name.startsWith(`grid/${grid}/work/`))
  const name = `grid/${grid}/work/${quarterOf(Date.now())}`
  const newest = work[0]
  return newest === undefined || newest.name >= name ? grants : [...grants, { name, write: newest.write }]
}

/** A device that has worked before opens from its own disk; one that never met the relay waits for the first sync of what matters most. */
async function firstNeeded(documents: readonly OpenDocument[], attached: readonly Promise<void>[]): Promise<void> {
  await Promise.all(attached)
  const first = documents.find(({ vault }) => vault !== undefined)
  if (first && first.doc.store.clients.size === 0) await first.relay.ready.catch(() => undefined)
}
