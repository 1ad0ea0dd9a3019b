/** The doors somebody should knock at, the most pressing first; each is one tap from its knock. */
import { dayLength, type Instant } from '@tongge/model'
import DoorOpen from 'lucide-solid/icons/door-open'
import { Show, type JSX } from 'solid-js'
import { lengthText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Row } from '../../ui/Row.tsx'
import { useNow } from '../records/use-now.ts'
import { ShortList } from '../today/ShortList.tsx'
import type { DueDoor } from './door-list.ts'
import { doorName, householdsText, knockText, phoneText, ruleText } from './door-text.ts'
import { notesPaths } from './notes-paths.ts'
import styles from './notes.module.css'

export function DueDoors(props: {
  readonly due: readonly DueDoor[]
  /** Names the building where doors of several are listed together. */
  readonly buildingName?: ((id: string) => string) | undefined
  readonly mayKnock: boolean
}): JSX.Element {
  const now = useNow()
  const detail = ({ door, building }: DueDoor): string =>
    [props.buildingName?.(building), ruleText(door), phoneText(door), knockText(door, now())]
      .filter(Boolean)
      .join(' · ')
  return (
    <Show when={props.due.length > 0}>
      <ShortList title={t('notes.due')} items={props.due} empty="">
        {(one) => (
          <Row
            lead={<DoorOpen size="1.25rem" aria-hidden="true" />}
            title={
              <span class={styles.clip}>
                {doorName(one().door)} · {householdsText(one().door)}
              </span>
            }
            detail={<span class={styles.clip}>{detail(one())}</span>}
            trail={<Chip tone="accent">{sinceText(one().since, now())}</Chip>}
            href={props.mayKnock ? notesPaths.knockAt(one().building, doorName(one().door)) : undefined}
          />
        )}
      </ShortList>
    </Show>
  )
}

function sinceText(since: Instant | undefined, now: Instant): string {
  if (since === undefined) return t('notes.neverKnocked')
  return now - since < dayLength ? t('notes.dueToday') : t('notes.dueSince', lengthText(now - since))
}
