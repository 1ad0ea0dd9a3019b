/** What a person does in the ledger, in the words of the interface; beside the few steps of flows.ts that every test needs. */
import type { Locator, Page } from 'playwright-core'
import { moveTo } from './flows.ts'

/** Waits for a short message. */
export async function told(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('status').getByText(text).first().waitFor()
}

/** Takes back what the newest message tells of. */
export async function undo(page: Page): Promise<void> {
  await page.getByRole('status').getByRole('button', { name: '撤销' }).last().click()
  await told(page, '已撤销')
}

export async function tap(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
}

/** The value of a filled-in field on the page of a record. */
export function fieldLine(page: Page, label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    .locator('dd')
}

export async function deleteRecord(page: Page): Promise<void> {
  await tap(page, /^删除这条/)
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
}

/** Changes one field of a record without leaving the running app. */
export async function edit(page: Page, path: string, label: string, value: string): Promise<void> {
  await moveTo(page, path)
  await page.getByRole('link', { name: '修改' }).first().click()
  await page.getByLabel(label, { exact: true }).fill(value)
  await tap(page, '保存')
  await told(page, '已保存在本机')
}

export interface Newcomer {
  readonly name: string
  readonly door: string
  readonly phone: string
  readonly birthDate: string
  readonly idNo?: string
}

/** Fills in 登记一户 for a door that is not in the building yet, and saves. */
export async function registerHousehold(page: Page, building: string, newcomer: Newcomer): Promise<void> {
  await moveTo(page, `/ledger/add/household?building=${building}`)
  const field = (label: string): Locator => page.getByRole('textbox', { name: new RegExp(`^${label}`) })
  await field('单元').fill('9')
  await field('楼层').fill('9')
  await field('门牌').fill(newcomer.door)
  await field('姓名').fill(newcomer.name)
  await field('出生日期').fill(newcomer.birthDate)
  await page.getByRole('radio', { name: '女' }).check()
  await field('联系方式').fill(newcomer.phone)
  if (newcomer.idNo) await field('公民身份号码').fill(newcomer.idNo)
  await page.getByRole('button', { name: '保存' }).click()
}

/** Types into the search box of the ledger and gives the results. */
export async function search(page: Page, text: string): Promise<Locator> {
  await moveTo(page, '/ledger')
  await page.getByLabel('搜索台账').fill(text)
  const found = page.locator('main a[href^="/ledger/"]:visible').filter({ has: page.locator('mark') })
  return found
}
