import { AxeBuilder } from '@axe-core/playwright'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeFiles } from '../../sync-server/src/stores.ts'
import { firstHousehold, lightSays, openPath, setPhone, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const title = '服务器的操作记录对不上'

describe('the audit log and a device', () => {
  let relay: Relay
  let device: Device

  beforeAll(async () => {
    relay = await startRelay()
    device = await openDevice('phone')
    await signIn(device, relay.url, '林晓燕')
    await lightSays(device.page, /已同步/)
  })
  afterAll(async () => {
    await device?.close()
    await relay?.close()
  })

  it('[AUDIT10] entries that were cut off at the relay are told of once it is met again, until the person has read it; everything else goes on', async () => {
    const { page } = device
    await page.waitForFunction(() => localStorage.getItem('tongge.audit-head') !== null, undefined, {
      timeout: 60_000,
    })
    await relay.kill()
    const database = new Database(join(relay.data, storeFiles.log))
    database.exec('DELETE FROM audit_entry WHERE position > 2; DELETE FROM audit_head WHERE size > 3')
    database.close()
    await relay.restart()
    await page.getByText(title).first().waitFor({ timeout: 90_000 })

    const household = await firstHousehold(page)
    await setPhone(page, household, '19900004444')
    await lightSays(page, /已同步/)

    await openPath(page, '/sync-state')
    const banner = page.getByText(title)
    await banner.first().waitFor({ timeout: 60_000 })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.getByRole('button', { name: '知道了' }).click()
    await expect.poll(() => page.getByRole('button', { name: '知道了' }).count()).toBe(0)
    expect(await page.evaluate(() => localStorage.getItem('tongge.audit-evidence'))).toContain('"known"')
  })
})
