/** What is read from the open documents when it is asked for: histories, reveals, texts. */
import {
  adoptedStepsOf,
  historyOf,
  openCoText,
  revealsTo,
  type GridDocuments,
  type Projection,
  type Writer,
} from '@tongge/crdt'
import type { Accessor } from 'solid-js'
import type { Session } from './session.ts'

interface Parts {
  readonly projection: Pick<Projection, 'documents'>
  readonly writer: Writer
  /** How many are open so far. Tracked: more may be open later. */
  readonly attached: Accessor<number>
  /** They are open as far as somebody may write in them. */
  readonly hasBegun: Accessor<boolean>
}

export type Reading = Pick<Session, 'history' | 'adoptedSteps' | 'reveals' | 'openText'>

export function createReading({ projection, writer, attached, hasBegun }: Parts): Reading {
  function fromOpen<T>(read: (open: GridDocuments) => T): T | undefined {
    return attached() > 0 && hasBegun() ? read(projection.documents()) : undefined
  }
  return {
    history: (id) => fromOpen((open) => historyOf(open, id)) ?? [],
    adoptedSteps: (ticket) => fromOpen((open) => adoptedStepsOf(open, ticket)) ?? new Map(),
    reveals: (id) => fromOpen((open) => revealsTo(open, id, 50)) ?? [],
    openText: (of) => fromOpen((open) => openCoText(open, of, writer)),
  }
}
