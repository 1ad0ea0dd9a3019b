/** Refused edits in words: the record, and what of it was before and after. */
import { fieldsOf, type Instant, type Kind, type RecordId, type Value } from '@tongge/model'
import { nameOf, t } from '../../i18n/i18n.ts'
import { paths, recordPath } from '../../paths.ts'
import type { GridStore, RefusedEdit } from '../../session/session.ts'
import { titleOf } from '../ledger/record/entry-of.ts'
import { fieldText } from '../ledger/record/field-text.ts'
import { fieldsTitle, recordTitle, type RecordTitle } from '../records/record-title.ts'
import { stepName } from '../tickets/detail/action-name.ts'

export interface TextLine {
  readonly label: string
  readonly before?: string
  readonly after?: string
  /** What the record says by now, where it is neither. */
  readonly now?: string
}

type Line = RefusedEdit['lines'][number]

/** What a person can do something about; the rest no app of ours should have sent. */
const groups: Partial<Record<RefusedEdit['reason'], 'role' | 'ownWork' | 'value' | 'torn' | 'movedOut'>> = {
  notAllowed: 'role',
  readOnly: 'role',
  ownWork: 'ownWork',
  badValue: 'value',
  misplaced: 'value',
  movedOut: 'movedOut',
  torn: 'torn',
}

export interface Subject extends RecordTitle {
  readonly kind: Kind | 'ticket' | undefined
  readonly id: RecordId | undefined
}

/** Of one that was never taken, what it would have been called. Reactive on the records it reads. */
export function subjectOf(given: GridStore, { lines, photos = 0, known = [] }: RefusedEdit): Subject {
  const [first] = lines
  if (!first) {
    const title = t(photos > 0 ? 'refused.photos' : 'refused.unreadable')
    return { kind: undefined, id: undefined, title, detail: '' }
  }
  const { kind, id } = first
  const store =
    known.length === 0 ? given : { ...given, entries: Object.fromEntries(known.map((one) => [one.id, one])) }
  const isThere = store.entries[id] ?? store.trash[id] ?? store.tickets[id]
  if (isThere || kind === 'ticket')
    return { kind, id, ...(isThere ? recordTitle(store, id) : { title: t('refused.ticket'), detail: '' }) }
  const fields = Object.fromEntries(lines.flatMap(({ field, after }) => (field === undefined ? [] : [[field, after]])))
  return { kind, id, ...fieldsTitle(store, kind, fields) }
}

/** The page of a subject that is there. Reactive likewise. */
export function subjectPath(store: GridStore, { kind, id }: Subject): string | undefined {
  if (id === undefined || kind === undefined) return undefined
  if (store.entries[id] === undefined && store.tickets[id] === undefined) return undefined
  return kind === 'ticket' ? paths.ticket(id) : recordPath(kind, id)
}

/** `isCompared`: with what the records say by now, where that is neither. */
export function linesOfEdit(
  store: GridStore,
  { lines }: RefusedEdit,
  now: Instant,
  isCompared = false,
): readonly TextLine[] {
  return lines.map((line): TextLine => {
    if (line.step) return { label: t('refused.step'), after: stepText(line.step) }
    if (line.field === undefined) return { label: t(`refused.${line.action === 'step' ? 'changed' : line.action}`) }
    const text = (value: Value | undefined): string => valueText(store, line, value, now)
    const before = line.before === undefined ? {} : { before: text(line.before) }
    const after = text(line.after) || t('records.emptyValue')
    return { label: labelOf(line), ...before, after, ...(isCompared && nowOf(store, line, { ...before, after }, text)) }
  })
}

/** Nothing of texts, which go on by themselves, and of sensitive fields, which are not shown here. */
function nowOf(
  store: GridStore,
  line: Line,
  { before, after }: Pick<TextLine, 'before' | 'after'>,
  text: (value: Value | undefined) => string,
): Pick<TextLine, 'now'> {
  const { kind, id, field = '' } = line
  const entry = store.entries[id]
  const known = kind === 'ticket' ? undefined : fieldsOf(kind).find(({ name }) => name === field)
  if (!entry || !known || known.type === 'coText' || known.class === 'sensitive') return {}
  const there: Readonly<Record<string, Value | undefined>> = entry.fields
  const now = text(there[field]) || t('records.emptyValue')
  const isBlankAsEver = before === undefined && there[field] === undefined
  return now === before || now === after || isBlankAsEver ? {} : { now }
}

/** For the clipboard. */
export function editText(store: GridStore, edit: RefusedEdit, now: Instant): string {
  const { title, detail } = subjectOf(store, edit)
  const lines = linesOfEdit(store, edit, now).map(({ label, before, after }) =>
    [label, [before, after].filter((part) => part !== undefined && part !== '').join(' → ')]
      .filter(Boolean)
      .join(t('refused.colon')),
  )
  return [[title, detail].filter(Boolean).join(' '), ...lines].join('\n')
}

export function reasonText(reason: RefusedEdit['reason']): string {
  return t(`refused.reason.${groups[reason] ?? 'other'}`)
}

function labelOf({ kind, field }: Line): string {
  if (kind === 'ticket') return t('tickets.detail.description')
  const known = fieldsOf(kind).find(({ name }) => name === field)
  return known ? nameOf(known) : (field ?? '')
}

/** What is sensitive is not shown: whoever stands beside may read along. */
function valueText(store: GridStore, { kind, field }: Line, value: Value | undefined, now: Instant): string {
  const known = kind === 'ticket' ? undefined : fieldsOf(kind).find(({ name }) => name === field)
  if (value === undefined) return ''
  if (!known) return String(value)
  if (known.class === 'sensitive') return t('refused.hidden')
  return fieldText(known, value, { now, titleOf: (id) => titleOf(store, id) })
}

function stepText({ action, from, note }: NonNullable<Line['step']>): string {
  return [stepName(action, from), note].filter(Boolean).join(' · ')
}
