/** 冲突: what two people changed without knowing of each other, to be settled by a tap. Nothing in here is lost, whatever one chooses. */
import GitMerge from 'lucide-solid/icons/git-merge'
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import styles from './conflicts.module.css'
import { DeletionCard } from './DeletionCard.tsx'
import { FieldsCard } from './FieldsCard.tsx'
import { byRecord } from './inbox.ts'
import { StepCard } from './StepCard.tsx'

export function ConflictsPage(): JSX.Element {
  const session = useSession()
  const groups = createMemo(() => byRecord(session.inbox()))
  return (
    <Page title={t('conflicts.title')} back={paths.me}>
      <Show
        when={groups().length > 0}
        fallback={
          <EmptyState icon={<GitMerge size="1.75rem" />} title={t('conflicts.empty')} text={t('conflicts.emptyText')} />
        }
      >
        <p class={styles.intro}>{t('conflicts.intro')}</p>
        <ul class={styles.cards}>
          <For each={groups()}>
            {(group) => (
              <li>
                <Switch>
                  <Match when={group.type === 'fields' && group}>
                    {(fields) => <FieldsCard entry={fields().entry} conflicts={fields().conflicts} />}
                  </Match>
                  <Match when={group.type === 'deletion' && group}>
                    {(one) => <DeletionCard entry={one().entry} deletion={one().deletion} />}
                  </Match>
                  <Match when={group.type === 'step' && group}>
                    {(one) => <StepCard ticket={one().ticket} step={one().step} />}
                  </Match>
                </Switch>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Page>
  )
}
