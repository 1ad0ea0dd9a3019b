/** The list side of the ledger: search first, then what there is. */
import Search from 'lucide-solid/icons/search'
import X from 'lucide-solid/icons/x'
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useLedger } from '../ledger-context.ts'
import { createLater } from '../later.ts'
import { doorTitle } from '../record/entry-of.ts'
import { ledgerRows } from '../search/search-rows.ts'
import { SearchResults } from '../search/SearchResults.tsx'
import { loadPinyin } from '../search/speller.ts'
import styles from './home.module.css'
import { Overview } from './Overview.tsx'

export function Browser(props: { readonly onQuery?: (query: string) => void }): JSX.Element {
  const { index, isWide, search } = useLedger()
  const navigate = useNavigate()
  const [address] = useSearchParams()
  const [query, setQuery] = createSignal('')
  const isSearching = (): boolean => query().trim() !== ''
  const [isNear, setNear] = createSignal(false)
  /** Packed once the box is touched, before the first key; what changes meanwhile is packed after it is shown. */
  const packed = createLater(index, 100)
  const rows = createMemo(() => (isNear() ? ledgerRows(packed(), doorTitle) : []))
  const [box, setBox] = createSignal<HTMLInputElement>()
  const [results, setResults] = createSignal<HTMLDivElement>()
  const approach = (): void => {
    setNear(true)
    void loadPinyin()
  }
  const ask = (text: string): void => {
    approach()
    setQuery(text)
    props.onQuery?.(text)
  }
  const onShortcut = (event: KeyboardEvent): void => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    event.preventDefault()
    box()?.focus()
  }
  onMount(() => {
    if (search.left !== '' && !isWide()) ask(search.left)
    search.left = ''
  })
  createEffect(() => {
    if (address['find'] === undefined) return
    box()?.focus()
    // Asked for once: coming back to this address later opens no keyboard.
    navigate(paths.ledger, { replace: true })
  })
  onMount(() => addEventListener('keydown', onShortcut))
  onCleanup(() => removeEventListener('keydown', onShortcut))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'Escape') ask('')
    if (event.key === 'ArrowDown') moveFocus(results(), 1, event)
    if (event.key === 'Enter') results()?.querySelector<HTMLElement>('a[href]')?.click()
  }
  const onResultKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') moveFocus(results(), 1, event)
    if (event.key === 'ArrowUp' && !moveFocus(results(), -1, event)) box()?.focus()
  }
  return (
    <div class={styles.browser} data-wide={isWide()}>
      <div class={styles.search} role="search">
        <Search size="1.25rem" aria-hidden="true" class={styles.glass ?? ''} />
        <input
          ref={setBox}
          class={styles.box}
          type="text"
          inputmode="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck={false}
          aria-label={t('ledger.search.label')}
          placeholder={t('ledger.search.placeholder')}
          value={query()}
          onFocus={(event) => {
            approach()
            event.currentTarget.select()
          }}
          onInput={(event) => ask(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Show when={query() !== ''}>
          <IconButton
            label={t('ui.clear')}
            icon={<X size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              ask('')
              box()?.focus()
            }}
          />
        </Show>
      </div>
      {/* Kept while one searches: to build it anew at every cleared box costs more than a key may. */}
      <div class={styles.scroll} hidden={isSearching()}>
        <Overview />
      </div>
      <Show when={isNear()}>
        <div
          class={styles.results}
          hidden={!isSearching()}
          ref={setResults}
          onKeyDown={onResultKey}
          onClick={() => (search.left = query())}
        >
          <SearchResults rows={rows()} query={query()} />
        </div>
      </Show>
    </div>
  )
}

function moveFocus(root: HTMLElement | undefined, step: 1 | -1, event: KeyboardEvent): boolean {
  const links = [...(root?.querySelectorAll<HTMLElement>('a[href]') ?? [])]
  const at = links.indexOf(document.activeElement as HTMLElement)
  const next = links[at + step]
  if (next === undefined || (at < 0 && step < 0)) return false
  event.preventDefault()
  next.focus()
  return true
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}
