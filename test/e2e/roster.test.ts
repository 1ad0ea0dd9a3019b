import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { openDevice, sizes, startRelay, type Device, type Relay } from './stage.ts'

describe('the doors of a building', () => {
  let relay: Relay
  let helper: Device

  beforeAll(async () => {
    relay = await startRelay()
    helper = await openDevice('tablet')
    await signIn(helper, relay.url, '孙悦')
    await helper.page.getByRole('heading', { name: '该敲门了' }).waitFor({ timeout: 60_000 })
    await lightSays(helper.page, /已同步/)
    await helper.offline()
    await openPath(helper.page, '/')
  })
  afterAll(async () => {
    await helper?.close()
    await relay?.close()
  })

  it('[NOTE11] with no network a volunteer notes a knock at a due door in three taps, and the door is due no more', async () => {
    const { page } = helper
    const due = page.locator('section').filter({ has: page.getByRole('heading', { name: '该敲门了' }) })
    const first = due.getByRole('link').first()
    const href = (await first.getAttribute('href')) ?? ''
    await first.click()
    await page.getByRole('button', { name: '见到' }).click()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已保存在本机').first().waitFor()
    await page.getByRole('radio', { name: '门户' }).waitFor()
    expect(await page.locator(`main section a[href="${href}"]`).count()).toBe(1)
    await moveTo(page, '/')
    await page.getByRole('heading', { name: '该敲门了' }).waitFor()
    expect(await page.locator(`main a[href="${href}"]`).count()).toBe(0)
  })

  it('[NOTE10] 笔记 shows the doors by entrance and floor, with masked names and the last knock', async () => {
    const { page } = helper
    await page.getByRole('navigation').getByRole('link', { name: '笔记' }).click()
    await page.getByRole('heading', { name: '1单元' }).waitFor()
    const tiles = page.locator('main li a[href*="/notes/add/knock?"]')
    const texts = await tiles.allTextContents()
    expect(texts.length).toBeGreaterThan(20)
    expect(texts.some((text) => /^\d+.*[\u4e00-\u9fff]\*+.*\d 人/.test(text))).toBe(true)
    expect(texts.some((text) => /月\d+日 见到$/.test(text))).toBe(true)
    expect((await page.locator('main').textContent()) ?? '').not.toMatch(/1\d{10}/)
  })

  it('[NOTE11] any other door takes four taps from the start of the app, none of them on a key, and is left without a question', async () => {
    const { page } = helper
    await openPath(page, '/')
    await page.getByRole('navigation').getByRole('link', { name: '笔记' }).click()
    const tile = page.locator('main li a[href*="/notes/add/knock?"]').last()
    const door = new URLSearchParams((await tile.getAttribute('href'))?.split('?')[1]).get('door') ?? ''
    await tile.click()
    expect(await page.getByLabel('门牌', { exact: false }).first().inputValue()).toBe(door)
    await page
      .getByRole('link', { name: '返回' })
      .or(page.getByRole('button', { name: '返回' }))
      .first()
      .click()
    await page.getByRole('heading', { name: '1单元' }).waitFor()
    await tile.click()
    await page.getByRole('button', { name: '拒访' }).click()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('heading', { name: '1单元' }).waitFor()
    await expect.poll(() => tile.textContent()).toMatch(/拒访$/)
    await page.getByRole('radio', { name: '记录' }).check()
    await page.getByRole('link', { name: new RegExp(`${door}.*拒访.*待同步`) }).waitFor()
  })

  it('[NOTE12] the doors are free of what axe can find and never scroll sideways, on phone and tablet, in light and in dark', async () => {
    const { page } = helper
    const found: string[] = []
    for (const size of ['phone', 'tablet'] as const) {
      await page.setViewportSize(sizes[size])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        // Structure is the same in the dark; colours are not.
        const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
        for (const address of ['/', '/notes', '/notes?view=list']) {
          await moveTo(page, address)
          const findings = await axeFindings(page, rules)
          found.push(...findings.map((finding) => `${size} ${colorScheme} ${address}: ${finding}`))
          const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
          if (isWide) found.push(`${size} ${address} scrolls sideways`)
        }
      }
    }
    expect(found).toEqual([])
  })

  it('[NOTE10] the grid team finds the due doors of all buildings, and chooses one', async () => {
    const desk = await openDevice('desktop')
    await signIn(desk, relay.url, '林晓燕')
    await lightSays(desk.page, /已同步/)
    await openPath(desk.page, '/notes')
    await desk.page.getByRole('radio', { name: '门户' }).check()
    await desk.page.getByRole('heading', { name: '该敲门了' }).waitFor({ timeout: 60_000 })
    await desk.page
      .getByRole('button', { name: /\d+ 个门/ })
      .first()
      .click()
    await desk.page.getByRole('heading', { name: '1单元' }).waitFor()
    await desk.close()
  })
})
