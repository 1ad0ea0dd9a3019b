/** Saving a form: check, dispatch, put refusals beside their fields. The form counts as dirty until it is saved or left. */
import type { Command, FieldValues, RecordId, Refusal } from '@tongge/model'
import { createSignal, type Accessor } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useDirty } from '../../../pwa/dirty.ts'
import { useSession } from '../../../session/use-session.ts'
import { keepForm } from '../../drafts/kept-form.ts'
import { refusalText, useActs, type Undo } from '../record/use-acts.ts'
import type { Draft } from './draft.ts'
import { focusFirstProblem } from './RecordForm.tsx'

export interface FormSave {
  /** Ids of created records (none for an edit) once dispatched; undefined when something must be mended first. `undoOf` gives what takes it back. */
  save(
    commandOf: (changes: FieldValues) => Command,
    undoOf?: (changes: FieldValues) => Undo,
  ): readonly RecordId[] | undefined
  readonly refusal: Accessor<{ readonly text: string; readonly href: string | undefined } | undefined>
  readonly root: (element: HTMLFormElement) => void
  /** Whether the form goes on with what was typed in an earlier run. */
  readonly isRestored: Accessor<boolean>
}

/** `name` is the form's own among those of this account: what is typed is kept under it until it is saved or discarded. */
export function useFormSave(draft: Draft, name: string, names: () => readonly string[]): FormSave {
  const session = useSession()
  const { isRestored, sent, leave } = keepForm(session, name, draft)
  const { tryAct } = useActs()
  const [refusal, setRefusal] = createSignal<{ readonly text: string; readonly href: string | undefined }>()
  let form: HTMLFormElement | undefined
  useDirty(() => draft.isDirty(), leave)

  const show = (refused: Refusal): void => {
    if (refused.reason === 'invalid') draft.place(refused.problems)
    const [of] = refused.reason === 'duplicate' ? refused.of : []
    const entry = of === undefined ? undefined : session.store.entries[of]
    setRefusal({ text: refusalText(refused), href: entry && recordPath(entry.kind, entry.id) })
  }
  return {
    refusal,
    isRestored: () => isRestored() && draft.isDirty(),
    root: (element) => {
      form = element
    },
    save: (commandOf, undoOf) => {
      setRefusal(undefined)
      if (!draft.check(names())) {
        const count = names().filter((name) => draft.problem(name) !== undefined).length
        setRefusal({ text: t('ledger.form.fix', count), href: undefined })
        if (form) focusFirstProblem(form)
        return undefined
      }
      const changes = draft.changes()
      const answer = tryAct(commandOf(changes), t('ledger.saved'), undoOf?.(changes))
      if (answer.ok) {
        sent(answer.saved)
        draft.settle()
        return answer.created
      }
      show(answer.refusal)
      if (form) focusFirstProblem(form)
      return undefined
    },
  }
}
