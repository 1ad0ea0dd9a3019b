/** The course of one import: file, columns, preview, writing, done. Owns the worker. */
import type {
  FieldTarget,
  ImportPlan,
  ImportProgress,
  LedgerEntry,
  Mapping,
  TableGroup,
  Target,
} from '@tongge/ledger-io'
import { dayOf, isLedgerKind, type Refusal } from '@tongge/model'
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import { t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'
import { toast } from '../../ui/toast.ts'
import { createImporter, type ImportReply } from './import-port.ts'
import { importToUndo, rememberImport, type ImportFigures } from './last-import.ts'

export type ImportStep = 'file' | 'columns' | 'preview' | 'done'
export type ImportFailureReply =
  | Extract<ImportReply, { readonly answer: 'failed' }>['failure']
  | { readonly problem: 'unreadable' }

export interface ImportOutcome {
  readonly figures: ImportFigures
  readonly undone: boolean
}

export interface ImportCourse {
  readonly step: Accessor<ImportStep>
  readonly busy: Accessor<ImportProgress | { readonly step: 'write'; readonly share: number } | undefined>
  readonly fileName: Accessor<string>
  readonly failure: Accessor<ImportFailureReply | undefined>
  readonly refusal: Accessor<Refusal | 'notSaved' | undefined>
  readonly groups: Accessor<readonly TableGroup[]>
  /** By group; `chosen` says whether the group is imported. */
  readonly mappings: readonly { readonly chosen: boolean; readonly mapping: Mapping }[]
  readonly plan: Accessor<ImportPlan | undefined>
  readonly outcome: Accessor<ImportOutcome | undefined>
  open(file: File): Promise<void>
  choose(group: number, chosen: boolean): void
  setTarget(group: number, column: number, target: Target | undefined): void
  setDefault(target: FieldTarget, value: string): void
  preview(): Promise<void>
  /** Whether records that the ledger has are changed too. */
  readonly withChanges: Accessor<boolean>
  setWithChanges(withChanges: boolean): void
  /** Writes everything in one command. */
  write(): Promise<void>
  /** What `undo` would take back: this import, or one written before the page was left and opened again. */
  readonly undoable: Accessor<ImportFigures | undefined>
  undo(): void
  /** Brings again what `undo` took back. */
  redo(): void
  canRedo(): boolean
  back(): void
  restart(): void
}

/** A sheet of a grid takes about a second; what takes longer than this is no ledger. */
const limit = 20_000

/** `closed` are the fields this person may not write. */
export function createImport(session: Session, closed: readonly FieldTarget[]): ImportCourse {
  const importer = createImporter(
    () => new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' }),
    limit,
  )
  onCleanup(importer.dispose)
  const [step, setStep] = createSignal<ImportStep>('file')
  const [busy, setBusy] = createSignal<ReturnType<ImportCourse['busy']>>()
  const [fileName, setFileName] = createSignal('')
  const [failure, setFailure] = createSignal<ImportFailureReply>()
  const [refusal, setRefusal] = createSignal<Refusal | 'notSaved'>()
  const [groups, setGroups] = createSignal<readonly TableGroup[]>([])
  const [mappings, setMappings] = createStore<{ chosen: boolean; mapping: Mapping }[]>([])
  const [plan, setPlan] = createSignal<ImportPlan>()
  const [outcome, setOutcome] = createSignal<ImportOutcome>()
  const [withChanges, setWithChanges] = createSignal(true)
  const [undoable, setUndoable] = createSignal(importToUndo(session))

  const ask = async (request: Parameters<typeof importer.ask>[0]): Promise<ImportReply> => {
    setFailure(undefined)
    setRefusal(undefined)
    const reply = await importer.ask(request, setBusy)
    setBusy(undefined)
    if (reply.answer === 'failed') {
      setFailure(reply.failure)
      setStep('file')
    }
    return reply
  }

  const restart = (): void => {
    setUndoable(importToUndo(session))
    setStep('file')
    setPlan(undefined)
    setOutcome(undefined)
    setFailure(undefined)
    setRefusal(undefined)
  }

  return {
    step,
    busy,
    fileName,
    failure,
    refusal,
    groups,
    mappings,
    plan,
    outcome,
    withChanges,
    setWithChanges,
    undoable,
    restart,
    open: async (file) => {
      restart()
      setFileName(file.name)
      setBusy({ step: 'read', share: 0 })
      const bytes = await file.arrayBuffer().catch(() => undefined)
      if (!bytes) {
        setBusy(undefined)
        setFailure({ problem: 'unreadable' })
        return
      }
      const reply = await ask({ ask: 'open', name: file.name, bytes: new Uint8Array(bytes), switchedOn: [] })
      if (reply.answer !== 'opened') return
      const estate = onlyEstate(session)
      setGroups(reply.groups)
      setMappings(
        reply.groups.map((group) => ({
          chosen: group.mapping.columns.includes('person.name'),
          mapping: { ...group.mapping, defaults: { 'building.estate': estate, ...group.mapping.defaults } },
        })),
      )
      setStep('columns')
    },
    choose: (group, chosen) => setMappings(group, 'chosen', chosen),
    setTarget: (group, column, target) =>
      setMappings(group, 'mapping', (mapping) => ({
        ...mapping,
        columns: mapping.columns.map((old, c) => (c === column ? target : old)),
      })),
    setDefault: (target, value) =>
      setMappings({}, 'mapping', (mapping) => ({ ...mapping, defaults: { ...mapping.defaults, [target]: value } })),
    preview: async () => {
      setBusy({ step: 'plan', share: 0 })
      const reply = await ask({
        ask: 'plan',
        mappings: unwrap(mappings).map(({ chosen, mapping }) => (chosen ? mapping : 'skip')),
        entries: ledgerEntries(session),
        closed,
        today: dayOf(session.context().now),
        own: session.directory().parameters.lists,
      })
      if (reply.answer !== 'planned') return
      setPlan(reply.plan)
      setStep('preview')
    },
    write: async () => {
      const planned = plan()
      if (!planned) return
      const all = withChanges()
      setBusy({ step: 'write', share: 0 })
      await painted()
      const answer = session.dispatch({
        do: 'importRecords',
        rows: all ? planned.records : planned.records.filter(({ existing }) => !existing),
      })
      setBusy({ step: 'write', share: 0.7 })
      const saved =
        answer.ok &&
        (await answer.saved.then(
          () => true,
          () => false,
        ))
      setBusy(undefined)
      if (!answer.ok) return void setRefusal(answer.refusal)
      if (!saved) setRefusal('notSaved')
      const figures = figuresOf(planned, all)
      // What was held for a document still to come is carried out by now.
      rememberImport(session, figures)
      setUndoable(importToUndo(session))
      setOutcome({ figures, undone: false })
      setStep('done')
    },
    undo: () => {
      const figures = importToUndo(session)
      setUndoable(undefined)
      if (!figures) return toast(t('ledger.changedSince'))
      const answer = session.undo()
      if (answer?.ok === false) return void setRefusal(answer.refusal)
      setOutcome({ figures, undone: true })
      setStep('done')
    },
    redo: () => {
      const answer = session.redo()
      if (answer?.ok === false) return void setRefusal(answer.refusal)
      const done = outcome()
      if (!answer || !done) return
      rememberImport(session, done.figures)
      setUndoable(importToUndo(session))
      setOutcome({ ...done, undone: false })
    },
    canRedo: () => session.canRedo(),
    back: () => setStep((now) => (now === 'preview' ? 'columns' : 'file')),
  }
}

function figuresOf({ counts, records }: ImportPlan, withChanges: boolean): ImportFigures {
  const changed = withChanges ? records.filter(({ existing }) => existing).length : 0
  return { households: counts.households, people: counts.people, changed }
}

/** The estate of all buildings of the grid, where there is but one. */
function onlyEstate(session: Session): string {
  const estates = new Set<string>()
  for (const { kind, fields } of ledgerEntries(session)) {
    const estate = fields['estate']
    if (kind === 'building' && typeof estate === 'string') estates.add(estate)
  }
  const [only] = estates
  return estates.size === 1 && only !== undefined ? only : ''
}

function ledgerEntries(session: Session): readonly LedgerEntry[] {
  return [...session.store.snapshot().entries.values()].flatMap(({ id, kind, fields }) =>
    isLedgerKind(kind) ? [{ id, kind, fields: { ...fields } }] : [],
  )
}

/** Lets the progress bar appear before a long turn of the page's own. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
