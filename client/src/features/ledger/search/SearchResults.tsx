/** What a search found, best first; only the rows in sight are in the page. */
import Building2 from 'lucide-solid/icons/building'
import DoorOpen from 'lucide-solid/icons/door-open'
import House from 'lucide-solid/icons/house'
import Lamp from 'lucide-solid/icons/lamp'
import SearchX from 'lucide-solid/icons/search-x'
import Store from 'lucide-solid/icons/store'
import UserRound from 'lucide-solid/icons/user-round'
import { A } from '@solidjs/router'
import { createMemo, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { VList } from 'virtua/solid'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { useLedger } from '../ledger-context.ts'
import { titleOf } from '../record/entry-of.ts'
import { findRows, ledgerRows, type SearchHit } from './search-rows.ts'
import styles from './search.module.css'
import { createSpeller, type Found } from './speller.ts'

const icons = { building: Building2, house: DoorOpen, household: House, person: UserRound, unit: Store, facility: Lamp } as const

export function SearchResults(props: { readonly query: string }): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const speller = createSpeller()
  const rows = createMemo(() => ledgerRows(index(), (house) => titleOf(session.store, house.id)))
  const hits = createMemo(() => findRows(rows(), props.query, speller()))
  return (
    <>
      <p class={styles.count} role="status">
        {hits().length > 0 ? t('ledger.search.found', hits().length) : ''}
      </p>
      <Show
        when={hits().length > 0}
        fallback={<EmptyState icon={<SearchX size="2.5rem" />} title={t('ledger.search.none')} text={t('ledger.search.noneText')} />}
      >
        <VList data={hits()} class={styles.list} itemSize={64}>
          {(hit) => <Hit hit={hit} />}
        </VList>
      </Show>
    </>
  )
}

function Hit(props: { readonly hit: SearchHit }): JSX.Element {
  const row = () => props.hit.row
  return (
    <A class={styles.hit} href={recordPath(row().kind, row().id)}>
      <Dynamic component={icons[row().kind]} size="1.375rem" aria-hidden="true" class={styles.icon ?? ''} />
      <span class={styles.text}>
        <span class={styles.name}>
          <Show when={row().name} fallback={row().title}>
            <Marked text={row().name} mark={props.hit.by === 'name' ? props.hit.mark : undefined} />
          </Show>
        </span>
        <span class={styles.detail}>
          {[row().place, row().kind === 'person' ? '' : t(`ledger.kind.${row().kind}`)].filter(Boolean).join(' · ')}
          <Show when={props.hit.by === 'phone'}>
            {' · '}
            <Marked text={row().phone} mark={props.hit.mark} />
          </Show>
        </span>
      </span>
    </A>
  )
}

function Marked(props: { readonly text: string; readonly mark: Found | undefined }): JSX.Element {
  return (
    <Show when={props.mark} fallback={props.text}>
      {(mark) => (
        <>
          {props.text.slice(0, mark()[0])}
          <mark class={styles.mark}>{props.text.slice(mark()[0], mark()[1])}</mark>
          {props.text.slice(mark()[1])}
        </>
      )}
    </Show>
  )
}
