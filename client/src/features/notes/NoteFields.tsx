/** The inputs of a note: which of them there are follows from its type. */
import type { FieldProblem } from '@tongge/model'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { problemText } from '../ledger/record/use-acts.ts'
import { CodeTiles } from './CodeTiles.tsx'
import { DoorInput } from './DoorInput.tsx'
import type { NoteDraft } from './note-draft.ts'
import { noteTypes, recentDoors } from './note-list.ts'
import type { Notes } from './use-notes.ts'

const mostDoors = 10

export interface NoteFieldsProps {
  readonly notes: Notes
  readonly draft: NoteDraft
  readonly problems: readonly FieldProblem[]
  /** A note stays with the building it was written for. */
  readonly mayMove: boolean
  readonly onChange: (change: Partial<NoteDraft>) => void
}

export function NoteFields(props: NoteFieldsProps): JSX.Element {
  const errorOf = (field: string): string | undefined => {
    const problem = props.problems.find((one) => one.field === field)
    return problem && problemText(problem)
  }
  const isKnock = () => props.draft.type === 'knock'
  // What was typed narrows the chips; a door picked from them leaves the others in place for a correction.
  const doors = createMemo(() => {
    const all = recentDoors(props.notes.all(), props.draft.building, '', Number.POSITIVE_INFINITY)
    const typed = all.includes(props.draft.door) ? '' : props.draft.door
    return recentDoors(props.notes.all(), props.draft.building, typed, mostDoors)
  })
  return (
    <>
      <Choice
        label={t('notes.typeLabel')}
        hideLabel
        value={props.draft.type}
        options={noteTypes.map((type) => ({ value: type, label: t(`notes.type.${type}`) }))}
        onChange={(type) => props.onChange({ type })}
      />
      <Show when={props.mayMove && props.notes.writable().length > 1}>
        <Select
          label={t('notes.building')}
          error={errorOf('building')}
          value={props.draft.building}
          options={props.notes.writable()}
          onChange={(building) => props.onChange({ building, door: '' })}
        />
      </Show>
      <DoorInput
        value={props.draft.door}
        required={isKnock()}
        error={errorOf('door')}
        suggestions={doors()}
        onChange={(door) => props.onChange({ door })}
      />
      <Show when={isKnock()}>
        <CodeTiles
          label={t('notes.outcome')}
          list="VISIT_OUTCOME"
          value={props.draft.outcome}
          error={errorOf('outcome')}
          onChange={(outcome) => props.onChange({ outcome })}
        />
        <CodeTiles
          label={t('notes.curtain')}
          list="CURTAIN"
          value={props.draft.curtain}
          error={errorOf('curtain')}
          onChange={(curtain) => props.onChange({ curtain })}
        />
      </Show>
      <TextArea
        label={t(isKnock() ? 'notes.textOptional' : 'notes.text')}
        error={errorOf('text')}
        required={!isKnock()}
        rows={isKnock() ? 2 : 4}
        maxlength={2000}
        placeholder={t(`notes.textHint.${props.draft.type}`)}
        value={props.draft.text}
        onInput={(text) => props.onChange({ text })}
      />
    </>
  )
}
