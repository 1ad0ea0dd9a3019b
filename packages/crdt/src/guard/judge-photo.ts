/** Photos are added, each once, and never changed. */
import { largestPhoto, photosRoot } from '../photos.ts'
import type { Hand } from './hand.ts'
import { Refused } from './meaning.ts'
import type { Change } from './path-reader.ts'

export function judgePhoto(hand: Hand, { path, kind, content }: Change): void {
  const [root, key] = path
  if (root !== photosRoot || path.length !== 2 || key === undefined || !/^\d{1,2}$/.test(key))
    throw new Refused('unknownPlace', 'photo')
  if (kind !== 'insert') throw new Refused('writtenOnce', 'photo')
  if (content?.type !== 'binary' || content.bytes > largestPhoto) throw new Refused('badValue', 'photo')
  hand.does('photo', 'insert')
}
