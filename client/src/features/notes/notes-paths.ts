/** Addresses inside 笔记 that no other part of the app links to. */
import type { RecordId } from '@tongge/model'
import { paths } from '../../paths.ts'
import type { NoteType } from './note-list.ts'

export const notesPaths = {
  add: (type: NoteType) => `${paths.notes}/add/${type}`,
  /** A knock at this door. */
  knockAt: (building: RecordId, door: string) =>
    `${paths.notes}/add/knock?building=${building}&door=${encodeURIComponent(door)}`,
  list: `${paths.notes}?view=list`,
  doors: (building: string | undefined) =>
    `${paths.notes}?view=doors${building === undefined ? '' : `&building=${building}`}`,
  edit: (id: RecordId) => `${paths.notes}/edit/${id}`,
} as const
