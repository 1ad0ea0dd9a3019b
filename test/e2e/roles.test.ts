import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { firstHousehold, lightSays, moveTo, openPath, setPhone, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'
import { traceOf, type Traces } from './traces.ts'

const phoneNumber = '19900003333'
const noAccess = '您的账号不能打开这一页'

describe('roles', () => {
  let relay: Relay
  let helper: Device
  let desk: Device
  let helperTraces: Traces
  let deskTraces: Traces
  let household: string

  beforeAll(async () => {
    relay = await startRelay()
    ;[helper, desk] = await Promise.all([openDevice('phone'), openDevice('desktop')])
    helperTraces = traceOf(helper.page)
    deskTraces = traceOf(desk.page)
    await Promise.all([signIn(helper, relay.url, '孙悦'), signIn(desk, relay.url, '周建平')])
    await lightSays(desk.page, /已同步/)
    household = await firstHousehold(desk.page)
    await setPhone(desk.page, household, phoneNumber)
    await lightSays(desk.page, /已同步/)
    await lightSays(helper.page, /已同步/)
  })
  afterAll(async () => {
    await Promise.all([helper?.close(), desk?.close()])
    await relay?.close()
  })

  it('[NOTE7] a volunteer notes a knock in four taps with no network, and the grid leader sees it once both meet the relay', async () => {
    const { page } = helper
    await helper.offline()
    await page.getByRole('link', { name: '敲门', exact: true }).click()
    const chip = page.getByRole('group', { name: '最近用过的门牌' }).getByRole('button').first()
    const door = (await chip.textContent()) ?? ''
    await chip.click()
    await page.getByRole('button', { name: '拒访' }).click()
    await page.getByRole('button', { name: '保存', exact: true }).click()

    await page.getByText('已保存在本机').first().waitFor()
    const mine = page.getByRole('link', { name: new RegExp(`${door}.*我.*拒访.*待同步`) })
    await mine.waitFor()
    await openPath(desk.page, '/notes')
    const theirs = desk.page.getByRole('link', { name: new RegExp(`${door}.*孙悦.*拒访`) })
    expect(await theirs.count()).toBe(0)

    await helper.online()
    await lightSays(page, /已同步/)
    await theirs.waitFor({ timeout: 60_000 })
    expect(await page.getByText('待同步').count()).toBe(0)
  })

  it('[NOTE8] only the author is offered to change or delete a note, and a deletion can be taken back', async () => {
    await desk.page.getByRole('link', { name: /孙悦.*拒访/ }).click()
    await desk.page.getByText('谁记的').waitFor()
    expect(await desk.page.getByRole('button', { name: '删除' }).count()).toBe(0)

    const { page } = helper
    await page.getByRole('link', { name: /我.*拒访/ }).click()
    await page.getByRole('button', { name: '删除' }).click()
    await page.getByText('已删除').locator('..').getByRole('button', { name: '撤销' }).click()
    await page.getByRole('link', { name: /我.*拒访/ }).waitFor()
  })

  it('[ROLE3] the device of a volunteer is sent nothing of ledger, sensitive fields or tickets, and holds no resident', async () => {
    await openPath(desk.page, household)
    const person = desk.page.locator('main a[href*="/ledger/person/"]').first()
    await person.waitFor()
    const ids = [household, (await person.getAttribute('href')) ?? ''].map((path) => path.split('/').at(-1) ?? '')
    const classes = ['/ledger', '/sensitive', '/work/']
    const texts = [...ids, phoneNumber]
    const none = (of: readonly string[]): Record<string, number> => Object.fromEntries(of.map((text) => [text, 0]))

    expect(helperTraces.exchanged([...classes, ...texts])).toEqual(none([...classes, ...texts]))
    expect(await helperTraces.stored([...classes, ...texts])).toEqual(none([...classes, ...texts]))
    // The same search finds them where they may be, so that nothing found means nothing there.
    const known = { exchanged: deskTraces.exchanged([...classes, ...ids]), stored: await deskTraces.stored(texts) }
    for (const [where, found] of Object.entries(known))
      for (const [text, count] of Object.entries(found)) expect(count, `${text} ${where}`).toBeGreaterThan(0)
    expect(helperTraces.exchanged(['/notes'])['/notes']).toBeGreaterThan(0)
  })

  it('[ROLE4] an address without right says so, at whatever depth, and the bar leads only where the role may go', async () => {
    for (const path of ['/ledger', household, '/tickets', '/tickets/new', '/import']) {
      await openPath(helper.page, path)
      await helper.page.getByText(noAccess).waitFor()
    }
    const places = await helper.page.getByRole('navigation').getByRole('link').allTextContents()
    expect(places).toEqual(['今日', '笔记', '议事', '我的'])
    await openPath(desk.page, '/tickets')
    expect(await desk.page.getByText(noAccess).count()).toBe(0)
  })

  it('[ROLE5] an account without ledger and notes is told what it can do instead of an empty ledger', async () => {
    for (const name of ['何丽', '系统管理员', '高峰']) {
      const device = await openDevice('phone')
      await signIn(device, relay.url, name)
      await device.page.getByRole('heading', { name: '这个账号可以做的' }).waitFor()
      expect(await device.page.getByText('登记情况').count(), `rings of ${name}`).toBe(0)
      await openPath(device.page, '/ledger')
      await device.page.getByText(noAccess).waitFor()
      await device.close()
    }
  })

  it('[ROLE6] an office of several grids chooses one by name, and every page is of that grid', async () => {
    const device = await openDevice('tablet')
    const { page } = device
    await signIn(device, relay.url, '许文静')
    await openPath(page, '/me')
    const choice = page.getByLabel('当前网格')
    await choice.waitFor()
    const options = await choice.locator('option').allTextContents()
    expect(options.length).toBeGreaterThan(1)
    expect(options.filter((option) => /网格/.test(option))).toEqual(options)
    const before = await addressesOfBuildings(page)
    await openPath(page, '/me')
    await choice.selectOption({ index: 1 })
    await page
      .getByText(options[1]?.split(' · ')[0] ?? '', { exact: false })
      .first()
      .waitFor()
    await lightSays(page, /已同步/)
    const after = await addressesOfBuildings(page)
    expect(after.filter((address) => before.includes(address))).toEqual([])
    await openPath(page, '/notes')
    await page.getByRole('heading', { name: '笔记', level: 1 }).waitFor()
    await device.close()
  })

  it('[ROLE7] what the roles without a ledger see is free of what axe can find, in light and in dark', async () => {
    const found: string[] = []
    const resident = await openDevice('phone')
    await signIn(resident, relay.url, '何丽')
    await openPath(helper.page, '/notes?view=list')
    const note = await helper.page.locator('main a[href*="/notes/"]:not([href*="/add/"])').first().getAttribute('href')
    const pages = [
      {
        page: helper.page,
        addresses: [
          '/',
          '/notes',
          '/notes?view=list',
          '/notes/add/knock',
          '/notes/add/report',
          note ?? '',
          '/ledger',
          '/me',
        ],
      },
      { page: resident.page, addresses: ['/', '/meetings', '/me'] },
    ]
    for (const colorScheme of ['light', 'dark'] as const) {
      // Structure is the same in the dark; colours are not.
      const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
      for (const { page, addresses } of pages) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const address of addresses) {
          await moveTo(page, address)
          found.push(...(await axeFindings(page, rules)).map((finding) => `${colorScheme} ${address}: ${finding}`))
        }
      }
    }
    await resident.close()
    expect(found).toEqual([])
  })
})

async function addressesOfBuildings(page: Device['page']): Promise<readonly (string | null)[]> {
  await openPath(page, '/ledger')
  const links = page.locator('main a[href*="/ledger/building/"]')
  await links.first().waitFor()
  return Promise.all((await links.all()).map((link) => link.getAttribute('href')))
}
