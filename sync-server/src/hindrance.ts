/** What keeps a relay that lives from doing its work. */
import type { Accounts } from './accounts/accounts.ts'
import { readKeyring, type KeySource } from './seal/read-keyring.ts'

export interface HindranceDeps {
  readonly accounts: Pick<Accounts, 'setNote'>
  /** `failedAt` on the clock `monotonic`. */
  readonly log: { readonly failedAt: number | undefined }
  readonly keys: KeySource | undefined
  readonly monotonic: () => number
}

/** Asked by machines every few seconds: an answer is kept for that long. */
const keptMs = 5000
/** Who sends nobody here because a write failed will not see one succeed. */
const failureMs = 30_000

/** Answers with a sentence, or undefined where nothing is in the way. Never rejects. */
export function createHindrance(deps: HindranceDeps): () => Promise<string | undefined> {
  let known: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined
  return () => {
    const at = deps.monotonic()
    if (!known || at - known.at > keptMs) known = { at, answer: look(deps) }
    return known.answer
  }
}

async function look({ accounts, log, keys, monotonic }: HindranceDeps): Promise<string | undefined> {
  const isWritable = await accounts.setNote('probedAt', String(Date.now())).then(
    () => true,
    () => false,
  )
  const hasFailed = log.failedAt !== undefined && monotonic() - log.failedAt < failureMs
  if (!isWritable || hasFailed) return 'the store cannot be written'
  // What runs has its keys; the next start would not.
  return readKeyring(keys).ok ? undefined : 'the keys of the log cannot be read'
}
