/** What axe finds on a page. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * One line for each rule that is broken: its name and the first place. With `rules`, only those are asked.
 * Pages have no frames, so axe need not gather its findings on a page of their own, which takes twice the time of finding them.
 */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const options = { resultTypes: ['violations' as const], ...(rules && { runOnly: [...rules] }) }
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze()
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)
}
