/** Updates that no honest client writes, each built from bytes, with what the relay must answer. */
import { closeReasons } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint, type Encoder } from 'lib0/encoding'

export interface HostileUpdate {
  readonly name: string
  readonly update: Uint8Array
  /** Closing code of the channel; undefined when the update is taken. */
  readonly code: number | undefined
}

const client = 4_242_000
const { malformed, refused, tooLarge } = closeReasons

export const hostileUpdates: readonly HostileUpdate[] = [
  { name: 'JSON nested 64 deep', update: jsonUpdate(nested(64)), code: undefined },
  { name: 'JSON nested 65 deep', update: jsonUpdate(nested(65)), code: malformed.code },
  { name: 'JSON nested 100,000 deep', update: jsonUpdate(nested(100_000)), code: malformed.code },
  { name: 'JSON with brackets in a string', update: jsonUpdate(JSON.stringify('["\\'.repeat(200))), code: undefined },
  { name: 'values nested 100,000 deep', update: anyUpdate(100_000), code: malformed.code },
  { name: 'shared types nested 32 deep', update: typesUpdate(33, 'inside'), code: undefined },
  { name: 'shared types nested 33 deep', update: typesUpdate(34, 'inside'), code: refused.code },
  { name: 'shared types nested 20,000 deep', update: typesUpdate(20_000, 'inside'), code: refused.code },
  { name: 'shared types nested beside neighbours', update: typesUpdate(100, 'beside'), code: refused.code },
  { name: '100,001 deletions', update: deletionsUpdate(100_001), code: tooLarge.code },
  { name: '90,000 deletions in descending order', update: deletionsUpdate(90_000), code: undefined },
  { name: '90,000 deletions over one another', update: overlapsUpdate(90_000), code: undefined },
]

/** Deletes every second clock, the last first; brings the clocks itself. */
function deletionsUpdate(count: number): Uint8Array {
  return write((encoder) => {
    writeNumbers(encoder, 1, 1, client + 1, 0, 0, count * 2 + 1, 1, client + 1, count)
    for (let index = count - 1; index >= 0; index--) writeNumbers(encoder, index * 2, 1)
  })
}

/** Ranges that all reach to the end. */
function overlapsUpdate(count: number): Uint8Array {
  return write((encoder) => {
    writeNumbers(encoder, 1, 1, client + 2, 0, 0, count, 1, client + 2, count)
    for (let index = 0; index < count; index++) writeNumbers(encoder, index, count - index)
  })
}

function jsonUpdate(json: string): Uint8Array {
  return write((encoder) => {
    writeNumbers(encoder, 1, 1, client + 3 + json.length, 0, 5, 1)
    writeVarString(encoder, 'z')
    writeVarString(encoder, json)
    writeVarUint(encoder, 0)
  })
}

function anyUpdate(depth: number): Uint8Array {
  return write((encoder) => {
    writeNumbers(encoder, 1, 1, client + 4, 0, 8, 1)
    writeVarString(encoder, 'z')
    writeVarUint(encoder, 1)
    for (let level = 0; level < depth; level++) writeNumbers(encoder, 117, 1)
    writeNumbers(encoder, 126, 0)
  })
}

/** Maps in one another; `beside` puts each after a neighbour, so that it does not name the type it stands in. */
function typesUpdate(levels: number, way: 'inside' | 'beside'): Uint8Array {
  const of = client + 1_000_000 + levels
  const inMap = 32
  return write((encoder) => {
    const structs = way === 'inside' ? levels : levels * 2
    writeNumbers(encoder, 1, structs, of, 0, 7 | inMap, 1)
    writeVarString(encoder, 'z')
    writeVarString(encoder, 'k')
    writeVarUint(encoder, 1)
    if (way === 'beside') writeBeside(encoder, of, 0)
    for (let level = 1; level < levels; level++) {
      const inside = way === 'inside' ? level - 1 : level * 2 - 1
      writeNumbers(encoder, 7 | inMap, 0, of, inside)
      writeVarString(encoder, 'k')
      writeVarUint(encoder, 1)
      if (way === 'beside') writeBeside(encoder, of, level * 2)
    }
    writeVarUint(encoder, 0)
  })
}

/** A map after another one. */
function writeBeside(encoder: Encoder, of: number, clock: number): void {
  writeUint8(encoder, 7 | 128)
  writeNumbers(encoder, of, clock, 1)
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth)
}

function writeNumbers(encoder: Encoder, ...numbers: readonly number[]): void {
  for (const number of numbers) writeVarUint(encoder, number)
}

function write(body: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder()
  body(encoder)
  return toUint8Array(encoder)
}
