/** What every UpdateLog does, whatever it is made of. Run over each adapter by update-log.test.ts. */
import { expect, test } from 'vitest'
import { MovedOn, type SharedLog, type StoredDocument, type UpdateLog } from '../../sync-server/src/ports.ts'

export interface LogUnderTest {
  readonly log: UpdateLog
  /** Closes the log and opens what it stored again; the same log where nothing is stored. */
  reopen(): Promise<UpdateLog>
  dispose(): Promise<void>
}

export function describeUpdateLog(name: string, create: () => Promise<LogUnderTest>): void {
  const run = (title: string, body: (under: LogUnderTest) => Promise<void>): void => {
    test(`${title} (${name})`, async () => {
      const under = await create()
      try {
        await body(under)
      } finally {
        await under.dispose()
      }
    })
  }

  run(
    '[LOG1] rows come back in order of commit, per document, also after the log was opened again',
    async ({ log, reopen }) => {
      const first = await log.append([row('a', 1), row('b', 2), row('a', 3)])
      const second = await log.append([row('a', 4)])
      expect([...first, ...second].toSorted((a, b) => a - b)).toEqual([...first, ...second])
      const again = await reopen()
      expect(await readPlain(again, 'a')).toEqual({
        snapshot: undefined,
        tail: [bytes(1), bytes(3), bytes(4)],
        through: second[0],
        damaged: 0,
      })
      expect((await readPlain(again, 'b')).tail).toEqual([bytes(2)])
      expect(await again.documents()).toEqual(['a', 'b'])
      expect(await again.verify()).toEqual([])
    },
  )

  run('[LOG2] a document never written is empty', async ({ log }) => {
    expect(await readPlain(log, 'none')).toEqual({ snapshot: undefined, tail: [], through: 0, damaged: 0 })
    expect(await log.compact('none', bytes(1), 1)).toBe(false)
    expect(await log.documents()).toEqual([])
  })

  run(
    '[LOG3] compaction puts one snapshot in place of the rows up to a sequence, and keeps the later ones',
    async ({ log, reopen }) => {
      const [, second = 0] = await log.append([row('a', 1), row('a', 2)])
      const [third] = await log.append([row('a', 3), row('b', 9)])
      expect(await log.compact('a', bytes(12), second)).toBe(true)
      const again = await reopen()
      expect(await readPlain(again, 'a')).toEqual({ snapshot: bytes(12), tail: [bytes(3)], through: third, damaged: 0 })
      expect((await readPlain(again, 'b')).tail).toEqual([bytes(9)])
      const [fourth = 0] = await again.append([row('a', 4)])
      expect(fourth).toBeGreaterThan(third ?? Infinity)
    },
  )

  run(
    '[LOG4] an older snapshot never replaces a newer one, and none may promise what is not stored',
    async ({ log }) => {
      const [first = 0, second = 0] = await log.append([row('a', 1), row('a', 2)])
      expect(await log.compact('a', bytes(9), second + 100)).toBe(false)
      expect(await log.compact('a', bytes(12), second)).toBe(true)
      expect(await log.compact('a', bytes(1), first)).toBe(false)
      expect(await log.compact('a', bytes(13), second)).toBe(false)
      expect((await readPlain(log, 'a')).snapshot).toEqual(bytes(12))
      expect((await readPlain(log, 'a')).through).toBe(second)
    },
  )

  run(
    '[LOG5] a sequence is never used twice, not even after everything was compacted and the log opened again',
    async ({ log, reopen }) => {
      const [last = 0] = await log.append([row('a', 1)])
      await log.compact('a', bytes(1), last)
      const again = await reopen()
      const [next = 0] = await again.append([row('a', 2)])
      expect(next).toBeGreaterThan(last)
      expect((await readPlain(again, 'a')).tail).toEqual([bytes(2)])
    },
  )

  run('[LOG6] appends of one turn do not mix up their sequences', async ({ log }) => {
    const answers = await Promise.all([
      log.append([row('a', 1), row('b', 2)]),
      log.append([]),
      log.append([row('a', 3)]),
    ])
    expect(answers.map((sequences) => sequences.length)).toEqual([2, 0, 1])
    expect((await readPlain(log, 'a')).tail).toEqual([bytes(1), bytes(3)])
    expect((await readPlain(log, 'a')).through).toBe(answers[2][0])
  })

  run('[LOG7] what the caller does with its bytes afterwards does not reach the log', async ({ log }) => {
    const update = Uint8Array.from(bytes(1))
    await log.append([{ document: 'a', update, account: 'ada' }])
    update.fill(0)
    expect((await readPlain(log, 'a')).tail).toEqual([bytes(1)])
  })

  run(
    '[LOG16] rows are refused, all of them, where a document is not where it was believed to be',
    async ({ log, reopen }) => {
      const [first = 0] = await log.append([row('a', 1)], new Map([['a', 0]]))
      await expect(log.append([row('b', 2), row('a', 3)], new Map([['a', 0]]))).rejects.toThrow(MovedOn)
      expect(await log.documents()).toEqual(['a'])
      const answers = await Promise.allSettled([
        log.append([row('a', 4)], new Map([['a', first]])),
        log.append([row('a', 5)], new Map([['a', first]])),
        log.append([row('b', 6)], new Map([['c', 0]])),
      ])
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      const { through } = await log.read('a')
      await log.compact('a', bytes(14), through)
      const again = await reopen()
      await again.append([row('a', 7)], new Map([['a', through]]))
      expect((await readPlain(again, 'a')).tail).toEqual([bytes(7)])
      expect((await readPlain(again, 'b')).tail).toEqual([bytes(6)])
    },
  )

  run('[LOG8] a closed log refuses', async ({ log }) => {
    await log.close()
    await expect(log.append([row('a', 1)])).rejects.toThrow(/closed|not open/)
    await expect(log.read('a')).rejects.toThrow(/closed|not open/)
  })
}

/** What a log that several relays write does besides. */
export function describeSharedLog(name: string, create: () => Promise<SharedLog>): void {
  test(`[LOG17] what was committed after a sequence is read, or said to be compacted (${name})`, async () => {
    const log = await create()
    const [first = 0, , third = 0] = await log.append([row('a', 1), row('b', 2), row('a', 3), row('a', 4)])
    expect(await log.readAfter('none', 0)).toEqual({ tail: [], through: 0, damaged: 0 })
    const after = await log.readAfter('a', first)
    expect(after?.tail.map((update) => Uint8Array.from(update))).toEqual([bytes(3), bytes(4)])
    expect(after).toMatchObject({ through: third + 1, damaged: 0 })
    await log.compact('a', bytes(13), third)
    expect(await log.readAfter('a', first)).toBeUndefined()
    expect((await log.readAfter('a', third))?.tail.map((update) => Uint8Array.from(update))).toEqual([bytes(4)])
    expect(await log.readAfter('a', third + 1)).toEqual({ tail: [], through: third + 1, damaged: 0 })
    await log.close()
  })

  test(`[LOG18] the documents that were written after a sequence are named in order of commit, compacted or not (${name})`, async () => {
    const log = await create()
    const [first = 0, second = 0] = await log.append([row('a', 1), row('b', 2)])
    const [third = 0] = await log.append([row('a', 3)])
    await log.compact('a', bytes(13), third)
    expect(await log.moved(0)).toEqual([
      { document: 'b', sequence: second },
      { document: 'a', sequence: third },
    ])
    expect(await log.moved(first)).toEqual(await log.moved(0))
    expect(await log.moved(second)).toEqual([{ document: 'a', sequence: third }])
    expect(await log.moved(third)).toEqual([])
    await log.close()
  })
}

/** Buffers and plain arrays hold the same. */
async function readPlain(log: UpdateLog, document: string): Promise<StoredDocument> {
  const { snapshot, tail, ...rest } = await log.read(document)
  return {
    ...rest,
    snapshot: snapshot && Uint8Array.from(snapshot),
    tail: tail.map((update) => Uint8Array.from(update)),
  }
}

export function row(document: string, value: number): { document: string; update: Uint8Array; account: string } {
  return { document, update: bytes(value), account: 'ada' }
}

export function bytes(value: number): Uint8Array {
  return new Uint8Array(300).fill(value)
}
