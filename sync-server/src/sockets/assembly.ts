/** Messages that come in pieces, until each is whole. */

export interface Assembly {
  /** The whole message with its last piece; undefined while more is to come. */
  take(channel: number, left: number, piece: Uint8Array): Uint8Array | undefined | 'malformed' | 'tooLarge' | 'tooMuch'
  drop(channel: number): void
  /** Memory that the beginnings take. */
  readonly bytes: number
}

interface Beginning {
  readonly pieces: Uint8Array[]
  left: number
  bytes: number
}

/** About what a piece takes beside its bytes, so that very small ones are not free. */
const bytesPerPiece = 256

/** @param mayHold whether the account may make the relay hold so much more */
export function createAssembly(
  limits: { readonly messageBytes: number },
  mayHold: (bytes: number) => boolean,
): Assembly {
  const beginningByChannel = new Map<number, Beginning>()
  let held = 0

  const drop = (channel: number): void => {
    held -= beginningByChannel.get(channel)?.bytes ?? 0
    beginningByChannel.delete(channel)
  }

  return {
    take(channel, left, piece) {
      const beginning = beginningByChannel.get(channel)
      if (piece.length === 0 || (beginning && beginning.left !== left + piece.length)) return 'malformed'
      if (!beginning && left + piece.length > limits.messageBytes) return 'tooLarge'
      if (left === 0) {
        drop(channel)
        return Buffer.concat([...(beginning?.pieces ?? []), piece])
      }
      const bytes = piece.length + bytesPerPiece
      if (!mayHold(bytes)) return 'tooMuch'
      const grown = beginning ?? { pieces: [], left, bytes: 0 }
      grown.pieces.push(piece)
      grown.left = left
      grown.bytes += bytes
      held += bytes
      beginningByChannel.set(channel, grown)
      return undefined
    },
    drop,
    get bytes() {
      return held
    },
  }
}
