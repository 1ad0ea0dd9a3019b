/** A ledger that begins anew while one device is away and another has it open. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig, startRelay, type Relay } from '../../sync-server/src/index.ts'
import { defaultLimits, type SyncLimits } from '../../sync-server/src/sync.ts'
import { firstHousehold, lightSays, moveTo, openPath, signIn } from './flows.ts'
import { edit, tap, told } from './person.ts'
import { demoFolder, openDevice, type Device } from './stage.ts'

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
/** Everything of some size begins anew, again and again. */
const restless: Partial<SyncLimits> = { renewBytes: 100_000, renewShare: Infinity, quietMs: 1_500, aliveMs: 500 }

describe('a ledger that begins anew', () => {
  const data = demoFolder()
  let relay: Relay | undefined
  let port = 0
  let phone: Device
  let desk: Device
  let home = ''

  const run = async (limits: Partial<SyncLimits> = {}): Promise<void> => {
    await relay?.close()
    const env = { PORT: String(port), TONGGE_DATA: data, TONGGE_DEMO: 'community' }
    const config = parseConfig(env, join(import.meta.dirname, '..', '..'))
    if (!config.ok) throw new Error(config.failure.join('\n'))
    relay = await startRelay(config.value, { logger, limits: { ...defaultLimits, ...limits } })
    port = relay.port
  }

  beforeAll(async () => {
    await run()
    ;[phone, desk] = await Promise.all([openDevice('phone'), openDevice('desktop')])
    await Promise.all([
      signIn(phone, `http://127.0.0.1:${port}`, '林晓燕'),
      signIn(desk, `http://127.0.0.1:${port}`, '周建平'),
    ])
    await Promise.all([phone, desk].map(({ page }) => lightSays(page, '已同步')))
    home = await firstHousehold(phone.page)
  })
  afterAll(async () => {
    await Promise.all([phone?.close(), desk?.close()])
    await relay?.close()
    rmSync(data, { recursive: true, force: true })
  })

  it('[GEN6] devices go over to the new generation by themselves, and what was written offline in the old one stands beside what was written in the new', async () => {
    await phone.offline()
    await edit(phone.page, home, '联系电话', '19900007777')
    const before = await generation(desk.page)
    await run(restless)
    while ((await generation(desk.page)) === before) await desk.page.waitForTimeout(200)
    await run()
    await lightSays(desk.page, '已同步')
    await inNewest(desk.page)
    await edit(desk.page, home, '联系电话', '19900008888')
    await lightSays(desk.page, '已同步')

    await phone.online()
    await lightSays(phone.page, '已同步')
    await inNewest(phone.page)
    for (const { page } of [phone, desk]) {
      await moveTo(page, home)
      await page.getByRole('main').getByText('有人同时改了同一项，请选一个 · 联系电话').waitFor()
      const rivals = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: '保留这个' }) })
      expect((await rivals.allTextContents()).map((text) => String(/1990000\d{4}/.exec(text))).toSorted()).toEqual([
        '19900007777',
        '19900008888',
      ])
    }
  })

  it('[GEN6] after that the new generation opens without a network, and the old one is gone from the device', async () => {
    await openPath(phone.page, home)
    await phone.offline()
    await openPath(phone.page, home)
    await phone.page.getByRole('link', { name: '修改' }).first().waitFor()
    const stored = await storedDocuments(phone.page)
    expect(stored.filter((name) => /\/ledger(\/g\d+)?$/.test(name))).toHaveLength(1)
    await phone.online()
    await edit(phone.page, home, '联系电话', '19900009999')
    await lightSays(phone.page, '已同步')
    await moveTo(desk.page, home)
    await desk.page.getByLabel('拨打 19900009999').waitFor()
  })

  it('[GEN6] a device that was switched off meanwhile goes over when the app is opened again', async () => {
    const away = phone.page.url()
    await phone.page.goto('about:blank')
    const before = await generation(desk.page)
    await run(restless)
    while ((await generation(desk.page)) === before) await desk.page.waitForTimeout(200)
    await run()
    await phone.page.goto(away)
    await lightSays(phone.page, '已同步')
    await inNewest(phone.page)
  })

  it('[GEN9] two tabs go over together: what both save without a network meanwhile is in each of them after a restart', async () => {
    const other = await desk.context.newPage()
    try {
      await other.goto(new URL(home, desk.page.url()).href)
      const neighbour = await secondHousehold(other)
      await lightSays(other, '已同步')
      await moveTo(desk.page, home)
      await desk.page.getByRole('link', { name: '修改' }).first().click()
      await desk.page.getByLabel('联系电话', { exact: true }).fill('19900001111')
      const before = await generation(desk.page)
      await run(restless)
      while ((await generation(desk.page)) === before) await desk.page.waitForTimeout(200)
      await run()
      await isWhole(other, await generation(desk.page))
      // Long enough for a tab that does not wait for the other one.
      await other.waitForTimeout(6_000)
      await desk.offline()
      await edit(other, neighbour, '备注', '另一页写的')
      await desk.page.bringToFront()
      await tap(desk.page, /^保存$/)
      await told(desk.page, '已保存在本机')
      for (const page of [desk.page, other]) await page.goto(new URL(home, page.url()).href)
      for (const page of [desk.page, other]) {
        await page.getByLabel('拨打 19900001111').waitFor()
        await moveTo(page, neighbour)
        await page.getByText('另一页写的').first().waitFor()
      }
      await desk.online()
      for (const page of [desk.page, other]) await lightSays(page, '已同步')
      await inNewest(other)
    } finally {
      await desk.online()
      await other.close()
    }
    await moveTo(phone.page, home)
    await phone.page.getByLabel('拨打 19900001111').waitFor()
  })
})

/** Of the ledger, as the relay tells this account. */
async function generation(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const answer = (await (await fetch('/api/session')).json()) as { documents: { name: string }[] }
    const name = answer.documents.map((document) => document.name).find((one) => /\/ledger(\/g\d+)?$/.test(one))
    return Number(/\/g(\d+)$/.exec(name ?? '')?.[1] ?? 1)
  })
}

/** The device has the newest generation of the ledger, and no tab holds an older one open. */
async function inNewest(page: Page): Promise<void> {
  const wanted = await generation(page)
  for (;;) {
    const names = (await storedDocuments(page)).filter((name) => /\/ledger(\/g\d+)?$/.test(name))
    if (names.length === 1 && names[0]?.endsWith(`/g${wanted}`)) return
    await page.waitForTimeout(200)
  }
}

/** The address of another household than the first one. */
async function secondHousehold(page: Page): Promise<string> {
  const first = await firstHousehold(page)
  const doors = page.locator('main a[href*="/ledger/household/"]')
  const all = await doors.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return all.find((path) => path !== first) ?? ''
}

/** All of this generation of the ledger is on the device. */
async function isWhole(page: Page, generation: number): Promise<void> {
  while (
    !(await keysOf(page, 'settings')).some((key) => key.startsWith('whole/') && key.endsWith(`/ledger/g${generation}`))
  )
    await page.waitForTimeout(200)
}

/** Names of the documents in the vault. */
function storedDocuments(page: Page): Promise<readonly string[]> {
  return keysOf(page, 'heads')
}

async function keysOf(page: Page, store: string): Promise<readonly string[]> {
  return page.evaluate(async (store) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('tongge/'))?.name ?? ''
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(new Error('the vault does not open')))
    })
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAllKeys()
      request.addEventListener('success', () => resolve(request.result))
    })
    database.close()
    return keys.map(String)
  }, store)
}
