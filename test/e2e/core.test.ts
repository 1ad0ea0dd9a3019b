import { afterAll, beforeAll, describe, it } from 'vitest'
import { firstHousehold, lightSays, openPath, setPhone, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('two people of one grid', () => {
  let relay: Relay
  let phone: Device
  let desk: Device
  let household: string

  beforeAll(async () => {
    relay = await startRelay()
    ;[phone, desk] = await Promise.all([openDevice('phone'), openDevice('desktop')])
  })
  afterAll(async () => {
    await Promise.all([phone?.close(), desk?.close()])
    await relay?.close()
  })

  it('[E2E1] sign in on two devices and see the same ledger', async () => {
    await Promise.all([signIn(phone, relay.url, '林晓燕'), signIn(desk, relay.url, '周建平')])
    household = await firstHousehold(phone.page)
    await openPath(desk.page, household)
    await desk.page.getByRole('heading', { level: 1 }).first().waitFor()
    await lightSays(phone.page, /已同步/)
    await lightSays(desk.page, /已同步/)
  })

  it('[E2E2] [APP24] both edit the same household with no network, and both values are kept once they meet the relay, which is told', async () => {
    await phone.offline()
    await desk.offline()
    await setPhone(phone.page, household, '19900001111')
    await setPhone(desk.page, household, '19900002222')
    await lightSays(phone.page, /已保存|待同步/)
    await phone.online()
    await lightSays(phone.page, /已同步/)
    await desk.online()
    const told = desk.page.getByRole('status').filter({ hasText: /本次同步：.*冲突 1/ })
    await told.getByRole('button', { name: '查看' }).last().click()
    await desk.page.getByRole('dialog').getByRole('link', { name: '1 处冲突，去处理' }).waitFor()
    await desk.page.keyboard.press('Escape')
    await lightSays(desk.page, /已同步/)
    for (const { page } of [phone, desk]) {
      await openPath(page, '/conflicts')
      await page.getByText('199 0000 1111').or(page.getByText('19900001111')).first().waitFor()
      await page.getByText('199 0000 2222').or(page.getByText('19900002222')).first().waitFor()
    }
  })

  it('[E2E3] a deep link opens with no network and after the tab was closed', async () => {
    await phone.offline()
    await phone.page.close()
    const page = await phone.context.newPage()
    await page.goto(new URL(household, relay.url).href)
    await page.getByText('家庭成员').first().waitFor()
    await phone.online()
  })
})
