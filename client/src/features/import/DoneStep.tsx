/** What was imported, and the one way to take it all back. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import Redo2 from 'lucide-solid/icons/redo-2'
import Undo2 from 'lucide-solid/icons/undo-2'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { ImportCourse, ImportOutcome } from './create-import.ts'
import { figuresText } from './import-text.ts'

export function DoneStep(props: { readonly course: ImportCourse; readonly outcome: ImportOutcome }): JSX.Element {
  return (
    <div role="status">
      <EmptyState
        icon={props.outcome.undone ? <Undo2 size="1.75rem" /> : <CircleCheck size="1.75rem" />}
        title={props.outcome.undone ? t('imports.undone') : t('imports.done')}
        text={props.outcome.undone ? t('imports.undoneText') : figuresText(props.outcome.figures)}
        actions={
          <>
            <Show when={props.outcome.undone && props.course.canRedo()}>
              <Button icon={<Redo2 size="1.125rem" aria-hidden="true" />} onClick={() => props.course.redo()}>
                {t('imports.redo')}
              </Button>
            </Show>
            <Show when={!props.outcome.undone && props.course.undoable()}>
              <Button icon={<Undo2 size="1.125rem" aria-hidden="true" />} onClick={() => props.course.undo()}>
                {t('imports.undo')}
              </Button>
            </Show>
            <Button onClick={() => props.course.restart()}>{t('imports.another')}</Button>
            <ButtonLink kind="primary" href={paths.ledger}>
              {t('imports.toLedger')}
            </ButtonLink>
          </>
        }
      />
    </div>
  )
}
