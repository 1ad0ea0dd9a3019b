/** Who reported a ticket: asked for where it may be written down, shown where it may be read, and on no other device. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { told } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'
import { traceOf, type Traces } from './traces.ts'

const title = '小广场路灯不亮'
const phone = '13912345678'

describe('反映人', () => {
  let relay: Relay
  let lin: Device
  let zhou: Device
  let wang: Device
  let luo: Device
  let traces: readonly Traces[] = []
  let ticket = ''

  beforeAll(async () => {
    relay = await startRelay()
    ;[lin, zhou, wang, luo] = await Promise.all([
      openDevice('phone'),
      openDevice('desktop'),
      openDevice('phone'),
      openDevice('phone'),
    ])
    traces = [lin, wang, luo].map(({ page }) => traceOf(page))
    await signIn(lin, relay.url, '林晓燕')
    await signIn(zhou, relay.url, '周建平')
    await signIn(wang, relay.url, '王桂兰')
    await signIn(luo, relay.url, '罗伟')
    for (const { page } of [lin, zhou, wang, luo]) await lightSays(page, /已同步/)
  })
  afterAll(async () => {
    await Promise.all([lin, zhou, wang, luo].map((device) => device?.close()))
    await relay?.close()
  })

  const fact = (page: Page) => page.locator('dl > div').filter({ has: page.locator('dt', { hasText: /^反映人$/ }) })
  const openForm = async (page: Page): Promise<void> => {
    await openPath(page, '/tickets/new')
    await page.getByLabel('发生了什么').fill(title)
    await page.getByLabel('楼栋', { exact: true }).last().selectOption('')
    await page.getByLabel('具体位置').fill('小广场东侧')
    await page.getByRole('button', { name: '更多' }).or(page.locator('[aria-expanded]')).last().click()
  }
  const send = async (page: Page): Promise<string> => {
    await tapReport(page)
    await page.waitForURL(/\/tickets\/(?!new)[^/]+$/)
    return new URL(page.url()).pathname
  }

  it('[TKA27] a grid member writes it down with the report, and the leader reads it on the ticket and finds the ticket by it', async () => {
    const { page } = lin
    await openForm(page)
    await page.getByLabel('反映人', { exact: true }).fill('欧阳秋月')
    await page.getByLabel('反映人电话').fill('1391234567')
    await tapReport(page)
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('反映人电话').fill(phone)
    ticket = await send(page)
    await expect.poll(() => fact(page).textContent()).toContain('欧阳秋月')
    await lightSays(page, /已同步/)
    await moveTo(zhou.page, ticket)
    await expect.poll(() => fact(zhou.page).textContent()).toContain(phone)
    await moveTo(zhou.page, '/tickets?tab=open&q=5678')
    await zhou.page.locator('main a', { hasText: title }).first().waitFor()
  })

  it('[ROLE8] the ticket reaches a part-time member and a department, who wrote it is nowhere on their devices', async () => {
    const texts = [phone, '欧阳秋月']
    const none = { [phone]: 0, 欧阳秋月: 0 }
    for (const [index, { page }] of [lin, wang, luo].entries()) {
      await moveTo(page, ticket)
      await page.getByRole('heading', { name: title }).first().waitFor()
      expect(await fact(page).count()).toBe(index === 0 ? 1 : 0)
      await lightSays(page, /已同步/)
      const found = { exchanged: traces[index]?.exchanged(texts), stored: await traces[index]?.stored(texts) }
      // The same search finds them where they may be, so that nothing found means nothing there.
      if (index > 0) expect(found).toEqual({ exchanged: none, stored: none })
      else for (const where of [found.exchanged, found.stored]) expect(where).not.toMatchObject({ [phone]: 0 })
      expect((await traces[index]?.stored([title]))?.[title]).toBeGreaterThan(0)
    }
  })

  it('[TKA27] a part-time member is told who writes it down; a leader does so on the ticket', async () => {
    const { page } = wang
    await openForm(page)
    expect(await page.getByLabel('反映人电话').count()).toBe(0)
    await page.getByText('反映人联系方式由网格员登记').waitFor()
    const other = await send(page)
    await lightSays(page, /已同步/)
    await moveTo(zhou.page, other)
    await zhou.page.getByRole('button', { name: '登记反映人' }).click()
    const dialog = zhou.page.getByRole('dialog')
    await dialog.getByLabel('反映人电话').fill('139')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('反映人电话').fill('13611112222')
    await dialog.getByRole('button', { name: '保存' }).click()
    await told(zhou.page, '已登记反映人')
    expect(await fact(zhou.page).textContent()).toContain('13611112222')
  })
})

async function tapReport(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(仍要)?.*上报$/ })
    .last()
    .click()
}
