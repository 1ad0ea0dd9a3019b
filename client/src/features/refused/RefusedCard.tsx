/** One edit that was not taken: why, on which record, before and after. */
import { createSignal, For, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths, recordPath } from '../../paths.ts'
import type { RefusedEdit } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { gridName } from '../records/people.ts'
import { Row } from '../../ui/Row.tsx'
import { toast } from '../../ui/toast.ts'
import { RefusedPhotos } from './RefusedPhotos.tsx'
import { editText, linesOfEdit, reasonText, subjectOf } from './refused-lines.ts'
import styles from './refused.module.css'

export function RefusedCard(props: { readonly edit: RefusedEdit }): JSX.Element {
  const session = useSession()
  const [isSure, setSure] = createSignal(false)
  const subject = () => subjectOf(session.store, props.edit)
  const href = () => {
    const { kind, id } = subject()
    if (id === undefined || kind === undefined) return undefined
    const isThere = session.store.entries[id] !== undefined || session.store.tickets[id] !== undefined
    return isThere ? (kind === 'ticket' ? paths.ticket(id) : recordPath(kind, id)) : undefined
  }
  const detail = () =>
    [subject().detail, props.edit.grid && gridName(session, props.edit.grid)].filter(Boolean).join(' · ')
  const lines = () => linesOfEdit(session.store, props.edit, session.context().now)
  const copy = async (): Promise<void> => {
    const text = editText(session.store, props.edit, session.context().now)
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    toast(t(isCopied ? 'refused.copied' : 'refused.notCopied'))
  }
  return (
    <article class={styles.card}>
      <Row title={<strong>{subject().title}</strong>} detail={detail()} href={href()} />
      <div class={styles.body}>
        <p class={styles.why}>{reasonText(props.edit.reason)}</p>
        <dl class={styles.lines}>
          <For each={lines()}>
            {(line) => (
              <div class={styles.line}>
                <dt>{line.label}</dt>
                <dd>
                  <Show when={line.before !== undefined}>
                    <del class={styles.before}>{line.before}</del>
                  </Show>
                  <Show when={line.after !== undefined}>
                    <ins class={styles.after}>{line.after}</ins>
                  </Show>
                </dd>
              </div>
            )}
          </For>
        </dl>
        <RefusedPhotos edit={props.edit} />
        <p class={styles.at}>{t('refused.foundAt', momentText(props.edit.at, session.context().now))}</p>
        <div class={styles.buttons}>
          <Show
            when={isSure()}
            fallback={
              <>
                <Button kind="quiet" onClick={() => setSure(true)}>
                  {t('refused.remove')}
                </Button>
                <Button onClick={() => void copy()}>{t('refused.copy')}</Button>
              </>
            }
          >
            <p class={styles.sure}>{t('refused.sure')}</p>
            <Button kind="quiet" onClick={() => setSure(false)}>
              {t('refused.keep')}
            </Button>
            <Button kind="danger" onClick={() => void session.dismissRefused(props.edit.id)}>
              {t('refused.removeNow')}
            </Button>
          </Show>
        </div>
      </div>
    </article>
  )
}
