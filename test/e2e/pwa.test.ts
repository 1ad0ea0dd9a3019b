import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDoor, type Door } from './door.ts'
import { firstHousehold, lightSays, moveTo, openPath, setPhone } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

declare global {
  /** Set by a test; gone once the page has loaded anew. */
  var sameVisit: true | undefined
}

interface Icon {
  readonly src: string
  readonly sizes: string
  readonly purpose?: string
}

describe('the installed app', () => {
  let relay: Relay
  let door: Door
  let device: Device
  let context: BrowserContext
  let page: Page
  let household: string

  beforeAll(async () => {
    relay = await startRelay()
    door = await createDoor(relay.url)
    device = await openDevice('phone')
    ;({ context, page } = device)
  })
  afterAll(async () => {
    await device?.close()
    await door?.close()
    await relay?.close()
  })

  /** As after closing the tab and coming back another day. */
  const reopen = async (path: string): Promise<void> => {
    await page.close()
    page = await context.newPage()
    await page.goto(new URL(path, door.url).href)
  }

  it('[PWA6] says once, after the first visit and not before the sign-in, that it is ready for offline use', async () => {
    await page.goto(door.url)
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    expect(await page.getByText('已可离线使用').count()).toBe(0)
    await page.getByRole('button', { name: '周建平' }).click()
    await page.getByText('已可离线使用').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: '我的' }).click()
    await page.getByRole('radio', { name: 'English' }).check({ force: true })
    await page.getByRole('heading', { level: 1, name: 'Me', exact: true }).waitFor()
    expect(await page.getByRole('status').getByText('Ready for use without a network').count()).toBe(0)
    await page.getByRole('radio', { name: '中文' }).check({ force: true })
    await lightSays(page, /已同步/)
  })

  it('[PWA8] the browser finds nothing that keeps it from being installed, and every icon has the size it claims', async () => {
    const cdp = await context.newCDPSession(page)
    const { errors, data } = await cdp.send('Page.getAppManifest')
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    await cdp.detach()
    expect(errors).toEqual([])
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
    const { icons } = JSON.parse(data ?? '') as { readonly icons: readonly Icon[] }
    const pictures = icons.filter(({ sizes }) => sizes !== 'any')
    expect(pictures.map(({ purpose }) => purpose)).toContain('maskable')
    const measured = await page.evaluate(
      async (sources) => {
        const images = await Promise.all(sources.map(async (src) => createImageBitmap(await (await fetch(src)).blob())))
        return images.map(({ width, height }) => `${width}x${height}`)
      },
      pictures.map(({ src }) => src),
    )
    expect(measured).toEqual(pictures.map(({ sizes }) => sizes))
  })

  it('[PWA1] opens at every address without a network from the first visit on', async () => {
    await door.shut()
    await reopen('/')
    await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    household = await firstHousehold(page)
    await openPath(page, '/tickets')
    const row = page.locator('main a[href^="/tickets/"]:not([href="/tickets/new"])').first()
    const ticket = (await row.getAttribute('href')) ?? ''
    for (const path of ['/import', '/conflicts', '/me']) {
      await reopen(path)
      await page.getByRole('heading', { level: 1, name: /导入|冲突|我的/ }).waitFor()
    }
    for (const [path, text] of [
      [ticket, '办理过程'],
      [household, '家庭成员'],
    ] as const) {
      await reopen(path)
      await page.getByText(text).first().waitFor()
    }
    await door.open()
    await lightSays(page, /已同步/)
  })

  it('[PWA2] [PWA3] [PWA4] [PWA10] a newer build waits for a tap, covers no button, is not offered over a form with unsaved input, and keeps what was saved before', async () => {
    await setPhone(page, household, '19900003333')
    await page.evaluate(() => void (globalThis.sameVisit = true))
    const phone = await startEditing(page, '19900004444')
    serveNextBuild(door)
    await lookForUpdate(page)
    expect(await offer(page).count()).toBe(0)
    await page.getByRole('link', { name: '取消' }).click()
    await page.getByRole('button', { name: '继续填写' }).click()
    expect(await phone.inputValue()).toBe('19900004444')
    await page.getByRole('button', { name: '保存' }).click()
    await offer(page).waitFor()
    expect(await isSameVisit(page)).toBe(true)
    expect(await buildOf(page)).toBe('first')
    await moveTo(page, '/me')
    await page.getByRole('button', { name: '退出登录' }).click({ trial: true })
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '立即更新' }).click()])
    expect(await buildOf(page)).toBe('second')
    await openPath(page, household)
    await page.locator('a[href="tel:19900004444"]').waitFor()
    expect(await offer(page).count()).toBe(0)
  })

  it('[PWA9] a tab where somebody is typing is not reloaded when another tab takes the newer build', async () => {
    await openPath(page, household)
    const other = await context.newPage()
    await other.goto(new URL(household, door.url).href)
    await other.evaluate(() => void (globalThis.sameVisit = true))
    const phone = await startEditing(other, '19900005555')
    serveNextBuild(door, 'third')
    await lookForUpdate(other)
    await page.bringToFront()
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '立即更新' }).click()])
    expect(await buildOf(page)).toBe('third')
    expect(await isSameVisit(other)).toBe(true)
    expect(await phone.inputValue()).toBe('19900005555')
    await other.getByRole('button', { name: '保存' }).click()
    await Promise.all([other.waitForEvent('load'), other.getByRole('button', { name: '立即更新' }).click()])
    expect(await buildOf(other)).toBe('third')
    await page.locator('a[href="tel:19900005555"]').waitFor()
  })
})

const offer = (page: Page) => page.getByText('新版本已就绪')
const isSameVisit = (page: Page): Promise<boolean> => page.evaluate(() => globalThis.sameVisit === true)
const buildOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('meta[name=build]')?.getAttribute('content') ?? 'first')

/** The next release: another shell, hence another service worker. */
function serveNextBuild(door: Door, name = 'second'): void {
  door.replace('/index.html', (html) => html.replace('<title>', `<meta name="build" content="${name}"><title>`))
  door.replace('/sw.js', (script) => script.replace(/("revision":")[0-9a-f]{32}(","url":"index.html")/, `$1${name}$2`))
}

/** As when the person comes back to the app; resolves once the newer build is installed. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await new Promise<void>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const found = registration.installing
        found?.addEventListener('statechange', () => found.state === 'installed' && resolve())
      })
      document.dispatchEvent(new Event('visibilitychange'))
    })
  })
}

async function startEditing(page: Page, phone: string) {
  await page
    .getByRole('link', { name: '修改' })
    .or(page.getByRole('button', { name: '修改' }))
    .first()
    .click()
  const field = page.getByLabel('联系电话', { exact: true }).first()
  await field.fill(phone)
  return field
}
