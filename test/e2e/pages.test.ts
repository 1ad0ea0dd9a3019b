import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
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
  '/sync-state',
  '/conflicts',
  '/trash',
  '/storage',
  '/install',
  '/import',
]

describe('every page', () => {
  let relay: Relay
  beforeAll(async () => {
    relay = await startRelay()
  })
  afterAll(() => relay?.close())

  for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
    describe(`at ${size} size`, () => {
      let device: Device
      let household: string
      beforeAll(async () => {
        device = await openDevice(size)
        await signIn(device, relay.url, '周建平')
        household = await firstHousehold(device.page)
      })
      afterAll(() => device?.close())

      it('[PAGE1] is free of what axe can find, in light and in dark', async () => {
        const found: string[] = []
        for (const colorScheme of ['light', 'dark'] as const) {
          await device.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          for (const place of [...places, household, household.replace('household', 'edit')]) {
            await moveTo(device.page, place)
            // Structure is the same in the dark; colours are not.
            const findings = await axeFindings(device.page, colorScheme === 'dark' ? ['color-contrast'] : undefined)
            found.push(...findings.map((finding) => `${colorScheme} ${place}: ${finding}`))
          }
        }
        expect(found).toEqual([])
      })

      it('[PAGE2] never scrolls sideways', async () => {
        const wide: string[] = []
        for (const place of [...places, household]) {
          await moveTo(device.page, place)
          const overflow = await device.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          if (overflow > 0) wide.push(`${place}: ${overflow} px`)
        }
        expect(wide).toEqual([])
      })
    })
  }

  it('[PAGE3] the sign-in page is free of what axe can find', async () => {
    const device = await openDevice('phone')
    await device.page.goto(relay.url)
    await device.page.getByRole('button', { name: '登录' }).waitFor()
    expect(await axeFindings(device.page)).toEqual([])
    await device.close()
  })
})
