/** The doors of a building by entrance and floor; each is one tap from its household. */
import Heart from 'lucide-solid/icons/heart-handshake'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import CircleHelp from 'lucide-solid/icons/circle-question-mark'
import { A } from '@solidjs/router'
import { doorStates } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import type { Door, DoorMark, Entrance } from './door-grid.ts'
import styles from './DoorGrid.module.css'

const markIcons = { care: Heart, conflict: CircleAlert, unverified: CircleHelp } as const
const marks: readonly DoorMark[] = ['unverified', 'care', 'conflict']

export function DoorGrid(props: { readonly entrances: readonly Entrance<Door>[] }): JSX.Element {
  return (
    <>
      <div class={styles.entrances}>
        <For each={props.entrances}>
          {(entrance) => (
            <section
              class={styles.entrance}
              style={{ '--doors': Math.max(...entrance.floors.map((floor) => floor.doors.length)) }}
            >
              <h2 class={styles.name}>
                {entrance.name === '' ? t('ledger.noEntrance') : t('records.entrance', entrance.name)}
              </h2>
              <For each={entrance.floors}>
                {(floor) => (
                  <div class={styles.floor}>
                    <span class={styles.number}>
                      {floor.floor === undefined ? t('ledger.floorUnknown') : t('ledger.floor', floor.floor)}
                    </span>
                    <ul class={styles.doors}>
                      <For each={floor.doors}>{(door) => <DoorTile door={door} />}</For>
                    </ul>
                  </div>
                )}
              </For>
            </section>
          )}
        </For>
      </div>
      <Legend />
    </>
  )
}

function DoorTile(props: { readonly door: Door }): JSX.Element {
  const href = (): string => {
    const [only, ...others] = props.door.households
    return only !== undefined && others.length === 0 ? paths.household(only.id) : paths.house(props.door.house.id)
  }
  const name = (): string =>
    [
      props.door.house.fields.door,
      t(`ledger.doorState.${props.door.state}`),
      props.door.people > 0 && t('ledger.doorPeople', props.door.people),
      ...props.door.marks.map((mark) => t(`ledger.doorMark.${mark}`)),
    ]
      .filter(Boolean)
      .join(' ')
  return (
    <li>
      <A href={href()} class={styles.door} data-state={props.door.state} aria-label={name()}>
        <span class={styles.top}>
          <span>{props.door.house.fields.door}</span>
          <span class={styles.marks}>
            <For each={props.door.marks}>
              {(mark) => <Dynamic component={markIcons[mark]} size="0.875rem" data-mark={mark} aria-hidden="true" />}
            </For>
          </span>
        </span>
        {/* The space keeps number and word apart where the tile is read aloud. */}{' '}
        <span class={styles.state}>
          {t(`ledger.doorState.${props.door.state}`)}
          <Show when={props.door.people > 0}> {props.door.people}</Show>
        </span>
      </A>
    </li>
  )
}

function Legend(): JSX.Element {
  return (
    <div class={styles.legend}>
      <For each={doorStates}>
        {(state) => (
          <span class={styles.key}>
            <span class={styles.sample} data-state={state} />
            {t(`ledger.doorState.${state}`)}
          </span>
        )}
      </For>
      <For each={marks}>
        {(mark) => (
          <span class={styles.key}>
            <Dynamic component={markIcons[mark]} size="0.875rem" aria-hidden="true" />
            {t(`ledger.doorMark.${mark}`)}
          </span>
        )}
      </For>
    </div>
  )
}
