/** Somebody with the relay's files, and in the end with its key, against what verify-log and a kept head see. */
import type { SignedHead } from '@tongge/protocol/audit'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit, type AuditReport } from '../../sync-server/src/audit/verify-audit.ts'
import { leafOf } from '../../sync-server/src/audit/tree.ts'
import { cutOff, exchangeEntries, insertEntry, makeSample, removeEntry, type Sample } from './audit-sample.ts'
import { temporaryFolder } from './fixtures.ts'

const seed = Number(process.env['TONGGE_SEED'] ?? 20_261_128)
const folders = [temporaryFolder(), temporaryFolder()] as const
let sample: Sample
/** Longer than one span whose hash is kept. */
let long: Sample
const replay = `replay: TONGGE_SEED=${seed}`

beforeAll(async () => {
  sample = await makeSample(folders[0].path, seed, 64)
  long = await makeSample(folders[1].path, seed + 1, 270)
})
afterAll(() => folders.forEach((folder) => folder.dispose()))

function verified(file: string, given: readonly SignedHead[] = []): AuditReport {
  const database = new Database(file, { readonly: true })
  try {
    return verifyAudit(database, given) ?? expect.fail('there is no audit log')
  } finally {
    database.close()
  }
}

/** Does it to a copy at every position; names those where it goes unnoticed. */
function unnoticed(
  how: (database: Database.Database, position: number) => void,
  given: readonly SignedHead[] = [],
  positions = sample.entries.map(({ position }) => position),
): number[] {
  return positions.filter((position) => {
    const copy = sample.tampered((database) => how(database, position))
    const { problems } = verified(copy.file, given)
    copy.dispose()
    return problems.length === 0
  })
}

/** Where an entry and the next are not the same words. */
const exchangeable = (): number[] =>
  sample.entries.flatMap(({ position, entry }, index) => {
    const next = sample.entries[index + 1]
    return next && next.entry !== entry ? [position] : []
  })
const another = '{"account":"nobody","at":1,"type":"signOut"}'
const alter = (database: Database.Database, position: number): void =>
  void database.prepare('UPDATE audit_entry SET entry = ? WHERE position = ?').run(another, position)

describe(`a sample log (${replay})`, () => {
  it('[AUDIT11] as it was written is sound, also for who kept a head', () => {
    for (const one of [sample, long]) expect(verified(one.file, [one.head]).problems).toEqual([])
    const { entries, heads, unsigned, edits } = verified(sample.file)
    expect([entries, unsigned]).toEqual([sample.entries.length, 0])
    expect(heads).toBeGreaterThan(5)
    expect(edits).toBeGreaterThan(25)
  })

  it('[AUDIT11] an entry altered at any position is found, also with its hash and all kept hashes made to fit', () => {
    expect(unnoticed(alter)).toEqual([])
    expect(
      unnoticed((database, position) => {
        alter(database, position)
        database.prepare('UPDATE audit_entry SET hash = ? WHERE position = ?').run(leafOf(another), position)
      }),
    ).toEqual([])
    expect(
      unnoticed((database, position) => {
        alter(database, position)
        sample.cover(database, 'hashes')
      }),
    ).toEqual([])
  })

  it('[AUDIT11] nor does it help to alter an entry of a whole span and to make the span’s kept hash fit', () => {
    for (const position of [0, 1, 127, 128, 255, 256]) {
      const copy = long.tampered((database) => {
        alter(database, position)
        long.cover(database, 'hashes')
      })
      expect(verified(copy.file).problems).not.toEqual([])
      copy.dispose()
    }
  })

  it('[AUDIT11] an entry deleted at any position is found, with a gap and without one', () => {
    expect(
      unnoticed(
        (database, position) => void database.prepare('DELETE FROM audit_entry WHERE position = ?').run(position),
      ),
    ).toEqual([])
    expect(
      unnoticed((database, position) => {
        removeEntry(database, position)
        sample.cover(database, 'hashes')
      }),
    ).toEqual([])
  })

  it('[AUDIT11] an entry added at any position, and any two neighbours exchanged, are found', () => {
    expect(
      unnoticed((database, position) => {
        insertEntry(database, position, another)
        sample.cover(database, 'hashes')
      }),
    ).toEqual([])
    expect(
      unnoticed(
        (database, position) => {
          exchangeEntries(database, position, position + 1)
          sample.cover(database, 'hashes')
        },
        [],
        exchangeable(),
      ),
    ).toEqual([])
  })

  it('[AUDIT11] a log cut off at any position is found by its heads, and by a kept head where its own are cut off too', () => {
    expect(unnoticed(cutOff)).toEqual([])
    expect(
      unnoticed(
        (database, position) => {
          cutOff(database, position)
          database.prepare('DELETE FROM audit_head WHERE size > ?').run(position)
          sample.cover(database, 'hashes')
        },
        [sample.head],
      ),
    ).toEqual([])
  })

  it('[AUDIT11] whoever has the key too and signs everything anew is found by a head that somebody kept, at every position', () => {
    const all = sample.entries.map(({ position }) => position)
    const forgeries: [(database: Database.Database, position: number) => void, number[]][] = [
      [alter, all],
      [removeEntry, all],
      [(database, position) => insertEntry(database, position, another), all],
      [(database, position) => exchangeEntries(database, position, position + 1), exchangeable()],
      [cutOff, all],
    ]
    for (const [forge, positions] of forgeries)
      expect(
        unnoticed(
          (database, position) => {
            forge(database, position)
            database.exec(`DELETE FROM audit_head WHERE size > (SELECT count(*) FROM audit_entry)`)
            sample.cover(database, 'heads')
          },
          [sample.head],
          positions,
        ),
      ).toEqual([])
  })

  it('[AUDIT11] without a kept head a log that is signed anew passes for sound where no edit is concerned: the head is what finds it', () => {
    const { position } = sample.entries.findLast(({ entry }) => entry.includes('"open"')) ?? expect.fail('none')
    const copy = sample.tampered((database) => {
      alter(database, position)
      sample.cover(database, 'heads')
    })
    expect(verified(copy.file).problems).toEqual([])
    expect(verified(copy.file, [sample.head]).problems).toHaveLength(1)
    copy.dispose()
  })

  it('[AUDIT12] says what is wrong and where', () => {
    const problemsOf = (how: (database: Database.Database) => void): readonly string[] => {
      const copy = long.tampered(how)
      const { problems } = verified(copy.file)
      copy.dispose()
      return problems
    }
    expect(problemsOf((database) => alter(database, 100))).toEqual(
      expect.arrayContaining([
        'entry 100: was altered',
        expect.stringMatching(/^head of \d+ entries: entries \d+ to \d+ are not/),
      ]),
    )
    expect(problemsOf((database) => cutOff(database, 200))[0]).toMatch(
      /^head of \d+ entries: there are only 200; the last \d+ are gone$/,
    )
    expect(
      problemsOf((database) => database.exec('DELETE FROM audit_entry WHERE position BETWEEN 20 AND 22')),
    ).toContain('entries 20 to 22 are gone')
    expect(problemsOf((database) => database.exec('DELETE FROM audit_node'))).toEqual([
      'entries 0 to 255: their hash is gone',
    ])
    expect(problemsOf((database) => database.exec("UPDATE audit_node SET hash = x'00'"))).toEqual([
      'entries 0 to 255: their hash is that of others',
    ])
    expect(
      problemsOf((database) =>
        database.exec('UPDATE audit_head SET at = at + 1 WHERE size = (SELECT max(size) FROM audit_head)'),
      ),
    ).toEqual([`head of ${long.head.size} entries: the signature is wrong`])
    expect(problemsOf((database) => database.exec('DELETE FROM audit_head'))).toEqual([
      'no head was ever signed, or all are gone',
    ])
  })

  it('[AUDIT12] finds every stored update and snapshot that is gone, altered, moved, given to another author or has no entry', () => {
    const reading = new Database(long.file, { readonly: true })
    const sequences = reading.prepare<[], number>('SELECT sequence FROM change').pluck().all()
    const snapshots = reading.prepare<[], number>('SELECT document FROM snapshot').pluck().all()
    reading.close()
    expect(sequences.length).toBeGreaterThan(10)
    expect(snapshots.length).toBeGreaterThan(1)
    const missed: string[] = []
    const tamper = (what: string, sql: string, ...values: unknown[]): void => {
      const copy = long.tampered((database) => void database.prepare(sql).run(...values))
      const { problems } = verified(copy.file)
      if (problems.length === 0) missed.push(`${what} ${String(values[0])}`)
      copy.dispose()
    }
    for (const sequence of sequences) {
      tamper('gone', 'DELETE FROM change WHERE sequence = ?', sequence)
      tamper('altered', "UPDATE change SET bytes = x'01' WHERE sequence = ?", sequence)
      tamper('moved', 'UPDATE change SET document = 1 + document % 3 WHERE sequence = ?', sequence)
      tamper('author', "UPDATE change SET account = 'eve' WHERE sequence = ?", sequence)
    }
    for (const document of snapshots) {
      tamper('snapshot altered', "UPDATE snapshot SET bytes = x'01' WHERE document = ?", document)
      tamper('snapshot gone', 'DELETE FROM snapshot WHERE document = ?', document)
    }
    tamper('added', "INSERT INTO change VALUES (?, 1, 'eve', x'01', 0)", 9999)
    expect(missed).toEqual([])
  })
})
