import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { fixtureIdNo, fixturePeople } from '../../packages/ledger-io/fixtures/people.ts'
import { usualHeader, usualRow, xlsxOf } from '../../packages/ledger-io/fixtures/sheets.ts'
import { lightSays, moveTo, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

/** An office's sheet: a title above the header, building and door written once per household, a total at the foot, one wrong ID number. */
async function officeSheet(): Promise<Buffer> {
  const people = fixturePeople(60).map((person, index) => ({
    ...person,
    building: `3${person.building}`,
    idNo: fixtureIdNo(`1955${person.idNo.slice(10, 14)}`, index % 999),
  }))
  const rows = people.map((person, index) => {
    const row: unknown[] = [...usualRow(person)]
    if (index % 3) row[0] = row[1] = row[2] = null
    if (index === 7) row[5] = String(row[5]).slice(0, 17) + (String(row[5]).endsWith('1') ? '2' : '1')
    return row
  })
  const cells = [
    ['示例社区示例小区实有人口台账'],
    [...usualHeader],
    ...rows,
    ['合计', null, null, '60人'],
  ] as Parameters<typeof xlsxOf>[0]['rows']
  return Buffer.from(await xlsxOf({ name: '实有人口', rows: cells, merges: [[0, 0, 0, 11]] }))
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

async function preview(page: Page): Promise<void> {
  await page.getByText('表里没有时填什么').waitFor()
  await page.getByRole('button', { name: '预览' }).click()
  await page.getByText('逐行结果').waitFor()
}

describe('导入', () => {
  let relay: Relay
  let desk: Device
  let phone: Device
  let sheet: Buffer
  beforeAll(async () => {
    relay = await startRelay()
    ;[desk, phone, sheet] = await Promise.all([openDevice('desktop'), openDevice('phone'), officeSheet()])
    await Promise.all([signIn(desk, relay.url, '周建平'), signIn(phone, relay.url, '林晓燕')])
  })
  afterAll(async () => {
    await Promise.all([desk?.close(), phone?.close()])
    await relay?.close()
  })

  it('[IMPAPP1] a file that is no sheet is refused in words and nothing changes', async () => {
    await moveTo(desk.page, '/import')
    await choose(desk.page, 'photo.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
    await desk.page.getByText('这不是表格文件').waitFor()
  })

  it('[IMPAPP2] a ledger is imported with no network, its wrong row named, and reaches the colleague', async () => {
    const { page } = desk
    await lightSays(page, /已同步/)
    await desk.offline()
    await choose(page, '台账.xlsx', sheet)
    await preview(page)

    await page.getByRole('button', { name: /^有问题/ }).click()
    await page.getByText('身份证').first().waitFor()
    await page.getByRole('button', { name: /^导入 \d+/ }).click()
    await page.getByText('导入完成，已保存在本机').waitFor({ timeout: 60_000 })
    await desk.online()
    await lightSays(page, /已同步/)
    const name = fixturePeople(60)[0]?.name ?? ''
    await moveTo(phone.page, '/ledger')
    await phone.page.getByPlaceholder(/姓名/).fill(name)
    await phone.page.getByText(name, { exact: true }).first().waitFor({ timeout: 60_000 })
    expect(name).not.toBe('')
  })

  it('[IMPAPP3] the same file again changes nothing, and one undo takes the whole import back, and 重做 brings it again', async () => {
    const { page } = desk
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('已撤销这次导入').waitFor()
    await page.getByRole('button', { name: '重做这次导入' }).click()
    await page.getByText('导入完成，已保存在本机').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('已撤销这次导入').waitFor()
    await page.getByRole('button', { name: '再导入一个文件' }).click()
    await choose(page, '台账.xlsx', sheet)
    await preview(page)
    await page.getByRole('button', { name: /^导入 \d+/ }).click()
    await page.getByText('导入完成，已保存在本机').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: '再导入一个文件' }).click()
    await choose(page, '台账.xlsx', sheet)
    await preview(page)
    expect(
      await page
        .getByRole('button', { name: /^导入 \d+/ })
        .isEnabled()
        .catch(() => false),
    ).toBe(false)
  })

  it('[IMPAPP5] a preview is left only after a question', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '返回' }).click()
    await page.getByRole('button', { name: '继续填写' }).click()
    await page.getByText('逐行结果').waitFor()
    await page.getByRole('link', { name: '返回' }).click()
    await page.getByRole('button', { name: '放弃修改' }).click()
    await page.getByText('逐行结果').waitFor({ state: 'detached' })
  })

  it('[IMPAPP4] the import page offers to take the import back, with what it made, after it was left and opened again', async () => {
    const { page } = desk
    await moveTo(page, '/ledger')
    await moveTo(page, '/import')
    await page.getByText('刚才的导入可以整个撤销').waitFor()
    await page.getByText(/^新增了 \d+ 户、\d+ 人/).waitFor()
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('已撤销这次导入').waitFor()
    await moveTo(page, '/ledger')
    await moveTo(page, '/import')
    await page.getByText('选择 Excel 或 CSV 文件').waitFor()
    expect(await page.getByRole('button', { name: '撤销这次导入' }).count()).toBe(0)
  })
})
