/** The grammar of sign-in names. */

/** Lower-cases and trims; undefined unless 2–40 of `a-z 0-9 . _ -`, beginning with a letter or digit. */
export function parseAccountName(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().toLowerCase()
  return /^[a-z0-9][a-z0-9._-]{1,39}$/.test(name) ? name : undefined
}
