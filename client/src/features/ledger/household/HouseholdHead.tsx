/** The top of a household: head, telephone, marks, and the one tap of 未变化. */
import { dayOf, type Command, type Entry } from '@tongge/model'
import BadgeCheck from 'lucide-solid/icons/badge-check'
import Pencil from 'lucide-solid/icons/pencil'
import { Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { useNow } from '../../records/use-now.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { isUnverified } from '../building/door-grid.ts'
import { peopleOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { CallLink } from '../record/CallLink.tsx'
import { entryOf } from '../record/entry-of.ts'
import { useActs } from '../record/use-acts.ts'
import { useRights } from '../record/use-rights.ts'
import styles from './household.module.css'

export function HouseholdHead(props: { readonly household: Entry<'household'> }): JSX.Element {
  const session = useSession()
  const rights = useRights()
  const { act } = useActs()
  const { index } = useLedger()
  const fields = () => props.household.fields
  const head = () => entryOf(session.store, 'person', fields().head)
  const phone = (): string | undefined => fields().phone ?? head()?.fields.phone
  const now = useNow()
  const building = () =>
    entryOf(session.store, 'building', entryOf(session.store, 'house', fields().house)?.fields.building)
  const confirmed = (): string => {
    const at = fields().lastConfirmedAt
    return at === undefined ? t('ledger.neverConfirmed') : t('ledger.lastConfirmed', momentText(at, now()))
  }
  const isConfirmedToday = (): boolean => {
    const at = fields().lastConfirmedAt
    return at !== undefined && dayOf(at) === dayOf(now())
  }
  const confirm = (): void =>
    void act(
      { do: 'confirmUnchanged', household: props.household.id },
      t('ledger.unchangedDone'),
      takeBack(props.household, peopleOf(index(), props.household.id).present),
    )
  return (
    <section class={styles.head}>
      <div class={styles.who}>
        <div class={styles.words}>
          <p class={styles.name}>{head()?.fields.name ?? t('ledger.noHead')}</p>
          <p class={styles.quiet}>{[building()?.fields.estate, confirmed()].filter(Boolean).join(' · ')}</p>
        </div>
        <Show when={phone()}>{(number) => <CallLink number={number()} />}</Show>
      </div>
      <div class={styles.marks}>
        <Show when={isUnverified(props.household)}>
          <Chip tone="notice">{t('ledger.doorMark.unverified')}</Chip>
        </Show>
        <Show when={(fields().careTags?.length ?? 0) > 0}>
          <Chip tone="accent">{t('ledger.doorMark.care')}</Chip>
        </Show>
        <Show when={fields().regMatch === '02'}>
          <Chip tone="notice">{t('ledger.mismatch')}</Chip>
        </Show>
        <Show when={session.waiting(props.household.id)}>
          <Chip>{t('ledger.waiting')}</Chip>
        </Show>
      </div>
      <Show when={rights.mayEdit('household')}>
        <div class={styles.acts}>
          <Button
            kind={isConfirmedToday() ? 'secondary' : 'primary'}
            icon={<BadgeCheck size="1.25rem" aria-hidden="true" />}
            onClick={confirm}
          >
            {t('ledger.unchanged')}
          </Button>
          <ButtonLink href={ledgerPaths.edit(props.household.id)} icon={<Pencil size="1.125rem" aria-hidden="true" />}>
            {t('ui.edit')}
          </ButtonLink>
        </div>
      </Show>
    </section>
  )
}

/** The fields that 未变化 writes, as they were. */
function takeBack(household: Entry<'household'>, people: readonly Entry<'person'>[]): readonly Command[] {
  const { lastConfirmedAt, verifyState } = household.fields
  const floating = people.filter((person) => person.fields.resident === '02')
  return [
    { do: 'editRecord', id: household.id, fields: { lastConfirmedAt, verifyState } },
    ...floating.map((person): Command => ({
      do: 'editRecord',
      id: person.id,
      fields: { floatingConfirmedAt: person.fields.floatingConfirmedAt },
    })),
  ]
}
