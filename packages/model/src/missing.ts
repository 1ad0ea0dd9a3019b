/** 还缺: what a record is still asked for (decision 0011). Nothing is refused for it. */
import type { Value } from './field.ts'
import { fieldsOf, type NamedField } from './fields.ts'
import { isActive, type Entry } from './records.ts'
import { isDay, yearsBetween, type Day } from './time.ts'

type Values = Readonly<Record<string, Value | undefined>>

/** In the order of the table; none for a record that is off the register. `find` gives the head of a household, who may be called in its place. */
export function missingFields(
  entry: Entry,
  today: Day,
  find: (id: string) => Entry | undefined = () => undefined,
): readonly NamedField[] {
  if (!isActive(entry)) return []
  const values: Values = entry.fields
  const fields = fieldsOf(entry.kind)
  const held = new Set(fields.flatMap(({ name, replacedBy }) => (isHeld(values[name]) ? [name, replacedBy] : [])))
  return fields.filter(
    (field) =>
      field.starred === true &&
      !held.has(field.name) &&
      isAsked(field, values) &&
      !(field.name === 'phone' && isCalledElsewhere(entry, today, find)),
  )
}

function isHeld(value: Value | undefined): boolean {
  return value !== undefined && value !== ''
}

/** What only some records have is missing in those alone. */
function isAsked({ group }: NamedField, values: Values): boolean {
  if (group === 'floating') return values['resident'] === '02'
  if (group === 'leftBehind') return values['leftBehindType'] !== undefined
  return group !== 'rental' || values['occupancy'] === 'rented'
}

/** A child under 14 (the line domain.md draws) by the household's number, a household by that of its head. */
function isCalledElsewhere(entry: Entry, today: Day, find: (id: string) => Entry | undefined): boolean {
  const { birthDate, head }: Values = entry.fields
  if (entry.kind === 'person')
    return typeof birthDate === 'string' && isDay(birthDate) && yearsBetween(birthDate, today) < 14
  const person = entry.kind === 'household' && typeof head === 'string' ? find(head) : undefined
  return person !== undefined && isHeld((person.fields as Values)['phone'])
}
