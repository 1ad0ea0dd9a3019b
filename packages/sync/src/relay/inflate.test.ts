import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { streamInflate } from './inflate.ts'

const text = new TextEncoder().encode('网格 '.repeat(50_000))

it('[SYNC15] what was packed unpacks to the same bytes; what is not one whole stream, or grows too large, is refused', async () => {
  const inflate = streamInflate(DecompressionStream)
  const packed = new Uint8Array(deflateRawSync(text))
  expect(await inflate?.(packed)).toEqual(text)
  expect(await inflate?.(new Uint8Array(deflateRawSync(new Uint8Array())))).toEqual(new Uint8Array())
  for (const bad of [
    new Uint8Array(),
    Uint8Array.of(9, 9, 9),
    packed.subarray(0, -2),
    Uint8Array.from([...packed, 1, 2]),
  ])
    await expect(inflate?.(bad)).rejects.toBeInstanceOf(TypeError)
  await expect(streamInflate(DecompressionStream, text.length)?.(packed)).resolves.toHaveLength(text.length)
  await expect(streamInflate(DecompressionStream, text.length - 1)?.(packed)).rejects.toThrow(/more than/)
})

it('[SYNC15] a platform without a stream for raw deflate unpacks nothing', () => {
  const OnlyGzip = function (format: string): void {
    if (format !== 'gzip') throw new TypeError(`unsupported format ${format}`)
  } as unknown as typeof DecompressionStream
  expect([streamInflate(undefined), streamInflate(OnlyGzip)]).toEqual([undefined, undefined])
})
