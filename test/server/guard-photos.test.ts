import { roles, type Role } from '@tongge/model'
import { addPhoto, largestPhoto } from '@tongge/crdt'
import { expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'

const album = 'grid/990101001001001/photos/a1'
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

/** What becomes of one person's writing in an album that holds one photo. */
function tries(role: Role, write: (doc: Doc) => void): string {
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const guard = createGuard({ logger })
  const first = new Doc()
  addPhoto(first, 'a1', 0, jpeg)
  guard.opened?.(album, [encodeStateAsUpdate(first)], true)
  const doc = new Doc()
  applyUpdate(doc, encodeStateAsUpdate(first))
  const before = encodeStateVector(doc)
  write(doc)
  const verdict = guard.judge(album, encodeStateAsUpdate(doc, before), { account: 'eve', roles: [role] })
  return verdict.allowed ? 'allowed' : verdict.reason
}

test('[PHOTO4] an album is added to by exactly those who take steps, and a photo in it is never changed, removed or larger than it may be', () => {
  const takers = roles.filter((role) => tries(role, (doc) => addPhoto(doc, 'a1', 1, jpeg)) === 'allowed')
  expect(takers).toEqual(['partTimeMember', 'gridMember', 'gridLeader', 'police', 'community', 'street', 'department'])
  const eve = (write: (doc: Doc) => void): string => tries('gridLeader', write)
  expect(eve((doc) => addPhoto(doc, 'a1', 0, new Uint8Array([1])))).toBe('writtenOnce photo')
  expect(eve((doc) => doc.getMap('photos').delete('0'))).toBe('writtenOnce photo')
  expect(eve((doc) => addPhoto(doc, 'a1', 1, new Uint8Array(largestPhoto + 1)))).toBe('badValue photo')
  expect(eve((doc) => doc.getMap('photos').set('1', 'text'))).toBe('badValue photo')
  expect(eve((doc) => doc.getMap('photos').set('x', jpeg))).toBe('unknownPlace photo')
  expect(eve((doc) => doc.getMap('blobs').set('h1', 'x'))).toBe('unknownPlace photo')
  expect(eve((doc) => doc.getMap('meta').set('author/s/eve', 'phone'))).toBe('unknownPlace photo')
})
