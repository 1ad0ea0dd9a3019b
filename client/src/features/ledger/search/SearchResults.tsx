/** What a search found, best first; only the rows in sight are in the page. */
import Building2 from 'lucide-solid/icons/building'
import DoorOpen from 'lucide-solid/icons/door-open'
import House from 'lucide-solid/icons/house'
import Lamp from 'lucide-solid/icons/lamp'
import SearchX from 'lucide-solid/icons/search-x'
import Store from 'lucide-solid/icons/store'
import UserRound from 'lucide-solid/icons/user-round'
import type { LucideProps } from 'lucide-solid'
import type { LedgerKind } from '@tongge/model'
import { createMemo, Show, type JSX } from 'solid-js'
import { VList } from 'virtua/solid'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { drawn } from '../../../ui/drawn.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ledgerPaths } from '../ledger-paths.ts'
import { useRights } from '../record/use-rights.ts'
import { createReadAhead } from './read-ahead.ts'
import { searchOn, type LedgerRow, type Search, type SearchHit } from './search-rows.ts'
import styles from './search.module.css'
import { createSpeller, type Found } from './speller.ts'

type Icon = (props: LucideProps) => JSX.Element

const iconOf = (Icon: Icon): (() => Node) =>
  drawn(() => <Icon size="1.375rem" aria-hidden="true" class={styles.icon ?? ''} />)

const icons: Readonly<Record<LedgerKind, () => Node>> = {
  building: iconOf(Building2),
  house: iconOf(DoorOpen),
  household: iconOf(House),
  person: iconOf(UserRound),
  unit: iconOf(Store),
  facility: iconOf(Lamp),
}

export function SearchResults(props: { readonly rows: readonly LedgerRow[]; readonly query: string }): JSX.Element {
  const rights = useRights()
  const speller = createSpeller()
  createReadAhead(() => props.rows, speller)
  const search = createMemo(
    (before: Search | undefined) => searchOn(before, props.rows, props.query.trim(), speller()),
    undefined,
  )
  const hits = () => search().hits
  // By place: most keys change what a row says, and a row made anew costs ten times as much.
  const places = createMemo(() => hits().map((_, place) => place))
  return (
    <>
      <p class={styles.count} role="status">
        {hits().length > 0 ? t('ledger.search.found', hits().length) : ''}
      </p>
      <Show when={props.query.trim() !== '' && hits().length === 0}>
        <EmptyState
          icon={<SearchX size="1.75rem" />}
          title={t('ledger.search.none')}
          text={t('ledger.search.noneText')}
          actions={
            <Show when={rights.mayAdd('household')}>
              <ButtonLink href={ledgerPaths.add('household')}>{t('ledger.addHere.household')}</ButtonLink>
            </Show>
          }
        />
      </Show>
      {/* Also there while it has nothing to show: the first key must not wait for it. */}
      <div class={styles.list} hidden={hits().length === 0}>
        <VList data={places()} itemSize={64}>
          {(place) => <Place hit={hits()[place]} />}
        </VList>
      </div>
    </>
  )
}

/** One row of the list; without a hit for the moment in which the list has become shorter. */
function Place(props: { readonly hit: SearchHit | undefined }): JSX.Element {
  return <Show when={props.hit}>{(hit) => <Hit hit={hit()} />}</Show>
}

/** A plain link (the router follows it too) and a copied icon: a dozen of these change at every key, on slow phones. */
function Hit(props: { readonly hit: SearchHit }): JSX.Element {
  const row = () => props.hit.row
  const kind = createMemo(() => row().kind)
  return (
    <a class={styles.hit} href={recordPath(row().kind, row().id)}>
      {icons[kind()]()}
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
    </a>
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
