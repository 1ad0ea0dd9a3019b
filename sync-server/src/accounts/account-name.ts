/** The grammar of sign-in names. */

/** Authors of what no person wrote. */
const reserved: ReadonlySet<string> = new Set(['relay', 'demo'])

/** Lower-cases and trims; undefined unless 2–40 of `a-z 0-9 . _ -`, beginning with a letter or digit, and for names that the relay itself writes under. */
export function parseAccountName(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().toLowerCase()
  return /^[a-z0-9][a-z0-9._-]{1,39}$/.test(name) && !reserved.has(name) ? name : undefined
}
