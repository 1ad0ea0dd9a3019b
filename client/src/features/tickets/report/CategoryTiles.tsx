/** What kind of matter it is: emergencies first, then what the words suggest, then what is common; everything else behind 更多. */
import { categoryOf, taxonomy } from '@tongge/model'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Lightbulb from 'lucide-solid/icons/lightbulb'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { commonCodes, emergencyCodes } from '../category-groups.ts'
import { categoryName, iconOf } from '../category-view.ts'
import type { ReportDraft } from './report-draft.ts'
import styles from './report.module.css'

export function CategoryTiles(props: { readonly draft: ReportDraft; readonly error: string | undefined }): JSX.Element {
  const [choosing, setChoosing] = createSignal(false)
  const isUrgentTile = (code: string) => (emergencyCodes as readonly string[]).includes(code)
  const tiles = (): readonly string[] => {
    const first = [props.draft.fields.category, ...props.draft.suggestions()]
    const wanted = [...new Set([...first, ...commonCodes])].filter((code) => code !== '' && !isUrgentTile(code))
    return inPlace(wanted.slice(0, commonCodes.length))
  }
  /** Those that are common keep their places, so that nothing moves that need not. */
  const inPlace = (codes: readonly string[]): readonly string[] => {
    const strangers = codes.filter((code) => !(commonCodes as readonly string[]).includes(code))
    const common = commonCodes.filter((code) => codes.includes(code))
    return [...common, ...strangers]
  }
  const isSuggested = () => props.draft.fields.category === '' && props.draft.category() !== ''
  const pick = (code: string): void => props.draft.set('category', code)
  return (
    <fieldset
      class={styles.categories}
      aria-invalid={props.error ? 'true' : undefined}
      tabindex={props.error ? -1 : undefined}
    >
      <legend class={styles.legend}>
        {t('tickets.form.category')}
        <Show when={isSuggested()}>
          <span class={styles.quiet}>{t('tickets.form.suggested')}</span>
        </Show>
      </legend>
      <Show when={props.error}>
        {(error) => (
          <p class={styles.error} role="alert">
            {error()}
          </p>
        )}
      </Show>
      <div class={styles.urgent}>
        <For each={emergencyCodes}>
          {(code) => <Tile code={code} urgent chosen={props.draft.category() === code} onPick={pick} />}
        </For>
      </div>
      <div class={styles.tiles}>
        <For each={tiles()}>
          {(code) => (
            <Tile
              code={code}
              chosen={props.draft.category() === code}
              suggested={props.draft.suggestions().includes(code)}
              onPick={pick}
            />
          )}
        </For>
        <button type="button" class={styles.tile} onClick={() => setChoosing(true)}>
          <Ellipsis size="1.375rem" aria-hidden="true" />
          <span>{t('tickets.form.more')}</span>
        </button>
      </div>
      <Dialog
        open={choosing()}
        title={t('tickets.form.allCategories')}
        shape="sheet"
        onClose={() => setChoosing(false)}
      >
        <For each={taxonomy}>
          {(group) => (
            <List title={nameOf(group)}>
              <For each={group.categories}>
                {(category) => (
                  <Row
                    lead={<Dynamic component={iconOf(category.code)} size="1.25rem" aria-hidden="true" />}
                    title={nameOf(category)}
                    current={props.draft.category() === category.code}
                    onClick={() => {
                      pick(category.code)
                      setChoosing(false)
                    }}
                  />
                )}
              </For>
            </List>
          )}
        </For>
      </Dialog>
    </fieldset>
  )
}

interface TileProps {
  readonly code: string
  readonly chosen: boolean
  readonly urgent?: boolean
  readonly suggested?: boolean
  readonly onPick: (code: string) => void
}

function Tile(props: TileProps): JSX.Element {
  return (
    <button
      type="button"
      class={styles.tile}
      aria-pressed={props.chosen}
      data-urgent={props.urgent}
      data-suggested={props.suggested}
      onClick={() => props.onPick(props.code)}
    >
      <Dynamic component={iconOf(props.code)} size="1.375rem" aria-hidden="true" />
      <span>{categoryName(props.code)}</span>
    </button>
  )
}

/** What the taxonomy says to keep in mind about such a matter. */
export function CategoryNote(props: { readonly code: string }): JSX.Element {
  return (
    <Show when={categoryOf(props.code)?.note}>
      {(note) => (
        <p class={styles.note}>
          <Lightbulb size="1.125rem" aria-hidden="true" />
          <span>{nameOf(note())}</span>
        </p>
      )}
    </Show>
  )
}
