/** Everything asked for in one turn of the event loop in one transaction, and so in one fsync: all of it or none. */
import type { Database } from 'better-sqlite3'

export interface GroupCommit {
  /** Resolves once it is committed; rejects when nothing of the turn is. */
  join<T>(work: () => T): Promise<T>
  /** At once, in a transaction of its own. Throws when it cannot be committed. */
  alone<T>(work: () => T): T
  /** Whoever counts in memory says how to count back what was not committed: `mark` is called before each transaction. */
  onBegin(mark: () => () => void): void
  /** Commits what waits. */
  flush(): void
}

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

export function createGroupCommit(database: Database): GroupCommit {
  const marks: (() => () => void)[] = []
  let waiting: Waiting[] = []
  const transaction = database.transaction((work: () => unknown) => work())

  const alone = <T>(work: () => T): T => {
    const undo = marks.map((mark) => mark())
    try {
      return transaction(work) as T
    } catch (error) {
      for (const one of undo) one()
      throw error
    }
  }

  const flush = (): void => {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      const results = alone(() => group.map(({ work }) => work()))
      group.forEach(({ resolve }, index) => resolve(results[index]))
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  return {
    join<T>(work: () => T): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      waiting.push({ work, resolve, reject })
      if (waiting.length === 1) queueMicrotask(flush)
      return promise as Promise<T>
    },
    alone,
    onBegin: (mark) => void marks.push(mark),
    flush,
  }
}
