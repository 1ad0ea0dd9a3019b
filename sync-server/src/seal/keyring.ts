/** The keys under which the log rests: read from a text that lies apart from it, one key a line, the newest last. */
import { fail, ok, type Result } from '@tongge/model'
import { randomBytes } from 'node:crypto'

export interface SealKey {
  /** 8 hexadecimal digits; stands in clear before what is sealed. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

export interface Keyring {
  /** What is written from now on is sealed under this one. */
  readonly newest: SealKey
  readonly byId: ReadonlyMap<string, SealKey>
}

/** `source` names the text in messages; lines that begin with # are for people. */
export function parseKeyring(text: string, source: string): Result<Keyring, readonly string[]> {
  const problems: string[] = []
  const byId = new Map<string, SealKey>()
  for (const [index, line] of text.split(/[\n,]/).entries()) {
    const words = line.trim()
    if (words === '' || words.startsWith('#')) continue
    const at = `${source} line ${index + 1}`
    const [, id, encoded = ''] = /^([0-9a-f]{8}) ([A-Za-z0-9+/]{43}=)$/.exec(words) ?? []
    if (id === undefined) problems.push(`${at}: is not a key such as "npm run admin -- new-key" prints`)
    else if (byId.has(id)) problems.push(`${at}: key ${id} stands twice`)
    else byId.set(id, { id, key: Buffer.from(encoded, 'base64') })
  }
  const newest = [...byId.values()].at(-1)
  if (problems.length === 0 && !newest) problems.push(`${source}: holds no key`)
  return newest && problems.length === 0 ? ok({ newest, byId }) : fail(problems)
}

/** A fresh key as a line of such a text. */
export function newKeyLine(): string {
  return `${randomBytes(4).toString('hex')} ${randomBytes(32).toString('base64')}`
}
