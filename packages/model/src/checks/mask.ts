/** What people see who may know that somebody lives there, but not who exactly (domain.md §4, `r`). */

/** 张** — the surname stays; a name of two characters keeps its length. */
export function maskName(name: string): string {
  const [first = '', ...rest] = name.trim()
  return first + '*'.repeat(Math.min(rest.length, 2))
}

/** 138****1234; of a landline or anything else all but the last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.trim()
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(7)}`
  return digits.slice(0, -2).replace(/\d/g, '*') + digits.slice(-2)
}

/** The region's province and the last two characters stay: 37**************1X. */
export function maskIdNo(idNo: string): string {
  const text = idNo.trim()
  return text.length < 6 ? '*'.repeat(text.length) : text.slice(0, 2) + '*'.repeat(text.length - 4) + text.slice(-2)
}
