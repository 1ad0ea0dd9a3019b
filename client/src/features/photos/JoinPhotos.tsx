/** Settles a conflict of photos by keeping all of them, where that are not too many. */
import { mostPhotos, type FieldConflict } from '@tongge/model'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { photosOfAll } from './photos-of.ts'

export function JoinPhotos(props: {
  readonly conflict: FieldConflict
  readonly onSettle: (photos: readonly string[]) => void
}): JSX.Element {
  const all = createMemo(() => photosOfAll(props.conflict))
  return (
    <Show when={all().length <= mostPhotos}>
      <Button onClick={() => props.onSettle(all())}>{t('photos.join', all().length)}</Button>
    </Show>
  )
}
