import { expect, it } from 'vitest'
import { plainCipher } from './cipher.ts'

it('[SAVE4] the plain cipher notices every flipped bit, a cut end, and a row moved to another place', async () => {
  const sealed = await plainCipher.seal(Uint8Array.of(1, 2, 3, 250), 'row/a/1')
  expect([...(await plainCipher.open(sealed, 'row/a/1'))]).toEqual([1, 2, 3, 250])
  await expect(plainCipher.open(sealed, 'row/a/2')).rejects.toMatchObject({ reason: 'corrupt' })
  for (let length = 0; length < sealed.length; length++)
    await expect(plainCipher.open(sealed.slice(0, length), 'row/a/1')).rejects.toThrow('checksum')
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = sealed.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    await expect(plainCipher.open(flipped, 'row/a/1')).rejects.toThrow('checksum')
  }
})
