/** 撤销这次导入 at the head of the page, for as long as the import is the last thing this person wrote. */
import Undo2 from 'lucide-solid/icons/undo-2'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ImportCourse } from './create-import.ts'
import { figuresText } from './import-text.ts'

export function UndoImport(props: { readonly course: ImportCourse }): JSX.Element {
  return (
    <Show when={props.course.step() === 'file' && props.course.undoable()}>
      {(figures) => (
        <Banner
          title={t('imports.lastImport')}
          actions={
            <Button icon={<Undo2 size="1.125rem" aria-hidden="true" />} onClick={() => props.course.undo()}>
              {t('imports.undo')}
            </Button>
          }
        >
          {figuresText(figures())}
        </Banner>
      )}
    </Show>
  )
}
