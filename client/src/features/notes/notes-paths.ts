/** Addresses inside 笔记 that no other part of the app links to. */
import type { RecordId } from '@tongge/model'
import { paths } from '../../paths.ts'
import type { NoteType } from './note-list.ts'

export const notesPaths = {
  add: (type: NoteType) => `${paths.notes}/add/${type}`,
  edit: (id: RecordId) => `${paths.notes}/edit/${id}`,
} as const
