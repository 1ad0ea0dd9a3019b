/** Photos that nobody else has: to look at, and to save as files. */
import { createResource, For, onCleanup, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import type { RefusedEdit } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import styles from './refused.module.css'

export function RefusedPhotos(props: { readonly edit: RefusedEdit }): JSX.Element {
  const session = useSession()
  const [addresses] = createResource(
    () => props.edit,
    async ({ id, photos = 0 }) => {
      const found = await Promise.all(Array.from({ length: photos }, (_, index) => session.refusedPhoto(id, index)))
      return found.flatMap((photo) => (photo ? [URL.createObjectURL(photo)] : []))
    },
  )
  onCleanup(() => {
    for (const address of addresses.latest ?? []) URL.revokeObjectURL(address)
  })
  return (
    <Show when={(addresses.latest ?? []).length > 0}>
      <ul class={styles.photos}>
        <For each={addresses.latest}>
          {(address, index) => (
            <li>
              <a href={address} download={`${index() + 1}.jpg`}>
                <img src={address} alt={t('photos.one', index() + 1)} />
              </a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
