import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import type { Page } from 'playwright-core'
import { firstHousehold, moveTo, signIn } from './flows.ts'
import { openDevice, sizes, startRelay, type Device, type Relay } from './stage.ts'

const places = [
  '/',
  '/ledger',
  '/tickets',
  '/tickets/new',
  '/notes',
  '/meetings',
  '/me',
  '/grid',
  '/sync-state',
  '/conflicts',
  '/refused',
  '/handovers',
  '/trash',
  '/storage',
  '/install',
  '/import',
  '/ledger/units',
  '/ledger/facilities',
  '/ledger/add/household',
  '/ledger/add/building',
  '/ledger/add/house',
  '/ledger/add/person',
  '/ledger/add/unit',
  '/ledger/add/facility',
  '/notes/add/note',
]

/** A page of each kind of record and of a ticket, with those that change one. */
async function placesOfRecords(page: Page): Promise<readonly string[]> {
  const household = await firstHousehold(page)
  const first = async (list: string, links: string): Promise<string> => {
    await moveTo(page, list)
    return (await page.locator(`main a[href*="${links}"]:not([href$="/new"])`).first().getAttribute('href')) ?? ''
  }
  const building = await first('/ledger', '/ledger/building/')
  return [
    household,
    household.replace('household', 'edit'),
    household.replace('household', 'merge'),
    building,
    await first(building, '/ledger/house/'),
    await first(household, '/ledger/person/'),
    await first('/ledger/units', '/ledger/unit/'),
    await first('/ledger/facilities', '/ledger/facility/'),
    await first('/tickets', '/tickets/'),
  ]
}

async function axeFindingsOf(
  page: Page,
  all: readonly string[],
  rules?: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const place of all) {
    await moveTo(page, place)
    found.push(...(await axeFindings(page, rules)).map((finding) => `${place}: ${finding}`))
  }
  return found
}

async function sidewaysOf(page: Page, all: readonly string[]): Promise<readonly string[]> {
  const wide: string[] = []
  for (const place of all) {
    await moveTo(page, place)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) wide.push(`${place}: ${overflow} px`)
  }
  return wide
}

describe('every page', () => {
  let relay: Relay
  beforeAll(async () => {
    relay = await startRelay()
  })
  afterAll(() => relay?.close())

  for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
    describe(`at ${size} size`, () => {
      let device: Device
      let all: readonly string[]
      beforeAll(async () => {
        device = await openDevice(size)
        await device.page.emulateMedia({ reducedMotion: 'reduce' })
        await signIn(device, relay.url, '周建平')
        all = [...places, ...(await placesOfRecords(device.page))]
      })
      afterAll(() => device?.close())

      it('[PAGE1] is free of what axe can find, in light and in dark', async () => {
        await device.page.emulateMedia({ colorScheme: 'light' })
        expect(await axeFindingsOf(device.page, all)).toEqual([])
        // Structure is the same in the dark; colours are not, and a tablet has those of the others.
        if (size === 'tablet') return
        await device.page.emulateMedia({ colorScheme: 'dark' })
        expect(await axeFindingsOf(device.page, all, ['color-contrast'])).toEqual([])
      })

      it('[PAGE2] never scrolls sideways', async () => {
        expect(await sidewaysOf(device.page, all)).toEqual([])
      })
    })
  }

  // English words are longer than Chinese ones; the narrowest screen shows it first.
  it('[PAGE4] is as sound in English', async () => {
    const device = await openDevice('phone')
    await device.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await signIn(device, relay.url, '周建平')
    const all = [...places, ...(await placesOfRecords(device.page))]
    await moveTo(device.page, '/me')
    await device.page.getByRole('radio', { name: 'English' }).check({ force: true })
    await device.page.getByRole('heading', { level: 1, name: 'Me', exact: true }).waitFor()
    expect(await axeFindingsOf(device.page, all)).toEqual([])
    expect(await sidewaysOf(device.page, all)).toEqual([])
    await device.close()
  })

  it('[PAGE3] the sign-in page is free of what axe can find', async () => {
    const device = await openDevice('phone')
    await device.page.goto(relay.url)
    await device.page.getByRole('button', { name: '登录' }).waitFor()
    expect(await axeFindings(device.page)).toEqual([])
    await device.close()
  })
})
