/**
 * The audit log over HTTP: heads and consistency for everybody who is signed in, as their devices hold the relay to its word; entries for
 * auditors. Nothing is written.
 */
import { mayReadAudit } from '@tongge/model'
import { encodeHash } from '@tongge/protocol/audit'
import { type AuditEntriesAnswer, type AuditKeyAnswer, type AuditProofAnswer } from '@tongge/protocol'
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { auditEntriesAnswer, auditKeyAnswer, auditProofAnswer, signedHead } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Operation } from './operation.ts'
import { readQuery } from './read-body.ts'
import { methodNotAllowed, refuse } from './refusals.ts'
import { createWhoAsks, type Look } from './who-asks.ts'

const count = (name: string) =>
  v.pipe(
    v.string(`"${name}" is missing`),
    v.regex(/^\d{1,15}$/, `"${name}" is not a whole number`),
    v.transform(Number),
  )
const entriesQuery = v.object({ from: count('from'), limit: count('limit') })
const inclusionQuery = v.object({ index: count('index'), size: count('size') })
const consistencyQuery = v.object({ earlier: count('earlier'), later: count('later') })

/** Entries in one answer. */
const mostEntries = 1000

export const auditOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/audit/key',
    summary: 'The public key with which heads are signed now',
    isPublic: true,
    answers: { 200: { description: 'Raw Ed25519', body: auditKeyAnswer } },
  },
  {
    method: 'get',
    path: '/api/audit/head',
    summary: 'The last signed head of the audit log',
    answers: { 200: { description: 'A signed head', body: signedHead } },
    refusals: { 401: ['signedOut'], 503: ['unavailable'] },
  },
  {
    method: 'get',
    path: '/api/audit/proof/consistency',
    summary: 'That the log of one size goes on from that of an earlier one',
    query: consistencyQuery,
    answers: { 200: { description: 'A proof as in RFC 9162', body: auditProofAnswer } },
    refusals: { 400: ['badRequest'], 401: ['signedOut'], 404: ['notFound'] },
  },
  {
    method: 'get',
    path: '/api/audit/proof/inclusion',
    summary: 'That an entry stands in the log; for auditors',
    query: inclusionQuery,
    answers: { 200: { description: 'A proof as in RFC 9162', body: auditProofAnswer } },
    refusals: { 400: ['badRequest'], 401: ['signedOut'], 403: ['forbidden'], 404: ['notFound'] },
  },
  {
    method: 'get',
    path: '/api/audit/entries',
    summary: `Entries of the log, at most ${mostEntries}; for auditors`,
    query: entriesQuery,
    answers: { 200: { description: 'Entries from a position on', body: auditEntriesAnswer } },
    refusals: { 400: ['badRequest'], 401: ['signedOut'], 403: ['forbidden'] },
  },
]

export function auditRoutes(deps: AppDeps): Hono {
  const { access, audit } = deps
  const app = new Hono()
  const whoAsks = createWhoAsks(deps)

  const accountOf = async (c: Context, look: Look): Promise<string | Response> => {
    const who = await whoAsks(c, look)
    return who instanceof Response ? who : who.account
  }
  const auditorOf = async (c: Context): Promise<string | Response> => {
    const account = await accountOf(c, 'resume')
    if (account instanceof Response) return account
    if (mayReadAudit(access.rolesOf(account))) {
      // Who watches is watched: once a day, like the opening of a document.
      audit.record.opened(`audit ${account}`, account, 'audit')
      return account
    }
    return refuse(c, 'forbidden', 'the audit log is read by auditors')
  }

  app.get('/key', (c) => c.json({ log: audit.log.name, key: audit.key } satisfies AuditKeyAnswer))

  app.get('/head', async (c) => {
    const account = await accountOf(c, 'find')
    if (account instanceof Response) return account
    const head = audit.heads.latest()
    return head ? c.json(head) : refuse(c, 'unavailable', 'nothing is signed yet', { retryAfter: 60 })
  })

  app.get('/proof/consistency', async (c) => {
    const account = await accountOf(c, 'find')
    if (account instanceof Response) return account
    const query = readQuery(c, consistencyQuery)
    if (query instanceof Response) return query
    const { earlier, later } = query
    if (earlier > later || later > (await audit.log.size()))
      return refuse(c, 'badRequest', '"earlier" and "later" are not two sizes of the log')
    return answerProof(c, () => audit.log.consistency(earlier, later))
  })

  app.get('/proof/inclusion', async (c) => {
    const account = await auditorOf(c)
    if (account instanceof Response) return account
    const query = readQuery(c, inclusionQuery)
    if (query instanceof Response) return query
    const { index, size } = query
    if (index >= size || size > (await audit.log.size()))
      return refuse(c, 'badRequest', '"index" and "size" are not of an entry and a size of the log')
    return answerProof(c, () => audit.log.inclusion(index, size))
  })

  app.get('/entries', async (c) => {
    const account = await auditorOf(c)
    if (account instanceof Response) return account
    const query = readQuery(c, entriesQuery)
    if (query instanceof Response) return query
    const { from, limit } = query
    if (limit < 1 || limit > mostEntries) return refuse(c, 'badRequest', `"limit" is not from 1 to ${mostEntries}`)
    return c.json({
      size: await audit.log.size(),
      entries: await audit.log.entries(from, limit),
    } satisfies AuditEntriesAnswer)
  })

  for (const path of ['/key', '/head', '/proof/consistency', '/proof/inclusion', '/entries'])
    app.all(path, methodNotAllowed('GET'))
  return app
}

/** A log with holes has no proof to give: that is an answer too, and one that tells. */
async function answerProof(c: Context, prove: () => Promise<readonly Uint8Array[]>): Promise<Response> {
  try {
    return c.json({ proof: (await prove()).map(encodeHash) } satisfies AuditProofAnswer)
  } catch {
    return refuse(c, 'notFound', 'the log holds no such proof')
  }
}
