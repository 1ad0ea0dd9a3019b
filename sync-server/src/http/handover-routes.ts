/**
 * Edits that the relay did not take: handed over by their authors, decided on by the leaders of the grid. Whoever hands over may have lost
 * every right there; what they wrote they could once read. What is adopted a leader writes, as an edit of their own.
 */
import { isSealed, parseGridCode, parseRecordId, tables, type GridCode, type Kind } from '@tongge/model'
import {
  parseDocumentName,
  type DocumentName,
  type HandedLine,
  type HandoverState,
  type OwnHandoversAnswer,
  type WaitingHandoversAnswer,
} from '@tongge/protocol'
import { Hono } from 'hono'
import { couldRead } from '../access/could-read.ts'
import { handoverLimits, type HandoverRecord } from '../handovers/handovers.ts'
import { handoverState, ownHandovers, waitingHandovers } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { handedEdit } from './handed-edit.ts'
import type { Operation } from './operation.ts'
import { readBody } from './read-body.ts'
import { methodNotAllowed, refuse } from './refusals.ts'
import { createWhoAsks } from './who-asks.ts'

/** Seconds. */
const tooMuchWait = 3600

const decided = { 200: { description: 'What became of it', body: handoverState } }
const decisionRefusals = { 401: ['signedOut'], 403: ['forbidden'], 404: ['notFound'], 409: ['conflict'] } as const
const handover = { id: 'Of an edit that was handed over.' }

export const handoverOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/handovers',
    summary: 'Hands an edit that was not taken to the leaders of its grid',
    body: handedEdit,
    answers: { 200: { description: 'What became of it, also when it was there already', body: handoverState } },
    refusals: {
      400: ['badRequest'],
      401: ['signedOut'],
      403: ['forbidden'],
      404: ['notFound'],
      409: ['conflict'],
      413: ['tooLarge'],
      415: ['badRequest'],
      422: ['invalid'],
      429: ['tooManyTries'],
    },
  },
  {
    method: 'get',
    path: '/api/handovers',
    summary: "What became of one's own",
    answers: { 200: { description: 'Those of the account itself', body: ownHandovers } },
    refusals: { 401: ['signedOut'] },
  },
  {
    method: 'get',
    path: '/api/grids/{code}/handovers',
    summary: 'What waits for the leaders of a grid',
    parameters: { code: 'Of a grid, 15 digits.' },
    answers: { 200: { description: 'The oldest first', body: waitingHandovers } },
    refusals: { 401: ['signedOut'], 403: ['forbidden'], 404: ['notFound'] },
  },
  {
    method: 'post',
    path: '/api/handovers/{id}/adopted',
    summary: 'Says that a leader has written it as an edit of their own',
    parameters: handover,
    answers: decided,
    refusals: decisionRefusals,
  },
  {
    method: 'post',
    path: '/api/handovers/{id}/discarded',
    summary: 'Says that a leader has discarded it',
    parameters: handover,
    answers: decided,
    refusals: decisionRefusals,
  },
]

export function handoverRoutes(deps: AppDeps): Hono {
  const { accounts, access, handovers } = deps
  const app = new Hono()
  const visitor = createWhoAsks(deps)

  const leads = (account: string, grid: GridCode): boolean =>
    access.rolesOn(account, `grid/${grid}/ledger`).includes('gridLeader')
  const namesOf = async (those: Iterable<string>): Promise<ReadonlyMap<string, string>> =>
    new Map(
      await Promise.all(
        [...new Set(those)].map(async (account) => [account, (await accounts.find(account))?.name ?? account] as const),
      ),
    )
  const statesOf = async (records: readonly HandoverRecord[]): Promise<readonly HandoverState[]> => {
    const names = await namesOf(records.flatMap(({ decision }) => decision?.by ?? []))
    return records.map(({ id, decision }) =>
      decision
        ? { id, state: decision.verdict, decidedAt: decision.at, decidedBy: names.get(decision.by) ?? decision.by }
        : { id, state: 'waiting' },
    )
  }

  app.post('/handovers', async (c) => {
    const account = await visitor(c, 'resume')
    if (account instanceof Response) return account
    const edit = await readBody(c, handedEdit)
    if (edit instanceof Response) return edit
    if (Buffer.byteLength(JSON.stringify(edit)) > handoverLimits.bytes)
      return refuse(c, 'tooLarge', `an edit of more than ${handoverLimits.bytes} bytes is not handed over`)
    const name = parseDocumentName(edit.document)
    const grid = name && gridOf(name)
    if (!name || !grid)
      return refuse(c, 'invalid', '"document" is none of whose edits are handed over', { field: 'document' })
    if (access.rightsTo(account.account, edit.document) === 'unknown')
      return refuse(c, 'notFound', 'there is no such document')
    if (!couldRead(await accounts.everHeld(account.account), name))
      return refuse(c, 'forbidden', 'this account could never read that document')
    const taken = await handovers.take({ ...edit, grid, author: account.account })
    if (taken === 'foreign') return refuse(c, 'conflict', 'another account has handed over something under this id')
    if (taken === 'tooMuch')
      return refuse(c, 'tooManyTries', 'too much of this account waits for a leader', { retryAfter: tooMuchWait })
    return c.json((await statesOf([taken]))[0])
  })

  app.get('/handovers', async (c) => {
    const account = await visitor(c, 'find')
    if (account instanceof Response) return account
    const own = await statesOf(await handovers.of(account.account))
    return c.json({ handovers: own } satisfies OwnHandoversAnswer)
  })
  app.all('/handovers', methodNotAllowed('GET, POST'))

  app.get('/grids/:code/handovers', async (c) => {
    const account = await visitor(c, 'find')
    if (account instanceof Response) return account
    const grid = parseGridCode(c.req.param('code'))
    if (!grid || access.rightsTo(account.account, `grid/${grid}/ledger`) === 'unknown')
      return refuse(c, 'notFound', 'no such grid')
    if (!leads(account.account, grid)) return refuse(c, 'forbidden', 'this is for the leaders of the grid')
    const sensitive = access.rightsTo(account.account, `grid/${grid}/sensitive`)
    const mayReadAll = sensitive !== 'unknown' && sensitive.read
    const waiting = await handovers.waiting(grid)
    const names = await namesOf(waiting.map(({ author }) => author))
    return c.json({
      handovers: waiting.map(({ id, document, at, device, reason, lines, author, receivedAt }) => ({
        id,
        document,
        at,
        device,
        reason,
        author,
        receivedAt,
        authorName: names.get(author) ?? author,
        lines: lines.filter((line) => mayReadAll || !isSensitive(line)),
      })),
    } satisfies WaitingHandoversAnswer)
  })
  app.all('/grids/:code/handovers', methodNotAllowed('GET'))

  for (const verdict of ['adopted', 'discarded'] as const) {
    app.post(`/handovers/:id/${verdict}`, async (c) => {
      const account = await visitor(c, 'resume')
      if (account instanceof Response) return account
      const id = parseRecordId(c.req.param('id'))
      const record = id && (await handovers.find(id))
      if (!record) return refuse(c, 'notFound', 'nothing of that id was handed over')
      if (!leads(account.account, record.grid)) return refuse(c, 'forbidden', 'this is for the leaders of the grid')
      const decision = await handovers.decide(record.id, { verdict, by: account.account })
      if (decision?.verdict !== verdict) return refuse(c, 'conflict', 'another leader has decided otherwise')
      return c.json((await statesOf([{ ...record, decision }]))[0])
    })
    app.all(`/handovers/:id/${verdict}`, methodNotAllowed('POST'))
  }
  return app
}

const handedKinds: ReadonlySet<string> = new Set(['ledger', 'sensitive', 'diary', 'work', 'notes'])

/** Of documents that hold records and tickets. Photos are files, and lines say nothing of them. */
function gridOf(name: DocumentName): GridCode | undefined {
  const isOne = handedKinds.has(name.kind) && 'grid' in name && !('generation' in name)
  return isOne ? parseGridCode(name.grid) : undefined
}

function isSensitive({ kind, field }: HandedLine): boolean {
  return kind === 'reporter' || (field !== undefined && Object.hasOwn(tables, kind) && isSealed(kind as Kind, field))
}
