/** What somebody may not write any more goes to the leader of the grid, who decides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { deleteRecord, edit, tap, told } from './person.ts'
import { openDevice, type Device, type Relay } from './stage.ts'
import { openTeam, reassign, type Team } from './team.ts'

describe('handing over', () => {
  let relay: Relay
  let phone: Device
  let desk: Device
  let home = ''
  let team: Team | undefined

  beforeAll(async () => {
    team = await openTeam()
    ;({ relay, phone, desk, home } = team)
  })
  afterAll(() => team?.close())

  it('[HAND10] a refused edit goes to the leader at one tap and one confirmation, who adopts it under their own name; both see in the history whose it was', async () => {
    const { page } = phone
    await phone.offline()
    await edit(page, home, '联系电话', '19900000002')
    await reassign(relay, 'member01', 'police')
    await phone.online()

    await openPath(page, '/refused')
    const card = page.getByRole('article')
    await card.getByText('您现在的角色不能做这项修改。').waitFor()
    await tap(page, '请网格长处理')
    await page.getByText('交给网格长周建平？').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await tap(page, '交给网格长')
    await card.getByText('已交给网格长，等待处理').waitFor()

    await openPath(desk.page, '/')
    await desk.page.getByRole('link', { name: /1 处修改等您处理/ }).click()
    const waiting = desk.page.getByRole('article')
    await waiting.getByText('林晓燕').first().waitFor()
    expect(await waiting.locator('del').textContent()).toBe('19900000001')
    expect(await waiting.locator('ins').textContent()).toBe('19900000002')
    expect(await axeFindings(desk.page)).toEqual([])
    await tap(desk.page, /^采纳$/)
    await told(desk.page, '已采纳，已保存在本机')
    await desk.page.getByText('没有待处理的修改').first().waitFor()
    await lightSays(desk.page, '已同步')

    for (const { page: shown } of [desk, phone]) {
      await openPath(shown, home)
      await shown.getByText('19900000002').first().waitFor()
      await tap(shown, '变更记录')
      await shown
        .getByRole('dialog')
        .getByText(/采纳自 (林晓燕|我)/)
        .first()
        .waitFor()
    }
    await openPath(page, '/refused')
    await page
      .getByRole('article')
      .getByText(/已采纳：周建平/)
      .waitFor()
    await tap(page, '不再需要')
    await tap(page, '移除')
    await page.getByText('没有被拒绝的修改').first().waitFor()
  })

  it('[HAND11] what waited in a grid that somebody left goes to its leader by itself; the device names what it removed, and one that is not adopted says so to its author', async () => {
    const tablet = await openDevice('tablet')
    const { page } = tablet
    try {
      await signIn(tablet, relay.url, '陈志强')
      await lightSays(page, '已同步')
      await tablet.offline()
      await edit(page, home, '联系电话', '19900000003')
      await edit(page, home, '备注', '楼上漏水')
      await reassign(relay, 'member02', 'gridMember', '990101001001002')
      await tablet.online()
      await openPath(page, '/refused')
      await page.getByRole('heading', { name: '已移出本网格' }).waitFor()
      await page.getByText(/台账.*从这台设备移除/).waitFor()
      const card = page.getByRole('article').filter({ hasText: '联系电话' })
      await card.getByText('已交给网格长，等待处理').waitFor()
      expect(await axeFindings(page)).toEqual([])

      await openPath(desk.page, '/handovers')
      await expect.poll(() => desk.page.getByRole('article').count(), { timeout: 20_000 }).toBe(1)
      const waiting = desk.page.getByRole('article').first()
      await waiting.getByText('陈志强').first().waitFor()
      await waiting.getByText('现在是：19900000002').waitFor()
      await waiting.getByRole('button', { name: '不采纳' }).click()
      await waiting.getByText('陈志强会看到结果').waitFor()
      await waiting.getByRole('button', { name: '不采纳' }).click()
      await desk.page.getByText('没有待处理的修改').first().waitFor()

      await moveTo(page, '/me')
      await openPath(page, '/refused')
      await page
        .getByText(/未采纳：周建平/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: /不再显示/ }).click()
      await expect.poll(() => page.getByRole('heading', { name: '已移出本网格' }).count()).toBe(0)
    } finally {
      await tablet.close()
    }
  })

  it('[HAND10] what cannot be adopted now says why and stays; with no network the page says that the rest is at the relay', async () => {
    const { page } = phone
    await reassign(relay, 'member01', 'gridMember')
    await openPath(page, home)
    await lightSays(page, '已同步')
    const person = (await page.locator('main a[href*="/ledger/person/"]').last().getAttribute('href')) ?? ''
    await phone.offline()
    await edit(page, person, '联系方式', '19900000007')
    await reassign(relay, 'member01', 'police')
    await moveTo(desk.page, person)
    await deleteRecord(desk.page)
    await lightSays(desk.page, '已同步')
    await phone.online()
    await openPath(page, '/refused')
    await tap(page, '请网格长处理')
    await tap(page, '交给网格长')
    await page.getByText('已交给网格长，等待处理').waitFor()

    await openPath(desk.page, '/handovers')
    const waiting = desk.page.getByRole('article')
    await waiting.getByRole('button', { name: '采纳', exact: true }).click()
    await waiting.getByText('现在不能采纳：这条记录已经不在了').waitFor()
    expect(await axeFindings(desk.page)).toEqual([])
    await desk.page.reload()
    await waiting.getByText('19900000007').waitFor()
    await desk.offline()
    await desk.page.reload()
    await desk.page.getByText('现在连不上服务器').first().waitFor()
    expect(await waiting.count()).toBe(0)
    await desk.online()
    await waiting.getByText('19900000007').waitFor()
  })
})
