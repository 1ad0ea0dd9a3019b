/** A socket for one document in the stock y-websocket protocol. */
import { encodeAwareness } from '../rooms/messages.ts'
import { noOne } from '../rooms/presence.ts'
import type { Line, LineContext, SyncConnection } from './connection.ts'
import { enterDocument, regrantReason } from './enter-document.ts'

/** Undefined when the document may not be entered; the socket is then closed. */
export function createStockLine(document: string, connection: SyncConnection, context: LineContext): Line | undefined {
  const { outbox, close } = context
  const entered = enterDocument(document, connection, context, {
    wantsEcho: true,
    opened: () => undefined,
    send: (message) => outbox.send(0, message),
    sendContent: (content) => outbox.sendContent(0, content, false),
    acknowledge: () => undefined,
    close,
  })
  if ('code' in entered) {
    close(entered)
    return undefined
  }
  const { seat, join } = entered
  join()
  return {
    connection,
    receive: (frame) => seat.receive(frame),
    tick: () => {
      if (!outbox.takeActivity()) outbox.send(0, encodeAwareness(noOne))
    },
    regrant: () => {
      const reason = regrantReason(seat, connection)
      if (reason) close(reason)
    },
    leave: () => seat.leave(),
    channels: 1,
    heldBytes: 0,
  }
}
