import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstHousehold, lightSays, openPath, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'
import { traceOf, type Traces } from './traces.ts'

const mine = '楼上漏水QIUYUE'
const theirs = '扶手已装CHUNHUA'
const own = { name: '民情日记' } as const

describe('diaries', () => {
  let relay: Relay
  let member: Device
  let leader: Device
  let police: Device
  let traces: Traces
  let household: string

  beforeAll(async () => {
    relay = await startRelay()
    ;[member, leader, police] = await Promise.all([openDevice('phone'), openDevice('desktop'), openDevice('tablet')])
    traces = traceOf(police.page)
    await Promise.all([
      signIn(member, relay.url, '林晓燕'),
      signIn(leader, relay.url, '周建平'),
      signIn(police, relay.url, '韩磊'),
    ])
    for (const { page } of [member, leader, police]) await lightSays(page, /已同步/)
    household = await firstHousehold(member.page)
  })
  afterAll(async () => {
    await Promise.all([member?.close(), leader?.close(), police?.close()])
    await relay?.close()
  })

  it('[LED37] [ROLE9] two write in one diary with no network and keep every word; the police see no diary and are sent nothing of it', async () => {
    for (const { page } of [member, leader]) await openPath(page, household)
    const [phone, desk] = [member, leader].map(({ page }) => page.getByRole('textbox', own))
    if (!phone || !desk) throw new Error('no diary')
    await Promise.all([phone.waitFor(), desk.waitFor()])
    await member.offline()
    await leader.offline()
    const type = async (text: typeof phone, words: string): Promise<void> => {
      await text.focus()
      await text.press('Control+Home')
      await text.pressSequentially(words)
    }
    await type(phone, mine)
    await type(desk, theirs)
    for (const { page } of [member, leader]) await lightSays(page, /1 项待同步/)
    await member.online()
    await leader.online()
    for (const text of [phone, desk])
      await expect
        .poll(() => text.inputValue(), { timeout: 60_000 })
        .toMatch(new RegExp(`${mine}[^]*${theirs}|${theirs}[^]*${mine}`))
    for (const { page } of [member, leader]) await lightSays(page, /已同步/)

    await openPath(police.page, household)
    await police.page.getByText('户号').first().waitFor()
    await lightSays(police.page, /已同步/)
    expect(await police.page.getByText('民情日记').count()).toBe(0)
    const parts = ['/diary', mine, theirs]
    const none = Object.fromEntries(parts.map((part) => [part, 0]))
    expect(traces.exchanged(parts)).toEqual(none)
    expect(await traces.stored(parts)).toEqual(none)
  })
})
