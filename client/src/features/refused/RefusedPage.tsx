/** 被拒绝的修改: what this person wrote and the relay did not take, in lines to copy or to hand on; and what left this device. Gone from here only by their own hand. */
import FileX from 'lucide-solid/icons/file-x'
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { LeftLists } from './LeftList.tsx'
import { RefusedCard } from './RefusedCard.tsx'
import styles from './refused.module.css'

export function RefusedPage(): JSX.Element {
  const session = useSession()
  const edits = () => session.refused().filter(({ left }) => !left)
  return (
    <Page title={t('refused.title')} back={paths.me}>
      <LeftLists edits={session.refused().filter(({ left }) => left)} />
      <Show when={edits().length > 0}>
        <p class={styles.intro}>{t('refused.intro')}</p>
        <ul class={styles.cards}>
          <For each={edits()}>
            {(edit) => (
              <li>
                <RefusedCard edit={edit} />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={edits().length === 0}>
        <EmptyState icon={<FileX size="1.75rem" />} title={t('refused.empty')} text={t('refused.emptyText')} />
      </Show>
    </Page>
  )
}
