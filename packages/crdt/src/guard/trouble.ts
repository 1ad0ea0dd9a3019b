/** Why an update cannot be read as a change of this document. No reason repeats anything that the update holds. */
export type Trouble =
  /** Bytes that Yjs never writes. */
  | 'malformed'
  | 'tooLarge'
  /** Depends on what neither the document nor the update holds. */
  | 'gap'
  /** Deletes what nobody has written yet. */
  | 'unborn'
  /** Says something else about clocks that the document knows already. */
  | 'equivocation'
  /** Uses up more of a client's clocks than anybody can write. */
  | 'clock'
  | 'unknownContent'
  | 'subdocument'
  /** A key by which plain objects are more than data. */
  | 'forbiddenKey'
  /** Stands between two places, or beside the value of a key. */
  | 'neighbours'
  /** Stands in something that can hold nothing. */
  | 'orphan'
  /** Shared types too deep inside one another. */
  | 'nesting'

/** Thrown inside this folder only; the reader turns it into a value. */
export class Unreadable extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble)
    this.trouble = trouble
  }
}
