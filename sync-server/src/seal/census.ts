/** Under which keys the rows of a log file rest. */
import { startsOf } from '../log/sqlite-rewrite.ts'
import { headBytes, keyIdOf } from './seal.ts'

export interface Census {
  readonly unsealed: number
  readonly rowsByKey: ReadonlyMap<string, number>
}

/** Also while a relay uses the file. */
export function censusOf(path: string): Census {
  let unsealed = 0
  const rowsByKey = new Map<string, number>()
  for (const { start, rows } of startsOf(path, headBytes)) {
    const id = keyIdOf(start)
    if (id === undefined) unsealed += rows
    else rowsByKey.set(id, (rowsByKey.get(id) ?? 0) + rows)
  }
  return { unsealed, rowsByKey }
}
