import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
            const axe = new AxeBuilder({ page: device.page })
            // Structure is the same in the dark; colours are not.
            const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze()
            found.push(
              ...violations.map(({ id, nodes }) => `${colorScheme} ${place}: ${id} at ${nodes[0]?.target.join(' ')}`),
            )
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
    const { violations } = await new AxeBuilder({ page: device.page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await device.close()
  })
})
