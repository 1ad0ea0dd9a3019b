import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { firstHousehold, lightSays, moveTo, openPath, setPhone, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('the session of a device', () => {
  let relay: Relay
  let device: Device
  beforeAll(async () => {
    relay = await startRelay()
  })
  afterEach(() => device?.close())
  afterAll(() => relay?.close())

  it('[SIGN1] signing out with no network holds when the network is back', async () => {
    device = await openDevice('phone')
    const { page } = device
    await signIn(device, relay.url, '林晓燕')
    await device.offline()
    await moveTo(page, '/me')
    await page.getByRole('button', { name: /退出/ }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: /退出/ }).click()
    await page.getByRole('button', { name: '登录' }).waitFor()
    await device.online()
    await page.goto(relay.url)
    await page.getByRole('button', { name: '林晓燕' }).first().waitFor()
    expect(await page.evaluate(() => fetch('/api/session').then(({ status }) => status))).toBe(401)
  })

  it('[SIGN2] edits of another grid are sent too, and nothing is called synced before they are', async () => {
    device = await openDevice('phone')
    const { page } = device
    await signIn(device, relay.url, '许文静')
    const household = await firstHousehold(page)
    await lightSays(page, /已同步/)
    await device.offline()
    await setPhone(page, household, '19900003333')
    const grids = await page.evaluate(
      () => (JSON.parse(localStorage.getItem('tongge.session') ?? '{}') as { grids: string[] }).grids,
    )
    await page.evaluate((grid) => localStorage.setItem('tongge.grid', grid), grids[1] ?? '')
    await openPath(page, '/')
    await lightSays(page, /待同步/)
    await device.online()
    await lightSays(page, /已同步/)
    await page.evaluate((grid) => localStorage.setItem('tongge.grid', grid), grids[0] ?? '')
    await openPath(page, household)
    await page.locator('a[href="tel:19900003333"]').first().waitFor()
    await lightSays(page, /已同步/)
  })

  it('[PWA5] the browser is asked to keep the data at the first save, and its answer is told once', async () => {
    device = await openDevice('phone')
    const { page } = device
    await signIn(device, relay.url, '林晓燕')
    const household = await firstHousehold(page)
    await device.offline()
    const told = page.getByText(/浏览器(会长期保存|没有承诺长期保存)/)
    expect(await told.count()).toBe(0)
    await setPhone(page, household, '19900004444')
    await told.first().waitFor()
    await openPath(page, '/')
    await setPhone(page, household, '19900005555')
    expect(await told.count()).toBe(0)
    await device.online()
  })

  it('[LIGHT2] damaged data on the device is told until the relay has made it whole', async () => {
    device = await openDevice('phone')
    const { page } = device
    await signIn(device, relay.url, '林晓燕')
    await lightSays(page, /已同步/)
    await device.offline()
    expect(await page.evaluate(damageOneRow)).toBe(true)
    await openPath(page, '/sync-state')
    await page.getByText('本机有数据损坏').first().waitFor()
    await device.online()
    await lightSays(page, /已同步/)
    await page.getByText('本机有数据损坏').waitFor({ state: 'hidden' })
  })

  it('[SIGN3] a damaged memory of accounts leads to the sign-in page, not to a standstill', async () => {
    device = await openDevice('phone')
    const { page } = device
    await page.goto(relay.url)
    for (const [key, value] of [
      ['tongge.accounts', '{"a":1}'],
      ['tongge.accounts', '[null]'],
      ['tongge.session', '{}'],
      ['tongge.session', '{'],
    ] as const) {
      await page.evaluate(([name, text]) => localStorage.setItem(name, text), [key, value] as const)
      await page.reload()
      await page.getByRole('button', { name: '登录' }).waitFor()
    }
    await signIn(device, relay.url, '周建平')
  })
})

/** Runs in the page: flips a byte of the ledger's newest stored piece, as a failing flash chip does. */
async function damageOneRow(): Promise<boolean> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('the database did not answer')))
    })
  const database = await done(indexedDB.open('tongge/member01'))
  const rows = database.transaction('rows', 'readwrite').objectStore('rows')
  for (const key of await done(rows.getAllKeys())) {
    const document: unknown = Array.isArray(key) ? key[0] : undefined
    if (typeof document !== 'string' || !document.endsWith('/ledger')) continue
    const row = (await done(rows.get(key))) as { bytes: Uint8Array }
    row.bytes[0] = (row.bytes[0] ?? 0) ^ 0x55
    await done(rows.put(row, key))
    database.close()
    return true
  }
  database.close()
  return false
}
