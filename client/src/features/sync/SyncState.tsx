/** What the light means just now, what is wrong and what to do, and what the last syncs brought. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import CloudUpload from 'lucide-solid/icons/cloud-upload'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { auditDoubt } from '../../session/audit-doubt.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { lightText, lightTitle, lightTone, problemText, problemTitle, waitingText } from './light.ts'
import { Summary } from './Summary.tsx'
import styles from './SyncState.module.css'

/** Whoever shows a doubt has loaded what found it. */
const acknowledge = async (): Promise<void> => (await import('../../session/follow-audit.ts')).acknowledgeDoubt()

/** `onLeave` is told when a link is followed; `opensNewest` shows at once what the last sync touched. */
export function SyncState(props: { readonly opensNewest?: boolean; readonly onLeave?: () => void }): JSX.Element {
  const session = useSession()
  const light = () => session.light()
  const syncNow = () => {
    session.syncNow()
    void session.storage.retry()
  }
  return (
    <div class={styles.state}>
      <div class={`${styles.light} ${styles[lightTone(light())]}`} role="status">
        <span class={styles.icon} aria-hidden="true">
          <Switch fallback={<CloudUpload size="1.75rem" />}>
            <Match when={light().light === 'unsaved'}>
              <TriangleAlert size="1.75rem" />
            </Match>
            <Match when={light().light === 'synced'}>
              <CircleCheck size="1.75rem" />
            </Match>
          </Switch>
        </span>
        <div>
          <p class={styles.title}>{lightTitle(light())}</p>
          <Show when={waitingText(light())}>
            {(waiting) => <p class={styles.waiting}>{t('sync.waiting', waiting())}</p>}
          </Show>
          <p class={styles.text}>{lightText(light())}</p>
          <p class={styles.connection}>{t(`sync.connection.${light().connection}`)}</p>
        </div>
      </div>
      <Show when={light().problem} keyed>
        {(problem) => (
          <Banner
            tone={light().light === 'unsaved' ? 'danger' : 'notice'}
            title={problemTitle(problem)}
            actions={
              <>
                <Show when={problem === 'signedOut'}>
                  <Button kind="primary" onClick={() => void session.signOut()}>
                    {t('sync.signInAgain')}
                  </Button>
                </Show>
                <Show when={problem === 'quota' || problem === 'denied' || problem === 'corrupt' || problem === 'lost'}>
                  <ButtonLink href={paths.storage} onClick={() => props.onLeave?.()}>
                    {t('sync.toStorage')}
                  </ButtonLink>
                </Show>
              </>
            }
          >
            {problemText(problem)}
          </Banner>
        )}
      </Show>
      <Show when={auditDoubt()}>
        <Banner
          tone="notice"
          title={t('sync.doubt.title')}
          actions={<Button onClick={acknowledge}>{t('sync.doubt.seen')}</Button>}
        >
          {t('sync.doubt.text')}
        </Banner>
      </Show>
      <Button wide onClick={syncNow}>
        {t('sync.now')}
      </Button>
      <Show when={session.summaries().length > 0} fallback={<p class={styles.none}>{t('sync.noSummaries')}</p>}>
        <section class={styles.summaries}>
          <h2 class={styles.heading}>{t('sync.summaries')}</h2>
          <For each={session.summaries()}>
            {(summary, place) => (
              <Summary
                summary={summary}
                isOpen={props.opensNewest === true && place() === 0}
                onLeave={() => props.onLeave?.()}
              />
            )}
          </For>
        </section>
      </Show>
    </div>
  )
}
