/** Holds signed heads against the entries as they go by. */
import { decodeHash, isSame, type SignedHead } from '@tongge/protocol/audit'
import type { RunningRoot } from './running-root.ts'
import { isSigned } from './signing-key.ts'

export interface HeadsCheck {
  /** A key that the log announces at this moment. */
  announced(key: string): void
  /** Called before the first entry and after each one. */
  passed(): void
  /** Called after the last entry. */
  ended(): void
}

interface Expected {
  readonly what: string
  readonly head: SignedHead
}

/** `given` are heads that others kept. */
export function checkHeads(
  stored: readonly SignedHead[],
  given: readonly SignedHead[],
  running: RunningRoot,
  tell: (problem: string) => void,
): HeadsCheck {
  const expected: Expected[] = [
    ...stored.map((head) => ({ what: `head of ${head.size} entries`, head })),
    ...given.map((head) => ({ what: `given head of ${head.size} entries`, head })),
  ].toSorted((a, b) => a.head.size - b.head.size)
  const keys = new Set<string>()
  let next = 0
  let lastGood = 0
  let broken = 0

  const check = ({ what, head }: Expected): void => {
    if (!isSigned(head)) tell(`${what}: the signature is wrong`)
    else if (!keys.has(head.key)) tell(`${what}: signed with a key that the log does not announce before it`)
    if (isSame(running.root(), decodeHash(head.root))) {
      lastGood = head.size
      return
    }
    // Everything that follows an altered entry has another root too.
    if (broken++ === 0) tell(`${what}: entries ${lastGood} to ${head.size - 1} are not those that were signed`)
  }

  return {
    announced: (key) => void keys.add(key),
    passed() {
      for (let one = expected[next]; one && one.head.size <= running.size; one = expected[next]) {
        if (one.head.size === running.size) check(one)
        next++
      }
    },
    ended() {
      for (const { what, head } of expected.slice(next))
        tell(`${what}: there are only ${running.size}; the last ${head.size - running.size} are gone`)
      if (broken > 1) tell(`${broken - 1} later heads do not match either`)
    },
  }
}
