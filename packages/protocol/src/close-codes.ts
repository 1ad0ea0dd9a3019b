/** Why the relay closes a socket or a channel, and whether trying again can help: 44xx is for good, 45xx and 1013 are for now. */

export interface CloseReason {
  readonly code: number
  /** Short, ASCII, at most 120 bytes: the WebSocket close frame has no room for more. */
  readonly reason: string
}

export const closeReasons = {
  malformed: { code: 4400, reason: 'malformed frame' },
  signedOut: { code: 4401, reason: 'session is no longer valid' },
  forbidden: { code: 4403, reason: 'no right to this document' },
  unknownDocument: { code: 4404, reason: 'no such document' },
  readOnly: { code: 4405, reason: 'no right to write this document' },
  /** The update breaks a rule of who may write what; the closing reason names it. Sending the same again will not help. */
  refused: { code: 4422, reason: 'update refused' },
  tooLarge: { code: 4413, reason: 'frame or document over the limit' },
  unsupported: { code: 4426, reason: 'protocol version not supported' },
  tooManyFrames: { code: 4529, reason: 'too many frames' },
  tooMuchUnfinished: { code: 4530, reason: 'too many large messages at once' },
  tooManySockets: { code: 4531, reason: 'too many sockets of this account' },
  tooManyChannels: { code: 4532, reason: 'too many documents open on this socket' },
  tooManyDocuments: { code: 4533, reason: 'people are in too many documents of this relay' },
  slowReader: { code: 4508, reason: 'reader too slow' },
  gap: { code: 4509, reason: 'update depends on data the relay has not seen' },
  storage: { code: 4507, reason: 'relay storage unavailable' },
  regranted: { code: 4510, reason: 'rights changed, open again' },
  /** The document has begun anew. What is written in the old generation is still taken and carried over; what others write is in the new one. */
  superseded: { code: 4511, reason: 'a newer generation of the document has begun' },
  restarting: { code: 1013, reason: 'relay restarting' },
} as const satisfies Record<string, CloseReason>

export type CloseName = keyof typeof closeReasons

/** How a WebSocket itself says that a frame was larger than the other end takes: the same would be sent again. */
const frameTooBig = 1009

/** Whether a client may try again after a close with this code. */
export function mayRetry(code: number): boolean {
  return !(code >= 4400 && code < 4500) && code !== frameTooBig
}
