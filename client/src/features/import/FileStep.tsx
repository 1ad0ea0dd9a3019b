/** Choosing the file, by button or by dropping it, and why the last one could not be read. */
import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Banner } from '../../ui/Banner.tsx'
import { List } from '../../ui/List.tsx'
import type { ImportCourse } from './create-import.ts'
import styles from './import.module.css'

export function FileStep(props: { readonly course: ImportCourse }): JSX.Element {
  const [over, setOver] = createSignal(false)
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0]
    if (file && !props.course.busy()) void props.course.open(file)
  }
  return (
    <>
      <Show when={props.course.failure()}>
        {(failure) => (
          <Banner tone="danger" title={t(`imports.failure.${failure().problem}`)}>
            {[props.course.fileName(), t('imports.failureText')].filter(Boolean).join(' · ')}
          </Banner>
        )}
      </Show>
      <label
        class={styles.drop}
        data-over={over()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files)
        }}
      >
        <span class={styles.dropIcon} aria-hidden="true">
          <FileSpreadsheet size="1.75rem" />
        </span>
        <span class={styles.dropTitle}>{t('imports.choose')}</span>
        <span class={styles.quiet}>{t('imports.chooseText')}</span>
        <span class={styles.dropHint}>{t('imports.drop')}</span>
        <input
          type="file"
          class={styles.file}
          accept=".xlsx,.xls,.csv,.tsv,.txt"
          disabled={props.course.busy() !== undefined}
          onChange={(event) => {
            take(event.currentTarget.files)
            // The same file, once corrected, must be choosable again.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <List title={t('imports.tipsTitle')}>
        <ul class={styles.tips}>
          <li>{t('imports.tips.title')}</li>
          <li>{t('imports.tips.sheets')}</li>
          <li>{t('imports.tips.again')}</li>
          <li>{t('imports.tips.ids')}</li>
        </ul>
      </List>
    </>
  )
}
