/** 待处理的修改: what others wrote, the relay did not take, and a leader decides on. Asked for at the relay each time; no device keeps it. */
import CloudOff from 'lucide-solid/icons/cloud-off'
import Inbox from 'lucide-solid/icons/inbox'
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { HandoverCard } from './HandoverCard.tsx'
import styles from './handovers.module.css'

export function HandoversPage(): JSX.Element {
  const session = useSession()
  const { waiting, isReached, look } = session.handedOver
  look()
  const again = () => <Button onClick={look}>{t('handovers.again')}</Button>
  return (
    <Page title={t('handovers.title')} back={paths.me}>
      <Show when={!isReached() && (waiting()?.length ?? 0) > 0}>
        <Banner tone="notice" icon={<CloudOff size="1.25rem" />} title={t('handovers.offline')} actions={again()}>
          {t('handovers.offlineStale')}
        </Banner>
      </Show>
      <Show
        when={(waiting()?.length ?? 0) > 0}
        fallback={
          <Show
            when={isReached()}
            fallback={
              <EmptyState
                icon={<CloudOff size="1.75rem" />}
                title={t('handovers.offline')}
                text={t('handovers.offlineText')}
                actions={again()}
              />
            }
          >
            <EmptyState
              icon={<Inbox size="1.75rem" />}
              title={t(waiting() ? 'handovers.empty' : 'handovers.asking')}
              text={waiting() ? t('handovers.emptyText') : undefined}
            />
          </Show>
        }
      >
        <p class={styles.intro}>{t('handovers.intro')}</p>
        <ul class={styles.cards}>
          <For each={waiting()}>
            {(edit) => (
              <li>
                <HandoverCard edit={edit} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Page>
  )
}
