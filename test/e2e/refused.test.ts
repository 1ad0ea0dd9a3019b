/** What was written offline meets a relay that does not take it any more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccounts, restoredNote } from '../../sync-server/src/stores.ts'
import { axeFindings } from './axe.ts'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { edit, tap } from './person.ts'
import { openDevice, type Device, type Relay } from './stage.ts'
import { openTeam, reassign, type Team } from './team.ts'

describe('what is not taken', () => {
  let relay: Relay
  let phone: Device
  let desk: Device
  let home = ''
  let team: Team | undefined

  const isRestoredAt = async (at: number): Promise<void> => {
    const accounts = openAccounts(relay.data)
    await accounts.setNote(restoredNote, String(at))
    await accounts.close()
    await relay.kill()
    await relay.restart()
  }

  beforeAll(async () => {
    team = await openTeam()
    ;({ relay, phone, desk, home } = team)
  })
  afterAll(() => team?.close())

  it('[HEAL3] what somebody wrote offline and may not write any more is taken out of the ledger and told in lines, also after a restart, until they let go of it', async () => {
    const { page } = phone
    await phone.offline()
    await edit(page, home, '联系电话', '19900000002')
    await reassign(relay, 'member01', 'police')
    await phone.online()

    await openPath(page, '/')
    await page.getByRole('link', { name: /1 处修改没有被接受/ }).click()
    const card = page.getByRole('article')
    await card.getByText('您现在的角色不能做这项修改。').waitFor()
    expect(await card.locator('del').textContent()).toBe('19900000001')
    expect(await card.locator('ins').textContent()).toBe('19900000002')
    expect(await axeFindings(page)).toEqual([])
    await lightSays(page, '已同步')
    await openPath(page, home)
    await page.getByText('19900000001').first().waitFor()
    expect(await page.getByText('19900000002').count()).toBe(0)

    await openPath(page, '/refused')
    await tap(page, '不再需要')
    await tap(page, '移除')
    await page.getByText('没有被拒绝的修改').first().waitFor()
    await page.reload()
    await page.getByText('没有被拒绝的修改').first().waitFor()
  })

  it('[HEAL4] a step in a role that is no longer held does not hold up what was written beside it and after it: that arrives by itself', async () => {
    const { page } = desk
    await openPath(page, '/tickets')
    await page
      .getByRole('link', { name: /已登记/ })
      .first()
      .click()
    await page.getByRole('button', { name: '分派' }).first().waitFor()
    await desk.offline()
    const ticket = new URL(page.url()).pathname
    await tap(page, '分派')
    const form = page.getByRole('dialog')
    await form.getByRole('combobox').first().selectOption({ index: 1 })
    await form.getByRole('button', { name: '分派', exact: true }).click()
    await page.getByText('已保存在本机').first().waitFor()
    await page.getByLabel('情况描述').first().fill('楼道灯第三天了')
    await reassign(relay, 'leader01', 'gridMember')
    await desk.online()

    await openPath(page, '/refused')
    const card = page.getByRole('article')
    await card.getByText('分派').first().waitFor()
    expect(await page.getByRole('article').count()).toBe(1)
    await lightSays(page, '已同步')
    await openPath(phone.page, ticket)
    await lightSays(phone.page, '已同步')
    await expect
      .poll(() => phone.page.getByLabel('情况描述').inputValue(), { timeout: 20_000 })
      .toContain('楼道灯第三天了')
  })

  it('[HEAL6] with two tabs open both go over, and what either wrote is told once', async () => {
    const tablet = await openDevice('tablet')
    const { page } = tablet
    try {
      await signIn(tablet, relay.url, '陈志强')
      await lightSays(page, '已同步')
      const other = await tablet.context.newPage()
      await other.goto(new URL(home, page.url()).href)
      await lightSays(other, '已同步')
      await tablet.offline()
      await edit(page, home, '联系电话', '19900000006')
      await edit(other, home, '备注', '楼上漏水')
      await reassign(relay, 'member02', 'police')
      await tablet.online()
      for (const tab of [page, other]) {
        await moveTo(tab, '/refused')
        await expect.poll(() => tab.getByRole('article').count(), { timeout: 60_000 }).toBe(2)
        await lightSays(tab, '已同步')
      }
      expect((await page.locator('ins').allTextContents()).toSorted()).toEqual(['19900000006', '楼上漏水'])
    } finally {
      await tablet.close()
      await reassign(relay, 'member02', 'gridMember')
    }
  })

  it('[HEAL5] who works in another grid now finds their unsent edits in lines with the names of the records, and nothing of the old grid on the device', async () => {
    const other = await openDevice('phone')
    const { page } = other
    try {
      const left = (): Promise<readonly string[]> =>
        page.evaluate(
          () =>
            new Promise<string[]>((resolve, reject) => {
              const opening = indexedDB.open('tongge/member02')
              opening.addEventListener('error', () => reject(opening.error))
              opening.onsuccess = () => {
                const db = opening.result
                const stores = [...db.objectStoreNames]
                const found: string[] = []
                const reading = db.transaction(stores)
                for (const store of stores)
                  reading.objectStore(store).getAllKeys().onsuccess = ({ target }) =>
                    found.push(...(target as IDBRequest<IDBValidKey[]>).result.map((key) => JSON.stringify(key)))
                reading.oncomplete = () => {
                  db.close()
                  resolve(found.filter((key) => key.includes('990101001001001')))
                }
              }
            }),
        )
      await signIn(other, relay.url, '陈志强')
      await lightSays(page, '已同步')
      await other.offline()
      await edit(page, home, '联系电话', '19900000005')
      await isRestoredAt(Date.now())
      await reassign(relay, 'member02', 'gridMember', '990101001001002')
      await other.online()
      // Twice: what one session lets go of is gone in the next.
      for (let round = 0; round < 2; round++) {
        await openPath(page, '/sync-state')
        await page.getByText('没有权限同步').waitFor()
      }
      expect(await left()).not.toEqual([])

      await isRestoredAt(0)

      await openPath(page, '/refused')
      const card = page.getByRole('article').filter({ hasText: '联系电话' })
      await card.getByText('您已不在这个网格，它的内容已从这台设备移除。').waitFor()
      expect(await card.locator('ins').textContent()).toBe('19900000005')
      await card.getByText(/1号楼.*单元/).waitFor()
      await lightSays(page, '已同步')
      await expect.poll(left, { timeout: 20_000 }).toEqual([])
    } finally {
      await other.close()
    }
  })
})
