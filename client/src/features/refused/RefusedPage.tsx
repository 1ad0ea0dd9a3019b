/** 被拒绝的修改: what this person wrote and the relay did not take, in lines to copy or to hand on. Gone from here only by their own hand. */
import FileX from 'lucide-solid/icons/file-x'
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { RefusedCard } from './RefusedCard.tsx'
import styles from './refused.module.css'

export function RefusedPage(): JSX.Element {
  const session = useSession()
  const leaders = () =>
    session
      .directory()
      .staff.filter(({ role, account }) => role === 'gridLeader' && account !== session.account)
      .map(({ name }) => name)
  return (
    <Page title={t('refused.title')} back={paths.me}>
      <Show
        when={session.refused().length > 0}
        fallback={
          <EmptyState icon={<FileX size="1.75rem" />} title={t('refused.empty')} text={t('refused.emptyText')} />
        }
      >
        <p class={styles.intro}>
          {t('refused.intro')}
          <Show when={leaders().length > 0}>{t('refused.ask', leaders().join(t('refused.comma')))}</Show>
        </p>
        <ul class={styles.cards}>
          <For each={session.refused()}>
            {(edit) => (
              <li>
                <RefusedCard edit={edit} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Page>
  )
}
