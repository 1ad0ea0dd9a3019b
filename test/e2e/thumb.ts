/** One thumb on a phone: counts what it does, and notes what it could hardly reach or hit. */
import type { Locator, Page } from 'playwright-core'

export interface Thumb {
  readonly deeds: { readonly taps: number; readonly characters: number }
  /** Targets that are low, narrow, off the screen or in its upper third. */
  readonly misses: readonly string[]
  tap(target: Locator): Promise<void>
  /** From the list that a phone lays over the page: a tap opens it, another one chooses. */
  choose(select: Locator, option: Parameters<Locator['selectOption']>[0]): Promise<void>
  /** Where the caret is already. */
  type(text: string): Promise<void>
}

const smallest = 43.5

/** `pace` waits as long as a person takes, in milliseconds; without it nothing is waited for. */
export function thumbOf(page: Page, pace = { tap: 0, character: 0 }): Thumb {
  const deeds = { taps: 0, characters: 0 }
  const misses: string[] = []
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor()
    const found = await target.evaluate((element) => {
      const { left, top, bottom, width, height } = element.getBoundingClientRect()
      const name = (element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 20)
      return { name, left, top, bottom, width, height, reach: innerHeight / 3, end: innerHeight }
    })
    const { name, top, bottom, width, height } = found
    if (Math.min(width, height) < smallest) misses.push(`${name}: ${width} × ${height} px`)
    if (bottom > found.end || top < 0) misses.push(`${name}: off the screen`)
    if ((top + bottom) / 2 < found.reach) misses.push(`${name}: ${Math.round((top + bottom) / 2)} px from the top`)
    deeds.taps++
    await page.waitForTimeout(pace.tap)
  }
  return {
    deeds,
    misses,
    tap: async (target) => {
      await reach(target)
      await target.click()
    },
    choose: async (select, option) => {
      await reach(select)
      deeds.taps++
      await page.waitForTimeout(pace.tap)
      await select.selectOption(option)
    },
    type: async (text) => {
      deeds.characters += text.length
      await page.locator('input:focus, textarea:focus').waitFor()
      for (const character of text) {
        await page.waitForTimeout(pace.character)
        await page.keyboard.insertText(character)
      }
    },
  }
}
