import { idCheckCharacter } from '@tongge/model'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, moveTo, signIn } from './flows.ts'
import { deleteRecord, edit, registerHousehold, tap, told } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('冲突', () => {
  let relay: Relay
  let member: Device
  let leader: Device
  let both: readonly Page[] = []
  let building = ''
  let home = ''

  beforeAll(async () => {
    relay = await startRelay()
    ;[member, leader] = await Promise.all([openDevice('phone'), openDevice('phone')])
    both = [member.page, leader.page]
    await Promise.all([signIn(member, relay.url, '林晓燕'), signIn(leader, relay.url, '周建平')])
    await Promise.all(both.map((page) => lightSays(page, '已同步')))
    await moveTo(member.page, '/ledger')
    await member.page.locator('main a[href*="/ledger/building/"]').first().click()
    const door = member.page.locator('main a[href*="/ledger/household/"]').first()
    await door.waitFor()
    building = member.page.url().split('/').at(-1) ?? ''
    home = (await door.getAttribute('href')) ?? ''
  })
  afterAll(async () => {
    await Promise.all([member?.close(), leader?.close()])
    await relay?.close()
  })

  /** Both act with no network, then both meet the relay. */
  const apart = async (
    ofMember: (page: Page) => Promise<void>,
    ofLeader: (page: Page) => Promise<void>,
  ): Promise<void> => {
    await Promise.all([member.offline(), leader.offline()])
    try {
      await ofMember(member.page)
      await ofLeader(leader.page)
    } finally {
      await Promise.all([member.online(), leader.online()])
    }
    await Promise.all(both.map((page) => lightSays(page, '已同步')))
  }

  it('[LED15] a record that two people changed at once shows both values, who wrote them and when', async () => {
    await apart(
      (page) => edit(page, home, '联系电话', '19900001111'),
      (page) => edit(page, home, '联系电话', '19900002222'),
    )
    for (const page of both) {
      await moveTo(page, home)
      const notice = page.getByRole('main').getByText('有人同时改了同一项，请选一个 · 联系电话')
      await notice.waitFor()
      const rivals = page
        .getByRole('listitem')
        .filter({ has: page.getByRole('button', { name: '保留这个', exact: true }) })
      const texts = (await rivals.allTextContents()).toSorted()
      expect(texts).toHaveLength(2)
      const [first, second] = page === member.page ? ['我', '周建平'] : ['林晓燕', '我']
      expect(texts[0]).toMatch(new RegExp(`19900001111.*${first} · 今天 \\d\\d:\\d\\d · `))
      expect(texts[1]).toMatch(new RegExp(`19900002222.*${second} · 今天 \\d\\d:\\d\\d · `))
    }
  })

  it('[APP16] one tap in the 冲突 inbox settles it on both devices', async () => {
    for (const page of both) {
      await moveTo(page, '/conflicts')
      await page.getByRole('region', { name: '联系电话' }).waitFor()
    }
    const police = await openDevice('phone')
    await signIn(police, relay.url, '韩磊')
    await moveTo(police.page, '/conflicts')
    const card = police.page.getByRole('region', { name: '联系电话' })
    await card.getByText('19900001111').waitFor()
    await card.getByText('由可以修改它的人来定').waitFor()
    expect(await card.getByRole('button').count()).toBe(0)
    await moveTo(police.page, home)
    await police.page.getByText('有人同时改了同一项，请选一个 · 联系电话').waitFor()
    expect(await police.page.getByRole('button', { name: '保留这个', exact: true }).count()).toBe(0)
    await police.close()
    await tap(leader.page, '保留这个：19900001111')
    for (const page of both) await page.getByText('没有冲突').waitFor()
    await moveTo(member.page, home)
    await member.page.getByLabel('拨打 19900001111').waitFor()
    expect(await member.page.getByRole('button', { name: '保留这个', exact: true }).count()).toBe(0)
  })

  it('[APP16] a third value is checked like any input before it settles a conflict', async () => {
    await apart(
      (page) => edit(page, home, '联系电话', '19900003333'),
      (page) => edit(page, home, '联系电话', '19900004444'),
    )
    const { page } = member
    await moveTo(page, '/conflicts')
    await tap(page, '都不对，另填一个')
    await page.getByRole('textbox', { name: '联系电话' }).fill('123')
    await tap(page, '保存')
    await page.getByRole('alert').getByText('电话号码不对').waitFor()
    await page.getByRole('textbox', { name: '联系电话' }).fill('19900007777')
    await tap(page, '保存')
    await page.getByText('没有冲突').waitFor()
    await moveTo(leader.page, home)
    await leader.page.getByLabel('拨打 19900007777').waitFor()
  })

  it('[LED9] what conflicts of a sensitive field is masked in the inbox until a reason is given', async () => {
    const newcomer = { name: '欧阳明远', door: '9903', phone: '19900007771', birthDate: '1987-06-05' }
    await registerHousehold(member.page, building, newcomer)
    const row = member.page.locator('main a[href*="/ledger/person/"]', { hasText: newcomer.name })
    const person = (await row.getAttribute('href')) ?? ''
    await lightSays(member.page, '已同步')
    await moveTo(leader.page, person)
    await leader.page.getByRole('heading', { level: 1, name: newcomer.name }).waitFor()
    const numbers = ['99010119870605002', '99010119870605004'].map((digits) => digits + idCheckCharacter(digits))
    await apart(
      (page) => edit(page, person, '公民身份号码', numbers[0] ?? ''),
      (page) => edit(page, person, '公民身份号码', numbers[1] ?? ''),
    )
    const { page } = leader
    await moveTo(page, '/conflicts')
    const card = page.getByRole('region', { name: '公民身份号码' })
    await expect.poll(() => card.getByText('已遮挡').count()).toBe(2)
    expect(await card.getByRole('button', { name: /保留这个/ }).count()).toBe(0)
    await card.getByRole('button', { name: '显示' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '走访核实' }).click()
    await tap(page, `保留这个：${numbers[1]}`)
    await page.getByText('没有冲突').waitFor()
  })

  it('[APP21] a record deleted by one and edited by another stays until somebody says whether to keep it', async () => {
    const empty = await emptyHousehold(member.page, building)
    await moveTo(leader.page, empty)
    await leader.page.getByText('户主未登记').waitFor()
    await apart(
      async (page) => {
        await moveTo(page, empty)
        await deleteRecord(page)
        await told(page, '已删除')
      },
      (page) => edit(page, empty, '联系电话', '19900005555'),
    )
    for (const page of both) {
      await moveTo(page, empty)
      await page.getByText('有人删除了这条记录，同时又有人修改了它').waitFor()
      await page.getByLabel('拨打 19900005555').waitFor()
      await moveTo(page, '/conflicts')
      await page.getByRole('region', { name: '一人删除，一人修改' }).waitFor()
    }
    await tap(leader.page, '保留这条')
    for (const page of both)
      await page.getByRole('region', { name: '一人删除，一人修改' }).waitFor({ state: 'detached' })
    await moveTo(member.page, empty)
    await member.page.getByLabel('拨打 19900005555').waitFor()
    expect(await member.page.getByText('有人删除了这条记录').count()).toBe(0)
  })

  it('[APP17] whether a conflicting step counts is asked of those who may settle it; the others read who decides', async () => {
    await moveTo(member.page, '/tickets')
    const row = member.page.locator('main a[href^="/tickets/"]', { hasText: '待受理' }).first()
    const ticket = (await row.getAttribute('href')) ?? ''
    await apart(
      async (page) => {
        await moveTo(page, ticket)
        await tap(page, '受理')
        await told(page, /受理/)
      },
      async (page) => {
        await moveTo(page, ticket)
        await tap(page, '更多操作')
        const sheet = page.getByRole('dialog')
        await sheet.getByRole('button', { name: /^不予受理/ }).click()
        await sheet.getByRole('textbox').fill('同一件事已经登记过')
        await sheet.getByRole('button', { name: '不予受理' }).click()
        await told(page, /不予受理/)
      },
    )
    for (const page of both) {
      await moveTo(page, '/conflicts')
      await page.getByRole('region', { name: '冲突步骤' }).waitFor()
    }
    await member.page.getByText('由网格长决定这一步是否生效。').waitFor()
    expect(await member.page.getByRole('button', { name: /让它生效|不采用/ }).count()).toBe(0)
    expect(await leader.page.getByText('由网格长决定').count()).toBe(0)
    await tap(leader.page, '不采用')
    for (const page of both) await page.getByRole('region', { name: '冲突步骤' }).waitFor({ state: 'detached' })
  })
})

/** A household without people, which alone may be deleted as a whole. */
async function emptyHousehold(page: Page, building: string): Promise<string> {
  await registerHousehold(page, building, {
    name: '欧阳秋',
    door: '8801',
    phone: '19900008888',
    birthDate: '1990-01-02',
  })
  await page.getByRole('heading', { level: 1, name: /8801/ }).waitFor()
  const home = new URL(page.url()).pathname
  await page.locator('main a[href*="/ledger/person/"]', { hasText: '欧阳秋' }).click()
  await deleteRecord(page)
  await page.getByText('户主未登记').waitFor()
  return home
}
