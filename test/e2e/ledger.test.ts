import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, moveTo, signIn } from './flows.ts'
import { deleteRecord, edit, fieldLine, registerHousehold, search, tap, told, undo } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const newcomer = {
  name: '诸葛清岚',
  door: '9901',
  phone: '19900004321',
  birthDate: '1987-06-05',
  idNo: '990101198706050024',
}

describe('台账', () => {
  let relay: Relay
  let lin: Device
  let zhou: Device
  let page: Page
  /** Of the first building. */
  let building = ''
  let homes: readonly string[] = []
  /** Of the household that is registered here, and of its head. */
  let home = ''
  let head = ''

  beforeAll(async () => {
    relay = await startRelay()
    ;[lin, zhou] = await Promise.all([openDevice('phone'), openDevice('phone')])
    ;({ page } = lin)
    await Promise.all([signIn(lin, relay.url, '林晓燕'), signIn(zhou, relay.url, '周建平')])
  })
  afterAll(async () => {
    await Promise.all([lin?.close(), zhou?.close()])
    await relay?.close()
  })

  it('[LED22] a household opens in three taps from the start of the app', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '台账' }).click()
    await page.locator('main a[href*="/ledger/building/"]').first().click()
    const doors = page.locator('main a[href*="/ledger/household/"]')
    await doors.first().waitFor()
    building = page.url().split('/').at(-1) ?? ''
    homes = await doors.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    await doors.first().click()
    await page.getByText('家庭成员').waitFor()
    expect(new URL(page.url()).pathname).toBe(homes[0])
  })

  it('[LED4] each coverage ring has its part and whole beside it and shows the share rounded down', async () => {
    await moveTo(page, '/ledger')
    const rings = page.locator('main figure')
    const told = await rings.evaluateAll((figures) =>
      figures.map((figure) => [
        figure.querySelector('text')?.textContent ?? '',
        figure.querySelector('figcaption')?.textContent ?? '',
      ]),
    )
    expect(told).toHaveLength(3)
    for (const [share, caption = ''] of told) {
      const [, part = Number.NaN, whole = Number.NaN] = (/(\d+) \/ (\d+)/.exec(caption) ?? []).map(Number)
      expect(`${share} ${caption}`).toBe(`${whole === 0 ? '–' : `${Math.floor((part / whole) * 100)}%`} ${caption}`)
    }
  })

  it('[LED24] door, household and head are registered by one tap and reach the other device', async () => {
    await registerHousehold(page, building, newcomer)
    await told(page, '已保存在本机')
    await page.getByRole('heading', { level: 1, name: /9901/ }).waitFor()
    home = new URL(page.url()).pathname
    const row = page.locator('main a[href*="/ledger/person/"]', { hasText: newcomer.name })
    expect(await row.textContent()).toContain('户主')
    head = (await row.getAttribute('href')) ?? ''
    await moveTo(zhou.page, home)
    await zhou.page.locator('main a[href*="/ledger/person/"]', { hasText: newcomer.name }).waitFor()
  })

  it('[LED24] a registration that is refused for one of the three leaves none of them', async () => {
    await registerHousehold(page, building, { ...newcomer, name: '诸葛明', door: '9909' })
    await page.getByRole('alert').getByText('已有同样的记录').waitFor()
    await page.getByRole('link', { name: '取消' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '放弃修改' }).click()
    await page.getByLabel('搜索台账').or(page.locator('main a[href*="/ledger/household/"]')).first().waitFor()
    await search(page, '9909')
    await page.getByText('没有找到').waitFor()
  })

  it('[LED5] search finds a person by the initials of the name and by the end of the telephone, and a household by its door', async () => {
    for (const [typed, marked] of [
      ['zgql', newcomer.name],
      ['4321', '4321'],
    ] as const) {
      const found = (await search(page, typed)).filter({ hasText: newcomer.name })
      await found.first().waitFor()
      expect(await found.first().locator('mark').textContent()).toBe(marked)
      expect(await found.first().getAttribute('href')).toBe(head)
    }
    await search(page, '9-9901')
    await page.locator(`main a[href="${home}"]:visible`).waitFor()
  })

  it('[LED18] a record edited with no network carries 待同步 until the relay has it', async () => {
    await lin.offline()
    await edit(page, home, '联系电话', '19900005555')
    await page.getByRole('main').getByText('待同步', { exact: true }).waitFor()
    await lin.online()
    await page.getByRole('main').getByText('待同步', { exact: true }).waitFor({ state: 'detached' })
    await moveTo(zhou.page, home)
    await zhou.page.getByLabel('拨打 19900005555').waitFor()
  })

  it('[LED30] a telephone changed through the form is taken back by the message that confirms it', async () => {
    await edit(page, home, '联系电话', '19900006666')
    await page.getByLabel('拨打 19900006666').waitFor()
    await undo(page)
    await page.getByLabel('拨打 19900005555').waitFor()
  })

  it('[LED33] the telephone stands on the page of a household and of a person in digits', async () => {
    await moveTo(page, home)
    expect(await page.getByLabel('拨打 19900005555').innerText()).toBe('19900005555')
    await moveTo(page, head)
    expect(await page.getByLabel(`拨打 ${newcomer.phone}`).innerText()).toBe(newcomer.phone)
  })

  it('[LED35] a page names what its record is still asked for, and has no such line where nothing is', async () => {
    await moveTo(page, home)
    await page.getByRole('main').getByText('还缺：人户一致', { exact: true }).waitFor()
    await moveTo(page, head)
    await page.getByLabel(`拨打 ${newcomer.phone}`).waitFor()
    expect(await page.getByRole('main').getByText('还缺：').count()).toBe(0)
  })

  it('[LED31] 找住户 leads into the search box, and coming back from a result finds the search as it was', async () => {
    await moveTo(page, '/')
    await page.getByRole('main').getByRole('link', { name: '找住户' }).click()
    await page.locator('input[aria-label="搜索台账"]:focus').waitFor()
    await page.keyboard.type('zgql')
    await page.locator(`main a[href="${head}"]:visible`).click()
    await page.getByRole('heading', { level: 1, name: newcomer.name }).waitFor()
    await page.goBack()
    await page.locator(`main a[href="${head}"]:visible`).waitFor()
    expect(await page.getByLabel('搜索台账').inputValue()).toBe('zgql')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
  })

  it('[LED7] 未变化 confirms the household with one tap and is taken back from its message', async () => {
    await moveTo(page, homes[1] ?? '')
    const confirmed = page.getByText(/上次确认/)
    const before = await confirmed.textContent()
    expect(before).not.toContain('今天')
    await tap(page, '未变化')
    await page.getByText(/上次确认 今天/).waitFor()
    await told(page, '已确认未变化，已保存在本机')
    await undo(page)
    await page.getByText(before ?? '', { exact: true }).waitFor()
  })

  it('[LED36] 重做 brings again what was taken back, and so does Ctrl+Shift+Z, until something else is edited', async () => {
    await moveTo(page, homes[1] ?? '')
    const confirmed = page.getByText(/上次确认/)
    const before = (await confirmed.textContent()) ?? ''
    const isBack = () => page.getByText(before, { exact: true }).waitFor()
    const isAgain = () => page.getByText(/上次确认 今天/).waitFor()
    await tap(page, '未变化')
    await isAgain()
    await undo(page)
    await isBack()
    await page.getByRole('status').getByRole('button', { name: '重做' }).last().click()
    await told(page, '已重做')
    await isAgain()
    await undo(page)
    await isBack()
    await page.keyboard.press('Control+Shift+Z')
    await isAgain()
    await undo(page)
    await isBack()
    await edit(page, homes[4] ?? '', '联系电话', '19900006666')
    await moveTo(page, homes[1] ?? '')
    await page.keyboard.press('Control+y')
    await isBack()
  })

  it('[APP22] a device that is renamed on 我的 bears its new name in the history of what is changed from then on', async () => {
    await moveTo(page, '/me')
    await tap(page, /设备名称/)
    await page.getByRole('textbox', { name: '设备名称' }).fill('值班室平板')
    await tap(page, '保存')
    await told(page, '设备名称已改为')
    await page.getByRole('button', { name: /设备名称.*值班室平板/ }).waitFor()
    await edit(page, homes[4] ?? '', '联系电话', '19900006667')
    await lightSays(page, /已同步/)
    await moveTo(zhou.page, homes[4] ?? '')
    await zhou.page.getByLabel('拨打 19900006667').waitFor()
    await tap(zhou.page, '变更记录')
    const newest = zhou.page.getByRole('dialog').getByRole('listitem').first()
    await newest.getByText(/林晓燕.*值班室平板/).waitFor()
    await zhou.page.keyboard.press('Escape')
  })

  it('[LED8] where the device cannot store an edit, no message says it is saved', async () => {
    await moveTo(zhou.page, homes[2] ?? '')
    await zhou.page.evaluate(() => {
      const real = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no space left', 'QuotaExceededError')
      }
      Object.assign(globalThis, { mend: () => (IDBObjectStore.prototype.put = real) })
    })
    await tap(zhou.page, '未变化')
    await told(zhou.page, '没能保存在本机')
    await lightSays(zhou.page, '未保存')
    expect(await zhou.page.getByText('已确认未变化，已保存在本机').count()).toBe(0)
    await zhou.page.evaluate(() => (globalThis as unknown as { mend: () => void }).mend())
    await tap(zhou.page, /同步状态/)
    await tap(zhou.page, '立即同步')
    await zhou.page.keyboard.press('Escape')
    await lightSays(zhou.page, '已同步')
  })

  it('[LED19] those who look at the same record are named on it, and so is who is changing it', async () => {
    await moveTo(page, home)
    await moveTo(zhou.page, home)
    await page.getByText('周建平 也在看').waitFor()
    await zhou.page.getByText('林晓燕 也在看').waitFor()
    await zhou.page.getByRole('link', { name: '修改' }).click()
    await page.getByText('周建平 正在修改').waitFor()
    await moveTo(zhou.page, '/ledger')
    await page.getByText(/周建平/).waitFor({ state: 'detached' })
  })

  it('[LED28] a person who moved out stays listed apart, with day and destination, and comes back with one tap', async () => {
    const person = await lastPersonOf(page, homes[3] ?? '')
    await moveTo(page, person)
    await tap(page, '迁出')
    await page.getByLabel('迁往地').fill('演示县')
    await tap(page, '确定')
    await told(page, /已标为迁出/)
    await page.getByText('已迁出', { exact: true }).waitFor()
    expect(await fieldLine(page, '迁往地').textContent()).toBe('演示县')
    await moveTo(page, homes[3] ?? '')
    await page.locator('section', { hasText: '已迁出或死亡' }).locator(`a[href="${person}"]`).waitFor()
    await moveTo(page, person)
    await tap(page, '恢复在册')
    await page.getByText('已迁出', { exact: true }).waitFor({ state: 'detached' })
  })

  it('[LED16] two records of one person are merged after both were compared, and the other goes to 回收站', async () => {
    await registerHousehold(page, building, { ...newcomer, door: '9902', phone: '19900008888', idNo: '' })
    await page.getByRole('heading', { level: 1, name: /9902/ }).waitFor()
    const second = new URL(page.url()).pathname
    await moveTo(page, head)
    await page.getByRole('link', { name: '合并重复' }).click()
    await page.getByRole('button', { name: /诸葛清岚.*9902/ }).click()
    await page.getByText('第二步').waitFor()
    const phones = page.getByRole('group', { name: '联系方式' })
    await phones.getByText(/8888/).click()
    await tap(page, '合并')
    await told(page, '已合并，另一条在回收站')
    await page.getByLabel('拨打 19900008888').waitFor()
    await moveTo(page, second)
    await page.getByText('户主未登记').waitFor()
    await moveTo(page, '/trash')
    await page.getByText(newcomer.name).waitFor()
    homes = [...homes, second]
  })

  it('[LED17] a deletion is undone from the message that tells of it', async () => {
    const second = homes.at(-1) ?? ''
    await moveTo(page, second)
    await deleteRecord(page)
    await told(page, '已删除，在回收站里可以恢复')
    expect(new URL(page.url()).pathname).toBe(`/ledger/building/${building}`)
    await undo(page)
    await page.locator(`main a[href="${second}"]`).waitFor()
  })

  it('[APP18] 回收站 lists what was deleted, newest first, and one tap restores it on every device', async () => {
    const second = homes.at(-1) ?? ''
    await moveTo(page, second)
    await deleteRecord(page)
    await told(page, '已删除')
    await moveTo(zhou.page, '/trash')
    const rows = zhou.page.locator('main section').getByText(/删除 · /)
    await rows.nth(1).waitFor()
    const lines = await rows.allTextContents()
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('9902')
    expect(lines[0]).toContain('林晓燕 今天')
    const all = (await zhou.page.getByRole('main').textContent()) ?? ''
    expect(all.indexOf(newcomer.name)).toBeGreaterThan(all.indexOf('9902'))
    await zhou.page.getByRole('button', { name: '恢复' }).first().click()
    await told(zhou.page, /已恢复/)
    await moveTo(page, second)
    await page.getByText('户主未登记').waitFor()
  })

  it('[LED27] a household moves to another door on every device, and the move can be taken back', async () => {
    await moveTo(page, homes.at(-1) ?? '')
    await tap(page, '整户迁居')
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('楼栋').selectOption(building)
    const door = sheet.getByLabel('迁往')
    await door.selectOption((await door.locator('option', { hasText: '9901' }).getAttribute('value')) ?? '')
    await sheet.getByRole('button', { name: '迁到另一处' }).click()
    await told(page, '已迁居，已保存在本机')
    await page.getByRole('heading', { level: 1, name: /9901/ }).waitFor()
    await moveTo(zhou.page, homes.at(-1) ?? '')
    await zhou.page.getByRole('heading', { level: 1, name: /9901/ }).waitFor()
    await undo(page)
    await zhou.page.getByRole('heading', { level: 1, name: /9902/ }).waitFor()
  })

  it('[LED29] 变更记录 says who changed what, when and on which device', async () => {
    await edit(zhou.page, home, '联系电话', '19900006666')
    await moveTo(page, home)
    await page.getByLabel('拨打 19900006666').waitFor()
    await tap(page, '变更记录')
    const newest = page.getByRole('dialog').getByRole('listitem').first()
    const text = await newest.textContent()
    for (const part of ['联系电话', '19900005555', '19900006666', '今天', '周建平', 'Linux'])
      expect(text).toContain(part)
    const oldest = await page.getByRole('dialog').getByRole('listitem').last().textContent()
    expect(oldest).toMatch(/登记.*我/)
  })

  it('[LED26] what the roles of a person do not allow is not offered', async () => {
    const acts = async (at: Page): Promise<readonly string[]> => {
      const found: string[] = []
      for (const place of ['/ledger', `/ledger/building/${building}`, home, head]) {
        await moveTo(at, place)
        const names = [
          '未变化',
          '修改',
          '合并重复',
          '整户迁居',
          '转到另一户',
          '添加成员',
          '迁出',
          '登记楼栋',
          '登记一户',
          '登记房屋',
        ]
        const offered = await at.locator('main :is(a, button)').allTextContents()
        found.push(
          ...names.filter((name) => offered.some((text) => text.trim() === name)),
          ...offered.filter((text) => text.includes('删除这条')),
        )
      }
      return [...new Set(found)]
    }
    expect((await acts(page)).length).toBeGreaterThanOrEqual(10)
    await moveTo(zhou.page, '/me')
    await tap(zhou.page, '退出登录')
    await zhou.page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await zhou.page.getByRole('button', { name: '韩磊' }).click()
    await lightSays(zhou.page, /已同步/)
    expect(await acts(zhou.page)).toEqual([])
    await zhou.page.getByRole('button', { name: '变更记录' }).waitFor()
  })
})

async function lastPersonOf(page: Page, home: string): Promise<string> {
  await moveTo(page, home)
  const people = page.locator('main a[href*="/ledger/person/"]')
  await people.first().waitFor()
  return (await people.last().getAttribute('href')) ?? ''
}
