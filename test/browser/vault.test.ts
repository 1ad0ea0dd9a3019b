import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStage, type Stage } from './chromium.ts'
import type { PageStage } from './page.ts'

declare const stage: PageStage

const rounds = Number(process.env['TONGGE_KILLS'] ?? 10)

describe('the vault in Chromium', () => {
  let place: Stage
  beforeAll(async () => {
    place = await createStage()
  })
  afterAll(() => place.close())

  it(`[SAVE1] every edit called saved is there after the browser was killed in the middle of writing (${rounds} rounds)`, async () => {
    try {
      const saved = new Set<string>()
      for (let round = 0; round < rounds; round++) {
        const running = await place.open()
        const page = await running.newPage()
        const content = await page.evaluate(() => stage.open())
        expect([...saved].filter((key) => !(key in content))).toEqual([])
        let enough = (): void => undefined
        const busy = new Promise<void>((resolve) => (enough = resolve))
        let reported = 0
        await page.exposeFunction('report', (key: string) => {
          saved.add(key)
          if (++reported === 20 + round * 7) enough()
        })
        await page.evaluate((round) => {
          let number = 0
          const next = (): void => {
            const key = `r${round}n${++number}`
            const { report } = globalThis as unknown as { report(key: string): void }
            void stage.write(key, 200).then((isSaved) => isSaved && report(key))
            setTimeout(next, 1)
          }
          next()
        }, round)
        await busy
        await running.kill()
      }
      const running = await place.open()
      const page = await running.newPage()
      const content = await page.evaluate(() => stage.open())
      expect([...saved].filter((key) => !(key in content))).toEqual([])
      expect(saved.size).toBeGreaterThan(rounds * 20)
      await running.close()
    } finally {
      // What one test leaves must not become another's start.
      await place.reset()
    }
  })

  const withPages = async (count: number, work: (...pages: Page[]) => Promise<void>): Promise<void> => {
    const running = await place.open()
    try {
      const pages = await Promise.all(Array.from({ length: count }, () => running.newPage()))
      await work(...pages)
    } finally {
      await running.close()
      await place.reset()
    }
  }

  it('[SAVE3] at the end of the quota nothing is called saved that is not on disk, the light says so, and earlier data opens', () =>
    withPages(1, async (page) => {
      if (!page) throw new Error('no page')
      const session = await page.context().newCDPSession(page)
      // Before the first write: the browser remembers for a while how much room there was.
      await session.send('Storage.overrideQuotaForOrigin', { origin: place.url.slice(0, -1), quotaSize: 1_000_000 })
      await page.evaluate(() => stage.open())
      expect(await page.evaluate(() => stage.write('early', 1000))).toBe(true)
      const outcomes: boolean[] = []
      for (let number = 0; number < 60; number++)
        outcomes.push(await page.evaluate((number) => stage.write(`n${number}`, 50_000), number))
      const savedKeys = outcomes.flatMap((isSaved, number) => (isSaved ? [`n${number}`] : []))
      expect(savedKeys.length).toBeLessThan(60)
      const refused = (await page.evaluate(() => stage.light())) as {
        status: object
        light: object
        problems: string[]
      }
      expect(refused).toMatchObject({
        status: { state: 'failed', reason: 'quota' },
        light: { light: 'unsaved', problem: 'quota' },
      })
      expect(refused.problems).toContain('quota')
      const other = await page.context().newPage()
      await other.goto(place.url)
      await other.waitForFunction(() => 'stage' in globalThis)
      const content = await other.evaluate(() => stage.open())
      expect(Object.keys(content)).toContain('early')
      expect(savedKeys.filter((key) => !(key in content))).toEqual([])
      await other.evaluate(() => stage.close())
      await other.close()
      await session.send('Storage.overrideQuotaForOrigin', { origin: place.url.slice(0, -1) })
      await page.evaluate(() => stage.retry())
      expect(await page.evaluate(() => stage.light())).toMatchObject({ status: { state: 'current' } })
    }))

  it('[SAVE13] what was being written when the page was left is on disk, and the next page opens', () =>
    withPages(1, async (page) => {
      if (!page) throw new Error('no page')
      await page.evaluate(() => stage.open())
      expect(await page.evaluate(() => stage.write('before'))).toBe(true)
      const gone = page.waitForURL('about:blank')
      await page.evaluate(() => stage.leave('last'))
      await gone
      await page.goto(place.url)
      await page.waitForFunction(() => 'stage' in globalThis)
      expect(Object.keys(await page.evaluate(() => stage.open()))).toEqual(['before'])
      expect(await page.evaluate(() => stage.left())).toBe('last')
    }))

  it('[SAVE4] a damaged row does not keep the rest of the document from opening', () =>
    withPages(1, async (page) => {
      if (!page) throw new Error('no page')
      await page.evaluate(() => stage.open())
      for (const key of ['a', 'b', 'c']) await page.evaluate((key) => stage.write(key), key)
      await page.evaluate(() => stage.close())
      expect(await page.evaluate(() => stage.damageOldestRow())).toBe(1)
      const content = await page.evaluate(() => stage.open())
      // The damaged row held an edit the relay lacks, so the outbox has it too.
      expect([Object.keys(content).sort(), await page.evaluate(() => stage.damaged())]).toEqual([['a', 'b', 'c'], 1])
    }))

  it('[TAB1] two tabs without a network share edits at once, and the second writes on when the first is gone', () =>
    withPages(2, async (one, two) => {
      if (!one || !two) throw new Error('no pages')
      await one.evaluate(() => stage.open(true))
      await two.evaluate(() => stage.open(true))
      expect(await two.evaluate(() => stage.write('two'))).toBe(true)
      expect(await one.evaluate(() => stage.write('one'))).toBe(true)
      const both = '["one","two"]'
      for (const page of [one, two])
        await page.waitForFunction((both) => JSON.stringify(Object.keys(stage.content()).sort()) === both, both)
      const slots = [await one.evaluate(() => stage.lease()), await two.evaluate(() => stage.lease())]
      expect(slots[0]).not.toBe(slots[1])
      await one.goto('about:blank')
      expect(await two.evaluate(() => stage.write('three'))).toBe(true)
      await one.goto(place.url)
      await one.waitForFunction(() => 'stage' in globalThis)
      expect(Object.keys(await one.evaluate(() => stage.open(true))).sort()).toEqual(['one', 'three', 'two'])
    }))

  it('[SAVE9] a database deleted under an open tab is written anew from what the tab holds', () =>
    withPages(2, async (one, two) => {
      if (!one || !two) throw new Error('no pages')
      await one.evaluate(() => stage.open())
      await one.evaluate(() => stage.write('before'))
      await two.evaluate(() => stage.deleteDatabase())
      expect(await one.evaluate(() => stage.write('after'))).toBe(true)
      expect(Object.keys(await two.evaluate(() => stage.open())).sort()).toEqual(['after', 'before'])
      expect([
        await one.evaluate(() => stage.unsent()),
        (await one.evaluate(() => stage.light())) as object,
      ]).toMatchObject([2, { status: { state: 'current' }, problems: ['lost'] }])
    }))

  it('[SAVE10] y-indexeddb behind its adapter says when a public document is on disk', () =>
    withPages(1, async (page) => {
      if (!page) throw new Error('no page')
      await page.evaluate(() => stage.open())
      await page.evaluate(() => stage.stock('board', 'one'))
      expect(await page.evaluate(() => stage.stock('board', 'two'))).toEqual({
        status: { state: 'current' },
        keys: ['one', 'two'],
      })
    }))
})
