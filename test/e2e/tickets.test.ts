import { transitions } from '@tongge/model'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { account, actorOf } from '../../packages/model/src/testing/fixture.ts'
import { isKept, lightSays, moveTo, openPath, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'
import { thumbOf } from './thumb.ts'
import { timelineOf as timeline, walk, type Person, type Way } from './ticket-walk.ts'

/** Reports by title and place alone, as somebody in a hurry would, and gives the address of the ticket. */
async function report(page: Page, title: string, place: string): Promise<string> {
  await openPath(page, '/tickets/new')
  await page.getByLabel('发生了什么').fill(title)
  await page.getByLabel('楼栋', { exact: true }).last().selectOption('')
  await page.getByLabel('具体位置').fill(place)
  await page
    .locator('main')
    .getByRole('button', { name: '上报', exact: true })
    .or(page.getByRole('button', { name: '上报', exact: true }))
    .last()
    .click()
  await page.getByText('已保存在本机').first().waitFor()
  await page.waitForURL(/\/tickets\/(?!new)[^/]+$/)
  return new URL(page.url()).pathname
}

async function openTicket(page: Page, path: string): Promise<void> {
  await openPath(page, path)
  await page.getByRole('heading', { name: '办理过程' }).waitFor()
}

async function take(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).click()
}

describe('tickets of one grid', () => {
  let relay: Relay
  let phone: Device
  let tablet: Device
  let desk: Device
  let ticket: string

  beforeAll(async () => {
    relay = await startRelay()
    ;[phone, tablet, desk] = await Promise.all([openDevice('phone'), openDevice('tablet'), openDevice('desktop')])
    await Promise.all([
      signIn(phone, relay.url, '林晓燕'),
      signIn(tablet, relay.url, '陈志强'),
      signIn(desk, relay.url, '周建平'),
    ])
    for (const { page } of [phone, tablet, desk]) await lightSays(page, /已同步/)
  })
  afterAll(async () => {
    await Promise.all([phone?.close(), tablet?.close(), desk?.close()])
    await relay?.close()
  })

  it('[TKA30] from 今日 one thumb reports an event in at most six taps and a short sentence, and in two where the building is known', async () => {
    const { page } = phone
    const submit = page.getByRole('button', { name: /^(上报|不是同一件，仍然上报)$/ })
    const saved = async (): Promise<void> => {
      await page.waitForURL(/\/tickets\/(?!new)[^/]+$/)
      await lightSays(page, /已同步/)
    }
    const first = thumbOf(page)
    await first.tap(page.getByRole('main').getByRole('link', { name: '上报' }))
    await first.type('3单元路灯不亮')
    await first.choose(page.getByLabel('楼栋', { exact: true }), { index: 2 })
    await first.tap(submit)
    await saved()
    expect({ ...first.deeds, misses: first.misses }).toEqual({ taps: 4, characters: 7, misses: [] })

    await moveTo(page, '/')
    const second = thumbOf(page)
    await second.tap(page.getByRole('main').getByRole('link', { name: '上报' }))
    await second.type('楼道堆了旧家具')
    await second.tap(submit)
    await saved()
    expect({ ...second.deeds, misses: second.misses }).toEqual({ taps: 2, characters: 7, misses: [] })
  })

  it('[TKA17] a report made with no network is a ticket at once and reaches the others later', async () => {
    await phone.offline()
    ticket = await report(phone.page, '小广场路灯不亮', '小广场东侧')
    await phone.page.locator('main').getByText('待同步').first().waitFor()
    await phone.page.locator('main').getByText('设施报修').first().waitFor()
    await phone.online()
    await lightSays(phone.page, /已同步/)
    await phone.page.locator('main').getByText('待同步').waitFor({ state: 'detached' })
    await openTicket(desk.page, ticket)
    await desk.page.getByRole('heading', { name: '小广场路灯不亮' }).waitFor()
  })

  it('[TKA28] a step of a device whose clock is 25 minutes fast shows both times on every device, once the relay has received it', async () => {
    const fast = await openDevice('phone')
    await fast.context.addInitScript(() => {
      const told = Date.now
      Date.now = () => told() + 25 * 60_000
    })
    await signIn(fast, relay.url, '陈志强')
    await lightSays(fast.page, /已同步/)
    await fast.offline()
    const path = await report(fast.page, '车棚的门坏了', '车棚')
    await openTicket(fast.page, path)
    const told = /设备时间 .*\d\d:\d\d，与接收时间不符，按 \d\d:\d\d 计/
    expect(await timeline(fast.page).getByText(told).count()).toBe(0)
    await fast.online()
    await timeline(fast.page).getByText(told).waitFor()
    await openTicket(desk.page, path)
    await timeline(desk.page).getByText(told).waitFor()
    const fact = (name: string): Promise<string> =>
      desk.page
        .locator('dl > div', { has: desk.page.getByText(name, { exact: true }) })
        .locator('dd')
        .innerText()
    expect(await fact('上报')).toContain(await fact('发现时间'))
    await fast.close()
    await openTicket(desk.page, ticket)
    expect(await timeline(desk.page).getByText(told).count()).toBe(0)
  })

  it('[TKA16] a second report of the same thing is warned of the first, and can be sent all the same', async () => {
    const { page } = phone
    await openPath(page, '/tickets/new')
    await page.getByLabel('发生了什么').fill('小广场的路灯还是不亮')
    await page.getByLabel('楼栋', { exact: true }).last().selectOption('')
    await page.getByLabel('具体位置').fill('小广场东侧')
    await page.getByText('小广场路灯不亮').first().waitFor()
    expect(
      await page
        .getByRole('button', { name: /仍.*上报|^上报$/ })
        .last()
        .isEnabled(),
    ).toBe(true)
    await openTicket(page, ticket)
  })

  it('[TKA15] a report that was being written when the browser ended the tab goes on where it was', async () => {
    await openPath(phone.page, '/tickets/new')
    await phone.page.getByLabel('发生了什么').fill('三楼平台的旧沙发')
    await expect.poll(() => isKept(phone.page, 'member01', '三楼平台的旧沙发')).toBe(true)
    await phone.page.close({ runBeforeUnload: false })
    const page = await phone.context.newPage()
    phone = { ...phone, page }
    await page.goto(`${relay.url}/tickets/new`)
    await page.getByText('接着上次没报完的填').waitFor()
    expect(await page.getByLabel('发生了什么').inputValue()).toBe('三楼平台的旧沙发')
    await page.getByRole('button', { name: '清空' }).click()
    await page.reload()
    await page.getByLabel('发生了什么').waitFor()
    await lightSays(page, /已同步/)
    expect(await page.getByLabel('发生了什么').inputValue()).toBe('')
    await openTicket(page, ticket)
  })

  it('[TKA4] in the list only what is overdue is red', async () => {
    const { page } = desk
    await openPath(page, '/tickets?tab=open')
    await page.locator('main a[href^="/tickets/"]').first().waitFor()
    const red = await page.locator('main a[href^="/tickets/"] [class*="danger"]').allInnerTexts()
    expect(red.length).toBeGreaterThan(0)
    expect(red.filter((text) => !text.includes('超时'))).toEqual([])
    await openTicket(page, ticket)
  })

  it('[TKA5] coming back from a ticket finds the list as it was left', async () => {
    const { page } = tablet
    await openPath(page, '/tickets?tab=done&q=电梯')
    const row = page.locator('main a[href^="/tickets/"]').nth(4)
    const left = await row.getAttribute('href')
    await row.click()
    await page.getByRole('heading', { name: '办理过程' }).waitFor()
    await page.goBack()
    await page.locator(`main a[href="${left}"]`).waitFor()
    expect(decodeURIComponent(new URL(page.url()).search)).toContain('q=电梯')
    expect(await page.getByPlaceholder(/标题/).inputValue()).toBe('电梯')
  })

  it('[TKA6] at a desk the tickets open with a sum of the open ones, and each kind leads to its list', async () => {
    const { page } = desk
    await openPath(page, '/tickets?tab=open')
    const sum = page.getByRole('region', { name: '全网格事件' })
    const parts = (await sum.getByRole('list', { name: '办理期限' }).innerText()).match(/\d+$/gm) ?? []
    const [all] = /\d+/.exec(await page.getByText(/^共 \d+ 件$/).innerText()) ?? []
    expect(parts.map(Number).reduce((a, b) => a + b, 0)).toBe(Number(all))
    const kind = sum.getByRole('link', { name: /^设施/ })
    const [count] = /\d+$/.exec(await kind.innerText()) ?? []
    await kind.click()
    await page.getByText(`共 ${count} 件`, { exact: true }).waitFor()
    await openTicket(page, ticket)
  })

  it('[TKA23] by keyboard, Tab and Escape go on working in the sheet when its form takes the place of the list', async () => {
    const { page } = desk
    await page.getByRole('button', { name: '更多操作' }).press('Enter')
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: /^补充证据/ }).press('Enter')
    await sheet.getByRole('textbox').waitFor()
    await page.keyboard.press('Tab')
    expect(await sheet.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })

  it('[TKA23] the leader dispatches at the desk, the member starts and finishes on the phone', async () => {
    await take(desk.page, '受理')
    await take(desk.page, '分派')
    const form = desk.page.getByRole('dialog')
    await form.getByRole('button', { name: '分派', exact: true }).click()
    await form.getByText('请填写').waitFor()
    await form.getByLabel('承办人').selectOption({ label: '林晓燕 · 网格员' })
    await form.getByRole('button', { name: '分派', exact: true }).click()
    await form.waitFor({ state: 'detached' })

    await take(phone.page, '开始处置')
    await take(phone.page, '处置完成')
    const result = phone.page.getByRole('dialog')
    await result.getByLabel('处置结果').fill('已更换灯泡')
    await result.getByRole('button', { name: '处置完成', exact: true }).click()
    await result.waitFor({ state: 'detached' })

    await desk.page.getByText('已更换灯泡').waitFor()
    await desk.page.getByRole('button', { name: '核查通过', exact: true }).waitFor()
    expect(await timeline(desk.page).locator('strong').allTextContents()).toEqual([
      '处置完成',
      '开始处置',
      '分派',
      '受理',
      '上报',
    ])
  })

  it('[TKA20] two members accept with no network: the earlier is 首问人, and both are shown', async () => {
    const path = await report(desk.page, '东门井盖松动', '社区东门')
    await lightSays(desk.page, /已同步/)
    await openTicket(phone.page, path)
    await openTicket(tablet.page, path)
    await phone.offline()
    await tablet.offline()
    for (const { page } of [phone, tablet]) {
      await take(page, '受理')
      await page.getByText('首问人').first().waitFor()
    }
    // The later one reaches the relay first.
    for (const device of [tablet, phone]) {
      await device.online()
      await lightSays(device.page, /已同步/)
    }
    await openTicket(desk.page, path)
    const accepted = timeline(desk.page).filter({ hasText: '受理' })
    await accepted.nth(1).waitFor()
    expect(await accepted.nth(0).innerText()).toMatch(/协办[\s\S]*陈志强/)
    expect(await accepted.nth(1).innerText()).toMatch(/首问人[\s\S]*林晓燕/)
    await timeline(tablet.page).filter({ hasText: '协办' }).filter({ hasText: '我' }).waitFor()
  })

  it('[TKA25] words that two people write into one description with no network are both there', async () => {
    for (const device of [phone, desk]) {
      await openTicket(device.page, ticket)
      await device.offline()
    }
    await phone.page.getByLabel('情况描述').pressSequentially('手机写的。')
    await desk.page.getByLabel('情况描述').pressSequentially('电脑写的。')
    await phone.online()
    await desk.online()
    for (const { page } of [phone, desk]) {
      await lightSays(page, /已同步/)
      await page.waitForFunction(() => {
        const text = document.querySelector('textarea')?.value ?? ''
        return text.includes('手机写的。') && text.includes('电脑写的。')
      })
    }
  })

  it('[TKA29] at every state on its way each person is offered exactly what the state machine allows, and every step can be taken', async () => {
    const office = await openDevice('desktop')
    onTestFinished(() => office.close())
    await signIn(office, relay.url, '许文静')
    const lin: Person = { page: phone.page, actor: actorOf('member01', 'gridMember') }
    const chen: Person = { page: tablet.page, actor: actorOf('member02', 'gridMember') }
    const zhou: Person = { page: desk.page, actor: actorOf('leader01', 'gridLeader') }
    const xu: Person = { page: office.page, actor: actorOf('community01', 'community') }
    const everybody = [lin, chen, zhou, xu]
    const openForAll = async (path: string): Promise<void> => {
      await Promise.all(everybody.map(({ page }) => openTicket(page, path)))
    }
    const give = (to: string) => ({
      fill: (form: Locator) => form.getByLabel('承办人').selectOption(to),
      carries: { assignee: account(to) },
    })
    const later = { fill: (form: Locator) => form.locator('input[type=datetime-local]').fill(inDays(3)) }
    const way: readonly Way[] = [
      { who: lin, action: 'accept' },
      { who: zhou, action: 'dispatch', ...give('member02') },
      { who: xu, action: 'dispatch', ...give('member01') },
      { who: lin, action: 'return' },
      { who: zhou, action: 'dispatch', ...give('member02') },
      { who: chen, action: 'start' },
      { who: chen, action: 'requestExtension', ...later },
      { who: zhou, action: 'refuseExtension' },
      { who: chen, action: 'requestExtension', ...later },
      { who: xu, action: 'approveExtension' },
      { who: chen, action: 'suspend' },
      { who: zhou, action: 'resume' },
      { who: chen, action: 'escalate' },
      { who: lin, action: 'takeBack' },
      { who: lin, action: 'start' },
      { who: zhou, action: 'finish' },
      { who: xu, action: 'verify' },
      { who: lin, action: 'reopen' },
      { who: chen, action: 'finish' },
      { who: zhou, action: 'verify' },
      { who: lin, action: 'callback', fill: (form) => form.getByRole('button', { name: '满意', exact: true }).click() },
      { who: chen, action: 'evidence' },
    ]
    await openForAll(await report(lin.page, '路口路灯不亮', '北路口'))
    await walk(everybody, lin, way)
    const aside: readonly Way[] = [
      { who: xu, action: 'merge', fill: (form) => form.getByLabel('并入哪张工单').selectOption({ index: 1 }) },
      { who: zhou, action: 'reopen' },
      { who: zhou, action: 'reject' },
      { who: zhou, action: 'reopen' },
      { who: chen, action: 'comment' },
      { who: xu, action: 'accept' },
      { who: xu, action: 'start' },
      { who: xu, action: 'finish' },
      { who: zhou, action: 'verify' },
      { who: xu, action: 'close' },
    ]
    await openForAll(await report(zhou.page, '垃圾没有清运', '南门花坛'))
    await walk(everybody, zhou, aside)
    const taken = new Set([
      'submit',
      'settle',
      ...way.map(({ action }) => action),
      ...aside.map(({ action }) => action),
    ])
    expect(new Set(transitions.map(({ action }) => action as string))).toEqual(taken)
  })
})

/** As an input of day and time holds it, in China. */
function inDays(count: number): string {
  return new Date(Date.now() + count * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 16)
}
