/** Edits that nobody took, on their way from their author to the leader 网格长 of the grid; documented in docs/interfaces.md. */

/** One line of before and after: `WrittenLine` of the documents. */
export interface HandedLine {
  readonly id: string
  readonly kind: string
  readonly action: 'created' | 'changed' | 'deleted' | 'restored' | 'step'
  readonly field?: string | undefined
  readonly before?: HandedValue | undefined
  readonly after?: HandedValue | undefined
  readonly step?: object | undefined
}

export type HandedValue = string | number | boolean | readonly string[]

/** `POST /api/handovers`. */
export interface HandedEdit {
  /** Chosen by the device; sent again it is the same one. */
  readonly id: string
  /** The first generation's name, such as `grid/990101001001001/ledger`. */
  readonly document: string
  /** When it was written, by the clock of its device, in milliseconds since 1970. */
  readonly at: number
  /** What that device is called. */
  readonly device: string
  /** Why it was not taken, as the device tells its author. */
  readonly reason: string
  readonly lines: readonly HandedLine[]
}

/** What became of one. */
export interface HandoverState {
  readonly id: string
  readonly state: 'waiting' | 'adopted' | 'discarded'
  /** When that was decided, and the name of the leader who did. */
  readonly decidedAt?: number
  readonly decidedBy?: string
}

/** `GET /api/handovers`: those of the account itself. */
export interface OwnHandoversAnswer {
  readonly handovers: readonly HandoverState[]
}

export interface WaitingHandover extends HandedEdit {
  readonly author: string
  readonly authorName: string
  readonly receivedAt: number
}

/** `GET /api/grids/{code}/handovers`: what waits for a leader of the grid, oldest first. */
export interface WaitingHandoversAnswer {
  readonly handovers: readonly WaitingHandover[]
}
