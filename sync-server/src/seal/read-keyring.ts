/** Where the keys are told: a file of their own, or the environment. Never the data folder's databases. */
import { fail, ok, type Result } from '@tongge/model'
import { readFileSync } from 'node:fs'
import { parseKeyring, type Keyring } from './keyring.ts'

export type KeySource = { readonly file: string } | { readonly text: string }

/** Undefined where none were told: records then rest as they are. */
export function readKeyring(source: KeySource | undefined): Result<Keyring | undefined, readonly string[]> {
  if (!source) return ok(undefined)
  if ('text' in source) return parseKeyring(source.text, 'TONGGE_KEYS')
  try {
    return parseKeyring(readFileSync(source.file, 'utf8'), source.file)
  } catch (error) {
    return fail([
      `TONGGE_KEY_FILE: ${source.file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    ])
  }
}
