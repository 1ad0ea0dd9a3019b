/** An album `grid/{g}/photos/{album}`: the JPEG files that somebody took together, by their number. Each is added once and never changed. */
import type { Doc } from 'yjs'

export const photosRoot = 'photos'

/** In bytes; what a photo of 1,600 pixels takes several times over. */
export const largestPhoto: number = 2 * 1024 * 1024

/** Marked as this person's own, so that the photo waits for the relay by itself. */
export function addPhoto(doc: Doc, album: string, index: number, jpeg: Uint8Array): void {
  const photos = doc.getMap(photosRoot)
  doc.transact(() => photos.set(String(index), jpeg), { local: true, subjects: [`photo/${album}/${index}`] })
}

/** Undefined while it has not arrived. */
export function photoIn(doc: Doc, index: number): Uint8Array | undefined {
  const stored = doc.getMap(photosRoot).get(String(index))
  return stored instanceof Uint8Array ? stored : undefined
}
