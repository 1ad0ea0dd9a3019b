/** How pages look on a screen: all of them by address and title, and what can be measured on each. */
import type { Page } from 'playwright-core'
import { moveTo } from './flows.ts'

const titleByPlace: Readonly<Record<string, string>> = {
  '/': '今日',
  '/ledger': '台账',
  '/tickets': '事件',
  '/tickets/new': '上报事件',
  '/notes': '笔记',
  '/meetings': '议事',
  '/me': '我的',
  '/sync-state': '同步状态',
  '/conflicts': '冲突',
  '/trash': '回收站',
  '/storage': '存储空间',
  '/install': '添加到桌面',
  '/import': '导入台账',
}
export const places = Object.keys(titleByPlace)

/** Moves on and waits for the page itself: its part of the app may have to load first. */
export async function openPlace(page: Page, place: string): Promise<void> {
  await moveTo(page, place)
  const title = titleByPlace[place]
  if (title !== undefined) await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor()
}

/** Size of the text, height of a row and space around it on 我的. */
export function look(page: Page): Promise<{ readonly text: number; readonly target: number; readonly space: number }> {
  return page.evaluate(() => {
    const row = document.querySelector('main a[href="/trash"]')
    if (!row) throw new Error('no row to measure')
    const style = getComputedStyle(row)
    return {
      text: Number.parseFloat(style.fontSize),
      target: row.getBoundingClientRect().height,
      space: Number.parseFloat(style.paddingLeft),
    }
  })
}

/** Targets below 44 px, and what reaches beyond the screen or is cut off without a sign. */
export async function faultsOf(page: Page, all: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = []
  for (const place of all) {
    await openPlace(page, place)
    const found = await page.evaluate(() => {
      const isSeen = (element: Element): boolean =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      const targets = [
        ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary'),
      ].filter(
        (element) => (isSeen(element) || element.matches('label input')) && element.getBoundingClientRect().width > 1,
      )
      const name = (element: Element): string =>
        `${element.tagName.toLowerCase()} ${(element.textContent || element.getAttribute('aria-label') || element.closest('label')?.textContent || '').trim().slice(0, 20)}`
      const height = (element: Element): number =>
        Math.max(
          element.getBoundingClientRect().height,
          element.matches('[type="checkbox"]') ? (element.closest('label')?.getBoundingClientRect().height ?? 0) : 0,
        )
      const low = targets.filter((element) => height(element) < 43.5)
      const wide = targets.filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
      const cut = targets.filter(
        (element) =>
          getComputedStyle(element).overflowX === 'hidden' &&
          getComputedStyle(element).textOverflow !== 'ellipsis' &&
          element.scrollWidth > element.clientWidth + 1,
      )
      return [
        ...low.map((element) => `${height(element)} px high: ${name(element)}`),
        ...wide.map((element) => `beyond the screen: ${name(element)}`),
        ...cut.map((element) => `cut off: ${name(element)}`),
        ...(document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []),
      ]
    })
    faults.push(...new Set(found.map((one) => `${place}: ${one}`)))
  }
  return faults
}
