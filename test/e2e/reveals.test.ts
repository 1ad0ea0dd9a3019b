/** Looking at sensitive fields: written down on the device before anything is shown, and told to those who oversee it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { fieldLine, registerHousehold, tap } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const newcomer = {
  name: '诸葛清岚',
  door: '9901',
  phone: '19900004321',
  birthDate: '1987-06-05',
  idNo: '990101198706050024',
}
const idNo = '公民身份号码'

describe('敏感信息', () => {
  let relay: Relay
  let lin: Device
  let zhou: Device
  let page: Page
  let person = ''

  beforeAll(async () => {
    relay = await startRelay()
    ;[lin, zhou] = await Promise.all([openDevice('phone'), openDevice('phone')])
    ;({ page } = lin)
    await Promise.all([signIn(lin, relay.url, '林晓燕'), signIn(zhou, relay.url, '周建平')])
    await openPath(page, '/ledger')
    const building = await page.locator('main a[href*="/ledger/building/"]').first().getAttribute('href')
    await registerHousehold(page, building?.split('/').at(-1) ?? '', newcomer)
    const row = page.locator('main a[href*="/ledger/person/"]', { hasText: newcomer.name })
    person = (await row.getAttribute('href')) ?? ''
  })
  afterAll(async () => {
    await Promise.all([lin?.close(), zhou?.close()])
    await relay?.close()
  })

  const shown = (of: Page): Promise<string | null> => fieldLine(of, idNo).textContent()
  const reveal = async (of: Page, reason: string): Promise<void> => {
    await tap(of, '显示')
    await of.getByRole('dialog').getByRole('button', { name: reason }).click()
  }

  it('[REVEAL1] with no network two taps show the number, and the row is on the device after the tab was closed', async () => {
    await lightSays(page, /已同步/)
    await moveTo(page, person)
    expect(await shown(page)).not.toBe(newcomer.idNo)
    await lin.offline()
    await reveal(page, '走访核实')
    await expect.poll(() => shown(page)).toBe(newcomer.idNo)
    await lightSays(page, /待同步/)
    await page.close()
    page = await lin.context.newPage()
    await page.goto(new URL(person, relay.url).href)
    await page.getByRole('heading', { level: 1, name: newcomer.name }).waitFor()
    // Closed again, and the row is there, still waiting for the relay.
    await expect.poll(() => shown(page)).not.toBe(newcomer.idNo)
    await lightSays(page, /待同步/)
    await lin.online()
    await lightSays(page, /已同步/)
  })

  it('[REVEAL3] the leader reads on the page who looked, when and why; a grid member does not', async () => {
    await expect.poll(() => page.getByText('谁查看过').count()).toBe(0)
    await moveTo(zhou.page, person)
    const row = zhou.page.getByRole('button', { name: /谁查看过/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/林晓燕 · .+ · 走访核实/)
    await reveal(zhou.page, '其他')
    const dialog = zhou.page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: '显示' }).isDisabled()).toBe(true)
    await dialog.getByLabel('写明事由').fill('民政核对身份')
    await dialog.getByRole('button', { name: '显示' }).click()
    await expect.poll(() => shown(zhou.page)).toBe(newcomer.idNo)
    await row.click()
    const lines = zhou.page.getByRole('dialog').getByRole('listitem')
    await expect.poll(() => lines.count()).toBe(2)
    expect(await lines.allTextContents()).toEqual([
      expect.stringMatching(/^我\s*民政核对身份/),
      expect.stringMatching(/^林晓燕\s*走访核实/),
    ])
    await zhou.page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  })

  it('[LED9] what was shown is masked again when the page is left, and after a minute out of sight', async () => {
    await moveTo(page, person)
    await reveal(page, '办理业务')
    await expect.poll(() => shown(page)).toBe(newcomer.idNo)
    await hide(page, 59_000)
    expect(await shown(page)).toBe(newcomer.idNo)
    await hide(page, 61_000)
    await expect.poll(() => shown(page)).not.toBe(newcomer.idNo)
    await reveal(page, '应急联系')
    await expect.poll(() => shown(page)).toBe(newcomer.idNo)
    await moveTo(page, '/ledger')
    await moveTo(page, person)
    expect(await shown(page)).not.toBe(newcomer.idNo)
  })

  it('[REVEAL1] a form opens what the record holds with a reason too, and asks for none where it holds nothing', async () => {
    await page.getByRole('link', { name: '修改' }).first().click()
    expect(await page.getByRole('textbox', { name: idNo }).count()).toBe(0)
    await reveal(page, '办理业务')
    expect(await page.getByRole('textbox', { name: idNo }).inputValue()).toBe(newcomer.idNo)
  })
})

/** The page goes out of sight for so long, by its own clock, and comes back. */
async function hide(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((time) => {
    const now = performance.now.bind(performance)
    const turn = (state: string): void => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      document.dispatchEvent(new Event('visibilitychange'))
    }
    turn('hidden')
    performance.now = () => now() + time
    turn('visible')
    performance.now = now
  }, milliseconds)
}
