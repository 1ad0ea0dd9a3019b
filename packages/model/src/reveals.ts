/** Looking at sensitive fields: one record at a time, with a reason that is written down before anything is shown. */

/** Documents and the audit log store these: frozen once released. `other` is said in words. */
export const revealReasons = ['verify', 'service', 'emergency', 'other'] as const
export type RevealReason = (typeof revealReasons)[number]

/** Most characters of a reason in words. */
export const longestRevealNote = 100

export function isRevealReason(text: string): text is RevealReason {
  return (revealReasons as readonly string[]).includes(text)
}
