/** Notices as text. */
import type { Notice } from '../ports.ts'

export function noticeText(from: string, notice: Notice): string {
  return JSON.stringify(
    notice.type === 'moved'
      ? { from, document: notice.document, sequence: notice.sequence }
      : { from, document: notice.document, presence: Buffer.from(notice.entries).toString('base64') },
  )
}

/** Undefined for what no relay has told. */
export function readNotice(text: string): { readonly from: string; readonly notice: Notice } | undefined {
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof told !== 'object' || told === null) return undefined
  const part = (name: string): unknown => (Object.hasOwn(told, name) ? Reflect.get(told, name) : undefined)
  const [from, document, sequence, presence] = ['from', 'document', 'sequence', 'presence'].map(part)
  if (typeof from !== 'string' || typeof document !== 'string') return undefined
  if (typeof sequence === 'number') return { from, notice: { type: 'moved', document, sequence } }
  if (typeof presence !== 'string') return undefined
  return { from, notice: { type: 'presence', document, entries: Buffer.from(presence, 'base64') } }
}
