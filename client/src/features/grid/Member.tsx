/** One person of a grid's team: what they are, 专/兼, and the number under which they are reached at work. */
import { codeList } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Chip } from '../../ui/Chip.tsx'
import { CallLink } from '../ledger/record/CallLink.tsx'
import styles from './grid.module.css'
import type { TeamMember } from './team.ts'

export function Member(props: { readonly member: TeamMember }): JSX.Element {
  const session = useSession()
  const employment = () => codeList('EMPLOYMENT').find(({ code }) => code === props.member.person?.employment)
  const skills = () => [...(props.member.person?.certs ?? []), ...(props.member.person?.skills ?? [])]
  return (
    <div class={styles.member}>
      <span class={styles.badge} aria-hidden="true">
        {props.member.name.slice(-1)}
      </span>
      <div class={styles.words}>
        <p class={styles.person}>
          {props.member.name}
          <Show when={props.member.account === session.account}>
            <span class={styles.quiet}> {t('records.myself')}</span>
          </Show>
          <Show when={employment()}>{(one) => <Chip tone="accent">{nameOf(one())}</Chip>}</Show>
        </p>
        <p class={styles.quiet}>{props.member.roles.join(t('roles.comma'))}</p>
        <Show when={skills().length > 0}>
          <p class={styles.quiet}>{skills().join(t('roles.comma'))}</p>
        </Show>
      </div>
      <Show when={props.member.person?.workPhone}>{(phone) => <CallLink number={phone()} />}</Show>
    </div>
  )
}
