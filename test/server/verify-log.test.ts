/** The audit log of a whole relay: what is told of a day's work, and what the command line and a device say of it afterwards. */
import { decodeRelayFrame, encodeFrame, subprotocol, type AuditProofAnswer, type RelayFrame } from '@tongge/protocol'
import { doubtOf, needsProof, parseHead, type SignedHead } from '@tongge/protocol/audit'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import { encodeUpdateMessage } from '../../sync-server/src/rooms/messages.ts'
import { auditKeyFile, storeFiles } from '../../sync-server/src/stores.ts'
import { cutOff, removeEntry } from './audit-sample.ts'
import { post, silent, temporaryFolder } from './fixtures.ts'

const grid = '990101001001001'
const ledger = `grid/${grid}/ledger`
const org = 'org/990101001'
const password = 'correct horse'
const grids = `网格编码,网格名称,类型,社区名称,街道名称\n${grid},春和第一网格,基础,春和社区（演示）,演示街道\n`
const staff = `账号,姓名,角色,范围,初始密码
lin_xy,林晓燕,网格员,${grid},${password}
shenji,审计员,审计员,990101001,${password}
sunyue,孙悦,志愿者,${grid}/b1,${password}
`

let folder: ReturnType<typeof temporaryFolder>
let data: string
let out: string[]
let err: string[]
let relay: Relay | undefined

beforeEach(async () => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
  await admin('import-grids', sheet('grids.csv', grids))
  await admin('import-staff', sheet('staff.csv', staff))
})
afterEach(async () => {
  await relay?.close()
  relay = undefined
  folder.dispose()
})

const admin = (...args: string[]): Promise<number> => {
  ;[out, err] = [[], []]
  return runAdmin(args, {
    env: { TONGGE_DATA: data },
    root: folder.path,
    readPassword: async () => 'another horse',
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: () => Date.parse('2026-11-23T09:00:00Z'),
  })
}
const sheet = (name: string, text: string): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}
const open = async (): Promise<Relay> => {
  const options = {
    port: 0,
    host: '127.0.0.1',
    data,
    keys: undefined,
    demo: 'none',
    origins: [],
    logLevel: 'silent',
    app: '/',
  } as const
  return (relay = await startRelay(options, { logger: silent }))
}
const close = async (): Promise<void> => {
  await relay?.close()
  relay = undefined
}
const at = (path: string): string => `http://127.0.0.1:${relay?.port}${path}`
const signIn = async (account: string, given = password): Promise<string> => {
  const response = await fetch(at('/api/session'), post({ account, password: given }))
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}
const ask = async (path: string, cookie: string): Promise<unknown> =>
  (await fetch(at(path), { headers: { cookie } })).json()
const headOf = async (cookie: string): Promise<SignedHead> =>
  parseHead(await ask('/api/audit/head', cookie)) ?? expect.fail('no head')

/** Opens documents, writes one value into each, and waits for an answer to each. */
async function write(cookie: string, documents: readonly string[]): Promise<RelayFrame[]> {
  const socket = new WebSocket(at('/sync').replace('http', 'ws'), subprotocol, { headers: { cookie } })
  await new Promise((resolve) => socket.once('open', resolve))
  const answers: RelayFrame[] = []
  const done = new Promise<void>((resolve) => {
    socket.on('message', (bytes: Buffer) => {
      const frame = decodeRelayFrame(bytes)
      if (frame?.type === 'acknowledged' || frame?.type === 'closed') answers.push(frame)
      if (answers.length === documents.length) resolve()
    })
  })
  for (const [index, name] of documents.entries()) {
    const doc = new Doc()
    // What anybody who may write in a document may say in it.
    doc.getMap('meta').set('schema/2', true)
    socket.send(encodeFrame({ type: 'open', channel: index + 1, name }))
    const message = encodeUpdateMessage(encodeStateAsUpdate(doc))
    socket.send(encodeFrame({ type: 'data', channel: index + 1, message }))
  }
  await done
  socket.terminate()
  return answers
}

const entries = (): Record<string, unknown>[] => {
  const database = new Database(join(data, storeFiles.log), { readonly: true })
  const texts = database.prepare<[], string>('SELECT entry FROM audit_entry ORDER BY position').pluck().all()
  database.close()
  return texts.map((text) => JSON.parse(text) as Record<string, unknown>)
}
const change = (how: (database: Database.Database) => void): void => {
  const database = new Database(join(data, storeFiles.log))
  how(database)
  database.close()
}

describe('a relay at work', () => {
  it('[AUDIT13] tells of sign-ins, opened documents, edits, refusals, changed accounts and commands, and verify-log finds it sound', async () => {
    await open()
    const cookie = await signIn('lin_xy')
    await signIn('lin_xy', 'wrong')
    const answers = await write(cookie, [ledger, org])
    expect(answers.map(({ type }) => type).toSorted()).toEqual(['acknowledged', 'closed'])
    await write(await signIn('sunyue'), [ledger])
    expect(await admin('reset-password', 'sunyue')).toBe(0)
    expect(await admin('verify-log')).toBe(0)
    await close()
    const told = entries()
    const after = (type: string): Record<string, unknown>[] => told.filter((entry) => entry['type'] === type)
    expect(
      after('signIn')
        .map(({ account, outcome }) => `${String(account)} ${String(outcome)}`)
        .toSorted(),
    ).toEqual(['lin_xy ok', 'lin_xy wrongPassword', 'sunyue ok'])
    expect(after('open')).toMatchObject([{ account: 'lin_xy', documents: [ledger, org] }])
    expect(after('edit').map(({ account, document }) => [account, document])).toContainEqual(['lin_xy', ledger])
    expect(after('refusal').map(({ account, document, code }) => [account, document, code])).toEqual([
      ['lin_xy', org, 4405],
      ['sunyue', ledger, 4403],
    ])
    expect(after('account').map(({ account, change }) => [account, change])).toEqual([
      ['lin_xy', 'created'],
      ['shenji', 'created'],
      ['sunyue', 'created'],
    ])
    expect(after('roles')).toContainEqual(
      expect.objectContaining({ account: 'sunyue', roles: [`volunteer ${grid}/b1`], by: 'import-staff' }),
    )
    expect(after('password')).toMatchObject([{ account: 'sunyue', by: 'reset-password' }])
    expect(after('command').map(({ command }) => command)).toEqual(['import-grids', 'import-staff', 'reset-password'])
    expect(JSON.stringify(told)).not.toMatch(/林晓燕|审计员|孙悦|horse|argon/)
    expect(statSync(join(data, auditKeyFile)).mode & 0o777).toBe(0o600)
    expect(await admin('verify-log')).toBe(0)
    expect(out.join('\n')).toMatch(/\d+ audit entries, \d+ of them edits, under \d+ signed heads; 0 since the last/)
  })

  it('[AUDIT13] goes on with the same log and key after a restart, and after a backup was put back on another machine', async () => {
    await open()
    const cookie = await signIn('shenji')
    const first = await headOf(cookie)
    await close()
    await open()
    const second = await headOf(cookie)
    const path = `/api/audit/proof/consistency?earlier=${first.size}&later=${second.size}`
    const { proof } = (await ask(path, cookie)) as AuditProofAnswer
    expect(doubtOf(first, second, proof)).toBeUndefined()
    const copy = join(folder.path, 'copy')
    expect(await admin('backup', copy)).toBe(0)
    await close()
    rmSync(data, { recursive: true })
    expect(await admin('restore', copy)).toBe(0)
    await open()
    const third = await headOf(cookie)
    const onward = `/api/audit/proof/consistency?earlier=${second.size}&later=${third.size}`
    expect(doubtOf(second, third, ((await ask(onward, cookie)) as AuditProofAnswer).proof)).toBeUndefined()
    await close()
    expect(entries().map(({ command }) => command)).toEqual(expect.arrayContaining(['backup', 'restore']))
    expect(await admin('verify-log')).toBe(0)
  })

  it.each([
    ['an entry taken out', (database: Database.Database) => removeEntry(database, 3)],
    ['the last entries cut off', (database: Database.Database) => cutOff(database, 8)],
    [
      'the last entries and their heads cut off',
      (database: Database.Database) => {
        cutOff(database, 8)
        database.exec('DELETE FROM audit_head')
      },
    ],
  ])('[AUDIT13] a device that kept a head notices at the running relay: %s', async (_what, how) => {
    await open()
    const cookie = await signIn('shenji')
    await write(await signIn('lin_xy'), [ledger])
    await close()
    await open()
    const known = await headOf(cookie)
    await close()
    change(how)
    await open()
    const offered = await headOf(cookie)
    const path = `/api/audit/proof/consistency?earlier=${known.size}&later=${offered.size}`
    const { proof } = needsProof(known, offered)
      ? ((await ask(path, cookie)) as Partial<AuditProofAnswer>)
      : { proof: [] }
    expect(doubtOf(known, offered, proof)).toBeDefined()
    await close()
    const heads = sheet('head.json', JSON.stringify(known))
    expect(await admin('verify-log', heads)).toBe(1)
  })
})

describe('verify-log', () => {
  const work = async (): Promise<SignedHead> => {
    await open()
    const cookie = await signIn('shenji')
    await write(await signIn('lin_xy'), [ledger])
    await close()
    await open()
    const head = await headOf(cookie)
    await close()
    return head
  }

  it('[AUDIT12] takes heads that somebody kept, one or several, and prints the proof of an entry', async () => {
    const head = await work()
    const file = sheet('heads.json', JSON.stringify([head, head]))
    expect(await admin('verify-log', file, '--entry', '2')).toBe(0)
    expect(out).toEqual(
      expect.arrayContaining([
        `the given head of ${head.size} entries is part of this log`,
        expect.stringMatching(/^entry 2 of \d+ under root /),
        expect.stringMatching(/^leaf [\w-]{43}$/),
        expect.stringMatching(/^proof [\w-]{43}$/),
      ]),
    )
    expect(await admin('verify-log', '--entry', '99999')).toBe(1)
    expect(err).toEqual(['--entry: no signed head covers an entry 99999'])
  })

  it('[AUDIT12] is 2 when it is not understood, and 1 with the name of what is wrong', async () => {
    const head = await work()
    expect(await admin('verify-log', 'a', 'b')).toBe(2)
    expect(await admin('verify-log', '--entry', 'x')).toBe(2)
    expect(await admin('verify-log', sheet('none.json', '{"size": 3}'))).toBe(1)
    expect(err).toEqual([expect.stringContaining('holds no signed head')])
    expect(await admin('verify-log', sheet('other.json', JSON.stringify({ ...head, log: 'x' })))).toBe(1)
    expect(err).toEqual([`audit: given head of ${head.size} entries: it is of another log`])
    expect(await admin('verify-log', sheet('forged.json', JSON.stringify({ ...head, at: 1 })))).toBe(1)
    expect(err).toEqual([`audit: given head of ${head.size} entries: the signature is wrong`])
    change((database) => database.exec("UPDATE change SET account = 'eve'"))
    expect(await admin('verify')).toBe(1)
    expect(err.join('\n')).toMatch(/audit: edit \d+ of .* bears another author/)
  })

  it('[AUDIT12] says when the key or the whole audit log is gone, and when there never was one', async () => {
    await work()
    writeFileSync(join(data, auditKeyFile), '')
    await expect(open()).rejects.toThrow(/audit\.key cannot be used/)
    rmSync(join(data, auditKeyFile))
    expect(await admin('verify-log')).toBe(1)
    expect(err.join()).toContain('audit.key is gone')
    await open()
    await close()
    expect(await admin('verify-log')).toBe(0)
    for (const table of ['entry', 'node', 'head', 'mark'])
      change((database) => database.exec(`DROP TABLE audit_${table}`))
    expect(await admin('verify-log')).toBe(1)
    expect(err).toEqual(['the audit log is gone'])
    rmSync(join(data, auditKeyFile))
    expect(await admin('verify-log')).toBe(0)
    expect(out).toContain('there is no audit log yet')
    expect(existsSync(join(data, auditKeyFile))).toBe(false)
  })
})
