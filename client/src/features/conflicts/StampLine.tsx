/** Who, when, on which device. */
import type { Stamp } from '@tongge/model'
import type { JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { useSession } from '../../session/use-session.ts'
import { personName } from '../records/people.ts'
import styles from './conflicts.module.css'

export function StampLine(props: { readonly stamp: Pick<Stamp, 'at' | 'by' | 'device'> }): JSX.Element {
  const session = useSession()
  return (
    <p class={styles.stamp}>
      <span class={styles.author}>{personName(session, props.stamp.by)}</span>
      <span>{momentText(props.stamp.at, session.context().now)}</span>
      <span>{props.stamp.device}</span>
    </p>
  )
}
