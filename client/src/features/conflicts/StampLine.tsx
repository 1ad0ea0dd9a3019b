/** Who, when, on which device. */
import type { Stamp } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { useSession } from '../../session/use-session.ts'
import { personName } from '../records/people.ts'
import styles from './conflicts.module.css'

export function StampLine(props: { readonly stamp: Omit<Stamp, 'at'> & { readonly at?: number } }): JSX.Element {
  const session = useSession()
  return (
    <p class={styles.stamp}>
      <span class={styles.author}>{personName(session, props.stamp.by)}</span>
      <Show when={props.stamp.at}>{(at) => <span>{momentText(at(), session.context().now)}</span>}</Show>
      <span>{props.stamp.device}</span>
    </p>
  )
}
