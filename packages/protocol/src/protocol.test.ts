import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { closeReasons, mayRetry } from './close-codes.ts'
import { formatDocumentName, maxDocumentNameLength, parseDocumentName } from './document-name.ts'
import { decodeClientFrame, decodeRelayFrame, encodeFrame, type ClientFrame, type RelayFrame } from './frames.ts'

interface FrameVectors {
  readonly client: readonly { readonly bytes: string; readonly frame: object }[]
  readonly relay: readonly { readonly bytes: string; readonly frame: object }[]
  readonly malformedForRelay: readonly string[]
  readonly malformedForClient: readonly string[]
}

const frames = readVectors('frames.json') as FrameVectors
const names = readVectors('document-names.json') as {
  readonly valid: Readonly<Record<string, object>>
  readonly invalid: readonly string[]
}

test('[SOCK15] every frame of the vectors decodes to what stands beside it, and encodes to the same bytes', () => {
  for (const { bytes, frame } of frames.client) {
    expect(plain(decodeClientFrame(fromHex(bytes)))).toEqual(frame)
    expect(toHex(encodeFrame(rich(frame)))).toBe(bytes)
  }
  for (const { bytes, frame } of frames.relay) {
    expect(plain(decodeRelayFrame(fromHex(bytes)))).toEqual(frame)
    expect(toHex(encodeFrame(rich(frame)))).toBe(bytes)
  }
})

test('[SOCK16] bytes that are not exactly one frame are none, for either end', () => {
  for (const bytes of frames.malformedForRelay)
    expect([bytes, decodeClientFrame(fromHex(bytes))]).toEqual([bytes, undefined])
  for (const bytes of frames.malformedForClient)
    expect([bytes, decodeRelayFrame(fromHex(bytes))]).toEqual([bytes, undefined])
})

test('[SOCK17] a document name parses to what it says and formats to itself; anything else is refused', () => {
  for (const [name, parsed] of Object.entries(names.valid)) {
    const result = parseDocumentName(name)
    expect([name, result]).toEqual([name, parsed])
    expect(result && formatDocumentName(result)).toBe(name)
    expect(name.length).toBeLessThanOrEqual(maxDocumentNameLength)
  }
  for (const name of names.invalid) expect([name, parseDocumentName(name)]).toEqual([name, undefined])
})

test('[SOCK18] every closing code is its own, fits a close frame, and says whether to try again', () => {
  const reasons = Object.values(closeReasons)
  expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
  expect(new Set(reasons.map(({ reason }) => reason)).size).toBe(reasons.length)
  for (const { code, reason } of reasons) {
    expect(reason).toMatch(/^[\x20-\x7e]{1,120}$/)
    expect(mayRetry(code)).toBe(code === 1013 || code >= 4500)
  }
  expect([1006, 1009].map(mayRetry)).toEqual([true, false])
})

test('[SOCK18] the interfaces name every closing code', () => {
  const text = readFileSync(new URL('../../../docs/interfaces.md', import.meta.url), 'utf8')
  const named = [...text.matchAll(/^\| (1013|4[45]\d\d) \|/gm)].map(([, code]) => String(code))
  const codes = Object.values(closeReasons).map(({ code }) => String(code))
  expect(named.toSorted()).toEqual(codes.toSorted())
})

function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url), 'utf8'))
}

function plain(frame: ClientFrame | RelayFrame | undefined): unknown {
  if (frame?.type === 'packed') return { ...frame, deflated: toHex(frame.deflated) }
  if (frame?.type === 'piece') return { ...frame, bytes: toHex(frame.bytes) }
  return frame?.type === 'data' ? { ...frame, message: toHex(frame.message) } : frame
}

function rich(frame: object): ClientFrame | RelayFrame {
  const bytes = {
    ...('message' in frame && { message: fromHex(String(frame.message)) }),
    ...('bytes' in frame && { bytes: fromHex(String(frame.bytes)) }),
    ...('deflated' in frame && { deflated: fromHex(String(frame.deflated)) }),
  }
  return { ...frame, ...bytes } as ClientFrame | RelayFrame
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
