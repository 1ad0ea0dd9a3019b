/** Finds the phone numbers in one cell, however they are separated, and what else the cell says. */

export interface FoundPhones {
  /** Digits as found, in order, without inner blanks; landlines keep the dash after the area code. */
  readonly numbers: readonly string[]
  /** Words beside the numbers, such as 儿子. */
  readonly words: string
}

const mobile = String.raw`(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d){8})`
const landline = String.raw`(\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}(?:[-转]\d{1,5})?)`
const local = String.raw`([2-9]\d{6,7})`
/** The character before a number is matched too: older browsers know no look-behind. */
const anyPhone = new RegExp(`(^|[^\\d])(?:${mobile}|${landline}|${local})(?!\\d)`, 'g')

export function splitPhones(text: string): FoundPhones {
  const numbers: string[] = []
  const rest = text.replace(
    anyPhone,
    (_, before: string, mobileDigits?: string, landlineDigits?: string, localDigits?: string) => {
      if (mobileDigits) numbers.push(mobileDigits.replace(/\D/g, ''))
      else if (landlineDigits)
        numbers.push(
          landlineDigits
            .replace(/[() ]/g, (c) => (c === ' ' ? '-' : ''))
            .replace(/--+/g, '-')
            .replace('转', '-'),
        )
      else if (localDigits) numbers.push(localDigits)
      return `${before} `
    },
  )
  return { numbers, words: rest.replace(/[\s、,，;；/|()（）:：或和及-]+/g, ' ').trim() }
}
