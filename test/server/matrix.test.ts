/**
 * Who may do what, in full: every role × document × path × operation × state of a session × way to the relay. What is expected is written
 * out by hand (`matrix/expected.ts`) or read from the rows of the permission table; what happens is asked of a running relay and its guard.
 */
import { roles, type Role } from '@tongge/model'
import { formatDocumentName } from '@tongge/protocol'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { silent } from './fixtures.ts'
import { acts, seed, unwritable, updateOf, type Act, type Written } from './matrix/acts.ts'
import { isGranted, readersOf, writersOf } from './matrix/expected.ts'
import { requests } from './matrix/requests.ts'
import {
  accountOf,
  authors,
  createMatrixStage,
  documents,
  isSignedIn,
  nowhere,
  pathOf,
  states,
  syncMessage,
  type MatrixStage,
  type State,
} from './matrix/stage.ts'

type DocumentKind = keyof typeof documents

let stage: MatrixStage
let cases = 0
/** What was wrong, each with its place in the matrix: all of it is shown at once. */
let wrong: string[] = []
const check = (place: string, found: unknown, wanted: unknown): void => {
  cases += 1
  if (found !== wanted) wrong.push(`${place}: ${String(found)}, not ${String(wanted)}`)
}

beforeAll(async () => {
  stage = await createMatrixStage()
})
afterAll(async () => {
  await stage.close()
  process.stdout.write(`\nauthorisation matrix: ${cases} cases\n`)
})

const kinds = Object.keys(documents) as DocumentKind[]
const cells = roles.flatMap((role) => states.map((state) => ({ role, state })))
const allows = (list: readonly string[], role: Role): boolean => list.includes(role)
/** A role whose days are over, or that is held in another street, opens nothing here. */
const mayOpen = (role: Role, state: State, kind: DocumentKind): boolean =>
  state === 'valid' && allows(readersOf[kind], role)

describe('who may open what', () => {
  it('[ACCESS13] over a socket of one document, before the upgrade', async () => {
    for (const { role, state } of cells) {
      const cookie = stage.cookie(role, state)
      const answers = await Promise.all(kinds.map((kind) => stage.upgrade(pathOf(documents[kind]), cookie)))
      for (const [index, kind] of kinds.entries()) {
        const wanted = isSignedIn(state) ? (mayOpen(role, state, kind) ? 101 : 403) : 401
        check(`stock ${role} ${state} ${kind}`, answers[index], wanted)
      }
      for (const document of nowhere)
        check(
          `stock ${role} ${state} ${document.kind}`,
          await stage.upgrade(pathOf(document), cookie),
          isSignedIn(state) ? 404 : 401,
        )
    }
    expect(wrong.splice(0)).toEqual([])
  })

  it('[ACCESS13] over a socket of all documents, channel by channel, and who is told that they may write', async () => {
    for (const { role, state } of cells) {
      const cookie = stage.cookie(role, state)
      if (cookie === undefined || !isSignedIn(state)) {
        check(`mux ${role} ${state}`, await stage.upgrade('/sync', cookie), 401)
        continue
      }
      const mux = await stage.mux(cookie)
      for (const kind of kinds) {
        const frame = await mux.open(documents[kind])
        const isOpen = mayOpen(role, state, kind)
        check(
          `mux ${role} ${state} ${kind}`,
          frame.type === 'closed' ? frame.code : frame.type,
          isOpen ? 'opened' : 4403,
        )
        if (frame.type === 'opened')
          check(`mux ${role} ${state} ${kind} writes`, frame.write, allows(writersOf[kind], role))
      }
      for (const document of nowhere) {
        const frame = await mux.open(document)
        check(`mux ${role} ${state} ${document.kind}`, frame.type === 'closed' ? frame.code : frame.type, 4403)
      }
      mux.close()
    }
    expect(wrong.splice(0)).toEqual([])
  })
})

describe('who may write what', () => {
  it('[ACCESS13] each act of each role is judged by the row of its path', () => {
    const guard = createGuard({ logger: silent })
    const seeds = seedsOf(guard)
    const hand = { account: 'eve', tag: '77' }
    for (const act of acts)
      for (const role of roles) {
        const { document, path, operation } = act
        const update = updateOf(act, seeds[document], { ...hand, role })
        const verdict = guard.judge(formatDocumentName(documents[document]), update, { account: 'eve', roles: [role] })
        const wanted = isGranted(role, document, path, operation) ? 'allowed' : `notAllowed ${path} ${operation}`
        check(`guard ${role} ${path} ${operation}`, verdict.allowed ? 'allowed' : verdict.reason, wanted)
      }
    expect(wrong.splice(0)).toEqual([])
  })

  it('[ACCESS13] nobody writes where the relay alone does, or where nothing is laid out yet', () => {
    const guard = createGuard({ logger: silent })
    const names = { ...documents, meeting: nowhere[0], proposal: nowhere[1] }
    for (const kind of unwritable)
      for (const role of roles)
        for (const { document } of acts.filter(({ operation }) => operation !== 'delete').slice(0, 3)) {
          const name = names[kind]
          const update = seed(document)
          const verdict = name && guard.judge(formatDocumentName(name), update, { account: 'lead', roles: [role] })
          check(`guard ${role} ${kind}`, verdict?.allowed, false)
        }
    expect(wrong.splice(0)).toEqual([])
  })

  it('[ACCESS13] and so it is over either kind of socket', async () => {
    const samples = onePerOperation()
    for (const [number, role] of roles.entries()) {
      const cookie = stage.cookie(role, 'valid') ?? ''
      const mux = await stage.mux(cookie)
      for (const [index, act] of samples.entries()) {
        const { document, path, operation } = act
        const place = `${role} ${document} ${path} ${operation}`
        const wanted = outcomeOf(role, act)
        const tag = String(number * 2 + 10)
        const write = (from: string): Uint8Array =>
          updateOf(act, seed(document, authors), { account: accountOf(role, 'valid'), role, tag: `${from}${index}` })
        const frame = await mux.open(documents[document])
        const answer = frame.type === 'opened' ? await mux.send(frame.channel, write(tag)) : frame
        check(`mux ${place}`, answer.type === 'closed' ? answer.code : answer.type, wanted.mux)
        if (wanted.stock === 403) continue
        const socket = await stage.stock(documents[document], cookie)
        check(`stock ${place}`, await answerTo(socket, write(String(number * 2 + 11))), wanted.stock)
      }
      mux.close()
    }
    expect(wrong.splice(0)).toEqual([])
  })
})

describe('who may ask what', () => {
  it('[ACCESS13] every request of the interface, by role and session, each counted from signing in to signing out', async () => {
    const description = (await (await fetch(`${stage.url}/api/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, object>>
    }
    const described = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const order = (a: string, b: string): number => a.localeCompare(b)
    expect(requests.map(({ method, template }) => `${method} ${template}`).toSorted(order)).toEqual(
      described.toSorted(order),
    )
    for (const { role, state } of cells) {
      const cookie = stage.cookie(role, state)
      for (const { method, template, path = template, body, status } of requests) {
        const answer = await fetch(stage.url + path, {
          method,
          headers: { ...(cookie !== undefined && { cookie }), 'content-type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
        await answer.arrayBuffer()
        check(`http ${role} ${state} ${method} ${template}`, answer.status, status(role, state))
      }
      check(`mux ${role} ${state} after signing out`, await stage.upgrade('/sync', cookie), 401)
    }
    expect(wrong.splice(0)).toEqual([])
  })
})

/** The guard has read what stands in the documents. */
function seedsOf(guard: ReturnType<typeof createGuard>): Readonly<Record<Written, Uint8Array>> {
  const seeds = {
    ledger: seed('ledger'),
    sensitive: seed('sensitive'),
    notes: seed('notes', ['eve']),
    diary: seed('diary'),
    work: seed('work'),
    journal: seed('journal'),
    photos: seed('photos'),
  }
  for (const kind of Object.keys(seeds) as Written[])
    guard.opened?.(formatDocumentName(documents[kind]), [seeds[kind]], true)
  return seeds
}

/** The first and the last act of each document and operation: between them lie those of other fields. */
function onePerOperation(): readonly Act[] {
  const chosen = new Map<string, Act>()
  for (const act of acts) {
    const key = `${act.document} ${act.operation}`
    if (!chosen.has(`${key} first`)) chosen.set(`${key} first`, act)
    chosen.set(`${key} last`, act)
  }
  return [...new Set(chosen.values())]
}

function outcomeOf(role: Role, { document, path, operation }: Act): { readonly mux: unknown; readonly stock: unknown } {
  if (!allows(readersOf[document], role)) return { mux: 4403, stock: 403 }
  if (!allows(writersOf[document], role)) return { mux: 4405, stock: 4405 }
  return isGranted(role, document, path, operation)
    ? { mux: 'acknowledged', stock: 'echoed' }
    : { mux: 4422, stock: 4422 }
}

/** The code with which the socket is closed, or that what was sent comes back, as it does to stock clients once it is stored. */
async function answerTo(socket: WebSocket, update: Uint8Array): Promise<unknown> {
  const heard = (step: number): Promise<string> =>
    new Promise((resolve) => {
      const listen = (data: Buffer): void => {
        if (data[0] !== 0 || data[1] !== step) return
        socket.off('message', listen)
        resolve('echoed')
      }
      socket.on('message', listen)
    })
  const closed = once(socket, 'close').then(([code]) => code as number)
  // Who has not asked for the document is shown nothing of it.
  const isSynced = heard(1)
  socket.send(Uint8Array.from([0, 0, 1, 0]))
  await Promise.race([isSynced, closed])
  const echoed = heard(2)
  socket.send(syncMessage(update))
  const answer = await Promise.race([echoed, closed])
  socket.terminate()
  return answer
}
