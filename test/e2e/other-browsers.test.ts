/**
 * The core path in browsers other than Chromium. They are asked for by TONGGE_BROWSERS=all; without that, or where one is not
 * installed, its tests count as skipped and say why.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDoor, type Door } from './door.ts'
import { firstHousehold, lightSays, openPath, signIn } from './flows.ts'
import { missingFor, otherBrowsers, type OtherBrowser } from './other-browsers.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const isAskedFor = process.env['TONGGE_BROWSERS'] === 'all'
const number = '19900006666'

for (const name of Object.keys(otherBrowsers) as (keyof typeof otherBrowsers)[]) {
  const missing = missingFor(name)
  const reason = isAskedFor ? `needs ${missing.join(' and ')}` : 'runs with TONGGE_BROWSERS=all'
  const skips = !isAskedFor || missing.length > 0

  describe.skipIf(skips)(`${name}${skips ? ` (skipped: ${reason})` : ''}`, () => {
    let relay: Relay
    let door: Door
    let desk: Device
    let browser: OtherBrowser
    let household: string

    beforeAll(async () => {
      relay = await startRelay()
      door = await createDoor(relay.url)
      desk = await openDevice('desktop')
      await signIn(desk, relay.url, '周建平')
      household = await firstHousehold(desk.page)
      browser = await otherBrowsers[name].open()
    })
    afterAll(async () => {
      await browser?.close()
      await desk?.close()
      await door?.close()
      await relay?.close()
    })

    it(`[FAULT6] ${name}: sign in, open a household, edit offline, reload offline, reconnect; the other device sees it`, async () => {
      await browser.goto(door.url)
      await click(browser, 'main button, main [role=button]', '林晓燕')
      await until(browser, `document.querySelector('h1')?.textContent.includes('今日')`)
      await until(browser, lightReads('已同步'))
      await browser.run('await navigator.serviceWorker.ready')
      await browser.goto(new URL(household, door.url).href)
      await until(browser, `document.body.innerText.includes('家庭成员')`)
      await door.shut()
      await click(browser, 'main a, main button', '修改')
      await type(browser, '联系电话', number)
      await click(browser, 'main button', '保存')
      await until(browser, `document.body.innerText.includes('已保存在本机')`)
      await browser.goto(new URL(household, door.url).href)
      await until(browser, `document.querySelector('a[href="tel:${number}"]') !== null`)
      await until(browser, lightReads('待同步'))
      await door.open()
      await until(browser, lightReads('已同步'))
      await lightSays(desk.page, /已同步/)
      await openPath(desk.page, household)
      await desk.page.locator(`a[href="tel:${number}"]`).waitFor()
      expect(await browser.run('return navigator.serviceWorker.controller !== null')).toBe(true)
    })
  })
}

const lightReads = (text: string): string =>
  `[...document.querySelectorAll('header button')].some((one) => one.textContent.includes('${text}'))`

/** The page itself watches for the condition. */
async function until(browser: OtherBrowser, condition: string): Promise<void> {
  const met = await browser.run(
    `for (let left = 300; left > 0; left--) { if (${condition}) return true; await new Promise((resolve) => setTimeout(resolve, 100)) } return document.body.innerText.slice(0, 600)`,
  )
  if (met !== true) throw new Error(`not met within 30 s: ${condition}\n${String(met)}`)
}

async function click(browser: OtherBrowser, selector: string, text: string): Promise<void> {
  const found = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => one.textContent.includes('${text}'))`
  await until(browser, `${found} !== undefined`)
  await browser.run(`${found}.click()`)
}

async function type(browser: OtherBrowser, label: string, text: string): Promise<void> {
  const found = `[...document.querySelectorAll('label')].find((one) => one.textContent.trim() === '${label}')?.control`
  await until(browser, `${found} != null`)
  await browser.run(
    `const field = ${found}; field.focus(); field.select(); document.execCommand('insertText', false, '${text}')`,
  )
}
