/** How a step names a photo 照片 shown with it: the album it lies in and its number there. */
import { parseRecordId, type RecordId } from '../ids.ts'

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
