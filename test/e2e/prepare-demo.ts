/** Makes the demo once for all end-to-end tests, as a relay leaves it that has caught up with everything; each test begins with a copy. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { parseConfig, startRelay } from '../../sync-server/src/index.ts'
import { storeFiles } from '../../sync-server/src/stores.ts'

let folder = ''
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

export async function setup(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'tongge-demo-'))
  const config = parseConfig({ PORT: '0', TONGGE_DATA: folder, TONGGE_DEMO: 'community' }, import.meta.dirname)
  if (!config.ok) throw new Error(config.failure.join('\n'))
  const relay = await startRelay(config.value, { logger })
  await untilRosters(folder)
  await relay.close()
  process.env['TONGGE_PREPARED'] = folder
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true })
}

/** The relay notes of each grid from what its rosters were made, once they are. */
async function untilRosters(folder: string): Promise<void> {
  const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
  for (const { code } of demoPlaces('community').grids)
    while ((await accounts.note(`rosters/${code}`)) === undefined) await delay(50)
  await accounts.close()
}
