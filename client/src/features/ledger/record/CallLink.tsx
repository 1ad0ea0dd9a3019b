/** A telephone number to read and to call: a desk has no phone, and at a door the number is compared first. */
import Phone from 'lucide-solid/icons/phone'
import { For, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import styles from './record.module.css'

export function CallLink(props: { readonly number: string }): JSX.Element {
  return (
    <a class={styles.call} href={`tel:${props.number}`} aria-label={t('ledger.call', props.number)}>
      <Phone size="1.25rem" aria-hidden="true" />
      {/* Set apart for the eye only: copied, it is one number. */}
      <span class={styles.digits}>
        <For each={spokenGroups(props.number)}>{(group) => <span>{group}</span>}</For>
      </span>
    </a>
  )
}

/** A mobile number in the groups it is spoken in, 3-4-4. */
function spokenGroups(number: string): readonly string[] {
  return /^1\d{10}$/.test(number) ? [number.slice(0, 3), number.slice(3, 7), number.slice(7)] : [number]
}
