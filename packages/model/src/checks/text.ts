/** Text as people type it on Chinese keyboards. */

/** Half-width digits, letters and punctuation; no spaces around. */
export function plainText(text: string): string {
  return text.normalize('NFKC').trim()
}
