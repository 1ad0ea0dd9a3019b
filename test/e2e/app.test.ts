import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { lightSays, moveTo, openPath } from './flows.ts'
import { faultsOf, look, openPlace, places } from './looks.ts'
import { edit, tap, told } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const demoPassword = 'tongge-demo'
describe('the frame of the app', () => {
  let relay: Relay
  let device: Device
  let page: Page
  let home = ''

  beforeAll(async () => {
    relay = await startRelay()
    device = await openDevice('phone')
    page = device.page
  })
  afterAll(async () => {
    await device?.close()
    await relay?.close()
  })

  it('[APP10] a demo account is one row with its role, and signs in at one tap', async () => {
    await page.goto(relay.url)
    const rows = page.locator('section', { hasText: '演示账号' }).getByRole('button')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(15)
    const row = page.getByRole('button', { name: /林晓燕/ })
    expect(await row.textContent()).toContain('网格员')
    await row.click()
    await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    await signOut(page)
    await page
      .locator('section', { hasText: '这台设备用过的账号' })
      .getByRole('button', { name: /林晓燕.*member01/ })
      .click()
    expect(await page.getByLabel('账号').inputValue()).toBe('member01')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password')
  })

  it('[APP11] a refused sign-in says why and keeps what was typed', async () => {
    const attempt = async (password: string, answer: string | RegExp): Promise<void> => {
      await page.getByLabel('密码').fill(password)
      await page.getByRole('button', { name: '登录', exact: true }).click()
      await page.getByRole('alert').getByText(answer).waitFor()
      expect(await page.getByLabel('账号').inputValue()).toBe('street01')
      expect(await page.getByLabel('密码').inputValue()).toBe(password)
    }
    await page.getByLabel('账号').fill('street01')
    await attempt('wrong-1', '账号或密码不对')
    await device.offline()
    await attempt('wrong-2', '连不上服务器')
    await device.online()
    await page.route('**/api/session', (route) => route.fulfill({ status: 503, body: '' }))
    await attempt('wrong-3', '服务器正忙或在维护')
    await page.unroute('**/api/session')
    for (let nth = 4; nth < 8; nth++) await attempt(`wrong-${nth}`, '账号或密码不对')
    await attempt(demoPassword, /尝试次数太多，请 1[45] 分钟后再试/)
  })

  it('[APP1] at any address a stranger sees 登录, and the page of that address after signing in', async () => {
    for (const place of ['/ledger', '/conflicts', '/me', '/trash']) {
      await openPath(page, place)
      await page.getByRole('button', { name: '登录', exact: true }).waitFor()
      expect(await page.locator('nav, #content').count()).toBe(0)
    }
    await page.getByLabel('账号').fill('leader01')
    await page.getByLabel('密码').fill(demoPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '回收站', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/trash')
    await openPlace(page, '/ledger')
    home = await firstHome(page)
  })

  it('[APP2] the sync light is in the bar of every page and opens its sheet without leaving the page', async () => {
    for (const place of places) {
      await openPlace(page, place)
      const light = page.locator('header').getByRole('button', { name: /^同步状态: / })
      await light.click()
      await page.getByRole('dialog', { name: '同步状态' }).waitFor()
      expect(new URL(page.url()).pathname).toBe(place)
      await page.keyboard.press('Escape')
      await page.waitForFunction(() => history.state?.sheet === undefined)
    }
  })

  it('[APP2] the light tells its states apart by shape and words', async () => {
    const looks = async (words: string): Promise<readonly string[]> => {
      await lightSays(page, words)
      const light = page.locator('header').getByRole('button', { name: /^同步状态: / })
      return [(await light.textContent()) ?? '', await light.locator('svg').innerHTML()]
    }
    const synced = await looks('已同步')
    await device.offline()
    await edit(page, home, '联系电话', '19900005678')
    const waiting = await looks('1 项待同步')
    await device.online()
    await lightSays(page, '已同步')
    expect(synced[0]).not.toBe(waiting[0])
    expect(synced[1]).not.toBe(waiting[1])
  })

  it('[APP6] back returns to the scroll position one left; a page opened anew starts at its top', async () => {
    await openPlace(page, '/ledger')
    const top = (): Promise<number> => page.evaluate(() => document.querySelector('#content')?.scrollTop ?? -1)
    const row = page.locator('main a[href*="/ledger/building/"]').last()
    await row.scrollIntoViewIfNeeded()
    const left = await top()
    expect(left).toBeGreaterThan(50)
    await row.click()
    await page.locator('main a[href*="/ledger/household/"]').first().waitFor()
    await expect.poll(top).toBe(0)
    await page.goBack()
    await page.getByLabel('搜索台账').waitFor()
    await expect.poll(top).toBe(left)
  })

  it('[APP7] the back gesture closes an open sheet before it leaves the page', async () => {
    await openPlace(page, '/me')
    await moveTo(page, home)
    await tap(page, '变更记录')
    await page.getByRole('dialog', { name: '变更记录' }).waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe(home)
    await page.goBack()
    await page.getByRole('heading', { name: '我的', level: 1 }).waitFor()
  })

  it('[APP5] a page that throws leaves the frame and the other pages working, and can be tried again', async () => {
    await moveTo(page, '/me')
    await page.evaluate(() => {
      const { storage } = navigator
      const real = storage.persisted.bind(storage)
      storage.persisted = () => Promise.reject(new Error('broken on purpose'))
      Object.assign(globalThis, { mend: () => (storage.persisted = real) })
    })
    await page.getByRole('link', { name: '存储空间' }).click()
    await page.getByText('这一页出错了').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: '台账' }).click()
    await page.getByLabel('搜索台账').waitFor()
    await moveTo(page, '/storage')
    await page.getByText('这一页出错了').waitFor()
    await page.evaluate(() => (globalThis as unknown as { mend: () => void }).mend())
    await tap(page, '重试')
    await page.getByText('本机数据').waitFor()
  })

  it('[APP12] 今日 shows all that waits from the data on the device, with no network', async () => {
    await device.offline()
    await openPath(page, '/')
    for (const list of ['我的待办', '该走访了', '流动人口待核', '登记情况', '同事的新变化'])
      await page.getByRole('heading', { name: list }).waitFor()
    expect(await page.locator('main a[href^="/tickets/"]').count()).toBeGreaterThan(1)
    expect(await page.locator('main a[href^="/ledger/household/"]').count()).toBeGreaterThan(0)
    await device.online()
  })

  it('[APP13] red marks only what is overdue on a ticket', async () => {
    const red = page.locator('main [class*="danger"], main [class*="overdue"]')
    const inTickets = page
      .locator('section', { has: page.getByRole('heading', { name: '我的待办' }) })
      .locator('[class*="danger"], [class*="overdue"]')
    expect(await red.count()).toBe(await inTickets.count())
    for (const text of await inTickets.allTextContents()) expect(text).toMatch(/^$|超时/)
    expect(
      await page.locator('section', { has: page.getByRole('heading', { name: '该走访了' }) }).textContent(),
    ).toMatch(/已过|还没走访过|今天/)
  })

  it('[APP19] signing out names what still waits for the relay, and warns in red of what is not even on the device', async () => {
    await device.offline()
    await edit(page, home, '联系电话', '19900001234')
    await moveTo(page, '/me')
    await tap(page, '退出登录')
    const question = page.getByRole('dialog')
    await question.getByText('1 户 待同步').waitFor()
    expect(await question.getByRole('alert').count()).toBe(0)
    await question.getByRole('button', { name: '取消' }).click()
    // The closing sheet takes its own history entry back before another page is opened.
    await page.waitForFunction(() => !(history.state as { sheet?: boolean } | null)?.sheet)

    await moveTo(page, home)
    await page.evaluate(() => {
      const real = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no space left', 'QuotaExceededError')
      }
      Object.assign(globalThis, { mend: () => (IDBObjectStore.prototype.put = real) })
    })
    await tap(page, '未变化')
    await lightSays(page, '未保存')
    await moveTo(page, '/me')
    await tap(page, '退出登录')
    await question.getByRole('alert').getByText('还有修改没能存进这台设备').waitFor()
    await question.getByRole('button', { name: '取消' }).click()
    await page.evaluate(() => (globalThis as unknown as { mend: () => void }).mend())
    await tap(page, /^同步状态: /)
    await tap(page, '立即同步')
    await page.keyboard.press('Escape')
    await lightSays(page, /待同步/)
  })

  it('[APP20] the storage page asks the browser for nothing, says how much there is and offers the unsent changes as a file', async () => {
    await page.evaluate(() => {
      const { storage } = navigator
      const real = storage.persist.bind(storage)
      storage.persist = () => {
        document.documentElement.dataset['asked'] = 'yes'
        return real()
      }
    })
    await moveTo(page, '/storage')
    await page.getByText('浏览器没有承诺长期保存').or(page.getByText('浏览器会长期保存本机数据')).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset['asked'])).toBeUndefined()
    await page.getByText(/已用 [\d.,]+ (KB|MB)/).waitFor()
    const rows = await page.getByRole('main').textContent()
    expect(rows).toMatch(/台账记录[\d,]{3,}/)
    expect(rows).toMatch(/待同步1 户/)
    const [download] = await Promise.all([page.waitForEvent('download'), tap(page, '导出未同步数据')])
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { account: string; unsent: unknown[] }
    expect(file.account).toBe('leader01')
    expect(file.unsent.length).toBeGreaterThan(0)
    await told(page, `已导出 ${file.unsent.length} 处未同步的修改`)
    await device.online()
    await lightSays(page, '已同步')
    const [empty] = await Promise.all([page.waitForEvent('download'), tap(page, '导出未同步数据')])
    expect((JSON.parse(readFileSync(await empty.path(), 'utf8')) as { unsent: unknown[] }).unsent).toEqual([])
  })

  it('[APP8] targets are 44 px high, 大字 enlarges text, targets and spaces together, and nothing is cut off', async () => {
    const all = [...places, home, home.replace('household', 'edit')]
    expect(await faultsOf(page, all)).toEqual([])
    await moveTo(page, '/me')
    const before = await look(page)
    await page.getByRole('switch', { name: /大字/ }).click({ force: true })
    await expect.poll(async () => (await look(page)).text).toBeGreaterThan(before.text)
    const after = await look(page)
    expect(after.target / before.target).toBeGreaterThan(1.1)
    expect(after.space / before.space).toBeGreaterThan(1.1)
    expect(await faultsOf(page, all)).toEqual([])
  })

  it('[APP9] every page is free of what axe can find in 大字', async () => {
    const found: string[] = []
    for (const place of [...places, home]) {
      await openPlace(page, place)
      // Structure is the same as in pages.test.ts; sizes and what scrolls are not.
      const findings = await axeFindings(page, ['target-size', 'color-contrast', 'scrollable-region-focusable'])
      found.push(...findings.map((finding) => `${place}: ${finding}`))
    }
    expect(found).toEqual([])
  })
})

async function signOut(page: Page): Promise<void> {
  await moveTo(page, '/me')
  await tap(page, '退出登录')
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
}

async function firstHome(page: Page): Promise<string> {
  await page.locator('main a[href*="/ledger/building/"]').first().click()
  const door = page.locator('main a[href*="/ledger/household/"]').first()
  await door.waitFor()
  return (await door.getAttribute('href')) ?? ''
}
