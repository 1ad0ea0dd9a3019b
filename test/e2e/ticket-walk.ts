/** Takes a ticket along its course in several browsers at once; what each person must be offered on the way is asked of the model. */
import { allowedSteps, type Actor, type Step, type StepAction, type Ticket } from '@tongge/model'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { tickets as words } from '../../client/src/i18n/zh/tickets.ts'
import { folded, stepOf } from '../../packages/model/src/testing/fixture.ts'

export interface Person {
  readonly page: Page
  readonly actor: Actor
}

export interface Way {
  readonly who: Person
  readonly action: StepAction
  /** Fills in what the form asks for besides a note. */
  readonly fill?: (form: Locator) => Promise<unknown>
  /** What that makes the step carry. */
  readonly carries?: Partial<Step>
}

/** Everybody has the ticket open, which was just reported. Ends with all of them reading the same course. */
export async function walk(everybody: readonly Person[], reporter: Person, way: readonly Way[]): Promise<void> {
  const steps: Step[] = [stepOf('s0', 'submit', 'draft', reporter.actor, 0)]
  await compare(everybody, folded(...steps))
  for (const [index, { who, action, fill, carries }] of way.entries()) {
    const ticket = folded(...steps)
    await take(who.page, nameOf(action, ticket), fill)
    // Who closes a ticket says what they had seen of it.
    const seen = action === 'close' || action === 'callback' ? { seen: steps.map(({ id }) => id) } : {}
    steps.push(stepOf(`s${index + 1}`, action, ticket.state, who.actor, index + 1, { ...seen, ...carries }))
    const after = folded(...steps)
    expect({ refused: after.refused, conflicting: after.conflicting }).toEqual({ refused: [], conflicting: [] })
    await compare(everybody, after)
  }
}

async function take(page: Page, name: string, fill: Way['fill']): Promise<void> {
  const sheet = page.getByRole('dialog')
  const main = footOf(page).getByRole('button', { name, exact: true })
  if ((await main.count()) > 0) await main.click()
  else {
    await moreOf(page).click()
    await sheet
      .getByRole('button')
      .filter({ hasText: new RegExp(`^${name}`) })
      .click()
  }
  if (!oneTap.has(name)) {
    await sheet.locator('textarea').fill('走一遍')
    await fill?.(sheet)
    await sheet.getByRole('button', { name, exact: true }).click()
  }
  await isShut(page)
}

/** Waits until everybody has every step, and looks at what each is offered. */
async function compare(everybody: readonly Person[], ticket: Ticket): Promise<void> {
  const found = await Promise.all(
    everybody.map(async ({ page, actor }) => {
      await timelineOf(page)
        .nth(ticket.steps.length - 1)
        .waitFor()
      return { who: actor.account, state: ticket.state, offered: await offeredOn(page) }
    }),
  )
  expect(found).toEqual(
    everybody.map(({ actor }) => ({
      who: actor.account,
      state: ticket.state,
      offered: allowedSteps(ticket, actor)
        .map(({ action }) => nameOf(action, ticket))
        .toSorted(),
    })),
  )
}

/** What a row says of the step beside its name. */
const told = /(之后变为“.*”|不改变状态)$/

async function offeredOn(page: Page): Promise<readonly string[]> {
  const main = await footOf(page).getByRole('button').allTextContents()
  await moreOf(page).click()
  const rows = page.getByRole('dialog').getByRole('button').filter({ hasText: told })
  await rows.first().waitFor()
  const others = await rows.allTextContents()
  await page.keyboard.press('Escape')
  await isShut(page)
  return [...main.filter((text) => text !== words.act.more), ...others.map((text) => text.replace(told, ''))].toSorted()
}

/** A sheet that shuts takes its own history entry back before another is opened. */
async function isShut(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.waitForFunction(() => !(history.state as { sheet?: boolean } | null)?.sheet)
}

const moreOf = (page: Page): Locator => page.getByRole('button', { name: words.act.more, exact: true })
const footOf = (page: Page): Locator => moreOf(page).locator('..')

export const timelineOf = (page: Page): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: words.detail.steps }) }).getByRole('listitem')

const oneTap: ReadonlySet<string> = new Set([words.act.do.accept, words.act.do.start, words.act.do.resume])

function nameOf(action: StepAction, { state }: Pick<Ticket, 'state'>): string {
  return action === 'dispatch' && state === 'assigned' ? words.act.redispatch : words.act.do[action]
}
