/** 拍照: photos for a report, a step or a record. Each is on this device's disk before it is shown here, so that the page may be thrown away while the camera is in front. */
import { mostPhotos } from '@tongge/model'
import Camera from 'lucide-solid/icons/camera'
import { createSignal, onCleanup, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { toast } from '../../ui/toast.ts'
import styles from './photos.module.css'
import { PhotoStrip } from './PhotoStrip.tsx'
import { shrink } from './shrink.ts'

export function PhotoInput(props: {
  readonly photos: readonly string[]
  readonly onChange: (photos: readonly string[]) => void
}): JSX.Element {
  const session = useSession()
  const [isBusy, setBusy] = createSignal(false)
  let isGone = false
  onCleanup(() => (isGone = true))
  const take = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])]
    const files = chosen.slice(0, mostPhotos - props.photos.length)
    if (files.length < chosen.length) toast(t('photos.tooMany', mostPhotos))
    // The same file may be chosen again.
    input.value = ''
    if (files.length === 0) return
    setBusy(true)
    try {
      const pictures: Blob[] = []
      for (const file of files) {
        const picture = await shrink(file)
        if (picture) pictures.push(picture)
      }
      if (pictures.length < files.length) toast(t('photos.unreadable'))
      const added = pictures.length > 0 ? await session.photos.add(pictures) : []
      // The form may have been sent or left while they were made small.
      if (isGone) return void (added.length > 0 && toast(t('photos.late')))
      // Some may have been left out meanwhile.
      if (added.length > 0) props.onChange([...props.photos, ...added])
    } catch {
      toast(t('photos.notKept'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class={styles.input}>
      <PhotoStrip
        photos={props.photos}
        onRemove={(photo) => props.onChange(props.photos.filter((each) => each !== photo))}
      />
      <Show when={props.photos.length < mostPhotos}>
        <label class={styles.add} data-busy={isBusy()}>
          <Camera size="1.25rem" aria-hidden="true" />
          <span>{t(isBusy() ? 'photos.busy' : props.photos.length > 0 ? 'photos.more' : 'photos.add')}</span>
          <input
            type="file"
            accept="image/*"
            multiple
            class={styles.file}
            disabled={isBusy()}
            onChange={({ currentTarget }) => void take(currentTarget)}
          />
        </label>
      </Show>
    </div>
  )
}
