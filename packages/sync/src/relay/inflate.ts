/** Raw inflate by the platform's own stream, bounded. */

/** Rejects what is not exactly one whole raw deflate stream, and what grows too large. */
export type Inflate = (deflated: Uint8Array) => Promise<Uint8Array>

/** In bytes, unpacked; the relay's largest document. */
export const maxUnpacked: number = 64 * 1024 * 1024

/** Undefined where the platform has no stream for raw deflate. */
export function streamInflate(
  Stream: typeof DecompressionStream | undefined,
  limit: number = maxUnpacked,
): Inflate | undefined {
  if (!Stream || !hasRawDeflate(Stream)) return undefined
  return async (deflated) => {
    const { readable, writable } = new Stream('deflate-raw')
    const writer = writable.getWriter()
    // The reader hears of what fails here.
    writer.write(deflated as Uint8Array<ArrayBuffer>).catch(() => undefined)
    writer.close().catch(() => undefined)
    const chunks: Uint8Array[] = []
    let size = 0
    for (const reader = readable.getReader(); ;) {
      const { done, value } = await reader.read()
      if (done) return join(chunks, size)
      chunks.push(value)
      size += value.length
      if (size <= limit) continue
      reader.cancel().catch(() => undefined)
      throw new RangeError(`a packed message unpacks to more than ${limit} bytes`)
    }
  }
}

function hasRawDeflate(Stream: typeof DecompressionStream): boolean {
  try {
    return Boolean(new Stream('deflate-raw'))
  } catch {
    return false
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks
  if (only && chunks.length === 1) return only
  const joined = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}
