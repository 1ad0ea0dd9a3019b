import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createDoor, type Door } from './door.ts'
import { lightSays, openPath, setPhone, signIn } from './flows.ts'
import { killBrowser } from './killable.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

const killRounds = 5

describe('when something breaks', () => {
  const profile = mkdtempSync(join(tmpdir(), 'tongge-profile-'))
  let relay: Relay
  let door: Door
  let phone: Device
  let desk: Device
  let households: readonly string[]

  beforeAll(async () => {
    relay = await startRelay()
    door = await createDoor(relay.url)
    const signedIn = await openDevice('phone', profile)
    desk = await openDevice('desktop')
    await Promise.all([signIn(signedIn, door.url, '林晓燕'), signIn(desk, relay.url, '周建平')])
    await lightSays(signedIn.page, /已同步/)
    households = await householdsOfFirstBuilding(signedIn.page)
    await signedIn.context.close()
    phone = await openDevice('phone', profile)
    await phone.page.goto(door.url)
    await lightSays(phone.page, /已同步/)
  })
  afterAll(async () => {
    await Promise.all([phone?.close(), desk?.close()])
    await door?.close()
    await relay?.close()
  })

  /** Browsers tell their pages when a network is there again; a door that opens is not noticed. */
  const comeBack = async (): Promise<void> => {
    await door.open()
    for (const page of phone.context.pages()) await page.evaluate(() => void dispatchEvent(new Event('online')))
  }

  const seenOnDesk = async (at: number, number: string): Promise<void> => {
    await openPath(desk.page, households[at] ?? '')
    await shows(desk.page, number)
  }

  it(`[FAULT1] a browser killed right after 已保存在本机 still has the edit and sends it, ${killRounds} times`, async () => {
    await door.shut()
    for (let round = 0; round < killRounds; round++) {
      await setPhone(phone.page, households[round] ?? '', phoneNumber(100 + round))
      await killBrowser(phone, profile)
      phone = await openDevice('phone', profile)
      await phone.page.goto(new URL(households[round] ?? '', door.url).href)
      await shows(phone.page, phoneNumber(100 + round))
      await lightSays(phone.page, `${round + 1} 项待同步`)
    }
    await comeBack()
    await lightSays(phone.page, /已同步/)
    for (let round = 0; round < killRounds; round++) await seenOnDesk(round, phoneNumber(100 + round))
  })

  it('[FAULT2] edits go on while the relay is killed, the light says what waits, and all of them arrive once it is back', async () => {
    await setPhone(phone.page, households[0] ?? '', phoneNumber(200))
    await Promise.all([relay.kill(), setPhone(phone.page, households[1] ?? '', phoneNumber(201))])
    await setPhone(phone.page, households[2] ?? '', phoneNumber(202))
    await lightSays(phone.page, /待同步/)
    await relay.restart()
    await lightSays(phone.page, /已同步/)
    for (const at of [0, 1, 2]) await seenOnDesk(at, phoneNumber(200 + at))
  })

  it('[FAULT3] without space the light says 未保存 and never 已保存, the rescue file holds the edit, and with space again it is saved', async () => {
    await door.shut()
    await phone.page.goto('about:blank')
    const cdp = await phone.context.newCDPSession(phone.page)
    const origin = new URL(door.url).origin
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    // Chromium lets go of a database two seconds after its last page, and with it of what it took the space left to be.
    await phone.page.waitForTimeout(2_500)
    // Whatever fails here must not fail the rest.
    onTestFinished(() =>
      cdp.send('Storage.overrideQuotaForOrigin', { origin }).then(
        () => undefined,
        () => undefined,
      ),
    )
    await phone.page.goto(new URL(households[3] ?? '', door.url).href)
    await editUntilRefused(phone.page)
    await lightSays(phone.page, /未保存/)
    await phone.page.getByText('已保存在本机').first().waitFor({ state: 'hidden' })
    await recordTexts(phone.page, '已保存在本机')
    await typePhone(phone.page, phoneNumber(303))
    await phone.page.getByText('没能保存在本机').first().waitFor()
    await lightSays(phone.page, /未保存/)
    expect(await phone.page.evaluate(() => globalThis.seenText)).toBe(false)
    await phone.page.getByRole('button', { name: /未保存/ }).click()
    await phone.page.getByRole('link', { name: '查看存储空间' }).click()
    const [download] = await Promise.all([
      phone.page.waitForEvent('download'),
      phone.page.getByRole('button', { name: '导出未同步数据' }).click(),
    ])
    const { unsent } = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
      readonly unsent: readonly { readonly subjects: readonly string[]; readonly update: string }[]
    }
    expect(unsent.some(({ update }) => Buffer.from(update, 'base64').includes(phoneNumber(303)))).toBe(true)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin })
    await lightSays(phone.page, /待同步/)
    await phone.page.close()
    const page = await phone.context.newPage()
    Object.assign(phone, { page })
    await page.goto(new URL(households[3] ?? '', door.url).href)
    await shows(page, phoneNumber(303))
    await comeBack()
    await lightSays(page, /已同步/)
    await seenOnDesk(3, phoneNumber(303))
  })

  it('[FAULT4] two tabs of one browser, offline: an edit in one is seen in the other, and a value typed over is told to the typist and stays in the history', async () => {
    const [first, second] = [phone.page, await phone.context.newPage()]
    await openPath(first, households[4] ?? '')
    await second.goto(first.url())
    await second.getByText('家庭成员').first().waitFor()
    await door.shut()
    await typePhone(first, phoneNumber(404))
    await shows(second, phoneNumber(404))
    const field = await startEditing(second)
    await field.fill(phoneNumber(405))
    await typePhone(first, phoneNumber(406))
    await second.getByText(/有人刚改成/).waitFor()
    await second.getByRole('button', { name: '保存', exact: true }).click()
    for (const page of [first, second]) await shows(page, phoneNumber(405))
    await comeBack()
    await lightSays(first, /已同步/)
    await lightSays(second, /已同步/)
    await seenOnDesk(4, phoneNumber(405))
    await desk.page.getByRole('button', { name: '变更记录' }).click()
    for (const number of [404, 405, 406]) await desk.page.getByText(phoneNumber(number)).first().waitFor()
    await second.close()
  })

  it('[FAULT5] signing out with waiting edits warns, and they are sent at the next sign-in', async () => {
    await door.shut()
    await setPhone(phone.page, households[0] ?? '', phoneNumber(500))
    await openPath(phone.page, '/me')
    await phone.page.getByRole('button', { name: '退出登录' }).click()
    await phone.page.getByText('这些修改还没有发到服务器').waitFor()
    await phone.page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await phone.page.getByRole('button', { name: '登录', exact: true }).waitFor()
    await door.open()
    // The known account's row above it only fills in the name.
    await signIn(phone, door.url, '林晓燕 member01 网格员')
    await lightSays(phone.page, /已同步/)
    await seenOnDesk(0, phoneNumber(500))
  })
})

declare global {
  /** Whether a text that must not appear has appeared. */
  var seenText: boolean | undefined
}

const phoneNumber = (tail: number): string => `19900007${String(tail).padStart(3, '0')}`

/** The household's page offers to call this number. */
async function shows(page: Page, number: string): Promise<void> {
  await page.locator(`a[href="tel:${number}"]`).waitFor()
}

async function householdsOfFirstBuilding(page: Page): Promise<readonly string[]> {
  await openPath(page, '/ledger')
  await page.locator('main a[href*="/ledger/building/"]').first().click()
  const doors = page.locator('main a[href*="/ledger/household/"]')
  await doors.first().waitFor()
  return doors.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
}

async function startEditing(page: Page) {
  await page
    .getByRole('link', { name: '修改' })
    .or(page.getByRole('button', { name: '修改' }))
    .first()
    .click()
  return page.getByLabel('联系电话', { exact: true }).first()
}

async function typePhone(page: Page, number: string): Promise<void> {
  await (await startEditing(page)).fill(number)
  await page.getByRole('button', { name: '保存', exact: true }).click()
}

/** Where Chromium still goes by what it knew of the space left, edits find room for up to a minute. */
async function editUntilRefused(page: Page): Promise<void> {
  const refused = page.getByText('没能保存在本机').first()
  for (let edit = 0; edit < 600 && !(await refused.isVisible()); edit++) {
    await typePhone(page, phoneNumber(600 + edit))
    await refused
      .or(page.locator('header').getByRole('button', { name: /待同步/ }))
      .first()
      .waitFor()
  }
  await refused.waitFor()
}

async function recordTexts(page: Page, text: string): Promise<void> {
  await page.evaluate((watched) => {
    globalThis.seenText = false
    new MutationObserver(() => {
      if (document.body.innerText.includes(watched)) globalThis.seenText = true
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, text)
}
