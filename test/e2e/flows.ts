/** What a person does, in the words of the interface. */
import type { Page } from 'playwright-core'
import type { Device } from './stage.ts'

/** Signs in with a demo account by tapping its row, and waits for the first page. */
export async function signIn({ page }: Device, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name }).click()
  await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
}

export async function openPath(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href)
}

/** Moves inside the running app, as a link would. */
export async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** Waits until the sync light says this. */
export async function lightSays(page: Page, text: string | RegExp): Promise<void> {
  await page
    .locator('header')
    .getByRole('button', { name: text })
    .or(page.locator('header').getByRole('link', { name: text }))
    .first()
    .waitFor({ timeout: 60_000 })
}

/** The address of the first household of the first building. */
export async function firstHousehold(page: Page): Promise<string> {
  await openPath(page, '/ledger')
  await page.locator('main a[href*="/ledger/building/"]').first().click()
  const door = page.locator('main a[href*="/ledger/household/"]').first()
  await door.waitFor()
  return (await door.getAttribute('href')) ?? ''
}

export async function setPhone(page: Page, household: string, phone: string): Promise<void> {
  await openPath(page, household)
  await page
    .getByRole('link', { name: '修改' })
    .or(page.getByRole('button', { name: '修改' }))
    .first()
    .click()
  const field = page.getByLabel('联系电话', { exact: true }).first()
  await field.fill(phone)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存在本机').first().waitFor()
}

/** Whether this text is among what the account has begun to write, or what else its store on this device keeps under such a key. */
export function isKept(page: Page, account: string, text: string, under = 'kept/draft/'): Promise<boolean> {
  return page.evaluate(
    async ([name, searched, prefix]) => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('the database did not answer')))
        })
      const database = await done(indexedDB.open(name))
      const settings = database.transaction('settings').objectStore('settings')
      const range = IDBKeyRange.bound(prefix, `${prefix}\uFFFF`)
      const values: readonly unknown[] = await done(settings.getAll(range))
      database.close()
      return values.some((value) => value instanceof Uint8Array && new TextDecoder().decode(value).includes(searched))
    },
    [`tongge/${account}`, text, under] as const,
  )
}
