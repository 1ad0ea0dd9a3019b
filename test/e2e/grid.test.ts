import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { fieldLine } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('the page of the grid', () => {
  let relay: Relay
  let device: Device
  beforeAll(async () => {
    relay = await startRelay()
    device = await openDevice('phone')
  })
  afterAll(async () => {
    await device?.close()
    await relay?.close()
  })

  it('[GRIDAPP2] [GRIDAPP3] opens with no network from the name of the grid and from 我的, draws its boundary, and calls whom it names', async () => {
    const { page } = device
    await signIn(device, relay.url, '林晓燕')
    await lightSays(page, /已同步/)
    await device.offline()
    await openPath(page, '/')
    await page.locator('main').getByRole('link', { name: '春和第一网格' }).click()
    await page.getByRole('heading', { name: '我的网格' }).waitFor()
    expect(await fieldLine(page, '网格编码').textContent()).toBe('990101001001001')
    expect(await fieldLine(page, '层级').textContent()).toBe('三级（网格）')
    expect(await fieldLine(page, '上级').textContent()).toContain('春和社区')
    expect(Number((await fieldLine(page, '户数').textContent())?.replace(',', ''))).toBeGreaterThan(100)
    const drawing = page.getByRole('img', { name: /^网格边界示意图：东西约 \d{3} 米，南北约 \d{3} 米$/ })
    const { width = 0, height = 0 } = (await drawing.boundingBox()) ?? {}
    expect(width).toBeGreaterThan(250)
    expect(height).toBeGreaterThan(150)
    const leader = page.locator('section').filter({ has: page.getByRole('heading', { name: '网格长', exact: true }) })
    expect(await leader.textContent()).toContain('周建平')
    expect(await leader.locator('a[href^="tel:1990000"]').count()).toBe(1)
    const team = page.locator('section').filter({ has: page.getByRole('heading', { name: '网格团队' }) })
    expect(await team.textContent()).toMatch(/林晓燕.*专职.*网格员/)
    expect(await team.textContent()).toContain('协管员（区文旅局（演示））')
    await moveTo(page, '/me')
    await page.getByRole('link', { name: '我的网格' }).click()
    await page.getByRole('heading', { name: '春和第一网格' }).waitFor()
    await device.online()
  })
})
