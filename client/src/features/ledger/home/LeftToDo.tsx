/** Beside the list of a wide screen while no record is open: what is left to do in the ledger. */
import type { Entry } from '@tongge/model'
import CircleCheck from 'lucide-solid/icons/circle-check'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { number } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { entryOf, titleOf } from '../record/entry-of.ts'
import { createLater } from '../later.ts'
import styles from './home.module.css'
import { worklist } from './worklist.ts'

const few = 6

export function LeftToDo(): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  // The list at the left comes first.
  const buildings = createLater(() => index().buildings, 400)
  const left = createMemo(() => worklist(buildings()))
  const estateOf = (house: string | undefined): string =>
    entryOf(session.store, 'building', entryOf(session.store, 'house', house)?.fields.building)?.fields.estate ?? ''
  const household = (entry: Entry<'household'>): JSX.Element => (
    <Row
      title={titleOf(session.store, entry.id)}
      detail={[estateOf(entry.fields.house), titleOf(session.store, entry.fields.head)].filter(Boolean).join(' · ')}
      href={paths.household(entry.id)}
    />
  )
  return (
    <section class={styles.left} aria-label={t('ledger.left.title')}>
      <header>
        <h2 class={styles.leftTitle}>{t('ledger.left.title')}</h2>
        <p class={styles.quiet}>{t('ledger.pickText')}</p>
      </header>
      <div class={styles.leftLists}>
        <Few title={t('ledger.left.doors')} none={t('ledger.left.noDoors')} entries={left().doors}>
          {(house) => (
            <Row
              title={titleOf(session.store, house.id)}
              detail={estateOf(house.id)}
              href={ledgerPaths.add('household', { house: house.id })}
            />
          )}
        </Few>
        <Few title={t('ledger.left.unverified')} none={t('ledger.left.noUnverified')} entries={left().unverified}>
          {household}
        </Few>
        <Few title={t('ledger.left.careFiles')} none={t('ledger.left.noCareFiles')} entries={left().careFiles}>
          {household}
        </Few>
      </div>
    </section>
  )
}

function Few<E extends Entry>(props: {
  readonly title: string
  readonly none: string
  readonly entries: readonly E[]
  readonly children: (entry: E) => JSX.Element
}): JSX.Element {
  const [showsAll, setShowsAll] = createSignal(false)
  return (
    <List title={props.title} aside={number(props.entries.length)}>
      <For
        each={showsAll() ? props.entries : props.entries.slice(0, few)}
        fallback={
          <p class={styles.done}>
            <CircleCheck size="1.25rem" aria-hidden="true" />
            {props.none}
          </p>
        }
      >
        {props.children}
      </For>
      <Show when={!showsAll() && props.entries.length > few}>
        <button type="button" class={styles.more} onClick={() => setShowsAll(true)}>
          {t('ui.showAll', props.entries.length)}
        </button>
      </Show>
    </List>
  )
}
