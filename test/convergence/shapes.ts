/** The records of a story: which of their fields people change, and what sound values look like. */
import { idCheckCharacter, type RecordId } from '@tongge/model'

/** By the first letter of the record's id. */
const shapes = {
  p: { kind: 'person', fields: ['name', 'phone', 'idNo', 'household'], text: undefined },
  h: { kind: 'household', fields: ['dogs'], text: 'diary' },
  n: { kind: 'note', fields: ['text', 'door'], text: undefined },
  t: { kind: 'ticket', fields: [], text: 'description' },
} as const
export type Shape = (typeof shapes)[keyof typeof shapes]

export function shapeOf(record: RecordId): Shape {
  return shapes[record.charAt(0) as keyof typeof shapes]
}

/** What a person's record needs beside the fields that are followed. */
export const personBasics = { kinToHead: '20', sex: '1', birthDate: '1990-01-01', resident: '01' } as const

/** A value that nothing else in the story has. */
export function freshValue(field: string, count: number): string {
  if (field === 'phone') return `138${digits(count, 8)}`
  if (field !== 'idNo') return `v${count}`
  const number = `9901${digits(1 + Math.floor(count / 500), 2)}19900101${digits((2 * count + 1) % 1000, 3)}`
  return number + idCheckCharacter(number)
}

/** A character that nothing else in the story contains. */
export function freshCharacter(count: number): string {
  return String.fromCharCode(0x4e00 + count)
}

function digits(count: number, length: number): string {
  return String(count).padStart(length, '0')
}
