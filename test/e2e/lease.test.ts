/** A device that has been away from its relay for too long. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { firstHousehold, lightSays, moveTo, openPath, signIn } from './flows.ts'
import { edit } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

/** As if the relay had been met so many hours ago. */
const metAgo = (page: Page, hours: number): Promise<void> =>
  page.evaluate((passed) => {
    const lease = JSON.parse(localStorage.getItem('tongge.lease') ?? '{}') as { metAt: number }
    lease.metAt -= passed * 3_600_000
    localStorage.setItem('tongge.lease', JSON.stringify(lease))
  }, hours)
const look = (page: Page): Promise<unknown> =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

describe('a device without its relay', () => {
  let relay: Relay
  let phone: Device
  let home = ''

  beforeAll(async () => {
    relay = await startRelay()
    phone = await openDevice('phone')
    await signIn(phone, relay.url, '林晓燕')
    await lightSays(phone.page, '已同步')
    home = await firstHousehold(phone.page)
  })
  afterAll(async () => {
    await phone?.close()
    await relay?.close()
  })

  it('[LEASE1] [LEASE3] shows nothing but that it has to connect and what waits, also after a restart, and unlocks by itself with everything there', async () => {
    const { page } = phone
    await phone.offline()
    await edit(page, home, '联系电话', '19900000008')
    await metAgo(page, 71)
    await look(page)
    await openPath(page, home)
    await page.getByText('19900000008').first().waitFor()

    await metAgo(page, 2)
    await openPath(page, home)
    await page.getByText('请联网后继续使用').waitFor()
    await page.getByText(/超过 72 小时没有连上服务器/).waitFor()
    await page.getByText('还有 1 条记录的修改在这台设备上等待发送').waitFor()
    expect(await page.getByText('19900000008').count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: '现在连接' }).click()
    await page.getByText('还连不上服务器').waitFor()

    await phone.online()
    await page.getByText('19900000008').first().waitFor({ timeout: 60_000 })
    await lightSays(page, '已同步')
  })

  it('[LEASE3] an open app locks once nobody is typing, after the relay was asked once more', async () => {
    const { page } = phone
    await metAgo(page, 80)
    await look(page)
    await moveTo(page, '/me')
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('tongge.lease')), { timeout: 20_000 })
      .toMatch(new RegExp(`"metAt":${String(Date.now()).slice(0, 6)}`))
    expect(await page.getByText('请联网后继续使用').count()).toBe(0)

    await phone.offline()
    await moveTo(page, home.replace('household', 'edit'))
    await page.getByLabel('备注', { exact: true }).fill('还没有写完')
    await metAgo(page, 80)
    await look(page)
    await page.waitForTimeout(5000)
    expect(await page.getByLabel('备注', { exact: true }).inputValue()).toBe('还没有写完')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('请联网后继续使用').waitFor()
    await phone.online()
    await lightSays(page, '已同步')
  })
})
