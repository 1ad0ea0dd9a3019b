/** Who else has this ticket open. Tells the others the same of this person. */
import type { RecordId } from '@tongge/model'
import Users from 'lucide-solid/icons/users'
import { createEffect, onCleanup, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Banner } from '../../../ui/Banner.tsx'

export function Presence(props: { readonly id: RecordId; readonly editing: boolean }): JSX.Element {
  const session = useSession()
  const subject = () => `ticket/${props.id}`
  createEffect(() => session.watch(subject(), props.editing))
  onCleanup(() => session.watch(undefined, false))
  const names = (editing: boolean): string =>
    session
      .peers()
      .filter((peer) => peer.subject === subject() && peer.editing === editing)
      .map((peer) => peer.name)
      .join(t('tickets.detail.comma'))
  const text = () =>
    [names(true) && t('tickets.detail.editing', names(true)), names(false) && t('tickets.detail.present', names(false))]
      .filter(Boolean)
      .join(' · ')
  return <Show when={text()}>{(shown) => <Banner icon={<Users size="1.25rem" />} title={shown()} />}</Show>
}
