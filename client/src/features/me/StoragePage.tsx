/** 存储空间: whether the browser promised to keep the data, how much there is, and the rescue export of what the relay does not have. */
import Download from 'lucide-solid/icons/download'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import ShieldQuestion from 'lucide-solid/icons/shield-question-mark'
import { createResource, createSignal, Show, type JSX } from 'solid-js'
import { bytesText, number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { Row } from '../../ui/Row.tsx'
import { toast } from '../../ui/toast.ts'
import { waitingText } from '../sync/light.ts'
import styles from './MePage.module.css'
import { downloadUnsent } from './rescue.ts'

export function StoragePage(): JSX.Element {
  const session = useSession()
  const [persistence, { mutate }] = createResource(readPersistence)
  // A store that cannot be opened has no figures; the sync sheet says what is wrong.
  const [usage] = createResource(() => session.storage.usage().catch(() => undefined))
  const [busy, setBusy] = createSignal(false)
  const rescue = async () => {
    setBusy(true)
    const count = await downloadUnsent(session)
    setBusy(false)
    toast(count === undefined ? t('me.storage.rescueFailed') : t('me.storage.rescued', count))
  }
  return (
    <Page title={t('me.storage.title')} back={paths.me}>
      <Show when={persistence()}>
        {(state) => (
          <Banner
            tone={state() === 'granted' ? 'plain' : 'notice'}
            icon={state() === 'granted' ? <ShieldCheck size="1.25rem" /> : <ShieldQuestion size="1.25rem" />}
            title={t(`me.storage.persistence.${state()}`)}
            actions={
              <Show when={state() === 'refused'}>
                <Button onClick={() => void session.storage.persistence().then(mutate)}>{t('me.storage.ask')}</Button>
              </Show>
            }
          >
            {t(`me.storage.persistenceText.${state()}`)}
          </Banner>
        )}
      </Show>
      <List title={t('me.storage.usage')}>
        <div class={styles.block}>
          <Show when={usage()} fallback={<p class={styles.note}>{t('ui.unknown')}</p>}>
            {(figures) => (
              <>
                <p>
                  {figures().quota === undefined
                    ? t('me.storage.used', bytesText(figures().bytes))
                    : t('me.storage.usedOf', bytesText(figures().bytes), bytesText(figures().quota ?? 0))}
                </p>
                <Show when={figures().quota}>
                  {(quota) => (
                    <div class={styles.meter} aria-hidden="true">
                      <div
                        class={styles.used}
                        style={{ width: `${Math.min(100, (figures().bytes / quota()) * 100)}%` }}
                      />
                    </div>
                  )}
                </Show>
              </>
            )}
          </Show>
        </div>
        <Row title={t('me.storage.records')} trail={number(Object.keys(session.store.entries).length)} />
        <Row title={t('me.storage.tickets')} trail={number(Object.keys(session.store.tickets).length)} />
        <Row title={t('me.storage.waiting')} trail={waitingText(session.light()) || t('ui.none')} />
      </List>
      <List title={t('me.storage.rescue')}>
        <div class={styles.block}>
          <p class={styles.note}>{t('me.storage.rescueText')}</p>
        </div>
        <div class={styles.block}>
          <Button
            wide
            icon={<Download size="1.125rem" aria-hidden="true" />}
            disabled={busy()}
            onClick={() => void rescue()}
          >
            {t('me.storage.rescueButton')}
          </Button>
        </div>
      </List>
    </Page>
  )
}

/** Without asking: opening this page is no reason for a browser's question. */
async function readPersistence(): Promise<'granted' | 'refused' | 'unsupported'> {
  if (!navigator.storage?.persisted) return 'unsupported'
  return (await navigator.storage.persisted()) ? 'granted' : 'refused'
}
