/** The sync light in the app bar: always in view, opens the sync sheet. Shape and words differ by state, not colour alone. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import CloudOff from 'lucide-solid/icons/cloud-off'
import CloudUpload from 'lucide-solid/icons/cloud-upload'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createSignal, lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { lightShort, lightTone } from './light.ts'
import styles from './SyncLightButton.module.css'

const SyncSheet = lazy(async () => ({ default: (await import('./SyncSheet.tsx')).SyncSheet }))

export function SyncLightButton(): JSX.Element {
  const session = useSession()
  const [open, setOpen] = createSignal(false)
  const light = () => session.light()
  return (
    <>
      <button
        type="button"
        class={`${styles.light} ${styles[lightTone(light())]}`}
        aria-label={`${t('sync.label')}: ${lightShort(light())}`}
        onClick={() => setOpen(true)}
      >
        <Switch fallback={<CloudUpload size="1.25rem" aria-hidden="true" />}>
          <Match when={light().light === 'unsaved'}>
            <TriangleAlert size="1.25rem" aria-hidden="true" />
          </Match>
          <Match when={light().connection === 'offline' || light().connection === 'stopped'}>
            <CloudOff size="1.25rem" aria-hidden="true" />
          </Match>
          <Match when={light().light === 'synced'}>
            <CircleCheck size="1.25rem" aria-hidden="true" />
          </Match>
        </Switch>
        <span>{lightShort(light())}</span>
      </button>
      <Show when={open()}>
        <Suspense>
          <SyncSheet onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </>
  )
}
