/** The import a session wrote last, remembered beyond the page: it can be taken back as one while nothing was edited since. */
import type { Session } from '../../session/session.ts'

export interface ImportFigures {
  readonly households: number
  readonly people: number
  /** Records of the ledger that were changed. */
  readonly changed: number
}

interface LastImport {
  readonly edit: object
  readonly figures: ImportFigures
}

type Edits = Pick<Session, 'lastEdit'>

const bySession = new WeakMap<Edits, LastImport>()

/** Right after the import was carried out, or brought again. */
export function rememberImport(session: Edits, figures: ImportFigures): void {
  const edit = session.lastEdit()
  if (edit) bySession.set(session, { edit, figures })
}

/** Undefined once something else was edited or the import was taken back: undo would then take back something else. */
export function importToUndo(session: Edits): ImportFigures | undefined {
  const last = bySession.get(session)
  return last && session.lastEdit() === last.edit ? last.figures : undefined
}
