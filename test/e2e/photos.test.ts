/** Photos beside a report, a step and a facility: taken with no network, and seen by whoever reads the ticket or the ledger. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { isKept, lightSays, moveTo, openPath, signIn } from './flows.ts'
import { fieldLine, tap, told } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('photos', () => {
  let relay: Relay
  let phone: Device
  let desk: Device
  let ticket = ''

  beforeAll(async () => {
    relay = await startRelay()
    ;[phone, desk] = await Promise.all([openDevice('phone'), openDevice('desktop')])
    await signIn(phone, relay.url, '林晓燕')
    await signIn(desk, relay.url, '周建平')
    await Promise.all([phone, desk].map(({ page }) => lightSays(page, '已同步')))
  })
  afterAll(async () => {
    await Promise.all([phone?.close(), desk?.close()])
    await relay?.close()
  })

  /** A picture of 2,400 × 1,200 with something of a camera's in it, as a phone takes it. */
  const picture = (): Promise<Buffer> =>
    phone.page
      .evaluate(async () => {
        const canvas = new OffscreenCanvas(2400, 1200)
        const context = canvas.getContext('2d')
        for (let x = 0; x < 24; x++) {
          if (context) context.fillStyle = `hsl(${x * 15} 60% ${30 + x}%)`
          context?.fillRect(x * 100, 0, 100, 1200)
        }
        const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
        return [...new Uint8Array(await blob.arrayBuffer())]
      })
      .then((bytes) => {
        const comment = Buffer.from('GPSMARKER-39.9-116.4')
        const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
        return Buffer.concat([Buffer.from(bytes.slice(0, 2)), head, comment, Buffer.from(bytes.slice(2))])
      })

  it('[PHOTO1] photos taken with no network are on the device before the report is, go with it, and outlive the page', async () => {
    const { page } = phone
    await openPath(page, '/tickets/new')
    await phone.offline()
    await page.getByPlaceholder('如：3单元路灯不亮').fill('楼道堆放杂物')
    await page.getByLabel('具体位置').fill('三单元门口')
    const file = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await picture() }
    await page.locator('input[type=file]').setInputFiles([file, file])
    await expect.poll(() => page.getByRole('img', { name: /^照片 \d$/ }).count(), { timeout: 20_000 }).toBe(2)

    await expect.poll(() => isKept(page, 'member01', '/1"]'), { timeout: 20_000 }).toBe(true)
    await page.reload()
    await expect.poll(() => page.getByRole('img', { name: /^照片 \d$/ }).count(), { timeout: 20_000 }).toBe(2)
    await page.getByRole('button', { name: '去掉照片 2' }).click()
    await expect.poll(() => page.getByRole('img', { name: /^照片 \d$/ }).count(), { timeout: 20_000 }).toBe(1)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: /^(提交|上报|仍要)/ }).click()
    await page.waitForURL(/\/tickets\/(?!new$)[^/]+$/)
    ticket = new URL(page.url()).pathname
    await page.getByRole('img', { name: '照片 1' }).waitFor()
    await page
      .locator('header')
      .getByRole('button', { name: /待同步/ })
      .click()
    await page.getByText(/2 张照片/).waitFor()
    await page.keyboard.press('Escape')

    // What is remembered is shown at once, and the photo with it, before the documents are open.
    await expect
      .poll(() => isKept(page, 'member01', ticket.slice('/tickets/'.length), 'kept/view/'), { timeout: 40_000 })
      .toBe(true)
    await page.reload()
    await page.getByRole('img', { name: '照片 1' }).waitFor()
    await lightSays(page, /待同步/)
    await phone.online()
    await lightSays(page, '已同步')
  })

  it('[PHOTO2] whoever reads the ticket sees its photos, smaller than taken and with nothing of the camera in them', async () => {
    const { page } = desk
    await openPath(page, ticket)
    const thumb = page.getByRole('button', { name: '照片 1' })
    await thumb.click()
    const large = page.getByRole('dialog').getByRole('img')
    await large.waitFor()
    expect(await large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1600)
    const stored = readdirSync(relay.data).map((name) => readFileSync(join(relay.data, name)).includes('GPSMARKER'))
    expect(stored).not.toContain(true)
    expect(await axeFindings(page)).toEqual([])
  })

  it('[PHOTO3] a photo shown with a step stands in its line, also after a restart with no network', async () => {
    const { page } = desk
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '更多操作' }).click()
    await page.getByRole('button', { name: '补充证据' }).click()
    const form = page.getByRole('dialog')
    const file = { name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: await picture() }
    await form.locator('input[type=file]').setInputFiles(file)
    await form.getByRole('img', { name: '照片 1' }).waitFor()
    await form.getByRole('button', { name: '补充证据', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await lightSays(page, '已同步')
    await desk.offline()
    await page.reload()
    await expect.poll(() => page.getByRole('button', { name: '照片 1' }).count(), { timeout: 20_000 }).toBe(2)
    await desk.online()
  })

  /** Waits until so many photos can be seen, in a form or on a page. */
  const seen = (page: Page, count: number): Promise<void> =>
    expect.poll(() => page.getByRole('img', { name: /^照片 \d$/ }).count(), { timeout: 20_000 }).toBe(count)
  const choose = async (page: Page, name: string): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer: await picture() })
  let facility = ''

  it('[PHOTO5] a photo of a facility is taken with no network, outlives the page with its form, and is seen by a colleague', async () => {
    const { page } = phone
    await lightSays(desk.page, '已同步')
    await openPath(page, '/ledger/facilities')
    const first = page.locator('main a[href*="/ledger/facility/"]').first()
    await first.waitFor()
    facility = (await first.getAttribute('href')) ?? ''
    await phone.offline()
    const form = facility.replace('facility', 'edit')
    await moveTo(page, form)
    await choose(page, 'IMG_3.jpg')
    await seen(page, 1)
    expect(await axeFindings(page)).toEqual([])
    await expect.poll(() => isKept(page, 'member01', '/0"]'), { timeout: 20_000 }).toBe(true)
    await page.reload()
    await seen(page, 1)
    await tap(page, '保存')
    await page.waitForURL((url) => url.pathname === facility)
    await fieldLine(page, '照片').getByRole('img', { name: '照片 1' }).waitFor()
    await lightSays(page, /待同步/)
    await page.reload()
    await seen(page, 1)
    await phone.online()
    await lightSays(page, '已同步')

    await openPath(desk.page, facility)
    await desk.page.getByRole('button', { name: '照片 1' }).click()
    const large = desk.page.getByRole('dialog').getByRole('img')
    await large.waitFor()
    expect(await large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1600)
    expect(await axeFindings(desk.page)).toEqual([])
    await desk.page.keyboard.press('Escape')
  })

  it('[PHOTO7] photos that two people add at once stand beside each other, and one tap keeps them all', async () => {
    const form = facility.replace('facility', 'edit')
    await Promise.all([phone.offline(), desk.offline()])
    for (const { page } of [phone, desk]) {
      await moveTo(page, form)
      await seen(page, 1)
      await choose(page, 'IMG_4.jpg')
      await seen(page, 2)
      await tap(page, '保存')
      await page.waitForURL((url) => url.pathname === facility)
    }
    await Promise.all([phone.online(), desk.online()])
    await Promise.all([phone, desk].map(({ page }) => lightSays(page, '已同步')))
    const { page } = desk
    await moveTo(page, '/conflicts')
    const card = page.getByRole('region', { name: '照片' })
    await expect.poll(() => card.getByText('2 张照片', { exact: true }).count(), { timeout: 20_000 }).toBe(2)
    await expect.poll(() => card.getByRole('img', { name: /^照片 \d$/ }).count(), { timeout: 20_000 }).toBe(4)
    expect(await axeFindings(page)).toEqual([])
    await tap(page, '合在一起（3 张）')
    await told(page, '已处理：照片')
    await moveTo(page, facility)
    await seen(page, 3)
    await tap(page, '变更记录')
    await page.getByRole('dialog').getByText('3 张照片').first().waitFor()
    await moveTo(phone.page, facility)
    await seen(phone.page, 3)
  })
})
