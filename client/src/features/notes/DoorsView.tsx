/** The doors of a building by entrance and floor, the due ones first; of several buildings one is chosen. */
import { A } from '@solidjs/router'
import type { RosterDoor } from '@tongge/model'
import Building from 'lucide-solid/icons/building'
import Clock from 'lucide-solid/icons/clock'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import { doorGrid } from '../ledger/building/door-grid.ts'
import { useNow } from '../records/use-now.ts'
import styles from './doors.module.css'
import { doorName, householdsText, knockText } from './door-text.ts'
import { DueDoors } from './DueDoors.tsx'
import { notesPaths } from './notes-paths.ts'
import type { BuildingDoors, Doors } from './use-doors.ts'
import type { Notes } from './use-notes.ts'

export interface DoorsViewProps {
  readonly notes: Notes
  readonly doors: Doors
  readonly building: string | undefined
  readonly onBuilding: (building: string) => void
}

export function DoorsView(props: DoorsViewProps): JSX.Element {
  const shown = createMemo(() => {
    const all = props.doors.buildings()
    return props.building === undefined && all.length === 1
      ? all[0]
      : all.find(({ building }) => building === props.building)
  })
  return (
    <Show
      when={props.doors.buildings().length > 0 && (props.building === undefined || shown())}
      fallback={
        <EmptyState
          icon={<Building size="1.75rem" />}
          title={t('notes.doorsEmptyTitle')}
          text={t('notes.doorsEmptyText')}
        />
      }
    >
      <Show
        when={shown()}
        fallback={
          <>
            <DueDoors due={props.doors.due()} buildingName={props.notes.buildingName} mayKnock />
            <List title={t('notes.building')}>
              <For each={props.doors.buildings()}>
                {(one) => (
                  <Row
                    lead={<Building size="1.25rem" aria-hidden="true" />}
                    title={one.label}
                    detail={t('notes.doorCount', one.doors.length, one.due.length)}
                    onClick={() => props.onBuilding(one.building)}
                  />
                )}
              </For>
            </List>
          </>
        }
      >
        {(one) => <OneBuilding of={one()} notes={props.notes} />}
      </Show>
    </Show>
  )
}

function OneBuilding(props: { readonly of: BuildingDoors; readonly notes: Notes }): JSX.Element {
  const mayKnock = () => props.notes.writable().some(({ value }) => value === props.of.building)
  const due = createMemo(() => new Set(props.of.due.map(({ door }) => door.house)))
  const entrances = createMemo(() => doorGrid(props.of.doors, (door) => door))
  return (
    <>
      <DueDoors due={props.of.due} mayKnock={mayKnock()} />
      <div class={styles.entrances}>
        <For each={entrances()}>
          {(entrance) => (
            <section class={styles.entrance}>
              <h2 class={styles.name}>
                {entrance.name === '' ? t('ledger.noEntrance') : t('records.entrance', entrance.name)}
              </h2>
              <For each={entrance.floors}>
                {({ floor, doors }) => (
                  <div class={styles.floor}>
                    <span class={styles.number}>
                      {floor === undefined ? t('ledger.floorUnknown') : t('ledger.floor', floor)}
                    </span>
                    <ul class={styles.doors}>
                      <For each={doors}>
                        {(door) => (
                          <li>
                            <DoorTile
                              door={door}
                              isDue={due().has(door.house)}
                              href={mayKnock() ? notesPaths.knockAt(props.of.building, doorName(door)) : undefined}
                            />
                          </li>
                        )}
                      </For>
                    </ul>
                  </div>
                )}
              </For>
            </section>
          )}
        </For>
      </div>
    </>
  )
}

function DoorTile(props: {
  readonly door: RosterDoor
  readonly isDue: boolean
  readonly href: string | undefined
}): JSX.Element {
  const now = useNow()
  const content = () => (
    <>
      <span class={styles.top}>
        <span>{props.door.door}</span>
        <Show when={props.isDue}>
          <span class={styles.due}>
            <Clock size="0.875rem" aria-hidden="true" /> {t('notes.dueMark')}
          </span>
        </Show>
      </span>
      <span class={styles.who}>{householdsText(props.door)}</span>
      <span class={styles.knock}>{knockText(props.door, now())}</span>
    </>
  )
  return (
    <Show
      when={props.href}
      fallback={
        <div class={styles.door} data-state={props.door.state}>
          {content()}
        </div>
      }
    >
      {(href) => (
        <A href={href()} class={styles.door} data-state={props.door.state}>
          {content()}
        </A>
      )}
    </Show>
  )
}
