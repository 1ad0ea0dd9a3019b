import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isKept, lightSays, moveTo, openPath, signIn } from './flows.ts'
import { edit, tap, told } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const restored = '接着上次没填完的填'
const idNo = '990101198706050024'

describe('表单草稿', () => {
  let relay: Relay
  let lin: Device
  let zhou: Device
  let page: Page
  let building = ''
  let person = ''

  const typed = async (text: string): Promise<void> =>
    expect.poll(() => isKept(page, 'member01', text), { timeout: 10_000 }).toBe(true)
  /** As when the browser needs the memory: no page hears of it. */
  const loseTab = async (path: string): Promise<void> => {
    await page.close({ runBeforeUnload: false })
    page = await lin.context.newPage()
    await page.goto(relay.url + path)
  }
  const field = (label: string): Locator => page.getByRole('textbox', { name: new RegExp(`^${label}`) })
  const photograph = async (name: string): Promise<void> => {
    const folder = process.env['TONGGE_PHOTOGRAPHS']
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  }

  beforeAll(async () => {
    relay = await startRelay()
    ;[lin, zhou] = await Promise.all([openDevice('phone'), openDevice('phone')])
    ;({ page } = lin)
    await Promise.all([signIn(lin, relay.url, '林晓燕'), signIn(zhou, relay.url, '周建平')])
    await page.getByRole('navigation').getByRole('link', { name: '台账' }).click()
    await page.locator('main a[href*="/ledger/building/"]').first().click()
    const household = page.locator('main a[href*="/ledger/household/"]').first()
    await household.waitFor()
    building = page.url().split('/').at(-1) ?? ''
    await household.click()
    const row = page.locator('main a[href*="/ledger/person/"]').first()
    await row.waitFor()
    person = (await row.getAttribute('href')) ?? ''
  })
  afterAll(async () => {
    await Promise.all([lin?.close(), zhou?.close()])
    await relay?.close()
  })

  it('[LED34] a registration that was being filled in when the browser ended the tab goes on, and is forgotten when it is discarded', async () => {
    const path = `/ledger/add/household?building=${building}`
    await moveTo(page, path)
    await field('门牌').fill('9902')
    await field('姓名').fill('诸葛半途')
    await field('公民身份号码').fill(idNo)
    await typed(idNo)
    await loseTab(path)
    await page.getByText(restored).waitFor()
    expect(await Promise.all(['门牌', '姓名', '公民身份号码'].map((label) => field(label).inputValue()))).toEqual([
      '9902',
      '诸葛半途',
      idNo,
    ])
    await photograph('registration')
    await tap(page, '放弃上次填的')
    await page.getByText(restored).waitFor({ state: 'hidden' })
    expect([await field('门牌').inputValue(), await isKept(page, 'member01', '诸葛半途')]).toEqual(['', false])
    await loseTab(path)
    await field('门牌').waitFor()
    await lightSays(page, /已同步/)
    expect(await page.getByText(restored).count()).toBe(0)
  })

  it('[LED34] a change goes on over the record as others made it meanwhile, and is forgotten once it is saved', async () => {
    const id = person.split('/').at(-1) ?? ''
    const path = `/ledger/edit/${id}`
    await moveTo(page, path)
    await field('联系方式').fill('19900001111')
    await typed('19900001111')
    await page.close({ runBeforeUnload: false })
    await edit(zhou.page, person, '联系方式', '19900002222')
    await lightSays(zhou.page, /已同步/)
    page = await lin.context.newPage()
    await page.goto(relay.url + person)
    await lightSays(page, /已同步/)
    await moveTo(page, path)
    await page.getByText(restored).waitFor()
    await page.getByText('有人刚改成：19900002222').waitFor()
    expect(await field('联系方式').inputValue()).toBe('19900001111')
    await photograph('change')
    await tap(page, '保存')
    await told(page, '已保存在本机')
    await expect.poll(() => isKept(page, 'member01', '19900001111'), { timeout: 10_000 }).toBe(false)
    await loseTab(path)
    await field('联系方式').waitFor()
    await lightSays(page, /已同步/)
    expect([await field('联系方式').inputValue(), await page.getByText(restored).count()]).toEqual(['19900001111', 0])
  })

  it('[NOTE9] a note goes on where the tab ended, and is forgotten when its page is left for good', async () => {
    await moveTo(page, '/notes/add/note')
    await field('内容').fill('三楼堆了旧家具')
    await typed('三楼堆了旧家具')
    await loseTab('/notes/add/note')
    await page.getByText(restored).waitFor()
    expect(await field('内容').inputValue()).toBe('三楼堆了旧家具')
    await photograph('note')
    await page.getByRole('link', { name: '返回' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '放弃修改' }).click()
    await expect.poll(() => isKept(page, 'member01', '三楼堆了旧家具'), { timeout: 10_000 }).toBe(false)
  })

  it('[LED34] what one account began to type is not shown to the next one on the same device', async () => {
    const path = `/ledger/add/household?building=${building}`
    await openPath(page, path)
    await field('姓名').fill('诸葛半途')
    await typed('诸葛半途')
    await loseTab('/me')
    await lightSays(page, /已同步/)
    await tap(page, '退出登录')
    await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '陈志强' }).click()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await lightSays(page, /已同步/)
    await moveTo(page, path)
    await field('姓名').waitFor()
    expect([await field('姓名').inputValue(), await page.getByText(restored).count()]).toEqual(['', 0])
    expect(await isKept(page, 'member02', '诸葛半途')).toBe(false)
  })
})
