import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { lightSays, moveTo, openPath, signIn } from './flows.ts'
import { fieldLine, told } from './person.ts'
import { openDevice, sizes, startRelay, type Device, type Relay } from './stage.ts'

describe('the settings of a community', () => {
  let relay: Relay
  let office: Device
  beforeAll(async () => {
    relay = await startRelay()
    office = await openDevice('phone')
    await signIn(office, relay.url, '许文静')
    await lightSays(office.page, /已同步/)
  })
  afterAll(async () => {
    await office?.close()
    await relay?.close()
  })

  it('[SETAPP2] the office sets a time, everybody’s next ticket has it, and it goes back to the default', async () => {
    const { page } = office
    const member = await openDevice('phone')
    await signIn(member, relay.url, '林晓燕')
    await lightSays(member.page, /已同步/)
    await moveTo(member.page, '/me')
    expect(await member.page.getByRole('link', { name: '社区设置' }).count()).toBe(0)

    await moveTo(page, '/me')
    await page.getByRole('link', { name: '社区设置' }).click()
    const repair = page.getByRole('button', { name: /设施报修/ })
    await repair.click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('到场', { exact: true }).fill('x')
    await sheet.getByRole('button', { name: '确定' }).click()
    await sheet.getByText('请填整数').waitFor()
    await sheet.getByLabel('到场', { exact: true }).fill('45')
    await sheet.getByLabel('到场的单位').selectOption('minutes')
    await sheet.getByRole('button', { name: '确定' }).click()
    await page.getByRole('button', { name: /设施报修.*到场 45 分钟.*已改/ }).waitFor()
    await page.getByRole('button', { name: '保存 1 处修改' }).click()
    await told(page, '设置已保存到服务器')
    await page.getByText('许文静').first().waitFor()

    await openPath(member.page, '/tickets/new')
    await member.page.getByLabel('发生了什么').fill('小广场路灯不亮')
    await member.page.getByLabel('楼栋', { exact: true }).last().selectOption('')
    await member.page.getByLabel('具体位置').fill('小广场东侧')
    await member.page.getByRole('button', { name: '上报', exact: true }).last().click()
    await member.page.waitForURL(/\/tickets\/(?!new)[^/]+$/)
    await member.page
      .getByText(/剩 4\d 分钟/)
      .first()
      .waitFor()

    await repair.click()
    await sheet.getByRole('button', { name: '恢复默认' }).click()
    await sheet.getByRole('button', { name: '确定' }).click()
    await page.getByRole('button', { name: '保存 1 处修改' }).click()
    await expect.poll(() => page.getByText('已改').count()).toBe(0)
    // Reported before: it keeps its time.
    await member.page
      .getByText(/剩 4\d 分钟/)
      .first()
      .waitFor()
    await member.close()
  })

  it('[SETAPP5] what the office adds to a list is offered in the forms of a colleague, and no longer once it is retired', async () => {
    const { page } = office
    const member = await openDevice('phone')
    await signIn(member, relay.url, '林晓燕')
    await lightSays(member.page, /已同步/)
    const list = page.getByRole('button', { name: /设施类别/ })
    const sheet = page.getByRole('dialog')
    const save = async () => {
      await sheet.getByRole('button', { name: '确定' }).click()
      await page.getByRole('button', { name: '保存 1 处修改' }).click()
      await page.getByRole('button', { name: '没有修改' }).waitFor()
    }
    await moveTo(page, '/settings')
    await list.click()
    await sheet.getByLabel('新增一项').fill('宣传')
    await sheet.getByRole('button', { name: '加入' }).click()
    await sheet.getByText('请填不重复的名称').waitFor()
    await sheet.getByLabel('新增一项').fill('充电桩')
    await sheet.getByRole('button', { name: '加入' }).click()
    await save()
    await page.getByRole('button', { name: /设施类别.*自定义 1 项/ }).waitFor()
    await moveTo(member.page, '/ledger/add/facility')
    await member.page.getByText('充电桩').first().waitFor({ state: 'attached' })
    await member.page.getByLabel('名称', { exact: false }).first().fill('东门充电桩')
    await member.page.getByRole('radio', { name: '充电桩' }).check({ force: true })
    await member.page.getByLabel('位置', { exact: false }).first().fill('东门')
    await member.page.getByRole('radio', { name: '完好' }).check({ force: true })
    await member.page.getByRole('button', { name: '保存', exact: true }).click()
    await told(member.page, '已保存在本机')
    await lightSays(member.page, /已同步/)
    expect(await fieldLine(member.page, '类别').textContent()).toBe('充电桩')
    await moveTo(member.page, '/ledger/add/facility')
    await list.click()
    await sheet.getByRole('button', { name: '停用' }).click()
    await save()
    await expect.poll(() => member.page.getByText('充电桩').count()).toBe(0)
    await member.close()
  })

  it('[SETAPP3] with no network the settings can be read, and say that they need the server', async () => {
    const { page } = office
    await moveTo(page, '/settings')
    await page.getByRole('button', { name: /设施报修/ }).waitFor()
    await office.offline()
    await moveTo(page, '/me')
    await moveTo(page, '/settings')
    await page.getByText('设置要连上服务器').waitFor()
    expect(await page.getByRole('button', { name: /保存|设施报修/ }).count()).toBe(0)
    await page.getByText('到场 3 小时').first().waitFor()
    await office.online()
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('button', { name: /设施报修/ }).waitFor()
  })

  it('[SETAPP4] the settings are free of what axe can find and never scroll sideways, in light and in dark', async () => {
    const { page } = office
    const found: string[] = []
    for (const size of ['phone', 'tablet', 'desktop'] as const) {
      await page.setViewportSize(sizes[size])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await moveTo(page, '/settings')
        await page.getByRole('button', { name: /设施报修/ }).waitFor()
        found.push(...(await axeFindings(page)).map((finding) => `${size} ${colorScheme}: ${finding}`))
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        if (isWide) found.push(`${size} scrolls sideways`)
      }
    }
    expect(found).toEqual([])
  })
})
