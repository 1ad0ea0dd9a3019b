/** Where what the data means and how it moves meet: opens a person's documents and ties plan, edits, projection, store and relay together. */
import {
  applyEdits,
  createProjection,
  createUndoStack,
  historyOf,
  inboxOf,
  openCoText,
  type Writer,
} from '@tongge/crdt'
import {
  createCalendar,
  foldTicket,
  plan,
  type AccountId,
  type Edit,
  type GridCode,
  type PlanContext,
  type RecordId,
  type Role,
} from '@tongge/model'
import type { DocumentGrant, SessionAnswer } from '@tongge/protocol'
import { askPersistence, createRelayLink, leaseSlot, streamInflate, webSocketOpener } from '@tongge/sync'
import { createMemo, createSignal } from 'solid-js'
import { createDirectory } from './directory.ts'
import { deviceLabel, openDeviceVault, setTimer } from './device.ts'
import { createGridStore } from './grid-store.ts'
import { buildingsToWrite, byNeed, openDocument, type OpenDocument } from './open-documents.ts'
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

export async function openSession(
  answer: SessionAnswer,
  chosen: string | undefined,
  host: SessionHost,
): Promise<OpenSession> {
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
    inflate: streamInflate(globalThis.DecompressionStream),
  })
  const calendar = createCalendar()
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    {
      foldTicket: (steps) => foldTicket(steps, calendar),
    },
  )
  const { store, dispose: disposeStore } = createGridStore(projection)
  const writer: Writer = { slot: lease.slot, account, device, now: Date.now }
  const undoStack = createUndoStack()
  const sync = createSyncState({ link, projection, refused })
  const documents: OpenDocument[] = []
  const open = (grants: readonly DocumentGrant[]): readonly OpenDocument[] => {
    const opened = grants.flatMap((grant) => openDocument(grant, vault, link) ?? [])
    documents.push(...opened)
    for (const one of opened) sync.add(one)
    return opened
  }
  /** Projected once all are loaded: following the load itself, or one without the other, would read each record more than once. */
  const project = async (opened: readonly OpenDocument[]): Promise<void> => {
    await Promise.all(opened.map((one) => one.loaded))
    sync.quietly(() => projection.attachAll(opened.map(({ parsed, doc }) => [localName(parsed), doc])))
  }

  const buildings = buildingsToWrite(answer.documents, grid)
  const { first, later } = byNeed(answer.documents, grid, Date.now())
  const opened = open(first)
  const presence = createPresence(opened, account)
  const { directory, dispose: disposeDirectory } = createDirectory(opened, grid)
  const [loaded, setLoaded] = createSignal(false)
  let closed = false
  /** Edits of another grid that still wait are sent from here as well; nothing of them is shown. */
  const openUnsent = async (): Promise<void> => {
    const waiting = new Set((await vault.unsent().catch(() => [])).map(({ document: name }) => name))
    for (const { name } of [...first, ...later]) waiting.delete(name)
    if (!closed) open([...waiting].map((name) => ({ name, write: true })))
  }
  const openAll = async (): Promise<void> => {
    await project(opened)
    await openUnsent()
    await metOnce(opened)
    setLoaded(true)
    for (const grant of later) {
      await idle()
      if (closed) return
      await project(open([grant]))
    }
    sync.complete()
  }
  void openAll()

  const context = (): PlanContext => ({
    actor: { account, roles: answer.roles as readonly Role[], device, grid, buildings },
    now: Date.now(),
    newId: freshId,
  })

  /** Resolves once every document an edit touched is on disk. */
  const saved = async (names: readonly string[]): Promise<void> => {
    const touched = documents.filter(({ parsed }) => names.includes(localName(parsed)))
    await Promise.all(touched.flatMap(({ vault: own }) => (own ? [own.durable()] : [])))
    void askPersistence(navigator.storage)
  }

  const accepted = (edits: readonly Edit[], names: readonly string[]): DispatchAnswer => {
    const promise = saved(names)
    // The light tells of a failure; a caller that only wants the toast need not.
    promise.catch(() => undefined)
    return {
      ok: true,
      saved: promise,
      created: edits.flatMap((edit) =>
        edit.op === 'create' ? edit.id : edit.op === 'step' && edit.step.birth ? edit.step.ticket : [],
      ),
    }
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
  /** The socket may take half a minute to notice that the network went; a false alarm costs one reconnect. */
  const redial = (): void => {
    if (link.status().state === 'stopped') return
    link.disconnect()
    link.connect()
  }
  addEventListener('online', nudge)
  addEventListener('offline', redial)
  document.addEventListener('visibilitychange', nudge)
  link.connect()

  return {
    account,
    name: answer.name,
    roles: answer.roles as readonly Role[],
    grid,
    grids: answer.grids as readonly GridCode[],
    buildings,
    store,
    calendar,
    directory,
    loaded,
    light: sync.light,
    summaries: sync.summaries,
    waiting: sync.waiting,
    inbox: createMemo(() => inboxOf(store.snapshot())),
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
      closed = true
      removeEventListener('online', nudge)
      removeEventListener('offline', redial)
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
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_') as RecordId
}

/** The name under which crdt knows a document of the grid. */
function localName(parsed: OpenDocument['parsed']): string {
  if (parsed.kind === 'work') return `work/${parsed.quarter}`
  return parsed.kind === 'notes' ? `notes/${parsed.building}` : parsed.kind
}

/** A device that has worked before opens from its own disk; one that never met the relay waits for the first sync of what matters most. */
async function metOnce(opened: readonly OpenDocument[]): Promise<void> {
  // The directory is never empty once met; somebody else's notes may well be.
  const proof =
    opened.find(({ parsed }) => parsed.kind === 'ledger') ?? opened.find(({ parsed }) => parsed.kind === 'org')
  if (proof && proof.doc.store.clients.size === 0) await proof.relay.ready.catch(() => undefined)
}

/** The page that is wanted first is on the screen: what is needed later may cost time from here on. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 2000 })
    else setTimer(resolve, 200)
  })
}
