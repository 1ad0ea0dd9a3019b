/** Where what the data means and how it moves meet: opens a person's documents and ties plan, edits, projection, store and relay together. */
import { createProjection, inboxOf } from '@tongge/crdt'
import { foldTicket, type AccountId, type GridCode, type PlanContext, type Role } from '@tongge/model'
import type { DocumentGrant, SessionAnswer } from '@tongge/protocol'
import { askPersistence, createRelayLink, createSlotKeeper, streamInflate, webSocketOpener } from '@tongge/sync'
import { createMemo, createSignal } from 'solid-js'
import { createCommunitySettings } from './community-settings.ts'
import { createDeviceName } from './device-name.ts'
import { createDirectory } from './directory.ts'
import { deviceLabel, freshId, openDeviceVault, setTimer } from './device.ts'
import { createDrafts } from './drafts.ts'
import { createGridStore } from './grid-store.ts'
import { createHandovers } from './handovers.ts'
import { createHealing } from './healing.ts'
import { idle } from './idle.ts'
import { createViewKeeper } from './keep-view.ts'
import { createKeptSummaries } from './kept-summaries.ts'
import { buildingsToWrite, byNeed, localName, openDocument, type OpenDocument } from './open-documents.ts'
import { openWaiting } from './open-waiting.ts'
import { createPhotos } from './photos.ts'
import { createPresence } from './presence.ts'
import { watchNetwork } from './network.ts'
import { metOnce, settleGenerations } from './standing.ts'
import { createReading } from './reading.ts'
import { createRememberedView } from './remembered-view.ts'
import { createRosters } from './rosters.ts'
import type { Session } from './session.ts'
import { askAfterAbsence, createSuccession } from './succession.ts'
import { createSyncState } from './sync-state.ts'
import { createWriter, createWriting } from './writing.ts'

/** The page that is wanted first is on the screen: what is needed later may wait so many milliseconds for it. */
const pause = 200

export interface OpenSession extends Session {
  /** Documents have begun anew; nothing else changed in what is granted. */
  prepare(granted: readonly DocumentGrant[]): void
  /** Writes what is pending and lets go of everything. */
  close(): Promise<void>
}

export interface SessionHost {
  signOut(): Promise<void>
  switchGrid(grid: GridCode): void
  /** The relay hints that what it grants has changed. */
  askAgain(): void
  /** Resolves when nobody is in the middle of something. */
  calm(): Promise<void>
  /** Opens the session anew. */
  restart(): void
}

export async function openSession(
  answer: SessionAnswer,
  chosen: string | undefined,
  host: SessionHost,
): Promise<OpenSession> {
  const account = answer.account as AccountId
  const grid = (answer.grids.find((code) => code === chosen) ?? answer.grids[0] ?? '') as GridCode
  const roles = (answer.rolesIn?.[grid] ?? answer.roles) as readonly Role[]
  const { vault, refused } = await openDeviceVault(account)
  const link = createRelayLink({
    url: `${location.origin.replace(/^http/, 'ws')}/sync`,
    createSocket: webSocketOpener(WebSocket),
    random: Math.random,
    now: Date.now,
    setTimer,
    inflate: streamInflate(globalThis.DecompressionStream),
    onSuperseded: host.askAgain,
  })
  const settling = settleGenerations(vault, answer, grid)
  const rights = settling.then(({ grants }) => JSON.stringify([roles, grants]))
  const view = createRememberedView(vault, grid, rights)
  const stored = vault.version()
  const [label, version, { grants, seat, isAlone }, remembered] = await Promise.all([
    deviceLabel(vault),
    stored,
    settling,
    view.recall(stored),
  ])
  const { directory, ...directoryOf } = createDirectory(grid, () => sync.quietly(() => projection.refold()))
  const device = createDeviceName(vault, label)
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    { foldTicket: (steps, receipts) => foldTicket(steps, directoryOf.timetable(), receipts), remembered },
  )
  const gridStore = createGridStore(projection, setTimer)
  const { store } = gridStore
  let closed = false
  const { first, later } = byNeed(grants, grid, Date.now())
  const toWrite = [...first, ...later].filter(({ write }) => write).map(({ name }) => name)
  const slot = createSlotKeeper({ locks: navigator.locks, vault, documents: toWrite })
  const writer = createWriter(account, () => slot.slot(), device.name)
  const buildings = buildingsToWrite(grants, grid)
  const documents: OpenDocument[] = []
  const context = (): PlanContext => ({
    actor: { account, roles, device: device.name(), grid, buildings },
    now: Date.now(),
    newId: freshId,
  })

  /** Resolves once every document an edit touched is on disk. */
  const saved = async (names: readonly string[]): Promise<void> => {
    const touched = documents.filter(({ parsed }) => names.includes(localName(parsed)))
    await Promise.all(touched.flatMap(({ vault: own }) => (own ? [own.durable()] : [])))
    void askPersistence(navigator.storage)
  }

  const writing = createWriting({ projection, writer, context, saved })
  /** One of which the light need not tell. */
  const openBeside = (name: string, anew = false): OpenDocument | undefined => {
    const one = closed ? undefined : openDocument({ name }, vault, link, anew)
    if (one) documents.push(one)
    return one
  }
  const drop = (one: OpenDocument): void => void documents.splice(documents.indexOf(one), 1)
  const { grids, rolesIn = {} } = answer
  const newId = freshId
  const rolesOf = (code: string | undefined): readonly Role[] =>
    (rolesIn[code ?? ''] ?? answer.roles) as readonly Role[]
  const around = { vault, account, grids, documents, openBeside, seat, isAlone, newId, setTimer, ...host }
  const healing = createHealing({ ...around, rolesIn: rolesOf, now: Date.now })
  const { left, told } = healing
  const { settled } = gridStore
  const kept = createKeptSummaries(vault, grid)
  const sync = createSyncState({ link, projection, settled, held: writing.held, refused, left, kept })
  const follow = (one: OpenDocument): void => {
    sync.add(one)
    healing.follow(one)
    if (one.vault) slot.follow(one.name, one.vault, one.relay)
  }
  const open = (grants: readonly DocumentGrant[]): readonly OpenDocument[] => {
    const opened = closed ? [] : grants.flatMap((grant) => openDocument(grant, vault, link) ?? [])
    documents.push(...opened)
    for (const one of opened) follow(one)
    return opened
  }
  /** Projected once all are loaded: following the load itself, or one without the other, would read each record more than once. */
  const project = async (opened: readonly OpenDocument[]): Promise<void> => {
    await Promise.all(opened.map((one) => one.loaded))
    sync.quietly(() => projection.attachAll(opened.map(({ parsed, doc }) => [localName(parsed), doc])))
    rosters.follow(opened)
    setAttached((count) => count + opened.length)
  }

  // Somebody may still hold on to it: nothing said here would be kept.
  const dispatch: Session['dispatch'] = (command) =>
    closed ? { ok: false, refusal: { reason: 'notAllowed', what: command.do } } : writing.dispatch(command)
  const handovers = createHandovers({ told, vault, account, grid, roles, device: device.name, dispatch, setTimer })
  const presence = createPresence(account)
  const rosters = createRosters()
  const [loaded, setLoaded] = createSignal(remembered !== undefined)
  const [complete, setComplete] = createSignal(false)
  const [attached, setAttached] = createSignal(0)
  const reading = createReading({ projection, writer, attached, hasBegun: writing.hasBegun })
  const openFirst = async (): Promise<readonly OpenDocument[]> => {
    // What is remembered is on the screen before the documents take the processor.
    if (remembered) await idle(pause)
    if (closed) return []
    const opened = open(first)
    presence.follow(opened)
    directoryOf.follow(opened)
    await project(opened)
    await slot.lease()
    writing.begin()
    const shown = new Set([...first, ...later].map(({ name }) => name))
    const of = { vault, granted: answer.documents, documents, open, follow, openBeside }
    for (const one of await openWaiting({ ...of, shown })) if (!answer.isRestored) healing.part(one)
    return opened
  }
  const openRest = async (opened: readonly OpenDocument[]): Promise<void> => {
    await metOnce(vault, opened)
    await gridStore.settled()
    setLoaded(true)
    for (const grant of later) {
      await idle(pause)
      if (closed) return
      const [one] = open([grant])
      if (!one) continue
      await project([one])
      if (one.vault && one.vault.damaged() > 0) await slot.lease()
    }
    sync.quietly(() => projection.complete())
    await gridStore.settled()
    setComplete(true)
    writing.complete()
    sync.complete()
    await healing.settle()
    handovers.begin()
    succession.prepare(granted)
    await idle(pause)
    keeper.keep()
  }
  let granted: readonly DocumentGrant[] = answer.documents
  const succession = createSuccession({ vault, documents, open, seat, ...host, setTimer })
  const isOnDisk = (): boolean => documents.every((one) => !one.vault || one.vault.status().state === 'current')
  const keeper = createViewKeeper({
    view,
    vault,
    projection,
    gridStore,
    remembered: remembered && version,
    isWhole: () => !closed && complete() && isOnDisk(),
    setTimer,
  })
  const opening = openFirst().then(openRest)

  const stopAsking = askAfterAbsence(link, host.askAgain)
  const stopWatching = watchNetwork(link)
  link.connect()

  return {
    account,
    name: answer.name,
    roles,
    grid,
    grids: answer.grids as readonly GridCode[],
    buildings,
    store,
    calendar: directoryOf.timetable,
    settings: createCommunitySettings(grid),
    directory,
    doorsOf: rosters.doorsOf,
    loaded,
    complete,
    light: sync.light,
    summaries: sync.summaries,
    waiting: sync.waiting,
    inbox: createMemo(() => inboxOf(store.snapshot())),
    refused: healing.refused,
    dismissRefused: healing.dismiss,
    refusedPhoto: healing.photo,
    handOver: handovers.handOver,
    handedOver: handovers.handedOver,
    peers: presence.peers,
    watch: presence.watch,
    context,
    dispatch,
    undo: () => writing.again('undo'),
    redo: () => writing.again('redo'),
    canRedo: writing.canRedo,
    lastEdit: writing.lastEdit,
    device,
    ...reading,
    drafts: createDrafts(vault, grid),
    photos: createPhotos({
      grid,
      documents,
      open: (name) => open([{ name, write: true }])[0],
      openBeside,
      drop,
      newId,
    }),
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
    prepare: (newest) => {
      granted = newest
      // What is not open yet has no successor; it is asked for once everything is.
      if (complete()) succession.prepare(granted)
    },
    close: async () => {
      if (writing.held() > 0) await opening.catch(() => undefined)
      writing.complete()
      closed = true
      keeper.dispose()
      succession.dispose()
      healing.dispose()
      handovers.dispose()
      stopAsking()
      stopWatching()
      presence.dispose()
      directoryOf.dispose()
      rosters.dispose()
      sync.dispose()
      gridStore.dispose()
      projection.dispose()
      await Promise.all(documents.map((document) => document.close()))
      await link.close()
      await slot.close()
      await vault.close()
      await seat.leave()
    },
  }
}
