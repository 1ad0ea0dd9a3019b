/**
 * What a field is: its type, its sensitivity class and the short code under which documents store it.
 * One table per record kind is the source for types, validation, forms, import columns, storage and permissions.
 */
import type { CodeListId } from './codes/code.ts'

/** domain.md §2: [P] [I] [PI] [SPI]. `sensitive` fields rest in the grid's sensitive document, all others with their record unless they rest `apart`. */
export type FieldClass = 'public' | 'internal' | 'personal' | 'sensitive'

/** The part of a record that only some have: people from elsewhere, people left behind, houses that are let. */
export type FieldGroup = 'base' | 'floating' | 'leftBehind' | 'rental'

export type FieldType =
  | { readonly type: 'text'; readonly max: number }
  /** Long text that several people edit at once; it lives as Y.Text beside the record and has no value here. */
  | { readonly type: 'coText' }
  | { readonly type: 'code'; readonly list: CodeListId }
  | { readonly type: 'codes'; readonly list: CodeListId }
  | { readonly type: 'day' }
  | { readonly type: 'instant' }
  | { readonly type: 'int'; readonly min: number; readonly max: number }
  | { readonly type: 'decimal'; readonly min: number; readonly max: number }
  | { readonly type: 'flag' }
  /** Names of photos 照片 that lie in albums of the grid (decision 0016). */
  | { readonly type: 'photos' }
  | { readonly type: 'phone' }
  | { readonly type: 'idNo' }
  | { readonly type: 'uscc' }
  | { readonly type: 'gridCode' }
  | { readonly type: 'ref'; readonly kind: string }

export type Field = FieldType & {
  /** Two or three lower-case letters, frozen once released: documents store it. */
  readonly code: string
  readonly class: FieldClass
  readonly zh: string
  readonly en: string
  readonly required?: boolean
  /** domain.md marks it with `*`, and no command demands it: while it is not known the record says so (decision 0011). */
  readonly starred?: true
  /** Collected only where a community switched it on. */
  readonly optIn?: boolean
  readonly group?: FieldGroup
  /** Rests in this document of the grid, which fewer may read than the record's own (decision 0017). */
  readonly apart?: 'diary'
  /** Holds what this field once held, in a better form: this one is read and shown where it has a value, and no longer asked for. */
  readonly replacedBy?: string
}

export type FieldTable = { readonly [name: string]: Field }

/** What a field may hold. Absent means "not known"; a cleared field is absent, never an empty string. */
export type Value = string | number | boolean | readonly string[]

export type ValueOf<F extends FieldType> = F extends { type: 'int' | 'decimal' | 'instant' }
  ? number
  : F extends { type: 'flag' }
    ? boolean
    : F extends { type: 'codes' | 'photos' }
      ? readonly string[]
      : F extends { type: 'coText' }
        ? never
        : string
