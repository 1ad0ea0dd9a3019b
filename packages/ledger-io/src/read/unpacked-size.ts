/** What a zip says it holds, read from its central directory alone, so that a bomb is refused before a byte is unpacked. */

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const inZip64 = 0xffff_ffff

/** Sum of the unpacked sizes in bytes; undefined when the directory is missing or damaged. */
export function unpackedSize(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let sum = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== directoryEntry) return undefined
    const packed = view.getUint32(at + 20, true)
    const unpacked = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    if (unpacked === inZip64) sum += sizeInExtra(view, at + 46 + nameLength, extraLength)
    // An entry that claims to unpack to nothing has no ceiling for the unpacker, so it counts as endless.
    else if (unpacked === 0 && packed > 16) return Number.POSITIVE_INFINITY
    else sum += unpacked
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return sum
}

function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === endOfDirectory) return at
  return undefined
}

function sizeInExtra(view: DataView, from: number, length: number): number {
  const end = Math.min(from + length, view.byteLength)
  for (let at = from; at + 12 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return Number(view.getBigUint64(at + 4, true))
  }
  return Number.POSITIVE_INFINITY
}
