/** The photos of a step or a record beside each other; a tap shows one large. With `onRemove` each can be left out again. */
import { parsePhotoRef } from '@tongge/model'
import CloudOff from 'lucide-solid/icons/cloud-off'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, For, Match, onCleanup, Show, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './photos.module.css'

export interface PhotoStripProps {
  /** By their names; what is no photo, as other evidence of a step, is left out. */
  readonly photos: readonly string[]
  readonly onRemove?: (photo: string) => void
}

export function PhotoStrip(props: PhotoStripProps): JSX.Element {
  const shown = createMemo(() => props.photos.filter((photo) => parsePhotoRef(photo) !== undefined))
  return (
    <Show when={shown().length > 0}>
      <ul class={styles.strip} aria-label={t('photos.title')}>
        <For each={shown()}>
          {(photo, index) => (
            <li class={styles.item}>
              <Thumb photo={photo} number={index() + 1} />
              <Show when={props.onRemove}>
                {(remove) => (
                  <IconButton
                    class={styles.remove ?? ''}
                    label={t('photos.remove', index() + 1)}
                    icon={<X size="1rem" aria-hidden="true" />}
                    onClick={() => remove()(photo)}
                  />
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Thumb(props: { readonly photo: string; readonly number: number }): JSX.Element {
  const session = useSession()
  const [isLarge, setLarge] = createSignal(false)
  const looking = createMemo(() => {
    const look = session.photos.look(props.photo)
    onCleanup(look.dispose)
    return look.photo
  })
  const [address, setAddress] = createSignal<string>()
  createEffect(() => {
    const photo = looking()()
    if (!(photo instanceof Blob)) return
    const url = URL.createObjectURL(photo)
    setAddress(url)
    onCleanup(() => URL.revokeObjectURL(url))
  })
  const name = () => t('photos.one', props.number)
  return (
    <Switch fallback={<span class={styles.empty} role="img" aria-label={t('photos.coming', props.number)} />}>
      <Match when={looking()() === 'away'}>
        <span class={styles.empty} role="img" aria-label={t('photos.away')} title={t('photos.away')}>
          <CloudOff size="1.25rem" aria-hidden="true" />
        </span>
      </Match>
      <Match when={address()}>
        {(url) => (
          <>
            <button type="button" class={styles.thumb} onClick={() => setLarge(true)}>
              <img src={url()} alt={name()} />
            </button>
            <Dialog open={isLarge()} shape="picture" title={name()} onClose={() => setLarge(false)}>
              <img class={styles.large} src={url()} alt={name()} />
            </Dialog>
          </>
        )}
      </Match>
    </Switch>
  )
}
