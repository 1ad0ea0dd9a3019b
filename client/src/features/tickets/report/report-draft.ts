/** A report while it is being written: what was typed, what follows from it, and the birth of the ticket it becomes. */
import {
  ticketLimits,
  suggestCategory,
  type Instant,
  type FieldValues,
  type RecordId,
  type Report,
  type Severity,
  type Visibility,
} from '@tongge/model'
import { batch, createMemo, type Accessor } from 'solid-js'
import { createStore } from 'solid-js/store'
import { groupOf, isEmergency } from '../category-groups.ts'

/** '' stands for nothing chosen or typed. */
export interface ReportFields {
  readonly title: string
  readonly category: string
  readonly building: RecordId | ''
  readonly spot: string
  readonly severity: Severity | ''
  readonly description: string
  readonly risk: string
  readonly source: string
  readonly visibility: Visibility | ''
  readonly reporterName: string
  readonly reporterPhone: string
  readonly peopleInvolved: string
  readonly impactScope: string
  readonly occurredAt: Instant | undefined
  /** As a step's evidence names them. */
  readonly photos: readonly string[]
}

export interface ReportDraft {
  readonly fields: ReportFields
  set<F extends keyof ReportFields>(name: F, value: ReportFields[F]): void
  /** Categories that the title speaks of, the likeliest first. */
  readonly suggestions: Accessor<readonly string[]>
  /** Chosen by hand, or else the likeliest; '' for none yet. */
  readonly category: Accessor<string>
  readonly severity: Accessor<Severity>
  readonly source: Accessor<string>
  readonly visibility: Accessor<Visibility>
  /** Whether anybody said where it is; an emergency may go out without. */
  readonly saysPlace: Accessor<boolean>
  /** When it was found: as entered, or else when the writing began. */
  occurredAt(now: Instant): Instant
  birth(now: Instant, names: Names): Report
  /** The fields of who reported it, as typed. */
  reporter(): FieldValues
  readonly isDirty: Accessor<boolean>
  /** Goes on with what was written earlier; anything that is no report is left out. */
  restore(kept: unknown): void
  clear(): void
}

export interface Names {
  category(code: string): string
  building(id: RecordId): string
  grid(): string
}

const empty: ReportFields = {
  title: '',
  category: '',
  building: '',
  spot: '',
  severity: '',
  description: '',
  risk: '',
  source: '',
  visibility: '',
  reporterName: '',
  reporterPhone: '',
  peopleInvolved: '',
  impactScope: '',
  occurredAt: undefined,
  photos: [],
}

/** What concerns everybody; matters of single persons are not public unless somebody says so. */
const publicGroups: ReadonlySet<string> = new Set(['safety', 'facility', 'environment', 'property', 'culture'])

/** `building` is the one chosen last on this device. Fields with a default say it until a person says otherwise. */
export function createReportDraft(building: () => RecordId | '', clock: () => Instant): ReportDraft {
  const [fields, setFields] = createStore<{ -readonly [F in keyof ReportFields]: ReportFields[F] }>({
    ...empty,
    building: building(),
  })
  let begunAt: Instant | undefined
  const suggestions = createMemo(() => suggestCategory(fields.title))
  const category = () => fields.category || (suggestions()[0] ?? '')
  const severity = () => fields.severity || (isEmergency(category()) ? 'major' : 'normal')
  const source = () => {
    if (fields.source) return fields.source
    if (isEmergency(category())) return 'emergency'
    return fields.reporterName.trim() ? 'resident' : 'grid'
  }
  const visibility = () => fields.visibility || (publicGroups.has(groupOf(category())) ? 'public' : 'private')
  const saysPlace = () => fields.building !== '' || fields.spot.trim() !== ''
  const occurredAt = (now: Instant): Instant => fields.occurredAt ?? begunAt ?? now

  return {
    fields,
    set: (name, value) => {
      begunAt ??= clock()
      setFields({ [name]: value } as Partial<ReportFields>)
    },
    suggestions,
    category,
    severity,
    source,
    visibility,
    saysPlace,
    occurredAt,
    birth: (now, names) => {
      const isUrgent = isEmergency(category())
      const spot = [fields.building && names.building(fields.building), fields.spot.trim()].filter(Boolean).join(' ')
      // One key is enough in an emergency: its kind is its title, and help is on its way while somebody writes where.
      const place = spot || (isUrgent ? names.grid() : '')
      const title = fields.title.trim() || (isUrgent ? names.category(category()) : '')
      return {
        source: source(),
        category: category(),
        title,
        place: place.slice(0, ticketLimits.place),
        occurredAt: occurredAt(now),
        severity: severity(),
        level: 'grid',
        visibility: visibility(),
        ...(fields.building === '' ? {} : { building: fields.building }),
        ...(fields.risk === '' ? {} : { risk: fields.risk }),
        ...(fields.impactScope.trim() === '' ? {} : { impactScope: fields.impactScope }),
        ...(fields.peopleInvolved.trim() === '' ? {} : { peopleInvolved: Number(fields.peopleInvolved) }),
      }
    },
    reporter: () => ({ name: fields.reporterName, phone: fields.reporterPhone }),
    isDirty: () =>
      fields.photos.length > 0 ||
      Object.keys(empty).some(
        (name) =>
          name !== 'building' &&
          name !== 'photos' &&
          fields[name as keyof ReportFields] !== empty[name as keyof ReportFields],
      ),
    restore: (kept) => {
      if (typeof kept !== 'object' || kept === null) return
      const known = Object.entries(kept).filter(
        ([name, value]) =>
          Object.hasOwn(empty, name) &&
          (name === 'photos' ? isPhotos(value) : typeof value === (name === 'occurredAt' ? 'number' : 'string')),
      )
      setFields(Object.fromEntries(known) as Partial<ReportFields>)
    },
    clear: () =>
      batch(() => {
        begunAt = undefined
        setFields({ ...empty, building: building() })
      }),
  }
}

function isPhotos(value: unknown): boolean {
  return Array.isArray(value) && value.every((photo) => typeof photo === 'string')
}
