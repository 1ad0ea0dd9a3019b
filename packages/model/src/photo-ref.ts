/** How a step or a record names a photo 照片 shown with it: the album it lies in and its number there. */
import { parseRecordId, type RecordId } from './ids.ts'

/** Beside one step, and of one record. */
export const mostPhotos = 9

export interface PhotoRef {
  readonly album: RecordId
  readonly index: number
}

export function formatPhotoRef({ album, index }: PhotoRef): string {
  return `${album}/${index}`
}

/** Undefined for evidence that is no photo. */
export function parsePhotoRef(text: string): PhotoRef | undefined {
  const match = /^([^/]+)\/(\d{1,2})$/.exec(text)
  const album = parseRecordId(match?.[1] ?? '')
  return album && { album, index: Number(match?.[2]) }
}
