/** The log under keys, over real files. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { rowChecksum } from '../../sync-server/src/log/checksum.ts'
import { startRelay } from '../../sync-server/src/relay.ts'
import { newKeyLine, parseKeyring, type Keyring } from '../../sync-server/src/seal/keyring.ts'
import { createRowSeal } from '../../sync-server/src/seal/row-seal.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { createSqliteUpdateLog } from '../../sync-server/src/sync.ts'
import { silent, temporaryFolder } from './fixtures.ts'

const marker = '330106199901011234 张三丰'
const update = (text: string): Uint8Array => new TextEncoder().encode(`${marker} ${text}`)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).slice(marker.length + 1)
const ring = (...lines: readonly string[]): Keyring => {
  const parsed = parseKeyring(lines.join('\n'), 'test')
  if (!parsed.ok) throw new Error(parsed.failure.join())
  return parsed.value
}

let folder: ReturnType<typeof temporaryFolder>
let data: string
let lines: string[]
beforeEach(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
  lines = []
})
afterEach(() => folder.dispose())

const write = async (keys: Keyring | undefined, ...texts: readonly string[]): Promise<void> => {
  const stores = openStores(data, { keys })
  for (const text of texts) await stores.log.append([{ document: 'org/990101001', update: update(text), account: 'a' }])
  await stores.close()
}
const read = async (keys: Keyring | undefined): Promise<readonly string[]> => {
  const stores = openStores(data, { keys })
  const { snapshot, tail } = await stores.log.read('org/990101001')
  await stores.close()
  return [...(snapshot ? [snapshot] : []), ...tail].map(textOf)
}
const admin = (args: readonly string[], keys?: string): Promise<number> =>
  runAdmin(args, {
    env: { TONGGE_DATA: data, ...(keys !== undefined && { TONGGE_KEYS: keys }) },
    root: folder.path,
    readPassword: async () => '',
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    now: () => 0,
  })
/** Whether the marker can be read in any file of the folder. */
const isReadable = (path: string): boolean =>
  readdirSync(path)
    .filter((name) => name.startsWith(storeFiles.log))
    .some((name) => [marker, marker.slice(0, 18)].some((text) => readFileSync(join(path, name)).includes(text)))

describe('a sealed log', () => {
  it('[SEAL1] holds nothing readable in its files or their backup, neither in rows nor in snapshots', async () => {
    const line = newKeyLine()
    const stores = openStores(data, { keys: ring(line) })
    const [first = 0] = await stores.log.append([
      { document: 'org/990101001', update: update('one'), account: 'a' },
      { document: 'org/990101001', update: update('two'), account: 'a' },
    ])
    expect(await stores.log.compact('org/990101001', update('one'), first)).toBe(true)
    expect(isReadable(data)).toBe(false)
    expect(await admin(['backup', join(folder.path, 'copy')], line)).toBe(0)
    expect(isReadable(join(folder.path, 'copy'))).toBe(false)
    await stores.close()
    expect(await read(ring(line))).toEqual(['one', 'two'])
  })

  it('[SEAL2] reads what was written under an older key and before there was one', async () => {
    const [older, newer] = [newKeyLine(), newKeyLine()]
    await write(undefined, 'plain')
    await write(ring(older), 'older')
    await write(ring(older, newer), 'newer')
    expect(await read(ring(older, newer))).toEqual(['plain', 'older', 'newer'])
    expect(await admin(['verify'], `${older}\n${newer}`)).toBe(0)
    expect(lines).toContain('1 rows unsealed')
  })

  it('[SEAL3] leaves out a row that was changed or stands in another document, and names it', async () => {
    const keys = ring(newKeyLine())
    await write(keys, 'one', 'two', 'three')
    const file = join(data, storeFiles.log)
    const database = new Database(file)
    const put = (document: string, sequence: number, bytes: Uint8Array): void => {
      const id = database.prepare('INSERT OR IGNORE INTO document (name) VALUES (?)').run(document)
      const place = id.changes ? id.lastInsertRowid : 1
      const row = [place, 'a', bytes, rowChecksum(document, sequence, 'a', bytes), sequence]
      database
        .prepare('UPDATE change SET document = ?, account = ?, bytes = ?, checksum = ? WHERE sequence = ?')
        .run(row)
    }
    const bytes = database.prepare<[number], Uint8Array>('SELECT bytes FROM change WHERE sequence = ?').pluck()
    put('org/990101002', 2, bytes.get(2) ?? new Uint8Array())
    put(
      'org/990101001',
      3,
      (bytes.get(3) ?? new Uint8Array()).map((byte, at) => (at === 30 ? byte ^ 1 : byte)),
    )
    database.close()
    expect(await read(keys)).toEqual(['one'])
    const log = createSqliteUpdateLog(file, { seal: createRowSeal(keys) })
    expect((await log.read('org/990101001')).damaged).toBe(1)
    expect(await log.read('org/990101002')).toMatchObject({ tail: [], damaged: 1 })
    expect(await log.verify()).toEqual([
      { document: 'org/990101001', sequence: 3, problem: 'does not open' },
      { document: 'org/990101002', sequence: 2, problem: 'does not open' },
    ])
    await log.close()
  })

  it('[SEAL4] is not served without its key, nor with another', async () => {
    const line = newKeyLine()
    await write(ring(line), 'one')
    const config = {
      port: 0,
      host: '127.0.0.1',
      data,
      demo: 'none',
      origins: [],
      logLevel: 'silent',
      app: '/nowhere',
    } as const
    const id = line.slice(0, 8)
    for (const keys of [undefined, { text: newKeyLine() }])
      await expect(startRelay({ ...config, keys }, { logger: silent })).rejects.toThrow(`sealed under key ${id}`)
    const file = join(folder.path, 'keys')
    writeFileSync(file, `# of the street\n${line}\n`)
    await (await startRelay({ ...config, keys: { file } }, { logger: silent })).close()
    await expect(
      startRelay({ ...config, keys: { file: join(folder.path, 'none') } }, { logger: silent }),
    ).rejects.toThrow(/TONGGE_KEY_FILE: .*none cannot be read/)
  })

  it('[SEAL5] is sealed anew under the newest key, with nothing of the former bytes left, and says what rests under which', async () => {
    const [older, newer] = [newKeyLine(), newKeyLine()]
    // Rows that were folded away leave their bytes in free pages.
    await write(undefined, ...Array.from({ length: 200 }, (_, index) => `${index} `.repeat(200)))
    const plain = openStores(data)
    await plain.log.compact('org/990101001', update('plain'), 200)
    await plain.close()
    await write(ring(older), 'older')
    const stores = openStores(data, { keys: ring(older) })
    await stores.log.append([{ document: 'grid/990101001001001/ledger', update: update('other'), account: 'a' }])
    expect(await admin(['reseal'], `${older}\n${newer}`)).toBe(1)
    expect(lines.at(-1)).toContain('a relay is using')
    await stores.close()
    expect(await admin(['reseal'], `${older}\n${newer}`)).toBe(0)
    expect(lines.at(-1)).toBe(`3 rows are sealed under key ${newer.slice(0, 8)}`)
    expect(isReadable(data)).toBe(false)
    expect(await read(ring(newer))).toEqual(['plain', 'older'])
    expect(await admin(['verify'], newer)).toBe(0)
    expect(lines).toContain(`3 rows sealed under key ${newer.slice(0, 8)}`)
    expect(await admin(['verify'], older)).toBe(1)
    expect(lines.at(-1)).toBe(`key ${newer.slice(0, 8)} is not among the keys`)
    expect(await admin(['verify'])).toBe(0)
    expect(lines).toContain(`3 rows sealed under key ${newer.slice(0, 8)}, not opened`)
  })

  it('[SEAL6] a mistake in the keys is named by its line, and its text is not repeated', async () => {
    const line = newKeyLine()
    expect(await admin(['new-key'])).toBe(0)
    expect(parseKeyring(lines[0] ?? '', 'x').ok).toBe(true)
    expect(await admin(['verify'], `${line}\nnonsense\n${line}`)).toBe(2)
    expect(lines.slice(1)).toEqual([
      'TONGGE_KEYS line 2: is not a key such as "npm run admin -- new-key" prints',
      `TONGGE_KEYS line 3: key ${line.slice(0, 8)} stands twice`,
    ])
    expect(parseKeyring('# nothing\n', 'x')).toEqual({ ok: false, failure: ['x: holds no key'] })
  })
})
