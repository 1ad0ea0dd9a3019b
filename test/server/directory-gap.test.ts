/** A relay whose directory lost a row on disk. */
import { subprotocol } from '@tongge/protocol'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { hashPassword } from '../../sync-server/src/accounts/passwords.ts'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import type { Config } from '../../sync-server/src/config.ts'
import { startRelay } from '../../sync-server/src/relay.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { post, silent, temporaryFolder } from './fixtures.ts'

describe('a directory that cannot be published', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.dispose())

  it('[ADMIN9] is logged; the relay starts all the same, and rights that end still end', async () => {
    const settings: Config = {
      port: 0,
      host: '127.0.0.1',
      data: folder.path,
      keys: undefined,
      demo: 'none',
      origins: [],
      logLevel: 'silent',
      app: '/nowhere',
    }
    const account = {
      account: 'chen',
      name: '陈一',
      passwordHash: await hashPassword('correct horse'),
      disabled: false,
    }
    const nameAs = async (name: string): Promise<void> => {
      const { accounts, close } = openStores(folder.path)
      await accounts.saveTerritory({ streets: [{ code: '990101001' as never, name: '演示街道' }] })
      await accounts.save(
        [{ ...account, name }],
        [{ account: 'chen', role: 'street', scope: { level: 'street', street: '990101001' as never } }],
      )
      await close()
    }
    for (const name of ['陈一', '陈二']) {
      await nameAs(name)
      await (await startRelay(settings, { logger: silent })).close()
    }
    const file = join(folder.path, storeFiles.log)
    const bytes = readFileSync(file)
    const at = bytes.indexOf('陈一')
    expect(at).toBeGreaterThan(0)
    bytes[at] = 0
    writeFileSync(file, bytes)

    await nameAs('陈三')
    const errors: string[] = []
    const relay = await startRelay(settings, {
      logger: { ...silent, error: (_facts, message) => void errors.push(message) },
    })
    expect(errors).toContain('directory cannot be published')
    const response = await fetch(
      `http://127.0.0.1:${relay.port}/api/session`,
      post({ account: 'chen', password: 'correct horse' }),
    )
    const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/sync`, [subprotocol], {
      headers: { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' },
    })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    const elsewhere = openSqliteAccounts(join(folder.path, storeFiles.accounts))
    await elsewhere.save([{ ...account, disabled: true }], [])
    await elsewhere.close()
    expect((await closed)[0]).toBe(4401)
    await relay.close()
  })
})
