/** Text to GB18030, which platforms decode but do not encode: the table is the decoder's, turned round. */

let bytesByCharacter: ReadonlyMap<string, readonly number[]> | undefined

/** Every character has bytes in this encoding, so nothing is lost. */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  const table = (bytesByCharacter ??= decodeEverything())
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else bytes.push(...(table.get(character) ?? fourBytes(189_000 + code - 0x10000)))
  }
  return Uint8Array.from(bytes)
}

/** All pairs of two bytes, and those of four that stand for characters below U+10000. */
function decodeEverything(): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>()
  const add = (sequences: readonly (readonly number[])[]): void => {
    // A line break after each keeps a sequence that stands for nothing from swallowing the next.
    const lines = new TextDecoder('gb18030')
      .decode(Uint8Array.from(sequences.flatMap((sequence) => [...sequence, 0x0a])))
      .split('\n')
    sequences.forEach((sequence, i) => {
      const character = lines[i]
      if (
        character !== undefined &&
        Array.from(character).length === 1 &&
        character !== '\ufffd' &&
        !table.has(character)
      )
        table.set(character, sequence)
    })
  }
  const two: number[][] = []
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) two.push([lead, trail])
  add(two)
  add(Array.from({ length: 39_420 }, (_, linear) => fourBytes(linear)))
  return table
}

function fourBytes(linear: number): readonly number[] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]
}
