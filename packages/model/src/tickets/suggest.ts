/** Hints while a ticket is being written: what it may be about, and whether somebody has reported it already. */
import { plainText } from '../checks/text.ts'
import { dayLength } from '../time.ts'
import { openStates } from './machine.ts'
import { taxonomy } from './taxonomy.ts'
import type { Ticket, TicketBirth } from './types.ts'

/** Codes of the categories whose words occur in the text, the best match first; longer words weigh more. At most three. */
export function suggestCategory(text: string): readonly string[] {
  const plain = plainText(text).toLowerCase()
  return taxonomy
    .flatMap((group) => group.categories)
    .map(({ code, words }) => ({
      code,
      weight: words.reduce((sum, word) => sum + (plain.includes(word) ? word.length : 0), 0),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ code }) => code)
}

const window = 7 * dayLength

/** Open tickets of the same category and the same building or place within 7 days, the newest first. */
export function findSimilarTickets(
  tickets: Iterable<Ticket>,
  birth: Pick<TicketBirth, 'category' | 'building' | 'place' | 'occurredAt'>,
): readonly Ticket[] {
  const place = placeKey(birth.place)
  return [...tickets]
    .filter(
      ({ birth: other, state }) =>
        other.category === birth.category &&
        openStates.includes(state) &&
        Math.abs(other.occurredAt - birth.occurredAt) <= window &&
        ((birth.building !== undefined && other.building === birth.building) ||
          (place !== '' && placeKey(other.place) === place)),
    )
    .sort((a, b) => b.birth.occurredAt - a.birth.occurredAt)
}

function placeKey(place: string): string {
  return plainText(place)
    .replace(/[\s,，.。、#-]/g, '')
    .toLowerCase()
}
